"""Every generic way to drive a device: modes, limits, buttons, contacts and own actions."""

from typing import Any

import pytest
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.core.dispatch.command import Command, DeviceCommand
from custom_components.shems.core.plan.result import Mode, Reason
from custom_components.shems.devices import KINDS, Action, Device, Expect, Order, actions
from custom_components.shems.devices.action import targets
from custom_components.shems.devices.device import Range
from custom_components.shems.devices.setpoint import range_of
from custom_components.shems.devices.solar import throttle
from custom_components.shems.orders import controls, is_driven

from .flow_pages import measure, subentry_flow

AMPS = Range("A", 6.0, 16.0, 1.0)
STEPS = [
    {"action": "number.set_value", "target": {"entity_id": "number.a"}, "data": {"value": 1}},
    {"choose": [{"sequence": [{"action": "switch.turn_on", "data": {"entity_id": ["switch.b"]}}]}]},
    {"condition": "state", "entity_id": "sensor.c", "state": "on"},
    {"action": "notify.all", "target": {"entity_id": "{{ who }}"}},
]


def device(
    kind: str,
    *,
    ranges: dict[str, Range] | None = None,
    levels: dict[str, float] | None = None,
    **data: Any,
) -> Device:
    known, shown = ranges or {}, levels or {}
    return Device(
        "id",
        kind,
        "Thing",
        data,
        range_of=lambda each: known.get(each, Range()),
        level_of=shown.get,
    )


def run(power_kw: float, *, on: bool = True) -> DeviceCommand:
    return DeviceCommand("id", on, power_kw if on else 0.0, None, Reason("any"))


def told(made: tuple[Action, ...]) -> list[tuple[str, Any]]:
    """Return each entity with what it is told, and steps with their variables."""
    return [
        ("steps", dict(each.data))
        if each.steps
        else (
            each.entity_id,
            next(
                (value for key, value in each.data.items() if key != "entity_id"),
                each.service.removeprefix("turn_"),
            ),
        )
        for each in made
    ]


CHARGER = {
    "charge_kw": 11.0,
    "phases": "3",
    "power_number": "number.amps",
    "mode_select": "select.force",
    "option_on": "charge",
    "option_off": "pause",
    "option_default": "neutral",
    "released": "on",
}


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (run(6.9), [("number.amps", 10.0), ("select.force", "charge")]),
        (run(0.0, on=False), [("select.force", "pause")]),
        ("default", [("number.amps", 15.0), ("select.force", "neutral")]),
        ("off", [("select.force", "pause")]),
    ],
)
def test_a_charger_with_a_select(order: Order, expected: list[tuple[str, Any]]) -> None:
    charger = device("vehicle", ranges={"number.amps": AMPS}, **CHARGER)
    assert told(actions(charger, order)) == expected


def test_what_is_kept_as_it_is_still_returns_to_a_mode_of_its_own() -> None:
    charger = device("vehicle", **CHARGER | {"released": "keep"})
    assert told(actions(charger, "default")) == [("select.force", "neutral")]
    plain = device("vehicle", charge_kw=11.0, switch="switch.car", released="keep")
    assert actions(plain, "default") == ()


def test_a_charger_with_buttons_believes_a_contactor() -> None:
    charger = device(
        "vehicle",
        charge_kw=11.0,
        start_button="button.go",
        stop_button="input_button.halt",
        confirm="binary_sensor.contactor",
    )
    (go,) = actions(charger, run(11.0))
    assert (go.domain, go.service, go.entity_id) == ("button", "press", "button.go")
    assert go.expect == Expect("binary_sensor.contactor", "on", lasts=False)
    (halt,) = actions(charger, run(0.0, on=False))
    assert (halt.domain, halt.entity_id) == ("input_button", "input_button.halt")
    assert halt.expect == Expect("binary_sensor.contactor", "off", lasts=False)


