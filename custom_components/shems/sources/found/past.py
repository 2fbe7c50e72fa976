"""The past of what was found: its signs, and how much it has ever carried."""

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from homeassistant.core import HomeAssistant

from .proposal import Note, Proposal
from .signs import INVERTED, Seen, Sign, async_seen, counted

_C_RATE: Final = 0.5
"""Most home batteries are charged and discharged in two hours at least."""


async def async_with_past(
    hass: HomeAssistant, proposals: Iterable[Proposal], now: float
) -> list[Proposal]:
    """Return proposals with what the recorder shows of them."""
    known = list(proposals)
    seen = await async_seen(hass, [counted(each.kind, each.data) for each in known], now)
    return [_told(*each) for each in zip(known, seen, strict=True)]


def _told(proposal: Proposal, seen: Seen) -> Proposal:
    if proposal.kind in INVERTED:
        proposal = _signed(proposal, seen)
    match proposal.kind:
        case "battery":
            return _rated(proposal, seen)
        case "heating" | "water" if seen.most_kw:
            most = _rounded(seen.most_kw)
            note = Note("assumed_most", {"power": f"{most:g}"})
            data = {**proposal.data, "power_kw": most}
            return replace(proposal, data=data, notes=(*proposal.notes, note))
        case "vehicle":
            return replace(proposal, notes=(*proposal.notes, Note("assumed_car")))
        case _:
            return proposal


def _signed(proposal: Proposal, seen: Seen) -> Proposal:
    """Return a proposal whose sign is that of its energy counters, asked about where it fits none.

    The review says what was found.
    """
    if seen.sign is Sign.INVERTED:
        turned = proposal.data | {INVERTED[proposal.kind]: True}
        return replace(proposal, data=turned)
    return replace(proposal, ask=proposal.ask or seen.sign is Sign.FOREIGN)


def _rated(proposal: Proposal, seen: Seen) -> Proposal:
    """Return a battery with the powers that nobody told: usual ones, or what it has shown."""
    lacking = [key for key in ("charge_kw", "discharge_kw") if key not in proposal.data]
    capacity = proposal.data.get("capacity_kwh")
    if not lacking or capacity is None:
        return proposal
    rated = _rounded(max(_C_RATE * capacity, seen.most_kw))
    note = Note("assumed_rated", {"power": f"{rated:g}"})
    data = proposal.data | dict.fromkeys(lacking, rated)
    return replace(proposal, data=data, notes=(*proposal.notes, note))


def _rounded(power_kw: float) -> float:
    """Return a power rounded up, so that what was seen is possible."""
    return math.ceil(power_kw * 10 - 1e-6) / 10
