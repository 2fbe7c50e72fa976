"""Topics: names that reach nothing else, and who may do what with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.market.identity import Identity
from custom_components.shems.core.market.refused import Refusal, RefusedError
from custom_components.shems.core.market.topics import FROM_HOME, Topics, Typ

from .parties import ANNA, BERT, CID, COORDINATOR, ORGANISER, SLOT, TOPICS

HID = ANNA.public.hid
BASE = f"shems/v1/{CID}"


def refusal(code: Refusal) -> pytest.RaisesExc[RefusedError]:
    return pytest.raises(RefusedError, check=lambda error: error.code is code)


@pytest.mark.parametrize("typ", Typ)
def test_a_topic_says_what_its_message_is_about(typ: Typ) -> None:
    found = TOPICS.parse(TOPICS.of(typ, HID, SLOT))
    assert found.typ is typ
    assert found.hid == (HID if typ in FROM_HOME | {Typ.RESULT} else None)
    assert found.slot == (SLOT if typ in {Typ.PUBLIC_RESULT, Typ.INPUTS} else None)


def test_topics_are_those_of_the_table() -> None:
    assert TOPICS.of(Typ.PLAN, HID) == f"{BASE}/{HID}/plan"
    assert TOPICS.of(Typ.LEASE) == f"{BASE}/coord/lease"
    assert TOPICS.of(Typ.OUTLOOK) == f"{BASE}/pub/outlook"
    assert TOPICS.of(Typ.PUBLIC_RESULT, slot=SLOT) == f"{BASE}/pub/result/{SLOT}"
    assert TOPICS.of(Typ.INPUTS, slot=SLOT) == f"{BASE}/pub/inputs/{SLOT}"
    assert TOPICS.of(Typ.ROSTER) == f"{BASE}/pub/roster"


@pytest.mark.parametrize(
    "name", ["", "#", "+", "a/b", "A" * 16, "a" * 15, "a" * 17, "a" * 15 + "\n"]
)
def test_a_name_cannot_reach_other_topics(name: str) -> None:
    with refusal(Refusal.SCHEMA):
        Topics(name)
    with refusal(Refusal.SCHEMA):
        TOPICS.of(Typ.PLAN, name)
    with refusal(Refusal.SCHEMA):
        TOPICS.acl(name)


@pytest.mark.parametrize(
    "rest",
    [
        *("", "pub", "pub/", "pub/result", "pub/result/", "pub/result/x", "pub/result/01"),
        *("pub/result/-1", "pub/result/٣", "pub/roster/1", "coord", "coord/lease/1", "pub/lease"),
        *(f"{HID}", f"{HID}/", f"{HID}/plan/1", f"{HID}/lease", f"{HID}/roster", "+/plan"),
        *("coord/plan", f"{HID}//plan", "x" * 200),
    ],
)
def test_other_topics_are_refused(rest: str) -> None:
    with refusal(Refusal.WRONG_TOPIC):
        TOPICS.parse(f"{BASE}/{rest}")


@pytest.mark.parametrize(
    "topic", ["", "#", f"{BASE}", f"{BASE}x/pub/roster", "shems/v1/+/pub/roster"]
)
def test_topics_of_other_communities_are_refused(topic: str) -> None:
    with refusal(Refusal.WRONG_COMMUNITY):
        TOPICS.parse(topic)


@given(st.text(max_size=60), st.booleans())
def test_every_text_is_a_topic_or_refused(text: str, inside: bool) -> None:
    try:
        found = TOPICS.parse(f"{BASE}/{text}" if inside else text)
    except RefusedError:
        return
    assert TOPICS.of(found.typ, found.hid or "", found.slot or 0) == f"{BASE}/{text}"


def test_subscriptions_cover_what_each_must_hear() -> None:
    home = TOPICS.home_subscriptions(HID)
    own = (f"{BASE}/{HID}/result", f"{BASE}/{HID}/status")
    assert home == (*own, f"{BASE}/coord/lease", f"{BASE}/pub/#")
    heard = set(TOPICS.coordinator_subscriptions())
    assert heard == {
        *(f"{BASE}/+/{typ}" for typ in FROM_HOME),
        f"{BASE}/coord/lease",
        f"{BASE}/pub/#",
    }


def lines(*roles: str) -> set[tuple[str, str]]:
    first, *rest = TOPICS.acl(HID, *roles)
    assert first == f"user {HID}"
    found = set()
    for line in rest:
        word, access, topic = line.split(" ")
        assert word == "topic"
        found |= {(each, topic) for each in ("read", "write") if each in access}
    return found


def test_a_home_writes_its_own_branch_and_reads_its_own_result() -> None:
    home = {("write", f"{BASE}/{HID}/{typ}") for typ in FROM_HOME}
    home |= {("read", f"{BASE}/{HID}/result"), ("read", f"{BASE}/{HID}/status")}
    home |= {("read", f"{BASE}/coord/lease"), ("read", f"{BASE}/pub/#")}
    assert lines() == lines("home") == home
    assert BERT.public.hid not in str(home)


def test_coordinators_and_the_organiser_have_more() -> None:
    more = lines("coordinator") - lines()
    assert lines("standby") - lines() == more
    assert ("write", f"{BASE}/+/result") in more
    assert ("write", f"{BASE}/pub/roster") not in more
    organiser = lines("organiser")
    assert ("write", f"{BASE}/pub/roster") in organiser
    assert not any(topic.startswith(f"{BASE}/{HID}/") for _, topic in organiser)
    assert lines("coordinator", "organiser") == lines("coordinator") | organiser


@pytest.mark.parametrize("keys", [ANNA, COORDINATOR, ORGANISER])
def test_nobody_may_write_what_another_home_says(keys: Identity) -> None:
    hid = keys.public.hid
    for line in TOPICS.acl(hid, "coordinator", "organiser"):
        _, access, topic = (line + "  ").split(" ")[:3]
        if "write" in access and not topic.startswith((f"{BASE}/coord/", f"{BASE}/pub/")):
            assert topic.startswith(f"{BASE}/{hid}/") or topic == f"{BASE}/+/result"
