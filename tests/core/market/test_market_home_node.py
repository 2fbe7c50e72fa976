"""What a home of a community sends, when, and what it makes of what it hears."""

import json
from dataclasses import replace
from itertools import pairwise

import pytest

from custom_components.shems.core.market.bodies import (
    Lease,
    Outlook,
    PublicResult,
    Purpose,
    Result,
    Side,
    SlotState,
)
from custom_components.shems.core.market.envelope import Envelope, read, signed
from custom_components.shems.core.market.home import HomeNode
from custom_components.shems.core.market.inbox import MOST_PER_SLOT
from custom_components.shems.core.market.outgoing import Outgoing
from custom_components.shems.core.market.topics import Topics, Typ

from .network import ALL, BEGIN, CID, World, identity, member_world, roster

SLOT_S = 900
TOPICS = Topics(CID)
COORDINATOR = identity(0)


def types(sent: list[Outgoing]) -> list[str]:
    return [read(each.payload).envelope.typ for each in sent]


def from_coordinator(
    typ: Typ, body: object, now: float, slot: int = 0, by: int = 0, **to: object
) -> tuple[str, bytes]:
    """Return a message of a coordinator and its topic; `to` is the home it is sealed to."""
    sender = identity(by)
    envelope = Envelope(
        CID, sender.public.hid, typ, slot, int(now * 1000), int(now * 1000), 1, body.to_json()
    )
    home = to.get("to")
    hid = home.public.hid if home else ""
    payload = signed(envelope, sender, home.public if home else None)
    return TOPICS.of(typ, hid, slot), payload


def lead(node: HomeNode, now: float, wants: int = 0, since: int = 1) -> list[Outgoing]:
    """Let the coordinator hold a lease."""
    body = Lease(since, int(now) + 90, wants)
    return node.receive(*from_coordinator(Typ.LEASE, body, now), now)


def home(**rules: object) -> HomeNode:
    return HomeNode(identity(3), roster(4, **rules))


def row(node: HomeNode, slot: int, rev: int = 0, imported: int = 0, **changes: object) -> Result:
    """Return a row that leaves everything with the grid."""
    said = Result(
        SlotState.PROVISIONAL, rev, imported, 0, 0, 0, imported, 0, 0, None,
        node.roster.rules.fee, 0, 0, 0, bytes(16), 0, 1, (),
    )  # fmt: skip
    return replace(said, **changes)


def test_without_consent_nothing_of_that_kind_is_sent() -> None:
    node = home(mode="p2p")
    lead(node, BEGIN)
    assert node.plan(BEGIN, SLOT_S, [100], BEGIN) == []
    assert node.meter(BEGIN - SLOT_S, 100, 0, BEGIN) == []
    assert node.order(BEGIN + 3600, Side.BID, [(100, 1)], BEGIN) == []
    assert node.tick(BEGIN + 1) == []
    assert types(node.consent(frozenset({Purpose.PLANNING}), BEGIN)) == ["consent"]
    assert types(node.plan(BEGIN, SLOT_S, [100], BEGIN)) == ["plan"]
    assert node.meter(BEGIN - SLOT_S, 100, 0, BEGIN) == []


def test_withdrawn_consent_forgets_what_was_to_be_sent() -> None:
    node = home(mode="p2p")
    node.consent(ALL, BEGIN)
    node.plan(BEGIN, SLOT_S, [100], BEGIN)
    node.meter(BEGIN - SLOT_S, 100, 0, BEGIN)
    node.order(BEGIN + 3600, Side.BID, [(100, 1)], BEGIN)
    assert node.unsent == 1
    node.consent(frozenset(), BEGIN)
    assert node.unsent == 0
    assert types(lead(node, BEGIN + 1)) == ["consent"]


def test_what_could_not_be_sent_is_sent_once_somebody_coordinates() -> None:
    node = home(mode="p2p")
    node.consent(ALL, BEGIN)
    assert node.plan(BEGIN, SLOT_S, [100], BEGIN) == []
    assert node.meter(BEGIN - SLOT_S, 100, 0, BEGIN) == []
    assert node.order(BEGIN + 3600, Side.BID, [(100, 1)], BEGIN) == []
    sent = lead(node, BEGIN + 1)
    assert types(sent) == ["consent", "plan", "order", "meter"]
    assert all(read(each.payload).envelope.sealed for each in sent)


