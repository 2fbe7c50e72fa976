"""What a home and its devices do this second, over the websocket."""

from typing import Any, Final

import probatio as vol
from homeassistant.auth.models import User
from homeassistant.components import websocket_api
from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.decorators import websocket_command
from homeassistant.core import HomeAssistant, callback

from .asking import chosen_by
from .coordinator import HomeCoordinator
from .core.assets.stay import VehicleState
from .core.observe.readings import Value
from .devices import KINDS, Device
from .devices.settings import MODE_PAUSED
from .moved_values import capacity_kwh, planned_power, reason_now
from .telling import async_keep_told
from .values import command, phrase
from .websocket import home_of

SUBSCRIBE: Final[dict[str | vol.Marker, Any]] = {
    vol.Required("type"): "shems/live/subscribe",
    vol.Optional("entry_id"): str,
}
_DIGITS: Final = 3
"""A watt is the least that a meter tells."""


@callback
def async_setup_live(hass: HomeAssistant) -> None:
    """Register the command."""
    websocket_api.async_register_command(hass, follow_live)


@websocket_command(SUBSCRIBE)
@callback
def follow_live(hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]) -> None:
    """Send what flows and what each device does, now and whenever that changes.

    A home looks at its meters once a second at most, so no more is sent.
    """
    if (home := home_of(hass, connection, msg)) is None:
        return
    sent: dict[str, Any] | None = None

    @callback
    def send() -> None:
        nonlocal sent
        if (message := live_message(hass, home, connection.user)) != sent:
            sent = message
            connection.send_event(msg["id"], {"now": home.data.now, **message})

    stop = home.async_add_listener(send)
    async_keep_told(hass, connection, msg, home.configuration.entry_id, stop)
    send()


def live_message(hass: HomeAssistant, home: HomeCoordinator, user: User) -> dict[str, Any]:
    """Return powers in kW, null where unknown, and what each device does and why."""
    readings, price = home.data.readings, home.data.price
    buy, sell = (None, None) if price is None else price
    chosen = chosen_by(hass, home, user)
    configuration = home.configuration
    batteries = configuration.of_kind("battery")
    shown = {each.id: each for each in (*batteries, *configuration.moved, *home.driven)}
    return {
        "entry_id": home.config_entry.entry_id,
        "title": home.config_entry.title,
        "status": home.data.status,
        "currency": home.configuration.tariff.currency,
        "enabled": home.store.control.enabled,
        "has_solar": bool(home.configuration.of_kind("solar")),
        "grid_kw": None if readings is None else _kw(readings.grid_kw),
        "solar_kw": None if readings is None else _kw(readings.solar_kw),
        "load_kw": None if readings is None else _kw(readings.load_kw),
        "import_price": buy,
        "export_price": sell,
        "devices": [_device(home, each, chosen.get(each.id)) for each in shown.values()],
    }


def _device(home: HomeCoordinator, device: Device, registry_id: str | None) -> dict[str, Any]:
    """Return what a device does; the id is that of one that the user may choose for."""
    control = home.store.control
    held, driven = control.overrides.get(device.id), device in home.driven
    mode = MODE_PAUSED if control.left(device.id) else control.mode(device.id)
    return {
        "id": device.id,
        "device_id": registry_id,
        "name": device.name,
        "kind": device.kind,
        "armed": driven and control.device(device.id).armed,
        "mode": mode if driven else None,
        "modes": list(KINDS[device.kind].modes) if driven else [],
        "override": None
        if held is None
        else {"cause": held.cause, "since": held.since, "until": held.until},
        **(_battery if device.kind == "battery" else _moved)(home, device),
    }


def _battery(home: HomeCoordinator, device: Device) -> dict[str, Any]:
    """Return a battery's power, + = charging, its charge, and what it is to do."""
    readings = home.data.readings
    reading = None if readings is None else readings.batteries.get(device.id)
    power = None if reading is None else _kw(reading.power_kw)
    told = command(home, device.id)
    held = home.store.control.overrides.get(device.id)
    return {
        "power_kw": None if power is None else -power,
        "level": None if reading is None else reading.soc.usable,
        "doing": told["mode"],
        "reason": told["reason"] if held is None else phrase(held.reason),
    }


def _moved(home: HomeCoordinator, device: Device) -> dict[str, Any]:
    """Return what a device takes, how full a car is, and what it is to do."""
    readings = home.data.readings
    reading = None if readings is None else readings.devices.get(device.id)
    planned = planned_power(home, device.id)
    return {
        "power_kw": None if reading is None else _kw(reading),
        "level": _charge(home, device),
        "doing": None if planned is None else ("run" if planned > 0 else "rest"),
        "reason": phrase(reason_now(home, device.id)),
    }


def _charge(home: HomeCoordinator, device: Device) -> float | None:
    """Return how full a car is; None where none says so."""
    state, capacity = home.director.known.states.get(device.id), capacity_kwh(home, device)
    if capacity is None or not isinstance(state, VehicleState):
        return None
    return round(state.energy_kwh / capacity, _DIGITS)


def _kw(value: Value) -> float | None:
    return None if value.usable is None else round(value.usable, _DIGITS)
