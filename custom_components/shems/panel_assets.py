"""The card and the dashboard strategy, served to the browser."""

from pathlib import Path
from typing import Final

from homeassistant.components.http.server import StaticPathConfig
from homeassistant.core import HomeAssistant
from homeassistant.loader import async_get_integration

from .const import DOMAIN

URL: Final = "/shems_static"
MODULE: Final = "shems.js"
FOLDER: Final = Path(__file__).parent / "frontend" / "dist"


async def async_setup_assets(hass: HomeAssistant) -> None:
    """Serve the built module and have every page load it, where there is a frontend at all."""
    if not {"http", "frontend"} <= hass.config.components:
        return
    from homeassistant.components.frontend import (  # noqa: PLC0415  # Absent without pages.
        add_extra_js_url,
    )

    await hass.http.async_register_static_paths(
        [StaticPathConfig(URL, str(FOLDER), cache_headers=True)]
    )
    integration = await async_get_integration(hass, DOMAIN)
    add_extra_js_url(hass, f"{URL}/{MODULE}?v={integration.version}")
