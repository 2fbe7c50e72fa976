"""Exports: files in a folder that nobody else may read, fetched through a path that expires."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from aiohttp.web import FileResponse, Request, Response, StreamResponse
from homeassistant.components.http.auth import CONTENT_USER_NAME, async_sign_path
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.http import KEY_HASS, HomeAssistantView
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from .holdings import export_folder

LIFE: Final = timedelta(hours=1)
"""How long the path may be used, and the file is kept: a download begins at once."""
_URL: Final = f"/api/{DOMAIN}/export/{{entry_id}}/{{name}}"
_PRIVATE: Final = 0o600
_PRIVATE_FOLDER: Final = 0o700

DATA_OWNERS: HassKey[dict[str, str | None]] = HassKey(f"{DOMAIN}_export_owners")
"""Who had each file exported: the id of a user, None for an automation."""


@dataclass(frozen=True)
class Exported:
    """A file that can be fetched.

    Attributes:
        path: of the file on disk.
        url: signed path under Home Assistant's own address.
        expires: until when it holds, epoch seconds.
        size: bytes.
    """

    path: Path
    url: str
    expires: float
    size: int

    def to_json(self) -> dict[str, Any]:
        """Return what who asked is told."""
        expires = datetime.fromtimestamp(self.expires, UTC).isoformat(timespec="seconds")
        return {"url": self.url, "expires": expires, "bytes": self.size, "file": str(self.path)}


def new_path(hass: HomeAssistant, entry_id: str, name: str) -> Path:
    """Return where a new export goes; runs in an executor.

    Nobody guesses its name: it holds 128 random bits.
    """
    folder = export_folder(hass, entry_id)
    folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    stem, _, ending = name.partition(".")
    path = folder / f"{stem}_{secrets.token_hex(16)}.{ending}"
    path.touch(mode=_PRIVATE)
    return path


async def async_offer(
    hass: HomeAssistant, entry_id: str, path: Path, user_id: str | None, at: float
) -> Exported:
    """Sign the path of an export for who asked for it."""
    hass.data.setdefault(DATA_OWNERS, {})[path.name] = user_id
    url = async_sign_path(hass, _URL.format(entry_id=entry_id, name=path.name), LIFE)
    size = await hass.async_add_executor_job(lambda: path.stat().st_size)
    return Exported(path, url, at + LIFE.total_seconds(), size)


async def async_expire(hass: HomeAssistant, entry_id: str, at: float) -> None:
    """Delete exports that can no longer be fetched."""

    def expire() -> list[str]:
        gone = []
        for path in export_folder(hass, entry_id).glob("*"):
            if at - path.stat().st_mtime >= LIFE.total_seconds():
                path.unlink(missing_ok=True)
                gone.append(path.name)
        return gone

    for name in await hass.async_add_executor_job(expire):
        hass.data.get(DATA_OWNERS, {}).pop(name, None)


class ExportView(HomeAssistantView):
    """Gives an export to who had it made, or to an administrator.

    A signed path stands for the user it was signed for.
    """

    url = _URL
    name = f"api:{DOMAIN}:export"

    async def get(self, request: Request, entry_id: str, name: str) -> StreamResponse:
        """Return the file."""
        hass = request.app[KEY_HASS]
        owners = hass.data.get(DATA_OWNERS, {})
        if name not in owners or hass.config_entries.async_get_entry(entry_id) is None:
            return Response(status=HTTPStatus.NOT_FOUND)
        user, owner = request["hass_user"], owners[name]
        # What an automation exported is signed for the user that Home Assistant has for this.
        automatic = owner is None and user.system_generated and user.name == CONTENT_USER_NAME
        if not (user.is_admin or user.id == owner or automatic):
            return Response(status=HTTPStatus.FORBIDDEN)
        path = export_folder(hass, entry_id) / name
        if not await hass.async_add_executor_job(path.is_file):
            return Response(status=HTTPStatus.NOT_FOUND)
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        }
        return FileResponse(path, headers=headers)


@callback
def async_setup_view(hass: HomeAssistant) -> None:
    """Register the view, where Home Assistant serves any."""
    if hass.http is not None:
        hass.http.register_view(ExportView)
