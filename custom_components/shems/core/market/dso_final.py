"""The grid operator's figures beside ours: what becomes final, and where they differ.

The grid operator's shares are the truth. Each is rounded to a watt-hour by itself, so that
both sides of a slot may differ by a few: they are trimmed to the smaller one, pro rata, and
the slot sums to zero again. A slot becomes final when the file has all of its homes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from ..units import Ints
from .allocate import Allocation, allocate, rationed
from .dso import Reading, Statement
from .entries import Entry, current
from .rules import Rules
from .settle import Meters, Row, Settlement, settle

type Part = Literal["import_wh", "export_wh", "from_community", "to_community"]
type Settle = Callable[[Meters, Allocation, int, Sequence[Row]], Settlement]
"""Settles a slot anew: its meters, allocation and start, and its rows as they were."""

PARTS: Final[tuple[Part, ...]] = ("import_wh", "export_wh", "from_community", "to_community")
OTHERS: Final = "others"
"""Stands for the metering points of members who have none of our homes."""
_ROUNDING_WH: Final = 1
"""Figures that differ by no more were rounded differently."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of a home's slot, ours and the grid operator's, Wh."""

    hid: str
    slot: int
    part: Part
    ours: int
    theirs: int


@dataclass(frozen=True, slots=True)
class Total:
    """A figure of a home over all slots that both have, Wh."""

    hid: str
    part: Part
    ours: int
    theirs: int
    slots: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figures of both.

    Attributes:
        totals: by home and part, of the slots that both have.
        differences: beyond rounding, the largest first.
        ours_alone, theirs_alone: slots of homes that the other does not have.
        unknown: metering points that belong to none of the homes.
    """

    totals: tuple[Total, ...]
    differences: tuple[Difference, ...]
    ours_alone: int
    theirs_alone: int
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unbalanced:
    """A slot whose shares in the file do not belong together: members are missing in it."""

    slot: int
    from_community: int
    to_community: int


@dataclass(frozen=True, slots=True)
class Finals:
    """What a file makes final.

    Attributes:
        settlements: of the slots that are whole, to be entered as final (`entries.revised`).
        incomplete: by home, how many slots stay as they are because the file lacks its part.
        unbalanced: slots that stay as they are because their shares do not add up.
        comparison: of what was entered so far with the file.
    """

    settlements: tuple[Settlement, ...]
    incomplete: Mapping[str, int]
    unbalanced: tuple[Unbalanced, ...]
    comparison: Comparison


def by_home(statement: Statement, points: Mapping[str, str]) -> dict[int, dict[str, Reading]]:
    """Add up the metering points of each home, by slot; those of no home are `OTHERS`.

    A home is there where all its metering points in the file are.

    Args:
        statement: of the file.
        points: home by metering point.
    """
    its: dict[str, list[str]] = {}
    for point in statement.points:
        its.setdefault(points.get(point, OTHERS), []).append(point)
    found: dict[int, dict[str, Reading]] = {}
    for slot in statement.slots:
        for hid, places in its.items():
            readings = [statement.readings.get((point, slot)) for point in places]
            told = [each for each in readings if each is not None]
            if len(told) == len(places):
                found.setdefault(slot, {})[hid] = _added(told)
    return found


def compare(
    statement: Statement, points: Mapping[str, str], entries: Iterable[Entry]
) -> Comparison:
    """Hold a file against what was entered; a home can do so with its own alone.

    Args:
        statement: of the file.
        points: home by metering point.
        entries: of the same span.
    """
    theirs = {
        (hid, slot): reading
        for slot, homes in by_home(statement, points).items()
        for hid, reading in homes.items()
        if hid != OTHERS
    }
    known = set(points.values())
    ours = {
        (each.hid, each.slot): each.row
        for each in current(entries)
        if each.row is not None and each.hid in known
    }
    pairs = [
        Difference(hid, slot, part, getattr(ours[hid, slot], part), their)
        for hid, slot in sorted(ours.keys() & theirs.keys())
        for part in PARTS
        if (their := getattr(theirs[hid, slot], part)) is not None
    ]
    sums: dict[tuple[str, Part], list[Difference]] = {}
    for pair in pairs:
        sums.setdefault((pair.hid, pair.part), []).append(pair)
    apart = [pair for pair in pairs if abs(pair.ours - pair.theirs) > _ROUNDING_WH]
    return Comparison(
        tuple(
            Total(hid, part, sum(x.ours for x in each), sum(x.theirs for x in each), len(each))
            for (hid, part), each in sums.items()
        ),
        tuple(sorted(apart, key=lambda pair: -abs(pair.ours - pair.theirs))),
        len(ours.keys() - theirs.keys()),
        len(theirs.keys() - ours.keys()),
        tuple(point for point in statement.points if point not in points),
    )


def sharing(rules: Rules) -> Settle:
    """Return how shared energy is settled: at the price and fee the slot had, else the rules'."""

    def settled(
        meters: Meters, allocation: Allocation, slot: int, rows: Sequence[Row]
    ) -> Settlement:
        price = next((row.price for row in rows if row.price is not None), rules.price)
        fee = next((row.fee for row in rows), rules.fee)
        return settle(meters, allocation, slot, price, fee)

    return settled


