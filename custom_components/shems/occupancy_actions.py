"""Actions: say when nobody is at home, and when there are guests."""

from datetime import datetime
from typing import Any, Final

import probatio as vol
from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import service
from homeassistant.helpers.selector import ConfigEntrySelector
from homeassistant.util import dt as dt_util

from .const import DOMAIN
from .coordinator import now
from .data import ShemsConfigEntry
from .occupancy import AWAY, GUESTS
from .permission import async_check_home

ATTR_CONFIG_ENTRY_ID: Final = "config_entry_id"
ATTR_START: Final = "start"
ATTR_END: Final = "end"

SERVICES: Final = {"set_absence": AWAY, "set_guests": GUESTS, "clear_occupancy": None}
"""What each action says of its time; None: that it is spent as always."""

SCHEMA: Final = vol.Schema(
    {
        vol.Optional(ATTR_CONFIG_ENTRY_ID): ConfigEntrySelector({"integration": DOMAIN}),
        vol.Optional(ATTR_START): cv.datetime,
        vol.Optional(ATTR_END): cv.datetime,
    }
)


@callback
def async_setup_occupancy(hass: HomeAssistant) -> None:
    """Register the actions."""
    for name, kind in SERVICES.items():
        hass.services.async_register(DOMAIN, name, _setter(hass, kind), SCHEMA)


def _setter(hass: HomeAssistant, kind: str | None) -> Any:
    async def set_occupancy(call: ServiceCall) -> None:
        entry: ShemsConfigEntry = service.async_get_config_entry(
            hass, DOMAIN, call.data.get(ATTR_CONFIG_ENTRY_ID)
        )
        await async_check_home(hass, call.context, entry.entry_id, POLICY_CONTROL)
        coordinator, occupancy = entry.runtime_data.coordinator, entry.runtime_data.inputs.occupancy
        at = now()
        start = _moment(call.data.get(ATTR_START), at)
        end = _moment(call.data.get(ATTR_END), None)
        if end is not None and end <= start:
            raise ServiceValidationError(
                translation_domain=DOMAIN, translation_key="occupancy_end_before_start"
            )
        if kind is None:
            await occupancy.async_clear(start, end, at)
        else:
            await occupancy.async_set(kind, start, end, at)
        coordinator.async_request_plan()
        coordinator.async_update_listeners()

    return set_occupancy


def _moment[T](given: datetime | None, default: T) -> float | T:
    """Return a time in epoch seconds; one without a zone is the user's own."""
    return default if given is None else dt_util.as_utc(given).timestamp()
