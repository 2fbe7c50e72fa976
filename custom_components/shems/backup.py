"""Backups: while one is made, no ledger is written, so that it is copied whole."""

from homeassistant.core import HomeAssistant

from .const import DOMAIN
from .data import ShemsConfigEntry


async def async_pre_backup(hass: HomeAssistant) -> None:
    """Write nothing from now on; what is counted meanwhile waits."""
    for entry in _homes(hass):
        await entry.runtime_data.coordinator.insight.ledger.async_pause()


async def async_post_backup(hass: HomeAssistant) -> None:
    """Enter what has waited."""
    for entry in _homes(hass):
        await entry.runtime_data.coordinator.insight.ledger.async_resume()


def _homes(hass: HomeAssistant) -> list[ShemsConfigEntry]:
    return hass.config_entries.async_loaded_entries(DOMAIN)
