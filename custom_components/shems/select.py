"""Selects: what a device is to do."""

from datetime import UTC, datetime
from typing import Any, Final, override

from homeassistant.components.select import SelectEntity, SelectEntityDescription
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import HomeCoordinator, now
from .data import ShemsConfigEntry
from .devices import KINDS, Device
from .devices.settings import MODE_PAUSED
from .entity import DrivenEntity, HomeEntity
from .occupancy import NORMAL, OCCUPANCIES, Occupancy
from .simulated import add_simulated

PARALLEL_UPDATES = 1

DESCRIPTIONS: Final = {
    kind.name: SelectEntityDescription(
        key="mode",
        translation_key="mode",
        options=list(kind.modes),
    )
    for kind in KINDS.values()
}

OCCUPANCY: Final = SelectEntityDescription(
    key="occupancy", translation_key="occupancy", options=list(OCCUPANCIES)
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ShemsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the selects."""
    coordinator = entry.runtime_data.coordinator
    async_add_entities([OccupancySelect(coordinator, entry.runtime_data.inputs.occupancy)])
    for device in coordinator.driven:
        async_add_entities([ModeSelect(coordinator, device)], config_subentry_id=device.id)
    add_simulated(entry, Platform.SELECT, async_add_entities)


class ModeSelect(DrivenEntity, SelectEntity):
    """What the device is to do: follow the plan, something fixed, or nothing.

    A device that somebody has changed by hand shows as paused, with the time until which
    that is respected; choosing any mode ends it.
    """

    def __init__(self, coordinator: HomeCoordinator, device: Device) -> None:
        """Offer the modes of the device's kind."""
        super().__init__(coordinator, DESCRIPTIONS[device.kind], device)

    @property
    @override
    def current_option(self) -> str:
        """Return the mode."""
        control = self.coordinator.store.control
        if self.device.id in control.overrides:
            return MODE_PAUSED
        return control.device(self.device.id).mode

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any] | None:
        """Return the override, where there is one."""
        override_ = self.coordinator.store.control.overrides.get(self.device.id)
        if override_ is None:
            return None
        return {
            "override_cause": override_.cause,
            "override_until": datetime.fromtimestamp(override_.until, UTC).isoformat(),
        }

    @override
    async def async_select_option(self, option: str) -> None:
        """Choose a mode."""
        context = await self._async_permit()
        await self.coordinator.async_set_device(self.device.id, context, mode=option)


class OccupancySelect(HomeEntity, SelectEntity):
    """Whether nobody is at home for long, or more people than always.

    A choice holds until the next one; times that begin or end later are set by an action.
    """

    def __init__(self, coordinator: HomeCoordinator, occupancy: Occupancy) -> None:
        """Show what was said of who is at home."""
        super().__init__(coordinator, OCCUPANCY)
        self._occupancy = occupancy

    @property
    @override
    def current_option(self) -> str:
        """Return how the home is lived in now."""
        stay = self._occupancy.at(now())
        return NORMAL if stay is None else stay.kind

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """Return until when, where it is known."""
        stay = self._occupancy.at(now())
        end = None if stay is None else stay.end
        return {"until": None if end is None else datetime.fromtimestamp(end, UTC).isoformat()}

    @override
    async def async_select_option(self, option: str) -> None:
        """Say how the home is lived in from now on."""
        at = now()
        if option == NORMAL:
            await self._occupancy.async_end(at)
        else:
            await self._occupancy.async_set(option, at, None, at)
        self.coordinator.async_request_plan()
        self.coordinator.async_update_listeners()
