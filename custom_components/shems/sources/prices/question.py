"""What a price source is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

ALL_IN: Final = "all_in"
"""The kind of price that has every fee, tax and VAT in it; the other is `market`."""
SELL: Final = "sell"


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

    @property
    def selling(self) -> bool:
        """Whether it is asked what selling brings, where a provider tells both."""
        return self.source.get("side") == SELL

    @property
    def today(self) -> date:
        """The running day on the home's wall clock."""
        return datetime.fromtimestamp(self.now, self.zone).date()
