"""Whether a meter has shown exactly the same for longer than it ever does by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Self

from ..horizon import DAY_S, HOUR_S

_KNOWN_S: Final = float(DAY_S)
"""A night and a day show how long a meter stands still when least and most is used."""
_KEPT_DAYS: Final = 7
"""A week has every kind of day."""
_NATURAL: Final = 3.0
"""Times the longest of a week: where lengths fall off exponentially and a thousand of them make
the longest, a longer one comes by itself once in a million weeks."""
_LEAST_S: Final = 600.0
"""Below ten minutes a slow integration, or one that is loaded anew, would be told of."""
_MOST_S: Final = float(DAY_S)
_GAP_S: Final = 600.0
_UNKNOWN_S: Final = 6.0 * HOUR_S
"""Of a meter that is not known yet: no house takes the very same power for so long."""


@dataclass(frozen=True)
class Steadiness:
    """For how long a meter shows exactly the same.

    Attributes:
        begun: epoch seconds of the first look; None before it.
        shown: the last that it showed.
        since: epoch seconds since when.
        at: epoch seconds of the last look.
        longest_s: the longest time that ended on each of the last days, by UTC day.
    """

    begun: float | None = None
    shown: str = ""
    since: float = 0.0
    at: float = 0.0
    longest_s: Mapping[int, float] = field(default_factory=dict)

    def after(self, shown: str, since: float, now: float) -> Self:
        """Return what is known after another look.

        Args:
            shown: what the meter shows.
            since: epoch seconds since when, as far as the meter itself says.
            now: epoch seconds.
        """
        if self.begun is None:
            return type(self)(now, shown, since, now)
        if shown == self.shown:
            return replace(self, at=now)
        day = int(now // DAY_S)
        kept = {key: each for key, each in self.longest_s.items() if key > day - _KEPT_DAYS}
        # What it showed while nobody looked, or while it was unavailable, is not known.
        until = since if since - self.at <= _GAP_S else self.at
        kept[day] = max(kept.get(day, 0.0), until - self.since)
        return type(self)(self.begun, shown, since, now, kept)

    def frozen(self, now: float) -> bool:
        """Return whether it has shown the same for too long to be true."""
        return now - self.since > self.limit_s(now)

    def limit_s(self, now: float) -> float:
        """Return for how long it may show the same.

        Three times the longest of a week: ten minutes for a meter in watts that reports every
        second, hours for one in tenths of a kilowatt.
        """
        known = self.begun is not None and now - self.begun >= _KNOWN_S and self.longest_s
        if not known:
            return _UNKNOWN_S
        return min(max(_NATURAL * max(self.longest_s.values()), _LEAST_S), _MOST_S)
