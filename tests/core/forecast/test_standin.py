"""What was inferred stands in for what cannot be learned yet, and never where it was rejected."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.plane import Site
from custom_components.shems.core.forecast.standin import known_days, load_before
from custom_components.shems.core.horizon import DAY_S, HOUR_S
from custom_components.shems.core.infer.living import Living
from custom_components.shems.core.infer.posterior import Verdict, prior_of
from custom_components.shems.core.series import Series

NOW = 1_780_000_000.0 // DAY_S * DAY_S + 10 * HOUR_S
SITE = Site(52.0, 5.0)
LIVING = prior_of("living", Living.prior, np.random.default_rng(1), 200)


def hours(first: float, count: int, value: float) -> Series:
    start = first + HOUR_S * np.arange(count, dtype=np.float64)
    return Series(start, start + HOUR_S, np.full(count, value))


def test_what_was_rejected_tells_nothing() -> None:
    load = hours(NOW - DAY_S, 24, 0.4)
    rejected = replace(LIVING, verdict=Verdict.REJECTED)
    assert load_before(rejected, load, "Europe/Amsterdam", 52.0, NOW, car=True) is load


@pytest.mark.parametrize("car", [False, True])
def test_days_of_such_homes_come_before_the_homes_own(car: bool) -> None:
    load = hours(NOW - 2 * DAY_S, 48, 0.4)
    filled = load_before(LIVING, load, "Europe/Amsterdam", 52.0, NOW, car=car)
    assert filled.between(load.start, load.end) == pytest.approx(load.value)
    assert 11 < known_days(filled) - known_days(load) < 13
    assert (filled.value >= 0).all()


def test_a_home_that_knows_nothing_begins_with_such_days_alone() -> None:
    filled = load_before(LIVING, Series.empty(), "UTC", 52.0, NOW, car=True)
    assert 13 < known_days(filled) <= 14.5
    assert filled.end[-1] <= NOW


def test_a_known_week_needs_no_other() -> None:
    load = hours(NOW - 8 * DAY_S, 8 * 24, 0.4)
    assert load_before(LIVING, load, "UTC", 52.0, NOW, car=True) is load
