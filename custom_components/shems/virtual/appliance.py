"""The dishwasher and the washing machine."""

from typing import Final

from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.const import EntityCategory

from ..core.world.appliance import PROGRAMMES, Programme
from .entity import (
    VirtualDevice,
    VirtualSensorDescription,
    VirtualSwitchDescription,
    energy,
    power,
)
from .home import VirtualHome


def _status(home: VirtualHome, index: int) -> str:
    if home.state.progress[index] is not None:
        return "running"
    return "waiting" if home.state.loaded[index] else "ready"


def _device(index: int, programme: Programme, model: str) -> VirtualDevice:
    name = programme.name
    return VirtualDevice(
        key=name,
        model=model,
        sensors=(
            power(name, lambda powers: getattr(powers, name)),
            energy(name),
            VirtualSensorDescription(
                key=f"{name}_status",
                translation_key="sim_appliance_status",
                device_class=SensorDeviceClass.ENUM,
                options=["ready", "waiting", "running"],
                value_fn=lambda home: _status(home, index),
            ),
        ),
        switches=(
            VirtualSwitchDescription(
                key=f"{name}_programme",
                translation_key="sim_appliance_programme",
                value_fn=lambda home: home.state.progress[index] is not None,
                set_fn=lambda home, on: home.run_appliance(index, on=on),
            ),
            VirtualSwitchDescription(
                key=f"{name}_remote",
                translation_key="sim_appliance_remote",
                entity_category=EntityCategory.CONFIG,
                value_fn=lambda home: home.controls.remote[index],
                set_fn=lambda home, on: home.start_from_afar(index, on=on),
            ),
        ),
    )


DISHWASHER: Final = _device(0, PROGRAMMES[0], "Dishwasher, 1.1 kWh a run")
WASHING_MACHINE: Final = _device(1, PROGRAMMES[1], "Washing machine, 1.1 kWh a run")
