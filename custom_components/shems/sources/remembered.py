"""What devices showed last, believed for a while after their entities fell silent."""

from typing import Final

from homeassistant.const import (
    ATTR_UNIT_OF_MEASUREMENT,
    PERCENTAGE,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
    UnitOfTemperature,
)
from homeassistant.core import HomeAssistant, State

from ..core.horizon import DAY_S
from ..core.observe.readings import Fault

LEVEL_HOLD_S: Final = 1800.0
"""In half an hour a room or a tank changes by about half a kelvin, and a car that charges with
11 kW by a tenth of its battery: a plan is made anew every five minutes."""
OTHER_HOLD_S: Final = 300.0
"""Whether a car is plugged in or a machine is loaded may change at any time; an integration that
is loaded anew is back within five minutes."""

SILENT_S: Final = float(DAY_S)
"""Sensors of a temperature report every hour at least, those of the plainest kind whenever it
changes: no room and no tank stays the same to a tenth of a degree for a day."""

_NOTHING: Final = (STATE_UNAVAILABLE, STATE_UNKNOWN)
_DEGREES: Final = frozenset(str(unit) for unit in UnitOfTemperature)
_SLOW: Final = _DEGREES | {PERCENTAGE}
_THERMOSTATS: Final = ("climate", "water_heater")


class Remembered:
    """The last states of one home's devices that said something."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Know nothing yet."""
        self._hass = hass
        self._last: dict[str, State] = {}
        self._lost: dict[str, float] = {}
        self.faults: dict[str, Fault] = {}

    def find(self, entity_id: str, now: float) -> State | None:
        """Return a state, for a while the last one that said something.

        Args:
            entity_id: the entity.
            now: epoch seconds.
        """
        state = self._hass.states.get(entity_id)
        if state is not None and _is_silent(state, now):
            self.faults[entity_id] = Fault.SILENT
            return None
        self.faults.pop(entity_id, None)
        if state is not None and state.state not in _NOTHING:
            self._last[entity_id] = state
            self._lost.pop(entity_id, None)
            return state
        last = self._last.get(entity_id)
        since = self._lost.setdefault(entity_id, now)
        if last is not None and 0 <= now - since <= _hold_s(last):
            return last
        self._last.pop(entity_id, None)
        return state

    @property
    def held(self) -> frozenset[str]:
        """The entities whose last states stand in for them."""
        return frozenset(self._lost.keys() & self._last.keys())


def _is_silent(state: State, now: float) -> bool:
    """Return whether a temperature is too old to be true; a thermostat's own may stay as it is."""
    measured = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT) in _DEGREES
    told = state.domain == "sensor" and state.state not in _NOTHING
    return measured and told and now - state.last_reported_timestamp > SILENT_S


def _hold_s(state: State) -> float:
    slow = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT) in _SLOW
    return LEVEL_HOLD_S if slow or state.domain in _THERMOSTATS else OTHER_HOLD_S
