"""See whether entities show what was written to them."""

from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant

from .devices.action import Action, Expect


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
