"""What coordinators say: outlook, lease, results, and the orders that were cleared.

Units and strictness are those of `home_bodies`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from .home_bodies import MOST_RATE, MOST_REV, MOST_SLOTS, MOST_STEPS, MOST_WH, SALT_BYTES, Side
from .refused import Refusal, RefusedError
from .strict import Fields, Json, base64_text, integer, raw

MOST_HOMES: Final = 1024
"""Of a community: a shard of a thousand homes, with its coordinator and standbys."""
MOST_ORDERS: Final = MOST_STEPS * MOST_HOMES
"""Steps of all orders of a slot that are published."""
MOST_SHARED_WH: Final = MOST_HOMES * MOST_WH
MOST_NCT: Final = MOST_WH * MOST_RATE
"""Of one home in a slot."""
MOST_PATH: Final = 20
"""Levels of a tree of a million leaves."""
LAST_SLOT: Final = 2**33
"""The year 2242, in epoch seconds."""
HASH_BYTES: Final = 32
WHO_BYTES: Final = 8
"""Of a pseudonym that holds for one slot: enough to tell a thousand homes apart."""


class SlotState(StrEnum):
    """How far a slot is: cleared before its delivery, then settled, or void."""

    CLEARED = "cleared"
    PROVISIONAL = "provisional"
    FINAL = "final"
    VOID = "void"


@dataclass(frozen=True)
class Result:
    """A home's own row of the envelope's slot, with the proof that it is in the public root.

    Attributes:
        state, rev: of the slot.
        import_wh, export_wh: as its meter counted; 0 in a slot that is only cleared.
        from_community, to_community, from_grid, to_grid: what became of both, Wh.
        traded_wh: bought in the auction, negative if sold.
        price: of shared energy, µct/kWh; None where none was.
        fee: on energy from the community, µct/kWh.
        paid_nct: to other homes; negative is received.
        imbalance_nct: the part of it that is for traded energy that was not delivered.
        fee_nct: to the grid operator.
        salt: of the row's commitment, 16 bytes.
        index, size, path: the proof, see `proof.Proof`.
    """

    state: SlotState
    rev: int
    import_wh: int
    export_wh: int
    from_community: int
    to_community: int
    from_grid: int
    to_grid: int
    traded_wh: int
    price: int | None
    fee: int
    paid_nct: int
    imbalance_nct: int
    fee_nct: int
    salt: bytes
    index: int
    size: int
    path: tuple[bytes, ...]

    def to_json(self) -> Json:
        """Return the object that travels."""
        numbers: dict[str, Json] = {key: getattr(self, key) for key in _RESULT_NUMBERS}
        return numbers | {
            "state": self.state,
            "price": self.price,
            "salt": base64_text(self.salt),
            "path": [base64_text(each) for each in self.path],
        }

    @classmethod
    def from_json(cls, value: Json) -> Self:
        """Read an object that travelled, or raise RefusedError."""
        fields = Fields(value, *_RESULT_NUMBERS, "state", "price", "salt", "path")
        numbers = {key: fields.integer(key, *of) for key, of in _RESULT_NUMBERS.items()}
        return cls(
            **numbers,
            state=fields.choice("state", SlotState),
            price=_price(fields["price"]),
            salt=fields.raw("salt", SALT_BYTES),
            path=fields.rows("path", MOST_PATH, _hash),
        )


_ENERGY: Final = (0, MOST_WH)
_MONEY: Final = (-MOST_NCT, MOST_NCT)
_RESULT_NUMBERS: Final[dict[str, tuple[int, int]]] = {
    "rev": (0, MOST_REV),
    "import_wh": _ENERGY,
    "export_wh": _ENERGY,
    "from_community": _ENERGY,
    "to_community": _ENERGY,
    "from_grid": _ENERGY,
    "to_grid": _ENERGY,
    "traded_wh": (-MOST_WH, MOST_WH),
    "fee": (0, MOST_RATE),
    "paid_nct": _MONEY,
    "imbalance_nct": _MONEY,
    "fee_nct": _MONEY,
    "index": (0, 2**MOST_PATH - 1),
    "size": (0, 2**MOST_PATH),
}


@dataclass(frozen=True)
class Lease:
    """The sender acts as coordinator from a time on and until another, epoch s.

    `wants` is the slot from which on it may lack meters; 0 if it lacks none.
    """

    since: int
    until: int
    wants: int = 0

    def to_json(self) -> Json:
        """Return the object that travels."""
        return {"since": self.since, "until": self.until, "wants": self.wants}

    @classmethod
    def from_json(cls, value: Json) -> Self:
        """Read an object that travelled, or raise RefusedError."""
        fields = Fields(value, "since", "until", "wants")
        times = (fields.integer(key, 0, LAST_SLOT) for key in ("since", "until", "wants"))
        return cls(*times)


@dataclass(frozen=True)
class Outlook:
    """What the community expects to need and to have over, from the envelope's slot on.

    Attributes:
        step_s: of a slot.
        members: whose plans are in it.
        price: of shared energy, µct/kWh.
        need_wh, surplus_wh: sums over the homes, a value per slot; both None where so few take
            part that the sums would tell of single homes.
    """

    step_s: int
    members: int
    price: int
    need_wh: tuple[int, ...] | None
    surplus_wh: tuple[int, ...] | None

    def to_json(self) -> Json:
        """Return the object that travels."""
        told: dict[str, Json] = {
            "step_s": self.step_s,
            "members": self.members,
            "price": self.price,
        }
        if self.need_wh is not None and self.surplus_wh is not None:
            told |= {"need_wh": list(self.need_wh), "surplus_wh": list(self.surplus_wh)}
        return told

    @classmethod
    def from_json(cls, value: Json) -> Self:
        """Read an object that travelled, or raise RefusedError."""
        sums = ("need_wh", "surplus_wh")
        fields = Fields(value, "step_s", "members", "price", optional=sums)
        need, surplus = (
            fields.integers(key, MOST_SLOTS, 0, MOST_SHARED_WH) if key in fields else None
            for key in sums
        )
        lengths = {None if each is None else len(each) for each in (need, surplus)}
        if len(lengths) > 1:
            raise RefusedError(Refusal.SCHEMA, "sums of different lengths")
        return cls(
            fields.integer("step_s", 1, 86_400),
            fields.integer("members", 0, MOST_HOMES),
            fields.integer("price", -MOST_RATE, MOST_RATE),
            need,
            surplus,
        )


@dataclass(frozen=True)
class PublicResult:
    """The sums of a slot, and what everybody's own row can be proven against.

    Attributes:
        state, rev: of the slot.
        homes: rows of the tree.
        import_wh, export_wh, shared_wh: sums; in a slot that is only cleared, `shared_wh` is
            the volume that was traded.
        price: of shared energy, µct/kWh; None where none was.
        root: of the tree over all rows, 32 bytes.
        inputs: SHA-256 of what was cleared, 32 bytes, so that members can compute it again.
        missing: rows that are zero because no meter told, until it does.
    """

    state: SlotState
    rev: int
    homes: int
    import_wh: int
    export_wh: int
    shared_wh: int
    price: int | None
    root: bytes
    inputs: bytes
    missing: int = 0

    def to_json(self) -> Json:
        """Return the object that travels."""
        return {
            "state": self.state,
            "rev": self.rev,
            "homes": self.homes,
            "import_wh": self.import_wh,
            "export_wh": self.export_wh,
            "shared_wh": self.shared_wh,
            "price": self.price,
            "root": base64_text(self.root),
            "inputs": base64_text(self.inputs),
            "missing": self.missing,
        }

    @classmethod
    def from_json(cls, value: Json) -> Self:
        """Read an object that travelled, or raise RefusedError."""
        energy = ("import_wh", "export_wh", "shared_wh")
        others = ("state", "rev", "homes", "price", "root", "inputs", "missing")
        fields = Fields(value, *others, *energy)
        return cls(
            fields.choice("state", SlotState),
            fields.integer("rev", 0, MOST_REV),
            fields.integer("homes", 0, MOST_HOMES),
            fields.integer("import_wh", 0, MOST_SHARED_WH),
            fields.integer("export_wh", 0, MOST_SHARED_WH),
            fields.integer("shared_wh", 0, MOST_SHARED_WH),
            _price(fields["price"]),
            fields.raw("root", HASH_BYTES),
            fields.raw("inputs", HASH_BYTES),
            fields.integer("missing", 0, MOST_HOMES),
        )


@dataclass(frozen=True)
class Input:
    """A step of an order, under a pseudonym that holds for this slot alone (8 bytes)."""

    who: bytes
    side: Side
    wh: int
    rate: int


@dataclass(frozen=True)
class Inputs:
    """Every order of the envelope's slot that was cleared, so that members can do so again."""

    orders: tuple[Input, ...]

    def to_json(self) -> Json:
        """Return the object that travels."""
        return {
            "orders": [
                [base64_text(each.who), each.side, each.wh, each.rate] for each in self.orders
            ]
        }

    @classmethod
    def from_json(cls, value: Json) -> Self:
        """Read an object that travelled, or raise RefusedError."""
        return cls(Fields(value, "orders").rows("orders", MOST_ORDERS, _input))


def _input(value: Json) -> Input:
    if not isinstance(value, list) or len(value) != 4:
        raise RefusedError(Refusal.SCHEMA, "no order")
    who, side, wh, rate = value
    if not isinstance(side, str) or side not in Side:
        raise RefusedError(Refusal.SCHEMA, "no side")
    return Input(
        raw(who, WHO_BYTES),
        Side(side),
        integer(wh, 1, MOST_WH),
        integer(rate, -MOST_RATE, MOST_RATE),
    )


def _hash(value: Json) -> bytes:
    return raw(value, HASH_BYTES)


def _price(value: Json) -> int | None:
    return None if value is None else integer(value, -MOST_RATE, MOST_RATE)
