"""The times in a grid operator's CSV: local, with days of 92 and 100 quarter-hours.

When clocks are put back an hour comes twice: its first times are summer's, the second ones
winter's, in the order of the file. When they are put forward an hour is missing.
"""

import re
from collections import Counter
from collections.abc import Hashable
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_ISO: Final = re.compile(
    r"(?P<y>\d{4})[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})"
    r"(?:[T ,]+(?P<h>\d{1,2})[:.](?P<min>\d{2})(?:[:.](?P<s>\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(?P<off>Z|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_DAY_FIRST: Final = re.compile(
    r"(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4})"
    r"(?:[T ,]+(?P<h>\d{1,2})[:.](?P<min>\d{2})(?:[:.](?P<s>\d{2}))?)?(?P<off>)",
    re.ASCII,
)
_COMPACT: Final = re.compile(
    r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"
    r"(?:[T ]?(?P<h>\d{2}):?(?P<min>\d{2}):?(?P<s>\d{2})?)?(?P<off>Z|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_HOUR: Final = re.compile(r"0?([1-9]|1\d|2[0-5])", re.ASCII)
"""The number of an hour of the day, from 1: a day has up to 25."""


class Moments:
    """Makes instants of the local times of one file, in its order."""

    def __init__(self, zone: str, *, ends: bool = False) -> None:
        """Know the zone.

        Args:
            zone: IANA name.
            ends: times are ends, so that there is one as the clocks are put forward.
        """
        self._zone = ZoneInfo(zone)
        self._ends = ends
        self._seen: Counter[Hashable] = Counter()

    def instant(self, series: Hashable, date: str, time: str) -> float | None:
        """Return a time, epoch seconds; None where the text is none or the clocks skip it.

        Args:
            series: what the time belongs to: the same local time comes twice in one series
                only when the clocks are put back.
            date: of the day, or of day and time.
            time: of the day where that stands apart, or the number of an hour from 1, which
                is that hour's beginning.
        """
        if hour := _HOUR.fullmatch(time):
            midnight = parsed(date)
            if midnight is None:
                return None
            return midnight.replace(tzinfo=self._zone).timestamp() + 3600.0 * (int(hour[1]) - 1)
        found = parsed(f"{date} {time}".strip()) or parsed(time)
        if found is None or found.tzinfo is not None:
            return None if found is None else found.timestamp()
        summer, winter = (
            found.replace(tzinfo=self._zone, fold=fold).timestamp() for fold in (0, 1)
        )
        if summer > winter:
            return summer if self._ends and not self._skips(found - timedelta(seconds=1)) else None
        self._seen[series, found] += 1
        return winter if self._seen[series, found] > 1 else summer

    def _skips(self, local: datetime) -> bool:
        """Return whether there is no such local time."""
        first, second = (local.replace(tzinfo=self._zone, fold=fold) for fold in (0, 1))
        return first.timestamp() > second.timestamp()


def numbered(time: str) -> bool:
    """Return whether a time is the number of an hour."""
    return _HOUR.fullmatch(time) is not None


def parsed(text: str) -> datetime | None:
    """Return the time in a text, with its offset where it has one; None where it is none.

    Days come before months. 24:00 is the next day's midnight.
    """
    for shape in (_ISO, _DAY_FIRST, _COMPACT):
        if found := shape.fullmatch(text.strip()):
            break
    else:
        return None
    year, month, day = (int(found[name]) for name in ("y", "m", "d"))
    hour, minute, second = (int(found[name] or 0) for name in ("h", "min", "s"))
    late = (hour, minute, second) == (24, 0, 0)
    try:
        local = datetime(year, month, day, 0 if late else hour, minute, second)  # noqa: DTZ001  # The file's own time.
    except ValueError:
        return None
    if late:
        local += timedelta(days=1)
    offset = found["off"]
    return datetime.fromisoformat(f"{local.isoformat()}{offset}") if offset else local