def test_a_number_without_a_unit_has_the_forms() -> None:
    unnamed = Range(None, 6.0, 32.0, 1.0)
    charger = device(
        "vehicle",
        charge_kw=11.0,
        power_number="number.amps",
        number_unit="A",
        ranges={"number.amps": unnamed},
    )
    assert told(actions(charger, run(5.6))) == [("number.amps", 8.0)]


@pytest.mark.parametrize(("power_kw", "option"), [(6.9, "10"), (7.5, "10"), (3.0, "6")])
def test_a_select_of_amperes_stands_in_for_a_number(power_kw: float, option: str) -> None:
    charger = device(
        "vehicle",
        charge_kw=11.0,
        power_number="select.amps",
        number_unit="A",
        ranges={"select.amps": Range(options=("6", "10", "16"))},
    )
    assert told(actions(charger, run(power_kw))) == [("select.amps", option)]


@pytest.mark.parametrize(
    ("unit", "expect"),
    [
        ("W", Expect("sensor.told", 6900.0, 345.0, lasts=False)),
        ("kW", Expect("sensor.told", 6.9, pytest.approx(0.345), lasts=False)),
        ("A", Expect("sensor.told", pytest.approx(10.0), 0.5, lasts=False)),
        ("%", None),
        (None, Expect("sensor.told", "on")),
    ],
)
def test_steps_are_told_what_is_wanted_and_confirmed_by_what_is_named(
    unit: str | None, expect: Expect | None
) -> None:
    charger = device(
        "vehicle",
        capacity_kwh=58.0,
        charge_kw=11.0,
        least_kw=4.14,
        target_soc=80.0,
        sequence=STEPS,
        confirm="sensor.told",
        ranges={"sensor.told": Range(unit)},
    )
    (made,) = actions(charger, run(6.9))
    assert made.data == {
        "mode": "on",
        "power_w": 6900,
        "current_a": 10.0,
        "soc": 80.0,
        "phases": 3,
    }
    assert made.steps == tuple(STEPS)
    assert made.expect == expect
    assert KINDS["vehicle"].asset(charger).lowest_kw == 4.14, "steps can modulate"


def test_only_what_steps_act_on_is_driven_by_them() -> None:
    assert set(targets(STEPS)) == {"number.a", "switch.b"}
    charger = device("vehicle", charge_kw=11.0, sequence=STEPS)
    assert controls(charger) == {"number.a", "switch.b"}
    blind = device("vehicle", charge_kw=11.0, sequence=[{"event": "charge"}], released="off")
    assert controls(blind) == frozenset()
    assert is_driven(blind)
    assert not is_driven(device("vehicle", charge_kw=11.0))


def test_a_load_is_shed_by_a_select() -> None:
    freezer = device(
        "sheddable",
        power_kw=0.2,
        mode_select="select.mode",
        option_on="run",
        option_off="pause",
    )
    assert told(actions(freezer, run(0.2))) == [("select.mode", "pause")]
    assert told(actions(freezer, "default")) == [("select.mode", "run")]


PUMP = {"power_kw": 2.0, "low_c": 20.0, "high_c": 23.0, "sg_2": "switch.two"}


@pytest.mark.parametrize(
    ("states", "on", "off"),
    [
        ({}, [("switch.two", "on")], [("switch.two", "off")]),
        (
            {"sg_1": "switch.one", "sg_on": "forced", "sg_off": "blocked"},
            [("switch.one", "on"), ("switch.two", "on")],
            [("switch.two", "off"), ("switch.one", "on")],
        ),
        (
            {"sg_1": "switch.one", "sg_on": "advised", "sg_off": "normal"},
            [("switch.one", "off"), ("switch.two", "on")],
            [("switch.one", "off"), ("switch.two", "off")],
        ),
    ],
)
def test_a_heat_pump_with_contacts(
    states: dict[str, str], on: list[tuple[str, str]], off: list[tuple[str, str]]
) -> None:
    pump = device("heating", **{"sg_on": "advised", "sg_off": "normal", **PUMP, **states})
    assert told(actions(pump, run(2.0))) == on
    assert told(actions(pump, run(0.0, on=False))) == off
    released = [("switch.one", "off")] * ("sg_1" in states) + [("switch.two", "off")]
    assert told(actions(pump, "default")) == released


