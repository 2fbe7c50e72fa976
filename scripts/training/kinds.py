"""Which alarms are learned, from homes of which kind."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Kind:
    """Homes of which an alarm tells.

    Attributes:
        twist: what the block's simulator does to them.
        false_alarms: share of usual homes that may raise the alarm.
    """

    twist: str
    false_alarms: float


KINDS: Final = {
    "thermal": {"hot_water": Kind("dhw", 0.0005), "coupling": Kind("coupling", 0.015)},
}
"""Alarms of a block that are learned. A kind that is hard to tell has more of the false alarms."""
