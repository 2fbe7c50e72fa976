"""Whether a learner is any good: against the last seven days, on days that it had not seen."""

from typing import Final

import numpy as np

from ..series import Series
from ..units import Floats
from . import simple
from .days import Days
from .issue import Archive
from .levels import COUNT, crps
from .residual import Residuals

_SKILL_DAYS: Final = 28
LEAST_SKILL_DAYS: Final = 3
"""Fewer days scored tell nothing; until then the mean of the last days stands."""


def rests_on(archive: Archive | None, truth: Series, days: Days, now: float) -> Residuals | None:
    """Return what was issued for today, or yesterday for today, where the learner is any good.

    Args:
        archive: what was issued; None where nothing was.
        truth: what came; nothing of it after the midnight of the day is used.
        days: the slots of the archive.
        now: epoch seconds.
    """
    if archive is None:
        return None
    today = days.day(now)
    issue = archive.issue(today) or archive.issue(today - 1)
    if issue is None:
        return None
    gained = skill(archive, issue.origin, truth, days)
    return Residuals.of(issue, truth, days) if gained is not None and gained > 0 else None


def skill(archive: Archive, origin: int, truth: Series, days: Days) -> float | None:
    """Return by how much the issued distributions beat those of the last seven days.

    1 - CRPS / CRPS of the seven-day samples with their neighbouring slots, over at most the
    four weeks before the origin; None where fewer than three days can be compared.
    """
    count = min(_SKILL_DAYS, origin - archive.first)
    if count < LEAST_SKILL_DAYS:
        return None
    first = origin - count
    seen = days.matrix(truth, first - 7, count + 7, days.midnight(origin))
    row = first - archive.first
    issued = archive.quantiles[row : row + count, 0].astype(np.float64)
    rival = _seven_days(seen)
    came = seen[7:]
    fair = np.isfinite(came) & np.isfinite(rival[..., 0]) & np.isfinite(issued[..., 0])
    if fair.any(axis=1).sum() < LEAST_SKILL_DAYS:
        return None
    worst = float(crps(rival[fair], came[fair]).sum())
    return 1 - float(crps(issued[fair], came[fair]).sum()) / worst if worst > 0 else None


def _seven_days(seen: Floats) -> Floats:
    """Return quantiles of the seven days before and the slots beside, (D + 7, S) to (D, S, L)."""
    beside = np.pad(seen, ((0, 0), (1, 1)), mode="edge")
    near = np.stack([beside[:, :-2], seen, beside[:, 2:]])
    days = len(seen) - 7
    samples = np.concatenate([near[:, back : back + days] for back in range(7)])
    flat = samples.reshape(len(samples), -1)
    known = np.isfinite(flat).any(axis=0)
    found = np.full((flat.shape[1], COUNT), np.nan)
    if known.any():
        found[known] = simple.sample_quantiles(flat[:, known]).T
    return found.reshape(*seen[7:].shape, COUNT)