def test_a_heat_pump_with_presets_and_one_that_is_turned_off() -> None:
    modes = {
        "driven_mode": "heat",
        "driven_preset": "comfort",
        "resting_preset": "eco",
        "released_preset": "none",
    }
    pump = device("heating", **PUMP | {"sg_2": None, "thermostat": "climate.pump"}, **modes)
    on, preset = actions(pump, run(2.0))
    assert on.data["hvac_mode"] == "heat"
    assert (preset.service, preset.data["preset_mode"]) == ("set_preset_mode", "comfort")
    assert preset.expect == Expect("climate.pump", "comfort", attribute="preset_mode")
    assert told(actions(pump, run(0.0, on=False)))[-1] == ("climate.pump", "eco")
    assert told(actions(pump, "default")) == [("climate.pump", "none")]
    off = device(
        "heating",
        **PUMP | {"sg_2": None, "thermostat": "climate.pump"},
        driven_mode="heat",
        resting_mode="off",
    )
    assert told(actions(off, run(0.0, on=False))) == [("climate.pump", "off")]
    assert [each.service for each in actions(off, run(2.0))] == [
        "set_hvac_mode",
        "set_temperature",
    ]


def test_a_heat_pump_with_steps_is_given_back_by_them() -> None:
    pump = device("heating", **PUMP | {"sg_2": None}, sequence=STEPS, confirm="sensor.mode")
    (made,) = actions(pump, run(1.5))
    assert made.data["mode"] == "on"
    assert made.data["temperature_c"] == 23.0
    (back,) = actions(pump, "default")
    assert back.data["mode"] == "default"
    assert back.expect == Expect("sensor.mode", "default")


def battery(control: str, **data: Any) -> Device:
    given = {"charge_kw": 5.0, "discharge_kw": 4.0, "reserve_soc": 15.0, "max_soc": 95.0}
    watts = Range("W", 0.0, 5000.0, 10.0)
    return device(
        "battery",
        ranges={"number.charge": watts, "number.discharge": watts},
        levels={"sensor.soc": 61.7},
        **{"control": control, "capacity_kwh": 10.0, "soc": "sensor.soc", **given, **data},
    )


def order(mode: Mode, power_kw: float = 0.0) -> Command:
    return Command("id", mode, power_kw, Reason("any"))


LIMITED = {"charge_number": "number.charge", "discharge_number": "number.discharge"}


@pytest.mark.parametrize(
    ("wanted", "charge", "discharge"),
    [
        (order(Mode.SELF_CONSUME), 5000.0, 4000.0),
        (order(Mode.ABSORB), 5000.0, 0.0),
        (order(Mode.COVER), 0.0, 4000.0),
        (order(Mode.HOLD), 0.0, 0.0),
        (order(Mode.CHARGE, -2.0), 5000.0, 0.0),
        ("default", 5000.0, 4000.0),
    ],
)
def test_limits_alone_let_a_battery_do_less(wanted: Order, charge: float, discharge: float) -> None:
    limited = battery("limits", **LIMITED)
    assert dict(told(actions(limited, wanted))) == {
        "number.charge": charge,
        "number.discharge": discharge,
    }
    asset = KINDS["battery"].asset(limited)
    assert (asset.may_charge_from_grid, asset.may_discharge_to_grid) == (False, False)


def test_the_direction_that_ends_comes_first() -> None:
    limited = battery("limits", **LIMITED)
    assert told(actions(limited, order(Mode.COVER)))[0] == ("number.charge", 0.0)
    assert told(actions(limited, order(Mode.ABSORB)))[0] == ("number.discharge", 0.0)


