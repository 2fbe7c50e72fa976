"""A community's broker, as its script configures it: a real Mosquitto with TLS."""

import csv
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from custom_components.shems.core.market import bodies
from custom_components.shems.core.market.envelope import Envelope, read, signed
from custom_components.shems.core.market.identity import Identity
from custom_components.shems.core.market.roster import Member, Role, Roster
from custom_components.shems.core.market.rules import Rules
from custom_components.shems.core.market.topics import LARGEST_MESSAGE, Topics, Typ
from scripts.community_broker.__main__ import main

from .tls_broker import REFUSED, Mosquitto, Peer, free_port, program, until

NOT_AUTHORIZED = 0x87
BAD_LOGIN = {0x86, NOT_AUTHORIZED}

CID = "gaydambqgaydambq"
TOPICS = Topics(CID)
ORGANISER, COORDINATOR, ANNA, BERT, STRANGER = (
    Identity.generate(bytes([each]) * 64) for each in range(1, 6)
)
PEOPLE: dict[Identity, Role] = {COORDINATOR: "coordinator", ANNA: "home", BERT: "home"}
ROSTER = Roster(
    CID,
    1,
    "Unter den Linden",
    ORGANISER.public,
    tuple(Member(each.public.hid, each.public, role) for each, role in PEOPLE.items()),
    Rules.of("AT"),
    (COORDINATOR.public.hid,),
)
NOW_MS = 1_800_000_000_000

type Joins = Callable[[Identity], Peer]


@pytest.fixture(autouse=True)
def _real(socket_enabled: None) -> None:
    if program() is None:
        pytest.skip("no mosquitto is installed (on Debian: apt-get install mosquitto)")


def passwords(folder: Path) -> dict[str, str]:
    with (folder / "members.csv").open(newline="") as file:
        return {row["user"]: row["password"] for row in csv.DictReader(file)}


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Mosquitto]:
    folder = tmp_path / "community"
    port = free_port()
    members = [f"{each.public.hid}:{role}" for each, role in PEOPLE.items()]
    members.append(f"{ORGANISER.public.hid}:organiser")
    arguments = [str(folder), "--community", CID, "--port", str(port), "--member", *members]
    assert main([*arguments, "--certificate", "127.0.0.1", "broker.example.org"]) == 0
    made = Mosquitto(folder / "mosquitto.conf", port)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def joins(broker: Mosquitto, tmp_path: Path) -> Iterator[Joins]:
    folder = tmp_path / "community"
    peers = []

    def join(keys: Identity) -> Peer:
        hid = keys.public.hid
        peer = Peer(broker.port, hid, passwords(folder)[hid], folder / "ca.crt")
        assert peer.connect() == 0
        peers.append(peer)
        return peer

    yield join
    for peer in peers:
        peer.close()


def plan(keys: Identity) -> bytes:
    body = bodies.Plan(900, (100, -200)).to_json()
    sent = Envelope(CID, keys.public.hid, Typ.PLAN, 1_800_000_000, NOW_MS, NOW_MS, 1, body)
    return signed(sent, keys, ROSTER.coordinators)


def of(typ: Typ, keys: Identity = ANNA, slot: int = 1_800_000_000) -> str:
    return TOPICS.of(typ, keys.public.hid, slot)


def test_a_home_writes_in_its_own_branch_alone(joins: Joins) -> None:
    coordinator, anna = joins(COORDINATOR), joins(ANNA)
    coordinator.listen(f"{TOPICS.base}/#")
    forbidden = [
        *(of(typ, BERT) for typ in (Typ.PLAN, Typ.METER, Typ.STATUS, Typ.RESULT)),
        *(of(typ) for typ in (Typ.RESULT, Typ.LEASE, Typ.OUTLOOK, Typ.PUBLIC_RESULT, Typ.ROSTER)),
        f"shems/v1/{'a' * 16}/{ANNA.public.hid}/plan",
        f"{TOPICS.base}/{ANNA.public.hid}/anything",
        "homeassistant/switch/x/config",
    ]
    assert {anna.send(topic) for topic in forbidden} == {NOT_AUTHORIZED}
    payload = plan(ANNA)
    assert anna.send(of(Typ.PLAN), payload) == 0
    coordinator.hears(of(Typ.PLAN))
    assert coordinator.heard == [(of(Typ.PLAN), payload)]
    found = read(payload, Typ.PLAN).verified(ROSTER).opened(COORDINATOR)
    assert bodies.body_of(found) == bodies.Plan(900, (100, -200))


