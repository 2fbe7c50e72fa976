"""The cards and the dashboard strategy, served to the browser."""

from hashlib import sha256
from pathlib import Path
from typing import Final

from homeassistant.components.http.server import StaticPathConfig
from homeassistant.core import HomeAssistant

URL: Final = "/shems_static"
MODULE: Final = "shems.js"
FOLDER: Final = Path(__file__).parent / "frontend" / "dist"
_DIGITS: Final = 12
"""Of the module's digest: enough that no two releases share them."""


async def async_setup_assets(hass: HomeAssistant) -> None:
    """Serve the built modules and have every page load the first, where there are pages at all."""
    if not {"http", "frontend"} <= hass.config.components:
        return
    from homeassistant.components.frontend import (  # noqa: PLC0415  # Absent without pages.
        add_extra_js_url,
    )

    await hass.http.async_register_static_paths(
        [StaticPathConfig(URL, str(FOLDER), cache_headers=True)]
    )
    version = await hass.async_add_executor_job(_version)
    add_extra_js_url(hass, f"{URL}/{MODULE}?v={version}")


def _version() -> str:
    """Return what changes with the module, which browsers keep for good."""
    return sha256((FOLDER / MODULE).read_bytes()).hexdigest()[:_DIGITS]
