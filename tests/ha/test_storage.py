"""Files of a home: upgraded, refused, put aside, forgotten and removed, on a real disk."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator

from .conftest import (
    BATTERY,
    ENTRY_ID,
    MODE,
    NO_TOTALS,
    START,
    advance,
    call,
    measured,
    settle,
    start,
)

DAY = 86400.0
NOW = datetime.fromisoformat(START).timestamp()
PARTS = ("control", "memory", "strategy", "usage", "occupancy", "issued")


@pytest.fixture
def hass_storage() -> dict[str, Any]:
    """Let Home Assistant write to a real disk, in place of the memory that tests use."""
    return {}


@pytest.fixture
def hass_config_dir(tmp_path: Path) -> str:
    """Give Home Assistant a folder of the test's own."""
    return str(tmp_path)


@pytest.fixture
def folder(hass: HomeAssistant) -> Path:
    """Return where Home Assistant keeps what integrations remember."""
    stored = Path(hass.config.path(".storage"))
    stored.mkdir(exist_ok=True)
    return stored


def path(folder: Path, part: str) -> Path:
    return folder / f"{DOMAIN}.{ENTRY_ID}.{part}"


def kept(folder: Path, pattern: str) -> list[Path]:
    return list(folder.glob(pattern))


def write(folder: Path, part: str, data: Any, version: int = 1) -> bytes:
    """Write a file as Home Assistant does; return what stands in it."""
    key = f"{DOMAIN}.{ENTRY_ID}.{part}"
    text = json.dumps({"version": version, "minor_version": 1, "key": key, "data": data})
    path(folder, part).write_text(text)
    return text.encode()


def memory(until: float = NOW, **parts: Any) -> dict[str, Any]:
    """Return what the previous release remembered of a day."""
    return {
        "ledger": {
            "days": {"2026-06-09": {**NO_TOTALS, "bought_kwh": 7.0}},
            "total": {**NO_TOTALS, "bought_kwh": 70.0},
            "rule_kwh": {},
            "real_kwh": {},
            "until": None,
        },
        "slots": measured(until),
        "plan_state": {"terminal_value": {BATTERY: 0.2}},
        "plan": None,
        **parts,
    }


def control(**fields: Any) -> dict[str, Any]:
    """Return the settings as the previous release wrote them, with its fields alone."""
    device = {"armed": True, "mode": "auto", "reserve": 0.25, "target": None}
    return {"enabled": True, "devices": {BATTERY: device}, "owned": {}, "overrides": {}} | fields


def issues(hass: HomeAssistant) -> set[str]:
    return {issue_id for domain, issue_id in ir.async_get(hass).issues if domain == DOMAIN}


