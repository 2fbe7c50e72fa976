"""Surroundings: what tells of the weather, of who is at home and of what the grid emits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

SURROUNDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "weather": ("weather", "temperature"),
    "presence": ("presence",),
    "carbon": ("carbon", "carbon_forecast"),
}
"""The fields of each kind of subentry; a home has one of each kind at most."""


@dataclass(frozen=True)
class Surroundings:
    """What tells of the weather, of who is at home and of what the grid emits.

    Attributes:
        weather: a weather entity; None leaves the choice to SHEMS.
        temperature: a sensor of the outdoor temperature.
        presence: an entity that says when nobody is at home, a calendar among them.
        carbon: a sensor of what the grid emits.
        carbon_forecast: an entity that lists what it is expected to emit.
    """

    weather: str | None = None
    temperature: str | None = None
    presence: str | None = None
    carbon: str | None = None
    carbon_forecast: str | None = None

    @classmethod
    def of(cls, subentries: Iterable[tuple[str, Mapping[str, Any]]]) -> Self:
        """Return what subentries name, each given by its kind and its data."""
        named = {
            field: str(data[field])
            for kind, data in subentries
            for field in SURROUNDINGS.get(kind, ())
            if data.get(field)
        }
        return cls(**named)

    @property
    def tells_carbon(self) -> bool:
        """Whether anything tells what the grid emits."""
        return bool(self.carbon or self.carbon_forecast)


def title_of(hass: HomeAssistant, kind: str, data: Mapping[str, Any]) -> str:
    """Return what a subentry is called: as the first entity it names."""
    entity_id = next(str(data[field]) for field in SURROUNDINGS[kind] if data.get(field))
    if state := hass.states.get(entity_id):
        return state.name
    entry = er.async_get(hass).async_get(entity_id)
    return (entry and (entry.name or entry.original_name)) or entity_id
