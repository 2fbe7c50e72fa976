"""A user's own steps run with what they are told, and count as done when they ended well."""

from typing import Any

import pytest
from homeassistant.core import Context, HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from pytest_homeassistant_custom_component.common import async_mock_service

from custom_components.shems.actuate import Actuator
from custom_components.shems.core.dispatch.command import Command
from custom_components.shems.core.plan.result import Mode, Reason
from custom_components.shems.devices import Device
from custom_components.shems.drive_issues import DriveIssues
from custom_components.shems.store import HomeStore

STEPS = [
    {
        "choose": [
            {
                "conditions": "{{ mode == 'charge' }}",
                "sequence": [
                    {
                        "action": "inverter.charge",
                        "data": {"power": "{{ power_w | abs }}", "until": "{{ soc }}"},
                    }
                ],
            }
        ],
        "default": [{"action": "inverter.stop"}],
    }
]


def battery(**data: Any) -> Device:
    return Device(
        "id", "battery", "Battery", {"control": "actions", "sequence": STEPS, "max_soc": 90, **data}
    )


def charge(power_kw: float) -> Command:
    return Command("id", Mode.CHARGE, -power_kw, Reason("charge_cheap"))


def actuator_of(hass: HomeAssistant, store: HomeStore, devices: list[Device]) -> Actuator:
    return Actuator(hass, store, devices, DriveIssues(hass, "home", "Home"))


@pytest.fixture
def store(hass: HomeAssistant, hass_storage: dict[str, Any]) -> HomeStore:
    return HomeStore(hass, "home")


async def test_steps_are_told_mode_power_and_charge(hass: HomeAssistant, store: HomeStore) -> None:
    charged = async_mock_service(hass, "inverter", "charge")
    stopped = async_mock_service(hass, "inverter", "stop")
    actuator = actuator_of(hass, store, [battery()])
    user = Context(user_id="someone")
    actuator.attribute("id", user, 0.0)
    await actuator.async_converge({"id": charge(2.5)}, 0.0)
    assert [each.data for each in charged] == [{"power": 2500, "until": 90}]
    assert charged[0].context.user_id == "someone"
    assert actuator.ours(charged[0].context)
    assert [line.outcome for line in actuator.audit] == ["sent", "acknowledged"]
    await actuator.async_converge({"id": charge(2.5)}, 10.0)
    assert len(charged) == 1, "only on change"
    await actuator.async_converge({"id": "default"}, 20.0)
    await actuator.async_converge({"id": "default"}, 21.0)
    assert len(stopped) == 1
    assert not actuator.owned("id")


async def test_steps_that_failed_are_not_done(hass: HomeAssistant, store: HomeStore) -> None:
    calls: list[ServiceCall] = []

    async def fail_once(call: ServiceCall) -> None:
        calls.append(call)
        if len(calls) == 1:
            raise HomeAssistantError("busy")

    hass.services.async_register("inverter", "charge", fail_once)
    actuator = actuator_of(hass, store, [battery()])
    await actuator.async_converge({"id": charge(2.5)}, 0.0)
    assert actuator.hold("id").acknowledged_at is None
    await actuator.async_converge({"id": charge(2.5)}, 6.0)
    await actuator.async_converge({"id": charge(2.5)}, 7.0)
    assert len(calls) == 2
    assert [line.outcome for line in actuator.audit] == ["failed", "sent", "acknowledged"]


async def test_steps_that_are_none_are_refused(hass: HomeAssistant, store: HomeStore) -> None:
    actuator = Actuator(
        hass, store, [battery(sequence=[{"nonsense": 1}])], DriveIssues(hass, "home", "Home")
    )
    for second in range(0, 600, 10):
        await actuator.async_converge({"id": charge(2.5)}, float(second))
    assert actuator.refused == Reason("device_refuses", {"device": "Battery"})


async def test_steps_are_seen_by_what_confirms_them(hass: HomeAssistant, store: HomeStore) -> None:
    charged = async_mock_service(hass, "inverter", "charge")
    hass.states.async_set("sensor.mode", "idle")
    actuator = Actuator(
        hass, store, [battery(confirm="sensor.mode")], DriveIssues(hass, "home", "Home")
    )
    await actuator.async_converge({"id": charge(2.5)}, 0.0)
    assert actuator.hold("id").acknowledged_at is None
    hass.states.async_set("sensor.mode", "charge")
    await actuator.async_converge({"id": charge(2.5)}, 5.0)
    assert actuator.hold("id").acknowledged_at == 5.0
    assert len(charged) == 1
