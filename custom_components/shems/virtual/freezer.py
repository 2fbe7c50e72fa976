"""The freezer of a complete home, on its plug."""

from typing import Final

from homeassistant.components.switch.const import SwitchDeviceClass

from .entity import VirtualDevice, VirtualSwitchDescription, energy, power

DEVICE: Final = VirtualDevice(
    key="freezer",
    model="Freezer on a smart plug",
    sensors=(power("freezer", lambda powers: powers.annex.freezer), energy("freezer")),
    switches=(
        VirtualSwitchDescription(
            key="freezer_plug",
            translation_key="sim_plug",
            device_class=SwitchDeviceClass.OUTLET,
            value_fn=lambda home: home.controls.annex.freezer_on,
            set_fn=lambda home, on: home.set_annex(freezer_on=on),
        ),
    ),
)
