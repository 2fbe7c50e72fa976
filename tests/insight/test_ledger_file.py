"""The ledger's file: hours and days that are the sums of their slots, whatever happens."""

import random
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custom_components.shems.core.report.ledger import Totals
from custom_components.shems.core.report.record import packed
from custom_components.shems.core.report.rollup import grouped
from custom_components.shems.core.report.rows import Money, Row, summed
from custom_components.shems.core.report.slot import (
    Alternative,
    BatteryFlow,
    Quality,
    SlotRecord,
)
from custom_components.shems.core.tariff import PriceParts
from custom_components.shems.insight.ledger_file import LedgerFile
from custom_components.shems.ledger_database import NewerLedgerError

ZONE = "Europe/Amsterdam"
HOUR = 3600.0
DAY = 24 * HOUR
EVENING = datetime(2026, 10, 24, 21, 0, tzinfo=ZoneInfo(ZONE)).timestamp()
"""The next day has 25 hours."""

AMOUNTS = st.integers(0, 40).map(lambda count: count / 16)
PRICES = st.integers(-20, 60).map(lambda count: count / 100)


@contextmanager
def empty(zone: str = ZONE) -> Iterator[LedgerFile]:
    with tempfile.TemporaryDirectory() as folder:
        file = LedgerFile(Path(folder) / "ledger.db", zone)
        assert file.open()
        yield file


def slot(start: float, end: float, bought: float = 1.0, **changes: object) -> SlotRecord:
    return replace(SlotRecord(start, end, bought, 0.0, 0.0, 0.0, 0.0, 0.3, 0.1), **changes)


@st.composite
def days(draw: st.DrawFn) -> list[SlotRecord]:
    """Draw what two days bring: slots of odd lengths, gaps, prices below zero, two devices."""
    at, slots = EVENING, []
    for _ in range(draw(st.integers(1, 40))):
        at += draw(st.sampled_from([0.0, 0.0, 0.0, 300.0, 5 * HOUR]))
        end = at + draw(st.sampled_from([300.0, 900.0, 2400.0, HOUR]))
        washer, bought, sold = draw(AMOUNTS), draw(AMOUNTS), draw(AMOUNTS)
        buy, sell = (PriceParts(draw(PRICES), 0.05, draw(PRICES) / 5) for _ in range(2))
        known = draw(st.booleans())
        slots.append(
            SlotRecord(
                at,
                end,
                bought,
                sold,
                draw(AMOUNTS),
                draw(AMOUNTS),
                draw(AMOUNTS),
                buy.price,
                sell.price,
                {"store": 3.0},
                washer,
                {"washer": washer},
                {"roof": 0.2},
                {"store": BatteryFlow(0.1, 0.2)},
                buy_parts=buy if known else None,
                sell_parts=sell if known else None,
                carbon_kg_per_kwh=draw(st.sampled_from([None, 0.4])),
                peak_cost=draw(AMOUNTS),
                quality=draw(st.sampled_from(Quality)),
                otherwise={"without": Alternative(bought, sold, draw(PRICES), held={"store": 2.0})},
                saved_by_cause={"shifting": draw(PRICES)},
            )
        )
        at = end
    return slots


def same(one: Row, other: Row) -> None:
    for name in ("totals", "money"):
        mine, its = getattr(one, name), getattr(other, name)
        for each in fields(mine):
            assert getattr(mine, each.name) == pytest.approx(getattr(its, each.name), abs=1e-6)
    for name in ("device_kwh", "device_cost", "device_carbon_kg", "source_kwh", "saved_by_cause"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), abs=1e-6)
    for name in ("carbon_kg", "carbon_hours", "estimated_hours"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), abs=1e-6)
    assert one.otherwise.keys() == other.otherwise.keys()
    for name, each in one.otherwise.items():
        assert each.cost == pytest.approx(other.otherwise[name].cost, abs=1e-6)
        assert each.held == other.otherwise[name].held


