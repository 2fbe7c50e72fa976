"""All the way of the money: meters, clearing, ledger, the grid operator's file, report."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.market.allocate import Allocation, allocate
from custom_components.shems.core.market.auction import Order, Side, clear
from custom_components.shems.core.market.dso import Statement, read
from custom_components.shems.core.market.dso_final import finals, sharing
from custom_components.shems.core.market.entries import (
    Entry,
    current,
    digest,
    entered,
    imbalances,
    revised,
)
from custom_components.shems.core.market.report import report
from custom_components.shems.core.market.rules import Rules
from custom_components.shems.core.market.settle import (
    Contracts,
    Meters,
    Row,
    Settlement,
    settle,
    settle_trades,
)
from tests.core.market.settled import CID, SLOT

CT = 10**6
SLOTS = 3
SPAN = (SLOT, SLOT + 900 * SLOTS)
AMOUNTS = st.integers(0, 5000)


@st.composite
def communities(draw: st.DrawFn) -> tuple[Rules, list[str], list[Meters]]:
    """Draw rules that leave room, homes, and what their meters count in some slots."""
    low, fee = draw(st.integers(-5 * CT, 15 * CT)), draw(st.integers(0, 10 * CT))
    price = low + draw(st.integers(0, 10 * CT))
    high = price + draw(st.integers(0, 10 * CT))
    rules = Rules.of(
        "AT", feed_in=low, import_price=high + fee, fee=fee, price=price, binding=False
    )
    homes = [f"home{number}" for number in range(draw(st.integers(1, 5)))]
    columns = st.lists(AMOUNTS, min_size=len(homes), max_size=len(homes)).map(np.array)
    return rules, homes, [Meters(homes, draw(columns), draw(columns)) for _ in range(SLOTS)]


def shared(rules: Rules, meters: Meters, slot: int) -> Settlement:
    allocation = allocate(meters.homes, meters.import_wh, meters.export_wh, slot)
    return settle(meters, allocation, slot, rules.price, rules.fee)


def written(settlements: list[Settlement]) -> str:
    """Write what a grid operator would who clears as we do: kWh with a comma."""
    names = ("Bezug", "Einspeisung", "Eigendeckung", "Einspeisung Gemeinschaft")
    head = ";".join(["Zählpunkt", "Von", *(f"{each} [kWh]" for each in names)])
    rows = [
        ";".join(
            [
                row.home,
                datetime.fromtimestamp(each.slot, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                *(
                    f"{wh / 1000:.3f}".replace(".", ",")
                    for wh in (row.import_wh, row.export_wh, row.from_community, row.to_community)
                ),
            ]
        )
        for each in settlements
        for row in each.rows
    ]
    return "\n".join([head, *rows])


def final(
    rules: Rules, homes: list[str], statement: Statement, held: list[Entry]
) -> tuple[Entry, ...]:
    told = finals(statement, {home: home for home in homes}, held, sharing(rules))
    assert not told.incomplete
    assert not told.unbalanced
    new: list[Entry] = []
    for each in told.settlements:
        there = [entry for entry in held if entry.slot == each.slot]
        new += revised(there, entered(CID, each, 0, "final"))
    return tuple(new)


@given(community=communities(), corrected=st.data(), chance=st.randoms(use_true_random=False))
def test_sharing_from_the_meters_to_the_report(
    community: tuple[Rules, list[str], list[Meters]], corrected: st.DataObject, chance: Any
) -> None:
    rules, homes, metered = community
    slots = range(SLOT, SPAN[1], 900)
    ours = [shared(rules, meters, slot) for slot, meters in zip(slots, metered, strict=True)]
    held = [entry for each in ours for entry in entered(CID, each, 0, "provisional")]
    column = st.lists(AMOUNTS, min_size=len(homes), max_size=len(homes)).map(np.array)
    truth = [
        shared(rules, Meters(homes, corrected.draw(column), corrected.draw(column)), slot)
        for slot in slots
    ]
    new = final(rules, homes, read(written(truth), "UTC", 900), held)
    everything = [*held, *new]
    assert [entry.row for entry in current(everything)] == [
        row for each in truth for row in each.rows
    ]
    again = final(rules, homes, read(written(truth), "UTC", 900), everything)
    assert again == (), "importing a file once more changes nothing"
    chance.shuffle(everything)
    assert digest(everything) == digest([*held, *new])
    assert not imbalances(everything)
    told = report(everything, *SPAN, 900, lambda hid, slot: (rules.import_price, rules.feed_in))
    assert told.balanced
    assert told.final == SLOTS
    for share in told.homes:
        assert share.saved_nct is not None
        assert share.saved_nct >= 0, "within the bounds of the price nobody is worse off"
    gain = rules.import_price - rules.fee - rules.feed_in
    assert told.whole.saved_nct == told.shared_wh * gain, "sharing brings what it brings, no more"
    assert told.whole.fee_nct == told.shared_wh * rules.fee


@given(community=communities(), data=st.data())
def test_trading_from_the_orders_to_the_report(
    community: tuple[Rules, list[str], list[Meters]], data: st.DataObject
) -> None:
    """Whatever is delivered: it sums to zero, and who kept a trade is no worse off."""
    rules, homes, metered = community
    low, high = rules.bounds
    entries: list[Entry] = []
    kept: set[tuple[str, int]] = set()
    for slot, meters in zip(range(SLOT, SPAN[1], 900), metered, strict=True):
        orders = [
            Order(
                home,
                home,
                data.draw(st.sampled_from(Side)),
                data.draw(st.integers(1, 4000)),
                data.draw(st.integers(low, high)),
            )
            for home in homes
        ]
        done = clear(orders, slot, rules.bounds)
        fills = {each.home: done.fills[each.id] for each in orders}
        bid = {each.home: each.side is Side.BID for each in orders}
        bought = np.array([fills[home] if bid[home] else 0 for home in homes])
        sold = np.array([0 if bid[home] else fills[home] for home in homes])
        contracts = Contracts(bought, sold, rules.import_price, rules.feed_in, rules.cap)
        settled = settle_trades(meters, contracts, slot, done.price, rules.fee)
        entries += entered(CID, settled, 0, "provisional")
        kept |= {
            (row.home, slot)
            for row, ordered, offered in zip(settled.rows, bought, sold, strict=True)
            if row.import_wh >= ordered and row.export_wh >= offered
        }
    assert not imbalances(entries)
    told = report(entries, *SPAN, 900, lambda hid, slot: (rules.import_price, rules.feed_in))
    assert told.balanced
    for hid, slot in kept:
        (one,) = (
            each
            for each in report(
                entries,
                slot,
                slot + 900,
                900,
                lambda hid, slot: (rules.import_price, rules.feed_in),
            ).homes
            if each.hid == hid
        )
        assert one.saved_nct is not None
        assert one.saved_nct >= 0


@given(community=communities())
def test_auctions_are_settled_anew_with_their_contracts(
    community: tuple[Rules, list[str], list[Meters]],
) -> None:
    """The grid operator knows the meters, the coordinator what was agreed."""
    rules, homes, metered = community
    meters = metered[0]
    none = np.zeros(len(homes), np.int64)
    contracts = Contracts(none, none, rules.import_price, rules.feed_in, rules.cap)

    def traded(meters: Meters, _allocation: Allocation, slot: int, _rows: list[Row]) -> Settlement:
        return settle_trades(meters, contracts, slot, None, rules.fee)

    text = written([shared(rules, meters, SLOT)])
    (settled,) = finals(
        read(text, "UTC", 900), {home: home for home in homes}, (), traded
    ).settlements
    assert all(row.from_community == row.paid_nct == 0 for row in settled.rows)
    assert [row.import_wh for row in settled.rows] == meters.import_wh.tolist()
