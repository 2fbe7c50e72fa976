"""Rooms and hot water under their own thermostats, by how much they differ from the real ones.

Buildings and tanks are linear: what sun, people and draws do they do in both homes, so that
only the difference of two temperatures has to be followed, which the difference of two heats
makes. A wrong parameter then matters only as far as SHEMS made a difference at all.
"""

from dataclasses import dataclass, field, replace
from typing import Final

from ...assets.heating import Heating, HeatingState
from ...assets.switching import Running
from ...assets.water import Water, WaterState
from .facts import Warmth
from .gauge import Gauge

_CATCH_UP_H: Final = 0.8
"""Hours in which thermostats close a gap; see `Heating.thermostat`."""
_LEARN_H: Final = 6.0
"""Hours over which a thermostat that takes more or less in fact is put right."""
_KNOWN_H: Final = 24.0
"""Hours of its own ways after which a thermostat is known; until then it is taken to come to
its setpoint on average, as far as it runs."""
_LEAST_LOSS: Final = 0.3
_MOST_LOSS: Final = 3.0
"""No form is further off."""
_COLD_K: Final = 3.0
"""With less to the outside, the weather says little of a loss."""
_LEVEL_K: Final = 0.02
"""Less than thermometers resolve."""
_RUN_K: Final = 4.0
"""By which a run warms a tank that tells how much it holds: thermometers resolve half a kelvin."""
_UNDRAWN: Final = 0.25
"""Quantile of the runs that counts: what is drawn meanwhile makes the others look larger."""


