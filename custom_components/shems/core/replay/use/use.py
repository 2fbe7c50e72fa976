"""What every device has in common when a household is played again."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Protocol

import numpy as np

from ...assets.kinds import Movable, MovableState
from ...horizon import HOUR_S
from ...tariff import local_clock
from ...units import Bools, Floats

SERVICE: Final = {
    "unmet_kwh": 2.0,
    "cold_kh": 3.0,
    "cold_water_kwh": 5.0,
    "missed_runs": 10.0,
}
"""What is counted where a device did not do what was asked, and the price of a unit in kWh at
the mean import price: a public charger costs twice the price at home, a kelvin hour what
`Comfort` takes it for, water that is not warm and laundry that is not clean annoy more than
their energy is worth."""
CHEAP_H: Final = 6
"""Hours of a day in which timers let devices run."""
_NIGHT: Final = (21, 7)
"""A car's timer charges between these hours, when cars are at home."""


@dataclass(frozen=True)
class Ticks:
    """The steps in which a home is executed and billed, equal ones without gaps.

    Attributes:
        start: (M,) epoch seconds.
        step_s: their width.
        zone: IANA name of the home's zone.
    """

    start: Floats
    step_s: float
    zone: str

    def __len__(self) -> int:
        """Return the number of steps M."""
        return len(self.start)

    @property
    def hours(self) -> float:
        """Width of a step."""
        return self.step_s / HOUR_S

    @cached_property
    def hour(self) -> Floats:
        """Hour of the local day in which each step begins, (M,) whole numbers."""
        minute, _ = local_clock(self.start, self.zone)
        return np.floor(minute / 60)


@dataclass(frozen=True)
class Timers:
    """When timers let devices run, by the hour of the local day, (24,) each.

    As a household sets them once that has looked at its past prices.

    Attributes:
        cheap: the cheapest hours on average, wherever they lie.
        night: the cheapest hours of the night in one piece.
    """

    cheap: Bools
    night: Bools

    @classmethod
    def of(cls, hour: Floats, price: Floats) -> Timers:
        """Choose the hours from past prices, (N,) each; those unknown are left out."""
        known = np.isfinite(price)
        count = np.maximum(np.bincount(hour[known].astype(np.intp), minlength=24), 1)
        mean = np.bincount(hour[known].astype(np.intp), price[known], 24) / count
        cheap = np.zeros(24, dtype=np.bool_)
        cheap[np.argsort(mean, kind="stable")[:CHEAP_H]] = True
        first, last = _NIGHT
        begins = range(first, 24 + last - CHEAP_H + 1)
        spans = [np.arange(begin, begin + CHEAP_H) % 24 for begin in begins]
        night = np.zeros(24, dtype=np.bool_)
        night[min(spans, key=lambda span: float(mean[span].sum()))] = True
        return cls(cheap, night)


class InUse(Protocol):
    """A device in the middle of a replay.

    Attributes:
        news: how often something happened that its owner or its plug tells SHEMS of.
        service: what it did not do that was asked, by the names of `SERVICE`.
        starts: how often it was switched on.
    """

    news: int
    service: dict[str, float]
    starts: int

    def happen(self, tick: int) -> None:
        """Let happen what happens when a step begins."""
        ...

    def ruled(self, rule: str, tick: int) -> float:
        """Return the power that a rule gives it, kW."""
        ...

    def guarded(self, power_kw: float, tick: int) -> float:
        """Return the power asked for, or more where its own control would not let it be."""
        ...

    def step(self, power_kw: float, tick: int) -> float:
        """Let it run for a step; return the power it took, kW."""
        ...

    def seen(self, tick: int) -> MovableState | None:
        """Return its state as SHEMS knows it; None where there is nothing to plan."""
        ...

    def told(self, tick: int, until: float) -> MovableState | None:
        """Return its state with what is to come up to a time."""
        ...

    @property
    def kept_kwh(self) -> float:
        """What it has stored beyond what is still owed, in kWh of electricity."""
        ...


class Use(Protocol):
    """A device, and all that a household does with it in a period."""

    @property
    def device(self) -> Movable:
        """What it is."""
        ...

    @property
    def rules(self) -> tuple[str, ...]:
        """How it can be run without a manager, the plainest first, a timer last."""
        ...

    def begin(self, ticks: Ticks, timers: Timers, first: int) -> InUse:
        """Return it as it stands when the replay begins with a step."""
        ...


@dataclass
class Counted:
    """What is counted of a device in use; see `InUse`."""

    news: int = 0
    starts: int = 0
    service: dict[str, float] = field(default_factory=dict)
    _on: bool = False

    def guarded(self, power_kw: float, tick: int) -> float:  # noqa: ARG002  # every device is handed it
        """Return the power asked for: it has no limits of its own."""
        return power_kw

    def count(self, name: str, amount: float) -> None:
        """Add to what was not done."""
        if amount > 0:
            self.service[name] = self.service.get(name, 0.0) + amount

    def ran(self, power_kw: float) -> None:
        """Count a start where it rested before."""
        self.starts += int(power_kw > 0 and not self._on)
        self._on = power_kw > 0
