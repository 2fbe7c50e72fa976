"""Each family of hardware: its entities as its integration names them, and what becomes of them."""

from functools import partial
from typing import Any

import pytest
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.script import async_validate_actions_config
from pytest_homeassistant_custom_component.common import async_mock_service

from custom_components.shems import presets
from custom_components.shems.actuate import Actuator
from custom_components.shems.core.dispatch.command import Command, DeviceCommand
from custom_components.shems.core.plan.result import Mode, Reason
from custom_components.shems.devices import KINDS, Device, actions
from custom_components.shems.devices.setpoint import level_of, range_of
from custom_components.shems.devices.solar import throttle
from custom_components.shems.drive_issues import DriveIssues
from custom_components.shems.store import HomeStore

from .test_presets import Hardware

W, A, PCT = "W", "A", "%"
STORAGE = [
    ("select", "{}_storage_command_mode", None),
    ("select", "{}_storage_control_mode", None),
    ("sensor", "{}_battery_soe", PCT),
    ("sensor", "{}_b1_dc_power", W),
    ("number", "{}_storage_charge_limit", W),
    ("number", "{}_storage_discharge_limit", W),
]
KNOWN: dict[str, tuple[str, list[tuple[str, str, str | None]], set[str]]] = {
    "victron": (
        "victron_gx",
        [
            ("select", "system_ess_batterylife_state", None),
            ("sensor", "system_dc_battery_soc", PCT),
            ("sensor", "system_dc_battery_power", W),
            ("number", "system_ess_max_charge_power", W),
            ("number", "system_ess_max_inverter_power_limit", W),
        ],
        {"mode_select", "soc", "power", "charge_number", "discharge_number"},
    ),
    "huawei": (
        "huawei_solar",
        [
            ("sensor", "storage_state_of_capacity", PCT),
            ("sensor", "storage_charge_discharge_power", W),
            ("number", "storage_maximum_discharging_power", W),
            ("number", "storage_maximum_charging_power", W),
        ],
        {"soc", "power", "charge_kw", "discharge_kw"},
    ),
    "solaredge": (
        "solaredge_modbus_multi",
        [(domain, key.format("se_i1"), unit) for domain, key, unit in STORAGE],
        {"mode_select", "enable", "soc", "power", "charge_number", "discharge_number"},
    ),
    "solaredge_core": (
        "solaredge_modbus",
        [
            ("select", "storage_command_mode", None),
            ("select", "storage_control_mode", None),
            ("sensor", "storage_state_of_charge", PCT),
            ("sensor", "battery_1_dc_power", W),
            ("number", "charge_limit", W),
            ("number", "discharge_limit", W),
            ("sensor", "max_charge_power", W),
            ("sensor", "max_discharge_power", W),
            ("sensor", "rated_energy", "Wh"),
        ],
        {"mode_select", "enable", "soc", "power", "capacity_kwh", "charge_kw", "discharge_kw"},
    ),
    "fronius": (
        "fronius_modbus",
        [
            ("select", "fm_ext_control_mode", None),
            ("sensor", "fm_soc", PCT),
            ("sensor", "fm_storage_power", W),
            ("number", "fm_grid_charge_power", W),
            ("number", "fm_grid_discharge_power", W),
        ],
        {"mode_select", "soc", "power", "charge_number", "discharge_number"},
    ),
    "givenergy": (
        "givenergy_local",
        [
            ("select", "battery_pause_mode", None),
            ("sensor", "battery_percent", PCT),
            ("sensor", "p_battery", W),
            ("number", "battery_charge_limit", W),
            ("number", "battery_discharge_limit", W),
        ],
        {"mode_select", "soc", "power", "charge_number", "discharge_number"},
    ),
    "growatt": (
        "growatt_server",
        [
            ("number", "battery_discharge_power_limit", PCT),
            ("number", "battery_charge_power_limit", PCT),
            ("sensor", "tlx_statement_of_charge", PCT),
            ("sensor", "tlx_battery_1_charge_w", W),
            ("sensor", "tlx_battery_1_discharge_w", W),
            ("switch", "ac_charge", None),
        ],
        {"discharge_number", "charge_number", "soc", "charge_power", "grid_charge_switch"},
    ),
    "enphase": (
        "enphase_envoy",
        [
            ("select", "storage_mode", None),
            ("sensor", "aggregated_soc", PCT),
            ("sensor", "battery_discharge", W),
            ("number", "reserve_soc", PCT),
            ("switch", "charge_from_grid", None),
            ("sensor", "aggregated_max_battery_capacity", "Wh"),
        ],
        {"mode_select", "soc", "power", "min_soc_number", "grid_charge_switch", "capacity_kwh"},
    ),
    "sonnen": (
        "sonnenbatterie",
        [
            ("sensor", "state_battery_percentage_user", PCT),
            ("sensor", "state_battery_in", W),
            ("sensor", "state_battery_out", W),
        ],
        {"soc", "charge_power", "discharge_power", "sequence"},
    ),
    "tesla": (
        "teslemetry",
        [
            ("select", "default_real_mode", None),
            ("sensor", "percentage_charged", PCT),
            ("sensor", "battery_power", "kW"),
            ("number", "backup_reserve_percent", PCT),
            ("switch", "components_disallow_charge_from_grid_with_solar_installed", None),
        ],
        {"mode_select", "soc", "power", "min_soc_number", "grid_charge_switch"},
    ),
    "go_e": (
        "goecharger_api2",
        [
            ("sensor", "nrg_11", W),
            ("select", "frc", None),
            ("number", "amp", A),
            ("binary_sensor", "car_0", None),
        ],
        {"power", "mode_select", "power_number", "connected"},
    ),
    "easee": (
        "easee",
        [
            ("sensor", "power", "kW"),
            ("sensor", "status", None),
            ("sensor", "lifetime_energy", "kWh"),
        ],
        {"power", "connected", "energy", "sequence"},
    ),
    "zaptec": (
        "zaptec",
        [
            ("sensor", "total_charge_power", W),
            ("switch", "charger_operation_mode", None),
            ("sensor", "charger_operation_mode", None),
            ("number", "available_current", A),
        ],
        {"power", "switch", "connected", "power_number"},
    ),
    "wallbox": (
        "wallbox",
        [
            ("sensor", "charging_power", "kW"),
            ("switch", "pause_resume", None),
            ("number", "maximum_charging_current", None),
            ("sensor", "status_description", None),
        ],
        {"power", "switch", "connected", "power_number", "number_unit"},
    ),
    "ocpp": (
        "ocpp",
        [
            ("sensor", "Power.Active.Import", "kW"),
            ("switch", "charge_control", None),
            ("number", "maximum_current", A),
            ("sensor", "Status.Connector", None),
        ],
        {"power", "switch", "connected", "power_number"},
    ),
    "evcc": (
        "evcc_intg",
        [
            ("sensor", "garage_charge_power", W),
            ("select", "garage_mode", None),
            ("select", "garage_max_current", None),
            ("binary_sensor", "garage_connected", None),
            ("sensor", "garage_vehicle_soc", PCT),
        ],
        {"power", "mode_select", "power_number", "connected", "soc"},
    ),
    "sg_ready": (
        "esphome",
        [("switch", "sg_ready_1", None), ("switch", "sg_ready_2", None)],
        {"sg_1", "sg_2"},
    ),
    "sg_ready_select": ("mqtt", [("select", "sg_ready_mode", None)], {"mode_select"}),
    "huawei_solar": (
        "huawei_solar",
        [("number", "active_power_fixed_value_derating", W), ("sensor", "input_power", W)],
        {"limit_number", "power", "peak_kw"},
    ),
    "solaredge_solar": (
        "solaredge_modbus_multi",
        [("number", "se_i1_active_power_limit_set", PCT)],
        {"limit_number"},
    ),
    "victron_solar": (
        "victron_gx",
        [("number", "system_ess_max_feed_in_power", W), ("sensor", "system_dc_pv_power", W)],
        {"limit_number", "power"},
    ),
    "goodwe_solar": (
        "goodwe",
        [("number", "grid_export_limit", W), ("sensor", "ppv", W)],
        {"limit_number"},
    ),
}
YAML: dict[str, list[tuple[str, str, str, str | None]]] = {
    "sungrow": [
        ("sensor", "modbus", "sg_battery_level", PCT),
        ("sensor", "template", "sg_battery_charging_power", W),
        ("sensor", "template", "sg_battery_discharging_power", W),
        ("select", "template", "uid_ems_mode", None),
        ("select", "template", "uid_battery_forced_charge_discharge", None),
        ("number", "template", "uid_battery_forced_charge_discharge_power", W),
    ],
    "sungrow_solar": [
        ("number", "template", "uid_export_power_limit", W),
        ("switch", "template", "sg_export_power_limit_switch", None),
        ("sensor", "modbus", "sg_total_dc_power", W),
    ],
}


