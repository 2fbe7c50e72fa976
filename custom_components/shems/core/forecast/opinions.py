"""Opinions on tomorrow's clearness, each from the days that were alike.

Every opinion is a ridge regression of the clearness of each slot and, under it, what came
when it said the like: once as what came itself (analogs), once as how wrong it was
(residuals). Opinions differ in what they look at: the home's own past, the weather
forecast, the provider's forecast, all together.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from ..units import Bools, Floats
from .clearness import AHEAD, NAMES, SIGHTS, TOP, Course, Sense, inputs_of, sense_of
from .levels import COUNT, LEVELS

type Slots = npt.NDArray[np.intp]


_HALF_LIFE: Final = 40.0
"""Days; 25 to 90 differ by under 1 % of the score."""
_PENALTY: Final = 10.0
"""Weight of the first guess, in slots of full sun; 3 to 30 differ by under 1 %."""
_LESSONS: Final = 3
"""Days that must be known before anything is said."""
_ACQUAINTED: Final = 5
"""Days on which a forecast must have been seen before it is listened to."""
_ALIKE: Final = 0.1
"""Clearness within which days or slots are alike; half and double differ by under 1 %."""
_ALIKE_SLOT: Final = 0.15
_ALIKE_PERFORMANCE: Final = 0.3
_ANY: Final = 0.02
"""What days count that are not alike, should none be."""
_FAR: Final = 1e-6
_UNKNOWN: Final = 9.0
"""Stands for an unknown clearness, which weighs nothing: NaN take three times as long to sort."""
_BESIDE: Final = 0.5
"""Weight of the slots before and after."""


def opinions(course: Course) -> Floats:
    """Return what every expert says of the days to come, (E, AHEAD, S, L) kW.

    NaN for experts without enough to go by, all of them where the past is too short.
    """
    said = np.full((len(NAMES), AHEAD, course.power.shape[1], COUNT), np.nan)
    strongest = course.most.max()
    known = np.isfinite(course.power).any(axis=1)
    if known.sum() < _LESSONS or strongest <= 0:
        return said
    sense = sense_of(course, strongest)
    for lead in range(AHEAD):
        for number, sources in enumerate(SIGHTS.values()):
            rows = said[2 * number : 2 * number + 2, lead]
            _opine(sense, lead, sources, rows)
    return said


def _opine(sense: Sense, lead: int, sources: tuple[int, ...], rows: Floats) -> None:
    """Write the quantiles of two experts into (2, S, L)."""
    count = len(sense.clearness)
    target = np.r_[lead:count, count + lead]
    told = np.isfinite(sense.expected[target][:, list(sources)])
    seen: Bools = np.logical_and.reduce(told, axis=(1, 2))
    if not seen[-1] or (sources and seen[:-1].sum() < _ACQUAINTED):
        return
    weight = sense.weight[target]
    slots = np.flatnonzero(weight[-1] > 0)
    rows[:] = 0.0
    if not len(slots):
        return
    truth = np.where(seen[:-1, np.newaxis], sense.clearness[lead:], np.nan)
    recency = 0.5 ** (np.arange(len(truth))[::-1] / _HALF_LIFE)
    inputs, guess = inputs_of(sense, lead, sources)
    worth = recency[:, np.newaxis] * weight[:-1]
    said = inputs @ _regression(inputs[:-1], truth, worth, guess)
    day = (said * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-9)
    alike = np.exp(-0.5 * ((day[:-1] - day[-1]) / _ALIKE) ** 2) + _ANY
    now, then = said[-1, slots], said[:-1]
    share = recency * _kin(sense, lead, sources) * np.array([[[_BESIDE]], [[1.0]], [[_BESIDE]]])
    then, came = _beside(then, slots), _beside(truth, slots)
    known = np.isfinite(came)
    share = np.where(known, share, 0.0)
    then, came = np.where(known, then, 0.0), np.where(known, came, _UNKNOWN)
    apart = (then - now[:, np.newaxis]) ** 2
    by_error = share * (np.exp(apart * (-0.5 / _ALIKE**2)) + _FAR)
    by_day = share * (np.exp(apart * (-0.5 / _ALIKE_SLOT**2)) + _FAR) * alike
    error = weighted_quantiles(_row(came - then), _row(by_error))
    analog = weighted_quantiles(_row(came), _row(by_day))
    seen = np.logical_or.reduce(known, axis=(0, 2))[:, np.newaxis]
    now = now[:, np.newaxis]
    scale = sense.scale[count + lead, slots, np.newaxis]
    rows[0, slots] = np.clip(np.where(seen, now + error, now), 0.0, TOP) * scale
    rows[1, slots] = np.clip(np.where(seen, analog, now), 0.0, TOP) * scale


def _kin(sense: Sense, lead: int, sources: tuple[int, ...]) -> Floats:
    """Return how far the roof lately gave the same share of what was expected as now, (M,)."""
    count = len(sense.clearness)
    performance = sense.performance[:, list(sources)]
    apart = (performance[: count - lead] - performance[count]) / _ALIKE_PERFORMANCE
    kin: Floats = (np.exp(-0.5 * apart**2) + _ANY).prod(axis=1)
    return kin


def _beside(value: Floats, slots: Slots) -> Floats:
    """Return (N, S) at some slots and those before and after, (3, J, N); NaN beyond the day."""
    night = np.full((1, len(value)), np.nan)
    wide = np.concatenate([night, value.T, night])
    return np.stack([wide[slots], wide[slots + 1], wide[slots + 2]])


def _row(value: Floats) -> Floats:
    """Return (3, J, N) as one row of samples for each slot, (J, 3 N)."""
    return value.transpose(1, 0, 2).reshape(value.shape[1], -1)


def _regression(inputs: Floats, truth: Floats, weight: Floats, guess: Floats) -> Floats:
    """Return the coefficients (C,) of a ridge towards a first guess."""
    use = np.isfinite(truth) & (weight > 0)
    rows, share = inputs[use], weight[use]
    weighted = rows * share[:, np.newaxis]
    square = rows.T @ weighted
    square[np.diag_indices(len(guess))] += _PENALTY
    found: Floats = guess + np.linalg.solve(square, weighted.T @ (truth[use] - rows @ guess))
    return found


def weighted_quantiles(value: Floats, weight: Floats) -> Floats:
    """Return the quantiles of weighted samples, (J, M) to (J, L).

    Those that weigh nothing must be the highest. Between two samples the quantile function
    is linear in the middles of their weights.
    """
    order = np.argsort(value, axis=1)
    rows = np.arange(len(value))[:, np.newaxis]
    value, weight = value[rows, order], weight[rows, order]
    area = np.cumsum(weight, axis=1)
    middle = area - weight / 2
    wanted = LEVELS * area[:, -1:]
    high = np.stack([each.searchsorted(at) for each, at in zip(middle, wanted, strict=True)])
    high = np.minimum(high, (weight > 0).sum(axis=1, keepdims=True) - 1)
    low = np.maximum(high - 1, 0)
    at_low, at_high = middle[rows, low], middle[rows, high]
    gap = at_high - at_low
    part = np.divide(wanted - at_low, gap, out=np.ones(gap.shape), where=gap > 0)
    part = np.clip(part, 0.0, 1.0)
    quantiles: Floats = (1 - part) * value[rows, low] + part * value[rows, high]
    return quantiles
