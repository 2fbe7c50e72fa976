"""What a network is shown of a solar roof: fits of planes, and what they leave unexplained.

All of it is reckoned with the home's own weather and the sun over it, so that one network
serves every place and season.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..assets.plane import extraterrestrial, relative_yield
from ..units import Floats
from .solar_seen import Daylight, SolarSeen

_SNOWY_WEIGHT: Final = 0.05
"""Of hours in which modules may be covered: enough for a fit where there are no others."""
_FULL: Final = 0.985
"""Share of the highest power from which the inverter may be what limits."""
_FULL_WEIGHT: Final = 0.1
_ROUNDS: Final = 3
_RIDGE: Final = 1e-3
_START: Final = (0.0, -0.5, 0.87)
"""Normal of a plane that faces south at 30°: east, north, up."""
_CANDIDATES: Final = tuple(
    (tilt, azimuth)
    for tilt, azimuths in (
        (10.0, (180.0,)),
        (30.0, (90.0, 135.0, 180.0, 225.0, 270.0)),
        (60.0, (75.0, 110.0, 145.0, 180.0, 215.0, 250.0, 285.0)),
    )
    for azimuth in azimuths
)
_ELEVATIONS: Final = np.radians((3.0, 6.0, 9.0, 12.0, 15.0, 19.0, 24.0, 30.0, 38.0, 48.0))
_SIDES: Final = 2
_HOURS: Final = 14
_RANKS: Final = (0, 1, 2, 4, 7, 12, 20, 35, 60)
_LEVELS: Final = (0.25, 0.4, 0.55, 0.7, 0.8, 0.9, 1.0, 1.1)
_NORM: Final = 8
_TINY: Final = 1e-9


@dataclass(frozen=True)
class Fit:
    """Planes fitted to n homes by weighted least squares, (n, ...).

    Attributes:
        normal: (n, 3) east, north, up, of length one.
        peak_kw: (n, 2) effective power by the direct and by the diffuse light.
        error: (n, 4) standard errors of the coefficients, as shares of the peak power.
        misfit: (n,) weighted residual as a share of the weighted power, root mean squares.
    """

    normal: Floats
    peak_kw: Floats
    error: Floats
    misfit: Floats


def features(seen: SolarSeen) -> Floats:
    """Return what the network is shown of each home, (n, F), finite."""
    day = seen.window
    power = seen.power_kw[day.home, day.hour]
    scale = _scale(day, power)
    basis = basis_of(day)
    trust = trust_of(day, power)
    sunny = trust * np.clip((day.clearness - 0.45) / 0.4, 0.02, 1.0)
    fits = [fit(day, basis, power, weight) for weight in (trust, sunny)]
    columns = [
        *(_of_fit(each, scale) for each in fits),
        *(_of_candidates(day, basis, power, weight, scale) for weight in (trust, sunny)),
        _of_places(day, power, trust, sunny, fits[1], scale),
        _of_hours(day, power, scale),
        _of_top(day, power, fits[1]),
        _of_window(seen, day, power, scale),
    ]
    shown: Floats = np.nan_to_num(np.concatenate(columns, axis=1), posinf=0.0, neginf=0.0)
    return shown


def basis_of(day: Daylight) -> Floats:
    """Return what a plane's power is linear in while the sun is before it, (M, 5) kW/kWp.

    P = k·n·(b·s) + k·n_z·(d - g) + k·(d + g) with the normal n, the sun's direction s, the
    beam b, half of the diffuse light d and of what the ground reflects g (Hay & Davies 1980).
    The columns are those of b·s, d - g and d + g.
    """
    height = np.maximum(np.sin(day.sun.elevation), np.sin(np.radians(1.0)))
    anisotropy = np.minimum(day.light.direct / (height * extraterrestrial(day.sun)), 1.0)
    beam = (day.light.direct + day.light.diffuse * anisotropy) / height
    level = np.cos(day.sun.elevation)
    east, north = level * np.sin(day.sun.azimuth), level * np.cos(day.sun.azimuth)
    sky = day.light.diffuse * (1.0 - anisotropy) / 2.0
    ground = 0.1 * day.irradiance
    warm = relative_yield(day.irradiance, day.temperature_c) / np.maximum(day.irradiance, 1e-3)
    up = np.sin(day.sun.elevation)
    columns = (beam * east, beam * north, beam * up, sky - ground, sky + ground)
    return np.stack([warm * column for column in columns], axis=1)


def trust_of(day: Daylight, power: Floats) -> Floats:
    """Return how much each hour counts: little under snow, at a limit and near the horizon."""
    most = np.zeros(day.count)
    np.maximum.at(most, day.home, power)
    full = power > _FULL * most[day.home]
    weight = np.clip(day.sun.elevation / np.radians(25.0), 0.1, 1.0)
    weight = weight * np.where(day.snowy, _SNOWY_WEIGHT, 1.0)
    trusted: Floats = weight * np.where(full, _FULL_WEIGHT, 1.0)
    return trusted


def fit(day: Daylight, basis: Floats, power: Floats, weight: Floats) -> Fit:
    """Fit a plane to each home, starting from one that faces south, without what lies behind."""
    normal = np.tile(np.array(_START), (day.count, 1))
    counted = np.maximum(day.total(weight), _TINY)
    for _ in range(_ROUNDS):
        design = _design(day, basis, normal)
        weighted = design * weight[:, np.newaxis]
        square = day.total(weighted[:, :, np.newaxis] * design[:, np.newaxis, :])
        right = day.total(weighted * power[:, np.newaxis])
        size = np.trace(square, axis1=1, axis2=2) + _TINY
        square += (_RIDGE * size)[:, np.newaxis, np.newaxis] * np.eye(4)
        found = np.linalg.solve(square, right[..., np.newaxis])[..., 0]
        length = np.linalg.norm(found[:, :3], axis=1)
        normal = found[:, :3] / np.maximum(length, _TINY)[:, np.newaxis]
        flat = length <= _TINY
        normal[flat] = _START
    rest = power - np.einsum("mk,mk->m", design, found[day.home])
    mean = day.total(weight * rest**2) / counted
    whole = np.maximum(day.total(weight * power**2) / counted, _TINY)
    spread = np.linalg.inv(square) * mean[:, np.newaxis, np.newaxis]
    error = np.sqrt(np.maximum(np.diagonal(spread, axis1=1, axis2=2), 0.0))
    peak = np.stack([length, np.maximum(found[:, 3], 0.0)], axis=1)
    scale = np.maximum(peak.mean(axis=1, keepdims=True), _TINY)
    return Fit(normal, peak, error / scale, np.sqrt(mean / whole))


def _design(day: Daylight, basis: Floats, normal: Floats) -> Floats:
    """Return the columns of k·n and k for planes with these normals, (M, 4)."""
    ahead = np.einsum("mk,mk->m", basis[:, :3], normal[day.home]) > 0
    design: Floats = basis[:, [0, 1, 2, 4]] * np.stack([ahead, ahead, ahead, ahead | True], axis=1)
    design[:, 2] += basis[:, 3]
    return design


def _scale(day: Daylight, power: Floats) -> Floats:
    """Return roughly each home's effective power, kW: what came by what shone."""
    trust = np.where(day.snowy, _SNOWY_WEIGHT, 1.0)
    shone = np.maximum(day.total(trust * day.irradiance), 1.0) / 1000.0
    scale: Floats = np.maximum(day.total(trust * power) / shone, 1e-3)
    return scale


