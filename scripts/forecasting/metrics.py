"""How good a forecast was: by age of the home, by lead, and as courses of whole days."""

from typing import Final

import numpy as np

from custom_components.shems.core.forecast.levels import (
    covered,
    crps,
    index_of,
    mean_of,
    pinball,
)
from custom_components.shems.core.units import Bools, Floats

type Marks = dict[str, Floats]
"""What each slot of each origin adds to a score, (O, K) by name; NaN where truth is unknown."""

AGES: Final[dict[str, tuple[float, float]]] = {
    "1-14": (1, 14),
    "15-60": (15, 60),
    "60+": (61, np.inf),
}
"""Days of history at the origin, both ends included."""
LEADS: Final[dict[str, tuple[float, float]]] = {
    "0-6 h": (0, 6),
    "6-12 h": (6, 12),
    "12-24 h": (12, 24),
    "24-36 h": (24, 36),
}
SHARES: Final = (0.5, 0.8, 0.9)
_PINBALL: Final = (0.1, 0.5, 0.9)
_BLOCK_DAYS: Final = 7
_RESAMPLES: Final = 2000
_WHOLE: Final = 0.9
"""Share of a day that must be known for its total to be judged, on the slots that are."""


def marks(quantiles: Floats, truth: Floats, point: Floats | None = None) -> Marks:
    """Return what is scored of distributions (O, K, L) against what came (O, K).

    The absolute error is that of the median, the bias and the square those of the mean:
    each of the number that is best for it. A point forecast stands for its own.
    """
    middle = quantiles[..., index_of(0.5)] if point is None else point
    mean = mean_of(quantiles) if point is None else point
    known = np.where(np.isfinite(truth) & np.isfinite(quantiles[..., 0]), 1.0, np.nan)
    losses = pinball(quantiles, truth)
    return {
        "crps": crps(quantiles, truth),
        "mae": np.abs(middle - truth),
        "bias": mean - truth,
        "rmse": (mean - truth) ** 2,
        **{f"pinball_{level:.0%}": losses[..., index_of(level)] for level in _PINBALL},
        **{f"coverage_{share:.0%}": covered(quantiles, truth, share) * known for share in SHARES},
    }


def score(found: Marks, mask: Bools) -> dict[str, float | None]:
    """Return the mean marks where the mask (O, K) says, None where it says nowhere."""
    if not mask.any():
        return dict.fromkeys(found)
    means: dict[str, float | None] = {
        name: float(value[mask].mean()) for name, value in found.items()
    }
    means["rmse"] = float(np.sqrt(found["rmse"][mask].mean()))
    return means


def energy_score(paths: Floats, truth: Floats) -> float:
    """Return the energy score of courses (N, K) against what came (K,), known slots only.

    ES = E|X - y| - E|X - X'| / 2, Gneiting & Raftery 2007, in the fair form of a finite
    ensemble (Ferro 2014): pairs of different courses.
    """
    known = np.isfinite(truth)
    if len(paths) < 2 or not known.any():
        return np.nan
    value = paths[:, known]
    size = (value**2).sum(axis=1)
    apart = np.sqrt(np.maximum(size[:, np.newaxis] + size - 2 * value @ value.T, 0.0))
    error = np.sqrt(((value - truth[known]) ** 2).sum(axis=1)).mean()
    return float(error - apart.sum() / (2 * len(paths) * (len(paths) - 1)))


def independent(paths: Floats, seed: int) -> Floats:
    """Return courses (N, K) with the same values in every slot, but no memory."""
    return np.random.default_rng(seed).permuted(paths, axis=0)


def total_covered(paths: Floats, truth: Floats, share: float = 0.8) -> float:
    """Return 1 where the total of courses (N, K) covers what came (K,), else 0.

    The interval is that of the ordered totals at p·(N + 1), which holds its share whatever
    the number of courses. NaN where less than most of the truth is known.
    """
    known = np.isfinite(truth)
    if len(paths) < 2 or known.mean() < _WHOLE:
        return np.nan
    totals = paths[:, known].sum(axis=1)
    ends = np.quantile(totals, [(1 - share) / 2, (1 + share) / 2], method="weibull")
    return float(ends[0] <= truth[known].sum() <= ends[1])


def block_error(hits: Floats, per_day: int = 1) -> float:
    """Return the standard error of a mean of hits (T,) in order of time, NaN left out.

    A moving-block bootstrap by weeks (Künsch 1989): what went wrong on one day often goes
    wrong on the next.
    """
    seen = hits[np.isfinite(hits)]
    length = _BLOCK_DAYS * per_day
    if len(seen) < 2 * length:
        return np.nan
    blocks = np.lib.stride_tricks.sliding_window_view(seen, length).sum(axis=1)
    number = -(-len(seen) // length)
    drawn = np.random.default_rng(0).integers(len(blocks), size=(_RESAMPLES, number))
    return float((blocks[drawn].sum(axis=1) / (number * length)).std())
