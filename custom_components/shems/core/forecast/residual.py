"""How wrong a forecast is now, for how long it stays so, and what may come instead.

Truths are read as normal scores under what was issued for them. Scores of neighbouring hours
are correlated; so the last hours tell about the next (conditioning of a Gaussian process),
and scores of days gone by, moved to where today stands (Matheron's rule, Journel & Huijbregts
1978), are courses of what may come (Schaake shuffle, Clark et al. 2004).
"""

from dataclasses import dataclass, field
from statistics import NormalDist
from typing import Final, Self

import numpy as np

from ..horizon import HOUR_S
from ..series import Series
from ..units import Floats
from .days import Days
from .issue import Issue
from .normal import EXPONENTIAL, scores, tail_of
from .totals import Totals

_FAST_H: Final = (0.5, 1.0, 2.0, 4.0)
_SLOW_H: Final = (8.0, 24.0, 72.0)
_LAGS_H: Final = 48
_LEAST_DAYS: Final = 14
"""Below two weeks of scores a correlation is a rumour."""


@dataclass(frozen=True)
class Memory:
    """How long the scores of a home stay what they are.

    correlation(lag) = fast · exp(-lag / fast_h) + slow · exp(-lag / slow_h), 1 at lag 0

    Attributes:
        fast, slow: shares, not negative, at most 1 together.
        fast_h, slow_h: hours.
        spread: of the scores, by those that four fifths stay within: above 1 where the learner
            is too sure. Few far ones, cut off or not, do not widen all.
    """

    fast: float = 0.0
    slow: float = 0.0
    fast_h: float = 1.0
    slow_h: float = 24.0
    spread: float = 1.0

    @classmethod
    def of(cls, score: Floats, step_h: float) -> Self:
        """Fit the memory of consecutive scores (T,), NaN where unknown, by least squares.

        The autocorrelations of a finite record of T scores are themselves uncertain by about
        1/√T; they are shrunk towards none by that.
        """
        known = np.isfinite(score)
        count = int(known.sum())
        if count * step_h < _LEAST_DAYS * 24 / 2:  # The sun shines half of the time.
            return cls()
        value = np.where(known, score, 0.0)
        variance = float(value @ value) / count
        lags = np.arange(1, round(_LAGS_H / step_h) + 1)
        mass = np.array([value[lag:] @ value[:-lag] for lag in lags])
        pairs = np.array([(known[lag:] & known[:-lag]).sum() for lag in lags])
        seen = pairs > 0.1 * count
        measured = mass[seen] / pairs[seen] / max(variance, 1e-9)
        hours = lags[seen] * step_h
        weight = np.sqrt(pairs[seen] / hours)  # The next hours matter more than tomorrow.
        best, least = cls(), float((weight * measured) @ (weight * measured))
        for fast_h in _FAST_H:
            for slow_h in _SLOW_H:
                shape = np.exp(-hours[:, np.newaxis] / np.array([fast_h, slow_h]))
                share = _nonnegative(shape * weight[:, np.newaxis], measured * weight)
                share *= min(1.0, 0.98 / max(share.sum(), 1e-9))
                error = weight * (shape @ share - measured)
                if float(error @ error) < least:
                    least = float(error @ error)
                    best = cls(float(share[0]), float(share[1]), fast_h, slow_h)
        within = float(np.quantile(np.abs(score[known]), 0.8))
        spread = within / NormalDist().inv_cdf(0.9)
        return cls(best.fast, best.slow, best.fast_h, best.slow_h, spread)

    def correlation(self, lag_h: Floats) -> Floats:
        """Return the correlation of scores so many hours apart, any shape."""
        lag = np.abs(lag_h)
        value: Floats = self.fast * np.exp(-lag / self.fast_h) + self.slow * np.exp(
            -lag / self.slow_h
        )
        return np.where(lag < 1e-6, 1.0, value)


def _nonnegative(shape: Floats, target: Floats) -> Floats:
    """Return the least-squares shares of two columns, neither below zero."""
    both: Floats = np.linalg.lstsq(shape, target)[0].astype(np.float64)
    if (both >= 0).all():
        return both
    best = np.zeros(2)
    least = float(target @ target)
    for column in (0, 1):
        norm = float(shape[:, column] @ shape[:, column])
        share = max(0.0, float(shape[:, column] @ target) / max(norm, 1e-12))
        error = target - share * shape[:, column]
        if float(error @ error) < least:
            least = float(error @ error)
            best = np.zeros(2)
            best[column] = share
    return best


@dataclass(frozen=True)
class Residuals:
    """What a learner expects of the coming days, and how its last forecasts did.

    Attributes:
        days: the slots.
        origin: number of the local day at whose midnight the forecast was made.
        quantiles: (A, S, L) for that day and the A - 1 after it.
        score: (P, S) of the days before, the last one the day before the origin.
        memory: see there.
        source: see `Issue`.
        tail: see `tail_of`.
        totals: where those of days gone by lay.
        members: (N, A · S) scores of courses that draws of parameters have made, from the origin
            on; they are the pattern then, and no day gone by.
    """

    days: Days
    origin: int
    quantiles: Floats
    score: Floats
    memory: Memory
    source: str
    tail: float = EXPONENTIAL
    totals: Totals = field(default_factory=Totals)
    members: Floats = field(default_factory=lambda: np.zeros((0, 0)))

    @classmethod
    def of(cls, issue: Issue, truth: Series, days: Days) -> Self:
        """Score what was issued for the days before the origin."""
        seen = days.matrix(truth, issue.first, issue.past, days.midnight(issue.origin))
        before = issue.quantiles[: issue.past]
        score, tail = scores(before, seen), tail_of(before, seen)
        memory = Memory.of(score.ravel(), days.step_s / HOUR_S)
        ahead = issue.quantiles[issue.past :]
        totals = Totals.of(before, seen, score, memory.spread, tail)
        known = np.flatnonzero(np.isfinite(score).any(axis=1))
        score = score[known[0] :] if len(known) else score[:0]
        return cls(days, issue.origin, ahead, score, memory, issue.source, tail, totals)

    @property
    def first(self) -> int:
        """Number of the first day that has scores."""
        return self.origin - len(self.score)
