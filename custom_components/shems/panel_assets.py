"""The cards and the dashboard strategy, served to the browser."""

from pathlib import Path
from typing import Final

from homeassistant.components.http.server import StaticPathConfig
from homeassistant.core import HomeAssistant

URL: Final = "/shems_static"
ENTRY: Final = "shems-*.js"
"""Its name changes with what is in it, so that browsers may keep it for good."""
FOLDER: Final = Path(__file__).parent / "frontend" / "dist"


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
    (entry,) = await hass.async_add_executor_job(_entries)
    add_extra_js_url(hass, f"{URL}/{entry}")


def _entries() -> list[str]:
    return [each.name for each in FOLDER.glob(ENTRY)]
