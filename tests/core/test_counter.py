"""A counter of energy tells a power, whatever happens to it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.observe.counter import Count

MOST_KW = 20.0
BEGIN = 1_000_000.0


def shown(*points: tuple[float, float], count: Count | None = None) -> Count:
    """Show a counter's values at seconds after the beginning."""
    found = count or Count()
    for seconds, kwh in points:
        found = found.after(kwh, BEGIN + seconds, MOST_KW)
    return found


def power(count: Count, seconds: float) -> float | None:
    return count.power_kw(BEGIN + seconds)


@given(
    kw=st.floats(0.05, 15),
    step_kwh=st.sampled_from([0.0001, 0.001, 0.01]),
    poll_s=st.sampled_from([1, 10, 30]),
)
def test_an_even_power_is_found_again_to_a_step_of_the_counter(
    kw: float, step_kwh: float, poll_s: int
) -> None:
    count, changed, last = Count(), BEGIN, None
    for seconds in range(0, 1800, poll_s):
        kwh = math.floor(kw * seconds / 3600 / step_kwh) * step_kwh
        if kwh != last:
            changed, last = BEGIN + seconds, kwh
        count = count.after(kwh, changed, MOST_KW)
    found = count.power_kw(BEGIN + 1799)
    tick_s = max(step_kwh / kw * 3600, 60.0)
    assert found == pytest.approx(kw, rel=2 * poll_s / tick_s + 2 * step_kwh / (kw * tick_s / 3600))


def test_nothing_is_known_before_the_second_tick() -> None:
    assert power(Count(), 0) is None
    assert power(shown((0, 100.0)), 5) is None
    assert power(shown((0, 100.0), (60, 100.02)), 60) == pytest.approx(1.2)


def test_a_counter_that_stands_still_counts_ever_less() -> None:
    count = shown((0, 100.0), (60, 100.01), (120, 100.02))
    assert power(count, 180) == pytest.approx(0.6), "the next tick is not late yet"
    assert power(count, 480) == pytest.approx(0.1), "less than its step of 0.01 kWh in six minutes"
    assert power(count, 120 + 36_000) == pytest.approx(0.001)
    assert power(shown((0, 100.0)), 36_000) == pytest.approx(0.01), "it never moved"


@pytest.mark.parametrize("after", [0.0, 3.0, 99_999.0])
def test_a_reset_or_a_rollover_goes_on_as_before(after: float) -> None:
    count = shown((0, 500.0), (60, 500.02), (120, after))
    assert power(count, 130) == pytest.approx(1.2)
    assert power(shown((180, after + 0.01), count=count), 180) == pytest.approx(0.6)


def test_a_glitch_to_zero_and_back_changes_nothing() -> None:
    count = shown((0, 500.0), (60, 500.02), (120, 0.0), (180, 500.06))
    assert power(count, 180) == pytest.approx(1.2)
    assert power(shown((240, 500.08), count=count), 240) == pytest.approx(1.2)


def test_what_is_counted_in_a_long_silence_is_spread_over_it() -> None:
    count = shown((0, 100.0), (60, 100.02), (60 + 7200, 102.02))
    assert power(count, 7300) == pytest.approx(1.0)
    assert power(count, 7260 + 3600) == pytest.approx(0.02), "silent again, with its step of 0.02"
    assert power(shown((7320, 102.07), count=count), 7320) == pytest.approx(3.0)


def test_a_night_without_sun_goes_on_being_dark_over_a_reset_at_midnight() -> None:
    count = shown((0, 20.0), (60, 20.001), (6 * 3600, 0.0))
    assert power(count, 6 * 3600) == pytest.approx(0.0, abs=0.001)
    assert power(count, 10 * 3600) == pytest.approx(0.0, abs=0.001)


@pytest.mark.parametrize("kwh", [math.nan, math.inf, -1.0])
def test_what_is_no_energy_is_passed_over(kwh: float) -> None:
    count = shown((0, 100.0), (60, 100.02))
    assert count.after(kwh, BEGIN + 120, MOST_KW) == count


def test_a_clock_that_was_set_back_begins_anew() -> None:
    count = shown((0, 100.0), (60, 100.02), (-7200, 100.04))
    assert power(count, -7190) is None
    assert power(shown((-7140, 100.06), count=count), -7140) == pytest.approx(1.2)
