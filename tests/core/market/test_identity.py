"""Keys: names, signatures, and what is sealed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.market.identity import (
    OVERHEAD_BYTES,
    Identity,
    PublicIdentity,
)
from custom_components.shems.core.market.refused import Refusal, RefusedError

from .parties import ANNA, BERT

LOW_ORDER = [
    *("00" * 32, "01" + "00" * 31, "ec" + "ff" * 30 + "7f", "ed" + "ff" * 30 + "7f"),
    *("ee" + "ff" * 30 + "7f", "ed" + "ff" * 31, "00" * 31 + "80"),
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
]


def refusal(code: Refusal) -> pytest.RaisesExc[RefusedError]:
    return pytest.raises(RefusedError, check=lambda error: error.code is code)


def test_keys_come_back_from_a_file_and_give_the_same_name() -> None:
    again = Identity.from_bytes(ANNA.to_bytes())
    assert again == ANNA
    assert again.public == ANNA.public
    assert PublicIdentity.from_bytes(ANNA.public.to_bytes()).hid == ANNA.public.hid
    assert re.fullmatch("[a-z2-7]{16}", ANNA.public.hid)
    assert re.fullmatch("([A-Z2-7]{4} ){5}[A-Z2-7]{4}", ANNA.public.fingerprint)
    assert ANNA.public.fingerprint != BERT.public.fingerprint


def test_new_keys_are_never_the_same() -> None:
    assert Identity.generate().public.hid != Identity.generate().public.hid


def test_nobody_sees_a_private_key_by_accident() -> None:
    shown = f"{ANNA} {ANNA!r}"
    assert ANNA.public.hid in shown
    assert ANNA.signing.hex() not in shown
    assert str(ANNA.signing) not in shown


@pytest.mark.parametrize("size", [0, 32, 63, 65])
def test_keys_of_another_size_are_refused(size: int) -> None:
    with refusal(Refusal.SCHEMA):
        Identity.from_bytes(bytes(size))
    with refusal(Refusal.SCHEMA):
        PublicIdentity.from_bytes(bytes(size))


@pytest.mark.parametrize("point", LOW_ORDER)
def test_keys_to_which_everybody_could_seal_alike_are_refused(point: str) -> None:
    with refusal(Refusal.SCHEMA):
        PublicIdentity(ANNA.public.signing, bytes.fromhex(point))
    with refusal(Refusal.SCHEMA):  # The same as an ephemeral key.
        ANNA.open(bytes.fromhex(point) + bytes(16), b"")


@given(st.binary(max_size=64), st.binary(max_size=64))
def test_a_signature_holds_for_its_bytes_and_keys_alone(data: bytes, other: bytes) -> None:
    signature = ANNA.sign(data)
    assert ANNA.public.verify(signature, data)
    assert not BERT.public.verify(signature, data)
    assert ANNA.public.verify(signature, other) is (other == data)
    assert not ANNA.public.verify(other, data)


def test_a_signing_key_that_is_no_point_verifies_nothing() -> None:
    assert not PublicIdentity(b"\xff" * 32, ANNA.public.sealing).verify(bytes(64), b"")


@given(st.binary(max_size=200), st.binary(max_size=40))
def test_what_is_sealed_only_the_recipient_opens_in_its_context(
    plain: bytes, context: bytes
) -> None:
    sealed = ANNA.public.seal(plain, context)
    assert len(sealed) == len(plain) + OVERHEAD_BYTES
    assert ANNA.open(sealed, context) == plain
    with refusal(Refusal.NOT_SEALED_FOR_US):
        BERT.open(sealed, context)
    with refusal(Refusal.NOT_SEALED_FOR_US):
        ANNA.open(sealed, context + b"x")


@given(st.integers(0, 8 * (20 + OVERHEAD_BYTES) - 1))
def test_no_bit_of_a_sealed_text_can_be_changed(bit: int) -> None:
    sealed = bytearray(ANNA.public.seal(bytes(20), b"context", bytes(range(32))))
    sealed[bit // 8] ^= 1 << bit % 8
    # X25519 ignores the highest bit of a key, yet the key's bytes are part of the secret.
    with pytest.raises(RefusedError):
        ANNA.open(bytes(sealed), b"context")


@given(st.binary(max_size=120))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    with pytest.raises(RefusedError):
        ANNA.open(data, b"")


def test_the_same_text_is_never_sealed_alike() -> None:
    assert ANNA.public.seal(b"x", b"") != ANNA.public.seal(b"x", b"")
