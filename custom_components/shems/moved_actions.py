"""Actions: ask for a run of an appliance's programme, and take that back."""

from datetime import datetime
from typing import Any, Final

import probatio as vol
from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import device_registry as dr
from homeassistant.util import dt as dt_util

from .const import DOMAIN
from .coordinator import HomeCoordinator, now
from .core.assets.appliance import RunRequest
from .core.horizon import HOUR_S
from .devices import Device
from .devices.appliance import length_s
from .permission import async_check_control

REQUEST_RUN: Final = "request_run"
CANCEL_RUNS: Final = "cancel_runs"

_DEVICE: Final[dict[vol.Marker, Any]] = {vol.Required("device_id"): cv.string}
_RUN: Final = vol.Schema(
    {
        **_DEVICE,
        vol.Optional("earliest"): cv.datetime,
        vol.Optional("deadline"): cv.datetime,
        vol.Optional("max_cost"): vol.Coerce(float),
    }
)


@callback
def async_setup_runs(hass: HomeAssistant) -> None:
    """Register the actions."""

    async def request(call: ServiceCall) -> None:
        home, device = await async_device_of(hass, call, "appliance")
        await async_request_run(
            home,
            device,
            moment(call.data.get("earliest")),
            moment(call.data.get("deadline")),
            call.data.get("max_cost"),
        )

    async def cancel(call: ServiceCall) -> None:
        home, device = await async_device_of(hass, call, "appliance")
        await home.async_set_device(device.id, None, runs=())

    hass.services.async_register(DOMAIN, REQUEST_RUN, request, _RUN)
    hass.services.async_register(DOMAIN, CANCEL_RUNS, cancel, vol.Schema(_DEVICE))


async def async_request_run(
    home: HomeCoordinator,
    device: Device,
    earliest: float | None = None,
    deadline: float | None = None,
    most_cost: float | None = None,
) -> None:
    """Ask for a run.

    Args:
        home: the appliance's home.
        device: the appliance.
        earliest: epoch seconds; None for now.
        deadline: epoch seconds by which it is to be done; None for what its form says.
        most_cost: it runs only if it costs less, currency; None for any price.

    Raises:
        ServiceValidationError: the programme does not fit before the deadline.
    """
    begin = now() if earliest is None else max(earliest, now())
    done = home.director.watch.done_by(device, begin) if deadline is None else deadline
    if begin + length_s(device) > done:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="deadline_too_short",
            translation_placeholders={
                "device": device.name,
                "hours": f"{length_s(device) / HOUR_S:.1f}",
            },
        )
    runs = home.store.control.device(device.id).runs
    await home.async_set_device(device.id, None, runs=(*runs, RunRequest(begin, done, most_cost)))


def moment(given: datetime | None) -> float | None:
    """Return a time in epoch seconds; one without a zone is the user's own."""
    return None if given is None else dt_util.as_utc(given).timestamp()


async def async_device_of(
    hass: HomeAssistant, call: ServiceCall, kind: str
) -> tuple[HomeCoordinator, Device]:
    """Return the device an action is about, after checking who asks.

    Raises:
        ServiceValidationError: it is none of this kind of a home that is loaded.
        Unauthorized: the caller may not control it.
    """
    entry = dr.async_get(hass).async_get(call.data["device_id"])
    for home in _homes(hass):
        for device in home.configuration.of_kind(kind):
            identifier = (DOMAIN, f"{home.config_entry.entry_id}_{device.id}")
            if entry is not None and identifier in entry.identifiers:
                await async_check_control(hass, call.context, home.controls_of(device.id))
                return home, device
    raise ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=f"no_{kind}",
        translation_placeholders={"device": call.data["device_id"]},
    )


def _homes(hass: HomeAssistant) -> list[HomeCoordinator]:
    return [
        entry.runtime_data.coordinator for entry in hass.config_entries.async_loaded_entries(DOMAIN)
    ]
