"""Fill in the form of a device with the entities that a preset recognises."""

from collections.abc import Iterable, Mapping
from string import Template
from typing import Any

from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from ..convert import energy_kwh, power_kw
from ..core.units import InputError
from ..devices.form import unit_of
from .preset import Preset, Sign

type Entries = list[er.RegistryEntry]


def filled(
    hass: HomeAssistant, preset: Preset, own: Entries, around: Entries, device_id: str | None
) -> dict[str, Any] | None:
    """Return the fields that can be filled in, None where one is missing that is needed.

    Args:
        hass: where the states are.
        preset: what is looked for.
        own: the entities of the device.
        around: where else to look, the device's own among them.
        device_id: in the device registry.
    """
    entities: dict[str, str] = {}
    for key, signs in {**preset.fields, **preset.parts}.items():
        fitting = _fitting(hass, signs, own if key == preset.needs[0] else around)
        if fitting and not (key in preset.only and len(fitting) > 1):
            entities[key] = fitting[0]
        elif key in preset.needs:
            return None
    numbers = {key: _told(hass, key, signs, around) for key, signs in preset.values.items()}
    highest = {key: _highest(hass, entities.get(each)) for key, each in preset.ranges.items()}
    known = {key: value for key, value in {**highest, **numbers}.items() if value}
    names = {**entities, "device": device_id or ""}
    fields = {key: each for key, each in entities.items() if key in preset.fields}
    return {**known, **_substituted(preset.data, names), **fields}


def around(hass: HomeAssistant, preset: Preset, own: Entries) -> Entries:
    """Return where a preset looks for what the device itself does not have."""
    if not preset.whole_entry:
        return own
    registry = er.async_get(hass)
    near = {each.config_entry_id for each in own if each.config_entry_id}
    return own + [
        each
        for entry_id in sorted(near)
        for each in er.async_entries_for_config_entry(registry, entry_id)
        if each not in own and not each.disabled
    ]


def _fitting(hass: HomeAssistant, signs: Iterable[Sign], entries: Entries) -> list[str]:
    """Return the entities that fit the first sign that any fits."""
    for sign in signs:
        fitting = [
            each.entity_id
            for each in entries
            if each.domain == sign.domain
            and each.entity_category is not EntityCategory.DIAGNOSTIC
            and sign.fits(each, unit_of(hass, each.entity_id))
        ]
        if fitting:
            return fitting
    return []


def _told(hass: HomeAssistant, key: str, signs: Iterable[Sign], entries: Entries) -> float | None:
    """Return what a sensor tells, in kW or kWh."""
    convert = energy_kwh if key.endswith("_kwh") else power_kw
    for entity_id in _fitting(hass, signs, entries)[:1]:
        state = hass.states.get(entity_id)
        try:
            return (
                None
                if state is None
                else round(convert(float(state.state), unit_of(hass, entity_id)), 3)
            )
        except ValueError, InputError:
            return None
    return None


def _highest(hass: HomeAssistant, entity_id: str | None) -> float | None:
    """Return the highest value of a number in kW."""
    state = hass.states.get(entity_id) if entity_id else None
    most = None if state is None else state.attributes.get("max")
    if entity_id is None or not isinstance(most, int | float):
        return None
    try:
        return round(power_kw(float(most), unit_of(hass, entity_id)), 3)
    except InputError:
        return None


def _substituted(value: Any, names: Mapping[str, str]) -> Any:
    """Return a value with `$field` replaced by the entity in that field."""
    if isinstance(value, Mapping):
        return {key: _substituted(each, names) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_substituted(each, names) for each in value]
    return Template(value).safe_substitute(names) if isinstance(value, str) else value
