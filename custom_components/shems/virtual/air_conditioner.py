"""The air conditioner of a complete home."""

from typing import Any, Final, override

from homeassistant.components.climate import ClimateEntity
from homeassistant.components.climate.const import (
    ATTR_HVAC_MODE,
    ClimateEntityFeature,
    HVACAction,
    HVACMode,
)
from homeassistant.const import ATTR_TEMPERATURE, Platform

from .entity import VirtualDevice, VirtualEntity, energy, power
from .home import VirtualHome
from .tempered import Tempered


class VirtualAirConditioner(Tempered, VirtualEntity, ClimateEntity):
    """The rooms' air conditioner: off, or cooling to a temperature."""

    _attr_name = None
    _attr_translation_key = "sim_air_conditioner"
    _attr_target_temperature_step = 0.5
    _attr_min_temp = 17
    _attr_max_temp = 30
    _attr_supported_features = (
        ClimateEntityFeature.TARGET_TEMPERATURE
        | ClimateEntityFeature.TURN_ON
        | ClimateEntityFeature.TURN_OFF
    )

    def __init__(self, home: VirtualHome, device: VirtualDevice) -> None:
        """Offer the modes."""
        super().__init__(home, device, "air_conditioner")
        self._attr_hvac_modes = [HVACMode.COOL, HVACMode.OFF]

    @property
    @override
    def hvac_mode(self) -> HVACMode:
        """The mode in force."""
        return HVACMode.COOL if self.home.controls.annex.cooling else HVACMode.OFF

    @property
    @override
    def hvac_action(self) -> HVACAction:
        """What it does now."""
        if self.home.powers.annex.air_conditioner > 0:
            return HVACAction.COOLING
        return HVACAction.IDLE if self.home.controls.annex.cooling else HVACAction.OFF

    @property
    @override
    def native_current_temperature(self) -> float:
        """Temperature of the rooms."""
        return round(self.home.state.heat.indoor_c, 1)

    @property
    @override
    def native_target_temperature(self) -> float:
        """Temperature to which it cools."""
        return self.home.controls.annex.cool_c

    @override
    async def async_set_hvac_mode(self, hvac_mode: HVACMode) -> None:
        """Cool, or rest."""
        on = hvac_mode is HVACMode.COOL
        await self.async_tell(lambda: self.home.set_annex(cooling=on))

    @override
    async def async_turn_on(self) -> None:
        """Cool."""
        await self.async_set_hvac_mode(HVACMode.COOL)

    @override
    async def async_set_temperature(self, **kwargs: Any) -> None:
        """Change the temperature, and the mode where one is given."""
        changes: dict[str, Any] = {"cool_c": kwargs[ATTR_TEMPERATURE]}
        if (mode := kwargs.get(ATTR_HVAC_MODE)) is not None:
            changes["cooling"] = mode is HVACMode.COOL
        await self.async_tell(lambda: self.home.set_annex(**changes))


DEVICE: Final = VirtualDevice(
    key="air_conditioner",
    model="Air conditioner, 900 W",
    sensors=(
        power("air_conditioner", lambda powers: powers.annex.air_conditioner),
        energy("air_conditioner"),
    ),
    others=((Platform.CLIMATE, "air_conditioner", VirtualAirConditioner),),
)
