"""The weather and its forecast, without any network."""

from typing import Final, override

import numpy as np
from homeassistant.components.weather import (
    ATTR_CONDITION_CLEAR_NIGHT,
    ATTR_CONDITION_CLOUDY,
    ATTR_CONDITION_PARTLYCLOUDY,
    ATTR_CONDITION_RAINY,
    ATTR_CONDITION_SUNNY,
    Forecast,
    WeatherEntity,
)
from homeassistant.components.weather.const import WeatherEntityFeature
from homeassistant.const import Platform, UnitOfSpeed, UnitOfTemperature
from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from ..core.horizon import HOUR_S
from ..core.world.sky import Weather
from .entity import VirtualDevice, VirtualEntity
from .home import VirtualHome

_HOURS: Final = 72


def _condition(sky: Weather, index: int) -> str:
    cloud = float(sky.cloud[index])
    if cloud > 0.97:
        return ATTR_CONDITION_RAINY
    if cloud > 0.8:
        return ATTR_CONDITION_CLOUDY
    if cloud > 0.35:
        return ATTR_CONDITION_PARTLYCLOUDY
    day = float(sky.sun.elevation[index]) > 0
    return ATTR_CONDITION_SUNNY if day else ATTR_CONDITION_CLEAR_NIGHT


class VirtualWeather(VirtualEntity, WeatherEntity):
    """The weather around the simulated home."""

    _attr_name = None
    _attr_translation_key = "sim_weather"
    _attr_native_temperature_unit = UnitOfTemperature.CELSIUS
    _attr_native_wind_speed_unit = UnitOfSpeed.METERS_PER_SECOND
    _attr_supported_features = WeatherEntityFeature.FORECAST_HOURLY

    def __init__(self, home: VirtualHome, device: VirtualDevice) -> None:
        """Look out of the window."""
        super().__init__(home, device, "weather")
        self._hour = 0.0
        self._look()

    @callback
    @override
    def async_read(self) -> None:
        """Look once a minute; each hour has a forecast of its own."""
        minute = self.home.at // 60
        if minute == self._minute:
            return
        self._look()
        self.async_write_ha_state()
        if self.home.at // HOUR_S != self._hour:
            self._hour = self.home.at // HOUR_S
            self.hass.async_create_task(self.async_update_listeners(("hourly",)))

    def _look(self) -> None:
        sky = self.home.household.weather(np.array([self.home.at]))
        self._minute = self.home.at // 60
        self._attr_condition = _condition(sky, 0)
        self._attr_native_temperature = round(float(sky.temperature_c[0]), 1)
        self._attr_humidity = round(100 * float(sky.humidity[0]))
        self._attr_cloud_coverage = round(100 * float(sky.cloud[0]))
        self._attr_native_wind_speed = round(float(sky.wind_ms[0]), 1)

    @override
    async def async_forecast_hourly(self) -> list[Forecast]:
        """Return the forecast of the next three days."""
        times = self.home.at // HOUR_S * HOUR_S + HOUR_S * np.arange(_HOURS, dtype=np.float64)
        sky = self.home.household.weather_forecast(times)
        return [
            Forecast(
                datetime=dt_util.utc_from_timestamp(time).isoformat(),
                condition=_condition(sky, index),
                native_temperature=round(float(sky.temperature_c[index]), 1),
                humidity=round(100 * float(sky.humidity[index])),
                cloud_coverage=round(100 * float(sky.cloud[index])),
                native_wind_speed=round(float(sky.wind_ms[index]), 1),
            )
            for index, time in enumerate(times.tolist())
        ]


DEVICE: Final = VirtualDevice(
    key="weather",
    model="Weather service",
    others=((Platform.WEATHER, "weather", VirtualWeather),),
)