def test_a_reserve_holds_a_battery_where_nothing_else_does() -> None:
    backup = battery(
        "select",
        mode_select="select.mode",
        option_self_consume="self",
        option_charge="backup",
        option_default="self",
        min_soc_number="number.reserve",
        target_soc_number="number.target",
        grid_charge_switch="switch.grid",
    )
    assert told(actions(backup, order(Mode.HOLD))) == [
        ("select.mode", "self"),
        ("switch.grid", "off"),
        ("number.reserve", 61.0),
        ("number.target", 95.0),
    ]
    charging = told(actions(backup, order(Mode.CHARGE, -3.0)))
    assert charging[-1] == ("select.mode", "backup")
    assert ("switch.grid", "on") in charging
    assert ("number.reserve", 15.0) in told(actions(backup, order(Mode.COVER)))
    assert ("number.reserve", 15.0) in told(actions(backup, "default"))
    asset = KINDS["battery"].asset(backup)
    assert asset.may_charge_from_grid
    assert not asset.may_discharge_to_grid, "no plan counts on what it cannot be made to do"


def test_a_reserve_that_is_not_needed_to_hold_stays() -> None:
    held = battery("limits", **LIMITED, min_soc_number="number.reserve")
    assert ("number.reserve", 15.0) in told(actions(held, order(Mode.HOLD)))
    blind = device("battery", control="limits", soc="sensor.soc", min_soc_number="number.reserve")
    assert told(actions(blind, order(Mode.HOLD))) == [("number.reserve", 0.0)]


def test_remote_control_comes_before_a_mode_and_goes_after_it() -> None:
    inverter = battery(
        "select",
        mode_select="select.mode",
        option_self_consume="auto",
        option_charge="charge",
        option_default="auto",
        enable="select.remote",
        enable_option="remote",
        release_option="local",
        **LIMITED,
        limits_always=False,
    )
    assert told(actions(inverter, order(Mode.CHARGE, -2.0))) == [
        ("select.remote", "remote"),
        ("number.charge", 2000.0),
        ("select.mode", "charge"),
    ]
    assert told(actions(inverter, order(Mode.HOLD))) == [
        ("select.remote", "remote"),
        ("select.mode", "auto"),
    ], "such limits only mean something while a direction is forced"
    assert told(actions(inverter, "default")) == [
        ("select.mode", "auto"),
        ("select.remote", "local"),
    ]


@pytest.mark.parametrize(
    ("wanted", "variables"),
    [
        (
            order(Mode.CHARGE, -2.56),
            {"mode": "charge", "power_w": -2560, "current_a": -50.0, "soc": 95.0},
        ),
        (
            order(Mode.DISCHARGE, 1.0),
            {"mode": "discharge", "power_w": 1000, "current_a": 19.5, "soc": 15.0},
        ),
        (order(Mode.COVER, 0.7), {"mode": "cover", "power_w": 0, "current_a": 0.0, "soc": 15.0}),
        ("default", {"mode": "default", "power_w": 0, "current_a": 0.0, "soc": 15.0}),
    ],
)
def test_a_battery_with_steps(wanted: Order, variables: dict[str, Any]) -> None:
    (made,) = actions(battery("actions", sequence=STEPS, battery_volts=51.2), wanted)
    assert made.data == variables


def test_an_array_whose_inverter_minds_the_meter_feeds_in_nothing() -> None:
    roof = device(
        "solar",
        peak_kw=8.0,
        limit_number="number.export",
        limit_kind="export",
        limit_released=5000.0,
        limit_enable="switch.limit",
        ranges={"number.export": Range("W", 0.0, 10000.0, 1.0)},
    )
    assert told(throttle(roof, 2.0)) == [("number.export", 0.0), ("switch.limit", "on")]
    assert told(throttle(roof, None)) == [("switch.limit", "off"), ("number.export", 5000.0)]


