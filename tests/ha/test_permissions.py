"""Users with a policy of their own get no more through SHEMS than without it."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth import models
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized
from pytest_homeassistant_custom_component.common import CLIENT_ID, MockUser
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator

from .conftest import (
    BATTERY,
    MODE,
    POWER,
    PUMP,
    PUMP_DATA,
    advance,
    call,
    pump_shows,
    settle,
    shems_device,
)

READ = {"read": True}
ALL = {"read": True, "control": True}
DRIVEN = (MODE, POWER)
HOME_ACTIONS: dict[str, dict[str, Any]] = {
    "optimize": {},
    "set_objective": {"objective": "self_sufficiency"},
    "set_grid_limit": {"import_kw": 1},
    "clear_grid_limit": {},
    "set_absence": {},
    "set_guests": {},
    "clear_occupancy": {},
}
DEVICE_ACTIONS: dict[str, dict[str, Any]] = {
    "override": {"mode": "hold"},
    "clear_override": {},
    "request_charge": {"by": "2026-06-10T20:00:00+00:00"},
    "cancel_charges": {},
}
ENTITIES = (
    ("switch", "turn_off", "switch.home_optimiser", {}),
    ("switch", "turn_off", "switch.battery_allow_control", {}),
    ("select", "select_option", "select.battery_mode", {"option": "hold"}),
    ("select", "select_option", "select.home_occupancy", {"option": "away"}),
    ("select", "select_option", "select.home_objective", {"option": "self_sufficiency"}),
    ("number", "set_value", "number.battery_reserve", {"value": 60}),
    ("button", "press", "button.home_plan_again", {}),
)

type Client = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]


def limited(hass: HomeAssistant, **entities: Any) -> MockUser:
    """Return a user in a group whose policy allows this of entities, as one in the store is."""
    group = models.Group(name="Limited", policy={"entities": entities})
    return MockUser(groups=[group]).add_to_hass(hass)


@pytest.fixture
async def housemate(hass: HomeAssistant, hass_admin_user: MockUser) -> MockUser:
    """Return a user who may do all with SHEMS' own entities, but not move the inverter."""
    domains = ("switch", "select", "number", "button", "sensor", "time")
    return limited(hass, all=READ, domains=dict.fromkeys(domains, ALL))


