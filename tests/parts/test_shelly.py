"""A home on Home Assistant's own shelly integration: a plug with a meter, and a Pro 3EM."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.const import EVENT_CALL_SERVICE
from homeassistant.core import Event, HomeAssistant, callback

from .conftest import Later, state_of, until
from .homes import PartsHome, dashboard, grid, remember, set_up
from .mqtt_devices import clock
from .shelly_devices import PlusPlugS, Pro3EM, Shelly
from .walking import walk

METER = "sensor.shellypro3em_34987a45678c"
PLUG = "shellyplusplugs_a8032ab12345"
SWITCH = f"switch.{PLUG}"
HEATER_W = 2000.0
REST_W = 500.0
SOON_S = 1.0


class Cellar:
    """A heater in a plug, behind a meter."""

    def __init__(self) -> None:
        """Install both."""
        self.plug, self.meter = PlusPlugS(HEATER_W), Pro3EM()
        self.plug.on_change = self.report

    async def report(self) -> None:
        """Let both tell what they show."""
        self.meter.phases_w = [self.plug.takes_w, 0.0, REST_W]
        await self.plug.notify()
        await self.meter.notify()

    async def live(self, seconds: float) -> None:
        """Let time pass at once, and report."""
        self.plug.count(seconds)
        self.meter.count(seconds)
        await self.report()

    def switched(self) -> list[bool]:
        """Return what the plug was told."""
        return [params["on"] for method, params in self.plug.calls if method == "Switch.Set"]


async def added(hass: HomeAssistant, device: Shelly) -> ConfigEntry:
    """Add a device through the integration's flow."""
    flows = hass.config_entries.flow
    first = await flows.async_init("shelly", context={"source": "user"})
    address = {"host": "127.0.0.1", "port": device.port}
    result, _ = await walk(flows, first, {"user_manual": address})
    entry = result["result"]
    await until(lambda: entry.state is ConfigEntryState.LOADED, "the Shelly is set up")
    return entry


@pytest.fixture
async def world(hass: HomeAssistant, mock_bluetooth: None) -> AsyncIterator[Cellar]:
    """Install the devices and add them; there is no Bluetooth adapter to look for."""
    made = Cellar()
    entries = []
    for each in (made.plug, made.meter):
        await each.start()
        entries.append(await added(hass, each))
    await made.report()
    yield made
    for entry in entries:
        await hass.config_entries.async_unload(entry.entry_id)
    for each in (made.plug, made.meter):
        await each.stop()


@pytest.fixture
def shelly(hass: HomeAssistant, world: Cellar) -> ConfigEntry:
    """Return the plug's entry."""
    return hass.config_entries.async_entries("shelly")[0]


@pytest.fixture
async def heated(hass: HomeAssistant, world: Cellar) -> AsyncIterator[tuple[PartsHome, str]]:
    """Set a home up with a heater that needs three hours a day; return it and the heater."""
    counters = (f"{METER}_energy", f"{METER}_energy_returned")
    await remember(hass, *counters)
    await dashboard(hass, grid(*counters, f"{METER}_power"))
    home = PartsHome(hass, *await set_up(hass, {}))
    heater = await home.add(
        "deferrable",
        hardware=world.plug.name,
        power_kw=HEATER_W / 1000,
        daily_kwh=6.0,
    )
    await until(lambda: heater in home.moved and home.status == "optimal", "the first plan")
    yield home, heater
    if home.loaded:
        await hass.config_entries.async_unload(home.entry.entry_id)


type Heated = tuple[PartsHome, str]


async def test_measured_and_switched(hass: HomeAssistant, heated: Heated, world: Cellar) -> None:
    home, heater = heated
    asked: list[float] = []

    @callback
    def called(event: Event[Any]) -> None:
        if event.data["service_data"].get("entity_id") == SWITCH:
            asked.append(clock())

    assert (
        home.entry.subentries[heater].data.items()
        >= {
            "power": f"sensor.{PLUG}_power",
            "energy": f"sensor.{PLUG}_energy",
            "switch": SWITCH,
        }.items()
    )
    readings = home.coordinator.data.readings
    assert readings is not None
    assert readings.grid_kw.usable == REST_W / 1000
    assert world.switched() == []
    hass.bus.async_listen(EVENT_CALL_SERVICE, called)
    await home.allow(heater)
    await until(lambda: world.plug.on, "the heater runs")
    await until(lambda: state_of(hass, SWITCH) == "on", "the plug shows it")
    assert clock() - asked[-1] < SOON_S
    await until(lambda: _grid_kw(home) == (REST_W + HEATER_W) / 1000, "the meter shows it")
    assert world.switched() == [True]
    await hass.config_entries.async_unload(home.entry.entry_id)
    assert not world.plug.on


