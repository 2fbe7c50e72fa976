"""What the grid meter has shown, as finely as the recorder still knows it."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import get_instance

from ..core.horizon import HOUR_S
from ..core.series import Series
from .configuration import Configuration
from .history import joined
from .meters import meters
from .recorded import async_read, grid, power_kw


async def async_grid(
    hass: HomeAssistant, configuration: Configuration, start: float, end: float
) -> Series:
    """Return the recorded power at the meter, kW, + = import; nothing without a recorder."""
    if "recorder" not in hass.config.components:
        return Series.empty()
    term = meters(configuration).grid
    hourly = await async_read(hass, start, end, term.ids, "hour")
    fine = await async_read(hass, start, end, term.ids, "5minute")

    def reduced() -> Series:
        hours = grid(start, end, "hour")
        steps = grid(-(-start // HOUR_S) * HOUR_S, end, "5minute")
        return joined(
            hours,
            power_kw(hourly, term, hours, "hour"),
            steps,
            power_kw(fine, term, steps, "5minute"),
        )

    return await get_instance(hass).async_add_executor_job(reduced)
