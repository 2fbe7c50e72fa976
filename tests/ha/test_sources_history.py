"""The recorder's statistics become mean powers, with gaps where a meter has one."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder import Recorder
from homeassistant.components.recorder.db_schema import Statistics, StatisticsShortTerm
from homeassistant.components.recorder.models import (
    StatisticData,
    StatisticMeanType,
    StatisticMetaData,
)
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.shems.core.series import Series
from custom_components.shems.sources import recorded
from custom_components.shems.sources.configuration import Configuration, configuration
from custom_components.shems.sources.grid import async_grid, async_grid_year
from custom_components.shems.sources.history import async_flows, async_history, async_year

from .conftest import around

NOW = datetime(2026, 6, 10, 10, tzinfo=dt_util.UTC)
HOUR = timedelta(hours=1)
FINE = timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _custom(frozen: FrozenDateTimeFactory) -> None:
    """Leave Home Assistant to be made after the recorder's database."""
    frozen.move_to(NOW)


def sub(kind: str, key: str, **data: Any) -> ConfigSubentryData:
    return ConfigSubentryData(
        data=data, subentry_id=key, subentry_type=kind, title=key, unique_id=None
    )


GRID = sub(
    "connection",
    "grid",
    grid_power=["sensor.grid"],
    import_energy=["sensor.bought"],
    export_energy=["sensor.sold"],
)
ROOF = sub("solar", "roof", power="sensor.sun", energy="sensor.produced")
BATTERY = sub(
    "battery",
    "battery",
    soc="sensor.soc",
    power="sensor.battery",
    power_inverted=True,
    charged_energy="sensor.charged",
    discharged_energy="sensor.discharged",
    capacity_kwh=10.0,
    charge_kw=5.0,
    discharge_kw=5.0,
)


def configured(
    hass: HomeAssistant,
    *subentries: ConfigSubentryData,
    source: dict[str, Any] | None = None,
    temperature: str | None = None,
    carbon: str | None = None,
) -> Configuration:
    chosen = {"temperature": temperature, "carbon": carbon}
    entry = MockConfigEntry(
        domain="shems",
        data={"kind": "home", "name": "Home"},
        options={
            "buy": {"fee": 0.3},
            "sell": {"fee": 0.1},
            "price_source": source or {"type": "fixed"},
        },
        subentries_data=[
            *subentries,
            *around(**{key: each for key, each in chosen.items() if each}),
        ],
    )
    return configuration(hass, entry)


def energy(
    recorder: Recorder,
    statistic_id: str,
    sums: Sequence[float | None],
    *,
    step: timedelta = HOUR,
    unit: str = "kWh",
) -> None:
    """Write a counter's sums at the steps that end now."""
    metadata = StatisticMetaData(
        mean_type=StatisticMeanType.NONE,
        has_sum=True,
        name=None,
        source="recorder",
        statistic_id=statistic_id,
        unit_class="energy",
        unit_of_measurement=unit,
    )
    write(recorder, metadata, [{"state": each, "sum": each} for each in sums], step)


def power(
    recorder: Recorder,
    statistic_id: str,
    means: Sequence[float | None],
    *,
    step: timedelta = HOUR,
    unit: str = "W",
    unit_class: str | None = "power",
) -> None:
    """Write means at the steps that end now."""
    metadata = StatisticMetaData(
        mean_type=StatisticMeanType.ARITHMETIC,
        has_sum=False,
        name=None,
        source="recorder",
        statistic_id=statistic_id,
        unit_class=unit_class,
        unit_of_measurement=unit,
    )
    write(recorder, metadata, [{"mean": each, "min": each, "max": each} for each in means], step)


def write(
    recorder: Recorder,
    metadata: StatisticMetaData,
    values: Sequence[dict[str, float | None]],
    step: timedelta,
) -> None:
    rows = [
        StatisticData(start=NOW - (len(values) - number) * step, **value)  # type: ignore[typeddict-item]  # The keys are chosen above.
        for number, value in enumerate(values)
        if None not in value.values()
    ]
    table = Statistics if step == HOUR else StatisticsShortTerm
    recorder.async_import_statistics(metadata, rows, table)


