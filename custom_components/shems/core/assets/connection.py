"""The connection to the grid: limits of import and export, and what peaks cost."""

from dataclasses import dataclass, field
from typing import Final, Self

import numpy as np

from ..horizon import Horizon
from ..linear import INFINITY, Ints, Program, Value
from ..peak import PeakState, PeakTariff
from ..tariff import Prices
from ..units import PHASE_V, Bools, Floats, InputError
from .capacity import PeakColumns, constrain_peak
from .scenario import Scenario

HARD: Final = 5.0
"""A limit of the connection counts this many times as much as any wish: a car rather waits,
and a soft reserve is rather used, than that a fuse blows or the grid operator is disobeyed."""

_NONE: Final = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True)
class Limit:
    """A limit imposed from outside for a while, as by § 14a EnWG or a demand-response event.

    Attributes:
        begin, end: epoch seconds.
        import_kw, export_kw: what may still be carried; None where that is not limited.
        reason: code of who imposed it and why: `grid_operator`, `ripple_control`, ...
    """

    begin: float
    end: float
    import_kw: float | None = None
    export_kw: float | None = None
    reason: str = "grid_operator"

    def __post_init__(self) -> None:
        """Reject spans and powers that cannot be."""
        if not self.begin < self.end:
            raise InputError("connection_parameter", name="end", value=self.end)
        for name in ("import_kw", "export_kw"):
            value = getattr(self, name)
            if value is not None and not 0 <= value < INFINITY:
                raise InputError("connection_parameter", name=name, value=value)


@dataclass(frozen=True)
class GridColumns:
    """Columns of the connection in a program.

    Attributes:
        buy, sell: (K,) within the limits.
        peaks: of each tariff and month.
        buying: (E,) binaries of the exclusive steps: 1 where it may buy, 0 where it may sell.
        over_buy, over_sell: (K,) beyond the limits, or none.
    """

    buy: Ints
    sell: Ints
    peaks: tuple[PeakColumns, ...] = ()
    buying: Ints = field(default_factory=lambda: _NONE)
    over_buy: Ints = field(default_factory=lambda: _NONE)
    over_sell: Ints = field(default_factory=lambda: _NONE)


