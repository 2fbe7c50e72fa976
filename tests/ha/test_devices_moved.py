"""Devices that are moved in time: their assets, their states and their orders."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from homeassistant.core import State

from custom_components.shems.core.assets.appliance import (
    Appliance,
    ApplianceState,
    Progress,
    RunRequest,
)
from custom_components.shems.core.assets.comfort import Band
from custom_components.shems.core.assets.deferrable import Deferrable, DeferrableState
from custom_components.shems.core.assets.heating import Heating, HeatingState
from custom_components.shems.core.assets.kinds import MovableState
from custom_components.shems.core.assets.performance import Performance
from custom_components.shems.core.assets.sheddable import Sheddable, SheddableState
from custom_components.shems.core.assets.stay import VehicleState
from custom_components.shems.core.assets.switching import Running, Switching
from custom_components.shems.core.assets.vehicle import Vehicle
from custom_components.shems.core.assets.water import Water, WaterState
from custom_components.shems.core.dispatch.command import DeviceCommand
from custom_components.shems.core.plan.result import Reason
from custom_components.shems.core.units import InputError
from custom_components.shems.devices import KINDS, Action, Device, Expect, Order, actions
from custom_components.shems.devices.device import Range
from custom_components.shems.devices.kind import Movement
from custom_components.shems.devices.look import Look, Seen, at_minute
from custom_components.shems.devices.settings import DeviceSettings

NOW = 1781085630.0
"""2026-06-10 10:00:30 UTC, a Wednesday; noon in Amsterdam."""
ZONE = "Europe/Amsterdam"
HOUR = 3600.0

AMPS = Range("A", 6.0, 16.0, 1.0)
CLIMATE = Range("°C", 15.0, 25.0, 0.5)
USUAL = DeviceSettings()
NEVER = Seen()


def device(kind: str, *, ranges: dict[str, Range] | None = None, **data: Any) -> Device:
    known = ranges or {}
    return Device("id", kind, "Thing", data, range_of=lambda each: known.get(each, Range()))


def looking(
    states: dict[str, State] | None = None,
    *,
    now: float = NOW,
    power_kw: float | None = 0.0,
    settings: DeviceSettings = USUAL,
    seen: Seen = NEVER,
) -> Look:
    found = states or {}
    return Look(now, ZONE, "Thing", power_kw, settings, seen, found.get)


def shown(**values: object) -> dict[str, State]:
    """Return states in percent, by the name of a sensor."""
    return {
        f"sensor.{name}": State(f"sensor.{name}", str(value), {"unit_of_measurement": "%"})
        for name, value in values.items()
    }


def run(power_kw: float, setpoint_c: float | None = None) -> DeviceCommand:
    return DeviceCommand("id", power_kw != 0, power_kw, setpoint_c, Reason("any"))


def movement(of: Device) -> Movement:
    found = KINDS[of.kind].movement
    assert found is not None
    return found


def state(of: Device, look: Look) -> MovableState:
    return movement(of).state(of, look)


def written(made: tuple[Action, ...]) -> list[tuple[str, Any]]:
    """Return each entity with what it is set to, in order."""
    keys = ("value", "temperature", "hvac_mode", "operation_mode", "option")
    return [
        (
            each.entity_id,
            next(
                (each.data[key] for key in keys if key in each.data),
                each.service.removeprefix("turn_"),
            ),
        )
        for each in made
    ]


# What was seen


def watch(looks: list[Look], *, power: Callable[[Look], bool] = lambda look: True) -> Seen:
    seen = Seen()
    for look in looks:
        current = replace(look, seen=seen)
        seen = seen.after(current, runs=power(current), span=NOW, hot=False)
    return seen


def test_what_runs_at_the_first_look_began_at_an_unknown_time() -> None:
    seen = watch([looking(power_kw=1.0)])
    assert seen.running == Running(on=True, since=None, starts=0)


def test_starts_are_counted_until_midnight() -> None:
    runs = [False, True, True, False, True]
    looks = [looking(now=NOW + 60 * count) for count in range(len(runs))]
    seen = watch(looks, power=lambda look: runs[round((look.now - NOW) / 60)])
    assert seen.running == Running(on=True, since=NOW + 240, starts=2)
    later = looking(now=NOW + 24 * HOUR, seen=seen)
    assert seen.after(later, runs=True, span=None, hot=False).running == Running(True, NOW + 240, 0)


def test_energy_counts_from_the_beginning_of_its_span() -> None:
    looks = [looking(now=NOW + 300 * count, power_kw=1.2) for count in range(-3, 4)]
    assert watch(looks).used_kwh == pytest.approx(1.2 * 900 / HOUR)


def test_a_long_silence_counts_for_nothing() -> None:
    looks = [looking(power_kw=1.2), looking(now=NOW + 2 * HOUR, power_kw=1.2)]
    assert watch(looks).used_kwh == 0.0
    unseen = [looking(power_kw=None), looking(now=NOW + 60, power_kw=1.2)]
    assert watch(unseen).used_kwh == 0.0


def test_times_of_day_are_the_clocks_on_days_it_changes() -> None:
    day = looking(now=1774659600.0).day  # 2026-03-28: the night has an hour less.
    assert at_minute(day, 24 * 60 + 7 * 60, ZONE) - at_minute(day, 7 * 60, ZONE) == 23 * HOUR


# A deferrable load

PUMP: dict[str, Any] = {
    "power": "sensor.power",
    "power_kw": 1.1,
    "daily_kwh": 4.0,
    "begin": "08:00:00",
    "end": "20:00:00",
    "switch": "switch.pump",
    "released": "off",
    "least_on_min": 30.0,
    "starts_a_day": 3.0,
}


def test_a_pump_is_an_asset() -> None:
    assert KINDS["deferrable"].asset(device("deferrable", **PUMP)) == Deferrable(
        "id", "Thing", power_kw=1.1, switching=Switching(0.5, 0.0, 3)
    )
    modulating = device("deferrable", **PUMP | {"least_kw": 0.2})
    assert KINDS["deferrable"].asset(modulating).least_kw == 0.2


def test_a_pump_has_errands_day_by_day() -> None:
    pump = device("deferrable", **PUMP)
    begin = NOW - 30.0 - 4 * HOUR  # Eight o'clock in Amsterdam.
    assert movement(pump).span(pump, looking()) == begin
    found = state(pump, looking(seen=Seen(span=begin, used_kwh=1.5)))
    assert isinstance(found, DeferrableState)
    first, second, *_ = found.errands
    assert (first.begin, first.end, first.energy_kwh) == (begin, begin + 12 * HOUR, 2.5)
    assert (second.begin, second.energy_kwh) == (begin + 24 * HOUR, 4.0)
    chosen = looking(settings=DeviceSettings(daily_kwh=1.0))
    found = state(pump, chosen)
    assert isinstance(found, DeferrableState)
    assert found.errands[0].energy_kwh == 1.0


def test_a_window_may_wrap_midnight() -> None:
    night = device("deferrable", **PUMP | {"begin": "22:00:00", "end": "06:00:00"})
    found = state(night, looking())
    assert isinstance(found, DeferrableState)
    first = found.errands[0]
    assert first.end - first.begin == 8 * HOUR
    assert first.begin == NOW - 30.0 + 10 * HOUR
    assert movement(night).span(night, looking()) is None


def test_a_time_that_is_none_is_named() -> None:
    with pytest.raises(InputError, match=r"field not time .*begin"):
        state(device("deferrable", **PUMP | {"begin": "noon"}), looking())


def test_a_switch_is_turned_and_a_number_set() -> None:
    plain = device("deferrable", **PUMP)
    assert written(actions(plain, run(1.1))) == [("switch.pump", "on")]
    assert written(actions(plain, run(0.0))) == [("switch.pump", "off")]
    assert written(actions(plain, "on")) == [("switch.pump", "on")]
    assert written(actions(plain, "default")) == [("switch.pump", "off")]
    assert actions(device("deferrable", **PUMP | {"released": "keep"}), "default") == ()
    watts = {"number.watts": Range("W", 0.0, 1100.0, 10.0)}
    both = device("deferrable", ranges=watts, **PUMP | {"power_number": "number.watts"})
    assert written(actions(both, run(0.5))) == [("number.watts", 500.0), ("switch.pump", "on")]
    assert written(actions(both, run(0.0))) == [("switch.pump", "off")]
    alone = replace(both, data={**both.data, "switch": ""})
    assert written(actions(alone, run(0.0))) == [("number.watts", 0.0)]


def test_what_only_hums_does_not_run() -> None:
    pump = device("deferrable", **PUMP)
    runs = movement(pump).runs
    assert not runs(pump, looking(power_kw=0.03))
    assert not runs(pump, looking(power_kw=None))
    assert runs(pump, looking(power_kw=0.2))


# A car

CAR: dict[str, Any] = {
    "power": "sensor.power",
    "soc": "sensor.soc",
    "capacity_kwh": 50.0,
    "charge_kw": 11.0,
    "least_kw": 4.14,
    "connected": "sensor.plug",
    "ready_by": "07:00:00",
    "target_soc": 80.0,
    "limit_soc": 90.0,
    "session_kwh": 10.0,
    "switch": "switch.car",
    "power_number": "number.amps",
    "released": "on",
    "phases": "3",
    "charge_efficiency": 90.0,
    "surplus": True,
}
READY = NOW - 30.0 + 19 * HOUR
"""Seven o'clock tomorrow in Amsterdam."""


