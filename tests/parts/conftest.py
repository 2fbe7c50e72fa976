"""Home Assistant with real parts: sockets on the loopback, a clock that runs and can be set."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

import freezegun
import paho.mqtt.client
import pytest
from homeassistant.components.recorder import Recorder
from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

import custom_components  # noqa: F401  # Home Assistant finds integrations in this package.
from custom_components.shems import arrays
from custom_components.shems.const import DOMAIN
from custom_components.shems.core.forecast import load

from .broker import Broker, program
from .mqtt_devices import House, clock
from .mqtt_home import ENABLE, GRID, MqttHome, mqtt_home
from .walking import walk

START = "2026-06-10T10:00:30+00:00"
"""A Wednesday, half a minute into a slot."""
PATIENCE_S = 20.0
MOST_STEPS, STEP_S, HASTE_S = 30, 20.0, 0.3


class Clock:
    """The time that Home Assistant sees: it runs as it should, and jumps when told."""

    def __init__(self, frozen: Any) -> None:
        """Take over the factory of times."""
        self._frozen = frozen

    def jump(self, seconds: float) -> None:
        """Set it forward."""
        self._frozen.move_to(self._frozen() + timedelta(seconds=seconds))


@pytest.fixture(autouse=True)
def enable_event_loop_debug() -> None:
    """Leave the loop as it runs in a house: its debug mode costs a third of the time."""


@pytest.fixture(autouse=True)
def time_runs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    """Begin at a known time; clients of the broker keep to a stopwatch, as the broker does."""
    monkeypatch.setattr(paho.mqtt.client, "time_func", clock)
    with freezegun.freeze_time(START, tick=True) as frozen:
        yield Clock(frozen)


@pytest.fixture(autouse=True)
def _parts(
    time_runs: Clock,
    recorder_mock: Recorder,
    socket_enabled: None,
    mock_hass_config: None,
    enable_custom_integrations: None,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Let Home Assistant load SHEMS and speak to the loopback."""
    logging.getLogger("sqlalchemy.engine").setLevel(logging.WARNING)
    monkeypatch.setattr(load, "importable", lambda: False)
    monkeypatch.setattr(arrays, "folder", lambda hass: tmp_path)


async def until(condition: Callable[[], Any], what: str, patience_s: float = PATIENCE_S) -> float:
    """Wait in real time until something holds; return the seconds that took."""
    began = clock()
    while not condition():
        assert clock() - began < patience_s, f"in vain: {what}"
        await asyncio.sleep(0.02)
    return clock() - began


def is_work(task: asyncio.Task[Any]) -> bool:
    """Return whether SHEMS makes a plan or drives devices in a task."""
    return task.get_name().startswith((f"{DOMAIN} plan ", f"{DOMAIN} dispatch "))


class World(Protocol):
    """What is simulated beside Home Assistant."""

    async def live(self, seconds: float) -> None:
        """Let time pass at once, and report."""


class Later:
    """Lets minutes pass, for Home Assistant and for the world alike."""

    def __init__(self, hass: HomeAssistant, time_runs: Clock, world: World) -> None:
        """Take over both."""
        self._hass, self._clock, self._world = hass, time_runs, world

    async def __call__(self, seconds: float, step_s: float = 30.0) -> None:
        """Let them pass in steps, each with its reports, and none while SHEMS is at work."""
        while seconds > 0:
            step = min(seconds, step_s)
            seconds -= step
            while running := [each for each in asyncio.all_tasks() if is_work(each)]:
                await asyncio.wait(running)
            self._clock.jump(step)
            await self._world.live(step)
            at = dt_util.utcnow().timestamp()
            await asyncio.sleep(0.05)
            for entry in self._hass.config_entries.async_loaded_entries(DOMAIN):
                coordinator = entry.runtime_data.coordinator
                await until(lambda: coordinator.data.now >= at, "a look at the meters")  # noqa: B023  # awaited at once

    async def until(self, condition: Callable[[], Any], what: str) -> None:
        """Let minutes pass, none in haste, until something holds."""
        for _ in range(MOST_STEPS):
            await asyncio.sleep(HASTE_S)
            if condition():
                return
            await self(STEP_S)
        raise AssertionError(f"in vain: {what}")


@pytest.fixture(autouse=True)
async def _in_utc(_parts: None, hass: HomeAssistant) -> None:
    """Let the cheap hours be over in an hour."""
    await hass.config.async_set_time_zone("UTC")


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    """Start a broker."""
    if program() is None:
        pytest.skip("no mosquitto is installed (on Debian: apt-get install mosquitto)")
    made = Broker(tmp_path)
    made.start()
    yield made
    made.kill()


@pytest.fixture
def house(broker: Broker) -> Iterator[House]:
    """Furnish a house whose devices are on the broker."""
    made = House(broker.port)
    made.open()
    yield made
    made.close()


@pytest.fixture
async def mqtt(hass: HomeAssistant, broker: Broker) -> AsyncIterator[ConfigEntry]:
    """Set up Home Assistant's own integration through its flow."""
    flows = hass.config_entries.flow
    answers = {
        "broker": "127.0.0.1",
        "port": broker.port,
        "set_client_cert": False,
        "set_ca_cert": "off",
    }
    first = await flows.async_init("mqtt", context={"source": "user"})
    result, _ = await walk(flows, first, {"broker": answers})
    entry = result["result"]
    await until(lambda: entry.state is ConfigEntryState.LOADED, "mqtt is set up")
    yield entry
    await hass.config_entries.async_unload(entry.entry_id)


@pytest.fixture
async def discovered(hass: HomeAssistant, mqtt: ConfigEntry, house: House) -> House:
    """Wait for every device of the house and its first report."""
    await until(
        lambda: {"unknown", "unavailable", None}.isdisjoint(
            state_of(hass, each) for each in ("switch.freezer", "switch.pool_pump", GRID, ENABLE)
        ),
        "the devices are there",
    )
    return house


def state_of(hass: HomeAssistant, entity_id: str) -> str | None:
    """Return an entity's state, None where there is no such entity."""
    state = hass.states.get(entity_id)
    return None if state is None else state.state


@pytest.fixture
def world(house: House) -> World:
    """Return the house; a module with other parts has a world of its own."""
    return house


@pytest.fixture
def later(hass: HomeAssistant, time_runs: Clock, world: World) -> Later:
    """Return what lets minutes pass."""
    return Later(hass, time_runs, world)


@pytest.fixture
async def home(hass: HomeAssistant, discovered: House) -> AsyncIterator[MqttHome]:
    """Set a home up on the house, with a battery to drive."""
    made = await mqtt_home(hass)
    await until(lambda: made.status == "optimal", "the first plan")
    yield made
    if made.loaded:
        await hass.config_entries.async_unload(made.entry.entry_id)


@pytest.fixture
async def furnished(home: MqttHome) -> MqttHome:
    """Add the pump, the freezer and the car."""
    await home.furnish()
    await until(lambda: home.moved >= {home.pump, home.freezer, home.car}, "a plan for all")
    return home
