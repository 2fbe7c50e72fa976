"""One scenario of a program: what its assets need to add their columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from ..horizon import HOUR_S, Horizon
from ..linear import Ints, Program
from ..tariff import Prices
from ..units import Bools, Floats


@dataclass(frozen=True)
class Surroundings:
    """What devices meet on a horizon besides the meter and the prices.

    Attributes:
        horizon: the K steps.
        zone: IANA name of the home's zone, for times of day.
        outdoor_c: (K,) air temperature.
        sun_kw_m2: (K,) irradiance of the facade or roof.
        whole: (K,) steps whose on/off decisions are integers; later ones are duty cycles.
        whole_starts: whether a programme's start is an integer, however late.
    """

    horizon: Horizon
    zone: str
    outdoor_c: Floats
    sun_kw_m2: Floats
    whole: Bools
    whole_starts: bool

    @classmethod
    def plain(cls, horizon: Horizon, zone: str = "UTC", outdoor_c: float = 10.0) -> Self:
        """Return steady weather in the dark, every decision relaxed."""
        count = len(horizon)
        return cls(
            horizon,
            zone,
            np.full(count, outdoor_c),
            np.zeros(count),
            np.zeros(count, dtype=np.bool_),
            whole_starts=False,
        )


@dataclass(frozen=True)
class Scenario:
    """A course of events in a program.

    Attributes:
        program: where columns and rows go.
        balance: (K,) rows of the power balance: buy - sell + given - taken = load - solar.
        hours: (K,) widths of the steps.
        weight: probability, which every cost counts with.
        penalty: price of breaking a soft limit, currency/kWh.
        typical: the median import price, currency/kWh, never zero: what comfort and wear
            are priced by, so that another currency changes no decision.
        sooner: (K,) currency/kWh, tiny and rising: of equal hours the first is taken.
        around: what devices meet.
        prices: of the grid.
        net_kw: (K,) load less sun; of the first step, which the courses share, the expected.
        terminal_value: worth of a kWh stored at the horizon's end, by battery and device.
        booked: (K,) share of each step for which somebody has asked for the device that is
            added; None for never.
    """

    program: Program
    balance: Ints
    hours: Floats
    weight: float
    penalty: float
    typical: float
    sooner: Floats
    around: Surroundings
    prices: Prices
    net_kw: Floats
    terminal_value: Mapping[str, float] = field(default_factory=dict)
    booked: Floats | None = None

    @property
    def paid(self) -> Floats:
        """What a price per kWh costs per kW in each step, weighted, (K,)."""
        return self.weight * self.hours

    def switched_within(self, hours: float) -> Self:
        """Return the same course with integers in fewer of the near steps."""
        around = self.around
        soon = around.horizon.start < around.horizon.edges[0] + hours * HOUR_S
        return replace(self, around=replace(around, whole=around.whole & soon))
