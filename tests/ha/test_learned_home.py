"""A home whose past is learned by the learners themselves, not by stand-ins."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.horizon import DAY_S, HOUR_S
from custom_components.shems.core.series import Series
from custom_components.shems.sources.inputs import Inputs

from .conftest import ENTRY_ID, advance

DAYS = 25
LARGEST_DIAGNOSTICS = 2_000_000
"""Characters; the learned arrays alone would be several times as many."""


@pytest.fixture(autouse=True)
def past(monkeypatch: pytest.MonkeyPatch, frozen: FrozenDateTimeFactory) -> History:
    """Give the home a past with evenings, noons and chance."""
    end = dt_util.utcnow().timestamp() // HOUR_S * HOUR_S
    start = end - DAYS * DAY_S + HOUR_S * np.arange(24 * DAYS)
    hour = start / HOUR_S % 24
    rng = np.random.default_rng(5)
    used = 0.4 + np.exp(-((hour - 18) ** 2) / 8) + rng.gamma(1.0, 0.2, len(start))
    solar = np.maximum(0.0, np.sin((hour - 4) / 16 * np.pi)) * rng.uniform(0.5, 4, len(start))
    made = History(
        load=Series(start, start + HOUR_S, used), solar=Series(start, start + HOUR_S, solar)
    )

    async def history(inputs: Inputs, now: float) -> History:
        return made

    monkeypatch.setattr(Inputs, "async_learning_history", history)
    return made


def size_of(folder: Path) -> int:
    """Return how many bytes of arrays a folder holds."""
    return sum(each.stat().st_size for each in folder.glob("*.npz"))


async def learn(hass: HomeAssistant) -> Any:
    return await hass.services.async_call(DOMAIN, "learn", {}, blocking=True, return_response=True)


async def test_the_past_is_learned_kept_and_goes_on_the_next_night(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    response = await learn(hass)
    assert response["problem"] is None
    today = Days("UTC", HOUR_S).day(home.data.now)
    learned = home.learner.learned
    issue = learned.load.archive.issue(today)
    assert np.isfinite(issue.quantiles[-1]).all()
    assert learned.solar.day == today

    await hass.config_entries.async_reload(ENTRY_ID)
    again = home.config_entry.runtime_data.coordinator.learner
    assert again.learned.load.weights() == learned.load.weights()
    kept = again.learned.solar.archive.quantiles
    assert np.array_equal(kept, learned.solar.archive.quantiles, equal_nan=True)

    frozen.move_to("2026-06-11T00:00:00+00:00")
    await advance(hass, frozen, 15 * 60)
    assert again.learned.load.day == today + 1
    assert again.run.slices == 1


async def test_diagnostics_tell_what_was_learned_without_its_arrays(
    hass: HomeAssistant, home: HomeCoordinator, hass_client: ClientSessionGenerator
) -> None:
    await learn(hass)
    assert await async_setup_component(hass, "diagnostics", {})
    data = await get_diagnostics_for_config_entry(hass, hass_client, home.config_entry)
    assert data["learning"]["learned_until"] == "2026-06-10T00:00:00+00:00"
    assert data["learning"]["slices"] > 1
    for quantity in ("load", "solar"):
        experts = data["provenance"][quantity]["experts"]
        assert sum(experts.values()) == pytest.approx(1.0, abs=0.01)
    assert len(json.dumps(data)) < LARGEST_DIAGNOSTICS


async def test_the_file_is_small(
    hass: HomeAssistant, home: HomeCoordinator, array_folder: Path
) -> None:
    await learn(hass)
    assert 10_000 < size_of(array_folder) < 1_000_000
