"""The past of a new simulated home: two months of statistics, written once.

The live sensors go on from the last rows written here, so that the first live hour of the
Energy dashboard counts what flowed in it.
"""

from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np
from homeassistant.components.recorder.const import DOMAIN as RECORDER
from homeassistant.components.recorder.db_schema import StatisticsShortTerm
from homeassistant.components.recorder.models import (
    StatisticData,
    StatisticMeanType,
    StatisticMetaData,
)
from homeassistant.components.recorder.statistics import async_import_statistics
from homeassistant.const import ATTR_RESTORED
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.recorder import get_instance

from ..core.horizon import DAY_S, FINE_S, HOUR_S
from ..core.series import Series
from ..core.units import Bools, Floats
from ..core.world.home import Trace, history
from ..core.world.household import Household
from .memory import Standing, counted

DAYS: Final = 60
FINE_DAYS: Final = 8
"""Five-minute rows reach back as far as a mean of the last seven days by time of day."""

_FINE: Final = frozenset(
    {
        "grid_import",
        "grid_export",
        "solar",
        "battery_charge",
        "battery_discharge",
        "car",
        "heating",
        "hot_water",
        "dishwasher",
        "washing_machine",
        "dehumidifier",
        "plug_battery_charge",
        "plug_battery_discharge",
        "small_car",
        "air_conditioner",
        "pool_pump",
    }
)
"""What is read in five-minute rows: the meters of the home, and of what is moved in time. The
others only get the row they go on from."""

_FINE_MEANS: Final = frozenset({"battery_soc", "plug_battery_soc"})
"""The same of what is no counter: hourly rows do for the others."""

_READ: Final = {
    "grid_import": 6412.0,
    "grid_export": 5270.0,
    "solar": 9385.0,
    "battery_charge": 3120.0,
    "battery_discharge": 2790.0,
    "car": 3544.0,
    "heat_pump": 5108.0,
    "heating": 3920.0,
    "hot_water": 1188.0,
    "dishwasher": 611.0,
    "washing_machine": 402.0,
    "refrigerator": 533.0,
    "dehumidifier": 64.0,
    "living_room": 88.0,
    "kitchen": 41.0,
    "bedroom": 19.0,
    "plug_battery_charge": 402.0,
    "plug_battery_discharge": 351.0,
    "small_car": 1230.0,
    "air_conditioner": 188.0,
    "pool_pump": 612.0,
    "freezer": 790.0,
}
"""What the meters showed when the statistics begin: they are not new."""


@dataclass(frozen=True)
class Rows:
    """Statistics of one sensor.

    Attributes:
        entity: the name of the sensor.
        hourly, fine: rows of an hour and of five minutes.
    """

    entity: str
    unit: str
    unit_class: str | None
    total: bool
    hourly: list[StatisticData]
    fine: list[StatisticData]


@dataclass(frozen=True)
class Past:
    """What a new home begins with.

    Attributes:
        standing: where everything stands.
        rows: statistics.
        plugs: when the charger of each car began to show something else, and what, in order,
            by the name of its sensor.
    """

    standing: Standing
    rows: tuple[Rows, ...]
    plugs: dict[str, tuple[tuple[float, str], ...]]


def make_past(household: Household, now: float, currency: str) -> Past:
    """Return the two months before now; takes about a second."""
    end = now - now % FINE_S
    start = end - end % HOUR_S - DAYS * DAY_S
    trace = history(household, start, end, FINE_S)
    flows = counted(household, trace, FINE_S / HOUR_S)
    totals = {name: _READ[name] + np.cumsum(flow) for name, flow in flows.items()}
    last = {name: float(total[-1]) for name, total in totals.items()}
    standing = Standing(end, trace.state, totals=last)
    plugs = {"car_status": _plugs(trace.times, trace.car_plugged)}
    if household.annex is not None:
        plugs["small_car_status"] = _plugs(trace.times, trace.small_car_plugged)
    return Past(
        standing,
        (
            *(_totals(name, trace.times, total) for name, total in totals.items()),
            *_means(household, trace, f"{currency}/kWh"),
        ),
        plugs,
    )


