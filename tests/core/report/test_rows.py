"""Rows of the ledger: packed and unpacked, added up by the clock of the wall."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.report.record import packed, text_of, unpacked
from custom_components.shems.core.report.rollup import grouped, span_of
from custom_components.shems.core.report.rows import Money, Row, Step, summed
from custom_components.shems.core.report.slot import (
    Alternative,
    BatteryFlow,
    Quality,
    SlotRecord,
)
from custom_components.shems.core.tariff import PriceParts
from custom_components.shems.core.units import InputError

ZONE = "Europe/Amsterdam"
AUTUMN = datetime(2026, 10, 25, tzinfo=ZoneInfo(ZONE)).timestamp()
"""A day of 25 hours."""
AMOUNTS = st.integers(0, 40).map(lambda count: count / 16)


def slot(
    start: float, bought: float, sold: float, device: float, charged: float, known: bool
) -> SlotRecord:
    return SlotRecord(
        start,
        start + 1800,
        bought,
        sold,
        1.0,
        charged,
        0.5,
        0.3,
        0.1,
        device_kwh={"washer": device},
        source_kwh={"roof": 1.0},
        battery_kwh={"store": BatteryFlow(charged, 0.5)},
        buy_parts=PriceParts(0.2, 0.05, 0.05) if known else None,
        sell_parts=PriceParts(0.1) if known else None,
        carbon_kg_per_kwh=0.4 if known else None,
        peak_cost=0.1,
        quality=Quality.MEASURED if known else Quality.ESTIMATED,
        otherwise={
            "without": Alternative(
                bought, 0.0, 0.3 * bought, 0.2, {"washer": 0.1}, {"store": start}
            )
        },
        saved_by_cause={"shifting": 0.25},
        meter_kwh={"bought": bought},
    )


@st.composite
def slots(draw: st.DrawFn) -> list[SlotRecord]:
    numbers = draw(st.lists(st.integers(0, 100), min_size=1, max_size=20, unique=True))
    return [
        slot(AUTUMN + 1800 * number, *(draw(AMOUNTS) for _ in range(4)), draw(st.booleans()))
        for number in numbers
    ]


@given(found=slots())
def test_sums_are_those_of_the_meters_however_they_are_grouped(found: list[SlotRecord]) -> None:
    found.sort(key=lambda each: each.start)
    rows = [Row.of(each) for each in found]
    whole = summed(rows, AUTUMN, AUTUMN + 200_000)
    assert whole.totals.bought_kwh == pytest.approx(sum(each.bought_kwh for each in found))
    bill = sum(each.metered_cost + each.peak_cost for each in found)
    assert whole.money.bill == pytest.approx(bill)
    assert whole.totals.cost == pytest.approx(bill - whole.money.peak + whole.money.wear)
    known = [each for each in found if each.carbon_kg_per_kwh is not None]
    assert whole.carbon_kg == pytest.approx(sum(0.4 * each.bought_kwh for each in known))
    assert whole.carbon_hours == pytest.approx(len(known) / 2)
    assert whole.estimated_hours == pytest.approx((len(found) - len(known)) / 2)
    assert whole.hours == pytest.approx(len(found) / 2)
    assert whole.device_kwh["washer"] == pytest.approx(sum(x.device_kwh["washer"] for x in found))
    assert whole.device_cost["washer"] <= whole.money.bought + 1e-9
    assert whole.otherwise["without"].held == {"store": max(each.start for each in found)}
    assert whole.saving == pytest.approx(sum(each.saving for each in rows))
    assert whole.battery_kwh["store"].discharged_kwh == pytest.approx(0.5 * len(found))
    for step in ("hour", "day", "month", "year"):
        parts = grouped(rows, ZONE, step)
        again = summed(parts, whole.start, whole.end)
        assert again.money.bill == pytest.approx(whole.money.bill)
        assert again.meter_kwh == pytest.approx(whole.meter_kwh)
        assert all(
            each.start <= one.start < each.end for each, one in zip(parts, parts, strict=True)
        )
    assert [each.start for each in grouped(rows, ZONE, "slot")] == sorted(x.start for x in found)


@given(found=slots())
def test_an_entry_is_the_same_once_it_was_packed(found: list[SlotRecord]) -> None:
    for each in found:
        again = unpacked(SlotRecord, packed(each))
        assert again == replace(each, otherwise=again.otherwise)
        assert again.otherwise["without"].cost == pytest.approx(each.otherwise["without"].cost)
        row = Row.of(each)
        assert packed(unpacked(Row, packed(row))) == packed(row)


def test_what_has_its_default_takes_no_room() -> None:
    bare = SlotRecord(0.0, 300.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.3, 0.1, device_kwh={"idle": 0.0})
    text = text_of(packed(bare))
    assert "idle" in text, "that it took nothing is known"
    assert "quality" not in text
    assert "otherwise" not in text


@pytest.mark.parametrize(
    ("zone", "at", "step", "hours"),
    [
        (ZONE, AUTUMN + 3600, "day", 25),
        (ZONE, AUTUMN + 2.5 * 3600, "hour", 1),
        ("Asia/Kolkata", 1767225600.0, "hour", 1),
        ("UTC", 1767225600.0, "month", 31 * 24),
        ("UTC", 1767225600.0 + 86400, "year", 365 * 24),
    ],
)
def test_spans_are_those_of_the_wall_clock(zone: str, at: float, step: Step, hours: int) -> None:
    begin, end = span_of(at, zone, step)
    assert begin <= at < end
    assert end - begin == hours * 3600
    assert datetime.fromtimestamp(begin, ZoneInfo(zone)).minute == 0
    assert span_of(end, zone, step)[0] == end


def test_an_hour_that_comes_twice_is_two_hours() -> None:
    first, second = AUTUMN + 2.5 * 3600, AUTUMN + 3.5 * 3600
    assert span_of(first, ZONE, "hour")[1] == span_of(second, ZONE, "hour")[0]


def test_alternatives_and_devices_that_come_later_are_added() -> None:
    first = Row(0.0, 1.0, money=Money(peak=1.0))
    later = Row.of(slot(1800.0, 1.0, 0.0, 0.5, 0.0, known=True))
    assert later.plus(first).otherwise == later.otherwise
    assert first.plus(later).device_kwh == {"washer": 0.5}


def test_nothing_that_is_no_number_is_entered() -> None:
    with pytest.raises(InputError) as err:
        SlotRecord(
            0.0,
            300.0,
            1.0,
            0.0,
            0.0,
            0.0,
            0.0,
            0.3,
            0.1,
            otherwise={"without": Alternative(1.0, 0.0, 0.1, held={"store": float("nan")})},
        )
    assert err.value.arguments["name"] == "otherwise"
