"""What goes wrong on MQTT, and what SHEMS makes of it."""

import asyncio
import json

import pytest
from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from .broker import Broker
from .conftest import Later, state_of, until
from .mqtt_devices import CHARGE, DISCHARGE, DISCOVERY, SELF, STANDBY, House
from .mqtt_home import GRID, MODE, SOC, MqttHome

GARBAGE = (
    "",
    "{",
    "[]",
    "\x00\xff",
    "x" * 70_000,
    '{"soc": "NaN"}',
    '{"soc": null}',
    '{"soc": "12,5"}',
    '{"soc": 4711}',
)
"""What nobody can read, and then what could be taken for a state of charge."""


@pytest.fixture
async def charging(hass: HomeAssistant, home: MqttHome, house: House) -> MqttHome:
    """Let the battery charge as planned."""
    await home.allow(home.battery)
    await until(lambda: house.inverter.mode == CHARGE, "the battery charges")
    await until(lambda: home.acknowledged, "SHEMS has seen it")
    return home


def modes(house: House) -> list[str]:
    """Return the modes that the inverter was told."""
    return [each.payload for each in house.wired.orders if each.topic.endswith("mode/set")]


async def test_a_broker_that_dies_takes_the_devices_with_it(
    hass: HomeAssistant, charging: MqttHome, house: House, broker: Broker, later: Later
) -> None:
    await until(lambda: house.wired.born, "Home Assistant has said that it is there")
    broker.kill()
    await until(lambda: state_of(hass, MODE) == "unavailable", "the inverter is gone")
    await later(360, 60)
    assert modes(house) == [CHARGE]
    await until(lambda: charging.problem == "soc_unusable", "the problem is told")
    house.inverter.mode = SELF
    broker.start()
    await until(lambda: house.inverter.mode == CHARGE, "it is told again what it forgot")
    await until(lambda: charging.problem == "", "the plan is whole again")
    await later(30)
    assert modes(house) == [CHARGE, CHARGE]
    assert charging.overridden == set()


async def test_what_was_cheap_when_the_broker_died_is_not_charged_afterwards(
    hass: HomeAssistant, charging: MqttHome, house: House, broker: Broker, later: Later
) -> None:
    await until(lambda: house.wired.born, "Home Assistant has said that it is there")
    broker.kill()
    await until(lambda: state_of(hass, MODE) == "unavailable", "the inverter is gone")
    await later(3700, 600)
    house.inverter.mode = SELF
    house.wired.orders.clear()
    broker.start()
    await until(lambda: state_of(hass, MODE) not in ("unavailable", "unknown"), "it is back")
    await until(lambda: charging.problem == "", "the plan is whole again")
    await later(30)
    assert CHARGE not in modes(house)
    assert house.inverter.mode != CHARGE


async def test_plugs_whose_bridge_dies_leave_the_battery_alone(
    hass: HomeAssistant, furnished: MqttHome, house: House, later: Later
) -> None:
    home = furnished
    await home.allow(home.battery, home.pump)
    await until(lambda: house.pump.on and house.inverter.mode == CHARGE, "both run")
    house.zigbee.die()
    await until(lambda: state_of(hass, "switch.pool_pump") == "unavailable", "the plug is gone")
    await later(60)
    assert house.inverter.mode == CHARGE
    assert home.status == "optimal"
    house.pump.on = False
    house.zigbee.revive()
    await until(lambda: house.pump.on, "the pump is told again what it forgot")
    assert modes(house) == [CHARGE]
    assert home.overridden == set()


async def test_late_and_repeated_reports_make_no_second_order(
    hass: HomeAssistant, home: MqttHome, house: House, later: Later
) -> None:
    house.wired.faults.late_s = 2.0
    house.wired.faults.copies = 3
    await home.allow(home.battery)
    await until(lambda: state_of(hass, MODE) == CHARGE, "the inverter says so")
    await later(30)
    assert modes(house) == [CHARGE]
    assert home.problem == ""


async def test_garbage_is_no_state(
    hass: HomeAssistant, charging: MqttHome, house: House, later: Later
) -> None:
    house.wired.faults.silent = True
    for garbage in GARBAGE:
        house.wired.send(house.inverter.topic, garbage)
        await asyncio.sleep(0.2)
        await later(10)
        readings = charging.coordinator.data.readings
        assert readings is not None
        soc = readings.batteries[charging.battery].soc.usable
        assert soc is None or abs(soc - house.inverter.soc) < 0.05, garbage[:20]
        assert set(modes(house)) == {CHARGE}, garbage[:20]
    house.wired.faults.silent = False
    await later(330)
    await until(lambda: charging.problem == "", "the plan is whole again")
    await until(lambda: house.inverter.battery_w == -5000, "it charges as before")


async def test_a_lost_order_is_sent_again(
    hass: HomeAssistant, home: MqttHome, house: House, later: Later
) -> None:
    house.wired.faults.deaf = True
    await home.allow(home.battery)
    await asyncio.sleep(1)
    assert house.inverter.mode == SELF
    house.wired.faults.deaf = False
    await later.until(lambda: state_of(hass, MODE) == CHARGE, "the second order arrives")
    assert modes(house) == [CHARGE]


