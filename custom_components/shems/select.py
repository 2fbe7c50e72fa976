"""Selects: what a device is to do, who is at home, and what plans are to make least."""

from datetime import UTC, datetime
from typing import Any, Final, override

from homeassistant.components.select import SelectEntity, SelectEntityDescription
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .asking import async_check_moved
from .coordinator import HomeCoordinator, now
from .core.plan.objective import Aim
from .core.replay.codec import encode
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

OBJECTIVE: Final = SelectEntityDescription(key="objective", translation_key="objective")
OWN: Final = "own_weights"
"""What is chosen where an action has set weights."""


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ShemsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the selects."""
    coordinator = entry.runtime_data.coordinator
    async_add_entities(
        [
            OccupancySelect(coordinator, entry.runtime_data.inputs.occupancy),
            ObjectiveSelect(coordinator, OBJECTIVE),
        ]
    )
    for device in coordinator.driven:
        async_add_entities([ModeSelect(coordinator, device)], config_subentry_id=device.id)
    add_simulated(entry, Platform.SELECT, async_add_entities)


class ModeSelect(DrivenEntity, SelectEntity):
    """What the device is to do: follow the plan, something fixed, or nothing.

    A device that somebody has changed by hand shows as paused, with the time until which
    that is respected; one that an action has set shows its mode until then. Choosing any
    mode ends both.
    """

    def __init__(self, coordinator: HomeCoordinator, device: Device) -> None:
        """Offer the modes of the device's kind."""
        super().__init__(coordinator, DESCRIPTIONS[device.kind], device)

    @property
    @override
    def current_option(self) -> str:
        """Return the mode."""
        control = self.coordinator.store.control
        return MODE_PAUSED if control.left(self.device.id) else control.mode(self.device.id)

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any] | None:
        """Return the override, where there is one."""
        override_ = self.coordinator.store.control.overrides.get(self.device.id)
        if override_ is None:
            return None
        return {
            "override_cause": override_.cause,
            "override_since": datetime.fromtimestamp(override_.since, UTC).isoformat(),
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
        await async_check_moved(self.hass, self._context, self.coordinator)
        at = now()
        if option == NORMAL:
            await self._occupancy.async_end(at)
        else:
            await self._occupancy.async_set(option, at, None, at)
        self.coordinator.async_request_plan()
        self.coordinator.async_update_listeners()


class ObjectiveSelect(HomeEntity, SelectEntity):
    """What plans are to make least: cost, emissions, or what is bought at all.

    Emissions are offered where a sensor tells of the grid's; weights of one's own are set by
    an action and shown for as long as they hold.
    """

    @property
    @override
    def options(self) -> list[str]:
        """Return what can be chosen, and what has been set."""
        known = self.coordinator.configuration.surroundings.tells_carbon
        aims = [aim.value for aim in Aim if known or aim is not Aim.CARBON]
        return aims if self.current_option in aims else [*aims, self.current_option]

    @property
    @override
    def current_option(self) -> str:
        """Return what counts now."""
        control = self.coordinator.store.control
        return control.aim.value if control.weights is None else OWN

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """Return the weights, where an action has set them."""
        weights = self.coordinator.store.control.weights
        return {"weights": None if weights is None else encode(weights)}

    @override
    async def async_select_option(self, option: str) -> None:
        """Choose what is to be least from now on."""
        await async_check_moved(self.hass, self._context, self.coordinator)
        if option != OWN:
            await self.coordinator.async_ask(aim=Aim(option), weights=None)
