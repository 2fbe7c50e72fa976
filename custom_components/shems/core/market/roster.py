"""Who belongs to a community and what was agreed: signed by the organiser, one epoch a change.

A change of anything is a new epoch. Whoever is not in the newest one is out: no message of
theirs is taken any more, which is all that revocation is.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Literal, Self, TypeIs

from ..units import InputError
from .coordinator_bodies import MOST_HOMES
from .envelope import MOST_EPOCHS, Envelope, read, signed
from .home_bodies import MOST_LABEL, MOST_WH
from .identity import PUBLIC_BYTES, Identity, PublicIdentity
from .refused import Refusal, RefusedError
from .rules import Rules
from .strict import Fields, Json, base64_text
from .topics import FROM_COORDINATOR, NAME, Typ

type Role = Literal["home", "coordinator", "standby"]

WHOLE_PPM: Final = 1_000_000
MOST_COORDINATORS: Final = 4
"""A message is sealed to each of them."""


@dataclass(frozen=True)
class Member:
    """A home of the community.

    Attributes:
        hid: its pseudonym, which follows from its keys.
        public: its keys.
        role: what it does besides being a home.
        key_ppm: its share under a static key.
        limit_wh: most that its connection carries in a slot.
        label: what the members call it; everybody who may read the roster reads it.

    Raises:
        RefusedError: a figure out of bounds, or the name of other keys.
    """

    hid: str
    public: PublicIdentity
    role: Role = "home"
    key_ppm: int = 0
    limit_wh: int = MOST_WH
    label: str = ""

    def __post_init__(self) -> None:
        """Refuse what no reader would take."""
        if self.hid != self.public.hid:
            raise RefusedError(Refusal.SCHEMA, "name of other keys")
        if not 0 <= self.key_ppm <= WHOLE_PPM or not 0 <= self.limit_wh <= MOST_WH:
            raise RefusedError(Refusal.OUT_OF_BOUNDS, self.hid)

    @property
    def coordinates(self) -> bool:
        """Whether it may act as coordinator."""
        return self.role != "home"

    def to_json(self) -> Json:
        """Return the object that travels; the name follows from the keys."""
        return {
            "public": base64_text(self.public.to_bytes()),
            "role": self.role,
            "key_ppm": self.key_ppm,
            "limit_wh": self.limit_wh,
            "label": self.label,
        }

    @classmethod
    def from_json(cls, value: Json) -> Self:
        """Read an object that travelled, or raise RefusedError."""
        fields = Fields(value, "public", "role", "key_ppm", "limit_wh", "label")
        public = PublicIdentity.from_bytes(fields.raw("public", PUBLIC_BYTES))
        role = fields["role"]
        if not _is_role(role):
            raise RefusedError(Refusal.SCHEMA, "no role")
        return cls(
            public.hid,
            public,
            role,
            fields.integer("key_ppm", 0, WHOLE_PPM),
            fields.integer("limit_wh", 0, MOST_WH),
            fields.text("label", MOST_LABEL),
        )


@dataclass(frozen=True)
class Roster:
    """The community as the organiser signed it.

    Attributes:
        cid: its name in topics, 16 characters of base32.
        epoch: counts the changes, from 1.
        name: for people.
        organiser: whose signature makes it valid; need not be a member.
        members: with their roles, each once.
        rules: what was agreed.
        order: names of those who may coordinate, first in order first.

    Raises:
        RefusedError: a member twice, more than the whole of the key, too many, or an order that
            does not name exactly those who may coordinate.
    """

    cid: str
    epoch: int
    name: str
    organiser: PublicIdentity
    members: tuple[Member, ...]
    rules: Rules
    order: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what does not fit together."""
        hids = [member.hid for member in self.members]
        if len(set(hids)) < len(hids):
            raise RefusedError(Refusal.SCHEMA, "a member twice")
        if len(hids) > MOST_HOMES or len(self.order) > MOST_COORDINATORS:
            raise RefusedError(Refusal.OUT_OF_BOUNDS, "too many members")
        if sum(member.key_ppm for member in self.members) > WHOLE_PPM:
            raise RefusedError(Refusal.OUT_OF_BOUNDS, "key beyond the whole")
        if sorted(self.order) != sorted(each.hid for each in self.members if each.coordinates):
            raise RefusedError(Refusal.SCHEMA, "order of coordinators")

    @cached_property
    def _by_hid(self) -> dict[str, Member]:
        return {member.hid: member for member in self.members}

    def __contains__(self, hid: str) -> bool:
        """Return whether a home is a member."""
        return hid in self._by_hid

    def member(self, hid: str) -> Member:
        """Return a member.

        Raises:
            RefusedError: there is none of this name.
        """
        try:
            return self._by_hid[hid]
        except KeyError as error:
            raise RefusedError(Refusal.UNKNOWN_MEMBER, hid) from error

    def signer(self, hid: str, typ: Typ) -> PublicIdentity:
        """Return whose signature a message of a type must bear.

        Raises:
            RefusedError: a stranger, or one who may not send such a message.
        """
        if typ is Typ.ROSTER:
            if hid != self.organiser.hid:
                raise RefusedError(Refusal.WRONG_ROLE, hid)
            return self.organiser
        member = self.member(hid)
        if typ in FROM_COORDINATOR and not member.coordinates:
            raise RefusedError(Refusal.WRONG_ROLE, hid)
        return member.public

    @property
    def coordinators(self) -> tuple[PublicIdentity, ...]:
        """Whom homes seal to, first in order first."""
        return tuple(self._by_hid[hid].public for hid in self.order)

    def with_member(self, member: Member) -> Self:
        """Return the next epoch, with a member added or replaced.

        Who comes to coordinate is last in the order.
        """
        others = tuple(each for each in self.members if each.hid != member.hid)
        order = tuple(hid for hid in self.order if hid != member.hid or member.coordinates)
        if member.coordinates and member.hid not in order:
            order = (*order, member.hid)
        return self._next(members=(*others, member), order=order)

    def without_member(self, hid: str) -> Self:
        """Return the next epoch, without a member.

        Raises:
            RefusedError: there is none of this name.
        """
        self.member(hid)
        return self._next(
            members=tuple(each for each in self.members if each.hid != hid),
            order=tuple(each for each in self.order if each != hid),
        )

    def with_rules(self, rules: Rules) -> Self:
        """Return the next epoch, with other rules."""
        return self._next(rules=rules)

    def with_order(self, *order: str) -> Self:
        """Return the next epoch, with those who coordinate in another order."""
        return self._next(order=order)

    def _next(self, **changes: object) -> Self:
        return replace(self, epoch=self.epoch + 1, **changes)  # type: ignore[arg-type]  # names above

    def to_json(self) -> Json:
        """Return the object that travels."""
        return {
            "cid": self.cid,
            "epoch": self.epoch,
            "name": self.name,
            "organiser": base64_text(self.organiser.to_bytes()),
            "members": [member.to_json() for member in self.members],
            "rules": self.rules.to_json(),
            "order": list(self.order),
        }

    @classmethod
    def from_json(cls, value: Json) -> Self:
        """Read an object that travelled, or raise RefusedError; whose it is, `read` asks."""
        keys = ("cid", "epoch", "name", "organiser", "members", "rules", "order")
        fields = Fields(value, *keys)
        try:
            rules = Rules.from_json(fields["rules"])
        except InputError as error:
            raise RefusedError(Refusal.SCHEMA, str(error)) from error
        return cls(
            fields.text("cid", 16, NAME),
            fields.integer("epoch", 1, MOST_EPOCHS),
            fields.text("name", MOST_LABEL),
            PublicIdentity.from_bytes(fields.raw("organiser", PUBLIC_BYTES)),
            fields.rows("members", MOST_HOMES, Member.from_json),
            rules,
            fields.rows("order", MOST_COORDINATORS, _hid),
        )

    def signed(self, organiser: Identity, now_ms: int) -> bytes:
        """Return the message that tells everybody, retained on `pub/roster`.

        Raises:
            RefusedError: another than the organiser signs.
        """
        if organiser.public != self.organiser:
            raise RefusedError(Refusal.WRONG_ROLE, organiser.public.hid)
        hid = organiser.public.hid
        body = self.to_json()
        return signed(
            Envelope(self.cid, hid, Typ.ROSTER, 0, now_ms, now_ms, self.epoch, body), organiser
        )

    @classmethod
    def read(cls, payload: bytes, organiser: PublicIdentity, cid: str, newest: int = 0) -> Self:
        """Return the roster in a message.

        Args:
            payload: as it came.
            organiser: of the invitation, or of the roster before.
            cid: of the same.
            newest: epoch of the roster before; an older one is refused.

        Raises:
            RefusedError: it is not the organiser's, of another community, older or malformed.
        """
        message = read(payload, Typ.ROSTER)
        envelope = message.verified_by(organiser)
        roster = cls.from_json(envelope.body)
        if not cid == envelope.cid == roster.cid:
            raise RefusedError(Refusal.WRONG_COMMUNITY, envelope.cid)
        if roster.organiser != organiser or roster.epoch != envelope.epoch:
            raise RefusedError(Refusal.SCHEMA, "roster and envelope differ")
        if roster.epoch < newest:
            raise RefusedError(Refusal.OLD_EPOCH, str(roster.epoch))
        return roster


def _is_role(value: Json) -> TypeIs[Role]:
    return value in ("home", "coordinator", "standby")


def _hid(value: Json) -> str:
    if not isinstance(value, str) or NAME.fullmatch(value) is None:
        raise RefusedError(Refusal.SCHEMA, "no name")
    return value