def test_a_home_reads_its_own_results_and_what_is_for_all(joins: Joins) -> None:
    coordinator, anna, bert = joins(COORDINATOR), joins(ANNA), joins(BERT)
    anna.listen("#", f"{TOPICS.base}/+/result", f"{TOPICS.base}/{BERT.public.hid}/#")
    bert.send(of(Typ.PLAN, BERT), plan(BERT))
    bert.send(of(Typ.METER, BERT))
    coordinator.send(of(Typ.RESULT, BERT))
    for typ in (Typ.RESULT, Typ.LEASE, Typ.OUTLOOK, Typ.PUBLIC_RESULT):
        assert coordinator.send(of(typ)) == 0
    anna.hears(of(Typ.PUBLIC_RESULT))
    allowed = {of(typ) for typ in (Typ.RESULT, Typ.LEASE, Typ.OUTLOOK, Typ.PUBLIC_RESULT)}
    assert set(anna.topics) == allowed


def test_only_the_organiser_writes_the_roster(joins: Joins) -> None:
    roster = of(Typ.ROSTER)
    assert joins(COORDINATOR).send(roster) == NOT_AUTHORIZED
    organiser = joins(ORGANISER)
    assert organiser.send(roster, ROSTER.signed(ORGANISER, NOW_MS), retain=True) == 0
    assert organiser.send(of(Typ.PLAN, ORGANISER)) == NOT_AUTHORIZED


def test_a_retained_roster_reaches_late_comers_also_after_a_restart(
    broker: Mosquitto, joins: Joins
) -> None:
    grown = ROSTER.with_member(Member(STRANGER.public.hid, STRANGER.public))
    joins(ORGANISER).send(of(Typ.ROSTER), grown.signed(ORGANISER, NOW_MS), retain=True)
    broker.stop()
    broker.start()
    late = joins(ANNA)
    late.listen(*TOPICS.home_subscriptions(ANNA.public.hid))
    late.hears(of(Typ.ROSTER))
    assert late.retained == {of(Typ.ROSTER)}
    assert Roster.read(late.heard[0][1], ORGANISER.public, CID) == grown


def test_home_assistant_connects_and_its_own_topics_reach_nobody(
    broker: Mosquitto, joins: Joins, tmp_path: Path
) -> None:
    folder, hid = tmp_path / "community", ANNA.public.hid
    word, ours = passwords(folder)[hid], "homeassistant/status"
    coordinator = joins(COORDINATOR)
    coordinator.listen("#")
    # It announces itself on a topic of its own, and leaves a last will there.
    home = Peer(broker.port, hid, word, folder / "ca.crt", will=ours)
    assert home.connect() == 0
    home.listen(ours, "homeassistant/#")
    assert home.send(ours) == NOT_AUTHORIZED
    assert home.send(of(Typ.PLAN)) == 0
    home.vanish()
    assert joins(BERT).send(of(Typ.PLAN, BERT)) == 0
    coordinator.hears(of(Typ.PLAN, BERT))
    assert coordinator.topics == [of(Typ.PLAN), of(Typ.PLAN, BERT)]


