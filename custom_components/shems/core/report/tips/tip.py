"""A tip: what could be done, what it brings, how sure that is and how much work."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ...replay.whatif.question import Band
from ...units import Args


class Effort(StrEnum):
    """How much work a tip is."""

    MINUTES = "minutes"
    """A setting."""
    HABIT = "habit"
    """Something done otherwise every time."""
    ERRAND = "errand"
    """A contract, a craftsman, a purchase."""


CODES: Final = (
    "standby",
    "appliance_hour",
    "contract",
    "reserve",
    "setpoint",
    "panels",
    "curtailed",
    "charging",
    "cooling",
    "peak_driver",
    "capacity",
)
"""Every tip there is, by its code."""


@dataclass(frozen=True)
class Tip:
    """What a household could do.

    Attributes:
        code: one of CODES.
        subject: id of the device that it is about; empty where it is about the home.
        value: currency a year, in four years of five between low and high.
        confidence: probability that it saves anything at all.
        effort: how much work it is.
        args: evidence, for a translated text.
        since: when what it is about began, epoch seconds; None where it always was.
    """

    code: str
    subject: str
    value: Band
    confidence: float
    effort: Effort
    args: Args
    since: float | None = None

    @property
    def key(self) -> str:
        """What the tip is known by from week to week."""
        return f"{self.code}:{self.subject}" if self.subject else self.code
