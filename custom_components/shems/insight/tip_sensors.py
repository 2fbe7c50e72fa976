"""Sensors of tips: how many there are, and what the best is worth."""

from typing import Any, Final, override

from homeassistant.components.sensor import (
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.helpers.typing import StateType

from ..coordinator import HomeCoordinator, now
from ..entity import HomeEntity
from .tip_words import code_of
from .tips import Kept

_COUNT: Final = SensorEntityDescription(
    key="tips", translation_key="tips", state_class=SensorStateClass.MEASUREMENT
)
_BEST: Final = SensorEntityDescription(
    key="best_tip", translation_key="best_tip", suggested_display_precision=0
)


class TipSensor(HomeEntity, SensorEntity):
    """A sensor that follows the tips; unknown until they were looked for."""

    @override
    async def async_added_to_hass(self) -> None:
        """Follow them."""
        await super().async_added_to_hass()
        tips = self.coordinator.insight.tips
        self.async_on_remove(tips.async_listen(self.async_write_ha_state))

    @property
    def tips(self) -> tuple[Kept, ...] | None:
        """The tips to which nothing was said."""
        tips = self.coordinator.insight.tips
        return None if tips.searched is None else tips.open(now())


class TipCount(TipSensor):
    """How many tips there are."""

    _unrecorded_attributes = frozenset({"tips"})

    def __init__(self, coordinator: HomeCoordinator) -> None:
        """Describe it."""
        super().__init__(coordinator, _COUNT)

    @property
    @override
    def native_value(self) -> StateType:
        """Return their number."""
        return None if self.tips is None else len(self.tips)

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """Return what they are about and worth."""
        return {
            "tips": [
                {"tip": each.tip.key, "value": round(each.tip.value.median, 2)}
                for each in self.tips or ()
            ]
        }


class BestTip(TipSensor):
    """What the most valuable tip is worth a year."""

    def __init__(self, coordinator: HomeCoordinator) -> None:
        """Give it the home's currency."""
        super().__init__(coordinator, _BEST)
        self._attr_native_unit_of_measurement = coordinator.configuration.tariff.currency

    @property
    @override
    def native_value(self) -> StateType:
        """Return its median; nothing where there is none."""
        return round(self.tips[0].tip.value.median, 2) if self.tips else None

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """Return which it is, and between what its value lies."""
        if not self.tips:
            return {}
        tip = self.tips[0].tip
        return {
            "tip": tip.key,
            "code": code_of(tip),
            "low": round(tip.value.low, 2),
            "high": round(tip.value.high, 2),
            "confidence": round(tip.confidence, 2),
        }
