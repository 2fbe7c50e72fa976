"""Actions decide on a device for a while, and let the plan decide on it again."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.models import User
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.payload import plan_message
from custom_components.shems.store import HomeStore

from .conftest import BATTERY, ENTRY_ID, MODE, PUMP, advance, call, settle, shems_device

ARM = "switch.battery_allow_control"
SELECT = "select.battery_mode"
HOUR = 3600.0


async def ask(hass: HomeAssistant, action: str, device: str = BATTERY, **data: Any) -> Any:
    """Call an action for a device and return what it answers."""
    answers = action == "override"
    answer = await hass.services.async_call(
        DOMAIN,
        action,
        {"device_id": shems_device(hass, device), **data},
        blocking=True,
        return_response=answers,
    )
    await settle(hass)
    return answer


@pytest.fixture
async def armed(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> HomeCoordinator:
    """Return a home that drives its battery."""
    await call(hass, "switch", "turn_on", ARM)
    await advance(hass, frozen, 2)
    assert hass.states.get(MODE).state == "charge"
    return home


async def test_a_device_is_left_alone_for_as_long_as_the_options_say(
    hass: HomeAssistant, armed: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    answer = await ask(hass, "override")
    begun = armed.store.control.overrides[BATTERY].since
    assert answer == {
        "device": "Battery",
        "mode": "paused",
        "cause": "action",
        "since": datetime.fromtimestamp(begun, UTC).isoformat(timespec="seconds"),
        "until": datetime.fromtimestamp(begun + 2 * HOUR, UTC).isoformat(timespec="seconds"),
    }
    await advance(hass, frozen, 10)
    assert hass.states.get(MODE).state == "automatic", "it has its own mode back"
    assert armed.store.control.owned == {}
    shown = hass.states.get(SELECT)
    assert shown.state == "paused"
    assert shown.attributes["override_cause"] == "action"
    assert datetime.fromisoformat(shown.attributes["override_since"]).timestamp() == begun
    assert plan_message(armed)["overrides"] == [answer]
    assert armed.data.plan.battery(BATTERY).reason[0].code == "override"
    await advance(hass, frozen, 2 * HOUR)
    await advance(hass, frozen, 5)
    assert armed.store.control.overrides == {}
    assert hass.states.get(SELECT).state == "auto"


async def test_a_device_has_a_mode_for_a_while_and_keeps_it_over_a_restart(
    hass: HomeAssistant, armed: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await ask(hass, "override", mode="hold", duration={"minutes": 30})
    await advance(hass, frozen, 5)
    assert hass.states.get(MODE).state == "hold"
    assert hass.states.get(SELECT).state == "hold"
    assert armed.store.control.device(BATTERY).mode == "auto", "what was chosen is kept"
    again = HomeStore(hass, ENTRY_ID)
    await again.async_load(dt_util.utcnow().timestamp())
    assert again.control.mode(BATTERY) == "hold"
    await advance(hass, frozen, 1790)
    assert hass.states.get(MODE).state == "hold"
    for _ in range(3):
        await advance(hass, frozen, 10)
    assert hass.states.get(MODE).state == "charge"


async def test_an_override_is_cancelled(
    hass: HomeAssistant, armed: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await ask(hass, "override", mode="hold", until="2026-06-10T23:00:00+00:00")
    await advance(hass, frozen, 5)
    await ask(hass, "clear_override")
    for _ in range(3):
        await advance(hass, frozen, 5)
    assert armed.store.control.overrides == {}
    assert hass.states.get(MODE).state == "charge"


async def test_what_is_chosen_while_control_is_being_allowed_is_kept(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    """Who presses both at once means both, however long the first takes to be written."""
    await asyncio.gather(
        call(hass, "switch", "turn_on", "switch.battery_allow_control"),
        ask(hass, "override", mode="hold", duration={"hours": 1}),
    )
    assert home.store.control.overrides[BATTERY].mode == "hold"
    assert hass.states.get("switch.battery_allow_control").state == "on"


async def test_a_hand_at_the_device_counts_more_than_an_action_before(
    hass: HomeAssistant,
    armed: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    hass_admin_user: User,
) -> None:
    await ask(hass, "override", mode="hold", duration={"hours": 5})
    await advance(hass, frozen, 5)
    person = Context(user_id=hass_admin_user.id)
    await call(hass, "input_select", "select_option", MODE, option="discharge", context=person)
    await advance(hass, frozen, 60)
    held = armed.store.control.overrides[BATTERY]
    assert (held.cause, held.mode) == ("user", None)
    assert held.until - held.since == 2 * HOUR
    assert hass.states.get(MODE).state == "discharge"


async def test_a_hand_does_not_shorten_what_was_left_alone_for_longer(
    hass: HomeAssistant,
    armed: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    hass_admin_user: User,
) -> None:
    await ask(hass, "override", duration={"hours": 5})
    until = armed.store.control.overrides[BATTERY].until
    await advance(hass, frozen, 5)
    person = Context(user_id=hass_admin_user.id)
    await call(hass, "input_select", "select_option", MODE, option="hold", context=person)
    await advance(hass, frozen, 5)
    assert armed.store.control.overrides[BATTERY].cause == "user"
    assert armed.store.control.overrides[BATTERY].until == until


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"mode": "auto"}, "mode_unknown"),
        ({"mode": "on"}, "mode_unknown"),
        ({"until": "2026-06-10T09:00:00+00:00"}, "override_over"),
        ({"duration": {"seconds": 0}}, "override_over"),
    ],
)
async def test_an_override_that_cannot_be_is_refused(
    hass: HomeAssistant, armed: HomeCoordinator, data: dict[str, Any], key: str
) -> None:
    with pytest.raises(ServiceValidationError) as caught:
        await ask(hass, "override", **data)
    assert caught.value.translation_key == key
    assert armed.store.control.overrides == {}


async def test_what_shems_does_not_drive_cannot_be_overridden(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    with pytest.raises(ServiceValidationError) as caught:
        await ask(hass, "override")
    assert caught.value.translation_key == "device_not_driven"
    with pytest.raises(ServiceValidationError) as caught:
        await hass.services.async_call(DOMAIN, "override", {"device_id": "none"}, blocking=True)
    assert caught.value.translation_key == "no_device"


CAR: dict[str, Any] = {
    "power": "sensor.pump",
    "soc": "sensor.car",
    "capacity_kwh": 50.0,
    "charge_kw": 10.0,
    "connected": "binary_sensor.plugged",
    "ready_by": "07:00:00",
    "target_soc": 80.0,
    "details": {},
}


async def test_a_car_is_charged_for_its_next_departure_alone(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory
) -> None:
    hass.states.async_set("sensor.car", "40", {"unit_of_measurement": "%"})
    hass.states.async_set("binary_sensor.plugged", "on")
    home = await begin("vehicle", CAR | {"switch": "input_boolean.plug", "arrives_at": "18:00:00"})

    def at(text: str) -> float:
        return datetime.fromisoformat(text).timestamp()

    usual = home.director.known.states[PUMP].stays
    assert usual[0].end == at("2026-06-11T07:00:00+00:00")
    await ask(hass, "set_departure", PUMP, at="2026-06-10T15:00:00+00:00", soc=95)
    await advance(hass, frozen, 5)
    first, second, *_ = home.planner.scenario.states[PUMP].stays
    assert (first.end, first.target_kwh) == (at("2026-06-10T15:00:00+00:00"), 47.5)
    assert second.target_kwh == usual[1].target_kwh == 40.0
    plan = home.data.plan
    part = plan.device(PUMP)
    assert part.state[plan.horizon.index(first.end - 1)] == pytest.approx(47.5, abs=0.1)
    facts = hass.states.get("time.thing_ready_by").attributes
    assert facts["source"] == "told"
    await ask(hass, "set_departure", PUMP, at="2026-06-11T20:00:00+00:00")
    await advance(hass, frozen, 5)
    stays = home.planner.scenario.states[PUMP].stays
    assert [each.end for each in stays[:2]] == [usual[0].end, at("2026-06-11T20:00:00+00:00")]
    assert stays[1].begin == at("2026-06-11T18:00:00+00:00")
    await ask(hass, "set_departure", PUMP)
    await advance(hass, frozen, 5)
    assert home.store.control.device(PUMP).departure is None
    assert [each.end for each in home.planner.scenario.states[PUMP].stays] == [
        each.end for each in usual
    ]
    with pytest.raises(ServiceValidationError) as caught:
        await ask(hass, "set_departure", PUMP, at="2026-06-10T08:00:00+00:00")
    assert caught.value.translation_key == "departure_over"
    with pytest.raises(ServiceValidationError) as caught:
        await ask(hass, "set_departure", BATTERY, at="2026-06-11T08:00:00+00:00")
    assert caught.value.translation_key == "no_vehicle"


async def test_how_full_is_no_wish_where_nobody_knows_how_full_it_is(
    hass: HomeAssistant, begin: Callable[..., Any]
) -> None:
    hass.states.async_set("binary_sensor.plugged", "on")
    car = {key: each for key, each in CAR.items() if key != "soc"}
    await begin("vehicle", car | {"switch": "input_boolean.plug"})
    with pytest.raises(ServiceValidationError) as caught:
        await ask(hass, "set_departure", PUMP, at="2026-06-11T08:00:00+00:00", soc=90)
    assert caught.value.translation_key == "departure_soc_unknown"
