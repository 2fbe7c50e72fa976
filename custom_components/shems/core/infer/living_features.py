"""What a history of a home's load shows of its people, as numbers for a network."""

from typing import Final

import numpy as np
import numpy.typing as npt

from ..units import Bools, Floats

DAYS: Final = 28
HOURS: Final = 24

type Singles = npt.NDArray[np.float32]

_HOURLY: Final = (0.1, 0.35, 0.65, 0.9)
_OVERALL: Final = (0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 1.0)
_DAILY: Final = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
_RAMPS: Final = (0.25, 0.5, 0.75, 0.9, 0.97, 0.99, 1.0)
_POWERS_KW: Final = (0.7, 1.0, 1.4, 2.0, 2.8, 3.5, 4.5, 6.0, 8.0, 11.0, 15.0, 20.0)
"""Half an octave apart, where cars charge."""
_STARTS_KW: Final = (1.2, 3.5)
_PEAKS_KW: Final = (0.1, 0.2, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0)
_LAGS_H: Final = (1, 2, 3, 12, 23, 24, 25, 168)
_SMALL_KW: Final = 0.02
"""Added before logarithms: standby of the smallest homes."""
_STILL: Final = 1e-9
"""A variance that is none."""
_FEW: Final = 0.003
"""Added to shares before logarithms: two hours in four weeks."""
_QUIET: Final = (0.25, 0.4, 0.6)
"""Of the median day's use beyond the base: on emptier days people are away."""
_WHOLE_DAY: Final = 18
"""Hours a day must have to be compared with others."""
_PARTS: Final = ((3, 13), (13, 24))
"""Between these hours mornings and evenings are looked for."""


def living_features(load_kw: Floats, weekday: npt.NDArray[np.int64], daylight_h: Floats) -> Floats:
    """Return what is seen of homes' loads, (n, F), finite.

    Args:
        load_kw: mean powers of local hours, (n, 672), NaN where unknown.
        weekday: of the first day, (n,), 0 is Monday.
        daylight_h: from sunrise to sunset, (n,).
    """
    load = load_kw.astype(np.float32)
    days = load.reshape(-1, DAYS, HOURS)
    known = np.isfinite(days)
    free = (weekday[:, np.newaxis] + np.arange(DAYS)) % 7 >= 5
    overall = quantiles(load, _OVERALL)
    base = overall[:, 1]
    pairs = np.minimum(load[:, 1:], load[:, :-1])
    parts = [
        _logarithm(overall),
        _hourly(days, free, overall[:, 4]),
        _ramps(load),
        *(_exceeding(each) for each in (load, pairs, np.minimum(pairs[:, 1:], load[:, :-2]))),
        _starts(load),
        _daily(days, known, free, base),
        *(_centres(days, base, part) for part in _PARTS),
        *(_moves(days, part) for part in _PARTS),
        _peaks(load),
        _lagged(load),
        np.stack([known.mean(axis=(1, 2)), known.any(axis=2).mean(axis=1), daylight_h], axis=1),
    ]
    features = np.concatenate([part.astype(np.float64) for part in parts], axis=1)
    finite: Floats = np.nan_to_num(features, nan=0.0, posinf=0.0, neginf=0.0)
    return finite


def quantiles(values: Singles, levels: tuple[float, ...]) -> Singles:
    """Return quantiles over the last axis of what is known, (..., L); NaN where nothing is.

    By sorting: numpy's own function for missing values is two hundred times slower.
    """
    order = np.sort(values, axis=-1)
    last = np.maximum(np.isfinite(order).sum(axis=-1) - 1, 0)[..., np.newaxis]
    place = np.array(levels) * last
    low = np.floor(place).astype(np.int64)
    high = np.minimum(low + 1, last)
    part = (place - low).astype(np.float32)
    below, above = (np.take_along_axis(order, at, axis=-1) for at in (low, high))
    between: Singles = below + part * (above - below)
    return between


def _logarithm(kw: Singles) -> Singles:
    logarithm: Singles = np.log(np.maximum(kw, 0.0) + np.float32(_SMALL_KW))
    return logarithm


