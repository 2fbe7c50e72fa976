"""The inbox: once, in time, not too many, where they belong."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.market.envelope import Envelope
from custom_components.shems.core.market.inbox import MOST_KEPT, MOST_PER_SLOT, Inbox
from custom_components.shems.core.market.refused import Refusal, RefusedError
from custom_components.shems.core.market.topics import LARGEST_BYTES, Typ

from .parties import (
    ANNA,
    BERT,
    COORDINATOR,
    NOW,
    ROSTER,
    SLOT,
    TOPICS,
    identity,
    message,
    topic,
)


def refusal(code: Refusal) -> pytest.RaisesExc[RefusedError]:
    return pytest.raises(RefusedError, check=lambda error: error.code is code)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox(TOPICS, ROSTER.rules)


def accept(inbox: Inbox, envelope: Envelope, now: float = NOW) -> float:
    return inbox.accept(envelope, topic(envelope), 500, now)


def at(envelope: Envelope, ms: int) -> Envelope:
    """Return it sent later, with a number of its own."""
    return replace(envelope, ts=envelope.ts + ms, seq=envelope.seq + ms)


@pytest.mark.parametrize("typ", Typ)
def test_each_message_is_taken_once(inbox: Inbox, typ: Typ) -> None:
    assert accept(inbox, message(typ)) == 0
    with refusal(Refusal.REPLAYED):
        accept(inbox, message(typ))
    accept(inbox, at(message(typ), 1))
    with refusal(Refusal.REPLAYED):
        accept(inbox, message(typ))
    assert inbox.refused == {Refusal.REPLAYED: 2}


@pytest.mark.parametrize("typ", Typ)
def test_nothing_is_taken_twice_by_a_node_that_was_restarted(inbox: Inbox, typ: Typ) -> None:
    accept(inbox, message(typ))
    kept = json.loads(json.dumps(inbox.to_json()))
    again = Inbox(TOPICS, ROSTER.rules).restored(kept)
    with refusal(Refusal.REPLAYED):
        accept(again, message(typ))
    assert again.refused == {Refusal.REPLAYED: 1}
    assert Inbox(TOPICS, ROSTER.rules).restored(again.to_json()).refused == again.refused


def test_slots_have_messages_of_their_own(inbox: Inbox) -> None:
    accept(inbox, message(Typ.METER))
    accept(inbox, message(Typ.METER, slot=SLOT - 1800, seq=1))


def test_the_highest_number_wins_until_the_gate(inbox: Inbox) -> None:
    order = message(Typ.ORDER, slot=SLOT + 900)
    gate = SLOT + 900 - ROSTER.rules.gate_s
    accept(inbox, replace(order, ts=(gate - 2) * 1000, seq=7), gate - 2)
    with refusal(Refusal.REPLAYED):
        accept(inbox, replace(order, ts=(gate - 1) * 1000, seq=6), gate - 1)
    with refusal(Refusal.LATE):
        accept(inbox, replace(order, ts=gate * 1000, seq=8), gate)


@pytest.mark.parametrize("seconds", [-130, 130])
def test_a_clock_that_is_far_off_is_refused(inbox: Inbox, seconds: int) -> None:
    with refusal(Refusal.SKEWED):
        accept(inbox, at(message(Typ.PLAN), seconds * 1000))


@pytest.mark.parametrize("seconds", [-110, -40, 0, 110])
def test_a_clock_that_is_a_little_off_is_told(inbox: Inbox, seconds: int) -> None:
    assert accept(inbox, at(message(Typ.PLAN), seconds * 1000)) == seconds


@pytest.mark.parametrize(
    "typ", [Typ.STATUS, Typ.OUTLOOK, Typ.ROSTER, Typ.RESULT, Typ.PUBLIC_RESULT, Typ.LEASE]
)
def test_what_waited_at_the_broker_is_taken_and_what_is_ahead_is_not(
    inbox: Inbox, typ: Typ
) -> None:
    assert accept(inbox, message(typ), NOW + 86_400) == -86_400
    with refusal(Refusal.SKEWED):
        accept(inbox, at(message(typ), 500_000), NOW + 379)


@given(st.integers(-120_000, 120_000), st.integers(0, 1000))
def test_no_repetition_is_taken_however_late(ahead: int, wait: int) -> None:
    inbox = Inbox(TOPICS, ROSTER.rules)
    sent = at(message(Typ.PLAN), ahead)
    accept(inbox, sent)
    for later in range(0, wait, 50):  # Others come in between.
        accept(inbox, at(message(Typ.PLAN, BERT), later * 1000), NOW + later)
    with pytest.raises(RefusedError):
        accept(inbox, sent, NOW + wait)


@pytest.mark.parametrize("typ", [Typ.PLAN, Typ.STATUS])
def test_one_member_cannot_flood_and_leaves_the_others_their_due(inbox: Inbox, typ: Typ) -> None:
    for number in range(MOST_PER_SLOT):
        accept(inbox, at(message(typ), number))
    with refusal(Refusal.RATE):
        accept(inbox, at(message(typ), 100))
    accept(inbox, message(typ, BERT))
    accept(inbox, at(message(typ), 900_000), NOW + 900)


def test_many_names_cannot_flood_with_requests(inbox: Inbox) -> None:
    for number in range(10, 10 + MOST_PER_SLOT):
        accept(inbox, message(Typ.JOIN, identity(number)))
    with refusal(Refusal.RATE):
        accept(inbox, message(Typ.JOIN, identity(99)))
    accept(inbox, message(Typ.PLAN))


def test_a_coordinator_may_send_the_final_figures_of_days_at_once(inbox: Inbox) -> None:
    for back in range(500):
        accept(inbox, message(Typ.RESULT, slot=SLOT - back * 900), NOW)


@pytest.mark.parametrize(
    ("envelope", "where", "code"),
    [
        (message(Typ.PLAN), TOPICS.of(Typ.PLAN, BERT.public.hid), Refusal.WRONG_TOPIC),
        (message(Typ.PLAN), TOPICS.of(Typ.METER, ANNA.public.hid), Refusal.WRONG_TOPIC),
        (message(Typ.PUBLIC_RESULT), TOPICS.of(Typ.PUBLIC_RESULT, slot=900), Refusal.WRONG_TOPIC),
        (message(Typ.PLAN), "shems/v1/x/y/plan", Refusal.WRONG_COMMUNITY),
        (message(Typ.PLAN, slot=SLOT + 1), topic(message(Typ.PLAN)), Refusal.OUT_OF_BOUNDS),
        (message(Typ.PLAN, slot=SLOT + 900 * 200), topic(message(Typ.PLAN)), Refusal.EARLY),
        (message(Typ.METER, slot=SLOT), topic(message(Typ.METER)), Refusal.EARLY),
        (message(Typ.METER, slot=SLOT - 900 * 193), topic(message(Typ.METER)), Refusal.LATE),
    ],
)
def test_what_is_out_of_place_or_time_is_refused(
    inbox: Inbox, envelope: Envelope, where: str, code: Refusal
) -> None:
    with refusal(code):
        inbox.accept(envelope, where, 500, NOW)
    assert inbox.refused == {code: 1}


def test_a_coordinator_writes_results_into_the_branches_of_homes(inbox: Inbox) -> None:
    result = message(Typ.RESULT, COORDINATOR)
    inbox.accept(result, TOPICS.of(Typ.RESULT, ANNA.public.hid), 500, NOW)


def test_what_is_too_large_is_refused(inbox: Inbox) -> None:
    plan = message(Typ.PLAN)
    with refusal(Refusal.TOO_LARGE):
        inbox.accept(plan, topic(plan), LARGEST_BYTES[Typ.PLAN] + 1, NOW)


def test_two_days_of_meters_can_be_sent_again(inbox: Inbox) -> None:
    for back in range(1, 193):
        now = NOW + back * 60
        late = message(Typ.METER, slot=SLOT - back * 900 + 14400, ts=now * 1000, seq=back)
        if late.slot + 900 <= now:
            accept(inbox, late, now)
    assert not inbox.refused


def test_memory_is_bounded(inbox: Inbox) -> None:
    for back in range(MOST_KEPT + 10):
        accept(inbox, message(Typ.RESULT, slot=SLOT - back * 900))
    kept = inbox.to_json()
    assert isinstance(kept, dict)
    ((_, _, seen),) = kept["seen"]  # type: ignore[misc]  # one sender
    assert len(seen) == MOST_KEPT
    assert min(seen)[0] == SLOT - (MOST_KEPT - 1) * 900


def test_who_left_is_forgotten(inbox: Inbox) -> None:
    accept(inbox, message(Typ.STATUS))
    accept(inbox, message(Typ.STATUS, BERT))
    inbox.forget({BERT.public.hid})
    assert inbox.to_json() == {
        "seen": [[BERT.public.hid, "status", [[0, NOW * 1000]]]],
        "refused": {},
    }


def test_what_was_refused_elsewhere_is_counted_too(inbox: Inbox) -> None:
    inbox.note(RefusedError(Refusal.BAD_SIGNATURE, "somebody"))
    assert inbox.refused[Refusal.BAD_SIGNATURE] == 1


@pytest.mark.parametrize(
    "value",
    [
        None,
        {"seen": []},
        {"seen": 1, "refused": {}},
        {"seen": [1], "refused": {}},
        {"seen": [["a", "plans", []]], "refused": {}},
        {"seen": [["a", "plan", [1]]], "refused": {}},
        {"seen": [["a", "plan", [[1, 2, 3]]]], "refused": {}},
        {"seen": [["a", "plan", [[1, -1]]]], "refused": {}},
        {"seen": [], "refused": []},
        {"seen": [], "refused": {"bored": 1}},
        {"seen": [], "refused": {"late": -1}},
    ],
)
def test_a_torn_memory_is_refused(inbox: Inbox, value: object) -> None:
    with pytest.raises(RefusedError):
        inbox.restored(value)  # type: ignore[arg-type]  # a file may hold anything
