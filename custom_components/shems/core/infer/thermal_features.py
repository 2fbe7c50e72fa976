"""What the balance of heat tells of rooms, as numbers for a network.

Every number comes from the home's own weather: regressions of the heat balance over hours to
days, in which gaps do not count, with their coefficients and how sure these are.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..units import Bools, Floats
from .thermal_rooms import Rooms, bridged, followed

_MASS_H: Final = (1.5, 5.0, 15.0, 40.0)
"""Time constants of walls and floors to their air, C_e / (H + U), from light to heavy."""
_SPANS_H: Final = (3, 8, 24)
_LEAST_KW: Final = 0.002
"""Below this mean there is no heating to learn from."""
_OFF: Final = 0.03
_RIDGE: Final = 1e-4
_SOFT: Final = 1e-3


@dataclass(frozen=True)
class Fit:
    """Least squares of n homes with k columns.

    Attributes:
        coefficients, deviations: (n, k).
        noise: (n,) standard deviation of the residuals.
        residuals: (n, T), zero where nothing is known.
    """

    coefficients: Floats
    deviations: Floats
    noise: Floats
    residuals: Floats

    @property
    def told(self) -> Floats:
        """What a network is shown, (n, 2 k + 1)."""
        return np.concatenate(
            [
                spread(self.coefficients),
                np.log(self.deviations + _SOFT * 0.1),
                np.log(self.noise + _SOFT)[:, np.newaxis],
            ],
            axis=1,
        )


def spread(values: Floats) -> Floats:
    """Return values on an axis that is linear near zero and logarithmic far away."""
    return np.arcsinh(values / (10 * _SOFT))


def regress(target: Floats, columns: list[Floats], weights: Bools) -> Fit:
    """Return the ridge regressions of (n, T) targets on k columns of that shape.

    The ridge is a prior of one standard deviation of 100 per column and of noise: it only
    matters where a column stands still.
    """
    count = target.shape[0]
    inside = np.stack(columns, axis=2) * weights[:, :, np.newaxis]
    flipped = inside.transpose(0, 2, 1)
    gram = flipped @ inside
    gram += _RIDGE * np.eye(len(columns))
    wanted = (flipped @ np.where(weights, target, 0.0)[:, :, np.newaxis])[:, :, 0]
    inverse = np.linalg.inv(gram)
    found = (inverse @ wanted[:, :, np.newaxis])[:, :, 0]
    residuals = np.where(weights, target, 0.0) - (inside @ found[:, :, np.newaxis])[:, :, 0]
    free = np.maximum(weights.sum(axis=1) - len(columns), 1.0)
    noise = np.sqrt((residuals**2).sum(axis=1) / free)
    sure = np.sqrt(np.maximum(np.diagonal(inverse, axis1=1, axis2=2), 0.0))
    return Fit(found, sure * (noise[:, np.newaxis] + _SOFT), noise, residuals.reshape(count, -1))


@dataclass(frozen=True)
class Balance:
    """The quantities of the heat balance, gaps bridged, (n, T) each.

    Attributes:
        power, cooling: in units of `scale`.
        tilted: power times tens of kelvins outdoors beyond 7 °C: what the COP's slope adds.
        indoor, apart: room, and room less outdoors, K.
        sun: kW/m².
        known: which hours were seen.
        scale: (n,) kW, the root mean square of power.
    """

    power: Floats
    cooling: Floats
    tilted: Floats
    indoor: Floats
    apart: Floats
    outdoor: Floats
    sun: Floats
    known: Bools
    scale: Floats


def balance_of(rooms: Rooms) -> Balance:
    """Return the heat balance's quantities."""
    known = rooms.known
    number = np.maximum(known.sum(axis=1), 1.0)
    power = np.where(known, rooms.heating_kw, 0.0)
    scale = np.sqrt((power**2).sum(axis=1) / number) + _LEAST_KW
    heating = bridged(np.where(known, rooms.heating_kw, np.nan)) / scale[:, np.newaxis]
    cooling = bridged(np.where(known, rooms.cooling_kw, np.nan)) / scale[:, np.newaxis]
    indoor = bridged(np.where(known, rooms.indoor_c, np.nan))
    outdoor, sun = bridged(rooms.outdoor_c), bridged(rooms.sun_kw_m2)
    return Balance(
        heating,
        np.minimum(cooling, 1e3),
        heating * (outdoor - 7.0) / 10.0,
        indoor,
        indoor - outdoor,
        outdoor,
        sun,
        known,
        scale,
    )


def features_of(rooms: Rooms) -> Floats:
    """Return what the network is shown of n homes, (n, F), finite."""
    seen = balance_of(rooms)
    behind = [followed(seen.indoor, hours) for hours in _MASS_H]
    by_hour, parts = _by_hours(seen, behind)
    parts += _by_spans(seen, behind[2])
    parts += _resting(seen, behind[2])
    parts += _moments(seen, rooms)
    parts += _innovations(seen, by_hour, rooms)
    together = np.concatenate([each if each.ndim > 1 else each[:, np.newaxis] for each in parts], 1)
    finite: Floats = np.nan_to_num(together, nan=0.0, posinf=0.0, neginf=0.0)
    return finite


def before(values: Floats, steps: int = 1) -> Floats:
    """Return what values were some steps ago, (n, T); the first one before the first."""
    return np.concatenate([np.repeat(values[:, :1], steps, axis=1), values[:, :-steps]], axis=1)


