"""There is no recorder, or its database is locked: plans go on by what is known."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder import Recorder
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import get_instance
from pytest_homeassistant_custom_component.common import MockConfigEntry
from sqlalchemy.exc import OperationalError

from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.sources import recorded
from custom_components.shems.sources.error import SourceError
from tests.ha.conftest import start
from tests.ha.faults.watching import arm, issues, mode, pass_time, problems, status


@pytest.fixture(autouse=True)
def _custom(_hurried: None, frozen: FrozenDateTimeFactory) -> None:
    """Leave Home Assistant to be made after the recorder's database."""


@contextmanager
def locked() -> Iterator[None]:
    """Lock the database."""
    error = OperationalError("SELECT", {}, Exception("database is locked"))
    with patch.object(recorded, "statistics_during_period", side_effect=error):
        yield


@pytest.mark.usefixtures("enable_custom_integrations")
async def test_without_a_recorder_it_plans_by_what_it_measures(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    assert "recorder" not in hass.config.components
    await arm(hass, frozen)
    await pass_time(hass, frozen, 10, meters)
    assert status(hass) == "optimal"
    assert mode(hass) == "charge"
    assert not problems(hass)
    assert home.store.memory.slots[-1].end == home.data.now // 300 * 300


async def test_a_database_that_is_locked(
    recorder_mock: Recorder,
    hass: HomeAssistant,
    enable_custom_integrations: None,
    entry: MockConfigEntry,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    """Plans rest on what was read before; slots are counted on, and are there afterwards."""
    home = await start(hass, entry, frozen)
    await arm(hass, frozen)
    counted = home.store.memory.slots[-1].end
    with locked():
        await pass_time(hass, frozen, 16, meters)
        assert problems(hass)["recorder_failed"]["stage"] == "held"
        assert problems(hass)["recorder_failed"]["args"] == {"detail": "OperationalError"}
        assert issues(hass) == {("recorder_failed", "recorder")}
        assert status(hass) == "optimal"
        assert mode(hass) == "charge"
        assert home.store.memory.slots[-1].end >= counted + 900, "what it measures is kept"
        with pytest.raises(SourceError):
            await recorded.async_read(hass, 0.0, 300.0, {"sensor.grid"}, "5minute")
    await pass_time(hass, frozen, 6, meters)
    assert not problems(hass)
    assert not issues(hass)
    await get_instance(hass).async_block_till_done()
