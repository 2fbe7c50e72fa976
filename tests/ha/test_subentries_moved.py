"""Devices that are moved in time are added, each kind with all its fields."""

from typing import Any

import pytest
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.devices import KINDS

from .flow_pages import measure, subentry_flow

PACE: dict[str, Any] = {"least_on_min": 15.0, "least_off_min": 10.0, "from_battery": False}


@pytest.fixture
def entry(hass: HomeAssistant) -> MockConfigEntry:
    """Return a home with its entities, not set up."""
    measure(hass, "sensor.power", "W")
    measure(hass, "sensor.energy", "kWh")
    measure(hass, "sensor.soc", "%")
    measure(hass, "sensor.warmth", "°C")
    measure(hass, "number.watts", "W")
    measure(hass, "number.amps", "A")
    measure(hass, "number.warmth", "°C")
    hass.states.async_set("switch.device", "off")
    hass.states.async_set("switch.other", "off")
    home = MockConfigEntry(domain="shems", title="Casa", data={"kind": "home", "name": "Casa"})
    home.add_to_hass(hass)
    return home


def stored(entry: MockConfigEntry) -> dict[str, Any]:
    """Return the data of the only device."""
    (subentry,) = entry.subentries.values()
    return dict(subentry.data)


def flat(given: dict[str, Any]) -> dict[str, Any]:
    """Return input without its name and its sections."""
    data: dict[str, Any] = {}
    for key, value in given.items():
        data |= value if isinstance(value, dict) else {key: value}
    data.pop("name", None)
    return data


DEFERRABLE: dict[str, Any] = {
    "name": "Pool pump",
    "power": "sensor.power",
    "energy": "sensor.energy",
    "power_kw": 1.1,
    "daily_kwh": 4.0,
    "begin": "08:00:00",
    "end": "20:00:00",
    "switch": "switch.device",
    "released": "off",
    "pace": PACE,
}


