"""Everything that can happen to a community, in an order that a seed decides."""

import random
from collections.abc import Callable

from custom_components.shems.core.market.bodies import Meter, Side
from custom_components.shems.core.market.entries import digest
from custom_components.shems.core.market.envelope import Envelope, signed
from custom_components.shems.core.market.outgoing import Outgoing
from custom_components.shems.core.market.roster import Roster
from custom_components.shems.core.market.topics import Topics, Typ

from .network import ALL, BEGIN, Perfect, World, identity, roster

HOMES = 4
SLOTS = 3
SLOT_S = 900
LONG_S = 1500.0
"""Long enough that a standby takes over, and that meters come too late for the first figures."""
MOST_DROPS = 2
"""Of one message: a broker that takes it at all delivers it in the end."""


def figures(home: int, slot: int) -> tuple[int, int]:
    """Return what the meter of a home counted, Wh."""
    rng = random.Random(1000 * home + slot)
    return (rng.randrange(50, 900), 0) if home % 2 else (rng.randrange(30), rng.randrange(1200))


class Faulty:
    """Delays, duplicates and reorders, and loses what is sent again."""

    def __init__(self, rng: random.Random, drops: float) -> None:
        self._rng, self._drops = rng, drops
        self._dropped: dict[tuple[str, str, str], int] = {}

    def deliveries(self, sender: str, receiver: str, sent: Outgoing) -> list[float]:
        key = (sender, receiver, sent.topic)
        typ = sent.topic.rpartition("/")[2]
        if typ in ("meter", "result", "order", "plan") and self._rng.random() < self._drops:
            self._dropped[key] = self._dropped.get(key, 0) + 1
            if self._dropped[key] <= MOST_DROPS:
                return []
        copies = 1 + (self._rng.random() < 0.2)
        return [self._rng.uniform(0.02, 15.0) for _ in range(copies)]


class Adversary:
    """Sends what no member signed, and again what one did."""

    def __init__(self, world: World, rng: random.Random) -> None:
        self._world, self._rng = world, rng
        self._stranger = identity(999)
        self._topics = Topics(world.roster.cid)

    def act(self) -> None:
        self._rng.choice([self.replay, self.forge, self.malform, self.usurp, self.tamper])()

    def replay(self) -> None:
        captured = self._world.captured
        for topic, payload in self._rng.sample(captured, min(5, len(captured))):
            self._world.inject(topic, payload)

    def meter(self, hid: str) -> Envelope:
        """Return a meter that speaks of a slot that is over."""
        now = self._world.now
        slot = self._world.roster.rules.slot(now) - SLOT_S
        return Envelope(
            self._world.roster.cid,
            hid,
            Typ.METER,
            slot,
            int(now * 1000) + 5,
            int(now * 1000),
            self._world.roster.epoch,
            Meter(7777, 7777).to_json(),
        )

    def forge(self) -> None:
        """A stranger signs in its own name."""
        envelope = self.meter(self._stranger.public.hid)
        payload = signed(envelope, self._stranger, self._world.roster.coordinators)
        self._world.inject(self._topics.of(Typ.METER, envelope.hid), payload)

    def usurp(self) -> None:
        """A stranger, and a member, sign in another member's name."""
        victim = self._world.roster.members[1].hid
        for signer in (self._stranger, identity(2)):
            own = signed(self.meter(signer.public.hid), signer, self._world.roster.coordinators)
            self._world.inject(self._topics.of(Typ.METER, victim), own)
            payload = own.replace(signer.public.hid.encode(), victim.encode())
            self._world.inject(self._topics.of(Typ.METER, victim), payload)

    def tamper(self) -> None:
        """Change one byte on its way."""
        captured = [each for each in self._world.captured if each[1]]
        if captured:
            topic, payload = self._rng.choice(captured)
            at = self._rng.randrange(len(payload))
            changed = payload[:at] + bytes([payload[at] ^ 1]) + payload[at + 1 :]
            self._world.inject(topic, changed)

    def malform(self) -> None:
        hid = self._world.roster.members[0].hid
        typ = self._rng.choice([each for each in Typ if each is not Typ.ROSTER])
        topic = self._topics.of(typ, hid, BEGIN)
        junk: list[bytes] = [b"", b"{}", b"\xff" * 90, b"a" * 600_000, b"." * 87 + b"[" * 5000]
        self._world.inject(topic, self._rng.choice(junk))


def play(seed: int | None, mode: str, make: Callable[[Roster], World] = World) -> World:
    """Let a community live through three slots, in peace without a seed, and then settle."""
    rng = random.Random(seed)
    world = make(roster(HOMES, 1, mode=mode))
    world.run(1)
    for number in range(HOMES):
        world.say(f"home{number}", world.home(number).consent(ALL, world.now))
    world.run(299)
    adversary = Adversary(world, rng)
    if seed is not None:
        world.network = Faulty(rng, 0.3)
        for number in range(HOMES):
            world.peers[f"home{number}"].skew = rng.uniform(-60, 60)
    for number in range(SLOTS):
        slot = BEGIN + number * SLOT_S
        if mode == "p2p":
            order(world, slot + 2 * SLOT_S)
        trouble(world, rng, adversary, slot + SLOT_S + 5, seed)
        for home in range(HOMES):
            peer = world.peers[f"home{home}"]
            node, at = world.home(home), world.now + peer.skew
            world.say(peer.name, node.meter(slot, *figures(home, slot), at))
            peer.saved = node.state()  # A reading is kept even where nobody is there to be told.
    trouble(world, rng, adversary, world.now + SLOT_S, seed)
    # Peace: whatever was lost is sent again, twice an hour at the rarest.
    world.network = Perfect()
    world.run(3600 + 600)
    return world


def digest_of(world: World, name: str = "coord0") -> str:
    """Return what the ledger says of the slots in which something was metered."""
    last = BEGIN + SLOTS * SLOT_S
    return digest(each for each in world.ledgers[name].entries if BEGIN <= each.slot < last)


def order(world: World, slot: int) -> None:
    """Let every home order for a slot."""
    for home in range(HOMES):
        peer = world.peers[f"home{home}"]
        side = Side.BID if home % 2 else Side.OFFER
        rate = (24 if home % 2 else 10) * 1_000_000 + home
        steps = [(200 + 10 * home, rate), (100, rate - 1_000_000)]
        world.say(peer.name, world.home(home).order(slot, side, steps, world.now + peer.skew))


def trouble(
    world: World, rng: random.Random, adversary: Adversary, until: float, seed: int | None
) -> None:
    """Pass the time until a moment, with faults in it if there is a seed.

    Nobody is killed in the five minutes around a gate: a slot that is not cleared then is not
    cleared, which is another test's.
    """
    if seed is None:
        world.run(until - world.now)
        return
    victims = rng.sample(["coord0", "coord1", "broker", f"home{rng.randrange(HOMES)}"], 2)
    for victim in victims:
        world.run(rng.uniform(10, 40))
        adversary.act()
        if victim == "broker":
            world.kill_broker()
            world.run(rng.uniform(5, 60))
            world.start_broker()
        else:
            world.kill(victim)
            world.run(rng.uniform(5, 160 if world.roster.rules.mode == "p2p" else LONG_S))
            world.restart(victim)
        adversary.act()
        world.run(20)
    while world.now < until:
        world.run(min(until - world.now, rng.uniform(30, 120)))
        adversary.act()
