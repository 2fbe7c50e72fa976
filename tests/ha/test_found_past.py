"""What the recorder shows of sensors that were found: their signs, and how much they carry."""

from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

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

from custom_components.shems.flows.signs import async_signs
from custom_components.shems.flows.words import async_words
from custom_components.shems.sources.configuration import configured
from custom_components.shems.sources.error import SourceError
from custom_components.shems.sources.found.past import async_with_past
from custom_components.shems.sources.found.proposal import Note, Proposal
from custom_components.shems.sources.found.signs import Counted, Seen, Sign, async_seen

from .flow_pages import measure

NOW = datetime(2026, 6, 10, 10, tzinfo=dt_util.UTC)
HOUR = timedelta(hours=1)
FLOW = np.array([0.4, 1.2, -0.8, -2.0, 0.0, 0.6, 2.4, -1.1, 0.3, -0.4])
"""What flows in each of ten hours, kW; an hour without any says nothing of a sign."""


@pytest.fixture(autouse=True)
def _custom(frozen: FrozenDateTimeFactory) -> None:
    """Leave Home Assistant to be made after the recorder's database."""
    frozen.move_to(NOW)


def record(recorder: Recorder, statistic_id: str, values: Any, *, counter: bool = False) -> None:
    """Write the hours that end now: means in W, or what a counter in kWh has counted."""
    mean = StatisticMeanType.NONE if counter else StatisticMeanType.ARITHMETIC
    metadata = StatisticMetaData(
        mean_type=mean,
        has_sum=counter,
        name=None,
        source="recorder",
        statistic_id=statistic_id,
        unit_class="energy" if counter else "power",
        unit_of_measurement="kWh" if counter else "W",
    )
    keys = ("state", "sum") if counter else ("mean", "min", "max")
    numbers = [float(each) for each in values]
    rows = [
        StatisticData(start=NOW - (len(numbers) - index) * HOUR, **dict.fromkeys(keys, each))  # type: ignore[typeddict-item]  # The keys are chosen above.
        for index, each in enumerate(numbers)
    ]
    recorder.async_import_statistics(metadata, rows, Statistics)


def count(recorder: Recorder, flow: np.ndarray) -> None:
    """Write two counters, of what flows one way and the other."""
    for name, way in (("plus", np.maximum(flow, 0)), ("minus", np.maximum(-flow, 0))):
        record(recorder, f"sensor.{name}", np.cumsum([0.0, *way]), counter=True)


async def seen(hass: HomeAssistant, power: str = "sensor.power", **counters: Any) -> Seen:
    await async_wait_recording_done(hass)
    known = {"plus": ("sensor.plus",), "minus": ("sensor.minus",), **counters}
    (found,) = await async_seen(hass, [Counted((power,), **known)], NOW.timestamp())
    return found


@pytest.mark.parametrize(
    ("shown", "sign"),
    [
        (1000 * FLOW, Sign.PROVEN),
        (-1000 * FLOW, Sign.INVERTED),
        (1000 * FLOW + np.array([90, -70, 80, 60, -90, 70, -60, 90, -80, 70]), Sign.PROVEN),
        (1000 * np.abs(FLOW), Sign.FOREIGN),
        (FLOW, Sign.FOREIGN),
        (1000 * FLOW[:5], Sign.UNPROVEN),
    ],
    ids=["as it should be", "inverted", "inexact", "without a sign", "in kW", "too few hours"],
)
async def test_a_sign_is_proven_by_what_was_counted(
    recorder_mock: Recorder, hass: HomeAssistant, shown: np.ndarray, sign: Sign
) -> None:
    count(recorder_mock, FLOW)
    record(recorder_mock, "sensor.power", shown)
    assert (await seen(hass)).sign is sign