@dataclass(frozen=True)
class Rooms:
    """The rooms without SHEMS beside the real ones.

    Attributes:
        air_k, mass_k: by how much air and walls are warmer without.
        loss: by which factor the loss to the outside is larger for which its heat makes up.
        running: whether it heats without.
        known_h: hours in which that was learned from what it did by itself.
        shown_c: the real air when the last slot ended; None where that is unknown.
    """

    air_k: float = 0.0
    mass_k: float = 0.0
    loss: float = 1.0
    known_h: float = 0.0
    running: Running = field(default_factory=Running)
    shown_c: float | None = None

    @property
    def level(self) -> bool:
        """Whether both are as warm."""
        return abs(self.air_k) <= _LEVEL_K and abs(self.mass_k) <= _LEVEL_K

    def alone(
        self,
        device: Heating,
        metered_kwh: float,
        warmth: Warmth | None,
        outdoor_c: float,
        slot: tuple[float, float],
    ) -> tuple[Rooms, float]:
        """Return the rooms after a slot of their own thermostat, and what it took without.

        Both thermostats want the same: the air comes to the same temperature, and the heat of
        the walls is made up for meanwhile. What it does tells how it will act without SHEMS.
        """
        start, hours = slot
        heat, real = device.heat_per_kwh(outdoor_c), metered_kwh / hours
        power = real
        if not self.level:
            building = device.building
            pull = building.air_kwh_per_k / _CATCH_UP_H * self.air_k
            pull += building.coupling_kw_per_k * self.mass_k if building.heavy else 0.0
            power = min(max(real - pull / heat, 0.0), max(real, device.power_kw))
        known = self if warmth is None else self._seen(device, real, warmth, outdoor_c, hours)
        after = known.heated(device, (power - real) * heat, hours)
        shown = None if warmth is None else warmth.temp_c
        running = self.running.after(real > 0, start)
        after = replace(after, running=running, shown_c=shown)
        # What is the same is the same to the last digit.
        return after, metered_kwh if self.level else power * hours

    def _seen(
        self, device: Heating, real_kw: float, warmth: Warmth, outdoor_c: float, hours: float
    ) -> Rooms:
        """Return the same with what the thermostat's own power tells of its mark."""
        if self.shown_c is None:
            return self
        state = HeatingState(self.shown_c, running=self.running)
        own = self._own(device)
        expected = own.thermostat(state, outdoor_c, warmth.low_c, warmth.high_c)
        if not (0 < expected < device.power_kw and 0 < real_kw < device.power_kw):
            return self
        lacks_kw = (real_kw - expected) * device.heat_per_kwh(outdoor_c)
        learned = self.put_right(device, lacks_kw, warmth, outdoor_c, hours)
        return replace(learned, known_h=min(self.known_h + hours, _KNOWN_H))

    def _own(self, device: Heating) -> Heating:
        """Return the device with the loss that its thermostat makes up for."""
        building = device.building
        lost = replace(building, loss_kw_per_k=self.loss * building.loss_kw_per_k)
        return replace(device, building=lost)

    def put_right(
        self, device: Heating, lacks_kw: float, warmth: Warmth, outdoor_c: float, hours: float
    ) -> Rooms:
        """Return the same with so much more heat expected for this weather."""
        mark = device.mark_c(outdoor_c, warmth.low_c, warmth.high_c)
        outside_k = mark - outdoor_c
        if abs(outside_k) < _COLD_K:
            return self
        off = lacks_kw / (device.building.loss_kw_per_k * outside_k)
        loss = self.loss + off * hours / _LEARN_H
        return replace(self, loss=min(max(loss, _LEAST_LOSS), _MOST_LOSS))

    def driven(
        self,
        device: Heating,
        metered_kwh: float,
        warmth: Warmth,
        outdoor_c: float,
        slot: tuple[float, float],
    ) -> tuple[Rooms, float]:
        """Return the rooms after a slot in which SHEMS decided, and what was taken without.

        Args:
            device: heat pump and building.
            metered_kwh: taken in fact.
            warmth: when the slot ends.
            outdoor_c: outdoors.
            slot: its start, epoch seconds, and its width in hours.
        """
        start, hours = slot
        heat = device.heat_per_kwh(outdoor_c)
        air = self.air_k + (warmth.temp_c if self.shown_c is None else self.shown_c)
        state = HeatingState(air, running=self.running)
        power = self._own(device).thermostat(state, outdoor_c, warmth.low_c, warmth.high_c)
        after = self.heated(device, (power - metered_kwh / hours) * heat, hours)
        if 0 < power < device.power_kw and self.known_h < _KNOWN_H:
            off = device.mark_c(outdoor_c, warmth.low_c, warmth.high_c) - air
            lacks_kw = off * device.building.air_kwh_per_k / _CATCH_UP_H
            after = after.put_right(device, lacks_kw, warmth, outdoor_c, hours)
        running = self.running.after(power > 0, start)
        return replace(after, running=running, shown_c=warmth.temp_c), power * hours

    def passed(self, device: Heating, hours: float) -> Rooms:
        """Return the rooms after a time of which nothing is known."""
        return self.heated(device, 0.0, hours)

    def heated(self, device: Heating, more_kw: float, hours: float) -> Rooms:
        """Return the rooms after a time with so much more heat without."""
        building = device.building
        # What is given in both homes at all times is not a part of the difference.
        air, mass = building.step(
            self.air_k, self.mass_k, more_kw - building.gains_kw, 0.0, 0.0, hours
        )
        return replace(self, air_k=air, mass_k=mass, shown_c=None)

    def lacks_kwh(self, device: Heating) -> float:
        """Return the electricity that the real rooms save later, for being warmer."""
        building = device.building
        warmer = building.air_kwh_per_k * self.air_k + building.mass_kwh_per_k * self.mass_k
        return -device.worth * warmer


