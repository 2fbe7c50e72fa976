"""A state of charge that stands still while energy flows is not believed."""

import pytest

from custom_components.shems.core.observe.standing import Standing

HOUR_S = 3600.0


def looked(soc: float, power_kw: float | None, hours: float, every_s: float = 60.0) -> Standing:
    found = Standing()
    for look in range(int(hours * HOUR_S / every_s) + 1):
        found = found.after(soc, power_kw, 1e9 + look * every_s)
    return found


@pytest.mark.parametrize("power_kw", [3.0, -3.0])
def test_a_gauge_is_frozen_once_a_fifth_has_flowed(power_kw: float) -> None:
    assert not looked(0.5, power_kw, 0.6).frozen(10.0)
    stuck = looked(0.5, power_kw, 0.7)
    assert stuck.frozen(10.0)
    assert not stuck.after(0.51, power_kw, stuck.at + 60).frozen(10.0), "it moves again"


@pytest.mark.parametrize(("soc", "power_kw"), [(1.0, -0.2), (0.05, 0.2), (0.5, 0.0), (0.5, None)])
def test_a_battery_at_its_end_or_at_rest_is_not_frozen(soc: float, power_kw: float | None) -> None:
    assert not looked(soc, power_kw, 24).frozen(10.0)


def test_a_full_battery_that_is_emptied_must_show_it() -> None:
    assert looked(1.0, 3.0, 1).frozen(10.0)


def test_what_flowed_between_distant_looks_is_not_known() -> None:
    assert not looked(0.5, 3.0, 10, every_s=3600.0).frozen(10.0)
