"""Run a user's own steps, as a script would."""

from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.script import Script, async_validate_actions_config

from .const import DOMAIN
from .devices.action import Action


async def async_run_steps(hass: HomeAssistant, name: str, action: Action, context: Context) -> None:
    """Run steps with their variables to the end.

    Args:
        hass: where they run.
        name: of the device, for the log.
        action: the steps, and in its data the variables.
        context: whose doing it is.

    Raises:
        vol.Invalid: they are no sequence of actions.
        HomeAssistantError: one of them failed.
    """
    sequence = await async_validate_actions_config(hass, cv.SCRIPT_SCHEMA(list(action.steps)))
    script = Script(hass, sequence, name, DOMAIN, log_exceptions=False)
    try:
        await script.async_run(dict(action.data), context)
    finally:
        await script.async_unload()
