"""Buttons: plan again."""

from typing import Final, override

from homeassistant.components.button import ButtonEntity, ButtonEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .data import ShemsConfigEntry
from .entity import HomeEntity

PARALLEL_UPDATES = 1

RECOMPUTE: Final = ButtonEntityDescription(key="recompute", translation_key="recompute")


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ShemsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the button."""
    async_add_entities([RecomputeButton(entry.runtime_data.coordinator, RECOMPUTE)])


class RecomputeButton(HomeEntity, ButtonEntity):
    """Make a new plan now."""

    @override
    async def async_press(self) -> None:
        """Plan again."""
        await self.coordinator.async_plan_now()
