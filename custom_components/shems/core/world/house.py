"""The house as two heat stores, its heat pump and its hot water."""

from dataclasses import dataclass, replace
from typing import Final

_WATER_KWH_PER_K: Final = 0.233
"""200 litres."""

_WARM_C: Final = 23.5
_AIRING_KW_PER_K: Final = 0.3


@dataclass(frozen=True)
class Heat:
    """State of the house.

    Attributes:
        indoor_c: air and furniture.
        mass_c: walls and floors.
        water_c: hot water.
        heating, boiling: whether the heat pump runs for the rooms or for the water.
    """

    indoor_c: float
    mass_c: float
    water_c: float
    heating: bool
    boiling: bool


@dataclass(frozen=True)
class House:
    """Parameters of the building and its heat pump.

    Attributes:
        loss_kw_per_k: heat lost to the outside.
        air_kwh_per_k, mass_kwh_per_k: heat stored.
        window_m2: area through which the sun heats.
        lowest_kw, highest_kw: electric power between which the heat pump modulates.
        water_kw: electric power while it heats water.
        day_c, night_c: what the household sets.
    """

    loss_kw_per_k: float = 0.15
    air_kwh_per_k: float = 1.2
    mass_kwh_per_k: float = 9.0
    window_m2: float = 3.0
    lowest_kw: float = 0.45
    highest_kw: float = 2.4
    water_kw: float = 1.7
    day_c: float = 20.5
    night_c: float = 19.0
    water_low_c: float = 46.0
    water_high_c: float = 56.0

    def wish_c(self, hour: float) -> float:
        """Return the temperature the household wants at an hour of the day."""
        return self.day_c if 6.0 <= hour < 22.0 else self.night_c

    def performance(self, outdoor_c: float) -> float:
        """Return heat per electricity for the rooms: 3.8 at 7 °C, more when it is mild."""
        return min(max(3.8 + 0.07 * (outdoor_c - 7.0), 1.8), 5.5)

    def decide(self, heat: Heat, wish_c: float | None, outdoor_c: float) -> tuple[Heat, float]:
        """Return the heat pump's state and electric power; no wish means heating is off.

        Water goes first. For the rooms it modulates between its limits and rests once they
        are 0.3 K too warm, until they are 0.3 K too cold.
        """
        boiling = heat.water_c < (self.water_high_c if heat.boiling else self.water_low_c)
        if wish_c is None:
            heating = False
        elif heat.heating:
            heating = heat.indoor_c < wish_c + 0.3
        else:
            heating = heat.indoor_c < wish_c - 0.3
        power = 0.0
        if boiling:
            power = self.water_kw
        elif heating and wish_c is not None:
            needed = self.loss_kw_per_k * (wish_c - outdoor_c) + 1.5 * (wish_c - heat.indoor_c)
            power = needed / self.performance(outdoor_c)
            power = min(max(power, self.lowest_kw), self.highest_kw)
        return replace(heat, heating=heating, boiling=boiling), power

    def step(
        self,
        heat: Heat,
        power_kw: float,
        outdoor_c: float,
        sun_kwm2: float,
        gains_kw: float,
        drawn_kw: float,
        hours: float,
    ) -> Heat:
        """Return the house after a step (2R2C, implicit Euler, stable at any width).

        Ci·dTi = U·(8(Te-Ti) + 0.4(Ta-Ti)) + Q + gains + A·G/2
        Ce·dTe = U·(8(Ti-Te) + 0.6(Ta-Te)) + A·G/2
        """
        loss = self.loss_kw_per_k
        # People open windows when it is warm inside and cooler outside.
        airing = _AIRING_KW_PER_K if heat.indoor_c > max(_WARM_C, outdoor_c) else 0.0
        to_water = power_kw * (self.performance(outdoor_c) - 1.0) if heat.boiling else 0.0
        to_rooms = 0.0 if heat.boiling else power_kw * self.performance(outdoor_c)
        sun = self.window_m2 * sun_kwm2 / 2.0

        air, mass = self.air_kwh_per_k / hours, self.mass_kwh_per_k / hours
        a11, a12 = air + 8.4 * loss + airing, -8.0 * loss
        a22 = mass + 8.6 * loss
        b1 = air * heat.indoor_c + (0.4 * loss + airing) * outdoor_c + to_rooms + gains_kw + sun
        b2 = mass * heat.mass_c + 0.6 * loss * outdoor_c + sun
        det = a11 * a22 - a12 * a12
        indoor = (b1 * a22 - a12 * b2) / det
        wall = (a11 * b2 - a12 * b1) / det

        cooling = 0.0016 * (heat.water_c - heat.indoor_c)
        water = heat.water_c + (to_water - drawn_kw - cooling) * hours / _WATER_KWH_PER_K
        return Heat(indoor, wall, max(water, 10.0), heat.heating, heat.boiling)