def car(**data: Any) -> Device:
    return device("vehicle", ranges={"number.amps": AMPS}, **CAR | data)


def test_a_car_is_an_asset() -> None:
    asset = KINDS["vehicle"].asset(car(cheap_below=0.05))
    assert asset == Vehicle(
        "id",
        "Thing",
        capacity_kwh=50.0,
        charge_kw=11.0,
        least_kw=4.14,
        charge_efficiency=0.9,
        limit_soc=0.9,
        surplus=True,
        cheap_below=0.05,
    )
    switched = KINDS["vehicle"].asset(car(power_number=""))
    assert isinstance(switched, Vehicle)
    assert switched.least_kw == 11.0, "without a number it charges with all it has"


def stay(of: Device, look: Look) -> VehicleState:
    found = state(of, look)
    assert isinstance(found, VehicleState)
    return found


def test_a_car_that_is_there_wants_its_charge_by_the_morning() -> None:
    look = looking(shown(soc=40, plug="paused"), seen=Seen(span=NOW - HOUR))
    found = stay(car(), look)
    assert found.energy_kwh == pytest.approx(20.0)
    (one,) = found.stays
    assert (one.begin, one.end, one.target_kwh) == (NOW - HOUR, READY, pytest.approx(40.0))


def test_the_household_chooses_time_and_target_of_a_car() -> None:
    chosen = DeviceSettings(target=1.0, ready_min=15 * 60)
    (one,) = stay(car(), looking(shown(soc=40, plug="on"), settings=chosen)).stays
    assert one.end == NOW - 30.0 + 3 * HOUR
    assert one.target_kwh == pytest.approx(45.0), "never above the limit"


