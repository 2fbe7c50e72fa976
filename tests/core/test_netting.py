"""A year of net metering ends on one side or the other."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from custom_components.shems.core.observe.netting import contract_year, net_year
from custom_components.shems.core.series import Series

HOUR = 3600.0
ZONE = "Europe/Amsterdam"


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).timestamp()


NOW = at("2026-06-10T12:00")
YEAR = at("2026-01-01"), at("2027-01-01")


def twelve_months(winter_kw: float, summer_kw: float, known: float = 1.0) -> Series:
    """Return a year with a summer from April to September."""
    start = NOW - HOUR * np.arange(366 * 24.0, 0, -1)
    month = np.array([datetime.fromtimestamp(each, UTC).month for each in start.tolist()])
    value = np.where((month >= 4) & (month <= 9), summer_kw, winter_kw)
    value[: int((1 - known) * len(value))] = np.nan
    return Series(start, start + HOUR, value)


@pytest.mark.parametrize(
    ("now", "first", "begin", "end"),
    [
        ("2026-06-10", date(2020, 4, 1), "2026-04-01", "2027-04-01"),
        ("2026-03-31T23:59", date(2020, 4, 1), "2025-04-01", "2026-04-01"),
        ("2026-04-01", date(2020, 4, 1), "2026-04-01", "2027-04-01"),
        ("2026-02-28", date(2024, 2, 29), "2025-03-01", "2026-03-01"),
    ],
)
def test_a_contract_year_holds_the_day(now: str, first: date, begin: str, end: str) -> None:
    assert contract_year(at(now), first, ZONE) == (at(begin), at(end))


def test_the_year_ends_as_the_last_twelve_months_did() -> None:
    found = net_year(twelve_months(0.6, -0.4), NOW, YEAR)
    assert found is not None
    bought, sold = 0.6 * 24 * 90, 0.4 * (24 * 70 + 12)
    assert found.balance_kwh == pytest.approx(bought - sold, abs=2)
    assert found.expected_kwh == pytest.approx(0.6 * 24 * 182 - 0.4 * 24 * 183, abs=15)
    assert found.beyond < 0.01
    sunny = net_year(twelve_months(0.4, -0.6), NOW, YEAR)
    assert sunny is not None
    assert sunny.beyond > 0.99
    even = net_year(twelve_months(0.5, -0.5), NOW, YEAR)
    assert even is not None
    assert 0.3 < even.beyond < 0.7


def test_what_the_year_ends_with_is_surer_towards_its_end() -> None:
    months = twelve_months(0.52, -0.48)
    early = net_year(months, NOW, (NOW - 2 * 86400.0, NOW + 363 * 86400.0))
    late = net_year(months, NOW, (NOW - 364.8 * 86400.0, NOW + 0.2 * 86400.0))
    assert early is not None
    assert late is not None
    assert early.expected_kwh == pytest.approx(late.expected_kwh, abs=30)
    assert early.beyond > 10 * late.beyond
    begun = net_year(months, NOW, (NOW - 60.0, NOW + 364 * 86400.0))
    assert begun is not None
    assert begun.balance_kwh == 0.0


def test_of_a_year_that_is_not_known_nothing_is_said() -> None:
    assert net_year(twelve_months(0.6, -0.4, known=0.7), NOW, YEAR) is None
    assert net_year(twelve_months(0.6, -0.4, known=0.2), NOW, YEAR) is None
    assert net_year(Series.empty(), NOW, YEAR) is None
    assert net_year(twelve_months(0.6, -0.4, known=0.98), NOW, YEAR) is not None
