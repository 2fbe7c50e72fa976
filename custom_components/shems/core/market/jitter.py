"""When each home of a community plans anew, so that not all of them do at once."""

from hashlib import sha256
from typing import Final

SPREAD_S: Final = 600.0
"""Ten minutes: homes that plan one after another see what those before them have changed, and
the last one is still done before the next quarter of an hour."""


def delay_s(hid: str, slot: int, spread_s: float = SPREAD_S) -> float:
    """Return how long after the begin of a slot a home plans anew, 0 to less than the spread.

    It is SHA-256(slot/hid), evenly spread: every slot has another order, so that no home is
    always the first, and everybody can tell it beforehand.

    Args:
        hid: the home's name in its community.
        slot: start, epoch seconds.
        spread_s: seconds over which all homes are spread.
    """
    drawn = int.from_bytes(sha256(f"{slot}/{hid}".encode()).digest()[:6])
    return spread_s * drawn / 2**48
