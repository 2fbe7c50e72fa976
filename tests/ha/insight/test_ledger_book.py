"""The ledger of a home: entered slot by slot, kept through restarts, damage and backups."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.backup import async_post_backup, async_pre_backup
from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.insight.ledger_file import LedgerFile
from custom_components.shems.sources.error import SourceError
from tests.ha.conftest import ENTRY_ID, NO_TOTALS, SLOT_S, advance, start

DAY = 86400.0
NAME = f"{DOMAIN}.{ENTRY_ID}.ledger.db"


def now() -> float:
    return dt_util.utcnow().timestamp()


async def close(hass: HomeAssistant, frozen: FrozenDateTimeFactory) -> None:
    """Go to the end of the running slot, with readings on the way."""
    end = (now() // SLOT_S + 1) * SLOT_S
    while now() < end:
        await advance(hass, frozen, min(100.0, end - now()))


async def test_every_slot_is_entered_and_can_be_asked_for(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    ledger = home.insight.ledger
    before = await ledger.async_totals(now() - DAY, now())
    await close(hass, frozen)
    last = home.store.memory.slots[-1]
    rows = await ledger.async_rows(last.start, now(), "slot")
    assert [(each.start, each.end) for each in rows] == [(last.start, last.end)]
    assert rows[0].totals.bought_kwh == pytest.approx(last.bought_kwh)
    assert (await ledger.async_slots(last.start, now()))[0].buy == last.buy
    totals = await ledger.async_totals(now() - DAY, now())
    assert totals.bought_kwh == pytest.approx(before.bought_kwh + last.bought_kwh)
    assert ledger.so_far is not None
    (today,) = await ledger.async_rows(now() - 12 * 3600, now(), "day")
    assert ledger.so_far.day.totals.bought_kwh == pytest.approx(today.totals.bought_kwh)
    (month,) = await ledger.async_rows(now() - 15 * DAY, now(), "month")
    assert ledger.so_far.month == month
    known = await ledger.async_known()
    assert known is not None
    assert known[1] == last.end


async def test_days_of_the_release_before_are_taken_over(
    hass: HomeAssistant,
    remembered: dict[str, Any],
    entry: MockConfigEntry,
    inverter: None,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    memory = remembered[f"{DOMAIN}.{ENTRY_ID}.memory"]["data"]
    memory["ledger"]["days"] = {
        "2026-06-08": {**NO_TOTALS, "cost": 3.0, "cost_self_consumption": 4.5, "hours": 24.0},
        "2026-06-09": {**NO_TOTALS, "cost": 2.0, "hours": 24.0},
        "2026-06-10": {**NO_TOTALS, "cost": 1.0, "hours": 12.0},
    }
    home = await start(hass, entry, frozen)
    rows = await home.insight.ledger.async_rows(now() - 10 * DAY, now(), "day")
    assert [each.totals.cost for each in rows[:2]] == [3.0, 2.0]
    assert rows[0].saving == pytest.approx(1.5)
    assert len(rows) == 3, "today is what its slots add up to"
    assert rows[2].totals.bought_kwh > 0
    assert rows[2].totals.cost != 1.0


async def test_what_a_crash_kept_from_the_file_is_entered_with_the_next_start(
    hass: HomeAssistant,
    home: HomeCoordinator,
    array_folder: Path,
    entry: MockConfigEntry,
    frozen: FrozenDateTimeFactory,
) -> None:
    await close(hass, frozen)
    await hass.config_entries.async_unload(entry.entry_id)
    database = sqlite3.connect(array_folder / NAME, isolation_level=None)
    database.execute("DELETE FROM entries WHERE start > ?", (now() - 3000,))
    database.close()
    assert await hass.config_entries.async_setup(entry.entry_id)
    slots = home.store.memory.slots
    again = LedgerFile(array_folder / NAME, home.configuration.zone)
    starts = [each.start for each in again.slots(now() - 3000, now())]
    assert starts == [each.start for each in slots if each.start >= now() - 3000]


async def test_a_damaged_file_is_put_aside_and_begun_anew(
    hass: HomeAssistant,
    home: HomeCoordinator,
    array_folder: Path,
    frozen: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (array_folder / NAME).write_bytes(b"nothing that anybody can read" * 1000)
    with pytest.raises(SourceError):
        await home.insight.ledger.async_rows(0.0, now())
    await close(hass, frozen)
    assert (array_folder / f"{NAME}.unreadable").exists()
    issues = {issue_id for _, issue_id in ir.async_get(hass).issues}
    assert f"{ENTRY_ID}_unreadable_ledger" in issues
    with pytest.raises(SourceError):
        await home.insight.ledger.async_rows(0.0, now())
    await close(hass, frozen)
    rows = await home.insight.ledger.async_rows(now() - 3000, now())
    assert rows[-1].end == home.store.memory.slots[-1].end
    assert "put aside" in caplog.text


async def test_a_file_of_a_newer_release_is_told_and_left(
    hass: HomeAssistant,
    home: HomeCoordinator,
    array_folder: Path,
    entry: MockConfigEntry,
    frozen: FrozenDateTimeFactory,
) -> None:
    await hass.config_entries.async_unload(entry.entry_id)
    database = sqlite3.connect(array_folder / NAME)
    database.execute("PRAGMA user_version = 9")
    database.close()
    before = (array_folder / NAME).read_bytes()
    assert not await hass.config_entries.async_setup(entry.entry_id)
    assert (array_folder / NAME).read_bytes() == before
    assert f"{ENTRY_ID}_file_newer" in {each for _, each in ir.async_get(hass).issues}


async def test_nothing_is_written_while_a_backup_is_made(
    hass: HomeAssistant, home: HomeCoordinator, array_folder: Path, frozen: FrozenDateTimeFactory
) -> None:
    await close(hass, frozen)
    await async_pre_backup(hass)
    before = (array_folder / NAME).read_bytes()
    await close(hass, frozen)
    await close(hass, frozen)
    assert (array_folder / NAME).read_bytes() == before
    await async_post_backup(hass)
    rows = await home.insight.ledger.async_rows(now() - 1000, now())
    assert rows[-1].end == home.store.memory.slots[-1].end


async def test_a_disk_that_refuses_is_tried_again(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(LedgerFile, "append", full)
        await close(hass, frozen)
        await close(hass, frozen)
    assert caplog.text.count("could not be written") == 1
    await close(hass, frozen)
    rows = await home.insight.ledger.async_rows(now() - DAY / 2, now())
    known = [each.start for each in home.store.memory.slots if each.start >= now() - DAY / 2]
    assert [each.start for each in rows] == [each for each in known if each >= rows[0].start]
    assert len(rows) > 100


async def test_old_slots_are_rolled_up_once_a_day(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await close(hass, frozen)
    ledger = home.insight.ledger
    file = ledger.file
    old = home.store.memory.slots[-1]
    total = (await ledger.async_totals(0.0, now())).bought_kwh
    frozen.tick(70 * DAY)
    await close(hass, frozen)
    await close(hass, frozen)
    assert file.slots(0.0, old.end) == ()
    assert (await ledger.async_totals(0.0, old.end + DAY)).bought_kwh == pytest.approx(total)
