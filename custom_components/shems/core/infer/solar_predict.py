"""What a solar roof of known parameters gives, with the errors that its past had."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..assets.plane import Light
from ..assets.sun import Sun
from ..horizon import HOUR_S
from ..units import Floats
from ..world.chance import Integers
from ..world.population.roofs import Roofs, edge_of
from .correction import Past, drawn_residuals, spread_by_group, usual_error
from .solar_seen import Daylight, SolarSeen

_AT_ONCE: Final = 3_000_000
"""Numbers that predictions hold in one array: 24 MB."""
_SHARES: Final = (0.12, 0.4)
"""Of the peak power: dim, middling and bright hours, about a third of the sunlit ones each."""
_CLEARNESS: Final = (0.4, 0.75)
_GROUPS: Final = (len(_SHARES) + 1) * (len(_CLEARNESS) + 1)
_STRENGTH: Final = 4.0
"""Hours at full power that the belief in no usual error counts as."""
_FEW_DAYS: Final = 2.0
"""Two parameters' worth of days by which residuals of a fit are too small."""
_HIGHEST: Final = 1.2
"""Share of the peak power that bright edges of clouds do not exceed for an hour."""
PEAK: Final = 0
_TINY: Final = 1e-9


def delivered(day: Daylight, draws: Floats) -> Floats:
    """Return what roofs of (n, S, 6) parameters give in each sunlit hour, (M, S) kW."""
    result = np.empty((len(day.home), draws.shape[1]))
    step = max(1, _AT_ONCE // max(draws.shape[1], 1))
    edge = edge_of(day.latitude, HOUR_S)[day.home]
    for begin in range(0, len(day.home), step):
        here = slice(begin, begin + step)
        roofs = Roofs(*np.moveaxis(draws[day.home[here]], -1, 0))
        sun = (day.sun.elevation, day.sun.azimuth, day.sun.distance)
        light = (day.light.direct, day.light.diffuse)
        power = roofs.delivered(
            Sun(*(values[here, np.newaxis] for values in sun)),
            Light(*(values[here, np.newaxis] for values in light)),
            day.temperature_c[here, np.newaxis],
            edge_rad=edge[here, np.newaxis],
        )
        result[here] = np.minimum(power, roofs.limit * roofs.peak_kw)
    return result


def predict(seen: SolarSeen, draws: Floats) -> Floats:
    """Return (n, S, H') draws of the power after the history, kW, residuals included.

    Each is one of the (n, S, 6) draws of the parameters under the weather service's sky, with
    the home's usual error and residuals of days in a row. NaN at night and under snow.
    """
    past = _grid(seen.window, seen.power_kw.shape[1], draws, seen.power_kw)
    hours = seen.times.shape[1] - seen.power_kw.shape[1]
    ahead = _grid(seen.later, hours, draws, None)
    known = Past(past.off, past.terms, past.group)
    rng = np.random.default_rng(len(seen.times))
    told, expected = usual_error(rng, known, ahead.terms, _STRENGTH, draws.shape[1])
    left = past.off - told
    spread = spread_by_group(known, left, _GROUPS)
    rows = np.arange(len(left))[:, np.newaxis]
    drawn = drawn_residuals(rng, left / spread[rows, past.group], draws.shape[1], hours // 24)
    days = np.maximum(np.isfinite(left).reshape(len(left), -1, 24).any(axis=2).sum(axis=1), 1)
    wider = 1.0 + _FEW_DAYS / days
    scale = (spread[rows, ahead.group] * wider[:, np.newaxis])[:, np.newaxis]
    power = ahead.model + expected + scale * drawn
    most = _HIGHEST * draws[..., PEAK].mean(axis=1)
    clipped: Floats = np.clip(power, 0.0, most[:, np.newaxis, np.newaxis])
    return clipped


@dataclass(frozen=True)
class _Grid:
    """Predictions by the hour: draws (n, S, H), residuals, terms of the usual error, group."""

    model: Floats
    off: Floats
    terms: Floats
    group: Integers


def _grid(day: Daylight, hours: int, draws: Floats, power: Floats | None) -> _Grid:
    """Lay sunlit hours out by the clock; what is dark or under snow is NaN."""
    shape = (day.count, hours)
    fair = ~day.snowy
    home, hour = day.home[fair], day.hour[fair]
    modelled = delivered(day, draws)[fair]
    mean = modelled.mean(axis=1)
    peak = np.maximum(draws[..., PEAK].mean(axis=1), _TINY)
    share, clear = mean / peak[home], day.clearness[fair]
    side = np.sin(day.sun.azimuth[fair])
    terms = np.zeros((*shape, 4))
    terms[home, hour] = np.stack([share, share * side, share * clear, share**2], axis=1)
    group = np.zeros(shape, dtype=np.int64)
    levels = np.digitize(share, _SHARES) * (len(_CLEARNESS) + 1) + np.digitize(clear, _CLEARNESS)
    group[home, hour] = levels
    off = np.full(shape, np.nan)
    if power is None:
        model = np.full((day.count, draws.shape[1], hours), np.nan)
        model[home, :, hour] = modelled
    else:
        model = np.zeros((day.count, 0, hours))
        off[home, hour] = power[home, hour] - mean
    return _Grid(model, off, terms, group)
