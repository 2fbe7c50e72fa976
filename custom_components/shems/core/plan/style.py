"""How a home is run: by a plan, and which kind of plan, or by a plain rule."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Rule(StrEnum):
    """A way to run batteries that needs no forecast."""

    SELF_CONSUMPTION = "self_consumption"
    """Charge from surplus, discharge to the load, nothing from or to the grid."""
    TIMER = "timer"
    """Charge in the day's cheapest hours, discharge only where that is dear enough."""


class Method(StrEnum):
    """How a plan finds what a stored kWh is worth."""

    DYNAMIC = "dynamic"
    """Backwards, each step meeting its whole spread before anything of the next is known."""
    SCENARIOS = "scenarios"
    """One program over all courses of the beliefs, which share their first step."""
    POINT = "point"
    """One program over the mean."""


MARGIN_SHARE: Final = {Method.DYNAMIC: 0.0, Method.SCENARIOS: 0.04, Method.POINT: 0.04}
"""The decision margin as a share of the median import price. Programs know each course to its
end and so expect too much: four percent, about one cent at 25 ct, cured most windows lost to
the rule in the first closed-loop trials. Looking backwards nothing is known too early."""
GATE_SHARE: Final = {Method.DYNAMIC: 0.01, Method.SCENARIOS: 0.02, Method.POINT: 0.02}
"""Where a plan expects to save less than this share of what the load costs, the rule runs. One
percent is what the closed-loop protocol lets a fortnight lose to the rule: who can win less
has more to lose. To a program, which expects too much, two percent are as good as nothing:
below it the protocol counts no capture at all."""


@dataclass(frozen=True)
class Style:
    """How a home is run.

    Attributes:
        rule: the rule that runs, None for a plan; the rest is then without meaning.
        method: of the plan; where one does not apply the next is used.
        margin_share: decision margin, as a share of the median import price; None for the
            method's own.
    """

    rule: Rule | None = None
    method: Method = Method.DYNAMIC
    margin_share: float | None = None

    @property
    def name(self) -> str:
        """A word for it: a rule's name, or `dynamic_0`, `point_4` by margin in percent."""
        if self.rule is not None:
            return self.rule.value
        return f"{self.method}_{round(100 * self.margin_for(self.method))}"

    def margin_for(self, method: Method) -> float:
        """Return the decision margin of the method that applies."""
        return MARGIN_SHARE[method] if self.margin_share is None else self.margin_share


STANDARD: Final = Style()
"""How a home is run where nothing is known about it."""
