"""The topics of a community, who may read and write them, and how large a message of each may be.

shems/v1/{cid}/{hid}/join|plan|order|meter|status|leave|consent    a home writes
shems/v1/{cid}/{hid}/result                                        a coordinator writes
shems/v1/{cid}/coord/lease                                         a coordinator writes
shems/v1/{cid}/pub/outlook, pub/result/{slot}, pub/inputs/{slot}   a coordinator writes
shems/v1/{cid}/pub/roster                                          the organiser writes
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .refused import Refusal, RefusedError

PREFIX: Final = "shems/v1"
NAME: Final = re.compile(r"[a-z2-7]{16}")
"""A community's or a home's name: ten bytes as base32, which no broker takes for a wildcard."""
_SLOT: Final = re.compile(r"[1-9][0-9]{0,10}", re.ASCII)
LONGEST_TOPIC: Final = 100


class Typ(StrEnum):
    """What a message is about."""

    JOIN = "join"
    PLAN = "plan"
    ORDER = "order"
    METER = "meter"
    STATUS = "status"
    LEAVE = "leave"
    CONSENT = "consent"
    RESULT = "result"
    LEASE = "lease"
    OUTLOOK = "outlook"
    PUBLIC_RESULT = "public_result"
    INPUTS = "inputs"
    ROSTER = "roster"


FROM_HOME: Final = frozenset(
    {Typ.JOIN, Typ.PLAN, Typ.ORDER, Typ.METER, Typ.STATUS, Typ.LEAVE, Typ.CONSENT}
)
"""What any member sends; the rest is a coordinator's, the roster the organiser's."""
FROM_COORDINATOR: Final = frozenset(
    {Typ.RESULT, Typ.LEASE, Typ.OUTLOOK, Typ.PUBLIC_RESULT, Typ.INPUTS}
)
RETAINED: Final = frozenset(
    {Typ.STATUS, Typ.LEASE, Typ.OUTLOOK, Typ.PUBLIC_RESULT, Typ.INPUTS, Typ.ROSTER}
)
"""What a broker keeps for late comers."""

SEALED: Final = frozenset({Typ.JOIN, Typ.CONSENT, Typ.PLAN, Typ.ORDER, Typ.METER, Typ.RESULT})
"""What tells of one home, and is taken only where a broker and neighbours cannot read it."""

_KIB: Final = 1024
LARGEST_BYTES: Final[Mapping[Typ, int]] = MappingProxyType(
    dict.fromkeys(Typ, 16 * _KIB) | {Typ.ROSTER: 512 * _KIB, Typ.INPUTS: 1024 * _KIB}
)
"""Of a message; a roster and a slot's orders grow with the members, all else does not."""
LARGEST_MESSAGE: Final = max(LARGEST_BYTES.values())

_PUBLIC: Final = {"outlook": Typ.OUTLOOK, "roster": Typ.ROSTER}
_PUBLIC_SLOT: Final = {"result": Typ.PUBLIC_RESULT, "inputs": Typ.INPUTS}
_OF_HOME: Final = {str(typ): typ for typ in (*FROM_HOME, Typ.RESULT)}


@dataclass(frozen=True, slots=True)
class Address:
    """What a topic says.

    Attributes:
        typ: of the message.
        hid: whose branch it is in; None in those of the coordinator and the public.
        slot: that it names; None where it names none.
    """

    typ: Typ
    hid: str | None = None
    slot: int | None = None


