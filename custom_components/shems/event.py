"""Event entities: a new plan, cheap electricity, surplus, an alert, a device that was moved."""

from dataclasses import dataclass
from typing import Final, override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import HomeCoordinator
from .core.report.alerts.book import Alert
from .data import ShemsConfigEntry
from .devices import Device
from .entity import DrivenEntity, HomeEntity
from .insight.alert_settings import KINDS
from .insight.digest_event import DigestEvent
from .insight.moments import (
    CHEAP_ENDED,
    CHEAP_STARTED,
    OF_DEVICE,
    PLAN_CHANGED,
    STATUS_CHANGED,
    SURPLUS_AVAILABLE,
    SURPLUS_ENDED,
    Moment,
    Moments,
)

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class MomentDescription(EventEntityDescription):
    """An event entity and the moments it tells."""

    event_types: list[str]


HOME: Final = (
    MomentDescription(
        key="plan_event",
        translation_key="plan_event",
        event_types=[PLAN_CHANGED, STATUS_CHANGED],
    ),
    MomentDescription(
        key="price_event",
        translation_key="price_event",
        event_types=[CHEAP_STARTED, CHEAP_ENDED],
    ),
    MomentDescription(
        key="surplus_event",
        translation_key="surplus_event",
        event_types=[SURPLUS_AVAILABLE, SURPLUS_ENDED],
    ),
)
ALERT: Final = MomentDescription(key="alert", translation_key="alert", event_types=list(KINDS))
DEVICE: Final = MomentDescription(
    key="control_event", translation_key="control_event", event_types=list(OF_DEVICE)
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ShemsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the event entities."""
    home, moments = entry.runtime_data.coordinator, entry.runtime_data.moments
    async_add_entities([HomeMoments(home, description, moments) for description in HOME])
    async_add_entities([DigestEvent(home)])
    async_add_entities([AlertEvent(home, ALERT)])
    for device in home.driven:
        async_add_entities(
            [DeviceMoments(home, DEVICE, device, moments)], config_subentry_id=device.id
        )


class HomeMoments(HomeEntity, EventEntity):
    """Moments of a home."""

    entity_description: MomentDescription

    def __init__(
        self, coordinator: HomeCoordinator, description: MomentDescription, moments: Moments
    ) -> None:
        """Listen to the home's moments."""
        super().__init__(coordinator, description)
        self._moments = moments

    @override
    async def async_added_to_hass(self) -> None:
        """Begin to listen."""
        await super().async_added_to_hass()
        self.async_on_remove(self._moments.listen(self._on_moment))

    @callback
    def _on_moment(self, moment: Moment) -> None:
        if moment.type in self.entity_description.event_types:
            self._trigger_event(moment.type, dict(moment.data))
            self.async_write_ha_state()


class AlertEvent(HomeEntity, EventEntity):
    """Alerts of a home, each when it is raised."""

    entity_description: MomentDescription

    @override
    async def async_added_to_hass(self) -> None:
        """Begin to listen."""
        await super().async_added_to_hass()
        self.async_on_remove(self.coordinator.insight.alerts.async_listen(self._on_alert))

    @callback
    def _on_alert(self, alert: Alert, message: str) -> None:
        facts = {"message": message, "subject": alert.subject, "facts": dict(alert.facts)}
        self._trigger_event(alert.kind.value, facts)
        self.async_write_ha_state()


class DeviceMoments(DrivenEntity, EventEntity):
    """Moments of a driven device."""

    entity_description: MomentDescription

    def __init__(
        self,
        coordinator: HomeCoordinator,
        description: MomentDescription,
        device: Device,
        moments: Moments,
    ) -> None:
        """Listen to the home's moments."""
        super().__init__(coordinator, description, device)
        self._moments = moments

    @override
    async def async_added_to_hass(self) -> None:
        """Begin to listen."""
        await super().async_added_to_hass()
        self.async_on_remove(self._moments.listen(self._on_moment))

    @callback
    def _on_moment(self, moment: Moment) -> None:
        if moment.device_id == self.device.id:
            self._trigger_event(moment.type, dict(moment.data))
            self.async_write_ha_state()
