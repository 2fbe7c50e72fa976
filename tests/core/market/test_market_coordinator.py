"""What a coordinator makes of its members' messages, on time, late, false or missing."""

import json
from dataclasses import replace

from custom_components.shems.core.market.bodies import (
    Meter,
    Order,
    Plan,
    PublicResult,
    Purpose,
    Side,
    SlotState,
)
from custom_components.shems.core.market.coordinator import CoordinatorNode
from custom_components.shems.core.market.entries import Entry, current, imbalances
from custom_components.shems.core.market.envelope import Envelope, signed
from custom_components.shems.core.market.outgoing import Outgoing
from custom_components.shems.core.market.roster import Member
from custom_components.shems.core.market.settle import Row
from custom_components.shems.core.market.topics import Topics, Typ

from .network import (
    ALL,
    BEGIN,
    CID,
    LIMIT_WH,
    Ledger,
    Perfect,
    World,
    identity,
    member_world,
    roster,
)

SLOT_S = 900
TOPICS = Topics(CID)


def metered(world: World, slot: int, *figures: tuple[int, int] | None) -> None:
    """Let homes tell what they metered; None says nothing."""
    for number, each in enumerate(figures):
        if each is not None:
            node = world.home(number)
            world.say(f"home{number}", node.meter(slot, *each, world.now))


def until(world: World, at: float) -> None:
    world.run(at - world.now)


def rows(world: World, slot: int, name: str = "coord0") -> dict[str, Row]:
    """Return what counts of a slot."""
    entries = [each for each in current(world.ledgers[name].entries) if each.slot == slot]
    return {each.hid: each.row for each in entries if each.row is not None}


def said(world: World, body: object, typ: Typ, slot: int, by: int = 1) -> None:
    """Let a member send what its own node never would."""
    sender = identity(by)
    stamp = int(world.now * 1000) + 10
    epoch = world.roster.epoch
    envelope = Envelope(CID, sender.public.hid, typ, slot, stamp, stamp, epoch, body.to_json())
    payload = signed(envelope, sender, world.roster.coordinators)
    world.publish(f"home{by}", Outgoing(TOPICS.of(typ, sender.public.hid, slot), payload))
    world.run(1)


def events(world: World, name: str = "coord0") -> list[str]:
    return [each.code for each in world.peers[name].node.take_events()]


def test_a_slot_is_shared_pro_rata_and_every_member_can_prove_its_row() -> None:
    world = member_world(4)
    until(world, BEGIN + SLOT_S + 5)
    metered(world, BEGIN, (0, 600), (300, 0), (500, 0), (0, 0))
    until(world, BEGIN + SLOT_S + 400)
    shared = rows(world, BEGIN)
    hids = [each.hid for each in world.roster.members]
    assert [shared[each].from_community for each in hids] == [0, 225, 375, 0]
    assert shared[hids[0]].to_community == 600
    assert not imbalances(world.ledgers["coord0"].entries)
    assert world.ledgers["coord1"].digest == world.ledgers["coord0"].digest
    for number in range(4):
        verdict = world.home(number).verify(BEGIN)
        assert verdict is not None
        assert verdict.sound
        assert (verdict.included, verdict.metered) == (True, True)
        assert (verdict.adds_up, verdict.recomputed) == (True, True)


def test_a_static_key_shares_by_the_members_parts() -> None:
    base = roster(3, key="static")
    people = tuple(
        replace(each, key_ppm=part)
        for each, part in zip(base.members, (0, 250_000, 750_000), strict=True)
    )
    base = replace(base, members=people)
    world = World(base)
    world.run(1)
    for number in range(3):
        world.say(f"home{number}", world.home(number).consent(ALL, world.now))
    until(world, BEGIN + SLOT_S + 5)
    metered(world, BEGIN, (0, 1000), (500, 0), (500, 0))
    until(world, BEGIN + SLOT_S + 400)
    shared = rows(world, BEGIN)
    assert [shared[each.hid].from_community for each in people] == [0, 250, 500]
    assert world.home(1).verify(BEGIN).sound


def test_a_missing_meter_counts_as_nothing_and_is_said_until_it_comes() -> None:
    world = member_world(4)
    until(world, BEGIN + SLOT_S + 5)
    metered(world, BEGIN, (0, 600), (300, 0), None, (0, 0))
    until(world, BEGIN + SLOT_S + 400)
    silent = world.roster.members[2].hid
    assert rows(world, BEGIN)[silent].import_wh == 0
    assert world.home(0).views[BEGIN].sums.missing == 1
    assert "missing" in events(world)
    metered(world, BEGIN, None, None, (500, 0), None)
    world.run(60)
    assert rows(world, BEGIN)[silent].from_community == 375
    sums = world.home(0).views[BEGIN].sums
    assert (sums.missing, sums.rev, sums.state) == (0, 1, SlotState.PROVISIONAL)
    assert [world.home(number).unsent for number in range(4)] == [0] * 4


