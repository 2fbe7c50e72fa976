"""The solar posterior as an expert: a roof as the days before tell of it, under the sky to come."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from ..assets.plane import Site
from ..assets.sun import position
from ..horizon import HOUR_S
from ..infer.irradiance import Overhead, irradiance
from ..infer.judge import LEAST_DAYS, Seen, infer
from ..infer.network import Network
from ..infer.posterior import entered, prior_of
from ..infer.solar import PEAK, PRIOR, SolarBlock
from ..infer.solar_predict import delivered
from ..infer.solar_seen import LOWEST, SNOW_CM, SolarSeen
from ..infer.windows import DAYS as WINDOW_DAYS
from ..units import Floats
from .clearness import AHEAD
from .days import Days
from .history import History
from .levels import COUNT
from .simple import sample_quantiles

NAME: Final = "inferred"
DRAWS: Final = 64
"""Roofs that are predicted with: 19 quantiles ask for no more."""
_PAST_H: Final = WINDOW_DAYS * 24
_AHEAD_H: Final = AHEAD * 24
_CANDIDATES: Final = 1024
"""Roofs of which the nearest are kept while no network may be asked."""
_USUAL_KW: Final = (1.0, 15.0)
_ROOF_KW: Final = 5.0
"""What a roof is taken for whose highest power the prior hardly knows, as on a balcony: whatever
is inferred but the power itself does not depend on the size."""
_LEAST_H: Final = 3
"""Sunlit hours that tell one roof from another."""
_WEEK: Final = 7
NOBODY: Final[Floats] = np.full((DRAWS, len(PRIOR.names)), np.nan)
"""Where nothing is known of a roof, or what is inferred was rejected."""


@dataclass(frozen=True)
class Roofs:
    """What roofs are inferred with.

    Attributes:
        network: of the solar block.
        told: value and standard deviation of what somebody has entered, by parameter.
    """

    network: Network
    told: Mapping[str, tuple[float, float]] = field(default_factory=dict)


def seen_until(history: History, site: Site, first: float) -> SolarSeen:
    """Return four weeks up to an hour and the three days after it.

    Where nobody tells of snow, there is none to come: frost alone covers no modules.

    Args:
        history: with the weather of the days to come.
        site: where the home stands.
        first: begin of the hour, epoch seconds; nothing measured after it is used.
    """
    times = first + HOUR_S * np.arange(-_PAST_H, _AHEAD_H, dtype=np.float64)
    weather = history.weather
    overhead = Overhead(weather.direct_w_m2, weather.diffuse_w_m2, weather.cloud)
    light, _ = irradiance(overhead, times, site)
    snow = weather.snow_cm.between(times, times + HOUR_S)
    snow[_PAST_H:] = np.nan_to_num(snow[_PAST_H:])
    outdoor = weather.temperature_c.between(times, times + HOUR_S)
    measured = history.outdoor.between(times[:_PAST_H], times[:_PAST_H] + HOUR_S)
    outdoor[:_PAST_H] = np.where(np.isfinite(measured), measured, outdoor[:_PAST_H])
    power = history.solar.between(times[:_PAST_H], times[:_PAST_H] + HOUR_S)
    return SolarSeen(
        times[np.newaxis],
        np.array([site.latitude]),
        np.array([site.longitude]),
        power[np.newaxis],
        light[np.newaxis],
        outdoor[np.newaxis],
        snow[np.newaxis],
        np.full((1, _AHEAD_H), np.nan),
    )


def inferred(
    before: Floats, roofs: Roofs, history: History, days: Days, day: int, site: Site
) -> Floats:
    """Return roofs as they may be at the midnight of a day, (DRAWS, 6); NaN where nobody knows.

    Every night in the first four weeks, every seventh later. With less than a week seen, for
    which there are no networks, the prior's roofs that came nearest to it (rejection ABC,
    S. Tavaré et al. 1997).

    Args:
        before: what was inferred at the midnight before.
        roofs: see there.
        history: nothing of it that was measured after the midnight is used.
        days: the local days.
        day: number of the day that begins.
        site: where the home stands.
    """
    first = days.midnight(day)
    seen = seen_until(history, site, first)
    top = float(np.nan_to_num(seen.power_kw).max())
    scale = 1.0 if _USUAL_KW[0] <= top <= _USUAL_KW[1] or top <= 0.0 else _ROOF_KW / top
    seen = replace(seen, power_kw=scale * seen.power_kw)
    past = seen.power_kw[0] + seen.irradiance[0, :_PAST_H] + seen.temperature_c[0, :_PAST_H]
    known = float(np.isfinite(past).sum()) / 24
    if known >= WINDOW_DAYS and day % _WEEK:
        return before
    if not known and not roofs.told:
        return NOBODY
    random = np.random.default_rng(day)
    told = {
        name: (scale * value, scale * error) if name == PRIOR.names[PEAK] else (value, error)
        for name, (value, error) in roofs.told.items()
    }
    if known >= LEAST_DAYS:
        span = Seen((first - _PAST_H * HOUR_S, first), known)
        (found,) = infer(SolarBlock(), roofs.network, seen, [span], random)
        if not found.usable:
            return NOBODY
        draws = entered(found, PRIOR, told, random).draws[:DRAWS]
    else:
        usual = prior_of(SolarBlock.name, PRIOR, random, _CANDIDATES)
        known_so_far = entered(usual, PRIOR, told, random).draws
        draws = _nearest(known_so_far, seen, told=bool(told))
    draws = draws.copy()
    draws[:, PEAK] /= scale
    return draws


def _nearest(draws: Floats, seen: SolarSeen, *, told: bool) -> Floats:
    sunlit = seen.window
    fair = ~sunlit.snowy
    if fair.sum() < _LEAST_H:
        return draws[:DRAWS] if told else NOBODY
    came = seen.power_kw[0, sunlit.hour[fair]]
    apart = np.abs(delivered(sunlit, draws[np.newaxis])[fair] - came[:, np.newaxis])
    return draws[np.argsort(apart.mean(axis=0), kind="stable")[:DRAWS]]


def courses(draws: Floats, history: History, days: Days, day: int, site: Site | None) -> Floats:
    """Return what each roof gives on the days from `day` on, (DRAWS, AHEAD, S) kW.

    With the home's own usual error and its residuals. NaN on days of which the sky is not
    known or snow is forecast, and where the slots are no parts of an hour.
    """
    said = np.full((DRAWS, AHEAD, days.slots), np.nan)
    if site is None or days.slots % 24 or not np.isfinite(draws).all():
        return said
    seen = seen_until(history, site, days.midnight(day))
    ahead = slice(_PAST_H, None)
    times = seen.times[0, ahead]
    known = np.isfinite(seen.irradiance[0, ahead] + seen.temperature_c[0, ahead])
    known &= seen.snow_cm[0, ahead] <= SNOW_CM
    up = position(times + HOUR_S / 2, site.latitude, site.longitude).elevation > LOWEST
    power = np.nan_to_num(SolarBlock().predict(seen, draws[np.newaxis])[0])
    parts = days.slots // 24
    place = np.floor((days.position(times) + 1e-6) / parts).astype(np.intp) - 24 * day
    inside = place < _AHEAD_H
    by_hour = np.zeros((DRAWS, _AHEAD_H))
    by_hour[:, place[inside]] = power[:, inside]
    unknown = np.zeros(_AHEAD_H, dtype=np.bool_)
    unknown[place[inside]] = (up & ~known)[inside]
    awake = ~unknown.reshape(AHEAD, 24).any(axis=1)
    said[:, awake] = np.repeat(by_hour, parts, axis=1).reshape(said.shape)[:, awake]
    return said


def issue(courses: Floats) -> Floats:
    """Return the quantiles of courses in every slot, (AHEAD, S, L); NaN where they are."""
    flat = courses.reshape(len(courses), -1)
    said = np.full((flat.shape[1], COUNT), np.nan)
    awake = np.isfinite(flat).all(axis=0)
    if awake.any():
        said[awake] = sample_quantiles(flat[:, awake]).T
    return said.reshape(*courses.shape[1:], COUNT)
