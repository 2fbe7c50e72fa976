"""Users' switches as timetables of a battery, which rests, and of a load, which stays on."""

from collections.abc import Callable
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant

from .conftest import (
    BATTERY,
    MODE,
    PLUG,
    PUMP,
    MockConfigEntry,
    advance,
    call,
    pump_shows,
    start,
)

QUIET = "input_boolean.quiet"
BARRED = {"timetable": QUIET, "timetable_rule": "not_while_on"}


async def plans(hass: HomeAssistant, frozen: FrozenDateTimeFactory, quiet: str) -> None:
    """Let the user's switch change, and plans and devices follow."""
    hass.states.async_set(QUIET, quiet)
    for _ in range(4):
        await advance(hass, frozen, 6)


async def test_a_battery_rests_while_its_switch_is_on(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    plain = entry.subentries[BATTERY]
    barred = ConfigSubentry(
        data={**plain.data, **BARRED},
        subentry_id=BATTERY,
        subentry_type="battery",
        title=plain.title,
        unique_id=None,
    )
    object.__setattr__(entry, "subentries", {**entry.subentries, BATTERY: barred})
    hass.states.async_set(QUIET, "off")
    home = await start(hass, entry, frozen)
    await call(hass, "switch", "turn_on", "switch.battery_allow_control")
    await advance(hass, frozen, 2)
    assert hass.states.get(MODE).state == "charge", "it is cheap until eleven"
    await plans(hass, frozen, "on")
    assert hass.states.get(MODE).state == "hold"
    part = home.data.plan.battery(BATTERY)
    assert {each.code for each in part.reason} == {"timetable_rests"}
    assert abs(part.power_kw).max() < 1e-6
    await plans(hass, frozen, "off")
    assert hass.states.get(MODE).state == "charge"


async def test_a_load_is_not_turned_off_while_its_switch_is_on(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory
) -> None:
    pump_shows(hass, 0.0)
    hass.states.async_set(QUIET, "on")
    hass.states.async_set(PLUG, "on")
    data = {"power": "sensor.pump", "power_kw": 0.5, "usual_kw": 0.4, "switch": PLUG}
    home = await begin("sheddable", data | {"price_per_kwh": 0.05} | BARRED)
    await call(hass, "switch", "turn_on", "switch.thing_allow_control")
    await call(hass, "input_boolean", "turn_on", PLUG)
    await advance(hass, frozen, 2)
    assert hass.states.get(PLUG).state == "on"
    assert home.data.plan.device(PUMP).power_kw.tolist() == [0.0] * len(home.data.plan.horizon)
    await plans(hass, frozen, "off")
    assert home.data.plan.device(PUMP).power_kw.min() < -0.1, "buying is worth more than that"
