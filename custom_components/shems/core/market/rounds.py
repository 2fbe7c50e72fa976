"""Clear and settle a slot from its book: pure, and the same for every coordinator.

The salt of a row comes from the home itself, sealed with its order and its meter's figures; so
coordinators with the same inputs publish the same root, and nobody but them and the home can
guess a row from its hash.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..units import Ints
from . import proof
from .allocate import Allocation, allocate
from .auction import Order as AuctionOrder
from .auction import Side as AuctionSide
from .auction import clear
from .bodies import SALT_BYTES, WHO_BYTES, Input, Inputs, PublicResult, Result, SlotState
from .book import Book, Trades
from .roster import Roster
from .settle import Contracts, Meters, Row, Settlement, settle, settle_trades
from .strict import Json, base64_text, canonical, members

__all__ = [
    "Round",
    "auction",
    "cleared",
    "fingerprint",
    "input_hash",
    "leaf",
    "settled",
    "told",
    "trade",
    "who",
]

_WHO_DOMAIN = b"shems/v1/who\0"
_SALT_DOMAIN = b"shems/v1/absent\0"


@dataclass(frozen=True, slots=True)
class Round:
    """What is published of a slot, and each home's own row with its proof.

    `settlement` has no rows before delivery.
    """

    public: PublicResult
    results: dict[str, Result]
    settlement: Settlement


def who(salt: bytes, slot: int) -> bytes:
    """Return the pseudonym of an order, which holds for one slot."""
    return hashlib.sha256(_WHO_DOMAIN + salt + slot.to_bytes(8)).digest()[:WHO_BYTES]


def input_hash(inputs: Inputs) -> bytes:
    """Return the hash by which members know what was cleared, 32 bytes."""
    return hashlib.sha256(canonical(inputs.to_json())).digest()


def fingerprint(result: PublicResult) -> str:
    """Return what tells two results apart."""
    return hashlib.sha256(canonical(result.to_json())).hexdigest()


def leaf(cid: str, slot: int, hid: str, result: Result) -> bytes:
    """Return a home's row as it stands in the tree."""
    row = {key: value for key, value in members(result.to_json()).items() if key not in _PLACE}
    parts: Json = [cid, slot, hid, row]
    return canonical(parts)


_PLACE = frozenset({"index", "size", "path"})
"""Where a row stands is told by its proof."""


def auction(
    inputs: Inputs, slot: int, bounds: tuple[int, int]
) -> tuple[int | None, int, dict[bytes, int]]:
    """Clear published orders; return price, volume and what each pseudonym bought (- sold)."""
    orders, count = [], dict[bytes, int]()
    for each in inputs.orders:
        number = count[each.who] = count.get(each.who, 0) + 1
        name = base64_text(each.who)
        orders.append(
            AuctionOrder(f"{name}:{number:02}", name, AuctionSide(each.side), each.wh, each.rate)
        )
    done = clear(orders, slot, bounds)
    traded = dict.fromkeys(count, 0)
    for order, each in zip(orders, inputs.orders, strict=True):
        sign = 1 if order.side is AuctionSide.BID else -1
        traded[each.who] += sign * done.fills[order.id]
    return done.price, done.volume_wh, traded


def cleared(book: Book, roster: Roster) -> tuple[Inputs, Round]:
    """Clear a slot's orders; set the book's trades and return what is published."""
    names = {hid: who(bytes.fromhex(each.salt), book.slot) for hid, each in book.orders.items()}
    inputs = Inputs(
        tuple(
            Input(names[hid], book.orders[hid].side, wh, rate)
            for hid in sorted(names, key=lambda hid: names[hid])
            for wh, rate in book.orders[hid].steps
        )
    )
    trades, volume = trade(book, roster, inputs)
    digest = input_hash(inputs)
    rows = {}
    for hid in sorted(names):
        salt = bytes.fromhex(book.orders[hid].salt)
        row = Row(hid, 0, 0, 0, 0, 0, 0, trades.price, roster.rules.fee, 0, 0, 0)
        traded = trades.net.get(names[hid].hex(), 0)
        rows[hid] = _result(SlotState.CLEARED, book.rev + 1, row, traded, salt)
    told = PublicResult(
        SlotState.CLEARED, book.rev + 1, len(rows), 0, 0, volume, trades.price, digest, digest
    )
    return inputs, _proven(book, roster.cid, rows, told, Settlement(book.slot, ()))


def trade(book: Book, roster: Roster, inputs: Inputs) -> tuple[Trades, int]:
    """Set a book's trades to what published orders come to; return them and their volume, Wh."""
    price, volume, traded = auction(inputs, book.slot, roster.rules.bounds)
    net = {name.hex(): wh for name, wh in traded.items() if wh}
    book.trades = Trades(price, net, input_hash(inputs).hex())
    return book.trades, volume


def settled(book: Book, roster: Roster, state: SlotState, rev: int) -> Round:
    """Settle a slot by its meters; a home without figures has a row of zeros.

    A void slot leaves everybody with the own supplier.
    """
    traded = _traded(book)
    homes = sorted({*book.expected, *book.meters, *traded})
    bought, sold = (_column(book, homes, name) for name in ("import_wh", "export_wh"))
    meters = Meters(homes, bought, sold)
    return told(book, roster, state, rev, _settlement(book, roster, meters, state))


