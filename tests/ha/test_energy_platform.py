"""The Energy dashboard can show what SHEMS expects of the sun."""

from collections.abc import Callable
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.energy.websocket_api import async_get_energy_platforms
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator

from .conftest import ENTRY_ID, advance, measured, start


@pytest.fixture
def remembered(remembered: dict[str, Any]) -> dict[str, Any]:
    """Let the sun have shone the day before."""
    memory = remembered[f"{DOMAIN}.{ENTRY_ID}.memory"]["data"]
    end = memory["slots"][-1]["end"]
    memory["slots"] = measured(end, load_kw=2.0, solar_kw=1.5)
    return remembered


async def test_the_dashboard_is_given_watt_hours_by_the_hour(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    """As it asks for them: the sum is the plan's, but for what is over of the first hour."""
    platforms = await async_get_energy_platforms(hass)
    forecast = await platforms[DOMAIN](hass, ENTRY_ID)
    assert forecast is not None
    hours = forecast["wh_hours"]
    assert next(iter(hours)) == "2026-06-10T10:00:00+00:00"
    assert len(hours) >= 48
    plan = home.data.plan
    expected = 1000 * float(plan.solar_kw @ plan.horizon.hours)
    assert expected > 0
    assert sum(hours.values()) == pytest.approx(expected, rel=0.05)


async def test_without_arrays_or_a_home_there_is_none(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    others = {key: each for key, each in entry.subentries.items() if each.subentry_type != "solar"}
    object.__setattr__(entry, "subentries", others)
    await start(hass, entry, frozen)
    await advance(hass, frozen, 5)
    platforms = await async_get_energy_platforms(hass)
    assert await platforms[DOMAIN](hass, ENTRY_ID) is None
    assert await platforms[DOMAIN](hass, "elsewhere") is None
