"""A plan that is impossible, too old or of another shape gives no command."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any
from unittest.mock import patch

import numpy as np
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.replay.scenario import Outcome, Scenario
from tests.ha.conftest import ENTRY_ID, advance, settle
from tests.ha.faults.watching import arm, mode, pass_time, problems, status

CHARGING: dict[str, float] = {"grid_kw": 7.0, "battery_kw": -5.0}


_MAKE = Scenario.make


def impossible(scenario: Scenario, *args: Any, **more: Any) -> Outcome:
    """Make a plan whose powers are no numbers."""
    outcome = _MAKE(scenario, *args, **more)
    (part,) = outcome.plan.batteries
    broken = replace(part, power_kw=part.power_kw * np.nan)
    return replace(outcome, plan=replace(outcome.plan, batteries=(broken,)))


def sent(home: HomeCoordinator) -> int:
    return sum(line.outcome == "sent" for line in home.actuator.audit)


async def test_a_plan_that_is_impossible_is_not_followed(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    charging = partial(meters, **CHARGING)
    await arm(hass, frozen)
    before, written = home.data.plan, sent(home)
    assert mode(hass) == "charge"
    with patch.object(Scenario, "make", impossible):
        await pass_time(hass, frozen, 12, charging)
        assert status(hass) == "safe"
        assert problems(hass)["plan_unsound"]["stage"] == "held"
        assert home.data.plan is before
        assert mode(hass) == "charge"
        assert sent(home) == written, "nothing is sent twice"
        await pass_time(hass, frozen, 24, charging)
        assert problems(hass)["plan_unsound"]["stage"] == "safe"
        assert home.data.plan is None
        assert mode(hass) == "automatic"
        assert home.store.control.owned == {}
    await pass_time(hass, frozen, 6, partial(meters, soc=70))
    assert status(hass) == "optimal"
    assert "plan_unsound" not in problems(hass)
    assert mode(hass) == "charge"


async def test_a_remembered_plan_that_is_broken_or_old_gives_no_command(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    home: HomeCoordinator,
    hass_storage: dict[str, Any],
    frozen: FrozenDateTimeFactory,
) -> None:
    await arm(hass, frozen)
    await hass.config_entries.async_unload(ENTRY_ID)
    kept = hass_storage[f"{DOMAIN}.{ENTRY_ID}.memory"]["data"]
    kept["plan"]["grid_kw"] = kept["plan"]["grid_kw"][:3]
    with patch.object(Scenario, "make", side_effect=RuntimeError("no plan")):
        await hass.config_entries.async_setup(ENTRY_ID)
        await settle(hass)
        await advance(hass, frozen, 2)
        again = entry.runtime_data.coordinator
        assert again.data.plan is None
        assert mode(hass) == "automatic"
        assert problems(hass)["plan_failed"]["stage"] == "safe"


async def test_a_remembered_plan_of_yesterday_gives_no_command(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
) -> None:
    await arm(hass, frozen)
    await hass.config_entries.async_unload(ENTRY_ID)
    frozen.tick(22 * 3600)
    with patch.object(Scenario, "make", side_effect=RuntimeError("no plan")):
        await hass.config_entries.async_setup(ENTRY_ID)
        await settle(hass)
        await advance(hass, frozen, 2)
        assert entry.runtime_data.coordinator.data.commands == {}
        assert mode(hass) == "automatic"