@pytest.fixture
def begin(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    inverter: None,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> Callable[..., Any]:
    """Return a function that sets up the home and lets it plan."""

    async def begun() -> HomeCoordinator:
        home = await start(hass, entry, frozen)
        await advance(hass, frozen, 5)
        return home

    return begun


async def test_what_the_previous_release_stored_is_taken_over(
    hass: HomeAssistant, folder: Path, begin: Callable[..., Any]
) -> None:
    until = NOW + 3000
    override = {"since": NOW - 60, "until": until, "cause": "user"}
    write(folder, "control", control(overrides={BATTERY: override}))
    write(folder, "memory", memory())
    home = await begin()
    assert issues(hass) == set()
    assert home.store.control.device(BATTERY).reserve == 0.25
    held = home.store.control.overrides[BATTERY]
    assert (held.until, held.cause, held.mode) == (until, "user", None)
    assert home.store.memory.ledger.total.bought_kwh == 70.0
    assert len(home.store.memory.slots) == 288
    assert home.data.plan is not None


@pytest.mark.parametrize("part", PARTS)
async def test_a_file_of_a_newer_release_is_left_as_it_is(
    hass: HomeAssistant,
    folder: Path,
    entry: MockConfigEntry,
    inverter: None,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    part: str,
) -> None:
    files = {
        "control": write(folder, "control", control(owned={BATTERY: NOW})),
        "memory": write(folder, "memory", memory()),
    }
    files[part] = write(folder, part, {"all": "different"}, version=2)
    await call(hass, "input_select", "select_option", MODE, option="discharge")
    entry.add_to_hass(hass)
    assert not await hass.config_entries.async_setup(ENTRY_ID)
    await advance(hass, frozen, 60)
    assert entry.state is ConfigEntryState.SETUP_ERROR
    assert entry.error_reason_translation_key == "file_newer"
    assert issues(hass) == {f"{ENTRY_ID}_file_newer"}
    issue = ir.async_get(hass).async_get_issue(DOMAIN, f"{ENTRY_ID}_file_newer")
    assert issue.translation_placeholders == {
        "home": "Home",
        "file": f"{DOMAIN}.{ENTRY_ID}.{part}",
    }
    assert {each: path(folder, each).read_bytes() for each in files} == files
    assert hass.states.get(MODE).state == "discharge", "nothing is sent"

    path(folder, part).unlink()
    assert await hass.config_entries.async_reload(ENTRY_ID)
    assert issues(hass) == set()
    await settle(hass)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("content", ["[]", '{"version": 1, "data": 5}', '{"data": {}}'])
async def test_a_file_that_is_none_is_put_aside_and_the_home_runs(
    hass: HomeAssistant, folder: Path, begin: Callable[..., Any], part: str, content: str
) -> None:
    write(folder, "control", control())
    write(folder, "memory", memory())
    path(folder, part).write_text(content)
    home = await begin()
    assert home.data.status == "optimal"
    assert issues(hass) == {f"{ENTRY_ID}_unreadable_{part}"}
    assert path(folder, f"{part}.unreadable").read_text() == content
    issue = ir.async_get(hass).async_get_issue(DOMAIN, f"{ENTRY_ID}_unreadable_{part}")
    assert issue.is_fixable
    assert issue.translation_placeholders["file"].endswith(f"{part}.unreadable")


async def test_a_truncated_file_is_put_aside_by_home_assistant(
    hass: HomeAssistant, folder: Path, begin: Callable[..., Any]
) -> None:
    whole = write(folder, "control", control())
    path(folder, "control").write_bytes(whole[: len(whole) // 2])
    write(folder, "memory", memory())
    home = await begin()
    assert home.data.plan is not None
    assert not home.store.control.device(BATTERY).armed, "nothing is driven without leave"
    (aside,) = kept(folder, f"{DOMAIN}.{ENTRY_ID}.control.corrupt.*")
    assert aside.read_bytes() == whole[: len(whole) // 2]
    assert any("storage_corruption" in issue_id for _, issue_id in ir.async_get(hass).issues)


async def test_learned_arrays_that_are_damaged_are_put_aside(
    hass: HomeAssistant, folder: Path, array_folder: Path, begin: Callable[..., Any]
) -> None:
    write(folder, "memory", memory())
    (array_folder / f"{DOMAIN}.{ENTRY_ID}.learned.npz").write_bytes(b"PK no archive")
    home = await begin()
    assert home.data.plan is not None
    assert issues(hass) == {f"{ENTRY_ID}_unreadable_learned"}
    assert (array_folder / f"{DOMAIN}.{ENTRY_ID}.learned.npz.unreadable").exists()


async def test_what_can_be_read_of_a_damaged_file_holds(
    hass: HomeAssistant, folder: Path, begin: Callable[..., Any]
) -> None:
    await call(hass, "input_select", "select_option", MODE, option="discharge")
    damaged = write(folder, "control", control(owned={BATTERY: NOW}, devices="lost"))
    write(folder, "memory", memory(ledger={"total": 12}))
    home = await begin()
    assert issues(hass) == {f"{ENTRY_ID}_unreadable_control", f"{ENTRY_ID}_unreadable_memory"}
    assert hass.states.get(MODE).state == "automatic", "what was held is given back"
    assert len(home.store.memory.slots) >= 288
    assert home.store.memory.ledger.total.bought_kwh == 0
    assert path(folder, "control.unreadable").read_bytes() == damaged
    again = json.loads(path(folder, "control").read_text())["data"]
    assert again["devices"] == {}


async def test_what_a_crash_left_half_written_changes_nothing(
    hass: HomeAssistant, folder: Path, begin: Callable[..., Any]
) -> None:
    write(folder, "control", control())
    write(folder, "memory", memory())
    path(folder, "control.tmp1234").write_text('{"version": 1, "da')
    home = await begin()
    assert home.store.control.device(BATTERY).armed
    assert issues(hass) == set()


def asked(**more: Any) -> dict[str, Any]:
    """Return settings of a battery with all that can be asked of a device."""
    return {
        "armed": True,
        "mode": "charge",
        "runs": [{"earliest": NOW - 40 * DAY, "deadline": NOW + DAY, "most_cost": None}],
        "goals": [{"at": NOW + DAY, "energy_kwh": 9.0}],
        "demands": [{"begin": NOW - DAY, "end": NOW + DAY, "power_kw": 3.0}],
        "departure": {"at": NOW + DAY, "target": 1.0},
    } | more


async def test_a_backup_of_a_month_ago_sends_no_command_of_then(
    hass: HomeAssistant, folder: Path, begin: Callable[..., Any]
) -> None:
    await call(hass, "input_select", "select_option", MODE, option="hold")
    stale = control(
        devices={BATTERY: asked(armed=False), "other": asked(mode="paused")},
        owned={BATTERY: NOW - 31 * DAY},
        overrides={"other": {"since": NOW - 31 * DAY, "until": NOW + DAY, "cause": "user"}},
    )
    write(folder, "control", stale)
    write(folder, "memory", memory(until=NOW - 30 * DAY))
    stays = [
        {"kind": "guests", "start": NOW - 40 * DAY, "end": NOW - 35 * DAY},
        {"kind": "away", "start": NOW - 31 * DAY, "end": None},
    ]
    write(folder, "occupancy", {"stays": stays})
    home = await begin()
    assert hass.states.get("select.home_occupancy").state == "normal"
    assert [each.kind for each in home.inputs.occupancy.stays] == ["guests"]
    settings = home.store.control
    assert settings.owned == {}
    assert settings.overrides == {}
    assert settings.device(BATTERY).mode == "auto"
    assert settings.device("other").mode == "paused"
    for device in (BATTERY, "other"):
        chosen = settings.device(device)
        assert (chosen.runs, chosen.goals, chosen.demands) == ((), (), ())
        assert chosen.departure is None
    assert hass.states.get(MODE).state == "hold", "others have run the inverter since"
    assert home.store.memory.ledger.total.bought_kwh == 70.0
    assert json.loads(path(folder, "control").read_text())["data"]["owned"] == {}


async def test_after_a_night_what_is_still_to_come_holds(
    hass: HomeAssistant, folder: Path, begin: Callable[..., Any]
) -> None:
    runs = [
        {"earliest": NOW - 3 * DAY, "deadline": NOW - DAY, "most_cost": None},
        {"earliest": NOW - DAY, "deadline": NOW - 3600, "most_cost": None},
    ]
    other = asked(mode="on", runs=runs, departure={"at": NOW - 60, "target": None})
    goals = [{"at": NOW - 60, "energy_kwh": 9.0}, {"at": NOW + DAY, "energy_kwh": 5.0}]
    write(folder, "control", control(devices={"other": other | {"goals": goals}}))
    write(folder, "memory", memory(until=NOW - DAY / 2))
    home = await begin()
    chosen = home.store.control.device("other")
    assert chosen.mode == "on"
    assert [each.deadline for each in chosen.runs] == [NOW - 3600], "that is late, not forgotten"
    assert [each.at for each in chosen.goals] == [NOW + DAY]
    assert len(chosen.demands) == 1
    assert chosen.departure is None


async def test_a_home_that_is_removed_leaves_nothing_behind(
    hass: HomeAssistant, folder: Path, begin: Callable[..., Any]
) -> None:
    write(folder, "control", control(devices="lost"))
    write(folder, "memory", memory())
    for part in ("strategy", "usage", "issued"):
        write(folder, part, {})
    path(folder, "control.corrupt.2026-01-01").write_text("{")
    foreign = folder / f"{DOMAIN}.another.control"
    foreign.write_text("{}")
    await begin()
    await call(hass, "select", "select_option", "select.home_occupancy", option="away")
    assert issues(hass)
    await hass.config_entries.async_remove(ENTRY_ID)
    await settle(hass)
    assert kept(folder, f"{DOMAIN}.*") == [foreign]
    assert issues(hass) == set()