@pytest.fixture
async def armed(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> HomeCoordinator:
    """Return a home that drives its battery."""
    await call(hass, "switch", "turn_on", "switch.battery_allow_control")
    await advance(hass, frozen, 2)
    return home


@pytest.fixture
def connect(hass: HomeAssistant, hass_ws_client: WebSocketGenerator) -> Callable[..., Any]:
    """Return a function that connects a user over the websocket."""

    async def connected(user: MockUser) -> Client:
        credential = models.Credentials(
            auth_provider_type="homeassistant", auth_provider_id=None, data={}, is_new=False
        )
        user.credentials.append(credential)
        refresh = await hass.auth.async_create_refresh_token(user, CLIENT_ID, credential=credential)
        client = await hass_ws_client(hass, hass.auth.async_create_access_token(refresh))

        async def send(message: dict[str, Any]) -> dict[str, Any]:
            await client.send_json_auto_id(message)
            answer: dict[str, Any] = await client.receive_json()
            return answer

        return send

    return connected


def as_call(domain: str, service: str, **data: Any) -> dict[str, Any]:
    """Return the message that calls an action over the websocket."""
    return {"type": "call_service", "domain": domain, "service": service, "service_data": data}


def denied(answer: dict[str, Any]) -> bool:
    """Return whether an action was refused because its caller may not."""
    return not answer["success"] and answer["error"]["message"] == "Unauthorized"


async def test_who_may_not_move_the_inverter_cannot_have_it_moved_by_any_action(
    hass: HomeAssistant,
    armed: HomeCoordinator,
    housemate: MockUser,
    connect: Callable[..., Awaitable[Client]],
    frozen: FrozenDateTimeFactory,
) -> None:
    before = armed.store.control
    send = await connect(housemate)
    battery = {"device_id": shems_device(hass, BATTERY)}
    for action, data in HOME_ACTIONS.items():
        answer = await send(as_call(DOMAIN, action, **data))
        assert denied(answer), action
    for action, data in DEVICE_ACTIONS.items():
        answer = await send(as_call(DOMAIN, action, **battery, **data))
        assert denied(answer), action
    for domain, action, entity_id, data in ENTITIES:
        answer = await send(as_call(domain, action, entity_id=entity_id, **data))
        assert denied(answer), entity_id
    await advance(hass, frozen, 5)
    assert armed.store.control.devices == before.devices
    assert armed.store.control.limits == ()
    assert armed.store.control.overrides == {}
    assert hass.states.get(MODE).state == "charge"


async def test_who_may_move_the_inverter_may_have_it_moved(
    hass: HomeAssistant,
    armed: HomeCoordinator,
    hass_admin_user: MockUser,
    connect: Callable[..., Awaitable[Client]],
    frozen: FrozenDateTimeFactory,
) -> None:
    owner = limited(hass, all=ALL)
    send = await connect(owner)
    battery = {"device_id": shems_device(hass, BATTERY)}
    for action, data in HOME_ACTIONS.items():
        assert (await send(as_call(DOMAIN, action, **data)))["success"], action
    await settle(hass)
    assert (await send(as_call(DOMAIN, "override", **battery, mode="hold")))["success"]
    await advance(hass, frozen, 5)
    state = hass.states.get(MODE)
    assert state.state == "hold"
    assert state.context.user_id == owner.id, "the write carries who asked for it"


async def test_steps_of_a_user_are_run_for_who_may_control_everything(
    hass: HomeAssistant,
    begin: Callable[..., Any],
    hass_admin_user: MockUser,
    frozen: FrozenDateTimeFactory,
) -> None:
    pump_shows(hass, 0.0)
    steps = [{"event": "pump_wanted", "event_data": {"mode": "{{ mode }}"}}]
    data = {key: each for key, each in PUMP_DATA.items() if key != "switch"}
    await begin("deferrable", data | {"sequence": steps})
    domains = ("switch", "select", "number", "button", "sensor", "time")
    housemate = limited(hass, all=READ, domains=dict.fromkeys(domains, ALL))
    arm = "switch.thing_allow_control"
    with pytest.raises(Unauthorized):
        await call(hass, "switch", "turn_on", arm, context=Context(user_id=housemate.id))
    owner = limited(hass, all=ALL)
    await call(hass, "switch", "turn_on", arm, context=Context(user_id=owner.id))
    assert hass.states.get(arm).state == "on"


async def test_what_is_only_measured_is_asked_for_by_who_may_use_its_entities(
    hass: HomeAssistant, begin: Callable[..., Any], hass_admin_user: MockUser
) -> None:
    pump_shows(hass, 0.0)
    washer = {"power": "sensor.pump", "programme_min": 60.0, "done_by": "18:00:00"}
    home = await begin("appliance", washer)
    run = {"device_id": shems_device(hass, PUMP)}

    async def ask(user: MockUser) -> None:
        context = Context(user_id=user.id)
        await hass.services.async_call(DOMAIN, "run_appliance", run, blocking=True, context=context)

    with pytest.raises(Unauthorized):
        await ask(limited(hass, all=READ))
    assert home.store.control.device(PUMP).runs == ()
    await ask(limited(hass, all=READ, domains={"button": ALL}))
    assert len(home.store.control.device(PUMP).runs) == 1


async def test_only_what_is_driven_has_to_be_theirs(
    hass: HomeAssistant, home: HomeCoordinator, housemate: MockUser
) -> None:
    context = Context(user_id=housemate.id)
    await call(
        hass, "select", "select_option", "select.home_occupancy", option="away", context=context
    )
    assert hass.states.get("select.home_occupancy").state == "away"


async def test_only_administrators_have_a_home_learned_or_erased(
    hass: HomeAssistant,
    home: HomeCoordinator,
    hass_admin_user: MockUser,
    connect: Callable[..., Awaitable[Client]],
) -> None:
    owner = limited(hass, all=ALL)
    send = await connect(owner)
    assert denied(await send(as_call(DOMAIN, "learn")))
    assert denied(await send(as_call(DOMAIN, "erase_data", what=["learned"], confirm=True)))
    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            DOMAIN, "learn", {}, blocking=True, context=Context(user_id=owner.id)
        )


async def test_who_may_only_read_may_read(
    hass: HomeAssistant,
    home: HomeCoordinator,
    hass_read_only_user: MockUser,
    connect: Callable[..., Awaitable[Client]],
) -> None:
    send = await connect(hass_read_only_user)
    for action in ("get_plan", "get_forecast"):
        answer = await send({**as_call(DOMAIN, action), "return_response": True})
        assert answer["success"], action
    assert (await send({"type": "shems/plan/subscribe"}))["success"]
    # Its first event has come by now: a connection of its own for what follows.
    send = await connect(hass_read_only_user)
    for action, data in HOME_ACTIONS.items():
        answer = await send(as_call(DOMAIN, action, **data))
        assert denied(answer), action


async def test_who_may_see_nothing_sees_nothing(
    hass: HomeAssistant,
    home: HomeCoordinator,
    hass_admin_user: MockUser,
    connect: Callable[..., Awaitable[Client]],
) -> None:
    send = await connect(limited(hass))
    answer = await send({"type": "shems/plan/subscribe"})
    assert answer["error"]["code"] == "unauthorized"
    assert denied(await send({**as_call(DOMAIN, "get_plan"), "return_response": True}))


async def test_each_user_is_told_what_they_may_control(
    hass: HomeAssistant,
    home: HomeCoordinator,
    hass_admin_user: MockUser,
    housemate: MockUser,
    connect: Callable[..., Awaitable[Client]],
) -> None:
    guest = limited(hass, all=READ, entity_ids={"select.battery_mode": ALL})
    told = {}
    for name, user in (("admin", hass_admin_user), ("mate", housemate), ("guest", guest)):
        send = await connect(user)
        told[name] = set((await send({"type": "shems/rights"}))["result"]["control"])
    assert told["guest"] == {"select.battery_mode"}
    assert {"switch.home_optimiser", "button.home_plan_again"} <= told["mate"]
    assert told["admin"] > told["mate"]
    assert {each.split(".")[0] for each in told["admin"] - told["mate"]} & {"binary_sensor"}
    assert MODE not in told["admin"], "the inverter's own entities are no matter of SHEMS"
