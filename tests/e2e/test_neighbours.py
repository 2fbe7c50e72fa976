"""Three real Home Assistants found a community, join it and share an hour, through Mosquitto."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from custom_components.shems.community.ledger_file import CommunityLedger
from custom_components.shems.core.market.entries import Entry, digest
from tests.e2e.communities import CONSENT, connect, found
from tests.e2e.street import Neighbour, Street, program
from tests.parts.broker import Broker
from tests.parts.broker import program as mosquitto

SLOT_S = 300
HOUR_S = 3600


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[list[Neighbour]]:
    """Run three homes on one broker."""
    if mosquitto() is None or program() is None:
        pytest.skip("needs mosquitto and faketime (on Debian: apt-get install mosquitto faketime)")
    broker = Broker(tmp_path)
    broker.start()
    made = [Neighbour(tmp_path / f"home{seed}", seed) for seed in (1, 2, 3)]
    try:
        for each in made:
            each.prepare()
        street = Street()
        for each in made:
            each.move_in(street)
        for each in made:
            each.wait_until_ready()
            each.wake_home()
            connect(each, broker.port)
        yield made
    finally:
        for each in made:
            each.stop()
        broker.kill()


def join(organiser: Neighbour, home: Neighbour) -> None:
    """Join by an invitation, after comparing the organiser's fingerprint."""
    _, (_, invited) = organiser.walk(
        "options/flow",
        organiser.entry("community"),
        {"init": {"next_step_id": "community_invite"}},
    )
    (text,) = (
        each["description"]["suggested_value"]
        for each in invited["data_schema"]
        if each["name"] == "text"
    )
    end, pages = home.walk(
        "flow",
        "shems",
        {
            "user": {"next_step_id": "community"},
            "community": {"next_step_id": "community_join"},
            "community_join": {"invitation": text, "label": home.config.name},
            "community_meet": CONSENT,
        },
    )
    assert end["type"] == "create_entry"
    told = invited["description_placeholders"]["fingerprint"]
    assert pages[-1]["description_placeholders"]["fingerprint"] == told


def members(home: Neighbour) -> int:
    """Return how many members the home knows of."""
    flow = home.post("config/config_entries/options/flow", {"handler": home.entry("community")})
    way = {"next_step_id": "community_about"}
    page = home.post(f"config/config_entries/options/flow/{flow['flow_id']}", way)
    return int(page["description_placeholders"]["count"])


def stand_by(organiser: Neighbour, label: str) -> None:
    """Make a member the standby of the coordinator."""
    flow = "config/config_entries/options/flow"
    page = organiser.post(flow, {"handler": organiser.entry("community")})
    page = organiser.post(f"{flow}/{page['flow_id']}", {"next_step_id": "community_members"})
    (choice,) = [each["selector"]["select"]["options"] for each in page["data_schema"]]
    (hid,) = [each["value"] for each in choice if each["label"].startswith(label)]
    organiser.post(f"{flow}/{page['flow_id']}", {"member": hid})
    end = organiser.post(f"{flow}/{page['flow_id']}", {"role": "standby", "remove": False})
    assert end["type"] == "create_entry"


def ledger(home: Neighbour) -> CommunityLedger:
    """Return the ledger that a home has kept."""
    (path,) = (home.config / ".storage").glob("shems.*.neighbours.db")
    return CommunityLedger(path, home.community_cid)


def test_three_homes_share_an_hour(homes: list[Neighbour]) -> None:
    """What one has over another takes, slot by slot, and all keep the same accounts."""
    first, second, third = homes
    street = first.street
    found(first)
    for each in (second, third):
        join(first, each)
    for each in homes:
        street.until(lambda: members(each) == 3, "all are members", 600)  # noqa: B023  # at once
    stand_by(first, "home2")
    # One gives what its battery has, another fills its own.
    first.battery("discharge", 2500)
    second.battery("charge", 2500)

    begin = int((street.now + 2 * SLOT_S) // SLOT_S * SLOT_S)
    wanted = set(range(begin, begin + HOUR_S, SLOT_S))

    def settled(home: Neighbour) -> bool:
        known = ledger(home).current(begin, begin + HOUR_S)
        return {each.slot for each in known} >= wanted

    for each in homes:
        street.until(lambda: settled(each), "an hour is settled", HOUR_S + 1800)  # noqa: B023  # at once
    for each in homes:
        each.stop()

    accounts = [ledger(each) for each in homes]
    whole, standby, own = (each.current(begin, begin + HOUR_S) for each in accounts)
    assert digest(whole) == digest(standby)
    assert accounts[0].imbalances(begin, begin + HOUR_S) == ()
    assert {len([each for each in whole if each.slot == slot]) for slot in wanted} == {3}
    assert digest(own) == digest(_of(whole, own[0].hid))
    assert all(each.verify().holds for each in accounts)
    shared = [each.row for each in whole if each.row is not None]
    assert sum(each.from_community for each in shared) > 0
    assert sum(each.paid_nct for each in shared) == 0
    for each in homes:
        complaints = [line for line in each.complaints() if "custom_components.shems.comm" in line]
        # A state that takes long to write takes twelve times as long here.
        assert [line for line in complaints if "Updating state for" not in line] == []


def _of(entries: tuple[Entry, ...], hid: str) -> list[Entry]:
    return [each for each in entries if each.hid == hid]
