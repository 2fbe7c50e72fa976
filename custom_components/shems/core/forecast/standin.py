"""What inferred parameters say of sun and load, where the past is too short to learn from."""

from typing import Final

import numpy as np

from ..assets.plane import Site
from ..horizon import DAY_S, HOUR_S
from ..infer.living_home import Past, living_years
from ..infer.posterior import Posterior, Verdict
from ..infer.solar import SolarBlock
from ..series import Series
from .days import Days
from .history import History
from .inferred_sun import seen_until

SHORT_DAYS: Final = 7.0
"""A week knows every weekday: from then on the home's own days tell more."""
_DRAWS: Final = 64
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
    seen = seen_until(history, site, now // HOUR_S * HOUR_S)
    draws = posterior.draws[np.newaxis, :_DRAWS]
    # At night and under snow nothing is predicted, which is nothing.
    power = np.nan_to_num(SolarBlock().predict(seen, draws)[0]).mean(axis=0)
    ahead = slice(seen.power_kw.shape[1], None)
    start = seen.times[0, ahead]
    known = np.isfinite(seen.irradiance[0, ahead] + seen.temperature_c[0, ahead])
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
