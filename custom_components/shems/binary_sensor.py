"""Whether something is wrong with a home, and what."""

from typing import Any, Final, override

from homeassistant.components.binary_sensor import (
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .community.binary_sensors import CONNECTION, ConnectionSensor
from .data import ShemsConfigEntry, is_community
from .entity import HomeEntity
from .insight.alerts import SIGNAL
from .price_values import cheap_facts, is_cheap
from .values import problems

PARALLEL_UPDATES = 0

PROBLEM: Final = BinarySensorEntityDescription(
    key="problem",
    translation_key="problem",
    device_class=BinarySensorDeviceClass.PROBLEM,
    entity_category=EntityCategory.DIAGNOSTIC,
)

ALERT: Final = BinarySensorEntityDescription(
    key="alert_active",
    translation_key="alert_active",
    device_class=BinarySensorDeviceClass.PROBLEM,
)
CHEAP: Final = BinarySensorEntityDescription(key="cheap_now", translation_key="cheap_now")


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ShemsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors."""
    if is_community(entry):
        async_add_entities([ConnectionSensor(entry.runtime_data, CONNECTION)])
        return
    home = entry.runtime_data.coordinator
    async_add_entities(
        [ProblemSensor(home, PROBLEM), CheapSensor(home, CHEAP), AlertSensor(home, ALERT)]
    )


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


class AlertSensor(HomeEntity, BinarySensorEntity):
    """On while an alert lasts that nobody has acknowledged."""

    @override
    async def async_added_to_hass(self) -> None:
        """Begin to follow the alerts."""
        await super().async_added_to_hass()
        signal = SIGNAL.format(self.coordinator.config_entry.entry_id)
        self.async_on_remove(async_dispatcher_connect(self.hass, signal, self.async_write_ha_state))

    @property
    @override
    def is_on(self) -> bool:
        """Return whether there is one."""
        return any(not each.acknowledged for each in self.coordinator.insight.alerts.active)

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """Return the alerts that last, by what they are followed by."""
        return {"alerts": [each.key for each in self.coordinator.insight.alerts.active]}


class CheapSensor(HomeEntity, BinarySensorEntity):
    """On while electricity is cheap beside the day ahead."""

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether it is; None where no price is known."""
        return is_cheap(self.coordinator)

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """Return when it is cheap next, until when, and at which price."""
        return cheap_facts(self.coordinator)
