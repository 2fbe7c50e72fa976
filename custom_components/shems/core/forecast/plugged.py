"""A car's past stays at its charger, from what its plug and its meter have shown."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from ..horizon import DAY_S, HOUR_S
from ..series import Series
from .vehicle import Session

_FLICKER_S: Final = 600.0
"""A plug that is off, or on, for less than ten minutes was moved or restarted: no car left."""
_UNSEEN_S: Final = 3600.0
"""A charger that says nothing for an hour was restarted; for longer, anything may have been."""
_METERED: Final = 0.9
"""Share of a stay of which the power must be known for its energy to be."""
_SPIKE: Final = 1.5
"""No car takes half as much again as its charger gives: watts in the place of kilowatts."""
_OFTEN: Final = 0.2
"""A meter of which a fifth of what it shows is impossible tells something else."""
_RUNS: Final = 0.02
_FROZEN_H: Final = 12.0
"""Twelve hours of exactly the same power are a meter that stands still."""
_KEPT_S: Final = 366.0 * DAY_S

type Span = tuple[float, float, float]


def sessions_of(plug: Series, power: Series, charge_kw: float) -> tuple[Session, ...]:
    """Return the stays that were seen to begin and to end, in order.

    Those of which too little of the power is known are left out: nobody knows what they took.

    Args:
        plug: 1 while the car is there, 0 while it is not, NaN where nobody knows.
        power: AC power of the charger, kW.
        charge_kw: its most.
    """
    sound = believable(power, charge_kw)
    found = []
    spans = _spans(plug)
    for (_, _, before), (begin, end, here), (_, _, after) in zip(
        spans, spans[1:], spans[2:], strict=False
    ):
        if here == 1.0 and before == 0.0 and after == 0.0:
            energy = _taken_kwh(sound, begin, end)
            if energy is not None:
                found.append(Session(begin, end, energy))
    return tuple(found)


def merged(known: Iterable[Session], seen: Iterable[Session], now: float) -> tuple[Session, ...]:
    """Return the stays of the last year; what is seen anew replaces what overlaps it."""
    fresh = list(seen)
    kept = [
        each
        for each in known
        if not any(each.plug_in < new.plug_out and new.plug_in < each.plug_out for new in fresh)
    ]
    every = sorted([*kept, *fresh], key=lambda each: each.plug_in)
    return tuple(each for each in every if each.plug_out > now - _KEPT_S)


def believable(power: Series, most_kw: float) -> Series:
    """Return a consumer's power without what it cannot take and a meter that stands still.

    Args:
        power: kW, of intervals in order.
        most_kw: what it takes at most.
    """
    size = np.abs(power.value)
    possible = size <= _SPIKE * most_kw
    value = np.where(possible, np.maximum(power.value, 0.0), np.nan)
    if (size > _SPIKE * most_kw).sum() > _OFTEN * (size > _RUNS * most_kw).sum():
        value[:] = np.nan
    same = (np.diff(value) == 0.0) & (value[1:] > 0.0)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], same, [False]]).astype(np.int8)))
    for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if power.end[last] - power.start[first] >= _FROZEN_H * HOUR_S:
            value[first : last + 1] = np.nan
    return Series(power.start, power.end, value)


def _spans(plug: Series) -> list[Span]:
    """Return begin, end and value of what the plug showed, without flicker and short silence."""
    spans: list[Span] = []
    for begin, end, value in zip(
        plug.start.tolist(), plug.end.tolist(), plug.value.tolist(), strict=True
    ):
        if spans and begin > spans[-1][1] + 1.0:
            spans.append((spans[-1][1], begin, np.nan))
        spans.append((begin, end, value))
    spans = _without(_joined(spans), _UNSEEN_S, unknown=True)
    return _without(spans, _FLICKER_S, unknown=False)


def _joined(spans: list[Span]) -> list[Span]:
    """Return spans of which neighbours differ."""
    joined: list[Span] = []
    for begin, end, value in spans:
        same = joined and (value == joined[-1][2] or np.isnan([value, joined[-1][2]]).all())
        joined.append((joined.pop()[0] if same else begin, end, value))
    return joined


def _without(spans: list[Span], shortest_s: float, *, unknown: bool) -> list[Span]:
    """Return spans of which those that are too short have what was before them."""
    kept: list[Span] = []
    for begin, end, value in spans:
        short = end - begin < shortest_s and bool(np.isnan(value)) == unknown
        kept.append((begin, end, kept[-1][2] if kept and short else value))
    return _joined(kept)


def _taken_kwh(power: Series, begin: float, end: float) -> float | None:
    """Return what was taken between two times; None where too little of it is known."""
    overlap = np.minimum(power.end, end) - np.maximum(power.start, begin)
    known = np.where(np.isfinite(power.value), np.maximum(overlap, 0.0), 0.0)
    if known.sum() < _METERED * (end - begin):
        return None
    mean = float(known @ np.nan_to_num(power.value)) / float(known.sum())
    return mean * (end - begin) / HOUR_S