def told(book: Book, roster: Roster, state: SlotState, rev: int, settlement: Settlement) -> Round:
    """Return what is published of a settled slot."""
    traded = _traded(book)
    rows = {
        row.home: _result(state, rev, row, traded.get(row.home, 0), _salt(book, row.home))
        for row in settlement.rows
    }
    inputs = _inputs_of(book, sorted(rows))
    public = PublicResult(
        state,
        rev,
        len(rows),
        sum(row.import_wh for row in settlement.rows),
        sum(row.export_wh for row in settlement.rows),
        settlement.shared_wh,
        next((row.price for row in settlement.rows if row.price is not None), None),
        inputs,
        inputs,
        0 if state is SlotState.FINAL else len(set(rows) - set(book.meters)),
    )
    return _proven(book, roster.cid, rows, public, settlement)


def _settlement(book: Book, roster: Roster, meters: Meters, state: SlotState) -> Settlement:
    rules = roster.rules
    count = len(meters.homes)
    none = np.zeros(count, np.int64)
    if state is SlotState.VOID or (rules.mode == "p2p" and book.trades is None):
        apart = Allocation(0, none, none, meters.import_wh, meters.export_wh)
        return settle(meters, apart, book.slot, None, rules.fee)
    if book.trades is not None:
        traded = _traded(book)
        contracts = Contracts(
            _of({hid: wh for hid, wh in traded.items() if wh > 0}, meters.homes),
            _of({hid: -wh for hid, wh in traded.items() if wh < 0}, meters.homes),
            rules.import_price,
            rules.feed_in,
            rules.cap,
        )
        return settle_trades(meters, contracts, book.slot, book.trades.price, rules.fee)
    key = None
    if rules.key == "static":
        shares = {each.hid: each.key_ppm for each in roster.members}
        key = _of(shares, meters.homes)
    shared = allocate(meters.homes, meters.import_wh, meters.export_wh, book.slot, key)
    return settle(meters, shared, book.slot, rules.price, rules.fee)


def _of(values: Mapping[str, int], homes: Sequence[str]) -> Ints:
    return np.array([values.get(hid, 0) for hid in homes], np.int64)


def _column(book: Book, homes: Sequence[str], name: str) -> Ints:
    return _of({hid: getattr(each, name) for hid, each in book.meters.items()}, homes)


def _traded(book: Book) -> dict[str, int]:
    """Return what each home bought (- sold); who told us neither order nor meter stays a pseudonym.

    A coordinator that was away at the gate knows only the published orders. A home's salt, which
    comes with its meter too, tells which were its own.
    """
    if book.trades is None:
        return {}
    salts = {hid: each.salt for hid, each in book.orders.items()}
    salts |= {hid: each.salt for hid, each in book.meters.items()}
    known = {who(bytes.fromhex(salt), book.slot).hex(): hid for hid, salt in salts.items()}
    return {known.get(name, name): wh for name, wh in book.trades.net.items()}


def _salt(book: Book, hid: str) -> bytes:
    """Return the home's own salt; there is nothing to guess about a home that said nothing."""
    if hid in book.meters:
        return bytes.fromhex(book.meters[hid].salt)
    return hashlib.sha256(_SALT_DOMAIN + f"{book.slot} {hid}".encode()).digest()[:SALT_BYTES]


def _inputs_of(book: Book, homes: Sequence[str]) -> bytes:
    """Hash what was settled: of an auction the orders, which members can see, else the meters."""
    if book.trades is not None:
        return bytes.fromhex(book.trades.inputs)
    meters: Json = [
        [hid, each.import_wh, each.export_wh, each.salt]
        for hid in homes
        if (each := book.meters.get(hid)) is not None
    ]
    return hashlib.sha256(canonical(meters)).digest()


def _result(state: SlotState, rev: int, row: Row, traded: int, salt: bytes) -> Result:
    return Result(
        state=state,
        rev=rev,
        import_wh=row.import_wh,
        export_wh=row.export_wh,
        from_community=row.from_community,
        to_community=row.to_community,
        from_grid=row.from_grid,
        to_grid=row.to_grid,
        traded_wh=traded,
        price=row.price,
        fee=row.fee,
        paid_nct=row.paid_nct,
        imbalance_nct=row.imbalance_nct,
        fee_nct=row.fee_nct,
        salt=salt,
        index=0,
        size=0,
        path=(),
    )


def _proven(
    book: Book, cid: str, rows: Mapping[str, Result], told: PublicResult, settlement: Settlement
) -> Round:
    """Put every row into a tree, and its root into what everybody is told."""
    leaves = [leaf(cid, book.slot, hid, row) for hid, row in rows.items()]
    results = {
        hid: replace(row, index=each.index, size=each.size, path=each.path)
        for (hid, row), each in zip(rows.items(), proof.proofs(leaves), strict=True)
    }
    return Round(replace(told, root=proof.root(leaves)), results, settlement)