@dataclass(frozen=True)
class Tank:
    """The hot water without SHEMS beside the real one.

    Attributes:
        warmer_k: by how much it is warmer without.
        running: whether it is heated without.
        last_hot: epoch seconds of the last legionella run without.
        shown_c: the real water when the last slot ended; None where that is unknown.
        gauge: what it takes beside by how much it gets warmer.
    """

    warmer_k: float = 0.0
    running: Running = field(default_factory=Running)
    last_hot: float | None = None
    shown_c: float | None = None
    gauge: Gauge = field(default_factory=Gauge)

    def noted(
        self,
        device: Water,
        metered_kwh: float,
        warmth: Warmth | None,
        outdoor_c: float,
        hours: float,
    ) -> Tank:
        """Return the same with what a slot tells of the tank, whoever let it be heated.

        What it loses to its room is known well enough beside what heats it.
        """
        heat, tank = device.heat_per_kwh(outdoor_c), device.tank
        per_k = tank.kwh_per_k / heat
        heats = warmth is not None and metered_kwh > 0
        shown = warmth.temp_c if heats and warmth is not None else None
        over_k = 0.0 if shown is None else shown - tank.ambient_c
        lost = tank.loss_kw_per_k * over_k * hours / heat
        gauge = self.gauge.noted(shown, per_k, metered_kwh - lost, _RUN_K * per_k)
        return replace(self, gauge=gauge)

    def fitted(self, device: Water) -> Water:
        """Return the tank as large as what it takes tells; a better pump looks like less water."""
        tank = device.tank
        litres = tank.litres * self.gauge.factor(_UNDRAWN)
        return replace(device, tank=replace(tank, litres=litres))

    @property
    def level(self) -> bool:
        """Whether both are as warm."""
        return abs(self.warmer_k) <= _LEVEL_K

    def alone(
        self, device: Water, metered_kwh: float, outdoor_c: float, hours: float
    ) -> tuple[Tank, float]:
        """Return the tank after a slot of its own thermostat, and what it took without."""
        heat, real = device.heat_per_kwh(outdoor_c), metered_kwh / hours
        power = real
        if not self.level:
            pull = self.fitted(device).tank.kwh_per_k / hours * self.warmer_k / heat
            power = min(max(real - pull, 0.0), max(real, device.power_kw))
        after = self.heated(device, (power - real) * heat, hours)
        return after, metered_kwh if self.level else power * hours

    def driven(
        self,
        device: Water,
        metered_kwh: float,
        warmth: Warmth,
        outdoor_c: float,
        slot: tuple[float, float],
    ) -> tuple[Tank, float]:
        """Return the tank after a slot in which SHEMS decided, and what was taken without.

        Args:
            device: the tank.
            metered_kwh: taken in fact.
            warmth: when the slot ends; its upper edge is where heating ends.
            outdoor_c: outdoors.
            slot: its start, epoch seconds, and its width in hours.
        """
        start, hours = slot
        heat = device.heat_per_kwh(outdoor_c)
        before = self.warmer_k + (warmth.temp_c if self.shown_c is None else self.shown_c)
        # Of a run that was never seen, this week's is taken to be over.
        hot = start if self.last_hot is None else self.last_hot
        high_c = min(warmth.high_c, device.max_c)
        own = replace(self.fitted(device), low_c=min(device.low_c, high_c), high_c=high_c)
        state = WaterState(before, self.running, hot)
        asked = own.time_switch(state, start, released=True)
        state, power = own.step(state, asked, start, hours, outdoor_c, 0.0)
        after = self.heated(device, (power - metered_kwh / hours) * heat, hours)
        return (
            replace(after, running=state.running, last_hot=state.last_hot, shown_c=warmth.temp_c),
            power * hours,
        )

    def passed(self, device: Water, hours: float) -> Tank:
        """Return the tank after a time of which nothing is known."""
        return replace(self.heated(device, 0.0, hours), gauge=self.gauge.lost())

    def heated(self, device: Water, more_kw: float, hours: float) -> Tank:
        """Return the tank after a time with so much more heat without."""
        tank = self.fitted(device).tank
        warm = replace(tank, ambient_c=0.0).step(self.warmer_k, more_kw, 0.0, hours)
        return replace(self, warmer_k=warm, shown_c=None)

    def lacks_kwh(self, device: Water) -> float:
        """Return the electricity that the real tank saves later, for being warmer."""
        return -device.worth * self.fitted(device).tank.kwh_per_k * self.warmer_k
