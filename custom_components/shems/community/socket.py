"""What is shown of a community, over the websocket."""

from typing import Any, Final

import probatio as vol
from homeassistant.components import websocket_api
from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.const import ERR_NOT_FOUND, ERR_UNAUTHORIZED
from homeassistant.components.websocket_api.decorators import websocket_command
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback

from ..data import community_entries
from ..permission import may_read
from ..telling import async_keep_told
from ..websocket import NOT_NAMED
from .runtime import Community
from .view import message

SUBSCRIBE: Final[dict[str | vol.Marker, Any]] = {
    vol.Required("type"): "shems/community/subscribe",
    vol.Optional("entry_id"): str,
}


@callback
def async_setup_community_socket(hass: HomeAssistant) -> None:
    """Register the command."""
    websocket_api.async_register_command(hass, follow_community)


@websocket_command(SUBSCRIBE)
@callback
def follow_community(
    hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]
) -> None:
    """Send what is shown of a community, now and whenever that has changed."""
    if (community := _community_of(hass, connection, msg)) is None:
        return
    sent: dict[str, Any] = {}

    @callback
    def send() -> None:
        nonlocal sent
        told = message(community.shown.view, community.entry.entry_id, community.name)
        # The clock alone is no news.
        if sent | {"now": 0} != told | {"now": 0}:
            sent = told
            connection.send_event(msg["id"], told)

    stop = community.shown.async_listen(send)
    async_keep_told(hass, connection, msg, community.entry.entry_id, stop)
    send()


def _community_of(
    hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]
) -> Community | None:
    """Return the community that is asked for; None, and an error, where it cannot be shown."""
    named: str | None = msg.get("entry_id")
    entries = [each for each in community_entries(hass) if named in (None, each.entry_id)]
    if len(entries) > 1:
        titles = ", ".join(each.title for each in entries)
        connection.send_error(msg["id"], NOT_NAMED, f"There are several; name one: {titles}")
    elif not entries or entries[0].state is not ConfigEntryState.LOADED:
        connection.send_error(msg["id"], ERR_NOT_FOUND, "There is no such community that runs")
    elif not may_read(hass, connection.user, entries[0].entry_id):
        connection.send_error(msg["id"], ERR_UNAUTHORIZED, "This community may not be shown")
    else:
        community: Community = entries[0].runtime_data
        return community
    return None
