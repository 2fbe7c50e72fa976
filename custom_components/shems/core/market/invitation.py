"""How a home comes to know a community: a text short enough for a QR code, signed, used once.

    shems1: base64url(version | cid | organiser's keys | token | expiry | name | signature)

It proves that the organiser of these keys made it, not who that is: people compare the
fingerprint. The home answers with `Join`, sealed to the organiser.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Self

from .bodies import TOKEN_BYTES, Join
from .envelope import LAST_SLOT, Envelope, read
from .home_bodies import MOST_LABEL
from .identity import PUBLIC_BYTES, SIGNATURE_BYTES, Identity, PublicIdentity
from .refused import Refusal, RefusedError
from .strict import Fields, Json, base64_bytes, base64_text, integer
from .topics import Typ, checked_name

START: Final = "shems1:"
LONGEST: Final = 500
"""Characters; a QR code of this many is still read from a screen."""
MOST_OPEN: Final = 1000

_DOMAIN: Final = b"shems/v1/invitation\0"
_VERSION: Final = 1
_CID_BYTES: Final = 10
_EXPIRY_BYTES: Final = 5
_TOKEN_AT: Final = 1 + _CID_BYTES + PUBLIC_BYTES
_EXPIRY_AT: Final = _TOKEN_AT + TOKEN_BYTES
_NAME_AT: Final = _EXPIRY_AT + _EXPIRY_BYTES


def new_cid(entropy: bytes | None = None) -> str:
    """Return the name of a new community, from 10 bytes of entropy if given, else random."""
    return base64.b32encode(entropy or secrets.token_bytes(_CID_BYTES)).decode().lower()


@dataclass(frozen=True)
class Invitation:
    """What a home needs to ask for admission.

    Attributes:
        cid: the community's name in topics.
        name: its name for people.
        organiser: who signs its roster.
        token: shows that the organiser invited, once.
        expires: epoch s.
        signature: the organiser's.
    """

    cid: str
    name: str
    organiser: PublicIdentity
    token: bytes = field(repr=False)
    expires: int
    signature: bytes = field(repr=False)

    @classmethod
    def make(
        cls, organiser: Identity, cid: str, name: str, expires: int, token: bytes | None = None
    ) -> Self:
        """Return a new invitation, with 16 bytes of entropy as token if given, else random."""
        token = token or secrets.token_bytes(TOKEN_BYTES)
        unsigned = cls(checked_name(cid), name, organiser.public, token, expires, b"")
        signature = organiser.sign(_DOMAIN + unsigned._signed_bytes())
        return cls(cid, name, organiser.public, token, expires, signature)

    def _signed_bytes(self) -> bytes:
        return b"".join(
            (
                bytes([_VERSION]),
                base64.b32decode(self.cid.upper()),
                self.organiser.to_bytes(),
                self.token,
                self.expires.to_bytes(_EXPIRY_BYTES, "big"),
                self.name.encode(),
            )
        )

    @property
    def text(self) -> str:
        """What is sent, pasted or shown as a QR code."""
        return START + base64_text(self._signed_bytes() + self.signature)

    @classmethod
    def read(cls, text: str) -> Self:
        """Read an invitation that somebody pasted, blanks and line breaks in it or not.

        Raises:
            RefusedError: another form, or not signed by the keys in it.
        """
        if len(text) > 2 * LONGEST:
            raise RefusedError(Refusal.TOO_LARGE, "invitation")
        plain = "".join(text.split())
        if not plain.startswith(START) or len(plain) > LONGEST:
            raise RefusedError(Refusal.MALFORMED, "no invitation")
        data = base64_bytes(plain.removeprefix(START))
        signed, signature = data[:-SIGNATURE_BYTES], data[-SIGNATURE_BYTES:]
        if len(signed) < _NAME_AT or signed[0] != _VERSION:
            raise RefusedError(Refusal.MALFORMED, "other version or cut short")
        found = cls(
            cid=base64.b32encode(signed[1 : 1 + _CID_BYTES]).decode().lower(),
            name=_name(signed[_NAME_AT:]),
            organiser=PublicIdentity.from_bytes(signed[1 + _CID_BYTES : _TOKEN_AT]),
            token=signed[_TOKEN_AT:_EXPIRY_AT],
            expires=int.from_bytes(signed[_EXPIRY_AT:_NAME_AT], "big"),
            signature=signature,
        )
        if not found.organiser.verify(signature, _DOMAIN + signed):
            raise RefusedError(Refusal.BAD_SIGNATURE, "invitation")
        return found

    def valid(self, now: float) -> None:
        """Refuse an invitation that has expired (`now` in epoch s)."""
        if now >= self.expires:
            raise RefusedError(Refusal.EXPIRED, "invitation")


def _name(data: bytes) -> str:
    try:
        name = data.decode()
    except UnicodeDecodeError as error:
        raise RefusedError(Refusal.MALFORMED, "name") from error
    if len(name) > MOST_LABEL or not name.isprintable():
        raise RefusedError(Refusal.SCHEMA, "name")
    return name


@dataclass(frozen=True)
class OpenInvitations:
    """The tokens that the organiser gave out and that nobody used yet.

    Attributes:
        expires: epoch s, by the token's SHA-256 in hexadecimal: the file that holds them does
            not let its reader in.
    """

    expires: Mapping[str, int] = MappingProxyType({})

    def with_invitation(self, invitation: Invitation, now: float) -> Self:
        """Return them with one more, and without those that expired.

        Raises:
            RefusedError: too many are open.
        """
        valid = {token: at for token, at in self.expires.items() if at > now}
        if len(valid) >= MOST_OPEN:
            raise RefusedError(Refusal.RATE, "open invitations")
        return type(self)(valid | {_digest(invitation.token): invitation.expires})

    def redeemed(self, join: Join, now: float) -> Self:
        """Return them without the one that a home answers to.

        Raises:
            RefusedError: there was none, it was used, or it has expired.
        """
        if not self.awaits(join, now):
            raise RefusedError(Refusal.EXPIRED, "token")
        token = _digest(join.token)
        return type(self)({each: at for each, at in self.expires.items() if each != token})

    def awaits(self, join: Join, now: float) -> bool:
        """Return whether a home answers to one of them."""
        return self.expires.get(_digest(join.token), 0) > now

    def to_json(self) -> Json:
        """Return them as JSON, for a file."""
        return dict(self.expires)

    @classmethod
    def from_json(cls, value: Json) -> Self:
        """Read what `to_json` returned, or raise RefusedError."""
        if not isinstance(value, dict):
            raise RefusedError(Refusal.SCHEMA, "open invitations")
        fields = Fields(value, *value)
        return cls({token: integer(fields[token], 0, LAST_SLOT) for token in value})


def _digest(token: bytes) -> str:
    return hashlib.sha256(token).hexdigest()


def read_join(payload: bytes, organiser: Identity, cid: str) -> tuple[Envelope, Join]:
    """Return a home's request, proven to be of the keys that it names.

    Whether it was invited, `OpenInvitations.redeemed` tells.

    Raises:
        RefusedError: not sealed to the organiser, of other keys, for another community.
    """
    message = read(payload, Typ.JOIN)
    if message.envelope.cid != cid:
        raise RefusedError(Refusal.WRONG_COMMUNITY, message.envelope.cid)
    envelope = message.envelope.opened(organiser)
    join = Join.from_json(envelope.body)
    message.verified_by(join.public)
    return envelope, join
