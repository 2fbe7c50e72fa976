"""The days of many homes: which are free, who is there, how busy they are."""

from dataclasses import dataclass, fields, replace
from typing import Final, Self

import numpy as np

from ...assets.sun import position
from ...horizon import DAY_S, HOUR_S
from ...units import Bools, Floats
from .pulses import Ints

_SAMPLE_DAYS: Final = 7
"""The sun of one day stands for a week: daylight changes by less than half an hour in it."""
_DARK: Final = np.sin(np.radians(4.0))
"""Rooms are dark while the sun is lower."""
_YEAR_S: Final = 1_735_689_600.0
"""New Year 2025; the sun's year hardly differs from one to the next."""


@dataclass(frozen=True)
class Place:
    """Where and when n homes are seen, (n,) each.

    Attributes:
        latitude: degrees, north positive.
        first: day of the year of the window's first day, 0 to 364.
        weekday: of that day, 0 is Monday.
    """

    latitude: Floats
    first: Ints
    weekday: Ints

    @classmethod
    def draw(cls, rng: np.random.Generator, count: int) -> Self:
        """Draw places from 35° to 62° on either half of the earth, and any season."""
        side = np.where(rng.random(count) < 0.15, -1.0, 1.0)
        return cls(
            side * rng.uniform(35.0, 62.0, count),
            rng.integers(0, 365, count),
            rng.integers(0, 7, count),
        )

    def free(self, days: int) -> Bools:
        """Return which days are Saturdays or Sundays, (n, D)."""
        weekday = (self.weekday[:, np.newaxis] + np.arange(days)) % 7
        return weekday >= 5

    def dark(self, days: int, per_day: int) -> Bools:
        """Return when rooms need light, (n, D, per_day), by local solar time."""
        sampled = np.arange(_SAMPLE_DAYS // 2, days + _SAMPLE_DAYS // 2, _SAMPLE_DAYS)
        middle, swing = self._heights(self.first[:, np.newaxis] + sampled)
        hour = (np.arange(per_day) + 0.5) * (24.0 / per_day)
        sine = middle[..., np.newaxis] - swing[..., np.newaxis] * np.cos(np.pi * hour / 12.0)
        return np.repeat(sine < _DARK, _SAMPLE_DAYS, axis=1)[:, :days]

    def daylight_h(self, after: int) -> Floats:
        """Return the hours from sunrise to sunset some days after the first, (n,)."""
        middle, swing = self._heights(self.first[:, np.newaxis] + after)
        hours: Floats = np.arccos(np.clip(-middle / swing, -1.0, 1.0))[:, 0] * (24.0 / np.pi)
        return hours

    def _heights(self, day: Ints) -> tuple[Floats, Floats]:
        """Return the sine of the sun's elevation at 6 h and by how much noon's is higher, (n, X).

        In between it goes with the cosine of the hour angle.
        """
        midnight = np.asarray(_YEAR_S + day * DAY_S, dtype=np.float64)
        latitude = self.latitude[:, np.newaxis]
        low, high = (
            np.sin(position(midnight + hours * HOUR_S, latitude, 0.0).elevation)
            for hours in (0.0, 12.0)
        )
        return (high + low) / 2.0, (high - low) / 2.0

    def later(self, days: int) -> Self:
        """Return the same places some days later, or earlier."""
        return replace(self, first=(self.first + days) % 365, weekday=(self.weekday + days) % 7)

    def repeated(self, count: int) -> Self:
        """Return each place `count` times in turn, (n * count,)."""
        return type(self)(*(np.repeat(getattr(self, each.name), count) for each in fields(self)))

    def winter(self, days: int) -> Floats:
        """Return the season, (n, D): 1 in the cold of January, -1 in the heat of July."""
        day = self.first[:, np.newaxis] + np.arange(days)
        season: Floats = np.cos(2.0 * np.pi * (day - 20.0) / 365.0)
        return np.where(self.latitude < 0, -1.0, 1.0)[:, np.newaxis] * season


def stretches(rng: np.random.Generator, share: Floats, length: Floats, days: int) -> Bools:
    """Return days that lie in stretches, (n, D): holidays, guests.

    Args:
        rng: chance.
        share: of the days, (n,), below 1.
        length: mean of one stretch, days, (n,).
        days: how many.
    """
    begins = np.minimum(share / (length * (1.0 - share)), 1.0)
    chance = rng.random((days, len(share)))
    inside = np.empty((days, len(share)), dtype=np.bool_)
    inside[0] = chance[0] < share
    for day in range(1, days):
        inside[day] = chance[day] < np.where(inside[day - 1], 1.0 - 1.0 / length, begins)
    return inside.T
