"""Instruments: single entities as values with age, trust and what is wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant, State

from ..convert import Convert, current_a, energy_kwh, percent_of, power_kw, voltage_v
from ..core.horizon import DAY_S, HOUR_S
from ..core.observe.counter import Count
from ..core.observe.readings import Fault, Trust, Value, judge
from ..core.observe.steadiness import Steadiness
from ..core.units import InputError

POWER_HOLD_S: Final = 600.0
"""A flowing power moves within ten minutes, or its meter is polled: silence is a fault."""
REST_HOLD_S: Final = float(DAY_S)
"""A meter that reports on change is silent for a whole night while nothing flows."""
SOC_HOLD_S: Final = float(HOUR_S)
"""A battery that moves changes by one percent within the hour."""
VOLTAGE_HOLD_S: Final = float(HOUR_S)
"""A grid's voltage hardly moves: what it was an hour ago is within some percent."""
BRIDGE_S: Final = 60.0
"""How long the last value stands in for one that was lost or cannot be: an integration that is
reloaded or a poll that is missed is back by then, and a kilowatt more or less makes 0.02 kWh."""
REST_KW: Final = 0.02
COARSEST_KWH: Final = 0.1
"""A counter in such steps ticks every six minutes at 1 kW; coarser ones tell no power."""

_UNLIMITED_KWH: Final = 1e9
_SILENT: Final = (STATE_UNAVAILABLE, STATE_UNKNOWN)


@dataclass(frozen=True)
class Quantity:
    """A kind of measurement.

    Attributes:
        convert: into the core's unit; raises InputError for a unit of another kind.
        hold_s: how old it may be.
    """

    convert: Convert
    hold_s: float


POWER: Final = Quantity(power_kw, POWER_HOLD_S)
CURRENT: Final = Quantity(current_a, POWER_HOLD_S)
VOLTAGE: Final = Quantity(voltage_v, VOLTAGE_HOLD_S)
SHARE: Final = Quantity(percent_of, SOC_HOLD_S)
_ENERGY: Final = Quantity(energy_kwh, REST_HOLD_S)


