"""Day-ahead prices, in the attributes that the Nord Pool integration of HACS made usual."""

from datetime import datetime, timedelta
from typing import Any, Final, override

import numpy as np
from homeassistant.components.sensor import SensorEntity, SensorStateClass
from homeassistant.const import Platform
from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from ..core.horizon import QUARTER_S
from ..core.world.prices import market, published_until
from .entity import VirtualDevice, VirtualEntity
from .home import VirtualHome

_QUARTER: Final = timedelta(seconds=QUARTER_S)


class VirtualPrice(VirtualEntity, SensorEntity):
    """The market's price now; today's and tomorrow's as attributes."""

    _attr_translation_key = "sim_price"
    _attr_state_class = SensorStateClass.MEASUREMENT
    _attr_suggested_display_precision = 3
    _unrecorded_attributes = frozenset({"raw_today", "raw_tomorrow"})

    def __init__(self, home: VirtualHome, device: VirtualDevice) -> None:
        """Know the prices of today."""
        super().__init__(home, device, "price")
        currency = home.hass.config.currency
        self._attr_native_unit_of_measurement = f"{currency}/kWh"
        self._attr_extra_state_attributes = {"currency": currency, "unit": "kWh"}
        self._shown: tuple[float, float] | None = None
        self._days: tuple[float, float] | None = None
        self._learn(dt_util.utcnow().timestamp())

    @callback
    @override
    def async_read(self) -> None:
        """Show a new price, or new prices; between them nothing changes."""
        if self._learn(dt_util.utcnow().timestamp()):
            self.async_write_ha_state()

    def _learn(self, now: float) -> bool:
        home = self.home
        slot = now - now % QUARTER_S
        known = (slot, published_until(now, home.household.zone))
        if known == self._shown:
            return False
        self._shown = known
        today = dt_util.start_of_local_day(dt_util.as_local(dt_util.utc_from_timestamp(now)))
        if self._days != (days := (today.timestamp(), known[1])):
            self._days = days
            self._learn_days(today, known[1])
        price = market(home.household.seed, np.array([slot]), home.household.zone)
        self._attr_native_value = float(price[0])
        return True

    def _learn_days(self, today: datetime, until: float) -> None:
        tomorrow = dt_util.start_of_local_day(today + timedelta(hours=36))
        after = dt_util.start_of_local_day(tomorrow + timedelta(hours=36))
        valid = until > tomorrow.timestamp()
        self._attr_extra_state_attributes = {
            **self._attr_extra_state_attributes,
            "tomorrow_valid": valid,
            "raw_today": self._raw(today, tomorrow),
            "raw_tomorrow": self._raw(tomorrow, after) if valid else [],
        }

    def _raw(self, begin: datetime, end: datetime) -> list[dict[str, Any]]:
        starts = np.arange(begin.timestamp(), end.timestamp(), QUARTER_S, dtype=np.float64)
        values = market(self.home.household.seed, starts, self.home.household.zone)
        raw = []
        for time, value in zip(starts.tolist(), values.tolist(), strict=True):
            start = dt_util.utc_from_timestamp(time)
            raw.append(
                {
                    "start": dt_util.as_local(start),
                    "end": dt_util.as_local(start + _QUARTER),
                    "value": value,
                }
            )
        return raw


DEVICE: Final = VirtualDevice(
    key="market",
    model="Day-ahead market",
    others=((Platform.SENSOR, "price", VirtualPrice),),
)
