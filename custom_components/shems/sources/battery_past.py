"""What the recorder knows of a battery, by the hour."""

import numpy as np
from homeassistant.core import HomeAssistant

from ..core.infer.battery_home import BatteryPast
from ..devices import Device
from .meters import Term, battery_term
from .recorded import NOTHING, async_read, grid, power_kw


async def async_battery_past(
    hass: HomeAssistant, device: Device, start: float, end: float
) -> BatteryPast | None:
    """Return a battery's powers and charge; None without a recorder or a sensor of the charge.

    Raises:
        SourceError: the recorder cannot be read.
    """
    soc = device.entity("soc")
    if "recorder" not in hass.config.components or soc is None:
        return None
    whole = battery_term(device)
    recorded = await async_read(hass, start, end, whole.ids | {soc}, "hour")
    hours = grid(start, end, "hour")
    if whole.energy:
        given = tuple(each for each in whole.energy if each[1] > 0)
        taken = tuple((each, 1.0) for each, sign in whole.energy if sign < 0)
        discharge, charge = (
            power_kw(recorded, Term(each, most_kw=whole.most_kw), hours, "hour")
            for each in (given, taken)
        )
    else:
        # A mean over an hour in which it did both tells only the difference.
        power = power_kw(recorded, whole, hours, "hour")
        discharge, charge = np.maximum(power, 0.0), np.maximum(-power, 0.0)
    share = recorded.get(soc, NOTHING).means(hours) / 100.0
    return BatteryPast(hours, charge, discharge, share)
