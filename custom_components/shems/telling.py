"""Subscriptions of pages, which end with what they tell of."""

from typing import Any

from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
    ConfigEntryState,
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect

ENDED: dict[str, Any] = {"ended": True}
"""What is told last, so that the page asks anew."""


@callback
def async_keep_told(
    hass: HomeAssistant,
    connection: ActiveConnection,
    msg: dict[str, Any],
    entry_id: str,
    stop: CALLBACK_TYPE,
) -> None:
    """Answer a subscription, and end it with its page or where its entry is unloaded.

    What is loaded after that, as after every change of options, is another home to the old
    listeners: a page that was not told would show the old one's last state for good.

    Args:
        hass: Home Assistant.
        connection: to the page.
        msg: by which it subscribed.
        entry_id: of what is told.
        stop: what ends the listening.
    """
    told = False

    @callback
    def changed(change: ConfigEntryChange, entry: ConfigEntry) -> None:
        nonlocal told
        gone = change is ConfigEntryChange.REMOVED or entry.state is not ConfigEntryState.LOADED
        if entry.entry_id == entry_id and gone and not told:
            told = True
            connection.send_event(msg["id"], ENDED)

    forget = async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, changed)

    @callback
    def leave() -> None:
        forget()
        stop()

    connection.subscriptions[msg["id"]] = leave
    connection.send_result(msg["id"])
