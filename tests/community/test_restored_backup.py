"""A backup that is restored: no number is used twice, and the ledger says the same again."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from custom_components.shems.community.accounts import FileAccounts
from custom_components.shems.community.ledger_file import CommunityLedger
from custom_components.shems.core.market.bodies import SlotState
from custom_components.shems.core.market.coordinator import CoordinatorNode
from custom_components.shems.core.market.dso import read
from custom_components.shems.core.market.dso_final import finals, sharing
from custom_components.shems.core.market.entries import Entry, digest, entered
from custom_components.shems.core.market.envelope import read as opened
from custom_components.shems.core.market.outgoing import Outgoing
from custom_components.shems.core.market.report import report
from tests.core.market import network
from tests.core.market.network import ALL, BEGIN, CID, World, roster

HOMES = 3
SLOT_S = 900
SLOTS = 4
EVER = (0, 2**33)
SPAN = (BEGIN, BEGIN + SLOTS * SLOT_S)


class Village:
    """A world whose coordinator has its ledger in a file, and can be put back to a backup."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.ledger = CommunityLedger(folder / "ledger.db", CID)
        self.ledger.open()
        accounts = FileAccounts(self.ledger, CID, lambda: self.world.now)
        monkeypatch.setattr(network, "Ledger", lambda: accounts)
        self.world = World(roster(HOMES, 0))
        self.world.run(1)
        for number in range(HOMES):
            self.world.say(f"home{number}", self.world.home(number).consent(ALL, self.world.now))
        self.world.run(299)

    def live(self, first: int, last: int) -> None:
        """Let slots pass, each home telling its meter."""
        for number in range(first, last):
            slot = BEGIN + number * SLOT_S
            self.world.run(slot + SLOT_S + 5 - self.world.now)
            for home in range(HOMES):
                node = self.world.home(home)
                figures = (0, 500 + number) if home == 0 else (200 * home, 0)
                self.world.say(f"home{home}", node.meter(slot, *figures, self.world.now))
        self.world.run(SLOT_S)

    def back_up(self) -> dict[str, Any]:
        shutil.copy(self.ledger.path, self.folder / "backup.db")
        states = {name: peer.node.state() for name, peer in self.world.peers.items()}
        copied: dict[str, Any] = json.loads(json.dumps(states))
        return copied

    def restore(self, saved: dict[str, Any]) -> None:
        shutil.copy(self.folder / "backup.db", self.ledger.path)
        for name, state in saved.items():
            self.world.peers[name].kill()
            self.world.peers[name].saved = state
            self.world.restart(name)

    def numbers(self) -> list[tuple[str, str, int, int]]:
        """Return what tells messages apart, of each that was sent, in order."""
        told = [opened(payload).envelope for _, payload in self.world.captured]
        return [(each.hid, each.typ, each.slot, each.seq) for each in told]

    def settle(self) -> list[Outgoing]:
        """Import the grid operator's file, in which a meter differs from ours."""
        hids = [each.hid for each in self.world.roster.members]
        rows = [
            f"P{home};{stamp};{bought};{sold}"
            for number in range(SLOTS)
            for stamp in [datetime.fromtimestamp(BEGIN + number * SLOT_S, UTC).isoformat()]
            for home, bought, sold in ((0, 0, 600), (1, 210, 0), (2, 400, 0))
        ]
        text = "Metering point;Start;Import [Wh];Export [Wh]\n" + "\n".join(rows)
        statement = read(text, "UTC", SLOT_S)
        points = {f"P{home}": hid for home, hid in enumerate(hids)}
        held = self.ledger.history(*EVER)
        told = finals(statement, points, held, sharing(self.world.roster.rules))
        new: list[Entry] = []
        for each in told.settlements:
            new += entered(CID, each, 0, "final")
        node = self.world.peers["coord0"].node
        assert isinstance(node, CoordinatorNode)
        sent = node.final(new, self.world.now)
        self.world.say("coord0", sent)
        self.world.run(30)
        return sent


def test_the_grid_operators_file_reaches_every_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    village = Village(tmp_path, monkeypatch)
    village.live(0, SLOTS)
    before = village.ledger.current(*SPAN)
    assert {each.state for each in before} == {"provisional"}
    assert not village.ledger.imbalances(*EVER)
    assert village.settle()
    rows = {(each.hid, each.slot): each.row for each in village.ledger.current(*SPAN)}
    for home, hid in enumerate(each.hid for each in village.world.roster.members):
        for number in range(SLOTS):
            slot = BEGIN + number * SLOT_S
            view = village.world.home(home).views[slot]
            assert view.state is SlotState.FINAL
            own, row = view.result, rows[hid, slot]
            assert own is not None
            assert row is not None
            assert (own.from_community, own.to_community) == (row.from_community, row.to_community)
            assert own.paid_nct == row.paid_nct
    assert not village.settle(), "the same file again says nothing new"
    told = report(
        village.ledger.current(*EVER), BEGIN, BEGIN + SLOTS * SLOT_S, SLOT_S, lambda *_: None
    )
    assert told.final == SLOTS
    assert told.balanced
    assert village.ledger.verify().holds


@pytest.mark.parametrize("behind", [0, 3600])
def test_a_restored_backup_reuses_no_number_and_catches_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, behind: int
) -> None:
    """Even with a clock that is behind: then its own retained messages tell how far it was."""
    village = Village(tmp_path, monkeypatch)
    village.live(0, 2)
    saved = village.back_up()
    village.live(2, SLOTS)
    village.settle()
    before, head = village.ledger.current(*SPAN), village.ledger.head()
    used = village.numbers()
    village.restore(saved)
    assert not village.ledger.verify(head).holds, "who noted the head sees that some is missing"
    assert village.ledger.verify().holds
    if behind:
        for number in range(HOMES):
            village.world.peers[f"home{number}"].skew = -behind
        for number in range(HOMES):
            node = village.world.home(number)
            village.world.run(1)
            village.world.say(f"home{number}", node.connected(village.world.now - behind))
    village.world.run(2 * SLOT_S)
    village.settle()
    later = village.numbers()[len(used) :]
    assert later
    assert not set(later) & set(used)
    if not behind:
        assert len(set(later)) == len(later)
        assert digest(village.ledger.current(*SPAN)) == digest(before)
    assert village.ledger.verify().holds
