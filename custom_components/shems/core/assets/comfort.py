"""Comfort: between which temperatures people want to live, by the time of day."""

from dataclasses import dataclass

import numpy as np

from ..linear import INFINITY
from ..tariff import Window, local_clock
from ..units import Floats, InputError


@dataclass(frozen=True)
class Band:
    """Temperatures that are wanted between two times of the local day.

    Attributes:
        begin_min, end_min: minutes after local midnight; a band may wrap midnight.
        low_c, high_c: indoors.
        weekdays: days it holds on, Monday = 0.
    """

    begin_min: int
    end_min: int
    low_c: float
    high_c: float
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)

    def __post_init__(self) -> None:
        """Reject a band without room."""
        _check(self.low_c, self.high_c)


@dataclass(frozen=True)
class Spell:
    """Temperatures that are wanted once, in place of those of every day.

    Attributes:
        begin, end: epoch seconds.
        low_c, high_c: indoors.
    """

    begin: float
    end: float
    low_c: float
    high_c: float

    def __post_init__(self) -> None:
        """Reject a spell without room."""
        _check(self.low_c, self.high_c)


@dataclass(frozen=True)
class Comfort:
    """What is wanted at which time, and what it is worth.

    Attributes:
        low_c, high_c: wanted where no band holds.
        bands: the first that holds counts.
        discomfort_kwh_per_kh: what a kelvin outside of the band costs an hour, in kWh at
            the median import price. Three is what a usual heat pump takes in one to three
            hours of a cold day: only rare peaks of the price are worth leaving the band for,
            and then by tenths of a kelvin.
        hard_k: kelvins outside of the band from which on it counts as a broken limit.
    """

    low_c: float = 20.0
    high_c: float = 23.0
    bands: tuple[Band, ...] = ()
    discomfort_kwh_per_kh: float = 3.0
    hard_k: float = 3.0

    def __post_init__(self) -> None:
        """Reject a band without room, and a price that is none."""
        _check(self.low_c, self.high_c)
        for name in ("discomfort_kwh_per_kh", "hard_k"):
            if not 0 <= getattr(self, name) < INFINITY:
                raise InputError("device_parameter", name=name, value=getattr(self, name))

    def limits(
        self, times: Floats, zone: str, spells: tuple[Spell, ...] = ()
    ) -> tuple[Floats, Floats]:
        """Return the lowest and the highest temperature wanted at epoch seconds, (K,) each.

        Of spells the first that holds counts, before every band.
        """
        minute, weekday = local_clock(times, zone)
        low, high = np.full(len(times), self.low_c), np.full(len(times), self.high_c)
        taken = np.zeros(len(times), dtype=np.bool_)
        for band in self.bands:
            window = Window(band.begin_min, band.end_min, 0.0, band.weekdays)
            inside = window.holds(minute, weekday) & ~taken
            low[inside], high[inside] = band.low_c, band.high_c
            taken |= inside
        for spell in reversed(spells):
            during = (spell.begin <= times) & (times < spell.end)
            low[during], high[during] = spell.low_c, spell.high_c
        return low, high

    def limits_at(
        self, at: float, zone: str, spells: tuple[Spell, ...] = ()
    ) -> tuple[float, float]:
        """Return the lowest and the highest temperature wanted at one time."""
        low, high = self.limits(np.array([at]), zone, spells)
        return float(low[0]), float(high[0])


def _check(low_c: float, high_c: float) -> None:
    if not -INFINITY < low_c <= high_c < INFINITY:
        raise InputError("comfort_band", low=low_c, high=high_c)
