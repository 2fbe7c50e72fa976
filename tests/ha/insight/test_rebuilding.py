"""A ledger that is new is filled with what the statistics of the meters still know."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.report.slot import BatteryFlow
from custom_components.shems.core.series import Series
from custom_components.shems.core.tariff import PriceRule
from custom_components.shems.insight import ledger as ledger_module
from custom_components.shems.insight import rebuilding
from custom_components.shems.insight.ledger_file import LedgerFile
from custom_components.shems.insight.privacy_record import PrivacyRecord
from custom_components.shems.sources.history import FINE_SPAN_S
from custom_components.shems.sources.recorded import Columns, Period, Recorded, grid
from tests.ha.conftest import BATTERY, ENTRY_ID

DAY = 86400.0
POWERS = {"sensor.grid": -1.0, "sensor.sun": 3.0, "sensor.battery": -0.5}


@pytest.fixture
def _statistics(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have even powers recorded for a fortnight, and carbon for all of it."""
    now = dt_util.utcnow().timestamp()

    async def read(
        _: HomeAssistant, begin: float, stop: float, ids: set[str], period: Period
    ) -> Recorded:
        steps = grid(max(begin, now - 14 * DAY), stop, period)
        unknown = np.full(len(steps), np.nan)
        return {
            name: Columns(steps, unknown, np.full(len(steps), kw), "kW")
            for name, kw in POWERS.items()
            if name in ids
        }

    async def history(*_: Any) -> History:
        return History(carbon=Series.of([(now - 400 * DAY, now, 400.0)]))

    class Direct:
        """The recorder's executor."""

        async def async_add_executor_job(self, job: Any) -> Any:
            return job()

    monkeypatch.setattr(rebuilding, "async_read", read)
    monkeypatch.setattr(rebuilding, "async_history", history)
    monkeypatch.setattr(rebuilding, "get_instance", lambda _: Direct())
    hass.config.components.add("recorder")


