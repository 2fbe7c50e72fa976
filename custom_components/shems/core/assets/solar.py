"""A solar array and its inverter, which may be throttled."""

from dataclasses import dataclass

from ..linear import Ints
from ..units import Floats
from .scenario import Scenario


@dataclass(frozen=True)
class Solar:
    """A solar array.

    Attributes:
        id: the device's identity, stable over renames.
        name: what the household calls it.
        peak_kw: AC power it cannot exceed, None where unknown.
        curtailable: whether SHEMS may throttle it to any power.
        switched: whether SHEMS may only turn it off and on; no plan counts on that.
        tilt_deg, azimuth_deg: how its modules lie and where they face, from north over east;
            None where unknown.
        module_kw: what its modules give at 1000 W/m², None where unknown.
    """

    id: str
    name: str
    peak_kw: float | None = None
    curtailable: bool = False
    tilt_deg: float | None = None
    azimuth_deg: float | None = None
    module_kw: float | None = None
    switched: bool = False

    def step(self, potential_kw: float, limit_kw: float | None) -> float:
        """Return the power delivered when the sun gives `potential_kw`."""
        power = max(0.0, potential_kw)
        if limit_kw is not None and self.curtailable:
            power = min(power, max(0.0, limit_kw))
        return power


def constrain_solar(scenario: Scenario, curtailable_kw: Floats) -> Ints:
    """Add curtailment to the balance and return its columns, (K,).

    0 ≤ curtailed ≤ curtailable, and solar = potential - curtailed. All arrays share one
    column per step: planes of one roof are throttled alike.
    """
    columns = scenario.program.columns(len(curtailable_kw), upper=curtailable_kw)
    scenario.program.terms(scenario.balance, columns, -1.0)
    return columns
