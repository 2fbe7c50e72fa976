"""What a battery's posterior predicts of its charge, and how that differs from what was seen."""

from typing import Final

import numpy as np

from ..units import Bools, Floats
from .battery_features import Flow
from .block import Check

SPAN_H: Final = 6
"""Hours over which changes are predicted: a night's discharge, a day's charge."""
_DAY_H: Final = 24
_NAMES: Final = ("time_shift", "unexplained", "change", "gain")
_FINEST: Final = 0.003
"""A change of charge that says nothing: a third of the last digit that most sensors show."""

_MOVED: Final = 0.05
"""Change of charge from which a span tells of the capacity: five of most sensors' last digits."""
_SPANS: Final = 24
"""Spans that a half must have: some days on which the battery was used."""
_OWN_CHANGE: Final = 0.1
"""By which halves differ anyway: other depths of charge, where cells' voltages tell less."""


def changes_of(soc: Floats) -> Floats:
    """Return by how much the charge changed in each span, (n, T) -> (n, T / 6 - 1)."""
    return soc[:, SPAN_H::SPAN_H] - soc[:, :-SPAN_H:SPAN_H]


def expected(sums: Floats, draws: Floats) -> Floats:
    """Return changes of charge that energies make: (4, n, M), (n, S, 4) -> (n, S, M)."""
    capacity, round_trip, idle, standby = np.moveaxis(draws, -1, 0)
    each = np.sqrt(round_trip)
    factors = np.stack([each, -1 / each, -standby, -idle]) / capacity
    return np.asarray(np.einsum("kns,knm->nsm", factors, sums))


def check_of(charge_kw: Floats, discharge_kw: Floats, soc: Floats, draws: Floats) -> Check:
    """Return how badly powers explain the charge, (n, 4).

    Whether they do so better an hour earlier or later; how much they leave unexplained;
    whether half of the history tells of another capacity; whether more came out than went in.
    """
    flow = Flow.of(charge_kw, discharge_kw, soc)
    middle = np.median(draws, axis=1)[:, np.newaxis]
    hourly, change, known = _left(flow, middle, 1)
    here = _size(hourly, known)
    moved = [_shifted(flow, middle, hours) for hours in (-1, 1)]
    statistics = [
        np.log(here / np.minimum(*moved)),
        here / np.maximum(_size(change, known), _FINEST),
        _changed(flow, middle),
        _gained(flow, middle),
    ]
    return Check(_NAMES, np.stack(statistics, axis=1))


def _left(flow: Flow, middle: Floats, lag: int) -> tuple[Floats, Floats, Bools]:
    """Return what is left of the changes within a lag, the changes, and which are known."""
    soc, sums, known = flow.changes(lag)
    return soc - expected(sums, middle)[:, 0], soc, known


def _size(values: Floats, known: Bools) -> Floats:
    """Return the root of the mean square of what is known, no smaller than a digit's noise."""
    squares = np.where(known, values**2, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return np.asarray(np.maximum(np.sqrt(squares), _FINEST / 2))


def _shifted(flow: Flow, middle: Floats, hours: int) -> Floats:
    """Return what is left if the charge's clock were so many hours late."""
    soc, sums, known = flow.changes(1)
    ahead = slice(hours, None) if hours > 0 else slice(None, hours)
    behind = slice(None, -hours) if hours > 0 else slice(-hours, None)
    left = soc[:, ahead] - expected(sums[..., behind], middle)[:, 0]
    return _size(left, known[:, ahead] & known[:, behind])


def _changed(flow: Flow, middle: Floats) -> Floats:
    """Return by how many standard errors the scale of one half differs from the other's."""
    soc, sums, known = flow.changes(SPAN_H)
    guess = np.where(known, expected(sums, middle)[:, 0], 0.0)
    # An empty battery loses nothing, whatever its standby is: only what was moved tells.
    known &= np.abs(sums[0] - sums[1]) > _MOVED * middle[:, 0, :1]
    seen = np.cumsum(known, axis=1)
    early = seen <= seen[:, -1:] / 2
    halves = (known & early, known & ~early)
    enough = np.minimum(*(half.sum(axis=1) for half in halves)) >= _SPANS
    scales, errors = [], []
    for half in halves:
        squares = np.maximum((guess**2 * half).sum(axis=1), _MOVED**2)
        scale = (guess * soc * half).sum(axis=1) / squares
        left = soc - scale[:, np.newaxis] * guess
        scales.append(scale)
        errors.append(_size(left, half) ** 2 / squares)
    apart = np.abs(scales[0] - scales[1]) / np.sqrt(errors[0] + errors[1] + _OWN_CHANGE**2)
    return np.where(enough, apart, np.nan)


def _gained(flow: Flow, middle: Floats) -> Floats:
    """Return what came out beyond what went in and was there, in capacities per kWh through.

    Positive where something charges the battery past its meter.
    """
    soc, sums, known = flow.changes(_DAY_H)
    through = (sums[0] + sums[1]).sum(axis=1)
    over = (soc * middle[:, 0, :1] - sums[0] + sums[1]).sum(axis=1)
    count = np.maximum(known.sum(axis=1), 1)
    return np.asarray(over / np.maximum(through, _MOVED * middle[:, 0, 0] * count))


def predicted_of(
    seen: tuple[Floats, Floats, Floats], later: tuple[Floats, Floats, Floats], draws: Floats
) -> Floats:
    """Return changes of charge in the later days, (n, S, M), with the home's own residuals.

    Each draw takes what was left of another span of the past: the bands are as wide as the
    battery's own errors were.

    Args:
        seen, later: charge and discharge in kW and the charge, (n, T) and (n, T').
        draws: (n, S, 4) of the posterior.
    """
    flow = Flow.of(*seen)
    middle = np.median(draws, axis=1)[:, np.newaxis]
    left, _, known = _left(flow, middle, SPAN_H)
    # What is known comes first; a home without any adds nothing.
    order = np.argsort(~known, axis=1, kind="stable")
    count = np.maximum(known.sum(axis=1), 1)
    _, sums, sure = Flow.of(*later).changes(SPAN_H)
    spans = slice(None, None, SPAN_H)
    change = expected(sums[..., spans], draws)
    random = np.random.default_rng(1)
    thrown = random.random((len(left), change[0].size)) * count[:, np.newaxis]
    chosen = np.take_along_axis(order, thrown.astype(np.intp), axis=1)
    own = np.take_along_axis(np.where(known, left, 0.0), chosen, axis=1).reshape(change.shape)
    return np.where(sure[:, np.newaxis, spans], change + own, np.nan)
