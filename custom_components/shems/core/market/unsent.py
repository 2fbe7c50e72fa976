"""The meters that no coordinator has confirmed yet: bounded, kept for two days, sent again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

__all__ = ["Reading", "Readings"]

DOUBT_S: Final = 30
FIRST_WAIT_S: Final = 60
LONGEST_WAIT_S: Final = 1800
"""Twice an hour is often enough for a coordinator that is away for a day."""
AT_ONCE: Final = 8
"""Messages of one go."""


@dataclass(slots=True)
class Reading:
    """What the own meter counted in a slot, and whether it is known to have arrived.

    Attributes:
        confirmed: whether the newest result had these figures.
        tries: how often it was sent.
        next_at: when it is sent again unless confirmed, epoch s.
    """

    slot: int
    import_wh: int
    export_wh: int
    source: str
    rev: int = 0
    confirmed: bool = False
    tries: int = 0
    next_at: float = 0.0


class Readings:
    """Keeps readings until they are confirmed, and a while longer."""

    def __init__(self, keep_s: int, readings: dict[str, Reading] | None = None) -> None:
        """Begin with what was saved."""
        self._keep_s = keep_s
        self._by_slot = {int(slot): each for slot, each in (readings or {}).items()}

    def add(self, reading: Reading, now: float) -> None:
        """Take a reading; other figures of the same slot become its next revision."""
        known = self._by_slot.get(reading.slot)
        if known is not None:
            if (known.import_wh, known.export_wh) == (reading.import_wh, reading.export_wh):
                return
            reading.rev = known.rev + 1
        self._by_slot[reading.slot] = reading
        self.expire(now)

    def get(self, slot: int) -> Reading | None:
        """Return the reading of a slot."""
        return self._by_slot.get(slot)

    def confirm(self, slot: int, import_wh: int, export_wh: int, now: float) -> None:
        """Compare a result with our figures: other ones mean that ours did not arrive."""
        known = self._by_slot.get(slot)
        if known is None:
            return
        if (known.import_wh, known.export_wh) == (import_wh, export_wh):
            known.confirmed = True
        else:
            self.doubt(slot, now)

    def settle(self, slot: int) -> None:
        """Send no more of a slot on which our figures have no bearing any longer."""
        if slot in self._by_slot:
            self._by_slot[slot].confirmed = True

    def doubt(self, slot: int, now: float) -> None:
        """Send again soon, unless a result that is on its way confirms our figures."""
        known = self._by_slot.get(slot)
        if known is not None and known.confirmed:
            known.confirmed, known.tries, known.next_at = False, 0, now + DOUBT_S

    def wanted(self, since: int) -> None:
        """Send again, to a coordinator that was away, what it may have missed."""
        for slot, each in self._by_slot.items():
            if slot >= since:
                each.confirmed, each.tries, each.next_at = False, 0, 0.0

    def again(self) -> None:
        """Try at once what is not confirmed."""
        for each in self._by_slot.values():
            if not each.confirmed:
                each.tries, each.next_at = 0, 0.0

    def due(self, now: float, most: int) -> Iterator[Reading]:
        """Yield what is to be sent, newest first, a bounded number at a time."""
        open_ = [each for each in self._open() if each.next_at <= now]
        for each in sorted(open_, key=lambda each: -each.slot)[: min(AT_ONCE, most)]:
            each.next_at = now + min(FIRST_WAIT_S * 2**each.tries, LONGEST_WAIT_S)
            each.tries += 1
            yield each

    def next_at(self) -> float | None:
        """Return when the next one is to be sent."""
        return min((each.next_at for each in self._open()), default=None)

    def expire(self, now: float) -> None:
        """Forget what is too old to be settled."""
        for slot in [slot for slot in self._by_slot if slot < now - self._keep_s]:
            del self._by_slot[slot]

    def clear(self) -> None:
        """Forget all."""
        self._by_slot.clear()

    def saved(self) -> dict[str, Reading]:
        """Return what is to be saved."""
        return {str(slot): each for slot, each in self._by_slot.items()}

    def __len__(self) -> int:
        """Return how many are not confirmed."""
        return len(list(self._open()))

    def _open(self) -> Iterator[Reading]:
        return (each for each in self._by_slot.values() if not each.confirmed)
