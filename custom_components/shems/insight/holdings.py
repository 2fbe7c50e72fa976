"""What SHEMS keeps of a home on disk: every file, what it is for, and its size."""

import shutil
from pathlib import Path
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import STORAGE_DIR

from .. import arrays
from ..const import DOMAIN

SETTINGS: Final = frozenset({"control", "simulated", "privacy", "identity", "community"})
"""What a home that goes on cannot do without: what its user chose and which devices are held,
a simulated home's own world, the record of what was exported and erased, and a community's
keys and roster."""
LEARNED: Final = frozenset({"strategy", "usage", "learned", "journal", "inferred", "issued"})
"""What is learned anew from the recorder's history."""
EXPORTS: Final = "exports"
NEIGHBOURS: Final = "neighbours"
"""The ledger of a community."""
SECRETS: Final = frozenset({"identity", "invitation"})
"""Files and fields of a community by which others could speak in its name: never exported."""
JSON_FILES: Final = frozenset(
    {
        "alerts",
        "foresight",
        "issued",
        "memory",
        "occupancy",
        "reports",
        "strategy",
        "tips",
        "usage",
    }
)
"""Files of Home Assistant's own storage, which keeps what it read in memory for a while."""


def export_folder(hass: HomeAssistant, entry_id: str) -> Path:
    """Return where exports of a home are put: no other user of the machine may read it."""
    return Path(hass.config.path(STORAGE_DIR)) / f"{DOMAIN}.{entry_id}.{EXPORTS}"


def files(hass: HomeAssistant, entry_id: str) -> dict[Path, str]:
    """Return every file of a home with the part it belongs to; runs in an executor."""
    prefix = f"{DOMAIN}.{entry_id}."
    folders = {Path(hass.config.path(STORAGE_DIR)), arrays.folder(hass)}
    found = {
        path: path.name.removeprefix(prefix).partition(".")[0]
        for folder in folders
        for path in folder.glob(f"{prefix}*")
        if path.is_file()
    }
    exported = export_folder(hass, entry_id).glob("*")
    return found | {path: EXPORTS for path in exported if path.is_file()}


def sizes(hass: HomeAssistant, entry_id: str) -> dict[str, int]:
    """Return how many bytes each part of a home takes; runs in an executor."""
    found: dict[str, int] = {}
    for path, part in files(hass, entry_id).items():
        found[part] = found.get(part, 0) + path.stat().st_size
    return dict(sorted(found.items()))


def remove(hass: HomeAssistant, entry_id: str, parts: frozenset[str]) -> None:
    """Delete the files of some parts; runs in an executor."""
    for path, part in files(hass, entry_id).items():
        if part in parts:
            path.unlink(missing_ok=True)


def remove_all(hass: HomeAssistant, entry_id: str) -> None:
    """Delete what is left of a home that is removed; runs in an executor.

    What was put aside, half written or exported is among it.
    """
    for path in files(hass, entry_id):
        path.unlink(missing_ok=True)
    shutil.rmtree(export_folder(hass, entry_id), ignore_errors=True)
