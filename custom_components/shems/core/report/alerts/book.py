"""The book of alerts: each cause is told once, and again only after it was over.

A cause that comes and goes is one alert: it must last before it is raised, be over by a margin
(hysteresis, in the signal) before it is cleared, and stay over for a while before it may be
raised anew. Besides, no more than a few are raised in a day; what is beyond is kept in the
book, so that it is seen, but told to nobody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Self

from ...horizon import DAY_S
from .kinds import HANDLING, Kind

MOST_OF_KIND: Final = 3
MOST: Final = 10
"""So many are raised in 24 hours, of one kind and in all: who gets more reads none."""

type Facts = Mapping[str, str | float]


@dataclass(frozen=True)
class Signal:
    """What a look says of one cause.

    Attributes:
        kind: what it is about.
        subject: the device or entity it is about; empty where it is the home.
        on: whether it is there; None where that is not known.
        off: whether it is over, with a margin; neither holds in between.
        facts: what its text names.
    """

    kind: Kind
    on: bool | None
    off: bool = True
    subject: str = ""
    facts: Facts = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What the alert is followed by."""
        return f"{self.kind}:{self.subject}" if self.subject else str(self.kind)


@dataclass(frozen=True)
class Alert:
    """One cause that is, or was, followed.

    Attributes:
        since: when the cause was first there, epoch seconds.
        raised: when it was told; None while it has not lasted long enough.
        over: when it was over; None while it lasts.
        cleared: that it was over has been told.
        acknowledged: somebody has seen it.
        muted: it was one too many for its day.
        told: its notification was sent, or is not to be.
        snoozed: until when nobody is to be reminded; None where nobody asked for that.
    """

    key: str
    kind: Kind
    subject: str
    facts: Facts
    since: float
    raised: float | None = None
    over: float | None = None
    cleared: bool = False
    acknowledged: bool = False
    muted: bool = False
    told: bool = False
    snoozed: float | None = None

    @property
    def active(self) -> bool:
        """Whether it was raised and lasts."""
        return self.raised is not None and self.over is None


@dataclass(frozen=True)
class Book:
    """All alerts of a home.

    Attributes:
        alerts: those that last, wait or rest, by key.
        times: when alerts were raised in the last 24 hours, by kind.
    """

    alerts: Mapping[str, Alert] = field(default_factory=dict)
    times: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    @property
    def active(self) -> tuple[Alert, ...]:
        """Those that last, the newest first."""
        found = [each for each in self.alerts.values() if each.active]
        return tuple(sorted(found, key=lambda each: -(each.raised or 0.0)))

    def acknowledged(self, keys: Iterable[str]) -> Self:
        """Return the book with alerts seen by somebody; nobody is reminded of them."""
        return self._with({key: {"acknowledged": True, "told": True} for key in keys})

    def snoozed(self, keys: Iterable[str], until: float) -> Self:
        """Return the book with alerts of which somebody wants to be reminded later."""
        return self._with({key: {"snoozed": until, "told": False} for key in keys})

    def notified(self, keys: Iterable[str]) -> Self:
        """Return the book with the notifications of alerts sent."""
        return self._with({key: {"told": True, "snoozed": None} for key in keys})

    def due(self, at: float, *, quiet: bool) -> tuple[Alert, ...]:
        """Return the alerts that are to be told to somebody now.

        Args:
            at: epoch seconds.
            quiet: whether only what is urgent may disturb.
        """
        return tuple(
            each
            for each in self.active
            if not (each.told or each.acknowledged or each.muted)
            and (each.snoozed is None or each.snoozed <= at)
            and (HANDLING[each.kind].urgent or not quiet)
        )

    def _with(self, changes: Mapping[str, Mapping[str, object]]) -> Self:
        known = {
            key: replace(self.alerts[key], **each)  # type: ignore[arg-type]  # by name
            for key, each in changes.items()
            if key in self.alerts
        }
        return replace(self, alerts={**self.alerts, **known})


def advance(
    book: Book, signals: Iterable[Signal], at: float
) -> tuple[Book, tuple[Alert, ...], tuple[Alert, ...]]:
    """Return the book after a look, and what was raised and cleared by it.

    A cause that no signal speaks of any more is over: its device, or the wish to hear of its
    kind, is gone.

    Args:
        book: as it was.
        signals: of all causes that are followed.
        at: epoch seconds.
    """
    times = {
        kind: kept
        for kind, each in book.times.items()
        if (kept := tuple(time for time in each if at - DAY_S < time <= at))
    }
    alerts: dict[str, Alert] = {}
    raised: list[Alert] = []
    cleared: list[Alert] = []
    seen = {each.key: each for each in signals}
    gone = {
        key: Signal(each.kind, False, subject=each.subject)
        for key, each in book.alerts.items()
        if key not in seen
    }
    for key, signal in (seen | gone).items():
        after = _followed(book.alerts.get(key), signal, at)
        if after is None:
            continue
        if after.raised is None and signal.on and _lasts(after, at):
            many = len(times.get(signal.kind, ())) >= MOST_OF_KIND
            muted = many or sum(map(len, times.values())) >= MOST
            after = replace(after, raised=at, muted=muted)
            if not muted:
                times[signal.kind] = (*times.get(signal.kind, ()), at)
                raised.append(after)
        elif after.over is not None and not after.cleared:
            after = replace(after, cleared=True)
            if not after.muted:
                cleared.append(after)
        alerts[key] = after
    return replace(book, alerts=alerts, times=times), tuple(raised), tuple(cleared)


def _lasts(alert: Alert, at: float) -> bool:
    return at - alert.since >= HANDLING[alert.kind].holds_s


def _followed(before: Alert | None, signal: Signal, at: float) -> Alert | None:
    """Return the alert of a cause after a look, None where there is nothing to follow."""
    if before is None:
        fresh = Alert(signal.key, signal.kind, signal.subject, dict(signal.facts), at)
        return fresh if signal.on else None
    if signal.on:
        # Back before it was away for long it is the same, which was told.
        return replace(before, over=None, facts=dict(signal.facts))
    if before.raised is None:
        return None if signal.on is False else before
    if before.over is None:
        over = signal.on is False and signal.off
        return replace(before, over=at) if over else before
    return before if 0 <= at - before.over < HANDLING[signal.kind].rests_s else None