def test_the_grid_operators_figures_are_final() -> None:
    world = member_world(3)
    until(world, BEGIN + SLOT_S + 5)
    metered(world, BEGIN, (0, 600), (300, 0), (500, 0))
    until(world, BEGIN + SLOT_S + 400)
    node, hids = world.coordinator(), [each.hid for each in world.roster.members]
    price, fee = world.roster.rules.price, world.roster.rules.fee
    final = [
        Entry(CID, BEGIN, 0, "final", row)
        for row in (
            Row(hids[0], 0, 610, 0, 610, 0, 0, price, fee, -610 * price, 0, 0),
            Row(hids[1], 310, 0, 300, 0, 10, 0, price, fee, 300 * price, 0, 300 * fee),
            Row(hids[2], 500, 0, 310, 0, 190, 0, price, fee, 310 * price, 0, 310 * fee),
        )
    ]
    world.say("coord0", node.final(final, world.now))
    world.run(5)
    assert rows(world, BEGIN)[hids[2]].from_community == 310
    assert world.home(2).views[BEGIN].state is SlotState.FINAL
    verdict = world.home(2).verify(BEGIN)
    assert (verdict.included, verdict.metered) == (True, True)
    assert not world.home(1).verify(BEGIN).metered
    # The same figures again change nothing, and neither does a meter that comes later.
    assert node.final(final, world.now) == []
    metered(world, BEGIN, None, (333, 0), None)
    world.run(60)
    assert rows(world, BEGIN)[hids[1]].import_wh == 310


def test_final_figures_of_a_slot_long_ago_are_told_too() -> None:
    world = member_world(3)
    node, hids = world.coordinator(), [each.hid for each in world.roster.members]
    slot = BEGIN - 40 * 86_400 + 0
    row = Row(hids[0], 5, 0, 0, 0, 5, 0, None, 0, 0, 0, 0)
    sent = node.final([Entry(CID, slot, 0, "final", row)], world.now)
    assert len(sent) == 2
    stranger = replace(row, home="a" * 16)
    assert len(node.final([Entry(CID, slot + 900, 0, "final", stranger)], world.now)) == 1


def test_what_a_member_did_not_agree_to_is_not_taken() -> None:
    world = member_world(3, mode="p2p")
    world.say("home1", world.home(1).consent(frozenset(), world.now))
    world.run(1)
    said(world, Plan(SLOT_S, (100,)), Typ.PLAN, BEGIN)
    said(world, Order(Side.BID, ((100, 10),)), Typ.ORDER, BEGIN + 2 * SLOT_S)
    until(world, BEGIN + SLOT_S + 5)
    said(world, Meter(100, 0), Typ.METER, BEGIN)
    assert world.coordinator().refused == {"no_consent": 3}


def test_more_than_a_connection_carries_is_not_taken() -> None:
    world = member_world(3, mode="p2p")
    said(world, Plan(SLOT_S, (LIMIT_WH + 1,)), Typ.PLAN, BEGIN)
    said(world, Order(Side.BID, ((LIMIT_WH, 10), (1, 9))), Typ.ORDER, BEGIN + 2 * SLOT_S)
    until(world, BEGIN + SLOT_S + 5)
    said(world, Meter(LIMIT_WH + 1, 0), Typ.METER, BEGIN)
    assert world.coordinator().refused == {"out_of_bounds": 3}


def test_an_order_where_there_is_no_auction_is_not_taken() -> None:
    world = member_world(3)
    said(world, Order(Side.BID, ((100, 10),)), Typ.ORDER, BEGIN + 2 * SLOT_S)
    assert world.coordinator().refused == {"out_of_bounds": 1}


def test_a_peer_whose_clock_is_off_is_noted_and_then_refused() -> None:
    world = member_world(3)
    until(world, BEGIN + SLOT_S + 5)
    events(world)
    for skew in (-60, 200):
        world.peers["home1"].skew = skew
        world.say("home1", world.home(1).consent(ALL, world.now + skew))
        world.run(1)
    assert events(world).count("peer_skewed") == 1
    assert world.coordinator().refused == {"skewed": 1}


