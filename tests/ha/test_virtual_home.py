"""The simulated home as a household sees it in Home Assistant."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.shems.const import DOMAIN
from custom_components.shems.core.world.days import weekend
from custom_components.shems.core.world.people import trips

METERS = ("grid_import", "grid_export", "solar", "battery_charge", "battery_discharge")
CONSUMERS = (
    "car",
    "heat_pump",
    "dishwasher",
    "washing_machine",
    "refrigerator",
    "dehumidifier",
    "living_room",
    "kitchen",
    "bedroom",
)
STORE = f"{DOMAIN}.sim.simulated"

type Ticks = Callable[..., Awaitable[None]]


@pytest.fixture
async def entry(hass: HomeAssistant) -> MockConfigEntry:
    await hass.config.async_update(
        latitude=52.1, longitude=5.1, time_zone="Europe/Amsterdam", currency="EUR"
    )
    entry = MockConfigEntry(
        domain=DOMAIN,
        entry_id="sim",
        title="Simulated home",
        data={"kind": "simulated", "name": "Simulated home", "seed": 1},
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry


@pytest.fixture
def ticks(hass: HomeAssistant, frozen: FrozenDateTimeFactory) -> Ticks:
    """Return what lets some ticks of the simulated home pass."""

    async def pass_time(count: int = 1, seconds: float = 5.0) -> None:
        for _ in range(count):
            frozen.tick(timedelta(seconds=seconds))
            async_fire_time_changed(hass)
            await hass.async_block_till_done(wait_background_tasks=True)

    return pass_time


def number(hass: HomeAssistant, entity_id: str) -> float:
    state = hass.states.get(entity_id)
    assert state is not None
    return float(state.state)


def text(hass: HomeAssistant, entity_id: str) -> str:
    state = hass.states.get(entity_id)
    assert state is not None
    return state.state


def powers(hass: HomeAssistant, *names: str) -> list[float]:
    return [number(hass, f"sensor.sim_{name}_power") for name in names]


def energies(hass: HomeAssistant, *names: str) -> dict[str, float]:
    return {name: number(hass, f"sensor.sim_{name}_energy") for name in names}


async def call(hass: HomeAssistant, action: str, entity_id: str, **data: Any) -> None:
    domain, service = action.split(".")
    await hass.services.async_call(domain, service, {"entity_id": entity_id, **data}, blocking=True)


async def test_every_device_is_there(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    registry = er.async_get(hass)
    ours = [
        each
        for each in er.async_entries_for_config_entry(registry, entry.entry_id)
        if each.unique_id.startswith("sim_sim_")
    ]
    assert len(ours) == 58
    assert all(each.device_id for each in ours)
    assert not any(hass.states.get(each.entity_id) is None for each in ours)
    domains = {each.domain for each in ours}
    assert domains == {
        "sensor",
        "switch",
        "select",
        "number",
        "climate",
        "light",
        "water_heater",
        "weather",
    }


async def test_shems_is_told_once(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    kinds = [subentry.subentry_type for subentry in entry.subentries.values()]
    assert sorted(kinds) == [
        "appliance",
        "appliance",
        "battery",
        "connection",
        "deferrable",
        "heating",
        "load",
        "load",
        "load",
        "sheddable",
        "solar",
        "vehicle",
        "water",
        "weather",
    ]
    before = set(entry.subentries)
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert set(entry.subentries) == before


async def test_energy_is_conserved(
    hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks
) -> None:
    await ticks()
    before = energies(hass, *METERS, *CONSUMERS)
    grid, solar, battery = powers(hass, "meter", "solar", "battery")
    flow = {"grid": 0.0, "solar": 0.0, "battery": 0.0}
    for _ in range(60):
        flow["grid"] += grid * 5 / 3.6e6
        flow["solar"] += solar * 5 / 3.6e6
        flow["battery"] += battery * 5 / 3.6e6
        await ticks()
        grid, solar, battery = powers(hass, "meter", "solar", "battery")
    after = energies(hass, *METERS, *CONSUMERS)
    used = {name: after[name] - before[name] for name in after}
    assert used["grid_import"] - used["grid_export"] == pytest.approx(flow["grid"], abs=2e-3)
    assert used["solar"] == pytest.approx(flow["solar"], abs=2e-3)
    assert used["battery_discharge"] - used["battery_charge"] == pytest.approx(
        flow["battery"], abs=2e-3
    )
    load = sum(flow.values())
    assert 0 < sum(used[name] for name in CONSUMERS) < load
    assert min(used.values()) >= 0


async def test_a_lamp_and_the_meter_answer_at_once(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    (before,) = powers(hass, "meter")
    await call(hass, "light.turn_on", "light.sim_living_room")
    lit, lamp = powers(hass, "meter", "living_room")
    assert lamp == 42
    assert lit - before == pytest.approx(42, abs=1)
    await call(hass, "light.turn_on", "light.sim_living_room", brightness=51)
    assert powers(hass, "living_room") == [8]
    await call(hass, "light.turn_off", "light.sim_living_room")
    assert powers(hass, "meter", "living_room") == [before, 0]
    assert text(hass, "light.sim_living_room") == "off"


async def test_people_take_a_lamp_back_in_the_evening(
    hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks
) -> None:
    await call(hass, "light.turn_on", "light.sim_bedroom")
    await ticks(3)
    seen = [text(hass, "light.sim_bedroom")]
    for _ in range(60):
        await ticks(1, 900)
        if (now := text(hass, "light.sim_bedroom")) != seen[-1]:
            seen.append(now)
    assert seen == ["on", "off"]


async def test_a_plug_answers_at_once(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    assert powers(hass, "refrigerator")[0] > 0
    await call(hass, "switch.turn_off", "switch.sim_refrigerator_plug")
    assert powers(hass, "refrigerator") == [0]
    await call(hass, "switch.turn_on", "switch.sim_refrigerator_plug")
    assert powers(hass, "refrigerator")[0] > 0


async def test_the_inverter_answers_at_its_next_poll(
    hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks
) -> None:
    await ticks()
    grid, battery = powers(hass, "meter", "battery")
    await call(hass, "number.set_value", "number.sim_battery_power", value=2000)
    await call(hass, "select.select_option", "select.sim_battery_mode", option="charge")
    assert text(hass, "select.sim_battery_mode") == "automatic"
    assert powers(hass, "meter", "battery") == [grid, battery]
    await ticks()
    assert text(hass, "select.sim_battery_mode") == "charge"
    charging, taken = powers(hass, "meter", "battery")
    assert taken == -2000
    assert charging - grid == pytest.approx(battery + 2000, abs=100)
    soc = number(hass, "sensor.sim_battery_soc")
    await ticks(60)
    assert number(hass, "sensor.sim_battery_soc") == pytest.approx(soc + 1.6, abs=0.2)


async def test_the_battery_covers_the_load_by_itself(
    hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks
) -> None:
    await call(hass, "number.set_value", "number.sim_solar_limit", value=0)
    await ticks()
    grid, solar, battery = powers(hass, "meter", "solar", "battery")
    assert solar == 0
    assert grid == 0
    assert battery > 0


async def test_the_roof_is_throttled_and_released(
    hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks
) -> None:
    await call(hass, "number.set_value", "number.sim_solar_limit", value=300)
    await ticks()
    assert powers(hass, "solar") == [300]
    await call(hass, "number.set_value", "number.sim_solar_limit", value=4600)
    await ticks()
    assert powers(hass, "solar")[0] > 500
    assert number(hass, "number.sim_solar_limit") == 4600


async def test_what_is_only_watched_saves_nothing(
    hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks
) -> None:
    """Nothing is armed: the home without SHEMS is the one that was metered, to the cent."""
    home = entry.runtime_data.coordinator
    await ticks(240, seconds=30.0)
    total = home.store.memory.ledger.total
    assert total.hours > 1.7
    assert total.cost != 0
    assert total.left_out_hours == 0
    assert total.saving == pytest.approx(0.0, abs=1e-6)
    assert all(
        sum(map(abs, each.saved_by_device.values())) == pytest.approx(0.0, abs=1e-6)
        for each in home.store.memory.slots
    )


async def test_the_car_charges_when_it_may(
    hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks
) -> None:
    await call(hass, "select.select_option", "select.sim_car_presence", option="away")
    assert text(hass, "sensor.sim_car_status") == "away"
    await call(hass, "number.set_value", "number.sim_car_target", value=100)
    await call(hass, "number.set_value", "number.sim_car_current", value=10)
    await call(hass, "select.select_option", "select.sim_car_presence", option="home")
    assert text(hass, "sensor.sim_car_status") == "charging"
    assert powers(hass, "car") == [6900]
    soc = number(hass, "sensor.sim_car_soc")
    await ticks(24)
    assert number(hass, "sensor.sim_car_soc") > soc
    await call(hass, "switch.turn_off", "switch.sim_car_charging")
    assert text(hass, "sensor.sim_car_status") == "paused"
    assert powers(hass, "car") == [0]
    await call(hass, "switch.turn_on", "switch.sim_car_charging")
    await call(hass, "number.set_value", "number.sim_car_target", value=20)
    assert text(hass, "sensor.sim_car_status") == "full"


async def test_a_car_is_not_always_plugged_in(
    hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks
) -> None:
    days = np.arange(date(2026, 6, 11).toordinal(), date(2026, 6, 24).toordinal())
    plans = trips(1, days, weekend(days))
    forgotten = np.flatnonzero(np.isfinite(plans.leave) & ~plans.plugs)
    evening = datetime.fromordinal(int(days[forgotten[0]])).replace(hour=20, tzinfo=UTC)
    await ticks(1, (evening - dt_util.utcnow()).total_seconds())
    assert text(hass, "sensor.sim_car_status") == "unplugged"


async def test_the_dishwasher_runs_its_programme(
    hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks
) -> None:
    assert text(hass, "sensor.sim_dishwasher_status") == "ready"
    await call(hass, "switch.turn_on", "switch.sim_dishwasher_programme")
    assert text(hass, "sensor.sim_dishwasher_status") == "running"
    before = energies(hass, "dishwasher")["dishwasher"]
    await ticks(20 * 6, 10)
    assert powers(hass, "dishwasher") == [1950]
    await ticks(120, 60)
    assert text(hass, "switch.sim_dishwasher_programme") == "off"
    assert energies(hass, "dishwasher")["dishwasher"] - before == pytest.approx(1.14, abs=0.02)
    await call(hass, "switch.turn_on", "switch.sim_dishwasher_programme")
    await call(hass, "switch.turn_off", "switch.sim_dishwasher_programme")
    assert powers(hass, "dishwasher") == [0]


async def test_a_machine_waits_for_its_start_from_afar(
    hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks
) -> None:
    await call(hass, "switch.turn_on", "switch.sim_dishwasher_remote")
    for _ in range(50):
        await ticks(1, 3600)
        if text(hass, "sensor.sim_dishwasher_status") != "ready":
            break
    assert text(hass, "sensor.sim_dishwasher_status") == "waiting"
    assert powers(hass, "dishwasher") == [0]
    await call(hass, "switch.turn_on", "switch.sim_dishwasher_programme")
    assert text(hass, "sensor.sim_dishwasher_status") == "running"
    await ticks(130, 60)
    assert text(hass, "sensor.sim_dishwasher_status") == "ready"


async def test_a_loaded_machine_starts_once_nobody_is_to_start_it(
    hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks
) -> None:
    await call(hass, "switch.turn_on", "switch.sim_dishwasher_remote")
    for _ in range(50):
        await ticks(1, 3600)
        if text(hass, "sensor.sim_dishwasher_status") == "waiting":
            break
    await call(hass, "switch.turn_off", "switch.sim_dishwasher_remote")
    assert text(hass, "sensor.sim_dishwasher_status") == "running"


async def test_the_hot_water_obeys_a_temperature(
    hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks
) -> None:
    tank = "water_heater.sim_hot_water"

    def shown() -> tuple[str, Any, Any]:
        state = hass.states.get(tank)
        assert state is not None
        attributes = state.attributes
        return state.state, attributes["temperature"], attributes["current_temperature"]

    assert shown()[:2] == ("eco", 56)
    await call(hass, "water_heater.set_temperature", tank, temperature=60)
    mode, target, before = shown()
    assert (mode, target) == ("heat_pump", 60)
    await ticks(6, 60)
    assert powers(hass, "hot_water") == [1700]
    assert powers(hass, "heating") == [0]
    assert shown()[2] > before + 1
    await call(hass, "water_heater.set_temperature", tank, temperature=40)
    assert powers(hass, "hot_water") == [0]
    await call(hass, "water_heater.set_operation_mode", tank, operation_mode="eco")
    assert shown()[:2] == ("eco", 56)
    await call(hass, "water_heater.set_operation_mode", tank, operation_mode="heat_pump")
    assert shown()[:2] == ("heat_pump", 56)


async def test_the_dehumidifier_runs_on_its_plug(
    hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks
) -> None:
    (before,) = powers(hass, "meter")
    await call(hass, "switch.turn_on", "switch.sim_dehumidifier_plug")
    assert powers(hass, "dehumidifier") == [350]
    assert powers(hass, "meter")[0] - before == pytest.approx(350, abs=1)


async def test_the_thermostat(hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks) -> None:
    thermostat = "climate.sim_heat_pump"

    def shown() -> tuple[str, Any, Any]:
        state = hass.states.get(thermostat)
        assert state is not None
        attributes = state.attributes
        return state.state, attributes["temperature"], attributes["hvac_action"]

    assert shown()[:2] == ("auto", 20.5)
    await call(hass, "climate.set_temperature", thermostat, temperature=25)
    mode, target, _ = shown()
    assert (mode, target) == ("heat", 25)
    state = hass.states.get(thermostat)
    assert state is not None
    if state.attributes["current_temperature"] < 24.5:
        await ticks(1, 3600)
        assert powers(hass, "heat_pump")[0] > 400
        assert shown()[2] == "heating"
    await call(hass, "climate.turn_off", thermostat)
    assert shown()[:2] == ("off", None)
    await call(hass, "climate.turn_on", thermostat)
    assert shown()[:2] == ("auto", 20.5)
    await call(hass, "climate.set_hvac_mode", thermostat, hvac_mode="heat")
    assert shown()[:2] == ("heat", 20.5)
    await call(hass, "climate.set_hvac_mode", thermostat, hvac_mode="off")
    await call(hass, "climate.set_hvac_mode", thermostat, hvac_mode="heat")
    assert shown()[:2] == ("heat", 20.5)


async def test_prices_have_the_shape_of_nord_pools_sensor(
    hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks
) -> None:
    def price() -> Any:
        state = hass.states.get("sensor.sim_price")
        assert state is not None
        return state

    before = price()
    assert before.attributes["unit_of_measurement"] == "EUR/kWh"
    today = before.attributes["raw_today"]
    assert len(today) == 96
    assert all(isinstance(row["start"], datetime) for row in today)
    assert {row["end"] - row["start"] for row in today} == {timedelta(minutes=15)}
    assert today[0]["start"] == dt_util.start_of_local_day()
    now = dt_util.utcnow()
    (current,) = [row["value"] for row in today if row["start"] <= now < row["end"]]
    assert float(before.state) == current
    assert before.attributes["raw_tomorrow"] == []
    assert before.attributes["tomorrow_valid"] is False

    await ticks(1, 4470)  # 13:15 in Amsterdam.
    after = price()
    assert len(after.attributes["raw_tomorrow"]) == 96
    assert after.attributes["tomorrow_valid"] is True
    assert after.attributes["raw_tomorrow"][0]["start"] == today[-1]["end"]
    assert after.attributes["raw_today"] == today

    await ticks(1, 11 * 3600)
    assert price().attributes["raw_today"] == after.attributes["raw_tomorrow"]
    assert price().attributes["raw_tomorrow"] == []


async def test_prices_of_a_day_on_which_the_clock_changes(
    hass: HomeAssistant, frozen: FrozenDateTimeFactory, entry: MockConfigEntry, ticks: Ticks
) -> None:
    frozen.move_to("2026-10-24T12:00:00+00:00")
    await ticks()
    state = hass.states.get("sensor.sim_price")
    assert state is not None
    assert len(state.attributes["raw_tomorrow"]) == 100


async def test_the_weather_is_forecast(
    hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks
) -> None:
    answer = await hass.services.async_call(
        "weather",
        "get_forecasts",
        {"entity_id": "weather.sim_weather", "type": "hourly"},
        blocking=True,
        return_response=True,
    )
    assert answer is not None
    forecast: Any = answer["weather.sim_weather"]
    hours = forecast["forecast"]
    assert len(hours) == 72
    assert hours[0]["datetime"] == "2026-06-10T10:00:00+00:00"
    assert min(hour["temperature"] for hour in hours) > 0
    possible = {"sunny", "clear-night", "partlycloudy", "cloudy", "rainy"}
    assert {hour["condition"] for hour in hours} <= possible
    before = hass.states.get("weather.sim_weather")
    await ticks(1, 3600)
    after = hass.states.get("weather.sim_weather")
    assert before is not None
    assert after is not None
    assert after.attributes["temperature"] != before.attributes["temperature"]


async def test_the_home_lives_on_while_home_assistant_is_off(
    hass: HomeAssistant,
    frozen: FrozenDateTimeFactory,
    entry: MockConfigEntry,
    hass_storage: dict[str, Any],
) -> None:
    await call(hass, "select.select_option", "select.sim_car_presence", option="away")
    before = energies(hass, *METERS, *CONSUMERS)
    assert await hass.config_entries.async_unload(entry.entry_id)
    frozen.tick(timedelta(hours=20))
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    after = energies(hass, *METERS, *CONSUMERS)
    assert all(after[name] >= before[name] for name in after)
    assert after["solar"] > before["solar"] + 1
    assert after["refrigerator"] > before["refrigerator"] + 0.4
    assert text(hass, "sensor.sim_car_status") == "away"


async def test_where_the_home_stands_is_saved_when_it_is_unloaded(
    hass: HomeAssistant,
    frozen: FrozenDateTimeFactory,
    entry: MockConfigEntry,
    hass_storage: dict[str, Any],
) -> None:
    before = hass_storage[STORE]["data"]["at"]
    frozen.tick(timedelta(seconds=3))
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert hass_storage[STORE]["data"]["at"] == before + 3


async def test_a_command_is_on_disk_before_it_returns(
    hass: HomeAssistant, entry: MockConfigEntry, hass_storage: dict[str, Any]
) -> None:
    await call(hass, "switch.turn_off", "switch.sim_car_charging")
    assert hass_storage[STORE]["data"]["controls"]["car_enabled"] is False


async def test_where_the_home_stands_is_saved_every_half_minute_and_at_the_end(
    hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks, hass_storage: dict[str, Any]
) -> None:
    first = hass_storage[STORE]["data"]["at"]
    await ticks(6)
    assert hass_storage[STORE]["data"]["at"] == first + 30
    await ticks(2)
    assert hass_storage[STORE]["data"]["at"] == first + 30
    hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await hass.async_block_till_done()
    assert hass_storage[STORE]["data"]["at"] == first + 40


async def test_an_unreadable_file_begins_a_new_home(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_storage: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert await hass.config_entries.async_unload(entry.entry_id)
    hass_storage[STORE]["data"] = {"at": "yesterday"}
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert "could not be read" in caplog.text
    assert energies(hass, "grid_import")["grid_import"] > 6412


async def test_a_pause_is_lived_through(
    hass: HomeAssistant, entry: MockConfigEntry, ticks: Ticks
) -> None:
    before = energies(hass, "refrigerator")["refrigerator"]
    await ticks(1, 6 * 3600)
    assert energies(hass, "refrigerator")["refrigerator"] - before == pytest.approx(0.2, abs=0.05)


async def test_a_clock_set_back_does_no_harm(
    hass: HomeAssistant, frozen: FrozenDateTimeFactory, entry: MockConfigEntry, ticks: Ticks
) -> None:
    before = energies(hass, *METERS)
    frozen.tick(timedelta(seconds=-3))
    await call(hass, "light.turn_on", "light.sim_bedroom")
    assert energies(hass, *METERS) == before
    assert powers(hass, "bedroom") == [16]


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_every_kind_of_weather_comes_within_a_year(
    hass: HomeAssistant,
    frozen: FrozenDateTimeFactory,
    entry: MockConfigEntry,
    ticks: Ticks,
    seed: int,
) -> None:
    hass.config_entries.async_update_entry(entry, data={**entry.data, "seed": seed})
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    seen = {text(hass, "weather.sim_weather")}
    for _ in range(30):
        await ticks(1, 41 * 3600)
        seen.add(text(hass, "weather.sim_weather"))
    assert len(seen) >= 3
