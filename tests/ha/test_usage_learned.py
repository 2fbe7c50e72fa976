"""How devices are used is learned from the recorder, and used where it beats their forms."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant import loader
from homeassistant.components.recorder import Recorder
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.shems import learning, usage
from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.assets.heating import Heating
from custom_components.shems.core.assets.stay import VehicleState
from custom_components.shems.core.assets.water import WaterState
from custom_components.shems.core.forecast.usage import CarUsage, TankUsage
from custom_components.shems.core.horizon import DAY_S, HOUR_S
from custom_components.shems.core.units import Floats

from .conftest import ENTRY_ID, OPTIONS, advance, make_entry, settle, start
from .test_sources_history import power

CAR, TANK, ROOMS = "car_id", "tank_id", "rooms_id"
DAYS = 26
NIGHTS = 24
CAR_DATA: dict[str, Any] = {
    "power": "sensor.car",
    "capacity_kwh": 60.0,
    "charge_kw": 11.0,
    "least_kw": 4.14,
    "connected": "binary_sensor.plug",
    "ready_by": "13:00:00",
    "arrives_at": "12:00:00",
    "session_kwh": 40.0,
    "power_number": "number.amps",
}
TANK_DATA: dict[str, Any] = {
    "power": "sensor.element",
    "heater": "electric",
    "power_kw": 2.0,
    "low_c": 45.0,
    "high_c": 55.0,
    "temperature": "sensor.tank",
    "litres": 200.0,
    "drawn_kwh": 15.0,
}
ROOMS_DATA: dict[str, Any] = {
    "power": "sensor.heater",
    "heater": "electric",
    "power_kw": 8.0,
    "least_kw": 0.1,
    "low_c": 20.0,
    "high_c": 23.0,
    "temperature": "sensor.room",
    "loss_w_per_k": 80.0,
}
SHOWER_KWH = 4.0


@pytest.fixture
def quiet_database() -> None:
    """Log no statement: there are some thousand."""
    logging.getLogger("sqlalchemy.engine").setLevel(logging.WARNING)


@pytest.fixture(autouse=True)
def _only_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the learning of load and sun out: it has tests of its own, and takes seconds."""
    monkeypatch.setattr(learning, "learn", lambda learned, *_, **__: (learned, 1.0))


@pytest.fixture
def enable_custom_integrations(
    quiet_database: None, recorder_mock: Recorder, hass: HomeAssistant
) -> None:
    """Start the recorder before anything else."""
    hass.data.pop(loader.DATA_CUSTOM_COMPONENTS)


@dataclass
class Lived:
    """What the home's devices did by the hour, up to now."""

    grid: Floats
    car: Floats
    element: Floats
    tank: Floats
    heater: Floats
    room: Floats
    outdoor: Floats

    def write(self, recorder: Recorder) -> None:
        power(recorder, "sensor.grid", (1000 * self.grid).tolist())
        for name in ("sun", "battery"):
            power(recorder, f"sensor.{name}", [0.0] * len(self.grid))
        for name in ("car", "element", "heater"):
            power(recorder, f"sensor.{name}", known_of(1000 * getattr(self, name)))
        for name in ("tank", "room", "outdoor"):
            means = known_of(getattr(self, name))
            power(recorder, f"sensor.{name}", means, unit="°C", unit_class="temperature")


def known_of(values: Floats) -> list[float | None]:
    return [None if np.isnan(each) else each for each in values.tolist()]


