"""Guard each phase: what the connection may carry while one is above its fuse."""

from typing import Final

from ..assets.connection import Connection, Limit
from ..observe.readings import Readings

_VOLT: Final = 230.0
"""Between a phase and neutral, IEC 60038."""
_HELD_S: Final = 300.0
"""What is taken off a phase comes back after five minutes: chargers ask for as much, and a fuse
bears a little too much for an hour (IEC 60898: 1.13 times its current)."""
REASON: Final = "phase_fuse"


def guard_phases(
    connection: Connection, readings: Readings, before: Limit | None, now: float
) -> Limit | None:
    """Return what may be imported in all while a phase is above its fuse, None where none is.

        limit = grid - phases · (current - fuse) · 230 V

    So the phase is relieved even where everything that can be cut draws from all of them
    alike. Where a phase's current is unknown, it says nothing.

    Args:
        connection: with its fuse.
        readings: the meters now.
        before: what this guard returned last.
        now: epoch seconds.
    """
    held = before if before is not None and now < before.end else None
    known = [value for each in readings.phases_a if (value := each.usable) is not None]
    grid, fuse = readings.grid_kw.usable, connection.fuse_a
    if fuse is None or grid is None or max(known, default=0.0) <= fuse:
        return held
    excess_kw = (max(known) - fuse) * _VOLT / 1000
    most = max(grid - connection.phases * excess_kw, 0.0)
    if held is not None and held.import_kw is not None:
        most = min(most, held.import_kw)
    return Limit(now, now + _HELD_S, import_kw=most, reason=REASON)
