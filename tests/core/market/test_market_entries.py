"""What counts of a community's ledger, whatever came, however often and in whatever order."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.market.entries import (
    Entry,
    Imbalance,
    current,
    digest,
    entered,
    imbalances,
    revised,
)
from custom_components.shems.core.units import InputError
from tests.core.market.settled import CID, PRICE, SLOT, ledgers, settlement

NOON = entered(CID, settlement(SLOT, [1000, 500], [0, 600]), 0, "provisional")


@given(entries=ledgers(), chance=st.randoms(use_true_random=False), twice=st.integers(0, 9))
def test_order_and_repetition_change_nothing(entries: list[Entry], chance: Any, twice: int) -> None:
    again = [*entries, *entries[:twice]]
    chance.shuffle(again)
    assert digest(again) == digest(entries)
    assert current(again) == current(entries)
    assert digest(current(entries)) == digest(entries)
    assert not imbalances(again), "what counts is whole, and whole slots sum to zero"


def test_the_highest_revision_counts() -> None:
    after = entered(CID, settlement(SLOT, [900, 500], [0, 600]), 1, "final")
    assert current((*after, *NOON)) == after
    assert digest((*after, *NOON)) == digest(after) != digest(NOON)
    same = tuple(replace(each, rev=7) for each in after)
    assert digest(same) == digest(after), "how often it was revised says nothing"
    final = tuple(replace(each, state="final") for each in NOON)
    assert digest(final) != digest(NOON), "whose figures they are does"


def test_what_contradicts_itself_voids_the_slot_until_it_is_revised() -> None:
    other = entered(CID, settlement(SLOT, [1000, 500], [0, 599]), 0, "provisional")
    later = entered(CID, settlement(SLOT + 900, [5], [5]), 0, "provisional")
    counting = current((*NOON, *other, *later))
    assert counting == (Entry.void(CID, SLOT, 0), *later)
    assert digest((*NOON, *other)) == digest([Entry.void(CID, SLOT, 0)])
    assert not imbalances((*NOON, *other))
    truth = tuple(replace(each, rev=1, state="final") for each in NOON)
    assert current((*NOON, *other, *truth)) == truth


def test_a_revision_is_entered_where_it_says_something_new() -> None:
    assert revised((), NOON) == NOON
    assert revised(NOON, NOON) == ()
    late = entered(CID, settlement(SLOT, [1000, 800], [0, 600]), 0, "provisional")
    second = revised(NOON, late)
    assert {each.rev for each in second} == {1}
    final = tuple(replace(each, state="final") for each in NOON)
    third = revised((*NOON, *second), final)
    assert {each.rev for each in third} == {2}
    assert revised((*NOON, *second, *third), late) == (), "the grid operator knows better"
    void = Entry.void(CID, SLOT, 1)
    assert revised((*NOON, void), late) == ()
    assert {each.rev for each in revised((*NOON, void), final)} == {2}
    assert revised(NOON, [void]) == (void,)


def test_a_slot_that_does_not_add_up_is_told() -> None:
    one, two = NOON
    assert one.row is not None
    assert imbalances([one]) == (Imbalance(CID, SLOT, 600 * PRICE * 2 // 3, 400),)
    row = replace(one.row, imbalance_nct=5, paid_nct=one.row.paid_nct + 5)
    assert imbalances([replace(one, row=row), two]) == (Imbalance(CID, SLOT, 5, 0),)


@given(ledgers())
def test_an_entry_survives_a_message(entries: list[Entry]) -> None:
    assert [Entry.from_json(each.to_json()) for each in entries] == entries


def wrong(**changes: object) -> dict[str, object]:
    return NOON[0].to_json() | changes


@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        {},
        wrong(more=1),
        {key: value for key, value in wrong().items() if key != "fee"},
        {key: value for key, value in wrong().items() if key != "rev"},
        wrong(cid=""),
        wrong(cid="m" * 65),
        wrong(cid=7),
        wrong(hid=""),
        wrong(hid=None),
        wrong(hid="hütte"),
        wrong(slot=-900),
        wrong(slot=1.5),
        wrong(rev=-1),
        wrong(rev=True),
        wrong(state="settled"),
        wrong(state="void"),
        wrong(state=[]),
        wrong(state=None),
        wrong(import_wh=999),
        wrong(import_wh="1000"),
        wrong(import_wh=2**64, from_grid=2**64 - 400),
        wrong(import_wh=-1, from_grid=-401),
        wrong(export_wh=1),
        wrong(paid_nct=0),
        wrong(imbalance_nct=1),
        wrong(fee_nct=0),
        wrong(price=1.5),
        wrong(price=None),
        wrong(fee=None),
        {"cid": CID, "slot": SLOT, "hid": "home0", "rev": 0, "state": "void"},
        {"cid": CID, "slot": SLOT, "hid": "", "rev": 0, "state": "final"},
        {"cid": CID, "slot": "now", "hid": "", "rev": 0, "state": "void"},
    ],
)
def test_what_is_no_entry_is_refused(told: object) -> None:
    with pytest.raises(InputError, match="ledger entry malformed"):
        Entry.from_json(told)