async def history(hass: HomeAssistant, configured: Configuration, back: timedelta) -> Any:
    await async_wait_recording_done(hass)
    return await async_history(hass, configured, (NOW - back).timestamp(), NOW.timestamp())


def shape(found: Series) -> list[float]:
    return np.round(found.value, 6).tolist()


async def test_hours_are_sums_of_the_energy_meters(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    energy(recorder_mock, "sensor.bought", [0.0, 1.0, 3.0])
    energy(recorder_mock, "sensor.sold", [0.0, 500.0, 500.0], unit="Wh")
    energy(recorder_mock, "sensor.produced", [0.0, 2.0, 2.0])
    energy(recorder_mock, "sensor.charged", [0.0, 0.4, 0.4])
    energy(recorder_mock, "sensor.discharged", [0.0, 0.0, 1.0])
    found = await history(hass, configured(hass, GRID, ROOF, BATTERY), 2 * HOUR)
    assert found.load.start.tolist() == [(NOW - 2 * HOUR).timestamp(), (NOW - HOUR).timestamp()]
    assert shape(found.solar) == [2.0, 0.0]
    assert shape(found.load) == [1.0 - 0.5 + 2.0 - 0.4, 2.0 + 1.0]


async def test_power_fills_in_where_there_is_no_energy_meter(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    power(recorder_mock, "sensor.grid", [1000.0, -200.0])
    power(recorder_mock, "sensor.sun", [500.0, 900.0])
    power(recorder_mock, "sensor.battery", [300.0, -100.0])
    found = await history(hass, configured(hass, GRID, ROOF, BATTERY), 2 * HOUR)
    assert shape(found.solar) == [0.5, 0.9]
    assert shape(found.load) == [1.2, 0.8]


async def test_a_gap_of_any_meter_is_a_gap(recorder_mock: Recorder, hass: HomeAssistant) -> None:
    hass.config.latitude, hass.config.longitude = 50.8, 4.4
    power(recorder_mock, "sensor.grid", [1000.0, None, 800.0])
    power(recorder_mock, "sensor.sun", [500.0, 900.0, None])
    found = await history(hass, configured(hass, GRID, ROOF), 3 * HOUR)
    assert shape(found.solar) == [0.5, 0.9]
    assert shape(found.load) == [1.5]


async def test_five_minutes_are_taken_where_an_hour_has_all_of_them(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    power(recorder_mock, "sensor.grid", [1000.0, 2000.0, 3000.0])
    power(recorder_mock, "sensor.grid", [100.0 * each for each in range(18)], step=FINE)
    energy(recorder_mock, "sensor.bought", [0.1 * each for each in range(18)], step=FINE)
    found = await history(hass, configured(hass, GRID), 3 * HOUR)
    assert found.load.start.tolist() == [
        (NOW - 3 * HOUR).timestamp(),
        (NOW - 2 * HOUR).timestamp(),
        *((NOW - HOUR + each * FINE).timestamp() for each in range(12)),
    ]
    assert shape(found.load) == [1.0, 2.0, *(round(0.1 * each, 6) for each in range(6, 18))]


async def test_no_energy_is_counted_twice_or_lost_where_hours_meet_five_minutes(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    counted = np.cumsum(np.linspace(0.0, 0.3, 60))
    fine = [float(each) for each in counted]
    energy(recorder_mock, "sensor.bought", [0.0, *fine[11::12]])
    energy(recorder_mock, "sensor.bought", fine[20:], step=FINE)
    only_counter = sub("connection", "grid", import_energy=["sensor.bought"])
    found = await history(hass, configured(hass, only_counter), 5 * HOUR)
    assert (found.load.start[1:] >= found.load.end[:-1] - 1e-6).all()
    assert len(found.load) > 5
    energies = found.load.value * (found.load.end - found.load.start) / 3600
    assert energies.sum() == pytest.approx(fine[-1])


@pytest.mark.parametrize(
    ("statistic", "unit", "expected"),
    [
        ("energy", "MWh", [1000.0, 2000.0]),
        ("energy", "GJ", [277.777778, 555.555556]),
        ("energy", "m³", []),
        ("power", "BTU/h", [0.000293, 0.000586]),
        ("power", "kWh", []),
    ],
)
async def test_statistics_are_read_in_the_unit_they_were_recorded_in(
    recorder_mock: Recorder, hass: HomeAssistant, statistic: str, unit: str, expected: list[float]
) -> None:
    grid = {"import_limit_kw": 1e6}
    if statistic == "energy":
        energy(recorder_mock, "sensor.bought", [0.0, 1.0, 3.0], unit=unit)
        grid |= {"import_energy": ["sensor.bought"]}
    else:
        power(recorder_mock, "sensor.grid", [1.0, 2.0], unit=unit, unit_class=None)
        grid |= {"grid_power": ["sensor.grid"]}
    hass.states.async_set("sensor.bought", "3", {"unit_of_measurement": "kWh"})
    hass.states.async_set("sensor.grid", "3", {"unit_of_measurement": "kW"})
    found = await history(hass, configured(hass, sub("connection", "grid", **grid)), 2 * HOUR)
    assert shape(found.load) == expected


async def test_currents_tell_the_past_where_no_power_was_measured(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    power(recorder_mock, "sensor.l1", [4.0, 6.0], unit="A", unit_class="electric_current")
    power(recorder_mock, "sensor.l2", [1000, 0], unit="mA", unit_class="electric_current")
    grid = sub("connection", "grid", phase_currents=["sensor.l1", "sensor.l2"])
    found = await history(hass, configured(hass, grid), 2 * HOUR)
    assert shape(found.load) == [1.15, 1.38]


async def test_five_minutes_stand_in_where_the_hour_is_not_closed(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    power(recorder_mock, "sensor.grid", [300.0, 600.0], step=FINE)
    found = await history(hass, configured(hass, GRID), HOUR)
    assert shape(found.load) == [0.3, 0.6]


async def test_meters_that_disagree_show_no_negative_consumption(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    power(recorder_mock, "sensor.grid", [-1000.0])
    power(recorder_mock, "sensor.sun", [900.0])
    found = await history(hass, configured(hass, GRID, ROOF), HOUR)
    assert shape(found.load) == [0.0]


async def test_an_inverter_that_sleeps_at_night_gives_nothing(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    hass.config.latitude, hass.config.longitude = 50.8, 4.4
    power(recorder_mock, "sensor.grid", [300.0] * 14)
    power(recorder_mock, "sensor.sun", [*[None] * 10, 200.0, None, 800.0, 900.0])
    found = await history(hass, configured(hass, GRID, ROOF), 14 * HOUR)
    # Sunset was at 19:54, sunrise at 3:30 UTC.
    times = np.arange(NOW.timestamp() - 14 * 3600, NOW.timestamp(), 3600)
    sun = found.solar.between(times, times + 3600)
    nothing = [0.0] * 7
    assert np.round(sun, 6).tolist()[:7] == nothing
    assert np.isnan(sun[[7, 8, 9, 11]]).all()
    assert np.round(sun[[10, 12, 13]], 6).tolist() == [0.2, 0.8, 0.9]
    assert shape(found.load) == [0.3] * 7 + [0.5, 1.1, 1.2]


async def test_a_year_tells_what_cannot_be_true(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    power(recorder_mock, "sensor.grid", [-4_000.0, 600_000.0])
    await async_wait_recording_done(hass)
    home = configured(hass, GRID)
    assert shape((await history(hass, home, 2 * HOUR)).load) == [0.0]
    assert shape((await async_year(hass, home, NOW.timestamp())).load) == [-4.0, 600.0]


async def test_flows_are_known_where_every_meter_is(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    power(recorder_mock, "sensor.grid", [1200.0, -600.0, 0.0, 240.0], step=FINE)
    power(recorder_mock, "sensor.sun", [0.0, 2400.0, None, 0.0], step=FINE)
    power(recorder_mock, "sensor.battery", [-600.0, 1200.0, 0.0, 0.0], step=FINE)
    power(
        recorder_mock, "sensor.soc", [40.0, 50.0, 50.0, None], step=FINE, unit="%", unit_class=None
    )
    await async_wait_recording_done(hass)
    home = configured(hass, GRID, ROOF, BATTERY)
    start = NOW - 6 * FINE
    found = await async_flows(hass, home, start.timestamp(), NOW.timestamp())
    first, second, third = found
    assert [each.start for each in found] == [(NOW - back * FINE).timestamp() for back in (4, 3, 1)]
    assert (first.grid_kw, first.battery_kw, first.load_kw) == pytest.approx((1.2, 0.6, 1.8))
    assert (second.grid_kw, second.battery_kw, second.load_kw) == pytest.approx((-0.6, -1.2, 0.6))
    assert (second.solar_kw, third.solar_kw) == pytest.approx((2.4, 0.0))
    (level,) = second.energy_kwh.values()
    assert level == pytest.approx(5.0)
    assert third.energy_kwh == {}


async def test_without_a_recorder_there_are_no_flows(hass: HomeAssistant) -> None:
    home = configured(hass, GRID, ROOF, BATTERY)
    assert await async_flows(hass, home, (NOW - HOUR).timestamp(), NOW.timestamp()) == ()


@pytest.mark.parametrize(("unit", "expected"), [("ct/kWh", [0.25, 0.3]), ("W", [])])
async def test_a_price_sensor_with_statistics_is_the_markets_past(
    recorder_mock: Recorder, hass: HomeAssistant, unit: str, expected: list[float]
) -> None:
    hass.states.async_set("sensor.price", "25", {"unit_of_measurement": unit})
    power(recorder_mock, "sensor.price", [25.0, 30.0], unit=unit, unit_class=None)
    source = {"type": "sensor", "entity": "sensor.price"}
    found = await history(hass, configured(hass, GRID, source=source), 2 * HOUR)
    assert shape(found.market) == expected
    assert len(found.load) == 0


async def test_a_price_of_the_past_keeps_the_unit_it_was_recorded_in(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    hass.states.async_set("sensor.price", "0.25", {"unit_of_measurement": "EUR/kWh"})
    power(recorder_mock, "sensor.price", [250.0, 300.0], unit="EUR/MWh", unit_class=None)
    source = {"type": "sensor", "entity": "sensor.price"}
    found = await history(hass, configured(hass, GRID, source=source), 2 * HOUR)
    assert shape(found.market) == [0.25, 0.3]


@pytest.mark.parametrize(("unit", "expected"), [("kgCO2eq/MWh", [250.0, 300.0]), ("W", [])])
async def test_a_carbon_sensor_with_statistics_tells_what_the_grid_emitted(
    recorder_mock: Recorder, hass: HomeAssistant, unit: str, expected: list[float]
) -> None:
    hass.states.async_set("sensor.carbon", "250", {"unit_of_measurement": unit})
    power(recorder_mock, "sensor.carbon", [250.0, 300.0], unit=unit, unit_class=None)
    found = await history(hass, configured(hass, GRID, carbon="sensor.carbon"), 2 * HOUR)
    assert shape(found.carbon) == expected


async def test_a_counter_is_no_power_meter(recorder_mock: Recorder, hass: HomeAssistant) -> None:
    energy(recorder_mock, "sensor.grid", [0.0, 1.0])
    found = await history(hass, configured(hass, GRID), 2 * HOUR)
    assert len(found.load) == 0


async def test_a_row_without_a_mean_is_no_price(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    hass.states.async_set("sensor.price", "25", {"unit_of_measurement": "ct/kWh"})
    energy(recorder_mock, "sensor.price", [25.0, 30.0])
    source = {"type": "nordpool_hacs", "entity": "sensor.price"}
    found = await history(hass, configured(hass, GRID, source=source), 2 * HOUR)
    assert len(found.market) == 0


async def test_without_a_recorder_or_meters_there_is_no_history(hass: HomeAssistant) -> None:
    start, end = (NOW - HOUR).timestamp(), NOW.timestamp()
    found = await async_history(hass, configured(hass, GRID), start, end)
    assert (len(found.load), len(found.solar), len(found.market)) == (0, 0, 0)


async def test_a_connection_without_meters_has_no_history(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    found = await history(hass, configured(hass, sub("connection", "grid")), HOUR)
    assert len(found.load) == 0


async def test_what_shems_moves_is_no_part_of_the_load(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    power(recorder_mock, "sensor.grid", [3000.0, 3000.0, 3000.0])
    energy(recorder_mock, "sensor.charged_car", [10.0, 10.0, 12.0, 12.5])
    power(recorder_mock, "sensor.kettle", [500.0, 500.0, 500.0])
    car = sub("load", "car", power="sensor.car", energy="sensor.charged_car", flexible=True)
    kettle = sub("load", "kettle", power="sensor.kettle")
    found = await history(hass, configured(hass, GRID, car, kettle), 3 * HOUR)
    assert shape(found.load) == [3.0, 1.0, 2.5]
    assert list(found.flexible) == ["car"]
    assert shape(found.flexible["car"]) == [0.0, 2.0, 0.5]


async def test_a_consumer_silent_for_long_is_not_there_and_for_short_unknown(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    power(recorder_mock, "sensor.grid", [1000.0] * 36)
    power(recorder_mock, "sensor.car", [None] * 30 + [400.0, 400.0, None, None, 400.0, 400.0])
    car = sub("load", "car", power="sensor.car", flexible=True)
    found = await history(hass, configured(hass, GRID, car), 36 * HOUR)
    assert shape(found.load) == [1.0] * 30 + [0.6] * 4
    assert (NOW - 4 * HOUR).timestamp() not in found.load.start.tolist()


async def test_a_meter_that_counts_backwards_or_leaps_shows_a_gap(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    energy(recorder_mock, "sensor.bought", [5.0, 6.0, 4.0, 5.0, 5000.0, 5001.0])
    energy(recorder_mock, "sensor.sold", [0.0] * 6)
    found = await history(hass, configured(hass, GRID), 5 * HOUR)
    assert found.load.start.tolist() == [(NOW - back * HOUR).timestamp() for back in (5, 3, 1)]
    assert shape(found.load) == [1.0, 1.0, 1.0]


async def test_a_counter_silent_for_hours_counted_evenly_for_longer_unknown(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    energy(recorder_mock, "sensor.bought", [0.0, 1.0, None, 3.0, None, None, None, 9.0, 10.0])
    energy(recorder_mock, "sensor.sold", [0.0] * 9)
    found = await history(hass, configured(hass, GRID), 8 * HOUR)
    assert found.load.start.tolist() == [(NOW - back * HOUR).timestamp() for back in (8, 7, 6, 1)]
    assert shape(found.load) == [1.0, 1.0, 1.0, 1.0]


async def test_a_year_is_read_in_parts_that_fit_together(
    recorder_mock: Recorder, hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorded, "_ROWS", 300)
    energy(recorder_mock, "sensor.bought", [0.1 * each for each in range(95)])
    energy(recorder_mock, "sensor.sold", [0.0] * 95)
    power(recorder_mock, "sensor.outdoor", [7.5] * 95, unit="°C", unit_class="temperature")
    home = configured(hass, GRID, temperature="sensor.outdoor")
    await async_wait_recording_done(hass)
    found = await async_year(hass, home, NOW.timestamp())
    assert len(found.load) == 94
    assert shape(found.load) == [0.1] * 94
    assert shape(found.outdoor) == [7.5] * 95


async def test_degrees_of_any_scale_are_read(recorder_mock: Recorder, hass: HomeAssistant) -> None:
    power(recorder_mock, "sensor.outdoor", [50.0, 32.0], unit="°F", unit_class="temperature")
    home = configured(hass, GRID, temperature="sensor.outdoor")
    assert shape((await history(hass, home, 2 * HOUR)).outdoor) == [10.0, 0.0]


async def test_the_grid_is_read_for_a_month(recorder_mock: Recorder, hass: HomeAssistant) -> None:
    energy(recorder_mock, "sensor.bought", [0.0, 2.0, 5.0])
    energy(recorder_mock, "sensor.sold", [0.0, 0.0, 1.0])
    await async_wait_recording_done(hass)
    end = NOW.timestamp()
    found = await async_grid(hass, configured(hass, GRID), end - 30 * 86400, end)
    assert found.value.tolist() == pytest.approx([2.0, 2.0])
    assert found.end[-1] == end
    year = await async_grid_year(hass, configured(hass, GRID), end)
    assert len(year) == 366 * 24
    assert year.value[-2:].tolist() == pytest.approx([2.0, 2.0])
    assert np.isnan(year.value[:-2]).all(), "what is not known is no nothing"


async def test_without_a_recorder_no_year_is_known(hass: HomeAssistant) -> None:
    assert not len(await async_grid_year(hass, configured(hass, GRID), NOW.timestamp()))
