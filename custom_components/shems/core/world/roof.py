"""A solar roof: the sky's light on its planes, and the inverter behind them."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..units import Floats
from .sky import Weather

_ALBEDO: Final = 0.2
_LOSS_PER_K: Final = 0.004
_DELIVERED: Final = 0.9
"""After wiring, dirt, mismatch and inverter."""
_WARMING_K_PER_WM2: Final = 0.03
"""Cell above air at 1 W/m², the NOCT of an ordinary module on a roof."""


@dataclass(frozen=True)
class Plane:
    """Modules that face one way.

    Attributes:
        peak_kw: power of the modules at 1000 W/m² and 25 °C cells.
        tilt_deg: 0 lies flat.
        azimuth_deg: 180 faces south.
    """

    peak_kw: float
    tilt_deg: float
    azimuth_deg: float

    def irradiance(self, sky: Weather) -> Floats:
        """Return W/m² on the plane, (N,): direct, isotropic sky and ground.

        POA = DNI·cos θ + DHI·(1 + cos β)/2 + ρ·GHI·(1 - cos β)/2
        """
        tilt, azimuth = np.radians(self.tilt_deg), np.radians(self.azimuth_deg)
        elevation = sky.sun.elevation
        incidence = np.sin(elevation) * np.cos(tilt) + np.cos(elevation) * np.sin(tilt) * np.cos(
            sky.sun.azimuth - azimuth
        )
        direct = sky.direct_wm2 * np.maximum(incidence, 0.0)
        around = sky.diffuse_wm2 * (1.0 + np.cos(tilt)) / 2.0
        ground = _ALBEDO * sky.global_wm2 * (1.0 - np.cos(tilt)) / 2.0
        total: Floats = direct + around + ground
        return total

    def power_kw(self, sky: Weather) -> Floats:
        """Return the power before the inverter's limit, (N,)."""
        light = self.irradiance(sky)
        cell = sky.temperature_c + _WARMING_K_PER_WM2 * light
        peak_kw = _DELIVERED * self.peak_kw
        power: Floats = peak_kw * light / 1000.0 * (1.0 - _LOSS_PER_K * (cell - 25.0))
        return np.maximum(power, 0.0)


def solar_kw(planes: tuple[Plane, ...], inverter_kw: float, sky: Weather) -> Floats:
    """Return what the roof can deliver, (N,), clipped at the inverter's power."""
    total = np.zeros(len(sky.cloud))
    for plane in planes:
        total += plane.power_kw(sky)
    return np.minimum(total, inverter_kw)
