"""When a car is at its charger, what it wants by when, and where that lies on a horizon."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import ClassVar

import numpy as np

from ..horizon import HOUR_S, Horizon
from ..linear import INFINITY, Ints
from ..units import ENERGY_TOLERANCE_KWH, Floats, InputError
from .goal import Goal
from .switching import Running


@dataclass(frozen=True)
class Stay:
    """A stay at the charger.

    Attributes:
        begin, end: epoch seconds of arrival and departure.
        target_kwh: stored energy that is wanted at departure.
        arrives_kwh: stored energy at arrival; None where unknown, as if it were not moved
            until then. Of a stay that is on, the state knows better.
        goals: what is wanted on the way.
    """

    begin: float
    end: float
    target_kwh: float = 0.0
    arrives_kwh: float | None = None
    goals: tuple[Goal, ...] = ()

    @property
    def wanted(self) -> tuple[Goal, ...]:
        """What is wanted on the way and at departure."""
        return *self.goals, Goal(self.end, self.target_kwh)

    def check(self, device: str) -> None:
        """Raise InputError for a departure before the arrival, or an energy that cannot be."""
        if not self.begin < self.end:
            raise InputError("departure_past", device=device, at=self.end)
        if not 0 <= self.target_kwh < INFINITY:
            raise InputError("device_energy", device=device, energy_kwh=self.target_kwh)


@dataclass(frozen=True)
class VehicleState:
    """What a car holds and when it is there.

    Attributes:
        energy_kwh: stored now. Where no state of charge is known: what this stay charged,
            with targets counted alike.
        stays: in order, not overlapping; none where it is away and nothing is known.
        running: whether it charges.
        least_now_kw: spans (begin, end, kW) in which it is to charge at least so much,
            whatever the price.
    """

    KIND: ClassVar[str] = "vehicle"

    energy_kwh: float
    stays: tuple[Stay, ...] = ()
    running: Running = field(default_factory=Running)
    least_now_kw: tuple[tuple[float, float, float], ...] = ()

    def demanded_kw(self, horizon: Horizon) -> Floats:
        """Return the mean power that is demanded in each step, (K,)."""
        demanded = np.zeros(len(horizon))
        for begin, end, power_kw in self.least_now_kw:
            inside = np.minimum(horizon.end, end) - np.maximum(horizon.start, begin)
            share = np.clip(inside, 0.0, None) / HOUR_S / horizon.hours
            demanded = np.maximum(demanded, power_kw * share)
        return demanded

    def check(self, device: str, capacity_kwh: float) -> None:
        """Raise InputError for what no car of this capacity holds, and stays that cannot be."""
        for energy in (self.energy_kwh, *(each.arrives_kwh for each in self.stays)):
            if energy is not None and not (
                -ENERGY_TOLERANCE_KWH <= energy <= capacity_kwh + ENERGY_TOLERANCE_KWH
            ):
                raise InputError("soc_out_of_range", device=device, energy_kwh=energy)
        for stay in self.stays:
            stay.check(device)
        for one, other in pairwise(self.stays):
            if not one.end <= other.begin:
                raise InputError("stays_overlap", device=device, at=other.begin)
        for begin, end, power_kw in self.least_now_kw:
            if not (begin < end and 0 <= power_kw < INFINITY):
                raise InputError("device_power", device=device, power_kw=power_kw)


@dataclass(frozen=True)
class Chain:
    """The steps of a stay, in which what is stored follows from step to step.

    Attributes:
        stay: which.
        steps: (S,) indices of its steps, at least one, without gaps.
        share: (S,) of each step during which it is there.
        begin_kwh: stored energy before the first.
    """

    stay: Stay
    steps: Ints
    share: Floats
    begin_kwh: float

    def place(self, at: float, horizon: Horizon) -> tuple[int, float]:
        """Return the step that holds a time, and the part of its charge taken by then.

        The charge of a step is spread evenly over the time the car is there.
        """
        starts = np.maximum(horizon.start[self.steps], self.stay.begin)
        ends = np.minimum(horizon.end[self.steps], self.stay.end)
        number = max(int(np.searchsorted(starts, at, side="left")) - 1, 0)
        width = float(ends[number] - starts[number])
        return int(self.steps[number]), float(np.clip((at - starts[number]) / width, 0.0, 1.0))


def chains(stays: tuple[Stay, ...], energy_kwh: float, horizon: Horizon) -> tuple[Chain, ...]:
    """Return the stays that have steps on a horizon.

    A step belongs to the first stay that has a part of it, so that a car that leaves and
    comes back within one step charges before it leaves.

    Args:
        stays: in order, not overlapping.
        energy_kwh: stored now.
        horizon: the K steps.
    """
    found: list[Chain] = []
    taken = 0
    for stay in stays:
        overlap = np.minimum(horizon.end, stay.end) - np.maximum(horizon.start, stay.begin)
        overlap[:taken] = 0.0
        steps = np.flatnonzero(overlap > 0).astype(np.int32)
        if len(steps) == 0:
            continue
        on = stay.begin <= horizon.edges[0]
        known = energy_kwh if on or stay.arrives_kwh is None else stay.arrives_kwh
        share = overlap[steps] / HOUR_S / horizon.hours[steps]
        found.append(Chain(stay, steps, share, known))
        taken = int(steps[-1]) + 1
    return tuple(found)
