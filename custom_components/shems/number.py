"""Numbers: how much of a battery to keep, and how far to charge it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, override

from homeassistant.components.number import NumberEntity, NumberEntityDescription, NumberMode
from homeassistant.const import PERCENTAGE, EntityCategory, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .core.assets.battery import Battery
from .data import ShemsConfigEntry
from .devices.settings import DeviceSettings
from .entity import DrivenEntity
from .simulated import add_simulated

PARALLEL_UPDATES = 1


@dataclass(frozen=True, kw_only=True)
class ShareDescription(NumberEntityDescription):
    """A share of a battery's capacity that the user can set.

    Attributes:
        chosen: the fraction the user set, None where they did not.
        form: the fraction that follows from the device's form.
    """

    chosen: Callable[[DeviceSettings], float | None]
    form: Callable[[Battery], float]


DESCRIPTIONS: Final = (
    ShareDescription(
        key="reserve",
        translation_key="reserve",
        chosen=lambda settings: settings.reserve,
        form=lambda battery: battery.reserve_soc,
        entity_category=EntityCategory.CONFIG,
        native_unit_of_measurement=PERCENTAGE,
        native_step=1,
        mode=NumberMode.SLIDER,
    ),
    ShareDescription(
        key="target",
        translation_key="target",
        chosen=lambda settings: settings.target,
        form=lambda battery: battery.max_soc,
        entity_category=EntityCategory.CONFIG,
        native_unit_of_measurement=PERCENTAGE,
        native_step=1,
        mode=NumberMode.SLIDER,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ShemsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the numbers of each battery."""
    coordinator = entry.runtime_data.coordinator
    for device in coordinator.configuration.of_kind("battery"):
        async_add_entities(
            [ShareNumber(coordinator, each, device) for each in DESCRIPTIONS],
            config_subentry_id=device.id,
        )
    add_simulated(entry, Platform.NUMBER, async_add_entities)


class ShareNumber(DrivenEntity, NumberEntity):
    """A share of a battery's capacity."""

    entity_description: ShareDescription

    @property
    @override
    def native_value(self) -> float | None:
        """Return the share in percent."""
        chosen = self.entity_description.chosen(
            self.coordinator.store.control.device(self.device.id)
        )
        if chosen is None:
            battery = self.coordinator.configuration.home.battery(self.device.id)
            chosen = None if battery is None else self.entity_description.form(battery)
        return None if chosen is None else round(100 * chosen, 1)

    @override
    async def async_set_native_value(self, value: float) -> None:
        """Set the share."""
        context = await self._async_permit()
        await self.coordinator.async_set_device(
            self.device.id, context, **{self.entity_description.key: value / 100}
        )
