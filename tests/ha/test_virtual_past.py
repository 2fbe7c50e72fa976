"""The past of a new simulated home, in the recorder."""

import logging
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Any, Literal

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant import loader
from homeassistant.components.recorder import Recorder
from homeassistant.components.recorder.history import state_changes_during_period
from homeassistant.components.recorder.statistics import (
    get_last_short_term_statistics,
    statistics_during_period,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import get_instance
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
    do_adhoc_statistics,
)

from custom_components.shems.core.world.household import Household
from custom_components.shems.sources.issued import Issued
from custom_components.shems.virtual.past import make_past

from .test_virtual_home import METERS, Ticks, call, energies, entry, ticks

__all__ = ["entry", "ticks"]

NOW = datetime(2026, 6, 10, 10, 0, 30, tzinfo=UTC)


@pytest.fixture
def quiet_database() -> None:
    """Log no statement: there are some ten thousand."""
    logging.getLogger("sqlalchemy.engine").setLevel(logging.WARNING)


@pytest.fixture
def enable_custom_integrations(
    quiet_database: None, recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    """Start the recorder before anything else."""
    hass.data.pop(loader.DATA_CUSTOM_COMPONENTS)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write two days instead of two months: the recorder takes its time."""
    monkeypatch.setattr("custom_components.shems.virtual.past.DAYS", 2)
    monkeypatch.setattr("custom_components.shems.virtual.past.FINE_DAYS", 1)


async def rows(
    hass: HomeAssistant,
    period: Literal["5minute", "hour"],
    *ids: str,
    end: datetime | None = None,
) -> dict[str, list[Any]]:
    await async_wait_recording_done(hass)
    return await get_instance(hass).async_add_executor_job(
        partial(
            statistics_during_period,
            hass,
            NOW - timedelta(days=90),
            end,
            set(ids),
            period,
            None,
            {"sum", "state", "change", "mean"},
        )
    )


def test_two_months_are_believable() -> None:
    begin = make_past(Household(1), NOW.timestamp(), "EUR")
    rows = {each.entity: each for each in begin.rows}
    assert all(len(each.hourly) == 60 * 24 for each in begin.rows)
    assert rows["price"].unit == "EUR/kWh"
    fine = [each.entity for each in begin.rows if len(each.fine) == 8 * 288]
    moved = ("car", "heating", "hot_water", "dishwasher", "washing_machine", "dehumidifier")
    meters = [f"{name}_energy" for name in METERS]
    assert fine == [*meters, *(f"{name}_energy" for name in moved), "battery_soc"]
    sums = [rows[name].hourly[-1]["sum"] for name in meters]
    bought, sold, solar, charged, discharged = (float(value or 0) for value in sums)
    assert 60 * 8 < bought - sold + solar + discharged - charged < 60 * 45
    assert 0 < charged - discharged < 0.2 * charged
    assert begin.standing.at == NOW.timestamp() - 30
    inside = [float(each["mean"] or 0.0) for each in rows["indoor_temperature"].hourly]
    assert 17 < min(inside) < max(inside) < 30
    words = [word for _, word in begin.plugs["car_status"]]
    assert all(one != other for one, other in pairwise(words))
    assert 40 < len(words) < 120


async def test_the_past_is_there_at_once(
    short: None, hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    ids = [f"sensor.sim_{name}_energy" for name in METERS]
    whole = NOW.replace(minute=0, second=0)
    hourly = await rows(hass, "hour", *ids, "sensor.sim_price", end=whole)
    fine = await rows(hass, "5minute", *ids)
    for name in ids:
        assert len(hourly[name]) == 2 * 24
        assert hourly[name][0]["start"] == (whole - timedelta(days=2)).timestamp()
        assert min(row["change"] for row in hourly[name][1:]) >= 0
        assert len(fine[name]) == 288
        (last,) = [row["sum"] for row in fine[name] if row["end"] == whole.timestamp()]
        assert last == pytest.approx(hourly[name][-1]["sum"])
    assert all(-0.2 < row["mean"] < 0.5 for row in hourly["sensor.sim_price"])


async def test_the_forecasts_of_the_past_are_known(
    short: None, hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    issued = Issued(hass, entry.entry_id, hass.config.time_zone)
    await issued.async_load()
    for name, low, high in (("cloud", 0.0, 1.0), ("temperature_c", -20.0, 45.0)):
        told = issued.series(name)
        assert told.start[0] < (NOW - timedelta(days=1)).timestamp()
        assert told.end[-1] > (NOW + timedelta(days=2)).timestamp()
        assert low <= told.value.min() < told.value.max() <= high


async def test_the_recorder_has_seen_the_car_come_and_go(
    short: None, hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    await async_wait_recording_done(hass)
    status = "sensor.sim_car_status"
    past = await get_instance(hass).async_add_executor_job(
        partial(state_changes_during_period, hass, NOW - timedelta(days=3), NOW, status)
    )
    seen = [each.state for each in past[status]]
    assert {"away", "paused"} <= set(seen)
    live = hass.states.get(status)
    assert live is not None
    assert live.last_updated >= NOW - timedelta(minutes=1)
    assert "restored" not in live.attributes


async def test_the_first_live_minutes_go_on_from_the_past(
    short: None, hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks
) -> None:
    meter = "sensor.sim_grid_import_energy"
    await call(hass, "select.select_option", "select.sim_battery_mode", option="charge")
    await ticks(60)
    await async_wait_recording_done(hass)
    do_adhoc_statistics(hass, start=NOW.replace(second=0))
    (live,) = (await rows(hass, "5minute", meter)).values()
    last = live[-1]
    assert last["start"] == NOW.replace(second=0).timestamp()
    assert last["state"] == pytest.approx(energies(hass, "grid_import")["grid_import"], abs=0.05)
    assert 0.1 < last["change"] < 0.6


async def test_the_past_is_written_once(
    short: None, hass: HomeAssistant, frozen: FrozenDateTimeFactory, entry: MockConfigEntry
) -> None:
    before = await rows(hass, "hour", "sensor.sim_car_energy", end=NOW)
    assert await hass.config_entries.async_unload(entry.entry_id)
    await async_wait_recording_done(hass)  # The meters are unavailable now.
    frozen.tick(timedelta(hours=5))
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert await rows(hass, "hour", "sensor.sim_car_energy", end=NOW) == before
    last = await get_instance(hass).async_add_executor_job(
        get_last_short_term_statistics,
        hass,
        1,
        "sensor.sim_car_energy",
        True,
        {"sum"},
    )
    assert last["sensor.sim_car_energy"][0]["start"] < NOW.timestamp()


async def test_after_a_crash_no_meter_shows_less_than_was_recorded(
    short: None,
    hass: HomeAssistant,
    entry: MockConfigEntry,
    ticks: Ticks,
    hass_storage: dict[str, Any],
) -> None:
    await call(hass, "select.select_option", "select.sim_battery_mode", option="discharge")
    await ticks(6)
    old = hass_storage["shems.sim.simulated"]["data"]
    await ticks(5)
    await async_wait_recording_done(hass)
    recorded = energies(hass, *METERS)
    assert await hass.config_entries.async_unload(entry.entry_id)
    # What the crash left on disk is older, and the home was switched to something else.
    old["controls"]["battery_mode"] = "hold"
    hass_storage["shems.sim.simulated"]["data"] = old
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    after = energies(hass, *METERS)
    assert all(after[name] >= recorded[name] for name in METERS)
    assert after["battery_discharge"] == pytest.approx(recorded["battery_discharge"], abs=0.001)


async def test_a_removed_home_leaves_no_file(
    short: None, hass: HomeAssistant, entry: MockConfigEntry, hass_storage: dict[str, Any]
) -> None:
    assert "shems.sim.simulated" in hass_storage
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()
    assert "shems.sim.simulated" not in hass_storage
