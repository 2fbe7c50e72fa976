"""A chain over what was entered, which still holds once some of it was erased.

Each entry is committed to with a secret of its home and day, and each link covers the
commitment and the link before (Haber and Stornetta, J. Cryptology 3, 1991). Erasing takes the
entry and its secret: the commitment that stays is a keyed hash (HMAC, RFC 2104) whose key
exists no more, and says nothing. What is erased can be told from what was changed: an entry
that is there and does not match its commitment, or a link that does not follow from the one
before, was tampered with.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from .entries import Entry

SECRET_BYTES: Final = 32
"""As long as the hash, as RFC 2104 recommends."""
DAY_S: Final = 86_400
_ENTRY: Final = b"shems/v1/ledger/entry\n"
_LINK: Final = b"shems/v1/ledger/link\n"
_BEGIN: Final = b"shems/v1/ledger/begin\n"


@dataclass(frozen=True, slots=True)
class Link:
    """One link: a commitment to an entry, and the hash over all up to it."""

    number: int
    commitment: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a chain was found to be.

    Attributes:
        length: links there are.
        head: hash of the last link, hexadecimal: who noted it can tell that the chain was cut.
        checked: entries that match their commitments.
        erased: links whose entries are gone.
        broken: number of the first link that does not hold; None where all do.
    """

    length: int
    head: str
    checked: int
    erased: int
    broken: int | None

    @property
    def holds(self) -> bool:
        """Whether nothing was changed."""
        return self.broken is None


def day_of(entry: Entry) -> int:
    """Return the UTC day whose secret an entry has: what is erased together."""
    return entry.slot // DAY_S


def commitment(entry: Entry, secret: bytes) -> bytes:
    """Return what binds to an entry and, without the secret, says nothing of it."""
    return hmac.digest(secret, _ENTRY + entry.canonical(), "sha256")


def begun(cid: str) -> bytes:
    """Return what the first link of a community's chain follows."""
    return hashlib.sha256(_BEGIN + cid.encode()).digest()


def linked(previous: bytes, committed: bytes, number: int) -> Link:
    """Return the next link."""
    hashed = hashlib.sha256(_LINK + number.to_bytes(8) + previous + committed).digest()
    return Link(number, committed, hashed)


def verify(
    cid: str,
    links: Iterable[tuple[Link, tuple[Entry, bytes] | None]],
    noted: tuple[int, str] | None = None,
) -> Verdict:
    """Check a chain from its beginning.

    Args:
        cid: community.
        links: all, in order; each with its entry and that entry's secret, None once erased.
        noted: a length and its head as they were once seen; a chain that was cut or written
            anew does not have it.
    """
    hashed, length, checked, erased = begun(cid), 0, 0, 0
    broken: int | None = None
    seen = noted is None or noted == (0, hashed.hex())
    for link, held in links:
        matches = held is not None and hmac.compare_digest(commitment(*held), link.commitment)
        follows = link == linked(hashed, link.commitment, length)
        if broken is None and not (follows and (matches or held is None)):
            broken = length
        checked += matches
        erased += held is None
        hashed, length = link.hash, length + 1
        seen = seen or noted == (length, hashed.hex())
    if broken is None and not seen:
        broken = length
    return Verdict(length, hashed.hex(), checked, erased, broken)
