"""Actions: ask for energy in a battery by a time, or for power at a time, and take that back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import probatio as vol
from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.helpers import config_validation as cv

from .asking import DEVICE, async_device_of, moment, refused
from .const import DOMAIN
from .coordinator import now
from .core.assets.asked import Demand
from .core.assets.goal import Goal
from .devices import Device
from .devices.settings import DeviceSettings

REQUEST_CHARGE: Final = "request_charge"
CANCEL_CHARGES: Final = "cancel_charges"

_FULL: Final = 100.0
_CHARGE: Final = vol.Schema(
    {
        **DEVICE,
        vol.Required("by"): cv.datetime,
        vol.Optional("soc", default=_FULL): vol.All(vol.Coerce(float), vol.Range(0, _FULL)),
        vol.Optional("at_most", default=False): cv.boolean,
        vol.Optional("power_kw"): vol.All(cv.positive_float, vol.Range(max=1000)),
        vol.Optional("start"): cv.datetime,
    }
)


@callback
def async_setup_charges(hass: HomeAssistant) -> None:
    """Register the actions."""

    async def request(call: ServiceCall) -> None:
        home, device = await async_device_of(hass, call, ("battery",), "no_battery")
        at = now()
        asked = _asked(call.data, device, at)
        settings = _current(home.store.control.device(device.id), at)
        if isinstance(asked, Goal):
            beside = tuple(
                each for each in settings.goals if (each.at, each.most) != (asked.at, asked.most)
            )
            settings = replace(settings, goals=(*beside, asked))
        else:
            settings = replace(settings, demands=(*settings.demands, asked))
        await home.async_set_device(
            device.id, call.context, goals=settings.goals, demands=settings.demands
        )

    async def cancel(call: ServiceCall) -> None:
        home, device = await async_device_of(hass, call, ("battery",), "no_battery")
        await home.async_set_device(device.id, call.context, goals=(), demands=())

    hass.services.async_register(DOMAIN, REQUEST_CHARGE, request, _CHARGE)
    hass.services.async_register(DOMAIN, CANCEL_CHARGES, cancel, vol.Schema(DEVICE))


def _asked(data: Mapping[str, Any], device: Device, at: float) -> Goal | Demand:
    """Return what was asked for.

    Raises:
        ServiceValidationError: it would be over already.
    """
    by, start = moment(data["by"]) or at, moment(data.get("start"))
    begin = at if start is None else max(start, at)
    if by <= begin:
        raise refused("charge_over")
    if (power := data.get("power_kw")) is not None:
        return Demand(begin, by, power)
    share = data["soc"] / _FULL
    return Goal(by, share * device.number("capacity_kwh", 0.0), most=data["at_most"])


def _current(settings: DeviceSettings, at: float) -> DeviceSettings:
    """Return the settings without what is over."""
    return replace(
        settings,
        goals=tuple(each for each in settings.goals if each.at > at),
        demands=tuple(each for each in settings.demands if each.end > at),
    )
