"""Action: erase what SHEMS recorded of a home, or learned of it."""

from typing import Any, Final

import probatio as vol
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.service import async_register_admin_service

from ..asking import HOME, async_any_of, moment, refused
from ..const import DOMAIN
from ..coordinator import HomeCoordinator, now
from ..core.report.period import Kind, local, period
from ..data import is_community
from .erasing import STATES, STATISTICS, WHAT, Erasure, async_backups, async_erase_home
from .privacy_record import PrivacyRecord
from .recorder_rows import RECORDER
from .report_actions import ATTR_END, ATTR_START, SPAN

ERASE: Final = "erase_data"

_SCHEMA: Final = vol.Schema(
    {
        **HOME,
        **SPAN,
        vol.Required("what"): vol.All(cv.ensure_list, vol.Length(min=1), [vol.In(WHAT)]),
        vol.Required("confirm"): cv.boolean,
        vol.Optional("repack", default=True): cv.boolean,
    }
)


@callback
def async_setup_erase(hass: HomeAssistant) -> None:
    """Register the action; nothing brings back what it erases."""

    async def erase(call: ServiceCall) -> ServiceResponse:
        entry = await async_any_of(hass, call)
        if not call.data["confirm"]:
            raise refused("erase_unconfirmed", home=entry.title)
        erasure = _erasure(zone_of(hass, entry), call)
        recorded = erasure.what & {STATES, STATISTICS}
        if recorded and RECORDER not in hass.config.components:
            raise refused("erase_without_recorder")
        proof = await async_erase_home(hass, entry, erasure)
        proof["backups"] = await async_backups(hass)
        details: dict[str, Any] = {
            "parts": [part for part in WHAT if erasure.wants(part)],
            "start": erasure.start,
            "end": erasure.end,
            **proof,
        }
        record = PrivacyRecord(hass, entry.entry_id)
        await record.async_note("erased", now(), call.context.user_id, **details)
        return proof

    async_register_admin_service(hass, DOMAIN, ERASE, erase, _SCHEMA, SupportsResponse.OPTIONAL)


def zone_of(hass: HomeAssistant, entry: ConfigEntry[Any]) -> str:
    """Return the time zone of a home, or of a community as seen from here."""
    if is_community(entry):
        return hass.config.time_zone
    home: HomeCoordinator = entry.runtime_data.coordinator
    return home.configuration.zone


def _erasure(zone: str, call: ServiceCall) -> Erasure:
    """Return what is asked for, in whole local days.

    Raises:
        ServiceValidationError: its time ends before it begins.
    """
    start, end = moment(call.data.get(ATTR_START)), moment(call.data.get(ATTR_END))
    if start is not None:
        start = period(Kind.DAY, local(start, zone)).start_s
    if end is not None:
        day = period(Kind.DAY, local(end, zone))
        end = end if end == day.start_s else day.end_s
    if start is not None and end is not None and end <= start:
        raise refused("period_reversed")
    return Erasure(frozenset(call.data["what"]), start, end, call.data["repack"])
