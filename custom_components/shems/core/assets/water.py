"""Hot water: a tank that is drawn from, cools down, and gets really hot once a week."""

from dataclasses import dataclass, field, replace
from typing import ClassVar, Final

import numpy as np

from ..horizon import DAY_S, HOUR_S
from ..linear import INFINITY, Ints
from ..units import Floats, InputError
from .device import Part, Rated, Wish
from .draws import USUAL, Draw, drawn_kwh
from .legionella import Run, once_hot
from .performance import Performance
from .scenario import Scenario, Surroundings
from .switching import BY_TEMPERATURE_H, Running, Switching, switched
from .tank import Tank
from .timetable import BY_THERMOSTAT, Spans, run_as_booked

_NONE: Final = np.zeros(0, dtype=np.int32)
_BELIEVABLE_C: Final = (0.0, 100.0)
_KEPT: Final = 0.8
"""Share of a kWh of heat left at a horizon's end that saves one later; the rest is lost."""
_COLD_KWH_PER_KH: Final = 1.0
"""What a kelvin below the band costs an hour, in kWh at the median import price, whether
water is drawn or not: draws come unexpected. To heat 200 litres by one kelvin takes 0.23 kWh
once, so no saving is worth leaving the band for."""
_HOT_KWH_PER_KH: Final = 0.05
"""The same above the band while a legionella run is due: enough not to stay there."""
_SWITCH_K: Final = 5.0
"""Hysteresis of a tank's own thermostat."""
_LEAST_LEAD_H: Final = 0.25
"""Hours over which prices are compared where a run takes less."""
_REACHED_K: Final = 0.05
"""What a temperature may lack to have been reached: less than sensors resolve."""


@dataclass(frozen=True)
class WaterState:
    """How a tank is now, and what will be drawn.

    Attributes:
        temp_c: of the water.
        running: whether it is being heated.
        last_hot: epoch seconds of the last legionella run; None, or long ago, for one that is
            due now.
        draws: what is expected; none for `by_hour`.
        by_hour: kWh in each local hour of a usual day, 24.
        unwanted: (from, to) in epoch seconds in which nobody needs it warm.
    """

    KIND: ClassVar[str] = "water"

    temp_c: float
    running: Running = field(default_factory=Running)
    last_hot: float | None = None
    draws: tuple[Draw, ...] = ()
    by_hour: tuple[float, ...] = USUAL
    unwanted: Spans = ()


