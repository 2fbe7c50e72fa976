"""What questions and inference read from the recorder itself: prices and a battery's hours."""

from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder import Recorder
from homeassistant.components.recorder.db_schema import Statistics
from homeassistant.components.recorder.models import (
    StatisticData,
    StatisticMeanType,
    StatisticMetaData,
)
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.shems.core.units import InputError
from custom_components.shems.devices.device import Device
from custom_components.shems.sources.battery_past import async_battery_past
from custom_components.shems.sources.evidence import async_seen_weather
from custom_components.shems.sources.recorded_prices import async_recorded_prices

NOW = datetime(2026, 6, 10, 10, tzinfo=dt_util.UTC)
HOUR = timedelta(hours=1)
FLOW = np.array([1.0, -2.0, 0.0, 0.5])
"""Discharge of four hours, kW."""
SOC = np.array([50.0, 70.0, np.nan, 60.0])


@pytest.fixture(autouse=True)
def _custom(frozen: FrozenDateTimeFactory) -> None:
    """Leave Home Assistant to be made after the recorder's database."""
    frozen.move_to(NOW)


def record(
    recorder: Recorder, statistic_id: str, unit: str, values: Any, *, counter: bool = False
) -> None:
    """Write the hours that end now; NaN is an hour without statistics."""
    metadata = StatisticMetaData(
        mean_type=StatisticMeanType.NONE if counter else StatisticMeanType.ARITHMETIC,
        has_sum=counter,
        name=None,
        source="recorder",
        statistic_id=statistic_id,
        unit_class={"kWh": "energy", "W": "power"}.get(unit),
        unit_of_measurement=unit,
    )
    keys = ("state", "sum") if counter else ("mean", "min", "max")
    rows = [
        StatisticData(start=NOW - (len(values) - at) * HOUR, **dict.fromkeys(keys, float(each)))  # type: ignore[typeddict-item]  # The keys are chosen above.
        for at, each in enumerate(values)
        if np.isfinite(each)
    ]
    recorder.async_import_statistics(metadata, rows, Statistics)


def battery(**data: Any) -> Device:
    return Device("battery_id", "battery", "Battery", {"soc": "sensor.soc", **data})


def span() -> tuple[float, float]:
    return (NOW - len(FLOW) * HOUR).timestamp(), NOW.timestamp()


@pytest.mark.parametrize(
    ("unit", "values"), [("EUR/kWh", [0.2, np.nan, 0.3]), ("EUR/MWh", [200.0, np.nan, 300.0])]
)
async def test_recorded_prices_are_per_kwh_and_have_gaps(
    recorder_mock: Recorder, hass: HomeAssistant, unit: str, values: list[float]
) -> None:
    record(recorder_mock, "sensor.price", unit, values)
    await async_wait_recording_done(hass)
    prices = await async_recorded_prices(hass, "sensor.price", "EUR", *span())
    assert prices.value == pytest.approx([0.2, 0.3])
    assert prices.start.tolist() == [(NOW - 3 * HOUR).timestamp(), (NOW - HOUR).timestamp()]
    assert (prices.end - prices.start).tolist() == [3600.0, 3600.0]


@pytest.mark.parametrize(("unit", "values"), [("W", [1.0]), ("EUR/kWh", [])])
async def test_what_is_no_recorded_price_is_named(
    recorder_mock: Recorder, hass: HomeAssistant, unit: str, values: list[float]
) -> None:
    record(recorder_mock, "sensor.price", unit, values)
    await async_wait_recording_done(hass)
    with pytest.raises(InputError) as error:
        await async_recorded_prices(hass, "sensor.price", "EUR", *span())
    assert (error.value.code, error.value.arguments) == (
        "what_if_prices",
        {"entity": "sensor.price"},
    )


async def test_a_battery_with_counters_tells_both_ways_of_an_hour(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    begin = [0.0, 0.0, 1.0, 2.0, 2.5]
    record(recorder_mock, "sensor.out", "kWh", np.cumsum(begin), counter=True)
    record(recorder_mock, "sensor.in", "kWh", np.cumsum([0.0, 0.5, 2.0, 0.0, 0.0]), counter=True)
    record(recorder_mock, "sensor.soc", "%", SOC)
    await async_wait_recording_done(hass)
    device = battery(discharged_energy="sensor.out", charged_energy="sensor.in")
    past = await async_battery_past(hass, device, *span())
    assert past is not None
    assert past.discharge_kw == pytest.approx([0.0, 1.0, 2.0, 2.5], nan_ok=True)
    assert past.charge_kw == pytest.approx([0.5, 2.0, 0.0, 0.0], nan_ok=True)
    assert past.soc == pytest.approx(SOC / 100, nan_ok=True)


async def test_a_battery_with_a_power_tells_the_difference(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    record(recorder_mock, "sensor.power", "W", 1000 * FLOW)
    record(recorder_mock, "sensor.soc", "%", SOC)
    await async_wait_recording_done(hass)
    past = await async_battery_past(hass, battery(power="sensor.power"), *span())
    assert past is not None
    assert past.discharge_kw == pytest.approx(np.maximum(FLOW, 0))
    assert past.charge_kw == pytest.approx(np.maximum(-FLOW, 0))


async def test_a_battery_whose_charge_nobody_measures_has_no_past(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    device = Device("battery_id", "battery", "Battery", {"power": "sensor.power"})
    assert await async_battery_past(hass, device, *span()) is None


async def test_without_a_recorder_nothing_is_known(hass: HomeAssistant) -> None:
    assert await async_battery_past(hass, battery(power="sensor.power"), *span()) is None
    with pytest.raises(InputError, match="what if prices"):
        await async_recorded_prices(hass, "sensor.price", "EUR", *span())


async def test_the_sky_of_the_last_days_is_what_a_weather_entity_showed(
    recorder_mock: Recorder, hass: HomeAssistant, frozen: FrozenDateTimeFactory
) -> None:
    said: list[tuple[str, dict[str, Any]]] = [
        ("sunny", {"temperature": 50.0, "temperature_unit": "°F", "cloud_coverage": 20}),
        ("sunny", {"temperature": 12.0, "temperature_unit": "°C", "cloud_coverage": 40}),
        ("cloudy", {"temperature": "warm"}),
        ("unavailable", {}),
    ]
    for at, (state, attributes) in enumerate(said):
        frozen.move_to(NOW - (len(said) - at) * HOUR)
        hass.states.async_set("weather.here", state, attributes)
        await hass.async_block_till_done()
    frozen.move_to(NOW)
    await async_wait_recording_done(hass)
    seen = await async_seen_weather(hass, "weather.here", NOW.timestamp())
    np.testing.assert_allclose(seen.cloud.value, [0.2, 0.4, 0.9, np.nan])
    np.testing.assert_allclose(seen.temperature_c.value, [10.0, 12.0, np.nan, np.nan])
    assert seen.cloud.end[-1] == NOW.timestamp()
    assert seen.cloud.start[0] == (NOW - 4 * HOUR).timestamp()
