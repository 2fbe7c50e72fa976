"""Kinds of devices: each brings its form, its asset and its actions."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from .action import Action, Expect, Order
from .appliance import APPLIANCE
from .battery import BATTERY
from .before import Before, returned
from .connection import CONNECTION
from .deferrable import DEFERRABLE
from .device import Device
from .heating import HEATING
from .kind import Kind
from .load import LOAD
from .sheddable import SHEDDABLE
from .solar import SOLAR
from .vehicle import VEHICLE
from .water import WATER

KINDS: Final[dict[str, Kind]] = {
    kind.name: kind
    for kind in (
        CONNECTION,
        SOLAR,
        BATTERY,
        LOAD,
        VEHICLE,
        HEATING,
        WATER,
        APPLIANCE,
        DEFERRABLE,
        SHEDDABLE,
    )
}
"""Every kind there is; a new one is added here."""


_UNKNOWN: Final[Mapping[str, Before]] = MappingProxyType({})


def actions(
    device: Device, order: Order, before: Mapping[str, Before] = _UNKNOWN
) -> tuple[Action, ...]:
    """Return the actions that carry out an order, in the order to send them.

    None where the device has nothing to be driven by.

    Args:
        device: what is driven.
        order: what it should be doing.
        before: what its entities showed when it was taken over, as far as that is known.
    """
    made = KINDS[device.kind].actions(device, order)
    return returned(device, made, before) if order == "default" and before else made


__all__ = ["KINDS", "Action", "Before", "Device", "Expect", "Kind", "Order", "actions"]