@pytest.mark.parametrize("word", ["Unplugged", "away", "off", "not connected"])
def test_a_car_that_is_away_wants_nothing(word: str) -> None:
    look = looking(shown(soc=40, plug=word))
    assert stay(car(), look).stays == ()
    assert movement(car()).span(car(), look) is None


def test_coming_stays_are_planned_where_they_are_usual() -> None:
    usual = car(arrives_at="18:00:00")
    first, second, *_ = stay(usual, looking(shown(soc=40, plug="off"))).stays
    assert (first.begin, first.end) == (NOW - 30.0 + 6 * HOUR, READY)
    assert (first.target_kwh, first.arrives_kwh) == (pytest.approx(40.0), pytest.approx(30.0))
    assert second.begin == first.begin + 24 * HOUR
    here, later, *_ = stay(usual, looking(shown(soc=40, plug="on"))).stays
    assert here.end == READY
    assert later.begin == second.begin


def test_without_a_state_of_charge_the_energy_of_the_stay_counts() -> None:
    plain = car(soc="", connected="")
    found = stay(plain, looking(seen=Seen(span=NOW - HOUR, used_kwh=5.0)))
    assert found.energy_kwh == pytest.approx(4.5)
    assert found.stays[0].target_kwh == 10.0
    assert movement(plain).span(plain, looking()) == NOW
    assert movement(plain).span(plain, looking(seen=Seen(span=NOW - HOUR))) == NOW - HOUR


@pytest.mark.parametrize("silent", ["unavailable", "unknown", "much"])
def test_a_car_of_which_nothing_is_known_is_named(silent: str) -> None:
    with pytest.raises(InputError, match=r"device unseen .*Thing.*sensor.soc"):
        state(car(), looking(shown(soc=silent, plug="on")))


def test_a_stay_goes_on_while_nobody_knows() -> None:
    look = looking(shown(soc=40, plug="unavailable"), seen=Seen(span=NOW - HOUR))
    assert movement(car()).span(car(), look) == NOW - HOUR
    with pytest.raises(InputError, match=r"sensor.plug"):
        state(car(), look)


