"""A home is set up, from the Energy dashboard or by hand, and renamed."""

from collections.abc import Generator
from datetime import timedelta
from typing import Any
from unittest.mock import AsyncMock, patch

import pytest
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from .flow_pages import WORDS, Pages, config_flow, measure, subentry_flow
from .found_devices import Hardware


@pytest.fixture(autouse=True)
def setup_entry() -> Generator[AsyncMock]:
    """Set nothing up: the flow is looked at alone."""
    with patch("custom_components.shems.async_setup_entry", return_value=True) as mock:
        yield mock


@pytest.fixture
def meters(hass: HomeAssistant) -> None:
    powers = {"grid": 1200, "sun": 800, "battery": 300, "in": 1200}
    for name in ("grid", "in", "out", "sun", "sun2", "battery", "plug", "house"):
        measure(hass, f"sensor.{name}", "W", powers.get(name, 1))
    for name in ("bought", "sold", "produced", "charged", "discharged", "used"):
        measure(hass, f"sensor.{name}", "kWh")
    measure(hass, "sensor.soc", "%", 61)
    measure(hass, "sensor.price", "EUR/kWh", 0.25)


LIMITS = {"limits": {"import_limit_kw": 17.0, "export_limit_kw": 17.0}}
BATTERY_NUMBERS: dict[str, Any] = {
    "capacity_kwh": 10.0,
    "charge_kw": 5.0,
    "discharge_kw": 5.0,
    "details": {
        "charge_efficiency": 95.0,
        "discharge_efficiency": 95.0,
        "min_soc": 0.0,
        "max_soc": 100.0,
        "reserve_soc": 10.0,
        "wear_per_kwh": 0.01,
        "may_charge_from_grid": True,
        "may_discharge_to_grid": True,
    },
}


def dashboard(hass: HomeAssistant, storage: dict[str, Any], **data: Any) -> None:
    """Let the household have set up the Energy dashboard."""
    hass.config.components.add("energy")
    storage["energy"] = {
        "version": 1,
        "minor_version": 3,
        "key": "energy",
        "data": {"energy_sources": [], "device_consumption": [], **data},
    }


def grid(**data: Any) -> dict[str, Any]:
    return {
        "type": "grid",
        "stat_energy_from": "sensor.bought",
        "stat_energy_to": "sensor.sold",
        "stat_cost": None,
        "entity_energy_price": None,
        "number_energy_price": None,
        "stat_compensation": None,
        "entity_energy_price_export": None,
        "number_energy_price_export": None,
        "cost_adjustment_day": 0.0,
        **data,
    }


def labels(pages: Pages, field: str) -> list[str]:
    """Return what a field offers."""
    options = pages.result["data_schema"].schema[field].config["options"]
    return [str(each["label"]) for each in options]


FULL_HOME: dict[str, Any] = {
    "energy_sources": [
        grid(stat_rate="sensor.grid", number_energy_price=0.31, number_energy_price_export=0.07),
        {
            "type": "solar",
            "stat_energy_from": "sensor.produced",
            "stat_rate": "sensor.sun",
            "config_entry_solar_forecast": ["forecast"],
            "name": "Roof",
        },
        {
            "type": "battery",
            "stat_energy_from": "sensor.discharged",
            "stat_energy_to": "sensor.charged",
            "stat_rate": "sensor.battery",
            "stat_soc": "sensor.soc",
            "capacity": 9.6,
            "name": "Cellar",
        },
        {"type": "gas", "stat_energy_from": "sensor.gas"},
    ],
    "device_consumption": [
        {"stat_consumption": "sensor.used", "stat_rate": "sensor.plug", "name": "Dishwasher"},
        {
            "stat_consumption": "sensor.part",
            "stat_rate": "sensor.house",
            "name": "Pump",
            "included_in_stat": "sensor.used",
        },
    ],
}


