"""Totals of whole days that hold as often as the courses say.

Courses have the right values in every slot and the order of real days, and yet their totals
can be wrong: where a home is quiet but for an hour now and then, at any time of day, every
slot has a rare peak, and the ranks hand these out to quiet days. So the days gone by are
read once more, each under courses made of the others (leave-one-out conformal prediction,
Vovk et al. 2005), and the totals of today's courses are moved to where theirs were.
"""

from dataclasses import dataclass, field
from typing import Final, Self

import numpy as np

from ..units import Floats
from .levels import COUNT, LEVELS
from .normal import SCORES, WITHIN, at_scores, even, scores
from .shuffle import ranks

LEAST_KNOWN: Final = 0.5
"""Share of a course that must be known for a day to be its pattern."""
COARSE: Final = 2
"""Points of each part of a margin where only the spread of totals matters."""
_WHOLE: Final = 0.9
"""Share of a day that must be known for its total to be compared, on the slots that are."""
_LEAST_DAYS: Final = 14
"""As for the memory of scores: fewer days tell nothing of how often."""
_DENSITY: Final[Floats] = np.exp(-(SCORES**2) / 2) / np.sqrt(2 * np.pi)
_CHANCE: Final = float((LEVELS * (1 - LEVELS) / _DENSITY**2).mean())
"""Mean square error of the scores at the levels of one normal draw: p(1 - p) / density²."""


@dataclass(frozen=True)
class Totals:
    """Where the totals of days gone by lay among those of courses.

    Attributes:
        score: (L,) at which the distribution of a course's totals must be read for every level
            to hold.
        trust: 0 to 1, how much of that is more than chance.
    """

    score: Floats = field(default_factory=SCORES.copy)
    trust: float = 0.0

    @classmethod
    def of(
        cls, quantiles: Floats, truth: Floats, score: Floats, spread: float, tail: float
    ) -> Self:
        """Compare days (P,) with what the courses of all the others would have said of them.

        Chance alone puts n scores off by `_CHANCE` / n in the mean square; what is measured is
        trusted as far as it exceeds that (James & Stein 1961, the positive part).

        Args:
            quantiles: (P, S, L) as issued.
            truth: (P, S) what came, NaN where unknown.
            score: (P, S) of the truth under the quantiles.
            spread: of the scores.
            tail: see `tail_of`.
        """
        known = np.isfinite(score).mean(axis=1)
        use = (known > 0) & (known >= LEAST_KNOWN * known.max(initial=0.0))
        use &= np.isfinite(truth).mean(axis=1) >= _WHOLE
        if use.sum() < _LEAST_DAYS:
            return cls()
        seen = _among(quantiles[use], truth[use], score[use], spread, tail)
        seen = seen[np.isfinite(seen)]
        if len(seen) < _LEAST_DAYS:
            return cls()
        found = np.quantile(seen, LEVELS, method="weibull")
        off = float(((found - SCORES) ** 2).mean())
        return cls(found, max(0.0, 1.0 - _CHANCE / len(seen) / max(off, 1e-9)))

    def moved(self, totals: Floats, among: Floats, share: float) -> Floats:
        """Return the totals (N,) of courses where they would hold, in the order they had.

        Args:
            totals: of N courses over the same slots.
            among: (D,) of the courses of all days, whose distribution is read.
            share: of a whole day that the slots are; of less, less is wrong.
        """
        score = even(WITHIN * len(totals))
        score = score + np.interp(score, SCORES, self.score - SCORES)
        ladder: Floats = np.quantile(among, LEVELS, method="weibull").astype(np.float64)
        value = np.maximum(at_scores(ladder[np.newaxis], score[np.newaxis])[0], 0.0)
        held = value.reshape(len(totals), WITHIN).mean(axis=1)[ranks(totals)]
        moved: Floats = totals + share * self.trust * (held - totals)
        return moved


def _among(quantiles: Floats, truth: Floats, score: Floats, spread: float, tail: float) -> Floats:
    """Return the scores (P,) of each day's total among those of the other days' courses.

    A value at a score is linear in the quantiles, so the parts of all margins are one
    product. The place of another day among the others is its place among all, less one where
    the day left out was below it.
    """
    others = len(score) - 1
    at = at_scores(np.eye(COUNT), spread * even(COARSE * others)[np.newaxis], tail)
    weight = at.reshape(COUNT, others, COARSE).mean(axis=2)
    place = ranks(np.nan_to_num(score))
    ladders = np.empty((len(score), COUNT))
    came = np.empty(len(score))
    for day, (margins, total) in enumerate(zip(quantiles, truth, strict=True)):
        known = np.isfinite(total)
        rest = np.delete(place, day, axis=0)
        rest = (rest - (rest > place[day]))[:, known]
        part = np.maximum(margins[known] @ weight, 0.0)
        totals = np.take_along_axis(part, rest.T, axis=1).sum(axis=0)
        ladders[day] = np.quantile(totals, LEVELS, method="weibull")
        came[day] = total[known].sum()
    return scores(ladders, came)
