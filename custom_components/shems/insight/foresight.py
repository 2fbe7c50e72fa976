"""What each day that is over would have cost one who had known it."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final, override
from zoneinfo import ZoneInfo

from ..core.horizon import DAY_S
from ..core.replay.codec import decode, encode
from ..core.report.foresight import Foreseen, foreseen
from ..core.report.period import local
from ..core.report.rollup import span_of
from ..files import HomeFile
from .part import Part

if TYPE_CHECKING:
    from ..coordinator import HomeCoordinator

_KEPT_DAYS: Final = 800
"""As many as the ledger keeps days in memory."""


class Foresight(Part):
    """Looks back on each day once it is over."""

    def __init__(self, home: HomeCoordinator) -> None:
        """Know of no day."""
        self._home = home
        self._zone = home.configuration.zone
        self._file = HomeFile(home.hass, home.config_entry.entry_id, "foresight")
        self._days: dict[str, Foreseen] = {}
        self._done = ""

    @property
    def days(self) -> Mapping[str, Foreseen]:
        """What days were and could have been, by ISO date."""
        return self._days

    @override
    async def async_load(self) -> None:
        """Read what is known of earlier days."""
        kept = await self._file.async_read(
            lambda data: {key: decode(Foreseen, each) for key, each in data["days"].items()}
        )
        self._days = kept or {}

    @override
    async def async_on_slot(self, at: float) -> None:
        """Look back on yesterday, once."""
        today = span_of(at, self._zone, "day")[0]
        start = span_of(today - DAY_S / 2, self._zone, "day")[0]
        yesterday = local(start, self._zone).date().isoformat()
        if yesterday in (self._done, *self._days):
            return
        self._done = yesterday
        slots = await self._home.insight.ledger.async_slots(start, today)
        stores = self._home.store.memory.ledger.otherwise.stores
        job = partial(foreseen, slots, self._home.configuration.home, stores)
        found = await self._home.hass.async_add_executor_job(job)
        if found is not None:
            self._days[yesterday] = found
            for old in sorted(self._days)[:-_KEPT_DAYS]:
                del self._days[old]
            await self._async_save()

    async def async_erase(self, start: float, end: float) -> None:
        """Forget the local days that begin between two times, epoch seconds."""
        kept = {
            key: each for key, each in self._days.items() if not start <= self._midnight(key) < end
        }
        if kept.keys() != self._days.keys():
            self._days = kept
            await self._async_save()

    def missed(self, since: str) -> tuple[float, float]:
        """Return what more could have been saved since an ISO date, and in how many hours."""
        days = [each for key, each in self._days.items() if key >= since]
        return sum(each.missed for each in days), sum(each.hours for each in days)

    def _midnight(self, day: str) -> float:
        return datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(self._zone)).timestamp()

    async def _async_save(self) -> None:
        await self._file.async_write({"days": encode(self._days)})
