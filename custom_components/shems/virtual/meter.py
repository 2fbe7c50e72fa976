"""The grid meter."""

from typing import Final

from .entity import VirtualDevice, energy, power
from .home import METER

DEVICE: Final = VirtualDevice(
    key=METER,
    model="Three-phase smart meter",
    sensors=(
        power(METER, lambda powers: powers.grid),
        energy("grid_import", translation_key="sim_import"),
        energy("grid_export", translation_key="sim_export"),
    ),
)