@pytest.fixture
def lived(frozen: FrozenDateTimeFactory, request: pytest.FixtureRequest) -> Lived:
    """Return four weeks: nights of charging, evenings of bathing, a badly insulated house."""
    rng = np.random.default_rng(1)
    now = dt_util.utcnow().timestamp() // HOUR_S
    hour = (now - np.arange(24 * DAYS)[::-1] - 1) % 24
    count = len(hour)
    outdoor = 4 + 4 * np.sin(np.arange(count) / 60) + rng.normal(0, 0.5, count)
    tank, element, temp = np.empty(count), np.empty(count), 50.0
    for index, at in enumerate(hour.tolist()):
        drawn = SHOWER_KWH if at == 20 else 0.0
        element[index] = 2.0 if temp < 47 else 0.0
        temp += (element[index] - drawn - 0.0016 * (temp - 20)) / (200 * 4.186 / 3600)
        tank[index] = temp
    car = np.where((hour == 18) | (hour == 19), 5.0 + rng.normal(0, 0.1, count), 0.0)
    heater = np.maximum(0.2 * (20.5 - outdoor) - 0.4, 0.0) + rng.normal(0, 0.02, count).clip(0)
    room = 20.5 + rng.normal(0, 0.1, count)
    grid = 0.4 + 0.2 * rng.random(count) + car + element + heater
    found = Lived(grid, car, element, tank, heater, room, outdoor)
    match getattr(request, "param", ""):
        case "watts":
            powers = {key: 1000 * getattr(found, key) for key in ("car", "element", "heater")}
            return replace(found, **powers)
        case "silent":
            nothing = np.full(count, np.nan)
            return replace(found, car=nothing, element=nothing, heater=nothing, outdoor=nothing)
        case "frozen":
            stuck = np.full(count, 1.7)
            return replace(found, car=stuck, element=stuck, heater=stuck)
    return found


def entry_with(*kinds: tuple[str, str, dict[str, Any]]) -> MockConfigEntry:
    entry = make_entry({**OPTIONS, "temperature": "sensor.outdoor"})
    kept = {key: each for key, each in entry.subentries.items() if each.subentry_type != "load"}
    more = {
        key: ConfigSubentry(
            data=data, subentry_id=key, subentry_type=kind, title=key, unique_id=None
        )
        for kind, key, data in kinds
    }
    object.__setattr__(entry, "subentries", {**kept, **more})
    return entry


def nights(hass: HomeAssistant) -> None:
    """Let the recorder see a month of nights of the car at home, from 17:50 to 8:05 or so."""
    rng = np.random.default_rng(2)
    today = dt_util.utcnow().timestamp() // DAY_S * DAY_S

    def told() -> Iterator[tuple[float, str]]:
        for back in range(NIGHTS, 0, -1):
            evening = today - back * DAY_S + 17.8 * HOUR_S + 600 * rng.standard_normal()
            yield evening, "on"
            if back == 4:
                yield evening + 2 * HOUR_S, "unavailable"
                yield evening + 2.2 * HOUR_S, "on"
            yield today - (back - 1) * DAY_S + 8.1 * HOUR_S + 600 * rng.standard_normal(), "off"

    hass.states.async_set("binary_sensor.plug", "off", timestamp=today - NIGHTS * DAY_S)
    for at, state in told():
        hass.states.async_set("binary_sensor.plug", state, timestamp=at)


def show(hass: HomeAssistant) -> None:
    """Let the devices show something now."""
    kw, degrees = {"unit_of_measurement": "kW"}, {"unit_of_measurement": "°C"}
    for name in ("car", "element", "heater"):
        hass.states.async_set(f"sensor.{name}", "0", kw)
    for name, value in (("tank", 50), ("room", 21), ("outdoor", 5)):
        hass.states.async_set(f"sensor.{name}", str(value), degrees)
    amps = {"unit_of_measurement": "A", "min": 6, "max": 16, "step": 1}
    hass.states.async_set("number.amps", "6", amps)


ALL = (("vehicle", CAR, CAR_DATA), ("water", TANK, TANK_DATA), ("heating", ROOMS, ROOMS_DATA))


@pytest.fixture
async def home(
    recorder_mock: Recorder,
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    lived: Lived,
    frozen: FrozenDateTimeFactory,
) -> HomeCoordinator:
    """Return a home with a car, a tank and rooms, and their past in the recorder."""
    lived.write(recorder_mock)
    nights(hass)
    show(hass)
    await async_wait_recording_done(hass)
    return await start(hass, entry_with(*ALL), frozen)


