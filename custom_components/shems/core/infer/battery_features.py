"""What a battery's history shows of what it holds and loses: regressions of charge on energy."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from ..units import Bools, Floats

_BRIDGED_H: Final = 2
"""Hours that are interpolated at most: within two, a home goes on as before."""
_ON_KW: Final = 0.01
"""Hourly mean from which a battery counts as on: above the rest of a counter's last digit."""
_LAGS_H: Final = (1, 6, 24)
_RIDGE: Final = 1e-4
"""Share of a regressor's own square that is added to it: what was not moved is not divided by."""
_LEAST: Final = 1e-4


@dataclass(frozen=True)
class Flow:
    """Energy that went in and out until the middle of each hour, (n, T).

    Attributes:
        soc: mean state of charge of the hour, a share.
        sums: (4, n, T) of charge and discharge in kWh, hours, and hours in which it was on.
        known: whether all of that is.
        segment: number of the stretch without gaps, per home.
    """

    soc: Floats
    sums: Floats
    known: Bools
    segment: Floats

    @classmethod
    def of(cls, charge_kw: Floats, discharge_kw: Floats, soc: Floats) -> Self:
        """Return the flow of hourly means, (n, T), NaN where they are missing."""
        charge, discharge, level = map(bridged, (charge_kw, discharge_kw, soc))
        known = np.isfinite(charge + discharge + level)
        hourly = np.stack([charge, discharge, np.ones_like(level), charge + discharge > _ON_KW])
        hourly = np.where(known, hourly, 0.0)
        begins = known & ~np.concatenate([np.zeros_like(known[:, :1]), known[:, :-1]], axis=1)
        sums = np.cumsum(hourly, axis=2) - hourly / 2
        return cls(np.where(known, level, 0.0), sums, known, np.cumsum(begins, axis=1))

    def changes(self, lag: int) -> tuple[Floats, Floats, Bools]:
        """Return what changed within a lag: charge (n, M), sums (4, n, M), whether it is known."""
        known = self.known[:, lag:] & self.known[:, :-lag]
        known &= self.segment[:, lag:] == self.segment[:, :-lag]
        soc = np.where(known, self.soc[:, lag:] - self.soc[:, :-lag], 0.0)
        return soc, np.where(known, self.sums[..., lag:] - self.sums[..., :-lag], 0.0), known

    def levels(self) -> tuple[Floats, Floats, Bools]:
        """Return all less its mean over each stretch without gaps, in the form of `changes`."""
        count = len(self.soc)
        most = int(self.segment.max(initial=0)) + 1
        place = (np.arange(count)[:, np.newaxis] * most + self.segment).astype(np.intp)
        weight = np.bincount(place.ravel(), self.known.ravel(), count * most)
        centred = []
        for values in (self.soc, *self.sums):
            held = np.where(self.known, values, 0.0)
            mean = np.bincount(place.ravel(), held.ravel(), count * most) / np.maximum(weight, 1.0)
            centred.append(np.where(self.known, held - mean[place], 0.0))
        return centred[0], np.stack(centred[1:]), self.known


def bridged(values: Floats) -> Floats:
    """Return series in which gaps of up to two hours are interpolated, (n, T)."""
    steps = values.shape[1]
    at = np.arange(steps)
    known = np.isfinite(values)
    before = np.maximum.accumulate(np.where(known, at, -1), axis=1)
    after = np.minimum.accumulate(np.where(known, at, steps)[:, ::-1], axis=1)[:, ::-1]
    fits = ~known & (before >= 0) & (after < steps) & (after - before <= _BRIDGED_H + 1)
    rows = np.arange(len(values))[:, np.newaxis]
    left = values[rows, np.maximum(before, 0)]
    right = values[rows, np.minimum(after, steps - 1)]
    share = (at - before) / np.maximum(after - before, 1)
    return np.where(fits, left + share * (right - left), values)


def features_of(charge_kw: Floats, discharge_kw: Floats, soc: Floats) -> Floats:
    """Return what the battery's networks are shown, (n, F)."""
    flow = Flow.of(charge_kw, discharge_kw, soc)
    columns = [*_fitted(*flow.levels(), 4), *_fitted(*flow.levels(), 3)]
    for lag in _LAGS_H:
        columns += _fitted(*flow.changes(lag), 4)
    columns += _idle(flow)
    columns += _shape(flow, charge_kw, discharge_kw, soc)
    return np.stack(columns, axis=1)


