"""Entities of the simulated devices."""

from collections.abc import Callable
from dataclasses import dataclass
from math import floor
from typing import Any, override

from homeassistant.components.number import NumberEntity, NumberEntityDescription
from homeassistant.components.select import SelectEntity, SelectEntityDescription
from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.const import PERCENTAGE, Platform, UnitOfEnergy, UnitOfPower
from homeassistant.core import callback
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.typing import StateType

from ..const import DOMAIN
from ..core.world.plant import Powers
from .home import VirtualHome


@dataclass(frozen=True, kw_only=True)
class VirtualSensorDescription(SensorEntityDescription):
    """A sensor and how it is read."""

    value_fn: Callable[[VirtualHome], StateType]


@dataclass(frozen=True, kw_only=True)
class VirtualSwitchDescription(SwitchEntityDescription):
    """A switch, how it is read and what it does."""

    value_fn: Callable[[VirtualHome], bool]
    set_fn: Callable[[VirtualHome, bool], None]


@dataclass(frozen=True, kw_only=True)
class VirtualSelectDescription(SelectEntityDescription):
    """A choice, how it is read and what it does."""

    value_fn: Callable[[VirtualHome], str]
    set_fn: Callable[[VirtualHome, str], None]


@dataclass(frozen=True, kw_only=True)
class VirtualNumberDescription(NumberEntityDescription):
    """A number, how it is read and what it does."""

    value_fn: Callable[[VirtualHome], float]
    set_fn: Callable[[VirtualHome, float], None]


type Factory = Callable[[VirtualHome, VirtualDevice], VirtualEntity]


@dataclass(frozen=True, kw_only=True)
class VirtualDevice:
    """A simulated device and its entities.

    Attributes:
        key: its name in the simulated home and, after `sim_`, in translations.
        model: what it pretends to be.
        others: entities with classes of their own: platform, key, how to make them.
    """

    key: str
    model: str
    sensors: tuple[VirtualSensorDescription, ...] = ()
    switches: tuple[VirtualSwitchDescription, ...] = ()
    selects: tuple[VirtualSelectDescription, ...] = ()
    numbers: tuple[VirtualNumberDescription, ...] = ()
    others: tuple[tuple[Platform, str, Factory], ...] = ()

    def facts(self) -> list[tuple[Platform, str, dict[str, Any]]]:
        """Return platform, key and what the registry should know of every entity."""
        facts: list[tuple[Platform, str, dict[str, Any]]] = [
            (platform, key, {}) for platform, key, _ in self.others
        ]
        for sensor in self.sensors:
            known: dict[str, Any] = {
                "unit_of_measurement": sensor.native_unit_of_measurement,
                "original_device_class": sensor.device_class,
            }
            if sensor.state_class:
                known["capabilities"] = {"state_class": sensor.state_class}
            facts.append((Platform.SENSOR, sensor.key, known))
        for number in self.numbers:
            limits = {
                "min": number.native_min_value,
                "max": number.native_max_value,
                "step": number.native_step,
                "mode": "auto",
            }
            known = {
                "unit_of_measurement": number.native_unit_of_measurement,
                "capabilities": limits,
            }
            facts.append((Platform.NUMBER, number.key, known))
        for select in self.selects:
            known = {"capabilities": {"options": select.options}}
            facts.append((Platform.SELECT, select.key, known))
        return facts + [(Platform.SWITCH, switch.key, {}) for switch in self.switches]

    def entities(self, home: VirtualHome, platform: Platform) -> list[VirtualEntity]:
        """Make the entities of one platform."""
        made: list[VirtualEntity] = [
            make(home, self) for where, _, make in self.others if where is platform
        ]
        match platform:
            case Platform.SENSOR:
                made += [VirtualSensor(home, self, each) for each in self.sensors]
            case Platform.SWITCH:
                made += [VirtualSwitch(home, self, each) for each in self.switches]
            case Platform.SELECT:
                made += [VirtualSelect(home, self, each) for each in self.selects]
            case Platform.NUMBER:
                made += [VirtualNumber(home, self, each) for each in self.numbers]
        return made


class VirtualEntity(Entity):
    """An entity of a simulated device."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(self, home: VirtualHome, device: VirtualDevice, key: str) -> None:
        """Belong to a device of the simulated home."""
        self.home = home
        self.device = device.key
        self._attr_unique_id = f"{home.entry_id}_sim_{key}"
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, f"{home.entry_id}_sim_{device.key}")},
            manufacturer="SHEMS",
            model=device.model,
        )
        if (name := home.names.get(device.key)) is not None:
            self._attr_device_info["name"] = name
        else:
            self._attr_device_info["translation_key"] = f"sim_{device.key}"

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the device."""
        self.async_on_remove(self.home.async_listen(self.device, self.async_read))

    @callback
    def async_read(self) -> None:
        """Show what the device says."""
        self.async_write_ha_state()

    async def async_tell(self, change: Callable[[], None]) -> None:
        """Tell the device something."""
        await self.home.async_command(self.device, change)


