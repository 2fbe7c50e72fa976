"""What messages say, by their type."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from .coordinator_bodies import (
    HASH_BYTES,
    WHO_BYTES,
    Input,
    Inputs,
    Lease,
    Outlook,
    PublicResult,
    Result,
    SlotState,
)
from .envelope import Envelope
from .home_bodies import (
    MOST_SLOTS,
    MOST_STEPS,
    MOST_WH,
    SALT_BYTES,
    TOKEN_BYTES,
    Consent,
    Join,
    Leave,
    Meter,
    Order,
    Plan,
    Purpose,
    Side,
    Source,
    Status,
)
from .refused import Refusal, RefusedError
from .topics import Typ

__all__ = [
    "BODIES",
    "HASH_BYTES",
    "MOST_SLOTS",
    "MOST_STEPS",
    "MOST_WH",
    "SALT_BYTES",
    "TOKEN_BYTES",
    "WHO_BYTES",
    "Body",
    "Consent",
    "Input",
    "Inputs",
    "Join",
    "Lease",
    "Leave",
    "Meter",
    "Order",
    "Outlook",
    "Plan",
    "PublicResult",
    "Purpose",
    "Result",
    "Side",
    "SlotState",
    "Source",
    "Status",
    "body_of",
]

type Body = (
    Join
    | Plan
    | Order
    | Meter
    | Status
    | Leave
    | Consent
    | Result
    | Lease
    | Outlook
    | PublicResult
    | Inputs
)

BODIES: Final[Mapping[Typ, type[Body]]] = MappingProxyType(
    {
        Typ.JOIN: Join,
        Typ.PLAN: Plan,
        Typ.ORDER: Order,
        Typ.METER: Meter,
        Typ.STATUS: Status,
        Typ.LEAVE: Leave,
        Typ.CONSENT: Consent,
        Typ.RESULT: Result,
        Typ.LEASE: Lease,
        Typ.OUTLOOK: Outlook,
        Typ.PUBLIC_RESULT: PublicResult,
        Typ.INPUTS: Inputs,
    }
)
"""All but the roster, which `roster` reads itself."""


def body_of(envelope: Envelope) -> Body:
    """Return what an opened message says.

    Raises:
        RefusedError: it is still sealed, or says it wrongly or out of bounds.
    """
    kind = BODIES.get(envelope.typ)
    if kind is None:
        raise RefusedError(Refusal.WRONG_TOPIC, envelope.typ)
    return kind.from_json(envelope.body)
