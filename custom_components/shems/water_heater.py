"""Hot water of the simulated home."""

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .data import ShemsConfigEntry
from .simulated import add_simulated

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ShemsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add what the simulated home has."""
    add_simulated(entry, Platform.WATER_HEATER, async_add_entities)