def foretold(household: Household, now: float) -> dict[str, Series]:
    """Return the weather of these months and of three days more as it was forecast, by quantity.

    Of no other home SHEMS would know forecasts from before it came.
    """
    start = np.arange(now // HOUR_S - DAYS * 24, now // HOUR_S + 72, dtype=np.float64) * HOUR_S
    sky = household.weather_forecast(start)
    return {
        name: Series(start, start + HOUR_S, value)
        for name, value in (("temperature_c", sky.temperature_c), ("cloud", sky.cloud))
    }


def _plugs(times: Floats, plugged: Bools) -> tuple[tuple[float, str], ...]:
    changed = np.flatnonzero(np.concatenate([[True], plugged[1:] != plugged[:-1]]))
    ends = times[changed] + FINE_S
    words = np.where(plugged[changed], "paused", "away")
    return tuple(zip(ends.tolist(), words.tolist(), strict=True))


def _whole_hours(times: Floats) -> int:
    return len(times) // (HOUR_S // FINE_S) * (HOUR_S // FINE_S)


def _start(time: float) -> datetime:
    return datetime.fromtimestamp(time, UTC)


def _totals(name: str, times: Floats, total: Floats) -> Rows:
    parts, whole = HOUR_S // FINE_S, _whole_hours(times)
    last = FINE_DAYS * DAY_S // FINE_S if name in _FINE else 1

    def rows(starts: Floats, ends: Floats) -> list[StatisticData]:
        return [
            StatisticData(start=_start(time), state=state, sum=state - _READ[name])
            for time, state in zip(starts.tolist(), ends.tolist(), strict=True)
        ]

    return Rows(
        f"{name}_energy",
        "kWh",
        "energy",
        total=True,
        hourly=rows(times[:whole:parts], total[parts - 1 : whole : parts]),
        fine=rows(times[-last:], total[-last:]),
    )


def _means(household: Household, trace: Trace, price_unit: str) -> Iterator[Rows]:
    parts, whole = HOUR_S // FINE_S, _whole_hours(trace.times)
    second = (
        ("plug_battery_power", "W", "power", 1000 * trace.plug_battery_kw),
        ("plug_battery_soc", "%", "unitless", 100 * trace.plug_battery_soc),
    )
    for entity, unit, unit_class, values in (
        ("meter_power", "W", "power", 1000 * trace.grid_kw),
        ("solar_power", "W", "power", 1000 * trace.solar_kw),
        ("battery_power", "W", "power", 1000 * trace.battery_kw),
        ("battery_soc", "%", "unitless", 100 * trace.battery_soc),
        ("price", price_unit, None, trace.market),
        ("indoor_temperature", "°C", "temperature", trace.indoor_c),
        ("outdoor_temperature", "°C", "temperature", trace.outdoor_c),
        ("water_temperature", "°C", "temperature", trace.water_c),
        *(second if household.annex is not None else ()),
    ):
        fine = slice(-FINE_DAYS * DAY_S // FINE_S, None) if entity in _FINE_MEANS else slice(0)
        yield Rows(
            entity,
            unit,
            unit_class,
            total=False,
            hourly=_mean_rows(trace.times[:whole:parts], values[:whole].reshape(-1, parts)),
            fine=_mean_rows(trace.times[fine], values[fine].reshape(-1, 1)),
        )


def _mean_rows(starts: Floats, grouped: Floats) -> list[StatisticData]:
    """Return a row for each group of values."""
    columns = (grouped.mean(axis=1), grouped.min(axis=1), grouped.max(axis=1))
    return [
        StatisticData(start=_start(time), mean=mean, min=least, max=most)
        for time, mean, least, most in zip(
            starts.tolist(), *(each.tolist() for each in columns), strict=True
        )
    ]


@callback
def async_show(hass: HomeAssistant, entity_id: str, past: Iterable[tuple[float, str]]) -> None:
    """Show the recorder the past states of an entity that does not exist yet.

    It has no other door for them. As they are marked as restored, the entity takes over.
    """
    for at, state in past:
        hass.states.async_set(entity_id, state, {ATTR_RESTORED: True}, timestamp=at)


@callback
def async_write(
    hass: HomeAssistant,
    rows: tuple[Rows, ...],
    entities: Mapping[str, str],
    on_written: Callable[[], None],
) -> Coroutine[Any, Any, None] | None:
    """Hand the rows to the recorder; return what waits for it, None without a recorder.

    The recorder works on its queue once Home Assistant has started.
    """
    if RECORDER not in hass.config.components:
        return None
    recorder = get_instance(hass)
    for each in rows:
        metadata = StatisticMetaData(
            mean_type=StatisticMeanType.NONE if each.total else StatisticMeanType.ARITHMETIC,
            has_sum=each.total,
            name=None,
            source=RECORDER,
            statistic_id=entities[each.entity],
            unit_class=each.unit_class,
            unit_of_measurement=each.unit,
        )
        async_import_statistics(hass, metadata, each.hourly)
        if each.fine:
            recorder.async_import_statistics(metadata, each.fine, StatisticsShortTerm)

    async def wait() -> None:
        await recorder.async_block_till_done()
        on_written()

    return wait()
