"""Units: what Home Assistant knows becomes what the core reckons in."""

from collections.abc import Callable
from typing import Final

from homeassistant.const import (
    PERCENTAGE,
    UnitOfElectricCurrent,
    UnitOfElectricPotential,
    UnitOfEnergy,
    UnitOfPower,
    UnitOfTemperature,
)
from homeassistant.util.unit_conversion import (
    BaseUnitConverter,
    ElectricCurrentConverter,
    ElectricPotentialConverter,
    EnergyConverter,
    PowerConverter,
    TemperatureConverter,
)

from .core.units import InputError

type Convert = Callable[[float, str | None], float]


def _into(converter: type[BaseUnitConverter], wanted: str, code: str) -> Convert:
    """Make a conversion; it raises InputError for a unit of another kind."""

    def convert(value: float, unit: str | None) -> float:
        if unit not in converter.VALID_UNITS:
            raise InputError(code, unit=str(unit))
        return converter.convert(value, unit, wanted)

    return convert


power_kw: Final = _into(PowerConverter, UnitOfPower.KILO_WATT, "unit_not_power")
energy_kwh: Final = _into(EnergyConverter, UnitOfEnergy.KILO_WATT_HOUR, "unit_not_energy")
current_a: Final = _into(ElectricCurrentConverter, UnitOfElectricCurrent.AMPERE, "unit_not_current")
voltage_v: Final = _into(
    ElectricPotentialConverter, UnitOfElectricPotential.VOLT, "unit_not_voltage"
)
celsius: Final = _into(TemperatureConverter, UnitOfTemperature.CELSIUS, "unit_not_temperature")

POWER_UNITS: Final = sorted(str(unit) for unit in PowerConverter.VALID_UNITS)


def percent_of(value: float, unit: str | None) -> float:
    """Convert a percentage to a fraction; raise InputError for another unit."""
    if unit != PERCENTAGE:
        raise InputError("unit_not_percent", unit=str(unit))
    return value / 100
