"""Numbers of one home, and of several together."""

from collections.abc import Iterable
from statistics import median
from typing import Any

from .evaluate import MATURE, NAIVE, Scores, best, ratio
from .ours import MIX
from .verdict import OURS

type Result = dict[str, Any]
"""What scoring a home returned, with its name."""


def mature(result: Result) -> Scores:
    """Return the scores of the mature home."""
    scores: Scores = result["ages"][MATURE]
    return scores


def over_naive(scores: Scores) -> float | None:
    """Return SHEMS' CRPS over that of the best naive forecast."""
    return ratio(scores, OURS, best(scores, NAIVE))


def skill(result: Result) -> float | None:
    """Return SHEMS' skill in MAE over the mean of seven days."""
    over = ratio(mature(result), OURS, "seven_day_mean", "mae")
    return None if over is None else 1 - over


def over_expert(result: Result) -> float | None:
    """Return the mix's CRPS over that of its best expert, at midnights."""
    if "experts" not in result:
        return None
    scores: Scores = result["experts"]["ages"][MATURE]
    return ratio(scores, MIX, best(scores, tuple(name for name in scores if name != MIX)))


def pooled(results: list[Result]) -> float | None:
    """Return the share of all homes' daily totals that the courses cover."""
    counts = [
        (found["totals"], found["total_covered"])
        for each in results
        if (found := each["courses"])["total_covered"] is not None
    ]
    total = sum(count for count, _ in counts)
    return sum(count * share for count, share in counts) / total if total else None


def known(values: Iterable[float | None]) -> list[float]:
    """Return what could be measured."""
    return [value for value in values if value is not None]


def middle(values: Iterable[float | None]) -> float | None:
    """Return the median of what could be measured."""
    counted = known(values)
    return median(counted) if counted else None


def most(values: Iterable[float | None]) -> float | None:
    """Return the highest of what could be measured."""
    return max(known(values), default=None)


def least(values: Iterable[float | None]) -> float | None:
    """Return the lowest of what could be measured."""
    return min(known(values), default=None)


def number(value: float | None) -> str:
    """Return a score as text."""
    return "" if value is None else f"{value:.4f}"


def percent(share: float | None) -> str:
    """Return a share as text."""
    return "" if share is None else f"{100 * share:.1f} %"
