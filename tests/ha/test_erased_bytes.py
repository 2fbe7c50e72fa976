"""After an export and an erasure, nothing of it is in any file, nor in the database."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder import Recorder
from homeassistant.components.recorder.statistics import async_add_external_statistics
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components import shems
from custom_components.shems import arrays
from custom_components.shems.community.keys import PART
from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.insight.holdings import JSON_FILES, SETTINGS
from custom_components.shems.insight.privacy_record import PrivacyRecord
from custom_components.shems.insight.recorder_rows import async_count, sought

from .conftest import ENTRY_ID, make_entry, settle, start
from .lived_home import DAY_S, MIDNIGHT, NOW, enter

MARK = 0.0713946205
"""A number that is nowhere else: kWh that the home bought in every slot."""
MARKS = (b"0.0713946205", b"0.07139462", b"made up of whole cloth")


@pytest.fixture
def persistent_database() -> bool:
    """Have the recorder write a file."""
    return True


@pytest.fixture
def mock_recorder_before_hass(recorder_db_url: str) -> None:
    """Make the recorder's database before Home Assistant, as the recorder wants it."""


@pytest.fixture
def hass_storage() -> dict[str, Any]:
    """Let Home Assistant write to a real disk, in place of the memory that tests use."""
    return {}


@pytest.fixture
def hass_config_dir(tmp_path: Path) -> str:
    """Give Home Assistant a folder of its own, which is really written to."""
    (tmp_path / ".storage").mkdir()
    return str(tmp_path)


@pytest.fixture
async def told(
    recorder_mock: Recorder,
    hass: HomeAssistant,
    inverter: None,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> HomeCoordinator:
    """Return a home that has told the recorder and its own files what it measured."""
    entry: MockConfigEntry = make_entry()
    storage = Path(hass.config.path(".storage"))
    monkeypatch.setattr(arrays, "folder", lambda _: storage)
    MockConfigEntry(domain=DOMAIN, entry_id="other", title="Other").add_to_hass(hass)
    home = await start(hass, entry, frozen)
    await enter(home, MIDNIGHT - 3 * DAY_S, NOW, lambda _: MARK)
    await home.store.async_save_memory()
    await home.insight.reports.async_on_slot(NOW)
    assert hass.states.get("event.home_digest").attributes["event_type"] == "daily"
    hass.bus.async_fire("shems_digest", {"config_entry_id": ENTRY_ID, "bought_kwh": MARK})
    hass.bus.async_fire("shems_digest", {"config_entry_id": "other", "text": "another home's"})
    hass.states.async_set("sensor.home_grid_power", f"{MARK}", {"note": "made up of whole cloth"})
    hass.states.async_set("sensor.foreign", "made of something else")
    metadata: Any = {
        "has_sum": True,
        "mean_type": 0,
        "name": "made up of whole cloth",
        "source": DOMAIN,
        "statistic_id": f"{DOMAIN}:{ENTRY_ID}_load_cost",
        "unit_class": None,
        "unit_of_measurement": "EUR",
    }
    hour = dt_util.utc_from_timestamp(MIDNIGHT)
    async_add_external_statistics(hass, metadata, [{"start": hour, "sum": MARK, "state": MARK}])
    await async_wait_recording_done(hass)
    return home


def marked(folder: Path, database: str) -> dict[str, list[str]]:
    """Return which marks are in which files, those of the database among them."""
    files = [each for each in folder.rglob("*") if each.is_file()]
    path = Path(database.removeprefix("sqlite:///"))
    files += path.parent.glob(f"{path.name}*")
    found = {
        each.name: [mark.decode() for mark in MARKS if mark in each.read_bytes()] for each in files
    }
    return {name: marks for name, marks in found.items() if marks}


async def do(hass: HomeAssistant, action: str, **data: Any) -> dict[str, Any]:
    data["config_entry_id"] = ENTRY_ID
    answer = await hass.services.async_call(
        DOMAIN, action, data, blocking=True, return_response=True
    )
    assert answer is not None
    await settle(hass)
    await async_wait_recording_done(hass)
    return answer


async def test_after_export_and_erasure_no_byte_of_it_is_left(
    hass: HomeAssistant, told: HomeCoordinator, recorder_db_url: str, tmp_path: Path
) -> None:
    hass.states.async_set("sensor.home_grid_power", "0")
    exported = await do(hass, "export_data")
    with zipfile.ZipFile(exported["file"]) as archive:
        states = archive.read("recorder/states.csv").decode()
        statistics = archive.read("recorder/statistics.csv").decode()
        assert f"stored/shems.{ENTRY_ID}.ledger.db" in archive.namelist()
    assert "made up of whole cloth" in states
    assert "sensor.foreign" not in states
    assert f"{MARK}" in statistics
    before = await hass.async_add_executor_job(marked, tmp_path, recorder_db_url)
    assert f"{DOMAIN}.{ENTRY_ID}.memory" in before
    assert any(name.startswith("pytest.db") for name in before)

    proof = await do(hass, "erase_data", what="everything", confirm=True)
    assert proof["before"]["recorder"]["states"] > 0
    assert proof["before"]["recorder"]["statistics"] == 1
    assert proof["before"]["recorder"]["events"] >= 1
    assert proof["after"]["recorder"] == {"states": 0, "statistics": 0, "events": 0}
    assert {"exports", "ledger", "memory", "reports"} <= set(proof["erased"])
    assert set(proof["after"]["files"]) <= {"control", "privacy"}
    assert proof["repacked"] is True
    assert proof["backups"] == []
    assert await hass.async_add_executor_job(marked, tmp_path, recorder_db_url) == {}

    again = told.config_entry.runtime_data.coordinator
    assert again.store.memory.ledger.total.bought_kwh == 0.0
    assert hass.states.get("switch.home_optimiser").state == "on"
    assert hass.states.get("event.home_digest").state == "unknown", "and nothing is restored"
    record = PrivacyRecord(hass, ENTRY_ID)
    assert [each["what"] for each in await record.async_entries()] == ["exported", "erased"]
    assert await record.async_erased("ledger") == [(-float("inf"), pytest.approx(NOW, abs=60))]


async def test_what_others_told_the_recorder_stays(
    hass: HomeAssistant, told: HomeCoordinator, recorder_db_url: str
) -> None:
    await do(hass, "erase_data", what="everything", confirm=True)
    path = Path(recorder_db_url.removeprefix("sqlite:///"))

    def everything() -> bytes:
        return b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))

    left = await hass.async_add_executor_job(everything)
    assert b"made of something else" in left or b"sensor.foreign" in left
    assert b"another home's" in left


