"""A home of a community: hears what it shared, and checks it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ..replay.codec import encode_fields
from .bodies import Inputs, Lease, Outlook, PublicResult, Result, SlotState, body_of
from .envelope import Envelope, Signed
from .identity import Identity
from .lease import renew_s
from .node import KEEP_S
from .outgoing import Event, Outgoing
from .refused import Refusal, RefusedError
from .roster import Roster
from .rounds import fingerprint
from .strict import members
from .telling import MOST_METERS, Telling
from .topics import Typ
from .verify import SlotView, Verdict, checked

__all__ = ["HomeNode", "OutlookView"]

NOTED_SKEW_S: Final = 30.0
LEASES_HEARD: Final = 8
"""Of the last leases the least delayed tells the skew: what travels can only be late."""
LEAST_HEARD: Final = 3
SHORTEST_S: Final = 1.0
"""Between two looks at what is due."""


@dataclass(frozen=True, slots=True)
class OutlookView:
    """What the community expects to need and to have over; see `bodies.Outlook`.

    Attributes:
        start: of the first slot, epoch s.
        issued: when the coordinator made it, epoch s.
        own: own net import that is part of it, as (start, Wh per slot); to be removed.
    """

    start: int
    issued: float
    body: Outlook
    own: tuple[int, tuple[int, ...]] | None


class HomeNode(Telling):
    """A member's own state machine: messages in, messages out.

    Attributes:
        outlook: of the community, None before it came.
        skew: own clock ahead of the coordinator's, s; None before enough was heard.
        views: what was heard of each slot of the last two days, by slot.
    """

    def __init__(
        self, identity: Identity, roster: Roster, state: Mapping[str, Any] | None = None
    ) -> None:
        """Begin, or go on from a saved `state`."""
        super().__init__(identity, roster, state)
        self.views = {int(slot): view for slot, view in self._kept.views.items()}
        self._kept.views = {}
        self.outlook: OutlookView | None = None
        self.skew: float | None = None
        self._ahead: list[float] = []
        self._skewed = False
        self._greeted = False
        self._tenure: tuple[str, int] | None = None

    def state(self) -> dict[str, Any]:
        """Return what is to be saved, as JSON, before anything is sent."""
        self._kept.seq = self.seq
        self._kept.readings = self._readings.saved()
        views = {str(slot): view.to_json() for slot, view in self.views.items()}
        return encode_fields(self._kept) | {"views": views}

    def connected(self, now: float) -> list[Outgoing]:
        """Say that the home is there, after the transport has connected."""
        self._greeted = True
        if not self.member or self._kept.left:
            return []
        return [self._status(True, now), *self._resume(now)]

    def will(self, now: float) -> Outgoing:
        """Return what the broker, or the shell when it ends, is to say when the home is gone."""
        return self._status(False, now)

    def tick(self, now: float) -> list[Outgoing]:
        """Do what is due."""
        self.ticked = now
        for slot in [slot for slot in self.views if slot < now - KEEP_S]:
            del self.views[slot]
        again = self._consent_again(now)
        return [*again, *self._tell_orders(now), *self._tell_meters(now)]

    def next_at(self, now: float) -> float:
        """Return when `tick` is wanted next, epoch s."""
        wanted = [each.next_at for each in self._kept.orders.values()]
        reading = self._readings.next_at()
        if reading is not None:
            rules = self.roster.rules
            spent = self._metered >= MOST_METERS and self._metered_in == rules.slot(now)
            wanted.append(rules.slot(now) + rules.interval_s if spent else reading)
        renew = renew_s(self.roster.rules.interval_s)
        if not self._acting(now):
            wanted = []
        return max(now, min([*wanted, self.ticked + 2 * renew]), self.ticked + SHORTEST_S)

    def verify(self, slot: int) -> Verdict | None:
        """Check a slot's result, None where nothing was heard of it."""
        view = self.views.get(slot)
        if view is None:
            return None
        reading = self._readings.get(slot)
        metered = None if reading is None else (reading.import_wh, reading.export_wh)
        return checked(view, self.roster, self.hid, metered)

    def _take(self, topic: str, message: Signed, size: int, now: float) -> list[Outgoing]:
        envelope = message.envelope
        if envelope.typ is Typ.STATUS and envelope.hid == self.hid:
            # A restored backup learns from its own retained message how far it was.
            message.verified_by(self.identity.public)
            self.seq = max(self.seq, envelope.seq)
            return []
        envelope = message.verified(self.roster, oldest=0)
        if self.topics.parse(topic).hid not in (None, self.hid):
            raise RefusedError(Refusal.WRONG_TOPIC, topic)
        self.inbox.accept(envelope, topic, size, now)
        opened = envelope.opened(self.identity)
        match body_of(opened):
            case Lease() as lease:
                return self._lease(envelope, lease, now)
            case Outlook() as outlook:
                self._outlook(envelope, outlook, now)
            case PublicResult() as public:
                self._public(envelope, public, now)
            case Result() as result:
                self._result(envelope, result, now)
            case Inputs() if self.roster.rules.mode == "p2p":
                self._view(envelope.slot).inputs = members(opened.body)
        return []

    def _lease(self, envelope: Envelope, lease: Lease, now: float) -> list[Outgoing]:
        if lease.until > now:
            self._measure(now - envelope.ts / 1000, now)
        self._heard_lease(envelope, lease, now)
        holder = self.leases.holder(now)
        held = None if holder is None else self.leases.of(holder)
        if held is None or (held.holder, held.since) == self._tenure:
            return []
        self._tenure = held.holder, held.since
        if held.wants:
            self._readings.wanted(held.wants)
        return self._resume(now)

    def _resume(self, now: float) -> list[Outgoing]:
        """Tell everything again that a coordinator may not know."""
        if not self._acting(now):
            return []
        self._readings.again()
        for each in self._kept.orders.values():
            each.tries, each.next_at = 0, 0.0
        first = [self._consent(now)] if self._kept.consented else []
        return [*first, *self._tell_plan(now), *self._tell_orders(now), *self._tell_meters(now)]

    def _roster_changed(self, now: float) -> list[Outgoing]:
        if not self.member:
            self.events.append(Event("left" if self._kept.left else "removed", now))
            return []
        return self._resume(now)

    def _measure(self, ahead: float, now: float) -> None:
        """Follow how far the own clock is ahead of the coordinator's."""
        self._ahead = [*self._ahead[1 - LEASES_HEARD :], ahead]
        if len(self._ahead) < LEAST_HEARD:
            return
        self.skew = min(self._ahead)
        if (abs(self.skew) > NOTED_SKEW_S) != self._skewed:
            self._skewed = not self._skewed
            code = "skewed" if self._skewed else "skew_over"
            self.events.append(Event(code, now, value=self.skew))

    def _outlook(self, envelope: Envelope, body: Outlook, now: float) -> None:
        issued = envelope.ts / 1000
        if self.outlook is not None and issued < self.outlook.issued:
            return
        corrected = issued + (self.skew or 0.0)
        sent = next((each for each in reversed(self._kept.plans) if each.sent_at < corrected), None)
        own = None
        # The sums go as far as the shortest plan in them: one that ends before was left out.
        end = envelope.slot + body.step_s * len(body.need_wh or ())
        if sent is not None and sent.start + body.step_s * len(sent.net_wh) >= end:
            own = sent.start, tuple(sent.net_wh)
        self.outlook = OutlookView(envelope.slot, issued, body, own)
        self.events.append(Event("outlook", now))

    def _view(self, slot: int) -> SlotView:
        return self.views.setdefault(slot, SlotView(slot))

    def _public(self, envelope: Envelope, body: PublicResult, now: float) -> None:
        view = self._view(envelope.slot)
        if body.state is SlotState.CLEARED:
            view.cleared = members(body.to_json())
        known = view.sums
        if known is not None and known.rev == body.rev:
            differ = fingerprint(known) != fingerprint(body)
            if differ and not view.void:
                view.void = True
                self.events.append(Event("conflict", now, envelope.hid, envelope.slot))
            return
        if known is None or body.rev > known.rev:
            view.public, view.by = members(body.to_json()), envelope.hid
            if view.own is None or view.own["rev"] < body.rev:
                # Our row of it may be lost, or lack our figures.
                self._readings.doubt(envelope.slot, now)
            self.events.append(Event("public_result", now, envelope.hid, envelope.slot))

    def _result(self, envelope: Envelope, body: Result, now: float) -> None:
        view = self._view(envelope.slot)
        row = members(body.to_json())
        if body.state is SlotState.CLEARED:
            view.trade = row
            self.events.append(Event("trade", now, envelope.hid, envelope.slot))
            return
        known = view.result
        if known is None or body.rev >= known.rev:
            view.own = row
            if body.state is SlotState.PROVISIONAL:
                self._readings.confirm(envelope.slot, body.import_wh, body.export_wh, now)
            else:
                self._readings.settle(envelope.slot)
            self.events.append(Event("result", now, envelope.hid, envelope.slot))
