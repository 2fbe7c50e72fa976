"""A device refuses, ignores, answers late or has lost what it was told through."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HassJob, HassJobType, HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_call_later

from custom_components.shems.coordinator import HomeCoordinator
from tests.ha.conftest import BATTERY, MODE, PLUG, call, settle
from tests.ha.faults.watching import arm, gapless, issues, mode, pass_time, problems, status

OPTIONS = ["automatic", "charge", "discharge", "hold"]


@dataclass
class Inverter:
    """What stands behind the inverter's select."""

    hass: HomeAssistant
    manner: str = "obeys"
    asked: int = 0

    async def select(self, service: ServiceCall) -> None:
        self.asked += 1
        option = service.data["option"]
        match self.manner:
            case "obeys":
                self.show(option)
            case "refuses":
                raise HomeAssistantError("remote control is locked")
            case "breaks":
                raise TimeoutError
            case "late":
                shown = HassJob(lambda _: self.show(option), job_type=HassJobType.Callback)
                async_call_later(self.hass, 40, shown)

    def show(self, option: str) -> None:
        self.hass.states.async_set(MODE, option, {"options": OPTIONS})


@pytest.fixture
def stubborn(hass: HomeAssistant, home: HomeCoordinator) -> Inverter:
    """Return an inverter whose manners can be chosen."""
    inverter = Inverter(hass)
    hass.services.async_register("input_select", "select_option", inverter.select)
    return inverter


@pytest.mark.parametrize("manner", ["refuses", "ignores", "breaks"])
async def test_a_battery_that_does_not_follow(
    hass: HomeAssistant,
    home: HomeCoordinator,
    stubborn: Inverter,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    manner: str,
) -> None:
    """It is asked a few times and named; another device and the counting mind nothing."""
    stubborn.manner = manner
    await call(hass, "switch", "turn_on", "switch.plug_allow_control")
    await call(hass, "select", "select_option", "select.plug_mode", option="on")
    await arm(hass, frozen)
    await pass_time(hass, frozen, 12, meters)
    assert problems(hass)["device_refuses"]["args"] == {"device": "Battery"}
    assert issues(hass) == {("device_refuses", MODE)}
    assert status(hass) == "optimal"
    assert mode(hass) == "automatic"
    assert 3 <= stubborn.asked <= 6
    assert hass.states.get(PLUG).state == "on", "the other device follows"
    assert gapless(home, 10)
    stubborn.manner = "obeys"
    await pass_time(hass, frozen, 6, meters)
    assert mode(hass) == "charge"
    assert not problems(hass)
    assert not issues(hass)


async def test_a_battery_that_shows_its_order_late(
    hass: HomeAssistant,
    home: HomeCoordinator,
    stubborn: Inverter,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    """An inverter that is polled answers so; it is told once and nobody is bothered."""
    stubborn.manner = "late"
    await arm(hass, frozen)
    assert mode(hass) == "automatic"
    await pass_time(hass, frozen, 12, partial(meters, grid_kw=7.0, battery_kw=-5.0))
    assert mode(hass) == "charge"
    assert stubborn.asked == 1
    assert not problems(hass)
    assert not issues(hass)
    assert home.store.control.overrides == {}
    assert gapless(home, 10)
    stubborn.manner = "obeys"


async def test_an_action_that_is_gone(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    """Its integration failed to start: the device is named, and driven when it is back."""
    hass.services.async_remove("input_select", "select_option")
    await arm(hass, frozen)
    await pass_time(hass, frozen, 12, meters)
    assert issues(hass) == {("device_refuses", MODE)}
    assert status(hass) == "optimal"
    assert mode(hass) == "automatic"
    assert gapless(home, 10)
    inverter = Inverter(hass)
    hass.services.async_register("input_select", "select_option", inverter.select)
    await pass_time(hass, frozen, 6, meters)
    assert mode(hass) == "charge"
    assert not issues(hass)


async def test_an_option_that_a_new_firmware_no_longer_has(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    set_options = partial(call, hass, "input_select", "set_options", MODE)
    await set_options(options=["automatic", "discharge", "hold"])
    await arm(hass, frozen)
    await pass_time(hass, frozen, 12, meters)
    assert issues(hass) == {("device_refuses", MODE)}
    assert mode(hass) == "automatic", "it stays with what it has"
    assert gapless(home, 10)
    await set_options(options=OPTIONS)
    await pass_time(hass, frozen, 6, meters)
    assert mode(hass) == "charge"
    assert not problems(hass)


async def test_a_device_that_is_unavailable_while_it_is_driven(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    """It is told nothing, what it did is still owned, and it is told anew what it forgot."""
    charging: Callable[[], Any] = partial(meters, grid_kw=7.0, battery_kw=-5.0)
    await arm(hass, frozen)
    await pass_time(hass, frozen, 2, charging)
    facts = dict(hass.states.get(MODE).attributes)
    hass.states.async_set(MODE, "unavailable", facts)
    sent = tuple(home.actuator.audit)
    await pass_time(hass, frozen, 15, charging)
    assert tuple(home.actuator.audit) == sent
    assert BATTERY in home.store.control.owned
    assert status(hass) == "optimal"
    assert gapless(home, 15)
    hass.states.async_set(MODE, "automatic", facts)
    await settle(hass)
    await pass_time(hass, frozen, 1, meters)
    assert mode(hass) == "charge"
    assert not problems(hass)
    assert home.store.control.overrides == {}
