"""The pool pump of a complete home, on its plug."""

from typing import Final

from homeassistant.components.switch.const import SwitchDeviceClass

from .entity import VirtualDevice, VirtualSwitchDescription, energy, power

DEVICE: Final = VirtualDevice(
    key="pool_pump",
    model="Pool pump of 750 W on a smart plug",
    sensors=(power("pool_pump", lambda powers: powers.annex.pool_pump), energy("pool_pump")),
    switches=(
        VirtualSwitchDescription(
            key="pool_pump_plug",
            translation_key="sim_plug",
            device_class=SwitchDeviceClass.OUTLET,
            value_fn=lambda home: home.controls.annex.pump_on,
            set_fn=lambda home, on: home.set_annex(pump_on=on),
        ),
    ),
)
