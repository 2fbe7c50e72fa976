"""Actions: say what counts in plans, and what the grid may carry for a while."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import probatio as vol
from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import service
from homeassistant.helpers.selector import ConfigEntrySelector
from homeassistant.util import dt as dt_util

from .const import DOMAIN
from .coordinator import HomeCoordinator, now
from .core.assets.connection import Limit
from .core.horizon import DAY_S
from .core.plan.objective import Aim, Objective
from .core.units import InputError
from .data import ShemsConfigEntry
from .permission import async_check_home

ATTR_CONFIG_ENTRY_ID: Final = "config_entry_id"
ATTR_OBJECTIVE: Final = "objective"
WEIGHTS: Final = ("money", "carbon_per_kg", "import_per_kwh")

ATTR_IMPORT_KW: Final = "import_kw"
ATTR_EXPORT_KW: Final = "export_kw"
ATTR_START: Final = "start"
ATTR_END: Final = "end"
ATTR_REASON: Final = "reason"

SERVICE_SET_OBJECTIVE: Final = "set_objective"
SERVICE_SET_LIMIT: Final = "set_grid_limit"
SERVICE_CLEAR_LIMIT: Final = "clear_grid_limit"

REASONS: Final = ("grid_operator", "demand_response", "household")
"""Who imposes a limit; told beside it."""
OPEN_S: Final = 3660.0 * DAY_S
"""What has no end lasts ten years, or until it is cleared."""

_HOME: Final = {vol.Optional(ATTR_CONFIG_ENTRY_ID): ConfigEntrySelector({"integration": DOMAIN})}
SET_OBJECTIVE: Final = vol.Schema(
    _HOME
    | {vol.Optional(ATTR_OBJECTIVE): vol.In([each.value for each in Aim])}
    | {vol.Optional(name): vol.All(cv.positive_float, vol.Range(max=1000)) for name in WEIGHTS}
)
_POWER: Final = vol.All(cv.positive_float, vol.Range(max=1000))
SET_LIMIT: Final = vol.Schema(
    _HOME
    | {
        vol.Optional(ATTR_IMPORT_KW): _POWER,
        vol.Optional(ATTR_EXPORT_KW): _POWER,
        vol.Optional(ATTR_START): cv.datetime,
        vol.Optional(ATTR_END): cv.datetime,
        vol.Optional(ATTR_REASON, default=REASONS[0]): vol.In(REASONS),
    }
)
CLEAR_LIMIT: Final = vol.Schema(_HOME | {vol.Optional(ATTR_REASON): vol.In(REASONS)})


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
        await home.async_ask(aim=aim, weights=weights)

    async def set_limit(call: ServiceCall) -> None:
        home = await _async_home(hass, call)
        limit = _limit(call.data, now())
        await home.async_ask(limits=(*_beside(home, limit), limit))

    async def clear_limit(call: ServiceCall) -> None:
        home = await _async_home(hass, call)
        reason = call.data.get(ATTR_REASON)
        limits = home.store.control.limits
        await home.async_ask(
            limits=tuple(each for each in limits if reason not in (None, each.reason))
        )

    for name, action, schema in (
        (SERVICE_SET_OBJECTIVE, set_objective, SET_OBJECTIVE),
        (SERVICE_SET_LIMIT, set_limit, SET_LIMIT),
        (SERVICE_CLEAR_LIMIT, clear_limit, CLEAR_LIMIT),
    ):
        hass.services.async_register(DOMAIN, name, action, schema)


def _limit(data: Mapping[str, Any], at: float) -> Limit:
    """Return the limit that was asked for."""
    if ATTR_IMPORT_KW not in data and ATTR_EXPORT_KW not in data:
        raise _invalid("limit_without_power")
    begin = _moment(data.get(ATTR_START), at)
    end = _moment(data.get(ATTR_END), begin + OPEN_S)
    if end <= max(begin, at):
        raise _invalid("limit_over")
    return Limit(begin, end, data.get(ATTR_IMPORT_KW), data.get(ATTR_EXPORT_KW), data[ATTR_REASON])


def _moment(given: datetime | None, default: float) -> float:
    """Return a time in epoch seconds; one without a zone is the user's own."""
    return default if given is None else dt_util.as_utc(given).timestamp()


def _beside(home: HomeCoordinator, limit: Limit) -> list[Limit]:
    """Return the limits that go on beside a new one, which replaces its like at its time."""
    return [
        each
        for each in home.store.control.limits
        if each.end > now()
        and (each.reason != limit.reason or each.end <= limit.begin or each.begin >= limit.end)
    ]


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
