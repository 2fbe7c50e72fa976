"""Action: erase what SHEMS recorded of a home, or learned of it."""

from typing import Final

import probatio as vol
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.recorder import get_instance
from homeassistant.helpers.service import async_register_admin_service

from .asking import HOME, async_entry_of, refused
from .const import DOMAIN
from .data import ShemsConfigEntry
from .sources.issued import Issued

RECORDER: Final = "recorder"
ERASE: Final = "erase"
STATISTICS: Final = "statistics"
LEARNED: Final = "learned"
WHAT: Final = (STATISTICS, LEARNED)

_SCHEMA: Final = vol.Schema(
    {
        **HOME,
        vol.Required("what"): vol.All(cv.ensure_list, vol.Length(min=1), [vol.In(WHAT)]),
        vol.Required("confirm"): cv.boolean,
    }
)


@callback
def async_setup_erase(hass: HomeAssistant) -> None:
    """Register the action; nothing brings back what it erases."""

    async def erase(call: ServiceCall) -> ServiceResponse:
        entry = await async_entry_of(hass, call)
        if not call.data["confirm"]:
            raise refused("erase_unconfirmed", home=entry.title)
        erased = _erase_statistics(hass, entry) if STATISTICS in call.data["what"] else []
        if LEARNED in call.data["what"]:
            await _async_forget_learned(hass, entry)
        return {"statistics": [*erased], "learned": LEARNED in call.data["what"]}

    async_register_admin_service(hass, DOMAIN, ERASE, erase, _SCHEMA, SupportsResponse.OPTIONAL)


def _erase_statistics(hass: HomeAssistant, entry: ShemsConfigEntry) -> list[str]:
    """Erase the long-term statistics of a home's own sensors; return which."""
    if RECORDER not in hass.config.components:
        raise refused("erase_without_recorder")
    mine = sorted(
        each.entity_id
        for each in er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
        if each.domain == "sensor"
    )
    get_instance(hass).async_clear_statistics(mine)
    return mine


async def _async_forget_learned(hass: HomeAssistant, entry: ShemsConfigEntry) -> None:
    """Delete what was learned while nothing of it is used, and begin anew."""
    store = entry.runtime_data.coordinator.store
    await hass.config_entries.async_unload(entry.entry_id)
    await store.async_forget_learned()
    await Issued(hass, entry.entry_id, hass.config.time_zone).async_remove()
    await hass.config_entries.async_setup(entry.entry_id)
