"""Actions: export the history, and all that SHEMS knows of a home."""

import itertools
import json
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import probatio as vol
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.const import __version__
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers.service import async_register_admin_service

from ..asking import HOME, async_entry_of, async_home_of, refused
from ..const import DOMAIN
from ..coordinator import HomeCoordinator, now
from ..core.report.period import Period
from ..core.units import InputError
from ..data import ShemsConfigEntry
from .export_rows import TableWriter
from .exports import Exported, async_offer, async_setup_view, new_path
from .holdings import EXPORTS, files
from .privacy_record import PrivacyRecord
from .recorder_dump import async_dump
from .recorder_rows import sought
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
            wanted = between(home, call)
        except InputError as err:
            raise refused(err.code) from err
        path, count = await _async_history(home, wanted, call.data["format"], call.data["step"])
        exported = await _async_noted(
            hass, home.config_entry, path, call, step=call.data["step"], rows=count
        )
        return {**exported.to_json(), "rows": count}

    async def data(call: ServiceCall) -> ServiceResponse:
        entry = await async_entry_of(hass, call)
        path, names = await _async_everything(hass, entry)
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
    hass: HomeAssistant, entry: ShemsConfigEntry, path: Path, call: ServiceCall, **details: Any
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


async def _async_everything(hass: HomeAssistant, entry: ShemsConfigEntry) -> tuple[Path, list[str]]:
    """Pack all that is stored of a home; return the file and the names of what is in it."""
    home = entry.runtime_data.coordinator
    await home.store.async_save_memory()
    texts = {
        "about.json": _json(
            {
                "home": entry.title,
                "made": datetime.fromtimestamp(now(), UTC).isoformat(timespec="seconds"),
                "home_assistant": __version__,
                "entry_id": entry.entry_id,
            }
        ),
        "configuration.json": _json(
            {
                "data": dict(entry.data),
                "options": dict(entry.options),
                "subentries": [
                    {
                        "id": each.subentry_id,
                        "type": each.subentry_type,
                        "title": each.title,
                        "data": dict(each.data),
                    }
                    for each in entry.subentries.values()
                ],
            }
        ),
    }
    path = await hass.async_add_executor_job(new_path, hass, entry.entry_id, "data.zip")
    # Beside the export: what is written there goes with it, and no other user reads it.
    folder = Path(await hass.async_add_executor_job(lambda: tempfile.mkdtemp(dir=path.parent)))
    try:
        dumped = await async_dump(hass, sought(hass, entry.entry_id), folder)
        await home.insight.ledger.async_pause()
        names = await hass.async_add_executor_job(_pack, hass, entry, path, texts, dumped)
    finally:
        await home.insight.ledger.async_resume()
        await hass.async_add_executor_job(_clear, folder)
    return path, names


def _pack(
    hass: HomeAssistant,
    entry: ShemsConfigEntry,
    path: Path,
    texts: dict[str, str],
    dumped: list[Path],
) -> list[str]:
    stored = {each for each, part in files(hass, entry.entry_id).items() if part != EXPORTS}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in texts.items():
            archive.writestr(name, content)
        for each in dumped:
            archive.write(each, f"recorder/{each.name}")
        for each in sorted(stored):
            archive.write(each, f"stored/{each.name}")
        return sorted(archive.namelist())


def _clear(folder: Path) -> None:
    for each in folder.glob("*"):
        each.unlink(missing_ok=True)
    folder.rmdir()


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, default=str)
