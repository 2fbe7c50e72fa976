"""The household chooses what plans make least."""

from collections.abc import Callable
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.models import User
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.util import dt as dt_util

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.plan.objective import Aim, Objective
from custom_components.shems.core.plan.style import STANDARD, Rule, Style
from custom_components.shems.store import HomeStore

from .conftest import ENTRY_ID, advance, call, make_entry, settle, start

SELECT = "select.home_objective"
CARBON = "sensor.carbon"


@pytest.fixture
async def clean(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> HomeCoordinator:
    """Return a home that is told what the grid emits."""
    show(hass, 0.25)
    return await start(hass, make_entry(carbon=CARBON), frozen)


def show(hass: HomeAssistant, value: object, unit: str = "kgCO2eq/kWh") -> None:
    hass.states.async_set(CARBON, str(value), {"unit_of_measurement": unit}, force_update=True)


async def act(hass: HomeAssistant, context: Context | None = None, **data: Any) -> None:
    await hass.services.async_call(DOMAIN, "set_objective", data, blocking=True, context=context)
    await settle(hass)


async def forecast(hass: HomeAssistant) -> list[dict[str, Any]]:
    response = await hass.services.async_call(
        DOMAIN, "get_forecast", {}, blocking=True, return_response=True
    )
    assert response is not None
    rows = response["forecast"]
    assert isinstance(rows, list)
    return rows


async def test_a_choice_plans_anew_and_outlives_a_restart(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    state = hass.states.get(SELECT)
    assert state.state == "cost"
    assert state.attributes["options"] == ["cost", "self_sufficiency"]
    charged = -home.data.plan.batteries[0].power_kw.min()
    assert charged > 1.0, "the grid is cheap now"
    await call(hass, "select", "select_option", SELECT, option="self_sufficiency")
    assert hass.states.get(SELECT).state == "self_sufficiency"
    await advance(hass, frozen, 5)
    assert -home.data.plan.batteries[0].power_kw.min() < 0.01, "nothing is bought to be stored"
    assert home.data.plan.prices.buy[0] == pytest.approx(0.1), "prices shown are the contract's"
    again = HomeStore(hass, ENTRY_ID)
    await again.async_load(dt_util.utcnow().timestamp())
    assert again.control.aim is Aim.SELF_SUFFICIENCY


async def test_emissions_are_offered_where_they_are_known(
    hass: HomeAssistant, clean: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    assert hass.states.get(SELECT).attributes["options"] == ["cost", "carbon", "self_sufficiency"]
    assert {row["carbon_g_per_kwh"] for row in await forecast(hass)} == {250.0}
    await call(hass, "select", "select_option", SELECT, option="carbon")
    await advance(hass, frozen, 5)
    assert clean.data.problem is None
    assert clean.planner.scenario is not None
    assert clean.planner.scenario.aim is Aim.CARBON


@pytest.mark.parametrize(
    ("value", "unit"), [("unavailable", "g/kWh"), (250, "W"), (-1, "g/kWh"), ("nan", "g/kWh")]
)
async def test_while_nobody_tells_what_is_emitted_plans_are_made_by_cost(
    hass: HomeAssistant,
    clean: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    value: object,
    unit: str,
) -> None:
    show(hass, value, unit)
    await call(hass, "select", "select_option", SELECT, option="carbon")
    await advance(hass, frozen, 5)
    assert clean.data.status == "optimal"
    assert clean.data.problem.code == "carbon_missing"
    assert {row["carbon_g_per_kwh"] for row in await forecast(hass)} == {None}


async def test_an_old_value_is_no_present_one(
    hass: HomeAssistant, clean: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await advance(hass, frozen, 4 * 3600)
    await clean.async_plan_now()
    assert clean.data.beliefs is not None
    assert clean.data.beliefs.carbon_g_per_kwh is None


async def test_weights_are_set_shown_and_left_again(
    hass: HomeAssistant, clean: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await act(hass, money=0.5, carbon_per_kg=0.2)
    state = hass.states.get(SELECT)
    assert state.state == "own_weights"
    assert state.attributes["options"][-1] == "own_weights"
    assert state.attributes["weights"]["carbon_per_kg"] == 0.2
    await call(hass, "select", "select_option", SELECT, option="own_weights")
    await advance(hass, frozen, 5)
    assert clean.planner.scenario is not None
    assert clean.planner.scenario.weights == Objective(0.5, 0.2)
    await act(hass, objective="cost")
    assert hass.states.get(SELECT).state == "cost"
    assert clean.store.control.weights is None


async def test_what_costs_least_says_nothing_of_other_objectives(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    home.planner.style = Style(Rule.SELF_CONSUMPTION)
    await home.async_plan_now()
    assert home.data.plan.style == home.planner.style
    await act(hass, import_per_kwh=0.1)
    await advance(hass, frozen, 5)
    assert home.data.plan.style == STANDARD


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "either an objective or weights"),
        ({"objective": "cost", "money": 1.0}, "either an objective or weights"),
        ({"money": 0.0}, "At least one weight"),
        ({"objective": "carbon"}, "Nothing tells"),
        ({"carbon_per_kg": 0.1}, "Nothing tells"),
    ],
)
async def test_what_cannot_be_is_refused(
    hass: HomeAssistant, home: HomeCoordinator, data: dict[str, Any], message: str
) -> None:
    with pytest.raises(ServiceValidationError, match=message):
        await act(hass, **data)
    assert hass.states.get(SELECT).state == "cost"


async def test_who_may_not_control_the_home_may_not_choose(
    hass: HomeAssistant, home: HomeCoordinator, hass_admin_user: User
) -> None:
    guest = await hass.auth.async_create_user("Guest", group_ids=[])
    with pytest.raises(Unauthorized):
        await act(hass, Context(user_id=guest.id), objective="self_sufficiency")
