"""Numbers: how much of a battery to keep, how far to charge, what a load needs a day."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, override

from homeassistant.components.number import (
    NumberDeviceClass,
    NumberEntity,
    NumberEntityDescription,
    NumberMode,
)
from homeassistant.const import PERCENTAGE, EntityCategory, Platform, UnitOfEnergy
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .core.assets.battery import Battery
from .data import ShemsConfigEntry
from .devices import Device
from .devices.settings import DeviceSettings
from .entity import DrivenEntity
from .simulated import add_simulated

PARALLEL_UPDATES = 1


@dataclass(frozen=True, kw_only=True)
class ChosenDescription(NumberEntityDescription):
    """A number that the user can choose in place of what the form says.

    Attributes:
        chosen: what the user chose, None where they did not.
        form: what the device's form says; of a battery, as the plan takes it.
        scale: how much of the entity's unit one is.
    """

    chosen: Callable[[DeviceSettings], float | None]
    form: Callable[[Device, Battery | None], float]
    scale: float = 1.0


RESERVE: Final = ChosenDescription(
    key="reserve",
    translation_key="reserve",
    chosen=lambda settings: settings.reserve,
    form=lambda _, battery: 0.0 if battery is None else battery.reserve_soc,
    scale=100.0,
    entity_category=EntityCategory.CONFIG,
    native_unit_of_measurement=PERCENTAGE,
    native_step=1,
    mode=NumberMode.SLIDER,
)
TARGET: Final = ChosenDescription(
    key="target",
    translation_key="target",
    chosen=lambda settings: settings.target,
    form=lambda _, battery: 1.0 if battery is None else battery.max_soc,
    scale=100.0,
    entity_category=EntityCategory.CONFIG,
    native_unit_of_measurement=PERCENTAGE,
    native_step=1,
    mode=NumberMode.SLIDER,
)
CAR_TARGET: Final = ChosenDescription(
    key="target",
    translation_key="target",
    chosen=lambda settings: settings.target,
    form=lambda device, _: device.fraction("target_soc", 0.8),
    scale=100.0,
    native_unit_of_measurement=PERCENTAGE,
    native_step=1,
    mode=NumberMode.SLIDER,
)
DAILY: Final = ChosenDescription(
    key="daily_kwh",
    translation_key="daily_kwh",
    chosen=lambda settings: settings.daily_kwh,
    form=lambda device, _: device.number("daily_kwh", 0.0),
    device_class=NumberDeviceClass.ENERGY,
    native_unit_of_measurement=UnitOfEnergy.KILO_WATT_HOUR,
    native_step=0.1,
    native_max_value=1000,
    mode=NumberMode.BOX,
)
DESCRIPTIONS: Final = {
    "battery": (RESERVE, TARGET),
    "vehicle": (CAR_TARGET,),
    "deferrable": (DAILY,),
}


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ShemsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the numbers of each device."""
    coordinator = entry.runtime_data.coordinator
    for device in coordinator.configuration.devices:
        async_add_entities(
            [ChosenNumber(coordinator, each, device) for each in DESCRIPTIONS.get(device.kind, ())],
            config_subentry_id=device.id,
        )
    add_simulated(entry, Platform.NUMBER, async_add_entities)


class ChosenNumber(DrivenEntity, NumberEntity):
    """A number that the user can choose."""

    entity_description: ChosenDescription

    @property
    @override
    def native_value(self) -> float:
        """Return the number in force."""
        description = self.entity_description
        value = description.chosen(self.coordinator.store.control.device(self.device.id))
        if value is None:
            battery = self.coordinator.configuration.home.battery(self.device.id)
            value = description.form(self.device, battery)
        return round(description.scale * value, 2)

    @override
    async def async_set_native_value(self, value: float) -> None:
        """Choose."""
        context = await self._async_permit()
        description = self.entity_description
        await self.coordinator.async_set_device(
            self.device.id, context, **{description.key: value / description.scale}
        )
