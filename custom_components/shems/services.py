"""Actions: plan or learn now, and read the plan and what it expects."""

from collections.abc import Callable
from typing import Any, Final

import probatio as vol
from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import service
from homeassistant.helpers.selector import ConfigEntrySelector

from .const import DOMAIN
from .coordinator import HomeCoordinator
from .data import ShemsConfigEntry
from .learning import FAILED
from .moved_values import every_expectation
from .payload import forecast_response, plan_response, plan_summary
from .permission import async_check_home
from .provenance import learning

ATTR_CONFIG_ENTRY_ID: Final = "config_entry_id"
SERVICE_OPTIMIZE: Final = "optimize"
SERVICE_LEARN: Final = "learn"
SERVICE_GET_PLAN: Final = "get_plan"
SERVICE_GET_FORECAST: Final = "get_forecast"

SCHEMA: Final = vol.Schema(
    {vol.Optional(ATTR_CONFIG_ENTRY_ID): ConfigEntrySelector({"integration": DOMAIN})}
)


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions."""

    async def optimize(call: ServiceCall) -> ServiceResponse:
        home = await _async_home(hass, call, POLICY_CONTROL)
        await home.async_plan_now()
        return plan_summary(home)

    async def learn(call: ServiceCall) -> ServiceResponse:
        home = await _async_home(hass, call, POLICY_CONTROL)
        run = await home.learner.async_learn_now()
        if run.problem == FAILED:
            raise HomeAssistantError(translation_domain=DOMAIN, translation_key="learning_failed")
        return {**learning(home), "devices": every_expectation(home)}

    def reader(respond: Callable[[HomeCoordinator], dict[str, Any]]) -> Any:
        async def read(call: ServiceCall) -> ServiceResponse:
            return respond(await _async_home(hass, call, POLICY_READ))

        return read

    for name, action in ((SERVICE_OPTIMIZE, optimize), (SERVICE_LEARN, learn)):
        hass.services.async_register(DOMAIN, name, action, SCHEMA, SupportsResponse.OPTIONAL)
    for name, respond in (
        (SERVICE_GET_PLAN, plan_response),
        (SERVICE_GET_FORECAST, forecast_response),
    ):
        hass.services.async_register(DOMAIN, name, reader(respond), SCHEMA, SupportsResponse.ONLY)


async def _async_home(hass: HomeAssistant, call: ServiceCall, permission: str) -> HomeCoordinator:
    """Return the home an action is about, after checking what the caller may do with it.

    Raises:
        ServiceValidationError: there is no such home, or it is not loaded.
        Unauthorized: the caller may not.
    """
    entry: ShemsConfigEntry = service.async_get_config_entry(
        hass, DOMAIN, call.data.get(ATTR_CONFIG_ENTRY_ID)
    )
    await async_check_home(hass, call.context, entry.entry_id, permission)
    return entry.runtime_data.coordinator
