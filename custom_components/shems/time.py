"""Times: by when a car is wanted."""

from datetime import time
from typing import Any, Final, override

from homeassistant.components.time import TimeEntity, TimeEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .data import ShemsConfigEntry
from .entity import DrivenEntity
from .moved_values import expectations

PARALLEL_UPDATES = 1

READY_BY: Final = TimeEntityDescription(key="ready_by", translation_key="ready_by")


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ShemsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the time of each car."""
    coordinator = entry.runtime_data.coordinator
    for device in coordinator.configuration.of_kind("vehicle"):
        async_add_entities([ReadyTime(coordinator, READY_BY, device)], config_subentry_id=device.id)


class ReadyTime(DrivenEntity, TimeEntity):
    """The time of day by which a car is to be charged."""

    @property
    @override
    def native_value(self) -> time:
        """Return the time that was set, or that its form says."""
        chosen = self.coordinator.store.control.device(self.device.id).ready_min
        minute = self.device.minutes("ready_by", 7 * 60) if chosen is None else chosen
        return time(minute // 60, minute % 60)

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """Return whether that holds, or what was learned of when the car leaves."""
        return {"source": expectations(self.coordinator, self.device.id)["sources"]["departure"]}

    @override
    async def async_set_value(self, value: time) -> None:
        """Set the time."""
        context = await self._async_permit()
        await self.coordinator.async_set_device(
            self.device.id, context, ready_min=value.hour * 60 + value.minute
        )
