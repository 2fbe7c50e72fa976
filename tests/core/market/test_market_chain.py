"""A chain over what was entered: what was changed is seen, what was erased is not missed."""

from dataclasses import replace
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.market.chain import (
    Link,
    begun,
    commitment,
    day_of,
    linked,
    verify,
)
from custom_components.shems.core.market.entries import Entry
from tests.core.market.settled import CID, ledgers

type Chain = list[tuple[Link, tuple[Entry, bytes] | None]]


def secret_of(entry: Entry) -> bytes:
    return sha256(f"{entry.hid} {day_of(entry)}".encode()).digest()


def chained(entries: list[Entry]) -> Chain:
    links: Chain = []
    previous = begun(CID)
    for number, entry in enumerate(entries):
        secret = secret_of(entry)
        link = linked(previous, commitment(entry, secret), number)
        links.append((link, (entry, secret)))
        previous = link.hash
    return links


@given(entries=ledgers(), data=st.data())
def test_what_is_erased_leaves_a_chain_that_holds(
    entries: list[Entry], data: st.DataObject
) -> None:
    chain = chained(entries)
    noted = data.draw(st.integers(0, len(chain)))
    before = (noted, chain[noted - 1][0].hash.hex() if noted else begun(CID).hex())
    gone = data.draw(st.sets(st.integers(0, len(chain) - 1)))
    left: Chain = [
        (link, None if number in gone else held) for number, (link, held) in enumerate(chain)
    ]
    verdict = verify(CID, left, before)
    assert verdict.holds
    assert (verdict.length, verdict.erased) == (len(chain), len(gone))
    assert verdict.checked == len(chain) - len(gone)
    assert verdict.head == chain[-1][0].hash.hex()


@given(entries=ledgers(), data=st.data())
def test_what_is_changed_is_seen(entries: list[Entry], data: st.DataObject) -> None:
    chain = chained(entries)
    noted = (len(chain), chain[-1][0].hash.hex())
    at = data.draw(st.integers(0, len(chain) - 1))
    link, held = chain[at]
    assert held is not None
    entry, secret = held
    other = replace(entry, rev=entry.rev + 1)
    kind = data.draw(st.sampled_from(["entry", "secret", "commitment", "anew", "left out", "cut"]))
    if kind == "entry":
        chain[at] = (link, (other, secret))
    elif kind == "secret":
        chain[at] = (link, (entry, b""))
    elif kind == "commitment":
        chain[at] = (replace(link, commitment=commitment(other, secret)), (other, secret))
    elif kind == "anew":
        chain = chained([*entries[:at], other, *entries[at + 1 :]])
    elif kind == "left out":
        del chain[at]
    else:
        chain = chain[:at]
    verdict = verify(CID, chain, noted)
    assert not verdict.holds
    assert verdict.broken == (len(chain) if kind == "anew" or at >= len(chain) else at)


def test_a_commitment_says_nothing_without_its_secret() -> None:
    """The same entry under another secret is another commitment, so guessing needs the secret."""
    entry = Entry.void(CID, 900, 0)
    assert commitment(entry, b"a" * 32) != commitment(entry, b"b" * 32)
    assert commitment(entry, b"a" * 32) == commitment(entry, b"a" * 32)
    assert begun(CID) != begun("orchard")


def test_a_chain_without_links_has_a_head() -> None:
    assert verify(CID, [], (0, begun(CID).hex())).holds
    assert not verify(CID, [], (1, "00")).holds