def _mean(values: Singles, where: Bools, axis: int) -> Singles:
    """Return means of what is known and meant; NaN where nothing is."""
    counted = where & np.isfinite(values)
    total = np.where(counted, values, np.float32(0.0)).sum(axis=axis)
    with np.errstate(invalid="ignore"):
        mean: Singles = total / counted.sum(axis=axis).astype(np.float32)
    return mean


def _hourly(days: Singles, free: Bools, median: Singles) -> Singles:
    """Return quantiles and means of each hour of the day, working and free days apart."""
    by_hour = np.ascontiguousarray(days.transpose(0, 2, 1))
    within = quantiles(by_hour, _HOURLY)
    working = _mean(by_hour, ~free[:, np.newaxis], 2)
    weekend = _mean(by_hour, free[:, np.newaxis], 2)
    whole = np.concatenate([within.reshape(len(days), -1), working, weekend], axis=1)
    return _logarithm(np.where(np.isfinite(whole), whole, median[:, np.newaxis]))


def _ramps(load: Singles) -> Singles:
    change = np.diff(load, axis=1)
    return np.concatenate(
        [_logarithm(quantiles(np.abs(change), _RAMPS)), _logarithm(quantiles(change, (0.99,)))],
        axis=1,
    )


def _exceeding(values: Singles) -> Singles:
    """Return the logarithms of the shares of hours that exceed each power, (n, 12)."""
    known = np.maximum(np.isfinite(values).sum(axis=1), 1)
    shares = [(values > power).sum(axis=1) / known for power in _POWERS_KW]
    logs: Singles = np.log(np.stack(shares, axis=1) + _FEW).astype(np.float32)
    return logs


def _starts(load: Singles) -> Singles:
    """Return how often power rises by much in each hour of the day, (n, 48)."""
    change = np.diff(load, axis=1, prepend=load[:, :1]).reshape(-1, DAYS, HOURS)
    shares = [(change > power).mean(axis=1) for power in _STARTS_KW]
    roots: Singles = np.sqrt(np.concatenate(shares, axis=1)).astype(np.float32)
    return roots


def _daily(days: Singles, known: Bools, free: Bools, base: Singles) -> Singles:
    """Return how days differ: energy, highest hours, use above powers, and empty ones."""
    whole = known.sum(axis=2) >= _WHOLE_DAY
    mean = np.where(whole, _mean(days, np.ones_like(known), 2), np.float32(np.nan))
    energy = quantiles(mean, _DAILY)
    beyond = mean - base[:, np.newaxis]
    usual = quantiles(beyond, (0.5,))
    empty = [((beyond < share * usual) & whole).sum(axis=1) for share in _QUIET]
    emptiness = np.stack(empty, axis=1) / np.maximum(whole.sum(axis=1), 1)[:, np.newaxis]
    highest = np.where(whole, np.nan_to_num(days).max(axis=2), np.float32(np.nan))
    parts = [_logarithm(energy), emptiness, _logarithm(quantiles(highest, _DAILY))]
    for power in (1.4, 3.0, 6.0):
        above = np.maximum(np.nan_to_num(days) - power, 0.0).sum(axis=2)
        above = np.where(whole, above, np.float32(np.nan))
        parts.append(np.log(quantiles(above, (0.3, 0.5, 0.7, 0.85, 1.0)) + np.float32(0.1)))
    counts = [(np.nan_to_num(days) > power).sum(axis=2) for power in (1.4, 3.0, 6.0)]
    hours = [np.where(whole, each, np.nan).astype(np.float32) for each in counts]
    parts += [quantiles(each, (0.5, 0.8, 1.0)) for each in hours]
    centred = mean - _mean(mean, whole, 1)[:, np.newaxis]
    spread = _mean(centred**2, whole, 1)
    after = _mean(centred[:, 1:] * centred[:, :-1], whole[:, 1:], 1) / np.maximum(spread, _STILL)
    level = [_mean(mean, whole & on, 1) for on in (free, ~free)]
    parts.append(np.stack([after, np.log(np.sqrt(spread) + 0.01), *map(_logarithm, level)], axis=1))
    return np.concatenate([part.astype(np.float32) for part in parts], axis=1)


