"""What homes with drawn habits would show: to doubt the draws, and to predict."""

from typing import Final

import numpy as np
import numpy.typing as npt

from ..units import Floats
from ..world.population.days import Place
from ..world.population.habits import Habits
from ..world.population.meters import averaged
from ..world.population.occupants import PER_DAY, live
from .block import Check
from .living_features import DAYS, HOURS, Singles, quantiles

LATER_DAYS: Final = 14
LEAD_DAYS: Final = 1
"""Simulated before a window, so that last night's charge goes on in it."""

_SEED: Final = 20_717
"""Checks and predictions come out the same each time."""
_AT_ONCE: Final = 64
"""Homes that are simulated together: four weeks by quarters are 1.4 MB an array."""
_DRAWS: Final = 16
"""Draws that are simulated for a check."""
_LEAST_SPREAD: Final = 0.02
"""Of the statistics' predictions, mostly logarithms: what 16 draws cannot tell from none."""
OWN_DAYS: Final = 4.0
"""A simulated day counts as much as a home's own days when there are so many of them."""
_SMALL_KW: Final = 0.02
_SILVERMAN: Final = 1.06
_WHOLE_DAY: Final = 18
"""Hours that a day must have to stand for others."""
_POWER_KW: Final = 2.0
_NAMES: Final = ("energy", "rhythm", "peaks")


