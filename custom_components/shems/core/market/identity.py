"""Who a member is: an Ed25519 key that signs and an X25519 key to which others seal.

A sealed text is

    ephemeral public key (32) | ChaCha20-Poly1305(HKDF-SHA256(X25519(ephemeral, recipient)))

with a fresh ephemeral key each time, so that the nonce may stay zero, and with the context as
associated data, so that a sealed body cannot be moved to another message.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .refused import Refusal, RefusedError

KEY_BYTES: Final = 32
PUBLIC_BYTES: Final = 2 * KEY_BYTES
SIGNATURE_BYTES: Final = 64
OVERHEAD_BYTES: Final = KEY_BYTES + 16
"""What sealing adds: the ephemeral key and Poly1305's tag."""

_HID_DOMAIN: Final = b"shems/v1/hid\0"
_FINGERPRINT_DOMAIN: Final = b"shems/v1/fingerprint\0"
_SEAL_DOMAIN: Final = b"shems/v1/seal\0"
_NONCE: Final = bytes(12)
_HID_BYTES: Final = 10
"""16 characters of base32: to be mistaken for one member takes 2^80 tries."""
_FINGERPRINT_BYTES: Final = 15
"""24 characters in six groups, as many as people compare with patience."""
_P: Final = 2**255 - 19
_LOW_ORDER: Final = frozenset(
    {
        *(0, 1, _P - 1, _P, _P + 1),
        int("00b8495f16056286fdb1329ceb8d09da6ac49ff1fae35616aeb8413b7c7aebe0", 16),
        int("57119fd0dd4e22d8868e1c58c45c44045bef839c55b1d0b1248c50a3bc959c5f", 16),
    }
)
"""Points of order 1, 2, 4 and 8 on Curve25519 and its twist: every secret with them is zero."""


@dataclass(frozen=True)
class PublicIdentity:
    """What others know of a member.

    Attributes:
        signing: public key of Ed25519, 32 bytes.
        sealing: public key of X25519, 32 bytes.

    Raises:
        RefusedError: keys of another size, or a sealing key of low order, with which every
            secret would be zero.
    """

    signing: bytes
    sealing: bytes

    def __post_init__(self) -> None:
        """Refuse keys with which nothing can be sealed."""
        if len(self.signing) != KEY_BYTES or len(self.sealing) != KEY_BYTES:
            raise RefusedError(Refusal.SCHEMA, "keys of another size")
        if int.from_bytes(self.sealing, "little") % 2**255 in _LOW_ORDER:
            raise RefusedError(Refusal.SCHEMA, "sealing key of low order")

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what `to_bytes` wrote."""
        return cls(data[:KEY_BYTES], data[KEY_BYTES:])

    def to_bytes(self) -> bytes:
        """Return both keys, 64 bytes."""
        return self.signing + self.sealing

    @cached_property
    def hid(self) -> str:
        """The pseudonym under which the member publishes: 16 characters of base32."""
        digest = hashlib.sha256(_HID_DOMAIN + self.to_bytes()).digest()[:_HID_BYTES]
        return base64.b32encode(digest).decode().lower()

    @cached_property
    def fingerprint(self) -> str:
        """What people compare: 24 characters of base32 in groups of four."""
        digest = hashlib.sha256(_FINGERPRINT_DOMAIN + self.to_bytes()).digest()
        text = base64.b32encode(digest[:_FINGERPRINT_BYTES]).decode()
        return " ".join(text[at : at + 4] for at in range(0, len(text), 4))

    @cached_property
    def _verifier(self) -> Ed25519PublicKey:
        return Ed25519PublicKey.from_public_bytes(self.signing)

    def verify(self, signature: bytes, data: bytes) -> bool:
        """Return whether a signature over data is the member's."""
        try:
            self._verifier.verify(signature, data)
        except InvalidSignature:
            return False
        return True

    def seal(self, plain: bytes, context: bytes, entropy: bytes | None = None) -> bytes:
        """Return a text that only the member can open, and only with the same context.

        Args:
            plain: what to seal.
            context: what it belongs to.
            entropy: 32 bytes for the ephemeral key, never used twice; random if None.
        """
        ephemeral = X25519PrivateKey.from_private_bytes(entropy or secrets.token_bytes(KEY_BYTES))
        public = ephemeral.public_key().public_bytes_raw()
        key = _key(_shared(ephemeral, self.sealing), public, self.sealing)
        return public + ChaCha20Poly1305(key).encrypt(_NONCE, plain, context)


@dataclass(frozen=True, repr=False)
class Identity:
    """A member's own keys; they stay in its home.

    Attributes:
        signing: seed of Ed25519, 32 bytes.
        sealing: private key of X25519, 32 bytes.
    """

    signing: bytes
    sealing: bytes

    def __post_init__(self) -> None:
        """Refuse keys of another size."""
        if len(self.signing) != KEY_BYTES or len(self.sealing) != KEY_BYTES:
            raise RefusedError(Refusal.SCHEMA, "keys of another size")

    def __repr__(self) -> str:
        """Never show a private key."""
        return f"Identity({self.public.hid})"

    @classmethod
    def generate(cls, entropy: bytes | None = None) -> Self:
        """Make new keys, from 64 bytes of entropy if given, else random ones."""
        return cls.from_bytes(entropy or secrets.token_bytes(PUBLIC_BYTES))

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what `to_bytes` wrote, 64 bytes."""
        return cls(data[:KEY_BYTES], data[KEY_BYTES:])

    def to_bytes(self) -> bytes:
        """Return both private keys, 64 bytes, to be kept secret."""
        return self.signing + self.sealing

    @cached_property
    def _signer(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.signing)

    @cached_property
    def _opener(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self.sealing)

    @cached_property
    def public(self) -> PublicIdentity:
        """What others may know."""
        return PublicIdentity(
            self._signer.public_key().public_bytes_raw(),
            self._opener.public_key().public_bytes_raw(),
        )

    def sign(self, data: bytes) -> bytes:
        """Return the signature over data, 64 bytes."""
        return self._signer.sign(data)

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """Return what was sealed to us in a context.

        Raises:
            RefusedError: it was sealed to another, in another context, or changed on its way.
        """
        if len(sealed) < OVERHEAD_BYTES:
            raise RefusedError(Refusal.MALFORMED, "sealed body too short")
        public = sealed[:KEY_BYTES]
        key = _key(_shared(self._opener, public), public, self.public.sealing)
        try:
            return ChaCha20Poly1305(key).decrypt(_NONCE, sealed[KEY_BYTES:], context)
        except InvalidTag as error:
            raise RefusedError(Refusal.NOT_SEALED_FOR_US) from error


def _shared(private: X25519PrivateKey, public: bytes) -> bytes:
    try:
        return private.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError as error:  # A point of low order: the secret would be zero for everybody.
        raise RefusedError(Refusal.SCHEMA, "sealing key of low order") from error


def _key(shared: bytes, ephemeral: bytes, recipient: bytes) -> bytes:
    info = _SEAL_DOMAIN + ephemeral + recipient
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(shared)
