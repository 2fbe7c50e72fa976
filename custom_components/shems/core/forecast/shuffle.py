"""Courses of one quantity from its quantiles and from how courses ran before."""

import numpy as np

from ..units import Floats
from .levels import COUNT


def shuffled(quantiles: Floats, like: Floats) -> Floats:
    """Return equally likely courses, (N, K), with these quantiles, (L, K).

    At every step the courses are spread evenly over the distribution, in the order that the
    patterns `like`, (N, K), have there: the Schaake shuffle, Clark et al. 2004. Beyond the
    outer levels the quantile function goes on as it ends. Equal patterns keep their order.
    """
    rank = np.argsort(np.argsort(like, axis=0, kind="stable"), axis=0)
    place = (rank + 0.5) / len(like) * (COUNT + 1)
    ends = 2 * quantiles[[0, -1]] - quantiles[[1, -2]]
    ladder = np.concatenate([ends[:1], quantiles, ends[1:]])
    low = place.astype(np.intp)
    step = np.arange(quantiles.shape[1])
    share = place - low
    paths: Floats = (1 - share) * ladder[low, step] + share * ladder[low + 1, step]
    return paths
