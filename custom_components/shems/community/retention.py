"""What is kept of a community for no longer than its home's owner wants."""

from typing import TYPE_CHECKING

from ..core.horizon import DAY_S
from ..core.report.rollup import span_of
from ..insight.exports import async_expire
from ..insight.retention import KEEP_DAYS

if TYPE_CHECKING:
    from .runtime import Community


class Retention:
    """Deletes exports that nobody fetched, and once a day what has become too old."""

    def __init__(self, community: Community) -> None:
        """Begin with today still to do."""
        self._community = community
        self._done = 0.0

    async def async_look(self, now: float) -> None:
        """Delete what is due, epoch seconds; the home's setting holds for what it shared, too."""
        community, home = self._community, self._community.home
        hass = community.hass
        await async_expire(hass, community.entry.entry_id, now)
        today = span_of(now, hass.config.time_zone, "day")[0]
        if home is None or self._done == today:
            return
        self._done = today
        keep = float(home.config_entry.options.get(KEEP_DAYS, 0.0))
        if keep > 0:
            since = today - keep * DAY_S
            if await hass.async_add_executor_job(community.ledger.retain, since):
                community.shown.sharing.forget()
