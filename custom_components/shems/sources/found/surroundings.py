"""Surroundings: which weather service, solar forecast and carbon sensor to begin with."""

from typing import Final

from homeassistant.components.weather.const import WeatherEntityFeature
from homeassistant.const import ATTR_SUPPORTED_FEATURES
from homeassistant.core import HomeAssistant, State

from ...const import DOMAIN
from ...core.units import InputError, carbon_g_per_kwh
from ...devices.form import unit_of
from .parts import entry_of

_FORECASTERS: Final = ("solcast_solar", "open_meteo_solar_forecast", "forecast_solar")
"""Services of solar forecasts, those with the finest steps first."""


def surroundings(hass: HomeAssistant) -> dict[str, dict[str, str]]:
    """Return what is there, by kind of subentry, as its data; nothing of ours is among it."""
    found = {"weather": _weather(hass), "carbon": _carbon(hass)}
    return {kind: {kind: each} for kind, each in found.items() if each}


def _foreign(hass: HomeAssistant, entity_id: str) -> bool:
    entry = entry_of(hass, entity_id)
    return entry is None or entry.platform != DOMAIN


def _weather(hass: HomeAssistant) -> str | None:
    """Return the weather with the finest forecast; of equals the first by its name."""
    known = [each for each in hass.states.async_all("weather") if _foreign(hass, each.entity_id)]
    best = min(known, key=_coarseness, default=None)
    return best.entity_id if best else None


def _coarseness(state: State) -> tuple[bool, bool, str]:
    features = int(state.attributes.get(ATTR_SUPPORTED_FEATURES, 0))
    return (
        not features & WeatherEntityFeature.FORECAST_HOURLY,
        not features & WeatherEntityFeature.FORECAST_DAILY,
        state.entity_id,
    )


def _carbon(hass: HomeAssistant) -> str | None:
    """Return the only sensor of what the grid emits."""
    found = []
    for entity_id in hass.states.async_entity_ids("sensor"):
        try:
            carbon_g_per_kwh(1.0, unit_of(hass, entity_id))
        except InputError:
            continue
        if _foreign(hass, entity_id):
            found.append(entity_id)
    return found[0] if len(found) == 1 else None


def forecasts(hass: HomeAssistant) -> list[str]:
    """Return the entries of one service of solar forecasts: two would count the sun twice."""
    for domain in _FORECASTERS:
        entries = hass.config_entries.async_entries(
            domain, include_ignore=False, include_disabled=False
        )
        if entries:
            return [each.entry_id for each in entries]
    return []
