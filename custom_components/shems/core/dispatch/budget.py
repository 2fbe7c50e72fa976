"""Spare devices: how often each may be written to in a day, and what that leaves out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from ..horizon import DAY_S
from ..plan.result import Reason
from ..tariff import offsets_s
from .command import Command
from .throttle import Throttle

WRITES_A_DAY: Final = 200
"""Many chargers, heat pumps and inverters keep what they are told in flash memory. A cell bears
100 000 writes, and controllers spread them over some ten cells: enough for 13 years."""
FOLLOWING_A_DAY: Final = 2000
"""For powers that follow the meter, as often as every 43 s: inverters that take them are made for
it and keep them in working memory."""
_BURST_SHARE: Final = 0.1
"""Part of a day's writes that may come at once, before they are spread over the day."""


def local_day(now: float, zone: str) -> float:
    """Return the day of the local clock, with the share of it that has gone by."""
    return (now + float(offsets_s(np.array([now]), zone)[0])) / DAY_S


def due(writes: int, writes_a_day: int, day: float) -> bool:
    """Return whether a change that protects nothing may be written now.

    Args:
        writes: made on this day.
        writes_a_day: that may be made.
        day: with the share of it that has gone by.
    """
    return writes < writes_a_day * min(day % 1 + _BURST_SHARE, 1.0)


def protects(reason: Reason) -> bool:
    """Return whether a command keeps a limit: of a fuse, of the grid, or imposed on the home."""
    return reason.code.startswith("limit_") and reason.code != "limit_peak"


type Following = Command | Throttle
"""A command whose power follows the meter."""


def spare[T: Following](
    wanted: tuple[T, ...],
    before: Mapping[str, T],
    writes: Mapping[str, int],
    writes_a_day: Mapping[str, int],
    day: float,
) -> tuple[T, ...]:
    """Return commands with the power of before where a new one would come too soon.

    Another mode, the first command and what protects are never held back.

    Args:
        wanted: the commands for now.
        before: what was last returned, by device.
        writes: made on this day, by device.
        writes_a_day: that may be made, by device; `FOLLOWING_A_DAY` where nobody says.
        day: with the share of it that has gone by.
    """
    return tuple(
        each
        if last is None or due(writes.get(key, 0), writes_a_day.get(key, FOLLOWING_A_DAY), day)
        else _kept(each, last)
        for each in wanted
        for key, last in [(each.device_id, before.get(each.device_id))]
    )


def _kept[T: Following](wanted: T, last: T) -> T:
    other = isinstance(wanted, Command) and isinstance(last, Command) and wanted.mode != last.mode
    return wanted if other or protects(wanted.reason) else replace(last, reason=wanted.reason)
