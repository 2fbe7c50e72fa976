"""The weather forecast of a weather entity, hour by hour."""

import asyncio
import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
from homeassistant.components.weather.const import WeatherEntityFeature
from homeassistant.const import ATTR_SUPPORTED_FEATURES, UnitOfTemperature
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from homeassistant.util.unit_conversion import TemperatureConverter

from ..const import DOMAIN, LOGGER
from ..core.assets.plane import erbs
from ..core.assets.sun import position
from ..core.forecast.history import Weather
from ..core.horizon import HOUR_S
from ..core.series import Series
from .configuration import Configuration
from .prices.call import PATIENCE_S

FAR_S: Final = 72.0 * HOUR_S
"""Where the hourly forecast ends before this, the daily one goes on."""

type Hours = dict[float, float]
"""Values by the start of their hour."""
type Rows = Iterable[Mapping[str, Any]]

_COARSE: Final = (
    (WeatherEntityFeature.FORECAST_DAILY, "daily"),
    (WeatherEntityFeature.FORECAST_TWICE_DAILY, "twice_daily"),
)
_LONGEST_S: Final = 6.0 * HOUR_S
"""Services give every third or sixth hour at last; farther apart nothing is between them."""
_WARMEST_H: Final = 15.0
_CLOUD: Final = {
    "sunny": 0.06,
    "clear-night": 0.06,
    "partlycloudy": 0.45,
    "windy": 0.2,
    "windy-variant": 0.5,
    "cloudy": 0.9,
    "fog": 0.9,
    "hail": 0.95,
    "lightning": 0.9,
    "lightning-rainy": 0.97,
    "pouring": 1.0,
    "rainy": 0.97,
    "snowy": 0.97,
    "snowy-rainy": 1.0,
}
"""Cloud cover where a service only has a word for it: the middle of what the word means in
eighths of the sky (WMO: clear up to 1/8, partly 3/8 to 4/8, cloudy 7/8 and more)."""
_WHOLE: Final = ("solar_irradiance", "shortwave_radiation", "global_irradiance", "ghi")
_DIRECT: Final = ("direct_radiation", "direct_irradiance")
_DIFFUSE: Final = ("diffuse_radiation", "diffuse_irradiance", "dhi")
"""What weather services call irradiance on a horizontal plane, W/m²: those of Open-Meteo and
of the satellite services; Home Assistant has no name of its own."""


def weather_entity(hass: HomeAssistant, configuration: Configuration) -> str | None:
    """Return the chosen weather entity, else the first; None where there is none.

    A simulated home has a weather of its own, which is no real home's.
    """
    if configuration.surroundings.weather:
        return configuration.surroundings.weather
    registry = er.async_get(hass)
    entries = er.async_entries_for_config_entry(registry, configuration.entry_id)
    if own := [each.entity_id for each in entries if each.domain == "weather"]:
        return own[0]

    def simulated(entity_id: str) -> bool:
        entry = registry.async_get(entity_id)
        return entry is not None and entry.platform == DOMAIN

    others = sorted(each for each in hass.states.async_entity_ids("weather") if not simulated(each))
    return others[0] if others else None


async def async_weather(
    hass: HomeAssistant, configuration: Configuration, now: float
) -> Weather | None:
    """Return the forecast, None where there is none to be had."""
    entity_id = weather_entity(hass, configuration)
    state = hass.states.get(entity_id) if entity_id else None
    if state is None or _unit(state) not in TemperatureConverter.VALID_UNITS:
        return None
    features = int(state.attributes.get(ATTR_SUPPORTED_FEATURES, 0))
    zone = ZoneInfo(configuration.zone)
    hours: dict[str, Hours] = {}
    if features & WeatherEntityFeature.FORECAST_HOURLY:
        hours = hourly(await _async_rows(hass, state, "hourly"), _celsius(state))
    if min((max(each, default=0.0) for each in hours.values()), default=0.0) < now + FAR_S:
        kind = next((kind for feature, kind in _COARSE if features & feature), None)
        if kind is not None:
            rows = await _async_rows(hass, state, kind)
            hours = _continued(hours, daily(rows, _celsius(state), zone))
    if not hours:
        return None
    return _weather(hours, hass.config.latitude, hass.config.longitude)


async def _async_rows(hass: HomeAssistant, state: State, kind: str) -> Rows:
    """Return the rows of a forecast, none where it cannot be had."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            response = await hass.services.async_call(
                "weather",
                "get_forecasts",
                {"entity_id": state.entity_id, "type": kind},
                blocking=True,
                return_response=True,
            )
    except Exception as err:  # noqa: BLE001  # Whatever a service does wrong, plans go on.
        LOGGER.debug("No weather forecast from %s: %r", state.entity_id, err)
        return []
    found = (response or {}).get(state.entity_id)
    rows = found.get("forecast") if isinstance(found, Mapping) else None
    return [each for each in rows if isinstance(each, Mapping)] if isinstance(rows, list) else []


def _unit(state: State) -> str:
    return str(state.attributes.get("temperature_unit") or UnitOfTemperature.CELSIUS)


def _celsius(state: State) -> Callable[[float], float]:
    return TemperatureConverter.converter_factory(_unit(state), UnitOfTemperature.CELSIUS)


def hourly(rows: Rows, celsius: Callable[[float], float]) -> dict[str, Hours]:
    """Return each quantity's hours, those between two rows interpolated."""
    points: dict[str, Hours] = {}
    for row in rows:
        at = _moment(row)
        if at is None:
            continue
        for name, value in _values(row, celsius).items():
            points.setdefault(name, {})[at.timestamp()] = value
    return {name: _interpolated(each) for name, each in points.items()}


