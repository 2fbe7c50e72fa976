"""JSON files of a home: read, put aside where they cannot be, refused where they are newer."""

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, override

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, UnsupportedStorageVersionError
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.json import json_bytes
from homeassistant.helpers.storage import Store
from homeassistant.util.json import json_loads

from .const import DOMAIN, LOGGER
from .sources.error import SourceError

VERSION: Final = 1
MINOR_VERSION: Final = 1
PUT_ASIDE: Final = ".unreadable"
UNREADABLE: Final = (AttributeError, KeyError, TypeError, ValueError)
"""What data raises that was damaged, or changed by hand."""

_MB: Final = 1e6


class UnwrittenError(SourceError):
    """A file could not be written; it is as it was."""


class HomeFile(Store[dict[str, Any]]):
    """One file of a home: always the old whole or the new whole."""

    def __init__(self, hass: HomeAssistant, entry_id: str, part: str) -> None:
        """Name the file after the entry and the part."""
        super().__init__(
            hass,
            VERSION,
            f"{DOMAIN}.{entry_id}.{part}",
            minor_version=MINOR_VERSION,
            atomic_writes=True,
            serialize_in_event_loop=False,
        )
        self._entry_id = entry_id
        self._part = part
        self._turn = asyncio.Lock()

    @override
    async def _async_migrate_func(
        self, old_major_version: int, old_minor_version: int, old_data: dict[str, Any]
    ) -> dict[str, Any]:
        """Keep the data of a newer minor version: unknown keys are ignored when read."""
        return old_data

    async def async_read[T](self, restore: Callable[[dict[str, Any]], T]) -> T | None:
        """Return what `restore` makes of the file, None where there is none that it can use.

        One that cannot be read is put aside and named in a repair issue.

        Raises:
            UnsupportedStorageVersionError: a newer release wrote it; it is left as it is.
        """
        try:
            data = await self.async_load()
            return None if data is None else restore(data)
        except UNREADABLE as err:
            await self.async_put_aside(err)
            return None

    async def async_write(self, data: dict[str, Any]) -> None:
        """Write the file and return when it is on disk.

        `Store` only logs what it could not write, so the file is read again.

        Raises:
            UnwrittenError: it is not; the message names the disk and what is free on it.
        """
        async with self._turn:
            try:
                await self.async_save(data)
                kept = await self.async_load()
            except (HomeAssistantError, OSError) as err:
                LOGGER.error("%s could not be written: %s", self.key, err)
                kept = None
            if not await self.hass.async_add_executor_job(_same, data, kept):
                free = await self.hass.async_add_executor_job(_free_mb, Path(self.path).parent)
                raise UnwrittenError(
                    "disk_unwritable", free_mb=free, disk=str(Path(self.path).parent)
                )

    async def async_put_aside(self, *errors: Exception) -> None:
        """Keep a copy of what cannot be read: the next write replaces the file."""
        LOGGER.warning("%s could not be read and is put aside: %r", self.key, errors)
        path = Path(self.path)
        aside = path.with_name(path.name + PUT_ASIDE)
        await self.hass.async_add_executor_job(_copy, path, aside)
        async_tell_unreadable(self.hass, self._entry_id, self._part, aside)


def _same(data: dict[str, Any], kept: dict[str, Any] | None) -> bool:
    return kept is not None and bool(json_loads(json_bytes(data)) == kept)


def _free_mb(folder: Path) -> str:
    try:
        return f"{shutil.disk_usage(folder).free / _MB:.0f}"
    except OSError:
        return "?"


@callback
def async_tell_unreadable(hass: HomeAssistant, entry_id: str, part: str, aside: Path) -> None:
    """Say that a file of a home was put aside."""
    entry = hass.config_entries.async_get_entry(entry_id)
    ir.async_create_issue(
        hass,
        DOMAIN,
        f"{entry_id}_unreadable_{part}",
        is_fixable=True,
        is_persistent=True,  # The file is replaced: no later start finds it again.
        severity=ir.IssueSeverity.ERROR,
        translation_key="file_unreadable",
        translation_placeholders={
            "home": entry_id if entry is None else entry.title,
            "part": part,
            "file": str(aside),
        },
    )


def _copy(path: Path, aside: Path) -> None:
    if path.exists():
        shutil.copy2(path, aside)


@callback
def async_tell_newer(
    hass: HomeAssistant, entry_id: str, title: str, err: UnsupportedStorageVersionError
) -> None:
    """Say that a newer release wrote what is stored of a home."""
    ir.async_create_issue(
        hass,
        DOMAIN,
        _newer(entry_id),
        is_fixable=False,
        severity=ir.IssueSeverity.ERROR,
        translation_key="file_newer",
        translation_placeholders={"home": title, "file": err.storage_key},
    )


@callback
def async_forget_newer(hass: HomeAssistant, entry_id: str) -> None:
    """Take that back: all files of a home could be read."""
    ir.async_delete_issue(hass, DOMAIN, _newer(entry_id))


def _newer(entry_id: str) -> str:
    return f"{entry_id}_file_newer"


@callback
def async_forget_issues(hass: HomeAssistant, entry_id: str) -> None:
    """Clear all issues of a home that is removed."""
    mine = [
        issue_id
        for domain, issue_id in ir.async_get(hass).issues
        if domain == DOMAIN and issue_id.startswith(f"{entry_id}_")
    ]
    for issue_id in mine:
        ir.async_delete_issue(hass, DOMAIN, issue_id)
