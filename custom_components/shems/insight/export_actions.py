"""Actions: export the history, and all that SHEMS knows of a home."""

import itertools
from pathlib import Path
from typing import Any, Final

import probatio as vol
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers.service import async_register_admin_service

from ..asking import HOME, async_any_of, async_home_of, refused
from ..const import DOMAIN
from ..coordinator import HomeCoordinator, now
from ..core.report.period import Period
from ..core.units import InputError
from ..data import is_community
from .export_rows import TableWriter
from .exports import Exported, async_offer, async_setup_view, new_path
from .packing import async_pack_community, async_pack_home
from .privacy_record import PrivacyRecord
from .report_actions import SPAN, between

EXPORT_HISTORY: Final = "export_history"
EXPORT_DATA: Final = "export_data"
FORMATS: Final = ("csv", "json")
STEPS: Final = ("slot", "hour", "day", "month")
_CHUNK_S: Final = 31 * 86400.0
"""A month of slots is some 9000 rows: a few megabytes."""

_HISTORY: Final = vol.Schema(
    {
        **HOME,
        **SPAN,
        vol.Optional("format", default=FORMATS[0]): vol.In(FORMATS),
        vol.Optional("step", default="day"): vol.In(STEPS),
    }
)


@callback
def async_setup_exports(hass: HomeAssistant) -> None:
    """Register the actions, and the view that gives out what they make."""

    async def history(call: ServiceCall) -> ServiceResponse:
        home = await async_home_of(hass, call, POLICY_READ)
        try:
            wanted = between(home.configuration.zone, call)
        except InputError as err:
            raise refused(err.code) from err
        path, count = await _async_history(home, wanted, call.data["format"], call.data["step"])
        exported = await _async_noted(
            hass, home.config_entry, path, call, step=call.data["step"], rows=count
        )
        return {**exported.to_json(), "rows": count}

    async def data(call: ServiceCall) -> ServiceResponse:
        entry = await async_any_of(hass, call)
        if is_community(entry):
            path, names = await async_pack_community(hass, entry)
        else:
            path, names = await async_pack_home(hass, entry)
        exported = await _async_noted(hass, entry, path, call, files=names)
        return {**exported.to_json(), "files": names}

    hass.services.async_register(
        DOMAIN, EXPORT_HISTORY, history, _HISTORY, SupportsResponse.OPTIONAL
    )
    async_register_admin_service(
        hass, DOMAIN, EXPORT_DATA, data, vol.Schema(HOME), SupportsResponse.OPTIONAL
    )
    async_setup_view(hass)


async def _async_noted(
    hass: HomeAssistant, entry: ConfigEntry[Any], path: Path, call: ServiceCall, **details: Any
) -> Exported:
    """Offer a file to who asked, and note that it was made."""
    user = call.context.user_id
    exported = await async_offer(hass, entry.entry_id, path, user, now())
    record = PrivacyRecord(hass, entry.entry_id)
    await record.async_note("exported", now(), user, bytes=exported.size, **details)
    return exported


async def _async_history(
    home: HomeCoordinator, wanted: Period, form: str, step: Any
) -> tuple[Path, int]:
    """Write the ledger's rows of a time; return the file and how many they are."""
    hass, entry_id = home.hass, home.config_entry.entry_id
    path = await hass.async_add_executor_job(new_path, hass, entry_id, f"history.{form}")
    names = {each.id: each.name for each in home.configuration.devices}
    writer = TableWriter(path, names, as_csv=form == "csv")
    if step in ("day", "month"):
        spans = [(wanted.start_s, wanted.end_s)]
    else:
        edges = [wanted.start_s]
        while edges[-1] < wanted.end_s:
            edges.append(min(edges[-1] + _CHUNK_S, wanted.end_s))
        spans = list(itertools.pairwise(edges))
    for begin, end in spans:
        rows = await home.insight.ledger.async_rows(begin, end, step)
        await hass.async_add_executor_job(writer.add, rows)
    await hass.async_add_executor_job(writer.end)
    return path, writer.count
