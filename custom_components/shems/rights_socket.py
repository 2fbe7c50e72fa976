"""What the user may control, over the websocket: Home Assistant's frontend does not know it."""

from typing import Any, Final

import probatio as vol
from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.components import websocket_api
from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.decorators import websocket_command
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from .const import DOMAIN

ASK: Final[dict[str | vol.Marker, Any]] = {vol.Required("type"): "shems/rights"}


@callback
def async_setup_rights(hass: HomeAssistant) -> None:
    """Register the command."""
    websocket_api.async_register_command(hass, tell_rights)


@websocket_command(ASK)
@callback
def tell_rights(hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]) -> None:
    """Tell which entities of SHEMS the user may control."""
    check = connection.user.permissions.check_entity
    ours = (
        each.entity_id for each in er.async_get(hass).entities.values() if each.platform == DOMAIN
    )
    control = [each for each in ours if check(each, POLICY_CONTROL)]
    connection.send_result(msg["id"], {"control": control})
