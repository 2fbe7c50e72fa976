"""Actions: say what counts in plans, and what the grid may carry for a while."""

from collections.abc import Mapping
from typing import Any, Final

import probatio as vol
from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.helpers import config_validation as cv

from .asking import HOME, async_home_of, moment, refused
from .const import DOMAIN
from .coordinator import HomeCoordinator, now
from .core.assets.connection import Limit
from .core.horizon import DAY_S
from .core.plan.objective import Aim, Objective
from .core.units import InputError

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

SET_OBJECTIVE: Final = vol.Schema(
    HOME
    | {vol.Optional(ATTR_OBJECTIVE): vol.In([each.value for each in Aim])}
    | {vol.Optional(name): vol.All(cv.positive_float, vol.Range(max=1000)) for name in WEIGHTS}
)
_POWER: Final = vol.All(cv.positive_float, vol.Range(max=1000))
SET_LIMIT: Final = vol.Schema(
    HOME
    | {
        vol.Optional(ATTR_IMPORT_KW): _POWER,
        vol.Optional(ATTR_EXPORT_KW): _POWER,
        vol.Optional(ATTR_START): cv.datetime,
        vol.Optional(ATTR_END): cv.datetime,
        vol.Optional(ATTR_REASON, default=REASONS[0]): vol.In(REASONS),
    }
)
CLEAR_LIMIT: Final = vol.Schema(HOME | {vol.Optional(ATTR_REASON): vol.In(REASONS)})


@callback
def async_setup_household(hass: HomeAssistant) -> None:
    """Register the actions."""

    async def set_objective(call: ServiceCall) -> None:
        home = await async_home_of(hass, call)
        given = {name: call.data[name] for name in WEIGHTS if name in call.data}
        if (ATTR_OBJECTIVE in call.data) == bool(given):
            raise refused("objective_or_weights")
        aim = Aim(call.data.get(ATTR_OBJECTIVE, Aim.COST))
        weights = _weights(given) if given else None
        if aim is Aim.CARBON or (weights is not None and weights.carbon_per_kg):
            _check_carbon(home)
        await home.async_ask(aim=aim, weights=weights)

    async def set_limit(call: ServiceCall) -> None:
        home = await async_home_of(hass, call)
        limit = _limit(call.data, now())
        await home.async_ask(limits=(*_beside(home, limit), limit))

    async def clear_limit(call: ServiceCall) -> None:
        home = await async_home_of(hass, call)
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
        raise refused("limit_without_power")
    begin = moment(data.get(ATTR_START)) or at
    end = moment(data.get(ATTR_END)) or begin + OPEN_S
    if end <= max(begin, at):
        raise refused("limit_over")
    return Limit(begin, end, data.get(ATTR_IMPORT_KW), data.get(ATTR_EXPORT_KW), data[ATTR_REASON])


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
        raise refused("objective_weights_nothing") from err


def _check_carbon(home: HomeCoordinator) -> None:
    if not home.configuration.surroundings.tells_carbon:
        raise refused("objective_without_carbon")