async def test_a_home_that_is_known_needs_four_presses(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    meters: None,
    setup_entry: AsyncMock,
) -> None:
    dashboard(hass, hass_storage, **FULL_HOME)
    MockConfigEntry(domain="forecast_solar", entry_id="forecast", title="Sun").add_to_hass(hass)
    measure(hass, "sensor.part", "kWh")
    pages = await config_flow(hass)
    assert pages.result["menu_options"] == ["home", "simulated", "community"]
    await pages.choose("home")

    assert pages.result["step_id"] == "devices"
    assert labels(pages, "include") == [
        "Roof (Solar)",
        "Cellar (Battery)",
        "Dishwasher (Consumer)",
        "Pump (Consumer)",
    ]
    assert labels(pages, "check") == [
        "Grid (Grid connection)",
        *labels(pages, "include"),
        "Prices and contract",
    ]
    assert pages.suggested == {"name": "My home", "include": ["1", "2", "3"]}
    assert "Nothing more is needed" in pages.said
    await pages.give(name="Casa", include=["1", "2", "3"], check=[])

    assert pages.result["step_id"] == "review"
    for said in (
        "**Grid**: 1.2 kW bought now",
        "**House**: 2.3 kW now, added up from grid, solar and batteries",
        "**Cellar**: 61 % charged, discharging with 0.3 kW, 9.6 kWh, up to 4.8 kW in and",
        "**Roof**: 0.8 kW now",
        "**Consumers**: Dishwasher",
        "**Prices**: Fixed price, buying 0.310 EUR/kWh, selling 0.070 EUR/kWh",
        "**Cellar**: 4.8 kW in and out is assumed",
        "Grid: whether grid has the right sign could not be checked",
        "Cellar cannot be driven yet",
        "Sun gives no solar forecast now",
        "There is no weather service",
    ):
        assert said in pages.said, pages.said
    await pages.again()
    assert pages.result["step_id"] == "review"
    await pages.choose("finish")

    assert pages.result["type"] is FlowResultType.CREATE_ENTRY
    entry = pages.result["result"]
    assert entry.title == "Casa"
    assert entry.data == {"kind": "home", "name": "Casa"}
    assert entry.options == {
        "currency": "EUR",
        "price_source": {"type": "fixed"},
        "buy": {"factor": 0.0, "fee": 0.31, "vat": 0.0, "windows": []},
        "sell": {"factor": 0.0, "fee": 0.07, "vat": 0.0, "windows": []},
    }
    assert {
        (each.subentry_type, each.title, each.unique_id) for each in entry.subentries.values()
    } == {
        ("connection", "Grid", "connection"),
        ("solar", "Roof", None),
        ("battery", "Cellar", None),
        ("load", "Dishwasher", None),
    }
    found = {each.subentry_type: each.data for each in entry.subentries.values()}
    assert found["load"] == {"power": "sensor.plug", "energy": "sensor.used"}
    assert found["connection"]["grid_power"] == ["sensor.grid"]
    assert found["connection"]["import_limit_kw"] == 17.0
    assert "limits" not in found["connection"]
    assert found["battery"]["charge_kw"] == 4.8, "half its capacity an hour"
    assert found["solar"]["forecast_entries"] == ["forecast"]
    setup_entry.assert_awaited_once()
    assert entry.state is ConfigEntryState.LOADED


async def test_every_page_can_be_looked_at(
    hass: HomeAssistant, hass_storage: dict[str, Any], meters: None
) -> None:
    dashboard(hass, hass_storage, **FULL_HOME)
    pages = await config_flow(hass)
    await pages.choose("home")
    await pages.give(name="Casa", include=["1"], check=["grid", "1", "2"])
    assert pages.result["step_id"] == "connection"
    assert pages.result["last_step"] is False
    assert pages.suggested["grid_power"] == ["sensor.grid"]
    assert pages.suggested["import_energy"] == ["sensor.bought"]
    assert pages.suggested["export_energy"] == ["sensor.sold"]
    await pages.again()
    assert pages.suggested["name"] == "Grid"
    await pages.give(name="Meter", grid_power=["sensor.gone"], grid_power_inverted=False, **LIMITS)
    assert pages.result["errors"] == {"grid_power": "entity_not_found"}
    await pages.give(name="Meter", grid_power=["sensor.grid"], grid_power_inverted=False, **LIMITS)
    assert pages.result["step_id"] == "solar", "a device that is left out has no page"
    known = {"name": "Roof", "power": "sensor.sun", "energy": "sensor.produced"}
    assert known.items() <= pages.suggested.items()
    await pages.give(name="Roof", power="sensor.sun2")
    assert pages.result["step_id"] == "review"

    await pages.choose("change")
    assert labels(pages, "check") == [
        "Meter (Grid connection)",
        "Roof (Solar)",
        "Prices and contract",
    ]
    await pages.give(check=[])
    assert pages.result["step_id"] == "review"
    await pages.choose("change")
    await pages.give(check=["prices"])
    assert pages.result["step_id"] == "price_source"
    assert pages.suggested == {"source": "fixed"}
    await pages.give(source="fixed")
    assert pages.suggested["buy_fee"] == 0.31
    assert pages.suggested["sell_fee"] == 0.07
    await pages.give(buy_fee=0.32, sell_fee=0.07)
    await pages.choose("finish")
    entry = pages.result["result"]
    assert entry.options["buy"]["fee"] == 0.32
    found = {each.title: each.data for each in entry.subentries.values()}
    assert set(found) == {"Meter", "Roof"}
    assert found["Roof"]["power"] == "sensor.sun2"
    assert "energy" not in found["Roof"], "what was emptied stays empty"


