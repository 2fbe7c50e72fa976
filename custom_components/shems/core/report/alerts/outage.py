"""An outage of the grid: what tells of it, and how long what is stored lasts."""

from collections.abc import Iterable
from typing import Final

from ...assets.battery import Battery
from ...units import PHASE_V, Floats

_INTERRUPTED: Final = 0.05
"""Below this share of its nominal voltage a supply is interrupted (EN 50160, 3.21); what an open
wire picks up is less."""


def is_dead(volts: float) -> bool:
    """Return whether a voltage is that of a phase without supply."""
    return abs(volts) < _INTERRUPTED * PHASE_V


def lasts_h(
    batteries: Iterable[tuple[Battery, float]], load_kw: Floats, solar_kw: Floats, hours: Floats
) -> float:
    """Return for how long stored energy covers the load without a grid, hours.

    What the sun gives is used first; what is left of it is stored. It lasts until the first
    moment at which nothing is left, and no longer than is foreseen. That a load may be above
    what the inverters give is not reckoned with: nobody can say what would be left off then.

    Args:
        batteries: each with what it holds, kWh.
        load_kw, solar_kw: (K,) expected from now on.
        hours: (K,) widths of the steps.
    """
    held = [(battery, energy) for battery, energy in batteries]
    usable = sum(max(e - b.min_kwh, 0.0) * b.discharge_efficiency for b, e in held)
    most = sum((b.max_kwh - b.min_kwh) * b.discharge_efficiency for b, _ in held)
    stored = sum(b.charge_efficiency * b.discharge_efficiency for b, _ in held) / max(len(held), 1)
    left, passed = usable, 0.0
    for net, width in zip((load_kw - solar_kw).tolist(), hours.tolist(), strict=True):
        if net > 0 and net * width >= left:
            return float(passed + left / net)
        left = min(left - net * width * (1.0 if net > 0 else stored), most)
        passed += width
    return float(passed)
