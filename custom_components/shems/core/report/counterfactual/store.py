"""The battery left to its own self-consumption mode, as good or bad as the real one is."""

import math
from dataclasses import dataclass, field, replace
from typing import Final

from ...assets.battery import Battery

_BELIEF: Final = 0.15
"""Capacities and efficiencies on data sheets are off by about so much."""
_READ: Final = 0.005
"""Share of the capacity by which the charge that is shown errs: most show whole per cents."""
_PART: Final = 0.5
"""Share of the capacity that flows before it is compared with the charge that is shown: slot
by slot, its steps of a per cent would be all that is seen."""
_HALF_H: Final = 60 * 24.0
"""Hours after which what was seen counts half: cells age over months, not days."""
_LEAST: Final = 0.3
_MOST: Final = 3.0
"""Beyond these factors a meter is wrong, not a data sheet."""
_SAME: Final = 1e-6
"""Shares of the capacity closer than this are the same."""


@dataclass(frozen=True)
class Fit:
    """By which factors a battery stores and loses more than its parameters say.

        gained = x · into - y · out_of

    by least squares over spans in which half of its capacity flowed, with the parameters as
    what is believed before any.

    Attributes:
        into2, both, out2: sums of squares and products of what the parameters say is stored
            and taken out, kWh².
        into_gained, out_gained: sums of products with what was gained, kWh².
        span: of the running span, stored, taken out and gained, kWh, and its hours.
    """

    into2: float = 0.0
    both: float = 0.0
    out2: float = 0.0
    into_gained: float = 0.0
    out_gained: float = 0.0
    span: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0)

    def noted(self, into: float, out: float, gained: float, hours: float, part: float) -> Fit:
        """Return the same with a slot that was metered.

        Args:
            into, out, gained: kWh.
            hours: width of the slot.
            part: kWh that make a span.
        """
        span = tuple(
            one + more for one, more in zip(self.span, (into, out, gained, hours), strict=True)
        )
        into, out, gained, hours = span
        if into + out < part:
            return replace(self, span=span)
        kept = 0.5 ** (hours / _HALF_H)
        return Fit(
            kept * self.into2 + into * into,
            kept * self.both + into * out,
            kept * self.out2 + out * out,
            kept * self.into_gained + into * gained,
            kept * self.out_gained + out * gained,
        )

    def factors(self, capacity_kwh: float, prior: tuple[float, float]) -> tuple[float, float]:
        """Return x and y.

        Args:
            capacity_kwh: of the battery, as its form says.
            prior: what both are believed to be before anything was seen.
        """
        weight = (_READ * capacity_kwh / _BELIEF) ** 2
        first, second = self.into2 + weight, self.out2 + weight
        right = self.into_gained + weight * prior[0], -self.out_gained + weight * prior[1]
        det = first * second - self.both**2
        x = (right[0] * second + self.both * right[1]) / det
        y = (first * right[1] + self.both * right[0]) / det
        return min(max(x, _LEAST), _MOST), min(max(y, _LEAST), _MOST)


@dataclass(frozen=True)
class Store:
    """A battery in both homes.

    Attributes:
        share: of its capacity, stored without SHEMS.
        real: stored in fact.
        fit: what its meters tell of it.
    """

    share: float
    real: float
    fit: Fit = field(default_factory=Fit)

    @property
    def level(self) -> bool:
        """Whether both hold the same."""
        return abs(self.share - self.real) <= _SAME

    def moved(self, real: float, battery: Battery) -> Store:
        """Return both after a time of which only the real store is known: as far apart."""
        share = self.share + real - self.real
        return replace(self, share=min(max(share, 0.0), battery.max_soc), real=real)

    def together(self, real: float) -> Store:
        """Return both at the real store's charge."""
        return replace(self, share=real, real=real)

    def metered(
        self, battery: Battery, charged_kwh: float, discharged_kwh: float, real: float, hours: float
    ) -> Store:
        """Return the same with what a slot tells of the battery, `real` not yet entered."""
        fit = self.fit.noted(
            charged_kwh * battery.charge_efficiency,
            discharged_kwh / battery.discharge_efficiency,
            (real - self.real) * battery.capacity_kwh,
            hours,
            _PART * battery.capacity_kwh,
        )
        return replace(self, fit=fit)

    def fitted(self, battery: Battery, believed: Battery | None) -> Battery:
        """Return the battery as it is in fact.

        The charge tells no capacity apart from the efficiencies: they are taken to be the
        same in both directions, which changes nothing of what flows at the meter. A battery
        whose losses depend on its power stays as its form says.
        """
        if not battery.plain:
            return battery
        x, y = self.fit.factors(battery.capacity_kwh, _prior(battery, believed or battery))
        loop = battery.charge_efficiency * battery.discharge_efficiency * x / y
        one_way = math.sqrt(min(loop, 1.0))
        return replace(
            battery,
            capacity_kwh=battery.capacity_kwh * one_way / (x * battery.charge_efficiency),
            charge_efficiency=one_way,
            discharge_efficiency=one_way,
        )


def _prior(battery: Battery, believed: Battery) -> tuple[float, float]:
    """Return x and y of a battery that is as believed, seen in terms of its form."""
    size = battery.capacity_kwh / believed.capacity_kwh
    return (
        size * believed.charge_efficiency / battery.charge_efficiency,
        size * battery.discharge_efficiency / believed.discharge_efficiency,
    )


def left_alone(
    battery: Battery, share: float, net_kw: float, hours: float, solar_kw: float
) -> tuple[float, float]:
    """Return the share stored after a slot of self-consumption, and the AC power, + = discharge.

    Args:
        battery: as it is in fact.
        share: stored before.
        net_kw: load less sun and less what other batteries give.
        hours: width of the slot.
        solar_kw: what the sun gives.
    """
    held = share * battery.capacity_kwh
    most = battery.most_discharge_kw(held, hours, battery.floor_kwh)
    after, power = battery.step(held, min(net_kw, most), hours, solar_kw)
    return after / battery.capacity_kwh, power
