"""What a coordinator knows of one slot: orders, meters, and how far it is settled."""

from dataclasses import dataclass, field
from typing import Any

from .bodies import Meter, Order, PublicResult, Side, SlotState
from .strict import members

__all__ = ["Book", "Counted", "Placed", "Trades"]


@dataclass(frozen=True, slots=True)
class Placed:
    """Keep a home's order of a slot, as it can be saved."""

    seq: int
    side: Side
    wh: tuple[int, ...]
    rate: tuple[int, ...]
    salt: str

    @property
    def steps(self) -> tuple[tuple[int, int], ...]:
        """Wh and µct/kWh of each step."""
        return tuple(zip(self.wh, self.rate, strict=True))


@dataclass(frozen=True, slots=True)
class Counted:
    """Keep what a home's meter counted in a slot, Wh."""

    seq: int
    rev: int
    import_wh: int
    export_wh: int
    salt: str


@dataclass(frozen=True, slots=True)
class Trades:
    """What was bought (- sold) before delivery, Wh, by pseudonym, at one price (µct/kWh)."""

    price: int | None
    net: dict[str, int]
    inputs: str


@dataclass(slots=True)
class Book:
    """One slot, from its orders to its final figures.

    Attributes:
        slot: start, epoch s.
        orders, meters: by home, the highest sequence number each.
        expected: homes that have a row even without a meter, fixed when first settled.
        trades: of the auction; None before it, and where there is none.
        state, rev: as published last, by whichever coordinator; -1 before.
        settled: revision that our own ledger holds; -1 before.
        due: when it is to be settled again, epoch s.
        public: the newest of what was published, of `bodies.PublicResult`.
        inputs: the orders that were cleared, of `bodies.Inputs`, until the slot is settled.
        heard: fingerprints of what each coordinator published, by revision and sender.
    """

    slot: int
    orders: dict[str, Placed] = field(default_factory=dict)
    meters: dict[str, Counted] = field(default_factory=dict)
    expected: list[str] = field(default_factory=list)
    trades: Trades | None = None
    state: SlotState | None = None
    rev: int = -1
    settled: int = -1
    due: float | None = None
    public: dict[str, Any] | None = None
    inputs: dict[str, Any] | None = None
    heard: dict[str, str] = field(default_factory=dict)

    def order(self, hid: str, seq: int, order: Order) -> bool:
        """Take an order; return whether it replaced what was there."""
        known = self.orders.get(hid)
        if known is not None and known.seq >= seq:
            return False
        wh, rate = zip(*order.steps, strict=True) if order.steps else ((), ())
        self.orders[hid] = Placed(seq, order.side, wh, rate, order.salt.hex())
        return True

    def meter(self, hid: str, seq: int, meter: Meter) -> bool:
        """Take a meter's figures; return whether they differ from what was there."""
        known = self.meters.get(hid)
        if known is not None and (known.rev, known.seq) >= (meter.rev, seq):
            return False
        made = Counted(seq, meter.rev, meter.import_wh, meter.export_wh, meter.salt.hex())
        self.meters[hid] = made
        return known is None or (known.import_wh, known.export_wh, known.salt) != (
            made.import_wh,
            made.export_wh,
            made.salt,
        )

    def published(self, sender: str, result: PublicResult, fingerprint: str) -> bool:
        """Take note of a result; return whether it contradicts one of the same revision."""
        start = f"{result.rev} "
        told = {each for known, each in self.heard.items() if known.startswith(start)}
        self.heard[start + sender] = fingerprint
        if result.rev >= self.rev:
            self.rev, self.state = result.rev, result.state
            self.public = members(result.to_json())
        return bool(told - {fingerprint})

    @property
    def lacks_trades(self) -> bool:
        """Whether energy was traded of which we do not know how much and by whom."""
        return self.trades is None and self.public is not None and self.public["price"] is not None

    @property
    def lacks_meters(self) -> bool:
        """Whether our own ledger lacks what was published by meters."""
        return self.settled < self.rev and self.state in (SlotState.PROVISIONAL, SlotState.VOID)

    def agrees(self, rev: int, fingerprint: str) -> bool:
        """Return whether what was published as a revision is the same."""
        return any(
            each == fingerprint for known, each in self.heard.items() if known.startswith(f"{rev} ")
        )
