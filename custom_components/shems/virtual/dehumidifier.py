"""The dehumidifier in the cellar, on its plug."""

from typing import Final

from homeassistant.components.switch.const import SwitchDeviceClass

from .entity import VirtualDevice, VirtualSwitchDescription, energy, power

DEVICE: Final = VirtualDevice(
    key="dehumidifier",
    model="Dehumidifier of 350 W on a smart plug",
    sensors=(power("dehumidifier", lambda powers: powers.dehumidifier), energy("dehumidifier")),
    switches=(
        VirtualSwitchDescription(
            key="dehumidifier_plug",
            translation_key="sim_plug",
            device_class=SwitchDeviceClass.OUTLET,
            value_fn=lambda home: home.controls.dehumidifier_on,
            set_fn=lambda home, on: home.set(dehumidifier_on=on),
        ),
    ),
)
