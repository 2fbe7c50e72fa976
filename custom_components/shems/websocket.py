"""The plan over the websocket."""

from typing import Any, Final

import probatio as vol
from homeassistant.components import websocket_api
from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.const import ERR_NOT_FOUND, ERR_UNAUTHORIZED
from homeassistant.components.websocket_api.decorators import websocket_command
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback

from .asking import chosen_by, homes
from .coordinator import HomeCoordinator
from .payload import plan_message
from .permission import may_read
from .telling import async_keep_told

NOT_NAMED: Final = "home_not_named"
"""Error code where there are several homes and none is named."""
SUBSCRIBE: Final[dict[str | vol.Marker, Any]] = {
    vol.Required("type"): "shems/plan/subscribe",
    vol.Optional("entry_id"): str,
}


@callback
def async_setup_websocket(hass: HomeAssistant) -> None:
    """Register the commands."""
    websocket_api.async_register_command(hass, subscribe_plan)


@websocket_command(SUBSCRIBE)
@callback
def subscribe_plan(hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]) -> None:
    """Send the plan now and whenever it, its status or the measured past changes."""
    if (home := home_of(hass, connection, msg)) is None:
        return
    sent: tuple[object, ...] | None = None

    @callback
    def send() -> None:
        nonlocal sent
        if (now := _fingerprint(home)) == sent:
            return
        sent = now
        movable = chosen_by(hass, home, connection.user)
        connection.send_event(msg["id"], {**plan_message(home), "movable": movable})

    stop = home.async_add_listener(send)
    async_keep_told(hass, connection, msg, home.configuration.entry_id, stop)
    send()


def home_of(
    hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]
) -> HomeCoordinator | None:
    """Return the home that is asked for; None, and an error, where it cannot be shown."""
    named: str | None = msg.get("entry_id")
    entries = [each for each in homes(hass) if named in (None, each.entry_id)]
    if len(entries) > 1:
        titles = ", ".join(each.title for each in entries)
        connection.send_error(msg["id"], NOT_NAMED, f"There are several homes; name one: {titles}")
    elif not entries or entries[0].state is not ConfigEntryState.LOADED:
        connection.send_error(msg["id"], ERR_NOT_FOUND, "There is no such home that runs")
    elif not may_read(hass, connection.user, entries[0].entry_id):
        connection.send_error(msg["id"], ERR_UNAUTHORIZED, "This home may not be shown")
    else:
        return entries[0].runtime_data.coordinator
    return None


def _fingerprint(home: HomeCoordinator) -> tuple[object, ...]:
    """Return what must change before a new message is worth sending."""
    data, control = home.data, home.store.control
    slots = home.store.memory.slots
    return (
        None if data.plan is None else data.plan.created,
        data.status,
        data.problem and (data.problem.code, tuple(data.problem.args.items())),
        control.enabled,
        tuple(control.device(device.id) for device in home.driven),
        tuple(control.overrides.items()),
        slots[-1].start if slots else None,
        data.now // 300,
    )
