"""What the grid will emit, from entities that list it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.sources.carbon import carbon_forecast, listed
from custom_components.shems.sources.configuration import Configuration, configuration

from .conftest import OPTIONS as PLAIN
from .conftest import advance, make_entry, start
from .flow_pages import measure, subentry_flow
from .test_options_flow import BEFORE

NOON = datetime.fromisoformat("2026-06-10T12:00:00+02:00")
UTC = "UTC"


def half_hours(first: int, count: int, key: str, value: Any = 120) -> list[dict[str, Any]]:
    """Return rows as services list them."""
    return [
        {
            "from": (NOON + (first + number) * timedelta(minutes=30)).isoformat(),
            "to": (NOON + (first + number + 1) * timedelta(minutes=30)).isoformat(),
            key: value,
            "index": "low",
        }
        for number in range(count)
    ]


def around(hass: HomeAssistant, **chosen: str) -> Configuration:
    return configuration(hass, make_entry(**chosen))


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (half_hours(0, 4, "intensity_forecast"), None, 120.0),
        (half_hours(0, 4, "intensity", {"forecast": 120, "actual": None}), "gCO2eq/kWh", 120.0),
        (half_hours(0, 4, "value", "0.12"), "kg/kWh", 120.0),
        ([{"datetime": NOON.isoformat(), "carbonIntensity": 90}], "gCO2eq/kWh", 90.0),
    ],
)
async def test_forecasts_in_usual_shapes(
    hass: HomeAssistant, value: Any, unit: str | None, expected: float
) -> None:
    hass.states.async_set("sensor.c", "1", {"forecast": value, "unit_of_measurement": unit})
    found = listed(hass, "sensor.c", UTC)
    assert found.at(NOON.timestamp()) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("shown", "unit"),
    [
        ({"forecast": half_hours(0, 4, "intensity", -5)}, None),
        ({"forecast": half_hours(0, 4, "name")}, None),
        ({"forecast": [3], "country_code": "DE"}, "gCO2eq/kWh"),
        ({"forecast": half_hours(0, 4, "intensity")}, "EUR/kWh"),
        ({"a": half_hours(0, 4, "intensity"), "b": half_hours(0, 1, "value", 1)[:0]}, "%"),
    ],
)
async def test_what_is_no_forecast_is_none(
    hass: HomeAssistant, shown: dict[str, Any], unit: str | None
) -> None:
    hass.states.async_set("sensor.c", "1", {**shown, "unit_of_measurement": unit})
    assert len(listed(hass, "sensor.c", UTC)) == 0


async def test_rows_that_contradict_each_other_are_none(hass: HomeAssistant) -> None:
    wide = [{"from": NOON.isoformat(), "to": "2026-06-10T15:00:00+02:00", "value": 1}]
    shown = {"a": wide, "b": half_hours(1, 2, "value")}
    hass.states.async_set("sensor.c", "1", shown)
    assert len(listed(hass, "sensor.c", UTC)) == 0


async def test_tomorrow_is_in_an_entity_beside(hass: HomeAssistant) -> None:
    registry = er.async_get(hass)
    for name, first in (("current", 0), ("next", 4)):
        entity_id = registry.async_get_or_create(
            "event", "carbon_intensity", f"carbon_intensity_london_{name}_day_rates"
        ).entity_id
        shown = {"rates": half_hours(first, 4, "intensity_forecast", 100 + first)}
        hass.states.async_set(entity_id, "1", shown)
    today = "event.carbon_intensity_carbon_intensity_london_current_day_rates"
    found = listed(hass, today, UTC)
    assert len(found) == 8
    assert found.value.tolist() == [100.0] * 4 + [104.0] * 4


async def test_the_entity_of_the_forecast_comes_before_the_sensor(hass: HomeAssistant) -> None:
    shown = {"unit_of_measurement": "gCO2eq/kWh"}
    hass.states.async_set("sensor.now", "250", shown)
    hass.states.async_set("sensor.c", "1", {"forecast": half_hours(0, 4, "intensity")})
    both = around(hass, carbon="sensor.now", carbon_forecast="sensor.c")
    assert len(carbon_forecast(hass, both)) == 4
    assert len(carbon_forecast(hass, around(hass, carbon="sensor.now"))) == 0
    hass.states.async_set("sensor.now", "250", {**shown, "forecast": half_hours(0, 2, "value")})
    assert len(carbon_forecast(hass, around(hass, carbon="sensor.now"))) == 2
    assert len(carbon_forecast(hass, around(hass))) == 0
    assert len(carbon_forecast(hass, around(hass, carbon_forecast="sensor.gone"))) == 0
    assert both.surroundings.tells_carbon
    assert around(hass, carbon_forecast="sensor.c").surroundings.tells_carbon
    assert not around(hass).surroundings.tells_carbon


@pytest.fixture
def entry(hass: HomeAssistant) -> MockConfigEntry:
    """Return a home with a fixed price."""
    home = MockConfigEntry(domain="shems", data={"kind": "home", "name": "Casa"}, options=BEFORE)
    home.add_to_hass(hass)
    return home


async def test_a_forecast_is_looked_at_before_it_is_kept(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    pages = await subentry_flow(hass, entry.entry_id, "carbon")
    measure(hass, "sensor.c", "gCO2eq/kWh")
    await pages.give(carbon_forecast="sensor.c")
    assert pages.result["errors"] == {"carbon_forecast": "carbon_without_forecast"}
    await pages.give(carbon_forecast="sensor.gone")
    assert pages.result["errors"] == {"carbon_forecast": "entity_not_found"}
    hass.states.async_set("sensor.c", "1", {"forecast": half_hours(0, 4, "intensity")})
    await pages.give(carbon_forecast="sensor.c")
    (carbon,) = entry.subentries.values()
    assert carbon.data == {"carbon_forecast": "sensor.c"}


async def test_a_carbon_sensor_that_is_lost_is_told_once(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    hass.states.async_set("sensor.now", "250", {"unit_of_measurement": "gCO2eq/kWh"})
    hass.states.async_set("sensor.c", "1", {"forecast": half_hours(0, 12, "intensity", 80)})
    chosen = {"carbon": "sensor.now", "carbon_forecast": "sensor.c"}
    home = await start(hass, make_entry(PLAIN, **chosen), frozen)
    assert home.data.beliefs is not None
    emitted = home.data.beliefs.carbon_g_per_kwh
    assert emitted is not None
    assert emitted[:10] == pytest.approx(80.0), "the service's forecast"
    assert emitted[-1] == pytest.approx(250.0), "beyond it, what is emitted now"
    assert home.data.problem is None
    hass.states.async_set("sensor.now", "unavailable")
    for _ in range(3):
        await advance(hass, frozen, 300)
        await advance(hass, frozen, 11)
    assert home.data.problem is not None
    assert (home.data.problem.code, home.data.status) == ("carbon_lost", "optimal")
    assert caplog.text.count("carbon_lost {'source': 'sensor.now'}") == 1
    hass.states.async_set("sensor.now", "250", {"unit_of_measurement": "gCO2eq/kWh"})
    await advance(hass, frozen, 300)
    await advance(hass, frozen, 11)
    assert caplog.text.count("carbon_lost is over") == 1
