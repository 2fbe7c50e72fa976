"""Carbon: what the grid emits now, as a sensor tells it, and will, where an entity lists it."""

import math
from collections.abc import Iterable, Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT
from homeassistant.core import HomeAssistant

from ..core.horizon import HOUR_S
from ..core.series import Series
from ..core.units import InputError, carbon_g_per_kwh
from ..devices.form import unit_of
from .configuration import Configuration
from .error import SourceError
from .prices.interval import Row, amount, moment, series
from .prices.octopus import tomorrow

HELD_S: Final = 3.0 * HOUR_S
"""Providers renew the value every hour and some are late; an older one is no present one."""

_STARTS: Final = ("from", "start", "start_time", "period_start", "datetime", "time", "timestamp")
_ENDS: Final = ("to", "end", "end_time", "period_end")
_VALUES: Final = (
    "intensity_forecast",
    "carbon_intensity",
    "carbonIntensity",
    "intensity",
    "forecast",
    "co2",
    "value",
)
"""What services call the parts of a forecast: those for Great Britain, and Electricity Maps."""


def carbon_now(hass: HomeAssistant, configuration: Configuration, now: float) -> Series:
    """Return what is emitted in the running hour, g/kWh; nothing where that is unknown."""
    entity_id = configuration.surroundings.carbon
    state = None if entity_id is None else hass.states.get(entity_id)
    if state is None or now - state.last_reported_timestamp > HELD_S:
        return Series.empty()
    try:
        unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
        value = carbon_g_per_kwh(float(state.state), unit)
    except ValueError, InputError:
        return Series.empty()
    if not 0 <= value < math.inf:
        return Series.empty()
    hour = now // HOUR_S * HOUR_S
    return Series.of([(hour, hour + HOUR_S, value)])


def carbon_statistic(hass: HomeAssistant, configuration: Configuration) -> tuple[str, float] | None:
    """Return the sensor with the factor from its unit to g/kWh, None where there is none."""
    entity_id = configuration.surroundings.carbon
    if entity_id is None:
        return None
    try:
        return entity_id, carbon_g_per_kwh(1.0, unit_of(hass, entity_id))
    except InputError:
        return None


def carbon_forecast(hass: HomeAssistant, configuration: Configuration) -> Series:
    """Return what is expected to be emitted, g/kWh; nothing where no entity lists it.

    The entity chosen for it is read, else the sensor of what is emitted now.
    """
    around = configuration.surroundings
    entity_id = around.carbon_forecast or around.carbon
    return Series.empty() if entity_id is None else listed(hass, entity_id, configuration.zone)


def listed(hass: HomeAssistant, entity_id: str, zone: str) -> Series:
    """Return the forecast in an entity's attributes, and in those of the next day's beside it.

    Without a unit g/kWh is meant.
    """
    found: list[Row] = []
    for each in (entity_id, *tomorrow(hass, entity_id)):
        state = hass.states.get(each)
        if state is None:
            continue
        unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
        try:
            scale = 1.0 if unit is None else carbon_g_per_kwh(1.0, unit)
        except InputError:
            continue
        for value in state.attributes.values():
            found += [(start, end, scale * number) for start, end, number in _rows(value)]
    try:
        return series(dict.fromkeys(found), ZoneInfo(zone), entity_id)
    except SourceError:
        return Series.empty()


def _rows(value: Any) -> Iterable[Row]:
    """Return the rows of an attribute that lists a forecast."""
    for item in value if isinstance(value, list) else ():
        if isinstance(item, Mapping):
            start, end = (moment(_first(item, keys)) for keys in (_STARTS, _ENDS))
            number = _emitted(_first(item, _VALUES))
            if start is not None and number is not None:
                yield start, end, number


def _first(item: Mapping[str, Any], keys: Iterable[str]) -> Any:
    return next((item[key] for key in keys if key in item), None)


def _emitted(value: Any) -> float | None:
    if isinstance(value, Mapping):  # Some services list what was expected beside what came.
        value = value.get("forecast")
    number = amount(value)
    return number if number is not None and number >= 0 else None
