"""Prices that a sensor showed in the past, from the recorder's long-term statistics."""

import numpy as np
from homeassistant.core import HomeAssistant

from ..core.horizon import HOUR_S
from ..core.series import Series
from ..core.units import InputError
from .error import SourceError
from .prices.interval import per_kwh
from .recorded import NOTHING, async_read


async def async_recorded_prices(
    hass: HomeAssistant, entity_id: str, currency: str, start: float, end: float
) -> Series:
    """Return the hourly means of a price sensor, currency/kWh.

    Args:
        hass: Home Assistant.
        entity_id: of a sensor that keeps statistics.
        currency: of the contract.
        start, end: epoch seconds.

    Raises:
        InputError: nothing is recorded of it, or something that is no price.
    """
    rows = NOTHING
    if "recorder" in hass.config.components:
        rows = (await async_read(hass, start, end, {entity_id}, "hour")).get(entity_id, NOTHING)
    known = np.isfinite(rows.mean)
    if not known.any():
        raise InputError("what_if_prices", entity=entity_id)
    try:
        scale = per_kwh(1.0, rows.unit, currency)
    except SourceError as err:
        raise InputError("what_if_prices", entity=entity_id) from err
    begin = rows.start[known]
    return Series(begin, begin + HOUR_S, scale * rows.mean[known])