@settings(max_examples=25, deadline=None)
@given(slots=days(), dearer=PRICES, again=st.integers(0, 5), once=st.booleans())
def test_every_tier_adds_up_to_the_slots(
    slots: list[SlotRecord], dearer: float, again: int, once: bool
) -> None:
    """Through restarts, corrected prices, slots entered twice and rolling up."""
    with empty() as file:
        if once:
            file.append(slots, 1.0)
        else:
            for each in slots:
                LedgerFile(file.path, ZONE).append([each], 1.0)
        file.append(slots[-again:], 2.0)
        corrected = [
            replace(each, buy=dearer, buy_parts=None) if number % 3 == 0 else each
            for number, each in enumerate(slots)
        ]
        by_start = {each.start: each for each in corrected}
        file.revise(EVENING, EVENING + 9 * DAY, lambda each: by_start[each.start], 3.0)
        truth = [Row.of(each) for each in corrected]
        begin, end = EVENING - DAY, EVENING + 9 * DAY
        whole = summed(truth, begin, end)
        assert whole.money.bought == pytest.approx(sum(x.bought_kwh * x.buy for x in corrected))
        assert whole.money.sold == pytest.approx(sum(x.sold_kwh * x.sell for x in corrected))
        assert [each.start for each in file.rows(begin, end, "slot")] == sorted(by_start)
        for step in ("hour", "day", "month", "year"):
            rows = file.rows(begin - 365 * DAY, end, step)
            expected = grouped(truth, ZONE, step)
            assert [(x.start, x.end) for x in rows] == [(x.start, x.end) for x in expected]
            for mine, its in zip(rows, expected, strict=True):
                same(mine, its)
        same(file.sum(begin, end), whole)
        file.roll_up({"slot": EVENING + 2.5 * DAY})
        same(summed(file.rows(begin, end, "day"), begin, end), whole)
        same(summed(file.rows(begin, end, "hour"), begin, end), whole)
        file.roll_up({"hour": EVENING + 2.5 * DAY})
        same(file.sum(begin, end), whole)


def test_the_devices_and_the_rest_share_what_was_bought() -> None:
    """In proportion to what each took, batteries that were charging included."""
    record = slot(
        0.0,
        300.0,
        3.0,
        solar_kwh=1.0,
        charged_kwh=1.0,
        device_kwh={"car": 2.0},
        carbon_kg_per_kwh=0.5,
    )
    row = Row.of(record)
    assert row.device_cost == {"car": pytest.approx(2.0 * 3 / 4 * 0.3)}
    assert row.device_carbon_kg == {"car": pytest.approx(2.0 * 3 / 4 * 0.5)}
    assert row.carbon_kg == pytest.approx(1.5)
    more = Row.of(slot(0.0, 300.0, 1.0, device_kwh={"car": 2.0, "oven": 2.0}))
    assert sum(more.device_cost.values()) == pytest.approx(0.3), "never more than the meter's"
    idle = Row.of(slot(0.0, 300.0, 0.0, device_kwh={"car": 0.0}))
    assert idle.device_cost == {"car": 0.0}
    assert Money.of(record).bill == pytest.approx(0.9)


def test_what_is_entered_again_or_overlaps_is_the_next_revision() -> None:
    with empty() as file:
        file.append([slot(EVENING, EVENING + 300), slot(EVENING + 300, EVENING + 600)], 1.0)
        file.append([slot(EVENING, EVENING + 300)], 2.0)
        assert [each.revision for each in file.slots(0, 2e9)] == [0, 0]
        file.append([slot(EVENING, EVENING + 300, 2.0)], 3.0)
        assert [(each.revision, each.bought_kwh) for each in file.slots(0, 2e9)] == [
            (1, 2.0),
            (0, 1.0),
        ]
        file.append([slot(EVENING + 200, EVENING + 900, 5.0)], 4.0)
        assert [each.bought_kwh for each in file.slots(0, 2e9)] == [5.0]
        assert file.sum(0, 2e9).totals.bought_kwh == 5.0


