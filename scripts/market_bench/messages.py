"""How long signing, sealing and reading of messages takes."""

from collections.abc import Iterator
from functools import partial

from custom_components.shems.core.market.bodies import Plan
from custom_components.shems.core.market.envelope import Envelope, read, signed
from custom_components.shems.core.market.inbox import Inbox
from custom_components.shems.core.market.topics import Topics, Typ

from ..benchmark.measure import Timing
from ..benchmark.sections import Row
from .clearing import SLOT
from .community import Community, community

_MILLION = 10**6


def message_rows(homes: int, repeats: int) -> Iterator[Row]:
    """Write a day's plan per home, then read all of them as a coordinator does."""
    made = community(homes)
    writing, reading = Timing(), Timing()
    for _ in range(repeats):
        payloads = writing.add(partial(_written, made))
        reading.add(partial(_read, made, payloads))
    name = f"{homes:,} plans of 96 slots"
    yield Row("messages", f"{name} signed and sealed", writing.median_s, "s")
    yield Row("messages", f"{name} read, verified and opened", reading.median_s, "s")
    each = reading.median_s / homes
    yield Row("messages", "read per second", 1 / each, "1/s")
    yield Row("messages", "a million homes' read, on one processor", each * _MILLION, "s")


def _written(made: Community) -> list[bytes]:
    body = Plan(900, tuple(range(-48, 48))).to_json()
    return [
        signed(
            Envelope(
                cid=made.roster.cid,
                hid=each.public.hid,
                typ=Typ.PLAN,
                slot=SLOT,
                seq=1,
                ts=SLOT * 1000,
                epoch=1,
                body=body,
            ),
            each,
            made.roster.coordinators,
        )
        for each in made.identities
    ]


def _read(made: Community, payloads: list[bytes]) -> int:
    """Do all that a coordinator does before it believes a plan."""
    topics = Topics(made.roster.cid)
    inbox = Inbox(topics, made.roster.rules)
    seen = 0
    for payload in payloads:
        envelope = read(payload, Typ.PLAN).verified(made.roster)
        topic = topics.of(Typ.PLAN, envelope.hid)
        inbox.accept(envelope, topic, len(payload), SLOT)
        plan = Plan.from_json(envelope.opened(made.identities[0]).body)
        plan.within(made.roster.member(envelope.hid).limit_wh)
        seen += 1
    return seen
