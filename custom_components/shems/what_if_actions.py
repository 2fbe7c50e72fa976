"""Actions: ask what a year with something changed would bring, and leave off."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import probatio as vol
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)

from .asking import HOME, async_home_of, refused
from .const import DOMAIN
from .coordinator import HomeCoordinator
from .inquiry import Asked, BusyError, Stage
from .playing import async_prepare
from .what_if import FIELDS

SERVICE_WHAT_IF: Final = "what_if"
SERVICE_CANCEL: Final = "cancel_what_if"
ATTR_TIMEOUT: Final = "timeout"
TIMEOUT_S: Final = 900.0
"""A small machine takes some minutes; an automation that waits is told after so long."""

_SCHEMA: Final = vol.Schema(
    {
        **HOME,
        **FIELDS,
        vol.Optional(ATTR_TIMEOUT, default=TIMEOUT_S): vol.All(
            vol.Coerce(float), vol.Range(min=0, max=86400)
        ),
    }
)


@callback
def async_setup_what_if(hass: HomeAssistant) -> None:
    """Register the actions."""

    async def what_if(call: ServiceCall) -> ServiceResponse:
        home = await async_home_of(hass, call)
        wanted = {key: each for key, each in call.data.items() if key in _ASKED}
        async_ask(hass, home, wanted)
        asked = await home.inquirer.async_wait(call.data[ATTR_TIMEOUT])
        if (problem := asked.problem) is not None:
            raise refused(problem.code, **{key: str(each) for key, each in problem.args.items()})
        if asked.stage is Stage.CANCELLED:
            raise refused("what_if_cancelled")
        return response(asked)

    async def cancel(call: ServiceCall) -> ServiceResponse:
        home = await async_home_of(hass, call)
        return {"cancelled": await home.inquirer.async_cancel()}

    hass.services.async_register(
        DOMAIN, SERVICE_WHAT_IF, what_if, _SCHEMA, SupportsResponse.OPTIONAL
    )
    hass.services.async_register(
        DOMAIN, SERVICE_CANCEL, cancel, vol.Schema(HOME), SupportsResponse.OPTIONAL
    )


_ASKED: Final = frozenset(str(each) for each in FIELDS)


@callback
def async_ask(hass: HomeAssistant, home: HomeCoordinator, wanted: Mapping[str, Any]) -> None:
    """Begin to answer a question by `FIELDS`.

    Raises:
        ServiceValidationError: another one is being answered.
    """
    try:
        home.inquirer.async_ask(wanted, partial(async_prepare, hass, home, wanted))
    except BusyError as err:
        raise refused("what_if_busy") from err


def response(asked: Asked) -> dict[str, Any]:
    """Return how far a question is, and its answer once it is there."""
    return {
        "stage": asked.stage.value,
        "progress": round(100 * asked.share),
        "answer": None if asked.answer is None else dict(asked.answer),
    }
