"""Messages: what travels is signed, canonical, bounded, and whatever is not is refused."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from custom_components.shems.core.market import envelope as wire
from custom_components.shems.core.market.bodies import body_of
from custom_components.shems.core.market.envelope import Envelope, read, signed
from custom_components.shems.core.market.identity import Identity
from custom_components.shems.core.market.refused import Refusal, RefusedError
from custom_components.shems.core.market.strict import base64_text, canonical
from custom_components.shems.core.market.topics import LARGEST_BYTES, LARGEST_MESSAGE, Typ

from .parties import (
    ANNA,
    BERT,
    BODIES,
    COORDINATOR,
    ORGANISER,
    ROSTER,
    STANDBY,
    STRANGER,
    message,
    sender,
)

TYPES = st.sampled_from(sorted(BODIES))


def refusal(code: Refusal) -> pytest.RaisesExc[RefusedError]:
    return pytest.raises(RefusedError, check=lambda error: error.code is code)


def forged(data: bytes, keys: Identity = ANNA) -> bytes:
    """Sign any bytes as a member would who does not keep to the form."""
    signature = keys.sign(b"shems/v1/message\0" + data)
    return base64_text(signature).encode() + b"." + data


@pytest.mark.parametrize("typ", Typ)
def test_a_message_arrives_as_it_was_sent(typ: Typ) -> None:
    sent = message(typ)
    found = read(signed(sent, sender(typ)), typ).verified(ROSTER)
    assert found == sent
    assert not found.sealed
    if typ is not Typ.ROSTER:
        assert body_of(found) == BODIES[typ]


@pytest.mark.parametrize("typ", BODIES)
def test_a_sealed_message_is_opened_by_each_recipient_and_by_nobody_else(typ: Typ) -> None:
    sent = message(typ)
    payload = signed(sent, sender(typ), ROSTER.coordinators)
    assert json.dumps(sent.body)[2:12].encode() not in payload
    found = read(payload, typ).verified(ROSTER)
    assert found.sealed
    for keys in (COORDINATOR, STANDBY):
        assert found.opened(keys) == sent
    with refusal(Refusal.NOT_SEALED_FOR_US):
        found.opened(BERT)
    with refusal(Refusal.SCHEMA):
        body_of(found)


@pytest.mark.parametrize("typ", BODIES)
def test_what_is_for_everybody_needs_no_key_and_what_is_of_one_home_must_be_sealed(
    typ: Typ,
) -> None:
    if typ in {Typ.JOIN, Typ.CONSENT, Typ.PLAN, Typ.ORDER, Typ.METER, Typ.RESULT}:
        with refusal(Refusal.NOT_SEALED_FOR_US):
            message(typ).opened(COORDINATOR)
    else:
        assert message(typ).opened(BERT) == message(typ)


def test_one_recipient_needs_no_list_and_too_many_are_refused() -> None:
    payload = signed(message(Typ.PLAN), ANNA, COORDINATOR.public)
    assert read(payload).verified(ROSTER).opened(COORDINATOR) == message(Typ.PLAN)
    for number in (0, wire.MOST_SEALS + 1):
        with refusal(Refusal.OUT_OF_BOUNDS):
            signed(message(Typ.PLAN), ANNA, [COORDINATOR.public] * number)


@pytest.mark.parametrize(
    "change", [{"slot": 900}, {"seq": 5}, {"typ": Typ.METER}, {"hid": BERT.public.hid}]
)
def test_a_sealed_body_cannot_be_moved_to_another_message(change: dict[str, object]) -> None:
    sealed = read(signed(message(Typ.PLAN), ANNA, COORDINATOR.public)).envelope
    moved = replace(sealed, **change)  # type: ignore[arg-type]  # names of its fields
    keys = BERT if "hid" in change else ANNA
    found = read(signed(moved, keys)).verified(ROSTER)
    with refusal(Refusal.NOT_SEALED_FOR_US):
        found.opened(COORDINATOR)


def sealed_by(body: bytes) -> Envelope:
    plain = message(Typ.PLAN)
    seal = base64_text(COORDINATOR.public.seal(body, plain.context))
    return read(signed(replace(plain, body=seal), ANNA)).verified(ROSTER)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"[1]", Refusal.SCHEMA),
        (b'"x"', Refusal.SCHEMA),
        (b"{", Refusal.MALFORMED),
        (b'{"a":1.0}', Refusal.MALFORMED),
    ],
)
def test_what_was_sealed_is_read_as_strictly(body: bytes, code: Refusal) -> None:
    with refusal(code):
        sealed_by(body).opened(COORDINATOR)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", Refusal.MALFORMED),
        ("!", Refusal.MALFORMED),
        ("AA.AA", Refusal.MALFORMED),
        (".".join(["AA"] * 5), Refusal.OUT_OF_BOUNDS),
    ],
)
def test_a_seal_of_another_form_is_refused(body: str, code: Refusal) -> None:
    with refusal(code):
        replace(message(Typ.PLAN), body=body).opened(COORDINATOR)


@pytest.mark.parametrize(
    ("sent", "keys", "code"),
    [
        (message(Typ.PLAN, STRANGER), STRANGER, Refusal.UNKNOWN_MEMBER),
        (message(Typ.PLAN, cid="a" * 16), ANNA, Refusal.WRONG_COMMUNITY),
        (message(Typ.PLAN, epoch=ROSTER.epoch - 1), ANNA, Refusal.OLD_EPOCH),
        (message(Typ.PLAN, epoch=ROSTER.epoch + 1), ANNA, Refusal.NEW_EPOCH),
        (message(Typ.OUTLOOK, ANNA), ANNA, Refusal.WRONG_ROLE),
        (message(Typ.RESULT, BERT), BERT, Refusal.WRONG_ROLE),
        (message(Typ.ROSTER, COORDINATOR), COORDINATOR, Refusal.WRONG_ROLE),
        (message(Typ.PLAN, ORGANISER), ORGANISER, Refusal.UNKNOWN_MEMBER),
    ],
)
def test_only_members_are_believed_and_each_in_its_role(
    sent: Envelope, keys: Identity, code: Refusal
) -> None:
    found = read(signed(sent, keys))
    with refusal(code):
        found.verified(ROSTER)


def test_a_standby_may_say_what_a_coordinator_says() -> None:
    read(signed(message(Typ.OUTLOOK, STANDBY), STANDBY)).verified(ROSTER)


def test_an_older_epoch_is_taken_where_that_is_asked_for() -> None:
    found = read(signed(message(Typ.PLAN, epoch=2), ANNA))
    assert found.verified(ROSTER, oldest=2).epoch == 2


def test_a_message_signed_with_other_keys_is_refused() -> None:
    data = canonical(message(Typ.PLAN).to_json())
    with refusal(Refusal.BAD_SIGNATURE):
        read(forged(data, BERT)).verified(ROSTER)
    with refusal(Refusal.UNKNOWN_MEMBER):
        read(forged(data)).verified_by(BERT.public)


def test_two_messages_are_told_apart() -> None:
    first, second = (read(signed(message(Typ.PLAN, seq=each), ANNA)) for each in (1, 2))
    assert first.digest != second.digest
    assert first.digest == read(signed(message(Typ.PLAN, seq=1), ANNA)).digest


def test_nobody_signs_for_another_or_more_than_is_taken() -> None:
    with refusal(Refusal.UNKNOWN_MEMBER):
        signed(message(Typ.PLAN), BERT)
    with refusal(Refusal.TOO_LARGE):
        signed(message(Typ.PLAN, body={"x": "y" * LARGEST_BYTES[Typ.PLAN]}), ANNA)
    with refusal(Refusal.MALFORMED):
        signed(message(Typ.PLAN, body={"x": "\ud800"}), ANNA)


def test_the_size_is_bounded_before_and_after_the_type_is_known() -> None:
    with refusal(Refusal.TOO_LARGE):
        read(b"x" * (LARGEST_BYTES[Typ.PLAN] + 1), Typ.PLAN)
    with refusal(Refusal.TOO_LARGE):
        read(b"x" * (LARGEST_MESSAGE + 1))
    plan = canonical(message(Typ.PLAN, body={"x": "y" * LARGEST_BYTES[Typ.PLAN]}).to_json())
    with refusal(Refusal.TOO_LARGE):
        read(forged(plan))


def test_a_message_on_the_topic_of_another_type_is_refused() -> None:
    with refusal(Refusal.WRONG_TOPIC):
        read(signed(message(Typ.PLAN), ANNA), Typ.METER)


def edited(edit: Callable[[bytes], bytes]) -> bytes:
    return forged(edit(canonical(message(Typ.PLAN).to_json())))


@pytest.mark.parametrize(
    "edit",
    [
        lambda data: data.replace(b":", b": ", 1),
        lambda data: data.replace(b'"slot":1800000000', b'"slot":1.8e9'),
        lambda data: data.replace(b'"slot":1800000000', b'"slot":1800000000.0'),
        lambda data: data.replace(b'"slot":1800000000', b'"slot":NaN'),
        lambda data: data.replace(b'"slot":1800000000', b'"slot":-0'),
        lambda data: data.replace(b'"slot":1800000000', b'"slot":-Infinity'),
        lambda data: data.replace(b'"slot":1800000000', b'"slot":' + b"9" * 5000),
        lambda data: data.replace(b'"slot":1800000000', b'"slot":9999999999999999999'),
        lambda data: data.replace(b'"slot":', b'"slot":1,"slot":'),
        lambda data: data.replace(b'"net_wh":[', b'"net_wh":' + b"[" * 5000),
        lambda data: data.replace(b"plan", b"pl\xffan"),
        lambda data: data.replace(b"plan", rb"pl\u0061n"),
        lambda data: data.replace(b"plan", rb"pl\ud800n"),
        lambda data: data + b"\n",
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: b"",
        lambda data: data[:-1],
    ],
)
def test_a_member_who_does_not_keep_to_the_form_is_refused(
    edit: Callable[[bytes], bytes],
) -> None:
    with refusal(Refusal.MALFORMED):
        read(edited(edit))


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("v", 2, Refusal.OUT_OF_BOUNDS),
        ("v", True, Refusal.SCHEMA),
        ("slot", True, Refusal.SCHEMA),
        ("slot", None, Refusal.SCHEMA),
        ("slot", "1", Refusal.SCHEMA),
        ("slot", -1, Refusal.OUT_OF_BOUNDS),
        ("seq", -1, Refusal.OUT_OF_BOUNDS),
        ("ts", 2**62, Refusal.OUT_OF_BOUNDS),
        ("epoch", 10**7, Refusal.OUT_OF_BOUNDS),
        ("cid", "#", Refusal.SCHEMA),
        ("hid", "../../etc/passwd", Refusal.SCHEMA),
        ("hid", 5, Refusal.SCHEMA),
        ("typ", "plans", Refusal.SCHEMA),
        ("typ", [], Refusal.SCHEMA),
        ("body", [], Refusal.SCHEMA),
        ("body", None, Refusal.SCHEMA),
        ("more", 1, Refusal.SCHEMA),
    ],
)
def test_every_field_is_checked(key: str, value: object, code: Refusal) -> None:
    data = message(Typ.PLAN).to_json()
    assert isinstance(data, dict)
    with refusal(code):
        read(
            forged(json.dumps(data | {key: value}, sort_keys=True, separators=(",", ":")).encode())
        )


@pytest.mark.parametrize("data", [b"[]", b"1", b"null", b'"x"', b"{}"])
def test_other_json_is_no_message(data: bytes) -> None:
    with refusal(Refusal.SCHEMA):
        read(forged(data))


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b".",
        b"{}",
        b"A" * 86,
        b"A" * 85 + b".{}",
        b"A" * 87 + b".{}",
        b"\xff" * 86 + b".{}",
        b"=" * 86 + b".{}",
        b"A" * 85 + b"B.{}",
        b"A" * 85 + b"/.{}",
    ],
)
def test_a_message_without_a_signature_of_the_right_form_is_refused(payload: bytes) -> None:
    with refusal(Refusal.MALFORMED):
        read(payload)


def believed(payload: bytes, typ: Typ | None) -> Envelope | None:
    """Return what a coordinator would believe; anything but RefusedError fails the test."""
    try:
        found = read(payload, typ).verified(ROSTER).opened(COORDINATOR)
        if typ is not Typ.ROSTER:
            body_of(found)
    except RefusedError:
        return None
    return found


@given(st.binary(max_size=2000), st.none() | TYPES)
@example(b"A" * 86 + b"." + b"[" * 100_000, None)
@example(b"A" * 86 + b'.{"' + b'\\"' * 250_000, None)  # Would take minutes in quadratic time.
@example(b"A" * 86 + b"." + b'"' * 500_000 + b"\\", None)
@example(b"A" * 86 + b"." + b"[]" * 250_000, None)
@example(b"A" * 86 + b"." + b"-" * 500_000, None)
def test_no_bytes_are_believed_or_raise_anything_else(payload: bytes, typ: Typ | None) -> None:
    assert believed(payload, typ) is None


@given(TYPES, st.booleans(), st.data())
def test_no_mutation_of_a_valid_message_is_believed(
    typ: Typ, sealed: bool, data: st.DataObject
) -> None:
    to = ROSTER.coordinators if sealed else None
    payload = bytearray(signed(message(typ), sender(typ), to))
    places = st.integers(0, len(payload) - 1)
    flips = data.draw(st.dictionaries(places, st.integers(1, 255), min_size=1, max_size=4))
    for at, flip in flips.items():
        payload[at] ^= flip
    assert believed(bytes(payload), typ) is None


@given(TYPES, st.data())
def test_no_truncation_or_insertion_is_believed(typ: Typ, data: st.DataObject) -> None:
    payload = signed(message(typ), sender(typ))
    begin = data.draw(st.integers(0, len(payload) - 1))
    end = data.draw(st.integers(begin, len(payload) - 1))
    more = data.draw(st.binary(min_size=1, max_size=20))
    assert believed(payload[begin:end], typ) is None
    assert believed(payload[:begin] + more + payload[begin:], typ) is None
    assert believed(payload[:begin] + payload[end + 1 :], typ) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=8), inner, max_size=5)
    ),
    max_leaves=20,
)


@given(TYPES, JSON, st.data())
def test_a_hostile_member_raises_nothing_else(typ: Typ, value: object, data: st.DataObject) -> None:
    body = BODIES[typ].to_json()
    assert isinstance(body, dict)
    hostile = data.draw(
        st.sampled_from([value, {"x": value}, *({**body, key: value} for key in body)])
    )
    travels = message(typ).to_json()
    assert isinstance(travels, dict)
    text = json.dumps(travels | {"body": hostile}, sort_keys=True, separators=(",", ":"))
    believed(forged(text.encode("utf-8", "surrogatepass"), sender(typ)), typ)
