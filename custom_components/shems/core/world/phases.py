"""Which phase each device of a complete home is on."""

from typing import Final

from .plant import Powers

_PHASES: Final = 3


def phases_kw(powers: Powers) -> tuple[float, float, float]:
    """Return what each phase takes from the grid, kW; together the grid's power.

    Charger, heat pump, inverter and what is always on have all three; the hob has two.
    """
    annex = powers.annex
    even = powers.base + powers.car + powers.heat_pump - powers.battery - powers.solar
    hob = powers.cooking / 2
    first = sum(powers.lamps) + powers.washing_machine + annex.car + hob
    second = powers.dishwasher + annex.freezer - annex.battery + hob
    third = powers.refrigerator + powers.dehumidifier + annex.air_conditioner + annex.pool_pump
    return first + even / _PHASES, second + even / _PHASES, third + even / _PHASES