def test_the_outlook_is_the_sum_of_five_plans_or_of_fewer_who_agreed() -> None:
    world = member_world(6)
    for number in range(4):
        plan = world.home(number).plan(BEGIN, SLOT_S, [100, -50], world.now)
        world.say(f"home{number}", plan)
    world.run(60)
    told = world.home(0).outlook.body
    assert (told.members, told.need_wh, told.surplus_wh) == (4, None, None)
    world.say("home4", world.home(4).plan(BEGIN, SLOT_S, [7, 7, 7], world.now))
    world.run(60)
    told = world.home(0).outlook.body
    # Of the third slot four homes have said nothing, so neither does the outlook.
    assert (told.members, told.need_wh, told.surplus_wh) == (5, (407, 7), (0, 200))
    # One that begins later cannot be added yet, nor plans of another step.
    world.say("home5", world.home(5).plan(BEGIN + SLOT_S, SLOT_S, [9, 9], world.now))
    world.run(60)
    assert world.home(0).outlook.body == told
    said(world, Plan(600, (100,)), Typ.PLAN, BEGIN)
    world.run(60)
    told = world.home(0).outlook.body
    assert (told.members, told.need_wh, told.surplus_wh) == (4, None, None)
    # Who falls silent is left out.
    world.run(5 * SLOT_S)
    assert world.home(0).outlook.body.members == 0


def test_a_plan_that_ends_long_before_the_others_does_not_cut_what_all_hear() -> None:
    world = member_world(6)
    for number in range(6):
        plan = [100] * (20 if number else 9)
        world.say(f"home{number}", world.home(number).plan(BEGIN, SLOT_S, plan, world.now))
    world.run(60)
    told = world.home(0).outlook
    assert (told.body.members, told.body.need_wh) == (5, (500,) * 20)
    assert told.own is None, "its own part is not in the sums"
    assert world.home(1).outlook.own is not None
    world.say("home0", world.home(0).plan(BEGIN, SLOT_S, [100] * 10, world.now))
    world.run(60)
    told = world.home(0).outlook
    assert (told.body.members, told.body.need_wh) == (6, (600,) * 10)
    assert told.own is not None


def test_a_coordinator_that_begins_says_nothing_of_the_slots_before() -> None:
    world = member_world(3)
    until(world, BEGIN + 2 * SLOT_S)
    for ledger in world.ledgers.values():
        assert not tuple(ledger.of(BEGIN - SLOT_S))
        assert len(tuple(ledger.of(BEGIN))) == 3
    assert BEGIN - SLOT_S not in world.home(0).views


def test_few_who_all_agreed_see_their_sums() -> None:
    world = member_world(2)
    for number in range(2):
        every = world.home(number).consent(ALL | {Purpose.SMALL_OUTLOOK}, world.now)
        world.say(f"home{number}", every)
        world.say(f"home{number}", world.home(number).plan(BEGIN, SLOT_S, [100], world.now))
    world.run(60)
    assert world.home(0).outlook.body.need_wh == (200,)
    # Who takes its consent back is out of the sums.
    world.say("home1", world.home(1).consent(frozenset(), world.now))
    world.say("home0", world.home(0).plan(BEGIN, SLOT_S, [100], world.now))
    world.run(60)
    assert world.home(0).outlook.body.members == 1


def test_an_auction_clears_at_the_gate_and_anyone_can_clear_it_again() -> None:
    world = member_world(3, mode="p2p")
    slot = BEGIN + 2 * SLOT_S
    until(world, BEGIN + SLOT_S)
    for number, (side, rate) in enumerate(((Side.OFFER, 10), (Side.BID, 20), (Side.BID, 22))):
        node = world.home(number)
        order = node.order(slot, side, [(300, rate * 1_000_000)], world.now)
        world.say(f"home{number}", order)
    until(world, slot - 240)
    view = world.home(2).views[slot]
    assert view.state is SlotState.CLEARED
    assert view.traded.traded_wh == 300
    assert world.home(0).views[slot].traded.traded_wh == -300
    assert world.home(2).verify(slot).sound
    assert world.home(2).verify(slot).recomputed
    until(world, slot + SLOT_S + 5)
    # The seller delivers a third of what it sold.
    metered(world, slot, (0, 100), (0, 0), (300, 0))
    until(world, slot + SLOT_S + 400)
    settled = rows(world, slot)
    hids = [each.hid for each in world.roster.members]
    assert settled[hids[2]].from_community == 100
    assert settled[hids[0]].imbalance_nct == -settled[hids[2]].imbalance_nct > 0
    assert not imbalances(world.ledgers["coord0"].entries)
    assert world.home(2).verify(slot).sound


