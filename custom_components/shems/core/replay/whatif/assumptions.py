"""What an answer takes for granted."""

import numpy as np

from ...units import Floats
from .question import Assumption, Community, MoreStorage
from .world import World
from .years import (
    LOAD_MONTHS,
    LOAD_YEARS,
    MARKET_YEARS,
    SUN_YEARS,
    Ahead,
    unseen_days,
)

_LEAST_WEEKS = 4


def assumptions_of(
    world: World, ahead: Ahead, share: Floats | None, weeks: int
) -> tuple[Assumption, ...]:
    """Return what was taken for granted, the most important first.

    Args:
        world: the home with its changes.
        ahead: the days that were asked about.
        share: (N, 1) of what foresight is cheaper than the rule that SHEMS gets; None where
            no battery is planned.
        weeks: of the past that tell of it.
    """
    diary, subject = world.diary, world.subject
    found = [Assumption("history", {"days": diary.count, "missing": _percent(diary.masked)})]
    unseen = unseen_days(subject, diary, ahead)
    if unseen:
        found.append(Assumption("seasons_unseen", {"days": unseen}))
    found.append(
        Assumption("habits", {"year": _percent(LOAD_YEARS), "month": _percent(LOAD_MONTHS)})
    )
    if diary.solar_kw is not None:
        found.append(Assumption("sun", {"year": _percent(SUN_YEARS)}))
        if subject.site is None:
            found.append(Assumption("place_unknown"))
    if world.tariff.needs_market:
        days = int(np.isfinite(diary.prices).all(axis=1).sum())
        found.append(Assumption("prices", {"days": days, "year": _percent(MARKET_YEARS)}))
    if share is not None:
        code = "captured" if weeks >= _LEAST_WEEKS else "captured_usual"
        found.append(Assumption(code, {"share": _percent(float(np.median(share))), "weeks": weeks}))
    found += _of_changes(world)
    found.append(Assumption("hourly"))
    return tuple(found)


def _of_changes(world: World) -> list[Assumption]:
    subject, found = world.subject, []
    more = world.change(MoreStorage)
    if more is not None:
        found.append(
            Assumption("battery", {"efficiency": _percent(more.efficiency), "unused": 10.0})
        )
        if subject.home.batteries:
            found.append(Assumption("batteries_as_one"))
    shared = world.change(Community)
    if shared is not None:
        found.append(
            Assumption(
                "community",
                {"sells": _percent(shared.sells_share), "buys": _percent(shared.buys_share)},
            )
        )
    if world.peaks:
        found.append(Assumption("peaks_hourly"))
    if subject.history.flexible:
        found.append(Assumption("devices_as_were"))
    return found


def _percent(share: float) -> float:
    return round(100.0 * share, 1)
