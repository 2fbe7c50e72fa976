"""See whether entities show what was written to them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant

from .devices import Before, Device
from .devices.action import Action, Expect
from .devices.before import settings_of


def available(hass: HomeAssistant, entity_id: str) -> bool:
    """Return whether an entity says anything."""
    state = hass.states.get(entity_id)
    return state is not None and state.state not in (STATE_UNAVAILABLE, STATE_UNKNOWN)


def shows(hass: HomeAssistant, expect: Expect) -> bool:
    """Return whether an entity shows what is expected of it."""
    state = hass.states.get(expect.entity_id)
    return state is not None and expect.met(state.state, state.attributes)


def met(hass: HomeAssistant, action: Action) -> bool:
    """Return whether an action shows as carried out, or nothing would show it."""
    return action.expect is None or shows(hass, action.expect)


def taken_over(
    hass: HomeAssistant, device: Device, known: Mapping[str, Before]
) -> dict[str, Before]:
    """Return what the settings of a device are that is about to be driven, by entity.

    Args:
        hass: where they are seen.
        device: the device.
        known: what stood when it was taken over before and then left to somebody else; that
            holds on where an entity still shows what SHEMS had left.
    """
    found = {}
    for entity_id in settings_of(device):
        now, before = stands(hass, entity_id), known.get(entity_id)
        if before is not None and (now is None or before.left == now.shown):
            found[entity_id] = replace(before, left=None)
        elif now is not None:
            found[entity_id] = now
    return found


def left_behind(
    hass: HomeAssistant, written: Iterable[Action], known: Mapping[str, Before]
) -> dict[str, Before]:
    """Return what stood before, of entities that still show what SHEMS wrote, with what that is.

    What somebody else has changed since stands by their word.
    """
    changed = {
        each.expect.entity_id for each in written if each.expect is not None and not met(hass, each)
    }
    return {
        entity_id: replace(each, left=each.left or now.shown)
        for entity_id, each in known.items()
        if entity_id not in changed and (now := stands(hass, entity_id)) is not None
    }


def stands(hass: HomeAssistant, entity_id: str) -> Before | None:
    """Return what an entity shows of its settings, None where it says nothing."""
    state = hass.states.get(entity_id)
    if state is None or not available(hass, entity_id):
        return None
    temperature = state.attributes.get("temperature")
    preset = state.attributes.get("preset_mode")
    return Before(
        state.state,
        float(temperature) if isinstance(temperature, int | float) else None,
        None if preset is None else str(preset),
    )
