"""A weather entity's forecast becomes hours of temperature, clouds and light."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from homeassistant.core import HomeAssistant, ServiceCall, SupportsResponse
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.core.forecast.history import Weather
from custom_components.shems.core.series import Series
from custom_components.shems.sources.configuration import Configuration, configuration
from custom_components.shems.sources.weather import async_weather, daily, hourly, weather_entity

from .conftest import make_entry, subentry

NOW = datetime(2026, 6, 10, 10, tzinfo=UTC).timestamp()
HOUR = 3600.0
HOURLY, DAILY, TWICE_DAILY = 2, 1, 4


def same(value: float) -> float:
    return value


def home(hass: HomeAssistant, entry: MockConfigEntry | None = None) -> Configuration:
    return configuration(hass, entry or make_entry())


def row(hour: float, **values: Any) -> dict[str, Any]:
    return {"datetime": datetime.fromtimestamp(NOW + hour * HOUR, UTC).isoformat(), **values}


def serve(
    hass: HomeAssistant, rows: dict[str, Any], features: int, entity_id: str = "weather.home"
) -> list[str]:
    """Offer forecasts of an entity; return the kinds that are asked for."""
    hass.states.async_set(
        entity_id, "sunny", {"supported_features": features, "temperature_unit": "°F"}
    )
    asked: list[str] = []

    async def get(call: ServiceCall) -> dict[str, Any]:
        asked.append(call.data["type"])
        answer = rows[call.data["type"]]
        if isinstance(answer, Exception):
            raise answer
        return {call.data["entity_id"]: answer}

    hass.services.async_register(
        "weather", "get_forecasts", get, supports_response=SupportsResponse.ONLY
    )
    return asked


async def read(hass: HomeAssistant, configured: Configuration | None = None) -> Weather:
    found = await async_weather(hass, configured or home(hass), NOW)
    assert found is not None
    return found


def at(series: Series, hour: float) -> float | None:
    return series.at(NOW + hour * HOUR)


async def test_hours_are_in_the_cores_units(hass: HomeAssistant) -> None:
    rows = [
        row(0, temperature=50, cloud_coverage=25),
        row(1, temperature=68, cloud_coverage=100),
        row(2, temperature=None, condition="partlycloudy"),
        {"datetime": "soon", "temperature": 1},
        "nonsense",
    ]
    asked = serve(hass, {"hourly": {"forecast": rows}}, HOURLY)
    found = await read(hass)
    assert asked == ["hourly"]
    assert found.temperature_c.value.tolist() == pytest.approx([10.0, 20.0])
    assert (found.temperature_c.end - found.temperature_c.start).tolist() == [HOUR, HOUR]
    assert found.cloud.value.tolist() == [0.25, 1.0, 0.45]
    assert len(found.direct_w_m2) == len(found.diffuse_w_m2) == 0


def test_coarse_hours_are_interpolated_but_not_over_a_long_hole() -> None:
    rows = [row(0.5, temperature=10), row(6, temperature=21), row(20, temperature=30)]
    found = hourly(rows, same)["temperature_c"]
    hours = {round((start - NOW) / HOUR): value for start, value in found.items()}
    assert hours == pytest.approx({1: 11, 2: 13, 3: 15, 4: 17, 5: 19, 6: 21, 20: 30})


async def test_days_go_on_where_the_hours_end(hass: HomeAssistant) -> None:
    await hass.config.async_set_time_zone("UTC")
    days = [
        row(26, temperature=86, templow=50, condition="rainy"),
        row(50, temperature=86, condition="sunny"),
    ]
    asked = serve(
        hass,
        {
            "hourly": {"forecast": [row(each, temperature=68) for each in range(16)]},
            "daily": {"forecast": days},
        },
        HOURLY | DAILY,
    )
    found = await read(hass)
    assert asked == ["hourly", "daily"]
    assert at(found.temperature_c, 15) == pytest.approx(20.0), "the hourly forecast holds"
    tomorrow = [at(found.temperature_c, 14 + hour) for hour in range(24)]
    assert max(each or 0.0 for each in tomorrow[2:]) == pytest.approx(30.0, abs=0.2)
    assert tomorrow.index(max(tomorrow[2:], key=lambda each: each or 0.0)) in (14, 15)
    assert min(each or 99.0 for each in tomorrow[2:]) == pytest.approx(10.0, abs=0.2)
    assert at(found.cloud, 20) == pytest.approx(0.97)
    assert at(found.temperature_c, 45) is None, "a high alone is no course of a day"
    assert at(found.cloud, 45) == pytest.approx(0.06)


async def test_hours_that_reach_far_enough_are_all_that_is_asked(hass: HomeAssistant) -> None:
    rows = [row(each, temperature=68) for each in range(80)]
    asked = serve(hass, {"hourly": {"forecast": rows}}, HOURLY | DAILY)
    assert len((await read(hass)).temperature_c) == 80
    assert asked == ["hourly"]


async def test_hours_are_kept_where_the_days_fail(hass: HomeAssistant) -> None:
    rows = [row(each, temperature=68) for each in range(8)]
    serve(
        hass,
        {"hourly": {"forecast": rows}, "daily": HomeAssistantError("down")},
        HOURLY | DAILY,
    )
    assert len((await read(hass)).temperature_c) == 8


def test_days_and_nights_make_a_day() -> None:
    rows = [
        row(0, temperature=20, is_daytime=True, cloud_coverage=40),
        row(8, temperature=8, is_daytime=False, cloud_coverage=90),
        row(24, is_daytime=True, condition="exceptional"),
        {"datetime": "soon"},
    ]
    found = daily(rows, same, ZoneInfo("Europe/Amsterdam"))
    assert len(found["temperature_c"]) == 24
    assert max(found["temperature_c"].values()) == pytest.approx(20, abs=0.1)
    assert min(found["temperature_c"].values()) == pytest.approx(8, abs=0.1)
    assert set(found["cloud"].values()) == {0.4}


async def test_only_days_and_nights_will_do(hass: HomeAssistant) -> None:
    rows = [row(0, temperature=68, templow=50)]
    asked = serve(hass, {"twice_daily": {"forecast": rows}}, TWICE_DAILY)
    assert len((await read(hass)).temperature_c) == 24
    assert asked == ["twice_daily"]


async def test_light_is_taken_apart_where_it_comes_whole(hass: HomeAssistant) -> None:
    hass.config.latitude, hass.config.longitude = 52.1, 5.1
    rows = [row(0, solar_irradiance=800), row(1, shortwave_radiation=700, diffuse_radiation=150)]
    serve(hass, {"hourly": {"forecast": rows}}, HOURLY)
    found = await read(hass)
    direct, diffuse = found.direct_w_m2.value, found.diffuse_w_m2.value
    assert direct[0] + diffuse[0] == pytest.approx(800)
    assert direct[0] > diffuse[0] > 0
    assert diffuse[1] == 150


async def test_both_parts_of_the_light_are_taken_as_they_are(hass: HomeAssistant) -> None:
    rows = [row(0, direct_radiation=500, diffuse_radiation=100)]
    serve(hass, {"hourly": {"forecast": rows}}, HOURLY)
    found = await read(hass)
    assert (found.direct_w_m2.value[0], found.diffuse_w_m2.value[0]) == (500, 100)


@pytest.mark.parametrize(
    "answer",
    [
        HomeAssistantError("down"),
        KeyError("time"),
        {"forecast": []},
        {"forecast": None},
        None,
        "no forecast",
    ],
)
async def test_no_forecast_is_none(hass: HomeAssistant, answer: Any) -> None:
    serve(hass, {"hourly": answer}, HOURLY)
    assert await async_weather(hass, home(hass), NOW) is None


async def test_without_a_weather_there_is_none(hass: HomeAssistant) -> None:
    assert await async_weather(hass, home(hass), NOW) is None
    hass.states.async_set("weather.bare", "sunny")
    assert await async_weather(hass, home(hass), NOW) is None
    serve(hass, {"hourly": {"forecast": [row(0, temperature=1)]}}, HOURLY, "weather.bare")
    hass.states.async_set("weather.bare", "sunny", {"temperature_unit": "°Ré"})
    assert await async_weather(hass, home(hass), NOW) is None


async def test_the_first_weather_is_taken_unless_another_is_chosen(hass: HomeAssistant) -> None:
    hass.states.async_set("weather.b", "sunny")
    hass.states.async_set("weather.a", "sunny")
    assert weather_entity(hass, home(hass)) == "weather.a"
    assert weather_entity(hass, home(hass, make_entry(weather="weather.b"))) == "weather.b"


async def test_a_simulated_weather_is_only_that_homes_own(hass: HomeAssistant) -> None:
    simulated = MockConfigEntry(
        domain="shems",
        data={"kind": "simulated", "name": "Sim"},
        options=make_entry().options,
        subentries_data=[subentry("connection", "Grid", "grid", grid_power=["sensor.grid"])],
    )
    simulated.add_to_hass(hass)
    own = er.async_get(hass).async_get_or_create(
        "weather", "shems", "sim", config_entry=simulated, suggested_object_id="aaa"
    )
    hass.states.async_set(own.entity_id, "sunny")
    assert weather_entity(hass, home(hass)) is None
    hass.states.async_set("weather.real", "sunny")
    assert weather_entity(hass, home(hass)) == "weather.real"
    assert weather_entity(hass, home(hass, simulated)) == own.entity_id
