"""How often a moving power is written, and to whom patience is shown."""

from typing import Any

import pytest
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError

from custom_components.shems import actuate
from custom_components.shems.actuate import Actuator
from custom_components.shems.core.dispatch.command import Command
from custom_components.shems.core.plan.result import Mode, Reason
from custom_components.shems.devices import Device
from custom_components.shems.devices.device import Range
from custom_components.shems.drive_issues import DriveIssues
from custom_components.shems.store import HomeStore

from .conftest import BATTERY, MODE, POWER

DEVICE = Device(
    BATTERY,
    "battery",
    "Battery",
    {
        "control": "select",
        "mode_select": MODE,
        "option_self_consume": "automatic",
        "option_charge": "charge",
        "option_discharge": "discharge",
        "option_hold": "hold",
        "power_number": POWER,
        "charge_kw": 5.0,
        "discharge_kw": 5.0,
    },
    range_of=lambda entity_id: Range("W", 0, 5000, 10),
)


def charge(power_kw: float) -> Command:
    return Command(BATTERY, Mode.CHARGE, -power_kw, Reason("charge_cheap"))


@pytest.fixture
async def actuator(hass: HomeAssistant, inverter: None, hass_storage: dict[str, Any]) -> Actuator:
    """Return an actuator that drives the inverter."""
    return Actuator(hass, HomeStore(hass, "home"), [DEVICE], DriveIssues(hass, "home", "Home"))


def power(hass: HomeAssistant) -> float:
    state = hass.states.get(POWER)
    assert state is not None
    return float(state.state)


async def test_a_moving_power_is_written_every_few_seconds(
    hass: HomeAssistant, actuator: Actuator
) -> None:
    await actuator.async_converge({BATTERY: charge(1.0)}, 0.0)
    assert power(hass) == 1000
    await actuator.async_converge({BATTERY: charge(2.0)}, 2.0)
    assert power(hass) == 1000
    await actuator.async_converge({BATTERY: charge(3.0)}, 6.0)
    assert power(hass) == 3000


async def test_a_step_below_the_noise_is_not_written_but_a_stop_is(
    hass: HomeAssistant, actuator: Actuator
) -> None:
    await actuator.async_converge({BATTERY: charge(0.015)}, 0.0)
    assert power(hass) == 10
    await actuator.async_converge({BATTERY: charge(0.03)}, 10.0)
    assert power(hass) == 10
    await actuator.async_converge({BATTERY: charge(0.0)}, 20.0)
    assert power(hass) == 0


async def test_a_new_mode_is_written_at_once(hass: HomeAssistant, actuator: Actuator) -> None:
    await actuator.async_converge({BATTERY: charge(1.0)}, 0.0)
    hold = Command(BATTERY, Mode.HOLD, 0.0, Reason("user_hold"))
    await actuator.async_converge({BATTERY: hold}, 1.0)
    state = hass.states.get(MODE)
    assert state is not None
    assert state.state == "hold"


async def test_a_slow_device_some_writes_behind_is_not_called_refusing(
    hass: HomeAssistant, actuator: Actuator
) -> None:
    late: list[tuple[float, float]] = []
    attributes = dict(hass.states.get(POWER).attributes)  # type: ignore[union-attr]  # It is there.
    clock = 0.0

    async def later(call: ServiceCall) -> None:
        late.append((clock + 30, call.data["value"]))

    hass.services.async_register("input_number", "set_value", later)
    for step in range(120):
        clock = 10.0 * step
        shown = [value for due, value in late if due <= clock]
        if shown:
            hass.states.async_set(POWER, str(shown[-1]), attributes)
        await actuator.async_converge({BATTERY: charge(1.0 + 0.1 * (step % 20))}, clock)
    assert actuator.refused is None
    assert not any(line.outcome == "failed" for line in actuator.audit)


async def test_a_device_that_never_follows_a_moving_power_is_called_refusing(
    hass: HomeAssistant, actuator: Actuator
) -> None:
    async def ignore(call: ServiceCall) -> None:
        """Do nothing."""

    hass.services.async_register("input_number", "set_value", ignore)
    for step in range(120):
        await actuator.async_converge({BATTERY: charge(1.0 + 0.1 * (step % 20))}, 10.0 * step)
    assert actuator.refused == Reason("device_refuses", {"device": "Battery"})


async def test_the_end_waits_a_little_for_a_slow_device(
    hass: HomeAssistant, actuator: Actuator, monkeypatch: pytest.MonkeyPatch
) -> None:
    await actuator.async_converge({BATTERY: charge(1.0)}, 0.0)
    assert actuator.owned(BATTERY)
    asked: list[ServiceCall] = []
    attributes = dict(hass.states.get(MODE).attributes)  # type: ignore[union-attr]  # It is there.

    async def slow(call: ServiceCall) -> None:
        asked.append(call)

    async def sleep(seconds: float) -> None:
        hass.states.async_set(MODE, "automatic", attributes)

    hass.services.async_register("input_select", "select_option", slow)
    monkeypatch.setattr(actuate, "RESTORE_WAIT_S", 6.0)
    monkeypatch.setattr(actuate.asyncio, "sleep", sleep)
    await actuator.async_release_all(10.0)
    assert len(asked) == 1
    assert not actuator.owned(BATTERY)


async def test_a_failed_write_is_tried_again_soon(hass: HomeAssistant, actuator: Actuator) -> None:
    calls: list[ServiceCall] = []

    async def fail_once(call: ServiceCall) -> None:
        calls.append(call)
        if len(calls) == 1:
            raise HomeAssistantError("busy")
        hass.states.async_set(MODE, call.data["option"])

    hass.services.async_register("input_select", "select_option", fail_once)
    await actuator.async_converge({BATTERY: charge(1.0)}, 0.0)
    await actuator.async_converge({BATTERY: charge(1.0)}, 3.0)
    assert len(calls) == 1
    await actuator.async_converge({BATTERY: charge(1.0)}, 6.0)
    assert len(calls) == 2
    await actuator.async_converge({BATTERY: charge(1.0)}, 7.0)
    assert [line.outcome for line in actuator.audit] == ["failed", "sent", "acknowledged"]
    assert actuator.refused is None
