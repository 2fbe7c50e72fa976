"""What the batteries hold, believed for a while after their sensors fell silent."""

from typing import Final

from .core.assets.home import Home
from .core.observe.readings import Readings
from .core.plan.result import Reason
from .core.units import InputError

SOC_HOLDS_S: Final = 1800.0
"""How long a state of charge is believed after its sensor fell silent."""


class StoredEnergy:
    """The stored energy of every battery of a home."""

    def __init__(self, home: Home) -> None:
        """Know nothing yet."""
        self._home = home
        self._last: dict[str, tuple[float, float]] = {}

    def clock_set(self, by_s: float) -> None:
        """Put right when charges were known."""
        self._last = {key: (kwh, seen + by_s) for key, (kwh, seen) in self._last.items()}

    def known(self, readings: Readings, at: float) -> tuple[dict[str, float], Reason | None]:
        """Return stored energies in kWh by battery, and what is wrong with one of them."""
        problem = None
        energy = {}
        for battery in self._home.batteries:
            try:
                value = readings.energy_kwh(battery.id, battery.capacity_kwh)
                self._last[battery.id] = (value, at)
            except InputError as err:
                problem = Reason(err.code, {**err.arguments, "device": battery.name})
            last = self._last.get(battery.id)
            if last is not None and at - last[1] <= SOC_HOLDS_S:
                energy[battery.id] = last[0]
        return energy, problem
