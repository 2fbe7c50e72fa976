"""What homes say: one frozen record per type, read strictly, bounded, in integers only.

Energy is in Wh, prices and rates in µct/kWh, money in nct (1 Wh at 1 µct/kWh is 1 nct), slots and
validity in epoch s. A record that `from_json` returns holds what it should; whether a member may
draw as much is asked by `within`.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from .identity import PUBLIC_BYTES, PublicIdentity
from .refused import Refusal, RefusedError
from .strict import Fields, Json, base64_text, integer

MOST_SLOTS: Final = 192
"""Two days of quarter hours."""
MOST_STEPS: Final = 20
MOST_WH: Final = 10**7
"""Of one home in a slot: 10 MWh, more than any household's connection carries in an hour."""
MOST_RATE: Final = 10**10
"""100 currency units a kWh, either side of zero."""
MOST_REV: Final = 10**4
MOST_LABEL: Final = 40
TOKEN_BYTES: Final = 16
SALT_BYTES: Final = 16

_VERSION_FORM: Final = re.compile(r"[0-9A-Za-z.+-]{1,24}", re.ASCII)


class Side(StrEnum):
    """Of an order."""

    BID = "bid"
    OFFER = "offer"


class Source(StrEnum):
    """Where a meter's figures come from."""

    METER = "meter"
    ESTIMATE = "estimate"
    DSO = "dso"


class Purpose(StrEnum):
    """What a member agrees that its data is used for."""

    SHARING = "sharing"
    PLANNING = "planning"
    TRADING = "trading"
    SMALL_OUTLOOK = "small_outlook"


@dataclass(frozen=True)
class Join:
    """A home asks to be taken in, with the token of its invitation; sealed to the organiser."""

    public: PublicIdentity
    token: bytes
    label: str = ""
    purposes: tuple[Purpose, ...] = ()
    limit_wh: int = 0

    def to_json(self) -> Json:
        """Return the object that travels."""
        return {
            "public": base64_text(self.public.to_bytes()),
            "token": base64_text(self.token),
            "label": self.label,
            "purposes": list(self.purposes),
            "limit_wh": self.limit_wh,
        }

    @classmethod
    def from_json(cls, value: Json) -> Self:
        """Read an object that travelled, or raise RefusedError."""
        fields = Fields(value, "public", "token", "label", "purposes", "limit_wh")
        return cls(
            PublicIdentity.from_bytes(fields.raw("public", PUBLIC_BYTES)),
            fields.raw("token", TOKEN_BYTES),
            fields.text("label", MOST_LABEL),
            _purposes(fields),
            fields.integer("limit_wh", 0, MOST_WH),
        )


@dataclass(frozen=True)
class Plan:
    """A home's net import of the slots from the envelope's on; negative is export."""

    step_s: int
    net_wh: tuple[int, ...]

    def to_json(self) -> Json:
        """Return the object that travels."""
        return {"step_s": self.step_s, "net_wh": list(self.net_wh)}

    @classmethod
    def from_json(cls, value: Json) -> Self:
        """Read an object that travelled, or raise RefusedError."""
        fields = Fields(value, "step_s", "net_wh")
        return cls(
            fields.integer("step_s", 1, 86_400),
            fields.integers("net_wh", MOST_SLOTS, -MOST_WH, MOST_WH),
        )

    def within(self, limit_wh: int) -> None:
        """Refuse more than a connection carries in a slot."""
        _within(limit_wh, *self.net_wh)


@dataclass(frozen=True)
class Order:
    """What a home would buy or sell in the envelope's slot: steps of Wh at a rate.

    `salt` (16 bytes) is the home's own for the slot: it hides its pseudonym and its rows.
    """

    side: Side
    steps: tuple[tuple[int, int], ...]
    salt: bytes = bytes(SALT_BYTES)

    def to_json(self) -> Json:
        """Return the object that travels."""
        return {
            "side": self.side,
            "steps": [list(each) for each in self.steps],
            "salt": base64_text(self.salt),
        }

    @classmethod
    def from_json(cls, value: Json) -> Self:
        """Read an object that travelled, or raise RefusedError."""
        fields = Fields(value, "side", "steps", "salt")
        return cls(
            fields.choice("side", Side),
            fields.rows("steps", MOST_STEPS, _step),
            fields.raw("salt", SALT_BYTES),
        )

    def within(self, limit_wh: int) -> None:
        """Refuse more than a connection carries in a slot."""
        _within(limit_wh, sum(wh for wh, _ in self.steps))