async def test_a_home_that_only_buys_proves_its_sign_as_well(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    count(recorder_mock, np.abs(FLOW))
    record(recorder_mock, "sensor.power", -1000 * np.abs(FLOW))
    found = await seen(hass, minus=())
    assert (found.sign, found.hours) == (Sign.INVERTED, 9)
    assert found.most_kw == pytest.approx(2.4)


async def test_without_counters_or_a_past_nothing_is_proven(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    record(recorder_mock, "sensor.power", 1000 * FLOW)
    assert await seen(hass) == Seen(Sign.UNPROVEN, 0, 2.4)
    assert await seen(hass, plus=(), minus=()) == Seen(Sign.UNPROVEN, 0, 2.4)
    assert await seen(hass, power="sensor.new") == Seen()
    (none,) = await async_seen(hass, [Counted((), ("sensor.plus",), ())], NOW.timestamp())
    assert none == Seen()


async def test_a_database_that_does_not_answer_stops_nobody(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    asked = "custom_components.shems.sources.found.signs.async_read"
    with patch(asked, side_effect=SourceError("recorder_failed")):
        assert await seen(hass) == Seen()


async def test_without_a_recorder_nothing_is_proven(hass: HomeAssistant) -> None:
    assert await async_seen(hass, [Counted((), (), ())], NOW.timestamp()) == [Seen()]


GRID = Proposal(
    "connection",
    "Grid",
    {
        "grid_power": ["sensor.power"],
        "import_energy": ["sensor.plus"],
        "export_energy": ["sensor.minus"],
    },
)
BATTERY = Proposal(
    "battery",
    "Cellar",
    {
        "power": "sensor.power",
        "discharged_energy": "sensor.plus",
        "charged_energy": "sensor.minus",
        "capacity_kwh": 4.0,
    },
)


async def told(hass: HomeAssistant, *proposals: Proposal) -> list[Proposal]:
    await async_wait_recording_done(hass)
    return await async_with_past(hass, proposals, NOW.timestamp())


async def test_an_inverted_sensor_is_turned_and_that_is_said(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    count(recorder_mock, FLOW)
    record(recorder_mock, "sensor.power", -1000 * FLOW)
    grid, battery = await told(hass, GRID, BATTERY)
    assert grid.data["grid_power_inverted"] is True
    assert battery.data["power_inverted"] is True
    assert not grid.ask


async def test_a_sensor_that_fits_nothing_is_asked_about(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    count(recorder_mock, FLOW)
    record(recorder_mock, "sensor.power", 1000 * FLOW[::-1])
    (grid,) = await told(hass, GRID)
    assert "grid_power_inverted" not in grid.data
    assert grid.ask


async def test_a_battery_is_rated_by_what_it_did_where_nobody_tells(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    count(recorder_mock, FLOW)
    record(recorder_mock, "sensor.power", 1000 * FLOW)
    (seen,) = await told(hass, BATTERY)
    assert (seen.data["charge_kw"], seen.data["discharge_kw"]) == (2.4, 2.4)
    assert Note("assumed_rated", {"power": "2.4"}) in seen.notes
    big = Proposal("battery", "Cellar", BATTERY.data | {"capacity_kwh": 10.0, "charge_kw": 3.0})
    (usual,) = await told(hass, big)
    assert (usual.data["charge_kw"], usual.data["discharge_kw"]) == (3.0, 5.0)
    known = Proposal("battery", "Cellar", big.data | {"discharge_kw": 3.0})
    assert await told(hass, known) == [known]
    unknown = Proposal("battery", "Cellar", {"power": "sensor.power"})
    assert "charge_kw" not in (await told(hass, unknown))[0].data


async def test_what_a_heat_pump_takes_is_what_it_took(
    recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    record(recorder_mock, "sensor.power", [0, 1730, 900])
    pump = Proposal("heating", "Pump", {"power": "sensor.power"})
    new = Proposal("water", "Boiler", {"power": "sensor.new"})
    record(recorder_mock, "sensor.used", [0, 1, 3.4, 3.5], counter=True)
    (counted,) = await told(hass, Proposal("water", "Tank", {"energy": "sensor.used"}))
    assert counted.data["power_kw"] == 2.4
    car, plug = Proposal("vehicle", "Car", {}), Proposal("load", "Plug", {})
    seen, unseen, driven, plain = await told(hass, pump, new, car, plug)
    assert seen.data["power_kw"] == 1.8
    assert seen.notes == (Note("assumed_most", {"power": "1.8"}),)
    assert unseen == new
    assert driven.notes == (Note("assumed_car"),)
    assert plain == plug


@pytest.mark.parametrize(
    ("shown", "turned", "said", "sure"),
    [
        (FLOW, False, "power agrees with the energy counted, over 9 hours", True),
        (-FLOW, True, "power counts the other way round, as 9 hours", True),
        (FLOW, True, "power has the wrong sign, as 9 hours", False),
        (-FLOW, False, "power has the wrong sign, as 9 hours", False),
        (np.abs(FLOW), False, "power does not fit the energy counted", False),
        (FLOW[:3], False, "could not be checked", False),
    ],
)
async def test_the_review_says_what_was_proven(
    recorder_mock: Recorder,
    hass: HomeAssistant,
    enable_custom_integrations: None,
    shown: np.ndarray,
    turned: bool,
    said: str,
    sure: bool,
) -> None:
    measure(hass, "sensor.power", "W")
    count(recorder_mock, FLOW)
    record(recorder_mock, "sensor.power", 1000 * shown)
    await async_wait_recording_done(hass)
    rule = {"fee": 0.3}
    home = configured(
        hass,
        "",
        "Casa",
        {"buy": rule, "sell": rule},
        [
            ("0", "connection", "Grid", GRID.data | {"grid_power_inverted": turned}),
            ("1", "solar", "Roof", {"power": "sensor.power"}),
        ],
    )
    proven, doubts = await async_signs(hass, home, NOW.timestamp(), await async_words(hass))
    (line,) = proven if sure else doubts
    assert "Grid" in line
    assert said in line
    assert [*proven, *doubts] == [line]


async def test_a_grid_without_a_power_sensor_has_no_sign(hass: HomeAssistant) -> None:
    counted = Proposal("connection", "Grid", {"import_energy": ["sensor.plus"]})
    assert await async_with_past(hass, [counted], NOW.timestamp()) == [counted]
