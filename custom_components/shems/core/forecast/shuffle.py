"""Courses of one quantity from its quantiles and from how courses ran before."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..units import Floats
from .levels import COUNT


def ranks(like: Floats) -> npt.NDArray[np.intp]:
    """Return each pattern's place among all, (N, K), at every step; equals keep their order."""
    return np.argsort(np.argsort(like, axis=0, kind="stable"), axis=0)


def shuffled(quantiles: Floats, like: Floats) -> Floats:
    """Return equally likely courses, (N, K), with these quantiles, (L, K).

    At every step the courses are spread evenly over the distribution, in the order that the
    patterns `like`, (N, K), have there: the Schaake shuffle, Clark et al. 2004. Beyond the
    outer levels the quantile function goes on as it ends. Equal patterns keep their order.
    """
    place = (ranks(like) + 0.5) / len(like) * (COUNT + 1)
    ends = 2 * quantiles[[0, -1]] - quantiles[[1, -2]]
    ladder = np.concatenate([ends[:1], quantiles, ends[1:]])
    low = place.astype(np.intp)
    step = np.arange(quantiles.shape[1])
    below = ladder[low, step]
    paths: Floats = below + (place - low) * (ladder[low + 1, step] - below)
    return paths


def patterns(past: Floats, wanted: Sequence[int]) -> Floats:
    """Return the wanted rows of past courses, (P, K), oldest first.

    For a row that is missing or not wholly known the newest other one that is stands in;
    where these are too few each course stays on its level.
    """
    known = np.flatnonzero(np.isfinite(past).all(axis=1))
    if len(known) < len(wanted):
        return np.tile(np.arange(float(len(wanted)))[:, np.newaxis], (1, past.shape[1]))
    spare = iter(known[~np.isin(known, wanted)][::-1].tolist())
    there = set(known.tolist())
    return past[[row if row in there else next(spare) for row in wanted]]