@dataclass(frozen=True)
class Topics:
    """The topics of one community.

    Raises:
        RefusedError: a name that could reach other topics.
    """

    cid: str

    def __post_init__(self) -> None:
        """Refuse wildcards and separators."""
        checked_name(self.cid)

    @property
    def base(self) -> str:
        """The branch that a bridge carries, without the wildcard."""
        return f"{PREFIX}/{self.cid}"

    def of(self, typ: Typ, hid: str = "", slot: int = 0) -> str:
        """Return the topic of a message; a home's needs `hid`, a public slot's `slot`."""
        if typ in _OF_HOME:
            return f"{self.base}/{checked_name(hid)}/{typ}"
        if typ is Typ.LEASE:
            return f"{self.base}/coord/lease"
        if typ is Typ.PUBLIC_RESULT:
            return f"{self.base}/pub/result/{slot}"
        return f"{self.base}/pub/{typ}" + (f"/{slot}" if typ is Typ.INPUTS else "")

    def parse(self, topic: str) -> Address:
        """Return what a topic says.

        Raises:
            RefusedError: a topic of another community or of none.
        """
        if len(topic) > LONGEST_TOPIC:
            raise RefusedError(Refusal.WRONG_TOPIC, "too long")
        base, rest = topic[: len(self.base) + 1], topic[len(self.base) + 1 :]
        if base != f"{self.base}/":
            raise RefusedError(Refusal.WRONG_COMMUNITY, topic)
        found = _address(*rest.split("/"))
        if found is None:
            raise RefusedError(Refusal.WRONG_TOPIC, topic)
        return found

    def home_subscriptions(self, hid: str) -> tuple[str, ...]:
        """Return what a home listens to; its own status tells a restored one how far it was."""
        own = f"{self.base}/{checked_name(hid)}"
        lease = f"{self.base}/coord/lease"
        return f"{own}/result", f"{own}/status", lease, f"{self.base}/pub/#"

    def coordinator_subscriptions(self) -> tuple[str, ...]:
        """Return what a coordinator or standby listens to."""
        homes = tuple(f"{self.base}/+/{typ}" for typ in Typ if typ in FROM_HOME)
        return (*homes, f"{self.base}/coord/lease", f"{self.base}/pub/#")

    def acl(self, hid: str, *roles: str) -> tuple[str, ...]:
        """Return the lines of Mosquitto's access list for a member whose user name is its hid.

        Args:
            hid: of the member, or of an organiser who has no home in the community.
            roles: all of `home`, `coordinator`, `standby` and `organiser` that hold; of none,
                a home's.
        """
        own = f"{self.base}/{checked_name(hid)}"
        lines = [f"user {hid}"]
        if set(roles) != {"organiser"}:
            lines += [f"topic write {own}/{typ}" for typ in Typ if typ in FROM_HOME]
            lines += [f"topic read {own}/result", f"topic read {own}/status"]
        lines += [f"topic read {self.base}/coord/lease", f"topic read {self.base}/pub/#"]
        if not {"coordinator", "standby"}.isdisjoint(roles):
            lines += [f"topic read {self.base}/+/{typ}" for typ in Typ if typ in FROM_HOME]
            lines += [
                f"topic write {self.base}/+/result",
                f"topic write {self.base}/coord/lease",
                f"topic write {self.base}/pub/outlook",
                f"topic write {self.base}/pub/result/+",
                f"topic write {self.base}/pub/inputs/+",
            ]
        if "organiser" in roles:
            lines += [f"topic read {self.base}/+/{typ}" for typ in (Typ.JOIN, Typ.LEAVE)]
            lines += [f"topic write {self.base}/pub/roster"]
        return tuple(lines)


def checked_name(name: str) -> str:
    """Return the name of a community or a home.

    Raises:
        RefusedError: anything but 16 characters of lower-case base32.
    """
    if NAME.fullmatch(name) is None:
        raise RefusedError(Refusal.SCHEMA, "no name")
    return name


def _address(first: str, *rest: str) -> Address | None:
    match first, rest:
        case "coord", ("lease",):
            return Address(Typ.LEASE)
        case "pub", (kind,) if kind in _PUBLIC:
            return Address(_PUBLIC[kind])
        case "pub", (kind, slot) if kind in _PUBLIC_SLOT and _SLOT.fullmatch(slot):
            return Address(_PUBLIC_SLOT[kind], slot=int(slot))
        case hid, (kind,) if kind in _OF_HOME and NAME.fullmatch(hid):
            return Address(_OF_HOME[kind], hid)
    return None
