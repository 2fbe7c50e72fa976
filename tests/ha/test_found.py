"""What is proposed of a home: its sensors told apart by what they are, or left open."""

from typing import Any

import pytest
from homeassistant.components.weather.const import WeatherEntityFeature
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems import presets
from custom_components.shems.sources.found import preferences
from custom_components.shems.sources.found.powers import BATTERY, GRID, SOLAR, Powers, powers
from custom_components.shems.sources.found.proposal import Proposal
from custom_components.shems.sources.found.surroundings import forecasts, surroundings

from .flow_pages import measure
from .found_devices import Hardware

ALL_MODES = ["Self consumption", "Force charge", "Force discharge", "Hold"]


def grid(**more: Any) -> dict[str, Any]:
    return {"type": "grid", "stat_energy_from": "sensor.bought", "stat_energy_to": None, **more}


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["active_power"], Powers(both="sensor.active_power")),
        (["power_import"], Powers(gives="sensor.power_import")),
        (
            ["active_power", "active_power_l1", "active_power_l2", "apparent_power"],
            Powers(both="sensor.active_power"),
        ),
        (
            ["power_consumption", "power_production"],
            Powers(gives="sensor.power_consumption", takes="sensor.power_production"),
        ),
        (
            ["power", "power_production", "power_average"],
            Powers(gives="sensor.power", takes="sensor.power_production"),
        ),
        (
            ["grid_power", "grid_power_import", "grid_power_export", "pv_power", "battery_power"],
            Powers(both="sensor.grid_power"),
        ),
        (["something_power", "other_power"], Powers()),
        (["pv_power", "battery_power"], Powers()),
        ([], Powers()),
    ],
)
def test_the_power_at_the_grid_is_told_by_its_name(
    hass: HomeAssistant, names: list[str], found: Powers
) -> None:
    device = Hardware(hass, "Meter")
    meter = device.meter("bought")
    for name in names:
        device.power(name)
    device.has("sensor.frequency", "Hz", 50)
    assert powers(hass, meter, GRID) == found


@pytest.mark.parametrize(
    ("quantity", "names", "found"),
    [
        (
            BATTERY,
            ["battery_charge_discharge_power", "battery_max_charge_power", "inverter_power"],
            Powers(both="sensor.battery_charge_discharge_power"),
        ),
        (
            BATTERY,
            ["battery_charge_power", "battery_discharge_power", "grid_power"],
            Powers(gives="sensor.battery_discharge_power", takes="sensor.battery_charge_power"),
        ),
        (SOLAR, ["pv_power", "pv1_power", "load_power"], Powers(both="sensor.pv_power")),
        (SOLAR, ["one_power", "two_power"], Powers()),
    ],
)
def test_powers_of_other_things_are_told_apart(
    hass: HomeAssistant, quantity: Any, names: list[str], found: Powers
) -> None:
    device = Hardware(hass, "Inverter")
    meter = device.meter("counted")
    for name in names:
        device.power(name)
    assert powers(hass, meter, quantity) == found


def test_a_meter_without_a_device_tells_no_power(hass: HomeAssistant) -> None:
    measure(hass, "sensor.bought", "kWh")
    assert powers(hass, "sensor.bought", GRID) == Powers()
    assert powers(hass, None, GRID) == Powers()


def test_the_battery_behind_an_inverter_is_looked_at_too(hass: HomeAssistant) -> None:
    inverter = Hardware(hass, "Inverter")
    meter = inverter.meter("discharged")
    pack = Hardware(hass, "Pack", via=inverter)
    pack.power("pack_power")
    pack.has("sensor.pack_soc", "%", 50, device_class="battery")
    pack.has("sensor.pack_rated_capacity", "Wh", 9600, device_class="energy_storage")
    source = {"type": "battery", "stat_energy_from": meter, "stat_energy_to": "sensor.charged"}
    found = preferences.stored(hass, source).data
    assert found["power"] == "sensor.pack_power"
    assert found["soc"] == "sensor.pack_soc"
    assert found["capacity_kwh"] == 9.6
    # And the other way round: the meter on the pack, the rest on the inverter.
    inverter.has("number.maximum_charge_power", "W", 3000, min=0, max=5000)
    meter = pack.meter("pack_discharged")
    assert preferences.stored(hass, source | {"stat_energy_from": meter}).data["charge_kw"] == 5.0