def test_a_charger_is_told_its_current() -> None:
    assert written(actions(car(), run(6.9))) == [("number.amps", 10.0), ("switch.car", "on")]
    assert written(actions(car(), run(0.0))) == [("switch.car", "off")]
    assert written(actions(car(), "default")) == [("number.amps", 15.0), ("switch.car", "on")]
    one = car(phases="1", charge_kw=3.68)
    assert written(actions(one, run(2.3)))[0] == ("number.amps", 10.0)


WATTS = Range("W", -5000.0, 11000.0, 10.0)


@pytest.mark.parametrize(
    ("power_kw", "told", "phases"),
    [
        (6.9, 6900.0, 3),
        (4.14, 4140.0, 3),
        (3.9, 3660.0, 1),  # Between what one phase carries and what three take at least.
        (2.3, 2300.0, 1),
        (1.38, 1380.0, 1),
        (-3.0, -3000.0, 3),
    ],
)
def test_a_charger_that_changes_phases_and_gives_back_is_told_both(
    power_kw: float, told: float, phases: int
) -> None:
    steps = [{"action": "charger.set"}]
    data = CAR | {"switchable_phases": True, "least_kw": 1.38, "discharge_kw": 5.0}
    power = {"number.amps": WATTS}
    by_number = device("vehicle", ranges=power, **data)
    assert written(actions(by_number, run(power_kw))) == [
        ("number.amps", told),
        ("switch.car", "on"),
    ]
    alone = {"switch": "", "power_number": "", "sequence": steps}
    (by_steps,) = actions(device("vehicle", **data | alone), run(power_kw))
    assert by_steps.data["phases"] == phases
    assert by_steps.data["power_w"] == pytest.approx(told, abs=10)
    assert by_steps.data["current_a"] == pytest.approx(told / 230 / phases, abs=0.1)


def test_no_plan_counts_on_what_a_charger_cannot_be_told() -> None:
    data = {"switchable_phases": True, "least_kw": 1.38, "discharge_kw": 5.0}
    by_current = KINDS["vehicle"].asset(car(**data))
    assert isinstance(by_current, Vehicle)
    assert by_current.discharge_kw == 0.0, "no current is below zero"
    assert not by_current.switchable_phases
    assert by_current.least_kw == pytest.approx(4.14), "of three phases"
    options = {"number.amps": Range("A", options=("6", "10", "16"))}
    by_option = KINDS["vehicle"].asset(device("vehicle", ranges=options, **CAR | data))
    assert isinstance(by_option, Vehicle)
    assert by_option.discharge_kw == 0.0
    able = KINDS["vehicle"].asset(device("vehicle", ranges={"number.amps": WATTS}, **CAR | data))
    assert isinstance(able, Vehicle)
    assert able.discharge_kw == 5.0
    assert able.switchable_phases
    assert able.least_kw == 1.38
    switched = KINDS["vehicle"].asset(car(power_number="", **data))
    assert isinstance(switched, Vehicle)
    assert (switched.least_kw, switched.discharge_kw) == (11.0, 0.0)


# Heating and hot water

ROOMS: dict[str, Any] = {
    "power": "sensor.power",
    "heater": "heat_pump",
    "power_kw": 2.4,
    "least_kw": 0.5,
    "low_c": 20.0,
    "high_c": 22.0,
    "thermostat": "climate.rooms",
    "driven_mode": "heat",
    "released_mode": "auto",
    "cop": 3.8,
    "loss_w_per_k": 200.0,
}


def rooms(limits: Range = CLIMATE, **data: Any) -> Device:
    return device("heating", ranges={"climate.rooms": limits}, **ROOMS | data)


def climate(value: object = 20.6, mode: str = "auto") -> dict[str, State]:
    return {"climate.rooms": State("climate.rooms", mode, {"current_temperature": value})}


def test_a_heat_pump_is_an_asset() -> None:
    asset = KINDS["heating"].asset(rooms(night_low_c=18.0))
    assert isinstance(asset, Heating)
    assert asset.performance == Performance()
    assert asset.cooling is None
    assert asset.building.loss_kw_per_k == pytest.approx(0.2)
    assert asset.comfort.bands == (Band(22 * 60, 6 * 60, 18.0, 22.0),)
    assert KINDS["heating"].asset(rooms(least_kw=None)).least_kw is None


