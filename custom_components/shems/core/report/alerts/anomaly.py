"""Find consumption that is unusual for this hour and weather, at a chosen rate of alarms.

What is usual is the forecast that was made for the day before it began: it knows the hour, the
day of the week, the weather and who is at home. How far the hours of a day lie above it is one
number, the highest mean of four hours in units of the forecast's own spread. Days are
exchangeable where hours are not: among the highest numbers of n days gone by and of one more,
each is as likely the highest. An alarm that comes by chance once in N days is therefore one
beyond the k-th highest, k = floor((n + 1) / N) (conformal prediction, Vovk et al. 2005), and
it need not wait for the day's end.
"""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from ...units import Floats

WINDOW: Final = 4
"""Hours: a meal or a load of laundry is over by then."""
KEPT_DAYS: Final = 240
"""Days compared with: two seasons, and enough for the rarest alarms that can be asked for."""
FLOOR_KW: Final = 0.05
"""Spreads below are smaller than what a meter's steps and a lamp make."""
KNOWN: Final = 0.75
"""Share of a day's hours without which it is no example."""
_MEDIAN: Final = 9
_HIGH: Final = 18
"""Places of 50 % and 95 % among the 19 levels of a forecast."""


def scores(load_kw: Floats, quantiles_kw: Floats) -> Floats:
    """Return how far each hour, with the three before it, lies above what was expected.

    The spread of an hour is drawn towards that of its day (geometric mean): a quiet hour's own
    is a guess from few watts.

    Args:
        load_kw: (D, S) by day and hour, kW; NaN where unknown.
        quantiles_kw: (D, S, L) as expected before each day; NaN where nothing was.

    Returns:
        (D, S) in spreads; NaN where any of the hours is unknown.
    """
    middle = quantiles_kw[..., _MEDIAN]
    spread = np.maximum(quantiles_kw[..., _HIGH] - middle, FLOOR_KW)
    unit = np.sqrt(spread * spread.mean(axis=1, keepdims=True))
    above = ((load_kw - middle) / unit).ravel()
    found = np.full(len(above), np.nan)
    if len(above) >= WINDOW:
        windows = np.lib.stride_tricks.sliding_window_view(above, WINDOW)
        found[WINDOW - 1 :] = windows.mean(axis=1)
    return found.reshape(load_kw.shape)


def highest(scored: Floats) -> Floats:
    """Return the highest score of each day, (D,); NaN of days hardly known."""
    known = np.isfinite(scored)
    top: Floats = np.where(known, scored, -np.inf).max(axis=1)
    return np.where(known.mean(axis=1) >= KNOWN, top, np.nan)


@dataclass(frozen=True)
class Usual:
    """The highest scores of the days gone by.

    Attributes:
        days: their numbers, in order.
        scores: of each.
    """

    days: tuple[int, ...] = ()
    scores: tuple[float, ...] = ()

    def learned(self, first: int, tops: Floats) -> Self:
        """Return it with further days, from `first` on; what was known of a day stays.

        Args:
            first: number of the first day.
            tops: (D,) see `highest`; unknown days are left out.
        """
        new = {first + day: float(top) for day, top in enumerate(tops) if np.isfinite(top)}
        every = sorted((new | dict(zip(self.days, self.scores, strict=True))).items())
        every = every[-KEPT_DAYS:]
        return type(self)(tuple(day for day, _ in every), tuple(top for _, top in every))

    def threshold(self, day: int, every_days: float) -> float | None:
        """Return what is unusual on a day; None while too few are known.

        From half of `every_days` on the highest of all stands in: until there are enough
        that makes ln 2 alarms by chance in place of a half.

        Args:
            day: its number; only earlier ones are compared with.
            every_days: how many days there are to be between alarms by chance, in the mean.
        """
        past = [top for each, top in zip(self.days, self.scores, strict=True) if each < day]
        if not past or len(past) < every_days / 2:
            return None
        place = max(1, int((len(past) + 1) / every_days))
        return sorted(past, reverse=True)[place - 1]
