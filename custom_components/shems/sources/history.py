"""History: mean powers from the recorder's long-term and five-minute statistics.

A plan needs two weeks and reads them often, a learner a year, once a night.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import get_instance

from ..core.forecast.history import History
from ..core.horizon import DAY_S, FINE_S, HOUR_S
from ..core.series import Series
from ..core.units import Floats
from ..devices.form import unit_of
from .configuration import Configuration
from .error import SourceError
from .meters import Meters, meters
from .prices.interval import per_kwh
from .recorded import NOTHING, Recorded, async_read, grid, power_kw, total_kw

FINE_SPAN_S: Final = 10.0 * DAY_S
"""Five-minute statistics live as long as the recorder keeps states: ten days by default."""
YEAR_S: Final = 366.0 * DAY_S

_STEPS: Final = HOUR_S // FINE_S
_LONG_S: Final = float(DAY_S)
"""A consumer that is silent for longer than a day is unplugged or was not there yet."""


@dataclass(frozen=True)
class Flows:
    """Mean powers of five minutes, in kW: positive is import and discharge.

    Attributes:
        start: epoch seconds.
        energy_kwh: stored, by battery; none whose level is unknown.
    """

    start: float
    load_kw: float
    solar_kw: float
    grid_kw: float
    battery_kw: float
    energy_kwh: Mapping[str, float]


async def async_year(hass: HomeAssistant, configuration: Configuration, now: float) -> History:
    """Return the last year, the ground on which forecasts are learned.

    With ten meters these are 117 000 rows: measured 0.18 s of processor time and 11 MB at
    most, in reads that hold a thread of the recorder for 0.06 s each; two weeks took 0.05 s.
    """
    return await async_history(hass, configuration, now - YEAR_S, now)


async def async_history(
    hass: HomeAssistant, configuration: Configuration, start: float, end: float
) -> History:
    """Return what the recorder knows between two times; nothing without a recorder.

    Five-minute values where they exist, hourly ones elsewhere. Where any meter has a gap the
    sum has one. What SHEMS moves is no part of the load.
    """
    if "recorder" not in hass.config.components:
        return History()
    home = meters(configuration)
    market = _market(hass, configuration)
    outdoor = configuration.surroundings.temperature
    others = {each for each in (market[0] if market else None, outdoor) if each}
    hourly = await async_read(hass, start, end, home.ids | others, "hour")
    fine_start = max(start, end - FINE_SPAN_S)
    fine = await async_read(hass, fine_start, end, home.ids, "5minute")

    def reduced() -> History:
        hours = grid(start, end, "hour")
        # Five minutes are compared with whole hours.
        steps = grid(-(-fine_start // HOUR_S) * HOUR_S, end, "5minute")
        return _reduced(home, (hourly, hours), (fine, steps), market, outdoor)

    return await get_instance(hass).async_add_executor_job(reduced)


def _market(hass: HomeAssistant, configuration: Configuration) -> tuple[str, float] | None:
    """Return a price sensor with the factor to currency/kWh, None where there is none."""
    entity_id = configuration.price_source.get("entity")
    if not isinstance(entity_id, str):
        return None
    try:
        return entity_id, per_kwh(1.0, unit_of(hass, entity_id), configuration.tariff.currency)
    except SourceError:
        return None


def _reduced(
    home: Meters,
    coarse: tuple[Recorded, Floats],
    fine: tuple[Recorded, Floats],
    market: tuple[str, float] | None,
    outdoor: str | None,
) -> History:
    """Add the meters up, hour by hour and every five minutes."""
    (by_hour, hours), (by_step, steps) = coarse, fine
    sun = (
        total_kw(by_hour, home.solar, hours, "hour"),
        total_kw(by_step, home.solar, steps, "5minute"),
    )
    rest_terms = (home.grid, *home.batteries)
    load = [
        sun[0] + total_kw(by_hour, rest_terms, hours, "hour"),
        sun[1] + total_kw(by_step, rest_terms, steps, "5minute"),
    ]
    flexible = {}
    for device_id, term in home.flexible.items():
        used = (
            _settled(power_kw(by_hour, term, hours, "hour"), HOUR_S),
            _settled(power_kw(by_step, term, steps, "5minute"), FINE_S),
        )
        load = [each - part for each, part in zip(load, used, strict=True)]
        flexible[device_id] = _joined(hours, used[0], steps, used[1])
    return History(
        load=_joined(hours, load[0], steps, load[1]),
        solar=_joined(hours, sun[0], steps, sun[1]),
        market=_means(by_hour, *market) if market else Series.empty(),
        outdoor=_means(by_hour, outdoor) if outdoor else Series.empty(),
        flexible=flexible,
    )


def _settled(power: Floats, width_s: float) -> Floats:
    """Return a consumer's power with zeros where it was silent for long."""
    unknown = ~np.isfinite(power)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], unknown, [False]]).astype(np.int8)))
    settled = power.copy()
    for begin, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if (end - begin) * width_s > _LONG_S:
            settled[begin:end] = 0.0
    return settled


