"""Recorded statistics as columns of numbers, and the powers they mean."""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

import numpy as np
from homeassistant.components.recorder.statistics import (
    StatisticsRow,
    get_metadata,
    statistics_during_period,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import get_instance
from homeassistant.util import dt as dt_util
from homeassistant.util.unit_conversion import (
    BaseUnitConverter,
    ElectricCurrentConverter,
    EnergyConverter,
    PowerConverter,
    TemperatureConverter,
)
from sqlalchemy.exc import SQLAlchemyError

from ..core.horizon import FINE_S, HOUR_S
from ..core.units import ENERGY_TOLERANCE_KWH, Floats
from .error import SourceError
from .meters import Term

type Period = Literal["5minute", "hour"]

WIDTH_S: Final[dict[Period, float]] = {"5minute": FINE_S, "hour": HOUR_S}

_ROWS: Final = 20_000
"""Rows of one read: each is a dictionary until it is reduced, so that a year at once would
take five times the memory, and one of the recorder's threads for as long."""
_BRIDGED: Final = 3
"""How many steps a counter may be silent until what it counted meanwhile has no time."""
_KWH: Final = "kWh"
_KW: Final = "kW"
_A: Final = "A"
_WANTED: Final[dict[type[BaseUnitConverter], str]] = {
    EnergyConverter: _KWH,
    PowerConverter: _KW,
    TemperatureConverter: "°C",
    ElectricCurrentConverter: _A,
}
_UNITS: Final = {str(each.UNIT_CLASS): unit for each, unit in _WANTED.items()}


@dataclass(frozen=True)
class Columns:
    """The rows of one statistic, in order.

    Attributes:
        start: (N,) epoch seconds.
        total: (N,) what a counter had counted at the end of the step, resets taken out; NaN
            where the statistic is no counter.
        mean: (N,) NaN where it has none.
        unit: of both; kWh, kW, °C or A where it was recorded in any unit of the same quantity.
    """

    start: Floats
    total: Floats
    mean: Floats
    unit: str | None = None

    def of(self, *units: str) -> Columns:
        """Return the same rows, none where they are in another unit.

        A sensor whose quantity was changed goes on under its old name.
        """
        return self if self.unit in units or not len(self.start) else NOTHING

    def means(self, grid: Floats) -> Floats:
        """Return the mean of each step of a grid, NaN where there is no row."""
        value = np.full(len(grid), np.nan)
        if len(grid) and len(self.start):
            index = np.searchsorted(grid, self.start)
            found = np.minimum(index, len(grid) - 1)
            fits = grid[found] == self.start
            value[found[fits]] = self.mean[fits]
        return value

    def rates(self, grid: Floats, width_s: float) -> Floats:
        """Return what was counted per hour in each step of a grid, NaN where unknown.

        A counter that was silent for a few steps has counted evenly over them; after a
        longer silence nobody knows when it counted. One that counts backwards was exchanged
        or corrected: a gap, not a negative amount.
        """
        value = np.full(len(grid), np.nan)
        known = np.isfinite(self.total)
        if known.sum() < 2 or not len(grid):
            return value
        place = np.round((self.start[known] - grid[0]) / width_s).astype(np.intp)
        count = np.diff(self.total[known])
        steps = np.diff(place)
        sound = (count >= -ENERGY_TOLERANCE_KWH) & (steps >= 1) & (steps <= _BRIDGED)
        rate = np.maximum(count[sound], 0.0) / (steps[sound] * width_s / HOUR_S)
        last, reach = place[1:][sound], steps[sound]
        for back in range(_BRIDGED):
            at = last - back
            fits = (reach > back) & (at >= 0) & (at < len(grid))
            value[at[fits]] = rate[fits]
        return value


NOTHING: Final = Columns(np.empty(0), np.empty(0), np.empty(0))

type Recorded = Mapping[str, Columns]


def grid(begin: float, stop: float, period: Period) -> Floats:
    """Return the starts of the whole steps between two times, (K,)."""
    width = WIDTH_S[period]
    return np.arange(-(-begin // width) * width, stop - width + 1e-6, width, dtype=np.float64)


async def async_read(
    hass: HomeAssistant, begin: float, stop: float, ids: set[str], period: Period
) -> Recorded:
    """Return statistics between two times and the step before, from which counters count.

    A long time is read in parts, so that the recorder's threads are free between them.

    Raises:
        SourceError: the database cannot be read: it is locked, full or damaged.
    """
    if not ids or stop <= begin:
        return {}
    width = WIDTH_S[period]
    span = max(1, _ROWS // len(ids)) * width
    edges = [*np.arange(begin - width, stop, span).tolist(), stop]
    try:
        parts = [
            await get_instance(hass).async_add_executor_job(
                partial(_part, hass, start, end, ids, period)
            )
            for start, end in itertools.pairwise(edges)
        ]
    except SQLAlchemyError as err:
        raise SourceError("recorder_failed", detail=type(err).__name__) from err
    if len(parts) == 1:
        return parts[0]
    return {
        each: _joined([part[each] for part in parts if each in part])
        for each in ids
        if any(each in part for part in parts)
    }


def _part(
    hass: HomeAssistant, begin: float, stop: float, ids: set[str], period: Period
) -> Recorded:
    """Read statistics and reduce them to columns; runs in the recorder's executor."""
    rows = statistics_during_period(
        hass,
        dt_util.utc_from_timestamp(begin),
        dt_util.utc_from_timestamp(stop),
        set(ids),  # The recorder takes out of it what has no rows.
        period,
        _UNITS,
        {"sum", "mean"},
    )
    facts = get_metadata(hass, statistic_ids=set(ids))
    units = {each: unit_read(meta["unit_of_measurement"]) for each, (_, meta) in facts.items()}
    return {each: _columns(found, units.get(each)) for each, found in rows.items()}


def unit_read(recorded: str | None) -> str | None:
    """Return the unit in which statistics are read that were recorded in another."""
    wanted = (unit for each, unit in _WANTED.items() if recorded in each.VALID_UNITS)
    return next(wanted, recorded)


def _columns(rows: list[StatisticsRow], unit: str | None) -> Columns:
    def column(values: Iterable[float | None]) -> Floats:
        return np.array([np.nan if each is None else each for each in values], dtype=np.float64)

    return Columns(
        np.array([row["start"] for row in rows], dtype=np.float64),
        column(row.get("sum") for row in rows),
        column(row.get("mean") for row in rows),
        unit,
    )


def _joined(parts: list[Columns]) -> Columns:
    return Columns(
        np.concatenate([each.start for each in parts]),
        np.concatenate([each.total for each in parts]),
        np.concatenate([each.mean for each in parts]),
        parts[-1].unit,
    )


def power_kw(recorded: Recorded, term: Term, steps: Floats, period: Period) -> Floats:
    """Return a term's mean power on steps, NaN where unknown.

    Over an hour the energy counter is the better meter; over five minutes one that counts
    in tenths of a kilowatt-hour would read as steps of 1.2 kW, so there the mean of the
    power comes first. Each fills the other's gaps.
    """
    width = WIDTH_S[period]
    energy = _sum(
        sign * _believed(recorded.get(each, NOTHING).of(_KWH).rates(steps, width), term.most_kw)
        for each, sign in term.energy
    )
    power = _sum(
        _believed(sign * recorded.get(each, NOTHING).of(_KW, _A).means(steps), term.most_kw)
        for each, sign in term.power
    )
    unknown = np.full(len(steps), np.nan)
    energy = unknown if energy is None else energy
    power = unknown if power is None else power
    first, second = (energy, power) if period == "hour" else (power, energy)
    return np.where(np.isfinite(first), first, second)


def total_kw(recorded: Recorded, terms: Iterable[Term], steps: Floats, period: Period) -> Floats:
    """Return the sum of terms, NaN where any of them is unknown."""
    total = _sum(power_kw(recorded, term, steps, period) for term in terms)
    return np.zeros(len(steps)) if total is None else total


def _sum(parts: Iterable[Floats]) -> Floats | None:
    known = list(parts)
    return np.sum(known, axis=0) if known else None


def _believed(value: Floats, most: float) -> Floats:
    """Return values without those that nothing in the home can carry."""
    return np.where(np.abs(value) <= most, value, np.nan)