def test_an_unconfirmed_meter_is_sent_again_ever_more_rarely_for_two_days() -> None:
    node = home()
    node.consent(ALL, BEGIN)
    lead(node, BEGIN)
    slot = BEGIN - SLOT_S
    node.meter(slot, 100, 0, BEGIN)
    sent_at = []
    now = float(BEGIN)
    while now < BEGIN + 3 * 3600:
        now = max(node.next_at(now), now + 1)
        lead(node, now)
        sent_at += [now for each in node.tick(now) if "meter" in each.topic]
    waits = [b - a for a, b in pairwise(sent_at)]
    assert waits[0] < 200 < waits[5] <= 1900
    assert node.unsent == 1
    lead(node, slot + 48 * 3600 + 1)
    assert "meter" not in types(node.tick(slot + 48 * 3600 + 1))
    assert node.unsent == 0


def test_a_result_with_our_figures_ends_the_repetition_and_one_without_starts_it_again() -> None:
    node = home()
    node.consent(ALL, BEGIN)
    lead(node, BEGIN)
    slot = BEGIN - SLOT_S
    node.meter(slot, 100, 0, BEGIN)
    for rev, imported, unsent in ((0, 100, 0), (1, 0, 1), (2, 100, 0)):
        body = row(node, slot, rev, imported)
        now = BEGIN + 10.0 + rev
        node.receive(*from_coordinator(Typ.RESULT, body, now, slot, to=identity(3)), now)
        assert node.unsent == unsent
    assert [each.code for each in node.take_events()].count("result") == 3
    assert node.take_events() == []


def test_a_final_result_ends_the_repetition_whatever_it_says() -> None:
    node = home()
    node.consent(ALL, BEGIN)
    lead(node, BEGIN)
    slot = BEGIN - SLOT_S
    node.meter(slot, 100, 0, BEGIN)
    body = row(node, slot, 1, 99, state=SlotState.FINAL)
    node.receive(*from_coordinator(Typ.RESULT, body, BEGIN, slot, to=identity(3)), BEGIN)
    assert node.unsent == 0
    older = row(node, slot, 0, 55)
    node.receive(*from_coordinator(Typ.RESULT, older, BEGIN + 1, slot, to=identity(3)), BEGIN + 1)
    assert node.views[slot].result == body
    unknown = row(node, slot - SLOT_S, 0, 5)
    node.receive(
        *from_coordinator(Typ.RESULT, unknown, BEGIN, slot - SLOT_S, to=identity(3)), BEGIN
    )
    assert node.unsent == 0


def test_other_figures_of_the_same_meter_are_its_next_revision() -> None:
    node = home()
    node.consent(ALL, BEGIN)
    lead(node, BEGIN)
    slot = BEGIN - SLOT_S
    assert len(node.meter(slot, 100, 0, BEGIN)) == 1
    assert node.meter(slot, 100, 0, BEGIN + 1) == []
    assert len(node.meter(slot, 120, 0, BEGIN + 2)) == 1


def test_a_coordinator_that_was_away_gets_what_it_missed_within_the_limit_of_messages() -> None:
    node = home()
    node.consent(ALL, BEGIN)
    lead(node, BEGIN)
    for number in range(1, 101):
        slot = BEGIN - number * SLOT_S
        node.meter(slot, 100, 0, BEGIN + number)
        body = row(node, slot, 0, 100)
        node.receive(*from_coordinator(Typ.RESULT, body, BEGIN, slot, to=identity(3)), BEGIN)
    assert node.unsent == 0
    sent = lead(node, BEGIN + 900, BEGIN - 50 * SLOT_S, 2)
    now, count = BEGIN + 900.0, len(sent)
    assert node.unsent == 50
    while now < BEGIN + 1799:
        now = max(node.next_at(now), now + 1)
        count += len(lead(node, now, BEGIN - 50 * SLOT_S, 2)) + len(node.tick(now))
    assert 8 < count <= MOST_PER_SLOT


