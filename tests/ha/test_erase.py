"""What SHEMS recorded and learned is erased, when an administrator confirms it."""

from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder import Recorder
from homeassistant.components.recorder.statistics import (
    async_import_statistics,
    get_metadata,
)
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.recorder import get_instance
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator

from .conftest import BATTERY, ENTRY_ID, START, call, settle

USAGE = f"{DOMAIN}.{ENTRY_ID}.usage"
ISSUED = f"{DOMAIN}.{ENTRY_ID}.issued"


async def erase(hass: HomeAssistant, **data: Any) -> Any:
    answer = await hass.services.async_call(
        DOMAIN, "erase_data", data, blocking=True, return_response=True
    )
    await settle(hass)
    return answer


def keep(hass: HomeAssistant, statistic_id: str) -> None:
    """Write an hour of statistics of a sensor."""
    start = dt_util.parse_datetime(START).replace(hour=8, minute=0, second=0)
    metadata: Any = {
        "has_sum": True,
        "mean_type": 0,
        "name": None,
        "source": "recorder",
        "statistic_id": statistic_id,
        "unit_class": None,
        "unit_of_measurement": "EUR",
    }
    async_import_statistics(hass, metadata, [{"start": start, "sum": 1.0, "state": 1.0}])


async def known(hass: HomeAssistant) -> set[str]:
    await async_wait_recording_done(hass)
    return set(await get_instance(hass).async_add_executor_job(get_metadata, hass))


@pytest.fixture
def mock_recorder_before_hass(recorder_db_url: str) -> None:
    """Make the recorder's database before Home Assistant, as the recorder wants it."""


@pytest.fixture
async def recorded(recorder_mock: Recorder, home: HomeCoordinator) -> HomeCoordinator:
    """Return a home beside a recorder."""
    return home


async def test_the_statistics_of_our_own_sensors_are_erased(
    hass: HomeAssistant, recorded: HomeCoordinator
) -> None:
    keep(hass, "sensor.home_cost_today")
    keep(hass, "sensor.foreign")
    assert {"sensor.home_cost_today", "sensor.foreign"} <= await known(hass)
    answer = await erase(hass, what="statistics", confirm=True)
    assert answer["before"]["recorder"]["statistics"] == 1
    assert answer["after"]["recorder"]["statistics"] == 0
    assert answer["erased"] == []
    left = await known(hass)
    assert "sensor.home_cost_today" not in left
    assert "sensor.foreign" in left


async def test_what_was_learned_is_erased_and_the_home_goes_on(
    hass: HomeAssistant,
    home: HomeCoordinator,
    remembered: dict[str, Any],
    frozen: FrozenDateTimeFactory,
) -> None:
    await call(hass, "number", "set_value", "number.battery_reserve", value=35)
    for key in (USAGE, ISSUED):
        remembered[key] = {"version": 1, "minor_version": 1, "key": key, "data": {}}
    answer = await erase(hass, what=["learned"], confirm=True, config_entry_id=ENTRY_ID)
    assert answer["after"]["recorder"] == {"states": 0, "statistics": 0, "events": 0}
    assert USAGE not in remembered
    assert ISSUED not in remembered
    again = home.config_entry.runtime_data.coordinator
    assert again is not home
    assert again.store.control.device(BATTERY).reserve == pytest.approx(0.35)
    assert again.store.memory.ledger.total is not None


async def test_nothing_is_erased_without_confirmation(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    with pytest.raises(ServiceValidationError) as caught:
        await erase(hass, what=["learned"], confirm=False)
    assert caught.value.translation_key == "erase_unconfirmed"
    with pytest.raises(ServiceValidationError) as caught:
        await erase(hass, what=["statistics"], confirm=True)
    assert caught.value.translation_key == "erase_without_recorder"
    assert home.config_entry.runtime_data.coordinator is home


async def test_a_home_goes_on_where_the_recorder_fails(
    hass: HomeAssistant, recorded: HomeCoordinator, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: Any, **__: Any) -> None:
        raise OSError("disk I/O error")

    monkeypatch.setattr("custom_components.shems.insight.erasing.async_erase", fail)
    with pytest.raises(OSError, match="disk"):
        await erase(hass, what="everything", confirm=True)
    await settle(hass)
    assert hass.config_entries.async_get_entry(ENTRY_ID).state is ConfigEntryState.LOADED