async def learn(hass: HomeAssistant) -> Any:
    answer = await hass.services.async_call(
        DOMAIN, "learn", {}, blocking=True, return_response=True
    )
    await settle(hass)
    return answer


async def respond(hass: HomeAssistant, service: str) -> Any:
    return await hass.services.async_call(DOMAIN, service, {}, blocking=True, return_response=True)


def facts(home: HomeCoordinator, device_id: str) -> dict[str, Any]:
    return home.usages.facts(device_id, home.store.control.device(device_id))


def planned(home: HomeCoordinator, device_id: str) -> Any:
    return home.planner.scenario.states[device_id]


async def test_until_the_first_night_the_forms_hold(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    assert facts(home, TANK) == {
        "sources": {"draws": "form"},
        "history_days": None,
        "skill": {},
    }
    assert sum(planned(home, TANK).by_hour) == pytest.approx(15.0)
    assert home.planner.scenario.home.device(ROOMS).building.loss_kw_per_k == 0.08
    nothing: dict[str, Any] = {"sources": {}, "history_days": None, "skill": {}}
    assert facts(home, "battery_id") == facts(home, "unknown_id") == nothing
    (noon,) = {at_hour(stay.begin) for stay in planned(home, CAR).stays}
    assert noon == 12.0


def at_hour(at: float) -> float:
    return at / HOUR_S % 24


async def test_a_tank_loses_what_was_learned_where_that_is_nearer_than_its_form(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    plain = home.configuration.home

    def loss(skill: float | None) -> float:
        home.usages.known = {TANK: TankUsage(loss_kw_per_k=0.004, loss_skill=skill)}
        tank: Any = home.usages.applied(plain).device(TANK)
        return float(tank.tank.loss_kw_per_k)

    told: Any = plain.device(TANK)
    assert loss(0.4) == 0.004
    assert loss(None) == loss(-0.1) == told.tank.loss_kw_per_k
    assert facts(home, TANK)["skill"] == {"draws": None, "loss": -0.1}


async def test_what_was_learned_is_planned_with(hass: HomeAssistant, home: HomeCoordinator) -> None:
    await learn(hass)
    await home.async_plan_now()
    tank = planned(home, TANK)
    assert isinstance(tank, WaterState)
    assert sum(tank.by_hour) == pytest.approx(SHOWER_KWH, rel=0.25)
    assert sum(tank.by_hour[18:22]) > 0.8 * sum(tank.by_hour)
    rooms = home.planner.scenario.home.device(ROOMS)
    assert isinstance(rooms, Heating)
    assert rooms.building.loss_kw_per_k == pytest.approx(0.2, rel=0.2)
    car = planned(home, CAR)
    assert isinstance(car, VehicleState)
    first = car.stays[0]
    assert at_hour(first.begin) == pytest.approx(17.8, abs=0.5)
    assert 7.0 < at_hour(first.end) < 8.1
    assert first.target_kwh == pytest.approx(0.9 * 10.0, rel=0.1)
    assert home.data.status == "optimal"


async def test_it_is_told_what_each_expectation_rests_on(
    hass: HomeAssistant, home: HomeCoordinator, hass_client: ClientSessionGenerator
) -> None:
    answers = [await learn(hass)]
    await home.async_plan_now()
    await settle(hass)
    answers += [await respond(hass, service) for service in ("get_forecast", "get_plan")]
    for answer in answers:
        told = {each["name"]: each for each in answer["devices"]}
        assert told[CAR]["sources"] == dict.fromkeys(("departure", "arrival", "energy"), "learned")
        assert told[TANK]["sources"] == {"draws": "learned"}
        assert told[ROOMS]["sources"] == {"building": "learned"}
        assert told[TANK]["history_days"] == pytest.approx(DAYS, abs=1)
        assert told[ROOMS]["skill"]["building"] > 0.5
    shown = [each for each in hass.states.async_all("sensor") if "sources" in each.attributes]
    (ready,) = hass.states.async_all("time")
    assert (ready.state, ready.attributes["source"]) == ("13:00:00", "learned")
    assert {"draws": "learned"} in [each.attributes["sources"] for each in shown]
    assert await async_setup_component(hass, "diagnostics", {})
    data = await get_diagnostics_for_config_entry(hass, hass_client, home.config_entry)
    assert data["usage"]
    # In a download, devices that are called as their ids are have no name any more.
    usage = home.usages.diagnostics()
    assert len(usage[CAR]["sessions"]) == NIGHTS
    assert usage[ROOMS]["building"]["loss_kw_per_k"] > 0.15
    assert sum(usage[TANK]["by_hour"]) > 1.0
    assert usage[TANK]["drawn"]["value"] == []


async def test_what_a_person_says_wins(hass: HomeAssistant, home: HomeCoordinator) -> None:
    await learn(hass)
    await home.async_set_device(CAR, None, ready_min=5 * 60)
    await home.async_plan_now()
    stay = planned(home, CAR).stays[0]
    assert at_hour(stay.end) == 5.0
    assert at_hour(stay.begin) == pytest.approx(17.8, abs=0.5)
    assert facts(home, CAR)["sources"]["departure"] == "told"
    now = home.data.now
    await home.inputs.occupancy.async_set("away", now, now + 5 * DAY_S, now)
    await home.async_plan_now()
    assert sum(each.energy_kwh for each in planned(home, TANK).draws) == 0.0


async def test_a_car_that_is_there_is_ready_before_it_usually_leaves(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await learn(hass)
    frozen.move_to("2026-06-10T17:50:00+00:00")
    show(hass)
    hass.states.async_set("binary_sensor.plug", "on")
    await advance(hass, frozen, 20)
    await home.async_plan_now()
    stay = planned(home, CAR).stays[0]
    assert at_hour(stay.begin) == pytest.approx(17.8, abs=0.1)
    assert 7.0 < at_hour(stay.end) < 8.1


async def test_what_goes_its_own_ways_is_in_the_load_that_others_are_planned_with(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    await learn(hass)
    together = (await home.async_plan_now()).plan
    assert {each.device_id for each in together.devices} == {CAR, TANK, ROOMS}
    await home.async_set_device("battery_id", None, armed=True)
    plan = (await home.async_plan_now()).plan
    assert {each.device_id for each in plan.proposals} == {CAR, TANK, ROOMS}
    more = plan.load_kw - together.load_kw
    hour = plan.horizon.start % DAY_S / HOUR_S
    assert more[(hour >= 18) & (hour < 20)].mean() > 4.0
    # It is about 0 °C outdoors: the heater takes 3.7 kW all night.
    assert more[(hour >= 1) & (hour < 5)].mean() == pytest.approx(3.7, abs=0.8)
    assert home.planner.scenario.premise.heating[ROOMS].signature is not None


async def test_it_outlives_a_restart_until_the_form_says_something_else(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    await learn(hass)
    entry = home.config_entry
    before = home.usages.known[CAR]
    assert isinstance(before, CarUsage)
    await hass.config_entries.async_reload(ENTRY_ID)
    again = entry.runtime_data.coordinator
    assert again is not home
    assert facts(again, ROOMS)["sources"] == {"building": "learned"}
    assert len(again.usages.known[CAR].sessions) == NIGHTS
    for key, change in (
        (CAR, {"ready_by": "08:30:00"}),
        (TANK, {"drawn_kwh": 7.0}),
        (ROOMS, {"loss_w_per_k": 150.0}),
    ):
        each = entry.subentries[key]
        hass.config_entries.async_update_subentry(entry, each, data={**each.data, **change})
    await hass.config_entries.async_reload(ENTRY_ID)
    changed = entry.runtime_data.coordinator
    assert facts(changed, CAR)["sources"]["departure"] == "form"
    assert facts(changed, TANK)["sources"] == {"draws": "form"}
    assert facts(changed, ROOMS)["sources"] == {"building": "form"}
    await learn(hass)
    assert len(changed.usages.known[CAR].sessions) == NIGHTS
    assert facts(changed, TANK)["sources"] == {"draws": "learned"}


async def test_a_file_that_cannot_be_read_is_learned_anew(
    hass: HomeAssistant,
    home: HomeCoordinator,
    hass_storage: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    await learn(hass)
    key = f"{DOMAIN}.{ENTRY_ID}.usage"
    await hass.config_entries.async_unload(ENTRY_ID)
    hass_storage[key]["data"] = {"devices": {CAR: {"told": "", "usage": {"kind": "boat"}}}}
    assert await hass.config_entries.async_setup(ENTRY_ID)
    again = home.config_entry.runtime_data.coordinator
    assert again.usages.known == {}
    assert "could not be read" in caplog.text
    await learn(hass)
    assert facts(again, TANK)["sources"] == {"draws": "learned"}
    await hass.config_entries.async_remove(ENTRY_ID)
    await settle(hass)
    assert key not in hass_storage


async def test_a_failure_is_told_once_and_leaves_what_was_learned(
    hass: HomeAssistant,
    home: HomeCoordinator,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await learn(hass)

    def fail(*_: Any) -> None:
        raise FloatingPointError("overflow")

    with monkeypatch.context() as patch:
        patch.setattr(usage, "learn_tank", fail)
        for _ in range(2):
            assert (await learn(hass))["problem"] is None
    assert caplog.text.count("was not learned") == 1
    assert facts(home, TANK)["sources"] == {"draws": "learned"}
    await learn(hass)
    assert home.data.status == "optimal"


@pytest.mark.parametrize("lived", ["watts", "silent", "frozen"], indirect=True)
async def test_meters_that_tell_nonsense_change_nothing(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    await learn(hass)
    await home.async_plan_now()
    assert facts(home, CAR)["sources"]["energy"] == "form"
    assert facts(home, TANK)["sources"] == {"draws": "form"}
    assert facts(home, ROOMS)["sources"] == {"building": "form"}
    assert home.data.status == "optimal"


@pytest.mark.parametrize("states", ["numbers", "text", "silent"])
async def test_a_thermostat_without_statistics_tells_by_its_states(
    recorder_mock: Recorder,
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    lived: Lived,
    frozen: FrozenDateTimeFactory,
    states: str,
) -> None:
    lived.write(recorder_mock)
    show(hass)
    now = dt_util.utcnow().timestamp() // HOUR_S * HOUR_S
    for back in range(24 * 9, 0, -1):
        at, value = now - back * HOUR_S, float(lived.tank[-back])
        warm: Any = {"numbers": value, "text": "warm", "silent": value}[states]
        hass.states.async_set(
            "water_heater.tank",
            "unavailable" if states == "silent" else "eco",
            {"current_temperature": warm},
            timestamp=at,
        )
        shown = {"numbers": str(value), "text": "warm", "silent": "unavailable"}[states]
        unit = {"unit_of_measurement": "°C"}
        hass.states.async_set("sensor.probe", shown, unit, timestamp=at)
    await async_wait_recording_done(hass)
    by_thermostat = {**TANK_DATA, "temperature": None, "thermostat": "water_heater.tank"}
    by_sensor = {**TANK_DATA, "temperature": "sensor.probe"}
    entry = entry_with(
        ("water", TANK, by_thermostat),
        ("water", "other_id", by_sensor),
        ("water", "blind_id", {**TANK_DATA, "temperature": None}),
        ("vehicle", CAR, {**CAR_DATA, "connected": None}),
    )
    home = await start(hass, entry, frozen)
    await learn(hass)
    for key in (TANK, "other_id"):
        days = facts(home, key)["history_days"]
        assert days == (pytest.approx(8, abs=1) if states == "numbers" else 0.0)
    tank, other = (home.usages.known[key].by_hour for key in (TANK, "other_id"))
    assert tank == pytest.approx(other, abs=0.05)
    assert not tank or tank[19] + tank[20] > 2.0
    assert facts(home, "blind_id")["history_days"] == 0.0
    assert facts(home, CAR)["history_days"] == 0.0
