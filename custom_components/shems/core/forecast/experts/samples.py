"""Quantiles of weighted samples, many distributions at once."""

import numpy as np

from ...units import Floats
from ..levels import COUNT, LEVELS


def beside(rows: Floats, reach: int) -> Floats:
    """Return each slot's samples with those of the slots around it, (S, (2·reach + 1)·N).

    The rows (N, S) are days: before the first slot stands the day's last. All days of the
    slot `reach` earlier come first.
    """
    slots = rows.shape[1]
    around = (np.arange(slots)[:, np.newaxis] + np.arange(-reach, reach + 1)) % slots
    samples: Floats = rows.T[around].reshape(slots, -1)
    return samples


def reach_of(slots: int) -> int:
    """Return how many slots make up most of an hour to either side, at least one."""
    return max(1, round(slots / 48))


def quantiles_of(samples: Floats, weights: Floats) -> Floats:
    """Return the quantiles of samples (S, n) under weights (W, S or 1, n), (W, S, L).

    A sample stands in the middle of its weight. Unknown samples count for nothing; a row
    without any is NaN.
    """
    order = np.argsort(samples, axis=1)  # NaN last.
    value = np.take_along_axis(samples, order, axis=1)
    known = np.isfinite(value)
    whole = np.broadcast_to(weights, (len(weights), *samples.shape))
    weight = np.take_along_axis(whole, order[np.newaxis], axis=2) * known
    total = weight.sum(axis=2, keepdims=True)
    middle = np.cumsum(weight, axis=2) - 0.5 * weight
    found = np.full((len(weights), len(samples), COUNT), np.nan)
    for index, slot in np.argwhere(total[..., 0] > 0).tolist():
        last = int(known[slot].sum())
        place = middle[index, slot, :last] / total[index, slot]
        found[index, slot] = np.interp(LEVELS, place, value[slot, :last])
    return found


def filled(quantiles: Floats) -> Floats:
    """Return (..., S, L) with the day's mean distribution at slots that were never seen."""
    unknown = np.isnan(quantiles[..., :1])
    if not unknown.any():
        return quantiles
    return np.where(unknown, np.nanmean(quantiles, axis=-2, keepdims=True), quantiles)
