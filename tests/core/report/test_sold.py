"""What was sold: when, for how much, and what was kept while selling cost money."""

import pytest

from custom_components.shems.core.report.record import packed, unpacked
from custom_components.shems.core.report.rows import Row, summed
from custom_components.shems.core.report.slot import Alternative, SlotRecord
from custom_components.shems.core.report.sold import BelowZero, SoldHour, sold_by_hour


def slot(start: float, sold: float, price: float, without: float | None = None) -> SlotRecord:
    otherwise = {} if without is None else {"without": Alternative(0.0, without, 0.0)}
    return SlotRecord(
        start, start + 900.0, 0.0, sold, sold, 0.0, 0.0, 0.3, price, otherwise=otherwise
    )


def test_what_was_kept_below_zero_is_what_the_home_without_shems_would_have_paid() -> None:
    kept = BelowZero.of(slot(0.0, 0.5, -0.04, without=2.0))
    assert kept.hours == pytest.approx(0.25)
    assert (kept.sold_kwh, kept.kept_kwh) == (0.5, 1.5)
    assert kept.kept_value == pytest.approx(0.06)


def test_more_sold_than_without_shems_counts_against_it() -> None:
    assert BelowZero.of(slot(0.0, 1.0, -0.1, without=0.0)).kept_value == pytest.approx(-0.1)


@pytest.mark.parametrize("price", [0.0, 0.08])
def test_a_price_that_is_not_below_zero_keeps_nothing(price: float) -> None:
    assert BelowZero.of(slot(0.0, 1.0, price, without=3.0)) == BelowZero()


def test_without_the_other_home_nothing_is_said_of_it() -> None:
    assert BelowZero.of(slot(0.0, 1.0, -0.1)) == BelowZero(0.25, 1.0, 0.0, 0.0)


def test_rows_add_it_up_and_keep_it_on_disk() -> None:
    rows = [Row.of(slot(900.0 * count, 0.5, -0.04, without=1.0)) for count in range(4)]
    whole = summed(rows, 0.0, 3600.0)
    assert whole.below_zero.kept_kwh == pytest.approx(2.0)
    assert unpacked(Row, packed(whole)).below_zero == whole.below_zero


def test_hours_add_up_to_what_was_sold_since() -> None:
    slots = [slot(0.0, 9.0, 0.1), slot(900.0, 1.0, 0.1), slot(2700.0, 1.0, -0.02)]
    slots += [slot(3600.0, 0.0, 0.1), slot(7200.0, 2.0, 0.05)]
    first, last = sold_by_hour(slots, 900.0)
    assert first == SoldHour(0.0, 2.0, pytest.approx(0.08))
    assert last == SoldHour(7200.0, 2.0, pytest.approx(0.1))
