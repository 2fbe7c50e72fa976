"""The review says what was understood with live values, and names what is missing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.flows import review as reviewing
from custom_components.shems.flows.words import async_words
from custom_components.shems.sources.asleep import SILENT_S
from custom_components.shems.sources.configuration import configuration
from custom_components.shems.sources.found import Note

from .conftest import around, settle
from .flow_pages import WORDS, Pages, measure

RULE = {"factor": 0.0, "fee": 0.3, "vat": 0.0, "windows": []}
MARKET = {"factor": 1.0, "fee": 0.0, "vat": 0.0, "windows": []}
FIXED: dict[str, Any] = {"buy": RULE, "sell": RULE, "price_source": {"type": "fixed"}}


def sub(kind: str, title: str, **data: Any) -> ConfigSubentryData:
    return {"subentry_type": kind, "title": title, "unique_id": None, "data": data}


GRID = sub("connection", "Grid", grid_power=["sensor.grid"])
ROOF = sub("solar", "Roof", power="sensor.sun")
CELLAR = sub(
    "battery",
    "Cellar",
    soc="sensor.soc",
    power="sensor.battery",
    capacity_kwh=10.0,
    charge_kw=5.0,
    discharge_kw=5.0,
)
CAR = sub("vehicle", "Car", power="sensor.car", capacity_kwh=60.0, charge_kw=11.0)


@pytest.fixture(autouse=True)
def _meters(hass: HomeAssistant) -> None:
    hass.config.currency = "EUR"
    for name, watts in (("grid", 1500), ("sun", 800), ("battery", -400), ("car", 0)):
        measure(hass, f"sensor.{name}", "W", watts)
    measure(hass, "sensor.soc", "%", 61)


async def look(
    hass: HomeAssistant,
    *devices: ConfigSubentryData,
    notes: tuple[tuple[str, Note], ...] = (),
    **options: Any,
) -> reviewing.Review:
    entry = MockConfigEntry(
        domain="shems",
        data={"kind": "home", "name": "Casa"},
        options=FIXED | options,
        subentries_data=list(devices or (GRID,)),
    )
    words = await async_words(hass)
    return await reviewing.async_review(hass, configuration(hass, entry), notes, words)


@pytest.mark.parametrize(
    ("watts", "said"),
    [
        (1500, "**Grid**: 1.5 kW bought now"),
        (-700, "**Grid**: 0.7 kW sold now"),
        (10, "**Grid**: nothing flows now"),
    ],
)
async def test_what_flows_at_the_grid(hass: HomeAssistant, watts: int, said: str) -> None:
    measure(hass, "sensor.grid", "W", watts)
    found = await look(hass)
    assert said in found.understood
    assert "**Grid**: up to 17 kW may be bought and 17 kW sold" in found.understood


@pytest.mark.parametrize(
    ("watts", "said"),
    [(-400, "charging with 0.4 kW"), (400, "discharging with 0.4 kW"), (0, "at rest")],
)
async def test_what_the_battery_does(hass: HomeAssistant, watts: int, said: str) -> None:
    measure(hass, "sensor.battery", "W", watts)
    found = await look(hass, GRID, CELLAR)
    line = f"**Cellar**: 61 % charged, {said}, 10 kWh, up to 5 kW in and 5 kW out"
    assert line in found.understood


async def test_a_battery_that_says_nothing_is_named(hass: HomeAssistant) -> None:
    hass.states.async_set("sensor.soc", "unavailable")
    hass.states.async_set("sensor.battery", "unknown")
    found = await look(hass, GRID, CELLAR)
    assert "**Cellar**: 10 kWh, up to 5 kW in and 5 kW out" in found.understood
    said = "\n".join(found.missing)
    assert "soc is unavailable since 2026-06-10" in said
    assert "battery has shown nothing since 2026-06-10" in said
    assert not any("House" in line for line in found.understood)


async def test_the_house_is_measured_or_added_up(hass: HomeAssistant) -> None:
    derived = await look(hass, GRID, ROOF, CELLAR)
    assert "**House**: 1.9 kW now, added up from grid, solar and batteries" in derived.understood
    measure(hass, "sensor.house", "kW", 2.5)
    grid = sub("connection", "Grid", grid_power=["sensor.grid"], load_power="sensor.house")
    assert "**House**: 2.5 kW now" in (await look(hass, grid)).understood


async def test_meters_that_disagree_are_said_to(hass: HomeAssistant) -> None:
    measure(hass, "sensor.grid", "W", -5000)
    assert any("add up to a negative" in line for line in (await look(hass, GRID, ROOF)).missing)
    measure(hass, "sensor.soc", "%", 230)
    found = await look(hass, GRID, CELLAR)
    assert "What sensor.soc shows cannot be." in found.missing


async def test_what_has_not_reported_is_named(
    hass: HomeAssistant, frozen: FrozenDateTimeFactory
) -> None:
    frozen.tick(timedelta(hours=4))
    found = await look(hass)
    assert "sensor.grid has not changed for too long." in found.missing


@pytest.mark.parametrize(
    ("watts", "state_class", "silent"),
    [
        (1500, "measurement", True),
        (0, "measurement", False),
        (0.0, "measurement", False),
        (1500, "total_increasing", False),
    ],
)
async def test_what_rests_may_be_silent_for_long(
    hass: HomeAssistant,
    frozen: FrozenDateTimeFactory,
    watts: float,
    state_class: str,
    silent: bool,
) -> None:
    shown = {"unit_of_measurement": "W", "state_class": state_class}
    hass.states.async_set("sensor.grid", str(watts), shown)
    frozen.tick(SILENT_S + 60)
    said = "\n".join((await look(hass)).missing)
    assert ("grid has not reported since" in said) is silent


async def test_a_grid_that_is_only_counted_says_so(hass: HomeAssistant) -> None:
    measure(hass, "sensor.bought", "kWh", 7)
    grid = sub("connection", "Grid", import_energy=["sensor.bought"])
    assert any("too large to tell a power" in line for line in (await look(hass, grid)).missing)
    measure(hass, "sensor.bought", "kWh", 7.25)
    found = await look(hass, grid)
    assert any(line.startswith("**Grid**: counted by its meters") for line in found.understood)


async def test_entities_that_are_disabled_or_gone_are_told_apart(hass: HomeAssistant) -> None:
    registry = er.async_get(hass)
    for name, by in (("off", er.RegistryEntryDisabler.USER), ("lost", None)):
        registry.async_get_or_create(
            "sensor", "demo", name, suggested_object_id=name, disabled_by=by, original_name=name
        )
    grid = sub("connection", "Grid", grid_power=["sensor.off", "sensor.lost", "sensor.removed"])
    found = await look(hass, grid)
    assert "off is disabled. Enable it in its settings." in found.missing
    assert any(line.startswith("lost is not there") for line in found.missing)


async def test_a_button_that_was_never_pressed_is_not_asleep(hass: HomeAssistant) -> None:
    hass.states.async_set("button.start", "unknown")
    load = sub("appliance", "Washer", power="sensor.car", button="button.start")
    assert not any("button" in line for line in (await look(hass, GRID, load)).missing)


async def test_devices_are_listed_and_what_drives_none_is_said(hass: HomeAssistant) -> None:
    driven = sub("vehicle", "Van", **CAR["data"], switch="switch.van", released="keep")
    hass.states.async_set("switch.van", "off")
    plug = sub("load", "Fridge", power="sensor.car")
    early = sub("vehicle", "Bus", **CAR["data"], power_number="number.not_there_yet")
    found = await look(hass, GRID, CAR, driven, early, plug)
    assert "**Car**: Car, 0.0 kW" in found.understood
    assert "**Consumers**: Fridge" in found.understood
    undriven = [line.partition(" ")[0] for line in found.missing if "driven" in line]
    assert undriven == ["Car"]


async def test_prices_of_a_market_are_told_until_when(hass: HomeAssistant) -> None:
    now = dt_util.utcnow()
    hours = [now.replace(minute=0, second=0) + timedelta(hours=hour) for hour in range(30)]
    prices = [{"time": hour.isoformat(), "price": 0.2} for hour in hours]
    hass.states.async_set(
        "sensor.price",
        "0.2",
        {"unit_of_measurement": "EUR/kWh", "prices": prices, "friendly_name": "Spot"},
    )
    source = {"type": "attributes", "entity": "sensor.price"}
    found = await look(hass, buy=MARKET, sell=RULE, price_source=source)
    (line,) = [each for each in found.understood if "Prices" in each]
    assert line.startswith("**Prices**: Spot, until 2026-06-11 ")
    assert line.endswith("buying 0.200 EUR/kWh and selling 0.300 EUR/kWh now")


async def test_a_price_of_now_alone_is_used_and_said_to_be_little(hass: HomeAssistant) -> None:
    measure(hass, "sensor.price", "EUR/kWh", 0.25)
    source = {"type": "sensor", "entity": "sensor.price"}
    found = await look(hass, buy=MARKET, sell=MARKET, price_source=source)
    (line,) = [each for each in found.understood if "Prices" in each]
    assert ", until 0" in line or ", until 1" in line
    assert any("tells the price of now only" in each for each in found.missing)


async def test_selling_for_nothing_is_asked_about_where_energy_is_sold(
    hass: HomeAssistant,
) -> None:
    free = RULE | {"fee": 0.0}
    sells = sub("connection", "Grid", grid_power=["sensor.grid"], export_energy=["sensor.sold"])
    asked = "Nothing is paid for what you sell"
    assert any(asked in each for each in (await look(hass, sells, sell=free)).missing)
    assert not any(asked in each for each in (await look(hass, sells)).missing)
    assert not any(asked in each for each in (await look(hass, GRID, sell=free)).missing)


async def test_what_selling_brings_is_told_where_it_is_apart(hass: HomeAssistant) -> None:
    measure(hass, "sensor.price", "EUR/kWh", 0.25)
    measure(hass, "sensor.export", "ct/kWh", 8)
    source = {"type": "sensor", "entity": "sensor.price"}
    sells = {"type": "entity", "entity": "sensor.export"}
    found = await look(hass, buy=MARKET, sell=MARKET, price_source=source, sell_source=sells)
    assert any("0.250 EUR/kWh" in each and "0.080 EUR/kWh" in each for each in found.understood)


async def test_prices_that_lack_the_one_of_now_are_missing(hass: HomeAssistant) -> None:
    later = (dt_util.utcnow() + timedelta(hours=3)).isoformat()
    prices = {"prices": [{"time": later, "price": 0.2}], "unit_of_measurement": "EUR/kWh"}
    hass.states.async_set("sensor.price", "1", prices)
    source = {"type": "attributes", "entity": "sensor.price"}
    found = await look(hass, buy=MARKET, sell=MARKET, price_source=source)
    assert any("has no price for now or later" in each for each in found.missing)
    assert not any("nan" in each for each in found.understood)


async def test_prices_that_fail_are_named_with_their_reason(hass: HomeAssistant) -> None:
    source = {"type": "sensor", "entity": "sensor.gone"}
    found = await look(hass, buy=MARKET, sell=MARKET, price_source=source)
    assert any("sensor.gone is unavailable" in each for each in found.missing)


async def test_a_provider_is_named_by_its_entry(hass: HomeAssistant) -> None:
    MockConfigEntry(domain="nordpool", entry_id="np", title="Nord Pool NL").add_to_hass(hass)
    source = {"type": "nordpool", "config_entry": "np"}
    found = await look(hass, buy=MARKET, sell=MARKET, price_source=source)
    assert any("No prices from Nord Pool NL" in each for each in found.missing)


async def test_weather_and_carbon_are_named(hass: HomeAssistant) -> None:
    assert any("no weather service" in each for each in (await look(hass)).missing)
    hass.states.async_set("weather.home", "sunny", {"friendly_name": "Sky"})
    hass.states.async_set("sensor.co2", "200", {"friendly_name": "Carbon meter"})
    found = await look(hass, GRID, *around(carbon="sensor.co2"))
    assert "**Weather**: Sky" in found.understood
    assert "**Carbon**: Carbon meter" in found.understood
    hass.states.async_set("sensor.co2", "unavailable", {"friendly_name": "Carbon meter"})
    found = await look(hass, GRID, *around(carbon="sensor.co2"))
    assert any("Carbon meter is unavailable" in each for each in found.missing)


async def test_who_forecasts_the_sun(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    assert any("forecast learned" in line for line in (await look(hass, GRID, ROOF)).understood)
    hass.states.async_set("sensor.sun", "unavailable")
    found = await look(hass, GRID, ROOF)
    assert any(line.startswith("**Roof**: power not known now") for line in found.understood)
    measure(hass, "sensor.sun", "W", 900)
    MockConfigEntry(domain="forecast_solar", entry_id="sun", title="My sun").add_to_hass(hass)
    roof = sub("solar", "Roof", power="sensor.sun", forecast_entries=["sun", "gone"])
    found = await look(hass, GRID, roof)
    assert "**Roof**: 0.9 kW now" in found.understood
    assert any("My sun gives no solar forecast now" in line for line in found.missing)

    async def forecast(*_: object) -> object:
        return object()

    monkeypatch.setattr(reviewing, "async_solar_forecast", forecast)
    found = await look(hass, GRID, roof)
    assert "**Roof**: 0.9 kW now, forecast from My sun" in found.understood


async def test_every_assumption_is_told(hass: HomeAssistant) -> None:
    notes = (
        ("Cellar", Note("assumed_rated", {"power": "5"})),
        ("Pump", Note("assumed_most", {"power": "2"})),
        ("Car", Note("assumed_car")),
    )
    found = await look(hass, notes=notes)
    told = [line for line in found.understood if line.startswith(("**Ce", "**Pu", "**Ca"))]
    assert len(told) == 3
    assert any("5 kW in and out is assumed" in line for line in told)


async def test_a_home_without_a_lack_says_so(hass: HomeAssistant) -> None:
    hass.states.async_set("weather.home", "sunny")
    measure(hass, "sensor.bought", "kWh", 7.25)
    found = await look(hass, sub("connection", "Grid", import_energy=["sensor.bought"]))
    assert found.missing == ()
    words = await async_words(hass)
    assert found.placeholders(words)["missing"] == "Nothing."


async def test_the_review_of_a_home_that_runs(
    hass: HomeAssistant, entry: MockConfigEntry, home: object, meters: Callable[..., None]
) -> None:
    meters()
    await settle(hass)
    pages = Pages(hass.config_entries.options, WORDS["options"])
    await pages.begin(entry.entry_id, {"source": "user"})
    await pages.choose("review")
    assert "**Grid**" in pages.said
    await pages.choose("init")
    assert pages.result["step_id"] == "init"


async def test_the_review_of_a_home_that_cannot_be(hass: HomeAssistant) -> None:
    entry = MockConfigEntry(domain="shems", data={"kind": "home", "name": "Casa"}, options=FIXED)
    entry.add_to_hass(hass)
    pages = Pages(hass.config_entries.options, WORDS["options"])
    await pages.begin(entry.entry_id, {"source": "user"})
    await pages.choose("review")
    assert "grid connection" in pages.said
