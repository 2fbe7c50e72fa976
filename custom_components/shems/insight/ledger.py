"""The ledger of one home, as the rest of SHEMS asks it."""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final, override
from zoneinfo import ZoneInfo

from homeassistant.exceptions import UnsupportedStorageVersionError
from homeassistant.util import dt as dt_util

from .. import arrays
from ..const import DOMAIN, LOGGER
from ..core.horizon import DAY_S
from ..core.report.ledger import Totals
from ..core.report.rollup import span_of
from ..core.report.rows import Row, Step
from ..core.report.slot import SlotRecord
from ..files import async_tell_unreadable
from ..ledger_database import NewerLedgerError
from ..sources.error import SourceError
from .ledger_file import VERSION, LedgerFile
from .part import Part

if TYPE_CHECKING:
    from ..coordinator import HomeCoordinator

SLOTS_KEPT_S: Final = 60.0 * DAY_S
FILLED_AT_ONCE: Final = 500
"""Half a second of an executor's thread: others write between."""
HOURS_KEPT_S: Final = 800.0 * DAY_S
"""Two years and a bit: enough to compare a month's hours with the year before."""


@dataclass(frozen=True)
class SoFar:
    """The running local day, month and year, up to the last slot that was closed."""

    day: Row
    month: Row
    year: Row


