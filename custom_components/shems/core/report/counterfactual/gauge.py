"""By how much a form is off, as what a device took tells beside what it shows of its store."""

from dataclasses import dataclass, replace
from typing import Final

_SPANS: Final = 15
"""Spans that are remembered: about two weeks of a daily use, so that a guest's car is soon
forgotten, and one run among them that was odd decides nothing."""
_ENOUGH: Final = 3
"""With fewer the form holds."""
_LEAST: Final = 0.5
_MOST: Final = 2.0
"""Beyond these factors it is another thing that happened: a wish that was changed, a shower."""
_SAME: Final = 1e-9


@dataclass(frozen=True)
class Gauge:
    """What was metered while a store was shown to fill, by spans in which nothing else was.

    What is shown moves in steps, and with cars late: a span goes from one step to another, so
    that neither counts.

    Attributes:
        shown: when the last slot ended, in units of its own; None where it tells nothing.
        begun: whether a step began the running span.
        since_kwh: metered since the last step.
        risen_kwh, metered_kwh: of the running span: by how much more is stored, as the form
            converts what is shown into energy at the meter, and what was metered for it.
        factors: metered for each kWh of the form, of the last spans.
    """

    shown: float | None = None
    begun: bool = False
    since_kwh: float = 0.0
    risen_kwh: float = 0.0
    metered_kwh: float = 0.0
    factors: tuple[float, ...] = ()

    def noted(
        self, shown: float | None, kwh_per_unit: float, metered_kwh: float, part_kwh: float
    ) -> Gauge:
        """Return the same after a slot.

        Args:
            shown: when it ends; None ends the running span.
            kwh_per_unit: at the meter, by the form.
            metered_kwh: in the slot.
            part_kwh: that has to be stored for a span to tell anything.
        """
        if shown is None:
            return self.over(part_kwh)
        if self.shown is None:
            return replace(self, shown=shown)
        rise = (shown - self.shown) * kwh_per_unit
        since = self.since_kwh + metered_kwh
        if abs(rise) <= _SAME:
            return replace(self, since_kwh=since)
        if self.begun and _LEAST * rise <= since <= _MOST * rise:
            return replace(
                self,
                shown=shown,
                since_kwh=0.0,
                risen_kwh=self.risen_kwh + rise,
                metered_kwh=self.metered_kwh + since,
            )
        return replace(self.over(part_kwh), shown=shown, begun=rise > 0)

    def over(self, part_kwh: float) -> Gauge:
        """Return the same with the running span at its end."""
        factors = self.factors
        if self.risen_kwh >= part_kwh:
            factors = (*factors, self.metered_kwh / self.risen_kwh)[-_SPANS:]
        return Gauge(factors=factors)

    def lost(self) -> Gauge:
        """Return the same after a time of which nothing is known."""
        return Gauge(factors=self.factors)

    def factor(self, level: float) -> float:
        """Return what is metered for each kWh of the form; 1 where too little is known.

        Args:
            level: quantile of the spans: the middle, or less where what is not seen takes
                from what was metered.
        """
        if len(self.factors) < _ENOUGH:
            return 1.0
        return sorted(self.factors)[int(level * len(self.factors))]