def _moment(row: Mapping[str, Any]) -> datetime | None:
    at = dt_util.parse_datetime(str(row.get("datetime")))
    return None if at is None else dt_util.as_utc(at)


def _values(row: Mapping[str, Any], celsius: Callable[[float], float]) -> dict[str, float]:
    """Return the quantities a row knows, in the core's units."""
    temperature = _number(row, "temperature")
    known = {
        "temperature_c": None if temperature is None else celsius(temperature),
        "cloud": cover(row, row.get("condition")),
        "whole": _number(row, *_WHOLE),
        "direct": _number(row, *_DIRECT),
        "diffuse": _number(row, *_DIFFUSE),
    }
    return {name: value for name, value in known.items() if value is not None}


def cover(said: Mapping[str, Any], condition: object) -> float | None:
    """Return the cloud cover, 0 to 1, by a number or else by a word; None where neither is."""
    cloud = _number(said, "cloud_coverage")
    return _CLOUD.get(str(condition)) if cloud is None else cloud / 100.0


def _number(row: Mapping[str, Any], *keys: str) -> float | None:
    for key in keys:
        value = row.get(key)
        if isinstance(value, int | float) and math.isfinite(value):
            return float(value)
    return None


def _interpolated(points: Hours) -> Hours:
    times = np.array(sorted(points))
    values = np.array([points[each] for each in times.tolist()])
    starts = np.arange(-(-times[0] // HOUR_S) * HOUR_S, times[-1] + 1.0, HOUR_S)
    after = np.minimum(np.searchsorted(times, starts), len(times) - 1)
    before = np.maximum(np.searchsorted(times, starts, side="right") - 1, 0)
    near = times[after] - times[before] <= _LONGEST_S
    filled = np.interp(starts, times, values)
    return dict(zip(starts[near].tolist(), filled[near].tolist(), strict=True))


def daily(rows: Rows, celsius: Callable[[float], float], zone: ZoneInfo) -> dict[str, Hours]:
    """Return hours drawn from days, or from days and nights, with a high and a low.

    The temperature swings between them, warmest at three in the afternoon.
    """
    highs: dict[date, float] = {}
    lows: dict[date, float] = {}
    clouds: dict[date, float] = {}
    for row in rows:
        at = _moment(row)
        if at is None:
            continue
        day = at.astimezone(zone).date()
        values = _values(row, celsius)
        low = _number(row, "templow")
        if low is not None:
            lows[day] = celsius(low)
        if "temperature_c" in values:
            which = lows if row.get("is_daytime") is False else highs
            which[day] = values["temperature_c"]
        if "cloud" in values and row.get("is_daytime") is not False:
            clouds[day] = values["cloud"]
    temperature: Hours = {}
    for day in highs.keys() & lows.keys():
        middle, swing = (highs[day] + lows[day]) / 2, (highs[day] - lows[day]) / 2
        for start, hour in _hours(day, zone):
            turn = math.cos(2 * math.pi * (hour + 0.5 - _WARMEST_H) / 24)
            temperature[start] = middle + swing * turn
    cloud = {start: each for day, each in clouds.items() for start, _ in _hours(day, zone)}
    return {
        name: hours for name, hours in (("temperature_c", temperature), ("cloud", cloud)) if hours
    }


def _hours(day: date, zone: ZoneInfo) -> list[tuple[float, float]]:
    """Return the hours of a local day: their start and their time of day."""
    begin = datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()
    after = day + timedelta(days=1)
    end = datetime(after.year, after.month, after.day, tzinfo=zone).timestamp()
    first = -(-begin // HOUR_S) * HOUR_S
    return [(start, (start - begin) / HOUR_S) for start in np.arange(first, end, HOUR_S).tolist()]


def _continued(hours: dict[str, Hours], later: dict[str, Hours]) -> dict[str, Hours]:
    """Return hours with others where they know nothing."""
    return {name: later.get(name, {}) | hours.get(name, {}) for name in hours.keys() | later.keys()}


def _weather(hours: Mapping[str, Hours], latitude: float, longitude: float) -> Weather:
    """Return series; irradiance without its parts is taken apart."""
    direct, diffuse = dict(hours.get("direct", {})), dict(hours.get("diffuse", {}))
    if whole := hours.get("whole"):
        times = np.array(list(whole))
        sun = position(times + HOUR_S / 2, latitude, longitude)
        parts = erbs(np.maximum(np.array(list(whole.values())), 0.0), sun)
        direct = dict(zip(whole, parts.direct.tolist(), strict=True)) | direct
        diffuse = dict(zip(whole, parts.diffuse.tolist(), strict=True)) | diffuse
    return Weather(
        temperature_c=_series(hours.get("temperature_c", {})),
        cloud=_series(
            {at: min(max(each, 0.0), 1.0) for at, each in hours.get("cloud", {}).items()}
        ),
        direct_w_m2=_series(direct),
        diffuse_w_m2=_series(diffuse),
    )


def _series(hours: Hours) -> Series:
    return Series.of((start, start + HOUR_S, value) for start, value in hours.items())