def made(hass: HomeAssistant, key: str) -> presets.Proposal:
    """Register hardware and return what is proposed for it."""
    platform, entities, _ = KNOWN[key]
    hardware = Hardware(hass, platform)
    device_id = hardware.device("Box")
    for domain, name, unit in entities:
        hardware.entity(
            device_id,
            domain,
            name,
            5,
            unit=unit,
            object_id=f"x_{abs(hash(name))}",
            max=5000,
            options=["any"],
        )
    (proposal,) = [each for each in presets.proposed(hass, device_id) if each.preset == key]
    return proposal


def device(hass: HomeAssistant, proposal: presets.Proposal, **data: Any) -> Device:
    return Device(
        "id",
        proposal.kind,
        "Box",
        {**data, **proposal.data},
        range_of=partial(range_of, hass),
        level_of=partial(level_of, hass),
    )


def yaml(hass: HomeAssistant, key: str) -> presets.Proposal:
    """Register entities of YAML, which belong to no device."""
    for domain, platform, name, unit in YAML[key]:
        entry = er.async_get(hass).async_get_or_create(
            domain, platform, name, unit_of_measurement=unit
        )
        hass.states.async_set(entry.entity_id, "5", {"unit_of_measurement": unit, "max": 5000})
    (proposal,) = [each for each in presets.found(hass) if each.preset == key]
    assert proposal.device_id is None
    return proposal