def _of_fit(found: Fit, scale: Floats) -> Floats:
    peak = np.log(np.maximum(found.peak_kw / scale[:, np.newaxis], 0.02))
    tilt = np.arccos(np.clip(found.normal[:, 2:], -1.0, 1.0))
    azimuth = np.arctan2(found.normal[:, :1], -found.normal[:, 1:2])
    error = np.log(np.clip(found.error, 1e-4, 10.0))
    misfit = np.log(np.clip(found.misfit, 1e-3, 3.0))[:, np.newaxis]
    return np.concatenate([found.normal, peak, tilt, azimuth, error, misfit], axis=1)


def _of_candidates(
    day: Daylight, basis: Floats, power: Floats, weight: Floats, scale: Floats
) -> Floats:
    """Return how well planes of fixed orientations explain the power, and their size."""
    tilt, azimuth = np.radians(np.array(_CANDIDATES)).T
    normals = np.stack(
        [np.sin(tilt) * np.sin(azimuth), np.sin(tilt) * np.cos(azimuth), np.cos(tilt)]
    )
    response = np.maximum(basis[:, :3] @ normals, 0.0)
    response += basis[:, 3:4] * normals[2] + basis[:, 4:5]
    weighted = response * weight[:, np.newaxis]
    cross = day.total(weighted * power[:, np.newaxis])
    square = np.maximum(day.total(weighted * response), _TINY)
    whole = np.maximum(day.total(weight * power**2), _TINY)[:, np.newaxis]
    unexplained = np.log(np.clip(1.0 - cross**2 / (square * whole), 1e-4, 1.0))
    best = unexplained.min(axis=1, keepdims=True)
    size = np.log(np.maximum(cross / square / scale[:, np.newaxis], 0.02))
    return np.concatenate([unexplained - best, best, size], axis=1)


def _modelled(day: Daylight, found: Fit) -> Floats:
    """Return the power of the fitted planes, (M,) kW."""
    basis = basis_of(day)
    normal = found.normal[day.home]
    response = np.maximum(np.einsum("mk,mk->m", basis[:, :3], normal), 0.0)
    response += basis[:, 3] * normal[:, 2] + basis[:, 4]
    power: Floats = np.maximum(found.peak_kw[day.home, 0] * response, 0.0)
    return power


