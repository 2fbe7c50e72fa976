"""What each device should be doing: the user's word first, then the plan's."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from homeassistant.core import HomeAssistant

from .core.assets.battery import Battery
from .core.assets.home import Home
from .core.dispatch.command import Command, DeviceCommand
from .core.dispatch.throttle import Throttle
from .core.plan.result import Mode, Plan, Reason
from .devices import Device
from .devices.battery_details import asked_of
from .devices.controls import controlled
from .devices.settings import MODE_AUTO, MODE_PAUSED, DeviceSettings
from .sources.configuration import Configuration
from .store import Control
from .wish import Wish

MODE_CHARGE: Final = "charge"
MODE_HOLD: Final = "hold"

FULL_SHARE: Final = 0.005
"""Half a percent of the capacity: the resolution of most state-of-charge sensors."""

_REASONS: Final = {
    MODE_HOLD: Reason("user_hold"),
    MODE_CHARGE: Reason("user_charge"),
    MODE_PAUSED: Reason("paused"),
}
type Planned = Command | DeviceCommand | Throttle
"""What the plan makes of a device now."""

USERS_REASONS: Final = frozenset({"override", *(each.code for each in _REASONS.values())})
"""Reasons in a plan that does not count on moving the device."""


def controls(device: Device) -> frozenset[str]:
    """Return the entities through which a device is driven; none where it is only measured."""
    return controlled(device.data)


def is_driven(device: Device) -> bool:
    """Return whether anything is ever asked of a device; steps of a user may name no entity."""
    return bool(controls(device)) or runs_steps(device)


def missing_controls(
    hass: HomeAssistant, by_entity: Mapping[str, Device], control: Control
) -> frozenset[str]:
    """Return the entities of devices that SHEMS may write to which do not exist."""
    return frozenset(
        entity_id
        for entity_id, device in by_entity.items()
        if may_write(control, device.id) and hass.states.get(entity_id) is None
    )


def runs_steps(device: Device) -> bool:
    """Return whether a device is driven by steps of a user, which may move anything."""
    return bool(device.data.get("sequence"))


def home_for(configuration: Configuration, control: Control, at: float) -> Home:
    """Return the home with what the user asks of batteries, and only with what may be driven.

    No plan counts on throttling an array that SHEMS may not write to.
    """
    home, zone = configuration.home, configuration.zone
    devices = {each.id: each for each in configuration.of_kind("battery")}
    return replace(
        home,
        solar=tuple(
            replace(
                array,
                curtailable=array.curtailable
                and may_write(control, array.id)
                and is_free(control, array.id),
            )
            for array in home.solar
        ),
        batteries=tuple(
            asked_of(devices[battery.id], battery, control.device(battery.id), zone, at)
            for battery in home.batteries
        ),
    )


def is_free(control: Control, device_id: str) -> bool:
    """Return whether the plan may count on moving a device as it likes."""
    return control.mode(device_id) == MODE_AUTO and device_id not in control.overrides


def taken(home: Home, control: Control) -> tuple[str, ...]:
    """Return the batteries and devices that someone else moves."""
    every = (*home.batteries, *home.devices)
    return tuple(each.id for each in every if not is_free(control, each.id))


def alone(home: Home, control: Control) -> tuple[str, ...]:
    """Return the devices that go their own ways, while SHEMS drives something else.

    Where it drives nothing yet, all is planned together: that is what it would do.
    """
    every = (*home.batteries, *home.devices)
    if not any(may_write(control, each.id) for each in every):
        return ()
    return tuple(each.id for each in home.devices if not may_write(control, each.id))


def may_write(control: Control, device_id: str) -> bool:
    """Return whether the user lets SHEMS write to a device."""
    return control.enabled and control.device(device_id).armed


def wish_for(
    device: Device,
    settings: DeviceSettings,
    battery: Battery | None,
    energy_kwh: float | None,
    planned: Planned | None,
) -> Wish:
    """Return the wish for a device nobody else holds.

    Args:
        device: the device.
        settings: what the user chose.
        battery: its parameters, where it is one.
        energy_kwh: stored now, None where unknown.
        planned: the plan's command, None where there is none.
    """
    match settings.mode:
        case "on" | "off" as turned:
            return turned
        case "hold":
            return Command(device.id, Mode.HOLD, 0.0, Reason("user_hold"))
        case "charge" if battery is not None:
            return _charge(battery, settings, energy_kwh)
        case "auto":
            return planned or "default"
        case _:
            return "default"


def wishes_for(
    devices: Iterable[Device],
    control: Control,
    home: Home,
    energy_kwh: Mapping[str, float],
    decided: Iterable[Planned],
) -> dict[str, Wish]:
    """Return what each device should be doing.

    Left out are devices that are left to somebody else, and devices that were just given back and
    wait for a plan that counts on them.
    """
    planned = {each.device_id: each for each in decided}
    return {
        device.id: wish_for(
            device,
            replace(control.device(device.id), mode=control.mode(device.id)),
            home.battery(device.id),
            energy_kwh.get(device.id),
            planned.get(device.id),
        )
        for device in devices
        if not control.left(device.id)
        and not (may_write(control, device.id) and _awaits_plan(control, planned, device.id))
    }


def _awaits_plan(control: Control, planned: Mapping[str, Planned], device_id: str) -> bool:
    command = planned.get(device_id)
    return (
        command is not None
        and command.reason.code in USERS_REASONS
        and control.mode(device_id) == MODE_AUTO
    )


def with_users(plan: Plan, control: Control) -> Plan:
    """Return the plan with the user's own reason where the user, not the plan, decides."""
    batteries = []
    for part in plan.batteries:
        taken = control.overrides.get(part.device_id)
        why = _REASONS.get(control.device(part.device_id).mode) if taken is None else taken.reason
        own = part if why is None else replace(part, reason=(why,) * len(part.mode))
        batteries.append(own)
    return replace(plan, batteries=tuple(batteries))


def _charge(battery: Battery, settings: DeviceSettings, energy_kwh: float | None) -> Wish:
    """Charge up to the target, then hold it; without a known state of charge, let go."""
    if energy_kwh is None:
        return "default"
    target = battery.max_soc if settings.target is None else settings.target
    wanted_kwh = min(target, battery.max_soc) * battery.capacity_kwh
    if energy_kwh >= wanted_kwh - FULL_SHARE * battery.capacity_kwh:
        return Command(battery.id, Mode.HOLD, 0.0, Reason("user_target_reached", {"soc": target}))
    return Command(
        battery.id, Mode.CHARGE, -battery.charge_kw, Reason("user_charge", {"soc": target})
    )
