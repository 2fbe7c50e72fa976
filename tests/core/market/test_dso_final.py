"""The grid operator's figures become final, whole slots at a time, and sum to zero."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.market.allocate import allocate
from custom_components.shems.core.market.dso import Reading, Statement
from custom_components.shems.core.market.dso_final import (
    OTHERS,
    Difference,
    Total,
    Unbalanced,
    compare,
    finals,
    sharing,
)
from custom_components.shems.core.market.entries import (
    Entry,
    current,
    entered,
    imbalances,
    revised,
)
from custom_components.shems.core.market.rules import Rules
from tests.core.market.settled import CID, FEE, PRICE, SLOT, settlement

POINTS = {"P0": "home0", "P1": "home1", "P2": "home2"}
RULES = Rules.of("AT", price=PRICE, fee=FEE)


def statement(readings: Mapping[tuple[str, int], Reading]) -> Statement:
    return Statement(readings, (), 900, "start", assumed=False)


def of(*readings: Reading, slot: int = SLOT) -> Statement:
    return statement({(f"P{number}", slot): each for number, each in enumerate(readings)})


def buyer(wh: int, got: int | None = None) -> Reading:
    return Reading(1, wh, 0, got, None)


def seller(wh: int, gave: int | None = None) -> Reading:
    return Reading(1, 0, wh, None, gave)


OURS = entered(CID, settlement(SLOT, [1000, 500, 0], [0, 0, 600]), 0, "provisional")


def test_what_the_grid_operator_says_is_final() -> None:
    told = finals(
        of(buyer(1010, 400), buyer(500, 190), seller(590, 590)), POINTS, OURS, sharing(RULES)
    )
    (settled,) = told.settlements
    assert [row.from_community for row in settled.rows] == [400, 190, 0]
    assert [row.to_community for row in settled.rows] == [0, 0, 590]
    assert [row.from_grid for row in settled.rows] == [610, 310, 0]
    assert [row.paid_nct for row in settled.rows] == [400 * PRICE, 190 * PRICE, -590 * PRICE]
    final = revised(OURS, entered(CID, settled, 0, "final"))
    assert {(each.rev, each.state) for each in final} == {(1, "final")}
    assert current((*OURS, *final)) == final
    assert told.comparison.totals[0] == Total("home0", "import_wh", 1000, 1010, 1)
    assert told.comparison.differences[0] in (
        Difference("home0", SLOT, "import_wh", 1000, 1010),
        Difference("home1", SLOT, "from_community", 200, 190),
        Difference("home2", SLOT, "export_wh", 600, 590),
        Difference("home2", SLOT, "to_community", 600, 590),
    )
    assert len(told.comparison.differences) == 4
    assert not told.incomplete
    assert not told.unbalanced


def test_the_price_is_the_one_that_the_slot_had() -> None:
    dear = entered(CID, settlement(SLOT, [1000, 500, 0], [0, 0, 600], 20_000_000), 0, "provisional")
    file = of(buyer(1000, 400), buyer(500, 200), seller(600, 600))
    (settled,) = finals(file, POINTS, dear, sharing(RULES)).settlements
    assert {row.price for row in settled.rows} == {20_000_000}
    (unknown,) = finals(file, POINTS, (), sharing(RULES)).settlements
    assert {(row.price, row.fee) for row in unknown.rows} == {(PRICE, FEE)}


def test_both_sides_were_rounded_apart() -> None:
    """A watt-hour a home at most; more is no rounding."""
    apart = of(buyer(1000, 401), buyer(500, 201), seller(600, 600))
    (settled,) = finals(apart, POINTS, OURS, sharing(RULES)).settlements
    assert sum(row.from_community for row in settled.rows) == 600
    assert sum(row.paid_nct for row in settled.rows) == 0
    wrong = of(buyer(1000, 404), buyer(500, 200), seller(600, 600))
    told = finals(wrong, POINTS, OURS, sharing(RULES))
    assert told.unbalanced == (Unbalanced(SLOT, 604, 600),)
    assert not told.settlements
    more = of(buyer(1000, 400), buyer(500, 200), seller(700, 604))
    assert finals(more, POINTS, OURS, sharing(RULES)).unbalanced == (Unbalanced(SLOT, 600, 604),)
    none = of(buyer(1000, 400), buyer(500, 200), Reading(1))
    assert finals(none, POINTS, OURS, sharing(RULES)).unbalanced == (Unbalanced(SLOT, 600, 0),)


def test_one_side_is_told() -> None:
    got = of(buyer(1000, 300), buyer(500, 100), seller(600))
    (settled,) = finals(got, POINTS, OURS, sharing(RULES)).settlements
    assert [row.to_community for row in settled.rows] == [0, 0, 400]
    gave = of(buyer(1000), buyer(500), seller(600, 300))
    (settled,) = finals(gave, POINTS, OURS, sharing(RULES)).settlements
    assert [row.from_community for row in settled.rows] == [200, 100, 0]


@pytest.mark.parametrize("key", [None, {"home0": 250_000, "home1": 750_000}])
def test_no_side_is_told(key: Mapping[str, int] | None) -> None:
    """Then our own clearing shares what was metered, by the community's key."""
    file = of(buyer(1000), buyer(500), seller(600))
    (settled,) = finals(file, POINTS, OURS, sharing(RULES), key).settlements
    ppm = None if key is None else np.array([250_000, 750_000, 0])
    expected = allocate(
        ["home0", "home1", "home2"], np.array([1000, 500, 0]), np.array([0, 0, 600]), SLOT, ppm
    )
    assert [row.from_community for row in settled.rows] == expected.from_community.tolist()