def finals(
    statement: Statement,
    points: Mapping[str, str],
    entries: Iterable[Entry],
    settled: Settle,
    key_ppm: Mapping[str, int] | None = None,
) -> Finals:
    """Settle anew what a file says, slot by slot.

    Args:
        statement: of the file.
        points: home by metering point.
        entries: every entry of the span, of all homes.
        settled: settles a slot: `sharing`, or with the contracts of an auction.
        key_ppm: static key by home, for files that do not say what was shared.
    """
    held = tuple(entries)
    expected: dict[int, set[str]] = {}
    for each in held:
        if each.row is not None:
            expected.setdefault(each.slot, set()).add(each.hid)
    rows: dict[int, list[Row]] = {}
    for each in current(held):
        if each.row is not None:
            rows.setdefault(each.slot, []).append(each.row)
    done: list[Settlement] = []
    incomplete: dict[str, int] = {}
    unbalanced: list[Unbalanced] = []
    for slot, homes in by_home(statement, points).items():
        lacking = (expected.get(slot, set()) - homes.keys()) | _half_told(homes)
        for hid in lacking:
            incomplete[hid] = incomplete.get(hid, 0) + 1
        if lacking:
            continue
        allocation = _allocation(homes, slot, key_ppm)
        if isinstance(allocation, Unbalanced):
            unbalanced.append(allocation)
            continue
        names = sorted(homes)
        meters = Meters(names, *(_of(homes, part) for part in ("import_wh", "export_wh")))
        done.append(settled(meters, allocation, slot, rows.get(slot, [])))
    return Finals(
        tuple(done),
        dict(sorted(incomplete.items())),
        tuple(unbalanced),
        compare(statement, points, held),
    )


def _added(readings: Sequence[Reading]) -> Reading:
    """Add up metering points; a share that one of them lacks is of a total that it lacks too."""
    shares: dict[str, int | None] = {}
    for share, total in _SIDES:
        told = [getattr(each, share) for each in readings]
        counted = [getattr(each, total) for each in readings]
        known = any(each is not None for each in told) and all(
            each is not None or not of for each, of in zip(told, counted, strict=True)
        )
        shares[share] = sum(each or 0 for each in told) if known else None
    return Reading(
        readings[-1].line,
        sum(each.import_wh for each in readings),
        sum(each.export_wh for each in readings),
        shares["from_community"],
        shares["to_community"],
    )


_SIDES: Final[tuple[tuple[Part, Part], ...]] = (
    ("from_community", "import_wh"),
    ("to_community", "export_wh"),
)


def _half_told(homes: Mapping[str, Reading]) -> set[str]:
    """Return the homes that lack a share of what they have, where others have theirs."""
    return {
        hid
        for share, total in _SIDES
        if any(getattr(each, share) is not None for each in homes.values())
        for hid, each in homes.items()
        if getattr(each, share) is None and getattr(each, total)
    }


def _allocation(
    homes: Mapping[str, Reading], slot: int, key_ppm: Mapping[str, int] | None
) -> Allocation | Unbalanced:
    """Return what was shared: as the file says, and what it does not say pro rata."""
    names = sorted(homes)
    bought, sold = _of(homes, "import_wh"), _of(homes, "export_wh")
    got, gave = (
        _of(homes, share)
        if any(getattr(each, share) is not None for each in homes.values())
        else None
        for share, _ in _SIDES
    )
    if got is None and gave is None:
        key = None if key_ppm is None else np.array([key_ppm.get(hid, 0) for hid in names])
        return allocate(names, bought, sold, slot, key)
    taken, given = bought if got is None else got, sold if gave is None else gave
    shared = min(int(taken.sum()), int(given.sum()))
    wanted = max(0 if got is None else int(got.sum()), 0 if gave is None else int(gave.sum()))
    # Each home's figure is rounded by itself, on both sides.
    if wanted - shared > _ROUNDING_WH * len(names):
        return Unbalanced(slot, int(taken.sum()), int(given.sum()))
    taken, given = (rationed(shared, each, names, slot) for each in (taken, given))
    return Allocation(shared, taken, given, bought - taken, sold - given)


def _of(homes: Mapping[str, Reading], part: Part) -> Ints:
    return np.array([getattr(homes[hid], part) or 0 for hid in sorted(homes)], dtype=np.int64)
