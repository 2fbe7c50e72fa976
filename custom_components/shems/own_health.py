"""Sensors of SHEMS' own health: how old the plan is, how devices answer, how late the loop is."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import EntityCategory, UnitOfTime
from homeassistant.core import callback
from homeassistant.helpers.event import async_track_time_interval

from .coordinator import HomeCoordinator
from .descriptions import HomeDescription
from .entity import HomeEntity
from .holding import DayWrites

TICK_S: Final = 1.0
"""How often it is looked how late the event loop is: what blocks it for less is not felt."""
WINDOW_S: Final = 300.0
"""The worst of this long is told: as often as there is a plan, some 300 states a day."""
_MS: Final = 1000.0


def _plan_made(home: HomeCoordinator) -> datetime | None:
    plan = home.data.plan
    return None if plan is None else datetime.fromtimestamp(plan.created, UTC)


def _writes(key: str, of: Callable[[DayWrites], int]) -> HomeDescription:
    def by_device(home: HomeCoordinator) -> dict[str, int]:
        budget, at = home.actuator.budget, home.data.now
        return {each.name: of(budget.today(each.id, at)) for each in home.driven}

    return HomeDescription(
        key=key,
        translation_key=key,
        value=lambda home: sum(by_device(home).values()),
        attributes=lambda home: {"by_device": by_device(home)},
        state_class=SensorStateClass.TOTAL_INCREASING,
        entity_category=EntityCategory.DIAGNOSTIC,
    )


OWN_HEALTH: Final = (
    HomeDescription(
        key="plan_made",
        translation_key="plan_made",
        value=_plan_made,
        device_class=SensorDeviceClass.TIMESTAMP,
        entity_category=EntityCategory.DIAGNOSTIC,
    ),
    _writes("writes_today", lambda writes: writes.count),
    _writes("write_errors_today", lambda writes: writes.failed),
)

_LATENESS: Final = SensorEntityDescription(
    key="loop_lateness",
    translation_key="loop_lateness",
    device_class=SensorDeviceClass.DURATION,
    state_class=SensorStateClass.MEASUREMENT,
    native_unit_of_measurement=UnitOfTime.MILLISECONDS,
    entity_category=EntityCategory.DIAGNOSTIC,
    suggested_display_precision=0,
)


class LatenessSensor(HomeEntity, SensorEntity):
    """How late Home Assistant's event loop was at worst in the last minutes.

    Nothing is measured while the entity is disabled.
    """

    def __init__(self, coordinator: HomeCoordinator) -> None:
        """Know nothing before the first minutes have passed."""
        super().__init__(coordinator, _LATENESS)
        self._ticked = self._began = 0.0
        self._worst_s = 0.0

    @override
    async def async_added_to_hass(self) -> None:
        """Begin to look."""
        await super().async_added_to_hass()
        self._ticked = self._began = self.hass.loop.time()
        self.async_on_remove(
            async_track_time_interval(
                self.hass, self._tick, timedelta(seconds=TICK_S), cancel_on_shutdown=True
            )
        )

    @callback
    def _tick(self, _: datetime) -> None:
        now = self.hass.loop.time()
        # The clock of Home Assistant's timers is the loop's own: nobody sets it.
        self._worst_s = max(self._worst_s, now - self._ticked - TICK_S)
        self._ticked = now
        if now - self._began >= WINDOW_S:
            self._attr_native_value = round(_MS * self._worst_s, 1)
            self._began, self._worst_s = now, 0.0
            self.async_write_ha_state()