def test_a_part_of_a_device_looks_at_the_whole(hass: HomeAssistant) -> None:
    inverter = Hardware(hass, "Inverter")
    part = dr.async_get(hass).async_get_or_create_child(
        config_entry_id=inverter.entry.entry_id,
        identifiers={("demo", "pack")},
        name="Pack",
        parent_device_id=inverter.device.id,
    )
    meter = inverter.meter("discharged")
    other = inverter.meter("charged")
    er.async_get(hass).async_update_entity(meter, device_id=part.id)
    inverter.power("battery_power")
    assert powers(hass, meter, BATTERY) == Powers(both="sensor.battery_power")
    er.async_get(hass).async_update_entity("sensor.battery_power", device_id=part.id)
    assert powers(hass, other, BATTERY) == Powers(both="sensor.battery_power")


def battery(hass: HomeAssistant, device: Hardware, **more: Any) -> Proposal:
    source = {
        "type": "battery",
        "stat_energy_from": device.meter("discharged"),
        "stat_energy_to": device.meter("charged"),
        **more,
    }
    return preferences.stored(hass, source)


def test_everything_of_a_battery_is_recognised(hass: HomeAssistant) -> None:
    device = Hardware(hass, "Cellar")
    device.power("battery_power")
    device.has("sensor.state_of_charge", "%", 61, device_class="battery")
    device.has("sensor.minimum_soc", "%", 10, device_class="battery")
    device.has("sensor.state_of_health", "%", 98, device_class="battery")
    device.has("sensor.usable_capacity", "kWh", 9.5, device_class="energy_storage")
    device.has("sensor.remaining_capacity", "kWh", 5.8, device_class="energy_storage")
    device.has("sensor.max_charge_power", "W", 4600)
    device.has("sensor.max_discharge_power", "W", 5000)
    device.has("select.mode", None, "Hold", options=ALL_MODES)
    device.has("select.tariff", None, "a", options=["a", "b"])
    found = battery(hass, device)
    assert found.name == "Cellar"
    assert found.data == {
        "soc": "sensor.state_of_charge",
        "power": "sensor.battery_power",
        "charged_energy": "sensor.charged",
        "discharged_energy": "sensor.discharged",
        "capacity_kwh": 9.5,
        "charge_kw": 4.6,
        "discharge_kw": 5.0,
        "control": "select",
        "mode_select": "select.mode",
        "option_self_consume": "Self consumption",
        "option_charge": "Force charge",
        "option_discharge": "Force discharge",
        "option_hold": "Hold",
        "option_default": "Self consumption",
    }


def test_what_is_not_plain_of_a_battery_stays_open(hass: HomeAssistant) -> None:
    device = Hardware(hass, "Cellar")
    device.has("sensor.one", "%", 61, device_class="battery")
    device.has("sensor.two", "%", 61, device_class="battery")
    device.has("sensor.capacity_a", "kWh", 9.5, device_class="energy_storage")
    device.has("sensor.capacity_b", "kWh", 5.8, device_class="energy_storage")
    device.has("sensor.capacity_ah", "Ah", 200)
    device.has("sensor.capacity_lost", "kWh", "unknown")
    device.has("sensor.capacity_tiny", "kWh", 0.01)
    device.has("sensor.max_charge_power", "W", 4600)
    device.has("number.charge_limit", "W", 2000, max=2500)
    device.has("sensor.max_discharge_power", "A", 50)
    device.has("switch.max_discharge", None, "on")
    device.has("select.mode", None, "b", options=ALL_MODES)
    device.has("select.other_mode", None, "b", options=ALL_MODES)
    found = battery(hass, device).data
    assert found == {"charged_energy": "sensor.charged", "discharged_energy": "sensor.discharged"}


