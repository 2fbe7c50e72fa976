"""The lamps."""

from typing import Any, Final, override

from homeassistant.components.light import LightEntity
from homeassistant.components.light.const import ATTR_BRIGHTNESS, ColorMode
from homeassistant.const import Platform

from ..core.world.people import LAMPS
from .entity import VirtualDevice, VirtualEntity, energy, power
from .home import VirtualHome

_FULL: Final = 255


class VirtualLamp(VirtualEntity, LightEntity):
    """A dimmable lamp; people use it too."""

    _attr_name = None
    _attr_translation_key = "sim_lamp"
    _attr_color_mode = ColorMode.BRIGHTNESS

    def __init__(self, home: VirtualHome, device: VirtualDevice, index: int) -> None:
        """Be one of LAMPS."""
        super().__init__(home, device, LAMPS[index])
        self._index = index
        self._attr_supported_color_modes = {ColorMode.BRIGHTNESS}

    @property
    @override
    def is_on(self) -> bool:
        """Whether it shines."""
        return self.home.lamp(self._index) > 0

    @property
    @override
    def brightness(self) -> int:
        """Brightness, 0 to 255."""
        return round(_FULL * self.home.lamp(self._index))

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Turn it on."""
        level = kwargs.get(ATTR_BRIGHTNESS, self.brightness or _FULL) / _FULL
        await self.async_tell(lambda: self.home.light_lamp(self._index, level))

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Turn it off."""
        await self.async_tell(lambda: self.home.light_lamp(self._index, 0.0))


def _device(index: int) -> VirtualDevice:
    name = LAMPS[index]
    return VirtualDevice(
        key=name,
        model="Dimmable lamp",
        sensors=(power(name, lambda powers: powers.lamps[index]), energy(name)),
        others=((Platform.LIGHT, name, lambda home, device: VirtualLamp(home, device, index)),),
    )


LAMP_DEVICES: Final = tuple(_device(index) for index in range(len(LAMPS)))
