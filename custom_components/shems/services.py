"""Actions: plan or learn now, and read the plan and what it expects."""

from collections.abc import Callable
from typing import Any, Final

import probatio as vol
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.service import async_register_admin_service

from .asking import HOME, async_home_of
from .const import DOMAIN
from .coordinator import HomeCoordinator
from .learning import FAILED
from .moved_values import every_expectation
from .payload import forecast_response, plan_response, plan_summary
from .provenance import learning

SERVICE_OPTIMIZE: Final = "optimize"
SERVICE_LEARN: Final = "learn"
SERVICE_GET_PLAN: Final = "get_plan"
SERVICE_GET_FORECAST: Final = "get_forecast"

SCHEMA: Final = vol.Schema(HOME)


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions."""

    async def optimize(call: ServiceCall) -> ServiceResponse:
        home = await async_home_of(hass, call)
        await home.async_plan_now()
        return plan_summary(home)

    async def learn(call: ServiceCall) -> ServiceResponse:
        home = await async_home_of(hass, call)
        run = await home.learner.async_learn_now()
        if run.problem == FAILED:
            raise HomeAssistantError(translation_domain=DOMAIN, translation_key="learning_failed")
        return {**learning(home), "devices": every_expectation(home)}

    def reader(respond: Callable[[HomeCoordinator], dict[str, Any]]) -> Any:
        async def read(call: ServiceCall) -> ServiceResponse:
            return respond(await async_home_of(hass, call, POLICY_READ))

        return read

    hass.services.async_register(
        DOMAIN, SERVICE_OPTIMIZE, optimize, SCHEMA, SupportsResponse.OPTIONAL
    )
    # Learning replaces what all later plans rest on.
    async_register_admin_service(
        hass, DOMAIN, SERVICE_LEARN, learn, SCHEMA, SupportsResponse.OPTIONAL
    )
    for name, respond in (
        (SERVICE_GET_PLAN, plan_response),
        (SERVICE_GET_FORECAST, forecast_response),
    ):
        hass.services.async_register(DOMAIN, name, reader(respond), SCHEMA, SupportsResponse.ONLY)
