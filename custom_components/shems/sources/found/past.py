"""The past of what was found: its signs, and how much it has ever carried."""

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from homeassistant.core import HomeAssistant

from .parts import existing
from .proposal import Note, Proposal
from .signs import Counted, Seen, Sign, async_seen

_C_RATE: Final = 0.5
"""Most home batteries are charged and discharged in two hours at least."""
_POWERS: Final = {
    "connection": ("grid_power", "import_energy", "export_energy", "grid_power_inverted"),
    "battery": ("power", "discharged_energy", "charged_energy", "power_inverted"),
}
"""By kind: fields of the power with a sign, of the energy that counts as positive, of that which
counts as negative, and of whether the sensor counts the other way round."""


async def async_with_past(
    hass: HomeAssistant, proposals: Iterable[Proposal], now: float
) -> list[Proposal]:
    """Return proposals with what the recorder shows of them."""
    known = list(proposals)
    seen = await async_seen(hass, [_counted(each) for each in known], now)
    return [_told(hass, *each) for each in zip(known, seen, strict=True)]


def _counted(proposal: Proposal) -> Counted:
    """Return what is compared of a device; of most only the power is looked at."""
    power, plus, minus, _ = _POWERS.get(proposal.kind, ("power", "", "", ""))
    return Counted(
        _listed(proposal.data.get(power)),
        _listed(proposal.data.get(plus)),
        _listed(proposal.data.get(minus)),
    )


def _listed(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


def _told(hass: HomeAssistant, proposal: Proposal, seen: Seen) -> Proposal:
    if proposal.kind in _POWERS:
        proposal = _signed(hass, proposal, seen)
    match proposal.kind:
        case "battery":
            return _rated(proposal, seen)
        case "heating" | "water" if seen.most_kw and proposal.data.get("power"):
            most = _rounded(seen.most_kw)
            note = Note("assumed_most", {"power": f"{most:g}"})
            data = {**proposal.data, "power_kw": most}
            return replace(proposal, data=data, notes=(*proposal.notes, note))
        case "vehicle":
            return replace(proposal, notes=(*proposal.notes, Note("assumed_car")))
        case _:
            return proposal


def _signed(hass: HomeAssistant, proposal: Proposal, seen: Seen) -> Proposal:
    """Return a proposal whose sign is that of its energy counters, and what was found of it."""
    power, _, _, inverted = _POWERS[proposal.kind]
    sensors = _listed(proposal.data.get(power))
    if not sensors:
        return proposal
    names = ", ".join(_name(hass, each) for each in sensors)
    note = Note(f"sign_{seen.sign}", {"sensor": names, "hours": str(seen.hours)})
    data = dict(proposal.data)
    if seen.sign is Sign.INVERTED:
        data[inverted] = True
    ask = proposal.ask or seen.sign is Sign.FOREIGN
    return replace(proposal, data=data, ask=ask, notes=(*proposal.notes, note))


def _name(hass: HomeAssistant, entity_id: str) -> str:
    state = hass.states.get(entity_id) if existing(hass, entity_id) else None
    return state.name if state else entity_id


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
