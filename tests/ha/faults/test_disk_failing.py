"""Files are cut off, cannot be written, or are being written when Home Assistant is killed."""

import errno
import itertools
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import atomicwrites
import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers import storage
from homeassistant.util.file import write_utf8_file_atomic
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from tests.ha.conftest import BATTERY, ENTRY_ID, MODE, advance, call, settle, start
from tests.ha.faults.watching import ARM, arm, gapless, issues, mode, pass_time, problems, status

CHARGING: dict[str, float] = {"grid_kw": 7.0, "battery_kw": -5.0}


@pytest.fixture
def hass_storage() -> dict[str, Any]:
    """Let Home Assistant write to a real disk, in place of the memory that tests use."""
    return {}


@pytest.fixture
def hass_config_dir(tmp_path: Path) -> str:
    """Give Home Assistant a folder of the test's own."""
    return str(tmp_path)


@pytest.fixture
async def charging(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    inverter: None,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> HomeCoordinator:
    """Return a home that has charged its battery for ten minutes, with its files on a disk."""
    home = await start(hass, entry, frozen)
    await arm(hass, frozen)
    await pass_time(hass, frozen, 10, partial(meters, **CHARGING))
    assert mode(hass) == "charge"
    return home


def path(hass: HomeAssistant, part: str) -> Path:
    return Path(hass.config.path(storage.STORAGE_DIR)) / f"{DOMAIN}.{ENTRY_ID}.{part}"


def on_disk(hass: HomeAssistant, part: str) -> Any:
    return json.loads(path(hass, part).read_text())["data"]


async def kill(hass: HomeAssistant, left: Path) -> None:
    """End SHEMS without any of what an end does: disk and inverter are as they were before."""
    shown = mode(hass)
    await hass.config_entries.async_unload(ENTRY_ID)
    await settle(hass)
    folder = Path(hass.config.path(storage.STORAGE_DIR))
    shutil.rmtree(folder)
    shutil.copytree(left, folder)
    await call(hass, "input_select", "select_option", MODE, option=shown)


async def begin_again(
    hass: HomeAssistant, entry: MockConfigEntry, frozen: FrozenDateTimeFactory
) -> HomeCoordinator:
    assert await hass.config_entries.async_setup(ENTRY_ID)
    await settle(hass)
    for _ in range(2):
        await advance(hass, frozen, 5)
    return entry.runtime_data.coordinator


@pytest.mark.parametrize("part", ["memory", "control"])
async def test_home_assistant_is_killed_while_it_writes(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    charging: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    tmp_path: Path,
    part: str,
) -> None:
    """The file is the old one, whole; half of the new one beside it changes nothing."""
    left = tmp_path / "left"

    def cut_off(filename: str, data: bytes | str, *args: Any, **more: Any) -> None:
        if filename.endswith(part) and not left.exists():
            half = data[: len(data) // 2]
            Path(f"{filename}.tmp").write_bytes(half if isinstance(half, bytes) else half.encode())
            shutil.copytree(Path(filename).parent, left)
        write_utf8_file_atomic(filename, data, *args, **more)

    bought = charging.store.memory.ledger.total.bought_kwh
    slots = len(charging.store.memory.slots)
    with patch.object(storage, "write_utf8_file_atomic", cut_off):
        if part == "control":
            await call(hass, "select", "select_option", "select.battery_mode", option="hold")
        await pass_time(hass, frozen, 5, partial(meters, **CHARGING))
    assert left.exists()
    await kill(hass, left)
    home = await begin_again(hass, entry, frozen)
    assert not issues(hass)
    assert not problems(hass)
    assert home.store.control.device(BATTERY).armed
    assert BATTERY in home.store.control.owned
    assert mode(hass) == "charge", "it goes on by the settings that were whole"
    assert home.store.memory.ledger.total.bought_kwh >= bought
    assert len(home.store.memory.slots) >= slots
    await pass_time(hass, frozen, 10, partial(meters, **CHARGING))
    assert home.store.memory.ledger.total.bought_kwh > bought + 0.7


async def test_home_assistant_is_killed_between_ownership_and_the_first_command(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    inverter: None,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    tmp_path: Path,
) -> None:
    """The next start knows that the battery may have been told something, and sees to it."""
    left = tmp_path / "left"
    await start(hass, entry, frozen)

    async def die(_: object) -> None:
        if not left.exists():
            shutil.copytree(hass.config.path(storage.STORAGE_DIR), left)

    select = hass.services.async_services()["input_select"]["select_option"]
    hass.services.async_register("input_select", "select_option", die)
    await arm(hass, frozen)
    hass.services.async_register(
        "input_select", "select_option", select.job.target, schema=select.schema
    )
    await kill(hass, left)
    control = on_disk(hass, "control")
    assert BATTERY in control["owned"]
    control["devices"][BATTERY]["armed"] = False
    whole = json.loads(path(hass, "control").read_text())
    path(hass, "control").write_text(json.dumps({**whole, "data": control}))
    await call(hass, "input_select", "select_option", MODE, option="charge")
    home = await begin_again(hass, entry, frozen)
    assert mode(hass) == "automatic", "what nobody allows any more is given back"
    assert home.store.control.owned == {}
    assert not problems(hass)
    await pass_time(hass, frozen, 10, meters)
    assert gapless(home, 5)


async def test_a_memory_that_is_cut_off(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    charging: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    """Home Assistant puts it aside and says so; what may be driven is driven on."""
    await hass.config_entries.async_unload(ENTRY_ID)
    whole = path(hass, "memory").read_bytes()
    path(hass, "memory").write_bytes(whole[: len(whole) // 2])
    home = await begin_again(hass, entry, frozen)
    assert any("storage_corruption" in issue_id for _, issue_id in ir.async_get(hass).issues)
    (aside,) = path(hass, "memory").parent.glob(f"{DOMAIN}.{ENTRY_ID}.memory.corrupt.*")
    assert aside.read_bytes() == whole[: len(whole) // 2], "nothing of it is thrown away"
    assert status(hass) == "optimal"
    assert mode(hass) == "charge"
    await pass_time(hass, frozen, 12, partial(meters, **CHARGING))
    assert gapless(home, 5)
    assert on_disk(hass, "memory")["ledger"]["total"]["bought_kwh"] > 0


async def test_settings_that_are_cut_off(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    charging: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    """Without leave nothing is driven; the ledger, in a file of its own, goes on."""
    await hass.config_entries.async_unload(ENTRY_ID)
    bought = charging.store.memory.ledger.total.bought_kwh
    whole = path(hass, "control").read_bytes()
    path(hass, "control").write_bytes(whole[: len(whole) // 2])
    home = await begin_again(hass, entry, frozen)
    assert any("storage_corruption" in issue_id for _, issue_id in ir.async_get(hass).issues)
    assert hass.states.get("switch.battery_allow_control").state == "off"
    assert status(hass) == "optimal", "it is planned and shown all the same"
    assert mode(hass) == "automatic"
    assert home.store.memory.ledger.total.bought_kwh == pytest.approx(bought, abs=0.1)
    await pass_time(hass, frozen, 6, meters)
    assert not home.store.control.owned
    await arm(hass, frozen)
    assert mode(hass) == "charge"


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file reach the disk: the kernel says so when it is to be flushed."""
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with (
        patch.object(atomicwrites, "_proper_fsync", side_effect=full),
        patch.object(os, "fsync", side_effect=full),
    ):
        yield


async def test_a_disk_that_is_full(
    hass: HomeAssistant,
    charging: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What runs goes on; all that was measured meanwhile is written when there is room."""
    level = itertools.count(52.0, 0.7)

    def charges() -> None:
        meters(**CHARGING, soc=next(level))

    before = on_disk(hass, "memory")["ledger"]["total"]["bought_kwh"]
    with full_disk():
        await pass_time(hass, frozen, 20, charges)
        assert "No space left on device" in caplog.text
        assert status(hass) == "optimal"
        assert mode(hass) == "charge"
        assert on_disk(hass, "memory")["ledger"]["total"]["bought_kwh"] == before
        told = problems(hass)["disk_unwritable"]
        assert told["args"]["disk"] == hass.config.path(storage.STORAGE_DIR)
        assert float(told["args"]["free_mb"]) > 0
        assert told["stage"] == "held"
        assert ("disk_unwritable", "") in issues(hass)
    await pass_time(hass, frozen, 5, charges)
    assert gapless(charging, 25)
    kept = on_disk(hass, "memory")["ledger"]["total"]["bought_kwh"]
    assert kept == charging.store.memory.ledger.total.bought_kwh > before + 2.0
    assert not problems(hass)
    assert not issues(hass)


async def test_a_disk_that_is_full_when_a_device_is_to_be_taken_over(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    inverter: None,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    """Nothing is told to a device of which no next start would know that it was."""
    show = partial(meters, **CHARGING)
    home = await start(hass, entry, frozen)
    await pass_time(hass, frozen, 5, show)
    with full_disk():
        with pytest.raises(HomeAssistantError) as refused:
            await arm(hass, frozen)
        assert refused.value.translation_key == "settings_unwritten"
        named = refused.value.translation_placeholders
        assert named is not None
        assert named["disk"] == hass.config.path(storage.STORAGE_DIR)
        await pass_time(hass, frozen, 10, show)
        assert home.store.control.device(BATTERY).armed, "it holds, as the message says"
        assert home.store.control.owned == {}
        assert mode(hass) == "automatic"
        assert {each.outcome for each in home.actuator.audit} <= {"dry_run"}
        assert "disk_unwritable" in problems(hass)
        assert ("disk_unwritable", "") in issues(hass)
    await pass_time(hass, frozen, 2, show)
    assert mode(hass) == "charge"
    assert on_disk(hass, "control")["devices"][BATTERY]["armed"] is True
    assert BATTERY in on_disk(hass, "control")["owned"]
    assert not problems(hass)
    assert not issues(hass)


async def test_a_disk_that_fills_up_between_the_settings_and_the_first_command(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    inverter: None,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    """What could be stored holds; the device waits, and is looked at again by the half minute."""
    show = partial(meters, **CHARGING)
    home = await start(hass, entry, frozen)
    await home.store.async_update_device(BATTERY, armed=True)
    with full_disk():
        await pass_time(hass, frozen, 3, show)
        assert home.store.control.owned == {}
        assert mode(hass) == "automatic"
    assert on_disk(hass, "control")["owned"] == {}
    await pass_time(hass, frozen, 2, show)
    assert mode(hass) == "charge"
    assert BATTERY in on_disk(hass, "control")["owned"]


async def test_a_full_disk_keeps_nobody_from_taking_a_device_back(
    hass: HomeAssistant,
    charging: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    """The user wins: it is given back at once, and told that this is not stored."""
    with full_disk():
        with pytest.raises(HomeAssistantError):
            await call(hass, "switch", "turn_off", ARM)
        await pass_time(hass, frozen, 1, meters)
        assert mode(hass) == "automatic"
        assert hass.states.get(ARM).state == "off"
        assert on_disk(hass, "control")["devices"][BATTERY]["armed"] is True
    await pass_time(hass, frozen, 1, meters)
    assert on_disk(hass, "control")["devices"][BATTERY]["armed"] is False
    assert on_disk(hass, "control")["owned"] == {}


async def test_an_absence_that_cannot_be_stored_is_none(
    hass: HomeAssistant, charging: HomeCoordinator
) -> None:
    """Who says that nobody is at home is told that this was not kept, and can say it again."""
    occupancy = "select.home_occupancy"
    with full_disk(), pytest.raises(HomeAssistantError) as refused:
        await call(hass, "select", "select_option", occupancy, option="away")
    assert refused.value.translation_key == "disk_unwritable"
    assert hass.states.get(occupancy).state == "normal"
    await call(hass, "select", "select_option", occupancy, option="away")
    assert hass.states.get(occupancy).state == "away"
    assert not charging.store.unwritten
