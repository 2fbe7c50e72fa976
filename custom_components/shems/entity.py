"""What all entities of a home have in common."""

from homeassistant.core import Context
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .asking import async_check_device
from .const import DOMAIN
from .coordinator import HomeCoordinator
from .devices import Device


def hub_info(coordinator: HomeCoordinator) -> DeviceInfo:
    """Return the device that stands for the home."""
    return DeviceInfo(
        identifiers={(DOMAIN, coordinator.config_entry.entry_id)},
        entry_type=DeviceEntryType.SERVICE,
        manufacturer="SHEMS",
        name=coordinator.configuration.name,
    )


class HomeEntity(CoordinatorEntity[HomeCoordinator]):
    """An entity of the home itself."""

    _attr_has_entity_name = True

    def __init__(self, coordinator: HomeCoordinator, description: EntityDescription) -> None:
        """Name the entity after its description."""
        super().__init__(coordinator)
        self.entity_description = description
        entry_id = coordinator.config_entry.entry_id
        self._attr_unique_id = f"{entry_id}_{description.key}"
        self._attr_device_info = hub_info(coordinator)


class DrivenEntity(CoordinatorEntity[HomeCoordinator]):
    """An entity of a device that SHEMS drives."""

    _attr_has_entity_name = True

    def __init__(
        self, coordinator: HomeCoordinator, description: EntityDescription, device: Device
    ) -> None:
        """Name the entity after its device and description."""
        super().__init__(coordinator)
        self.entity_description = description
        self.device = device
        entry_id = coordinator.config_entry.entry_id
        self._attr_unique_id = f"{entry_id}_{device.id}_{description.key}"
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, f"{entry_id}_{device.id}")},
            manufacturer="SHEMS",
            name=device.name,
            via_device_id=coordinator.hub_device_id,
        )

    async def _async_permit(self) -> Context | None:
        """Return who asks, after checking that they may control the device itself."""
        await async_check_device(self.hass, self._context, self.coordinator, self.device)
        return self._context