async def test_what_was_looked_at_is_no_longer_assumed(
    hass: HomeAssistant, hass_storage: dict[str, Any], meters: None
) -> None:
    dashboard(hass, hass_storage, **FULL_HOME)
    pages = await config_flow(hass)
    await pages.choose("home")
    await pages.give(name="Casa", include=["2"], check=[])
    assert "4.8 kW in and out is assumed" in pages.said
    await pages.choose("change")
    await pages.give(check=["2"])
    shown = {key: each for key, each in pages.suggested.items() if key in ("soc", "power")}
    await pages.give(
        name="Cellar", power_inverted=False, control="none", **shown, **BATTERY_NUMBERS
    )
    assert pages.result["step_id"] == "review"
    assert "is assumed" not in pages.said


async def test_what_lacks_something_is_looked_at_in_any_case(
    hass: HomeAssistant, hass_storage: dict[str, Any], meters: None
) -> None:
    """A consumer without a power sensor, and one whose device has just one."""
    config_entry = MockConfigEntry(domain="demo")
    config_entry.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=config_entry.entry_id, identifiers={("demo", "1")}, name="Inverter"
    )
    registry = er.async_get(hass)
    for name, device_class in (
        ("energy_total", "energy"),
        ("power_now", "power"),
        ("level", "battery"),
    ):
        registry.async_get_or_create(
            "sensor",
            "demo",
            name,
            suggested_object_id=name,
            device_id=device.id,
            config_entry=config_entry,
            original_device_class=device_class,
            unit_of_measurement={"energy": "kWh", "power": "W", "battery": "%"}[device_class],
        )
    dashboard(
        hass,
        hass_storage,
        energy_sources=[
            grid(stat_energy_to=None),
            {
                "type": "battery",
                "stat_energy_from": "sensor.energy_total",
                "stat_energy_to": "sensor.charged",
            },
            {"type": "solar", "stat_energy_from": "demo:external", "stat_rate": "demo:power"},
        ],
        device_consumption=[
            {"stat_consumption": "sensor.energy_total"},
            {"stat_consumption": "sensor.used"},
        ],
    )
    pages = await config_flow(hass)
    await pages.choose("home")
    assert labels(pages, "include") == [
        "demo:external (Solar)",
        "Inverter (Battery)",
        "sensor.energy_total (Consumer)",
        "used (Consumer)",
    ]
    assert (
        "you are asked about: demo:external (Solar), Inverter (Battery), Prices and contract."
        in pages.said
    )
    await pages.give(name="Casa", include=["1", "2", "3", "4"], check=[])
    chosen = {key: each for key, each in pages.suggested.items() if each}
    assert chosen == {"name": "demo:external", "energy": "demo:external"}
    await pages.give(name="Roof", power="sensor.sun", energy="demo:external")
    assert pages.result["step_id"] == "battery"
    assert pages.suggested["name"] == "Inverter"
    assert pages.suggested["soc"] == "sensor.level"
    assert pages.suggested["power"] == "sensor.power_now"
    await pages.give(
        name="Inverter",
        soc="sensor.level",
        power="sensor.power_now",
        power_inverted=False,
        control="none",
        **BATTERY_NUMBERS,
    )
    await pages.give(source="fixed")
    await pages.give(buy_fee=0.3, sell_fee=0.0)
    assert "demo:external" not in pages.said
    assert "power_now is not there: its integration" in pages.said.replace("sensor.", "")
    await pages.choose("finish")
    entry = pages.result["result"]
    loads = {each.title: dict(each.data) for each in entry.get_subentries_of_type("load")}
    assert loads == {
        "sensor.energy_total": {"power": "sensor.power_now", "energy": "sensor.energy_total"},
        "used": {"energy": "sensor.used"},
    }


