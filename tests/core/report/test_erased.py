"""Days that are erased are in no sum of the ledger."""

from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.report.erased import without
from custom_components.shems.core.report.ledger import Ledger, Totals

ZONE = "Europe/Brussels"
# The clock changes on the 29th.
DAYS = [f"2026-03-{day}" for day in range(27, 32)]


def midnight(day: str) -> float:
    return datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(ZONE)).timestamp()


def ledger(costs: list[float]) -> Ledger:
    days = {
        day: Totals(cost=cost, bought_kwh=2 * cost, hours=24.0)
        for day, cost in zip(DAYS, costs, strict=True)
    }
    total = Totals()
    for each in days.values():
        total = total.plus(each)
    return Ledger(days, total.plus(Totals(cost=1.0)), until=midnight("2026-04-01"))


@given(st.lists(st.floats(-1e3, 1e3), min_size=5, max_size=5), st.integers(0, 4), st.integers(0, 4))
def test_what_is_erased_is_in_no_sum(costs: list[float], first: int, last: int) -> None:
    before = ledger(costs)
    after = without(before, ZONE, midnight(DAYS[first]), midnight(DAYS[last]))
    kept = [day for count, day in enumerate(DAYS) if not first <= count < last]
    assert sorted(after.days) == kept
    expected = 1.0 + sum(before.days[day].cost for day in kept)
    assert after.total.cost == pytest.approx(expected, abs=1e-6)
    assert after.until == before.until


def test_all_that_is_known_by_days_may_be_erased() -> None:
    after = without(ledger([1.0] * 5), ZONE, -float("inf"), float("inf"))
    assert after.days == {}
    assert asdict(after.total) == pytest.approx(asdict(Totals(cost=1.0)))