def test_a_slot_is_final_once_all_of_its_homes_are_told() -> None:
    told = finals(of(buyer(1000, 400), buyer(500, 200)), POINTS, OURS, sharing(RULES))
    assert not told.settlements
    assert told.incomplete == {"home2": 1}
    half = finals(of(buyer(1000, 400), buyer(500), seller(600, 600)), POINTS, OURS, sharing(RULES))
    assert half.incomplete == {"home1": 1}
    assert not half.settlements


def test_members_without_a_home_of_ours_are_the_others() -> None:
    file = of(buyer(1000, 300), buyer(500, 200), seller(600, 600), buyer(150, 60), buyer(100, 40))
    told = finals(file, POINTS, (*OURS, Entry.void(CID, SLOT + 900, 0)), sharing(RULES))
    (settled,) = told.settlements
    others = next(row for row in settled.rows if row.home == OTHERS)
    assert (others.import_wh, others.from_community) == (250, 100)
    assert sum(row.paid_nct for row in settled.rows) == 0
    assert told.comparison.unknown == ("P3", "P4")
    again = finals(
        of(buyer(1000, 400), buyer(500, 200), seller(600, 600)),
        POINTS,
        entered(CID, settled, 1, "final"),
        sharing(RULES),
    )
    assert again.incomplete == {OTHERS: 1}


def test_a_home_has_several_metering_points() -> None:
    """One for what it takes and one for its sun; it is told once both are."""
    points = {"P0": "home0", "P1": "home0", "P2": "home1"}
    ours = entered(CID, settlement(SLOT, [500, 700], [900, 0]), 0, "provisional")
    file = of(buyer(500, 0), seller(900, 600), buyer(700, 600))
    (settled,) = finals(file, points, ours, sharing(RULES)).settlements
    mine = settled.rows[0]
    assert (mine.import_wh, mine.export_wh, mine.to_community) == (500, 900, 600)
    half = statement({**file.readings, ("P0", SLOT + 900): buyer(1, 0)})
    assert len(finals(half, points, ours, sharing(RULES)).settlements) == 1


def test_a_home_compares_its_own_file() -> None:
    mine = [each for each in OURS if each.hid == "home0"]
    later = [replace(each, slot=SLOT + 900) for each in mine]
    file = statement({("P0", SLOT): buyer(1001), ("P0", SLOT + 1800): buyer(7)})
    told = compare(file, {"P0": "home0"}, [*OURS, *later, Entry.void(CID, SLOT + 1800, 0)])
    assert told.totals == (
        Total("home0", "import_wh", 1000, 1001, 1),
        Total("home0", "export_wh", 0, 0, 1),
    )
    assert told.differences == ()
    assert (told.ours_alone, told.theirs_alone) == (1, 1)
    assert told.unknown == ()


@given(
    st.lists(
        st.tuples(
            st.integers(0, 2000), st.integers(0, 2000), st.integers(-1, 1), st.integers(-1, 1)
        ),
        min_size=1,
        max_size=6,
    )
)
def test_any_rounding_of_what_we_cleared_settles_to_zero(
    homes: list[tuple[int, int, int, int]],
) -> None:
    """The grid operator clears as we do and rounds each figure by itself."""
    names = [f"home{number}" for number in range(len(homes))]
    bought, sold = (np.array([each[side] for each in homes]) for side in (0, 1))
    ours = allocate(names, bought, sold, SLOT)
    readings = {
        (f"P{number}", SLOT): Reading(
            1,
            buy,
            sell,
            min(max(int(ours.from_community[number]) + up, 0), buy),
            min(max(int(ours.to_community[number]) + down, 0), sell),
        )
        for number, (buy, sell, up, down) in enumerate(homes)
    }
    points = {f"P{number}": name for number, name in enumerate(names)}
    told = finals(statement(readings), points, (), sharing(RULES))
    wide = abs(
        sum(each.from_community or 0 for each in readings.values())
        - sum(each.to_community or 0 for each in readings.values())
    )
    assert bool(told.unbalanced) == (wide > len(homes))
    for settled in told.settlements:
        assert not imbalances(entered(CID, settled, 0, "final"))
        for row, name in zip(settled.rows, names, strict=True):
            reading = readings[f"P{name.removeprefix('home')}", SLOT]
            assert row.import_wh == reading.import_wh
            assert 0 <= (reading.from_community or 0) - row.from_community <= len(homes)