@dataclass(frozen=True)
class Water(Rated[WaterState]):
    """A hot-water tank with an element or a heat pump.

    Attributes:
        id: the device's identity, stable over renames.
        name: what the household calls it.
        power_kw: electricity it takes at most.
        least_kw: what it takes at least while it is on; `power_kw` where it cannot modulate.
        tank: what holds the water.
        performance: heat per electricity, at the water temperature `rated_c`;
            `Performance.constant()` for an element.
        rated_c, fall_per_k: how much the COP falls for each kelvin that the middle of the
            band lies above `rated_c`. It is the same for all temperatures of the band, which
            keeps the plan linear.
        low_c, high_c: between which it is held.
        max_c: at which it cuts out.
        legionella_c: what is reached every `legionella_days`; None for never.
        switching: how often it may be switched.
        from_battery: whether batteries may discharge for it.
    """

    KIND: ClassVar[str] = "water"

    id: str
    name: str
    power_kw: float
    least_kw: float | None = None
    tank: Tank = field(default_factory=Tank)
    performance: Performance = field(default_factory=Performance.constant)
    rated_c: float = 50.0
    fall_per_k: float = 0.0
    low_c: float = 45.0
    high_c: float = 55.0
    max_c: float = 65.0
    legionella_c: float | None = None
    legionella_days: float = 7.0
    switching: Switching = field(default_factory=Switching)
    from_battery: bool = True

    def __post_init__(self) -> None:
        """Reject what no tank has."""
        super().__post_init__()
        if not 0 < self.legionella_days < INFINITY:
            value = self.legionella_days
            raise InputError("device_parameter", name="legionella_days", value=value)
        if not 0 <= self.fall_per_k < INFINITY:
            raise InputError("device_parameter", name="fall_per_k", value=self.fall_per_k)
        if not self.tank.inlet_c < self.low_c <= self.high_c <= self.max_c < INFINITY:
            raise InputError("comfort_band", low=self.low_c, high=self.high_c)
        if not -INFINITY < self.rated_c < INFINITY:
            raise InputError("device_parameter", name="rated_c", value=self.rated_c)
        if self.legionella_c is not None and not self.low_c <= self.legionella_c <= self.max_c:
            raise InputError("device_parameter", name="legionella_c", value=self.legionella_c)

    @property
    def worth(self) -> float:
        """The electricity that a kWh of heat saves."""
        return _KEPT / self.heat_per_kwh(7.0)

    def heat_per_kwh(self, outdoor_c: float) -> float:
        """Return heat per electricity."""
        return float(self.heat_along(np.array([outdoor_c]))[0])

    def heat_along(self, outdoor_c: Floats) -> Floats:
        """Return heat per electricity at outdoor temperatures, (K,); never below an element's."""
        fall = self.fall_per_k * ((self.low_c + self.high_c) / 2 - self.rated_c)
        least = min(1.0, self.performance.lowest)
        return np.maximum(self.performance.along(outdoor_c) - fall, least)

    def check(self, state: WaterState) -> None:
        """Raise InputError for a temperature or draws that cannot be."""
        low, high = _BELIEVABLE_C
        if not low <= state.temp_c <= high:
            raise InputError("device_temperature", device=self.name, value=state.temp_c)
        if len(state.by_hour) != 24:
            raise InputError("device_draws", device=self.name, value=float(len(state.by_hour)))
        for energy in (*state.by_hour, *(each.energy_kwh for each in state.draws)):
            if not 0 <= energy < INFINITY:
                raise InputError("device_draws", device=self.name, value=energy)
        for draw in state.draws:
            if not draw.begin < draw.end:
                raise InputError("device_draws", device=self.name, value=draw.end - draw.begin)

    def step(
        self,
        state: WaterState,
        power_kw: float,
        start: float,
        hours: float,
        outdoor_c: float,
        drawn_kwh: float,
    ) -> tuple[WaterState, float]:
        """Return the tank after a step, and the power taken.

        It cuts out at `max_c`. Colder than what comes in it does not get: a plan may expect
        that of draws which exceed all heat there is, in a replay they end.

        Args:
            state: before.
            power_kw: asked for.
            start: epoch seconds.
            hours: width of the step.
            outdoor_c: during it; any number where the performance is steady.
            drawn_kwh: heat taken out.
        """
        heat = self.heat_per_kwh(outdoor_c)
        idle = self.tank.step(state.temp_c, 0.0, drawn_kwh, hours)
        power = min(max(power_kw, 0.0), self.power_kw)
        power = min(power, max(0.0, self.tank.heat_for_kw(self.max_c, idle, hours) / heat))
        temp = max(self.tank.step(state.temp_c, power * heat, drawn_kwh, hours), self.tank.inlet_c)
        reached = self.legionella_c is not None and temp >= self.legionella_c - _REACHED_K
        return (
            replace(
                state,
                temp_c=temp,
                running=state.running.after(power > 0, start),
                last_hot=start + hours * HOUR_S if reached else state.last_hot,
            ),
            power,
        )

    def due(self, state: WaterState, now: float) -> float:
        """Return the epoch seconds by which it has to get really hot; infinite for never."""
        if self.legionella_c is None:
            return INFINITY
        return now if state.last_hot is None else state.last_hot + self.legionella_days * DAY_S

    def thermostat(self, state: WaterState, now: float) -> float:
        """Return the power of a tank that minds itself: the rule.

        It heats from the band's lower to its upper edge, or to the legionella temperature
        once that is due.
        """
        goal = self._goal_c(state, now)
        begin = goal if state.running.on or goal > self.high_c else self.low_c
        return self.power_kw if state.temp_c < begin else 0.0

    def time_switch(self, state: WaterState, now: float, *, released: bool) -> float:
        """Return the power behind a time switch, which only heats while it is released."""
        goal = self._goal_c(state, now)
        begin = goal if state.running.on else goal - _SWITCH_K
        return self.power_kw if released and state.temp_c < begin else 0.0

    def _goal_c(self, state: WaterState, now: float) -> float:
        hot = self.legionella_c if self.due(state, now) <= now else None
        return max(self.high_c, hot or 0.0)

    def course(self, around: Surroundings, state: WaterState, power_kw: float) -> Floats:
        """Return the water at the end of each step at a steady power, (K,).

        Raises:
            InputError: the outdoor temperature is needed and not known.
        """
        if not (self.performance.steady or np.isfinite(around.outdoor_c).all()):
            raise InputError("temperature_missing", device=self.name)
        drawn = drawn_kwh(state.draws, state.by_hour, around.horizon, around.zone)
        heat = power_kw * self.heat_along(around.outdoor_c)
        found = np.empty(len(drawn))
        temp = state.temp_c
        steps = zip(heat.tolist(), drawn.tolist(), around.horizon.hours.tolist(), strict=True)
        for index, (warm, energy, hours) in enumerate(steps):
            idle = self.tank.step(temp, 0.0, energy, hours)
            most = max(self.max_c, idle)
            temp = min(self.tank.step(temp, warm, energy, hours), most)
            found[index] = temp
        return found

    def told_c(
        self, _around: Surroundings, _state: WaterState, _power_kw: Floats, course: Floats
    ) -> Floats:
        """Return the temperature planned, at rest and running alike, (2, K).

        What is drawn unexpectedly is heated at once: who showers next is not foreseen either.
        """
        return np.stack([course, course])

    def low_along(self, around: Surroundings, state: WaterState) -> Floats:
        """Return what the water is to be at least at the end of each step, (K,).

        While nobody needs it that is what comes in: the tank may get cold. It is warm again
        when the span ends.
        """
        last = around.horizon.end
        asleep = np.zeros(len(last), dtype=np.bool_)
        for begin, end in state.unwanted:
            asleep |= (begin < last) & (last < end)
        return np.where(asleep, min(self.tank.inlet_c, self.tank.ambient_c), self.low_c)

    def nearest(
        self, around: Surroundings, state: WaterState, code: str
    ) -> tuple[float, float] | None:
        """Return what full power reaches where it misses the wish by most, and when.

        Args:
            around: what it meets.
            state: now.
            code: of the wish that is not met, `too_cold_water` or `legionella_missed`.

        Returns:
            °C and epoch seconds; None where the wish can be met.
        """
        reached = self.course(around, state, self.power_kw)
        if code == "legionella_missed":
            worst, wanted = int(np.argmax(reached)), self.legionella_c or self.high_c
        else:
            low = self.low_along(around, state)
            worst = int(np.argmin(reached - low))
            wanted = float(low[worst])
        if reached[worst] >= wanted:
            return None
        return float(reached[worst]), float(around.horizon.end[worst])

    def constrain(self, scenario: Scenario, state: WaterState) -> Part:
        """Add power, temperatures and what the band is missed by.

            C·(T[k] - T[k-1]) = h·(COP·P - loss·(T[k] - ambient)) - drawn
            low ≤ T + cold - hot - over ≤ high

        `cold` costs by the kelvin and the hour, and what it takes from the draws at the
        penalty; so does `over`, above `max_c`. `hot` costs little while a legionella run is
        due, else so much that the band is kept.

        Raises:
            InputError: the outdoor temperature is needed and not known.
        """
        around, program, hours = scenario.around, scenario.program, scenario.hours
        idle = self.course(around, state, 0.0)
        count = len(idle)
        drawn = drawn_kwh(state.draws, state.by_hour, around.horizon, around.zone)
        power = program.columns(count, upper=self.power_kw, cost=scenario.sooner * scenario.paid)
        program.terms(scenario.balance, power, -1.0)
        temp = program.columns(count, lower=-INFINITY)
        known = hours * self.tank.loss_kw_per_k * self.tank.ambient_c - drawn
        known[0] += self.tank.kwh_per_k * state.temp_c
        store = program.rows(count, lower=known, upper=known)
        program.terms(store, temp, self.tank.kwh_per_k + hours * self.tank.loss_kw_per_k)
        program.terms(store[1:], temp[:-1], -self.tank.kwh_per_k)
        program.terms(store, power, -hours * self.heat_along(around.outdoor_c))

        due = self.due(state, float(around.horizon.start[0]))
        tapped = drawn / (self.low_c - self.tank.inlet_c)
        low = self.low_along(around, state)
        band = low, np.maximum(self.high_c, idle)
        cold = self._keep_band(scenario, temp, band, tapped, run=due <= around.horizon.end[-1])
        missed = _NONE
        if due <= around.horizon.end[-1]:
            full = self.course(around, state, self.power_kw)
            goal = self.legionella_c or self.high_c
            heat_kw = self.power_kw * float(self.heat_along(around.outdoor_c[:1])[0])
            lead_h = max((goal - self.low_c) * self.tank.kwh_per_k / heat_kw, _LEAST_LEAD_H)
            run = Run(goal, due, self.tank.kwh_per_k, self.power_kw, lead_h)
            missed, _ = once_hot(scenario, temp, (idle, full), run)
        soon = scenario.switched_within(BY_TEMPERATURE_H)
        on = switched(soon, power, self.lowest_kw, self.power_kw, self.switching, state.running)
        run_as_booked(scenario, power, np.full(count, self.power_kw), BY_THERMOSTAT)
        best, at = self.nearest(around, state, "too_cold_water") or (None, None)
        wishes = [Wish("too_cold_water", cold, tapped, "kWh", at, best)]
        if len(missed):
            best, _ = self.nearest(around, state, "legionella_missed") or (None, None)
            scale = np.array([self.tank.kwh_per_k])
            wishes.append(Wish("legionella_missed", missed, scale, "kWh", due, best))
        return Part(
            power,
            state=temp,
            store=store,
            first=np.concatenate([power[:1], on[:1]]),
            wishes=tuple(wishes),
            on=on,
        )

    def _keep_band(
        self,
        scenario: Scenario,
        temp: Ints,
        band: tuple[Floats, Floats],
        tapped: Floats,
        *,
        run: bool,
    ) -> Ints:
        """Keep the band where that can be; return the columns of what it is missed by.

        Heat left at the end is worth what it saves later, up to the band's upper edge.
        """
        (low, high), program, count = band, scenario.program, len(tapped)
        cheap = scenario.typical * scenario.paid
        cold = program.columns(
            count,
            cost=_COLD_KWH_PER_KH * cheap + scenario.weight * scenario.penalty * tapped,
        )
        hot = program.columns(
            count,
            upper=np.maximum(self.max_c - high, 0.0),
            cost=(_HOT_KWH_PER_KH if run else _COLD_KWH_PER_KH) * cheap,
        )
        over = program.columns(count, cost=scenario.penalty * scenario.paid)
        rows = program.rows(count, lower=low, upper=high)
        for columns, sign in ((temp, 1.0), (cold, 1.0), (hot, -1.0), (over, -1.0)):
            program.terms(rows, columns, sign)
        # What nobody needs warm then saves nothing later.
        needed = float(low[-1] >= self.low_c)
        value = needed * scenario.weight * max(scenario.terminal_value.get(self.id, 0.0), 0.0)
        program.charge(temp[-1:], -value * self.tank.kwh_per_k)
        for columns in (hot, over):
            program.charge(columns[-1:], value * self.tank.kwh_per_k)
        return cold
