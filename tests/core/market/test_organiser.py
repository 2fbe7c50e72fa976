"""Who is in a community: founded, invited, admitted, left, and told in signed epochs."""

from dataclasses import replace

import pytest

from custom_components.shems.core.market.bodies import Leave, Purpose
from custom_components.shems.core.market.envelope import Envelope, signed
from custom_components.shems.core.market.identity import Identity
from custom_components.shems.core.market.inbox import MOST_PER_SLOT
from custom_components.shems.core.market.invitation import Invitation, new_cid
from custom_components.shems.core.market.joining import AGAIN_S, JoiningNode, OrganiserNode
from custom_components.shems.core.market.refused import RefusedError
from custom_components.shems.core.market.roster import Roster
from custom_components.shems.core.market.rules import Rules
from custom_components.shems.core.market.topics import Topics, Typ

NOW = 1_790_000_000.0
WEEK_S = 7 * 86_400
CID = new_cid(bytes(10))


def identity(number: int) -> Identity:
    return Identity.generate(bytes([number]) * 64)


@pytest.fixture
def organiser() -> OrganiserNode:
    return OrganiserNode.founded(identity(1), CID, "Our street", Rules.of("AT"), 4250, "Number 1")


def invited(organiser: OrganiserNode) -> Invitation:
    return Invitation.read(organiser.invite(int(NOW + WEEK_S), NOW).text)


def joining(organiser: OrganiserNode, number: int = 2) -> JoiningNode:
    purposes = (Purpose.SHARING,)
    return JoiningNode(identity(number), invited(organiser), f"Number {number}", purposes, 4250)


def admitted(organiser: OrganiserNode, number: int = 2, now: float = NOW) -> JoiningNode:
    home = joining(organiser, number)
    (request,) = home.tick(now)
    (told,) = organiser.receive(request.topic, request.payload, now)
    assert home.receive(told.topic, told.payload, now) == []
    assert home.roster is not None
    return home


def leave(number: int, epoch: int, *, erase: bool = False) -> tuple[str, bytes]:
    home = identity(number)
    body = Leave(erase).to_json()
    envelope = Envelope(CID, home.public.hid, Typ.LEAVE, 0, 1, 1, epoch, body)
    return Topics(CID).of(Typ.LEAVE, home.public.hid), signed(envelope, home)


def codes(organiser: OrganiserNode) -> list[str]:
    return [each.code for each in organiser.take_events()]


def test_the_organiser_coordinates_what_it_began(organiser: OrganiserNode) -> None:
    (told,) = organiser.publish(organiser.roster, NOW)
    roster = Roster.read(told.payload, identity(1).public, CID)
    assert told.retain
    assert roster.epoch == 1
    assert roster.order == (identity(1).public.hid,)
    assert roster.member(roster.order[0]).limit_wh == 4250


def test_who_was_invited_is_admitted_once(organiser: OrganiserNode) -> None:
    home = admitted(organiser)
    member = organiser.roster.member(home.hid)
    assert (member.role, member.label, member.limit_wh) == ("home", "Number 2", 4250)
    assert organiser.roster.epoch == 2
    assert home.fingerprint == identity(1).public.fingerprint
    assert home.tick(NOW + AGAIN_S) == []


def test_a_home_asks_again_until_it_is_told(organiser: OrganiserNode) -> None:
    home = joining(organiser)
    assert home.subscriptions == (Topics(CID).of(Typ.ROSTER),)
    assert organiser.subscriptions[-1:] == home.subscriptions
    (told,) = organiser.publish(organiser.roster, NOW)
    home.receive(told.topic, told.payload, NOW)
    assert home.roster is None
    (request,) = home.tick(NOW)
    assert home.tick(NOW + 1) == []
    assert home.next_at(NOW) == NOW + AGAIN_S
    organiser.receive(request.topic, request.payload, NOW)
    (again,) = home.tick(NOW + AGAIN_S)
    (told,) = organiser.receive(again.topic, again.payload, NOW + AGAIN_S)
    home.receive(told.topic, told.payload, NOW + AGAIN_S)
    assert home.roster is not None
    assert home.roster.epoch == 2


def test_nobody_has_the_roster_sent_without_end(organiser: OrganiserNode) -> None:
    admitted(organiser)
    organiser.take_events()
    (request,) = JoiningNode(identity(2), invited(organiser)).tick(NOW + 1)
    assert organiser.receive(request.topic, request.payload, NOW + 1) != []
    assert organiser.receive(request.topic, request.payload, NOW + 2) == []
    assert organiser.receive(request.topic, request.payload, NOW + 200) == []
    told = 0
    for later in range(100):
        (request,) = JoiningNode(identity(2), invited(organiser)).tick(NOW + 2 + later / 1000)
        told += len(organiser.receive(request.topic, request.payload, NOW + 3))
    assert 0 < told < MOST_PER_SLOT
    assert {"refused_replayed", "refused_skewed", "refused_rate"} <= {*codes(organiser)}