def _joined(hours: Floats, hourly: Floats, steps: Floats, stepped: Floats) -> Series:
    """Return five-minute values where an hour has all of them, else the hour's mean.

    Where the hour has none either, those five minutes that are known. Meters do not report
    at the same instant: a small negative sum is nothing.
    """
    padded = np.full(-(-len(steps) // _STEPS) * _STEPS, np.nan)
    padded[: len(steps)] = stepped
    whole = np.isfinite(padded.reshape(-1, _STEPS)).all(axis=1)
    firsts = steps[::_STEPS]
    place = np.searchsorted(hours, firsts)
    inside = place < len(hours)
    by_hour = np.isfinite(hourly)
    by_hour[place[inside & whole]] = False
    taken = np.zeros(len(firsts), dtype=np.bool_)
    taken[inside] = by_hour[place[inside]]
    by_step = np.isfinite(stepped) & ~np.repeat(taken, _STEPS)[: len(steps)]
    start = np.concatenate([hours[by_hour], steps[by_step]])
    width = np.repeat([HOUR_S, FINE_S], [by_hour.sum(), by_step.sum()])
    value = np.concatenate([hourly[by_hour], stepped[by_step]])
    order = np.argsort(start)
    return Series(start[order], (start + width)[order], np.maximum(value, 0.0)[order])


def _means(recorded: Recorded, statistic_id: str, scale: float = 1.0) -> Series:
    """Return hourly means of a sensor that keeps statistics."""
    rows = recorded.get(statistic_id, NOTHING)
    known = np.isfinite(rows.mean)
    return Series(rows.start[known], rows.start[known] + HOUR_S, scale * rows.mean[known])


async def async_flows(
    hass: HomeAssistant, configuration: Configuration, start: float, end: float
) -> tuple[Flows, ...]:
    """Return the five minutes between two times of which the recorder knows every meter."""
    if "recorder" not in hass.config.components:
        return ()
    home = meters(configuration)
    stores = {
        device.id: (soc, battery.capacity_kwh)
        for device in configuration.of_kind("battery")
        if (soc := device.entity("soc")) and (battery := configuration.home.battery(device.id))
    }
    wanted = home.ids | {soc for soc, _ in stores.values()}
    recorded = await async_read(hass, start, end, wanted, "5minute")
    return _flows(recorded, home, stores, grid(start, end, "5minute"))


def _flows(
    recorded: Recorded, home: Meters, stores: Mapping[str, tuple[str, float]], steps: Floats
) -> tuple[Flows, ...]:
    solar = total_kw(recorded, home.solar, steps, "5minute")
    net = power_kw(recorded, home.grid, steps, "5minute")
    battery = total_kw(recorded, home.batteries, steps, "5minute")
    load = np.maximum(solar + net + battery, 0.0)
    stored = {
        device_id: recorded.get(soc, NOTHING).means(steps) / 100.0 * capacity_kwh
        for device_id, (soc, capacity_kwh) in stores.items()
    }
    columns = (each.tolist() for each in (steps, load, solar, net, battery))
    return tuple(
        Flows(
            at,
            used,
            sun,
            bought,
            given,
            {key: float(kwh[index]) for key, kwh in stored.items() if math.isfinite(kwh[index])},
        )
        for index, (at, used, sun, bought, given) in enumerate(zip(*columns, strict=True))
        if math.isfinite(used)
    )
