"""The grid operator's figures stay, whoever coordinates and whatever is restarted or restored."""

import json
from typing import Any

import numpy as np
import pytest

from custom_components.shems.core.market.allocate import allocate
from custom_components.shems.core.market.bodies import SlotState
from custom_components.shems.core.market.entries import Entry, current, entered
from custom_components.shems.core.market.settle import Meters, settle
from tests.core.market.network import ALL, BEGIN, CID, World, roster

HOMES = 3
SLOT_S = 900
METERED = ((0, 500), (200, 0), (400, 0))
TRUTH = ((0, 600), (210, 0), (410, 0))


def final(world: World) -> list[Entry]:
    """Return the grid operator's figures of the first slot."""
    hids = sorted(each.hid for each in world.roster.members)
    truth = dict(zip((each.hid for each in world.roster.members), TRUTH, strict=True))
    columns = (np.array([truth[hid][side] for hid in hids]) for side in (0, 1))
    meters = Meters(hids, *columns)
    allocation = allocate(hids, meters.import_wh, meters.export_wh, BEGIN)
    rules = world.roster.rules
    settled = settle(meters, allocation, BEGIN, rules.price, rules.fee)
    return list(entered(CID, settled, 0, "final"))


def told(world: World, home: int) -> tuple[Any, ...]:
    view = world.home(home).views[BEGIN]
    own = view.result
    assert own is not None
    assert own.rev == (view.sums or own).rev
    return view.state, own.import_wh, own.export_wh, world.home(home).verify(BEGIN).included


@pytest.fixture
def world() -> World:
    """Return a community whose first slot is settled by its meters, and whose figures came."""
    world = World(roster(HOMES, 1))
    world.run(1)
    for number in range(HOMES):
        world.say(f"home{number}", world.home(number).consent(ALL, world.now))
    world.run(SLOT_S)
    for number, figures in enumerate(METERED):
        world.say(f"home{number}", world.home(number).meter(BEGIN, *figures, world.now))
    world.run(SLOT_S)
    world.early = json.loads(json.dumps(world.coordinator().state()))  # type: ignore[attr-defined]  # This test's own.
    world.say("coord0", world.coordinator().final(final(world), world.now))
    world.run(30)
    return world


def stays(world: World) -> None:
    for home, figures in enumerate(TRUTH):
        assert told(world, home) == (SlotState.FINAL, *figures, True)


def again(world: World, home: int) -> None:
    """Let a home that has lost its row tell its meter once more."""
    world.home(home).views[BEGIN].own = None
    world.say(f"home{home}", world.home(home).meter(BEGIN, 333, 0, world.now))
    world.run(60)


def test_final_figures_reach_everybody(world: World) -> None:
    stays(world)


def test_a_meter_that_comes_later_is_answered_with_them(world: World) -> None:
    world.peers["coord0"].kill()
    world.run(5)
    world.restart("coord0")
    world.run(300)
    again(world, 1)
    stays(world)


def test_a_standby_leaves_them(world: World) -> None:
    """It has heard the sums alone, and only its own meters' figures of the homes."""
    world.peers["coord0"].kill()
    world.run(3 * SLOT_S)
    assert world.coordinator(1).acting(world.now)
    world.peers["coord1"].kill()
    world.run(5)
    world.restart("coord1")
    world.run(3 * SLOT_S)
    assert world.coordinator(1).acting(world.now)
    stays(world)
    again(world, 1)
    assert world.home(1).views[BEGIN].result is None, "it has no row that it could tell"


def test_a_coordinator_put_back_to_before_them_leaves_them_until_they_come_again(
    world: World,
) -> None:
    ledger = world.ledgers["coord0"]
    ledger.entries = [each for each in ledger.entries if each.state != "final"]
    peer = world.peers["coord0"]
    peer.kill()
    peer.saved = world.early  # type: ignore[attr-defined]  # This test's own.
    world.restart("coord0")
    world.run(3 * SLOT_S)
    stays(world)
    world.say("coord0", world.coordinator().final(final(world), world.now))
    world.run(30)
    stays(world)
    assert {each.state for each in current(ledger.entries) if each.slot == BEGIN} == {"final"}


def crashed(world: World) -> None:
    """Put the coordinator back to what it had saved before; its ledger has gone on."""
    peer = world.peers["coord0"]
    peer.kill()
    peer.saved = world.early  # type: ignore[attr-defined]  # This test's own.
    world.restart("coord0")


def test_a_state_that_is_older_than_the_ledger_knows_what_was_told(world: World) -> None:
    crashed(world)
    world.run(2 * SLOT_S)
    again(world, 1)
    stays(world)


@pytest.mark.parametrize("by", ["file", "meter"])
def test_what_was_entered_and_not_told_before_a_crash_is_told_later(by: str) -> None:
    world = World(roster(HOMES, 0))
    world.run(1)
    for number in range(HOMES):
        world.say(f"home{number}", world.home(number).consent(ALL, world.now))
    world.run(SLOT_S)
    for number, figures in enumerate(METERED):
        if number or by == "file":
            world.say(f"home{number}", world.home(number).meter(BEGIN, *figures, world.now))
    world.run(SLOT_S)
    world.early = world.coordinator().state()  # type: ignore[attr-defined]  # This test's own.
    world.coordinator().final(final(world), world.now)
    crashed(world)
    world.run(SLOT_S)
    if by == "file":
        world.say("coord0", world.coordinator().final(final(world), world.now))
    else:
        world.say("home0", world.home(0).meter(BEGIN, *METERED[0], world.now))
    world.run(SLOT_S)
    stays(world)
    assert not any(each.state == "void" for each in world.ledgers["coord0"].entries)


def test_what_was_settled_and_not_told_before_a_crash_is_no_contradiction() -> None:
    """A meter that came meanwhile changes the figures: they are the next revision."""
    world = World(roster(HOMES, 0))
    world.run(1)
    for number in range(HOMES):
        world.say(f"home{number}", world.home(number).consent(ALL, world.now))
    world.run(SLOT_S)
    for number, figures in enumerate(METERED[1:], 1):
        world.say(f"home{number}", world.home(number).meter(BEGIN, *figures, world.now))
    world.run(295)
    world.early = world.coordinator().state()  # type: ignore[attr-defined]  # This test's own.
    world.coordinator().tick(world.now + 20)
    assert any(each.slot == BEGIN for each in world.ledgers["coord0"].entries)
    crashed(world)
    world.say("home0", world.home(0).meter(BEGIN, *METERED[0], world.now))
    world.run(SLOT_S)
    counting = [each for each in world.ledgers["coord0"].counting if each.slot == BEGIN]
    assert {each.rev for each in counting} == {1}
    rows = {each.hid: each.row for each in counting}
    for member, (bought, sold) in zip(world.roster.members, METERED, strict=True):
        row = rows[member.hid]
        assert row is not None
        assert (row.import_wh, row.export_wh) == (bought, sold)


def test_what_has_no_figures_is_not_final(world: World) -> None:
    void = Entry.void(CID, BEGIN + SLOT_S, 0)
    assert world.coordinator().final([void], world.now) == []