def test_an_array_that_is_only_switched() -> None:
    roof = device("solar", peak_kw=2.0, limit_switch="switch.inverter")
    assert told(throttle(roof, 0.0)) == [("switch.inverter", "off")]
    assert told(throttle(roof, 1.0)) == [("switch.inverter", "on")]
    assert told(actions(roof, "default")) == [("switch.inverter", "on")]
    asset = KINDS["solar"].asset(roof)
    assert (asset.curtailable, asset.switched) == (False, True)


def test_an_array_with_steps() -> None:
    roof = device("solar", peak_kw=8.0, sequence=STEPS)
    (made,) = throttle(roof, 2.5)
    assert (made.data["mode"], made.data["power_w"]) == ("limit", 2500)
    (back,) = throttle(roof, None)
    assert back.data["mode"] == "default"
    assert KINDS["solar"].asset(roof).curtailable


def test_an_appliance_is_started_by_steps() -> None:
    washer = device("appliance", sequence=STEPS, running="sensor.state", running_states=["runs"])
    (made,) = actions(washer, run(1.0))
    assert made.data["mode"] == "start"
    assert made.expect == Expect("sensor.state", ("runs",))
    assert actions(washer, "default") == ()


# Forms


@pytest.fixture
def entry(hass: HomeAssistant) -> MockConfigEntry:
    """Return a home with its entities, not set up."""
    measure(hass, "sensor.power", "W")
    measure(hass, "sensor.soc", "%")
    measure(hass, "number.amps", None)
    measure(hass, "number.limit", "W")
    measure(hass, "number.level", "%")
    hass.states.async_set("select.mode", "auto", {"options": ["auto", "charge", "off"]})
    hass.states.async_set("select.empty", "unknown")
    hass.states.async_set("button.go", "unknown")
    hass.states.async_set("switch.one", "off")
    home = MockConfigEntry(domain="shems", title="Casa", data={"kind": "home", "name": "Casa"})
    home.add_to_hass(hass)
    return home


CAR: dict[str, Any] = {
    "name": "Car",
    "power": "sensor.power",
    "capacity_kwh": 58.0,
    "charge_kw": 11.0,
    "least_kw": 4.14,
    "absent_states": ["away"],
    "ready_by": "06:30:00",
    "target_soc": 80.0,
    "session_kwh": 12.0,
    "released": "on",
    "details": {},
    "pace": {},
}


