"""What the weather explains of a change is told in a report, from rooms or from the home's days."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder import Recorder
from homeassistant.components.recorder.statistics import async_import_statistics
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.series import Series

from .conftest import SLOT_S, make_entry, start
from .lived_home import DAY_S, MIDNIGHT, NOW, enter

OUTDOOR = "sensor.outdoor"
DAYS = 30
BASE_KWH = 6.0
KWH_PER_DEGREE_DAY = 0.5


@pytest.fixture
def mock_recorder_before_hass(recorder_db_url: str) -> None:
    """Make the recorder's database before Home Assistant, as the recorder wants it."""


def mean_c(at: float) -> float:
    """Return how cold a day was: every third mild, every third cold."""
    return (14.0, 2.0, 8.0)[int(at // DAY_S) % 3]


def used_kwh(at: float) -> float:
    """Return what a slot takes of a home that is heated by electricity."""
    return (BASE_KWH + KWH_PER_DEGREE_DAY * (18.0 - mean_c(at))) * SLOT_S / DAY_S - 0.02


async def report(hass: HomeAssistant) -> dict[str, Any]:
    yesterday = datetime.fromtimestamp(MIDNIGHT - DAY_S, UTC).date().isoformat()
    answer = await hass.services.async_call(
        DOMAIN, "report", {"date": yesterday}, blocking=True, return_response=True
    )
    assert answer is not None
    return answer


async def measured(hass: HomeAssistant) -> None:
    """Have the recorder know what a thermometer showed."""
    metadata: Any = {
        "has_sum": False,
        "mean_type": 1,
        "name": None,
        "source": "recorder",
        "statistic_id": OUTDOOR,
        "unit_class": "temperature",
        "unit_of_measurement": "°C",
    }
    rows: Any = [
        {"start": dt_util.utc_from_timestamp(at), "mean": mean_c(at)}
        for at in (MIDNIGHT - hour * 3600.0 for hour in range(1, DAYS * 24 + 1))
    ]
    async_import_statistics(hass, metadata, rows)
    await async_wait_recording_done(hass)


@pytest.fixture
async def heated(
    recorder_mock: Recorder,
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> HomeCoordinator:
    """Return a home with a thermometer, whose consumption goes with the cold."""
    hass.states.async_set(OUTDOOR, "8", {"unit_of_measurement": "°C"})
    home = await start(hass, make_entry(temperature=OUTDOOR), frozen)
    await enter(home, MIDNIGHT - DAYS * DAY_S, NOW, used_kwh)
    return home


async def test_days_of_the_home_tell_what_the_cold_explains(
    hass: HomeAssistant, heated: HomeCoordinator
) -> None:
    await measured(hass)
    told = await report(hass)
    cold, before = (18.0 - mean_c(MIDNIGHT - count * DAY_S) for count in (1, 2))
    assert cold != before
    assert told["weather"]["source"] == "days"
    assert told["weather"]["degree_days"] == pytest.approx(cold)
    assert told["weather"]["degree_days_before"] == pytest.approx(before)
    load = told["figures"]["load_kwh"]
    assert load != pytest.approx(told["before"]["figures"]["load_kwh"], rel=0.05)
    # All of the change is the weather's.
    assert told["weather"]["load_kwh_before"] == pytest.approx(load, rel=0.01)
    assert "degree days" in told["text"]


async def test_the_forecast_stands_in_for_a_thermometer(
    hass: HomeAssistant, heated: HomeCoordinator
) -> None:
    hours = [MIDNIGHT - hour * 3600.0 for hour in range(DAYS * 24, 0, -1)]
    series = Series.of((at, at + 3600.0, mean_c(at)) for at in hours)
    for day in range(DAYS):
        at = MIDNIGHT - day * DAY_S
        heated.inputs.issued.note_published("temperature_c", series, at, 3600.0)
    told = await report(hass)
    assert told["weather"]["load_kwh_before"] == pytest.approx(
        told["figures"]["load_kwh"], rel=0.01
    )


async def test_without_temperatures_nothing_is_said_of_the_weather(
    hass: HomeAssistant, heated: HomeCoordinator
) -> None:
    told = await report(hass)
    assert told["weather"] is None
    assert "degree days" not in told["text"]


async def test_rooms_that_were_entered_tell_what_the_cold_explains(
    hass: HomeAssistant, begin: Callable[..., Any]
) -> None:
    hass.states.async_set("sensor.room", "21", {"unit_of_measurement": "°C"})
    home: HomeCoordinator = await begin(
        "heating",
        {
            "power": "sensor.pump",
            "temperature": "sensor.room",
            "power_kw": 2.5,
            "low_c": 20.0,
            "high_c": 23.0,
            "control": "none",
            "loss_w_per_k": 250.0,
        },
    )
    await enter(home, MIDNIGHT - 2 * DAY_S, NOW, used_kwh)
    hours = [MIDNIGHT - hour * 3600.0 for hour in range(72, 0, -1)]
    series = Series.of((at, at + 3600.0, mean_c(at)) for at in hours)
    for day in range(3):
        home.inputs.issued.note_published("temperature_c", series, MIDNIGHT - day * DAY_S, 3600.0)
    told = await report(hass)
    assert told["weather"]["source"] == "rooms"
    heating = home.home.devices[0]
    both = (mean_c(MIDNIGHT - DAY_S) + mean_c(MIDNIGHT - 2 * DAY_S)) / 2
    slope = 24 * heating.building.loss_kw_per_k / heating.heat_per_kwh(both)
    change = told["weather"]["degree_days"] - told["weather"]["degree_days_before"]
    before = told["before"]["figures"]["load_kwh"]
    assert told["weather"]["load_kwh_before"] == pytest.approx(before + slope * change, rel=1e-3)
