"""Switches: the optimiser, and whether SHEMS may control a device."""

from typing import Any, Final, override

from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.const import EntityCategory, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .asking import async_check_moved
from .data import ShemsConfigEntry
from .entity import DrivenEntity, HomeEntity
from .simulated import add_simulated

PARALLEL_UPDATES = 1

OPTIMISER: Final = SwitchEntityDescription(key="optimiser", translation_key="optimiser")
ALLOW_CONTROL: Final = SwitchEntityDescription(
    key="allow_control", translation_key="allow_control", entity_category=EntityCategory.CONFIG
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ShemsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the switches."""
    coordinator = entry.runtime_data.coordinator
    async_add_entities([OptimiserSwitch(coordinator, OPTIMISER)])
    for device in coordinator.driven:
        async_add_entities(
            [AllowControlSwitch(coordinator, ALLOW_CONTROL, device)], config_subentry_id=device.id
        )
    add_simulated(entry, Platform.SWITCH, async_add_entities)


class OptimiserSwitch(HomeEntity, SwitchEntity):
    """Whether SHEMS plans and drives anything at all."""

    @property
    @override
    def is_on(self) -> bool:
        """Return whether the optimiser is on."""
        return self.coordinator.store.control.enabled

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Plan, and drive what is allowed."""
        await self._async_set(enabled=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Give every device its own mode back."""
        await self._async_set(enabled=False)

    async def _async_set(self, *, enabled: bool) -> None:
        await async_check_moved(self.hass, self._context, self.coordinator)
        await self.coordinator.async_set_enabled(enabled)


class AllowControlSwitch(DrivenEntity, SwitchEntity):
    """Whether SHEMS may write to a device; off is a dry run."""

    @property
    @override
    def is_on(self) -> bool:
        """Return whether SHEMS may write to the device."""
        return self.coordinator.store.control.device(self.device.id).armed

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Let SHEMS drive the device."""
        context = await self._async_permit()
        await self.coordinator.async_set_device(self.device.id, context, armed=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Give the device its own mode back."""
        context = await self._async_permit()
        await self.coordinator.async_set_device(self.device.id, context, armed=False)