def test_the_dashboard_knows_better_than_the_device(hass: HomeAssistant) -> None:
    device = Hardware(hass, "Cellar")
    device.power("battery_power")
    device.has("sensor.soc", "%", 61, device_class="battery")
    measure(hass, "sensor.told", "W")
    measure(hass, "sensor.level", "%")
    found = battery(hass, device, stat_rate="sensor.told", stat_soc="sensor.level", capacity=12)
    assert found.data["power"] == "sensor.told"
    assert found.data["soc"] == "sensor.level"
    assert found.data["capacity_kwh"] == 12


def test_a_battery_that_hardware_presets_know_is_filled_in(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = Hardware(hass, "Cellar")
    device.power("battery_power")

    data = {"control": "number", "power_number": "number.p", "charge_power": "sensor.c"}
    known = presets.Proposal("some", "battery", "Some battery", data, device.device.id)
    monkeypatch.setattr(
        "custom_components.shems.presets.proposed", lambda hass, device_id, kind: (known,)
    )
    found = battery(hass, device).data
    assert found["control"] == "number"
    assert found["power_number"] == "number.p"
    assert found["power"] == "sensor.battery_power"
    assert "charge_power" not in found, "the signed sensor would be counted twice"


def test_grids_are_added_up_only_where_each_shows_its_power(hass: HomeAssistant) -> None:
    one, two = Hardware(hass, "One"), Hardware(hass, "Two")
    sources = [
        grid(stat_energy_from=one.meter("bought_1"), stat_energy_to=one.meter("sold_1")),
        grid(stat_energy_from=two.meter("bought_2"), stat_rate=two.power("power_2")),
    ]
    assert "grid_power" not in preferences.connection(hass, sources).data
    one.power("power_1")
    found = preferences.connection(hass, sources)
    assert found.data == {
        "grid_power": ["sensor.power_1", "sensor.power_2"],
        "import_energy": ["sensor.bought_1", "sensor.bought_2"],
        "export_energy": ["sensor.sold_1"],
    }
    assert not found.ask


def test_a_pair_at_the_grid_is_taken_and_half_of_one_is_asked_about(hass: HomeAssistant) -> None:
    device = Hardware(hass, "Meter")
    source = grid(stat_energy_from=device.meter("bought"), stat_energy_to=device.meter("sold"))
    device.power("power_consumption")
    half = preferences.connection(hass, [source])
    assert half.data["import_power"] == ["sensor.power_consumption"]
    assert half.ask
    device.power("power_production")
    whole = preferences.connection(hass, [source])
    assert whole.data["export_power"] == ["sensor.power_production"]
    assert not whole.ask
    assert not preferences.connection(hass, [grid(stat_energy_from="sensor.bought")]).ask


async def consumer(hass: HomeAssistant, meter: str, **more: Any) -> Proposal:
    (found,) = await preferences.async_consumers(hass, {"stat_consumption": meter, **more})
    return found


async def test_a_plain_consumer_is_a_load(hass: HomeAssistant) -> None:
    device = Hardware(hass, "Plug")
    meter = device.meter("washer_energy")
    device.power("washer_power")
    found = await consumer(hass, meter)
    assert (found.kind, found.name) == ("load", "washer")
    assert found.data == {"power": "sensor.washer_power", "energy": "sensor.washer_energy"}
    assert (await consumer(hass, meter, name="Wash energy")).name == "Wash"
    assert (await consumer(hass, meter, included_in_stat="sensor.house")).part


@pytest.mark.parametrize("platform", ["zaptec", "demo", "keba"])
async def test_a_charger_is_a_car(hass: HomeAssistant, platform: str) -> None:
    device = Hardware(hass, "Carport", platform=platform)
    meter = device.meter("session_energy")
    device.power("charge_power")
    device.has("binary_sensor.cable", None, "on", device_class="plug")
    device.has("number.charging_current", "A", 16, min=6, max=16)
    device.has("number.minimum_current", "A", 6, min=6, max=16)
    device.has("switch.charging", None, "on")
    device.has("switch.cable_lock", None, "on")
    device.has("switch.enable_lights", None, "on", setting=True)
    device.has("sensor.car_soc", "%", 40, device_class="battery")
    found = await consumer(hass, meter)
    assert (found.kind, found.name) == ("vehicle", "Carport")
    assert found.data == {
        "power": "sensor.charge_power",
        "energy": "sensor.session_energy",
        "soc": "sensor.car_soc",
        "connected": "binary_sensor.cable",
        "power_number": "number.charging_current",
        "switch": "switch.charging",
    }


async def test_a_charger_may_tell_by_its_status_that_no_car_is_there(hass: HomeAssistant) -> None:
    device = Hardware(hass, "Carport", platform="easee")
    meter = device.meter("session_energy")
    options = ["disconnected", "charging"]
    device.has("sensor.reason", None, "a", device_class="enum", options=["a", "b"])
    device.has("sensor.charger_status", None, "charging", device_class="enum", options=options)
    found = await consumer(hass, meter)
    assert found.data["connected"] == "sensor.charger_status"


async def test_an_unknown_integration_makes_no_charger(hass: HomeAssistant) -> None:
    device = Hardware(hass, "Thing", platform="not_there")
    meter = device.meter("used")
    device.has("number.current", "A", 16)
    assert (await consumer(hass, meter)).kind == "load"


@pytest.mark.parametrize(
    ("modes", "known"),
    [
        (["off", "heat"], {}),
        (["off", "cool"], {"heater": "cooling"}),
        (["off", "heat", "cool"], {"heater": "both"}),
        (["heat_cool"], {"heater": "both"}),
    ],
)
async def test_a_device_with_a_thermostat_heats_or_cools(
    hass: HomeAssistant, modes: list[str], known: dict[str, str]
) -> None:
    device = Hardware(hass, "Air conditioner")
    meter = device.meter("used")
    device.has("climate.room", None, "heat", hvac_modes=modes)
    found = await consumer(hass, meter)
    assert (found.kind, found.name) == ("heating", "Air conditioner")
    assert found.data == {"thermostat": "climate.room", "energy": meter, **known}
    hass.states.async_remove("climate.room")
    assert "heater" not in (await consumer(hass, meter)).data


async def test_a_device_with_a_water_heater_is_hot_water(hass: HomeAssistant) -> None:
    device = Hardware(hass, "Boiler")
    meter = device.meter("used")
    device.has("water_heater.boiler", None, "eco")
    found = await consumer(hass, meter)
    assert found.kind == "water"
    assert found.data["thermostat"] == "water_heater.boiler"


async def test_a_heat_pump_for_rooms_and_water_is_two_devices_on_one_meter(
    hass: HomeAssistant,
) -> None:
    device = Hardware(hass, "Heat pump")
    source = {"stat_consumption": device.meter("used")}
    device.power("pump_power")
    device.has("climate.rooms", None, "heat", hvac_modes=["heat"])
    device.has("water_heater.tank", None, "eco", friendly_name="Tank")
    rooms, tank = await preferences.async_consumers(hass, source)
    meters = {"power": "sensor.pump_power", "energy": "sensor.used", "pump": "Heat pump"}
    assert (rooms.kind, rooms.name) == ("heating", "Heat pump")
    assert rooms.data == {"thermostat": "climate.rooms", **meters}
    assert (tank.kind, tank.name) == ("water", "Tank")
    assert tank.data == {"thermostat": "water_heater.tank", "heater": "heat_pump", **meters}


def wallbox(hass: HomeAssistant) -> Hardware:
    """Return a charger that a preset knows."""
    device = Hardware(hass, "Carport", platform="wallbox")
    for entity_id, key, unit in (
        ("sensor.carport_charging_power", "charging_power", "kW"),
        ("switch.carport_pause_resume", "pause_resume", None),
    ):
        device.has(entity_id, unit, 0)
        er.async_get(hass).async_update_entity(entity_id, translation_key=key)
    return device


def test_known_hardware_beside_the_dashboard_is_proposed_once(hass: HomeAssistant) -> None:
    wallbox(hass)
    plug = Hardware(hass, "Plug", platform="shelly")
    plug.power("plug_power")
    plug.has("switch.plug", None, "on")
    (found,) = preferences.hardware(hass, set())
    assert (found.kind, found.name) == ("vehicle", "Carport")
    assert found.data["switch"] == "switch.carport_pause_resume"
    assert preferences.hardware(hass, {"vehicle"}) == []


async def test_a_known_charger_is_filled_in_by_its_preset(hass: HomeAssistant) -> None:
    found = await consumer(hass, wallbox(hass).meter("added_energy"))
    assert found.kind == "vehicle"
    assert found.data["power"] == "sensor.carport_charging_power"
    assert found.data["switch"] == "switch.carport_pause_resume"


def test_the_finest_weather_and_the_only_carbon_are_chosen(hass: HomeAssistant) -> None:
    assert surroundings(hass) == {}
    daily = {"supported_features": WeatherEntityFeature.FORECAST_DAILY}
    hourly = {"supported_features": WeatherEntityFeature.FORECAST_HOURLY}
    hass.states.async_set("weather.a", "sunny", {})
    hass.states.async_set("weather.b", "sunny", daily)
    assert surroundings(hass) == {"weather": {"weather": "weather.b"}}
    hass.states.async_set("weather.c", "sunny", hourly)
    hass.states.async_set("weather.d", "sunny", hourly)
    measure(hass, "sensor.co2", "gCO2eq/kWh")
    ours = Hardware(hass, "Simulated", platform="shems")
    ours.has("weather.a_simulated", None, "sunny", **hourly)
    ours.has("sensor.our_carbon", "g/kWh")
    best, carbon = {"weather": "weather.c"}, {"carbon": "sensor.co2"}
    assert surroundings(hass) == {"weather": best, "carbon": carbon}
    measure(hass, "sensor.other_co2", "kg/MWh")
    assert surroundings(hass) == {"weather": best}, "of two nobody knows which"


def test_a_roof_without_a_forecast_gets_the_homes(hass: HomeAssistant) -> None:
    device = Hardware(hass, "Roof")
    source = {"type": "solar", "stat_energy_from": device.meter("produced")}
    device.power("pv_power")
    assert preferences.solar(hass, source).data == {
        "power": "sensor.pv_power",
        "energy": "sensor.produced",
    }
    for domain in ("forecast_solar", "open_meteo_solar_forecast"):
        for place in ("east", "west"):
            MockConfigEntry(domain=domain, entry_id=f"{domain}_{place}").add_to_hass(hass)
    off = MockConfigEntry(domain="solcast_solar", disabled_by=ConfigEntryDisabler.USER)
    off.add_to_hass(hass)
    both = ["open_meteo_solar_forecast_east", "open_meteo_solar_forecast_west"]
    assert forecasts(hass) == both
    assert preferences.solar(hass, source).data["forecast_entries"] == both
    told = source | {"config_entry_solar_forecast": ["mine", "removed"]}
    assert preferences.solar(hass, told).data["forecast_entries"] == both
    MockConfigEntry(domain="other_service", entry_id="mine").add_to_hass(hass)
    assert preferences.solar(hass, told).data["forecast_entries"] == ["mine"]
