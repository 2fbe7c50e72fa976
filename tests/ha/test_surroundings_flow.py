"""Weather, presence and carbon are subentries of the home, one of each at most."""

from collections.abc import Generator
from typing import Any
from unittest.mock import patch

import pytest
from homeassistant.components.weather.const import WeatherEntityFeature
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.flows.around import FORMS
from custom_components.shems.sources.surroundings import SURROUNDINGS, Surroundings, title_of

from .flow_pages import WORDS, Pages, check_words, config_flow, measure, subentry_flow


@pytest.fixture(autouse=True)
def _alone() -> Generator[None]:
    """Set nothing up: the flows are looked at alone."""
    with patch("custom_components.shems.async_setup_entry", return_value=True):
        yield


@pytest.fixture
def entry(hass: HomeAssistant) -> MockConfigEntry:
    """Return a home that nothing surrounds yet."""
    home = MockConfigEntry(domain="shems", data={"kind": "home", "name": "Casa"}, options={})
    home.add_to_hass(hass)
    return home


async def reconfigure(hass: HomeAssistant, entry: MockConfigEntry, kind: str) -> Pages:
    """Begin to change what there is of a kind."""
    (subentry,) = entry.get_subentries_of_type(kind)
    pages = Pages(hass.config_entries.subentries, WORDS["config_subentries"][kind])
    context = {"source": "reconfigure", "subentry_id": subentry.subentry_id}
    await pages.begin((entry.entry_id, kind), context)
    return pages


def around(entry: MockConfigEntry) -> Surroundings:
    """Return what surrounds a home."""
    return Surroundings.of((each.subentry_type, each.data) for each in entry.subentries.values())


WRONG: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "weather": (
        {"weather": "weather.gone", "temperature": "sensor.power"},
        {"weather": "entity_not_found", "temperature": "not_temperature"},
    ),
    "presence": ({"presence": "person.gone"}, {"presence": "entity_not_found"}),
    "carbon": ({"carbon": "sensor.power"}, {"carbon": "not_carbon"}),
}
RIGHT: dict[str, dict[str, Any]] = {
    "weather": {"weather": "weather.home", "temperature": "sensor.outdoor"},
    "presence": {"presence": "person.ann"},
    "carbon": {"carbon": "sensor.carbon"},
}


@pytest.fixture
def things(hass: HomeAssistant) -> None:
    """Have what can be chosen."""
    hass.states.async_set("weather.home", "sunny", {"friendly_name": "Forecast Home"})
    hass.states.async_set("person.ann", "home", {"friendly_name": "Ann"})
    measure(hass, "sensor.outdoor", "°F")
    measure(hass, "sensor.power", "W")
    measure(hass, "sensor.carbon", "gCO2eq/kWh")


@pytest.mark.parametrize(("kind", "title"), [("weather", "Forecast Home"), ("presence", "Ann")])
async def test_it_is_added_once_and_called_as_what_it_names(
    hass: HomeAssistant, entry: MockConfigEntry, things: None, kind: str, title: str
) -> None:
    pages = await subentry_flow(hass, entry.entry_id, kind)
    await pages.give(**WRONG[kind][0])
    assert pages.result["errors"] == WRONG[kind][1]
    assert pages.suggested.items() >= WRONG[kind][0].items(), "input is not lost"
    await pages.give(**RIGHT[kind])
    assert pages.result["type"] is FlowResultType.CREATE_ENTRY
    (subentry,) = entry.subentries.values()
    assert (subentry.title, subentry.unique_id, dict(subentry.data)) == (title, kind, RIGHT[kind])
    again = await subentry_flow(hass, entry.entry_id, kind)
    assert again.result["reason"] == f"single_{kind}"


async def test_all_of_them_together_surround_the_home(
    hass: HomeAssistant, entry: MockConfigEntry, things: None
) -> None:
    for kind, data in RIGHT.items():
        await (await subentry_flow(hass, entry.entry_id, kind)).give(**data)
    assert around(entry) == Surroundings(
        "weather.home", "sensor.outdoor", "person.ann", "sensor.carbon"
    )
    assert around(entry).tells_carbon


