"""Action: say when a car leaves next, and how full it is wanted then."""

from typing import Final

import probatio as vol
from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.helpers import config_validation as cv

from .asking import DEVICE, async_device_of, moment, refused
from .const import DOMAIN
from .coordinator import now
from .devices.settings import Departure

SET_DEPARTURE: Final = "set_departure"

_FULL: Final = 100.0
_SCHEMA: Final = vol.Schema(
    {
        **DEVICE,
        vol.Optional("at"): cv.datetime,
        vol.Optional("soc"): vol.All(vol.Coerce(float), vol.Range(0, _FULL)),
    }
)


@callback
def async_setup_departure(hass: HomeAssistant) -> None:
    """Register the action."""

    async def set_departure(call: ServiceCall) -> None:
        home, device = await async_device_of(hass, call, ("vehicle",), "no_vehicle")
        at, soc = moment(call.data.get("at")), call.data.get("soc")
        if at is not None and at <= now():
            raise refused("departure_over")
        if soc is not None and device.entity("soc") is None:
            raise refused("departure_soc_unknown", device=device.name)
        departure = None
        if at is not None:
            departure = Departure(at, None if soc is None else soc / _FULL)
        await home.async_set_device(device.id, call.context, departure=departure)

    hass.services.async_register(DOMAIN, SET_DEPARTURE, set_departure, _SCHEMA)
