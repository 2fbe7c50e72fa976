"""The roof: effective power, orientation, limit and horizon, from power and weather."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..horizon import HOUR_S
from ..units import Floats
from ..world.population.climate import Climate, draw_climate, hourly, observe
from ..world.population.meters import Meters, coverage, masked
from ..world.population.roofs import Roofs, produce, two_sided
from .block import Check, Drawn
from .prior import Parameter, Prior
from .solar_check import check
from .solar_features import features
from .solar_predict import predict
from .solar_seen import SolarSeen

PEAK, TILT, AZIMUTH, LIMIT, EAST, WEST = range(6)
DAYS: Final = 28
HELD_DAYS: Final = 7
_STEP_S: Final = 1800
"""Half an hour: the sun moves 7.5° and clouds keep most of what they are."""
_STREAM: Final = 1
"""What separates this block's chance from the others' at the same seed."""
_AT_ONCE: Final = 250
"""Homes whose arrays stay within a processor's cache and 100 MB."""
_LATITUDES: Final = (32.0, 66.0)
_NOISE: Final = (0.8, 1.5)
"""Of weather services: from measurements nearby to forecasts of the day before last."""
_NO_SNOW_TOLD: Final = 0.15
"""Share of weather services that tell no depth of snow."""
_BIAS_SD: Final = 0.07
_MOST_BIAS: Final = 1.15
"""Irradiance of services and sensors is off by 7 %, at most by 15 %."""
_MEASURED: Final = 0.2
"""Share of homes with a sensor of irradiance or a service that sees the clouds from above."""
_SCATTER: Final = (0.01, 0.12)
"""Of such a sensor's hours: from a pyranometer to a lux meter under a gutter."""
TWISTS: Final = ("time_shift", "curtailment", "weather_noise", "ghi_bias", "two_planes")

PRIOR: Final = Prior(
    (
        Parameter("peak_power", "kW", 0.8, 20.0, log=True),
        Parameter("tilt", "°", 5.0, 70.0),
        Parameter("azimuth", "°", 70.0, 290.0),
        Parameter("limit", "", 0.55, 1.15),
        Parameter("east_horizon", "°", 0.0, 30.0),
        Parameter("west_horizon", "°", 0.0, 30.0),
    )
)


@dataclass(frozen=True)
class SolarBlock:
    """The solar roof's parameters.

    Peak power is effective: what is left of the modules' after all losses. The limit is the
    inverter's as a share of it. Azimuths are from north over east in the northern half of the
    world; in the south their mirror image, so that 180° faces the equator everywhere.
    """

    name: str = "solar"
    prior: Prior = PRIOR
    twists: tuple[str, ...] = TWISTS

    def simulate(self, seed: int, count: int, *, twist: str | None = None) -> Drawn[SolarSeen]:
        """Return homes drawn from the prior, as Home Assistant would show them."""
        parts = [
            _simulated(np.random.default_rng([seed, _STREAM, begin]), many, twist)
            for begin in range(0, count, _AT_ONCE)
            for many in [min(_AT_ONCE, count - begin)]
        ]
        return Drawn(
            np.concatenate([part.theta for part in parts]),
            SolarSeen.joined([part.observed for part in parts]),
        )

    def features(self, observed: SolarSeen) -> Floats:
        """Return what the network is shown, (n, F)."""
        count = len(observed.times)
        parts = [
            features(observed.homes(slice(begin, begin + _AT_ONCE)))
            for begin in range(0, count, _AT_ONCE)
        ]
        return np.concatenate(parts)

    def check(self, observed: SolarSeen, draws: Floats) -> Check:
        """Compare the history with what (n, S, 6) draws would have given."""
        return check(observed, draws)

    def predict(self, observed: SolarSeen, draws: Floats) -> Floats:
        """Return draws of the power afterwards, (n, S, H') kW; NaN at night and under snow."""
        return predict(observed, draws)


def roofs_of(theta: Floats) -> Roofs:
    """Return the planes of parameters, (..., 6)."""
    return Roofs(*np.moveaxis(theta, -1, 0))


def _simulated(rng: np.random.Generator, count: int, twist: str | None) -> Drawn[SolarSeen]:
    theta = PRIOR.draw(rng, count)
    latitude = rng.uniform(*_LATITUDES, count)
    climate = draw_climate(rng, count, DAYS + HELD_DAYS, step_s=_STEP_S, latitude=latitude)
    roofs = roofs_of(theta)
    planes = two_sided(rng, roofs) if twist == "two_planes" else (roofs,)
    power = produce(rng, climate, planes, curtailed=twist == "curtailment")
    if twist == "time_shift":
        power = _shifted(rng, power)
    per = HOUR_S // _STEP_S
    shown = Meters.draw(rng, count).read(rng, power, _STEP_S / HOUR_S, per)
    return Drawn(theta, _seen(rng, climate, np.maximum(shown, 0.0), twist))


def _shifted(rng: np.random.Generator, power: Floats) -> Floats:
    """Return the power an hour early or late, as a clock in another time zone stamps it."""
    late = rng.random(len(power)) < 0.5
    per = HOUR_S // _STEP_S
    early, later = np.roll(power, -per, axis=1), np.roll(power, per, axis=1)
    return np.where(late[:, np.newaxis], later, early)


def _seen(
    rng: np.random.Generator, climate: Climate, shown: Floats, twist: str | None
) -> SolarSeen:
    count, window = len(shown), DAYS * 24
    noise = rng.uniform(*_NOISE, (count, 1)) * (2.0 if twist == "weather_noise" else 1.0)
    bias = np.clip(rng.normal(1.0, _BIAS_SD, count), 2.0 - _MOST_BIAS, _MOST_BIAS)
    if twist == "ghi_bias":
        bias = np.full(count, 2.0 - _MOST_BIAS)
    told = observe(rng, climate, noise=noise, bias=bias)
    scatter = noise * rng.uniform(*_SCATTER, (count, 1)) * rng.standard_normal(told.times.shape)
    sensor = hourly(climate.irradiance, climate.step_s) * bias[:, np.newaxis]
    measured = rng.random((count, 1)) < _MEASURED
    silent = rng.random((count, 1)) < _NO_SNOW_TOLD
    return SolarSeen(
        told.times,
        climate.latitude[:, 0],
        climate.longitude[:, 0],
        masked(shown[:, :window], coverage(rng, count, DAYS, 24)),
        np.where(measured, sensor * np.maximum(1.0 + scatter, 0.0), told.irradiance),
        told.temperature_c,
        np.where(silent, np.nan, told.snow_cm),
        shown[:, window:],
    )
