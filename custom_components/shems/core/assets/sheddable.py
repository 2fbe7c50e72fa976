"""A part of the load that may be shed at a price."""

from dataclasses import dataclass, field, replace
from typing import ClassVar, Final

import numpy as np

from ..horizon import DAY_S, HOUR_S
from ..linear import INFINITY, Ints
from ..tariff import offsets_s
from ..units import Floats, InputError
from .device import Part, Usual
from .scenario import Scenario
from .switching import Running, Switching, switched
from .timetable import BY_ALL_MEANS, run_as_booked

_LEAST_PRICE: Final = 0.01
"""What shedding costs at least, as a share of the median import price: nobody is left in the
dark for nothing."""


@dataclass(frozen=True)
class SheddableState:
    """What may be shed, and what was.

    Attributes:
        expected_kw: what it takes where it is not shed, per step of the horizon; a single
            value holds for all of them. It is a part of the home's load already.
        running: whether it is shed, since when, and how often today.
        shed_h: hours shed so far on this local day.
    """

    KIND: ClassVar[str] = "sheddable"

    expected_kw: tuple[float, ...] = (0.0,)
    running: Running = field(default_factory=Running)
    shed_h: float = 0.0


@dataclass(frozen=True)
class Sheddable(Usual[SheddableState]):
    """A load that the household can do without at a price, such as a freezer or an air dryer.

    Its power is never above zero: shedding is consumption that the home's load has in it, and
    that is taken back.

    Attributes:
        id: the device's identity, stable over renames.
        name: what the household calls it.
        most_shed_kw: the most it takes, and so the most that can be shed.
        price_per_kwh: what it is worth to the household not to go without, currency/kWh.
        longest_h: how long it may be shed without a break; None for any time.
        most_h_a_day: how long it may be shed in a local day; None for any time.
        modulating: whether a part of it can be shed.
        switching: how often it may be shed; it may always come back.
        from_battery: whether batteries may discharge for it.
    """

    KIND: ClassVar[str] = "sheddable"

    id: str
    name: str
    most_shed_kw: float
    price_per_kwh: float
    longest_h: float | None = None
    most_h_a_day: float | None = None
    modulating: bool = False
    switching: Switching = field(default_factory=Switching)
    from_battery: bool = True

    def __post_init__(self) -> None:
        """Reject prices and times that cannot be."""
        for name in ("most_shed_kw", "longest_h", "most_h_a_day"):
            value = getattr(self, name)
            if value is not None and not 0 < value < INFINITY:
                raise InputError("device_parameter", name=name, value=value)
        if not 0 <= self.price_per_kwh < INFINITY:
            raise InputError("device_parameter", name="price_per_kwh", value=self.price_per_kwh)
        if self.switching.least_on_h > 0:
            value = self.switching.least_on_h
            raise InputError("device_parameter", name="least_on_h", value=value)

    @property
    def most_kw(self) -> float:
        """Nothing: it takes no more than the load has in it."""
        return 0.0

    def check(self, state: SheddableState) -> None:
        """Raise InputError where no power, or an impossible one, is expected."""
        if not state.expected_kw:
            raise InputError("device_power", device=self.name, power_kw=float("nan"))
        for power in state.expected_kw:
            if not 0 <= power < INFINITY:
                raise InputError("device_power", device=self.name, power_kw=power)

    def at_once(self, state: SheddableState, start: float, hours: float) -> float:
        """Return the power to ask for in a step if nothing is shed: none."""
        del state, start, hours
        return 0.0

    def step(
        self, state: SheddableState, power_kw: float, start: float, hours: float
    ) -> tuple[SheddableState, float]:
        """Return the state after a step, and the power: minus what is shed.

        A new local day's count of hours and starts is the caller's to begin.
        """
        expected = min(state.expected_kw[0], self.most_shed_kw)
        left = hours
        if self.longest_h is not None:
            left = min(left, self.longest_h - self._shed_since_h(state, start))
        if self.most_h_a_day is not None:
            left = min(left, self.most_h_a_day - state.shed_h)
        share = max(left, 0.0) / hours
        power = min(0.0, max(power_kw, -expected * share))
        shed = power < 0
        running = state.running.after(shed, start)
        ahead = state.expected_kw[1:] or state.expected_kw
        used = -power / expected * hours if shed else 0.0
        return replace(state, expected_kw=ahead, running=running, shed_h=state.shed_h + used), power

    def constrain(self, scenario: Scenario, state: SheddableState) -> Part:
        """Add which share of it is shed, at its price.

        power = - expected · share,   0 ≤ share ≤ 1
        Σ share · hours ≤ longest_h  over every span just longer than that
        Σ share · hours ≤ most_h_a_day  over every local day
        """
        program, count = scenario.program, len(scenario.hours)
        expected = np.minimum(self._expected(state, count), self.most_shed_kw)
        power = program.columns(count, lower=-expected, upper=0.0)
        program.terms(scenario.balance, power, -1.0)
        price = np.maximum(self.price_per_kwh, _LEAST_PRICE * scenario.typical) + scenario.sooner
        share = program.columns(
            count, upper=(expected > 0).astype(np.float64), cost=price * expected * scenario.paid
        )
        shed = program.rows(count, lower=0.0, upper=0.0)
        program.terms(shed, power, 1.0)
        program.terms(shed, share, expected)
        least = 0.0 if self.modulating else 1.0
        on = switched(scenario, share, least, 1.0, self.switching, state.running)
        self._keep_short(scenario, state, share)
        self._keep_rare(scenario, state, share)
        run_as_booked(scenario, share, np.sign(expected), BY_ALL_MEANS * float(expected.max()))
        return Part(power, shed=share, first=np.concatenate([power[:1], on[:1]]))

    def _expected(self, state: SheddableState, count: int) -> Floats:
        """Return what it takes in each step, the last value known for all that follow, (K,)."""
        known = np.array(state.expected_kw[:count])
        return np.concatenate([known, np.full(count - len(known), known[-1])])

    def _shed_since_h(self, state: SheddableState, now: float) -> float:
        """Return for how long it has been shed without a break."""
        running = state.running
        if not running.on or running.since is None:
            return 0.0
        return max(0.0, now - running.since) / HOUR_S

    def _keep_short(self, scenario: Scenario, state: SheddableState, share: Ints) -> None:
        if self.longest_h is None:
            return
        hours, edges = scenario.hours, scenario.around.horizon.edges
        already = self._shed_since_h(state, float(edges[0]))
        before = np.zeros(len(hours))
        before[0] = min(already, self.longest_h)
        rows = scenario.program.rows(len(hours), upper=self.longest_h - before)
        length = self.longest_h * HOUR_S - HOUR_S * before
        last = np.searchsorted(edges[1:], edges[:-1] + length + 1.0)
        step = np.arange(len(hours))
        row, column = np.nonzero((step >= step[:, None]) & (step <= last[:, None]))
        scenario.program.terms(rows[row], share[column], hours[column])

    def _keep_rare(self, scenario: Scenario, state: SheddableState, share: Ints) -> None:
        if self.most_h_a_day is None:
            return
        around = scenario.around
        begin = around.horizon.start
        day = np.floor((begin + offsets_s(begin, around.zone)) / DAY_S)
        numbers, row = np.unique(day, return_inverse=True)
        most = np.full(len(numbers), self.most_h_a_day)
        most[0] = max(0.0, self.most_h_a_day - state.shed_h)
        rows = scenario.program.rows(len(numbers), upper=most)
        scenario.program.terms(rows[row], share, scenario.hours)
