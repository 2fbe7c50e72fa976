"""One scenario of a program: what its assets need to add their columns."""

from dataclasses import dataclass

from ..linear import Ints, Program
from ..units import Floats


@dataclass(frozen=True)
class Scenario:
    """A course of events in a program.

    Attributes:
        program: where columns and rows go.
        balance: (K,) rows of the power balance.
        hours: (K,) widths of the steps.
        weight: probability, which every cost counts with.
        penalty: price of breaking a soft limit, currency/kWh.
    """

    program: Program
    balance: Ints
    hours: Floats
    weight: float
    penalty: float
