"""Parts: what the registries and states say of an entity, and of the others on its device."""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from homeassistant.const import ATTR_DEVICE_CLASS, EntityCategory
from homeassistant.core import HomeAssistant, valid_entity_id
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er

from ... import presets
from ...devices.form import unit_of

type Words = frozenset[str]


@dataclass(frozen=True)
class Part:
    """One entity of a device.

    Attributes:
        id: its entity id.
        domain: the part of it before the dot.
        device_class: what it measures, in Home Assistant's terms.
        state_class: whether it is a counter, for sensors.
        unit: its unit.
        platform: the integration that provides it.
        words: every word of its name, its id and its key, in lower case; the key is the same
            in all languages.
        setting: whether it belongs to the device's configuration.
    """

    id: str
    domain: str
    device_class: str | None
    state_class: str | None
    unit: str | None
    platform: str
    words: Words
    setting: bool


def part_of(hass: HomeAssistant, entry: er.RegistryEntry) -> Part:
    """Return what is known of a registered entity."""
    state = hass.states.get(entry.entity_id)
    attributes = state.attributes if state else {}
    capabilities = entry.capabilities or {}
    texts = (
        entry.entity_id.partition(".")[2],
        entry.original_name,
        entry.translation_key,
        entry.name,
    )
    return Part(
        entry.entity_id,
        entry.domain,
        attributes.get(ATTR_DEVICE_CLASS) or entry.device_class or entry.original_device_class,
        attributes.get("state_class") or capabilities.get("state_class"),
        unit_of(hass, entry.entity_id),
        entry.platform,
        words(*(each for each in texts if each)),
        entry.entity_category is EntityCategory.CONFIG,
    )


def words(*texts: str) -> Words:
    """Return the words in texts, in lower case."""
    return frozenset(each for text in texts for each in re.findall(r"[^\W_]+", text.lower()))


def entry_of(hass: HomeAssistant, statistic_id: str | None) -> er.RegistryEntry | None:
    """Return the registry's entry of a statistic; an external statistic has none."""
    return er.async_get(hass).async_get(statistic_id) if statistic_id else None


def existing(hass: HomeAssistant, statistic_id: str | None) -> str | None:
    """Return a statistic's entity, None where it has none or that is gone."""
    if statistic_id is None or not valid_entity_id(statistic_id):
        return None
    exists = hass.states.get(statistic_id) or entry_of(hass, statistic_id)
    return statistic_id if exists else None


def recognised(hass: HomeAssistant, statistic_id: str, *kinds: str) -> presets.Proposal | None:
    """Return the well-known hardware that a meter belongs to, of the first kind it can be."""
    entry = entry_of(hass, statistic_id)
    if entry is None or entry.device_id is None:
        return None
    for kind in kinds:
        if found := presets.proposed(hass, entry.device_id, kind):
            return found[0]
    return None


def siblings(hass: HomeAssistant, statistic_id: str | None) -> tuple[Part, ...]:
    """Return the other entities of a meter's device, those that are disabled left out."""
    entry = entry_of(hass, statistic_id)
    if entry is None or entry.device_id is None:
        return ()
    return _on_device(hass, entry.device_id)


def relatives(hass: HomeAssistant, statistic_id: str | None) -> tuple[Part, ...]:
    """Return the entities of devices behind a meter's device, or before it, as of an inverter."""
    entry = entry_of(hass, statistic_id)
    if entry is None or entry.device_id is None:
        return ()
    linked = dict.fromkeys(_linked(hass, entry, entry.device_id))
    return tuple(part for each in linked if each for part in _on_device(hass, each))


def _linked(hass: HomeAssistant, entry: er.RegistryEntry, device_id: str) -> Iterator[str | None]:
    """Return the ids of the devices next to an entity's device."""
    registry = dr.async_get(hass)
    device = registry.async_get(device_id)
    if isinstance(device, dr.ChildDeviceEntry):
        yield device.parent_device_id
        return
    for child in dr.async_entries_for_parent_device(registry, device_id):
        yield child.id
    yield device.via_device_id if device else None
    for other in dr.async_entries_for_config_entry(registry, entry.config_entry_id or ""):
        if other.via_device_id == device_id:
            yield other.id


def _on_device(hass: HomeAssistant, device_id: str) -> tuple[Part, ...]:
    entries = er.async_entries_for_device(er.async_get(hass), device_id)
    return tuple(part_of(hass, each) for each in entries)


def value_of(hass: HomeAssistant, entity_id: str) -> float | None:
    """Return what a measure shows now, None where it shows no number."""
    state = hass.states.get(entity_id)
    try:
        value = float(state.state) if state else math.nan
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def only(parts: Iterable[Part]) -> Part | None:
    """Return the only one of some parts, None where there is none or more."""
    found = list(parts)
    return found[0] if len(found) == 1 else None


def likeliest(parts: Iterable[Part], preferred: Words) -> Part | None:
    """Return the only part, else the only one with a word that speaks for it."""
    found = list(parts)
    return only(found) or only(each for each in found if each.words & preferred)
