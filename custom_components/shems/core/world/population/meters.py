"""Meters of many homes: what a history shows of the truth, and what it lacks."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from ...units import Bools, Floats

_QUANTA_KWH: Final = (0.0001, 0.001, 0.01, 0.1)
_QUANTA_SHARE: Final = (0.2, 0.45, 0.25, 0.1)
"""Last digits of counters: pulses of 0.1 Wh, smart meters' 1 Wh, sockets' 10 Wh, inverters'
daily counters with 100 Wh."""
_GAIN_SD: Final = 0.01
"""Class 1 of EN 50470-3: 1 % of the reading."""
_NOISE: Final = (0.001, 0.02)
"""Relative scatter of one reading: from counters to powers sampled each minute."""
_LATE_SD_H: Final = 2.0 / 60.0
_LATE_MOST_H: Final = 0.1
"""Polling and publishing delay histories by minutes."""

_WHOLE_SHARE: Final = 0.5
"""Half of the homes have the whole window, as all have once they are old enough."""
_LEAST_DAYS: Final = 7
_OUTAGES: Final = 2
_OUTAGE_MOST_H: Final = 72.0
_OUTAGE_SHARE: Final = 1.0 / 9.0
"""No outage takes more of a history, so that a week is never less than five days."""
_DROPS_MOST: Final = 0.05


@dataclass(frozen=True)
class Meters:
    """Errors of n homes' meters, (n,) each.

    Attributes:
        gain: factor on every reading.
        noise: relative standard deviation of single readings.
        quantum_kwh: the counter's last digit.
        late_h: by how much later than it happened something is shown.
    """

    gain: Floats
    noise: Floats
    quantum_kwh: Floats
    late_h: Floats

    @classmethod
    def draw(cls, rng: np.random.Generator, count: int) -> Self:
        """Draw the meters of `count` homes."""
        late = np.clip(rng.normal(0.0, _LATE_SD_H, count), -_LATE_MOST_H, _LATE_MOST_H)
        low, high = np.log(_NOISE)
        return cls(
            1.0 + _GAIN_SD * rng.standard_normal(count),
            np.exp(rng.uniform(low, high, count)),
            rng.choice(_QUANTA_KWH, count, p=_QUANTA_SHARE),
            late,
        )

    def read(
        self, rng: np.random.Generator, power_kw: Floats, step_h: float, per: int = 1
    ) -> Floats:
        """Return mean powers as differences of the counters show them, (n, T / per), kW.

        Args:
            rng: for the scatter.
            power_kw: the truth, (n, T).
            step_h: its step, hours.
            per: how many steps one reading spans.
        """
        shown = averaged(delayed(power_kw, self.late_h / step_h), per)
        scatter = self.noise[:, np.newaxis] * rng.standard_normal(shown.shape)
        shown = shown * np.maximum(self.gain[:, np.newaxis] * (1.0 + scatter), 0.0)
        return counted(shown, step_h * per, self.quantum_kwh)


def delayed(values: Floats, late: Floats) -> Floats:
    """Return series as a clock that is late by (n,) steps shows them, (n, T).

    Between steps the neighbours are mixed; before the first and after the last step goes on
    what is known there.
    """
    steps = values.shape[1]
    whole = np.floor(late).astype(np.int64)
    part = (late - whole)[:, np.newaxis]
    near, far = np.empty_like(values), np.empty_like(values)
    for shift in np.unique(whole).tolist():
        rows = whole == shift
        for shown, by in ((near, shift), (far, shift + 1)):
            shown[rows] = values[rows][:, np.clip(np.arange(steps) - by, 0, steps - 1)]
    mixed: Floats = near * (1.0 - part) + far * part
    return mixed


def averaged(values: Floats, per: int) -> Floats:
    """Return the means of every `per` steps, (n, T / per)."""
    count, steps = values.shape
    means: Floats = values.reshape(count, steps // per, per).mean(axis=2)
    return means


def counted(power_kw: Floats, hours: float, quantum_kwh: Floats) -> Floats:
    """Return mean powers as the differences of counters with a last digit, (n, T), kW.

    What is below the last digit shows with a later reading, so energy is conserved.
    """
    total = np.floor(np.cumsum(power_kw * hours, axis=1) / quantum_kwh[:, np.newaxis])
    read: Floats = np.diff(total, axis=1, prepend=0.0) * (quantum_kwh[:, np.newaxis] / hours)
    return read


def rounded(values: Floats, quantum: float) -> Floats:
    """Return what a sensor with a last digit shows, same shape."""
    shown: Floats = np.round(values / quantum) * quantum
    return shown


def coverage(rng: np.random.Generator, count: int, days: int, per_day: int) -> Bools:
    """Return which steps n homes' histories have, (n, days * per_day).

    Histories end with the window and are 7 days to the whole window long, with up to two
    outages of up to three days, and up to 5 % of single readings lost.
    """
    steps = days * per_day
    known = rng.integers(_LEAST_DAYS, days + 1, count)
    known = np.where(rng.random(count) < _WHOLE_SHARE, days, known)
    first = (days - known) * per_day
    at = np.arange(steps)
    seen: Bools = at >= first[:, np.newaxis]
    outages = rng.integers(0, _OUTAGES + 1, count)
    longest = np.minimum(_OUTAGE_MOST_H / 24.0, known * _OUTAGE_SHARE) * per_day
    for number in range(_OUTAGES):
        begin = rng.uniform(first, steps)[:, np.newaxis]
        end = begin + (rng.random(count) * longest)[:, np.newaxis]
        seen &= (at < begin) | (at >= end) | (outages <= number)[:, np.newaxis]
    lost = rng.uniform(0.0, _DROPS_MOST, count).astype(np.float32)
    seen &= rng.random((count, steps), dtype=np.float32) >= lost[:, np.newaxis]
    return seen


def masked(values: Floats, seen: Bools) -> Floats:
    """Return values with NaN where they are missing, same shape."""
    return np.where(seen, values, np.nan)
