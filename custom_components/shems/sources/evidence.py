"""Evidence of how devices are used, and of the sky: what entities showed, from the recorder."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from homeassistant.components.recorder.history import get_significant_states
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers.recorder import get_instance
from homeassistant.util import dt as dt_util

from ..convert import celsius
from ..core.forecast.history import Weather
from ..core.horizon import DAY_S, HOUR_S
from ..core.series import Series
from ..devices import Device
from ..devices.vehicle import is_here
from .history import FINE_SPAN_S, joined
from .recorded import NOTHING, async_read, grid
from .weather import cover

PLUG_S: Final = 92.0 * DAY_S
"""The recorder keeps states for ten days by default, many homes keep them for longer. A plug
changes twice a day, so that a season of it is read at once."""
STATES_S: Final = 10.5 * DAY_S
"""A thermostat changes every few minutes: what is older was learned on the nights before."""

type _Read = Callable[[State], float]


@dataclass(frozen=True)
class Evidence:
    """What a device's entities showed.

    Attributes:
        plug: 1 while a car is there, 0 while it is not, NaN where nobody knows.
        temperature: of rooms or water, °C.
    """

    plug: Series
    temperature: Series


async def async_evidence(hass: HomeAssistant, device: Device, start: float, end: float) -> Evidence:
    """Return what the recorder knows of a device between two times."""
    nothing = Series.empty()
    if "recorder" not in hass.config.components:
        return Evidence(nothing, nothing)
    if device.kind == "vehicle":
        entity_id = device.entity("connected")
        plug = (
            nothing
            if entity_id is None
            else await _async_states(hass, entity_id, partial(_plugged, device), end - PLUG_S, end)
        )
        return Evidence(plug, nothing)
    return Evidence(nothing, await _async_temperature(hass, device, start, end))


async def _async_temperature(
    hass: HomeAssistant, device: Device, start: float, end: float
) -> Series:
    """Return a sensor's statistics; of what keeps none, the states of the last days."""
    if sensor := device.entity("temperature"):
        hourly = (await async_read(hass, start, end, {sensor}, "hour")).get(sensor, NOTHING)
        fine_start = max(start, end - FINE_SPAN_S)
        fine = (await async_read(hass, fine_start, end, {sensor}, "5minute")).get(sensor, NOTHING)
        if len(hourly.start) or len(fine.start):
            hours = grid(start, end, "hour")
            steps = grid(-(-fine_start // HOUR_S) * HOUR_S, end, "5minute")
            return joined(hours, hourly.means(hours), steps, fine.means(steps))
        return await _async_states(hass, sensor, _degrees, end - STATES_S, end)
    if thermostat := device.entity("thermostat"):
        read = partial(_warmth, device.range_of(thermostat).unit)
        return await _async_states(hass, thermostat, read, end - STATES_S, end)
    return Series.empty()


async def async_seen_weather(hass: HomeAssistant, entity_id: str, now: float) -> Weather:
    """Return clouds and temperature of the last days as a weather entity showed them."""
    if "recorder" not in hass.config.components:
        return Weather()
    begin = now - STATES_S

    def found() -> Weather:
        states = _states(hass, entity_id, begin, now, every=True)
        return Weather(
            temperature_c=_held(states, _outdoors, begin, now),
            cloud=_held(states, _cloud, begin, now),
        )

    return await get_instance(hass).async_add_executor_job(found)


async def _async_states(
    hass: HomeAssistant, entity_id: str, read: _Read, begin: float, end: float
) -> Series:
    """Return an entity's states between two times as a series; NaN where they say nothing.

    Of a thermostat they are told whenever an attribute changes, of all others when they do.
    """

    def found() -> Series:
        return _held(_states(hass, entity_id, begin, end), read, begin, end)

    return await get_instance(hass).async_add_executor_job(found)


def _states(
    hass: HomeAssistant, entity_id: str, begin: float, end: float, *, every: bool = False
) -> list[State]:
    """Return recorded states; `every` change of an attribute, too, of whatever entity."""
    known = get_significant_states(
        hass,
        dt_util.utc_from_timestamp(begin),
        dt_util.utc_from_timestamp(end),
        [entity_id],
        significant_changes_only=not every,
    )
    return [each for each in known.get(entity_id, ()) if isinstance(each, State)]


def _held(states: Iterable[State], read: _Read, begin: float, end: float) -> Series:
    """Return states as they held until the next; unknown before the first."""
    points = [(max(each.last_updated_timestamp, begin), read(each)) for each in states]
    points = [each for each in points if each[0] < end]
    if not points:
        return Series.empty()
    start, value = np.array(sorted(points), dtype=np.float64).T
    stop = np.append(start[1:], end)
    some = stop > start
    return Series(start[some], stop[some], value[some])


def _silent(state: State) -> bool:
    return state.state in (STATE_UNAVAILABLE, STATE_UNKNOWN)


def _plugged(device: Device, state: State) -> float:
    return np.nan if _silent(state) else float(is_here(device, state.state))


def _degrees(state: State) -> float:
    try:
        value = celsius(float(state.state), state.attributes.get("unit_of_measurement"))
    except ValueError:
        return np.nan
    return value


def _cloud(state: State) -> float:
    found = None if _silent(state) else cover(state.attributes, state.state)
    return np.nan if found is None else found


def _outdoors(state: State) -> float:
    value = state.attributes.get("temperature")
    if _silent(state) or not isinstance(value, int | float):
        return np.nan
    try:
        return celsius(float(value), state.attributes.get("temperature_unit"))
    except ValueError:
        return np.nan


def _warmth(unit: str | None, state: State) -> float:
    value = state.attributes.get("current_temperature")
    if _silent(state) or not isinstance(value, int | float):
        return np.nan
    try:
        return celsius(float(value), unit)
    except ValueError:
        return np.nan
