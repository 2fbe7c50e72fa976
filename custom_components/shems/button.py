"""Buttons: plan again, ask for a run, take it back."""

from typing import Final, override

from homeassistant.components.button import ButtonEntity, ButtonEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .asking import async_check_moved
from .community.buttons import async_add_buttons
from .data import ShemsConfigEntry, is_community
from .entity import DrivenEntity, HomeEntity
from .moved_actions import async_request_run

PARALLEL_UPDATES = 1

RECOMPUTE: Final = ButtonEntityDescription(key="recompute", translation_key="recompute")
REQUEST_RUN: Final = ButtonEntityDescription(key="request_run", translation_key="request_run")
CANCEL_RUNS: Final = ButtonEntityDescription(key="cancel_runs", translation_key="cancel_runs")


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ShemsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the buttons."""
    if is_community(entry):
        async_add_buttons(entry, async_add_entities)
        return
    coordinator = entry.runtime_data.coordinator
    async_add_entities([RecomputeButton(coordinator, RECOMPUTE)])
    for device in coordinator.configuration.of_kind("appliance"):
        async_add_entities(
            [
                RequestButton(coordinator, REQUEST_RUN, device),
                CancelButton(coordinator, CANCEL_RUNS, device),
            ],
            config_subentry_id=device.id,
        )


class RecomputeButton(HomeEntity, ButtonEntity):
    """Make a new plan now."""

    @override
    async def async_press(self) -> None:
        """Plan again."""
        await async_check_moved(self.hass, self._context, self.coordinator)
        await self.coordinator.async_plan_now()


class RequestButton(DrivenEntity, ButtonEntity):
    """Ask for a run that is done by the usual time."""

    @override
    async def async_press(self) -> None:
        """Ask for it."""
        context = await self._async_permit()
        await async_request_run(self.coordinator, self.device, context=context)


class CancelButton(DrivenEntity, ButtonEntity):
    """Take back all runs that were asked for and have not begun."""

    @override
    async def async_press(self) -> None:
        """Take them back."""
        context = await self._async_permit()
        await self.coordinator.async_set_device(self.device.id, context, runs=())
