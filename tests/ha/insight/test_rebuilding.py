"""A ledger that is new is filled with what the statistics of the meters still know."""

from typing import Any

import numpy as np
import pytest
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.series import Series
from custom_components.shems.insight import rebuilding
from custom_components.shems.insight.privacy_record import PrivacyRecord
from custom_components.shems.sources.recorded import Columns, Period, Recorded, grid
from tests.ha.conftest import BATTERY

DAY = 86400.0
POWERS = {"sensor.grid": -1.0, "sensor.sun": 3.0, "sensor.battery": -0.5}


@pytest.fixture
def _statistics(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have even powers recorded for a fortnight, and carbon for all of it."""
    now = dt_util.utcnow().timestamp()

    async def read(
        _: HomeAssistant, begin: float, stop: float, ids: set[str], period: Period
    ) -> Recorded:
        steps = grid(max(begin, now - 14 * DAY), stop, period)
        unknown = np.full(len(steps), np.nan)
        return {
            name: Columns(steps, unknown, np.full(len(steps), kw), "kW")
            for name, kw in POWERS.items()
            if name in ids
        }

    async def history(*_: Any) -> History:
        return History(carbon=Series.of([(now - 400 * DAY, now, 400.0)]))

    class Direct:
        """The recorder's executor."""

        async def async_add_executor_job(self, job: Any) -> Any:
            return job()

    monkeypatch.setattr(rebuilding, "async_read", read)
    monkeypatch.setattr(rebuilding, "async_history", history)
    monkeypatch.setattr(rebuilding, "get_instance", lambda _: Direct())
    hass.config.components.add("recorder")


@pytest.mark.usefixtures("_statistics")
async def test_a_new_ledger_is_filled_as_far_back_as_the_recorder_knows(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    ledger, now = home.insight.ledger, dt_util.utcnow().timestamp()
    ledger.new = True
    first = (await ledger.async_slots(0.0, now))[0]
    part = rebuilding.Rebuilding(home, ledger)
    await part.async_on_slot(now)
    assert not ledger.new
    slots = await ledger.async_slots(0.0, first.start)
    assert slots[0].start == pytest.approx(now - 14 * DAY, abs=7200)
    assert slots[-1].end <= first.start
    hourly = [each for each in slots if each.end - each.start == 3600]
    assert {each.quality.value for each in hourly} == {"estimated"}
    assert 2.5 * DAY < hourly[-1].end - hourly[0].start < 4.5 * DAY
    one = hourly[5]
    assert (one.bought_kwh, one.sold_kwh, one.solar_kwh) == (0.0, 1.0, 3.0)
    assert (one.charged_kwh, one.discharged_kwh) == (0.5, 0.0)
    assert one.carbon_kg_per_kwh == pytest.approx(0.4)
    assert one.buy > 0
    day = (await ledger.async_rows(now - 13 * DAY, now - 11 * DAY, "day"))[0]
    assert day.totals.solar_kwh == pytest.approx(72.0)
    assert day.estimated_hours == pytest.approx(24.0)
    assert BATTERY not in day.device_kwh
    await part.async_on_slot(now)


@pytest.mark.usefixtures("_statistics")
async def test_what_was_erased_does_not_come_back(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    ledger, now = home.insight.ledger, dt_util.utcnow().timestamp()
    record = PrivacyRecord(hass, home.config_entry.entry_id)
    begin, end = now - 12 * DAY, now - 2 * DAY
    await record.async_note("erased", now, None, parts=["ledger"], start=begin, end=end)
    ledger.new = True
    await rebuilding.Rebuilding(home, ledger).async_on_slot(now)
    slots = await ledger.async_slots(0.0, now)
    assert any(each.end <= begin for each in slots)
    assert any(each.start >= end for each in slots)
    assert not any(begin < each.end and each.start < end for each in slots)


async def test_without_a_recorder_there_is_nothing_to_fill_it_with(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    tariff = home.configuration.tariff
    assert await rebuilding.async_rebuilt(hass, home.configuration, tariff, 0.0, 1.0) == ()
