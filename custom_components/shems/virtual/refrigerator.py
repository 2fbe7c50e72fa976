"""The refrigerator on its plug."""

from typing import Final

from homeassistant.components.switch.const import SwitchDeviceClass

from .entity import VirtualDevice, VirtualSwitchDescription, energy, power

DEVICE: Final = VirtualDevice(
    key="refrigerator",
    model="Refrigerator on a smart plug",
    sensors=(power("refrigerator", lambda powers: powers.refrigerator), energy("refrigerator")),
    switches=(
        VirtualSwitchDescription(
            key="refrigerator_plug",
            translation_key="sim_plug",
            device_class=SwitchDeviceClass.OUTLET,
            value_fn=lambda home: home.controls.refrigerator_on,
            set_fn=lambda home, on: home.set(refrigerator_on=on),
        ),
    ),
)
