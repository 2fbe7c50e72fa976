"""SHEMS beside a recorder that keeps its rows in a real PostgreSQL.

The server is started for these tests in a folder of its own, reached by a socket file. On
Debian: apt-get install postgresql.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import psycopg2
import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder import Recorder
from homeassistant.components.recorder.const import SupportedDialect
from homeassistant.components.recorder.statistics import (
    async_add_external_statistics,
    async_import_statistics,
    get_metadata,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import get_instance
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.insight import recorder_rows
from custom_components.shems.insight.recorder_rows import async_count, sought
from custom_components.shems.sources.history import async_history

from .conftest import ENTRY_ID, make_entry, settle, start
from .lived_home import DAY_S, MIDNIGHT, NOW, lived

SERVER = "postgres"
"""The server refuses to be root; packages make this user."""


def tool(name: str) -> str | None:
    """Return a program of the server, which Debian keeps out of the path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(found[-1]) if found else None)


def reason_to_skip() -> str | None:
    """Return why there is no server to be had, None where there is."""
    if tool("initdb") is None or tool("pg_ctl") is None:
        return "PostgreSQL is not installed (on Debian: apt-get install postgresql)"
    if os.getuid() == 0 and SERVER not in {each.pw_name for each in pwd.getpwall()}:
        return f"PostgreSQL refuses to run as root, and there is no user {SERVER}"
    return None


pytestmark = pytest.mark.skipif(reason_to_skip() is not None, reason=str(reason_to_skip()))


