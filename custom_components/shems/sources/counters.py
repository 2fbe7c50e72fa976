"""What the home's energy meters show."""

import math
from typing import Final

from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT
from homeassistant.core import HomeAssistant

from ..convert import energy_kwh
from ..core.units import InputError
from .configuration import Configuration

_COUNTERS: Final = (
    ("bought", "connection", "import_energy"),
    ("sold", "connection", "export_energy"),
    ("solar", "solar", "energy"),
    ("charged", "battery", "charged_energy"),
    ("discharged", "battery", "discharged_energy"),
)


def counters(
    hass: HomeAssistant, configuration: Configuration
) -> dict[str, dict[str, float | None]]:
    """Return what each counter shows in kWh, by quantity; None where it shows nothing.

    A quantity of which some device has no counter is left out; one that no device has, as
    solar energy in a home without a roof, has no counters and is always zero.
    """
    result = {}
    for name, kind, key in _COUNTERS:
        meters = [device.entities(key) for device in configuration.of_kind(kind)]
        if all(meters):
            result[name] = {each: shown(hass, each) for meter in meters for each in meter}
    return result


def shown(hass: HomeAssistant, entity_id: str) -> float | None:
    """Return what a counter shows in kWh; None where it shows nothing."""
    state = hass.states.get(entity_id)
    if state is None:
        return None
    try:
        value = energy_kwh(float(state.state), state.attributes.get(ATTR_UNIT_OF_MEASUREMENT))
    except ValueError, InputError:
        return None
    return value if math.isfinite(value) and value >= 0 else None
