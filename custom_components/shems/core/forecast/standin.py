"""What inferred parameters say of sun and load, where the past is too short to learn from."""

from typing import Final

import numpy as np

from ..assets.plane import Site
from ..horizon import DAY_S, HOUR_S
from ..infer.irradiance import Overhead, irradiance
from ..infer.living_home import Past, living_years
from ..infer.posterior import Posterior, Verdict
from ..infer.solar import SolarBlock
from ..infer.solar_seen import SolarSeen
from ..series import Series
from ..units import Floats
from .days import Days
from .history import History

SHORT_DAYS: Final = 7.0
"""A week knows every weekday: from then on the home's own days tell more."""
_DRAWS: Final = 64
_PAST_H: Final = 28 * 24
_AHEAD_H: Final = 3 * 24
_BACK_DAYS: Final = 14
_MEMBERS: Final = 7
"""Each weekday is of another member, so that days differ as such homes do."""


def known_days(series: Series) -> float:
    """Return how many days of a series are known."""
    known = np.isfinite(series.value)
    return float((series.end - series.start)[known].sum()) / DAY_S


def solar_ahead(posterior: Posterior, history: History, site: Site, now: float) -> Series:
    """Return the mean solar power of the next three days under the weather that is forecast.

    With the home's own usual error, as far as its past shows one. Nothing where the parameters
    were rejected; no hour of which the sky is unknown.

    Args:
        posterior: of the solar block.
        history: with the weather of the days to come.
        site: where the home stands.
        now: epoch seconds.
    """
    if posterior.verdict is Verdict.REJECTED:
        return Series.empty()
    first = now // HOUR_S * HOUR_S
    times = first + HOUR_S * np.arange(-_PAST_H, _AHEAD_H, dtype=np.float64)
    weather = history.weather
    overhead = Overhead(weather.direct_w_m2, weather.diffuse_w_m2, weather.cloud)
    light, _ = irradiance(overhead, times, site)
    outdoor = history.outdoor.filled(weather.temperature_c)
    seen = SolarSeen(
        times[np.newaxis],
        np.array([site.latitude]),
        np.array([site.longitude]),
        _on(history.solar, times[:_PAST_H])[np.newaxis],
        light[np.newaxis],
        _on(outdoor, times)[np.newaxis],
        _on(weather.snow_cm, times)[np.newaxis],
        np.full((1, _AHEAD_H), np.nan),
    )
    draws = posterior.draws[np.newaxis, :_DRAWS]
    # At night and under snow nothing is predicted, which is nothing.
    power = np.nan_to_num(SolarBlock().predict(seen, draws)[0]).mean(axis=0)
    start = times[_PAST_H:]
    known = np.isfinite(light[_PAST_H:]) & np.isfinite(seen.temperature_c[0, _PAST_H:])
    return Series(start[known], start[known] + HOUR_S, power[known])


def load_before(
    posterior: Posterior, load: Series, zone: str, latitude: float, now: float, *, car: bool
) -> Series:
    """Return the load with days of such homes before what is known of it.

    Forecasts that rest on the last days begin with these, and the home's own take their place
    as they come. The load as it is where a week of it is known, or the parameters were
    rejected.

    Args:
        posterior: of the living block.
        load: what is known of it, kW.
        zone: IANA name of the home's wall clock.
        latitude: degrees, north positive.
        now: epoch seconds.
        car: whether a car is part of the load.
    """
    if posterior.verdict is Verdict.REJECTED or known_days(load) >= SHORT_DAYS:
        return load
    days = Days(zone, float(HOUR_S))
    today = days.day(now)
    begin = days.midnight(today - _BACK_DAYS)
    random = np.random.default_rng(today)
    past = Past(load, zone, latitude)
    lived = living_years(posterior, past, begin, _BACK_DAYS, _MEMBERS, random)
    power = lived.house_kw + lived.car_kw if car else lived.house_kw
    member = np.floor(days.position(lived.start) / 24.0 + 1e-6).astype(np.intp) % _MEMBERS
    until = float(load.start[0]) if len(load) else now
    early = lived.start + HOUR_S <= until
    start = lived.start[early]
    value = power[member, np.arange(len(member))][early]
    return load.filled(Series(start, start + HOUR_S, value))


def _on(series: Series, times: Floats) -> Floats:
    return series.between(times, times + HOUR_S)
