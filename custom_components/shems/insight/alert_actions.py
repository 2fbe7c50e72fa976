"""Acknowledge alerts by an action, and show them over the websocket."""

from typing import Any, Final

import probatio as vol
from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.components import websocket_api
from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.decorators import async_response, websocket_command
from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.dispatcher import async_dispatcher_connect

from ..asking import HOME, async_home_of, refused
from ..const import DOMAIN
from ..permission import may
from ..telling import async_keep_told
from ..websocket import home_of
from .alerts import SIGNAL

SERVICE_ACKNOWLEDGE: Final = "acknowledge_alert"
ATTR_ALERT: Final = "alert"
SCHEMA: Final = vol.Schema(HOME | {vol.Optional(ATTR_ALERT): vol.All(cv.ensure_list, [cv.string])})
SUBSCRIBE: Final[dict[str | vol.Marker, Any]] = {
    vol.Required("type"): "shems/alerts/subscribe",
    vol.Optional("entry_id"): str,
}


@callback
def async_setup_alerts(hass: HomeAssistant) -> None:
    """Register the action and the command."""

    async def acknowledge(call: ServiceCall) -> None:
        home = await async_home_of(hass, call)
        alerts = home.insight.alerts
        chosen: list[str] | None = call.data.get(ATTR_ALERT)
        known = {each.key for each in alerts.active}
        # A kind stands for all of its alerts.
        keys = chosen and {
            each.key for each in alerts.active if each.key in chosen or each.kind.value in chosen
        }
        if chosen is not None and not keys:
            raise refused(
                "alert_unknown", alert=", ".join(chosen), known=", ".join(sorted(known)) or "-"
            )
        await alerts.async_acknowledge(keys)

    hass.services.async_register(DOMAIN, SERVICE_ACKNOWLEDGE, acknowledge, SCHEMA)
    websocket_api.async_register_command(hass, follow)


@websocket_command(SUBSCRIBE)
@async_response
async def follow(hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]) -> None:
    """Send the alerts that last, now and whenever they change."""
    if (home := home_of(hass, connection, msg)) is None:
        return
    entry_id = home.configuration.entry_id
    may_acknowledge = may(hass, connection.user, entry_id, POLICY_CONTROL)

    async def send() -> None:
        told = await home.insight.alerts.async_told()
        connection.send_event(
            msg["id"],
            {"entry_id": entry_id, "may_acknowledge": may_acknowledge, "alerts": told},
        )

    stop = async_dispatcher_connect(hass, SIGNAL.format(entry_id), send)
    async_keep_told(hass, connection, msg, entry_id, stop)
    await send()
