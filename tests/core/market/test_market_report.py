"""A community's report: metered energy at each home's own tariff, with and without sharing."""

from dataclasses import replace

import pytest
from hypothesis import given

from custom_components.shems.core.market.entries import Entry, current, entered
from custom_components.shems.core.market.report import micro_cents, report
from tests.core.market.settled import CID, FEE, PRICE, SLOT, ledgers, settlement

CT = 10**6
DAY = 86_400


def tariff(hid: str, slot: int) -> tuple[int, int] | None:
    """Return prices that differ from home to home and slot to slot; one home's are unknown."""
    number = int(hid.removeprefix("home"))
    return None if number == 3 else (30 * CT + 1000 * (slot % 7919), (8 - 9 * number) * CT)


@given(ledgers())
def test_the_saving_is_what_the_bills_differ_by(entries: list[Entry]) -> None:
    told = report(entries, SLOT, SLOT + 2 * DAY, 900, tariff)
    bills: dict[str, list[int]] = {}
    for each in current(entries):
        if each.row is None or (own := tariff(each.hid, each.slot)) is None:
            continue
        row, (buy, sell) = each.row, own
        alone = row.import_wh * buy - row.export_wh * sell
        shared = row.from_grid * buy - row.to_grid * sell + row.paid_nct + row.fee_nct
        bills.setdefault(each.hid, []).append(alone - shared)
    for share in told.homes:
        mine = bills.get(share.hid)
        assert share.saved_nct == (None if mine is None else sum(mine))
        assert share.priced_slots == len(mine or ())
    assert told.whole.saved_nct == (sum(map(sum, bills.values())) if bills else None)


@given(ledgers())
def test_the_parts_are_the_whole(entries: list[Entry]) -> None:
    told = report(entries, SLOT, SLOT + 2 * DAY, 900, tariff)
    assert told.balanced
    assert told.whole.from_community == told.whole.to_community == told.shared_wh
    assert told.whole.bought_nct == told.whole.sold_nct
    assert told.slots == 192 == told.provisional + told.final + told.void + told.missing
    halves = [
        report(entries, SLOT, SLOT + 1800, 900, tariff),
        report(entries, SLOT + 1800, SLOT + 2 * DAY, 900, tariff),
    ]
    assert sum(each.shared_wh for each in halves) == told.shared_wh
    assert sum(each.slots for each in halves) == told.slots
    assert sum(each.whole.fee_nct for each in halves) == told.whole.fee_nct


def test_a_slot_by_hand() -> None:
    """600 Wh shared at 14 ct with a 6 ct fee: 32 ct are saved buying, 8 ct are brought selling."""
    entries = entered(CID, settlement(SLOT, [1000, 0], [0, 600]), 0, "final")
    later = entered(CID, settlement(SLOT + 900, [0, 500], [0, 0]), 0, "provisional")
    void = Entry.void(CID, SLOT + 1800, 0)
    told = report((*entries, *later, void), SLOT, SLOT + 3600, 900, lambda *_: (32 * CT, 8 * CT))
    assert (told.slots, told.final, told.provisional, told.void, told.missing) == (4, 1, 1, 1, 1)
    buyer, seller = told.homes
    assert buyer.saved_nct == 600 * (32 * CT - PRICE - FEE)
    assert seller.saved_nct == 600 * (PRICE - 8 * CT)
    said = told.to_json()
    assert said["shared_kwh"] == 0.6
    assert said["coverage"] == 0.4
    assert said["balanced"]
    assert said["whole"]["saved_ct"] == pytest.approx(0.6 * 12 + 0.6 * 6)
    assert said["homes"][0]["paid_ct"] == pytest.approx(0.6 * 14)
    assert said["homes"][0]["fee_ct"] == pytest.approx(0.6 * 6)
    assert said["homes"][1]["paid_ct"] == pytest.approx(-0.6 * 14)
    assert (buyer.final_slots, buyer.provisional_slots) == (1, 1)


def test_what_is_not_known_is_no_zero() -> None:
    entries = entered(CID, settlement(SLOT, [0, 0], [0, 0]), 0, "provisional")
    told = report(entries, SLOT, SLOT + 900, 900, lambda *_: None)
    assert told.whole.saved_nct is None
    assert told.to_json()["whole"]["saved_ct"] is None
    assert told.coverage is None
    nothing = report((), SLOT, SLOT + 900, 900, tariff)
    assert (nothing.homes, nothing.missing, nothing.whole.saved_nct) == ((), 1, None)
    mine = report(entries[:1], SLOT + 1, SLOT + 900, 900, tariff)
    assert mine.slots == 0


def test_one_home_alone_does_not_balance() -> None:
    entries = entered(CID, settlement(SLOT, [1000, 0], [0, 600]), 0, "final")
    assert not report(entries[:1], SLOT, SLOT + 900, 900, tariff).balanced
    mixed = (entries[0], replace(entries[1], state="provisional"))
    assert report(mixed, SLOT, SLOT + 900, 900, tariff).provisional == 1


def test_a_tariff_in_whole_micro_cents() -> None:
    assert micro_cents(0.3216) == 32_160_000
    assert micro_cents(-0.00000001) == -1
