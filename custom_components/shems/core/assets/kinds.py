"""Every kind of device that can be moved; a new one is added here."""

from typing import TypeGuard

from ..units import InputError
from .appliance import Appliance, ApplianceState
from .deferrable import Deferrable, DeferrableState
from .device import Device
from .heating import Heating, HeatingState
from .sheddable import Sheddable, SheddableState
from .stay import VehicleState
from .vehicle import Vehicle
from .water import Water, WaterState

type Movable = Appliance | Deferrable | Heating | Sheddable | Vehicle | Water
type MovableState = (
    ApplianceState | DeferrableState | HeatingState | SheddableState | VehicleState | WaterState
)


def acting(device: Movable, state: MovableState) -> Device[MovableState]:
    """Return a device as one that the state may be handed to.

    Raises:
        InputError: the state is another kind's.
    """
    if not _takes(device, state):
        raise InputError("device_state", device=device.name, kind=state.KIND)
    return device


def _takes(device: Movable, state: MovableState) -> TypeGuard[Device[MovableState]]:
    return device.KIND == state.KIND
