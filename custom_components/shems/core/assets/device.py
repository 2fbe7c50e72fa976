"""What every device whose consumption can be moved has in common."""

from dataclasses import dataclass, field
from typing import ClassVar, Protocol

import numpy as np

from ..linear import INFINITY, Ints
from ..units import Floats, InputError
from .scenario import Scenario, Surroundings


@dataclass(frozen=True)
class Wish:
    """What was asked of a device, and the columns that say how much of it is not met.

    Attributes:
        code: of the message that names it: `energy_short`, `too_cold`, ...
        columns: (C,) of the program, zero where the wish is met.
        scale: (C,) what a unit of each column is in the wish's unit.
        unit: `kWh`, `Kh` (kelvin hours) or `runs`.
        at: epoch seconds by which it was wanted; None where it holds at all times.
        nearest: the state that is nearest to the wish where that cannot be met, then.
        state: (1,) column of the state that it is about, in place of `nearest`; None where
            there is none.
    """

    code: str
    columns: Ints
    scale: Floats
    unit: str
    at: float | None = None
    nearest: float | None = None
    state: Ints | None = None

    def short(self, column: Floats) -> float:
        """Return how much is missing in a solution."""
        return float(column[self.columns] @ self.scale)

    def reached(self, column: Floats) -> float | None:
        """Return the state that comes nearest to it in a solution, None where unknown."""
        return self.nearest if self.state is None else float(column[self.state[0]])


_NONE = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True)
class Part:
    """Where a device's decisions are in a program.

    Attributes:
        power: (K,) columns of the power it takes from the home, kW.
        given: (K,) columns of the power it gives to the home; None where it never does.
        sold: whether what it gives may go to the grid.
        surplus: (K,) columns of power that only surplus may give: all that take it share it.
        shed: (K,) columns of the share that is shed of a load; None where it takes power.
        state: (K,) columns of what is stored at the end of each step, kWh or °C.
        store: (K,) rows that balance what is stored in kWh; minus their dual is what a
            stored kWh is worth.
        first: columns that are decided now, before it is known which scenario comes true.
        wishes: what was asked of it.
        on: (N,) binaries of the near steps, 1 where it runs; none where it needs none.
    """

    power: Ints
    given: Ints | None = None
    sold: bool = True
    surplus: Ints | None = None
    shed: Ints | None = None
    state: Ints | None = None
    store: Ints | None = None
    first: Ints = field(default_factory=lambda: _NONE)
    wishes: tuple[Wish, ...] = ()
    on: Ints = field(default_factory=lambda: _NONE)


class Device[S](Protocol):
    """A device with a state S.

    A kind also has `step`, its physics, with which a plan can be played back.
    """

    KIND: ClassVar[str]

    @property
    def id(self) -> str:
        """Its identity, stable over renames."""
        ...

    @property
    def name(self) -> str:
        """What the household calls it."""
        ...

    @property
    def most_kw(self) -> float:
        """The most it can take."""
        ...

    @property
    def lowest_kw(self) -> float:
        """The least it takes while it is on."""
        ...

    @property
    def absorbs(self) -> bool:
        """Whether its power can follow the surplus that the meter shows."""
        ...

    def bound(self, state: S) -> bool:
        """Return whether it runs and may not be stopped now."""
        ...

    @property
    def from_battery(self) -> bool:
        """Whether batteries may discharge for it."""
        ...

    def check(self, state: S) -> None:
        """Raise InputError where the state cannot be."""
        ...

    @property
    def worth(self) -> float:
        """What a kWh stored at a horizon's end is worth before that is learned.

        As a share of the median import price; nothing where it stores nothing.
        """
        ...

    def constrain(self, scenario: Scenario, state: S) -> Part:
        """Add its columns and rows for a course of events; return where they are."""
        ...

    def told_c(
        self, around: Surroundings, state: S, power_kw: Floats, course: Floats
    ) -> Floats | None:
        """Return what its thermostat is to be told at rest and running, (2, K); or None.

        Args:
            around: what it meets.
            state: now.
            power_kw: (K,) planned.
            course: (K,) planned state at the end of each step.
        """
        ...


class Usual[S]:
    """What holds for most kinds: switched, free to stop, storing nothing."""

    @property
    def lowest_kw(self) -> float:
        """Nothing: it may take as little as is wanted."""
        return 0.0

    @property
    def absorbs(self) -> bool:
        """Not: when the sun comes is in the plan."""
        return False

    def bound(self, _state: S) -> bool:
        """Return that it may be stopped at any time."""
        return False

    @property
    def worth(self) -> float:
        """Nothing: it stores nothing."""
        return 0.0

    def told_c(
        self, _around: Surroundings, _state: S, _power_kw: Floats, _course: Floats
    ) -> Floats | None:
        """Nothing: it is told a power, or switched."""
        return None


class Rated[S](Usual[S]):
    """A kind with a rated power, which can run at less down to a least power, or not at all.

    Attributes:
        power_kw: what it takes at most.
        least_kw: what it takes at least while it is on; None where it cannot modulate.
    """

    power_kw: float
    least_kw: float | None

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
    def lowest_kw(self) -> float:
        """The least it takes while it is on."""
        return self.power_kw if self.least_kw is None else self.least_kw