class LedgerBook(Part):
    """Keeps the ledger's file, and answers what happened between two times.

    Attributes:
        so_far: None until anything was counted, and while the file cannot be used.
        new: the file was made anew, by this start or an earlier one, and what was before it is
            not entered yet.
        paused: the file is being copied; what is closed meanwhile is entered afterwards.
        changed: since when entries were changed that statistics tell otherwise, epoch seconds.
    """

    def __init__(self, home: HomeCoordinator) -> None:
        """Know where the file is."""
        self._hass = home.hass
        self._store = home.store
        self._entry_id = home.config_entry.entry_id
        self._zone = home.configuration.zone
        name = f"{DOMAIN}.{self._entry_id}.ledger.db"
        self.file = LedgerFile(arrays.folder(home.hass) / name, self._zone)
        self._turn = asyncio.Lock()
        self._ready = self._failed = False
        self._until = -float("inf")
        self._rolled = -float("inf")
        self._before: tuple[float, Row, Row] | None = None
        self.so_far: SoFar | None = None
        self.new = False
        self.paused = False
        self.changed = float("inf")

    @override
    async def async_load(self) -> None:
        """Open the file and enter what the home's memory has and it has not.

        Raises:
            UnsupportedStorageVersionError: a newer release wrote it; it is left as it is.
        """
        await self.async_enter()

    @override
    async def async_stop(self) -> None:
        """Enter the last slot."""
        await self.async_enter()

    @override
    async def async_on_slot(self, at: float) -> None:
        """Enter what was closed, and once a day roll up what is old."""
        entered = await self.async_enter()
        midnight = span_of(at, self._zone, "day")[0]
        if entered and midnight != self._rolled:
            before: dict[Step, float] = {"slot": at - SLOTS_KEPT_S, "hour": at - HOURS_KEPT_S}
            if await self._async_write(partial(self.file.roll_up, before)):
                self._rolled = midnight

    async def async_pause(self) -> None:
        """Write nothing from now on, and return once nothing is being written."""
        self.paused = True
        async with self._turn:
            pass

    async def async_resume(self) -> None:
        """Go on, and enter what was closed meanwhile."""
        self.paused = False
        await self.async_enter()

    async def async_enter(self) -> bool:
        """Enter the slots that the home's memory has and the file has not; return whether it did.

        The memory is on disk first: what a crash keeps from the file is entered with the next
        start, and nothing is ever in the file that the memory does not know.
        """
        if self.paused:
            return False
        now = dt_util.utcnow().timestamp()
        slots = tuple(each for each in self._store.memory.slots if each.end > self._until)
        if not await self._async_write(partial(self._enter, slots, now)):
            return False
        if slots:
            self._until = slots[-1].end
        return True

    def _enter(self, slots: tuple[SlotRecord, ...], now: float) -> None:
        """Enter slots, in a file that is there; runs in an executor."""
        if not self._ready:
            self._open(now)
        self.file.append(slots, now)
        if slots:
            self.so_far = self._summed(slots[-1].start)

    def _open(self, now: float) -> None:
        """Open the file; a new one begins with the days that the memory has."""
        self.file.path.parent.mkdir(exist_ok=True)
        self.file.open()
        self.new = self.file.unfilled()
        if self.new:
            today = datetime.fromtimestamp(now, ZoneInfo(self._zone)).date().isoformat()
            days = self._store.memory.ledger.days
            self.file.put_days({date: each for date, each in days.items() if date < today}, now)
        self._ready = True

    def _summed(self, at: float) -> SoFar:
        """Return the running day, month and year; what was before today is read once a day."""
        day, month, year = (span_of(at, self._zone, each) for each in _RUNNING)
        before = self._before
        if before is None or before[0] != day[0]:
            this_month, this_year = (
                replace(self.file.sum(begin, day[0]), end=end) for begin, end in (month, year)
            )
            self._before = before = (day[0], this_month, this_year)
        today = self.file.sum(*day)
        return SoFar(today, before[1].plus(today), before[2].plus(today))

    def _changed(self, write: Callable[[], object]) -> None:
        """Change what was entered before, and add the sums up anew; runs in an executor."""
        write()
        self._before = None
        last = self.file.last()
        self.so_far = None if last is None else self._summed(last)

    async def _async_change(self, first: float, write: Callable[[], object]) -> bool:
        """Change what was entered from a time on; return whether the file let it."""
        if not await self._async_write(partial(self._changed, write)):
            return False
        self.changed = min(self.changed, first)
        return True

    async def _async_write(self, write: Callable[[], None]) -> bool:
        """Run what writes the file in an executor; return whether it did.

        A file that is damaged is put aside and begun anew; one that cannot be written now is
        tried again with the next slot.
        """
        async with self._turn:
            try:
                await self._hass.async_add_executor_job(write)
            except NewerLedgerError as err:
                name = self.file.path.name
                raise UnsupportedStorageVersionError(name, err.version, VERSION) from err
            except (sqlite3.OperationalError, OSError) as err:
                self._fail(err)
            except sqlite3.DatabaseError as err:
                await self._async_put_aside(err)
            else:
                self._failed = False
                return True
        return False

    def _fail(self, err: Exception) -> None:
        if not self._failed:
            LOGGER.error("The ledger could not be written and will be later: %s", err)
        self._failed = True
        self._until = -float("inf")

    async def async_erase(self, start: float, end: float) -> bool:
        """Erase the local days that a span touches; return whether the file let it.

        Args:
            start, end: epoch seconds, both finite.
        """
        return await self._async_write(partial(self._changed, partial(self.file.erase, start, end)))

    async def _async_put_aside(self, err: Exception) -> None:
        """Keep what is damaged under another name; the next slot begins a new file."""
        LOGGER.warning("%s cannot be read and is put aside: %r", self.file.path.name, err)
        self._ready, self._until, self._before = False, -float("inf"), None
        aside = self.file.path.with_name(self.file.path.name + arrays.PUT_ASIDE)
        await self._hass.async_add_executor_job(self.file.put_aside, aside)
        async_tell_unreadable(self._hass, self._entry_id, "ledger", aside)

    async def async_fill(self, slots: Sequence[SlotRecord]) -> None:
        """Enter what was before the first slot of a new file; days that are known stand.

        The latest come first: after a crash what is still missing is all that was before the
        first slot. A disk that refuses slots is not asked for more.
        """
        if self._failed:
            return
        now = dt_util.utcnow().timestamp()
        for begin in reversed(range(0, len(slots), FILLED_AT_ONCE)):
            part = slots[begin : begin + FILLED_AT_ONCE]
            write = partial(self.file.append, part, now)
            if self.paused or not await self._async_change(part[0].start, write):
                return
        if await self._async_write(self.file.filled):
            self.new = False

    async def async_fill_gap(
        self, gap: Sequence[SlotRecord], after: Mapping[float, SlotRecord]
    ) -> bool:
        """Enter the slots of a gap, in the memory's sums too; return whether they are.

        Args:
            gap: in order.
            after: later slots that tell of it, by their start, as they are from now on.
        """
        if self.paused:
            return False
        now = dt_util.utcnow().timestamp()
        write = partial(self.file.append, (*gap, *after.values()), now)
        if not await self._async_change(gap[0].start, write):
            return False
        memory = self._store.memory
        memory.ledger = memory.ledger.filled(gap, self._zone)
        memory.slots = tuple(after.get(each.start, each) for each in memory.slots)
        return True

    async def async_revise(self, changed: Mapping[float, tuple[SlotRecord, SlotRecord]]) -> bool:
        """Enter corrected slots as their next revisions, also in the memory's sums.

        Return whether the file let it.

        Args:
            changed: each slot before and after, by its start.
        """
        if self.paused:
            return False
        first, last = min(changed), max(changed)

        def after(slot: SlotRecord) -> SlotRecord:
            pair = changed.get(slot.start)
            return slot if pair is None else pair[1]

        now = dt_util.utcnow().timestamp()
        write = partial(self.file.revise, first, last + 1.0, after, now)
        if not await self._async_change(first, write):
            return False
        memory = self._store.memory
        for pair in changed.values():
            memory.ledger = memory.ledger.revised(*pair, self._zone)
        memory.slots = tuple(
            replace(after(each), revision=0) if each.start in changed else each
            for each in memory.slots
        )
        await self._store.async_save_memory()
        return True

    # Answers

    async def async_rows(self, start: float, end: float, step: Step = "slot") -> tuple[Row, ...]:
        """Return the rows between two times that anything was counted in, in order.

        Hours are those of the clock, days and months those of the home's zone. Slots are kept
        for 60 days, hours for 800, days for ever.

        Args:
            start, end: epoch seconds; a row belongs to the span in which it begins.
            step: how long each row is.

        Raises:
            SourceError: the file cannot be read.
        """
        return await self._async_ask(partial(self.file.rows, start, end, step))

    async def async_slots(self, start: float, end: float) -> tuple[SlotRecord, ...]:
        """Return the slots that begin between two times, as they were entered.

        Raises:
            SourceError: the file cannot be read.
        """
        return await self._async_ask(partial(self.file.slots, start, end))

    async def async_first(self) -> float | None:
        """Return when the first slot begins, None where there is none.

        Raises:
            SourceError: the file cannot be read.
        """
        return await self._async_ask(self.file.first)

    async def async_sum(self, start: float, end: float) -> Row:
        """Return everything between two times as one row, zero where nothing was counted.

        Raises:
            SourceError: the file cannot be read.
        """
        return await self._async_ask(partial(self.file.sum, start, end))

    async def async_totals(self, start: float, end: float) -> Totals:
        """Return the sums of the home between two times, zero where nothing was counted.

        Raises:
            SourceError: the file cannot be read.
        """
        return (await self.async_sum(start, end)).totals

    async def async_known(self) -> tuple[float, float] | None:
        """Return when the first entry begins and the last ends, None where there is none.

        Raises:
            SourceError: the file cannot be read.
        """
        return await self._async_ask(self.file.known)

    async def _async_ask[T](self, ask: Callable[[], T]) -> T:
        if not self._ready:
            raise SourceError("ledger_unreadable", detail="")
        try:
            return await self._hass.async_add_executor_job(ask)
        except (sqlite3.Error, OSError) as err:
            raise SourceError("ledger_unreadable", detail=str(err)) from err


_RUNNING: Final[tuple[Step, ...]] = ("day", "month", "year")