def simulated(rng: np.random.Generator, draws: Floats, place: Place, days: int) -> Singles:
    """Return hourly loads of homes that have (m, D) habits, (m, days * 24), kW.

    Args:
        rng: chance of everything that is not inferred.
        draws: the habits.
        place: where they are, (m,), and when the loads begin.
        days: how many.
    """
    begun = place.later(-LEAD_DAYS)
    shown = np.empty((len(draws), days * HOURS), dtype=np.float32)
    for first in range(0, len(draws), _AT_ONCE):
        rows = slice(first, first + _AT_ONCE)
        there = Place(begun.latitude[rows], begun.first[rows], begun.weekday[rows])
        lived = live(rng, Habits.of(draws[rows]), LEAD_DAYS + days, None, there)
        shown[rows] = averaged(lived.load_kw, PER_DAY // HOURS)[:, LEAD_DAYS * HOURS :]
    return shown


def living_check(load_kw: Floats, place: Place, draws: Floats) -> Check:
    """Compare (n, 672) loads with those that (n, S, D) draws predict.

    Energy and how it differs between days; rhythm, that is autocorrelation and the night's
    share; peaks. How many standard deviations of the predictions each lies off.
    """
    count, size, _ = draws.shape
    chosen = draws[:, np.linspace(0, size - 1, min(_DRAWS, size)).astype(int)]
    some = chosen.shape[1]
    rng = np.random.default_rng(_SEED)
    shown = simulated(rng, chosen.reshape(count * some, -1), place.repeated(some), DAYS)
    seen = load_kw.astype(np.float32)
    shown = np.where(np.isnan(np.repeat(seen, some, axis=0)), np.float32(np.nan), shown)
    predicted = _statistics(shown).reshape(count, some, len(_NAMES), -1)
    spread = np.maximum(predicted.std(axis=1), _LEAST_SPREAD)
    apart = (_statistics(seen).reshape(count, len(_NAMES), -1) - predicted.mean(axis=1)) / spread
    return Check(_NAMES, np.sqrt((apart**2).mean(axis=2)).astype(np.float64))


def _statistics(load: Singles) -> Singles:
    """Return what is compared, (n, 9): three of each of _NAMES."""
    mean = np.nanmean(load, axis=1)
    days = load.reshape(-1, DAYS, HOURS)
    daily = np.nan_to_num(days).sum(axis=2) / np.maximum(np.isfinite(days).sum(axis=2), 1)
    known = np.isfinite(days).sum(axis=2) >= _WHOLE_DAY
    levels = quantiles(np.where(known, daily, np.float32(np.nan)), (0.25, 0.9))
    centred = np.nan_to_num(load - mean[:, np.newaxis])
    power = (centred**2).sum(axis=1) + 1e-6
    after = [(centred[:, lag:] * centred[:, :-lag]).sum(axis=1) / power for lag in (1, 24)]
    night = np.nan_to_num(days)[:, :, 1:5].sum(axis=(1, 2)) / (mean * load.shape[1])
    high = quantiles(load, (0.9, 0.99))
    lasting = np.minimum(np.minimum(load[:, 2:], load[:, 1:-1]), load[:, :-2]) > _POWER_KW
    logs = np.log(np.stack([mean, *levels.T, *high.T], axis=1) + 0.02)
    lasts = np.log(lasting.mean(axis=1) + 0.003)
    return np.stack(
        [*logs[:, :3].T, *after, np.log(night + 0.01), *logs[:, 3:].T, lasts], axis=1
    ).astype(np.float32)


def living_predict(load_kw: Floats, place: Place, draws: Floats) -> Floats:
    """Return draws of the fortnight after the window, (n, S, 336), kW.

    Days of the home's own past, working and free days apart, as often as there are many of
    them; else, and where they have gaps, days of simulated homes with the drawn habits. The
    home's own days know what is not inferred.
    """
    count, size, _ = draws.shape
    rng = np.random.default_rng(_SEED)
    habits = draws.reshape(count * size, -1)
    later = place.later(DAYS)
    shown = simulated(rng, habits, later.repeated(size), LATER_DAYS)
    drawn = shown.reshape(count, size, LATER_DAYS, HOURS)
    own = load_kw.reshape(count, DAYS, HOURS).astype(np.float32)
    whole = np.isfinite(own).sum(axis=2) >= _WHOLE_DAY
    alike = place.free(DAYS)[:, np.newaxis] == later.free(LATER_DAYS)[:, :, np.newaxis]
    fits = alike & whole[:, np.newaxis]
    days = fits.sum(axis=2)
    share = days / (days + OWN_DAYS)
    chosen = _picked(rng, fits, size)
    taken = own[np.arange(count)[:, np.newaxis, np.newaxis], chosen]
    taken *= np.exp(
        _widths(own)[:, np.newaxis] * rng.standard_normal(chosen.shape)[..., np.newaxis]
    )
    use = (rng.random((count, size, LATER_DAYS)) < share[:, np.newaxis])[..., np.newaxis]
    filled = np.where(use & np.isfinite(taken), taken, drawn)
    return filled.reshape(count, size, LATER_DAYS * HOURS).astype(np.float64)


def _widths(own: Singles) -> Floats:
    """Return by how much own days are moved about, (n, 1, 24), as logarithms.

    The smoothed bootstrap: days to come are not only those that were. Silverman's width of
    a normal kernel, for each hour of the day.
    """
    level = np.log(own + _SMALL_KW)
    count = np.maximum(np.isfinite(level).sum(axis=1, keepdims=True), 1)
    mean = np.nansum(level, axis=1, keepdims=True) / count
    spread = np.sqrt(np.nansum((level - mean) ** 2, axis=1, keepdims=True) / count)
    width: Floats = _SILVERMAN * spread * count**-0.2
    return width


def _picked(
    rng: np.random.Generator, fits: npt.NDArray[np.bool_], size: int
) -> npt.NDArray[np.int64]:
    """Return one of the days that fit each day, at random, (n, S, 14); the last where none does."""
    count = fits.sum(axis=2)
    ordered = np.argsort(~fits, axis=2, kind="stable")
    at = (rng.random((len(fits), size, fits.shape[1])) * count[:, np.newaxis]).astype(np.int64)
    rows = np.arange(len(fits))[:, np.newaxis, np.newaxis]
    picked: npt.NDArray[np.int64] = ordered[rows, np.arange(fits.shape[1]), at]
    return picked
