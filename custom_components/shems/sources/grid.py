"""The grid as it is now: limits that are imposed, and how far the month's peaks have come."""

from dataclasses import replace
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import get_instance

from ..core.assets.connection import Connection, Limit
from ..core.horizon import HOUR_S
from ..core.observe.month import reached, usual_peak_kw
from ..core.series import Series
from .configuration import Configuration
from .history import joined
from .meters import meters
from .readings import measured_power
from .recorded import async_read, grid, power_kw

IMPOSED_S: Final = 2.0 * HOUR_S
"""A limit that is imposed is expected to hold as long: nobody says when it ends, and grid
operators dim for two hours a day at most."""


def limited(
    hass: HomeAssistant, configuration: Configuration, connection: Connection, now: float
) -> Connection:
    """Return the connection with what its entities impose now."""
    device = configuration.connection

    def imposed(key: str, always: float) -> float | None:
        entity_id = device.entity(key)
        value = None if entity_id is None else measured_power(hass, entity_id, now).value
        return value if value is not None and 0 <= value < always else None

    import_kw = imposed("imposed_import", connection.import_limit_kw)
    export_kw = imposed("imposed_export", connection.export_limit_kw)
    if import_kw is None and export_kw is None:
        return connection
    limit = Limit(now, now + IMPOSED_S, import_kw, export_kw)
    return replace(connection, limits=(limit,))


def billed(
    connection: Connection, taken: Series, usual: tuple[Series, Series], now: float, zone: str
) -> Connection:
    """Return the connection with how far the month's peaks have come.

    Args:
        connection: with its capacity tariffs.
        taken: power at the meter, kW.
        usual: load and solar power of the last weeks, kW.
        now: epoch seconds.
        zone: IANA name.
    """
    if not connection.peaks:
        return connection
    bound_kw = usual_peak_kw(*usual, now, zone)
    return replace(connection, reached=reached(connection.peaks, taken, bound_kw, now, zone))


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