def _grid_kw(home: PartsHome) -> float | None:
    readings = home.coordinator.data.readings
    return None if readings is None else readings.grid_kw.usable


@pytest.fixture
async def running(hass: HomeAssistant, heated: Heated, world: Cellar) -> Heated:
    """Let the heater run as planned."""
    home, heater = heated
    await home.allow(heater)
    await until(lambda: home.acknowledged, "the heater runs")
    return heated


async def test_a_slow_plug_is_told_once(
    hass: HomeAssistant, heated: Heated, world: Cellar, later: Later
) -> None:
    home, heater = heated
    world.plug.late_s = 2.0
    await home.allow(heater)
    await until(lambda: state_of(hass, SWITCH) == "on", "the heater runs")
    world.plug.late_s = 0.0
    await later(20)
    assert world.switched() == [True]
    assert home.problem == ""


async def test_a_plug_that_refuses_is_named_and_asked_again(
    hass: HomeAssistant, heated: Heated, world: Cellar, later: Later
) -> None:
    home, heater = heated
    world.plug.refuses = {"Switch.Set"}
    await home.allow(heater)
    await later(540, 60)
    await later.until(lambda: home.problem == "device_refuses", "the device is named")
    assert 2 <= len(world.switched()) <= 6
    world.plug.refuses = set()
    await later.until(lambda: world.plug.on, "it is asked again")
    await later.until(lambda: home.problem == "", "all is well")


async def test_a_plug_that_lost_power_is_told_again(
    hass: HomeAssistant, running: Heated, world: Cellar, later: Later
) -> None:
    home, _ = running
    await world.plug.stop()
    await until(lambda: state_of(hass, SWITCH) == "unavailable", "the plug is gone")
    before = world.switched()
    await later(120)
    assert home.status == "optimal"
    world.plug.on = False
    await world.plug.start()
    await later.until(lambda: state_of(hass, SWITCH) == "on", "the plug is back and runs again")
    assert world.switched() == [*before, True]


async def test_a_hand_at_the_plug_is_respected(
    hass: HomeAssistant, running: Heated, world: Cellar, later: Later
) -> None:
    home, heater = running
    world.plug.on = False
    await world.report()
    await until(lambda: state_of(hass, SWITCH) == "off", "Home Assistant sees it")
    await later.until(lambda: heater in home.overridden, "it is left alone")
    assert world.switched() == [True]


async def test_garbage_and_repetition_do_no_harm(
    hass: HomeAssistant, running: Heated, world: Cellar, later: Later
) -> None:
    home, _ = running
    status = {"src": world.meter.name, "dst": "user_1", "method": "NotifyStatus"}
    for text in (
        "{",
        json.dumps({**status, "params": {"em:0": None}}),
        json.dumps({**status, "params": {"em:0": {"total_act_power": None}}}),
        json.dumps({**status, "params": {"em:0": {"total_act_power": "much"}}}),
    ):
        await world.meter.send(text)
        await asyncio.sleep(0.1)
        await world.report()
        await world.report()
    await later(90)
    await until(lambda: _grid_kw(home) == (REST_W + HEATER_W) / 1000, "the meter is read")
    assert world.switched() == [True]
    assert home.problem == ""


async def test_a_shelly_reloaded_while_it_runs(
    hass: HomeAssistant, running: Heated, world: Cellar, shelly: ConfigEntry, later: Later
) -> None:
    home, _ = running
    await hass.config_entries.async_reload(shelly.entry_id)
    await until(lambda: state_of(hass, SWITCH) == "on", "it is back")
    await later(60)
    assert world.switched() == [True]
    assert home.problem == ""
