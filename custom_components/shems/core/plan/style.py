"""How a home is run: by a plan, and which kind of plan, or by a plain rule."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MARGIN_SHARE: Final = 0.04
"""The decision margin as a share of the median import price: about one cent at 25 ct, the
margin that cured most windows lost to the rule in the first closed-loop trials."""
GATE_SHARE: Final = 0.02
"""Where even the program, which knows each scenario to its end, saves less than this share of
what the load costs, the rule runs: below it the closed-loop protocol counts no capture at
all, for errors of the forecast cost more than is there to win."""


class Rule(StrEnum):
    """A way to run batteries that needs no forecast."""

    SELF_CONSUMPTION = "self_consumption"
    """Charge from surplus, discharge to the load, nothing from or to the grid."""
    TIMER = "timer"
    """Charge in the day's cheapest hours, discharge only where that is dear enough."""


@dataclass(frozen=True)
class Style:
    """How a home is run.

    Attributes:
        rule: the rule that runs, None for a plan; the rest is then without meaning.
        scenarios: whether the plan weighs all courses of the beliefs, or meets their mean.
        margin_share: decision margin, as a share of the median import price.
        gate_share: what a plan must save at least, as a share of what the load costs.
    """

    rule: Rule | None = None
    scenarios: bool = True
    margin_share: float = MARGIN_SHARE
    gate_share: float = GATE_SHARE

    @property
    def name(self) -> str:
        """A word for it: a rule's name, or `scenarios_4`, `point_0` by margin in percent."""
        if self.rule is not None:
            return self.rule.value
        kind = "scenarios" if self.scenarios else "point"
        return f"{kind}_{round(100 * self.margin_share)}"


STANDARD: Final = Style()
"""How a home is run where nothing is known about it."""