def test_an_order_is_repeated_until_its_gate_and_not_taken_after_it() -> None:
    node = home(mode="p2p")
    node.consent(ALL, BEGIN)
    lead(node, BEGIN)
    slot = BEGIN + SLOT_S
    assert types(node.order(slot, Side.BID, [(100, 1)], BEGIN)) == ["order"]
    seen = []
    now = float(BEGIN)
    while now < slot:
        now = max(node.next_at(now), now + 1)
        lead(node, now)
        seen += [now for each in node.tick(now) if each.topic.endswith("order")]
    assert 3 < len(seen) < 8
    assert seen[-1] < slot - node.roster.rules.gate_s
    assert node.order(slot, Side.BID, [(100, 1)], slot - 299) == []


def test_a_node_never_uses_a_number_twice_not_even_from_a_backup() -> None:
    node = home()
    backup = json.loads(json.dumps(node.state()))
    used = [read(node.will(BEGIN + 5).payload).envelope.seq for _ in range(3)]
    assert used == sorted(set(used))
    restored = HomeNode(identity(3), node.roster, backup)
    assert read(restored.will(BEGIN + 6).payload).envelope.seq > used[-1]
    # With a clock that was set back it learns from its own retained message.
    behind = HomeNode(identity(3), node.roster, backup)
    last = node.will(BEGIN + 100)
    behind.receive(last.topic, last.payload, BEGIN - 1000.0)
    number = read(behind.will(BEGIN - 1000).payload).envelope.seq
    assert number > read(last.payload).envelope.seq


def test_its_state_survives_a_restart() -> None:
    node = home(mode="p2p")
    node.consent(ALL, BEGIN)
    node.plan(BEGIN, SLOT_S, [100, -50], BEGIN)
    node.meter(BEGIN - SLOT_S, 100, 20, BEGIN)
    node.order(BEGIN + 3600, Side.OFFER, [(100, 5)], BEGIN)
    again = HomeNode(identity(3), node.roster, json.loads(json.dumps(node.state())))
    assert again.state() == node.state()
    assert types(lead(again, BEGIN + 1)) == ["consent", "plan", "order", "meter"]


def test_a_skewed_clock_is_told_once_by_the_least_delayed_of_several_leases() -> None:
    node = home()
    for number in range(4):
        now = BEGIN + 30.0 * number
        late = 100.0 if number == 1 else 0.0
        body = Lease(1, int(now) + 90)
        topic, payload = from_coordinator(Typ.LEASE, body, now - 40)
        node.receive(topic, payload, now + late)
    assert node.skew == pytest.approx(40, abs=1)
    assert [each.code for each in node.take_events()] == ["skewed"]
    for number in range(10):
        lead(node, BEGIN + 200.0 + number)
    assert [each.code for each in node.take_events()] == ["skew_over"]


def test_an_outlook_comes_with_the_own_part_that_is_in_it() -> None:
    node = home()
    node.consent(ALL, BEGIN)
    lead(node, BEGIN)
    node.plan(BEGIN, SLOT_S, [100, 200], BEGIN)
    body = Outlook(SLOT_S, 6, 5, (500, 600), (0, 0))
    node.receive(*from_coordinator(Typ.OUTLOOK, body, BEGIN + 10, BEGIN), BEGIN + 10)
    node.plan(BEGIN, SLOT_S, [300, 400], BEGIN + 20)
    assert node.outlook is not None
    assert node.outlook.own == (BEGIN, (100, 200))
    assert node.outlook.body == body
    older = from_coordinator(Typ.OUTLOOK, body, BEGIN + 5, BEGIN, by=1)
    node.receive(*older, BEGIN + 21)
    assert node.outlook.issued == BEGIN + 10
    newest = from_coordinator(Typ.OUTLOOK, body, BEGIN + 30, BEGIN)
    node.receive(*newest, BEGIN + 30)
    assert node.outlook.own == (BEGIN, (300, 400))
    # Sums that go further than the own plan are those of the others.
    longer = Outlook(SLOT_S, 6, 5, (500, 600, 700), (0, 0, 0))
    node.receive(*from_coordinator(Typ.OUTLOOK, longer, BEGIN + 40, BEGIN), BEGIN + 40)
    assert node.outlook.own is None


def test_a_plan_never_says_more_than_the_connection_carries() -> None:
    world = member_world(3)
    world.say("home2", world.home(2).plan(BEGIN, SLOT_S, [99_999, -99_999, 5], world.now))
    world.run(60)
    assert world.coordinator().refused == {}


