"""Solar forecasts in the attributes of sensors, where the Energy platform has none."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from .prices.interval import amount, moment
from .widths import Points, periods

_LISTS: Final = ("detailedForecast", "detailedHourly")
"""Solcast: mean kW of half-hours, or of hours, from `period_start` on."""
_ENERGIES: Final = "wh_period"
_POWERS: Final = "watts"
"""Open-Meteo: Wh of the period that begins, or W from a time on, by that time."""


def listed(hass: HomeAssistant, entry_id: str) -> Points:
    """Return (start, end, kW) from the sensors of a config entry; the finest of them all."""
    shown = [
        state.attributes
        for entity in er.async_entries_for_config_entry(er.async_get(hass), entry_id)
        if (state := hass.states.get(entity.entity_id)) is not None
    ]
    for name in _LISTS:
        if found := _means(row for each in shown for row in _rows(each.get(name))):
            return found
    energies = _by_time(each.get(_ENERGIES) for each in shown)
    if energies:
        return [
            (start, end, energies[start] / 1000 / ((end - start) / 3600))
            for start, end in periods(energies)
        ]
    powers = _by_time(each.get(_POWERS) for each in shown)
    return [(start, end, powers[start] / 1000) for start, end in periods(powers)]


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _means(rows: Iterable[Mapping[str, Any]]) -> Points:
    power: dict[float, float] = {}
    for row in rows:
        at, value = moment(row.get("period_start")), amount(row.get("pv_estimate"))
        if at is not None and value is not None:
            power[dt_util.as_utc(at).timestamp()] = max(0.0, value)
    return [(start, end, power[start]) for start, end in periods(power)]


def _by_time(shown: Iterable[Any]) -> dict[float, float]:
    found: dict[float, float] = {}
    for each in shown:
        if isinstance(each, Mapping):
            for key, value in each.items():
                at, number = moment(key), amount(value)
                if at is not None and number is not None:
                    found[dt_util.as_utc(at).timestamp()] = max(0.0, number)
    return found
