"""What the statistics of the home's meters know, as energies."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from ..core.horizon import HOUR_S
from ..core.report.slot import BatteryFlow
from ..core.units import Floats
from ..sources.configuration import Configuration
from ..sources.meters import Term, meters
from ..sources.recorded import WIDTH_S, Period, Recorded, power_kw

_KWH: Final = "kWh"


@dataclass(frozen=True)
class RecordedEnergies:
    """Energies on a grid of steps, kWh, (K,) each; NaN where a meter does not know.

    Attributes:
        start: (K,) epoch seconds.
        width_s: of a step.
        kwh: by quantity, as the ledger names them.
        device_kwh: of the consumers that SHEMS moves, by device id.
        source_kwh: of the solar arrays.
        battery_kwh: of the batteries, charged and discharged.
    """

    start: Floats
    width_s: float
    kwh: Mapping[str, Floats]
    device_kwh: Mapping[str, Floats]
    source_kwh: Mapping[str, Floats]
    battery_kwh: Mapping[str, tuple[Floats, Floats]]

    def parts(
        self, index: int
    ) -> tuple[dict[str, float], dict[str, float], dict[str, BatteryFlow]]:
        """Return what is known of consumers, arrays and batteries in a step."""
        flows = {
            key: BatteryFlow(float(taken[index]), float(given[index]))
            for key, (taken, given) in self.battery_kwh.items()
            if np.isfinite(taken[index]) and np.isfinite(given[index])
        }
        return _at(self.device_kwh, index), _at(self.source_kwh, index), flows


def recorded_energies(
    configuration: Configuration, recorded: Recorded, steps: Floats, period: Period
) -> RecordedEnergies:
    """Return what statistics know on a grid.

    Args:
        configuration: the home.
        recorded: statistics of all its meters.
        steps: (K,) starts, epoch seconds.
        period: their width.
    """
    home, hours = meters(configuration), WIDTH_S[period] / HOUR_S

    def counted(term: Term) -> Floats:
        return np.maximum(power_kw(recorded, term, steps, period), 0.0) * hours

    def both(term: Term) -> tuple[Floats, Floats]:
        given, taken = _split(recorded, steps, period, term)
        return taken * hours, given * hours

    zero = np.zeros(len(steps))
    arrays = zip(configuration.of_kind("solar"), home.solar, strict=True)
    stores = zip(configuration.of_kind("battery"), home.batteries, strict=True)
    source = {device.id: counted(term) for device, term in arrays}
    battery = {device.id: both(term) for device, term in stores}
    sold, bought = both(home.grid)
    return RecordedEnergies(
        steps,
        WIDTH_S[period],
        {
            "bought": bought,
            "sold": sold,
            "solar": sum(source.values(), zero),
            "charged": sum((taken for taken, _ in battery.values()), zero),
            "discharged": sum((given for _, given in battery.values()), zero),
        },
        {key: counted(term) for key, term in home.flexible.items()},
        source,
        battery,
    )


def _split(recorded: Recorded, steps: Floats, period: Period, term: Term) -> tuple[Floats, Floats]:
    """Return the powers of both directions: of counters each, else of the net power."""
    net = power_kw(recorded, term, steps, period)
    ways = []
    for way in (1.0, -1.0):
        own = np.maximum(way * net, 0.0)
        counted = [
            recorded[each].of(_KWH).rates(steps, WIDTH_S[period])
            for each, sign in term.energy
            if sign == way and each in recorded
        ]
        total = np.sum(counted, axis=0) if counted else np.full(len(steps), np.nan)
        ways.append(np.where(np.isfinite(total), total, own))
    return ways[0], ways[1]


def _at(kwh: Mapping[str, Floats], index: int) -> dict[str, float]:
    return {key: float(each[index]) for key, each in kwh.items() if np.isfinite(each[index])}
