"""Forecasts are scored by what the meters show, and the scores are shown."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator

from .conftest import ENTRY_ID, SLOT_S, advance, settle

FILE = f"shems.{ENTRY_ID}.journal.npz"
ERROR = "sensor.home_load_forecast_error"


async def lived(
    hass: HomeAssistant,
    frozen: FrozenDateTimeFactory,
    meters: Callable[..., None],
    hours: float,
    load_kw: float,
) -> None:
    """Let the home live through some hours with the same load."""
    for _ in range(round(hours * 3600 / SLOT_S)):
        meters(grid_kw=load_kw)
        await advance(hass, frozen, SLOT_S - 2)
        meters(grid_kw=load_kw)
        await advance(hass, frozen, 2)


async def forecast(hass: HomeAssistant) -> Any:
    return await hass.services.async_call(
        DOMAIN, "get_forecast", {}, blocking=True, return_response=True
    )


async def test_a_forecast_is_scored_when_its_hours_are_over(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    meters: Callable[..., None],
    array_folder: Path,
) -> None:
    assert hass.states.get(ERROR).state == "unknown"
    assert (await forecast(hass))["provenance"]["load"]["scores"] == {"days": 0, "by_lead": []}
    # Two kilowatts were expected; three came.
    await lived(hass, frozen, meters, hours=3.2, load_kw=3.0)
    state = hass.states.get(ERROR)
    assert 0.5 < float(state.state) <= 1.01
    assert state.attributes["unit_of_measurement"] == "kW"
    assert state.attributes["bias"] < 0
    assert state.attributes["days"] == 1
    by_lead = state.attributes["by_lead"]
    assert [each["from_h"] for each in by_lead] == [0, 1]
    assert sum(each["hours"] for each in by_lead) == state.attributes["hours"]
    assert hass.states.get("sensor.home_solar_forecast_error").state == "unknown"
    provenance = (await forecast(hass))["provenance"]["load"]
    assert provenance["source"]
    assert provenance["made"].startswith("2026-06-10T13:")
    assert provenance["scores"]["mean_absolute_error"] == pytest.approx(float(state.state))
    assert (array_folder / FILE).exists()


async def test_scores_outlive_a_restart_and_go_with_the_home(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    meters: Callable[..., None],
    array_folder: Path,
) -> None:
    await lived(hass, frozen, meters, hours=2.2, load_kw=3.0)
    before = float(hass.states.get(ERROR).state)
    await hass.config_entries.async_reload(ENTRY_ID)
    await settle(hass)
    assert float(hass.states.get(ERROR).state) == before
    await hass.config_entries.async_remove(ENTRY_ID)
    await settle(hass)
    assert not (array_folder / FILE).exists()


async def test_skill_and_coverage_are_shares_to_be_enabled(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    meters: Callable[..., None],
) -> None:
    registry = er.async_get(hass)
    for name in ("skill", "coverage"):
        registry.async_update_entity(f"sensor.home_load_forecast_{name}", disabled_by=None)
    await lived(hass, frozen, meters, hours=2.2, load_kw=3.0)
    await hass.config_entries.async_reload(ENTRY_ID)
    await settle(hass)
    coverage = hass.states.get("sensor.home_load_forecast_coverage")
    assert 0 <= float(coverage.state) <= 100
    assert coverage.attributes["unit_of_measurement"] == "%"
    assert coverage.attributes["state_class"] == "measurement"
    skill = float(hass.states.get("sensor.home_load_forecast_skill").state)
    assert skill <= 100
