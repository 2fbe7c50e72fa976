"""What is older than its owner wants it kept is erased, once a day."""

from typing import TYPE_CHECKING, Final, override

from ..const import LOGGER
from ..core.horizon import DAY_S
from ..core.report.period import Kind, local, period
from .erasing import LEDGER, STATES, STATISTICS, Erasure, async_erase_home
from .exports import async_expire
from .part import Part

if TYPE_CHECKING:
    from ..coordinator import HomeCoordinator

KEEP_DAYS: Final = "keep_days"
KEPT_DAYS: Final = 3650.0
"""Ten years; nobody compares with more, and 0 keeps it for ever."""


class Retention(Part):
    """Erases what is too old, and exports that nobody fetched."""

    def __init__(self, home: HomeCoordinator) -> None:
        """Begin with today still to do."""
        self._home = home
        self._done = ""

    @override
    async def async_on_slot(self, at: float) -> None:
        """Erase what has become too old."""
        home = self._home
        await async_expire(home.hass, home.config_entry.entry_id, at)
        today = local(at, home.configuration.zone)
        keep = float(home.config_entry.options.get(KEEP_DAYS, 0.0))
        if keep <= 0 or self._done == today.date().isoformat():
            return
        self._done = today.date().isoformat()
        end = period(Kind.DAY, local(at - keep * DAY_S, home.configuration.zone)).start_s
        what = frozenset({LEDGER, STATES, STATISTICS})
        # The database is repacked by its own monthly purge: every night would wear a card out.
        erasure = Erasure(what, None, end, repack=False)
        proof = await async_erase_home(home.hass, home.config_entry, erasure)
        erased = proof["before"]["recorder"]
        if any(erased.values()):
            LOGGER.info("%s: what is older than %.0f days is erased: %s", today, keep, erased)
