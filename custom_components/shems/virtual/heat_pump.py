"""The heat pump."""

from collections.abc import Callable
from typing import Any, Final, override

from homeassistant.components.climate import ClimateEntity
from homeassistant.components.climate.const import (
    ATTR_HVAC_MODE,
    ClimateEntityFeature,
    HVACAction,
    HVACMode,
)
from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.components.water_heater import WaterHeaterEntity
from homeassistant.components.water_heater.const import (
    STATE_ECO,
    STATE_HEAT_PUMP,
    WaterHeaterEntityFeature,
)
from homeassistant.const import ATTR_TEMPERATURE, Platform, UnitOfTemperature

from ..core.world.plant import HeatingMode
from .entity import VirtualDevice, VirtualEntity, VirtualSensorDescription, energy, power
from .home import VirtualHome
from .tempered import Tempered

_MODES: Final = {
    HVACMode.AUTO: HeatingMode.AUTO,
    HVACMode.HEAT: HeatingMode.HEAT,
    HVACMode.OFF: HeatingMode.OFF,
}


def _temperature(key: str, read: Callable[[VirtualHome], float]) -> VirtualSensorDescription:
    return VirtualSensorDescription(
        key=key,
        translation_key=f"sim_{key}",
        device_class=SensorDeviceClass.TEMPERATURE,
        state_class=SensorStateClass.MEASUREMENT,
        native_unit_of_measurement=UnitOfTemperature.CELSIUS,
        suggested_display_precision=1,
        value_fn=lambda home: round(read(home), 1),
    )


class VirtualThermostat(Tempered, VirtualEntity, ClimateEntity):
    """The rooms' thermostat."""

    _attr_name = None
    _attr_translation_key = "sim_heat_pump"
    _attr_target_temperature_step = 0.5
    _attr_min_temp = 15
    _attr_max_temp = 25
    _attr_supported_features = (
        ClimateEntityFeature.TARGET_TEMPERATURE
        | ClimateEntityFeature.TURN_ON
        | ClimateEntityFeature.TURN_OFF
    )

    def __init__(self, home: VirtualHome, device: VirtualDevice) -> None:
        """Offer the modes."""
        super().__init__(home, device, "heat_pump")
        self._attr_hvac_modes = list(_MODES)

    @property
    @override
    def hvac_mode(self) -> HVACMode:
        """The mode in force."""
        mode = self.home.controls.heating
        return next(ours for ours, theirs in _MODES.items() if theirs is mode)

    @property
    @override
    def hvac_action(self) -> HVACAction:
        """What the heat pump does for the rooms."""
        heat = self.home.state.heat
        if self.home.powers.heat_pump > 0 and not heat.boiling:
            return HVACAction.HEATING
        off = self.home.controls.heating is HeatingMode.OFF
        return HVACAction.OFF if off else HVACAction.IDLE

    @property
    @override
    def native_current_temperature(self) -> float:
        """Temperature of the rooms."""
        return round(self.home.state.heat.indoor_c, 1)

    @property
    @override
    def native_target_temperature(self) -> float | None:
        """Temperature asked for, None while it is off."""
        return self.home.controls.wish_c(self.home.household, self.home.moment.hour)

    @override
    async def async_set_hvac_mode(self, hvac_mode: HVACMode) -> None:
        """Change the mode; heating by hand begins at the temperature asked for last."""
        changes: dict[str, Any] = {"heating": _MODES[hvac_mode]}
        if hvac_mode is HVACMode.HEAT and (target := self.native_target_temperature) is not None:
            changes["target_c"] = target
        await self.async_tell(lambda: self.home.set(**changes))

    @override
    async def async_turn_on(self) -> None:
        """Go back to the household's own times."""
        await self.async_set_hvac_mode(HVACMode.AUTO)

    @override
    async def async_set_temperature(self, **kwargs: Any) -> None:
        """Heat to a temperature, whatever the hour."""
        mode = kwargs.get(ATTR_HVAC_MODE, HVACMode.HEAT)
        changes = {"heating": _MODES[mode], "target_c": kwargs[ATTR_TEMPERATURE]}
        await self.async_tell(lambda: self.home.set(**changes))


class VirtualWaterHeater(Tempered, VirtualEntity, WaterHeaterEntity):
    """The tank of hot water."""

    _attr_translation_key = "sim_hot_water"
    _attr_min_temp = 35
    _attr_max_temp = 62
    _attr_supported_features = (
        WaterHeaterEntityFeature.TARGET_TEMPERATURE | WaterHeaterEntityFeature.OPERATION_MODE
    )

    def __init__(self, home: VirtualHome, device: VirtualDevice) -> None:
        """Offer the modes: its own limits, or a temperature that is set."""
        super().__init__(home, device, "hot_water")
        self._attr_operation_list = [STATE_ECO, STATE_HEAT_PUMP]

    @property
    @override
    def current_operation(self) -> str:
        """The mode in force."""
        return STATE_ECO if self.home.controls.water_c is None else STATE_HEAT_PUMP

    @property
    @override
    def native_current_temperature(self) -> float:
        """Temperature of the water."""
        return round(self.home.state.heat.water_c, 1)

    @property
    @override
    def native_target_temperature(self) -> float:
        """Temperature to which it is heated."""
        wanted = self.home.controls.water_c
        return self.home.household.house.water_high_c if wanted is None else wanted

    @override
    async def async_set_operation_mode(self, operation_mode: str) -> None:
        """Change the mode; a temperature of its own begins at what was asked for last."""
        wanted = None if operation_mode == STATE_ECO else self.native_target_temperature
        await self.async_tell(lambda: self.home.set(water_c=wanted))

    @override
    async def async_set_temperature(self, **kwargs: Any) -> None:
        """Heat to a temperature, whatever the limits."""
        wanted = float(kwargs[ATTR_TEMPERATURE])
        await self.async_tell(lambda: self.home.set(water_c=wanted))


DEVICE: Final = VirtualDevice(
    key="heat_pump",
    model="Heat pump, 2.4 kW electric, with 200 l of hot water",
    sensors=(
        power("heat_pump", lambda powers: powers.heat_pump),
        energy("heat_pump"),
        power(
            "heat_pump",
            lambda powers: powers.heat_pump - powers.hot_water,
            key="heating_power",
            translation_key="sim_heating_power",
        ),
        energy("heating", translation_key="sim_heating_energy"),
        power(
            "heat_pump",
            lambda powers: powers.hot_water,
            key="hot_water_power",
            translation_key="sim_hot_water_power",
        ),
        energy("hot_water", translation_key="sim_hot_water_energy"),
        _temperature("indoor_temperature", lambda home: home.state.heat.indoor_c),
        _temperature("outdoor_temperature", lambda home: home.moment.outdoor_c),
        _temperature("water_temperature", lambda home: home.state.heat.water_c),
    ),
    others=(
        (Platform.CLIMATE, "heat_pump", VirtualThermostat),
        (Platform.WATER_HEATER, "hot_water", VirtualWaterHeater),
    ),
)