def _fitted(soc: Floats, sums: Floats, known: Bools, size: int) -> list[Floats]:
    """Return what least squares say, and how sure they are.

        Δsoc = a·charge - b·discharge - s·hours - i·on

    so that the round trip is a / b, the capacity (a·b)^-½, standby s and idling i capacities.
    """
    signs = np.array([1.0, -1.0, -1.0, -1.0])[:size]
    inputs = np.moveaxis(sums[:size], 0, -1) * signs
    count = known.sum(axis=1)
    squares = inputs.swapaxes(1, 2) @ inputs
    own = np.einsum("nkk->nk", squares)
    squares[:, np.arange(size), np.arange(size)] += _RIDGE * own + 1e-6
    inverse = np.linalg.inv(squares)
    found = (inverse @ (inputs * soc[..., np.newaxis]).sum(axis=1)[..., np.newaxis])[..., 0]
    left = soc - (inputs @ found[..., np.newaxis])[..., 0]
    noise = (left**2).sum(axis=1) / np.maximum(count - size, 1)
    spread = inverse * noise[:, np.newaxis, np.newaxis]
    into, out = np.maximum(found[:, 0], _LEAST), np.maximum(found[:, 1], _LEAST)
    capacity = (into * out) ** -0.5
    # Of the logarithms of a and b: of their difference and of half their sum.
    one, two = spread[:, 0, 0] / into**2, spread[:, 1, 1] / out**2
    both = spread[:, 0, 1] / (into * out)
    own_use = [np.clip(found[:, at] * capacity, -0.4, 0.6) for at in range(2, size)]
    errors = [spread[:, at, at] * capacity**2 for at in range(2, size)]
    errors += [one + two - 2 * both, (one + two + 2 * both) / 4, noise]
    columns = [np.log(capacity), np.clip(into / out, 0.2, 2.0), *own_use]
    return columns + [np.log(np.maximum(error, 1e-12)) / 2 for error in errors]


def _idle(flow: Flow) -> list[Floats]:
    """Return by how much the charge falls in six hours without power, and how many there are."""
    soc, sums, known = flow.changes(6)
    still = known & (sums[0] + sums[1] < 6 * _ON_KW / 2) & (flow.soc[:, :-6] > 0.15)
    count = still.sum(axis=1)
    fall = np.where(still, soc, 0.0).sum(axis=1) / np.maximum(count, 1)
    return [np.clip(fall * 100, -5.0, 5.0), np.log1p(count)]


def _shape(flow: Flow, charge_kw: Floats, discharge_kw: Floats, soc: Floats) -> list[Floats]:
    """Return how much was moved and how much of it was seen."""
    seen = np.isfinite(soc)
    count = np.maximum(flow.known.sum(axis=1), 1)
    total = [np.log(each[:, -1] + 0.1) for each in flow.sums[:2]]
    peaks = [
        np.log(np.max(np.where(np.isfinite(each), each, 0.0), axis=1) + 0.01)
        for each in (charge_kw, discharge_kw)
    ]
    lowest = np.min(np.where(seen, soc, 1.0), axis=1)
    highest = np.max(np.where(seen, soc, 0.0), axis=1)
    mean = flow.soc.sum(axis=1) / count
    spread = np.sqrt(np.maximum((flow.soc**2).sum(axis=1) / count - mean**2, 0.0))
    on = flow.sums[3][:, -1] / count
    bridges = (flow.known & ~seen).sum(axis=1) / count
    # How finely the charge is told shows in its smallest steps.
    steps = np.abs(np.diff(flow.soc, axis=1))
    small = np.where((steps > 1e-6) & flow.known[:, 1:] & flow.known[:, :-1], steps, 1.0)
    finest = np.log(np.partition(small, 5, axis=1)[:, :6].mean(axis=1))
    length = [np.log(count), flow.segment[:, -1] / 5]
    return [*total, *peaks, lowest, highest, mean, spread, on, bridges, finest, *length]