@pytest.mark.parametrize(
    ("heater", "heats", "cools"),
    [("electric", 1.0, None), ("cooling", None, 3.2), ("both", 4.5, 3.2), ("heat_pump", 4.5, None)],
)
def test_heaters_differ(heater: str, heats: float | None, cools: float | None) -> None:
    asset = KINDS["heating"].asset(rooms(heater=heater, cop=4.5))
    assert isinstance(asset, Heating)
    assert (asset.performance and asset.performance.at(7.0)) == pytest.approx(heats)
    assert (asset.cooling and asset.cooling.at(35.0)) == pytest.approx(cools)


def test_rooms_have_the_temperature_their_thermostat_shows() -> None:
    assert state(rooms(), looking(climate())) == HeatingState(20.6)
    american = rooms(Range("°F", 50.0, 90.0, 1.0))
    found = state(american, looking(climate(68.0)))
    assert isinstance(found, HeatingState)
    assert found.indoor_c == pytest.approx(20.0)


@pytest.mark.parametrize("states", [climate(None), climate(mode="unavailable"), {}])
def test_rooms_without_a_temperature_are_named(states: dict[str, State]) -> None:
    with pytest.raises(InputError, match=r"device unseen .*climate.rooms"):
        state(rooms(), looking(states))


def test_a_thermostat_is_told_and_given_back() -> None:
    made = actions(rooms(), run(1.2, 21.3))
    assert written(made) == [("climate.rooms", "heat"), ("climate.rooms", 21.5)]
    mode, temperature = (each.expect for each in made)
    assert mode == Expect("climate.rooms", "heat")
    assert temperature == Expect("climate.rooms", 21.5, 0.3, "temperature")
    assert temperature.met("heat", {"temperature": 21.4})
    assert not temperature.met("heat", {"temperature": 20.0})
    assert not temperature.met("heat", {"temperature": None})
    assert written(actions(rooms(), "default")) == [("climate.rooms", "auto")]
    assert written(actions(rooms(), "on"))[1] == ("climate.rooms", 22.0)
    assert written(actions(rooms(), "off"))[1] == ("climate.rooms", 20.0)
    assert written(actions(rooms(), run(0.0, 12.0)))[1] == ("climate.rooms", 15.0)
    assert written(actions(rooms(released_c=20.5), "default"))[0] == ("climate.rooms", 20.5)


def test_a_thermostat_has_the_unit_of_the_house() -> None:
    american = rooms(Range("°F", 50.0, 90.0, 1.0), driven_mode=None)
    assert written(actions(american, run(1.2, 20.0))) == [("climate.rooms", 68.0)]


def test_heaters_without_a_thermostat_are_switched() -> None:
    warm = {"number.warmth": Range("°C", 10.0, 30.0, 0.5)}
    plain = device(
        "heating",
        ranges=warm,
        **ROOMS
        | {"thermostat": "", "switch": "switch.heat", "temperature_number": "number.warmth"},
    )
    assert written(actions(plain, run(1.0, 21.0))) == [
        ("number.warmth", 21.0),
        ("switch.heat", "on"),
    ]
    assert written(actions(plain, run(0.0, 20.0)))[1] == ("switch.heat", "off")
    assert written(actions(plain, "default")) == [("switch.heat", "on")]
    back = replace(plain, data={**plain.data, "released_c": 20.0})
    assert written(actions(back, "default"))[0] == ("number.warmth", 20.0)


TANK: dict[str, Any] = {
    "power": "sensor.power",
    "heater": "electric",
    "power_kw": 2.0,
    "low_c": 45.0,
    "high_c": 58.0,
    "temperature": "sensor.tank",
    "thermostat": "water_heater.tank",
    "driven_mode": "heat_pump",
    "released_mode": "eco",
    "litres": 150.0,
    "legionella_c": 60.0,
}


def tank(value: object, unit: str = "°C") -> dict[str, State]:
    return {"sensor.tank": State("sensor.tank", str(value), {"unit_of_measurement": unit})}