@dataclass(frozen=True)
class Connection:
    """A grid connection.

    Attributes:
        import_limit_kw, export_limit_kw: what it may carry; an export limit of zero keeps
            all solar power at home.
        limits: imposed from outside for a while.
        fuse_a: of each phase, None where unknown.
        phases: 1 or 3.
        peaks: capacity tariffs.
        reached: of each of them, how far the month has come; what is missing begins.
        load_share: of each phase in what cannot be moved; empty where that is unknown.
    """

    import_limit_kw: float = 17.0
    export_limit_kw: float = 17.0
    limits: tuple[Limit, ...] = ()
    fuse_a: float | None = None
    phases: int = 3
    peaks: tuple[PeakTariff, ...] = ()
    reached: tuple[PeakState, ...] = ()
    load_share: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        """Reject limits that are negative, unknown or none: every connection has a fuse."""
        for name in ("import_limit_kw", "export_limit_kw"):
            if not 0 <= getattr(self, name) < INFINITY:
                raise InputError("connection_parameter", name=name, value=getattr(self, name))
        if self.fuse_a is not None and not 0 < self.fuse_a < INFINITY:
            raise InputError("connection_parameter", name="fuse_a", value=self.fuse_a)
        if self.phases not in (1, 2, 3):
            raise InputError("connection_parameter", name="phases", value=self.phases)

    @classmethod
    def fused(cls, fuse_a: float, phases: int = 3, export_limit_kw: float | None = None) -> Self:
        """Return a connection that carries what its fuses do."""
        carried = fuse_a * phases * PHASE_V / 1000
        most = carried if export_limit_kw is None else min(carried, export_limit_kw)
        return cls(carried, most, fuse_a=fuse_a, phases=phases)

    @property
    def phase_kw(self) -> float:
        """What one phase carries: its fuse's power, else its share of the import limit."""
        if self.fuse_a is None:
            return self.import_limit_kw / self.phases
        return self.fuse_a * PHASE_V / 1000

    def import_kw(self, horizon: Horizon) -> Floats:
        """Return what may be imported, (K,): the strictest limit that touches a step."""
        return self._strictest(self.import_limit_kw, "import_kw", horizon)

    def export_kw(self, horizon: Horizon) -> Floats:
        """Return what may be exported, (K,): the strictest limit that touches a step."""
        return self._strictest(self.export_limit_kw, "export_kw", horizon)

    def _strictest(self, always: float, name: str, horizon: Horizon) -> Floats:
        most = np.full(len(horizon), always)
        for limit in self.limits:
            value = getattr(limit, name)
            if value is not None:
                touched = (horizon.start < limit.end) & (horizon.end > limit.begin)
                most[touched] = np.minimum(most[touched], value)
        return most

    def in_force(self, at: float) -> tuple[Limit, ...]:
        """Return the limits imposed at a time, strictest import first."""
        now = [each for each in self.limits if each.begin <= at < each.end]
        return tuple(sorted(now, key=lambda each: _or_none(each.import_kw)))

    def at(self, at: float) -> tuple[float, float]:
        """Return what may be imported and exported at a time, kW."""
        now = self.in_force(at)
        return (
            min([self.import_limit_kw, *(_or_none(each.import_kw) for each in now)]),
            min([self.export_limit_kw, *(_or_none(each.export_kw) for each in now)]),
        )

    def steady(self, horizon: Horizon) -> bool:
        """Whether limits never change on a horizon and peaks cost nothing."""
        first, last = horizon.edges[0], horizon.edges[-1]
        imposed = any(each.begin < last and each.end > first for each in self.limits)
        return not (imposed or self.peaks)

    @property
    def months(self) -> list[tuple[PeakTariff, PeakState]]:
        """The capacity tariffs, each with how far the month has come."""
        begun = PeakState()
        return [
            (tariff, self.reached[number] if number < len(self.reached) else begun)
            for number, tariff in enumerate(self.peaks)
        ]

    def peak_cost(self, horizon: Horizon, grid_kw: Floats, zone: str) -> float:
        """Return what a course of grid power, (K,), adds to the charges for peaks."""
        return sum(
            tariff.price_per_kw * tariff.rise(horizon, grid_kw, zone, state)
            for tariff, state in self.months
        )

    def kept_kw(self, horizon: Horizon, grid_kw: Floats, zone: str) -> Floats:
        """Return up to what import no peak is higher than a course makes it, (K,) kW."""
        kept = [tariff.kept(horizon, grid_kw, zone, state) for tariff, state in self.months]
        most: Floats = np.min([np.full(len(horizon), INFINITY), *kept], axis=0)
        return most

    def constrain(
        self,
        scenario: Scenario,
        prices: Prices,
        exclusive: Bools,
        *,
        soft: bool,
    ) -> GridColumns:
        """Add buying and selling to the balance and return their columns.

        grid = buy + over_buy - sell - over_sell, where `over_*` exceed the limits at a
        penalty, so that there is always a plan, and what is exported beyond its limit brings
        nothing; they are left out where nothing the home does by itself reaches a limit
        (`soft` false). In `exclusive` steps a binary keeps
        buying and selling apart: where selling brings more than buying costs, the program
        would trade with itself.
        """
        program, balance, paid = scenario.program, scenario.balance, scenario.paid
        count = len(paid)
        horizon = scenario.around.horizon
        most_in, most_out = self.import_kw(horizon), self.export_kw(horizon)
        buy = program.columns(count, upper=most_in, cost=prices.buy * paid)
        sell = program.columns(count, upper=most_out, cost=-prices.sell * paid)
        program.terms(balance, buy, 1.0)
        program.terms(balance, sell, -1.0)
        over_buy = over_sell = _NONE
        if soft:
            penalty = HARD * scenario.penalty
            over_buy = program.columns(count, cost=(prices.buy + penalty) * paid)
            over_sell = program.columns(count, cost=penalty * paid)
            program.terms(balance, over_buy, 1.0)
            program.terms(balance, over_sell, -1.0)
        imported = [buy, over_buy] if soft else [buy]
        buying = separate(program, np.flatnonzero(exclusive), (buy, most_in), (sell, most_out))
        peaks = tuple(
            part
            for number, (tariff, state) in enumerate(self.months)
            for part in constrain_peak(scenario, imported, number, tariff, state)
        )
        return GridColumns(buy, sell, peaks, buying, over_buy, over_sell)


def _or_none(limit_kw: float | None) -> float:
    return INFINITY if limit_kw is None else limit_kw


def separate(
    program: Program,
    steps: np.ndarray[tuple[int], np.dtype[np.intp]],
    one: tuple[Ints, Value],
    other: tuple[Ints, Value],
) -> Ints:
    """Let only one of two columns be above zero in each of the given steps; return z.

    one ≤ limit_one · z   and   other ≤ limit_other · (1 - z),   z binary
    """
    if len(steps) == 0:
        return _NONE
    most, most_other = (
        np.broadcast_to(np.asarray(limit), len(columns))[steps] for columns, limit in (one, other)
    )
    choice = program.columns(len(steps), upper=1.0, integer=True)
    first = program.rows(len(steps), lower=-INFINITY, upper=0.0)
    program.terms(first, one[0][steps], 1.0)
    program.terms(first, choice, -most)
    second = program.rows(len(steps), lower=-INFINITY, upper=most_other)
    program.terms(second, other[0][steps], 1.0)
    program.terms(second, choice, most_other)
    return choice
