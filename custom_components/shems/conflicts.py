"""Two devices for one entity: two plans would fight over it, so only the first one drives."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect

from .const import DOMAIN
from .data import is_community
from .devices import KINDS
from .devices.controls import controlled
from .sources.error import SourceError


@dataclass(frozen=True)
class Claim:
    """An entity that a device drives.

    Attributes:
        entity: its id.
        device: the title of the device.
        home: the title of the home that the device belongs to.
    """

    entity: str
    device: str
    home: str


def refused(hass: HomeAssistant) -> dict[str, Claim]:
    """Return the devices, by the id of their subentry, that must not drive, and who does."""
    return {device_id: claim for device_id, claim, _ in _judged(hass) if claim is not None}


def taken(hass: HomeAssistant) -> dict[str, Claim]:
    """Return the entities of all homes that are driven, each with who drives it."""
    return {
        entity: claim
        for _, refusal, claims in _judged(hass)
        if refusal is None
        for entity, claim in claims.items()
    }


def check_free(hass: HomeAssistant, data: Mapping[str, Any], own_id: str | None) -> None:
    """Raise where a form names an entity that another device drives.

    Args:
        hass: where all homes are.
        data: the fields of the form.
        own_id: the subentry that is changed, None for a new one.

    Raises:
        SourceError: it does; the message names the entity, the device and its home.
    """
    wanted = controlled(data)
    for device_id, refusal, claims in _judged(hass):
        if device_id == own_id or refusal is not None:
            continue
        for entity in sorted(wanted & claims.keys()):
            owner = claims[entity]
            raise SourceError("driven_already", entity=entity, device=owner.device, home=owner.home)


@callback
def async_watch_others(
    hass: HomeAssistant, entry: ConfigEntry, changed: Callable[[], None]
) -> CALLBACK_TYPE:
    """Call back when another home changes, comes or goes; return how to stop."""

    @callback
    def other(_: ConfigEntryChange, each: ConfigEntry) -> None:
        if each.domain == DOMAIN and each.entry_id != entry.entry_id and not is_community(each):
            changed()

    return async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, other)


def _judged(hass: HomeAssistant) -> Iterator[tuple[str, Claim | None, dict[str, Claim]]]:
    """Yield each device of each home with who drives one of its entities, or with its claims.

    Who was there first has an entity.
    """
    taken: dict[str, Claim] = {}
    for entry in hass.config_entries.async_entries(DOMAIN, include_disabled=False):
        for subentry in entry.subentries.values():
            if subentry.subentry_type not in KINDS:
                continue
            wanted = controlled(subentry.data)
            owner = next((taken[each] for each in sorted(wanted) if each in taken), None)
            claims = {each: Claim(each, subentry.title, entry.title) for each in wanted}
            if owner is None:
                taken |= claims
            yield subentry.subentry_id, owner, claims