def test_a_tank_is_an_asset() -> None:
    asset = KINDS["water"].asset(device("water", **TANK))
    assert isinstance(asset, Water)
    assert (asset.tank.litres, asset.legionella_c, asset.least_kw) == (150.0, 60.0, None)
    assert asset.performance == Performance.constant()
    pump = KINDS["water"].asset(
        device("water", **TANK | {"heater": "heat_pump", "cop": 2.5, "least_kw": 0.4})
    )
    assert isinstance(pump, Water)
    assert pump.performance.at(7.0) == pytest.approx(2.5)
    without = KINDS["water"].asset(device("water", **TANK | {"legionella_c": None}))
    assert isinstance(without, Water)
    assert without.legionella_c is None


def test_a_tank_remembers_when_it_was_hot() -> None:
    boiler = device("water", **TANK)
    hot = movement(boiler).hot
    assert hot(boiler, looking(tank(59.6)))
    assert not hot(boiler, looking(tank(50)))
    assert not hot(boiler, looking(tank("unknown")))
    found = state(boiler, looking(tank(122, "°F"), seen=Seen(hot_at=NOW - HOUR)))
    assert isinstance(found, WaterState)
    assert (found.temp_c, found.last_hot) == (50.0, NOW - HOUR)
    assert sum(found.by_hour) == pytest.approx(5.8)
    family = state(device("water", **TANK | {"drawn_kwh": 10.0}), looking(tank(50)))
    assert isinstance(family, WaterState)
    assert sum(family.by_hour) == pytest.approx(10.0)
    kelvin = state(boiler, looking(tank(323.15, "K")))
    assert isinstance(kelvin, WaterState)
    assert kelvin.temp_c == pytest.approx(50.0)


def test_a_water_heater_is_told_and_given_back() -> None:
    boiler = device("water", **TANK)
    made = actions(boiler, run(2.0, 58.0))
    assert written(made) == [("water_heater.tank", "heat_pump"), ("water_heater.tank", 58.0)]
    assert [each.service for each in made] == ["set_operation_mode", "set_temperature"]
    assert written(actions(boiler, "default")) == [("water_heater.tank", "eco")]


def test_what_cannot_be_seen_goes_on_as_it_was() -> None:
    runs = Seen(running=Running(on=True, since=NOW - HOUR))
    silent = {
        f"{name}": State(name, "unavailable")
        for name in ("switch.freezer", "sensor.running", "switch.start")
    }
    for each in (
        device("deferrable", **PUMP),
        device("sheddable", **FREEZER),
        washer(),
        washer(running=""),
    ):
        for seen in (runs, NEVER):
            look = looking(silent, power_kw=None, seen=seen)
            assert movement(each).runs(each, look) is seen.running.on


# An appliance

WASHER: dict[str, Any] = {
    "power": "sensor.power",
    "shape": "dishwasher",
    "programme_min": 120.0,
    "programme_kwh": 1.2,
    "done_by": "07:00:00",
    "ready": "sensor.ready",
    "ready_states": ["waiting"],
    "running": "sensor.running",
    "running_states": ["running"],
    "switch": "switch.start",
    "remote_switch": "switch.remote",
}
LENGTH = 2 * HOUR


def washer(**data: Any) -> Device:
    return device("appliance", **WASHER | data)


def asked(of: Device, look: Look) -> ApplianceState:
    found = state(of, look)
    assert isinstance(found, ApplianceState)
    return found


def test_a_programme_takes_its_energy_in_its_time() -> None:
    asset = KINDS["appliance"].asset(washer())
    assert isinstance(asset, Appliance)
    assert asset.energy_kwh == pytest.approx(1.2)
    assert asset.length_s == LENGTH
    assert asset.most_kw > 1.5
    short = KINDS["appliance"].asset(washer(shape="flat", programme_min=5.0))
    assert isinstance(short, Appliance)
    assert short.profile_kw == (pytest.approx(14.4),)


def test_a_loaded_machine_is_to_be_done_by_the_morning() -> None:
    since = datetime.fromtimestamp(NOW - HOUR, UTC)
    waits = {"sensor.ready": State("sensor.ready", "Waiting", last_changed=since)}
    assert asked(washer(), looking(waits)) == ApplianceState((RunRequest(NOW - HOUR, READY),))
    late = washer(done_by="12:30:00")
    (one,) = asked(late, looking(waits)).runs
    assert one.deadline == NOW - 30.0 + 24.5 * HOUR, "the programme would not fit before"
    assert asked(washer(), looking(shown(ready="off"))).runs == ()
    assert asked(washer(ready=""), looking(waits)).runs == ()


