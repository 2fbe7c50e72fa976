"""Carbon: what the grid emits now, as a sensor tells it."""

import math
from typing import Final

from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT
from homeassistant.core import HomeAssistant

from ..core.horizon import HOUR_S
from ..core.series import Series
from ..core.units import InputError, carbon_g_per_kwh
from ..devices.form import unit_of
from .configuration import Configuration

HELD_S: Final = 3.0 * HOUR_S
"""Providers renew the value every hour and some are late; an older one is no present one."""


def carbon_now(hass: HomeAssistant, configuration: Configuration, now: float) -> Series:
    """Return what is emitted in the running hour, g/kWh; nothing where that is unknown."""
    entity_id = configuration.surroundings.carbon
    state = None if entity_id is None else hass.states.get(entity_id)
    if state is None or now - state.last_reported_timestamp > HELD_S:
        return Series.empty()
    try:
        unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
        value = carbon_g_per_kwh(float(state.state), unit)
    except ValueError, InputError:
        return Series.empty()
    if not 0 <= value < math.inf:
        return Series.empty()
    hour = now // HOUR_S * HOUR_S
    return Series.of([(hour, hour + HOUR_S, value)])


def carbon_statistic(hass: HomeAssistant, configuration: Configuration) -> tuple[str, float] | None:
    """Return the sensor with the factor from its unit to g/kWh, None where there is none."""
    entity_id = configuration.surroundings.carbon
    if entity_id is None:
        return None
    try:
        return entity_id, carbon_g_per_kwh(1.0, unit_of(hass, entity_id))
    except InputError:
        return None