def test_orders_after_the_gate_and_slots_nobody_could_clear_do_not_trade() -> None:
    world = member_world(3, mode="p2p")
    slot = BEGIN + 2 * SLOT_S
    until(world, BEGIN + SLOT_S)
    for number, side in enumerate((Side.OFFER, Side.BID)):
        order = world.home(number).order(slot, side, [(300, 15_000_000)], world.now)
        world.say(f"home{number}", order)
    until(world, slot - 310)
    world.kill("coord0")
    world.kill("coord1")
    until(world, slot - 100)
    world.restart("coord0")
    world.run(30)
    said(world, Order(Side.BID, ((100, 10),)), Typ.ORDER, slot)
    assert world.coordinator().refused["late"] == 1
    assert "uncleared" in events(world)
    until(world, slot + SLOT_S + 5)
    metered(world, slot, (0, 300), (300, 0), (0, 0))
    until(world, slot + SLOT_S + 400)
    assert all(row.from_community == 0 for row in rows(world, slot).values())


def test_who_leaves_is_heard_no_more_and_can_ask_to_be_erased() -> None:
    world = member_world(3)
    world.say("home1", world.home(1).plan(BEGIN, SLOT_S, [100], world.now))
    for number, erase in ((1, True), (2, False)):
        world.say(f"home{number}", world.home(number).leave(erase, world.now))
    world.run(1)
    assert {"erase", "leave"} <= set(events(world))
    until(world, BEGIN + SLOT_S + 5)
    said(world, Meter(100, 0), Typ.METER, BEGIN)
    assert world.coordinator().refused == {"no_consent": 1}


def test_a_new_roster_is_followed_and_drops_who_is_not_in_it() -> None:
    world = member_world(3)
    for number in range(3):
        world.say(f"home{number}", world.home(number).plan(BEGIN, SLOT_S, [100], world.now))
    world.connect("home2")
    world.run(30)
    gone = world.roster.members[2].hid
    newer = world.roster.without_member(gone)
    world.roster = newer
    topic = TOPICS.of(Typ.ROSTER)
    payload = newer.signed(identity(0), int(world.now * 1000))
    world.publish("home0", Outgoing(topic, payload, retain=True))
    world.run(60)
    assert world.coordinator().roster == newer
    assert world.home(0).outlook.body.members == 2
    assert gone not in world.coordinator().online
    assert "removed" in events(world, "home2")


def test_a_newer_consent_is_not_undone_by_an_older_one() -> None:
    world = member_world(2)
    node = world.coordinator()
    captured = [each for each in world.captured if each[0].endswith("consent")]
    world.say("home1", world.home(1).consent(frozenset(), world.now))
    world.run(1)
    saved = json.loads(json.dumps(node.state()))
    again = CoordinatorNode(identity(0), world.roster, Ledger(), saved)
    for topic, payload in captured:
        again.receive(topic, payload, world.now)
    hid = world.roster.members[1].hid
    assert not again.agreed(hid, Purpose.SHARING)
    assert not again.agreed("x" * 16, Purpose.SHARING)


def test_contradicting_coordinators_void_a_slot_for_everybody() -> None:
    world = member_world(3)
    until(world, BEGIN + SLOT_S + 5)
    metered(world, BEGIN, (0, 600), (300, 0), (500, 0))
    until(world, BEGIN + SLOT_S + 400)
    sums = world.home(0).views[BEGIN].sums
    false = replace(sums, shared_wh=1)
    stamp = int(world.now * 1000)
    sender = identity(1)
    envelope = Envelope(
        CID, sender.public.hid, Typ.PUBLIC_RESULT, BEGIN, stamp, stamp, 1, false.to_json()
    )
    topic = TOPICS.of(Typ.PUBLIC_RESULT, slot=BEGIN)
    world.publish("coord1", Outgoing(topic, signed(envelope, sender), retain=True))
    world.run(60)
    assert "conflict" in events(world)
    for ledger in world.ledgers.values():
        assert [each.state for each in current(ledger.of(BEGIN))] == ["void"]
    view = world.home(1).views[BEGIN]
    assert view.state is SlotState.VOID
    assert view.result.from_grid == 300
    assert world.home(1).verify(BEGIN).sound
    # Void it stays, whatever meters say.
    metered(world, BEGIN, None, (310, 0), None)
    world.run(300)
    assert [each.state for each in current(world.ledgers["coord0"].of(BEGIN))] == ["void"]