@pytest.mark.parametrize("sources", [None, {}])
async def test_by_hand_where_the_dashboard_is_empty_or_absent(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    meters: None,
    sources: dict[str, Any] | None,
) -> None:
    if sources is not None:
        dashboard(hass, hass_storage, **sources)
    pages = await config_flow(hass)
    await pages.choose("home")
    assert pages.result["step_id"] == "no_energy"
    await pages.again()
    assert pages.result["step_id"] == "no_energy"
    await pages.choose("home")
    assert pages.result["step_id"] == "no_energy", "looking again finds nothing yet"
    await pages.choose("manual")
    await pages.give(name=" ")
    assert pages.result["errors"] == {"name": "name_empty"}
    await pages.give(name="Casa")
    await pages.give(name="Grid", grid_power=["sensor.grid"], grid_power_inverted=True, **LIMITS)
    await pages.give(source="fixed")
    await pages.give(buy_fee=0.3, sell_fee=0.1)
    await pages.choose("finish")
    entry = pages.result["result"]
    (connection,) = entry.subentries.values()
    assert connection.data["grid_power"] == ["sensor.grid"]
    assert connection.data["grid_power_inverted"] is True


async def test_an_energy_integration_without_preferences(hass: HomeAssistant) -> None:
    hass.config.components.add("energy")
    pages = await config_flow(hass)
    await pages.choose("home")
    assert pages.result["step_id"] == "no_energy"


async def connection_page(hass: HomeAssistant) -> Pages:
    pages = await config_flow(hass)
    await pages.choose("home")
    await pages.choose("manual")
    await pages.give(name="Casa")
    return pages


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({}, {"grid_power": "grid_missing"}),
        ({"grid_power": ["sensor.gone"]}, {"grid_power": "entity_not_found"}),
        ({"grid_power": ["sensor.bought"]}, {"grid_power": "not_power"}),
        (
            {"grid_power": ["sensor.grid"], "import_energy": ["sensor.grid"]},
            {"import_energy": "not_energy"},
        ),
        (
            {"grid_power": ["sensor.grid"], "export_power": ["sensor.out"]},
            {"grid_power": "grid_twice"},
        ),
        (
            {"import_power": ["sensor.in"], "export_power": ["sensor.in"]},
            {"export_power": "same_entity"},
        ),
        (
            {"grid_power": ["sensor.grid"], "load_power": "sensor.soc"},
            {"load_power": "not_power"},
        ),
    ],
)
async def test_what_cannot_be_a_meter_is_said_and_kept(
    hass: HomeAssistant, meters: None, given: dict[str, Any], errors: dict[str, str]
) -> None:
    pages = await connection_page(hass)
    await pages.give(name="Meter", grid_power_inverted=False, **given, **LIMITS)
    assert pages.result["step_id"] == "connection"
    assert pages.result["errors"] == errors
    assert pages.suggested["name"] == "Meter"
    for key, value in given.items():
        assert pages.suggested[key] == value
    kept = {"name": "Meter", "grid_power": ["sensor.grid"], "grid_power_inverted": False}
    await pages.give(**kept, import_energy=["demo:external"], **LIMITS)
    assert pages.result["step_id"] == "price_source"


async def test_a_meter_that_is_unavailable_keeps_its_unit(hass: HomeAssistant) -> None:
    er.async_get(hass).async_get_or_create(
        "sensor", "demo", "grid", suggested_object_id="grid", unit_of_measurement="W"
    )
    pages = await connection_page(hass)
    await pages.give(name="Meter", grid_power=["sensor.grid"], grid_power_inverted=False, **LIMITS)
    assert pages.result["step_id"] == "price_source"


