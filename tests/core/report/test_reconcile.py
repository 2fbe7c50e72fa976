"""What the ledger counted beside what the meters show."""

import pytest

from custom_components.shems.core.report.ledger import Totals
from custom_components.shems.core.report.reconcile import known, reconciled, risen
from custom_components.shems.core.report.rows import Row


def test_a_counter_that_fell_has_counted_from_zero() -> None:
    before = {"bought": {"day": 10.0, "night": 99_999.0}, "sold": {"out": 5.0}}
    now = {"bought": {"day": 10.5, "night": 0.25}, "sold": {"new": 7.0}, "solar": {"sun": 1.0}}
    assert risen(before, now) == {"bought": 0.75}, "others than before cannot be compared"


def test_only_counters_that_all_show_something_are_known() -> None:
    shown = {"bought": {"a": 1.0, "b": None}, "sold": {"c": 2.0}, "solar": {}}
    assert known(shown) == {"sold": {"c": 2.0}}


def test_what_is_missing_is_not_made_up_for_by_too_much_elsewhere() -> None:
    totals = Totals(bought_kwh=9.0, sold_kwh=6.0, solar_kwh=3.0)
    row = Row(0.0, 1.0, totals, meter_kwh={"bought": 10.0, "sold": 5.0})
    found = reconciled(row)
    assert found.deviation == pytest.approx(2.0 / 15.0)
    assert found.by_quantity["bought"].deviation_kwh == pytest.approx(-1.0)
    assert set(found.by_quantity) == {"bought", "sold"}


@pytest.mark.parametrize("meter_kwh", [{}, {"bought": 0.0}])
def test_without_anything_metered_nothing_is_said(meter_kwh: dict[str, float]) -> None:
    assert reconciled(Row(0.0, 1.0, meter_kwh=meter_kwh)).deviation is None