def test_a_standby_takes_over_and_hands_back() -> None:
    world = member_world(3)
    until(world, BEGIN + SLOT_S + 5)
    world.kill("coord0")
    world.run(200)
    metered(world, BEGIN, (0, 600), (300, 0), (500, 0))
    world.run(200)
    standby = world.coordinator(1)
    assert standby.acting(world.now)
    assert rows(world, BEGIN, "coord1")
    assert not rows(world, BEGIN)
    world.restart("coord0")
    world.run(120)
    assert world.coordinator().acting(world.now)
    assert not standby.acting(world.now)
    assert "standing_by" in events(world, "coord1")
    assert rows(world, BEGIN) == rows(world, BEGIN, "coord1")


class Deaf(Perfect):
    """A network on which one coordinator hears no meter."""

    def __init__(self, coordinator: str) -> None:
        self._coordinator = coordinator

    def deliveries(self, sender: str, receiver: str, sent: Outgoing) -> list[float]:
        if receiver == self._coordinator and sent.topic.endswith("/meter"):
            return []
        return super().deliveries(sender, receiver, sent)


def test_what_only_a_standby_heard_is_published_once_it_acts() -> None:
    world = member_world(3)
    until(world, BEGIN + SLOT_S + 5)
    metered(world, BEGIN, (0, 600), (300, 0), None)
    until(world, BEGIN + SLOT_S + 400)
    world.network = Deaf("coord0")
    metered(world, BEGIN, None, None, (500, 0))
    world.run(30)
    late = world.roster.members[2].hid
    assert rows(world, BEGIN)[late].import_wh == 0
    world.kill("coord0")
    # Long enough that the home repeats its meter to a standby that already has it.
    world.run(300)
    assert rows(world, BEGIN, "coord1")[late].import_wh == 500
    assert world.home(2).views[BEGIN].sums.rev == 1
    assert world.home(2).unsent == 0
    world.network = Perfect()
    world.restart("coord0")
    world.run(120)
    assert rows(world, BEGIN)[late].import_wh == 500
    assert world.home(2).verify(BEGIN).sound


def test_a_standby_asks_for_meters_that_it_lacks_when_it_begins_to_act() -> None:
    world = member_world(3)
    world.kill("coord0")
    world.run(200)
    world.restart("coord0")
    world.run(100)  # A standby that has acted before knows that it was never away.
    world.network = Deaf("coord1")
    until(world, BEGIN + SLOT_S + 5)
    metered(world, BEGIN, (0, 600), (300, 0), (500, 0))
    until(world, BEGIN + SLOT_S + 400)
    assert not rows(world, BEGIN, "coord1")
    world.network = Perfect()
    world.kill("coord0")
    world.run(300)
    assert rows(world, BEGIN, "coord1") == rows(world, BEGIN)
    assert world.home(0).views[BEGIN].sums.rev == 0


def test_a_coordinator_away_at_the_gate_settles_the_trades_that_a_standby_published() -> None:
    world = member_world(3, mode="p2p")
    slot = BEGIN + 2 * SLOT_S
    until(world, BEGIN + SLOT_S)
    world.kill("coord0")
    world.run(150)
    for number, side in enumerate((Side.OFFER, Side.BID)):
        order = world.home(number).order(slot, side, [(300, 15_000_000)], world.now)
        world.say(f"home{number}", order)
    until(world, slot - 200)
    assert world.home(1).views[slot].traded.traded_wh == 300
    world.peers["coord0"].saved = None  # A new machine: it knows nothing of the orders.
    world.restart("coord0")
    until(world, slot + SLOT_S + 5)
    metered(world, slot, None, (300, 0), (0, 0))
    until(world, slot + SLOT_S + 400)
    # Who sold is known by its pseudonym alone until its meter tells.
    assert not imbalances(world.ledgers["coord0"].entries)
    metered(world, slot, (0, 300), None, None)
    world.run(60)
    hids = [each.hid for each in world.roster.members]
    assert rows(world, slot)[hids[1]].from_community == 300
    assert set(rows(world, slot)) == set(hids)