def _of_places(
    day: Daylight, power: Floats, trust: Floats, sunny: Floats, found: Fit, scale: Floats
) -> Floats:
    """Return by side and height of the sun: power by model, brightest ratio, how much was seen."""
    count = _SIDES * (len(_ELEVATIONS) + 1)
    bins = np.digitize(day.sun.elevation, _ELEVATIONS) * _SIDES + (day.sun.azimuth > np.pi)
    model = _modelled(day, found)
    floor = 0.002 * scale[:, np.newaxis]
    known = day.binned(bins, count, sunny)
    came = day.binned(bins, count, sunny * power)
    expected = day.binned(bins, count, sunny * model)
    ratio = (came + floor * 0.02) / (expected + floor * 0.02)
    bright = np.clip(power / (scale[day.home] * np.maximum(day.clear, 20.0) / 1000.0), 0.0, 6.0)
    often = day.binned(bins, count, trust)
    top = (day.binned(bins, count, trust * bright**_NORM) + 1e-6) / (often + 1e-3)
    return np.concatenate(
        [np.log(np.clip(ratio, 0.02, 8.0)), top ** (1 / _NORM), np.log1p(known)], axis=1
    )


def _of_hours(day: Daylight, power: Floats, scale: Floats) -> Floats:
    """Return the course of the day: power by irradiance in sectors of the sun's azimuth."""
    sector = np.clip((np.degrees(day.sun.azimuth) - 40.0) / 20.0, 0, _HOURS - 1).astype(np.int64)
    trust = np.where(day.snowy, _SNOWY_WEIGHT, 1.0)
    came = day.binned(sector, _HOURS, trust * power) / scale[:, np.newaxis]
    shone = day.binned(sector, _HOURS, trust * day.irradiance) / 1000.0
    return np.log(np.clip((came + 0.01) / (shone + 0.01), 0.02, 20.0))


def _of_top(day: Daylight, power: Floats, found: Fit) -> Floats:
    """Return what tells of a limit: the highest powers, and power where the model is high."""
    model = _modelled(day, found)
    order = np.lexsort((-power, day.home))
    firsts = np.searchsorted(day.home, np.arange(day.count + 1))
    many = np.diff(firsts)
    ranks = np.minimum(np.array(_RANKS), np.maximum(many[:, np.newaxis] - 1, 0))
    place = np.minimum(firsts[:-1, np.newaxis] + ranks, max(len(power) - 1, 0))
    peak = np.maximum(found.peak_kw[:, :1], 1e-3)
    if len(power):
        highest = np.where(many[:, np.newaxis] > 0, power[order][place], 0.0)
    else:
        highest = np.zeros(place.shape)
    most = np.maximum(highest[:, :1], 1e-3)
    levels = np.digitize(model / most[day.home, 0], _LEVELS)
    count = len(_LEVELS) + 1
    known = day.binned(levels, count, np.where(day.snowy, _SNOWY_WEIGHT, 1.0))
    trust = np.where(day.snowy, _SNOWY_WEIGHT, 1.0)
    came = day.binned(levels, count, trust * power)
    expected = day.binned(levels, count, trust * model)
    ratio = (came + 0.02 * most) / (expected + 0.02 * most)
    return np.concatenate(
        [
            np.log(most / peak),
            highest[:, 1:] / most,
            np.clip(ratio, 0.0, 4.0),
            np.log1p(known),
        ],
        axis=1,
    )


def _of_window(seen: SolarSeen, day: Daylight, power: Floats, scale: Floats) -> Floats:
    """Return place, season, weather and how much was seen."""
    hours = np.maximum(day.total(np.ones(len(power))), 1.0)
    clear, snow = day.total(day.clearness) / hours, day.total(day.snowy.astype(float)) / hours
    varied = np.sqrt(np.maximum(day.total(day.clearness**2) / hours - clear**2, 0.0))
    highest = np.zeros(day.count)
    np.maximum.at(highest, day.home, day.sun.elevation)
    shine, air = day.total(day.irradiance) / hours, day.total(day.temperature_c) / hours
    sunny = day.total((day.clearness > 0.85).astype(float))
    known = np.isfinite(seen.power_kw).mean(axis=1)
    ratio = power / (scale[day.home] * np.maximum(day.irradiance, 20.0) / 1000.0)
    spread = np.sqrt(day.total(np.clip(ratio, 0.0, 5.0) ** 2) / hours)
    return np.stack(
        [
            np.log(scale),
            np.abs(seen.latitude),
            highest,
            clear,
            varied,
            shine / 100.0,
            air,
            snow,
            np.log1p(sunny),
            np.log(hours),
            known,
            spread,
        ],
        axis=1,
    )
