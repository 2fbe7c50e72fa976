"""Heating and cooling: rooms as a heat store, within what people call comfortable."""

from dataclasses import dataclass, field, replace
from typing import ClassVar, Final

import numpy as np

from ..horizon import DAY_S
from ..linear import INFINITY, Ints
from ..units import Floats, InputError
from .building import Building, Warmth
from .comfort import Comfort, Spell
from .device import Part, Rated, Wish
from .performance import AIR_TO_WATER, Performance
from .scenario import Scenario, Surroundings
from .switching import BY_TEMPERATURE_H, Running, Switching, switched
from .timetable import BY_THERMOSTAT, run_as_booked

_BELIEVABLE_C: Final = (-30.0, 60.0)
"""Between these lies every room in which a sensor works."""
_EXACT_K: Final = 1e-6
"""What the solver and a march of steps may differ by."""
_KEPT: Final = 0.8
"""Share of a kWh of heat left at a horizon's end that saves one later: a part leaks, and it
is the cheap hours of the next day that it saves."""
_HYSTERESIS_K: Final = 0.3
"""Above and below its mark, as room thermostats have it."""
_CATCH_UP_H: Final = 0.8
"""Hours in which a modulating thermostat closes the gap of the air."""


@dataclass(frozen=True)
class HeatingState:
    """How a building is now.

    Attributes:
        indoor_c: the air.
        mass_c: walls and floors, which few measure; None for what they settle to.
        running: whether the heating, or cooling, runs.
        spells: what is wanted once, in place of every day's comfort.
    """

    KIND: ClassVar[str] = "heating"

    indoor_c: float
    mass_c: float | None = None
    running: Running = field(default_factory=Running)
    spells: tuple[Spell, ...] = ()


