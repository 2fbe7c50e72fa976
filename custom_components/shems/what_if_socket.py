"""What-if questions and inferred parameters over the websocket, for the dashboard."""

from collections.abc import Mapping
from datetime import time
from typing import Any, Final

import probatio as vol
from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.components import websocket_api
from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.const import ERR_UNAUTHORIZED
from homeassistant.components.websocket_api.decorators import async_response, websocket_command
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError

from .coordinator import HomeCoordinator
from .inquiry import Asked
from .permission import may
from .telling import async_keep_told
from .values import phrase
from .websocket import home_of
from .what_if import FIELDS
from .what_if_actions import async_ask

_HOME: Final[dict[str | vol.Marker, Any]] = {vol.Optional("entry_id"): str}
BEGIN: Final[dict[str | vol.Marker, Any]] = {
    vol.Required("type"): "shems/what_if/begin",
    **_HOME,
    vol.Required("question"): vol.Schema(FIELDS),
}
FOLLOW: Final[dict[str | vol.Marker, Any]] = {
    vol.Required("type"): "shems/what_if/subscribe",
    **_HOME,
}
CANCEL: Final[dict[str | vol.Marker, Any]] = {
    vol.Required("type"): "shems/what_if/cancel",
    **_HOME,
}
INFERRED: Final[dict[str | vol.Marker, Any]] = {
    vol.Required("type"): "shems/inferred/subscribe",
    **_HOME,
}


@callback
def async_setup_what_if_socket(hass: HomeAssistant) -> None:
    """Register the commands."""
    for command in (begin, follow, cancel, follow_inferred):
        websocket_api.async_register_command(hass, command)


@websocket_command(BEGIN)
@callback
def begin(hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]) -> None:
    """Begin to answer a question; who subscribes is told how far it is."""
    if (home := _controlled(hass, connection, msg)) is None:
        return
    try:
        async_ask(hass, home, msg["question"])
    except ServiceValidationError as err:
        connection.send_error(msg["id"], err.translation_key or "", str(err))
    else:
        connection.send_result(msg["id"])


@websocket_command(CANCEL)
@async_response
async def cancel(hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]) -> None:
    """End the question under way."""
    if (home := _controlled(hass, connection, msg)) is not None:
        connection.send_result(msg["id"], {"cancelled": await home.inquirer.async_cancel()})


@websocket_command(FOLLOW)
@callback
def follow(hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]) -> None:
    """Send the question under way, or the last one, now and whenever it comes on."""
    if (home := home_of(hass, connection, msg)) is None:
        return
    may_ask = may(hass, connection.user, home.configuration.entry_id, POLICY_CONTROL)

    @callback
    def send() -> None:
        connection.send_event(
            msg["id"], {"may_ask": may_ask, **_ground(home), **_message(home.inquirer.asked)}
        )

    stop = home.inquirer.async_listen(send)
    async_keep_told(hass, connection, msg, home.configuration.entry_id, stop)
    send()


@websocket_command(INFERRED)
@callback
def follow_inferred(hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]) -> None:
    """Send what is inferred of a home now, and after every night."""
    if (home := home_of(hass, connection, msg)) is None:
        return
    sent: tuple[float | None, ...] | None = None

    @callback
    def send() -> None:
        nonlocal sent
        if (now := (home.inference.at,)) == sent:
            return
        sent = now
        connection.send_event(msg["id"], _inferred(home))

    stop = home.learner.async_listen(send)
    async_keep_told(hass, connection, msg, home.configuration.entry_id, stop)
    send()


def _controlled(
    hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]
) -> HomeCoordinator | None:
    """Return the home that is asked about; None, and an error, where the user may not."""
    home = home_of(hass, connection, msg)
    if home is None or may(hass, connection.user, home.configuration.entry_id, POLICY_CONTROL):
        return home
    connection.send_error(msg["id"], ERR_UNAUTHORIZED, "This home may not be asked about")
    return None


def _ground(home: HomeCoordinator) -> dict[str, Any]:
    """Return what of a home its questions begin with."""
    configuration = home.configuration
    return {
        "entry_id": configuration.entry_id,
        "currency": configuration.tariff.currency,
        "dynamic": configuration.tariff.needs_market,
    }


def _message(asked: Asked) -> dict[str, Any]:
    return {
        "stage": asked.stage.value,
        "progress": asked.share,
        "began": asked.began,
        "ended": asked.ended,
        "problem": phrase(asked.problem),
        "question": _plain(asked.question),
        "answer": asked.answer,
    }


def _plain(value: Any) -> Any:
    """Return what was entered as JSON can carry it: times of day are texts."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, time) else value


def _inferred(home: HomeCoordinator) -> dict[str, Any]:
    inference = home.inference
    return {
        "entry_id": home.configuration.entry_id,
        "at": inference.at,
        "subjects": [
            {
                "block": subject.block,
                "name": None if device is None else device.name,
                **inference.told(subject.key),
            }
            for subject in inference.subjects
            for device in (
                home.configuration.device(subject.device_id) if subject.device_id else None,
            )
        ],
    }