def test_strangers_are_refused(broker: Mosquitto, joins: Joins, tmp_path: Path) -> None:
    authority = tmp_path / "community" / "ca.crt"
    password = passwords(tmp_path / "community")[ANNA.public.hid]
    for name, word in (
        (STRANGER.public.hid, password),
        (ANNA.public.hid, "guess"),
        (ANNA.public.hid, None),
    ):
        peer = Peer(broker.port, name, word, authority)
        assert peer.connect() in BAD_LOGIN
        peer.close()


def test_plain_text_is_refused(broker: Mosquitto, joins: Joins, tmp_path: Path) -> None:
    password = passwords(tmp_path / "community")[ANNA.public.hid]
    peer = Peer(broker.port, ANNA.public.hid, password)
    assert peer.connect() >= REFUSED
    peer.close()


def test_a_broker_with_another_certificate_is_not_believed(
    broker: Mosquitto, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    assert main([str(other), "--community", CID, "--certificate", "127.0.0.1"]) == 0
    with pytest.raises(ssl.SSLCertVerificationError):
        Peer(broker.port, ANNA.public.hid, "x", other / "ca.crt").connect()


def test_a_renewed_certificate_is_still_believed(
    broker: Mosquitto, joins: Joins, tmp_path: Path
) -> None:
    folder = tmp_path / "community"
    before = (folder / "server.crt").read_bytes(), (folder / "ca.crt").read_bytes()
    assert joins(ANNA).send(of(Typ.PLAN)) == 0
    arguments = [str(folder), "--community", CID, "--port", str(broker.port)]
    assert main([*arguments, "--certificate", "127.0.0.1"]) == 0
    after = (folder / "server.crt").read_bytes(), (folder / "ca.crt").read_bytes()
    assert before[0] != after[0]
    assert before[1] == after[1]
    broker.reload()
    assert joins(ANNA).send(of(Typ.PLAN)) == 0
    for name in ("ca.key", "server.key"):
        assert (folder / name).stat().st_mode & 0o777 == 0o600


def test_a_message_that_is_too_large_is_not_passed_on(joins: Joins) -> None:
    coordinator, anna, bert = joins(COORDINATOR), joins(ANNA), joins(BERT)
    coordinator.listen(f"{TOPICS.base}/#")
    assert anna.send(of(Typ.ROSTER), bytes(LARGEST_MESSAGE)) == NOT_AUTHORIZED
    assert anna.send(of(Typ.PLAN), bytes(LARGEST_MESSAGE + 2000)) >= REFUSED
    anna.close()
    bert.send(of(Typ.PLAN, BERT), plan(BERT))
    coordinator.hears(of(Typ.PLAN, BERT))
    assert of(Typ.PLAN) not in coordinator.topics


def test_who_was_removed_is_out_and_the_others_keep_their_passwords(
    broker: Mosquitto, joins: Joins, tmp_path: Path
) -> None:
    folder = tmp_path / "community"
    before, anna, bert = passwords(folder), ANNA.public.hid, BERT.public.hid
    joins(BERT)
    arguments = [str(folder), "--community", CID, "--port", str(broker.port), "--remove", bert]
    assert main([*arguments, "--member", f"{anna}:standby"]) == 0
    assert passwords(folder) == {user: word for user, word in before.items() if user != bert}
    broker.reload()

    def refused() -> bool:
        peer = Peer(broker.port, bert, before[bert], folder / "ca.crt")
        reason = peer.connect()
        peer.close()
        return reason in BAD_LOGIN

    until(refused, "the login is refused")
    assert joins(ANNA).send(of(Typ.LEASE)) == 0


@pytest.fixture
def own(broker: Mosquitto, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Peer]:
    """Start a home's own broker with the bridge, and a client of it."""
    folder, port = tmp_path / "home", free_port()
    folder.mkdir()
    community = tmp_path / "community"
    capsys.readouterr()
    arguments = [str(community), "--community", CID, "--bridge", ANNA.public.hid]
    address = ["--address", f"127.0.0.1:{broker.port}", "--authority", f"{community}/ca.crt"]
    assert main([*arguments, *address]) == 0
    (folder / "mosquitto.conf").write_text(
        f"listener {port} 127.0.0.1\nallow_anonymous true\n"
        f"{capsys.readouterr().out}restart_timeout 1\n"
    )
    local = Mosquitto(folder / "mosquitto.conf", port)
    local.start()
    peer = Peer(port, "home-assistant")
    assert peer.connect() == 0
    yield peer
    peer.close()
    local.stop()


def test_a_bridge_carries_the_community_and_nothing_else(
    broker: Mosquitto, joins: Joins, own: Peer
) -> None:
    coordinator, bert, organiser = joins(COORDINATOR), joins(BERT), joins(ORGANISER)
    coordinator.listen(f"{TOPICS.base}/#")
    own.listen("#")
    roster = ROSTER.signed(ORGANISER, NOW_MS)
    organiser.send(of(Typ.ROSTER), roster, retain=True)
    own.hears(of(Typ.ROSTER))
    assert dict(own.heard)[of(Typ.ROSTER)] == roster
    private = ["zigbee2mqtt/plug", "homeassistant/x/config", f"shems/v1/{'a' * 16}/x/plan"]
    for topic in (*private, of(Typ.PLAN, BERT), of(Typ.OUTLOOK)):
        own.send(topic)
    bert.send(of(Typ.PLAN, BERT), plan(BERT))
    coordinator.send(of(Typ.RESULT, BERT))
    coordinator.send(of(Typ.RESULT))
    payload = plan(ANNA)
    own.send(of(Typ.PLAN), payload)
    own.hears(of(Typ.RESULT))
    coordinator.hears(of(Typ.PLAN))
    assert coordinator.topics == [of(Typ.ROSTER), of(Typ.PLAN, BERT), of(Typ.PLAN)]
    assert coordinator.heard[2][1] == payload
    assert own.topics.count(of(Typ.PLAN, BERT)) == 1  # Its own, not Bert's.
    assert of(Typ.RESULT, BERT) not in own.topics


def test_a_bridge_delivers_later_what_came_while_the_broker_was_away(
    broker: Mosquitto, joins: Joins, own: Peer
) -> None:
    first = joins(COORDINATOR)
    first.listen(of(Typ.STATUS))
    own.send(of(Typ.STATUS), b"1", retain=True)
    first.hears(of(Typ.STATUS))
    first.close()
    broker.stop()
    own.send(of(Typ.STATUS), b"3", retain=True)
    broker.start()
    late = joins(COORDINATOR)
    late.listen(of(Typ.STATUS))
    until(lambda: (of(Typ.STATUS), b"3") in late.heard, "the status of later")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--member", "anna"],
        ["--member", f"{ANNA.public.hid}:king"],
        ["--remove", ANNA.public.hid],
        ["--bridge", ANNA.public.hid, "--address", "x:1"],
        ["--bridge", ANNA.public.hid],
        ["--certificate", "naïve.example.org"],
    ],
)
def test_mistakes_are_told_in_a_sentence(
    tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "new"), "--community", CID, *arguments]) == 2
    told = capsys.readouterr()
    assert told.err.startswith("community-broker: ")
    assert told.out == ""
    assert not (tmp_path / "new" / "acl").exists()


def test_a_name_that_reaches_other_communities_is_refused(tmp_path: Path) -> None:
    assert main([str(tmp_path), "--community", "+"]) == 2


def test_secrets_are_for_their_owner_alone(tmp_path: Path) -> None:
    hid = ANNA.public.hid
    assert main([str(tmp_path), "--community", CID, "--member", hid, "--at", "/mosquitto"]) == 0
    assert (tmp_path / "members.csv").stat().st_mode & 0o777 == 0o600
    secret = passwords(tmp_path)[hid]
    for name in ("passwords", "acl", "mosquitto.conf"):
        assert secret not in (tmp_path / name).read_text()
    assert "certfile /mosquitto/server.crt\n" in (tmp_path / "mosquitto.conf").read_text()
