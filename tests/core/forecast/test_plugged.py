"""A plug's and a meter's past become stays, or none where nobody can tell."""

import numpy as np
import pytest

from custom_components.shems.core.forecast.plugged import believable, merged, sessions_of
from custom_components.shems.core.forecast.vehicle import Session
from custom_components.shems.core.horizon import DAY_S, FINE_S, HOUR_S
from custom_components.shems.core.series import Series

BEGIN = 1_780_000_000.0 // DAY_S * DAY_S
DAYS = 3


def plug(*spans: tuple[float, float, float]) -> Series:
    """Return what a plug showed, hours since the beginning."""
    return Series.of((BEGIN + a * HOUR_S, BEGIN + b * HOUR_S, value) for a, b, value in spans)


def charging(*spans: tuple[float, float, float]) -> Series:
    """Return a charger's power by five minutes, zero beside the spans."""
    start = BEGIN + FINE_S * np.arange(DAYS * DAY_S // FINE_S, dtype=np.float64)
    hour = (start - BEGIN) / HOUR_S
    value = np.zeros(len(start))
    for begin, end, power in spans:
        inside = (hour >= begin) & (hour < end)
        # No meter shows exactly the same all the time.
        value[inside] = power * (1 + 1e-3 * np.sin(np.arange(inside.sum())))
    return Series(start, start + FINE_S, value)


NIGHT = plug((0, 18, 0), (18, 31, 1), (31, 42, 0))


def test_a_stay_has_its_times_and_what_was_charged() -> None:
    (found,) = sessions_of(NIGHT, charging((18, 20, 11.0)), 11.0)
    assert found.plug_in == BEGIN + 18 * HOUR_S
    assert found.plug_out == BEGIN + 31 * HOUR_S
    assert found.energy_kwh == pytest.approx(22.0, rel=1e-3)


def test_what_is_not_seen_to_begin_or_end_is_no_stay() -> None:
    power = charging((1, 2, 11.0))
    assert sessions_of(plug((0, 8, 1), (8, 20, 0)), power, 11.0) == ()
    assert sessions_of(plug((0, 8, 0), (8, 20, 1)), power, 11.0) == ()
    assert sessions_of(plug((0, 30, 1)), power, 11.0) == ()
    assert (
        sessions_of(plug((0, 8, 0), (8, 20, 1), (20, 26, np.nan), (26, 30, 0)), power, 11.0) == ()
    )
    assert sessions_of(Series.empty(), power, 11.0) == ()


def test_a_restart_of_the_charger_divides_no_stay() -> None:
    spans = plug(
        (0, 18, 0), (18, 22, 1), (22, 22.5, np.nan), (22.6, 22.7, 0), (22.7, 31, 1), (31, 40, 0)
    )
    (found,) = sessions_of(spans, charging((18, 20, 11.0)), 11.0)
    assert found.plug_in == BEGIN + 18 * HOUR_S
    assert found.plug_out == BEGIN + 31 * HOUR_S


def test_a_plug_that_was_only_touched_is_no_stay() -> None:
    assert sessions_of(plug((0, 18, 0), (18, 18.1, 1), (18.1, 40, 0)), charging(), 11.0) == ()


def test_a_stay_whose_meter_was_silent_took_nobody_knows_what() -> None:
    power = charging((18, 20, 11.0))
    gap = Series(power.start, power.end, np.where(np.arange(len(power)) % 2, power.value, np.nan))
    assert sessions_of(NIGHT, gap, 11.0) == ()
    assert sessions_of(NIGHT, Series.empty(), 11.0) == ()


@pytest.mark.parametrize("factor", [1000.0, -1000.0])
def test_watts_in_the_place_of_kilowatts_are_not_believed(factor: float) -> None:
    power = charging((18, 20, 11.0))
    wrong = Series(power.start, power.end, power.value * factor)
    assert np.isnan(believable(wrong, 11.0).value).all()
    assert sessions_of(NIGHT, wrong, 11.0) == ()


def test_a_glitch_is_left_out_and_the_rest_believed() -> None:
    power = charging((18, 20, 11.0))
    value = power.value.copy()
    value[100] = 5e4
    found = believable(Series(power.start, power.end, value), 11.0)
    assert np.flatnonzero(np.isnan(found.value)).tolist() == [100]
    assert found.value[220] == pytest.approx(11.0, rel=1e-2)


def test_a_meter_that_stands_still_is_not_believed() -> None:
    power = charging()
    value = power.value.copy()
    value[300:500] = 3.7
    found = believable(Series(power.start, power.end, value), 11.0)
    assert np.flatnonzero(np.isnan(found.value)).tolist() == list(range(300, 500))
    value[300:500] = 0.0
    value[300:340] = 3.7  # Less than half a day.
    assert np.isfinite(believable(Series(power.start, power.end, value), 11.0).value).all()


def test_stays_seen_again_replace_those_known_and_old_ones_go() -> None:
    old = Session(BEGIN - 400 * DAY_S, BEGIN - 399 * DAY_S, 5.0)
    known = Session(BEGIN, BEGIN + 10 * HOUR_S, 5.0)
    again = Session(BEGIN + HOUR_S, BEGIN + 10 * HOUR_S, 6.0)
    later = Session(BEGIN + 20 * HOUR_S, BEGIN + 30 * HOUR_S, 7.0)
    now = BEGIN + 2 * DAY_S
    assert merged((old, known), (later, again), now) == (again, later)
    assert merged((known,), (), now) == (known,)
