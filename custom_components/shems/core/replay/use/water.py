"""Hot water: a tank and what is drawn from it."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import numpy as np

from ...assets.draws import Draw
from ...assets.water import Water, WaterState
from ...forecast.water import LEARNED_DAYS, usual_day
from ...horizon import DAY_S
from ...units import Floats
from .use import Counted, Ticks, Timers

_SOME_KWH: Final = 1e-6


@dataclass(frozen=True)
class TankUse:
    """A tank, the weather and the draws.

    Attributes:
        device: the tank and what heats it.
        outdoor_c: (M,) in each step of the replay.
        drawn_kw: (M,) heat taken out.
    """

    device: Water
    outdoor_c: Floats
    drawn_kw: Floats

    @property
    def rules(self) -> tuple[str, ...]:
        """Heat when it is cold, or in the cheap hours of the day."""
        return "thermostat", "timer"

    def begin(self, ticks: Ticks, timers: Timers, first: int) -> TankInUse:  # noqa: ARG002  # every device is handed it
        """Return a tank in the middle of its band."""
        middle = (self.device.low_c + self.device.high_c) / 2
        return TankInUse(use=self, ticks=ticks, timers=timers, state=WaterState(middle))


@dataclass
class TankInUse(Counted):
    """A tank in the middle of a replay; see `InUse`."""

    use: TankUse = field(kw_only=True)
    ticks: Ticks = field(kw_only=True)
    timers: Timers = field(kw_only=True)
    state: WaterState = field(kw_only=True)

    def happen(self, tick: int) -> None:
        """Nothing happens that a thermostat does not see."""

    def ruled(self, rule: str, tick: int) -> float:
        """Return the power of its thermostat, behind a time switch where there is one."""
        now = float(self.ticks.start[tick])
        released = rule != "timer" or bool(self.timers.cheap[int(self.ticks.hour[tick])])
        return self.use.device.time_switch(self.state, now, released=released)

    def guarded(self, power_kw: float, tick: int) -> float:  # noqa: ARG002  # every device is handed it
        """Return full power below the band, which a tank's own thermostat keeps."""
        tank = self.use.device
        return tank.power_kw if self.state.temp_c < tank.low_c else power_kw

    def step(self, power_kw: float, tick: int) -> float:
        """Heat it for a step; draws that are not warm enough are counted."""
        tank, hours = self.use.device, self.ticks.hours
        drawn = float(self.use.drawn_kw[tick]) * hours
        self.state, power = tank.step(
            self.state,
            power_kw,
            float(self.ticks.start[tick]),
            hours,
            float(self.use.outdoor_c[tick]),
            drawn,
        )
        short = (tank.low_c - self.state.temp_c) / (tank.low_c - tank.tank.inlet_c)
        self.count("cold_water_kwh", drawn * short)
        self.ran(power)
        return power

    def seen(self, tick: int) -> WaterState:
        """Return its state, draws as the last two weeks' days seldom exceeded."""
        by_hour = self._by_hour[int(self.ticks.start[tick] // DAY_S)]
        return replace(self.state, by_hour=by_hour)

    @cached_property
    def _by_hour(self) -> dict[int, tuple[float, ...]]:
        """Draws that each local hour of the days before seldom exceeded, by day (UTC)."""
        day = (self.ticks.start // DAY_S).astype(np.intp)
        number, hour = day - day[0], self.ticks.hour.astype(np.intp)
        drawn = np.zeros((number[-1] + 1, 24))
        np.add.at(drawn, (number, hour), self.use.drawn_kw * self.ticks.hours)
        found = {int(day[0]): self.state.by_hour}
        for each in range(1, len(drawn)):
            past = drawn[max(each - LEARNED_DAYS, 0) : each]
            found[int(day[0]) + each] = usual_day(past)
        return found

    def told(self, tick: int, until: float) -> WaterState:
        """Return its state with every draw to come."""
        start, width = self.ticks.start, self.ticks.step_s
        last = int(np.searchsorted(start, until))
        draws = tuple(
            Draw(begin, begin + width, power * self.ticks.hours)
            for begin, power in zip(
                start[tick:last].tolist(), self.use.drawn_kw[tick:last].tolist(), strict=True
            )
            if power * self.ticks.hours > _SOME_KWH
        )
        return replace(self.state, draws=draws)

    @property
    def kept_kwh(self) -> float:
        """What its heat saves later."""
        return self.use.device.worth * self.use.device.tank.kwh_per_k * self.state.temp_c