async def test_a_proposal_that_cannot_be_is_looked_at(
    hass: HomeAssistant, hass_storage: dict[str, Any], meters: None
) -> None:
    """A power sensor that has no unit of power."""
    config_entry = MockConfigEntry(domain="demo")
    config_entry.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=config_entry.entry_id, identifiers={("demo", "1")}
    )
    er.async_get(hass).async_get_or_create(
        "sensor",
        "demo",
        "roof",
        suggested_object_id="roof",
        device_id=device.id,
        config_entry=config_entry,
    )
    solar = {"type": "solar", "stat_energy_from": "sensor.roof", "stat_rate": "sensor.sun"}
    used = {"stat_consumption": "sensor.used", "stat_rate": "sensor.soc"}
    dashboard(
        hass,
        hass_storage,
        energy_sources=[grid(stat_rate="sensor.grid"), solar],
        device_consumption=[used],
    )
    pages = await config_flow(hass)
    await pages.choose("home")
    assert labels(pages, "include") == ["Mock Title (Solar)", "used (Consumer)"]
    await pages.give(name="Casa", include=["2"], check=[])
    assert pages.result["step_id"] == "load"
    assert pages.suggested["power"] == "sensor.soc"


async def test_a_whole_home_meter_of_the_dashboard_is_the_load(
    hass: HomeAssistant, hass_storage: dict[str, Any], meters: None
) -> None:
    dashboard(
        hass,
        hass_storage,
        energy_sources=[
            grid(stat_rate="sensor.grid"),
            {"type": "home", "stat_energy_to": "sensor.used", "stat_rate": "sensor.house"},
        ],
    )
    pages = await config_flow(hass)
    await pages.choose("home")
    await pages.give(name="Casa", include=[], check=["grid"])
    assert pages.suggested["load_power"] == "sensor.house"
    await pages.give(
        name="Grid",
        grid_power=["sensor.grid"],
        grid_power_inverted=False,
        load_power="sensor.house",
        **LIMITS,
    )
    await pages.give(source="fixed")
    await pages.give(buy_fee=0.3, sell_fee=0.0)
    assert "**House**: 0.0 kW now" in pages.said


async def test_a_simulated_home(hass: HomeAssistant, setup_entry: AsyncMock) -> None:
    MockConfigEntry(domain="shems", data={"kind": "home", "name": "Casa"}).add_to_hass(hass)
    pages = await config_flow(hass)
    await pages.choose("simulated")
    assert pages.suggested == {"name": "Simulated home", "size": "simple", "seed": 1}
    await pages.give(name="Casa", size="complete", seed=7)
    assert pages.result["errors"] == {"name": "name_taken"}
    assert pages.suggested == {"name": "Casa", "size": "complete", "seed": 7}, "not lost"
    await pages.give(name="Toy", size="complete", seed=7)
    entry = pages.result["result"]
    assert entry.data == {"kind": "simulated", "name": "Toy", "size": "complete", "seed": 7}
    assert entry.title == "Toy"
    assert entry.subentries == {}


async def test_names_are_not_given_twice(
    hass: HomeAssistant, hass_storage: dict[str, Any], meters: None
) -> None:
    MockConfigEntry(domain="shems", data={"kind": "home", "name": "Casa"}).add_to_hass(hass)
    dashboard(hass, hass_storage, energy_sources=[grid(stat_rate="sensor.grid")])
    pages = await config_flow(hass)
    await pages.choose("home")
    await pages.give(name="Casa", include=[], check=[])
    assert pages.result["errors"] == {"name": "name_taken"}
    await pages.give(name="Other", include=[], check=["grid"])
    assert pages.result["step_id"] == "connection"


async def test_a_home_is_renamed(hass: HomeAssistant) -> None:
    entry = MockConfigEntry(domain="shems", title="Casa", data={"kind": "home", "name": "Casa"})
    entry.add_to_hass(hass)
    MockConfigEntry(domain="shems", data={"kind": "home", "name": "Other"}).add_to_hass(hass)
    pages = Pages(hass.config_entries.flow, WORDS["config"])
    await pages.begin("shems", {"source": "reconfigure", "entry_id": entry.entry_id})
    assert pages.suggested == {"name": "Casa"}
    await pages.give(name="Other")
    assert pages.result["errors"] == {"name": "name_taken"}
    await pages.give(name="Villa")
    assert pages.result["reason"] == "reconfigure_successful"
    assert (entry.title, entry.data["name"]) == ("Villa", "Villa")


