"""The grid meter; a complete home's shows its phases, and what the grid operator asks."""

from dataclasses import replace
from typing import Final

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import UnitOfElectricCurrent

from ..core.units import PHASE_V
from ..core.world.phases import phases_kw
from .entity import (
    VirtualDevice,
    VirtualSensorDescription,
    VirtualSwitchDescription,
    energy,
    power,
)
from .home import METER


def _current(phase: int) -> VirtualSensorDescription:
    """Describe the current of a phase, A; negative while it feeds in."""
    return VirtualSensorDescription(
        key=f"{METER}_current_l{phase}",
        translation_key=f"sim_current_{phase}",
        device_class=SensorDeviceClass.CURRENT,
        state_class=SensorStateClass.MEASUREMENT,
        native_unit_of_measurement=UnitOfElectricCurrent.AMPERE,
        suggested_display_precision=1,
        value_fn=lambda home: round(1000.0 * phases_kw(home.powers)[phase - 1] / PHASE_V, 2),
    )


DEVICE: Final = VirtualDevice(
    key=METER,
    model="Three-phase smart meter",
    sensors=(
        power(METER, lambda powers: powers.grid),
        energy("grid_import", translation_key="sim_import"),
        energy("grid_export", translation_key="sim_export"),
    ),
)
OF_PHASES: Final = replace(
    DEVICE,
    sensors=(*DEVICE.sensors, *(_current(phase) for phase in (1, 2, 3))),
    switches=(
        VirtualSwitchDescription(
            key="grid_dimmed",
            translation_key="sim_grid_dimmed",
            value_fn=lambda home: home.controls.annex.dimmed,
            set_fn=lambda home, on: home.set_annex(dimmed=on),
        ),
    ),
)