def test_a_run_that_was_requested_counts_before_what_is_usual() -> None:
    wanted = RunRequest(NOW, NOW + 5 * HOUR, 0.3)
    chosen = DeviceSettings(runs=(wanted,))
    found = asked(washer(), looking(shown(ready="waiting"), settings=chosen))
    assert found == ApplianceState((wanted,))


def test_a_running_programme_goes_on() -> None:
    begun = Seen(running=Running(on=True, since=NOW - HOUR))
    assert asked(washer(), looking(seen=begun)).progress == Progress(since=NOW - HOUR)
    unseen = Seen(running=Running(on=True))
    assert asked(washer(), looking(seen=unseen)).progress == Progress(since=NOW - LENGTH / 2)


def test_a_machine_is_known_to_run_by_what_there_is() -> None:
    def runs(of: Device, look: Look) -> bool:
        return movement(of).runs(of, look)

    assert runs(washer(), looking(shown(running="Running")))
    assert not runs(washer(), looking(shown(running="done")))
    switched = washer(running="")
    assert runs(switched, looking({"switch.start": State("switch.start", "on")}))
    assert not runs(switched, looking({"switch.start": State("switch.start", "off")}, power_kw=1.0))
    metered = washer(running="", switch="")
    assert runs(metered, looking(power_kw=0.05))
    assert not runs(metered, looking(power_kw=0.001))
    begun = Seen(running=Running(on=True, since=NOW - HOUR))
    assert runs(metered, looking(power_kw=0.001, seen=begun)), "it only soaks"
    over = Seen(running=Running(on=True, since=NOW - 3 * HOUR))
    assert not runs(metered, looking(power_kw=0.001, seen=over))


def test_an_appliance_is_started_and_never_cut_off() -> None:
    assert written(actions(washer(), run(1.0))) == [("switch.remote", "on"), ("switch.start", "on")]
    assert written(actions(washer(), run(0.0))) == [("switch.remote", "on")]
    assert written(actions(washer(), "default")) == [("switch.remote", "off")]
    pressed = washer(switch="", button="button.start", remote_switch="")
    (press,) = actions(pressed, run(1.0))
    assert (press.domain, press.service) == ("button", "press")
    assert press.expect == Expect("sensor.running", ("running",))
    assert press.expect.met("running")
    assert not press.expect.met("ready")
    (blind,) = actions(
        washer(switch="", button="button.start", remote_switch="", running=""), run(1)
    )
    assert blind.expect is None
    assert actions(pressed, "default") == ()


PAUSING: dict[str, Any] = WASHER | {
    "pause_switch": "switch.hold",
    "pause_after": ["60", "30"],
    "longest_pause_min": 90.0,
}


def pausing(**data: Any) -> Device:
    return device("appliance", **PAUSING | data)


def holding(word: str, *, since: float = NOW) -> dict[str, State]:
    at = datetime.fromtimestamp(since, UTC)
    return {
        "switch.hold": State("switch.hold", word, last_changed=at),
        "sensor.running": State("sensor.running", "running" if word == "off" else "paused"),
    }


def test_a_machine_may_pause_where_something_holds_it() -> None:
    asset = KINDS["appliance"].asset(pausing())
    assert isinstance(asset, Appliance)
    assert (asset.pausable_after, asset.longest_pause_h) == ((6, 12), 1.5)
    without = KINDS["appliance"].asset(pausing(pause_switch=""))
    assert isinstance(without, Appliance)
    assert without.pausable_after == ()


def test_a_programme_is_followed_through_its_pauses() -> None:
    of = pausing()
    seen = Seen(at=NOW - 60)

    def at(minute: float, word: str, held_since: float = NOW) -> Progress | None:
        nonlocal seen
        look = looking(holding(word, since=held_since), now=NOW + 60 * minute, seen=seen)
        runs, span = movement(of).runs(of, look), movement(of).span(of, look)
        seen = seen.after(look, runs=runs, span=span, hot=False)
        return asked(of, replace(look, seen=seen)).progress

    done = at_minute(looking().day, 24 * 60 + 7 * 60, ZONE)
    before = NOW - HOUR
    assert at(0, "off", before) == Progress(0, NOW, deadline=done)
    assert at(29, "off", before) == Progress(0, NOW, deadline=done)
    first = NOW + 1800
    assert at(30, "off", before) == Progress(1, first, paused=True, deadline=done), (
        "it may pause here"
    )
    assert at(31, "on", first + 60) == Progress(1, first + 60, paused=True, deadline=done)
    assert at(61, "on", first + 60) == Progress(1, first + 60, paused=True, deadline=done)
    resumed = first + 1860
    assert at(62, "off", resumed) == Progress(1, resumed, deadline=done), "it has made its pause"
    assert at(90, "off", resumed) == Progress(1, resumed, deadline=done)
    second = resumed + 1800
    assert at(91, "off", resumed) == Progress(2, second, paused=True, deadline=done)
    assert at(102, "off", resumed) == Progress(2, second, deadline=done), "nobody paused it"
    look = looking(shown(running="done"), now=NOW + 160 * 60, seen=seen)
    assert movement(of).span(of, look) is None
    assert not movement(of).runs(of, look)


