"""Actions: say what counts in plans."""

from typing import Final

import probatio as vol
from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import service
from homeassistant.helpers.selector import ConfigEntrySelector

from .const import DOMAIN
from .coordinator import HomeCoordinator
from .core.plan.objective import Aim, Objective
from .core.units import InputError
from .data import ShemsConfigEntry
from .permission import async_check_home

ATTR_CONFIG_ENTRY_ID: Final = "config_entry_id"
ATTR_OBJECTIVE: Final = "objective"
WEIGHTS: Final = ("money", "carbon_per_kg", "import_per_kwh")

SERVICE_SET_OBJECTIVE: Final = "set_objective"

_HOME: Final = {vol.Optional(ATTR_CONFIG_ENTRY_ID): ConfigEntrySelector({"integration": DOMAIN})}
SET_OBJECTIVE: Final = vol.Schema(
    _HOME
    | {vol.Optional(ATTR_OBJECTIVE): vol.In([each.value for each in Aim])}
    | {vol.Optional(name): vol.All(cv.positive_float, vol.Range(max=1000)) for name in WEIGHTS}
)


@callback
def async_setup_household(hass: HomeAssistant) -> None:
    """Register the actions."""

    async def set_objective(call: ServiceCall) -> None:
        home = await _async_home(hass, call)
        given = {name: call.data[name] for name in WEIGHTS if name in call.data}
        if (ATTR_OBJECTIVE in call.data) == bool(given):
            raise _invalid("objective_or_weights")
        aim = Aim(call.data.get(ATTR_OBJECTIVE, Aim.COST))
        weights = _weights(given) if given else None
        if aim is Aim.CARBON or (weights is not None and weights.carbon_per_kg):
            _check_carbon(home)
        await home.async_set_objective(aim, weights)

    hass.services.async_register(DOMAIN, SERVICE_SET_OBJECTIVE, set_objective, SET_OBJECTIVE)


def _weights(given: dict[str, float]) -> Objective:
    try:
        return Objective(**given)
    except InputError as err:
        raise _invalid("objective_weights_nothing") from err


def _check_carbon(home: HomeCoordinator) -> None:
    if home.configuration.surroundings.carbon is None:
        raise _invalid("objective_without_carbon")


def _invalid(key: str, **placeholders: str) -> ServiceValidationError:
    return ServiceValidationError(
        translation_domain=DOMAIN, translation_key=key, translation_placeholders=placeholders
    )


async def _async_home(hass: HomeAssistant, call: ServiceCall) -> HomeCoordinator:
    """Return the home an action is about, after checking what the caller may do with it.

    Raises:
        ServiceValidationError: there is no such home, or it is not loaded.
        Unauthorized: the caller may not.
    """
    entry: ShemsConfigEntry = service.async_get_config_entry(
        hass, DOMAIN, call.data.get(ATTR_CONFIG_ENTRY_ID)
    )
    await async_check_home(hass, call.context, entry.entry_id, POLICY_CONTROL)
    return entry.runtime_data.coordinator