def test_after_a_broker_without_memory_a_new_standby_still_knows_of_the_trades() -> None:
    world = member_world(3, mode="p2p")
    slot = BEGIN + 2 * SLOT_S
    until(world, BEGIN + SLOT_S)
    for number, side in enumerate((Side.OFFER, Side.BID)):
        order = world.home(number).order(slot, side, [(300, 15_000_000)], world.now)
        world.say(f"home{number}", order)
    until(world, slot - 200)
    world.kill_broker()
    world.run(10)
    world.start_broker()
    world.run(60)
    world.kill("coord1")
    world.peers["coord1"].saved = None
    world.restart("coord1")
    world.run(10)
    assert world.coordinator(1).books[slot].trades.price == 15_000_000
    # One that knows of a trade, and not what was traded, leaves the slot alone.
    book = world.coordinator(1).books[slot]
    book.trades = book.inputs = None
    world.kill("coord0")
    until(world, slot + SLOT_S + 5)
    metered(world, slot, (0, 300), (300, 0), (0, 0))
    until(world, slot + SLOT_S + 400)
    assert not rows(world, slot, "coord1")
    world.restart("coord0")
    world.run(120)
    assert rows(world, slot)[world.roster.members[1].hid].from_community == 300


def test_a_broker_without_memory_is_told_again() -> None:
    world = member_world(3)
    until(world, BEGIN + SLOT_S + 5)
    metered(world, BEGIN, (0, 600), (300, 0), (500, 0))
    until(world, BEGIN + SLOT_S + 400)
    world.kill_broker()
    world.run(400)
    assert world.retained == {}
    world.start_broker()
    world.run(60)
    assert TOPICS.of(Typ.PUBLIC_RESULT, slot=BEGIN) in world.retained
    assert TOPICS.of(Typ.LEASE) in world.retained


def test_while_nobody_is_heard_nothing_is_claimed() -> None:
    node = CoordinatorNode(identity(1), roster(3), Ledger())
    node.disconnected()
    assert node.tick(BEGIN) == []
    assert node.tick(BEGIN + 3600) == []
    assert node.connected(BEGIN + 3600) == []
    assert node.next_at(BEGIN + 3600) <= BEGIN + 3600 + 31
    assert node.tick(BEGIN + 3600 + 200) != []


def test_a_member_that_does_not_coordinate_never_claims() -> None:
    node = CoordinatorNode(identity(2), roster(3), Ledger())
    assert node.tick(BEGIN) == []
    assert node.next_at(BEGIN) > BEGIN


def test_a_restart_keeps_a_lease_that_did_not_lapse() -> None:
    world = member_world(2)
    before = world.coordinator().leases.of(world.roster.order[0])
    world.kill("coord0")
    world.run(5)
    world.restart("coord0")
    world.run(20)
    after = world.coordinator().leases.of(world.roster.order[0])
    assert after.since == before.since
    assert world.coordinator().acting(world.now)


def test_books_are_closed_after_two_days_and_the_ledger_stays() -> None:
    node = CoordinatorNode(identity(0), roster(2), Ledger())
    node.book(BEGIN)
    node.tick(BEGIN + 49 * 3600 + 1)
    assert BEGIN not in node.books


def test_joining_is_the_organisers_matter() -> None:
    world = member_world(2)
    before = dict(world.coordinator().refused)
    member = Member(identity(9).public.hid, identity(9).public)
    stamp = int(world.now * 1000)
    envelope = Envelope(CID, member.hid, Typ.JOIN, 0, stamp, stamp, 0, {})
    topic = TOPICS.of(Typ.JOIN, member.hid)
    assert world.coordinator().receive(topic, signed(envelope, identity(9)), world.now) == []
    assert world.coordinator().refused == before


def test_an_own_result_that_a_backup_forgot_is_learned_from_the_broker() -> None:
    world = member_world(2)
    until(world, BEGIN + SLOT_S + 5)
    metered(world, BEGIN, (0, 600), (300, 0))
    until(world, BEGIN + SLOT_S + 400)
    world.kill("coord0")
    world.peers["coord0"].saved = None
    world.restart("coord0")
    world.run(30)
    metered(world, BEGIN, None, (310, 0))
    world.run(120)
    view = world.home(1).views[BEGIN]
    assert not view.void
    assert view.sums.rev >= 1
    assert rows(world, BEGIN)[world.roster.members[1].hid].import_wh == 310


def test_what_only_coordinators_say_is_not_taken_from_a_home() -> None:
    world = member_world(3)
    body = PublicResult(SlotState.FINAL, 9, 0, 0, 0, 0, None, bytes(32), bytes(32))
    said(world, body, Typ.PUBLIC_RESULT, BEGIN - SLOT_S, by=2)
    assert world.coordinator().refused == {"wrong_role": 1}
    assert world.home(1).views.get(BEGIN - SLOT_S) is None
