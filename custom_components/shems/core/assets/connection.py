"""The connection to the grid: limits of import and export."""

from dataclasses import dataclass

import numpy as np

from ..linear import INFINITY, Ints, Program
from ..tariff import Prices
from ..units import Bools, InputError
from .scenario import Scenario


@dataclass(frozen=True)
class GridColumns:
    """Columns of the connection in a program, (K,) each."""

    buy: Ints
    sell: Ints


@dataclass(frozen=True)
class Connection:
    """A grid connection.

    Attributes:
        import_limit_kw, export_limit_kw: what it may carry.
    """

    import_limit_kw: float = 17.0
    export_limit_kw: float = 17.0

    def __post_init__(self) -> None:
        """Reject limits that are negative, unknown or none: every connection has a fuse."""
        for name in ("import_limit_kw", "export_limit_kw"):
            if not 0 <= getattr(self, name) < INFINITY:
                raise InputError("connection_parameter", name=name, value=getattr(self, name))

    def constrain(
        self, scenario: Scenario, prices: Prices, exclusive: Bools, *, soft: bool
    ) -> GridColumns:
        """Add buying and selling to the balance and return their columns.

        grid = buy + over_buy - sell - over_sell, where `over_*` exceed the limits at a
        penalty, so that there is always a plan; they are left out where nothing the home
        does by itself reaches a limit (`soft` false). In `exclusive` steps a binary keeps
        buying and selling apart: where selling brings more than buying costs, the program
        would trade with itself.
        """
        program, balance, paid = scenario.program, scenario.balance, scenario.paid
        count = len(paid)
        buy = program.columns(count, upper=self.import_limit_kw, cost=prices.buy * paid)
        sell = program.columns(count, upper=self.export_limit_kw, cost=-prices.sell * paid)
        program.terms(balance, buy, 1.0)
        program.terms(balance, sell, -1.0)
        if soft:
            over_buy = program.columns(count, cost=(prices.buy + scenario.penalty) * paid)
            over_sell = program.columns(count, cost=(scenario.penalty - prices.sell) * paid)
            program.terms(balance, over_buy, 1.0)
            program.terms(balance, over_sell, -1.0)
        separate(
            program,
            np.flatnonzero(exclusive),
            (buy, self.import_limit_kw),
            (sell, self.export_limit_kw),
        )
        return GridColumns(buy, sell)


def separate(
    program: Program,
    steps: np.ndarray[tuple[int], np.dtype[np.intp]],
    one: tuple[Ints, float],
    other: tuple[Ints, float],
) -> None:
    """Let only one of two columns be above zero in each of the given steps.

    one ≤ limit_one · z   and   other ≤ limit_other · (1 - z),   z binary
    """
    if len(steps) == 0:
        return
    choice = program.columns(len(steps), upper=1.0, integer=True)
    first = program.rows(len(steps), lower=-INFINITY, upper=0.0)
    program.terms(first, one[0][steps], 1.0)
    program.terms(first, choice, -one[1])
    second = program.rows(len(steps), lower=-INFINITY, upper=other[1])
    program.terms(second, other[0][steps], 1.0)
    program.terms(second, choice, other[1])
