"""The roster: who belongs, signed by the organiser, one epoch a change."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.market.envelope import Envelope, read, signed
from custom_components.shems.core.market.identity import Identity
from custom_components.shems.core.market.refused import Refusal, RefusedError
from custom_components.shems.core.market.roster import Member, Roster
from custom_components.shems.core.market.rules import Rules
from custom_components.shems.core.market.strict import base64_text
from custom_components.shems.core.market.topics import LARGEST_BYTES, Typ

from .parties import (
    ANNA,
    BERT,
    CID,
    COORDINATOR,
    NOW,
    ORGANISER,
    ROSTER,
    STANDBY,
    STRANGER,
    member,
    message,
)


def refusal(code: Refusal) -> pytest.RaisesExc[RefusedError]:
    return pytest.raises(RefusedError, check=lambda error: error.code is code)


def test_a_roster_arrives_as_it_was_signed() -> None:
    payload = ROSTER.signed(ORGANISER, NOW * 1000)
    assert Roster.read(payload, ORGANISER.public, CID) == ROSTER
    assert Roster.read(payload, ORGANISER.public, CID, newest=ROSTER.epoch) == ROSTER


def test_an_older_roster_never_comes_back() -> None:
    payload = ROSTER.signed(ORGANISER, NOW * 1000)
    with refusal(Refusal.OLD_EPOCH):
        Roster.read(payload, ORGANISER.public, CID, newest=ROSTER.epoch + 1)


def test_nobody_but_the_organiser_makes_a_roster() -> None:
    with refusal(Refusal.WRONG_ROLE):
        ROSTER.signed(COORDINATOR, NOW * 1000)
    usurped = replace(ROSTER, organiser=STRANGER.public)
    with refusal(Refusal.UNKNOWN_MEMBER):
        Roster.read(usurped.signed(STRANGER, NOW * 1000), ORGANISER.public, CID)


def by_organiser(body: Any, **changes: Any) -> bytes:
    return signed(message(Typ.ROSTER, body=body, **changes), ORGANISER)


def test_a_roster_says_what_its_envelope_says() -> None:
    other = replace(ROSTER, cid="b" * 16)
    for payload in (
        other.signed(ORGANISER, NOW * 1000),
        by_organiser(other.to_json()),
        by_organiser(ROSTER.to_json(), cid="b" * 16),
    ):
        with refusal(Refusal.WRONG_COMMUNITY):
            Roster.read(payload, ORGANISER.public, CID)
    for payload in (
        by_organiser(ROSTER.to_json(), epoch=9),
        by_organiser(replace(ROSTER, organiser=STRANGER.public).to_json()),
    ):
        with refusal(Refusal.SCHEMA):
            Roster.read(payload, ORGANISER.public, CID)


def changed(**changes: Any) -> dict[str, Any]:
    value = ROSTER.to_json()
    assert isinstance(value, dict)
    return {**value, **changes}


def changed_member(**changes: Any) -> dict[str, Any]:
    value = ROSTER.members[2].to_json()
    assert isinstance(value, dict)
    return changed(members=[{**value, **changes}], order=[])


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ([], Refusal.SCHEMA),
        (changed(more=1), Refusal.SCHEMA),
        (changed(rules={}), Refusal.SCHEMA),
        (changed(rules={**Rules.of("AT").to_json(), "country": "NL"}), Refusal.SCHEMA),
        (changed(members=[*ROSTER.to_json()["members"]] * 2), Refusal.SCHEMA),  # type: ignore[index, call-overload, misc]  # is an object
        (changed(members=[{}] * 1025), Refusal.OUT_OF_BOUNDS),
        (changed(order=[]), Refusal.SCHEMA),
        (changed(order=[1]), Refusal.SCHEMA),
        (changed(order=["x"]), Refusal.SCHEMA),
        (changed(order=["a" * 16] * 5), Refusal.OUT_OF_BOUNDS),
        (changed(epoch=0), Refusal.OUT_OF_BOUNDS),
        (changed_member(role="king"), Refusal.SCHEMA),
        (changed_member(role=[]), Refusal.SCHEMA),
        (changed_member(key_ppm=1_000_001), Refusal.OUT_OF_BOUNDS),
        (changed_member(limit_wh=-1), Refusal.OUT_OF_BOUNDS),
        (changed_member(public=base64_text(bytes(64))), Refusal.SCHEMA),
        (changed_member(label=7), Refusal.SCHEMA),
    ],
)
def test_a_roster_that_does_not_fit_together_is_refused(body: Any, code: Refusal) -> None:
    with refusal(code):
        Roster.read(by_organiser(body), ORGANISER.public, CID)


@given(st.binary(max_size=300), st.integers(0, 500))
def test_no_bytes_make_a_roster(data: bytes, at: int) -> None:
    valid = ROSTER.signed(ORGANISER, NOW * 1000)
    for payload in (data, valid[:at], valid[:at] + data + b"\n" + valid[at:]):
        with pytest.raises(RefusedError):
            Roster.read(payload, ORGANISER.public, CID)


def test_members_come_and_go_and_every_change_is_an_epoch() -> None:
    home = member(STRANGER)
    grown = ROSTER.with_member(home)
    assert grown.epoch == ROSTER.epoch + 1
    assert home.hid in grown
    assert grown.member(home.hid) == home
    shrunk = grown.without_member(COORDINATOR.public.hid)
    assert shrunk.epoch == ROSTER.epoch + 2
    assert COORDINATOR.public.hid not in shrunk
    assert shrunk.coordinators == (STANDBY.public,)
    with refusal(Refusal.UNKNOWN_MEMBER):
        shrunk.without_member(COORDINATOR.public.hid)


def test_a_role_changes_the_order_of_coordinators() -> None:
    anna, standby = ANNA.public.hid, STANDBY.public.hid
    promoted = ROSTER.with_member(member(ANNA, "standby"))
    assert promoted.order == (*ROSTER.order, anna)
    again = promoted.with_member(member(ANNA, "coordinator", key_ppm=5))
    assert again.order == promoted.order
    assert again.with_member(member(ANNA)).order == ROSTER.order
    turned = ROSTER.with_order(*reversed(ROSTER.order))
    assert turned.coordinators == (STANDBY.public, COORDINATOR.public)
    with refusal(Refusal.SCHEMA):
        ROSTER.with_order(standby)


def test_whoever_is_removed_is_believed_no_more() -> None:
    sent = read(signed(message(Typ.PLAN), ANNA))
    assert sent.verified(ROSTER)
    with refusal(Refusal.UNKNOWN_MEMBER):
        sent.verified(ROSTER.without_member(ANNA.public.hid), oldest=0)


def test_other_rules_are_another_epoch() -> None:
    rules = Rules.of("AT", price=15_000_000)
    assert ROSTER.with_rules(rules).rules.hash != ROSTER.rules.hash
    assert ROSTER.with_rules(rules).epoch == ROSTER.epoch + 1


def test_a_member_is_named_by_its_keys_and_keys_share_no_more_than_all() -> None:
    with refusal(Refusal.SCHEMA):
        Member(BERT.public.hid, ANNA.public)
    with refusal(Refusal.OUT_OF_BOUNDS):
        member(ANNA, limit_wh=-1)
    with refusal(Refusal.OUT_OF_BOUNDS):
        ROSTER.with_member(member(ANNA, key_ppm=600_000)).with_member(member(BERT, key_ppm=400_001))


def test_a_thousand_homes_fit_into_one_message() -> None:
    members = []
    for number in range(1, 1025):
        keys = Identity.generate(number.to_bytes(2, "big") * 32)
        members.append(Member(keys.public.hid, keys.public, label="W" * 40))
    full = replace(ROSTER, members=tuple(members), order=())
    payload = full.signed(ORGANISER, NOW * 1000)
    assert len(payload) < LARGEST_BYTES[Typ.ROSTER]
    assert Roster.read(payload, ORGANISER.public, CID) == full
    with refusal(Refusal.OUT_OF_BOUNDS):
        full.with_member(member(ANNA))


def test_a_roster_message_names_its_epoch() -> None:
    envelope: Envelope = read(ROSTER.signed(ORGANISER, 5)).verified(ROSTER)
    assert (envelope.epoch, envelope.seq, envelope.ts) == (ROSTER.epoch, 5, 5)
