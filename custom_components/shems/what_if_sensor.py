"""Sensor of the question under way, for automations that wait for its answer."""

from typing import Any, Final, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
)
from homeassistant.const import EntityCategory
from homeassistant.helpers.typing import StateType

from .coordinator import HomeCoordinator
from .entity import HomeEntity
from .inquiry import Stage

_WHAT_IF: Final = SensorEntityDescription(
    key="what_if",
    translation_key="what_if",
    device_class=SensorDeviceClass.ENUM,
    options=[each.value for each in Stage],
    entity_category=EntityCategory.DIAGNOSTIC,
)


class WhatIfSensor(HomeEntity, SensorEntity):
    """What becomes of the last question."""

    _unrecorded_attributes = frozenset({"progress"})

    def __init__(self, coordinator: HomeCoordinator) -> None:
        """Describe it."""
        super().__init__(coordinator, _WHAT_IF)

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the question."""
        await super().async_added_to_hass()
        self.async_on_remove(self.coordinator.inquirer.async_listen(self.async_write_ha_state))

    @property
    @override
    def native_value(self) -> StateType:
        """Return its stage."""
        return self.coordinator.inquirer.asked.stage.value

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """Return how far it is in percent, and the yearly saving once it is known."""
        asked = self.coordinator.inquirer.asked
        saving = None if asked.answer is None else asked.answer.get("saving")
        return {"progress": round(100 * asked.share), "saving": saving}
