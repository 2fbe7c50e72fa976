"""Call an action of Home Assistant, or run a user's own steps as a script would."""

import asyncio
from typing import Final

from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.script import Script, async_validate_actions_config

from .const import DOMAIN
from .devices.action import Action

CALL_TIMEOUT_S: Final = 10.0
STEPS_TIMEOUT_S: Final = 60.0
"""A user's own steps may wait in between."""


async def async_call(hass: HomeAssistant, name: str, action: Action, context: Context) -> None:
    """Do what an action says, and return when it is done.

    Args:
        hass: where it is done.
        name: of the device, for the log.
        action: what to do.
        context: whose doing it is.

    Raises:
        vol.Invalid: the arguments or the steps cannot be.
        HomeAssistantError: it failed.
        TimeoutError: it took too long.
    """
    if action.steps:
        async with asyncio.timeout(STEPS_TIMEOUT_S):
            await _async_run_steps(hass, name, action, context)
        return
    async with asyncio.timeout(CALL_TIMEOUT_S):
        await hass.services.async_call(
            action.domain, action.service, dict(action.data), blocking=True, context=context
        )


async def _async_run_steps(
    hass: HomeAssistant, name: str, action: Action, context: Context
) -> None:
    sequence = await async_validate_actions_config(hass, cv.SCRIPT_SCHEMA(list(action.steps)))
    script = Script(hass, sequence, name, DOMAIN, log_exceptions=False)
    try:
        await script.async_run(dict(action.data), context)
    finally:
        await script.async_unload()
