"""Units, the sign convention and the errors every stage shares.

Inside the core: kW, kWh, hours, degrees Celsius, UTC epoch seconds, currency/kWh.
Signs: grid + = import, battery + = discharge, solar and load never negative, so that

    load = grid + battery + solar
"""

from typing import Final

import numpy as np
import numpy.typing as npt

type Floats = npt.NDArray[np.float64]
type Bools = npt.NDArray[np.bool_]
type Ints = npt.NDArray[np.int64]
type Args = dict[str, float | int | str]

PHASE_V: Final = 230.0
"""Between a phase and neutral, IEC 60038."""

ENERGY_TOLERANCE_KWH: Final = 1e-6
"""A thousandth of a watt-hour: far below any meter's resolution, far above rounding."""

_ENERGY_KWH: Final = {
    "Wh": 1e-3,
    "kWh": 1.0,
    "MWh": 1e3,
    "GWh": 1e6,
    "J": 1 / 3.6e6,
    "kJ": 1 / 3.6e3,
    "MJ": 1 / 3.6,
    "GJ": 1e3 / 3.6,
}
_CARBON: Final = ("gCO", "kgCO", "g/", "kg/")
"""How a carbon intensity begins, which else has the form of a price."""
_MASS_G: Final = {"g": 1.0, "kg": 1e3, "t": 1e6, "lb": 453.59237, "lbs": 453.59237}
_CENTS: Final = frozenset({"ct", "cent", "cents", "c", "¢", "p", "öre", "øre", "gr"})


class InputError(ValueError):
    """Bad input, named by a code with arguments that the shell translates.

    Args:
        code: snake_case key of the message.
        args: values the message names (entity, column, value, unit).
    """

    def __init__(self, code: str, **args: float | str) -> None:
        """Keep the code and its arguments; the text is for logs and scripts."""
        self.code = code
        self.arguments: Args = dict(args)
        detail = ", ".join(f"{key}={value}" for key, value in args.items())
        super().__init__(
            f"{code.replace('_', ' ')} ({detail})" if detail else code.replace("_", " ")
        )


def price_per_kwh(value: float, unit: str | None) -> float:
    """Convert a price such as EUR/MWh, ct/kWh or EUR/kWh to currency/kWh.

    Raises:
        InputError: the unit is not an amount of money per energy.
    """
    plain = (unit or "").replace(" ", "")
    money, slash, energy = plain.partition("/")
    if not slash or not money or plain.startswith(_CARBON) or energy not in _ENERGY_KWH:
        raise InputError("unit_not_price", unit=str(unit))
    scale = 0.01 if money in _CENTS else 1.0
    return value * scale / _ENERGY_KWH[energy]


def carbon_g_per_kwh(value: float, unit: str | None) -> float:
    """Convert a carbon intensity such as gCO2eq/kWh, kg/MWh or lbs/MWh to g/kWh.

    Raises:
        InputError: the unit is not a mass per energy.
    """
    plain = (unit or "").replace(" ", "").replace("\u2082", "2")
    emitted, _, energy = plain.partition("/")
    mass = emitted.partition("CO2")[0]
    if mass not in _MASS_G or energy not in _ENERGY_KWH:
        raise InputError("unit_not_carbon", unit=str(unit))
    return value * _MASS_G[mass] / _ENERGY_KWH[energy]
