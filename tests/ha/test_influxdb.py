"""What docs/monitoring.md tells of arrives in a real InfluxDB, by Home Assistant's own integration.

The server is started for these tests, in a folder of its own and on free ports. On Debian:
apt-get install influxdb.
"""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.coordinator import HomeCoordinator

from .conftest import SLOT_S, advance, settle

influxdb = pytest.importorskip("influxdb", reason="InfluxDB's Python client is not installed")

DATABASE = "home_assistant"
CONFIGURATION = """
reporting-disabled = true
bind-address = "127.0.0.1:{backup}"
[meta]
  dir = "{folder}/meta"
[data]
  dir = "{folder}/data"
  wal-dir = "{folder}/wal"
[monitor]
  store-enabled = false
[http]
  bind-address = "127.0.0.1:{port}"
"""

pytestmark = [
    pytest.mark.skipif(
        shutil.which("influxd") is None,
        reason="InfluxDB is not installed (on Debian: apt-get install influxdb)",
    ),
    pytest.mark.usefixtures("socket_enabled", "mock_hass_config_yaml"),
]


def free_ports(count: int) -> list[int]:
    """Return ports of the loopback that nobody listens on."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports


@pytest.fixture
def database(socket_enabled: None) -> Iterator[Any]:
    """Run a server with an empty database; yield a client of it."""
    folder = Path(tempfile.mkdtemp(prefix="shems_influx_"))
    port, backup = free_ports(2)
    configuration = folder / "influxdb.conf"
    configuration.write_text(CONFIGURATION.format(folder=folder, port=port, backup=backup))
    server = subprocess.Popen(
        ["influxd", "-config", str(configuration)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    client = influxdb.InfluxDBClient("127.0.0.1", port, database=DATABASE, timeout=10)
    try:
        for _ in range(300):
            try:
                client.ping()
                break
            except OSError:
                assert server.poll() is None, "the server has ended"
                time.sleep(0.2)
        client.create_database(DATABASE)
        yield client
    finally:
        client.close()
        server.terminate()
        server.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def hass_config_yaml() -> str:
    """Return what docs/monitoring.md recommends."""
    return "influxdb:\n  ignore_attributes: [forecast, by_lead]\n"


@pytest.fixture
async def writer(hass: HomeAssistant, database: Any) -> MockConfigEntry:
    """Have Home Assistant write to the database, before there is any state: it writes changes."""
    data = {
        "api_version": "1",
        "host": "127.0.0.1",
        "port": database._port,  # noqa: SLF001  # The client tells it in no other way.
        "ssl": False,
        "verify_ssl": False,
        "database": DATABASE,
    }
    entry = MockConfigEntry(domain="influxdb", data=data)
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    return entry


@pytest.fixture
async def points(
    hass: HomeAssistant,
    database: Any,
    writer: MockConfigEntry,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    meters: Callable[..., None],
) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return the last point of each sensor of the home, with its measurement."""
    for _ in range(3):
        meters(grid_kw=1.0, solar_kw=1.0)
        await advance(hass, frozen, SLOT_S)
        await settle(hass)
        # What waits for half a minute by the clock, which is set forward here, is dropped.
        while not writer.runtime_data.queue.empty():
            await hass.async_add_executor_job(time.sleep, 0.05)
    assert await hass.config_entries.async_unload(writer.entry_id), "it writes all that it holds"
    query = "SELECT * FROM /.*/ WHERE entity_id =~ /^home_/ ORDER BY time"
    found = await hass.async_add_executor_job(database.query, query)
    return {
        point["entity_id"]: (measurement, point)
        for (measurement, _), rows in found.items()
        for point in rows
    }


async def test_every_sensor_of_its_health_arrives(
    hass: HomeAssistant, points: dict[str, tuple[str, dict[str, Any]]]
) -> None:
    for key in (
        "plan_time",
        "writes_to_devices_today",
        "failed_writes_today",
        "event_loop_lateness",
    ):
        state = hass.states.get(f"sensor.home_{key}")
        measurement, point = points[f"home_{key}"]
        assert measurement == state.attributes.get("unit_of_measurement", state.entity_id)
        assert point["value"] == float(state.state), key
        assert point["domain"] == "sensor"
    for key in ("plan_made", "plan_status"):
        state = hass.states.get(f"sensor.home_{key}")
        measurement, point = points[f"home_{key}"]
        assert (measurement, point["state"]) == (state.entity_id, state.state)


async def test_what_is_measured_arrives_under_its_unit(
    hass: HomeAssistant, points: dict[str, tuple[str, dict[str, Any]]]
) -> None:
    measurement, point = points["home_grid_power"]
    assert (measurement, point["value"]) == ("kW", 1.0)


async def test_series_of_forecasts_are_left_out_as_is_recommended(
    hass: HomeAssistant, points: dict[str, tuple[str, dict[str, Any]]]
) -> None:
    assert "forecast" in hass.states.get("sensor.home_load_forecast").attributes
    _, point = points["home_load_forecast"]
    assert not {key for key in point if key.startswith(("forecast", "by_lead"))}
