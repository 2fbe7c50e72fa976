"""Whether the grid is out, as an entity of the household tells, and how long batteries last."""

from typing import TYPE_CHECKING

import numpy as np
from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.const import ATTR_DEVICE_CLASS, ATTR_UNIT_OF_MEASUREMENT, STATE_OFF, STATE_ON
from homeassistant.core import HomeAssistant, split_entity_id
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util.unit_conversion import ElectricPotentialConverter

from ..core.horizon import HOUR_S
from ..core.report.alerts.outage import is_dead, lasts_h
from ..core.units import InputError

if TYPE_CHECKING:
    from ..coordinator import HomeCoordinator


def grid_is_out(hass: HomeAssistant, entity_id: str | None) -> bool | None:
    """Return whether the grid is out; None where nothing tells.

    A voltage tells by its height. Of what is on or off, on means that the grid is there, but
    for a sensor of problems.
    """
    state = None if entity_id is None else hass.states.get(entity_id)
    if state is None:
        return None
    if split_entity_id(state.entity_id)[0] == "sensor":
        unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
        try:
            volts = ElectricPotentialConverter.convert(float(state.state), unit, "V")
        except HomeAssistantError, ValueError:
            return None
        return is_dead(volts) if np.isfinite(volts) else None
    if state.state not in (STATE_ON, STATE_OFF):
        return None
    problem = state.attributes.get(ATTR_DEVICE_CLASS) == BinarySensorDeviceClass.PROBLEM
    return (state.state == STATE_ON) == problem


def backup_h(home: HomeCoordinator, at: float) -> float | None:
    """Return for how long the batteries last without the grid, hours; None where unknown."""
    readings, beliefs = home.data.readings, home.data.beliefs
    batteries = home.configuration.home.batteries
    if readings is None or beliefs is None or not batteries:
        return None
    horizon = beliefs.horizon
    ahead = horizon.end > at
    hours = (horizon.end - np.maximum(horizon.start, at))[ahead] / HOUR_S
    try:
        held = [(each, readings.energy_kwh(each.id, each.capacity_kwh)) for each in batteries]
    except InputError:
        return None
    return lasts_h(held, beliefs.load.mean[ahead], beliefs.solar.mean[ahead], hours)
