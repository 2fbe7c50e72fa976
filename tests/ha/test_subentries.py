"""Devices are added and changed, each kind with all its fields."""

from typing import Any

import pytest
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from .flow_pages import WORDS, Pages, measure, subentry_flow

DETAILS = {
    "charge_efficiency": 95.0,
    "discharge_efficiency": 95.0,
    "min_soc": 5.0,
    "max_soc": 100.0,
    "reserve_soc": 20.0,
    "wear_per_kwh": 0.01,
    "may_charge_from_grid": True,
    "may_discharge_to_grid": False,
}
BATTERY: dict[str, Any] = {
    "name": "Cellar",
    "soc": "sensor.soc",
    "power": "sensor.battery",
    "power_inverted": True,
    "charged_energy": "sensor.charged",
    "discharged_energy": "demo:discharged",
    "capacity_kwh": 10.0,
    "charge_kw": 5.0,
    "discharge_kw": 5.0,
    "details": DETAILS,
    "control": "none",
}
STORED = {key: each for key, each in BATTERY.items() if key not in ("name", "details")} | DETAILS
MODES = ["Self consumption", "Force charge", "Force discharge", "Standby", "No discharge"]


@pytest.fixture
def entry(hass: HomeAssistant) -> MockConfigEntry:
    """Return a home with its entities, not set up."""
    for name in ("grid", "sun", "battery", "plug"):
        measure(hass, f"sensor.{name}", "W")
    measure(hass, "sensor.charged", "kWh")
    measure(hass, "sensor.soc", "%")
    measure(hass, "number.power", "W")
    measure(hass, "number.charge", "A")
    measure(hass, "number.discharge", "A")
    measure(hass, "number.temperature", "°C")
    hass.states.async_set("select.mode", "Standby", {"options": MODES})
    hass.states.async_set("select.remote", "local", {"options": ["local", "remote"]})
    hass.states.async_set("select.empty", "unknown")
    for name in ("charge", "discharge", "force", "plug"):
        hass.states.async_set(f"switch.{name}", "off")
    home = MockConfigEntry(domain="shems", title="Casa", data={"kind": "home", "name": "Casa"})
    home.add_to_hass(hass)
    return home


async def reconfigure(hass: HomeAssistant, entry: MockConfigEntry) -> Pages:
    """Begin to change the only device."""
    (subentry,) = entry.subentries.values()
    kind = subentry.subentry_type
    pages = Pages(hass.config_entries.subentries, WORDS["config_subentries"][kind])
    await pages.begin(
        (entry.entry_id, kind),
        {"source": "reconfigure", "subentry_id": subentry.subentry_id},
    )
    return pages


def only(entry: MockConfigEntry) -> tuple[str, dict[str, Any]]:
    """Return title and data of the only device."""
    (subentry,) = entry.subentries.values()
    return subentry.title, dict(subentry.data)


