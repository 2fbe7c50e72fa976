"""Asleep: entities that were chosen and say nothing now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from homeassistant.components.sensor.const import SensorStateClass
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant, State, valid_entity_id
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from ..core.horizon import DAY_S

SILENT_S: Final = float(DAY_S)
"""What flows changes within a day."""
_STATELESS: Final = frozenset({"button", "event", "input_button", "scene", "script"})
"""What has no state but the time of its last use."""
_ZERO: Final = frozenset({"0", "0.0", "0.00", "0.000"})


@dataclass(frozen=True)
class Asleep:
    """An entity that says nothing.

    Attributes:
        name: its name, else its id.
        reason: `absent`, `disabled`, `unavailable`, `unknown` or `silent`.
        since: since when, where that is known.
    """

    name: str
    reason: str
    since: datetime | None = None


def asleep(hass: HomeAssistant, data: Any) -> list[Asleep]:
    """Return those entities named anywhere in data that say nothing now."""
    found = []
    for entity_id in dict.fromkeys(named(data)):
        state = hass.states.get(entity_id)
        entry = er.async_get(hass).async_get(entity_id)
        if state is None:
            if entry is not None:
                reason = "disabled" if entry.disabled_by else "absent"
                name = entry.name or entry.original_name or entity_id
                found.append(Asleep(name, reason))
            continue
        if state.state == STATE_UNAVAILABLE or (
            state.state == STATE_UNKNOWN and state.domain not in _STATELESS
        ):
            found.append(Asleep(state.name, state.state, state.last_changed))
        elif _is_silent(state):
            found.append(Asleep(state.name, "silent", state.last_reported))
    return found


def _is_silent(state: State) -> bool:
    """Return whether a measure has stopped; at zero, and as a counter, it may rest for weeks."""
    if state.attributes.get("state_class") != SensorStateClass.MEASUREMENT or state.state in _ZERO:
        return False
    return (dt_util.utcnow() - state.last_reported).total_seconds() > SILENT_S


def named(data: Any) -> Iterator[str]:
    """Return every text in data that can be an entity."""
    match data:
        case str() if valid_entity_id(data):
            yield data
        case Mapping():
            for each in data.values():
                yield from named(each)
        case list() | tuple():
            for each in data:
                yield from named(each)
