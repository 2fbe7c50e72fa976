"""Named arrays in a file beside Home Assistant's own storage."""

import os
import tempfile
import threading
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import STORAGE_DIR

from .const import DOMAIN, LOGGER
from .files import async_tell_unreadable

type Arrays = Mapping[str, npt.NDArray[Any]]

PUT_ASIDE: Final = ".unreadable"
UNREADABLE: Final = (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile)
"""What reading a file that was cut short, damaged or made by another version may raise."""


_TURN: Final = threading.Lock()
"""A thread that writes goes on when its task is cancelled: who deletes waits for it."""


def folder(hass: HomeAssistant) -> Path:
    """Return where Home Assistant keeps what integrations remember."""
    return Path(hass.config.path(STORAGE_DIR))


class ArrayFile:
    """One file of named arrays: always the old whole or the new whole."""

    def __init__(self, hass: HomeAssistant, entry_id: str, part: str) -> None:
        """Name the file after the entry and the part."""
        self._hass = hass
        self._entry_id, self._part = entry_id, part
        self._path = folder(hass) / f"{DOMAIN}.{entry_id}.{part}.npz"

    async def async_load[T](self, restore: Callable[[Arrays], T]) -> T | None:
        """Return what `restore` makes of the file, None where there is none that it can use.

        One that cannot be read is put aside: it may tell what went wrong, and must not be
        met again with every start.
        """
        loaded, readable = await self._hass.async_add_executor_job(self._load, restore)
        if not readable:
            async_tell_unreadable(self._hass, self._entry_id, self._part, self._aside)
        return loaded

    async def async_save(self, arrays: Callable[[], Arrays]) -> None:
        """Write the arrays, made off the event loop too, and return when they are on disk.

        Raises:
            OSError: they cannot be written; the file is as it was.
        """
        await self._hass.async_add_executor_job(self._save, arrays)

    async def async_remove(self) -> None:
        """Delete the file, and what was put aside."""
        await self._hass.async_add_executor_job(self._remove)

    @property
    def _aside(self) -> Path:
        return self._path.with_name(self._path.name + PUT_ASIDE)

    def _load[T](self, restore: Callable[[Arrays], T]) -> tuple[T | None, bool]:
        with _TURN:
            if not self._path.exists():
                return None, True
            try:
                with np.load(self._path, allow_pickle=False) as file:
                    return restore({name: file[name] for name in file.files}), True
            except UNREADABLE as err:
                LOGGER.warning("%s cannot be read and is put aside: %r", self._path.name, err)
                self._path.replace(self._aside)
                return None, False

    def _save(self, arrays: Callable[[], Arrays]) -> None:
        with _TURN:
            self._path.parent.mkdir(exist_ok=True)
            number, name = tempfile.mkstemp(dir=self._path.parent, prefix=f"{self._path.name}.")
            try:
                with os.fdopen(number, "wb") as file:
                    np.savez_compressed(file, allow_pickle=False, **arrays())
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).replace(self._path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise

    def _remove(self) -> None:
        # With what was put aside, and what a crash left half written.
        with _TURN:
            for path in self._path.parent.glob(f"{self._path.name}*"):
                path.unlink(missing_ok=True)