async def test_of_a_time_only_its_days_are_erased(
    hass: HomeAssistant, told: HomeCoordinator
) -> None:
    proof = await do(
        hass,
        "erase_data",
        what="everything",
        start="2026-06-08T00:00:00",
        end="2026-06-09T12:00:00",
        confirm=True,
    )
    assert told.config_entry.runtime_data.coordinator is told, "the home goes on"
    rows = await told.insight.ledger.async_rows(MIDNIGHT - 9 * DAY_S, NOW, "day")
    days = [dt_util.utc_from_timestamp(each.start).day for each in rows]
    assert days == [7, 10]
    assert sorted(told.store.memory.ledger.days) == ["2026-06-07", "2026-06-10"]
    total = sum(each.totals.bought_kwh for each in rows)
    assert told.store.memory.ledger.total.bought_kwh == pytest.approx(total)
    assert proof["before"]["recorder"]["states"] == 0
    erased = await PrivacyRecord(hass, ENTRY_ID).async_erased("ledger")
    assert erased == [(MIDNIGHT - 2 * DAY_S, MIDNIGHT)]
    assert await PrivacyRecord(hass, ENTRY_ID).async_erased("learned") == []
    everything = await async_count(hass, sought(hass, ENTRY_ID))
    assert everything.states > 0
    assert everything.statistics == 1


async def test_parts_of_it_are_erased_alone(hass: HomeAssistant, told: HomeCoordinator) -> None:
    await do(hass, "export_history")
    proof = await do(hass, "erase_data", what=["exports"], confirm=True)
    assert proof["erased"] == ["exports"]
    assert told.config_entry.runtime_data.coordinator is told
    proof = await do(hass, "erase_data", what=["states"], confirm=True, repack=False)
    assert proof["after"]["recorder"] == {"states": 0, "statistics": 0, "events": 0}
    assert proof["repacked"] is False or proof["before"]["recorder"]["states"] > 0
    assert (await async_count(hass, sought(hass, ENTRY_ID))).statistics == 1


async def test_what_a_device_that_is_gone_told_is_erased_too(
    hass: HomeAssistant, told: HomeCoordinator
) -> None:
    er.async_get(hass).async_remove("sensor.battery_state_of_charge")
    await async_wait_recording_done(hass)
    assert "sensor.battery_state_of_charge" in sought(hass, ENTRY_ID).entity_ids
    proof = await do(hass, "erase_data", what=["states"], confirm=True, repack=False)
    assert proof["before"]["recorder"]["states"] > 0
    assert proof["after"]["recorder"]["states"] == 0


async def test_what_is_too_old_is_erased_once_a_day(
    hass: HomeAssistant, told: HomeCoordinator
) -> None:
    options = {**told.config_entry.options, "keep_days": 2}
    hass.config_entries.async_update_entry(told.config_entry, options=options)
    await told.insight.async_on_slot(NOW)
    await async_wait_recording_done(hass)
    assert sorted(told.store.memory.ledger.days) == ["2026-06-08", "2026-06-09", "2026-06-10"]
    rows = await told.insight.ledger.async_rows(MIDNIGHT - 9 * DAY_S, NOW, "day")
    assert len(rows) == 3
    options["keep_days"] = 1
    hass.config_entries.async_update_entry(told.config_entry, options=options)
    await told.insight.async_on_slot(NOW + 300)
    assert len(told.store.memory.ledger.days) == 3, "once a day"


def test_every_file_of_home_assistant_s_own_storage_is_known() -> None:
    folder = Path(shems.__file__).parent
    named = {
        match[1]
        for path in folder.rglob("*.py")
        for match in re.finditer(r'HomeFile\([^)]*"(\w+)"\)', path.read_text(encoding="utf-8"))
    }
    # Keys alone are in a file that no other user of the machine reads.
    assert named | {PART} == JSON_FILES | SETTINGS