class Instruments:
    """Reads the entities of one home, and remembers what it needs of the past."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Know nothing yet."""
        self._hass = hass
        self._last: dict[str, Value] = {}
        self._lost: dict[str, float] = {}
        self._counts: dict[str, Count] = {}
        self._found: dict[str, Value] = {}
        self._steady: dict[str, Steadiness] = {}

    @property
    def found(self) -> Mapping[str, Value]:
        """What each entity that is read said last."""
        return self._found

    def measure(
        self,
        entity_id: str,
        quantity: Quantity,
        now: float,
        bounds: tuple[float, float],
        *,
        hold_s: float | None = None,
        frozen_s: float | None = float("inf"),
    ) -> Value:
        """Return what an entity measures; the last value for a moment where it is lost.

        Args:
            entity_id: the entity.
            quantity: what it measures.
            now: epoch seconds.
            bounds: what can be.
            hold_s: how old it may be, where that is not usual for the quantity.
            frozen_s: for how long it can be exactly the same; None for as long as it has
                shown of itself.
        """
        hold = quantity.hold_s if hold_s is None else hold_s
        value = self._judged(entity_id, quantity.convert, now, bounds, hold, frozen_s)
        return self._held(entity_id, value, now)

    def power(
        self,
        entity_id: str,
        now: float,
        bounds: tuple[float, float],
        *,
        rest_s: float = REST_HOLD_S,
        frozen_s: float | None = float("inf"),
    ) -> Value:
        """Return a power in kW; where nothing flows, silence counts for less."""
        state = self._hass.states.get(entity_id)
        value = _number(state, power_kw)
        if isinstance(value, float) and abs(value) < REST_KW:
            return self.measure(entity_id, POWER, now, bounds, hold_s=rest_s)
        return self.measure(entity_id, POWER, now, bounds, frozen_s=frozen_s)

    def counted(self, entity_id: str, now: float, most_kw: float) -> Value:
        """Return the power in kW that a counter of energy tells, missing before its second tick.

        Args:
            entity_id: the counter.
            now: epoch seconds.
            most_kw: what can flow.
        """
        bounds = (0.0, _UNLIMITED_KWH)
        shown = self._judged(entity_id, energy_kwh, now, bounds, _ENERGY.hold_s, float("inf"))
        state = self._hass.states.get(entity_id)
        if shown.usable is None or state is None:
            return self._held(entity_id, shown, now)
        if _step_kwh(state) > COARSEST_KWH * 1.001:
            coarse = Value(None, shown.at, Trust.IMPLAUSIBLE, entity_id, Fault.COARSE)
            return self._held(entity_id, coarse, now)
        count = self._counts.get(entity_id, Count())
        count = count.after(shown.usable, state.last_changed_timestamp, most_kw)
        self._counts[entity_id] = count
        power = count.power_kw(now)
        if power is None:
            return self._held(entity_id, Value(None, None, Trust.MISSING, entity_id), now)
        return self._held(entity_id, replace(shown, value=power), now)

    def note(self, entity_id: str, value: Value) -> None:
        """Note what is known of an entity after it was looked at more closely."""
        self._found[entity_id] = value

    def _held(self, entity_id: str, value: Value, now: float) -> Value:
        if value.fault is None:
            self._last[entity_id] = value
            self._lost.pop(entity_id, None)
        else:
            since = self._lost.setdefault(entity_id, now)
            last = self._last.get(entity_id)
            short = 0 <= now - since <= BRIDGE_S
            if last is not None and short and value.trust is not Trust.STALE:
                value = replace(last, fault=value.fault)
        self._found[entity_id] = value
        return value

    def _judged(
        self,
        entity_id: str,
        convert: Convert,
        now: float,
        bounds: tuple[float, float],
        hold_s: float,
        frozen_s: float | None,
    ) -> Value:
        """Return one entity's value; an unavailable one is missing at once, whatever its age."""
        state = self._hass.states.get(entity_id)
        number = _number(state, convert)
        if state is None or number in (Fault.ABSENT, Fault.UNAVAILABLE):
            fault = Fault.ABSENT if state is None else Fault.UNAVAILABLE
            return Value(None, None, Trust.MISSING, entity_id, fault)
        at = state.last_reported_timestamp
        if isinstance(number, Fault):
            return Value(None, at, Trust.IMPLAUSIBLE, entity_id, number)
        return judge(
            number,
            at,
            now,
            hold_s=hold_s,
            lowest=bounds[0],
            highest=bounds[1],
            source=entity_id,
            frozen=self._frozen(state, now, frozen_s),
        )

    def _frozen(self, state: State, now: float, frozen_s: float | None) -> bool:
        """Return whether an entity shows the same for too long; some call each report new."""
        meter = self._steady.get(state.entity_id, Steadiness())
        meter = meter.after(state.state, state.last_changed_timestamp, now)
        self._steady[state.entity_id] = meter
        return meter.frozen(now) if frozen_s is None else now - meter.since > frozen_s


def fault_of(state: State | None) -> Fault:
    """Return what is wrong with a state that told nothing usable."""
    if state is None:
        return Fault.ABSENT
    return Fault.UNAVAILABLE if state.state in _SILENT else Fault.NO_NUMBER


def _number(state: State | None, convert: Convert) -> float | Fault:
    """Return what a state shows in the core's unit, or what is wrong with it."""
    if state is None or state.state in _SILENT:
        return fault_of(state)
    try:
        return convert(float(state.state), state.attributes.get(ATTR_UNIT_OF_MEASUREMENT))
    except InputError:
        return Fault.UNIT
    except ValueError:
        return Fault.NO_NUMBER


def _step_kwh(state: State) -> float:
    """Return the last digit that a counter shows."""
    digits = len(state.state.partition(".")[2])
    return energy_kwh(10.0**-digits, state.attributes.get(ATTR_UNIT_OF_MEASUREMENT))
