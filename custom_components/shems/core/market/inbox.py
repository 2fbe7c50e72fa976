"""Which messages of members are taken: once, in time, not too many, where they belong.

What is fresh by nature (a home's plan, order, meter …) must have been sent within two minutes.
That also bounds what has to be remembered: whatever is older can no longer be replayed. Retained
messages and results may have waited at the broker for long; only a date ahead of ours refuses
them, and their number tells what is new.
"""

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Final, Self

from .envelope import LAST_SLOT, Envelope
from .refused import Refusal, RefusedError
from .rules import Rules
from .strict import LARGEST, Fields, Json, integer
from .topics import FROM_HOME, LARGEST_BYTES, Topics, Typ

NOTED_SKEW_S: Final = 30
"""A home whose clock is so far off is told."""
MOST_SKEW_S: Final = 120
"""Beyond, its messages might belong to another slot."""
MOST_PER_SLOT: Final = 30
"""Of a member; a home needs about three, one that sends again after a fault ten."""
BACKFILL_S: Final = 48 * 3600
"""How long a home keeps what it could not send; older figures come from the grid operator."""
MOST_AHEAD_S: Final = 48 * 3600
"""As far as a plan reaches."""
MOST_KEPT: Final = 4096
"""Numbers kept of one sender and type: results of six weeks. Of still older ones a repetition
is told by the revision alone."""

FRESH: Final = FROM_HOME - {Typ.STATUS}
"""A status is retained, and waits at the broker for late comers."""
_BY_SLOT: Final = frozenset({Typ.ORDER, Typ.METER, Typ.RESULT, Typ.PUBLIC_RESULT, Typ.INPUTS})
"""Each slot has a message of its own; of the other types the latest replaces all before."""
_GENERATION_S: Final = 300
"""What was sent two minutes ahead of our clock is refused four minutes later: it takes one
generation besides the current one to tell every repetition."""

type _Seen = dict[tuple[str, Typ], dict[int, int]]
"""Highest number, by slot, of a sender and type."""