@pytest.fixture(scope="module")
def server() -> Iterator[Path]:
    """Run a server; yield the folder of its socket."""
    # A path to a socket may have some hundred characters, and the server's own user reads it.
    folder = Path(tempfile.mkdtemp(prefix="shems_pg_"))
    user = SERVER if os.getuid() == 0 else None
    if user is not None:
        shutil.chown(folder, user)

    def run(name: str, *arguments: str) -> None:
        subprocess.run(
            [str(tool(name)), *arguments],
            user=user,
            cwd=folder,
            check=True,
            timeout=120,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    data = str(folder / "data")
    try:
        run("initdb", "-D", data, "-U", "shems", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        log = str(folder / "log")
        run("pg_ctl", "-D", data, "-w", "-t", "60", "-l", log, "-o", options, "start")
        try:
            yield folder
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def recorder_db_url(server: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Make a database for one test."""
    name = f"t{abs(hash(request.node.name)) % 10**9}"
    connection = psycopg2.connect(host=str(server), user="shems", dbname="postgres")
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
            yield f"postgresql://shems@/{name}?host={server}"
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        connection.close()


@pytest.fixture
def mock_recorder_before_hass(recorder_db_url: str) -> None:
    """Make the recorder's database before Home Assistant, as the recorder wants it."""


@pytest.fixture
def hass_config_dir(tmp_path: Path) -> str:
    """Give Home Assistant a folder of the test's own."""
    return str(tmp_path)


@pytest.fixture
async def beside(
    recorder_mock: Recorder,
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> HomeCoordinator:
    """Return a home beside that recorder."""
    assert recorder_mock.dialect_name is SupportedDialect.POSTGRESQL
    home = await start(hass, make_entry(), frozen)
    await lived(home, days=2)
    await async_wait_recording_done(hass)
    return home


def statistics(hass: HomeAssistant, statistic_id: str, source: str, **values: Any) -> None:
    metadata: Any = {
        "has_sum": "sum" in values,
        "mean_type": int("mean" in values),
        "name": None,
        "source": source,
        "statistic_id": statistic_id,
        "unit_class": "power" if "mean" in values else None,
        "unit_of_measurement": "kW" if "mean" in values else "EUR",
    }
    rows: Any = [
        {"start": dt_util.utc_from_timestamp(MIDNIGHT - (24 - hour) * 3600), **values}
        for hour in range(24)
    ]
    write = async_import_statistics if source == "recorder" else async_add_external_statistics
    write(hass, metadata, rows)


async def test_the_past_is_read(hass: HomeAssistant, beside: HomeCoordinator) -> None:
    for entity_id, power in (("grid", 1.5), ("sun", 0.5), ("battery", 0.0)):
        statistics(hass, f"sensor.{entity_id}", "recorder", mean=power, min=power, max=power)
    await async_wait_recording_done(hass)
    found = await async_history(hass, beside.configuration, MIDNIGHT - DAY_S, MIDNIGHT)
    known = np.isfinite(found.load.value)
    assert known.sum() >= 23
    assert np.allclose(found.load.value[known], 2.0)


async def test_what_is_known_is_counted_exported_and_erased(
    hass: HomeAssistant, beside: HomeCoordinator
) -> None:
    statistics(hass, f"{DOMAIN}:{ENTRY_ID}_load_cost", DOMAIN, sum=1.0, state=1.0)
    statistics(hass, "sensor.grid", "recorder", mean=1.0, min=1.0, max=1.0)
    hass.bus.async_fire("shems_digest", {"config_entry_id": ENTRY_ID})
    await async_wait_recording_done(hass)
    before = await async_count(hass, sought(hass, ENTRY_ID))
    assert before.states > 10
    assert before.statistics == 24
    assert before.events >= 1
    for action, data in (
        ("export_data", {}),
        ("erase_data", {"what": ["states", "statistics"], "confirm": True}),
    ):
        answer = await hass.services.async_call(
            DOMAIN, action, data, blocking=True, return_response=True
        )
    await settle(hass)
    assert answer["before"]["recorder"]["statistics"] == 24
    assert answer["after"]["recorder"] == {"states": 0, "statistics": 0, "events": 0}
    assert answer["repacked"] is True
    left = await get_instance(hass).async_add_executor_job(get_metadata, hass)
    assert set(left) == {"sensor.grid"}


def written(server: Path, mark: bytes) -> list[str]:
    """Return the files of the tables that hold a mark, once all is on the disk."""
    connection = psycopg2.connect(host=str(server), user="shems", dbname="postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    connection.close()
    files = (each for each in (server / "data" / "base").rglob("*") if each.is_file())
    return [each.name for each in files if mark in each.read_bytes()]


async def test_no_page_of_a_table_holds_what_was_erased(
    hass: HomeAssistant, beside: HomeCoordinator, server: Path
) -> None:
    hass.states.async_set("sensor.home_grid_power", "1", {"note": "made up of whole cloth"})
    hass.states.async_set("sensor.foreign", "1", {"note": "made of something else"})
    await async_wait_recording_done(hass)
    mark, other = b"made up of whole cloth", b"made of something else"
    assert await hass.async_add_executor_job(written, server, mark)
    hass.states.async_set("sensor.home_grid_power", "2")
    answer = await hass.services.async_call(
        DOMAIN,
        "erase_data",
        {"what": ["states"], "confirm": True},
        blocking=True,
        return_response=True,
    )
    assert answer["repacked"] is True
    await async_wait_recording_done(hass)
    assert await hass.async_add_executor_job(written, server, mark) == []
    assert await hass.async_add_executor_job(written, server, other)


async def test_what_cannot_be_repacked_is_erased_and_told(
    hass: HomeAssistant, beside: HomeCoordinator, recorder_db_url: str
) -> None:
    # Somebody reads and does not come to an end.
    reader = psycopg2.connect(recorder_db_url)
    with reader.cursor() as cursor:
        cursor.execute("SELECT 1 FROM states LIMIT 1")
        with patch.object(recorder_rows, "_LOCK_S", 1):
            answer = await hass.services.async_call(
                DOMAIN,
                "erase_data",
                {"what": ["states"], "confirm": True},
                blocking=True,
                return_response=True,
            )
    reader.close()
    assert answer["repacked"] is False
    assert answer["after"]["recorder"]["states"] == 0


async def test_what_is_too_old_goes_and_the_rest_stays(
    hass: HomeAssistant, beside: HomeCoordinator
) -> None:
    statistics(hass, f"{DOMAIN}:{ENTRY_ID}_load_cost", DOMAIN, sum=1.0, state=1.0)
    await async_wait_recording_done(hass)
    await hass.services.async_call(
        DOMAIN,
        "erase_data",
        {"what": "everything", "end": "2026-06-09", "confirm": True, "repack": False},
        blocking=True,
    )
    assert (await async_count(hass, sought(hass, ENTRY_ID))).statistics == 24
    rows = await beside.insight.ledger.async_rows(MIDNIGHT - 9 * DAY_S, NOW, "day")
    assert len(rows) == 2