async def test_a_form_asks_for_the_options_of_a_select(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    pages = await subentry_flow(hass, entry.entry_id, "vehicle")
    await pages.give(**CAR | {"power_number": "number.amps"})
    assert pages.result["errors"] == {"power_number": "not_setpoint"}
    for driving, error in (
        ({"mode_select": "select.gone"}, "driving_not_found"),
        ({"mode_select": "select.empty"}, "no_options"),
        ({"start_button": "button.go"}, "button_alone"),
        ({"confirm": "sensor.gone"}, "driving_not_found"),
    ):
        await pages.give(**CAR, driving=driving)
        assert pages.result["errors"] == {"base": error}
    driving = {"mode_select": "select.mode", "number_unit": "A", "writes_a_day": 96.0}
    await pages.give(**CAR | {"power_number": "number.amps"}, driving=driving)
    assert pages.result["step_id"] == "vehicle_options"
    await pages.give(option_on="charge", option_off="charge")
    assert pages.result["errors"] == {"base": "same_option"}
    await pages.give(option_on="charge", option_off="off", option_default="auto")
    assert pages.result["type"] is FlowResultType.CREATE_ENTRY
    (subentry,) = entry.subentries.values()
    assert subentry.data["writes_a_day"] == 96.0
    assert subentry.data["option_default"] == "auto"


async def test_options_that_are_numbers_are_found(hass: HomeAssistant) -> None:
    hass.states.async_set("select.amps", "6", {"options": ["off", "6", "10.5"]})
    assert range_of(hass, "select.amps").options == ("6", "10.5")
    assert range_of(hass, "select.gone").options == ()


async def test_a_form_takes_actions(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    pages = await subentry_flow(hass, entry.entry_id, "vehicle")
    await pages.give(**CAR, driving={"sequence": [{"nonsense": 1}]})
    assert pages.result["errors"] == {"base": "sequence_invalid"}
    await pages.give(**CAR, driving={"sequence": STEPS[:1], "refresh_min": 5.0})
    (subentry,) = entry.subentries.values()
    assert subentry.data["sequence"] == STEPS[:1]
    assert subentry.data["refresh_min"] == 5.0


@pytest.mark.parametrize(
    ("driving", "error"),
    [
        ({"sg_2": "switch.gone"}, "driving_not_found"),
        ({"sg_1": "switch.one", "sg_2": "switch.one"}, "driving_same"),
        ({"sg_2": "switch.one", "sg_on": "forced"}, "sg_first_missing"),
        ({"sg_2": "switch.one", "sg_off": "blocked"}, "sg_first_missing"),
    ],
)
async def test_contacts_that_cannot_be(
    hass: HomeAssistant, entry: MockConfigEntry, driving: dict[str, str], error: str
) -> None:
    pages = await subentry_flow(hass, entry.entry_id, "heating")
    form: dict[str, Any] = {
        "name": "Pump",
        "power": "sensor.power",
        "heater": "heat_pump",
        "power_kw": 2.0,
        "low_c": 20.0,
        "high_c": 23.0,
        "nights": {},
        "building": {},
        "pace": {},
    }
    await pages.give(**form, temperature="sensor.power", driving=driving)
    assert pages.result["errors"]["base"] == error


BATTERY: dict[str, Any] = {
    "name": "Cellar",
    "soc": "sensor.soc",
    "power": "sensor.power",
    "power_inverted": False,
    "capacity_kwh": 10.0,
    "charge_kw": 5.0,
    "discharge_kw": 5.0,
    "details": {},
}


async def test_a_battery_that_is_only_limited(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    pages = await subentry_flow(hass, entry.entry_id, "battery")
    await pages.give(**BATTERY, control="limits")
    assert pages.result["step_id"] == "battery_limits"
    await pages.give(battery_volts=51.2, charge_number="number.limit")
    assert pages.result["errors"] == {"base": "limits_missing"}
    await pages.give(battery_volts=51.2, min_soc_number="number.limit")
    assert pages.result["errors"] == {"min_soc_number": "not_percent"}
    await pages.give(battery_volts=51.2, min_soc_number="number.level")
    assert pages.result["type"] is FlowResultType.CREATE_ENTRY


async def test_a_battery_with_actions(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    pages = await subentry_flow(hass, entry.entry_id, "battery")
    await pages.give(**BATTERY, control="actions")
    assert pages.result["step_id"] == "battery_actions"
    await pages.give(sequence=[{"nonsense": 1}], battery_volts=51.2)
    assert pages.result["errors"] == {"base": "sequence_invalid"}
    await pages.give(sequence=STEPS[:1], battery_volts=51.2, driving={"confirm": "sensor.gone"})
    assert pages.result["errors"] == {"base": "driving_not_found"}
    await pages.give(sequence=STEPS[:1], battery_volts=51.2, driving={"writes_a_day": 50})
    assert pages.result["type"] is FlowResultType.CREATE_ENTRY


async def test_a_battery_with_remote_control_by_a_select(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    pages = await subentry_flow(hass, entry.entry_id, "battery")
    await pages.give(**BATTERY, control="select")
    await pages.give(mode_select="select.mode", enable="select.empty", battery_volts=51.2)
    assert pages.result["errors"] == {"enable": "no_options"}
    await pages.give(mode_select="select.mode", enable="select.mode", battery_volts=51.2)
    assert pages.result["step_id"] == "battery_options"
    await pages.give(option_self_consume="auto", option_charge="charge", option_default="auto")
    assert pages.result["step_id"] == "battery_enable"
