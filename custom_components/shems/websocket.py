"""The plan over the websocket."""

from typing import Any, Final

import probatio as vol
from homeassistant.components import websocket_api
from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.const import ERR_NOT_FOUND, ERR_UNAUTHORIZED
from homeassistant.components.websocket_api.decorators import websocket_command
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback

from .const import DOMAIN
from .coordinator import HomeCoordinator
from .data import ShemsConfigEntry
from .payload import plan_message
from .permission import may_read

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
    entries: list[ShemsConfigEntry] = [
        entry
        for entry in hass.config_entries.async_entries(DOMAIN)
        if entry.entry_id == msg.get("entry_id", entry.entry_id)
        and entry.state is ConfigEntryState.LOADED
    ]
    allowed = [each for each in entries if may_read(hass, connection.user, each.entry_id)]
    if not allowed:
        code = ERR_UNAUTHORIZED if entries else ERR_NOT_FOUND
        connection.send_error(msg["id"], code, "No home that can be shown")
        return
    home = allowed[0].runtime_data.coordinator
    sent: tuple[object, ...] | None = None

    @callback
    def send() -> None:
        nonlocal sent
        if (now := _fingerprint(home)) == sent:
            return
        sent = now
        connection.send_event(msg["id"], plan_message(home))

    connection.subscriptions[msg["id"]] = home.async_add_listener(send)
    connection.send_result(msg["id"])
    send()


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
        tuple(control.overrides),
        slots[-1].start if slots else None,
        data.now // 300,
    )
