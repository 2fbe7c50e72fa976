"""Consumers: which of them the registry makes plain to be more than a load."""

from collections.abc import Iterable
from typing import Any, Final

from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.components.climate.const import HVACMode
from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.core import HomeAssistant
from homeassistant.loader import IntegrationNotFound, async_get_integration

from .battery import state_of_charge
from .parts import Part, Words, entry_of, likeliest, only, recognised, siblings

_CHARGERS: Final = frozenset(
    {
        *("easee", "zaptec", "goecharger", "goecharger_api2", "goecharger_mqtt", "wallbox"),
        *("ocpp", "evcc_intg", "keba", "openevse", "ohme", "v2c", "peblar", "lektrico"),
        *("blue_current", "tesla_wall_connector", "nrgkick", "technove", "silla_prism"),
    }
)
"""Integrations of chargers: the custom ones, and the core's for a Home Assistant whose manifests
have no categories yet."""
_CATEGORY: Final = "energy.ev_charging"
_CHARGING: Final[Words] = frozenset({"charge", "charging", "charger", "enable", "enabled"})
_LIMIT: Final[Words] = frozenset({"charging", "charge", "limit", "dynamic", "charger"})
_NOT_LIMIT: Final[Words] = frozenset(
    {"min", "minimum", "fuse", "circuit", "grid", "main", "fallback", "offline", "cable", "phase"}
)
_STATUS: Final[Words] = frozenset({"status", "state", "mode", "connected", "cable", "plug"})
_AWAY: Final = frozenset({"disconnected", "not_connected", "unplugged", "no_vehicle", "available"})


async def async_kinds(hass: HomeAssistant, meter: str) -> dict[str, dict[str, Any]]:
    """Return the kinds of devices that a consumer's meter counts, with the fields known of each.

    A heat pump that warms rooms and water is two devices on one meter.
    """
    parts = siblings(hass, meter)
    entry = entry_of(hass, meter)
    if hardware := recognised(hass, meter, "vehicle", "heating", "water"):
        return {hardware.kind: hardware.data}
    tank = only(each for each in parts if each.domain == "water_heater")
    rooms = only(each for each in parts if each.domain == "climate")
    kinds: dict[str, dict[str, Any]] = {}
    if rooms:
        kinds["heating"] = {"thermostat": rooms.id, **_heater(hass, rooms.id)}
    if tank:
        kinds["water"] = {"thermostat": tank.id}
    if rooms and tank and entry and entry.device_id:
        kinds["heating"]["pump"] = kinds["water"]["pump"] = entry.device_id
        kinds["water"]["heater"] = "heat_pump"
    if kinds:
        return kinds
    if entry is not None and (
        await _async_charger(hass, entry.platform) or _looks_like_charger(parts)
    ):
        return {"vehicle": _charger(hass, meter, parts)}
    plug = recognised(hass, meter, "load")
    return {"load": plug.data if plug else {}}


def _heater(hass: HomeAssistant, thermostat: str) -> dict[str, str]:
    """Return what a thermostat can do where its modes tell; what it heats with they do not."""
    state = hass.states.get(thermostat)
    modes = set(state.attributes.get("hvac_modes", ())) if state else set()
    warms = bool(modes & {HVACMode.HEAT, HVACMode.HEAT_COOL})
    cools = bool(modes & {HVACMode.COOL, HVACMode.HEAT_COOL})
    if cools:
        return {"heater": "both" if warms else "cooling"}
    return {}


async def _async_charger(hass: HomeAssistant, domain: str) -> bool:
    """Return whether an integration is one of chargers."""
    if domain in _CHARGERS:
        return True
    try:
        integration = await async_get_integration(hass, domain)
    except IntegrationNotFound:
        return False
    categories: Any = integration.manifest.get("categories", ())
    return _CATEGORY in categories


def _looks_like_charger(parts: Iterable[Part]) -> bool:
    """Return whether a device knows of a plug and can be given a current, as only chargers do."""
    known = list(parts)
    return _plug(known) is not None and any(
        each.domain == "number" and each.unit == "A" for each in known
    )


def _plug(parts: Iterable[Part]) -> Part | None:
    return only(
        each
        for each in parts
        if each.domain == "binary_sensor" and each.device_class == BinarySensorDeviceClass.PLUG
    )


def _charger(hass: HomeAssistant, meter: str, parts: Iterable[Part]) -> dict[str, Any]:
    """Return what tells of the car and what drives its charger, where that is plain."""
    known = list(parts)
    current = likeliest(
        (
            each
            for each in known
            if each.domain == "number" and each.unit == "A" and not each.words & _NOT_LIMIT
        ),
        _LIMIT,
    )
    turned = only(
        each
        for each in known
        if each.domain == "switch" and not each.setting and each.words & _CHARGING
    )
    here = _plug(known) or _status(hass, known)
    fields = {
        "soc": state_of_charge(hass, meter),
        "connected": here and here.id,
        "power_number": current and current.id,
        "switch": turned and turned.id,
    }
    return {key: each for key, each in fields.items() if each}


def _status(hass: HomeAssistant, parts: Iterable[Part]) -> Part | None:
    """Return the sensor whose options tell that no car is there."""
    return likeliest(
        (
            each
            for each in parts
            if each.domain == "sensor"
            and each.device_class == SensorDeviceClass.ENUM
            and (state := hass.states.get(each.id))
            and _AWAY & {str(option).lower() for option in state.attributes.get("options", ())}
        ),
        _STATUS,
    )
