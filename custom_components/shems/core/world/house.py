"""The house as two heat stores, its heat pump and its hot water."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from ..assets.building import Building
from ..assets.performance import AIR_TO_WATER

_WATER_KWH_PER_K: Final = 0.233
"""200 litres."""

_WATER_SWING_K: Final = 1.0
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
        return AIR_TO_WATER.at(outdoor_c)

    @cached_property
    def building(self) -> Building:
        """The rooms; what people and appliances give is told to `step`."""
        return Building(
            self.loss_kw_per_k,
            self.air_kwh_per_k,
            self.mass_kwh_per_k,
            coupling_kw_per_k=8.0 * self.loss_kw_per_k,
            aperture_m2=self.window_m2,
            gains_kw=0.0,
        )

    def decide(
        self, heat: Heat, wish_c: float | None, outdoor_c: float, water_c: float | None = None
    ) -> tuple[Heat, float]:
        """Return the heat pump's state and electric power; no wish means heating is off.

        Water goes first, between its limits or to a temperature that was set. For the rooms it
        modulates between its limits and rests once they are 0.3 K too warm, until they are
        0.3 K too cold.
        """
        low_c = self.water_low_c if water_c is None else water_c - _WATER_SWING_K
        high_c = self.water_high_c if water_c is None else water_c
        boiling = heat.water_c < (high_c if heat.boiling else low_c)
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
        if (heating, boiling) != (heat.heating, heat.boiling):
            heat = replace(heat, heating=heating, boiling=boiling)
        return heat, power

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
        """Return the house after a step."""
        # People open windows when it is warm inside and cooler outside.
        airing = _AIRING_KW_PER_K if heat.indoor_c > max(_WARM_C, outdoor_c) else 0.0
        cop = self.performance(outdoor_c)
        to_water = power_kw * (cop - 1.0) if heat.boiling else 0.0
        to_rooms = 0.0 if heat.boiling else power_kw * cop
        indoor, mass = self.building.step(
            heat.indoor_c, heat.mass_c, to_rooms + gains_kw, outdoor_c, sun_kwm2, hours, airing
        )
        cooling = 0.0016 * (heat.water_c - heat.indoor_c)
        water = heat.water_c + (to_water - drawn_kw - cooling) * hours / _WATER_KWH_PER_K
        return Heat(indoor, mass, max(water, 10.0), heat.heating, heat.boiling)
