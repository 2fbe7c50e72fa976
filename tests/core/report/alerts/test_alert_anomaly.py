"""Unusual consumption: alarms by chance come as seldom as was chosen, and bursts are seen."""

import numpy as np
import pytest

from custom_components.shems.core.replay.codec import decode, encode
from custom_components.shems.core.report.alerts.anomaly import (
    KEPT_DAYS,
    Usual,
    highest,
    scores,
)
from custom_components.shems.core.report.alerts.rate import (
    EVERY_DAYS,
    consumption_days,
    standby_days,
)
from custom_components.shems.core.units import Floats

LEVELS = np.linspace(0.05, 0.95, 19)


def told(days: int) -> Floats:
    """Return quantiles of an exponential load with a mean of half a kilowatt."""
    return np.broadcast_to(-0.5 * np.log1p(-LEVELS), (days, 24, 19)).copy()


def lived(days: int, seed: int = 0) -> Floats:
    return np.random.default_rng(seed).exponential(0.5, (days, 24))


def test_alarms_by_chance_come_at_the_chosen_rate() -> None:
    days, every = 1500, 30.0
    tops = highest(scores(lived(days), told(days)))
    usual, alarms = Usual(), 0
    for day, top in enumerate(tops.tolist()):
        threshold = usual.threshold(day, every)
        alarms += threshold is not None and top > threshold
        usual = usual.learned(day, np.array([top]))
    assert 0.5 * days / every < alarms < 1.3 * days / every


def test_a_heater_left_on_is_unusual() -> None:
    load = lived(121)
    usual = Usual().learned(0, highest(scores(load, told(121)))[:120])
    threshold = usual.threshold(120, 60.0)
    assert threshold is not None
    load[120, 2:8] += 2.0
    assert np.nanmax(scores(load, told(121))[120]) > threshold


def test_nothing_is_unusual_before_enough_is_known() -> None:
    usual = Usual().learned(0, np.arange(10.0))
    assert usual.threshold(10, 60.0) is None
    assert usual.threshold(0, 1.0) is None
    assert usual.threshold(10, 20.0) == 9.0  # The highest of all stands in.
    assert usual.threshold(10, 5.0) == 8.0


def test_what_was_learned_stays_and_is_bounded() -> None:
    usual = Usual().learned(5, np.array([1.0, np.nan, 3.0])).learned(6, np.array([2.0, 9.0]))
    assert (usual.days, usual.scores) == ((5, 6, 7), (1.0, 2.0, 3.0))
    assert decode(Usual, encode(usual)) == usual
    assert len(usual.learned(8, np.arange(1000.0)).days) == KEPT_DAYS


def test_unknown_hours_and_days_are_no_example() -> None:
    load = lived(2)
    load[0, :12] = np.nan
    found = scores(load, told(2))
    assert np.isnan(found[0, :15]).all()
    assert np.isfinite(found[1]).all()
    assert np.isnan(highest(found)[0])
    assert np.isnan(scores(np.zeros((1, 2)), np.zeros((1, 2, 19)))).all()


def test_both_learned_kinds_share_what_was_chosen() -> None:
    alarms_a_day = 1 / standby_days(EVERY_DAYS) + 1 / consumption_days(EVERY_DAYS)
    assert alarms_a_day == pytest.approx(1 / EVERY_DAYS)