@pytest.mark.usefixtures("_statistics")
async def test_a_new_ledger_is_filled_as_far_back_as_the_recorder_knows(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    ledger, now = home.insight.ledger, dt_util.utcnow().timestamp()
    ledger.new = True
    first = (await ledger.async_slots(0.0, now))[0]
    part = rebuilding.Rebuilding(home, ledger)
    await part.async_on_slot(now)
    assert not ledger.new
    slots = await ledger.async_slots(0.0, first.start)
    assert slots[0].start == pytest.approx(now - 14 * DAY, abs=7200)
    assert slots[-1].end <= first.start
    hourly = [each for each in slots if each.end - each.start == 3600]
    assert {each.quality.value for each in hourly} == {"estimated"}
    assert 2.5 * DAY < hourly[-1].end - hourly[0].start < 4.5 * DAY
    one = hourly[5]
    assert (one.bought_kwh, one.sold_kwh, one.solar_kwh) == (0.0, 1.0, 3.0)
    assert (one.charged_kwh, one.discharged_kwh) == (0.5, 0.0)
    assert one.source_kwh == {"solar_id": 3.0}
    assert one.battery_kwh == {BATTERY: BatteryFlow(0.5, 0.0)}
    assert one.carbon_kg_per_kwh == pytest.approx(0.4)
    assert one.buy > 0
    day = (await ledger.async_rows(now - 13 * DAY, now - 11 * DAY, "day"))[0]
    assert day.totals.solar_kwh == pytest.approx(72.0)
    assert day.estimated_hours == pytest.approx(24.0)
    assert BATTERY not in day.device_kwh
    await part.async_on_slot(now)
    begin = dt_util.utc_from_timestamp(day.start)
    told = await hass.services.async_call(
        DOMAIN,
        "report",
        {"period": "range", "start": begin, "end": begin + timedelta(days=2)},
        blocking=True,
        return_response=True,
    )
    assert told is not None
    assert told["figures"]["saving"] is None, "nobody recorded what SHEMS did"
    assert told["left_out_hours"] == pytest.approx(48.0)
    assert "Of 48.0 hours it is not known" in told["text"]


@pytest.mark.usefixtures("_statistics")
async def test_where_the_recorder_keeps_five_minutes_for_less_hours_are_entered(
    home: HomeCoordinator, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = dt_util.utcnow().timestamp()
    hour = now // 3600 * 3600
    read = rebuilding.async_read

    async def kept(
        hass: HomeAssistant, begin: float, stop: float, ids: set[str], period: Period
    ) -> Recorded:
        least = hour - 3 * DAY if period == "5minute" else 0.0
        return await read(hass, max(begin, least), stop, ids, period)

    monkeypatch.setattr(rebuilding, "async_read", kept)
    slots = await rebuilding.async_rebuilt(home, hour - 12 * DAY, hour, hour - FINE_SPAN_S)
    assert slots[0].start == hour - 12 * DAY
    assert all(one.end == other.start for one, other in pairwise(slots))
    assert {each.end - each.start for each in slots if each.start < hour - 3 * DAY} == {3600.0}
    assert {each.end - each.start for each in slots if each.start >= hour - 3 * DAY} == {300.0}


@pytest.mark.usefixtures("_statistics")
async def test_what_a_restart_interrupts_goes_on_with_the_next_start(
    hass: HomeAssistant,
    home: HomeCoordinator,
    entry: MockConfigEntry,
    array_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = dt_util.utcnow().timestamp()
    await hass.config_entries.async_unload(entry.entry_id)
    (array_folder / f"{DOMAIN}.{ENTRY_ID}.ledger.db").unlink()
    assert await hass.config_entries.async_setup(entry.entry_id)
    ledger = entry.runtime_data.coordinator.insight.ledger
    assert ledger.new, "the file was lost"
    monkeypatch.setattr(ledger_module, "FILLED_AT_ONCE", 1000)
    append, parts = LedgerFile.append, []

    def torn(file: LedgerFile, slots: Any, written: float) -> None:
        if len(slots) == 1000:
            parts.append(slots)
        if len(parts) == 2:
            raise sqlite3.OperationalError("the machine went off")
        append(file, slots, written)

    with monkeypatch.context() as patched:
        patched.setattr(LedgerFile, "append", torn)
        part = rebuilding.Rebuilding(entry.runtime_data.coordinator, ledger)
        await part.async_on_slot(now)
    begun = await ledger.async_first()
    assert begun is not None
    assert now - 9 * DAY < begun < now - 2 * DAY
    await hass.config_entries.async_unload(entry.entry_id)
    assert await hass.config_entries.async_setup(entry.entry_id)
    again = entry.runtime_data.coordinator
    assert again.insight.ledger.new
    await rebuilding.Rebuilding(again, again.insight.ledger).async_on_slot(now)
    assert not again.insight.ledger.new
    assert not again.insight.ledger.file.unfilled()
    first = again.store.memory.slots[0].start
    fine = now - FINE_SPAN_S
    expected = await rebuilding.async_rebuilt(again, now - rebuilding.REACH_S, first, fine)
    known = await again.insight.ledger.async_slots(0.0, first)
    assert [each.start for each in known] == [each.start for each in expected]
    assert {each.revision for each in known} == {0}
    days = await again.insight.ledger.async_rows(now - 12 * DAY, now - 2 * DAY, "day")
    assert [each.totals.hours for each in days[1:]] == pytest.approx([24.0] * len(days[1:]))
    await hass.config_entries.async_unload(entry.entry_id)
    assert await hass.config_entries.async_setup(entry.entry_id)
    assert not entry.runtime_data.coordinator.insight.ledger.new


@pytest.mark.usefixtures("_statistics")
async def test_an_inverter_that_sleeps_leaves_no_gap_at_night(
    hass: HomeAssistant, home: HomeCoordinator, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = dt_util.utcnow().timestamp()
    hour = now // 3600 * 3600
    monkeypatch.setitem(POWERS, "sensor.sun", float("nan"))

    async def history(*_: Any) -> History:
        return History(solar=Series.of([(hour - 6 * 3600, hour - 3600, 0.0)]))

    monkeypatch.setattr(rebuilding, "async_history", history)
    slots = await rebuilding.async_rebuilt(home, hour - 9 * 3600, hour, 0.0)
    assert [each.start for each in slots] == [hour - 21600 + 300 * count for count in range(60)]
    assert {each.solar_kwh for each in slots} == {0.0}


@pytest.mark.usefixtures("_statistics")
async def test_the_past_has_the_prices_that_were_published(
    hass: HomeAssistant, home: HomeCoordinator, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = dt_util.utcnow().timestamp()
    hour = now // 3600 * 3600
    tariff = replace(home.configuration.tariff, buy=PriceRule(1.0), sell=PriceRule(1.0))
    monkeypatch.setattr(type(home.planner.net), "tariff", property(lambda _: tariff))
    monkeypatch.setitem(home.configuration.__dict__, "sell_source", {"type": "attributes"})
    issued = home.inputs.issued
    issued.note_published("market", Series.of([(hour - 7200, hour, 0.3)]), now, 900)
    issued.note_published("feed_in", Series.of([(hour - 3600, hour, 0.1)]), now, 900)
    slots = await rebuilding.async_rebuilt(home, hour - 9 * 3600, hour, 0.0)
    assert len(slots) == 12, "of the hour before it is not known what selling brought"
    assert (slots[0].buy, slots[0].sell) == (pytest.approx(0.3), pytest.approx(0.1))
    assert (slots[0].market, slots[0].feed_in) == (pytest.approx(0.3), pytest.approx(0.1))


@pytest.mark.usefixtures("_statistics")
async def test_what_was_erased_does_not_come_back(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    ledger, now = home.insight.ledger, dt_util.utcnow().timestamp()
    record = PrivacyRecord(hass, home.config_entry.entry_id)
    begin, end = now - 12 * DAY, now - 2 * DAY
    await record.async_note("erased", now, None, parts=["ledger"], start=begin, end=end)
    ledger.new = True
    await rebuilding.Rebuilding(home, ledger).async_on_slot(now)
    slots = await ledger.async_slots(0.0, now)
    assert any(each.end <= begin for each in slots)
    assert any(each.start >= end for each in slots)
    assert not any(begin < each.end and each.start < end for each in slots)


async def test_without_a_recorder_there_is_nothing_to_fill_it_with(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    assert "recorder" not in hass.config.components
    assert await rebuilding.async_rebuilt(home, 0.0, 1.0, 0.0) == ()
