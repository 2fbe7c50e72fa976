"""A battery's sensors: its state of charge, its capacity, its limits and its mode."""

import math
from collections.abc import Mapping
from typing import Any, Final

from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.core import HomeAssistant

from ...convert import energy_kwh, power_kw
from ...core.units import InputError
from ...devices.battery import mode_options
from .parts import Part, Words, likeliest, only, relatives, siblings, value_of

_CHARGED: Final[Words] = frozenset({"soc", "charge", "level"})
_NOT_CHARGED: Final[Words] = frozenset(
    {"min", "minimum", "max", "maximum", "reserve", "limit", "target", "health", "soh", "backup"}
    | {"cutoff", "cut", "end", "threshold", "efficiency", "discharge", "grid"}
)
_CAPACITY: Final[Words] = frozenset({"usable", "rated", "nominal", "total", "full"})
_NOT_CAPACITY: Final[Words] = frozenset(
    {"remaining", "available", "used", "charged", "min", "minimum", "reserve", "inverter"}
)
_CAPACITY_KWH: Final = (0.5, 1000.0)
"""From a balcony's battery to a farm's."""
_MOST: Final[Words] = frozenset({"max", "maximum", "rated", "limit"})
_LIMIT_KW: Final = (0.1, 500.0)
_WAYS: Final[Mapping[str, tuple[Words, Words]]] = {
    "charge_kw": (frozenset({"charge", "charging"}), frozenset({"discharge", "discharging"})),
    "discharge_kw": (frozenset({"discharge", "discharging"}), frozenset({"charge", "charging"})),
}


def state_of_charge(hass: HomeAssistant, meter: str | None) -> str | None:
    """Return the sensor of the state of charge on a meter's device."""
    for parts in (siblings(hass, meter), relatives(hass, meter)):
        found = [
            each
            for each in parts
            if each.domain == "sensor"
            and each.unit in ("%", None)
            and each.device_class == SensorDeviceClass.BATTERY
        ]
        own = [each for each in found if not each.words & _NOT_CHARGED]
        if best := only(found) or likeliest(own, _CHARGED):
            return best.id
    return None


def capacity_kwh(hass: HomeAssistant, meter: str | None) -> float | None:
    """Return what a device says its battery holds."""
    for parts in (siblings(hass, meter), relatives(hass, meter)):
        found = [
            each
            for each in parts
            if each.domain == "sensor"
            and "capacity" in each.words
            and not each.words & _NOT_CAPACITY
            and each.state_class not in ("total", "total_increasing")
            and _kwh(hass, each) is not None
        ]
        if best := likeliest(found, _CAPACITY):
            return _kwh(hass, best)
    return None


def _kwh(hass: HomeAssistant, part: Part) -> float | None:
    value = value_of(hass, part.id)
    try:
        capacity = math.nan if value is None else energy_kwh(value, part.unit)
    except InputError:
        return None
    return round(capacity, 2) if _CAPACITY_KWH[0] <= capacity <= _CAPACITY_KWH[1] else None


def limits(hass: HomeAssistant, meter: str | None) -> dict[str, float]:
    """Return the highest powers that a device tells, by their fields."""
    found: dict[str, float] = {}
    parts = (*siblings(hass, meter), *relatives(hass, meter))
    for key, (way, other) in _WAYS.items():
        told = [
            each
            for each in parts
            if each.words & way and not each.words & other and each.words & _MOST
        ]
        values = {value for each in told if (value := _most(hass, each)) is not None}
        if len(values) == 1:
            found[key] = values.pop()
    return found


def _most(hass: HomeAssistant, part: Part) -> float | None:
    """Return what a sensor says is the limit, or the most that a number can be set to."""
    if part.domain == "sensor":
        value = value_of(hass, part.id)
    elif part.domain == "number" and (state := hass.states.get(part.id)):
        value = state.attributes.get("max")
    else:
        return None
    try:
        power = math.nan if value is None else power_kw(float(value), part.unit)
    except InputError:
        return None
    return round(power, 2) if _LIMIT_KW[0] <= power <= _LIMIT_KW[1] else None


def control(hass: HomeAssistant, meter: str | None) -> dict[str, Any]:
    """Return the fields of the only select on a device whose options can mean nothing else."""
    parts = (*siblings(hass, meter), *relatives(hass, meter))
    found = [data for each in parts if (data := _by_mode(hass, each))]
    return found[0] if len(found) == 1 else {}


def _by_mode(hass: HomeAssistant, part: Part) -> dict[str, Any] | None:
    if part.domain != "select":
        return None
    options = mode_options(hass, part.id)
    return options and {"control": "select", "mode_select": part.id, **options}