@dataclass
class Inbox:
    """Remembers what came, for one community.

    Attributes:
        topics: of the community.
        rules: when orders close, and how long a slot is; replaced with the roster.
        refused: how many messages were refused, by reason.
    """

    topics: Topics
    rules: Rules
    refused: Counter[Refusal] = field(default_factory=Counter)
    _lasting: _Seen = field(default_factory=dict, repr=False)
    _recent: _Seen = field(default_factory=dict, repr=False)
    _before: _Seen = field(default_factory=dict, repr=False)
    _since: float = field(default=0.0, repr=False)
    _rates: dict[str, int] = field(default_factory=dict, repr=False)
    _rated: int = field(default=0, repr=False)

    def accept(self, envelope: Envelope, topic: str, size: int, now: float) -> float:
        """Take a message whose signature was verified, or refuse and count it.

        Args:
            envelope: verified, so that nobody uses up what another may send.
            topic: where it came.
            size: of its payload, bytes.
            now: epoch s.

        Returns:
            How far the sender's clock is ahead of ours, s; negative also for what waited.
            Beyond NOTED_SKEW_S it is worth telling.

        Raises:
            RefusedError: WRONG_TOPIC, TOO_LARGE, SKEWED, RATE, EARLY, LATE or REPLAYED.
        """
        try:
            return self._accepted(envelope, topic, size, now)
        except RefusedError as error:
            self.note(error)
            raise

    def note(self, error: RefusedError) -> None:
        """Count a message that was refused elsewhere."""
        self.refused[error.code] += 1

    def _accepted(self, envelope: Envelope, topic: str, size: int, now: float) -> float:
        self._check_topic(envelope, topic)
        if size > LARGEST_BYTES[envelope.typ]:
            raise RefusedError(Refusal.TOO_LARGE, f"{size} bytes")
        skew = envelope.ts / 1000 - now
        if skew > MOST_SKEW_S or (envelope.typ in FRESH and skew < -MOST_SKEW_S):
            raise RefusedError(Refusal.SKEWED, f"{skew:.0f} s")
        self._check_rate(envelope, now)
        self._check_slot(envelope, now)
        self._check_number(envelope, now)
        return skew

    def _check_topic(self, envelope: Envelope, topic: str) -> None:
        address = self.topics.parse(topic)
        if address.typ is not envelope.typ:
            raise RefusedError(Refusal.WRONG_TOPIC, "type")
        if address.typ in FROM_HOME and address.hid != envelope.hid:
            raise RefusedError(Refusal.WRONG_TOPIC, "another's branch")
        if address.slot is not None and address.slot != envelope.slot:
            raise RefusedError(Refusal.WRONG_TOPIC, "slot")

    def _check_rate(self, envelope: Envelope, now: float) -> None:
        if envelope.typ not in FROM_HOME:
            return  # A coordinator sends a whole day at once when the final figures come.
        slot = self.rules.slot(now)
        if slot != self._rated:
            self._rates, self._rated = {}, slot
        # Anybody can make names to join under: together they have what one member has.
        sender = "" if envelope.typ is Typ.JOIN else envelope.hid
        sent = self._rates.get(sender, 0)
        if sent >= MOST_PER_SLOT:
            raise RefusedError(Refusal.RATE, envelope.hid)
        self._rates[sender] = sent + 1

    def _check_slot(self, envelope: Envelope, now: float) -> None:
        slot, typ, interval = envelope.slot, envelope.typ, self.rules.interval_s
        if typ in {Typ.ORDER, Typ.METER, Typ.PLAN} and slot % interval:
            raise RefusedError(Refusal.OUT_OF_BOUNDS, "no slot begins then")
        if typ in _BY_SLOT | {Typ.PLAN, Typ.OUTLOOK} and slot > now + MOST_AHEAD_S:
            raise RefusedError(Refusal.EARLY, str(slot))
        if typ is Typ.METER and slot + interval > now + MOST_SKEW_S:
            raise RefusedError(Refusal.EARLY, "slot has not ended")
        if typ is Typ.ORDER and now >= slot - self.rules.gate_s:
            raise RefusedError(Refusal.LATE, "gate is closed")
        if typ is Typ.METER and slot + interval < now - BACKFILL_S:
            raise RefusedError(Refusal.LATE, "older than what is sent again")

    def _check_number(self, envelope: Envelope, now: float) -> None:
        key = envelope.hid, envelope.typ
        slot = envelope.slot if envelope.typ in _BY_SLOT else 0
        if envelope.typ in FRESH:
            if not self._since <= now < self._since + _GENERATION_S:
                self._before, self._recent, self._since = self._recent, {}, now
            memory, older = self._recent, self._before
        else:
            memory = older = self._lasting
        highest = max(each.get(key, {}).get(slot, -1) for each in (memory, older))
        if envelope.seq <= highest:
            raise RefusedError(Refusal.REPLAYED, f"{envelope.seq}")
        seen = memory.setdefault(key, {})
        seen[slot] = envelope.seq
        if len(seen) > MOST_KEPT:
            del seen[min(seen)]

    def forget(self, keep: Container[str]) -> None:
        """Drop what those sent who are no members any more; call it with each new roster."""
        self._lasting = {key: seen for key, seen in self._lasting.items() if key[0] in keep}

    def to_json(self) -> Json:
        """Return what must outlive a restart; how many came in this slot need not."""
        return {
            "seen": [
                [hid, typ, [[slot, seq] for slot, seq in seen.items()]]
                for memory in (self._before, self._recent, self._lasting)
                for (hid, typ), seen in memory.items()
            ],
            "refused": {str(code): number for code, number in self.refused.items()},
        }

    def restored(self, value: Json) -> Self:
        """Take over what `to_json` returned and return itself, or raise RefusedError."""
        fields = Fields(value, "seen", "refused")
        for hid, typ, seen in fields.rows("seen", LARGEST, _entry):
            memory = self._recent if typ in FRESH else self._lasting
            memory.setdefault((hid, typ), {}).update(seen)
        counts = Fields(fields["refused"], optional=[*Refusal])
        self.refused.update(
            {code: counts.integer(code, 0, LARGEST) for code in Refusal if code in counts}
        )
        return self


def _entry(value: Json) -> tuple[str, Typ, dict[int, int]]:
    match value:
        case [str(hid), str(typ), list(seen)] if typ in Typ:
            return hid, Typ(typ), dict(_pair(each) for each in seen)
    raise RefusedError(Refusal.SCHEMA, "no sender")


def _pair(value: Json) -> tuple[int, int]:
    if not isinstance(value, list) or len(value) != 2:
        raise RefusedError(Refusal.SCHEMA, "no number")
    return integer(value[0], 0, LAST_SLOT), integer(value[1], 0, LARGEST)