class VirtualSensor(VirtualEntity, SensorEntity):
    """A measured value."""

    entity_description: VirtualSensorDescription

    def __init__(
        self, home: VirtualHome, device: VirtualDevice, description: VirtualSensorDescription
    ) -> None:
        """Read what the description says."""
        super().__init__(home, device, description.key)
        self.entity_description = description

    @property
    @override
    def native_value(self) -> StateType:
        """The value now."""
        return self.entity_description.value_fn(self.home)


class VirtualSwitch(VirtualEntity, SwitchEntity):
    """A switch."""

    entity_description: VirtualSwitchDescription

    def __init__(
        self, home: VirtualHome, device: VirtualDevice, description: VirtualSwitchDescription
    ) -> None:
        """Do what the description says."""
        super().__init__(home, device, description.key)
        self.entity_description = description

    @property
    @override
    def is_on(self) -> bool:
        """Whether it is on."""
        return self.entity_description.value_fn(self.home)

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Turn it on."""
        await self.async_tell(lambda: self.entity_description.set_fn(self.home, True))

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Turn it off."""
        await self.async_tell(lambda: self.entity_description.set_fn(self.home, False))


class VirtualSelect(VirtualEntity, SelectEntity):
    """A choice."""

    entity_description: VirtualSelectDescription

    def __init__(
        self, home: VirtualHome, device: VirtualDevice, description: VirtualSelectDescription
    ) -> None:
        """Do what the description says."""
        super().__init__(home, device, description.key)
        self.entity_description = description

    @property
    @override
    def current_option(self) -> str:
        """The option in force."""
        return self.entity_description.value_fn(self.home)

    @override
    async def async_select_option(self, option: str) -> None:
        """Choose."""
        await self.async_tell(lambda: self.entity_description.set_fn(self.home, option))


class VirtualNumber(VirtualEntity, NumberEntity):
    """A number."""

    entity_description: VirtualNumberDescription

    def __init__(
        self, home: VirtualHome, device: VirtualDevice, description: VirtualNumberDescription
    ) -> None:
        """Do what the description says."""
        super().__init__(home, device, description.key)
        self.entity_description = description

    @property
    @override
    def native_value(self) -> float:
        """The number in force."""
        return self.entity_description.value_fn(self.home)

    @override
    async def async_set_native_value(self, value: float) -> None:
        """Set it."""
        await self.async_tell(lambda: self.entity_description.set_fn(self.home, value))


def power(
    device: str,
    read: Callable[[Powers], float],
    *,
    key: str | None = None,
    translation_key: str | None = None,
) -> VirtualSensorDescription:
    """Describe a device's power."""
    return VirtualSensorDescription(
        key=key or f"{device}_power",
        translation_key=translation_key,
        device_class=SensorDeviceClass.POWER,
        state_class=SensorStateClass.MEASUREMENT,
        native_unit_of_measurement=UnitOfPower.WATT,
        suggested_display_precision=0,
        value_fn=lambda home: home.watts(device, read(home.powers)),
    )


def energy(meter: str, *, translation_key: str | None = None) -> VirtualSensorDescription:
    """Describe what one of the home's meters has counted."""
    return VirtualSensorDescription(
        key=f"{meter}_energy",
        translation_key=translation_key,
        device_class=SensorDeviceClass.ENERGY,
        state_class=SensorStateClass.TOTAL_INCREASING,
        native_unit_of_measurement=UnitOfEnergy.KILO_WATT_HOUR,
        suggested_display_precision=2,
        # Cut, not rounded: a meter shows a watt-hour once it is full.
        value_fn=lambda home: floor(home.totals[meter] * 1000.0 + 1e-6) / 1000.0,
    )


def state_of_charge(device: str, read: Callable[[VirtualHome], float]) -> VirtualSensorDescription:
    """Describe a state of charge, given as a fraction."""
    return VirtualSensorDescription(
        key=f"{device}_soc",
        translation_key="sim_soc",
        device_class=SensorDeviceClass.BATTERY,
        state_class=SensorStateClass.MEASUREMENT,
        native_unit_of_measurement=PERCENTAGE,
        suggested_display_precision=0,
        value_fn=lambda home: round(100.0 * read(home), 1),
    )
