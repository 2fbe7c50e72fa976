"""A small community with known keys: an organiser, a coordinator, a standby and two homes."""

from dataclasses import replace

from custom_components.shems.core.market import bodies
from custom_components.shems.core.market.bodies import Body
from custom_components.shems.core.market.envelope import Envelope
from custom_components.shems.core.market.identity import Identity
from custom_components.shems.core.market.roster import Member, Role, Roster
from custom_components.shems.core.market.rules import Rules
from custom_components.shems.core.market.topics import FROM_HOME, Topics, Typ

CID = "gaydambqgaydambq"
TOPICS = Topics(CID)
NOW = 1_800_000_300
"""Five minutes into a slot."""
SLOT = 1_800_000_000


def identity(number: int) -> Identity:
    """Return keys that are the same in every run."""
    return Identity.generate(bytes([number]) * 64)


ORGANISER, COORDINATOR, STANDBY, ANNA, BERT, STRANGER = (identity(each) for each in range(1, 7))


def member(keys: Identity, role: Role = "home", **changes: int) -> Member:
    return Member(keys.public.hid, keys.public, role, **changes)


ROSTER = Roster(
    CID,
    3,
    "Unter den Linden",
    ORGANISER.public,
    (
        member(COORDINATOR, "coordinator"),
        member(STANDBY, "standby"),
        member(ANNA, limit_wh=5000),
        member(BERT),
    ),
    Rules.of("AT"),
    (COORDINATOR.public.hid, STANDBY.public.hid),
)

HASH, SALT, WHO = bytes(range(32)), bytes(range(16)), bytes(range(8))
BODIES: dict[Typ, Body] = {
    Typ.JOIN: bodies.Join(ANNA.public, SALT, "Änne", (bodies.Purpose.SHARING,), 5000),
    Typ.PLAN: bodies.Plan(900, (120, -3000, 0)),
    Typ.ORDER: bodies.Order(bodies.Side.BID, ((100, 20_000_000), (50, -1)), SALT),
    Typ.METER: bodies.Meter(250, 0, bodies.Source.METER, 1, SALT),
    Typ.STATUS: bodies.Status(True, "2026.11.0"),
    Typ.LEAVE: bodies.Leave(True),
    Typ.CONSENT: bodies.Consent((bodies.Purpose.TRADING, bodies.Purpose.PLANNING)),
    Typ.RESULT: bodies.Result(
        bodies.SlotState.FINAL,
        *(2, 250, 0, 100, 0, 150, 0, -40, 14_000_000, 6_000_000, 1_400_000_000, 0, 600_000_000),
        *(SALT, 1, 3, (HASH, HASH)),
    ),
    Typ.LEASE: bodies.Lease(SLOT, SLOT + 90, SLOT - 900),
    Typ.OUTLOOK: bodies.Outlook(900, 5, 14_000_000, (1, 2), (0, 3)),
    Typ.PUBLIC_RESULT: bodies.PublicResult(
        bodies.SlotState.VOID, 1, 5, 10, 20, 10, None, HASH, HASH, 2
    ),
    Typ.INPUTS: bodies.Inputs((bodies.Input(WHO, bodies.Side.OFFER, 7, 9),)),
}


def sender(typ: Typ) -> Identity:
    """Return somebody who may send such a message."""
    if typ is Typ.ROSTER:
        return ORGANISER
    return ANNA if typ in FROM_HOME else COORDINATOR


def slot_of(typ: Typ) -> int:
    """Return a slot that is in time at NOW."""
    return {Typ.METER: SLOT - 900, Typ.ORDER: SLOT + 1800}.get(typ, SLOT)


def message(typ: Typ, keys: Identity | None = None, **changes: object) -> Envelope:
    """Return a message that everybody would take at NOW, but for the changes."""
    body = ROSTER.to_json() if typ is Typ.ROSTER else BODIES[typ].to_json()
    made = Envelope(
        cid=CID,
        hid=(keys or sender(typ)).public.hid,
        typ=typ,
        slot=slot_of(typ),
        seq=NOW * 1000,
        ts=NOW * 1000,
        epoch=ROSTER.epoch,
        body=body,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # names of its fields


def topic(envelope: Envelope) -> str:
    """Return where a message belongs."""
    return TOPICS.of(envelope.typ, envelope.hid, envelope.slot)
