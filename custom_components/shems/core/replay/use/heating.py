"""Rooms under the weather, heated by a heat pump."""

from dataclasses import dataclass, field
from typing import Final

from ...assets.heating import Heating, HeatingState
from ...units import Floats
from .use import Counted, Ticks, Timers

_RAISED_K: Final = 1.5
"""By how much a timer lets rooms be warmer in its hours."""
_BEGIN_K: Final = 0.5
"""Above the lower edge at which a replay begins."""
_FELT_K: Final = 0.1
"""Below the lower edge nobody feels, and few thermometers show, less."""


@dataclass(frozen=True)
class RoomsUse:
    """A heat pump, its rooms and the weather.

    Attributes:
        device: heat pump and building.
        outdoor_c, sun_kw_m2: (M,) in each step of the replay.
    """

    device: Heating
    outdoor_c: Floats
    sun_kw_m2: Floats

    @property
    def rules(self) -> tuple[str, ...]:
        """Hold the lower edge of the band, or be warmer in the cheap hours of the day."""
        return "thermostat", "timer"

    def begin(self, ticks: Ticks, timers: Timers, first: int) -> RoomsInUse:
        """Return rooms a little above the lower edge, walls as they settle."""
        low, _ = self.device.comfort.limits(ticks.start[first : first + 1], ticks.zone)
        indoor = float(low[0]) + _BEGIN_K
        mass = self.device.building.settled_mass_c(indoor, float(self.outdoor_c[first]))
        return RoomsInUse(use=self, ticks=ticks, timers=timers, state=HeatingState(indoor, mass))


@dataclass
class RoomsInUse(Counted):
    """Rooms in the middle of a replay; see `InUse`."""

    use: RoomsUse = field(kw_only=True)
    ticks: Ticks = field(kw_only=True)
    timers: Timers = field(kw_only=True)
    state: HeatingState = field(kw_only=True)

    def __post_init__(self) -> None:
        """Read the band once."""
        low, high = self.use.device.comfort.limits(self.ticks.start, self.ticks.zone)
        self._low, self._high = low.tolist(), high.tolist()
        self._outdoor, self._sun = self.use.outdoor_c.tolist(), self.use.sun_kw_m2.tolist()

    def happen(self, tick: int) -> None:
        """Nothing happens that a thermostat does not see."""

    def ruled(self, rule: str, tick: int) -> float:
        """Return the power of a thermostat, raised in cheap hours by a timer."""
        cheap = rule == "timer" and bool(self.timers.cheap[int(self.ticks.hour[tick])])
        low, high = self._low[tick], self._high[tick]
        raised = min(low + _RAISED_K, high) if cheap else low
        return self.use.device.thermostat(self.state, self._outdoor[tick], raised, high)

    def guarded(self, power_kw: float, tick: int) -> float:
        """Return what keeps the rooms from getting colder than the lower edge.

        What is commanded is a set-point within the band; the thermostat keeps that.
        """
        if self.state.indoor_c >= self._low[tick]:
            return power_kw
        return max(power_kw, self.ruled("thermostat", tick))

    def step(self, power_kw: float, tick: int) -> float:
        """Heat the rooms for a step; what they are too cold at its end is counted."""
        hours = self.ticks.hours
        self.state, power = self.use.device.step(
            self.state,
            power_kw,
            float(self.ticks.start[tick]),
            hours,
            self._outdoor[tick],
            self._sun[tick],
        )
        self.count("cold_kh", (self._low[tick] - _FELT_K - self.state.indoor_c) * hours)
        self.ran(power)
        return power

    def seen(self, tick: int) -> HeatingState:  # noqa: ARG002  # every device is handed it
        """Return its state, walls as an observer of the same building would know them."""
        return self.state

    def told(self, tick: int, until: float) -> HeatingState:  # noqa: ARG002  # every device is handed it
        """Return its state: what is to come is the weather."""
        return self.state

    @property
    def kept_kwh(self) -> float:
        """What its heat saves later."""
        building = self.use.device.building
        mass = self.state.indoor_c if self.state.mass_c is None else self.state.mass_c
        heat = building.air_kwh_per_k * self.state.indoor_c + building.mass_kwh_per_k * mass
        return self.use.device.worth * heat
