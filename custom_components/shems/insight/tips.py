"""Tips of one home: looked for every week in slices, and kept with what was said to them."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, override

from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.util import dt as dt_util

from ..const import LOGGER
from ..core.horizon import DAY_S
from ..core.plan.result import Reason
from ..core.replay.codec import decode, encode
from ..core.report.period import local
from ..core.report.tips.search import Search
from ..core.report.tips.tip import Tip
from ..core.units import InputError
from ..files import HomeFile
from ..jobs import JobOverdueError
from ..slices import Slice, async_in_slices
from ..sources.error import SourceError
from .part import Part
from .tip_ground import async_ground

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..coordinator import HomeCoordinator

EVERY_S: Final = 7.0 * DAY_S
AT_NIGHT: Final = range(2, 5)
"""Local hours in which nobody waits for the machine, after what is learned at night."""
SNOOZE_DAYS: Final = 30
DONE_S: Final = 60.0 * DAY_S
"""What was done shows in the past after two months at the latest; a tip found again later was
not done, or is true again."""


class State(StrEnum):
    """What was said to a tip."""

    OPEN = "open"
    SNOOZED = "snoozed"
    DISMISSED = "dismissed"
    DONE = "done"


@dataclass(frozen=True)
class Kept:
    """A tip and what was said to it.

    Attributes:
        tip: as it was last found.
        found: when it was first found, epoch seconds.
        state: what was said.
        at: when that was said; None where nothing was.
        until: to when it is snoozed.
        current: whether the last search found it.
    """

    tip: Tip
    found: float
    state: State = State.OPEN
    at: float | None = None
    until: float | None = None
    current: bool = True

    def shown(self, now: float) -> State:
        """Return what it is now: who snoozed it sees it again."""
        over = self.state is State.SNOOZED and self.until is not None and self.until <= now
        return State.OPEN if over else self.state


@dataclass(frozen=True)
class _File:
    searched: float | None
    tips: tuple[Kept, ...]


class Tips(Part):
    """Looks for the tips of one home and keeps them.

    Attributes:
        searched: when the last search ended, epoch seconds; None before the first.
        problem: why the last search found nothing out, None where it did.
    """

    def __init__(self, home: HomeCoordinator) -> None:
        """Know of no tip."""
        self._home = home
        self._file = HomeFile(home.hass, home.config_entry.entry_id, "tips")
        self._kept: dict[str, Kept] = {}
        self._task: asyncio.Task[None] | None = None
        self._tried = -EVERY_S
        self._listeners: list[Callable[[], None]] = []
        self.searched: float | None = None
        self.problem: Reason | None = None

    @property
    def searching(self) -> bool:
        """Whether tips are being looked for."""
        return self._task is not None and not self._task.done()

    @property
    def every(self) -> tuple[Kept, ...]:
        """Every tip that is true, or was said to be done, the most valuable first."""
        known = [each for each in self._kept.values() if each.current or each.state is State.DONE]
        return tuple(sorted(known, key=lambda each: -each.tip.value.median))

    def open(self, now: float) -> tuple[Kept, ...]:
        """Return the tips to which nothing was said, or whose time has come again."""
        return tuple(each for each in self.every if each.shown(now) is State.OPEN)

    @override
    async def async_load(self) -> None:
        """Read what was found before the last restart."""
        kept = await self._file.async_read(lambda data: decode(_File, dict(data)))
        if kept is not None:
            self.searched = kept.searched
            self._kept = {each.tip.key: each for each in kept.tips}

    @override
    async def async_stop(self) -> None:
        """End a search under way; what was said is on disk already."""
        if self._task is not None and self.searching:
            self._task.cancel()
            await asyncio.wait([self._task])

    @override
    async def async_on_slot(self, at: float) -> None:
        """Look for tips at night, once a week."""
        since = max(self.searched or -EVERY_S, self._tried)
        hour = local(at, self._home.configuration.zone).hour
        # A failed search is tried again in the next night.
        due = at - (self.searched or -EVERY_S) >= EVERY_S and at - since >= DAY_S / 2
        if due and hour in AT_NIGHT:
            self.async_search()

    @callback
    def async_listen(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call the listener when tips or what was said to them change; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def async_search(self) -> None:
        """Look for tips in the background, unless that is being done."""
        if self.searching:
            return
        self._tried = _now()
        self._task = self._home.config_entry.async_create_background_task(
            self._home.hass,
            self._async_search(),
            f"shems tips {self._home.config_entry.entry_id}",
            eager_start=False,
        )
        self._tell()

    async def async_wait(self) -> None:
        """Return when no search is under way."""
        if self._task is not None:
            await asyncio.wait([self._task])

    async def async_say(self, key: str, state: State, *, days: float = SNOOZE_DAYS) -> None:
        """Note what is said to a tip.

        Raises:
            InputError: there is no such tip.
        """
        if key not in {each.tip.key for each in self.every}:
            raise InputError("tip_unknown", tip=key)
        at = _now()
        until = at + days * DAY_S if state is State.SNOOZED else None
        said = None if state is State.OPEN else at
        self._kept[key] = replace(self._kept[key], state=state, at=said, until=until)
        await self._async_save()
        self._tell()

    async def async_remove(self) -> None:
        """Forget every tip, what was said to it, and what a search under way has read."""
        await self.async_stop()
        self._kept, self.searched = {}, None
        await self._file.async_remove()
        self._tell()

    async def _async_search(self) -> None:
        """Search, whatever comes of it."""
        try:
            found = await self._async_found()
        except (InputError, SourceError) as err:
            self.problem = Reason(err.code, dict(err.arguments))
        except JobOverdueError:
            self.problem = Reason("tips_overdue")
        except Exception:  # noqa: BLE001  # Whatever it is, the home is run as ever.
            LOGGER.exception("Tips for %s could not be looked for", self._home.configuration.name)
            self.problem = Reason("tips_failed")
        else:
            self.problem, self.searched = None, _now()
            self._kept = merged(self._kept, found, self.searched)
            await self._async_save()
        self._tell()

    async def _async_found(self) -> tuple[Tip, ...]:
        search = Search(await async_ground(self._home))

        def advance(pieces: int, more: int) -> tuple[int, float]:
            for _ in range(more):
                if not search.advance():
                    return pieces, 1.0
            # Slices must come on with every piece, also where a part of the work is long.
            return pieces + more, 1 - 1 / (pieces + more + 1)

        await async_in_slices(self._home.hass, 0, advance, _unheard)
        return search.tips or ()

    async def _async_save(self) -> None:
        await self._file.async_save(
            dict(_encoded(_File(self.searched, tuple(self._kept.values()))))
        )

    @callback
    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()


def merged(kept: Mapping[str, Kept], found: tuple[Tip, ...], now: float) -> dict[str, Kept]:
    """Return what is kept after a search: what was said to a tip stays said.

    What is true no longer is forgotten, unless something was said to it.
    """
    result = {
        key: replace(each, current=False)
        for key, each in kept.items()
        if each.state is not State.OPEN
    }
    for tip in found:
        before = kept.get(tip.key)
        if before is None:
            result[tip.key] = Kept(tip, now)
        elif before.state is State.DONE and before.at is not None and now - before.at >= DONE_S:
            result[tip.key] = Kept(tip, before.found)
        else:
            result[tip.key] = replace(before, tip=tip, current=True)
    return result


def _encoded(file: _File) -> Mapping[str, Any]:
    told = encode(file)
    if not isinstance(told, dict):
        raise TypeError("a file is an object")
    return told


def _unheard(_: Slice[int]) -> None:
    """Nobody watches how far a search is."""


def _now() -> float:
    return dt_util.utcnow().timestamp()
