"""Statistics of cost, saving and carbon: of every hour kept, the same however often written."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder import Recorder
from homeassistant.components.recorder.statistics import statistics_during_period
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import get_instance
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.report.ledger import Totals
from custom_components.shems.core.report.slot import SlotRecord
from custom_components.shems.insight.statistics import Statistics
from tests.ha.conftest import LOAD, start

HOUR = 3600.0
DAY = 24 * HOUR
BEGIN = dt_util.parse_datetime("2026-06-10T00:00:00+00:00").timestamp()  # type: ignore[union-attr]  # It is a time.


@pytest.fixture
def mock_recorder_before_hass(recorder_db_url: str) -> None:
    """Make the recorder's database before Home Assistant, as the recorder wants it."""


@pytest.fixture
async def recorded(
    recorder_mock: Recorder,
    hass: HomeAssistant,
    entry: MockConfigEntry,
    inverter: None,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> HomeCoordinator:
    """Return a home with a recorder, two days known as a whole and hours of a third."""
    home = await start(hass, entry, frozen)
    home.insight.ledger.new = False
    file = home.insight.ledger.file
    days = {f"2026-06-0{day}": Totals(cost=1.0, hours=24.0) for day in (1, 2)}
    slots = [
        SlotRecord(
            BEGIN - DAY + number * HOUR,
            BEGIN - DAY + (number + 1) * HOUR,
            1.0,
            0.0,
            0.0,
            0.0,
            0.0,
            0.1 * (number + 1),
            0.1,
            device_kwh={LOAD: 0.5},
            carbon_kg_per_kwh=0.4,
        )
        for number in range(6)
    ]

    def fill() -> None:
        file.put_days(days, 1.0)
        file.append(slots, 1.0)

    await hass.async_add_executor_job(fill)
    return home


async def sums(hass: HomeAssistant, series: str) -> list[tuple[float, float]]:
    await async_wait_recording_done(hass)
    name = f"shems:home_{series}"
    rows = await get_instance(hass).async_add_executor_job(
        statistics_during_period,
        hass,
        dt_util.utc_from_timestamp(0),
        None,
        {name},
        "hour",
        None,
        {"sum"},
    )
    return [(each["start"], round(each["sum"] or 0.0, 6)) for each in rows.get(name, [])]


async def test_every_hour_is_told_once_and_in_the_same_sums_again(
    hass: HomeAssistant, recorded: HomeCoordinator
) -> None:
    ledger = recorded.insight.ledger
    at = dt_util.utcnow().timestamp()
    await Statistics(recorded, ledger).async_on_slot(at)
    cost = await sums(hass, "home_cost")
    inside = [each for each in cost if BEGIN - DAY <= each[0] < BEGIN - DAY + 6 * HOUR]
    assert [each[1] for each in inside] == [0.1, 0.3, 0.6, 1.0, 1.5, 2.1]
    load = await sums(hass, f"{LOAD}_cost")
    assert load[-1][1] == pytest.approx(1.05)
    assert (await sums(hass, f"{LOAD}_carbon"))[-1][1] == pytest.approx(1.2)
    assert (await sums(hass, "home_carbon"))[-1][1] == pytest.approx(2.4)
    assert len(await sums(hass, "home_saving")) == len(cost)
    await Statistics(recorded, ledger).async_on_slot(at)
    assert await sums(hass, "home_cost") == cost
    slot = (await ledger.async_slots(BEGIN - DAY, BEGIN))[5]
    await ledger.async_revise({slot.start: (slot, replace(slot, buy=1.6))})
    await Statistics(recorded, ledger).async_on_slot(at)
    again = await sums(hass, "home_cost")
    assert [each[0] for each in again] == [each[0] for each in cost]
    assert again[-1][1] == pytest.approx(cost[-1][1] + 1.0)


async def test_without_a_recorder_nothing_is_told(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    statistics = Statistics(home, home.insight.ledger)
    await statistics.async_on_slot(dt_util.utcnow().timestamp())
    assert ("home", "cost") in statistics.ids
