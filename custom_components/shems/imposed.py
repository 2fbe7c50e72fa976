"""Limits that entities impose on the grid connection, and what holds while one is lost."""

import math
from dataclasses import dataclass
from typing import Final

from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT, STATE_OFF, STATE_ON
from homeassistant.core import HomeAssistant, State

from .core.units import InputError
from .devices.connection import IMPOSED, IMPOSED_KW, is_switched, limit_kw
from .devices.device import Device

LOST_S: Final = 120.0
"""An entity that is silent for longer is lost: after as long without a heartbeat EEBUS' limitation
of power consumption (LPC) falls back to its fail-safe limit."""
TOLD: Final = "limiting_entity"
LOST: Final = "limiting_entity_lost"


@dataclass
class _Heard:
    """What an entity said last, kW, None where it limits nothing, and since when it is silent."""

    kw: float | None = None
    ever: bool = False
    silent_since: float | None = None


@dataclass(frozen=True)
class Told:
    """What entities allow, kW; None where they limit nothing.

    Attributes:
        import_kw, export_kw: at the connection.
        reason: whether they said so, or are lost.
    """

    import_kw: float | None = None
    export_kw: float | None = None
    reason: str = TOLD


class ImposedLimits:
    """Follows the entities that limit one home's connection."""

    def __init__(self, hass: HomeAssistant, device: Device) -> None:
        """Have heard nothing yet."""
        self._hass = hass
        self._device = device
        self._heard = {key: _Heard() for key in IMPOSED}
        self.entities: Final = frozenset(
            entity_id for key in IMPOSED if (entity_id := device.entity(key)) is not None
        )

    @property
    def silent(self) -> frozenset[str]:
        """The entities that say nothing now."""
        return frozenset(
            entity_id
            for key, heard in self._heard.items()
            if heard.silent_since is not None and (entity_id := self._device.entity(key))
        )

    def at(self, now: float) -> Told:
        """Return what the entities allow now.

        One that is silent goes on saying what it said last: that a contact cannot be read
        lifts no limit. When it is lost, what was entered for that case holds as well.
        """
        kws: list[float | None] = []
        lost = False
        for key in IMPOSED:
            heard = self._listen(key, now)
            fallback = self._fallback_kw(key, heard, now)
            both = [each for each in (heard.kw, fallback) if each is not None]
            lost = lost or (fallback is not None and fallback == min(both))
            kws.append(min(both, default=None))
        return Told(kws[0], kws[1], LOST if lost else TOLD)

    def _fallback_kw(self, key: str, heard: _Heard, now: float) -> float | None:
        name = f"{key}_lost_kw"
        since = heard.silent_since
        if self._device.entity(key) is None or self._device.data.get(name) is None or since is None:
            return None
        gone = not heard.ever or now - since >= LOST_S
        return self._device.number(name, 0.0) if gone else None

    def _listen(self, key: str, now: float) -> _Heard:
        heard, entity_id = self._heard[key], self._device.entity(key)
        if entity_id is None:
            return heard
        state = self._hass.states.get(entity_id)
        try:
            heard.kw = self._said(key, entity_id, state)
        except InputError, ValueError:
            if heard.silent_since is None:
                heard.silent_since = now if state is None else state.last_changed_timestamp
        else:
            heard.ever, heard.silent_since = True, None
        return heard

    def _said(self, key: str, entity_id: str, state: State | None) -> float | None:
        """Return what a state allows, kW; None where it limits nothing.

        Raises:
            InputError, ValueError: it says nothing.
        """
        if state is None:
            raise ValueError(entity_id)
        if is_switched(entity_id):
            if state.state not in (STATE_ON, STATE_OFF):
                raise ValueError(state.state)
            on = state.state == STATE_ON
            return self._device.number(f"{key}_kw", IMPOSED_KW[key]) if on else None
        value = limit_kw(
            self._device, float(state.state), state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
        )
        if not 0 <= value < math.inf:
            raise ValueError(state.state)
        return value
