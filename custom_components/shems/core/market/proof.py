"""Inclusion proofs: that one row is part of what was published, without the other rows.

The tree is that of RFC 6962 (section 2.1): hashes of leaves and of nodes begin with
different bytes, so that neither can be passed off as the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

LARGEST: Final = 2**20
"""Leaves of a tree: a thousand times the homes that a community should have."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The way from a leaf to the root.

    Args:
        index: the leaf's place, from 0.
        size: leaves of the tree.
        path: hashes of the siblings, from the leaf upwards.
    """

    index: int
    size: int
    path: tuple[bytes, ...]


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the hash of a tree, 32 bytes.

    Leaves that others could guess, such as small amounts, need a salt of their own: a
    neighbour's proof holds their hashes.
    """
    if not leaves:
        return sha256(b"").digest()
    return _levels(leaves)[-1][0]


def proof(leaves: Sequence[bytes], index: int) -> Proof:
    """Return the proof of one leaf.

    Raises:
        IndexError: there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    return proofs(leaves)[index]


def proofs(leaves: Sequence[bytes]) -> list[Proof]:
    """Return the proof of every leaf, of one tree."""
    levels = _levels(leaves)
    return [Proof(index, len(leaves), _path(levels, index)) for index in range(len(leaves))]


def verify(leaf: bytes, proof: Proof, root: bytes) -> bool:
    """Tell whether a leaf is at its place in the tree of a root."""
    if not 0 <= proof.index < proof.size <= LARGEST:
        return False
    found, index, last = _leaf(leaf), proof.index, proof.size - 1
    siblings = iter(proof.path)
    while last:
        # The last of an odd level has no sibling and rises as it is.
        if index % 2 or index < last:
            sibling = next(siblings, None)
            if sibling is None:
                return False
            found = _node(sibling, found) if index % 2 else _node(found, sibling)
        index //= 2
        last //= 2
    return next(siblings, None) is None and found == root


def _levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """Hash from the leaves to the root."""
    levels = [[_leaf(leaf) for leaf in leaves]]
    while len(below := levels[-1]) > 1:
        above = [_node(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)]
        levels.append(above + below[len(below) - len(below) % 2 :])
    return levels


def _path(levels: list[list[bytes]], index: int) -> tuple[bytes, ...]:
    path = []
    for level in levels[:-1]:
        if (sibling := index ^ 1) < len(level):
            path.append(level[sibling])
        index //= 2
    return tuple(path)


def _leaf(content: bytes) -> bytes:
    return sha256(b"\x00" + content).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()
