"""What a new plan has otherwise than the one before it, where a household would notice."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from ..horizon import DAY_S
from ..plan.result import Plan
from .runs import Run, runs_of

_NOTICED_S: Final = 1800.0
"""Half an hour: plans of every five minutes shift a run by less because the sun does."""

type What = Literal["added", "moved", "dropped"]


@dataclass(frozen=True)
class Change:
    """The next run of a device is no longer what it was.

    Attributes:
        device_id: the device's identity.
        what: has become of it.
        before, after: when it was to begin, and when it begins now; epoch seconds, None where
            there was or is none.
    """

    device_id: str
    what: What
    before: float | None
    after: float | None


def changes(
    old: Plan | None, new: Plan, device_ids: Iterable[str], now: float
) -> tuple[Change, ...]:
    """Return the devices whose next run has moved, appeared or gone.

    Only what was still to come counts: a run that has begun is over one day, and nobody has
    to be told of it.

    Args:
        old: the plan until now, None where there was none.
        new: the plan from now on.
        device_ids: of the devices to compare.
        now: epoch seconds.
    """
    if old is None:
        return ()
    found = (_change(old, new, device_id, now) for device_id in device_ids)
    return tuple(each for each in found if each is not None)


def _change(old: Plan, new: Plan, device_id: str, now: float) -> Change | None:
    before, after = (_next(runs_of(plan, device_id), now) for plan in (old, new))
    was, is_ = (None if run is None else run.begin for run in (before, after))
    if was is None and is_ is not None:
        return Change(device_id, "added", was, is_)
    if was is not None and is_ is None:
        return Change(device_id, "dropped", was, is_) if was >= now + _NOTICED_S else None
    if was is None or is_ is None or abs(max(was, now) - max(is_, now)) < _NOTICED_S:
        return None
    return Change(device_id, "moved", was, is_)


def _next(runs: tuple[Run, ...], now: float) -> Run | None:
    """Return the run that is under way or comes first, within a day."""
    return next((run for run in runs if run.end > now and run.begin < now + DAY_S), None)
