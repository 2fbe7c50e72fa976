"""What the grid meter has shown, as finely as the recorder still knows it."""

from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import get_instance

from ..core.horizon import DAY_S, HOUR_S
from ..core.series import Series
from .configuration import Configuration
from .history import joined
from .meters import meters
from .recorded import async_read, grid, power_kw

YEAR_S: Final = 366.0 * DAY_S


async def async_grid_year(hass: HomeAssistant, configuration: Configuration, end: float) -> Series:
    """Return the hourly power at the meter of twelve months, kW, + = import; see `async_grid`."""
    if "recorder" not in hass.config.components:
        return Series.empty()
    term, start = meters(configuration).grid, end - YEAR_S
    hourly = await async_read(hass, start, end, term.ids, "hour")

    def reduced() -> Series:
        hours = grid(start, end, "hour")
        return Series(hours, hours + HOUR_S, power_kw(hourly, term, hours, "hour"))

    return await get_instance(hass).async_add_executor_job(reduced)


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
