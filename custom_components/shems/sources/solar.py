"""Solar forecasts of any provider on Home Assistant's Energy platform."""

import asyncio
import itertools
from collections.abc import Mapping
from typing import Any

import numpy as np
from astral import Observer  # type: ignore[import-untyped]  # It comes without types.
from astral.sun import elevation  # type: ignore[import-untyped]  # The same.
from homeassistant.components.energy.types import GetSolarForecastType
from homeassistant.components.energy.websocket_api import async_get_energy_platforms
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..const import DOMAIN, LOGGER
from ..core.series import Series
from .configuration import Configuration
from .prices.call import PATIENCE_S
from .solar_attributes import listed
from .widths import Points, periods


async def async_solar_forecast(hass: HomeAssistant, configuration: Configuration) -> Series | None:
    """Return the expected power of all arrays in kW, None where any has no forecast.

    A provider on the Energy platform is asked there, another read from its sensors. Our own
    forecast is never asked: it would feed on itself.
    """
    arrays = configuration.of_kind("solar")
    entry_ids = [device.entities("forecast_entries") for device in arrays]
    if not arrays or not all(entry_ids):
        return None
    energy = "energy" in hass.config.components
    platforms = await async_get_energy_platforms(hass) if energy else {}
    observer = Observer(hass.config.latitude, hass.config.longitude, hass.config.elevation)
    parts: list[Series] = []
    for entry_id in dict.fromkeys(each for ids in entry_ids for each in ids):
        entry = hass.config_entries.async_get_entry(entry_id)
        if entry is None or entry.domain == DOMAIN:
            return None
        points = await _async_points(hass, entry, platforms.get(entry.domain))
        if not points:
            return None
        parts.append(Series.of(with_nights(points, observer)))
    return summed(parts)


async def _async_points(
    hass: HomeAssistant, entry: ConfigEntry, ask: GetSolarForecastType | None
) -> Points:
    """Return what a provider expects; nothing where it has no forecast."""
    if ask is not None:
        try:
            async with asyncio.timeout(PATIENCE_S):
                forecast = await ask(hass, entry.entry_id)
            if points := parse(forecast or {}):
                return points
        except Exception as err:  # noqa: BLE001  # Whatever a provider does wrong, plans go on.
            LOGGER.debug("No solar forecast from %s: %r", entry.domain, err)
    return listed(hass, entry.entry_id)


def parse(forecast: Mapping[str, Any]) -> Points:
    """Return (start, end, kW) from `{"wh_hours": {iso: Wh}}`.

    Keys are starts of periods.
    """
    watt_hours: dict[float, float] = {}
    for key, value in forecast.get("wh_hours", {}).items():
        at = dt_util.parse_datetime(str(key))
        if at is None or not isinstance(value, int | float) or not np.isfinite(value):
            continue
        watt_hours[dt_util.as_utc(at).timestamp()] = max(0.0, float(value))
    return [
        (start, end, watt_hours[start] / 1000 / ((end - start) / 3600))
        for start, end in periods(watt_hours)
    ]


def with_nights(points: Points, observer: Observer) -> Points:
    """Return the points with zeros between them where the sun is down all through."""
    filled = list(points)
    for (_, end, _), (start, _, _) in itertools.pairwise(points):
        if start - end > 1 and _dark((start + end) / 2, observer):
            filled.append((end, start, 0.0))
    return filled


def _dark(at: float, observer: Observer) -> bool:
    return bool(elevation(observer, dt_util.utc_from_timestamp(at)) < 0)


def summed(parts: list[Series]) -> Series:
    """Return the sum of series; unknown where any of them is."""
    if len(parts) == 1:
        return parts[0]
    edges = np.unique(np.concatenate([np.concatenate([each.start, each.end]) for each in parts]))
    points: Points = []
    for start, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        values = [each.at((start + end) / 2) for each in parts]
        known = [value for value in values if value is not None]
        if len(known) == len(parts):
            points.append((start, end, sum(known)))
    return Series.of(points)
