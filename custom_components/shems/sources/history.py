"""History: mean powers from the recorder's long-term and five-minute statistics."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, Literal

import numpy as np
from homeassistant.components.recorder.statistics import statistics_during_period
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import get_instance
from homeassistant.util import dt as dt_util

from ..core.forecast.history import History
from ..core.horizon import FINE_S, HOUR_S
from ..core.series import Series
from ..core.units import Floats
from ..devices import Device
from ..devices.form import unit_of
from .configuration import Configuration
from .error import SourceError
from .prices.interval import per_kwh

FINE_SPAN: Final = timedelta(days=10)
FINE_SPAN_S: Final = FINE_SPAN.total_seconds()
"""Five-minute statistics live as long as the recorder keeps states: ten days by default."""

type Period = Literal["5minute", "hour"]
type Rows = Mapping[str, list[Any]]

_WIDTH_S: Final[dict[Period, float]] = {"5minute": FINE_S, "hour": HOUR_S}
_STEPS: Final = HOUR_S // FINE_S


@dataclass(frozen=True)
class Term:
    """One meter in a sum of powers.

    Attributes:
        energy: statistics that count energy, each with its sign.
        power: statistics of mean power, each with its sign.
    """

    energy: tuple[tuple[str, float], ...] = ()
    power: tuple[tuple[str, float], ...] = ()

    @property
    def ids(self) -> set[str]:
        """Every statistic of the term."""
        return {each for each, _ in (*self.energy, *self.power)}


@dataclass(frozen=True)
class Meters:
    """The meters whose sums are the home's solar power and load."""

    solar: tuple[Term, ...]
    other: tuple[Term, ...]

    @property
    def ids(self) -> set[str]:
        """Every statistic needed."""
        return {each for term in (*self.solar, *self.other) for each in term.ids}


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


async def async_history(
    hass: HomeAssistant, configuration: Configuration, start: float, end: float
) -> History:
    """Return what the recorder knows between two times; nothing without a recorder.

    Five-minute values where they exist, hourly ones elsewhere. Where any meter has a gap the
    sum has one.
    """
    if "recorder" not in hass.config.components:
        return History()
    meters = _meters(configuration)
    market = _market(hass, configuration)
    if not meters.ids and market is None:
        return History()
    # Two months of rows are reduced in the recorder's thread too, off the event loop.
    return await get_instance(hass).async_add_executor_job(
        partial(_history, hass, meters, market, start, end)
    )


async def async_flows(
    hass: HomeAssistant, configuration: Configuration, start: float, end: float
) -> tuple[Flows, ...]:
    """Return the five minutes between two times of which the recorder knows every meter."""
    if "recorder" not in hass.config.components:
        return ()
    stores = {
        device.id: (soc, battery.capacity_kwh)
        for device in configuration.of_kind("battery")
        if (soc := device.entity("soc")) and (battery := configuration.home.battery(device.id))
    }
    return await get_instance(hass).async_add_executor_job(
        partial(_flows, hass, _meters(configuration), stores, start, end)
    )


def _flows(
    hass: HomeAssistant,
    meters: Meters,
    stores: Mapping[str, tuple[str, float]],
    start: float,
    end: float,
) -> tuple[Flows, ...]:
    """Read and sort statistics; runs in the recorder's executor."""
    wanted = meters.ids | {soc for soc, _ in stores.values()}
    begin, stop = dt_util.utc_from_timestamp(start), dt_util.utc_from_timestamp(end)
    rows = _read(hass, begin, stop, wanted, "5minute")
    steps = _grid(start, end, "5minute")
    grid_term, *battery_terms = meters.other
    solar = _total(rows, meters.solar, steps, "5minute")
    grid = _term(rows, grid_term, steps, "5minute")
    battery = _total(rows, battery_terms, steps, "5minute")
    load = np.maximum(solar + grid + battery, 0.0)
    stored = {
        device_id: _column(rows.get(soc, ()), "mean", steps) / 100.0 * capacity_kwh
        for device_id, (soc, capacity_kwh) in stores.items()
    }
    columns = (each.tolist() for each in (steps, load, solar, grid, battery))
    return tuple(
        Flows(
            at,
            used,
            sun,
            net,
            given,
            {key: float(kwh[index]) for key, kwh in stored.items() if math.isfinite(kwh[index])},
        )
        for index, (at, used, sun, net, given) in enumerate(zip(*columns, strict=True))
        if math.isfinite(used)
    )


def _market(hass: HomeAssistant, configuration: Configuration) -> tuple[str, float] | None:
    """Return a price sensor with the factor to currency/kWh, None where there is none."""
    entity_id = configuration.price_source.get("entity")
    if not isinstance(entity_id, str):
        return None
    try:
        return entity_id, per_kwh(1.0, unit_of(hass, entity_id), configuration.tariff.currency)
    except SourceError:
        return None