@pytest.mark.parametrize("skew", [-300.0, 300.0])
def test_a_home_with_an_invitation_and_a_wrong_clock_is_told_of(
    organiser: OrganiserNode, skew: float
) -> None:
    home = joining(organiser)
    (request,) = home.tick(NOW + skew)
    assert organiser.receive(request.topic, request.payload, NOW) == []
    told, refused = organiser.take_events()
    assert (told.code, told.hid, told.value) == ("join_skewed", home.hid, skew)
    assert refused.code == "refused_skewed"
    stranger = Invitation.make(identity(1), CID, "Our street", int(NOW + WEEK_S))
    (request,) = JoiningNode(identity(3), stranger).tick(NOW + skew)
    assert organiser.receive(request.topic, request.payload, NOW) == []
    assert codes(organiser) == ["refused_skewed"]


def test_a_home_asks_no_more_when_its_invitation_is_over(organiser: OrganiserNode) -> None:
    with pytest.raises(RefusedError, match="expired"):
        joining(organiser).tick(NOW + WEEK_S)


def test_an_invitation_admits_no_second_home(organiser: OrganiserNode) -> None:
    invitation = invited(organiser)
    for number in (2, 3):
        (request,) = JoiningNode(identity(number), invitation).tick(NOW)
        organiser.receive(request.topic, request.payload, NOW)
    assert len(organiser.roster.members) == 2
    assert codes(organiser) == ["joined", "refused_expired"]


def test_a_request_on_the_topic_of_another_is_refused(organiser: OrganiserNode) -> None:
    (request,) = joining(organiser).tick(NOW)
    topic = Topics(CID).of(Typ.JOIN, identity(3).public.hid)
    assert organiser.receive(topic, request.payload, NOW) == []
    assert codes(organiser) == ["refused_wrong_topic"]


def test_what_is_no_request_is_left_to_others(organiser: OrganiserNode) -> None:
    topic = Topics(CID).of(Typ.PLAN, identity(3).public.hid)
    assert organiser.receive(topic, b"anything", NOW) == []
    assert codes(organiser) == []


def test_a_member_leaves_even_while_the_organiser_is_away(organiser: OrganiserNode) -> None:
    admitted(organiser)
    codes(organiser)
    (told,) = organiser.receive(*leave(2, 2), NOW + WEEK_S)
    assert identity(2).public.hid not in Roster.read(told.payload, identity(1).public, CID)
    assert codes(organiser) == ["left"]


def test_a_member_has_its_figures_erased(organiser: OrganiserNode) -> None:
    admitted(organiser)
    organiser.receive(*leave(2, 2, erase=True), NOW)
    assert codes(organiser) == ["joined", "erase"]


def test_who_came_back_is_not_sent_away_by_an_old_message(organiser: OrganiserNode) -> None:
    admitted(organiser)
    organiser.receive(*leave(2, 2), NOW)
    admitted(organiser, now=NOW + 60)
    again = OrganiserNode.restored(identity(1), organiser.state())
    assert again.receive(*leave(2, 2), NOW) == []
    assert codes(again) == ["refused_old_epoch"]
    assert identity(2).public.hid in again.roster


def test_nobody_makes_another_leave(organiser: OrganiserNode) -> None:
    admitted(organiser)
    admitted(organiser, 3)
    codes(organiser)
    topic, _ = leave(2, 3)
    assert organiser.receive(topic, leave(3, 3)[1], NOW) == []
    assert codes(organiser) == ["refused_wrong_topic"]


def test_the_organiser_stays(organiser: OrganiserNode) -> None:
    assert organiser.receive(*leave(1, 1), NOW) == []
    assert codes(organiser) == ["refused_wrong_role"]


def test_a_restored_backup_uses_no_epoch_twice(organiser: OrganiserNode) -> None:
    backup = OrganiserNode.restored(identity(1), organiser.state())
    admitted(organiser)
    (told,) = organiser.publish(organiser.roster, NOW)
    backup.receive(told.topic, told.payload, NOW)
    assert backup.roster == organiser.roster
    stranger = OrganiserNode.founded(identity(9), CID, "Impostor", Rules.of("AT"), 0)
    (told,) = stranger.publish(replace(stranger.roster, epoch=9), NOW)
    backup.receive(told.topic, told.payload, NOW)
    assert backup.roster == organiser.roster
    assert codes(backup) == ["refused_unknown_member"]


def test_an_invitation_outlives_a_restart(organiser: OrganiserNode) -> None:
    (request,) = joining(organiser).tick(NOW)
    again = OrganiserNode.restored(identity(1), organiser.state())
    assert again.receive(request.topic, request.payload, NOW)
    assert len(again.roster.members) == 2


def test_a_home_believes_its_organiser_alone(organiser: OrganiserNode) -> None:
    home = joining(organiser)
    other = OrganiserNode.founded(identity(9), CID, "Impostor", Rules.of("AT"), 0)
    (told,) = other.publish(other.roster, NOW)
    home.receive(told.topic, told.payload, NOW)
    home.receive(Topics(CID).of(Typ.OUTLOOK), b"anything", NOW)
    (request,) = home.tick(NOW)
    organiser.receive(request.topic, request.payload, NOW)
    assert home.roster is None
