"""What a price source is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Question:
    """A question for prices.

    Attributes:
        source: the price source as configured: its type and arguments.
        now: epoch seconds.
        zone: the home's wall clock.
        currency: ISO 4217 code the answer must be in.
    """

    source: Mapping[str, Any]
    now: float
    zone: ZoneInfo
    currency: str
