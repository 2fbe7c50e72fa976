"""When an appliance costs least, before anybody has asked for a run of it."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import probatio as vol
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv

from ..asking import ATTR_DEVICE_ID, DEVICE, configured_device, loaded, moment, refused
from ..const import DOMAIN
from ..coordinator import HomeCoordinator, now
from ..core.assets.appliance import Appliance
from ..core.report.start import Start, best_start
from ..devices import Device
from ..devices.appliance import length_s
from ..permission import async_check_home
from ..values import stamp

BEST_TIME: Final = "best_time"

_SCHEMA: Final = vol.Schema(
    {
        **DEVICE,
        vol.Optional("earliest"): cv.datetime,
        vol.Optional("deadline"): cv.datetime,
    }
)


@dataclass(frozen=True)
class Best:
    """When an appliance costs least.

    Attributes:
        start: see there; None where the plan does not see that far.
        deadline: by which it is to be done, epoch seconds.
    """

    start: Start | None
    deadline: float


def best_time(
    home: HomeCoordinator,
    device: Device,
    earliest: float | None = None,
    deadline: float | None = None,
) -> Best:
    """Return when an appliance costs least, by what another kWh costs in the plan in force.

    Args:
        home: the appliance's home.
        device: the appliance.
        earliest, deadline: epoch seconds; None for now, and for what its form says.
    """
    begin = now() if earliest is None else max(earliest, now())
    done = home.director.watch.done_by(device, begin) if deadline is None else deadline
    plan, asset = home.data.plan, home.home.device(device.id)
    if plan is None or not isinstance(asset, Appliance):
        return Best(None, done)
    price = plan.prices.buy if plan.marginal is None else plan.marginal
    profile = np.array(asset.profile_kw)
    begin = max(begin, float(plan.horizon.edges[0]))
    found = best_start(price, plan.horizon, profile, asset.profile_step_s, begin, done)
    return Best(found, done)


def best_facts(home: HomeCoordinator, device: Device, best: Best) -> dict[str, Any]:
    """Return the same as actions give it; None where it is not known."""
    start = best.start
    return {
        "device": device.name,
        "start": None if start is None else stamp(start.begin),
        "end": None if start is None else stamp(start.begin + length_s(device)),
        "cost": None if start is None else round(start.cost, 4),
        "cost_now": None if start is None else round(start.cost_now, 4),
        "saves": None if start is None else round(start.saves, 4),
        "deadline": stamp(best.deadline),
        "currency": home.configuration.tariff.currency,
    }


@callback
def async_setup_best_time(hass: HomeAssistant) -> None:
    """Register the action."""

    async def ask(call: ServiceCall) -> ServiceResponse:
        asked: str = call.data[ATTR_DEVICE_ID]
        for home in loaded(hass):
            device = configured_device(hass, home, asked)
            if device is not None and device.kind == "appliance":
                entry_id = home.config_entry.entry_id
                await async_check_home(hass, call.context, entry_id, POLICY_READ)
                times = (moment(call.data.get(key)) for key in ("earliest", "deadline"))
                return best_facts(home, device, best_time(home, device, *times))
        raise refused("no_appliance", device=asked)

    hass.services.async_register(DOMAIN, BEST_TIME, ask, _SCHEMA, SupportsResponse.ONLY)