def test_who_leaves_or_is_removed_falls_silent() -> None:
    node = home()
    node.consent(ALL, BEGIN)
    lead(node, BEGIN)
    assert types(node.leave(True, BEGIN)) == ["leave"]
    assert node.meter(BEGIN - SLOT_S, 5, 0, BEGIN) == []
    assert node.connected(BEGIN) == []
    out = node.roster.without_member(node.hid)
    assert node.adopt(out, BEGIN) == []
    assert node.leave(False, BEGIN) == []
    assert [each.code for each in node.take_events()] == ["roster", "left"]
    removed = home()
    removed.consent(ALL, BEGIN)
    lead(removed, BEGIN)
    removed.adopt(out, BEGIN)
    assert [each.code for each in removed.take_events()] == ["roster", "removed"]
    assert removed.plan(BEGIN, SLOT_S, [5], BEGIN) == []
    assert removed.connected(BEGIN) == []


def test_a_new_roster_is_followed_if_the_organiser_signed_it() -> None:
    node = home()
    node.consent(ALL, BEGIN)
    lead(node, BEGIN)
    newer = node.roster.with_rules(node.roster.rules.changed(gate_s=400))
    topic = TOPICS.of(Typ.ROSTER)
    node.receive(topic, newer.signed(identity(0), BEGIN * 1000), BEGIN)
    assert node.roster == newer
    assert node.inbox.rules.gate_s == 400
    # The same again, an older one and a stranger's change nothing.
    node.receive(topic, newer.signed(identity(0), BEGIN * 1000), BEGIN)
    node.receive(topic, roster(4).signed(identity(0), BEGIN * 1000), BEGIN)
    forged = replace(newer, epoch=9, organiser=identity(8).public)
    node.receive(topic, forged.signed(identity(8), BEGIN * 1000), BEGIN)
    assert node.roster == newer
    assert sum(node.refused.values()) == 2


def test_two_that_contradict_each_other_void_a_slot_until_final_figures_come() -> None:
    node = home()
    slot = BEGIN - SLOT_S
    said = PublicResult(SlotState.PROVISIONAL, 0, 4, 10, 10, 10, 5, bytes(32), bytes(32))
    other = replace(said, shared_wh=9)
    node.receive(*from_coordinator(Typ.PUBLIC_RESULT, said, BEGIN, slot), BEGIN)
    assert node.views[slot].state is SlotState.PROVISIONAL
    for number in range(2):
        now = BEGIN + 1.0 + number
        node.receive(*from_coordinator(Typ.PUBLIC_RESULT, other, now, slot, 1), now)
    assert node.views[slot].state is SlotState.VOID
    assert [each.code for each in node.take_events()] == ["public_result", "conflict"]
    final = replace(said, rev=1, state=SlotState.FINAL)
    node.receive(*from_coordinator(Typ.PUBLIC_RESULT, final, BEGIN + 9, slot), BEGIN + 9)
    assert node.views[slot].state is SlotState.FINAL


def test_a_row_in_anothers_branch_is_not_taken() -> None:
    node = home()
    slot = BEGIN - SLOT_S
    topic, payload = from_coordinator(Typ.RESULT, row(node, slot), BEGIN, slot, to=identity(3))
    wrong = topic.replace(node.hid, identity(2).public.hid)
    assert node.receive(wrong, payload, BEGIN) == []
    assert node.refused == {"wrong_topic": 1}
    assert node.verify(slot) is None


def test_slots_of_two_days_ago_are_forgotten() -> None:
    node = home()
    slot = BEGIN - SLOT_S
    node.receive(*from_coordinator(Typ.RESULT, row(node, slot), BEGIN, slot, to=identity(3)), BEGIN)
    node.tick(BEGIN + 1)
    assert slot in node.views
    node.tick(BEGIN + 3 * 86_400)
    assert node.views == {}


def test_a_quiet_community_hears_consent_again_each_hour() -> None:
    world = member_world(2)
    before = sum(topic.endswith("consent") for topic, _ in world.captured)
    world.run(3600 + 300)
    after = sum(topic.endswith("consent") for topic, _ in world.captured)
    assert after - before == 2


def test_its_will_says_that_it_is_gone() -> None:
    world = World(roster(3))
    world.run(5)
    world.connect("home2")
    world.run(1)
    hid = world.roster.members[2].hid
    assert hid in world.coordinator().online
    world.say("home2", [world.home(2).will(world.now)])
    world.run(1)
    assert hid not in world.coordinator().online