def test_a_run_that_nobody_saw_begin_may_pause_too() -> None:
    of = pausing()
    first = looking(holding("off"))
    half = NOW - LENGTH / 2
    assert movement(of).span(of, first) == half
    known = Seen(at=NOW - 60, running=Running(on=True, since=NOW - 600))
    assert movement(of).span(of, looking(holding("off"), seen=known)) == NOW - 600
    assert asked(of, looking(holding("off"), seen=known)).progress == Progress(since=NOW - 600)


def test_a_programme_is_held_let_go_on_and_given_back() -> None:
    def command(*, on: bool = False, waits: bool = False) -> DeviceCommand:
        return DeviceCommand("id", on, float(on), None, Reason("any"), waits)

    of = pausing(remote_switch="")
    start = ("switch.start", "on")
    assert written(actions(of, command(on=True))) == [("switch.hold", "off"), start]
    assert written(actions(of, command(waits=True))) == [("switch.hold", "on")]
    assert written(actions(of, command())) == [("switch.hold", "off")]
    assert written(actions(of, "default")) == [("switch.hold", "off")]
    assert written(actions(washer(remote_switch=""), command(waits=True))) == []


# A load to shed

FREEZER: dict[str, Any] = {
    "power": "sensor.power",
    "power_kw": 0.2,
    "usual_kw": 0.05,
    "price_per_kwh": 1.5,
    "switch": "switch.freezer",
    "longest_h": 2.0,
    "least_off_min": 60.0,
}


def test_a_freezer_is_shed_by_turning_it_off() -> None:
    freezer = device("sheddable", **FREEZER)
    assert KINDS["sheddable"].asset(freezer) == Sheddable(
        "id", "Thing", 0.2, 1.5, longest_h=2.0, switching=Switching(least_off_h=1.0)
    )
    assert written(actions(freezer, run(-0.05))) == [("switch.freezer", "off")]
    assert written(actions(freezer, run(0.0))) == [("switch.freezer", "on")]
    assert written(actions(freezer, "off")) == [("switch.freezer", "off")]
    assert written(actions(freezer, "on")) == [("switch.freezer", "on")]
    assert written(actions(freezer, "default")) == [("switch.freezer", "on")]
    shed = {"switch.freezer": State("switch.freezer", "off")}
    assert movement(freezer).runs(freezer, looking(shed))
    assert not movement(freezer).runs(freezer, looking())
    assert state(freezer, looking(shed, seen=Seen(on_h=0.5))) == SheddableState((0.05,), shed_h=0.5)


def test_hours_are_counted_from_midnight() -> None:
    midnight = NOW - 30.0 + 12 * HOUR
    looks = [looking(now=midnight + 600 * count) for count in (-2, -1, 1, 2)]
    assert watch(looks).on_h == pytest.approx(1200 / HOUR)


# All of them


@pytest.mark.parametrize(
    "data",
    [
        ("deferrable", PUMP),
        ("vehicle", CAR),
        ("heating", ROOMS),
        ("appliance", PAUSING),
        ("sheddable", FREEZER),
    ],
)
def test_every_kind_watches_what_its_state_is_made_of(data: tuple[str, dict[str, Any]]) -> None:
    kind, fields = data
    watched = set(KINDS[kind].watched(device(kind, **fields)))
    named = {each for each in fields.values() if isinstance(each, str) and "." in each}
    assert watched == named


@pytest.mark.parametrize("order", ["default", "on", "off", run(1.0, 20.0), run(0.0, 20.0)])
def test_what_has_no_control_is_told_nothing(order: Order) -> None:
    for kind, found in KINDS.items():
        if found.movement is not None:
            assert actions(device(kind, power_kw=1.0, charge_kw=1.0), order) == ()
