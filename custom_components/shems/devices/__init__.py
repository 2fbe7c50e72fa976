"""Kinds of devices: each brings its form, its asset and its actions."""

from typing import Final

from .action import Action, Expect, Order
from .appliance import APPLIANCE
from .battery import BATTERY
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


def actions(device: Device, order: Order) -> tuple[Action, ...]:
    """Return the actions that carry out an order, in the order to send them.

    None where the device has nothing to be driven by.
    """
    return KINDS[device.kind].actions(device, order)


__all__ = ["KINDS", "Action", "Device", "Expect", "Kind", "Order", "actions"]
