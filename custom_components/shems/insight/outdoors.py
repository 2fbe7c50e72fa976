"""How cold days were, for the comparison of periods."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

from ..core.assets.heating import Heating
from ..core.horizon import DAY_S, HOUR_S
from ..core.infer.posterior import Verdict
from ..core.report.period import Period
from ..core.report.weather_adjusted import (
    Day,
    Slope,
    Weather,
    adjusted,
    slope_of_days,
    slope_of_rooms,
)
from ..core.series import Series
from ..offers import told_building
from ..sources.error import SourceError
from ..sources.recorded import async_read

if TYPE_CHECKING:
    from ..coordinator import HomeCoordinator

_LEAST_SHARE = 0.8
"""A period of which the temperature of more days is unknown is not compared."""
_LEAST_HOURS = 18
"""A mean of fewer hours may be that of a night."""
_PAST_S = 400.0 * DAY_S
"""Days that tell how consumption goes with the cold: a winter and the summer beside it."""


async def async_weather(
    home: HomeCoordinator, over: Period, compared: Period, load_kwh_before: float
) -> Weather | None:
    """Return what the weather explains of a change; None where that is unknown.

    Args:
        home: whose.
        over, compared: both periods.
        load_kwh_before: used in the second.
    """
    begin = min(over.start_s - _PAST_S, compared.start_s)
    means = await _async_means(home, begin, over.end_s)
    days, before = _days(over, means), _days(compared, means)
    if days is None or before is None:
        return None
    slope = await _async_slope(home, over, [*days, *before], means)
    return None if slope is None else adjusted(slope, days, before, load_kwh_before)


async def _async_slope(
    home: HomeCoordinator, over: Period, days: list[Day], means: dict[str, float]
) -> Slope | None:
    """Return how consumption goes with the cold: by rooms that are known, else by days."""
    heatings = [each for each in home.home.devices if isinstance(each, Heating)]
    if heatings and all(_known(home, each.id) for each in heatings):
        return slope_of_rooms(heatings, float(np.mean([each.mean_c for each in days])))
    rows = await home.insight.ledger.async_rows(over.end_s - _PAST_S, over.end_s, "day")
    zone = ZoneInfo(home.configuration.zone)
    whole = {
        datetime.fromtimestamp(each.start, zone).date().isoformat(): each.totals.load_kwh
        for each in rows
        if each.hours * HOUR_S >= 0.95 * (each.end - each.start)
    }
    return slope_of_days(whole, means)


def _known(home: HomeCoordinator, device_id: str) -> bool:
    """Return whether a heating's rooms were told, learned, or inferred and trusted."""
    device = home.configuration.device(device_id)
    posterior = home.inference.of(f"thermal:{device_id}")
    trusted = posterior is not None and posterior.verdict is Verdict.TRUSTED
    told = device is not None and told_building(device)
    return trusted or told or device_id in home.usages.rooms


async def _async_means(home: HomeCoordinator, begin: float, end: float) -> dict[str, float]:
    """Return the mean outdoor temperature of days by ISO date, as measured, else as forecast."""
    sensor = home.configuration.surroundings.temperature
    measured = Series.empty()
    if sensor is not None and "recorder" in home.hass.config.components:
        try:
            recorded = await async_read(home.hass, begin, end, {sensor}, "hour")
        except SourceError:
            recorded = {}
        if (columns := recorded.get(sensor)) is not None:
            known = np.isfinite(columns.mean)
            start = columns.start[known]
            measured = Series(start, start + HOUR_S, columns.mean[known])
    hours = measured.filled(home.inputs.issued.series("temperature_c"))
    zone = ZoneInfo(home.configuration.zone)
    by_date: dict[str, list[float]] = {}
    for start, value in zip(hours.start.tolist(), hours.value.tolist(), strict=True):
        if begin - DAY_S <= start < end + DAY_S and np.isfinite(value):
            date = datetime.fromtimestamp(start, zone).date().isoformat()
            by_date.setdefault(date, []).append(value)
    return {
        date: float(np.mean(values))
        for date, values in by_date.items()
        if len(values) >= _LEAST_HOURS
    }


def _days(period: Period, means: dict[str, float]) -> list[Day] | None:
    """Return the days of a period, scaled up where a few are unknown; None where many are."""
    found: list[Day] = []
    length = 0.0
    begin = period.begin.replace(hour=0, minute=0, second=0, microsecond=0)
    while begin < period.end:
        end = begin + timedelta(days=1)
        inside = min(end, period.end).timestamp() - max(begin, period.begin).timestamp()
        share = inside / (end.timestamp() - begin.timestamp())
        length += share
        if (mean := means.get(begin.date().isoformat())) is not None:
            found.append(Day(mean, share))
        begin = end
    known = sum(each.share for each in found)
    if known < _LEAST_SHARE * length or not known:
        return None
    return [Day(each.mean_c, each.share * length / known) for each in found]
