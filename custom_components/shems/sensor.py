"""Sensors: the home, its money, its forecasts and its plan."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorStateClass,
)
from homeassistant.const import (
    PERCENTAGE,
    EntityCategory,
    Platform,
    UnitOfEnergy,
    UnitOfPower,
    UnitOfTime,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.typing import StateType

from . import moved_values, peak_values, values
from .coordinator import HomeCoordinator
from .core.observe.readings import BatteryReading
from .core.plan.result import Mode
from .core.plan.style import Method, Rule
from .data import ShemsConfigEntry
from .descriptions import DeviceDescription, HomeDescription
from .devices import Device
from .entity import DrivenEntity, HomeEntity
from .forecast_quality import LEARNING, quality
from .simulated import add_simulated

PARALLEL_UPDATES = 0

STATUSES: Final = ["waiting", "optimal", "rule", "safe", "off"]
MODES: Final = [mode.value for mode in Mode]
STRATEGIES: Final = [each.value for kind in (Method, Rule) for each in kind]


def _power(key: str, value: Callable[[HomeCoordinator], StateType]) -> HomeDescription:
    return HomeDescription(
        key=key,
        translation_key=key,
        value=value,
        device_class=SensorDeviceClass.POWER,
        state_class=SensorStateClass.MEASUREMENT,
        native_unit_of_measurement=UnitOfPower.KILO_WATT,
        suggested_display_precision=2,
        origin="meters",
    )


def _price(key: str, value: Callable[[HomeCoordinator], StateType]) -> HomeDescription:
    return HomeDescription(
        key=key,
        translation_key=key,
        value=value,
        state_class=SensorStateClass.MEASUREMENT,
        unit=lambda currency: f"{currency}/kWh",
        suggested_display_precision=3,
        origin="meters",
    )


def _money(
    key: str, value: Callable[[HomeCoordinator], StateType], *, daily: bool = True
) -> HomeDescription:
    return HomeDescription(
        key=key,
        translation_key=key,
        value=value,
        device_class=SensorDeviceClass.MONETARY,
        state_class=SensorStateClass.TOTAL,
        unit=lambda currency: currency,
        resets=values.midnight if daily else None,
        suggested_display_precision=2,
    )


def _forecast(key: str) -> HomeDescription:
    return HomeDescription(
        key=key,
        translation_key=key,
        value=lambda home: values.next_hour(home, key),
        forecast=lambda home: values.forecast(home, key),
        device_class=SensorDeviceClass.POWER,
        native_unit_of_measurement=UnitOfPower.KILO_WATT,
        suggested_display_precision=2,
        origin="plan",
    )


def _share(key: str) -> HomeDescription:
    return HomeDescription(
        key=key,
        translation_key=key,
        value=lambda home: values.share_today(home, key),
        state_class=SensorStateClass.MEASUREMENT,
        native_unit_of_measurement=PERCENTAGE,
        suggested_display_precision=0,
    )


HOME: Final = (
    HomeDescription(
        key="plan_status",
        translation_key="plan_status",
        value=lambda home: home.data.status,
        attributes=values.problem,
        device_class=SensorDeviceClass.ENUM,
        options=STATUSES,
    ),
    HomeDescription(
        key="next_action",
        translation_key="next_action",
        value=values.next_mode,
        attributes=values.next_reason,
        device_class=SensorDeviceClass.ENUM,
        options=MODES,
    ),
    HomeDescription(
        key="plan_cost_today",
        translation_key="plan_cost_today",
        value=values.plan_cost_today,
        device_class=SensorDeviceClass.MONETARY,
        unit=lambda currency: currency,
        suggested_display_precision=2,
        origin="plan",
    ),
    _money("cost_today", lambda home: values.today(home, "cost")),
    _money("saving_today", lambda home: values.today(home, "saving")),
    _money("saving_total", values.saving_total, daily=False),
    _power("grid_power", lambda home: values.power(home, "grid_kw")),
    _power("load_power", lambda home: values.power(home, "load_kw")),
    _power("solar_power", lambda home: values.power(home, "solar_kw")),
    _price("import_price", lambda home: home.data.price and home.data.price[0]),
    _price("export_price", lambda home: home.data.price and home.data.price[1]),
    _forecast("load_forecast"),
    _forecast("solar_forecast"),
    _forecast("net_forecast"),
    _share("self_consumption"),
    _share("self_sufficiency"),
    HomeDescription(
        key="plan_time",
        translation_key="plan_time",
        value=values.plan_time_ms,
        device_class=SensorDeviceClass.DURATION,
        state_class=SensorStateClass.MEASUREMENT,
        native_unit_of_measurement=UnitOfTime.MILLISECONDS,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        suggested_display_precision=0,
    ),
)

IMPORT_LIMIT: Final = HomeDescription(
    key="import_limit",
    translation_key="import_limit",
    value=values.import_limit,
    attributes=values.limits,
    device_class=SensorDeviceClass.POWER,
    native_unit_of_measurement=UnitOfPower.KILO_WATT,
    entity_category=EntityCategory.DIAGNOSTIC,
    suggested_display_precision=1,
)

NET_YEAR: Final = HomeDescription(
    key="net_balance",
    translation_key="net_balance",
    value=values.net_balance,
    attributes=values.net_year,
    device_class=SensorDeviceClass.ENERGY,
    native_unit_of_measurement=UnitOfEnergy.KILO_WATT_HOUR,
    suggested_display_precision=0,
)

PEAKS: Final = (
    HomeDescription(
        key="month_peak",
        translation_key="month_peak",
        value=peak_values.month_peak,
        attributes=peak_values.month_peaks,
        device_class=SensorDeviceClass.POWER,
        state_class=SensorStateClass.MEASUREMENT,
        native_unit_of_measurement=UnitOfPower.KILO_WATT,
        suggested_display_precision=2,
    ),
    HomeDescription(
        key="planned_peak",
        translation_key="planned_peak",
        value=peak_values.planned_peak,
        device_class=SensorDeviceClass.POWER,
        native_unit_of_measurement=UnitOfPower.KILO_WATT,
        suggested_display_precision=2,
    ),
)

STRATEGY: Final = HomeDescription(
    key="strategy",
    translation_key="strategy",
    value=values.strategy,
    attributes=values.strategy_facts,
    device_class=SensorDeviceClass.ENUM,
    options=STRATEGIES,
    entity_category=EntityCategory.DIAGNOSTIC,
)


def _reading(home: HomeCoordinator, device_id: str) -> BatteryReading:
    readings = home.data.readings
    return (
        BatteryReading()
        if readings is None
        else readings.batteries.get(device_id, BatteryReading())
    )


def _state_of_charge(home: HomeCoordinator, device_id: str) -> StateType:
    soc = _reading(home, device_id).soc.usable
    return None if soc is None else round(100 * soc, 1)


BATTERY: Final = (
    DeviceDescription(
        key="planned_power",
        translation_key="planned_power",
        value=values.planned_power,
        attributes=values.command,
        device_class=SensorDeviceClass.POWER,
        native_unit_of_measurement=UnitOfPower.KILO_WATT,
        suggested_display_precision=2,
    ),
    DeviceDescription(
        key="next_action",
        translation_key="next_action",
        value=values.device_next_mode,
        attributes=values.device_next_reason,
        device_class=SensorDeviceClass.ENUM,
        options=MODES,
    ),
    DeviceDescription(
        key="state_of_charge",
        translation_key="state_of_charge",
        value=_state_of_charge,
        device_class=SensorDeviceClass.BATTERY,
        state_class=SensorStateClass.MEASUREMENT,
        native_unit_of_measurement=PERCENTAGE,
        suggested_display_precision=0,
        origin="meters",
    ),
    DeviceDescription(
        key="battery_power",
        translation_key="battery_power",
        value=lambda home, device_id: _reading(home, device_id).power_kw.usable,
        device_class=SensorDeviceClass.POWER,
        state_class=SensorStateClass.MEASUREMENT,
        native_unit_of_measurement=UnitOfPower.KILO_WATT,
        suggested_display_precision=2,
        origin="meters",
    ),
)

MOVED: Final = (
    DeviceDescription(
        key="planned_power",
        translation_key="planned_consumption",
        value=moved_values.planned_power,
        attributes=moved_values.facts,
        device_class=SensorDeviceClass.POWER,
        native_unit_of_measurement=UnitOfPower.KILO_WATT,
        suggested_display_precision=2,
    ),
    DeviceDescription(
        key="next_change",
        translation_key="next_change",
        value=moved_values.next_change,
        attributes=moved_values.next_facts,
        device_class=SensorDeviceClass.TIMESTAMP,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ShemsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors."""
    coordinator = entry.runtime_data.coordinator
    descriptions = (*HOME, IMPORT_LIMIT, *LEARNING, *quality("load"))
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
    async_add_entities([HomeSensor(coordinator, description) for description in descriptions])
    for device in coordinator.configuration.of_kind("battery"):
        async_add_entities(
            [DeviceSensor(coordinator, description, device) for description in BATTERY],
            config_subentry_id=device.id,
        )
    for device in coordinator.configuration.moved:
        async_add_entities(
            [DeviceSensor(coordinator, description, device) for description in MOVED],
            config_subentry_id=device.id,
        )
    add_simulated(entry, Platform.SENSOR, async_add_entities)


class HomeSensor(HomeEntity, SensorEntity):
    """A sensor of the home."""

    entity_description: HomeDescription
    _unrecorded_attributes = frozenset({"by_lead", "forecast"})

    def __init__(self, coordinator: HomeCoordinator, description: HomeDescription) -> None:
        """Give it the unit of the home's currency."""
        super().__init__(coordinator, description)
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
            return {"forecast": description.forecast(self.coordinator)}
        if description.attributes is not None:
            return description.attributes(self.coordinator)
        return None


class DeviceSensor(DrivenEntity, SensorEntity):
    """A sensor of a driven device."""

    entity_description: DeviceDescription

    def __init__(
        self, coordinator: HomeCoordinator, description: DeviceDescription, device: Device
    ) -> None:
        """Give it the device's own name."""
        super().__init__(coordinator, description, device)

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