async def test_the_connection_is_there_once(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    pages = await subentry_flow(hass, entry.entry_id, "connection")
    limits = {"import_limit_kw": 9.0, "export_limit_kw": 5.0}
    await pages.give(
        name="Meter", grid_power=["sensor.grid"], grid_power_inverted=False, limits=limits
    )
    assert pages.result["type"] is FlowResultType.CREATE_ENTRY
    assert only(entry) == (
        "Meter",
        {"grid_power": ["sensor.grid"], "grid_power_inverted": False, **limits},
    )
    pages = await subentry_flow(hass, entry.entry_id, "connection")
    assert pages.result["reason"] == "single_connection"
    pages = await reconfigure(hass, entry)
    assert pages.suggested["import_limit_kw"] == 9.0
    await pages.give(
        name="Smart meter",
        import_power=["sensor.grid"],
        grid_power_inverted=False,
        limits=limits,
    )
    assert pages.result["reason"] == "reconfigure_successful"
    title, data = only(entry)
    assert title == "Smart meter"
    assert "grid_power" not in data, "a field that was emptied is gone"
    assert data["import_power"] == ["sensor.grid"]


async def test_a_solar_array(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    MockConfigEntry(domain="forecast_solar", entry_id="f1", title="Roof").add_to_hass(hass)
    MockConfigEntry(domain="hue", entry_id="f2", title="Lamps").add_to_hass(hass)
    pages = await subentry_flow(hass, entry.entry_id, "solar")
    offered = pages.result["data_schema"].schema["forecast_entries"].config["options"]
    assert offered == [{"value": "f1", "label": "Roof"}]
    await pages.give(name="Roof", power="sensor.sun", limit_number="number.temperature")
    assert pages.result["errors"] == {"limit_number": "not_setpoint", "peak_kw": "peak_needed"}
    await pages.give(name="Roof", power="sensor.sun", limit_number="number.gone", peak_kw=5)
    assert pages.result["errors"] == {"limit_number": "entity_not_found"}
    given = {"power": "sensor.sun", "peak_kw": 5.0, "forecast_entries": ["f1"]}
    await pages.give(name="Roof", limit_number="number.power", **given)
    assert only(entry) == ("Roof", {**given, "limit_number": "number.power"})


async def test_a_consumer(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    pages = await subentry_flow(hass, entry.entry_id, "load")
    await pages.give(name=" ", power="sensor.plug")
    assert pages.result["errors"] == {"name": "name_empty"}
    await pages.give(name="Plug", power="sensor.soc", energy="sensor.grid", switch="switch.gone")
    assert pages.result["errors"] == {
        "power": "not_power",
        "energy": "not_energy",
        "switch": "entity_not_found",
    }
    await pages.again()
    assert pages.result["step_id"] == "load"
    await pages.give(name="Plug", power="sensor.plug", switch="switch.plug")
    assert only(entry) == ("Plug", {"power": "sensor.plug", "switch": "switch.plug"})


async def test_a_consumer_that_shems_moves(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    pages = await subentry_flow(hass, entry.entry_id, "load")
    await pages.give(name="Car", power="sensor.plug", flexible=True)
    assert only(entry) == ("Car", {"power": "sensor.plug", "flexible": True})


async def test_how_modules_lie(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    pages = await subentry_flow(hass, entry.entry_id, "solar")
    modules = {"tilt": 35.0, "azimuth": 0.0, "module_kw": 6.4}
    await pages.give(name="Roof", power="sensor.sun", peak_kw=5.0, modules=modules)
    assert only(entry) == ("Roof", {"power": "sensor.sun", "peak_kw": 5.0, **modules})


async def test_a_battery_that_is_only_measured(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    pages = await subentry_flow(hass, entry.entry_id, "battery")
    wear = pages.result["data_schema"].schema["details"].schema.schema["wear_per_kwh"]
    assert wear.config["unit_of_measurement"] == "EUR/kWh"
    await pages.give(**BATTERY)
    assert only(entry) == ("Cellar", STORED)


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"soc": "sensor.battery"}, {"soc": "not_percent"}),
        ({"power": None}, {"power": "battery_power_missing"}),
        ({"power": None, "charge_power": "sensor.grid"}, {"power": "battery_power_missing"}),
        ({"charge_power": "sensor.grid"}, {"power": "battery_power_twice"}),
        (
            {"power": None, "charge_power": "sensor.grid", "discharge_power": "sensor.grid"},
            {"discharge_power": "same_entity"},
        ),
        ({"charged_energy": "sensor.battery"}, {"charged_energy": "not_energy"}),
        ({"details": DETAILS | {"min_soc": 100.0}}, {"base": "min_above_max"}),
    ],
)
async def test_what_no_battery_has_is_said_and_kept(
    hass: HomeAssistant, entry: MockConfigEntry, given: dict[str, Any], errors: dict[str, str]
) -> None:
    pages = await subentry_flow(hass, entry.entry_id, "battery")
    entered = {key: each for key, each in (BATTERY | given).items() if each is not None}
    await pages.give(**entered)
    assert pages.result["errors"] == errors
    assert pages.suggested["capacity_kwh"] == 10.0
    assert pages.suggested["reserve_soc"] == 20.0
    await pages.give(**BATTERY)
    assert pages.result["type"] is FlowResultType.CREATE_ENTRY


async def test_a_battery_with_a_select(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    pages = await subentry_flow(hass, entry.entry_id, "battery")
    await pages.give(**BATTERY | {"control": "select"})
    assert pages.result["step_id"] == "battery_select"
    await pages.give(mode_select="select.empty", battery_volts=51.2)
    assert pages.result["errors"] == {"mode_select": "no_options"}
    await pages.give(
        mode_select="select.gone", power_number="number.temperature", battery_volts=51.2
    )
    assert pages.result["errors"] == {
        "mode_select": "entity_not_found",
        "power_number": "not_setpoint",
    }
    await pages.give(mode_select="select.mode", power_number="number.power", battery_volts=51.2)
    assert pages.result["step_id"] == "battery_options"
    assert pages.suggested == {
        "option_self_consume": "Self consumption",
        "option_charge": "Force charge",
        "option_discharge": "Force discharge",
        "option_hold": "Standby",
        "option_absorb": "No discharge",
        "option_cover": None,
        "option_default": "Self consumption",
    }
    options = {
        "option_self_consume": "Self consumption",
        "option_charge": "Force charge",
        "option_discharge": "Force discharge",
        "option_hold": "Force charge",
        "option_default": "Self consumption",
    }
    await pages.give(**options)
    assert pages.result["errors"] == {"base": "same_option"}
    assert pages.suggested["option_hold"] == "Force charge"
    await pages.give(**options | {"option_hold": "Standby"})
    assert only(entry)[1] == STORED | options | {
        "option_hold": "Standby",
        "control": "select",
        "mode_select": "select.mode",
        "power_number": "number.power",
        "battery_volts": 51.2,
        "limits_always": True,
    }

    pages = await reconfigure(hass, entry)
    assert pages.suggested["control"] == "select"
    await pages.give(**BATTERY | {"control": "none"})
    assert pages.result["reason"] == "reconfigure_successful"
    assert only(entry)[1] == STORED, "what belonged to the select is gone"


async def test_a_select_that_has_no_state_yet(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    er.async_get(hass).async_get_or_create(
        "select",
        "demo",
        "later",
        suggested_object_id="later",
        capabilities={"options": ["auto", "charge", "discharge", "idle"]},
    )
    pages = await subentry_flow(hass, entry.entry_id, "battery")
    await pages.give(**BATTERY | {"control": "select"})
    await pages.give(mode_select="select.later", battery_volts=51.2)
    assert pages.suggested == {
        "option_self_consume": "auto",
        "option_charge": "charge",
        "option_discharge": "discharge",
        "option_hold": "idle",
        "option_absorb": None,
        "option_cover": None,
        "option_default": "auto",
    }


NUMBER: dict[str, Any] = {
    "number_positive": "charge",
    "release_value": 0.0,
    "battery_volts": 48.0,
}


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({}, {"power_number": "setpoint_one_or_two"}),
        ({"charge_number": "number.charge"}, {"power_number": "setpoint_one_or_two"}),
        (
            {"power_number": "number.power", "charge_number": "number.charge"},
            {"power_number": "setpoint_one_or_two"},
        ),
        (
            {
                "power_number": "number.power",
                "charge_number": "number.charge",
                "discharge_number": "number.discharge",
            },
            {"power_number": "setpoint_one_or_two"},
        ),
        (
            {"charge_number": "number.charge", "discharge_number": "number.charge"},
            {"discharge_number": "same_entity"},
        ),
        ({"power_number": "number.temperature"}, {"power_number": "not_setpoint"}),
        ({"power_number": "number.power", "enable": "select.empty"}, {"enable": "no_options"}),
        (
            {"power_number": "number.power", "enable": "switch.gone"},
            {"enable": "entity_not_found"},
        ),
    ],
)
async def test_numbers_that_cannot_drive_a_battery(
    hass: HomeAssistant, entry: MockConfigEntry, given: dict[str, Any], errors: dict[str, str]
) -> None:
    pages = await subentry_flow(hass, entry.entry_id, "battery")
    await pages.give(**BATTERY | {"control": "number"})
    await pages.give(**NUMBER, **given)
    assert pages.result["errors"] == errors
    await pages.give(**NUMBER, power_number="number.power", enable="switch.force")
    assert only(entry)[1] == STORED | NUMBER | {
        "control": "number",
        "power_number": "number.power",
        "enable": "switch.force",
    }


async def test_a_battery_with_two_numbers_and_a_select_for_remote_control(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    pages = await subentry_flow(hass, entry.entry_id, "battery")
    await pages.give(**BATTERY | {"control": "number"})
    numbers = {"charge_number": "number.charge", "discharge_number": "number.discharge"}
    await pages.give(**NUMBER, **numbers, enable="select.remote")
    assert pages.result["step_id"] == "battery_enable"
    await pages.give(enable_option="remote", release_option="remote")
    assert pages.result["errors"] == {"base": "same_option"}
    options = {"enable_option": "remote", "release_option": "local"}
    await pages.give(**options)
    assert only(entry)[1] == STORED | NUMBER | numbers | options | {
        "control": "number",
        "enable": "select.remote",
    }


async def test_a_battery_with_switches(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    pages = await subentry_flow(hass, entry.entry_id, "battery")
    await pages.give(**BATTERY | {"control": "switch"})
    await pages.give()
    assert pages.result["errors"] == {"base": "switch_missing"}
    await pages.give(charge_switch="switch.charge", discharge_switch="switch.charge")
    assert pages.result["errors"] == {"discharge_switch": "same_entity"}
    switches = {"charge_switch": "switch.charge", "force_charge_switch": "switch.force"}
    await pages.give(**switches)
    assert only(entry)[1] == STORED | switches | {"control": "switch"}


@pytest.mark.parametrize(
    "rows",
    [
        [(2.0, 96.0)],
        [(2.0, 96.0), (1.0, 95.0), (5.0, 90.0)],
        [(2.0, 94.0), (5.0, 96.0)],
    ],
)
async def test_efficiencies_by_power_reach_the_limit_and_never_get_better(
    hass: HomeAssistant, entry: MockConfigEntry, rows: list[tuple[float, float]]
) -> None:
    def table(rows: list[tuple[float, float]]) -> list[dict[str, float]]:
        return [{"up_to_kw": power, "efficiency": share} for power, share in rows]

    pages = await subentry_flow(hass, entry.entry_id, "battery")
    for way in ("charge_segments", "discharge_segments"):
        await pages.give(**BATTERY | {"details": DETAILS | {way: table(rows)}})
        assert pages.result["errors"] == {"base": "segments_unfit"}
    right = table([(2.0, 96.0), (5.0, 93.0)])
    await pages.give(**BATTERY | {"details": DETAILS | {"charge_segments": right}})
    assert pages.result["type"] is FlowResultType.CREATE_ENTRY
    assert next(iter(entry.subentries.values())).data["charge_segments"] == right
