"""A member's check finds what a coordinator did wrong, and the lease has one holder."""

from dataclasses import replace

import pytest

from custom_components.shems.core.market.bodies import (
    Inputs,
    Lease,
    Meter,
    Order,
    Outlook,
    PublicResult,
    Result,
    Side,
    SlotState,
)
from custom_components.shems.core.market.book import Book
from custom_components.shems.core.market.home import HomeNode
from custom_components.shems.core.market.lease import Lease as Held
from custom_components.shems.core.market.lease import Leases, batch_s, lease_s, listen_s, renew_s
from custom_components.shems.core.market.node import Node
from custom_components.shems.core.market.roster import Roster
from custom_components.shems.core.market.rounds import cleared, settled
from custom_components.shems.core.market.topics import Typ
from custom_components.shems.core.market.verify import SlotView, Verdict, checked

from .network import BEGIN, identity, roster
from .test_market_home_node import from_coordinator, row

FIGURES = ((0, 700), (300, 0), (500, 0))


def book_of(people: Roster) -> Book:
    book = Book(BEGIN, expected=[each.hid for each in people.members])
    for number, (imported, exported) in enumerate(FIGURES):
        hid = people.members[number].hid
        book.meter(hid, 1, Meter(imported, exported, salt=bytes([number] * 16)))
    return book


def shared(people: Roster, state: SlotState = SlotState.PROVISIONAL) -> SlotView:
    """Return what the second home hears of a slot."""
    made = settled(book_of(people), people, state, 0)
    own = made.results[people.members[1].hid]
    return SlotView(BEGIN, own.to_json(), made.public.to_json())


def verdict(view: SlotView, people: Roster) -> Verdict:
    return checked(view, people, people.members[1].hid, FIGURES[1])


def changed(view: SlotView, **own: object) -> SlotView:
    return replace(view, own=view.own | own)


def test_a_right_result_is_sound() -> None:
    people = roster(3)
    assert verdict(shared(people), people).sound
    assert verdict(shared(people, SlotState.VOID), people).sound
    final = verdict(shared(people, SlotState.FINAL), people)
    assert (final.sound, final.recomputed) == (True, None)


@pytest.mark.parametrize(
    "own",
    [
        {"from_community": 200, "from_grid": 100},
        {"paid_nct": 0},
        {"price": 1},
        {"fee": 1},
        {"index": 2},
        {"size": 9},
        {"salt": "A" * 22},
    ],
)
def test_a_row_that_is_not_the_published_one_is_not_sound(own: dict[str, object]) -> None:
    people = roster(3)
    assert not verdict(changed(shared(people), **own), people).sound


def test_a_coordinator_that_favours_a_home_is_found_by_the_others() -> None:
    people = roster(3)
    view = shared(people)
    sums = PublicResult.from_json(view.public)
    for false in (replace(sums, shared_wh=600), replace(sums, import_wh=900)):
        assert verdict(replace(view, public=false.to_json()), people).recomputed is False


def test_without_the_sums_or_the_own_row_nothing_is_proven() -> None:
    people = roster(3)
    view = shared(people)
    assert not verdict(replace(view, public=None), people).sound
    nothing = verdict(replace(view, own=None), people)
    assert (nothing.included, nothing.metered, nothing.adds_up) == (None, None, None)
    assert SlotView(BEGIN).state is None
    assert not verdict(changed(view, rev=1), people).sound
    void = PublicResult.from_json(shared(people, SlotState.VOID).public)
    assert replace(view, void=True, public=void.to_json()).state is SlotState.VOID


def test_a_slot_in_which_nothing_was_exported_is_sound() -> None:
    people = roster(3)
    book = Book(BEGIN, expected=[each.hid for each in people.members])
    book.meter(people.members[1].hid, 1, Meter(300, 0))
    made = settled(book, people, SlotState.PROVISIONAL, 0)
    own = made.results[people.members[1].hid]
    view = SlotView(BEGIN, own.to_json(), made.public.to_json())
    assert verdict(view, people).sound


def traded() -> tuple[Roster, SlotView]:
    """Return what the second home hears of an auction."""
    people = roster(3, mode="p2p")
    book = Book(BEGIN)
    for number, (side, rate) in enumerate(((Side.OFFER, 10), (Side.BID, 25), (Side.BID, 20))):
        order = Order(side, ((400, rate * 1_000_000),), bytes([number] * 16))
        assert book.order(people.members[number].hid, 1, order)
    inputs, made = cleared(book, people)
    own, public = made.results[people.members[1].hid].to_json(), made.public.to_json()
    return people, SlotView(BEGIN, None, public, inputs.to_json(), trade=own, cleared=public)


def test_an_auction_can_be_cleared_again() -> None:
    people, view = traded()
    assert verdict(view, people).sound
    assert view.traded.traded_wh == 400
    assert verdict(replace(view, inputs=None), people).recomputed is None


