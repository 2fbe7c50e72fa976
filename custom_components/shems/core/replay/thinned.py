"""Beliefs with fewer courses, for plans that are to meet so many and no more."""

from dataclasses import replace

import numpy as np

from ..forecast.beliefs import Beliefs, Outlook


def thinned(beliefs: Beliefs, count: int | None) -> Beliefs:
    """Return beliefs with at most so many of their courses, evenly chosen; one is the mean."""
    if count is None:
        return beliefs
    if count == 1:
        return beliefs.expected

    def fewer(outlook: Outlook) -> Outlook:
        chosen = _chosen(len(outlook.paths), count)
        days = tuple(outlook.days_back[row] for row in chosen) if outlook.days_back else ()
        return replace(outlook, paths=outlook.paths[chosen], days_back=days)

    return replace(beliefs, load=fewer(beliefs.load), solar=fewer(beliefs.solar))


def _chosen(total: int, count: int) -> list[int]:
    if total <= count:
        return list(range(total))
    return [round(row) for row in np.linspace(0, total - 1, count).tolist()]