def _centres(days: Singles, base: Singles, part: tuple[int, int]) -> Singles:
    """Return around which hour the use of a part of the day lies, and how that moves.

    Square roots keep one big use from deciding alone.
    """
    first, last = part
    hour = (np.arange(first, last) + 0.5).astype(np.float32)
    use = np.sqrt(np.maximum(days[:, :, first:last] - base[:, np.newaxis, np.newaxis], 0.0))
    use = np.nan_to_num(use) + np.float32(1e-4)
    total = use.sum(axis=2)
    centre = (use * hour).sum(axis=2) / total
    width = np.sqrt(np.maximum((use * hour**2).sum(axis=2) / total - centre**2, 0.0))
    order = quantiles(centre, (0.1, 0.3, 0.5, 0.7, 0.9))
    moves = np.diff(order, axis=1)
    at = use.argmax(axis=2).astype(np.float32)
    highest = quantiles(at, (0.15, 0.5, 0.85))
    profile = use.mean(axis=1)
    middle = (profile * hour).sum(axis=1) / profile.sum(axis=1)
    return np.concatenate(
        [
            order[:, 2:3],
            moves,
            quantiles(width, (0.2, 0.5, 0.8)),
            highest,
            middle[:, np.newaxis],
            centre.std(axis=1)[:, np.newaxis],
            np.log(np.sqrt(total.std(axis=1)) + 0.01)[:, np.newaxis],
        ],
        axis=1,
    )


def _moves(days: Singles, part: tuple[int, int]) -> Singles:
    """Return by how many hours a part of the day lies earlier or later from day to day.

    A day's profile that is moved by δ differs from the mean one by -δ times its slope: δ is
    what a regression of the difference on the slope gives. Logarithms keep cars small.
    """
    first, last = part
    power = _logarithm(np.where(np.isfinite(days), days, np.float32(np.nan)))
    everywhere = np.ones_like(power, dtype=np.bool_)
    profile = _mean(power, everywhere, 1)
    smooth = (profile[:, first - 1 : last - 1] + profile[:, first:last]) / 2.0
    slope = np.diff(profile[:, first - 1 : last], axis=1)
    apart = np.nan_to_num(power - profile[:, np.newaxis])[:, :, first:last]
    steep = (slope**2).sum(axis=1)
    moved = -(apart * slope[:, np.newaxis]).sum(axis=2) / (steep[:, np.newaxis] + 0.02)
    order = quantiles(moved, (0.1, 0.25, 0.75, 0.9))
    grown = (apart * (smooth - smooth.mean(axis=1, keepdims=True))[:, np.newaxis]).sum(axis=2)
    moves: Singles = np.concatenate(
        [
            order,
            np.log(moved.std(axis=1, keepdims=True) + 0.02),
            np.log(steep[:, np.newaxis] + 0.02),
            np.log(grown.std(axis=1, keepdims=True) + 0.02),
        ],
        axis=1,
    ).astype(np.float32)
    return moves


def _peaks(load: Singles) -> Singles:
    """Return how far single hours stand out from both neighbours: programmes, not cars."""
    out = load[:, 1:-1] - np.maximum(load[:, 2:], load[:, :-2])
    known = np.maximum(np.isfinite(out).sum(axis=1), 1)
    shares = [(out > power).sum(axis=1) / known for power in _PEAKS_KW]
    logs: Singles = np.log(np.stack(shares, axis=1) + _FEW).astype(np.float32)
    return logs


def _lagged(load: Singles) -> Singles:
    """Return autocorrelations, of the power and of its logarithm."""
    parts = []
    for values in (load, _logarithm(load)):
        everywhere = np.ones_like(values, dtype=np.bool_)
        centred = values - _mean(values, everywhere, 1)[:, np.newaxis]
        spread = _mean(centred**2, everywhere, 1)
        for lag in _LAGS_H:
            together = centred[:, lag:] * centred[:, :-lag]
            parts.append(_mean(together, everywhere[:, lag:], 1) / np.maximum(spread, _STILL))
    return np.stack(parts, axis=1)
