"""The solar roof of one home: its posterior from its own history, and as a plane."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..assets.plane import LOSSES, Plane
from ..assets.sun import position
from ..horizon import HOUR_S
from ..units import Bools, Floats
from .judge import Seen, infer
from .network import Network
from .posterior import Posterior, Verdict, pool
from .solar import AZIMUTH, LIMIT, PEAK, PRIOR, TILT, SolarBlock, roofs_of
from .solar_seen import LOWEST, SolarSeen
from .windows import windows

_UNLIMITED: Final = 1.0
"""Share of the effective power that is reached so seldom that a limit there is none."""
_ABOUT_H: Final = 12
"""Hours before and after light that belong to its day."""


@dataclass(frozen=True)
class SolarHistory:
    """What Home Assistant holds of a solar roof, by the hour without a gap, (H,) each.

    Attributes:
        times: when each hour begins, epoch seconds UTC.
        power_kw: means; NaN where unknown.
        irradiance: global on the level, W/m²; NaN where unknown.
        temperature_c: of the air; NaN where unknown.
        snow_cm: on the level; NaN where unknown.
        latitude, longitude: degrees.
    """

    times: Floats
    power_kw: Floats
    irradiance: Floats
    temperature_c: Floats
    snow_cm: Floats
    latitude: float
    longitude: float


def infer_solar(history: SolarHistory, network: Network, random: np.random.Generator) -> Posterior:
    """Return what a history of 7 to 400 days says of the roof.

    The most telling windows that may be believed are pooled; where none may, the last window
    says why. Only days with light count: a polar night tells nothing of a roof. Azimuths are
    mirrored in the south: 180° faces the equator.
    """
    cut = windows(history.times)
    count = len(cut.times)
    weather = np.isfinite(history.irradiance) & np.isfinite(history.temperature_c)
    power = np.where(weather, history.power_kw, np.nan)
    observed = SolarSeen(
        cut.times,
        np.full(count, history.latitude),
        np.full(count, history.longitude),
        cut.cut(power),
        cut.cut(history.irradiance),
        cut.cut(history.temperature_c),
        cut.cut(history.snow_cm),
        np.zeros((count, 0)),
    )
    seen = [Seen(*span) for span in cut.spans(np.where(_lit(history), power, np.nan))]
    found = infer(SolarBlock(), network, observed, seen, random)
    judged = [each for each in found if each.verdict is not Verdict.PRIOR]
    return pool(found, PRIOR, network.learned) or (judged or found)[0]


def _lit(history: SolarHistory) -> Bools:
    """Return which hours belong to a day with light on the level and the sun over it, (H,)."""
    sun = position(history.times + HOUR_S / 2, history.latitude, history.longitude)
    light = (sun.elevation > LOWEST) & (history.irradiance > 0)
    so_far = np.concatenate(([0], np.cumsum(light)))
    hour = np.arange(len(light))
    last = np.minimum(hour + _ABOUT_H + 1, len(light))
    lit: Bools = so_far[last] > so_far[np.maximum(hour - _ABOUT_H, 0)]
    return lit


def plane_of(theta: Floats, latitude: float) -> Plane:
    """Return a draw of the parameters, (6,), as the plane that gives the same power."""
    peak = float(theta[PEAK])
    azimuth = float(theta[AZIMUTH])
    profile = roofs_of(theta).profile()
    if latitude < 0:
        azimuth = (180.0 - azimuth) % 360.0
        # Mirrored, the points from north over east to south stand from south over east to north.
        profile = tuple(
            profile[(len(profile) // 2 - at) % len(profile)] for at in range(len(profile))
        )
    limit = float(theta[LIMIT])
    return Plane(
        float(theta[TILT]),
        azimuth,
        peak / (1.0 - LOSSES),
        limit * peak if limit < _UNLIMITED else None,
        profile,
    )