def test_days_that_are_known_as_a_whole_stay_so() -> None:
    """What an earlier release counted by the day is no sum of slots."""
    day = datetime(2026, 10, 20, tzinfo=ZoneInfo(ZONE)).timestamp()
    with empty() as file:
        file.put_days({"2026-10-20": Totals(bought_kwh=7.0, hours=24.0)}, 1.0)
        file.put_days({"2026-10-20": Totals(bought_kwh=9.0)}, 2.0)
        file.append([slot(day + HOUR, day + 2 * HOUR), slot(EVENING, EVENING + 300)], 3.0)
        rows = file.rows(0, 2e9, "day")
        assert [each.totals.bought_kwh for each in rows] == [7.0, 1.0]
        assert rows[0].end - rows[0].start == DAY
        assert file.sum(day, day + DAY).totals.bought_kwh == 7.0
        assert file.known() == (day, EVENING + 300)


def test_what_is_erased_is_nowhere_in_the_file() -> None:
    with empty() as file:
        slots = [slot(EVENING + x * DAY, EVENING + x * DAY + HOUR, x + 1.0) for x in range(4)]
        file.append(slots, 1.0)
        file.erase(EVENING + DAY, EVENING + DAY + 60)
        kept = file.path.read_bytes()
        assert [packed(each) in kept for each in slots] == [True, False, True, True]
        assert len(file.rows(0, 2e9, "day")) == 3
        midnight = datetime(2026, 10, 25, tzinfo=ZoneInfo(ZONE)).timestamp()
        file.erase(midnight - HOUR, midnight)
        assert len(file.rows(0, 2e9, "day")) == 2
        assert list(file.path.parent.iterdir()) == [file.path]


def test_nothing_is_entered_where_something_of_it_cannot_be(tmp_path: Path) -> None:
    file = LedgerFile(tmp_path / "ledger.db", ZONE)
    file.open()
    file.append([slot(EVENING, EVENING + 300)], 1.0)
    before = file.digest()

    def fail(each: SlotRecord) -> SlotRecord:
        if each.start > EVENING:
            raise OSError
        return replace(each, buy=9.0)

    file.append([slot(EVENING + 300, EVENING + 600)], 1.0)
    after = file.digest()
    with pytest.raises(OSError):  # noqa: PT011  # It is what the change raises.
        file.revise(0.0, 2e9, fail, 2.0)
    assert file.digest() == after != before


def test_a_file_that_is_damaged_or_newer_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(b"no database, whatever it may be" * 100)
    with pytest.raises(sqlite3.DatabaseError):
        LedgerFile(path, ZONE).open()
    LedgerFile(path, ZONE).put_aside(tmp_path / "aside")
    file = LedgerFile(path, ZONE)
    assert file.open()
    assert not file.open()
    assert file.known() is None
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 9")
    database.close()
    with pytest.raises(NewerLedgerError):
        file.open()


def test_a_year_takes_little_room(tmp_path: Path) -> None:
    """With ten devices a slot takes a kilobyte: 30 MB once it is 60 days of them and a year."""
    file = LedgerFile(tmp_path / "ledger.db", ZONE)
    file.open()
    chance = random.Random(1)
    names = [f"01JABCDEFGHJKMNPQRSTVWX{number:03d}" for number in range(10)]

    def each() -> dict[str, float]:
        return {name: chance.random() for name in names}

    slots = [
        slot(
            EVENING + number * 300,
            EVENING + (number + 1) * 300,
            chance.random(),
            device_kwh=each(),
            otherwise={
                name: Alternative(0.1, 0.2, chance.random(), 0.0, each())
                for name in ("without", "no_battery")
            },
            saved_by_device=each(),
        )
        for number in range(2 * 288)
    ]
    file.append(slots, 1.0)
    assert file.path.stat().st_size < 2 * 288 * 1400
