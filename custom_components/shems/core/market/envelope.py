"""A signed message: what it says of itself, and how it travels.

    base64url(signature) "." canonical JSON

The signature is Ed25519's over a domain prefix and the exact bytes of the JSON, so that nothing
is parsed, sorted or rounded between signing and verifying. The body is an object, or, sealed, a
text: what is sealed to each recipient as base64, joined by full stops.

Unknown keys are refused here and in every body. Whoever adds one raises `VERSION`; a reader
refuses versions that it does not know.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol, Self

from .identity import Identity, PublicIdentity
from .refused import Refusal, RefusedError
from .strict import (
    LARGEST,
    Fields,
    Json,
    base64_bytes,
    base64_text,
    canonical,
    parse,
)
from .topics import LARGEST_BYTES, LARGEST_MESSAGE, NAME, SEALED, Typ

__all__ = ["Directory", "Envelope", "Refusal", "RefusedError", "Signed", "read", "signed"]

VERSION: Final = 1
MOST_SEALS: Final = 4
"""Recipients of one message: a coordinator and three standbys."""
LAST_SLOT: Final = 2**33
"""The year 2242, in epoch seconds."""
LAST_MS: Final = LAST_SLOT * 1000
MOST_EPOCHS: Final = 10**6

_DOMAIN: Final = b"shems/v1/message\0"
_SEAL_DOMAIN: Final = b"shems/v1/body\0"
_KEYS: Final = ("v", "cid", "hid", "typ", "slot", "seq", "ts", "epoch", "body")
_SIGNATURE_CHARS: Final = 86
"""64 bytes as base64 without padding."""


@dataclass(frozen=True)
class Envelope:
    """A message.

    Attributes:
        cid: the community.
        hid: who sends it.
        typ: what it is about.
        slot: start of the slot it is about, epoch s; of a plan the first; 0 where there is none.
        seq: higher than any that the sender ever used for this; replaces what had a lower one.
        ts: when it was sent, epoch ms.
        epoch: of the roster that the sender goes by.
        body: an object, see `bodies`; a text where it is sealed.
    """

    cid: str
    hid: str
    typ: Typ
    slot: int
    seq: int
    ts: int
    epoch: int
    body: Json

    @property
    def sealed(self) -> bool:
        """Whether the body is yet to be opened."""
        return isinstance(self.body, str)

    @property
    def context(self) -> bytes:
        """What a sealed body belongs to, so that it cannot be moved to another message."""
        parts: Json = [self.cid, self.hid, self.typ, self.slot, self.seq]
        return _SEAL_DOMAIN + canonical(parts)

    def to_json(self) -> Json:
        """Return the object that travels."""
        return {
            "v": VERSION,
            "cid": self.cid,
            "hid": self.hid,
            "typ": self.typ,
            "slot": self.slot,
            "seq": self.seq,
            "ts": self.ts,
            "epoch": self.epoch,
            "body": self.body,
        }

    @classmethod
    def from_json(cls, value: Json) -> Self:
        """Read an object that travelled; its body is looked at later.

        Raises:
            RefusedError: a key missing or unknown, a value of another type or out of bounds.
        """
        fields = Fields(value, *_KEYS)
        fields.integer("v", VERSION, VERSION)
        body = fields["body"]
        if not isinstance(body, dict | str):
            raise RefusedError(Refusal.SCHEMA, "body is no object")
        return cls(
            cid=fields.text("cid", 16, NAME),
            hid=fields.text("hid", 16, NAME),
            typ=fields.choice("typ", Typ),
            slot=fields.integer("slot", 0, LAST_SLOT),
            seq=fields.integer("seq", 0, LARGEST),
            ts=fields.integer("ts", 0, LAST_MS),
            epoch=fields.integer("epoch", 0, MOST_EPOCHS),
            body=body,
        )

    def opened(self, identity: Identity) -> Self:
        """Return the message with its body opened; one for everybody as it is.

        Raises:
            RefusedError: it is sealed to others or changed, what was sealed is no object, or it
                tells of one home and is open to all.
        """
        if not isinstance(self.body, str):
            if self.typ in SEALED:
                raise RefusedError(Refusal.NOT_SEALED_FOR_US, "open to all")
            return self
        seals = self.body.split(".")
        if len(seals) > MOST_SEALS:
            raise RefusedError(Refusal.OUT_OF_BOUNDS, "too many recipients")
        for sealed in seals:
            try:
                plain = identity.open(base64_bytes(sealed), self.context)
            except RefusedError as error:
                if error.code is not Refusal.NOT_SEALED_FOR_US:
                    raise
                continue
            body = parse(plain, LARGEST_BYTES[self.typ])
            if not isinstance(body, dict):
                raise RefusedError(Refusal.SCHEMA, "sealed body is no object")
            return replace(self, body=body)
        raise RefusedError(Refusal.NOT_SEALED_FOR_US)


class Directory(Protocol):
    """Who may send what in a community; a roster is one."""

    @property
    def cid(self) -> str:
        """The community."""

    @property
    def epoch(self) -> int:
        """How often the roster was changed."""

    def signer(self, hid: str, typ: Typ) -> PublicIdentity:
        """Return who signs, or raise UNKNOWN_MEMBER or WRONG_ROLE."""


@dataclass(frozen=True)
class Signed:
    """A message that was read and not yet believed.

    Attributes:
        envelope: what it claims.
        signature: over `signed_bytes`.
        raw: the exact bytes of its JSON.
    """

    envelope: Envelope
    signature: bytes
    raw: bytes

    @property
    def digest(self) -> bytes:
        """Its SHA-256, 32 bytes: to tell two messages apart."""
        return hashlib.sha256(self.raw).digest()

    def verified(self, roster: Directory, oldest: int | None = None) -> Envelope:
        """Return the message if a member signed it who may send such a one.

        Args:
            roster: who may.
            oldest: epoch from which on messages are still taken; the roster's own if None.

        Raises:
            RefusedError: another community or epoch, a stranger, the wrong role, the signature.
        """
        envelope = self.envelope
        if envelope.cid != roster.cid:
            raise RefusedError(Refusal.WRONG_COMMUNITY, envelope.cid)
        public = roster.signer(envelope.hid, envelope.typ)
        self.verified_by(public)
        if envelope.epoch < (roster.epoch if oldest is None else oldest):
            raise RefusedError(Refusal.OLD_EPOCH, str(envelope.epoch))
        if envelope.epoch > roster.epoch:
            raise RefusedError(Refusal.NEW_EPOCH, str(envelope.epoch))
        return envelope

    def verified_by(self, public: PublicIdentity) -> Envelope:
        """Return the message if this very identity signed it.

        Raises:
            RefusedError: it has another name, or the signature is not its own.
        """
        if self.envelope.hid != public.hid:
            raise RefusedError(Refusal.UNKNOWN_MEMBER, self.envelope.hid)
        if not public.verify(self.signature, _DOMAIN + self.raw):
            raise RefusedError(Refusal.BAD_SIGNATURE, self.envelope.hid)
        return self.envelope


def signed(
    envelope: Envelope,
    identity: Identity,
    to: PublicIdentity | Sequence[PublicIdentity] | None = None,
) -> bytes:
    """Return a message as it travels.

    Args:
        envelope: with an open body.
        identity: whose `hid` it bears.
        to: whom to seal the body to, at most MOST_SEALS; everybody may read it if None.

    Raises:
        RefusedError: it would be larger than a reader takes, or names another sender.
    """
    if envelope.hid != identity.public.hid:
        raise RefusedError(Refusal.UNKNOWN_MEMBER, envelope.hid)
    if to is not None:
        recipients = [to] if isinstance(to, PublicIdentity) else to
        if not 0 < len(recipients) <= MOST_SEALS:
            raise RefusedError(Refusal.OUT_OF_BOUNDS, "recipients")
        plain = canonical(envelope.body)
        seals = [base64_text(each.seal(plain, envelope.context)) for each in recipients]
        envelope = replace(envelope, body=".".join(seals))
    data = canonical(envelope.to_json())
    payload = base64_text(identity.sign(_DOMAIN + data)).encode() + b"." + data
    if len(payload) > LARGEST_BYTES[envelope.typ]:
        raise RefusedError(Refusal.TOO_LARGE, f"{len(payload)} bytes")
    return payload


def read(payload: bytes, typ: Typ | None = None) -> Signed:
    """Read a message from its bytes, believing nothing.

    Args:
        payload: as it came.
        typ: what its topic says it is about, which bounds its size before it is parsed.

    Raises:
        RefusedError: too large, or of another form.
    """
    most = LARGEST_MESSAGE if typ is None else LARGEST_BYTES[typ]
    if len(payload) > most:
        raise RefusedError(Refusal.TOO_LARGE, f"{len(payload)} bytes")
    head, dot, raw = payload[:_SIGNATURE_CHARS], payload[_SIGNATURE_CHARS:][:1], payload[87:]
    if dot != b"." or not head.isascii():
        raise RefusedError(Refusal.MALFORMED, "no signature")
    signature = base64_bytes(head.decode())
    envelope = Envelope.from_json(parse(raw, most))
    if len(payload) > LARGEST_BYTES[envelope.typ]:
        raise RefusedError(Refusal.TOO_LARGE, f"{len(payload)} bytes")
    if typ is not None and envelope.typ is not typ:
        raise RefusedError(Refusal.WRONG_TOPIC, envelope.typ)
    return Signed(envelope, signature, raw)
