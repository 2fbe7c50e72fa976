"""The actions: what they return and to whom."""

import itertools

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.models import User
from homeassistant.auth.permissions import PolicyPermissions
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError, Unauthorized, UnknownUser

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator

from .conftest import ENTRY_ID, MODE, advance, call


@pytest.fixture
async def reader(hass: HomeAssistant, hass_admin_user: User) -> User:
    """Return a user who may read everything and control nothing but SHEMS' own battery."""
    user = await hass.auth.async_create_user("Reader", group_ids=[])
    user.permissions = PolicyPermissions(
        {
            "entities": {
                "all": {"read": True},
                "entity_ids": {
                    "select.battery_mode": {"read": True, "control": True},
                    "switch.battery_allow_control": {"read": True, "control": True},
                },
            }
        },
        None,
    )
    return user


@pytest.fixture
async def stranger(hass: HomeAssistant, hass_admin_user: User) -> User:
    """Return a user who may do nothing."""
    user = await hass.auth.async_create_user("Stranger", group_ids=[])
    user.permissions = PolicyPermissions({}, None)
    return user


async def test_optimize_plans_and_tells_what_came_of_it(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    before = home.data.plan.created
    await advance(hass, frozen, 20)
    response = await hass.services.async_call(
        DOMAIN, "optimize", {}, blocking=True, return_response=True
    )
    assert home.data.plan.created > before
    assert response["status"] == "optimal"
    assert response["problem"] is None
    assert response["currency"] == "EUR"
    assert response["cost"]["plan"] < response["cost"]["self_consumption"]
    assert response["cost"]["plan"] < response["cost"]["without_battery"]


async def test_get_plan_gives_every_step(hass: HomeAssistant, home: HomeCoordinator) -> None:
    response = await hass.services.async_call(
        DOMAIN,
        "get_plan",
        {"config_entry_id": ENTRY_ID},
        blocking=True,
        return_response=True,
    )
    steps = response["steps"]
    assert len(steps) == len(home.data.plan.horizon)
    assert steps[0]["batteries"][0]["name"] == "Battery"
    assert steps[0]["batteries"][0]["mode"] == "charge"
    assert steps[0]["batteries"][0]["reason"]["code"]
    assert all(one["end"] == other["start"] for one, other in itertools.pairwise(steps))
    assert steps[0]["marginal_price"] == pytest.approx(0.1, abs=0.01)
    limits = {each["limit"]: each for each in response["limits"]}
    assert limits["capacity"]["device"] == "Battery"
    assert limits["capacity"]["saving_per_unit"] > 0


async def test_get_forecast_gives_bands(hass: HomeAssistant, home: HomeCoordinator) -> None:
    response = await hass.services.async_call(
        DOMAIN, "get_forecast", {}, blocking=True, return_response=True
    )
    first = response["forecast"][0]
    levels = [first["load_kw"][name] for name in ("p10", "p25", "p50", "p75", "p90")]
    assert levels == sorted(levels)
    assert first["load_kw"]["mean"] == pytest.approx(2.0)
    assert set(first["solar_kw"]) == set(first["load_kw"])
    assert first["load_kw"]["p50"] == pytest.approx(2.0)
    assert response["source"]["load"]


async def test_actions_name_what_is_wrong(hass: HomeAssistant, home: HomeCoordinator) -> None:
    with pytest.raises(ServiceValidationError):
        await hass.services.async_call(
            DOMAIN,
            "get_plan",
            {"config_entry_id": "nobody"},
            blocking=True,
            return_response=True,
        )
    await hass.config_entries.async_unload(ENTRY_ID)
    with pytest.raises(ServiceValidationError):
        await hass.services.async_call(DOMAIN, "get_plan", {}, blocking=True, return_response=True)


async def test_who_may_not_control_the_home_may_not_plan(
    hass: HomeAssistant, home: HomeCoordinator, reader: User, stranger: User
) -> None:
    as_reader = Context(user_id=reader.id)
    with pytest.raises(Unauthorized):
        await hass.services.async_call(DOMAIN, "optimize", {}, blocking=True, context=as_reader)
    assert await hass.services.async_call(
        DOMAIN, "get_plan", {}, blocking=True, return_response=True, context=as_reader
    )
    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            DOMAIN,
            "get_plan",
            {},
            blocking=True,
            return_response=True,
            context=Context(user_id=stranger.id),
        )
    with pytest.raises(UnknownUser):
        await hass.services.async_call(
            DOMAIN,
            "get_plan",
            {},
            blocking=True,
            return_response=True,
            context=Context(user_id="nobody"),
        )


async def test_who_may_not_move_the_inverter_cannot_have_it_moved(
    hass: HomeAssistant,
    home: HomeCoordinator,
    reader: User,
    frozen: FrozenDateTimeFactory,
) -> None:
    context = Context(user_id=reader.id)
    with pytest.raises(Unauthorized):
        await call(hass, "switch", "turn_on", "switch.battery_allow_control", context=context)
    with pytest.raises(Unauthorized):
        await call(
            hass, "select", "select_option", "select.battery_mode", option="hold", context=context
        )
    await advance(hass, frozen, 5)
    assert hass.states.get(MODE).state == "automatic"


async def test_a_write_carries_who_caused_it(
    hass: HomeAssistant,
    home: HomeCoordinator,
    hass_admin_user: User,
    frozen: FrozenDateTimeFactory,
) -> None:
    context = Context(user_id=hass_admin_user.id)
    await call(hass, "switch", "turn_on", "switch.battery_allow_control", context=context)
    await advance(hass, frozen, 5)
    state = hass.states.get(MODE)
    assert state.state == "charge"
    assert state.context.user_id == hass_admin_user.id
    assert state.context.parent_id == context.id
    await advance(hass, frozen, 60)
    assert home.store.control.overrides == {}
