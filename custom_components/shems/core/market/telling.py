"""What a home tells its community: consent, plans, orders and meters, each only if agreed to."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ..replay.codec import decode
from .bodies import (
    MOST_SLOTS,
    SALT_BYTES,
    Consent,
    Leave,
    Meter,
    Order,
    Plan,
    Purpose,
    Side,
    Source,
    Status,
)
from .home_state import HomeState, Ordered, Planned
from .identity import Identity
from .node import KEEP_S, Node
from .outgoing import Outgoing
from .roster import Roster
from .topics import Typ
from .unsent import Reading, Readings

__all__ = ["Telling"]

ORDER_AGAIN_S: Final = 60.0
"""An order is sent again after one minute, two, four, and a last time one before its gate."""
MOST_METERS: Final = 16
"""In a slot; with what else a home sends it stays below the limit of 30."""
CONSENT_AGAIN_S: Final = 3600.0
VERSION: Final = "1"
"""Of what a home says of itself."""
_SALT_DOMAIN: Final = b"shems/v1/salt\0"


class Telling(Node):
    """The speaking half of a home."""

    def __init__(
        self, identity: Identity, roster: Roster, state: Mapping[str, Any] | None = None
    ) -> None:
        """Begin, or go on from a saved `state`."""
        kept = decode(HomeState, dict(state)) if state else HomeState()
        super().__init__(identity, roster, kept.seq)
        self._kept = kept
        self._consent_at = 0.0
        self._metered_in, self._metered = 0, 0
        self._readings = Readings(KEEP_S, kept.readings)

    @property
    def member(self) -> bool:
        """Whether the newest roster names the home."""
        return self.hid in self.roster

    @property
    def purposes(self) -> frozenset[Purpose]:
        """What the home agreed to; nothing of another purpose is sent."""
        return frozenset(Purpose(each) for each in self._kept.purposes)

    @property
    def unsent(self) -> int:
        """Meter readings that no coordinator has confirmed."""
        return len(self._readings)

    def consent(self, purposes: frozenset[Purpose], now: float) -> list[Outgoing]:
        """Agree to these purposes from now on, and to no others."""
        self._kept.purposes = sorted(purposes)
        self._kept.consented = True
        if Purpose.SHARING not in purposes:
            self._readings.clear()
        if Purpose.PLANNING not in purposes:
            self._kept.plans.clear()
        if Purpose.TRADING not in purposes:
            self._kept.orders.clear()
        if not self.roster.order:
            return []  # It is told again to whoever comes to coordinate.
        return [self._consent(now)]

    def plan(self, start: int, step_s: int, net_wh: Sequence[int], now: float) -> list[Outgoing]:
        """Tell the expected net import of the slots from `start` on, Wh, if that was agreed to."""
        if Purpose.PLANNING not in self.purposes:
            return []
        most = self.roster.member(self.hid).limit_wh if self.hid in self.roster else 0
        clipped = [max(-most, min(most, int(wh))) for wh in net_wh[:MOST_SLOTS]]
        self._kept.plans = [*self._kept.plans[-1:], Planned(start, step_s, clipped, now)]
        return self._tell_plan(now)

    def order(
        self, slot: int, side: Side, steps: Sequence[tuple[int, int]], now: float
    ) -> list[Outgoing]:
        """Order in a slot's auction, replacing an earlier order; too late and nothing is sent.

        Args:
            slot: start, epoch s.
            side: bid to buy, offer to sell.
            steps: Wh and rate, µct/kWh.
            now: epoch s.
        """
        if Purpose.TRADING not in self.purposes or self.roster.rules.mode != "p2p":
            return []
        if now >= slot - self.roster.rules.gate_s:
            return []
        wh, rate = [each[0] for each in steps], [each[1] for each in steps]
        self._kept.orders[str(slot)] = Ordered(slot, side, wh, rate)
        return self._tell_orders(now)

    def meter(
        self,
        slot: int,
        import_wh: int,
        export_wh: int,
        now: float,
        source: Source = Source.METER,
    ) -> list[Outgoing]:
        """Tell what the meter counted in a slot; kept and sent again until it is confirmed.

        Save `state` even if nothing is to be sent: the reading is in it.
        """
        if Purpose.SHARING not in self.purposes:
            return []
        self._readings.add(Reading(slot, import_wh, export_wh, source), now)
        return self._tell_meters(now)

    def leave(self, erase: bool, now: float) -> list[Outgoing]:
        """Go; with `erase`, ask that rows and salts be deleted."""
        if self.hid not in self.roster:
            return []
        self._kept.left = True
        self._readings.clear()
        return [self._send(Typ.LEAVE, Leave(erase), now)]

    def _consent_again(self, now: float) -> list[Outgoing]:
        """Repeat the consent: a standby that came later has not heard it."""
        if not self._kept.consented or now < self._consent_at or not self._acting(now):
            return []
        return [self._consent(now)]

    def _acting(self, now: float) -> bool:
        """Return whether somebody is there to be told."""
        return self.member and not self._kept.left and self.leases.holder(now) is not None

    def _salt(self, slot: int) -> bytes:
        """Return the salt of the own rows of a slot: ours alone, and the same at any time."""
        key = self.identity.signing
        return hmac.digest(key, _SALT_DOMAIN + slot.to_bytes(8), hashlib.sha256)[:SALT_BYTES]

    def _status(self, online: bool, now: float) -> Outgoing:
        return self._send(Typ.STATUS, Status(online, VERSION), now)

    def _consent(self, now: float) -> Outgoing:
        self._consent_at = now + CONSENT_AGAIN_S
        body = Consent(tuple(sorted(self.purposes)))
        return self._send(Typ.CONSENT, body, now, to=self.roster.coordinators)

    def _tell_plan(self, now: float) -> list[Outgoing]:
        if not self._kept.plans or not self._acting(now):
            return []
        plan = self._kept.plans[-1]
        plan.sent_at = now
        body = Plan(plan.step_s, tuple(plan.net_wh))
        return [self._send(Typ.PLAN, body, now, plan.start, self.roster.coordinators)]

    def _tell_orders(self, now: float) -> list[Outgoing]:
        """Send the orders that are due, again and again until their gates."""
        gate_s = self.roster.rules.gate_s
        self._kept.orders = {
            key: each for key, each in self._kept.orders.items() if each.slot - gate_s > now
        }
        if not self._acting(now):
            return []
        sent = []
        for each in self._kept.orders.values():
            if each.next_at <= now:
                again, last = (
                    now + ORDER_AGAIN_S * 2**each.tries,
                    each.slot - gate_s - ORDER_AGAIN_S,
                )
                each.next_at = min(again, last) if now < last else float(each.slot)
                each.tries += 1
                steps = tuple(zip(each.wh, each.rate, strict=True))
                body = Order(Side(each.side), steps, self._salt(each.slot))
                sent.append(self._send(Typ.ORDER, body, now, each.slot, self.roster.coordinators))
        return sent

    def _tell_meters(self, now: float) -> list[Outgoing]:
        """Send the readings that are due."""
        self._readings.expire(now)
        if not self._acting(now):
            return []
        slot = self.roster.rules.slot(now)
        if slot != self._metered_in:
            self._metered_in, self._metered = slot, 0
        sent = []
        for each in self._readings.due(now, MOST_METERS - self._metered):
            self._metered += 1
            source, salt = Source(each.source), self._salt(each.slot)
            body = Meter(each.import_wh, each.export_wh, source, each.rev, salt)
            sent.append(self._send(Typ.METER, body, now, each.slot, self.roster.coordinators))
        return sent