def test_an_auction_cleared_otherwise_is_found() -> None:
    people, view = traded()
    told = PublicResult.from_json(view.public)
    inputs = Inputs.from_json(view.inputs)
    fewer = Inputs(inputs.orders[:-1])
    assert verdict(replace(view, inputs=fewer.to_json()), people).recomputed is False
    dearer = replace(told, price=told.price + 1).to_json()
    assert verdict(replace(view, cleared=dearer), people).recomputed is False
    less = replace(view.traded, traded_wh=300).to_json()
    assert verdict(replace(view, trade=less), people).recomputed is False


def test_a_book_keeps_the_newest_of_each_home() -> None:
    book = Book(BEGIN)
    assert book.order("a", 2, Order(Side.BID, ((5, 1),)))
    assert not book.order("a", 1, Order(Side.BID, ((9, 1),)))
    assert book.orders["a"].steps == ((5, 1),)
    assert book.order("a", 3, Order(Side.BID, ()))
    assert book.orders["a"].steps == ()
    assert book.meter("a", 2, Meter(5, 0))
    assert not book.meter("a", 1, Meter(9, 0))
    assert not book.meter("a", 3, Meter(5, 0))
    assert book.meter("a", 1, Meter(9, 0, rev=1))


def test_the_first_in_order_leads_and_standbys_follow_one_after_another() -> None:
    leases = Leases(("a", "b", "c"), 900)
    assert leases.holder(BEGIN) is None
    assert leases.claim_at("a", BEGIN) == BEGIN
    later = [leases.claim_at(each, BEGIN) for each in ("b", "c")]
    assert BEGIN + lease_s(900) < later[0] < later[1]
    first = leases.claimed("a", BEGIN)
    assert leases.holder(BEGIN + 1) == "a"
    assert leases.claim_at("a", BEGIN + 1) == BEGIN + renew_s(900)
    assert leases.claim_at("b", BEGIN + 1) is None
    assert leases.claimed("a", BEGIN + 30).since == first.since
    assert leases.holder(BEGIN + 200) is None
    assert leases.claim_at("b", BEGIN + 200) == BEGIN + 30 + lease_s(900) + renew_s(900)
    leases.claimed("b", BEGIN + 200)
    assert leases.holder(BEGIN + 201) == "b"
    # The first takes it back at once.
    assert leases.claim_at("a", BEGIN + 210) == BEGIN + 210
    assert leases.claimed("a", BEGIN + 210).since == BEGIN + 210
    assert leases.holder(BEGIN + 211) == "a"


def test_a_lease_dated_far_ahead_or_of_a_stranger_rules_nobody_for_long() -> None:
    leases = Leases(("a", "b"), 900)
    assert leases.heard(Held("a", BEGIN, BEGIN + 10**8), BEGIN)
    assert leases.holder(BEGIN + 2 * lease_s(900) + 1) is None
    assert not leases.heard(Held("x", BEGIN, BEGIN + 90), BEGIN)
    assert not leases.heard(Held("a", BEGIN, BEGIN - 5), BEGIN)
    leases.reordered(("b",), 900)
    assert leases.of("a") is None


def test_leases_of_short_slots_are_short() -> None:
    assert (lease_s(60), renew_s(60), listen_s(60), batch_s(60)) == (6, 2, 2, 1)
    assert (lease_s(900), renew_s(900), listen_s(900), batch_s(900)) == (90, 30, 30, 7)


def test_what_a_home_has_no_use_for_changes_nothing() -> None:
    node = HomeNode(identity(3), roster(4))
    own = node.consent(frozenset(), BEGIN)[0]
    assert node.receive(own.topic, own.payload, BEGIN) == []
    inputs = from_coordinator(Typ.INPUTS, Inputs(()), BEGIN, BEGIN)
    assert node.receive(*inputs, BEGIN) == []
    assert node.views == {}
    body = Lease(1, BEGIN - 100)
    assert node.receive(*from_coordinator(Typ.LEASE, body, BEGIN), BEGIN) == []


def test_results_that_come_again_or_out_of_order_change_nothing() -> None:
    node = HomeNode(identity(3), roster(4))
    said = PublicResult(SlotState.PROVISIONAL, 1, 4, 10, 10, 10, 5, bytes(32), bytes(32))
    for number, rev in enumerate((1, 1, 0)):
        message = from_coordinator(
            Typ.PUBLIC_RESULT, replace(said, rev=rev), BEGIN + number, BEGIN - 900
        )
        node.receive(*message, BEGIN + number)
    assert node.views[BEGIN - 900].sums.rev == 1
    final = row(node, BEGIN - 900, 2, 7, state=SlotState.FINAL)
    message = from_coordinator(Typ.RESULT, final, BEGIN, BEGIN - 900, to=identity(3))
    node.receive(*message, BEGIN)
    assert node.views[BEGIN - 900].result == final


def test_an_outlook_without_sums_is_taken_as_such() -> None:
    node = HomeNode(identity(3), roster(4))
    body = Outlook(900, 3, 5, None, None)
    node.receive(*from_coordinator(Typ.OUTLOOK, body, BEGIN, BEGIN), BEGIN)
    assert node.outlook.body.need_wh is None
    assert node.outlook.own is None
    assert isinstance(node, Node)
    assert isinstance(row(node, BEGIN), Result)
