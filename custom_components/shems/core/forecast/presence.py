"""Days on which nobody is at home, or more people than usual."""

from typing import Final

import numpy as np

from ..units import Floats
from .experts.ground import AHEAD, MONTH, REACH_DAYS, Origin
from .experts.samples import beside, quantiles_of
from .levels import LEVELS

_AWAY_SLOTS: Final = 0.5
"""Days of absence seen from which each time of day has its own distribution."""
_BASE: Final = (0.05, 0.35)
"""The part of a usual day's slots, from the lowest, in which the home runs by itself."""
_GUEST_DAYS: Final = 2.0
"""Days with guests that are worth as much as the belief that they change nothing."""
_GUESTS: Final = (0.7, 3.0)


def with_presence(quantiles: Floats, origin: Origin) -> Floats:
    """Return the load ahead, (AHEAD, S, L) kW, as the household has announced its days.

    An empty home draws what it drew when it was empty before, or its base load. Guests
    change the load as they did before.
    """
    here = slice(origin.row, origin.row + AHEAD)
    away, guests = origin.ground.away[here], origin.ground.guests[here] & ~origin.ground.away[here]
    if away.any():
        quantiles = np.where(away[..., np.newaxis], _empty(origin), quantiles)
    if guests.any():
        quantiles = np.where(guests[..., np.newaxis], quantiles * _crowd(origin), quantiles)
    return quantiles


def _empty(origin: Origin) -> Floats:
    """Return the load of the empty home by slot, (S, L)."""
    past = slice(max(0, origin.row - REACH_DAYS), origin.row)
    seen = np.where(origin.ground.away[past], origin.ground.truth[past], np.nan)
    known = np.isfinite(seen)
    slots = seen.shape[1]
    if known.sum() >= _AWAY_SLOTS * slots:
        by_slot = quantiles_of(beside(seen, max(1, slots // 12)), np.ones((1, 1, 1)))[0]
        whole = np.quantile(seen[known], LEVELS)
        return np.where(np.isfinite(by_slot), by_slot, whole)
    ordered = np.sort(origin.recent(MONTH), axis=1)
    low, high = (round(share * slots) for share in _BASE)
    base = ordered[:, low : high + 1]
    base = base[np.isfinite(base)]
    return np.tile(np.quantile(base, LEVELS), (slots, 1))


def _crowd(origin: Origin) -> float:
    """Return how many times the usual load days with guests had, drawn towards once."""
    ground = origin.ground
    past = ground.guests[: origin.row] & np.isfinite(ground.truth[: origin.row])
    past[: max(0, origin.row - REACH_DAYS)] = False
    usual = seen = 0.0
    for row in np.flatnonzero(past.any(axis=1)).tolist():
        around = ground.load[max(0, row - MONTH // 2) : min(row + MONTH // 2, origin.row)]
        known = np.isfinite(around)
        mean = np.where(known, around, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
        both = past[row] & known.any(axis=0)
        usual += float(mean[both].sum())
        seen += float(ground.truth[row, both].sum())
    prior = _GUEST_DAYS * origin.level * ground.slots
    return float(np.clip((seen + prior) / (usual + prior), *_GUESTS))
