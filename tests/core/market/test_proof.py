"""One row is in what was published, and nothing else is."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.market.proof import LARGEST, Proof, proof, proofs, root, verify

LEAVES = st.lists(st.binary(max_size=6), min_size=1, max_size=40)


@given(LEAVES)
def test_every_leaf_is_proven(leaves: list[bytes]) -> None:
    top = root(leaves)
    assert all(verify(leaf, one, top) for leaf, one in zip(leaves, proofs(leaves), strict=True))


@given(LEAVES, st.data())
def test_nothing_else_is(leaves: list[bytes], data: st.DataObject) -> None:
    top = root(leaves)
    at = data.draw(st.integers(0, len(leaves) - 1))
    good = proof(leaves, at)
    assert not verify(leaves[at] + b"!", good, top)
    assert not verify(leaves[at], good, hashlib.sha256(top).digest())
    assert not verify(leaves[at], replace(good, path=(*good.path, top)), top)
    assert not verify(leaves[at], replace(good, index=good.size), top)
    assert not verify(leaves[at], replace(good, index=-1), top)
    assert not verify(leaves[at], replace(good, size=LARGEST + 1), top)
    if good.path:
        assert not verify(leaves[at], replace(good, path=good.path[1:]), top)
        assert not verify(leaves[at], replace(good, path=(top, *good.path[1:])), top)


def test_the_tree_is_that_of_rfc_6962() -> None:
    # Known answers of the RFC's reference tree over these eight leaves.
    leaves = [
        bytes.fromhex(leaf)
        for leaf in (
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        )
    ]
    known = {
        1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    }
    assert {size: root(leaves[:size]).hex() for size in known} == known
    assert root([]) == hashlib.sha256(b"").digest()


def test_a_node_is_not_a_leaf() -> None:
    leaves = [b"a", b"b"]
    inner = b"".join(hashlib.sha256(b"\x00" + leaf).digest() for leaf in leaves)
    assert not verify(inner, Proof(0, 1, ()), root(leaves))


@pytest.mark.parametrize("at", [-1, 2])
def test_what_is_not_there_has_no_proof(at: int) -> None:
    with pytest.raises(IndexError):
        proof([b"a", b"b"], at)
