"""Actions: decide on a device for a while, and let the plan decide on it again."""

from datetime import datetime, timedelta
from typing import Any, Final

import probatio as vol
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv

from .asking import DEVICE, async_device_of, moment, refused
from .const import DOMAIN
from .coordinator import now
from .devices import KINDS
from .devices.settings import MODE_AUTO, MODE_PAUSED
from .orders import may_write
from .values import override_facts

OVERRIDE: Final = "override"
CLEAR_OVERRIDE: Final = "clear_override"

_DRIVABLE: Final = (tuple(KINDS), "no_device")
_SCHEMA: Final = vol.Schema(
    {
        **DEVICE,
        vol.Exclusive("duration", "end"): cv.positive_time_period,
        vol.Exclusive("until", "end"): cv.datetime,
        vol.Optional("mode", default=MODE_PAUSED): cv.string,
    }
)


@callback
def async_setup_overrides(hass: HomeAssistant) -> None:
    """Register the actions."""

    async def override(call: ServiceCall) -> ServiceResponse:
        home, device = await async_device_of(hass, call, *_DRIVABLE)
        until, mode = _until(call.data), call.data["mode"]
        if not may_write(home.store.control, device.id):
            raise refused("device_not_driven", device=device.name)
        if mode == MODE_AUTO or mode not in KINDS[device.kind].modes:
            offered = [each for each in KINDS[device.kind].modes if each != MODE_AUTO]
            raise refused("mode_unknown", device=device.name, modes=", ".join(offered))
        await home.async_override(device.id, call.context, until, mode)
        held = home.store.control.overrides.get(device.id)
        # Somebody may have ended it while it was written.
        return None if held is None or not call.return_response else override_facts(device, held)

    async def clear(call: ServiceCall) -> None:
        home, device = await async_device_of(hass, call, *_DRIVABLE)
        await home.async_clear_override(device.id, call.context)

    hass.services.async_register(DOMAIN, OVERRIDE, override, _SCHEMA, SupportsResponse.OPTIONAL)
    hass.services.async_register(DOMAIN, CLEAR_OVERRIDE, clear, vol.Schema(DEVICE))


def _until(data: dict[str, Any]) -> float | None:
    """Return until when, None where that is not said.

    Raises:
        ServiceValidationError: it would be over already.
    """
    at = now()
    given: timedelta | None = data.get("duration")
    until: datetime | None = data.get("until")
    end = moment(until) if given is None else at + given.total_seconds()
    if end is not None and end <= at:
        raise refused("override_over")
    return end
