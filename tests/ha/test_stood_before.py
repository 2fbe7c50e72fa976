"""What a device's settings were before SHEMS took it is what they are again afterwards."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.models import User
from homeassistant.core import Context, HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.devices import Before, Device, actions
from custom_components.shems.devices.device import Range

from .conftest import BATTERY, ENTRY_ID, MODE, POWER, advance, call, start

CONTROL = f"{DOMAIN}.{ENTRY_ID}.control"


def shown(hass: HomeAssistant) -> tuple[str, float]:
    """Return the inverter's mode and power."""
    return hass.states.get(MODE).state, float(hass.states.get(POWER).state)


async def rounds(hass: HomeAssistant, frozen: FrozenDateTimeFactory, count: int = 3) -> None:
    for _ in range(count):
        await advance(hass, frozen, 5)


@pytest.fixture
async def driving(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> HomeCoordinator:
    """Return a home that charges its battery, whose owner had set a lower power."""
    await call(hass, "input_number", "set_value", POWER, value=3000)
    await call(hass, "switch", "turn_on", "switch.battery_allow_control")
    await rounds(hass, frozen)
    assert shown(hass) == ("charge", 5000.0)
    return home


async def test_a_limit_is_given_back_as_it_was(
    hass: HomeAssistant, driving: HomeCoordinator, remembered: dict[str, Any]
) -> None:
    """Its form would say 5 kW."""
    assert remembered[CONTROL]["data"]["before"][BATTERY][POWER]["state"] == "3000.0"
    await hass.config_entries.async_unload(ENTRY_ID)
    assert shown(hass) == ("automatic", 3000.0)
    assert remembered[CONTROL]["data"]["before"] == {}


async def test_after_a_crash_too(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    at = remembered[f"{DOMAIN}.{ENTRY_ID}.memory"]["data"]["slots"][-1]["end"]
    remembered[CONTROL] = {
        "version": 1,
        "minor_version": 1,
        "key": CONTROL,
        "data": {
            "devices": {},
            "owned": {BATTERY: at},
            "before": {BATTERY: {POWER: {"state": "2500"}}},
        },
    }
    await call(hass, "input_select", "select_option", MODE, option="charge")
    home = await start(hass, entry, frozen)
    await rounds(hass, frozen, 1)
    assert shown(hass) == ("automatic", 2500.0)
    assert home.store.control.before == {}


async def test_what_somebody_left_as_shems_had_it_is_not_what_stood_before(
    hass: HomeAssistant,
    driving: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    hass_admin_user: User,
) -> None:
    """Who takes the device by its mode leaves 5 kW, which nobody chose."""
    person = Context(user_id=hass_admin_user.id)
    await call(hass, "input_select", "select_option", MODE, option="hold", context=person)
    await rounds(hass, frozen, 1)
    assert driving.store.control.owned == {}
    await driving.async_clear_override(BATTERY, Context())
    await rounds(hass, frozen)
    assert shown(hass) == ("charge", 5000.0)
    await hass.config_entries.async_unload(ENTRY_ID)
    assert shown(hass) == ("automatic", 3000.0)


@pytest.mark.parametrize("while_driven", [True, False])
async def test_what_somebody_changed_meanwhile_stands(
    hass: HomeAssistant,
    driving: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    hass_admin_user: User,
    while_driven: bool,
) -> None:
    person = Context(user_id=hass_admin_user.id)
    if not while_driven:
        await call(hass, "input_select", "select_option", MODE, option="hold", context=person)
    await call(hass, "input_number", "set_value", POWER, value=2000, context=person)
    await rounds(hass, frozen, 1)
    assert driving.store.control.owned == {}
    await driving.async_clear_override(BATTERY, Context())
    await rounds(hass, frozen)
    assert shown(hass) == ("charge", 5000.0)
    await hass.config_entries.async_unload(ENTRY_ID)
    assert shown(hass) == ("automatic", 2000.0)


def device(kind: str, **data: Any) -> Device:
    """Return a device all of whose numbers take whole steps up to a hundred."""
    made = Device("id", kind, "Thing", data)
    return replace(made, range_of=lambda _: Range("A", 0.0, 100.0, 1.0))


def calls(
    of: Device, before: dict[str, Before], order: Any = "default"
) -> list[tuple[str, object]]:
    """Return what gives a device back: each action with what it sets."""
    return [
        (each.service, next((v for k, v in each.data.items() if k != "entity_id"), None))
        for each in actions(of, order, before)
    ]


CHARGER = {"switch": "switch.c", "power_number": "number.c", "charge_kw": 11.0}
AMPS = {"number.c": Before("12")}


@pytest.mark.parametrize(
    ("released", "wanted"),
    [
        ("on", [("set_value", 12.0), ("turn_on", None)]),
        ("off", [("turn_off", None), ("set_value", 12.0)]),
        ("keep", [("set_value", 12.0)]),
    ],
)
def test_a_charger_has_its_current_again(released: str, wanted: list[object]) -> None:
    charger = device("vehicle", **CHARGER, released=released)
    assert calls(charger, AMPS) == wanted
    assert calls(charger, AMPS, "on") == calls(charger, {}, "on"), "only when it is given back"


def test_what_shows_no_number_is_as_the_form_has_it() -> None:
    charger = device("vehicle", **CHARGER, released="on")
    assert calls(charger, {"number.c": Before("auto")}) == calls(charger, {})
    assert calls(charger, {"number.other": Before("3")}) == calls(charger, {})


def test_the_form_s_word_for_without_shems_counts_more() -> None:
    inverter = device(
        "battery", control="number", power_number="number.c", charge_kw=5.0, release_value=7.0
    )
    assert calls(inverter, AMPS) == [("set_value", 7.0)]
    roof = device("solar", limit_number="number.c", peak_kw=5.0, limit_released=99.0)
    assert calls(roof, AMPS) == [("set_value", 99.0)]
    free = device("solar", limit_number="number.c", peak_kw=5.0)
    assert calls(free, AMPS) == [("set_value", 12.0)]
    steps = device("vehicle", **CHARGER, released="on", sequence=[{"action": "a.b"}])
    assert [name for name, _ in calls(steps, AMPS)] == ["set_value", "turn_on", "steps"]


@pytest.mark.parametrize(
    ("form", "stood", "wanted"),
    [
        ({}, Before("heat", 20.5), [("set_temperature", 20.5)]),
        ({}, Before("heat"), []),
        ({}, Before("heat", 20.5, "none"), [("set_temperature", 20.5)]),
        ({}, Before("heat", 20.5, "eco"), [("set_preset_mode", "eco")]),
        ({"driven_mode": "heat"}, Before("heat", 20.5), [("set_temperature", 20.5)]),
        ({"driven_mode": "heat"}, Before("auto", 20.5), [("set_hvac_mode", "auto")]),
        ({"resting_mode": "off"}, Before("heat", 20.5), [("set_hvac_mode", "heat")]),
        ({"released_mode": "off"}, Before("heat", 20.5, "eco"), [("set_hvac_mode", "off")]),
        (
            {"driven_preset": "boost"},
            Before("heat", 20.5, "none"),
            [("set_temperature", 20.5), ("set_preset_mode", "none")],
        ),
        ({"released_preset": "away"}, Before("heat", 20.5, "eco"), [("set_preset_mode", "away")]),
        ({"released_c": 18.0}, Before("heat", 20.5), [("set_temperature", 18.0)]),
    ],
)
def test_a_thermostat_is_as_it_was(
    form: dict[str, Any], stood: Before, wanted: list[object]
) -> None:
    data = {"thermostat": "climate.c", "power_kw": 2.0, "low_c": 20.0, "high_c": 22.0, **form}
    assert calls(device("heating", **data), {"climate.c": stood}) == wanted


def test_a_number_of_degrees_is_as_it_was() -> None:
    data = {"temperature_number": "number.c", "power_kw": 2.0, "low_c": 20.0, "high_c": 22.0}
    told = partial(device, "heating", **data)
    assert calls(told(), {"number.c": Before("19")}) == [("set_value", 19.0)]
    assert calls(told(released_c=18.0), {"number.c": Before("19")}) == [("set_value", 18.0)]