async def test_a_battery_that_refuses_is_named(
    hass: HomeAssistant, home: MqttHome, house: House, later: Later
) -> None:
    house.wired.faults.stubborn = True
    await home.allow(home.battery)
    await later(540, 60)
    await later.until(lambda: home.problem == "device_refuses", "the device is named")
    assert 2 <= len(modes(house)) <= 6
    house.wired.faults.stubborn = False
    await later.until(lambda: house.inverter.mode == CHARGE, "it is asked again and follows")
    await later.until(lambda: home.problem == "", "all is well")


async def test_a_hand_at_the_inverter_is_respected(
    hass: HomeAssistant, charging: MqttHome, house: House, later: Later
) -> None:
    house.inverter.mode = DISCHARGE
    before = len(modes(house))
    await later.until(lambda: charging.battery in charging.overridden, "it is left alone")
    assert house.inverter.mode == DISCHARGE
    assert len(modes(house)) == before
    await later(2 * 3600, 600)
    await until(lambda: charging.battery not in charging.overridden, "the override ends")
    await until(lambda: house.inverter.mode != DISCHARGE, "it is driven again")


async def test_a_meter_that_falls_silent_is_not_believed_for_ever(
    hass: HomeAssistant, charging: MqttHome, house: House, later: Later
) -> None:
    house.wired.faults.silent = True
    await later(300)
    assert charging.problem == ""
    assert house.inverter.mode == CHARGE
    await later(5400, 600)
    await until(lambda: charging.problem == "soc_unusable", "the problem is told")
    await until(lambda: house.inverter.mode == SELF, "the battery is given back")
    house.wired.faults.silent = False
    await later(360, 60)
    await until(lambda: charging.problem == "", "the plan is whole again")


async def test_mqtt_reloaded_while_the_battery_charges(
    hass: HomeAssistant, charging: MqttHome, house: House, mqtt: ConfigEntry, later: Later
) -> None:
    await hass.config_entries.async_reload(mqtt.entry_id)
    assert mqtt.state is ConfigEntryState.LOADED
    await until(lambda: state_of(hass, MODE) == CHARGE, "the inverter is back")
    await later(60)
    await until(lambda: charging.problem == "", "the plan is whole again")
    assert modes(house) == [CHARGE]


async def test_shems_reloaded_while_the_battery_charges(
    hass: HomeAssistant, charging: MqttHome, house: House
) -> None:
    await hass.config_entries.async_reload(charging.entry.entry_id)
    await until(lambda: charging.status == "optimal", "the plan")
    await until(lambda: house.inverter.mode == CHARGE, "the battery charges again")
    assert modes(house) == [CHARGE, SELF, CHARGE]


async def test_a_renamed_entity_is_followed(
    hass: HomeAssistant, charging: MqttHome, house: House, later: Later
) -> None:
    er.async_get(hass).async_update_entity(MODE, new_entity_id="select.keller")
    er.async_get(hass).async_update_entity(GRID, new_entity_id="sensor.zaehler")
    await hass.async_block_till_done()
    await until(lambda: state_of(hass, "select.keller") == CHARGE, "it has its new name")
    await until(lambda: charging.status == "optimal", "the plan")
    await charging.choose(charging.battery, "hold")
    await until(lambda: house.inverter.mode == STANDBY, "it is still driven")
    await until(lambda: charging.coordinator.data.readings, "the meters are read")
    readings = charging.coordinator.data.readings
    assert readings is not None
    assert readings.grid_kw.source == "sensor.zaehler"


async def test_a_removed_entity_is_missed(
    hass: HomeAssistant, charging: MqttHome, house: House, later: Later
) -> None:
    # Until Home Assistant has said that it is there, the house tells of its entities again.
    await until(lambda: house.wired.born, "Home Assistant has said that it is there")
    topic = f"{DISCOVERY}/sensor/{house.inverter.identifier}/soc/config"
    house.wired.send(topic, "", retain=True)
    await until(lambda: state_of(hass, SOC) is None, "the sensor is gone")
    await later(360, 60)
    await until(lambda: charging.problem == "soc_unusable", "the problem is told")
    house.wired.send(topic, json.dumps(house.inverter.discovery()[topic]), retain=True)
    await until(lambda: state_of(hass, SOC) not in (None, "unknown"), "the sensor is back")
    await until(lambda: charging.problem == "", "the plan is whole again")


async def test_a_car_that_leaves_is_not_asked_to_charge(
    hass: HomeAssistant, furnished: MqttHome, house: House, later: Later
) -> None:
    home = furnished
    await home.allow(home.car)
    await until(lambda: house.charger.takes_w > 4000, "the car charges")
    house.charger.plugged = False
    await until(lambda: not home.coordinator.data.moves[home.car].on, "nothing is planned")
    await until(lambda: not house.charger.enabled, "the charger rests")
    house.charger.plugged = True
    await later.until(lambda: house.charger.takes_w > 4000, "the car charges again")
