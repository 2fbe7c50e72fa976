"""Who is at home: nobody, the household, or guests too; said by the household itself."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final

from homeassistant.core import HomeAssistant

from .core.horizon import DAY_S
from .core.replay.codec import decode, encode
from .files import HomeFile, UnwrittenError

KEPT_S: Final = 368.0 * DAY_S
OPEN_S: Final = 7.0 * DAY_S
"""What has no end is taken to last beyond every plan."""

NORMAL: Final = "normal"
AWAY: Final = "away"
GUESTS: Final = "guests"
OCCUPANCIES: Final = (NORMAL, AWAY, GUESTS)

type Times = Sequence[tuple[float, float | None]]


@dataclass(frozen=True)
class Stay:
    """A time in which the home is lived in differently.

    Attributes:
        kind: `away` or `guests`.
        start: epoch seconds.
        end: None until further notice.
        noticed: whether an entity told of it, not the user.
    """

    kind: str
    start: float
    end: float | None = None
    noticed: bool = False

    def covers(self, at: float) -> bool:
        """Return whether a time lies in it."""
        return self.start <= at and (self.end is None or at < self.end)

    def without(self, start: float, end: float | None) -> Iterable[Stay]:
        """Return what is left of it beside a time that is spent otherwise."""
        if self.start < start:
            earlier = start if self.end is None else min(self.end, start)
            yield replace(self, end=earlier)
        if end is not None and (self.end is None or self.end > end):
            yield replace(self, start=max(self.start, end))


@dataclass(frozen=True)
class _Kept:
    stays: tuple[Stay, ...] = field(default=())


class Occupancy:
    """When a home is left alone or has guests: past, now and to come."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Begin with a home that is lived in as always."""
        self._file = HomeFile(hass, entry_id, "occupancy")
        self.stays: tuple[Stay, ...] = ()
        self._overruled = False

    async def async_load(self) -> None:
        """Read the file; what cannot be read is as if it had not been said."""
        kept = await self._file.async_read(lambda data: decode(_Kept, data))
        self.stays = () if kept is None else kept.stays

    async def async_remove(self) -> None:
        """Delete the file."""
        await self._file.async_remove()

    def at(self, time: float) -> Stay | None:
        """Return what holds at a time, None where the home is lived in as always."""
        return next((each for each in self.stays if each.covers(time)), None)

    def during(self, kind: str, now: float) -> tuple[tuple[float, float], ...]:
        """Return the times of one kind; what has no end lasts a week from now."""
        return tuple(
            (each.start, now + OPEN_S if each.end is None else each.end)
            for each in self.stays
            if each.kind == kind
        )

    async def async_set(self, kind: str, start: float, end: float | None, now: float) -> None:
        """Say that a time is spent so, whatever was said of it before."""
        await self._async_keep((*self._beside(start, end), Stay(kind, start, end)), now)

    async def async_clear(self, start: float, end: float | None, now: float) -> None:
        """Say that a time is spent as always."""
        await self._async_keep(self._beside(start, end), now)

    async def async_end(self, now: float) -> None:
        """Say that from now on the home is lived in as always, for as long as it would not be.

        An entity that goes on saying otherwise is not heard until it has changed its mind.
        """
        current = self.at(now)
        if current is not None:
            self._overruled = current.noticed
            await self.async_clear(now, current.end, now)

    async def async_forget_open(self, now: float) -> None:
        """Forget what was said until further notice: it was said long ago."""
        await self._async_hold((each for each in self.stays if each.end is not None), now)

    async def async_notice(self, times: Times, now: float) -> None:
        """Take over what an entity tells of absences; what the user said of them holds.

        Args:
            times: (from, to) in epoch seconds, to come or begun; no end is until further notice.
            now: epoch seconds.
        """
        begun = [each for each in times if each[0] <= now]
        self._overruled = self._overruled and bool(begun)
        if self._overruled:
            times = [each for each in times if each[0] > now]
        stays = self._with_noticed(times, now)
        if stays != self.stays:
            await self._async_hold(stays, now)

    def _with_noticed(self, times: Times, now: float) -> tuple[Stay, ...]:
        """Return the stays with those noticed now in place of those noticed before."""
        said = [each for each in self.stays if not each.noticed]
        before = [
            replace(each, end=now if each.end is None else min(each.end, now))
            for each in self.stays
            if each.noticed and each.start < now
        ]
        parts = []
        for start, end in times:
            running = next((each for each in before if each.end == now and start <= now), None)
            if running is not None:
                before.remove(running)
            since = start if running is None else running.start
            parts.append(Stay(AWAY, since, end, noticed=True))
        for other in (*said, *before):
            parts = [left for each in parts for left in each.without(other.start, other.end)]
        return tuple(sorted((*said, *before, *parts), key=lambda each: each.start))

    def _beside(self, start: float, end: float | None) -> tuple[Stay, ...]:
        return tuple(part for each in self.stays for part in each.without(start, end))

    async def _async_hold(self, stays: Iterable[Stay], now: float) -> None:
        """Take over what nobody waits for; a full disk only lets the next start forget it."""
        self.stays = _recent(stays, now)
        with suppress(UnwrittenError):
            await self._async_keep(self.stays, now)

    async def _async_keep(self, stays: Iterable[Stay], now: float) -> None:
        """Take over what is said once it is on disk.

        Raises:
            UnwrittenError: it could not be written; all is as before.
        """
        kept = _recent(stays, now)
        await self._file.async_write({"stays": encode(kept)})
        self.stays = kept


def _recent(stays: Iterable[Stay], now: float) -> tuple[Stay, ...]:
    recent = (each for each in stays if each.end is None or each.end > now - KEPT_S)
    return tuple(sorted(recent, key=lambda each: each.start))
