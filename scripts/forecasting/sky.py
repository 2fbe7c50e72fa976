"""Baselines that know the sun: an issued forecast by sun bin, a linear fit on weather."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from custom_components.shems.core.assets.sun import position
from custom_components.shems.core.forecast.levels import COUNT
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Bools, Floats

from .baselines import DRESSED_DAYS, quantiles_of
from .inputs import Home, Issued
from .origins import Ints, Origins

_ELEVATIONS: Final = (0.0, 5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0, 60.0)
"""Degrees: lower edges of the bins, finer where a degree matters more."""
_LEAST: Final = 20
"""Residuals below which a bin says less than all daylight together."""
_AROUND_DAYS: Final = 10
_DARK: Final = 0.01
"""Share of the highest output that a slot must reach to have daylight, without a site."""
_FIT_DAYS: Final = 7
"""Below a week of weather a fit is a rumour."""
_PREDICTORS: Final = ("direct_w_m2", "diffuse_w_m2", "cloud", "temperature_c")


@dataclass(frozen=True)
class Sky:
    """The sun over the home, by slot.

    Attributes:
        day: (N,) which have daylight.
        bin: (N,) sun bin, -1 at night.
    """

    day: Bools
    bin: Ints

    @classmethod
    def over(cls, home: Home, origins: Origins) -> Sky:
        """See the sun from the home's site, else in the weather file, else on the roof.

        The roof tells daylight only: its bins are hours of the day.
        """
        hour = np.tile(np.arange(origins.slots) * 24 // origins.slots, origins.count)
        if home.site is not None:
            site = home.site
            elevation = _by_slot(origins, lambda at: np.degrees(position(at, *site).elevation))
            east = _by_slot(origins, lambda at: np.sin(position(at, *site).azimuth))
            return cls._binned(elevation, east <= 0)
        if home.issued is not None and len(home.issued.elevation):
            elevation = origins.slotted(home.issued.elevation)
            return cls._binned(elevation, hour >= 12)
        value = np.nan_to_num(origins.value.reshape(origins.count, origins.slots))
        padded = np.pad(value, ((_AROUND_DAYS, _AROUND_DAYS), (0, 0)))
        around = np.lib.stride_tricks.sliding_window_view(padded, 2 * _AROUND_DAYS + 1, axis=0)
        day = (around.max(axis=2) > _DARK * value.max()).ravel()
        return cls(day, np.where(day, hour, -1))

    @classmethod
    def _binned(cls, elevation: Floats, afternoon: Bools) -> Sky:
        day = np.nan_to_num(elevation, nan=-90.0) > 0
        level = np.searchsorted(_ELEVATIONS, elevation, side="right") - 1
        return cls(day, np.where(day, 2 * level + afternoon, -1))


def _by_slot(origins: Origins, of: Callable[[Floats], Floats]) -> Floats:
    """Return a function of time at the middle of every slot, (N,)."""
    days, step = origins.days, origins.days.step_s
    begin, end = days.midnight(origins.first), days.midnight(origins.first + origins.count)
    starts = begin + step * np.arange(round((end - begin) / step), dtype=np.float64)
    return origins.slotted(Series(starts, starts + step, of(starts + step / 2)))


def issued(origins: Origins, given: Series, sky: Sky) -> tuple[Floats, Floats]:
    """Return the provider's forecast (O, K) and it as a distribution (O, K, L).

    To it are added the quantiles of its own residuals of the last 60 days in the same sun
    bin, those of all daylight where there are few. At night it stands as it is.
    """
    course = origins.slotted(given)
    residual = origins.value - course
    bins = int(sky.bin.max()) + 1
    point = origins.ahead(course)
    bin_ahead = sky.bin[np.minimum(origins.target, len(sky.bin) - 1)]
    quantiles = np.empty((*point.shape, COUNT))
    for row, end in enumerate(origins.position):
        seen = slice(max(0, end - DRESSED_DAYS * origins.slots), end)
        known = np.isfinite(residual[seen]) & (sky.bin[seen] >= 0)
        past, where = residual[seen][known], sky.bin[seen][known]
        whole = quantiles_of(past[np.newaxis])[0]
        table = np.tile(whole, (bins + 1, 1))
        for number in range(bins):
            inside = past[where == number]
            if len(inside) >= _LEAST:
                table[number] = quantiles_of(inside[np.newaxis])[0]
        table[-1] = 0.0  # Row -1 is the night.
        quantiles[row] = point[row][:, np.newaxis] + table[bin_ahead[row]]
    return point, np.maximum(quantiles, 0.0)


def linear_fit(origins: Origins, weather: Issued, sky: Sky, beyond: Floats) -> Floats:
    """Return a least-squares fit of the output on issued weather, (O, K).

    It is fitted anew at each origin to all daylight before it. What has not been issued by
    then, and everything before there is a week to fit, is taken from `beyond` (O, K).
    """
    names = [name for name in _PREDICTORS if name in weather.columns]
    columns = [origins.slotted(weather.series(name)) for name in names]
    design = np.stack([np.ones(len(origins.value)), *columns], axis=1)
    at = origins.slotted(Series(weather.start, weather.end, weather.at))
    complete = np.logical_and.reduce(np.isfinite(design), axis=1)
    lesson = complete & sky.day & np.isfinite(origins.value)
    point = beyond.copy()
    for row, end in enumerate(origins.position):
        seen = np.flatnonzero(lesson[:end])
        if len(np.unique(seen // origins.slots)) < _FIT_DAYS:
            continue
        weights, *_ = np.linalg.lstsq(design[seen], origins.value[seen])
        ahead = np.arange(end, min(end + origins.leads, len(design)))
        told = complete[ahead] & np.less_equal(at[ahead], origins.now(row))
        ahead = ahead[told]
        fitted = np.maximum(design[ahead] @ weights, 0.0)
        point[row, ahead - end] = np.where(sky.day[ahead], fitted, 0.0)
    return point