@dataclass(frozen=True)
class Heating(Rated[HeatingState]):
    """A heat pump, heater or air conditioner and the rooms it serves.

    Attributes:
        id: the device's identity, stable over renames.
        name: what the household calls it.
        power_kw: electricity it takes at most.
        least_kw: what it takes at least while it is on; `power_kw` where it cannot modulate.
        performance: heat per electricity; `Performance.constant()` for a plain heater, None
            for what only cools.
        cooling: heat taken out per electricity; None where it cannot.
        changeover_c: outdoors; what can do both heats below and cools above.
        building: the rooms.
        comfort: what is wanted when.
        switching: how often it may be switched.
        from_battery: whether batteries may discharge for it.
    """

    KIND: ClassVar[str] = "heating"

    id: str
    name: str
    power_kw: float
    least_kw: float | None = None
    performance: Performance | None = AIR_TO_WATER
    cooling: Performance | None = None
    changeover_c: float = 18.0
    building: Building = field(default_factory=Building)
    comfort: Comfort = field(default_factory=Comfort)
    switching: Switching = field(default_factory=Switching)
    from_battery: bool = True

    def __post_init__(self) -> None:
        """Reject powers that cannot be, and what neither heats nor cools."""
        super().__post_init__()
        if not -INFINITY < self.changeover_c < INFINITY:
            raise InputError("device_parameter", name="changeover_c", value=self.changeover_c)
        if self.performance is None and self.cooling is None:
            raise InputError("device_parameter", name="performance", value="none")

    @property
    def worth(self) -> float:
        """The electricity that a kWh of heat saves; negative where it is to be got rid of."""
        usual = 7.0 if self.performance is not None else 30.0
        return _KEPT / self.heat_per_kwh(usual)

    def heat_per_kwh(self, outdoor_c: float) -> float:
        """Return heat per electricity; negative where it cools."""
        return float(self.heat_along(np.array([outdoor_c]))[0])

    def heat_along(self, outdoor_c: Floats) -> Floats:
        """Return heat per electricity at outdoor temperatures, (K,); negative where it cools."""
        warm = (
            np.zeros(len(outdoor_c))
            if self.performance is None
            else self.performance.along(outdoor_c)
        )
        if self.cooling is None:
            return warm
        cold = -self.cooling.along(outdoor_c)
        return (
            cold
            if self.performance is None
            else np.where(outdoor_c < self.changeover_c, warm, cold)
        )

    def check(self, state: HeatingState) -> None:
        """Raise InputError for temperatures that no room has."""
        low, high = _BELIEVABLE_C
        for value in (state.indoor_c, state.indoor_c if state.mass_c is None else state.mass_c):
            if not low <= value <= high:
                raise InputError("device_temperature", device=self.name, value=value)

    def _mass_c(self, state: HeatingState, outdoor_c: float) -> float:
        if state.mass_c is not None:
            return state.mass_c
        return self.building.settled_mass_c(state.indoor_c, outdoor_c)

    def step(
        self,
        state: HeatingState,
        power_kw: float,
        start: float,
        hours: float,
        outdoor_c: float,
        sun_kw_m2: float = 0.0,
    ) -> tuple[HeatingState, float]:
        """Return the rooms after a step, and the power taken; `building.step` takes arrays.

        Args:
            state: before.
            power_kw: asked for.
            start: epoch seconds.
            hours: width of the step.
            outdoor_c, sun_kw_m2: during it.
        """
        power = min(max(power_kw, 0.0), self.power_kw)
        indoor, mass = self.building.step(
            state.indoor_c,
            self._mass_c(state, outdoor_c),
            power * self.heat_per_kwh(outdoor_c),
            outdoor_c,
            sun_kw_m2,
            hours,
        )
        running = state.running.after(power > 0, start)
        return replace(state, indoor_c=indoor, mass_c=mass, running=running), power

    def thermostat(
        self, state: HeatingState, outdoor_c: float, low_c: float, high_c: float
    ) -> float:
        """Return the power of a thermostat that holds the near edge of a band: the rule.

        It rests within its hysteresis of the edge. While it runs it makes up for the loss to
        the outside and closes the gap, as far as it can modulate.
        """
        heat = self.heat_per_kwh(outdoor_c)
        sign = 1.0 if heat > 0 else -1.0
        mark = self.mark_c(outdoor_c, low_c, high_c)
        gap = sign * (mark - state.indoor_c)
        if gap < (-_HYSTERESIS_K if state.running.on else _HYSTERESIS_K):
            return 0.0
        building = self.building
        loss = sign * (building.loss_kw_per_k * (mark - outdoor_c) - building.gains_kw)
        needed = (loss + building.air_kwh_per_k * gap / _CATCH_UP_H) / abs(heat)
        return min(max(needed, self.lowest_kw), self.power_kw)

    def mark_c(self, outdoor_c: float, low_c: float, high_c: float) -> float:
        """Return the temperature that a thermostat holds at the near edge of a band."""
        warms = self.heat_per_kwh(outdoor_c) > 0
        return low_c + _HYSTERESIS_K if warms else high_c - _HYSTERESIS_K

    def told_c(
        self, around: Surroundings, state: HeatingState, power_kw: Floats, course: Floats
    ) -> Floats:
        """Return what its thermostat is told at rest, and to take the power planned, (2, K).

        Told only where the air is to be, what modulates takes less the nearer it comes, and
        comes late. By the law of `thermostat` it takes P where it is told the mark s in

            COP·P = U·(s - T_a) - gains + C_i·(s - T_i) / τ

        That is told where it is more than the plan's own temperature, never beyond the band.
        At rest no more is told than what is wanted at least: rooms may get warm or cold by
        other means than planned, and nothing should work against those. What both heats and
        cools would, whichever edge it were told; it is told the plan's own.
        """
        building, heat = self.building, self.heat_along(around.outdoor_c)
        before = np.concatenate([[state.indoor_c], course[:-1]])
        pace = building.air_kwh_per_k / _CATCH_UP_H
        loss = building.loss_kw_per_k * around.outdoor_c + building.gains_kw
        mark = (heat * power_kw + loss + pace * before) / (building.loss_kw_per_k + pace)
        middle = (around.horizon.start + around.horizon.end) / 2
        low, high = self.comfort.limits(middle, around.zone, state.spells)
        warmer = np.maximum(course, np.minimum(mark, high))
        colder = np.minimum(course, np.maximum(mark, low))
        driven: Floats = np.where(heat > 0, warmer, colder)
        resting = course
        if self.cooling is None:
            resting = np.minimum(course, low)
        elif self.performance is None:
            resting = np.maximum(course, high)
        return np.stack([resting, driven])

    def course(self, around: Surroundings, state: HeatingState, heat_kw: Floats) -> Floats:
        """Return the air at the end of each step with so much heat, (K,)."""
        return self.building.course(
            state.indoor_c,
            self._mass_c(state, float(around.outdoor_c[0])),
            heat_kw,
            around.outdoor_c,
            around.sun_kw_m2,
            around.horizon.hours,
        )

    def limits(self, around: Surroundings, state: HeatingState) -> tuple[Floats, Floats]:
        """Return the band of each step as far as it is this device's affair, (K,) each.

        What can only heat is not blamed for a warm day: where the rooms would be warmer than
        the band without it, that is the upper edge. Likewise for what can only cool.

        Raises:
            InputError: the outdoor temperature is not known.
        """
        if not np.isfinite(around.outdoor_c).all():
            raise InputError("temperature_missing", device=self.name)
        middle = (around.horizon.start + around.horizon.end) / 2
        low, high = self.comfort.limits(middle, around.zone, state.spells)
        idle = self.course(around, state, np.zeros(len(middle)))
        return (
            np.minimum(low, idle) if self.performance is None else low,
            np.maximum(high, idle) if self.cooling is None else high,
        )

    def nearest(
        self, around: Surroundings, state: HeatingState, code: str
    ) -> tuple[float, float] | None:
        """Return what full power reaches where it misses the band by most, and when.

        Args:
            around: what it meets.
            state: now.
            code: of the wish that is not met, `too_cold` or `too_warm`.

        Returns:
            °C and epoch seconds; None where the band can be held.

        Raises:
            InputError: the outdoor temperature is not known.
        """
        low, high = self.limits(around, state)
        sign = 1.0 if code == "too_cold" else -1.0
        heat = sign * np.maximum(sign * self.heat_along(around.outdoor_c), 0.0)
        reached = self.course(around, state, self.power_kw * heat)
        gap = low - reached if code == "too_cold" else reached - high
        worst = int(np.argmax(gap))
        if gap[worst] <= _EXACT_K:
            return None
        return float(reached[worst]), float(around.horizon.end[worst])

    def constrain(self, scenario: Scenario, state: HeatingState) -> Part:
        """Add power, temperatures and what the band is missed by.

            low ≤ T + cold - warm ≤ high

        at the end of each step; `cold` and `warm` cost what discomfort is worth, beyond
        `hard_k` the penalty.

        Raises:
            InputError: the outdoor temperature is not known.
        """
        around, program = scenario.around, scenario.program
        low, high = self.limits(around, state)
        count = len(low)
        power = program.columns(count, upper=self.power_kw, cost=scenario.sooner * scenario.paid)
        program.terms(scenario.balance, power, -1.0)
        warmth = self.building.constrain(
            scenario,
            state.indoor_c,
            self._mass_c(state, float(around.outdoor_c[0])),
            power,
            self.heat_along(around.outdoor_c),
        )
        rows = program.rows(count, lower=low, upper=high)
        program.terms(rows, warmth.indoor, 1.0)
        cold, warm = self._missed(scenario, rows, 1.0), self._missed(scenario, rows, -1.0)
        self._value_at_end(scenario, warmth, (cold, warm), state.spells)
        soon = scenario.switched_within(BY_TEMPERATURE_H)
        on = switched(soon, power, self.lowest_kw, self.power_kw, self.switching, state.running)
        run_as_booked(scenario, power, np.full(count, self.power_kw), BY_THERMOSTAT)
        wishes = []
        for code, columns in (("too_cold", cold), ("too_warm", warm)):
            best, at = self.nearest(around, state, code) or (None, None)
            span = np.tile(scenario.hours, 2)
            wishes.append(Wish(code, columns.ravel(), span, "Kh", at, best))
        return Part(
            power,
            state=warmth.indoor,
            store=warmth.store,
            first=np.concatenate([power[:1], on[:1]]),
            wishes=tuple(wishes),
            on=on,
        )

    def _missed(self, scenario: Scenario, rows: Ints, sign: float) -> Ints:
        """Add by how much one edge of the band is missed, (2, K): up to `hard_k` and beyond."""
        program, count = scenario.program, len(rows)
        price = scenario.typical * self.comfort.discomfort_kwh_per_kh
        near = program.columns(count, upper=self.comfort.hard_k, cost=price * scenario.paid)
        far = program.columns(count, cost=max(price, scenario.penalty) * scenario.paid)
        for columns in (near, far):
            program.terms(rows, columns, sign)
        return np.stack([near, far])

    def _value_at_end(
        self,
        scenario: Scenario,
        warmth: Warmth,
        missed: tuple[Ints, Ints],
        spells: tuple[Spell, ...],
    ) -> None:
        """Let heat left at the end be worth what it saves later, as far as it saves anything.

        Heat is worth something in weather in which the rooms would get too cold by
        themselves, its absence where they would get too warm; in neither case beyond the band.
        """
        value = scenario.terminal_value.get(self.id, 0.0)
        around = scenario.around
        last = around.horizon.end > around.horizon.end[-1] - DAY_S
        share = scenario.hours[last] / scenario.hours[last].sum()
        idle = self.building.idle_c(
            float(share @ around.outdoor_c[last]), float(share @ around.sun_kw_m2[last])
        )
        low, high = self.comfort.limits(around.horizon.start[-1:], around.zone, spells)
        if value == 0 or (value > 0 and idle > low[0]) or (value < 0 and idle < high[0]):
            return
        building, worth = self.building, scenario.weight * value
        whole = building.air_kwh_per_k + building.mass_kwh_per_k
        scenario.program.charge(warmth.indoor[-1:], -worth * building.air_kwh_per_k)
        if warmth.mass is not None:
            scenario.program.charge(warmth.mass[-1:], -worth * building.mass_kwh_per_k)
        cold, warm = missed
        beyond = warm if value > 0 else cold
        scenario.program.charge(beyond[:, -1], abs(worth) * whole)
