"""A car's days: when it is plugged in, and what it wants."""

from dataclasses import dataclass, field
from typing import Final

from ...assets.stay import Stay, VehicleState
from ...assets.switching import Running
from ...assets.vehicle import Vehicle
from ...forecast.stays import expected_stay
from ...forecast.vehicle import Session, vehicle_outlook
from ...horizon import HOUR_S
from .use import Counted, Ticks, Timers

_SOME_KW: Final = 0.01


@dataclass(frozen=True)
class CarUse:
    """A car and its stays.

    Attributes:
        device: the car; its limit is what is wanted at every departure.
        sessions: in order, apart from one another; AC energy that each charged.
    """

    device: Vehicle
    sessions: tuple[Session, ...]

    @property
    def rules(self) -> tuple[str, ...]:
        """Charge when it comes, or in the cheapest hours of the night."""
        return "at_once", "at_night"

    def begin(self, ticks: Ticks, timers: Timers, first: int) -> CarInUse:
        """Return the car away; a stay that is on is met as if it began."""
        now = float(ticks.start[first])
        over = sum(each.plug_out <= now for each in self.sessions)
        return CarInUse(use=self, ticks=ticks, timers=timers, following=over)


@dataclass
class CarInUse(Counted):
    """A car in the middle of a replay; see `InUse`."""

    use: CarUse = field(kw_only=True)
    ticks: Ticks = field(kw_only=True)
    timers: Timers = field(kw_only=True)
    following: int = field(kw_only=True)
    stay: Session | None = None
    energy_kwh: float = 0.0
    charged_kwh: float = 0.0
    running: Running = field(default_factory=Running)

    def happen(self, tick: int) -> None:
        """Let it leave, short of what it lacks, and come; nobody says when it will leave."""
        now = float(self.ticks.start[tick])
        if self.stay is not None and now >= self.stay.plug_out:
            self.count("unmet_kwh", self._lacks_kwh)
            self.stay = None
            self.news += 1
        sessions = self.use.sessions
        while self.following < len(sessions) and now >= sessions[self.following].plug_in:
            came = sessions[self.following]
            self.following += 1
            if now < came.plug_out:
                self.stay = came
                self.energy_kwh = self._arrives(came, now)
                self.charged_kwh = 0.0
                self.news += 1

    def _arrives(self, came: Session, now: float) -> float:
        """Return what it has stored: no more is missing than can be charged in the stay."""
        car, width = self.use.device, self.ticks.step_s
        hours = -(-(came.plug_out - now) // width) * width / HOUR_S
        lacks = car.charge_efficiency * min(came.energy_kwh, car.charge_kw * hours)
        return max(car.limit_kwh - lacks, 0.0)

    @property
    def _lacks_kwh(self) -> float:
        """What is still missing, AC."""
        car = self.use.device
        return (car.limit_kwh - self.energy_kwh) / car.charge_efficiency

    def ruled(self, rule: str, tick: int) -> float:
        """Return full power, at night only where the rule says so."""
        waits = rule == "at_night" and not self.timers.night[int(self.ticks.hour[tick])]
        return 0.0 if self.stay is None or waits else self.use.device.charge_kw

    def guarded(self, power_kw: float, tick: int) -> float:  # noqa: ARG002  # every device is handed it
        """Return the least at which it charges where less was asked for: it ends when full."""
        return max(power_kw, self.use.device.least_kw) if power_kw > _SOME_KW else power_kw

    def step(self, power_kw: float, tick: int) -> float:
        """Charge it where it is plugged in."""
        taken = 0.0
        if self.stay is not None:
            hours = self.ticks.hours
            energy, power = self.use.device.step(self.energy_kwh, power_kw, hours)
            self.energy_kwh, taken = float(energy), float(power)
            self.charged_kwh += taken * hours
        self.running = self.running.after(taken > 0, float(self.ticks.start[tick]))
        self.ran(taken)
        return taken

    def seen(self, tick: int) -> VehicleState | None:
        """Return what its plug tells, and when it is believed to leave, or to come next."""
        now = float(self.ticks.start[tick])
        here = self.stay
        outlook = vehicle_outlook(
            self.use.sessions,
            now,
            self.ticks.zone,
            since=None if here is None else here.plug_in,
            charged_kwh=self.charged_kwh,
        )
        car = self.use.device
        expected = None if outlook is None else expected_stay(outlook)
        if here is not None:
            end = now if expected is None else expected.leaves
            soonest = now + HOUR_S * car.shortest_h(self.energy_kwh, car.limit_kwh)
            stay = Stay(here.plug_in, max(end, soonest, now + self.ticks.step_s), car.limit_kwh)
            return VehicleState(self.energy_kwh, (stay,), self.running)
        if expected is None:
            return None
        begin = max(expected.begin, now + self.ticks.step_s)
        lacks = car.charge_efficiency * expected.energy_kwh
        soonest = begin + HOUR_S * lacks / (car.charge_efficiency * car.charge_kw)
        end = max(expected.leaves, soonest, begin + self.ticks.step_s)
        arrives = max(car.limit_kwh - lacks, 0.0)
        return VehicleState(arrives, (Stay(begin, end, car.limit_kwh, arrives),), self.running)

    def told(self, tick: int, until: float) -> VehicleState | None:
        """Return its state with every stay to come."""
        car, now = self.use.device, float(self.ticks.start[tick])
        stays = [
            Stay(each.plug_in, each.plug_out, car.limit_kwh, self._arrives(each, each.plug_in))
            for each in self.use.sessions[self.following :]
            if now < each.plug_in < until
        ]
        if self.stay is not None:
            stays.insert(0, Stay(self.stay.plug_in, self.stay.plug_out, car.limit_kwh))
        return VehicleState(self.energy_kwh, tuple(stays), self.running) if stays else None

    @property
    def kept_kwh(self) -> float:
        """What it still lacks, negative."""
        return 0.0 if self.stay is None else -self._lacks_kwh