def _history(
    hass: HomeAssistant,
    meters: Meters,
    market: tuple[str, float] | None,
    start: float,
    end: float,
) -> History:
    """Read and reduce statistics; runs in the recorder's executor."""
    wanted = meters.ids | ({market[0]} if market else set())
    begin, stop = dt_util.utc_from_timestamp(start), dt_util.utc_from_timestamp(end)
    coarse = _read(hass, begin, stop, wanted, "hour")
    fine = _read(hass, max(begin, stop - FINE_SPAN), stop, wanted, "5minute")
    hours, steps = _grid(start, end, "hour"), _grid(max(start, end - FINE_SPAN_S), end, "5minute")
    sun = _total(coarse, meters.solar, hours, "hour"), _total(fine, meters.solar, steps, "5minute")
    rest = _total(coarse, meters.other, hours, "hour"), _total(fine, meters.other, steps, "5minute")
    return History(
        _joined(hours, sun[0] + rest[0], steps, sun[1] + rest[1]),
        _joined(hours, sun[0], steps, sun[1]),
        _prices(coarse, *market) if market else Series.empty(),
    )


def _read(
    hass: HomeAssistant, begin: datetime, stop: datetime, wanted: set[str], period: Period
) -> Rows:
    return statistics_during_period(
        hass,
        begin,
        stop,
        wanted,
        period,
        {"energy": "kWh", "power": "kW"},
        {"change", "mean"},
    )


def _joined(hours: Floats, hourly: Floats, steps: Floats, stepped: Floats) -> Series:
    """Return five-minute values where an hour has all of them, else the hour's mean.

    Meters do not report at the same instant: a small negative sum is nothing.
    """
    whole = {
        hour: each
        for hour, each in zip(hours.tolist(), hourly.tolist(), strict=True)
        if math.isfinite(each)
    }
    by_hour: dict[float, list[tuple[float, float]]] = {}
    for step, each in zip(steps.tolist(), stepped.tolist(), strict=True):
        by_hour.setdefault(step // HOUR_S * HOUR_S, []).append((step, each))
    for hour, values in by_hour.items():
        if len(values) == _STEPS and all(math.isfinite(each) for _, each in values):
            whole.pop(hour, None)
    points = [(hour, hour + HOUR_S, max(0.0, each)) for hour, each in whole.items()]
    points += [
        (step, step + FINE_S, max(0.0, each))
        for hour, values in by_hour.items()
        if hour not in whole
        for step, each in values
        if math.isfinite(each)
    ]
    return Series.of(points)


def _meters(configuration: Configuration) -> Meters:
    connection = configuration.connection
    return Meters(
        solar=tuple(
            Term(
                tuple((each, 1.0) for each in device.entities("energy")),
                tuple((each, 1.0) for each in device.entities("power")),
            )
            for device in configuration.of_kind("solar")
        ),
        other=(
            _grid_term(connection),
            *(_battery_term(device) for device in configuration.of_kind("battery")),
        ),
    )


def _grid_term(device: Device) -> Term:
    sign = -1.0 if device.flag("grid_power_inverted") else 1.0
    return Term(
        _signed(device, ("import_energy", 1.0), ("export_energy", -1.0)),
        _signed(device, ("grid_power", sign), ("import_power", 1.0), ("export_power", -1.0)),
    )


def _battery_term(device: Device) -> Term:
    sign = -1.0 if device.flag("power_inverted") else 1.0
    pair = ("discharged_energy", "charged_energy")
    both = all(device.entities(key) for key in pair)
    return Term(
        _signed(device, (pair[0], 1.0), (pair[1], -1.0)) if both else (),
        _signed(device, ("power", sign), ("discharge_power", 1.0), ("charge_power", -1.0)),
    )


def _signed(device: Device, *keys: tuple[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple((each, sign) for key, sign in keys for each in device.entities(key))


def _grid(begin: float, stop: float, period: Period) -> Floats:
    width = _WIDTH_S[period]
    return np.arange(-(-begin // width) * width, stop - width + 1e-6, width, dtype=np.float64)


def _total(rows: Rows, terms: Iterable[Term], grid: Floats, period: Period) -> Floats:
    total = np.zeros(len(grid))
    for term in terms:
        total = total + _term(rows, term, grid, period)
    return total


def _term(rows: Rows, term: Term, grid: Floats, period: Period) -> Floats:
    """Return a term's mean power in kW, NaN where unknown.

    Over an hour the energy counter is the better meter; over five minutes one that counts
    in tenths of a kilowatt-hour would read as steps of 1.2 kW, so there the mean of the
    power comes first. Each fills the other's gaps.
    """
    hours = _WIDTH_S[period] / 3600
    energy = _sum(rows, term.energy, "change", grid) / hours
    power = _sum(rows, term.power, "mean", grid)
    first, second = (energy, power) if period == "hour" else (power, energy)
    return np.where(np.isfinite(first), first, second)


def _sum(rows: Rows, parts: Iterable[tuple[str, float]], column: str, grid: Floats) -> Floats:
    """Return the signed sum of one column on the grid; NaN where any part has no row."""
    terms = [sign * _column(rows.get(each, ()), column, grid) for each, sign in parts]
    return np.sum(terms, axis=0) if terms else np.full(len(grid), np.nan)


def _column(rows: Iterable[Any], column: str, grid: Floats) -> Floats:
    known = {row["start"]: row[column] for row in rows if row.get(column) is not None}
    return np.array([known.get(start, np.nan) for start in grid.tolist()], dtype=np.float64)


def _prices(rows: Rows, entity_id: str, scale: float) -> Series:
    """Return hourly means of a price sensor that keeps statistics."""
    return Series.of(
        (row["start"], row["end"], scale * row["mean"])
        for row in rows.get(entity_id, ())
        if row.get("mean") is not None
    )
