"""The action that changes how a simulated device answers."""

from typing import TYPE_CHECKING, Any, Final

import probatio as vol
from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import service

from .asking import HOME, async_entry_of, refused
from .const import DOMAIN
from .manners import FIELDS, changed

if TYPE_CHECKING:
    from .virtual import VirtualHome

SET_MANNERS: Final = "set_simulated_manners"
_SCHEMA: Final = vol.Schema(
    {
        **HOME,
        vol.Required("device"): cv.string,
        **FIELDS,
    }
)


@callback
def async_setup_manners(hass: HomeAssistant) -> None:
    """Register the action; real homes do not know its devices."""

    async def set_manners(call: ServiceCall) -> None:
        entry = await async_entry_of(hass, call)
        home = entry.runtime_data.virtual
        device = call.data["device"]
        if home is None or device not in home.device_keys:
            raise refused("sim_device_unknown", device=device)
        _change(home, device, call.data)
        stored: dict[str, Any] = dict(entry.options.get("manners", {}))
        given = {str(key): call.data[str(key)] for key in FIELDS if str(key) in call.data}
        stored[device] = {**stored.get(device, {}), **given}
        hass.config_entries.async_update_entry(entry, options={**entry.options, "manners": stored})

    service.async_register_admin_service(hass, DOMAIN, SET_MANNERS, set_manners, _SCHEMA)


def _change(home: VirtualHome, device: str, fields: dict[str, Any]) -> None:
    home.manners[device] = changed(home.manner(device), fields)
