"""Periods of which only the starts are told."""

from collections.abc import Iterable
from typing import Final

_LONGEST_S: Final = 3600.0
"""Providers give at most hourly means: a longer distance between two keys is a gap."""

type Points = list[tuple[float, float, float]]
"""Start, end and value of each period."""


def periods(starts: Iterable[float]) -> list[tuple[float, float]]:
    """Return (start, end) of periods of which only the starts are told, in order.

    A period ends where the next begins, after an hour at the latest; the last one is as wide
    as the one before.
    """
    ordered = sorted(starts)
    found: list[tuple[float, float]] = []
    width = _LONGEST_S
    for number, start in enumerate(ordered):
        if number + 1 < len(ordered):
            width = min(ordered[number + 1] - start, _LONGEST_S)
        found.append((start, start + width))
    return found
