"""A load that needs an amount of energy by a time, at any hours before."""

from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from ..horizon import HOUR_S
from ..linear import INFINITY
from ..units import InputError
from .device import Part, Wish
from .scenario import Scenario
from .switching import Running, Switching, switched


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
class Deferrable:
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

    def __post_init__(self) -> None:
        """Reject powers that cannot be."""
        if not 0 < self.power_kw < INFINITY:
            raise InputError("device_parameter", name="power_kw", value=self.power_kw)
        if self.least_kw is not None and not 0 <= self.least_kw <= self.power_kw:
            raise InputError("device_parameter", name="least_kw", value=self.least_kw)

    @property
    def most_kw(self) -> float:
        """The most it can take."""
        return self.power_kw

    @property
    def absorbs(self) -> bool:
        """Not: what it takes is counted, and when the sun comes is in the plan."""
        return False

    @property
    def by_temperature(self) -> bool:
        """Not: it is switched."""
        return False

    @property
    def lowest_kw(self) -> float:
        """The least it takes while it is on."""
        return self.power_kw if self.least_kw is None else self.least_kw

    @property
    def worth(self) -> float:
        """Nothing: it stores nothing."""
        return 0.0

    def check(self, state: DeferrableState) -> None:
        """Raise InputError for an amount that cannot be."""
        for errand in state.errands:
            if not 0 <= errand.energy_kwh < INFINITY:
                raise InputError("device_energy", device=self.name, energy_kwh=errand.energy_kwh)

    def step(
        self, state: DeferrableState, power_kw: float, start: float, hours: float
    ) -> tuple[DeferrableState, float]:
        """Return what is left to do after a step, and the power taken."""
        power = min(max(power_kw, 0.0), self.power_kw)
        left = tuple(
            Errand(each.begin, each.end, max(0.0, each.energy_kwh - power * hours))
            if each.begin <= start < each.end
            else each
            for each in state.errands
        )
        return DeferrableState(left, state.running.after(power > 0, start)), power

    def constrain(self, scenario: Scenario, state: DeferrableState) -> Part:
        """Add power and what is missing of each errand.

        energy ≤ Σ power · hours within the errand + missing ≤ energy + one step at least power

        Outside errands it is off. An errand that ends beyond the horizon has to be done in
        proportion to the time seen.
        """
        program, horizon = scenario.program, scenario.around.horizon
        inside = np.zeros((len(state.errands), len(horizon)))
        wanted = np.zeros(len(state.errands))
        for number, errand in enumerate(state.errands):
            overlap = np.minimum(horizon.end, errand.end) - np.maximum(horizon.start, errand.begin)
            inside[number] = np.clip(overlap, 0.0, None) / HOUR_S
            ahead = errand.end - max(errand.begin, float(horizon.start[0]))
            seen = float(inside[number].sum()) * HOUR_S
            wanted[number] = errand.energy_kwh * (min(seen / ahead, 1.0) if ahead > 0 else 1.0)
        share = np.minimum(inside.sum(axis=0) / scenario.hours, 1.0)
        power = program.columns(
            len(horizon),
            upper=self.power_kw * share,
            cost=scenario.sooner * scenario.paid,
        )
        program.terms(scenario.balance, power, -1.0)
        missing = program.columns(len(wanted), cost=scenario.weight * scenario.penalty)
        step_kwh = self.lowest_kw * float(scenario.hours.max())
        done = program.rows(len(wanted), lower=wanted, upper=wanted + step_kwh)
        program.terms(done, missing, 1.0)
        for number, row in enumerate(done):
            steps = np.flatnonzero(inside[number])
            # A step that reaches beyond the errand counts with the time inside it.
            program.terms(
                np.full(len(steps), row, dtype=np.int32), power[steps], scenario.hours[steps]
            )
        on = switched(scenario, power, self.lowest_kw, self.power_kw, self.switching, state.running)
        wishes = tuple(
            Wish("energy_short", missing[[number]], np.ones(1), "kWh", errand.end)
            for number, errand in enumerate(state.errands)
        )
        first = np.concatenate([power[:1], on[:1]])
        return Part(power, first=first, choices=on, wishes=wishes)
