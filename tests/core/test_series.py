"""Series: what they know, what they refuse."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.horizon import Horizon
from custom_components.shems.core.series import Series, energy_kwh, fill_short_gaps
from custom_components.shems.core.units import InputError
from tests.core.homes import on_grid


def test_mean_is_weighted_with_time() -> None:
    series = Series.of([(0, 900, 1.0), (900, 3600, 3.0)])
    assert series.on(Horizon.uniform(0, 3600, 1)).tolist() == [2.5]


@given(
    values=st.lists(on_grid(-5, 5, 0.5), min_size=1, max_size=40),
    step_s=st.sampled_from([300, 900]),
)
def test_resampling_keeps_the_energy(values: list[float], step_s: int) -> None:
    series = Series.of(
        (number * step_s, (number + 1) * step_s, each) for number, each in enumerate(values)
    )
    end = len(values) * step_s
    other = Horizon(np.unique([0.0, *np.arange(420.0, end, 420.0), end]))
    same = Horizon.uniform(0, step_s, len(values))
    assert energy_kwh(series.on(other), other.hours) == pytest.approx(
        energy_kwh(np.array(values), same.hours)
    )


def test_unknown_is_not_zero() -> None:
    series = Series.of([(0, 900, 1.0), (900, 1800, math.nan), (1800, 2700, 2.0)])
    assert np.isnan(series.on(Horizon.uniform(0, 1800, 2))).tolist() == [True, True]
    assert np.isnan(Series.empty().on(Horizon.uniform(0, 900, 2))).all()
    assert series.at(100) == 1.0
    assert series.at(1000) is None
    assert series.at(-1) is None
    assert series.at(2700) is None
    assert series.last == 2700
    assert Series.empty().last is None
    assert len(Series.of([])) == 0


def test_steps_of_no_width_have_no_mean() -> None:
    series = Series.of([(0, 3600, 1.0)])
    assert np.isnan(series.between(np.array([100.0, 100.0]), np.array([100.0, 50.0]))).all()


def test_order_and_repetition_do_not_matter() -> None:
    points = [(900, 1800, 2.0), (0, 900, 1.0), (0, 900, 1.0)]
    series = Series.of(points)
    assert series.start.tolist() == [0, 900]
    assert len(series) == 2


def test_the_later_value_for_a_start_wins() -> None:
    assert Series.of([(0, 900, 1.0), (0, 900, 5.0)]).at(0) == 5.0


@pytest.mark.parametrize(
    "points",
    [
        [(900, 0, 1.0)],  # Reversed.
        [(900, 900, 1.0)],  # Empty.
        [(0, 1000, 1.0), (900, 1800, 1.0)],  # Overlapping.
        [(0, math.nan, 1.0)],
        [(math.nan, 900, 1.0)],
    ],
)
def test_impossible_intervals_are_refused(points: list[tuple[float, float, float]]) -> None:
    with pytest.raises(InputError) as caught:
        Series.of(points)
    assert caught.value.code == "series_overlaps"


def test_holes_are_filled_where_nothing_overlaps() -> None:
    series = Series.of([(1, 2, 1.0), (4, 4.5, 1.0)])
    other = Series.of((number, number + 1, 2.0) for number in range(6))
    found = series.filled(other)
    assert found.start.tolist() == [0, 1, 2, 3, 4, 5]
    assert found.end.tolist() == [1, 2, 3, 4, 4.5, 6]
    assert found.value.tolist() == [2, 1, 2, 2, 1, 2]
    assert Series.empty().filled(other) is other
    assert series.filled(Series.empty()).value.tolist() == [1, 1]


def test_short_gaps_are_filled_and_long_ones_kept() -> None:
    nan = math.nan
    value = np.array([nan, 1.0, nan, 3.0, nan, nan, nan, 7.0, nan])
    filled, mask = fill_short_gaps(value, 900, 1800)
    assert filled[2] == 2.0
    assert np.flatnonzero(mask).tolist() == [2]
    assert np.isnan(filled[[0, 4, 5, 6, 8]]).all()
    assert np.isnan(value[2])
