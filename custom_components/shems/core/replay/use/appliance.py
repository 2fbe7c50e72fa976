"""A dishwasher or washing machine: when people want it to run, and by when."""

from dataclasses import dataclass, field, replace

from ...assets.appliance import Appliance, ApplianceState, RunRequest
from ...horizon import HOUR_S
from .use import Counted, Ticks, Timers


@dataclass(frozen=True)
class MachineUse:
    """An appliance and what is asked of it.

    Attributes:
        device: the appliance.
        requests: in order; each is asked for when it may begin.
    """

    device: Appliance
    requests: tuple[RunRequest, ...]

    @property
    def rules(self) -> tuple[str, ...]:
        """Run when asked, or in the cheap hours of the day if that ends in time."""
        return "at_once", "timer"

    def begin(self, ticks: Ticks, timers: Timers, first: int) -> MachineInUse:
        """Return it at rest; what was asked before is done."""
        now = float(ticks.start[first])
        done = sum(each.earliest < now for each in self.requests)
        return MachineInUse(use=self, ticks=ticks, timers=timers, asked=done)


@dataclass
class MachineInUse(Counted):
    """An appliance in the middle of a replay; see `InUse`."""

    use: MachineUse = field(kw_only=True)
    ticks: Ticks = field(kw_only=True)
    timers: Timers = field(kw_only=True)
    asked: int = field(kw_only=True)
    state: ApplianceState = field(default_factory=ApplianceState)

    def happen(self, tick: int) -> None:
        """Let people ask for what they want by now."""
        now, requests = float(self.ticks.start[tick]), self.use.requests
        while self.asked < len(requests) and requests[self.asked].earliest <= now:
            asked = replace(requests[self.asked], earliest=now)
            self.state = replace(self.state, runs=(*self.state.runs, asked))
            self.asked += 1
            self.news += 1

    def ruled(self, rule: str, tick: int) -> float:
        """Return whether it runs now; a timer waits for its hours while there is time."""
        now, hours = float(self.ticks.start[tick]), self.ticks.hours
        power = self.use.device.at_once(self.state, now, hours)
        if rule == "timer" and self.state.progress is None and self.state.runs:
            left = min(each.deadline for each in self.state.runs) - now - self.use.device.length_s
            cheap = bool(self.timers.cheap[int(self.ticks.hour[tick])])
            return power if cheap or left < hours * HOUR_S else 0.0
        return power

    def step(self, power_kw: float, tick: int) -> float:
        """Let it run for a step; a run that cannot end in time is missed."""
        device, now = self.use.device, float(self.ticks.start[tick])
        before = self.state
        self.state, power = device.step(before, power_kw, now, self.ticks.hours)
        for run in before.runs:
            if run not in self.state.runs and now + device.length_s > run.deadline + 1.0:
                self.count("missed_runs", 1.0)
        self.ran(power)
        return power

    def seen(self, tick: int) -> ApplianceState | None:  # noqa: ARG002  # every device is handed it
        """Return what it does and was asked for; None while it rests."""
        busy = self.state.runs or self.state.progress is not None
        return self.state if busy else None

    def told(self, tick: int, until: float) -> ApplianceState | None:  # noqa: ARG002  # every device is handed it
        """Return its state with what will be asked."""
        coming = tuple(each for each in self.use.requests[self.asked :] if each.earliest < until)
        state = replace(self.state, runs=self.state.runs + coming)
        return state if state.runs or state.progress is not None else None

    @property
    def kept_kwh(self) -> float:
        """What is asked and not begun is still to be taken, negative."""
        return -len(self.state.runs) * self.use.device.energy_kwh