def test_every_preset_is_shown_here() -> None:
    assert {each.key for each in presets.PRESETS} == {*KNOWN, *YAML, "plug"}


@pytest.mark.parametrize("key", KNOWN)
async def test_hardware_fills_in_its_form(hass: HomeAssistant, key: str) -> None:
    proposal = made(hass, key)
    assert KNOWN[key][2] <= proposal.data.keys()
    kind = KINDS[proposal.kind]
    first = kind.forms(proposal.data)[0]
    pages = kind.forms(proposal.data)
    fields = {name for page in pages for name in page.keys(hass, proposal.data)}
    assert proposal.data.keys() <= fields, "every field that is filled in exists"
    usual = {"charge_kw": 11.0, "peak_kw": 8.0} | proposal.data
    for page in pages:
        wrong = page.check(hass, usual)
        named = {name: error for name, error in wrong.items() if name in proposal.data}
        assert named == {}, "and nothing in it is refused"
    assert first.step == proposal.kind


@pytest.mark.parametrize("key", [each.key for each in presets.BATTERIES if each.key in KNOWN])
async def test_a_battery_is_held_and_given_back(hass: HomeAssistant, key: str) -> None:
    proposal = made(hass, key)
    battery = device(hass, proposal, charge_kw=5.0, discharge_kw=5.0, capacity_kwh=10.0)
    hold = actions(battery, Command("id", Mode.HOLD, 0.0, Reason("any")))
    default = actions(battery, "default")
    assert hold
    assert default
    assert hold != default
    if sequence := proposal.data.get("sequence"):
        await async_validate_actions_config(hass, cv.SCRIPT_SCHEMA(sequence))


@pytest.mark.parametrize("key", [each.key for each in presets.CHARGERS])
async def test_a_charger_starts_and_stops(hass: HomeAssistant, key: str) -> None:
    charger = device(hass, made(hass, key), charge_kw=11.0, released="on")
    on = actions(charger, DeviceCommand("id", True, 6.9, None, Reason("any")))
    off = actions(charger, DeviceCommand("id", False, 0.0, None, Reason("any")))
    assert on
    assert off
    assert on != off


@pytest.mark.parametrize("key", [each.key for each in presets.ARRAYS if each.key in KNOWN])
async def test_an_array_is_held_back(hass: HomeAssistant, key: str) -> None:
    array = device(hass, made(hass, key), peak_kw=8.0)
    assert throttle(array, 0.0) != throttle(array, None)


@pytest.mark.parametrize("key", YAML)
async def test_entities_of_yaml_are_recognised_without_a_device(
    hass: HomeAssistant, key: str
) -> None:
    proposal = yaml(hass, key)
    assert proposal.data["writes_a_day"] == 200


async def test_a_sungrow_inverter_is_told_in_the_right_order(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    proposal = yaml(hass, "sungrow")
    selects = async_mock_service(hass, "select", "select_option")
    numbers = async_mock_service(hass, "number", "set_value")
    battery = device(hass, proposal, capacity_kwh=10.0)
    assert KINDS["battery"].asset(battery).charge_kw == 5.0
    actuator = Actuator(hass, HomeStore(hass, "home"), [battery], DriveIssues(hass, "home", "Home"))
    charge = Command("id", Mode.CHARGE, -2.0, Reason("any"))
    await actuator.async_converge({"id": charge}, 0.0)
    await actuator.async_converge({"id": "default"}, 10.0)
    assert [each.data["option"] for each in selects] == [
        "Forced mode",
        "Forced charge",
        "Stop (default)",
        "Self-consumption mode (default)",
    ]
    assert [each.data["value"] for each in numbers] == [2000]


async def test_a_huawei_battery_is_held_by_its_limit(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    proposal = made(hass, "huawei")
    numbers = async_mock_service(hass, "number", "set_value")
    stops = async_mock_service(hass, "huawei_solar", "stop_forcible_charge")
    charges = async_mock_service(hass, "huawei_solar", "forcible_charge")
    battery = device(hass, proposal, capacity_kwh=10.0)
    actuator = Actuator(hass, HomeStore(hass, "home"), [battery], DriveIssues(hass, "home", "Home"))
    for second, wish in enumerate((Mode.HOLD, Mode.CHARGE)):
        command = Command("id", wish, -1.5 if wish is Mode.CHARGE else 0.0, Reason("any"))
        await actuator.async_converge({"id": command}, 10.0 * second)
    assert [each.data["value"] for each in numbers] == [0, 5000]
    assert len(stops) == 1
    assert charges[0].data["power"] == 1500
    assert charges[0].data["device_id"] == proposal.device_id
