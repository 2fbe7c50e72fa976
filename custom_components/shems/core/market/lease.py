"""The right to act as coordinator: signed, expiring, and passed down an ordered list.

MQTT offers no consensus, so none is pretended: whoever is first in the roster's order and holds an
unexpired lease acts. Should two act all the same (a broker split in two), their results differ or
agree; agreeing ones harm nobody, and differing ones void the slot.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

__all__ = ["Lease", "Leases", "batch_s", "lease_s", "listen_s", "renew_s"]

LONGEST_S = 90
"""Lapses, with a standby's turn after it, well inside the five minutes before delivery."""
SHARE_OF_SLOT = 10
"""A tenth of a slot: short slots of a trial need short leases."""
RENEWALS = 3
"""Two renewals may be lost before the lease lapses."""


def lease_s(interval_s: int) -> int:
    """Return how long a lease holds (s)."""
    return max(3, min(LONGEST_S, interval_s // SHARE_OF_SLOT))


def renew_s(interval_s: int) -> int:
    """Return after how long its holder renews it (s)."""
    return max(1, lease_s(interval_s) // RENEWALS)


def listen_s(interval_s: int) -> int:
    """Return how long a new holder listens before it acts (s).

    Within one renewal it hears of any other that acts, even over a slow network.
    """
    return renew_s(interval_s)


def batch_s(interval_s: int) -> int:
    """Return how long to wait for more before a settled slot is settled again (s)."""
    return max(1, renew_s(interval_s) // 4)


@dataclass(frozen=True, slots=True)
class Lease:
    """Hold who may act from and until when (epoch s).

    `wants` is the slot from which on the holder may lack meters, 0 if it lacks none.
    """

    holder: str
    since: int
    until: int
    wants: int = 0


class Leases:
    """Follow the leases of a community's coordinators, first in order first."""

    def __init__(self, order: Sequence[str], interval_s: int) -> None:
        """Begin without a lease."""
        self.order = tuple(order)
        self.interval_s = interval_s
        self._held: dict[str, Lease] = {}
        self._watching: float | None = None

    def heard(self, lease: Lease, now: float) -> bool:
        """Take note of a lease; return whether another one acts from now on."""
        before = self.holder(now)
        known = self._held.get(lease.holder)
        longest = now + 2 * lease_s(self.interval_s)
        if lease.holder in self.order and (known is None or lease.until > known.until):
            # A lease dated far ahead would keep a dead coordinator in office.
            self._held[lease.holder] = replace(lease, until=min(lease.until, int(longest)))
        return self.holder(now) != before

    def holder(self, now: float) -> str | None:
        """Return who acts: the first in order whose lease holds, None without one."""
        for hid in self.order:
            lease = self._held.get(hid)
            if lease is not None and lease.until > now:
                return hid
        return None

    def of(self, hid: str) -> Lease | None:
        """Return a coordinator's latest lease, lapsed or not."""
        return self._held.get(hid)

    def claim_at(self, hid: str, now: float) -> float | None:
        """Return when a coordinator is to take or renew the lease, None while a better one acts.

        The first in order takes it at once, and back from a standby as soon as it returns; each
        standby waits one renewal longer than the one before it.
        """
        if self._watching is None:
            self._watching = now
        rank = self.order.index(hid)
        better = [self._held[each].until for each in self.order[:rank] if each in self._held]
        if any(until > now for until in better):
            return None
        own = self._held.get(hid)
        if own is not None and own.until > now:
            return own.until - lease_s(self.interval_s) + renew_s(self.interval_s)
        if rank == 0:
            return now
        vacant = max([*better, self._watching + lease_s(self.interval_s)])
        return vacant + rank * renew_s(self.interval_s)

    def watch(self, now: float) -> None:
        """Begin to listen, after a time in which no lease could be heard."""
        self._watching = now

    def claimed(self, hid: str, now: float, wants: int = 0) -> Lease:
        """Take or renew the lease; a tenure that has not lapsed keeps its beginning."""
        own = self._held.get(hid)
        since = own.since if own is not None and own.until > now else int(now)
        lease = Lease(hid, since, int(now) + lease_s(self.interval_s), wants)
        self._held[hid] = lease
        return lease

    def reordered(self, order: Sequence[str], interval_s: int) -> None:
        """Follow a new roster."""
        self.order, self.interval_s = tuple(order), interval_s
        self._held = {hid: lease for hid, lease in self._held.items() if hid in self.order}

    def restored(self, held: Mapping[str, Lease]) -> None:
        """Take over the leases of a saved state."""
        self._held.update(held)
