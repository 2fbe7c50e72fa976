"""Actions: say when nobody is at home, and when there are guests."""

from typing import Any, Final

import probatio as vol
from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.helpers import config_validation as cv

from .asking import HOME, async_entry_of, moment, refused
from .const import DOMAIN
from .coordinator import now
from .occupancy import AWAY, GUESTS

ATTR_START: Final = "start"
ATTR_END: Final = "end"

SERVICES: Final = {"set_absence": AWAY, "set_guests": GUESTS, "clear_occupancy": None}
"""What each action says of its time; None: that it is spent as always."""

SCHEMA: Final = vol.Schema(
    {**HOME, vol.Optional(ATTR_START): cv.datetime, vol.Optional(ATTR_END): cv.datetime}
)


@callback
def async_setup_occupancy(hass: HomeAssistant) -> None:
    """Register the actions."""
    for name, kind in SERVICES.items():
        hass.services.async_register(DOMAIN, name, _setter(hass, kind), SCHEMA)


def _setter(hass: HomeAssistant, kind: str | None) -> Any:
    async def set_occupancy(call: ServiceCall) -> None:
        entry = await async_entry_of(hass, call)
        coordinator, occupancy = entry.runtime_data.coordinator, entry.runtime_data.inputs.occupancy
        at = now()
        start = moment(call.data.get(ATTR_START)) or at
        end = moment(call.data.get(ATTR_END))
        if end is not None and end <= start:
            raise refused("occupancy_end_before_start")
        if kind is None:
            await occupancy.async_clear(start, end, at)
        else:
            await occupancy.async_set(kind, start, end, at)
        coordinator.async_request_plan()
        coordinator.async_update_listeners()

    return set_occupancy
