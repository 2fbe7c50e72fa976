"""What the tests of faults look at: what the user sees and what the devices do."""

import itertools
from collections.abc import Callable
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir

from custom_components.shems.clock import SLOT_MIN
from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from tests.ha.conftest import MODE, advance, call

ARM = "switch.battery_allow_control"


async def arm(hass: HomeAssistant, frozen: FrozenDateTimeFactory) -> None:
    """Let SHEMS drive the battery."""
    await call(hass, "switch", "turn_on", ARM)
    await advance(hass, frozen, 2)


def problems(hass: HomeAssistant) -> dict[str, dict[str, Any]]:
    """Return what the home's problem sensor tells, by code."""
    state = hass.states.get("binary_sensor.home_problem")
    assert state is not None
    found = {each["code"]: each for each in state.attributes["problems"]}
    assert (state.state == "on") == bool(found)
    return found


def status(hass: HomeAssistant) -> str:
    """Return the plan's status."""
    state = hass.states.get("sensor.home_plan_status")
    assert state is not None
    return state.state


def issues(hass: HomeAssistant) -> set[tuple[str, str]]:
    """Return the keys of the issues raised, with the entity or source that each names."""
    found = set()
    for (domain, _), each in ir.async_get(hass).issues.items():
        if domain == DOMAIN and each.active:
            named = each.translation_placeholders or {}
            found.add((str(each.translation_key), named.get("entity") or named.get("source", "")))
    return found


def mode(hass: HomeAssistant) -> str:
    """Return what the inverter is told."""
    state = hass.states.get(MODE)
    assert state is not None
    return state.state


async def pass_time(
    hass: HomeAssistant,
    frozen: FrozenDateTimeFactory,
    minutes: float,
    show: Callable[[], Any] = lambda: None,
) -> None:
    """Let minutes pass in which meters report and dispatch runs."""
    for _ in range(int(minutes)):
        show()
        await advance(hass, frozen, 58)
        await advance(hass, frozen, 2)


def gapless(home: HomeCoordinator, minutes: float) -> bool:
    """Return whether what was measured in the last minutes is all kept, slot after slot."""
    slots = home.store.memory.slots[-int(minutes // SLOT_MIN) :]
    followed = all(a.end == b.start for a, b in itertools.pairwise(slots))
    return followed and home.data.now - slots[-1].end < 60.0 * SLOT_MIN
