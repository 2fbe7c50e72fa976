"""A load that needs an amount of energy by a time, at any hours before."""

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import ClassVar

import numpy as np

from ..horizon import HOUR_S
from ..linear import INFINITY
from ..units import InputError
from .device import Part, Rated, Wish
from .scenario import Scenario
from .switching import Running, Switching, held, switched
from .timetable import BY_ALL_MEANS, run_as_booked


@dataclass(frozen=True)
class Errand:
    """An amount of energy within a span of time.

    Attributes:
        begin, end: epoch seconds; what is not taken by the end is missing.
        energy_kwh: still to be taken.
    """

    begin: float
    end: float
    energy_kwh: float


@dataclass(frozen=True)
class DeferrableState:
    """What a deferrable load is still to do.

    Attributes:
        errands: spans that do not overlap, in order.
        running: whether it runs.
    """

    KIND: ClassVar[str] = "deferrable"

    errands: tuple[Errand, ...] = ()
    running: Running = field(default_factory=Running)


@dataclass(frozen=True)
class Deferrable(Rated[DeferrableState]):
    """A load such as a pool pump, a dehumidifier or a store heater.

    Attributes:
        id: the device's identity, stable over renames.
        name: what the household calls it.
        power_kw: what it takes at most.
        least_kw: what it takes at least while it is on; `power_kw` where it cannot modulate.
        switching: how often it may be switched.
        from_battery: whether batteries may discharge for it.
    """

    KIND: ClassVar[str] = "deferrable"

    id: str
    name: str
    power_kw: float
    least_kw: float | None = None
    switching: Switching = field(default_factory=Switching)
    from_battery: bool = True

    def check(self, state: DeferrableState) -> None:
        """Raise InputError for amounts or times that cannot be."""
        for before, after in pairwise(state.errands):
            if after.begin < before.end:
                raise InputError("device_times_overlap", device=self.name, at=after.begin)
        for errand in state.errands:
            if not errand.begin < errand.end:
                raise InputError(
                    "earliest_after_deadline",
                    device=self.name,
                    earliest=errand.begin,
                    deadline=errand.end,
                )
            if not 0 <= errand.energy_kwh < INFINITY:
                raise InputError("device_energy", device=self.name, energy_kwh=errand.energy_kwh)

    def at_once(self, state: DeferrableState, start: float, hours: float) -> float:
        """Return the power to ask for in a step if errands are done as soon as they can be."""
        end = start + hours * HOUR_S
        power = sum(
            min(each.energy_kwh / hours, self.power_kw * _overlap_h(each, start, end) / hours)
            for each in state.errands
        )
        return max(power, self.lowest_kw) if power > 0 else 0.0

    def step(
        self, state: DeferrableState, power_kw: float, start: float, hours: float
    ) -> tuple[DeferrableState, float]:
        """Return what is left to do after a step, and the power taken.

        The power is a mean over the step; each errand gets the share of its time in it. A new
        local day's count of starts is the caller's to begin.
        """
        power = min(max(power_kw, 0.0), self.power_kw)
        end = start + hours * HOUR_S
        spans = [_overlap_h(each, start, end) for each in state.errands]
        whole = sum(spans) or 1.0
        left = tuple(
            replace(each, energy_kwh=max(0.0, each.energy_kwh - power * hours * span / whole))
            for each, span in zip(state.errands, spans, strict=True)
        )
        return DeferrableState(left, state.running.after(power > 0, start)), power

    def constrain(self, scenario: Scenario, state: DeferrableState) -> Part:
        """Add power and what is missing of each errand.

            energy ≤ Σ power · hours within the errand + missing - excess ≤ energy + spare

        Outside errands it is off, but for what has to go on running. What is switched in the
        near steps may take a step, or a least time, more than is left (`spare`); more than
        that is `excess`, as bad as missing. Of an errand that ends beyond the horizon the
        share of the time that is seen has to be done, and all of it may be. A booked run is
        part of the errands that it falls into, and may exceed them.
        """
        program, horizon = scenario.program, scenario.around.horizon
        inside = np.array(
            [
                np.clip(
                    np.minimum(horizon.end, each.end) - np.maximum(horizon.start, each.begin),
                    0.0,
                    None,
                )
                / HOUR_S
                for each in state.errands
            ]
        ).reshape(-1, len(horizon))
        energy = np.array([each.energy_kwh for each in state.errands])
        now = float(horizon.start[0])
        ahead = np.array([(each.end - max(each.begin, now)) / HOUR_S for each in state.errands])
        seen = np.clip(inside.sum(axis=1) / np.where(ahead > 0, ahead, 1.0), 0.0, 1.0)
        wanted = np.where(ahead > 0, seen, 1.0) * energy

        within = inside.sum(axis=0)
        upper = self.power_kw * np.minimum(within / scenario.hours, 1.0)
        if state.running.on:
            bound = held(scenario, self.switching, state.running)
            upper = np.where(bound, np.maximum(upper, self.lowest_kw), upper)
        if scenario.booked is not None:
            upper = np.maximum(upper, np.where(scenario.booked > 0, self.power_kw, 0.0))
        power = program.columns(len(horizon), upper=upper, cost=scenario.sooner * scenario.paid)
        program.terms(scenario.balance, power, -1.0)
        price = scenario.weight * scenario.penalty
        missing = program.columns(len(wanted), cost=price)
        excess = program.columns(len(wanted), cost=price)
        done = program.rows(len(wanted), lower=wanted, upper=energy + self._spare_kwh(scenario))
        program.terms(done, missing, 1.0)
        program.terms(done, excess, -1.0)
        number, step = np.nonzero(inside)
        # A step that reaches beyond the errand counts with the energy of the time inside it.
        part = scenario.hours[step] * inside[number, step] / within[step]
        program.terms(done[number], power[step], part)
        on = switched(scenario, power, self.lowest_kw, self.power_kw, self.switching, state.running)
        wishes = tuple(
            Wish("energy_short", missing[[number]], np.ones(1), "kWh", errand.end)
            for number, errand in enumerate(state.errands)
        )
        full = np.full(len(horizon), self.power_kw)
        wishes += run_as_booked(scenario, power, full, BY_ALL_MEANS)
        first = np.concatenate([power[:1], on[:1]])
        return Part(power, first=first, wishes=wishes)

    def _spare_kwh(self, scenario: Scenario) -> float:
        near = scenario.hours[scenario.around.whole]
        return self.lowest_kw * max(*near, self.switching.least_on_h) if len(near) else 0.0


def _overlap_h(errand: Errand, start: float, end: float) -> float:
    return max(0.0, min(end, errand.end) - max(start, errand.begin)) / HOUR_S
