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

LEVEL_HOLD_S: Final = 1800.0
"""In half an hour a room or a tank changes by about half a kelvin, and a car that charges with
11 kW by a tenth of its battery: a plan is made anew every five minutes."""
OTHER_HOLD_S: Final = 300.0
"""Whether a car is plugged in or a machine is loaded may change at any time; an integration that
is loaded anew is back within five minutes."""

_SLOW: Final = frozenset({PERCENTAGE, *(str(unit) for unit in UnitOfTemperature)})
_THERMOSTATS: Final = ("climate", "water_heater")


class Remembered:
    """The last states of one home's devices that said something."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Know nothing yet."""
        self._hass = hass
        self._last: dict[str, State] = {}
        self._lost: dict[str, float] = {}

    def find(self, entity_id: str, now: float) -> State | None:
        """Return a state, for a while the last one that said something.

        Args:
            entity_id: the entity.
            now: epoch seconds.
        """
        state = self._hass.states.get(entity_id)
        if state is not None and state.state not in (STATE_UNAVAILABLE, STATE_UNKNOWN):
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


def _hold_s(state: State) -> float:
    slow = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT) in _SLOW
    return LEVEL_HOLD_S if slow or state.domain in _THERMOSTATS else OTHER_HOLD_S
