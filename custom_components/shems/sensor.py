"""Sensors: the home, its money, its forecasts and its plan."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, override

from homeassistant.components.sensor import SensorEntity
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.typing import StateType

from .community.sensors import async_add_sensors
from .coordinator import HomeCoordinator
from .core.plan.result import Plan
from .data import ShemsConfigEntry, is_community
from .descriptions import DeviceDescription, HomeDescription
from .device_sensors import BATTERY, COUNTED, MOVED
from .devices import Device
from .entity import DrivenEntity, HomeEntity
from .forecast_quality import LEARNING, quality
from .home_sensors import HOME, IMPORT_LIMIT, NET_YEAR, PEAKS, STRATEGY
from .inferred_sensors import inferred_sensors
from .insight.tip_sensors import BestTip, TipCount
from .itemising import metered
from .own_health import OWN_HEALTH, LatenessSensor
from .simulated import add_simulated
from .what_if_sensor import WhatIfSensor

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ShemsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors."""
    if is_community(entry):
        async_add_sensors(entry, async_add_entities)
        return
    coordinator = entry.runtime_data.coordinator
    async_add_entities([HomeSensor(coordinator, each) for each in _of_home(coordinator)])
    async_add_entities([WhatIfSensor(coordinator), LatenessSensor(coordinator)])
    async_add_entities([TipCount(coordinator), BestTip(coordinator)])
    for devices, of_device in (
        (coordinator.configuration.of_kind("battery"), BATTERY),
        (coordinator.configuration.moved, MOVED),
        (metered(coordinator.configuration), COUNTED),
    ):
        for device in devices:
            async_add_entities(
                [DeviceSensor(coordinator, description, device) for description in of_device],
                config_subentry_id=device.id,
            )
    for device_id, sensors in inferred_sensors(coordinator).items():
        async_add_entities(sensors, config_subentry_id=device_id)
    add_simulated(entry, Platform.SENSOR, async_add_entities)


def _of_home(coordinator: HomeCoordinator) -> tuple[HomeDescription, ...]:
    """Return what is told of a home, by what it has."""
    descriptions = (*HOME, IMPORT_LIMIT, *OWN_HEALTH, *LEARNING, *quality("load"))
    if coordinator.configuration.net_year is not None:
        descriptions += (NET_YEAR,)
    if coordinator.configuration.home.connection.peaks:
        descriptions += PEAKS
    if coordinator.configuration.of_kind("solar"):
        descriptions += quality("solar")
    if coordinator.configuration.tariff.needs_market:
        descriptions += quality("price")
    if coordinator.configuration.surroundings.temperature is not None:
        descriptions += quality("temperature")
    if coordinator.configuration.of_kind("battery"):
        descriptions += (STRATEGY,)
    return descriptions


class HomeSensor(HomeEntity, SensorEntity):
    """A sensor of the home."""

    entity_description: HomeDescription
    _unrecorded_attributes = frozenset({"by_device", "by_hour", "by_lead", "forecast"})

    def __init__(self, coordinator: HomeCoordinator, description: HomeDescription) -> None:
        """Give it the unit of the home's currency."""
        super().__init__(coordinator, description)
        self._foretold: tuple[Plan | None, list[dict[str, Any]]] = (None, [])
        if description.unit is not None:
            currency = coordinator.configuration.tariff.currency
            self._attr_native_unit_of_measurement = description.unit(currency)

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the learner where the state is its progress."""
        await super().async_added_to_hass()
        if self.entity_description.learner:
            self.async_on_remove(self.coordinator.learner.async_listen(self.async_write_ha_state))

    @property
    @override
    def available(self) -> bool:
        """Return whether what the state comes from is there."""
        return super().available and not self.entity_description.lost(self.coordinator)

    @property
    @override
    def native_value(self) -> StateType | datetime:
        """Return the state; None where it is unknown."""
        return self.entity_description.value(self.coordinator)

    @property
    @override
    def last_reset(self) -> datetime | None:
        """Return when a daily total began."""
        resets = self.entity_description.resets
        return None if resets is None else resets(self.coordinator)

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any] | None:
        """Return the forecast or what else belongs to the state."""
        description = self.entity_description
        if description.forecast is not None:
            return {"forecast": self._forecast(description.forecast)}
        if description.attributes is not None:
            return description.attributes(self.coordinator)
        return None

    def _forecast(self, tell: Callable[[Plan], list[dict[str, Any]]]) -> list[dict[str, Any]]:
        """Return a series of the plan, which stays the same while the plan does."""
        plan = self.coordinator.data.plan
        if plan is not self._foretold[0]:
            self._foretold = (plan, [] if plan is None else tell(plan))
        return self._foretold[1]


class DeviceSensor(DrivenEntity, SensorEntity):
    """A sensor of a driven device."""

    entity_description: DeviceDescription

    def __init__(
        self, coordinator: HomeCoordinator, description: DeviceDescription, device: Device
    ) -> None:
        """Give it the device's own name, and the unit of the home's currency."""
        super().__init__(coordinator, description, device)
        if description.unit is not None:
            currency = coordinator.configuration.tariff.currency
            self._attr_native_unit_of_measurement = description.unit(currency)

    @property
    @override
    def last_reset(self) -> datetime | None:
        """Return when a daily total began."""
        resets = self.entity_description.resets
        return None if resets is None else resets(self.coordinator)

    @property
    @override
    def available(self) -> bool:
        """Return whether what the state comes from is there."""
        lost = self.entity_description.lost(self.coordinator, self.device.id)
        return super().available and not lost

    @property
    @override
    def native_value(self) -> StateType | datetime:
        """Return the state; None where it is unknown."""
        return self.entity_description.value(self.coordinator, self.device.id)

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any] | None:
        """Return what belongs to the state."""
        attributes = self.entity_description.attributes
        return None if attributes is None else attributes(self.coordinator, self.device.id)
