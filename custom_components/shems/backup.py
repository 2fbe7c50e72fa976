"""Backups: while one is made, no ledger is written, so that it is copied whole."""

from homeassistant.core import HomeAssistant

from .data import loaded_homes


async def async_pre_backup(hass: HomeAssistant) -> None:
    """Write nothing from now on; what is counted meanwhile waits."""
    for entry in loaded_homes(hass):
        await entry.runtime_data.coordinator.insight.ledger.async_pause()


async def async_post_backup(hass: HomeAssistant) -> None:
    """Enter what has waited."""
    for entry in loaded_homes(hass):
        await entry.runtime_data.coordinator.insight.ledger.async_resume()