async def test_a_deferrable_load(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    pages = await subentry_flow(hass, entry.entry_id, "deferrable")
    await pages.give(**DEFERRABLE | {"power": "sensor.soc", "least_kw": 2.0})
    assert pages.result["errors"] == {"power": "not_power", "least_kw": "least_above_most"}
    await pages.give(**DEFERRABLE | {"power_number": "number.watts"})
    assert pages.result["errors"] == {"least_kw": "least_needed"}
    await pages.give(**DEFERRABLE | {"power_number": "number.warmth", "least_kw": 0.0})
    assert pages.result["errors"] == {"power_number": "not_setpoint"}
    await pages.give(**DEFERRABLE)
    assert pages.result["type"] is FlowResultType.CREATE_ENTRY
    assert stored(entry) == flat(DEFERRABLE)


async def test_every_kind_begins_with_a_name(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    for kind in KINDS.values():
        pages = await subentry_flow(hass, entry.entry_id, kind.name)
        assert pages.result["step_id"] == kind.name
        assert pages.suggested["name"] == kind.title


VEHICLE: dict[str, Any] = {
    "name": "Car",
    "power": "sensor.power",
    "soc": "sensor.soc",
    "capacity_kwh": 58.0,
    "charge_kw": 11.0,
    "least_kw": 4.14,
    "connected": "sensor.plug",
    "absent_states": ["away", "unplugged"],
    "ready_by": "06:30:00",
    "target_soc": 80.0,
    "session_kwh": 12.0,
    "switch": "switch.device",
    "power_number": "number.amps",
    "released": "on",
    "details": {
        "phases": "3",
        "switchable_phases": False,
        "charge_efficiency": 90.0,
        "limit_soc": 100.0,
        "least_soc": 20.0,
        "surplus": True,
        "from_grid": True,
        "discharge_kw": 0.0,
        "wear_per_kwh": 0.05,
        "to_grid": False,
    },
    "pace": PACE,
}


async def test_a_car(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    hass.states.async_set("sensor.plug", "unplugged")
    pages = await subentry_flow(hass, entry.entry_id, "vehicle")
    await pages.give(
        **VEHICLE | {"soc": "sensor.power", "connected": "sensor.gone", "least_kw": 12.0}
    )
    assert pages.result["errors"] == {
        "soc": "not_percent",
        "connected": "entity_not_found",
        "least_kw": "least_above_most",
    }
    await pages.give(**VEHICLE)
    assert pages.result["type"] is FlowResultType.CREATE_ENTRY
    assert stored(entry) == flat(VEHICLE)


async def test_a_charger_that_cannot_be_told_is_named(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    hass.states.async_set("sensor.plug", "unplugged")
    hass.states.async_set("number.amps", "6", {"unit_of_measurement": "A", "min": 6, "max": 16})
    hass.states.async_set("number.watts", "0", {"unit_of_measurement": "W", "min": -5000})
    details: dict[str, Any] = VEHICLE["details"]
    gives = {"details": details | {"discharge_kw": 5.0}}
    changes = {"details": details | {"switchable_phases": True}}
    pages = await subentry_flow(hass, entry.entry_id, "vehicle")
    for wish, error in ((gives, "gives_back_untold"), (changes, "phases_untold")):
        await pages.give(**VEHICLE | {"power_number": "number.amps"} | wish)
        assert pages.result["errors"] == {"base": error}
    both = {"details": details | {"discharge_kw": 5.0, "switchable_phases": True}}
    await pages.give(**VEHICLE | {"power_number": "number.watts"} | both)
    assert pages.result["type"] is FlowResultType.CREATE_ENTRY


HEATING: dict[str, Any] = {
    "name": "Heat pump",
    "power": "sensor.power",
    "heater": "both",
    "power_kw": 2.4,
    "least_kw": 0.5,
    "low_c": 20.0,
    "high_c": 23.0,
    "thermostat": "climate.rooms",
    "nights": {"night_low_c": 18.0, "night_begin": "22:00:00", "night_end": "06:00:00"},
    "building": {
        "cop": 3.8,
        "cooling_cop": 3.2,
        "loss_w_per_k": 150.0,
        "air_kwh_per_k": 1.2,
        "mass_kwh_per_k": 9.0,
        "aperture_m2": 3.0,
        "gains_kw": 0.3,
    },
    "pace": PACE,
}
ROOMS = {
    "hvac_modes": ["auto", "heat", "off"],
    "current_temperature": 20.6,
    "temperature": 20.5,
    "min_temp": 15,
    "max_temp": 25,
    "target_temp_step": 0.5,
}


async def test_heating_with_a_thermostat(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    hass.states.async_set("climate.rooms", "auto", ROOMS)
    pages = await subentry_flow(hass, entry.entry_id, "heating")
    without = {key: each for key, each in HEATING.items() if key != "thermostat"}
    await pages.give(**without | {"low_c": 23.0, "least_kw": 3.0})
    assert pages.result["errors"] == {
        "temperature": "temperature_missing",
        "high_c": "high_below_low",
        "least_kw": "least_above_most",
    }
    await pages.give(**without | {"temperature": "sensor.soc", "temperature_number": "number.amps"})
    assert pages.result["errors"] == {
        "temperature": "not_temperature",
        "temperature_number": "not_thermostat",
    }
    warm = {**HEATING["nights"], "night_low_c": 24.0}
    await pages.give(**HEATING | {"nights": warm})
    assert pages.result["errors"] == {"base": "high_below_low"}
    await pages.give(**HEATING)
    assert pages.result["step_id"] == "heating_modes"
    offered = pages.result["data_schema"].schema["driven_mode"].config["options"]
    assert offered == ROOMS["hvac_modes"]
    modes = {"driven_mode": "heat", "released_mode": "auto", "hysteresis_k": 0.3}
    await pages.give(**modes)
    assert stored(entry) == flat(HEATING) | modes


async def test_heaters_without_a_thermostat(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    pages = await subentry_flow(hass, entry.entry_id, "heating")
    plain = {key: each for key, each in HEATING.items() if key != "thermostat"}
    plain |= {"heater": "electric", "temperature": "sensor.warmth", "switch": "switch.device"}
    await pages.give(**plain)
    assert stored(entry) == flat(plain)


WATER: dict[str, Any] = {
    "name": "Boiler",
    "power": "sensor.power",
    "heater": "electric",
    "power_kw": 2.0,
    "low_c": 45.0,
    "high_c": 58.0,
    "temperature": "sensor.warmth",
    "switch": "switch.device",
    "tank": {
        "litres": 200.0,
        "drawn_kwh": 8.0,
        "cop": 3.0,
        "loss_w_per_k": 1.6,
        "inlet_c": 10.0,
        "ambient_c": 20.0,
        "max_c": 65.0,
        "legionella_c": 60.0,
        "legionella_days": 7.0,
    },
    "pace": PACE,
}


async def test_a_tank_of_hot_water(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    pages = await subentry_flow(hass, entry.entry_id, "water")
    await pages.give(**WATER | {"least_kw": 3.0, "high_c": 40.0})
    assert pages.result["errors"] == {"least_kw": "least_above_most", "high_c": "high_below_low"}
    await pages.give(**WATER | {"high_c": 70.0})
    assert pages.result["errors"] == {"base": "cuts_out_below"}
    await pages.give(**WATER)
    assert stored(entry) == flat(WATER)


async def test_a_tank_with_a_water_heater(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    hass.states.async_set("water_heater.tank", "eco", {"operation_list": ["eco", "heat_pump"]})
    pages = await subentry_flow(hass, entry.entry_id, "water")
    await pages.give(**WATER | {"thermostat": "water_heater.tank"})
    assert pages.result["step_id"] == "water_modes"
    modes = {
        "driven_mode": "heat_pump",
        "released_mode": "eco",
        "released_c": 50.0,
        "hysteresis_k": 5.0,
    }
    await pages.give(**modes)
    assert stored(entry) == flat(WATER) | {"thermostat": "water_heater.tank"} | modes


APPLIANCE: dict[str, Any] = {
    "name": "Dishwasher",
    "power": "sensor.power",
    "shape": "dishwasher",
    "programme_min": 150.0,
    "programme_kwh": 1.2,
    "done_by": "06:00:00",
    "ready": "sensor.plug",
    "ready_states": ["waiting"],
    "running_states": ["running"],
    "switch": "switch.device",
    "remote_switch": "switch.other",
    "longest_pause_min": 60.0,
    "from_battery": True,
}


async def test_an_appliance(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    hass.states.async_set("sensor.plug", "waiting")
    hass.states.async_set("button.start", "unknown")
    hass.states.async_set("switch.hold", "off")
    pages = await subentry_flow(hass, entry.entry_id, "appliance")
    await pages.give(**APPLIANCE | {"running": "sensor.gone", "remote_switch": "switch.device"})
    assert pages.result["errors"] == {"running": "entity_not_found", "remote_switch": "same_entity"}
    await pages.give(**APPLIANCE | {"button": "button.start"})
    assert pages.result["errors"] == {"button": "start_twice"}
    for wrong in (["30"], ["soon"], ["0"], ["150"]):
        hold = {} if wrong == ["30"] else {"pause_switch": "switch.hold"}
        await pages.give(**{**APPLIANCE, "pause_after": wrong, **hold})
        assert pages.result["errors"] == {"pause_after": "pauses_unfit"}
    await pages.give(**APPLIANCE)
    assert stored(entry) == flat(APPLIANCE)


SHEDDABLE: dict[str, Any] = {
    "name": "Freezer",
    "power": "sensor.power",
    "power_kw": 0.2,
    "usual_kw": 0.05,
    "price_per_kwh": 1.5,
    "switch": "switch.device",
    "limits": {"longest_h": 2.0, "most_h_a_day": 4.0, "least_off_min": 60.0},
    "timetables": {"timetable": "switch.device", "timetable_rule": "only_while_on"},
}


async def test_a_load_to_shed(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    pages = await subentry_flow(hass, entry.entry_id, "sheddable")
    await pages.give(**SHEDDABLE | {"usual_kw": 0.3, "switch": "switch.gone"})
    assert pages.result["errors"] == {"usual_kw": "least_above_most", "switch": "entity_not_found"}
    await pages.give(**SHEDDABLE)
    assert stored(entry) == flat(SHEDDABLE)