async def test_it_is_changed_and_not_emptied(
    hass: HomeAssistant, entry: MockConfigEntry, things: None
) -> None:
    await (await subentry_flow(hass, entry.entry_id, "weather")).give(**RIGHT["weather"])
    pages = await reconfigure(hass, entry, "weather")
    assert pages.suggested == RIGHT["weather"]
    await pages.again()
    await pages.give()
    assert pages.result["errors"] == {"base": "nothing_chosen"}
    await pages.give(temperature="sensor.outdoor")
    assert pages.result["reason"] == "reconfigure_successful"
    (subentry,) = entry.subentries.values()
    assert (subentry.title, dict(subentry.data)) == ("outdoor", {"temperature": "sensor.outdoor"})


@pytest.mark.parametrize("given", [{}, {"carbon": "sensor.power"}])
async def test_carbon_without_a_sensor_is_refused(
    hass: HomeAssistant, entry: MockConfigEntry, things: None, given: dict[str, str]
) -> None:
    pages = await subentry_flow(hass, entry.entry_id, "carbon")
    await pages.give(**given)
    assert pages.result["type"] is FlowResultType.FORM
    assert pages.result["errors"] == (WRONG["carbon"][1] if given else {"base": "nothing_chosen"})
    await pages.give(**RIGHT["carbon"])
    assert around(entry).carbon == "sensor.carbon"


async def test_what_is_found_is_filled_in(
    hass: HomeAssistant, entry: MockConfigEntry, things: None
) -> None:
    hourly = {"supported_features": WeatherEntityFeature.FORECAST_HOURLY}
    hass.states.async_set("weather.finer", "sunny", hourly)
    pages = await subentry_flow(hass, entry.entry_id, "weather")
    assert pages.suggested["weather"] == "weather.finer"
    pages = await subentry_flow(hass, entry.entry_id, "carbon")
    assert pages.suggested["carbon"] == "sensor.carbon"
    pages = await subentry_flow(hass, entry.entry_id, "presence")
    assert pages.suggested == {}


async def test_what_is_found_at_set_up_is_part_of_the_home(
    hass: HomeAssistant, things: None
) -> None:
    measure(hass, "sensor.grid", "W", 500)
    pages = await config_flow(hass)
    await pages.choose("home")
    await pages.choose("manual")
    await pages.give(name="Casa")
    limits: dict[str, Any] = {"import_limit_kw": 17.0, "export_limit_kw": 17.0}
    await pages.give(
        name="Grid", grid_power=["sensor.grid"], grid_power_inverted=False, limits=limits
    )
    await pages.give(source="fixed")
    await pages.give(buy_fee=0.3, sell_fee=0.0)
    assert "Forecast Home" in pages.said
    await pages.choose("change")
    labels = [
        each["label"] for each in pages.result["data_schema"].schema["check"].config["options"]
    ]
    assert labels == [
        "Grid (Grid connection)",
        "Forecast Home (Weather)",
        "carbon (Carbon intensity)",
        "Prices and contract",
    ]
    await pages.give(check=["weather"])
    assert pages.suggested["weather"] == "weather.home"
    await pages.again()
    await pages.give(weather="weather.home", temperature="sensor.outdoor")
    await pages.choose("finish")
    entry = pages.result["result"]
    assert around(entry) == Surroundings("weather.home", "sensor.outdoor", carbon="sensor.carbon")
    (weather,) = entry.get_subentries_of_type("weather")
    assert (weather.title, weather.unique_id) == ("Forecast Home", "weather")
    assert set(entry.options) == {"currency", "price_source", "buy", "sell"}


def test_what_has_no_state_yet_is_called_as_it_is_registered(hass: HomeAssistant) -> None:
    registry = er.async_get(hass)
    registry.async_get_or_create(
        "weather", "met", "1", suggested_object_id="home", original_name="Forecast"
    )
    assert title_of(hass, "weather", {"weather": "weather.home"}) == "Forecast"
    assert title_of(hass, "presence", {"presence": "person.gone"}) == "person.gone"


@pytest.mark.parametrize("kind", SURROUNDINGS)
def test_every_field_is_worded(hass: HomeAssistant, kind: str) -> None:
    schema = FORMS[kind].schema(hass, {})
    assert {str(each) for each in schema.schema} == set(SURROUNDINGS[kind])
    own = WORDS["config_subentries"][kind]
    check_words(own["step"][kind], schema, whole=True)
    assert WORDS["config"]["step"].get(kind) in (own["step"][kind], None)
