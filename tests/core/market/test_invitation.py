"""Invitations: short, signed, used once; and the answer to one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.market import invitation as inviting
from custom_components.shems.core.market.bodies import Join
from custom_components.shems.core.market.envelope import signed
from custom_components.shems.core.market.invitation import (
    Invitation,
    OpenInvitations,
    new_cid,
    read_join,
)
from custom_components.shems.core.market.refused import Refusal, RefusedError
from custom_components.shems.core.market.strict import base64_bytes, base64_text
from custom_components.shems.core.market.topics import Topics, Typ

from .parties import ANNA, BERT, BODIES, CID, NOW, ORGANISER, SALT, message

INVITATION = Invitation.make(ORGANISER, CID, "Söder Mälarstrand", NOW + 3600, SALT)


def refusal(code: Refusal) -> pytest.RaisesExc[RefusedError]:
    return pytest.raises(RefusedError, check=lambda error: error.code is code)


def test_an_invitation_is_read_from_its_text_however_it_was_wrapped() -> None:
    text = INVITATION.text
    assert text.startswith("shems1:")
    assert len(text) < 300
    wrapped = "\n ".join(text[at : at + 40] for at in range(0, len(text), 40))
    assert Invitation.read(text) == Invitation.read(f" {wrapped}\n") == INVITATION
    assert INVITATION.organiser.fingerprint == ORGANISER.public.fingerprint


def test_the_longest_name_still_fits() -> None:
    longest = Invitation.make(ORGANISER, CID, "\U0001f31e" * 40, NOW)
    assert Invitation.read(longest.text) == longest
    assert len(longest.text) <= inviting.LONGEST


def test_the_token_is_shown_by_no_log() -> None:
    assert repr(SALT) not in repr(INVITATION)


def test_names_of_communities_are_new_and_fit_into_topics() -> None:
    assert Topics(new_cid()) != Topics(new_cid())
    assert new_cid(bytes(10)) == "a" * 16


def test_an_invitation_expires() -> None:
    INVITATION.valid(NOW)
    with refusal(Refusal.EXPIRED):
        INVITATION.valid(NOW + 3600)


def altered(at: int, new: bytes) -> str:
    data = bytearray(base64_bytes(INVITATION.text.removeprefix("shems1:")))
    data[at : at + len(new)] = new
    return "shems1:" + base64_text(bytes(data))


@given(st.integers(1, 150), st.integers(1, 255))
def test_a_changed_invitation_is_refused(at: int, flip: int) -> None:
    data = base64_bytes(INVITATION.text.removeprefix("shems1:"))
    with pytest.raises(RefusedError):
        Invitation.read(altered(at, bytes([data[at] ^ flip])))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", Refusal.MALFORMED),
        ("shems2:AAAA", Refusal.MALFORMED),
        ("shems1:", Refusal.MALFORMED),
        ("shems1:!", Refusal.MALFORMED),
        ("shems1:" + "A" * 200, Refusal.MALFORMED),
        ("shems1:" + "A" * 600, Refusal.MALFORMED),
        ("shems1:" + "A" * 1200, Refusal.TOO_LARGE),
        (altered(0, b"\x02"), Refusal.MALFORMED),
        (altered(96, b"\xff"), Refusal.MALFORMED),
        (altered(96, b"\n"), Refusal.SCHEMA),
        (altered(100, b"x"), Refusal.BAD_SIGNATURE),
    ],
)
def test_other_texts_are_refused(text: str, code: Refusal) -> None:
    with refusal(code):
        Invitation.read(text)


@given(st.text(max_size=300), st.binary(max_size=300))
def test_no_text_raises_anything_else(text: str, data: bytes) -> None:
    for each in (text, "shems1:" + text, "shems1:" + base64_text(b"\x01" + data)):
        with pytest.raises(RefusedError):
            Invitation.read(each)


def test_a_token_is_used_once_and_before_it_expires() -> None:
    join = Join(ANNA.public, SALT)
    opened = OpenInvitations().with_invitation(INVITATION, NOW)
    assert OpenInvitations.from_json(opened.to_json()) == opened
    used = opened.redeemed(join, NOW)
    with refusal(Refusal.EXPIRED):
        used.redeemed(join, NOW)
    with refusal(Refusal.EXPIRED):
        opened.redeemed(join, NOW + 3600)
    with refusal(Refusal.EXPIRED):
        opened.redeemed(Join(ANNA.public, bytes(16)), NOW)


def test_open_invitations_are_bounded_and_forgotten_when_they_expire() -> None:
    full = OpenInvitations({str(each): NOW + 10 for each in range(inviting.MOST_OPEN)})
    with refusal(Refusal.RATE):
        full.with_invitation(INVITATION, NOW)
    assert len(full.with_invitation(INVITATION, NOW + 10).expires) == 1


@pytest.mark.parametrize("value", [None, [], {"a": "b"}, {"a": True}, {"a": -1}])
def test_a_file_of_invitations_of_another_form_is_refused(value: object) -> None:
    with pytest.raises(RefusedError):
        OpenInvitations.from_json(value)  # type: ignore[arg-type]  # a file may hold anything


def test_the_organiser_reads_who_asks_to_join() -> None:
    sent = message(Typ.JOIN)
    payload = signed(sent, ANNA, ORGANISER.public)
    assert read_join(payload, ORGANISER, CID) == (sent, BODIES[Typ.JOIN])


def test_whoever_asks_must_own_the_keys_it_names() -> None:
    with refusal(Refusal.UNKNOWN_MEMBER):  # Bert sends what names Anna's keys.
        read_join(signed(message(Typ.JOIN, BERT), BERT, ORGANISER.public), ORGANISER, CID)
    for sealed_to in (None, BERT.public):
        with refusal(Refusal.NOT_SEALED_FOR_US):
            read_join(signed(message(Typ.JOIN), ANNA, sealed_to), ORGANISER, CID)
    elsewhere = message(Typ.JOIN, cid="b" * 16)
    with refusal(Refusal.WRONG_COMMUNITY):
        read_join(signed(elsewhere, ANNA, ORGANISER.public), ORGANISER, CID)
    with refusal(Refusal.WRONG_TOPIC):
        read_join(signed(message(Typ.LEAVE), ANNA), ORGANISER, CID)
