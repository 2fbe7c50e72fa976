"""What Home Assistant knows of a home before SHEMS is told anything."""

from collections.abc import Iterable, Mapping
from typing import Any

from homeassistant.components.energy.data import async_get_manager
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ... import presets
from ..asleep import named
from . import preferences
from .past import async_with_past
from .prices import Contract, async_contract
from .proposal import Found, Note, Proposal
from .surroundings import surroundings

__all__ = ["Contract", "Found", "Note", "Proposal", "async_by_hand", "async_found", "async_more"]


async def async_found(hass: HomeAssistant) -> Found | None:
    """Return what can be proposed; None where the Energy dashboard is absent or empty."""
    if "energy" not in hass.config.components:
        return None
    data = (await async_get_manager(hass)).data
    if data is None:
        return None
    sources: list[Mapping[str, Any]] = [*data["energy_sources"]]
    consumers: list[Mapping[str, Any]] = [*data["device_consumption"]]
    if not sources and not consumers:
        return None
    devices = [
        *(preferences.solar(hass, each) for each in sources if each["type"] == "solar"),
        *(preferences.stored(hass, each) for each in sources if each["type"] == "battery"),
        *[found for each in consumers for found in await preferences.async_consumers(hass, each)],
    ]
    devices += preferences.hardware(hass, {each.kind for each in devices})
    grid, *others = await async_with_past(
        hass, [preferences.connection(hass, sources), *devices], dt_util.utcnow().timestamp()
    )
    grids = [each for each in sources if each["type"] == "grid"]
    contract = await async_contract(hass, grids)
    return Found(grid, tuple(others), contract, surroundings(hass))


async def async_more(hass: HomeAssistant, kind: str, taken: Iterable[Any]) -> list[Proposal]:
    """Return devices of a kind that can be added to a home.

    Args:
        hass: Home Assistant.
        kind: of the devices.
        taken: data of the home's devices of this kind; what shares an entity with any is it.
    """
    found = await async_found(hass)
    offered = [each for each in found.devices if each.kind == kind] if found else []
    offered += [Proposal(kind, each.name, each.data) for each in presets.found(hass, kind)]
    known = set(named([*taken]))
    more: list[Proposal] = []
    for each in offered:
        own = set(named(each.data))
        if not own & known:
            more.append(each)
            known |= own
    return more


async def async_by_hand(hass: HomeAssistant) -> Found:
    """Return what can be proposed where nobody told of any meter."""
    grid = Proposal("connection", preferences.NAME_GRID, {})
    return Found(grid, (), await async_contract(hass, ()), surroundings(hass))
