"""Take out of a download what tells who lives in a home, and leave what a bug report is about."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import entity_registry as er

REDACTED: Final = "**REDACTED**"
_ENTITY: Final = re.compile(r"\b([a-z][a-z0-9_]*)\.([a-z0-9][a-z0-9_]*)\b")
_LEAST: Final = 3
"""Shorter names are in too many words."""


class Redaction:
    """Replaces entity ids and names, the same throughout one download."""

    def __init__(self, entity_ids: Iterable[str], names: Iterable[str]) -> None:
        """Know what is to be replaced.

        Args:
            entity_ids: each becomes one of its domain with a number.
            names: of homes, devices, areas, persons and users.
        """
        self._ids = frozenset(entity_ids)
        self._known: dict[str, str] = {}
        words = sorted({each for each in names if len(each) >= _LEAST}, key=len, reverse=True)
        joined = "|".join(re.escape(each) for each in words)
        self._names = re.compile(rf"(?<!\w)(?:{joined})(?!\w)") if joined else None

    def ids(self, value: Any) -> Any:
        """Return a structure with entity ids replaced, in its keys as well."""
        return _mapped(value, self._without_ids)

    def all(self, value: Any) -> Any:
        """Return a structure with entity ids and names replaced."""
        return _mapped(value, self._without_names)

    def _without_ids(self, text: str) -> str:
        return _ENTITY.sub(self._pseudonym, text)

    def _without_names(self, text: str) -> str:
        plain = self._without_ids(text)
        return plain if self._names is None else self._names.sub(REDACTED, plain)

    def _pseudonym(self, match: re.Match[str]) -> str:
        entity_id = match[0]
        if entity_id not in self._ids:
            return entity_id
        if entity_id not in self._known:
            self._known[entity_id] = f"{match[1]}.entity_{len(self._known) + 1}"
        return self._known[entity_id]


def _mapped(value: Any, change: Any) -> Any:
    match value:
        case str():
            return change(value)
        case Mapping():
            return {
                change(key) if isinstance(key, str) else key: _mapped(each, change)
                for key, each in value.items()
            }
        case list() | tuple() | set() | frozenset():
            return [_mapped(each, change) for each in value]
        case _:
            return value


async def async_redaction(
    hass: HomeAssistant, names: Iterable[str], chosen: Iterable[Any]
) -> Redaction:
    """Return what replaces all that Home Assistant knows by name.

    Args:
        hass: Home Assistant.
        names: that the home and its devices were given.
        chosen: what was entered in forms; entities in it may be gone.
    """
    registry = er.async_get(hass)
    entered = {each[0] for each in _ENTITY.finditer(str([*chosen]))}
    ids = {*hass.states.async_entity_ids(), *registry.entities, *entered}
    users = {each.name for each in await hass.auth.async_get_users() if not each.system_generated}
    people = {each.name for each in hass.states.async_all(("person", "device_tracker", "zone"))}
    areas = {each.name for each in ar.async_get(hass).async_list_areas()}
    known = {*names, *people, *areas, hass.config.location_name, *(each or "" for each in users)}
    return Redaction(ids, known)
