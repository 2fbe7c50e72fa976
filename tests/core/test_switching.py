"""Switching: least powers, least times and starts, in whole steps near and shares later."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.assets.deferrable import Deferrable, DeferrableState, Errand
from custom_components.shems.core.assets.switching import Running, Switching
from custom_components.shems.core.horizon import HOUR_S, Horizon
from custom_components.shems.core.units import Floats, InputError
from tests.core.device_plans import planned, powers_of
from tests.core.homes import NOW, certain, on_grid

PUMP = Deferrable("pump", "Pump", 2.0)
FREE, STANDS = Switching(), Running()


def powers(
    buy: list[float],
    kwh: float,
    rules: Switching = FREE,
    running: Running = STANDS,
    device: Deferrable = PUMP,
    zone: str = "UTC",
) -> Floats:
    horizon = Horizon.uniform(NOW, 900.0, len(buy))
    state = DeferrableState((Errand(NOW, float(horizon.edges[-1]), kwh),), running)
    beliefs = certain(0.0, buy=buy, horizon=horizon)
    part, solution, _ = planned(
        replace(device, switching=rules), state, beliefs, whole=True, zone=zone
    )
    return powers_of(part, solution)


def runs(on: list[bool]) -> list[tuple[bool, int]]:
    """Return the stretches of on and off, with their lengths in steps."""
    found: list[tuple[bool, int]] = []
    for each in on:
        if found and found[-1][0] == each:
            found[-1] = (each, found[-1][1] + 1)
        else:
            found.append((each, 1))
    return found


ZIGZAG = [0.1, 0.5] * 8


def test_near_it_is_off_or_at_its_power() -> None:
    power = powers([0.3, 0.1, 0.2] + [0.4] * 13, 0.75)
    assert power[:3].tolist() == pytest.approx([0.0, 2.0, 2.0])
    later = powers([0.4] * 16 + [0.1] + [0.4] * 3, 0.25)
    assert later[16] == pytest.approx(1.0)
    least = replace(PUMP, least_kw=1.5)
    power = powers([0.3, 0.1] + [0.4] * 14, 0.75, device=least)
    assert all(each < 1e-6 or each > 1.5 - 1e-6 for each in power.tolist())


def test_starts_are_worth_something() -> None:
    assert len(runs((powers(ZIGZAG, 1.5) > 1.0).tolist())) >= 5
    dear = powers(ZIGZAG, 1.5, Switching(start_kwh=2.0))
    assert len(runs((dear > 1.0).tolist())) <= 3


def test_starts_are_counted_by_local_day() -> None:
    once = Switching(starts_a_day=1)
    assert len(runs((powers(ZIGZAG, 1.5, once) > 1.0).tolist())) <= 3
    spent = powers(ZIGZAG, 1.5, once, Running(starts=1), zone="Pacific/Honolulu")
    assert spent.max() == pytest.approx(0.0, abs=1e-6)
    tomorrow = powers(ZIGZAG, 1.5, once, Running(starts=1), zone="Europe/Berlin")
    assert tomorrow[:6].max() == pytest.approx(0.0, abs=1e-6)  # Midnight is at 22:00 UTC.
    assert tomorrow.sum() / 4 == pytest.approx(1.5)


def test_what_runs_goes_on_and_what_rests_rests() -> None:
    rules = Switching(least_on_h=1.0, least_off_h=1.0)
    rising = [0.5] * 4 + [0.1] * 12
    power = powers(rising, 1.0, rules, Running(True, NOW - 1800.0))
    assert power[:3].tolist() == pytest.approx([2.0, 2.0, 0.0])
    falling = [0.1] * 6 + [0.5] * 10
    power = powers(falling, 1.0, rules, Running(False, NOW - 1800.0))
    assert power[:3].tolist() == pytest.approx([0.0, 0.0, 2.0])
    long_ago = powers(rising, 1.0, rules, Running(True))
    assert long_ago[0] == pytest.approx(0.0)


@given(
    st.lists(on_grid(0.1, 0.5, 0.05), min_size=16, max_size=16),
    on_grid(0, 6, 0.5),
    st.sampled_from([0.25, 0.5, 1.0]),
    st.sampled_from([0.25, 0.5, 1.0]),
    st.sampled_from([None, 1, 2]),
)
def test_least_times_and_starts_hold(
    buy: list[float], kwh: float, least_on_h: float, least_off_h: float, starts: int | None
) -> None:
    # The same day all along in this zone, in which the first step is at 10:30.
    power = powers(buy, kwh, Switching(least_on_h, least_off_h, starts), zone="Pacific/Honolulu")
    found = runs((power > 1.0).tolist())
    assert power == pytest.approx(2.0 * (power > 1.0), abs=1e-6)
    for on, length in found[1:-1]:
        assert length >= (least_on_h if on else least_off_h) * 4
    assert starts is None or sum(on for on, _ in found) <= starts


@pytest.mark.parametrize(
    "change",
    [
        {"least_on_h": -1.0},
        {"least_off_h": float("inf")},
        {"start_kwh": float("nan")},
        {"starts_a_day": 0},
    ],
)
def test_times_that_cannot_be_are_rejected(change: dict[str, float]) -> None:
    with pytest.raises(InputError) as error:
        Switching(**change)  # type: ignore[arg-type]  # any field, by name
    assert error.value.code == "device_parameter"


def test_what_it_is_next_counts_starts() -> None:
    rest = Running(False, NOW - HOUR_S, 1)
    assert rest.after(True, NOW) == Running(True, NOW, 2)
    assert rest.after(False, NOW) == rest
    assert Running(True, NOW, 2).after(False, NOW + 60.0) == Running(False, NOW + 60.0, 2)


def test_steps_of_a_quarter_are_switched_together() -> None:
    """Five-minute steps do not each get a start of their own, but what ends does end."""
    horizon = Horizon(NOW + 300.0 * np.concatenate([np.arange(12), np.arange(12, 48, 3)]))
    buy = np.tile([0.1, 0.5, 0.3], 8)[: len(horizon)]
    beliefs = certain(0.0, buy=buy.tolist(), horizon=horizon)
    state = DeferrableState((Errand(NOW, float(horizon.edges[-1]), 1.0),))
    part, solution, _ = planned(PUMP, state, beliefs, whole=True)
    power = powers_of(part, solution)[:12].reshape(4, 3)
    assert ((power > 1e-6).all(axis=1) | (power < 1e-6).all(axis=1)).all()
    held = Running(True, NOW - 1200.0)
    kept = replace(PUMP, switching=Switching(least_on_h=0.5))
    part, solution, _ = planned(kept, replace(state, running=held), beliefs, whole=True)
    assert (powers_of(part, solution)[:2] > 1e-6).all()