def _by_hours(seen: Balance, behind: list[Floats]) -> tuple[Fit, list[Floats]]:
    """Explain the change from one hour to the next, for masses of several weights."""
    change = seen.indoor - before(seen.indoor)
    both = seen.known & np.concatenate([seen.known[:, :1] & False, seen.known[:, :-1]], axis=1)
    one = np.ones_like(change)
    fits = []
    for hours, mass in zip(_MASS_H, behind, strict=True):
        columns = [
            seen.power,
            before(seen.power),
            seen.tilted + before(seen.tilted),
            seen.cooling + before(seen.cooling),
            before(seen.apart),
            before(seen.indoor - mass),
            seen.sun + before(seen.sun),
            followed(seen.sun, hours),
            one,
        ]
        fits.append(regress(change, columns, both))
    columns = [
        *(before(seen.power, lag) if lag else seen.power for lag in range(4)),
        seen.tilted + before(seen.tilted),
        seen.cooling + before(seen.cooling),
        before(seen.apart),
        *(before(seen.indoor - mass) for mass in behind),
        seen.sun,
        before(seen.sun),
        one,
    ]
    free = regress(change, columns, both)
    least = np.min([fit.noise for fit in fits], axis=0)
    shape = [np.log((fit.noise + _SOFT) / (least + _SOFT)) * 10 for fit in fits]
    return free, [fit.told for fit in (*fits, free)] + shape


def _by_spans(seen: Balance, mass: Floats) -> list[Floats]:
    """Explain changes and mean powers over spans of hours."""
    parts: list[Floats] = []
    share = seen.known.astype(float)
    for span in _SPANS_H:

        def mean(values: Floats, span: int = span) -> Floats:
            total = np.cumsum(values, axis=1)
            found: Floats = (total[:, span:] - total[:, :-span]) / span
            return found

        enough = (mean(share) > 0.8) & seen.known[:, span:] & seen.known[:, :-span]
        change = (seen.indoor[:, span:] - seen.indoor[:, :-span]) / span
        power, tilted, apart, sun = map(mean, (seen.power, seen.tilted, seen.apart, seen.sun))
        lag = (seen.indoor - mass)[:, :-span]
        one = np.ones_like(power)
        cooling = mean(seen.cooling)
        parts.append(regress(change, [power, tilted, cooling, apart, lag, sun, one], enough).told)
        parts.append(regress(power, [change, tilted, apart, lag, sun, one], enough).told)
    every = slice(None, None, 24)
    daily = [each[:, every] for each in (apart, sun, one)]
    parts.append(regress(power[:, every], daily, enough[:, every]).told)
    return parts


def _resting(seen: Balance, mass: Floats) -> list[Floats]:
    """Explain how rooms cool while nothing heats them, after three hours of rest."""
    idle = (np.abs(seen.power) + np.abs(seen.cooling) < _OFF) & seen.known
    rest = idle & before(idle) & before(idle, 2) & before(idle, 3)
    change = seen.indoor - before(seen.indoor)
    columns = [before(seen.apart), before(seen.indoor - mass), seen.sun, np.ones_like(change)]
    fit = regress(change, columns, rest)
    number = np.maximum(seen.known.sum(axis=1), 1)
    return [fit.told, idle.sum(axis=1) / number, rest.sum(axis=1) / number]


def _moments(seen: Balance, rooms: Rooms) -> list[Floats]:
    """Describe the window: how long, how cold, how bright, how much power and when."""
    number = np.maximum(seen.known.sum(axis=1), 1.0)
    parts: list[Floats] = [np.log(seen.scale), np.log(number), rooms.water.astype(float)]
    for values in (seen.power, seen.cooling, seen.indoor, seen.outdoor, seen.sun, seen.apart):
        mean = np.where(seen.known, values, 0.0).sum(axis=1) / number
        off = np.where(seen.known, values - mean[:, np.newaxis], 0.0)
        parts += [mean, np.log(np.sqrt((off**2).sum(axis=1) / number) + _SOFT)]
    ordered = np.sort(np.where(seen.known, seen.power, np.inf), axis=1)
    for share in (0.1, 0.25, 0.5, 0.75, 0.9, 0.97, 0.995):
        at = np.minimum((share * number).astype(np.int64), seen.power.shape[1] - 1)
        parts.append(np.take_along_axis(ordered, at[:, np.newaxis], axis=1)[:, 0])
    return parts


def _innovations(seen: Balance, fit: Fit, rooms: Rooms) -> list[Floats]:
    """Describe what the hourly regression leaves: its memory, its day, and pulses of power."""
    left = fit.residuals / (fit.noise[:, np.newaxis] + _SOFT)
    number = np.maximum(seen.known.sum(axis=1), 1.0)
    parts: list[Floats] = [(left * before(left, lag)).sum(axis=1) / number for lag in (1, 2, 3, 24)]
    around = (before(seen.power) + np.roll(seen.power, -1, axis=1)) / 2
    pulse = np.where(seen.known, seen.power - around, 0.0)
    change = seen.indoor - before(seen.indoor)
    next_change = np.roll(change, -1, axis=1)
    strong = np.maximum(pulse, 0.0)
    size = np.sqrt((strong**2).sum(axis=1) / number)
    parts += [
        size,
        ((strong**4).sum(axis=1) / number) ** 0.25,
        (left * pulse).sum(axis=1) / number / (size + 0.05),
        (next_change * strong).sum(axis=1) / number / (size + 0.05),
    ]
    warm = seen.known & (seen.apart < 6.0)
    parts.append((np.where(warm, seen.power, 0.0)).sum(axis=1) / (warm.sum(axis=1) + 5.0))
    for begin in range(0, 24, 3):
        then = seen.known & (rooms.hour >= begin) & (rooms.hour < begin + 3)
        size = then.sum(axis=1) + 1.0
        parts.append(np.where(then, left, 0.0).sum(axis=1) / size)
        parts.append(np.where(then, seen.power, 0.0).sum(axis=1) / size)
    return parts
