"""All that is stored of a home or a community, in one archive."""

import json
import tempfile
import zipfile
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import __version__
from homeassistant.core import HomeAssistant

from ..coordinator import now
from ..data import ShemsConfigEntry
from .exports import new_path
from .holdings import EXPORTS, NEIGHBOURS, SECRETS, files
from .recorder_dump import async_dump
from .recorder_rows import sought

type Packed = tuple[Path, list[str]]
"""The file, and the names of what is in it."""


async def async_pack_home(hass: HomeAssistant, entry: ShemsConfigEntry) -> Packed:
    """Pack all that is stored of a home."""
    home = entry.runtime_data.coordinator
    await home.store.async_save_memory()
    await home.insight.ledger.async_pause()
    try:
        return await _async_pack(hass, entry, {})
    finally:
        await home.insight.ledger.async_resume()


async def async_pack_community(hass: HomeAssistant, entry: ConfigEntry[Any]) -> Packed:
    """Pack all that is stored of a community, but not what would let others speak in its name."""
    return await _async_pack(hass, entry, await entry.runtime_data.shown.sharing.async_texts())


async def _async_pack(
    hass: HomeAssistant, entry: ConfigEntry[Any], told: Mapping[str, Any]
) -> Packed:
    texts = {
        "about.json": {
            "home": entry.title,
            "made": datetime.fromtimestamp(now(), UTC).isoformat(timespec="seconds"),
            "home_assistant": __version__,
            "entry_id": entry.entry_id,
        },
        "configuration.json": {
            "data": {key: each for key, each in entry.data.items() if key not in SECRETS},
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
        },
        **told,
    }
    path = await hass.async_add_executor_job(new_path, hass, entry.entry_id, "data.zip")
    # Beside the export: what is written there goes with it, and no other user reads it.
    folder = Path(await hass.async_add_executor_job(lambda: tempfile.mkdtemp(dir=path.parent)))
    try:
        dumped = await async_dump(hass, sought(hass, entry.entry_id), folder)
        names = await hass.async_add_executor_job(_pack, hass, entry.entry_id, path, texts, dumped)
    finally:
        await hass.async_add_executor_job(_clear, folder)
    return path, names


def _pack(
    hass: HomeAssistant,
    entry_id: str,
    path: Path,
    texts: Mapping[str, Any],
    dumped: Collection[Path],
) -> list[str]:
    # A community's ledger is told as text: its file may be in the middle of a transaction.
    left_out = {EXPORTS, NEIGHBOURS, *SECRETS}
    stored = {each for each, part in files(hass, entry_id).items() if part not in left_out}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in texts.items():
            archive.writestr(name, content if isinstance(content, str) else _json(content))
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
