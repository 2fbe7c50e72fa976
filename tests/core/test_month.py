"""How far a month has come follows from the grid meter."""

from datetime import UTC, datetime

import numpy as np
import pytest

from custom_components.shems.core.horizon import DAY_S, HOUR_S
from custom_components.shems.core.observe.month import reached, usual_peak_kw
from custom_components.shems.core.peak import PeakTariff
from custom_components.shems.core.series import Series

NOW = datetime(2026, 6, 10, 10, 20, tzinfo=UTC).timestamp()
ZONE = "Europe/Amsterdam"


def metered(hours: dict[int, float], back: int = 400, usual: float = 1.0) -> Series:
    """Return hours up to now with a power each; some, by how many hours ago, with another."""
    start = NOW // HOUR_S * HOUR_S - HOUR_S * np.arange(back, 0, -1)
    value = np.full(back, usual)
    for ago, power in hours.items():
        value[-ago] = power
    return Series(start, start + HOUR_S, value)


def test_the_highest_quarters_of_the_month_count() -> None:
    first, second = reached(
        (PeakTariff(5.0), PeakTariff(5.0, top=2, one_a_day=True)),
        metered({30: 4.0, 60: 3.0, 61: 3.5, 300: 9.0}),
        2.0,
        NOW,
        ZONE,
    )
    assert first.top_kw == (pytest.approx(4.0),)
    assert first.anticipated_kw == 2.0
    assert second.top_kw == (pytest.approx(4.0), pytest.approx(3.5))
    assert second.today_kw == pytest.approx(1.0)


def test_what_was_not_metered_counts_as_nothing() -> None:
    (state,) = reached((PeakTariff(5.0),), Series.empty(), 0.0, NOW, ZONE)
    assert state.top_kw == (0.0,)


def test_a_usual_day_has_its_peak() -> None:
    start = NOW // DAY_S * DAY_S - 2 * HOUR_S - DAY_S * 10 + HOUR_S * np.arange(240.0)
    load = Series(start, start + HOUR_S, np.where(np.arange(240) % 24 == 18, 3.0, 0.5))
    solar = Series(start, start + HOUR_S, np.full(240, 1.0))
    assert usual_peak_kw(load, Series.empty(), NOW, ZONE) == pytest.approx(3.0)
    assert usual_peak_kw(load, solar, NOW, ZONE) == pytest.approx(2.0)
    assert usual_peak_kw(Series.empty(), solar, NOW, ZONE) == 0.0
    sunny = Series(start, start + HOUR_S, np.full(240, 5.0))
    assert usual_peak_kw(load, sunny, NOW, ZONE) == 0.0
