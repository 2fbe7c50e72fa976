"""Which weeks of the past stand for the weeks ahead, and how far they are from being those.

Weeks are put together anew (block bootstrap: Künsch 1989), each where its season fits. With φ
the angle since the middle of summer, a week is taken for another with the weight

    exp(-½ (Δcos φ / 0.25)²) / (1 + (Δsin φ / 0.3)²)

so that of a year the weeks around the same date are drawn, and where spring was never seen,
weeks of the other half rather than those of winter. For people the middle of summer is the
warmest day, which lags behind the sun: their April is like a November. For the sky it is the
day of the highest sun: its April is like an August. As chance is shared, a past that has the
date gives both from the same week.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ...units import Bools, Floats
from .diary import Diary, Indices
from .question import Subject

BLOCK: Final = 7
YEAR: Final = 365.2425
_HIGHEST: Final = 172.0
"""Day of the year on which the sun stands highest in the north."""
_LAG_DAYS: Final = (35.0, 8.0)
"""By how much warmth lags behind the sun: 25 days inland, 45 at a coast (Prescott & Collins
1951; Stine & Huybers 2012)."""
_COS_WIDTH: Final = 0.25
_SIN_WIDTH: Final = 0.3


@dataclass(frozen=True)
class Ahead:
    """Local days to come: the first, and how many."""

    first: int
    count: int


@dataclass(frozen=True)
class Weeks:
    """What stands for the days ahead.

    Attributes:
        source: (N, D) days of the past, from its first.
        apart: (N, D, 2) by how much the season differs, in cosine and sine of its angle.
    """

    source: Indices
    apart: Floats


def weeks(
    subject: Subject, diary: Diary, ahead: Ahead, count: int, noise: np.random.Generator
) -> tuple[Weeks, Weeks]:
    """Draw what stands for the days ahead, for how people live and for the sky."""
    lag = noise.normal(*_LAG_DAYS, (count, 1))
    seed = int(noise.integers(2**32))
    living, sky = (
        _weeks(subject, diary, ahead, each, np.random.default_rng(seed))
        for each in (lag, np.zeros((count, 1)))
    )
    return living, sky


def _weeks(
    subject: Subject, diary: Diary, ahead: Ahead, lag: Floats, noise: np.random.Generator
) -> Weeks:
    count = len(lag)
    whole = diary.whole
    length = BLOCK if _runs(whole, BLOCK).any() else 1
    begins = np.flatnonzero(_runs(whole, length))
    own = _season(subject, diary.first + begins.astype(np.float64) + length / 2, lag)
    weekday = (diary.first + begins) % 7
    source = np.empty((count, ahead.count), dtype=np.intp)
    apart = np.empty((count, ahead.count, 2))
    for first in range(0, ahead.count, length):
        day = ahead.first + first
        off = _season(subject, np.array([day + length / 2]), lag) - own
        cosine, sine = (off / np.array([_COS_WIDTH, _SIN_WIDTH])).transpose(2, 0, 1)
        far = 0.5 * cosine**2 + np.log1p(sine**2)
        same = weekday == day % 7
        if same.any():
            far = np.where(same, far, np.inf)
        # The largest of the logarithm of the weight and a Gumbel number is a draw.
        chosen = np.argmax(noise.gumbel(size=far.shape) - far, axis=1)
        last = min(first + length, ahead.count)
        source[:, first:last] = begins[chosen][:, np.newaxis] + np.arange(last - first)
        apart[:, first:last] = off[np.arange(count), chosen][:, np.newaxis]
    return Weeks(source, apart)


def unseen_days(subject: Subject, diary: Diary, ahead: Ahead) -> int:
    """Return how many days ahead are colder or warmer by season than any of the past."""
    lag = np.array([[_LAG_DAYS[0]]])
    day = ahead.first + np.arange(ahead.count, dtype=np.float64)
    seen = _season(subject, diary.first + np.flatnonzero(diary.whole).astype(np.float64), lag)
    wanted = _season(subject, day, lag)[..., 0]
    low, high = seen[..., 0].min() - _COS_WIDTH, seen[..., 0].max() + _COS_WIDTH
    return int(np.count_nonzero((wanted < low) | (wanted > high)))


def _season(subject: Subject, day: Floats, lag: Floats) -> Floats:
    """Return cosine and sine of the angle since the warmest day, (N, D, 2)."""
    south = subject.site is not None and subject.site.latitude < 0
    warmest = _HIGHEST + lag + (YEAR / 2 if south else 0.0)
    angle = 2.0 * np.pi * (day - warmest) / YEAR
    return np.stack([np.cos(angle), np.sin(angle)], axis=-1)


def _runs(whole: Bools, length: int) -> Bools:
    """Return the days from which on so many are whole, (D,)."""
    padded = np.concatenate([whole, np.zeros(length - 1, dtype=np.bool_)])
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, length).all(axis=1))