@dataclass(frozen=True)
class Meter:
    """What a home's meter counted in the envelope's slot; a higher revision replaces a lower.

    `salt` (16 bytes) is the home's own for the slot: it hides its row from who sees its hash.
    """

    import_wh: int
    export_wh: int
    source: Source = Source.METER
    rev: int = 0
    salt: bytes = bytes(SALT_BYTES)

    def to_json(self) -> Json:
        """Return the object that travels."""
        return {
            "import_wh": self.import_wh,
            "export_wh": self.export_wh,
            "source": self.source,
            "rev": self.rev,
            "salt": base64_text(self.salt),
        }

    @classmethod
    def from_json(cls, value: Json) -> Self:
        """Read an object that travelled, or raise RefusedError."""
        fields = Fields(value, "import_wh", "export_wh", "source", "rev", "salt")
        return cls(
            fields.integer("import_wh", 0, MOST_WH),
            fields.integer("export_wh", 0, MOST_WH),
            fields.choice("source", Source),
            fields.integer("rev", 0, MOST_REV),
            fields.raw("salt", SALT_BYTES),
        )

    def within(self, limit_wh: int) -> None:
        """Refuse more than a connection carries in a slot."""
        _within(limit_wh, self.import_wh, self.export_wh)


@dataclass(frozen=True)
class Status:
    """Whether a home takes part at the moment."""

    online: bool
    version: str

    def to_json(self) -> Json:
        """Return the object that travels."""
        return {"online": self.online, "version": self.version}

    @classmethod
    def from_json(cls, value: Json) -> Self:
        """Read an object that travelled, or raise RefusedError."""
        fields = Fields(value, "online", "version")
        return cls(fields.flag("online"), fields.text("version", 24, _VERSION_FORM))


@dataclass(frozen=True)
class Leave:
    """A home goes, and may want its rows and salts erased."""

    erase: bool

    def to_json(self) -> Json:
        """Return the object that travels."""
        return {"erase": self.erase}

    @classmethod
    def from_json(cls, value: Json) -> Self:
        """Read an object that travelled, or raise RefusedError."""
        return cls(Fields(value, "erase").flag("erase"))


@dataclass(frozen=True)
class Consent:
    """What a home agrees to from now on; what is not named is withdrawn."""

    purposes: tuple[Purpose, ...]

    def to_json(self) -> Json:
        """Return the object that travels."""
        return {"purposes": list(self.purposes)}

    @classmethod
    def from_json(cls, value: Json) -> Self:
        """Read an object that travelled, or raise RefusedError."""
        return cls(_purposes(Fields(value, "purposes")))


def _purposes(fields: Fields) -> tuple[Purpose, ...]:
    found = fields.rows("purposes", len(Purpose), _purpose)
    if len(set(found)) < len(found):
        raise RefusedError(Refusal.SCHEMA, "a purpose twice")
    return found


def _purpose(value: Json) -> Purpose:
    if not isinstance(value, str) or value not in Purpose:
        raise RefusedError(Refusal.SCHEMA, "no purpose")
    return Purpose(value)


def _step(value: Json) -> tuple[int, int]:
    if not isinstance(value, list) or len(value) != 2:
        raise RefusedError(Refusal.SCHEMA, "no step")
    return integer(value[0], 1, MOST_WH), integer(value[1], -MOST_RATE, MOST_RATE)


def _within(limit_wh: int, *values: int) -> None:
    if any(abs(each) > limit_wh for each in values):
        raise RefusedError(Refusal.OUT_OF_BOUNDS, "more than the connection carries")