async def test_what_was_left_out_is_offered_later(
    hass: HomeAssistant, hass_storage: dict[str, Any], meters: None
) -> None:
    dashboard(hass, hass_storage, **FULL_HOME)
    pages = await config_flow(hass)
    await pages.choose("home")
    await pages.give(name="Casa", include=["1"], check=[])
    await pages.choose("finish")
    entry_id = pages.result["result"].entry_id
    pages = await subentry_flow(hass, entry_id, "battery")
    assert labels(pages, "hardware") == ["Cellar"]
    await pages.give(hardware="0")
    assert pages.suggested["name"] == "Cellar"
    assert pages.suggested["soc"] == "sensor.soc"
    assert pages.suggested["capacity_kwh"] == 9.6
    pages = await subentry_flow(hass, entry_id, "solar")
    assert pages.result["step_id"] == "solar", "the only roof is there already"


async def test_a_market_price_asks_for_fees_and_nothing_else(
    hass: HomeAssistant, hass_storage: dict[str, Any], meters: None
) -> None:
    """With that page there are six presses: SHEMS, my home, three pages and Finish."""
    hours = [dt_util.utcnow() + timedelta(hours=hour) for hour in range(-1, 20)]
    prices = [{"time": hour.isoformat(), "price": 0.1} for hour in hours]
    hass.states.async_set(
        "sensor.market", "0.1", {"unit_of_measurement": "EUR/kWh", "prices": prices}
    )
    full = {**FULL_HOME, "energy_sources": [grid(stat_rate="sensor.grid")]}
    dashboard(hass, hass_storage, **full)
    pages = await config_flow(hass)
    await pages.choose("home")
    assert "you are asked about: Prices and contract." in pages.said
    await pages.give(name="Casa", include=["1"], check=[])
    assert pages.result["step_id"] == "tariff_market"
    await pages.give(
        buy_factor=1.0,
        buy_fee=0.15,
        buy_vat=21.0,
        selling={"sell_factor": 1.0, "sell_fee": 0.0, "sell_vat": 0.0},
    )
    assert "buying 0.302 EUR/kWh and selling 0.100 EUR/kWh now" in pages.said
    await pages.choose("finish")
    assert pages.result["result"].options["price_source"]["entity"] == "sensor.market"


async def test_what_another_home_drives_is_only_measured(
    hass: HomeAssistant, hass_storage: dict[str, Any], meters: None
) -> None:
    device = Hardware(hass, "Inverter")
    counted = device.meter("discharged_total")
    modes = ["Self consumption", "Force charge", "Force discharge", "Hold"]
    device.has("select.mode", None, "Hold", options=modes)
    stored = {
        "type": "battery",
        "stat_energy_from": counted,
        "stat_energy_to": "sensor.charged",
        "stat_rate": "sensor.battery",
        "stat_soc": "sensor.soc",
        "capacity": 9.6,
    }
    source = grid(stat_rate="sensor.grid", number_energy_price=0.3)
    dashboard(hass, hass_storage, energy_sources=[source, stored])
    controls = []
    for name in ("First", "Second"):
        pages = await config_flow(hass)
        await pages.choose("home")
        await pages.give(name=name, include=["1"], check=[])
        await pages.choose("finish")
        (battery,) = pages.result["result"].get_subentries_of_type("battery")
        controls.append((battery.data["control"], battery.data.get("mode_select")))
    assert controls == [("select", "select.mode"), ("none", None)]


async def test_two_devices_that_are_entered_in_one_go_drive_no_entity_together(
    hass: HomeAssistant, hass_storage: dict[str, Any], meters: None
) -> None:
    dashboard(hass, hass_storage, **FULL_HOME)
    hass.states.async_set("switch.socket", "off")
    pages = await config_flow(hass)
    await pages.choose("home")
    await pages.give(name="Casa", include=["3", "4"], check=["3", "4"])
    assert pages.result["step_id"] == "load"
    await pages.give(name="Dishwasher", power="sensor.plug", switch="switch.socket")
    assert pages.result["step_id"] == "load"
    await pages.give(name="Pump", power="sensor.plug", switch="switch.socket")
    assert pages.result["errors"] == {"base": "driven_already"}
    assert pages.result["description_placeholders"]["device"] == "Dishwasher"
    await pages.give(name="Pump", power="sensor.plug")
    assert pages.result["step_id"] == "review"
