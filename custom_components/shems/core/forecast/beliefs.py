"""Beliefs: what the plan expects, with quantiles."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from ..assets.solar import Solar
from ..horizon import Horizon
from ..tariff import Prices
from ..units import Floats, InputError
from .levels import COUNT, index_of


@dataclass(frozen=True)
class Outlook:
    """A quantity on a horizon.

    Attributes:
        mean: (K,) expectation.
        quantiles: (L, K) at `LEVELS`, not decreasing.
        paths: (N, K) equally likely courses; row n of every quantity is the same day's.
        source: where it came from: `seven_day_mean`, `given`, `exact`, ...
        days_back: how many days ago the pattern of each course was; empty where they have none.
    """

    mean: Floats
    quantiles: Floats
    paths: Floats
    source: str
    days_back: tuple[int, ...] = ()

    @classmethod
    def certain(cls, value: Floats, source: str) -> Self:
        """Make an outlook without spread."""
        return cls(value, np.tile(value, (COUNT, 1)), value[np.newaxis], source)

    @property
    def expected(self) -> Self:
        """The same outlook with a single course, the mean."""
        return replace(self, paths=self.mean[np.newaxis], days_back=())

    def quantile(self, level: float) -> Floats:
        """Return the quantile at a level that is a multiple of 0.05, (K,)."""
        row: Floats = self.quantiles[index_of(level)]
        return row


@dataclass(frozen=True)
class Beliefs:
    """What the plan expects of the next days.

    Attributes:
        horizon: the K steps.
        load, solar: kW, never negative.
        prices: currency/kWh.
        market: currency/kWh before fees, where they are not published yet with their spread;
            None where the contract has no market or only a mean of it is known. A course of
            it makes prices with `Tariff.prices`.
        temperature: outdoors, degrees C; None where nothing is known of it.
        carbon_g_per_kwh: (K,) what the grid emits; None where nothing is known of it.
    """

    horizon: Horizon
    load: Outlook
    solar: Outlook
    prices: Prices
    market: Outlook | None = None
    temperature: Outlook | None = None
    carbon_g_per_kwh: Floats | None = None

    @property
    def scenarios(self) -> list[tuple[Floats, Floats]]:
        """Pairs of load and solar, (K,) each, equally likely.

        A certain quantity goes with every path of the other.
        """
        count = max(len(self.load.paths), len(self.solar.paths))
        load, solar = (
            paths if len(paths) == count else np.tile(paths[0], (count, 1))
            for paths in (self.load.paths, self.solar.paths)
        )
        return list(zip(load, solar, strict=True))

    @property
    def outdoor_c(self) -> Floats:
        """Expected outdoor temperature, (K,); NaN where nothing is known of it."""
        if self.temperature is None:
            return np.full(len(self.horizon), np.nan)
        return self.temperature.mean

    def sun_kw_m2(self, solar: tuple[Solar, ...]) -> Floats:
        """Return the irradiance that the expected solar power tells of, (K,).

        A module gives its rated power at 1 kW/m². Without modules nothing is known of the
        sun, and none is counted on.
        """
        rated = sum(array.module_kw or array.peak_kw or 0.0 for array in solar)
        return self.solar.mean / rated if rated > 0 else np.zeros(len(self.horizon))

    @property
    def uncertain(self) -> bool:
        """Whether load or solar may come in more than one way."""
        return max(len(self.load.paths), len(self.solar.paths)) > 1

    @property
    def expected(self) -> Beliefs:
        """The same beliefs with a single course, the mean: for programs with integers.

        Integers in every scenario made solves of seconds out of milliseconds.
        """
        load, solar = self.load.expected, self.solar.expected
        market, temperature = (
            None if each is None else each.expected for each in (self.market, self.temperature)
        )
        return replace(self, load=load, solar=solar, market=market, temperature=temperature)

    def check(self) -> None:
        """Raise InputError where a value is missing, infinite or negative."""
        for name, outlook in (("load", self.load), ("solar", self.solar)):
            if len(outlook.mean) != len(self.horizon):
                raise InputError("belief_length", name=name)
            if not (np.isfinite(outlook.mean).all() and np.isfinite(outlook.paths).all()):
                raise InputError("belief_missing", name=name)
            if (outlook.mean < 0).any() or (outlook.paths < 0).any():
                raise InputError("belief_negative", name=name)
        if len(self.prices.buy) != len(self.horizon) or not self.prices.complete:
            raise InputError("prices_missing")
