"""How sure Solcast is of its forecast: the attributes of its sensors.

The Energy platform only tells what is likely; Solcast's sensors list every half hour with
what is exceeded nine times in ten and once in ten.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from ..core.series import Series
from .configuration import Configuration
from .prices.interval import amount, moment
from .solar import summed
from .widths import periods

_DOMAIN: Final = "solcast_solar"
_LIST: Final = "detailedForecast"
_LOW, _HIGH = "pv_estimate10", "pv_estimate90"


def spread(hass: HomeAssistant, configuration: Configuration) -> tuple[Series, Series] | None:
    """Return what the arrays' power exceeds with 90 % and with 10 %, kW.

    None where not every array is forecast by Solcast.
    """
    entry_ids = {
        each
        for device in configuration.of_kind("solar")
        for each in device.entities("forecast_entries")
    }
    entries = [hass.config_entries.async_get_entry(each) for each in entry_ids]
    if not entries or any(each is None or each.domain != _DOMAIN for each in entries):
        return None
    rows = [list(_rows(hass, each)) for each in entry_ids]
    low, high = (summed([_series(each, column) for each in rows]) for column in (_LOW, _HIGH))
    return (low, high) if len(low) and len(high) else None


def _rows(hass: HomeAssistant, entry_id: str) -> Iterable[Mapping[str, Any]]:
    for entity in er.async_entries_for_config_entry(er.async_get(hass), entry_id):
        state = hass.states.get(entity.entity_id)
        listed = state.attributes.get(_LIST) if state else None
        if isinstance(listed, list):
            yield from (each for each in listed if isinstance(each, Mapping))


def _series(rows: Iterable[Mapping[str, Any]], column: str) -> Series:
    power: dict[float, float] = {}
    for row in rows:
        at, value = moment(row.get("period_start")), amount(row.get(column))
        if at is not None and value is not None:
            power[dt_util.as_utc(at).timestamp()] = max(0.0, value)
    return Series.of((start, end, power[start]) for start, end in periods(power))
