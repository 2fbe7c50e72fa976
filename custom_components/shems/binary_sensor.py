"""Whether something is wrong with a home, and what."""

from typing import Any, Final, override

from homeassistant.components.binary_sensor import (
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .data import ShemsConfigEntry
from .entity import HomeEntity
from .values import problems

PARALLEL_UPDATES = 0

PROBLEM: Final = BinarySensorEntityDescription(
    key="problem",
    translation_key="problem",
    device_class=BinarySensorDeviceClass.PROBLEM,
    entity_category=EntityCategory.DIAGNOSTIC,
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ShemsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensor."""
    async_add_entities([ProblemSensor(entry.runtime_data.coordinator, PROBLEM)])


class ProblemSensor(HomeEntity, BinarySensorEntity):
    """On while something is wrong with the plan or with what it is made from."""

    @property
    @override
    def is_on(self) -> bool:
        """Return whether anything is wrong."""
        return bool(self.coordinator.data.problems)

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """Return what is wrong, since when, and what is done about it."""
        return {"problems": problems(self.coordinator)}
