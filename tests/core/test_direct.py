"""Devices now: the plan, the surplus on the meter, fuse and peak, and few writes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.assets.appliance import Appliance, ApplianceState, Progress
from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.connection import Connection, Limit
from custom_components.shems.core.assets.deferrable import Deferrable, DeferrableState
from custom_components.shems.core.assets.heating import Heating, HeatingState
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.kinds import MovableState
from custom_components.shems.core.assets.sheddable import Sheddable, SheddableState
from custom_components.shems.core.assets.stay import VehicleState
from custom_components.shems.core.assets.switching import Switching
from custom_components.shems.core.assets.vehicle import Vehicle
from custom_components.shems.core.assets.water import Water, WaterState
from custom_components.shems.core.dispatch.budget import WRITES_A_DAY
from custom_components.shems.core.dispatch.command import Command, DeviceCommand
from custom_components.shems.core.dispatch.decide import DispatchState, decide
from custom_components.shems.core.dispatch.devices import DirectState, direct
from custom_components.shems.core.dispatch.phases import guard_phases
from custom_components.shems.core.horizon import Horizon
from custom_components.shems.core.observe.readings import BatteryReading, Readings
from custom_components.shems.core.peak import PeakTariff
from custom_components.shems.core.plan.make import PlanState, make_plan
from custom_components.shems.core.plan.result import (
    DevicePlan,
    Mode,
    Plan,
    Reason,
    Shortfall,
    Status,
)
from custom_components.shems.core.tariff import Prices
from tests.core.homes import BATTERY, NOW, certain, hourly, value_of


@dataclass(frozen=True)
class Charger(Deferrable):
    """A charger whose power follows the sun."""

    @property
    def absorbs(self) -> bool:
        return True


CHARGER = Charger("car", "Car", 11.0, 1.4)
PUMP = Deferrable("pump", "Pump", 2.0)
STATES = {"car": DeferrableState(), "pump": DeferrableState()}
IDLE = Reason("device_idle")


def plan_of(*parts: DevicePlan, count: int = 4, sell: float = 0.08, **more: object) -> Plan:
    zero = np.zeros(count)
    known = np.ones(count, dtype=np.bool_)
    plan = Plan(
        NOW,
        Horizon.uniform(NOW, 3600.0, count),
        Prices(np.full(count, 0.3), np.full(count, sell), known),
        Status.OPTIMAL,
        zero,
        zero,
        zero,
        zero,
        (),
        0.0,
        0.0,
        devices=parts,
    )
    return replace(plan, **more)  # type: ignore[arg-type]  # fields by name


def part(
    device_id: str, power_kw: float, value: float | None = None, short: float = 0.0
) -> DevicePlan:
    missing = (Shortfall("energy_short", short, "kWh"),) if short else ()
    worth = None if value is None else np.full(4, value)
    return DevicePlan(
        device_id, "deferrable", np.full(4, power_kw), None, worth, missing, (IDLE,) * 4
    )


def meters(net_kw: float | None, now: float = NOW, **powers: float | None) -> Readings:
    return Readings(
        now,
        grid_kw=value_of(net_kw),
        devices={key: value_of(power) for key, power in powers.items()},
    )


def told(
    plan: Plan | None,
    home: Home,
    seen: Readings,
    state: DirectState | None = None,
    batteries: tuple[Command, ...] = (),
) -> tuple[dict[str, DeviceCommand], DirectState]:
    commands, after = direct(plan, home, seen, STATES, batteries, state or DirectState(), seen.now)
    return {each.device_id: each for each in commands}, after


def test_a_device_takes_what_is_planned() -> None:
    home = Home(devices=(CHARGER, PUMP))
    commands, _ = told(plan_of(part("car", 3.0), part("pump", 0.0)), home, meters(1.0))
    assert commands["car"].on
    assert commands["car"].power_kw == 3.0
    assert commands["car"].reason == IDLE
    assert not commands["pump"].on


def test_without_a_plan_or_a_state_nothing_is_told() -> None:
    home = Home(devices=(CHARGER,))
    assert told(None, home, meters(1.0))[0] == {}
    late = meters(1.0, NOW + 5 * 3600)
    assert told(plan_of(part("car", 3.0)), home, late)[0] == {}
    assert told(plan_of(part("gone", 3.0)), home, meters(1.0))[0] == {}
    assert direct(plan_of(part("car", 3.0)), home, meters(1.0), {}, (), DirectState(), NOW)[0] == ()


@pytest.mark.parametrize(
    ("net", "drawn", "value", "expected"),
    [
        (-4.0, 0.0, 0.2, 4.0),
        (-1.0, 3.0, 0.2, 4.0),
        (-4.0, 0.0, 0.05, 0.0),
        (-1.0, 0.0, 0.2, 0.0),
        (-20.0, 0.0, 0.2, 11.0),
        (2.0, 0.0, 0.2, 0.0),
    ],
    ids=["surplus", "of its own", "worth less", "too little", "its most", "none"],
)
def test_a_car_takes_the_surplus_that_is_worth_more_in_it(
    net: float, drawn: float, value: float, expected: float
) -> None:
    home = Home(devices=(CHARGER,))
    commands, _ = told(plan_of(part("car", 0.0, value)), home, meters(net, car=drawn))
    assert commands["car"].power_kw == pytest.approx(expected)
    assert commands["car"].on == (expected > 0)
    if expected:
        assert commands["car"].reason.code == "device_surplus"


@pytest.mark.parametrize(("worth", "expected"), [(0.3, 2.0), (0.1, 5.0)])
def test_a_battery_and_a_car_share_the_surplus_by_what_it_is_worth(
    worth: float, expected: float
) -> None:
    home = Home(devices=(CHARGER,), batteries=(BATTERY,))
    beliefs = certain(horizon=hourly(4))
    rest, _ = make_plan(Home(batteries=(BATTERY,)), beliefs, {"store": 5.0}, PlanState(), NOW)
    battery = replace(rest.batteries[0], value=np.full(4, worth))
    plan = plan_of(part("car", 0.0, 0.2), batteries=(battery,))
    charging = Command("store", Mode.ABSORB, -3.0, IDLE)
    seen = replace(
        meters(-2.0, car=0.0),
        batteries={"store": BatteryReading(value_of(0.5), value_of(-3.0))},
    )
    commands, _ = told(plan, home, seen, batteries=(charging,))
    assert commands["car"].power_kw == pytest.approx(expected)


@pytest.mark.parametrize(("planned", "expected"), [(0.5, 0.0), (0.9, 1.4), (0.0, 0.0)])
def test_a_duty_cycle_is_on_or_off(planned: float, expected: float) -> None:
    commands, _ = told(plan_of(part("car", planned)), Home(devices=(CHARGER,)), meters(1.0))
    assert commands["car"].power_kw == pytest.approx(expected)


def test_the_fuse_is_kept_within_one_update() -> None:
    """What can run at less does so first; then what misses least is turned off."""
    home = Home(Connection(10.0, 10.0), devices=(CHARGER, PUMP))
    plan = plan_of(part("car", 6.0), part("pump", 2.0))
    eased, _ = told(plan, home, meters(12.0, car=6.0, pump=2.0))
    assert eased["car"].power_kw == pytest.approx(4.0)
    assert eased["car"].reason == Reason("limit_grid", {"limit_kw": 10.0})
    assert eased["pump"].power_kw == 2.0
    late = plan_of(part("car", 6.0, short=5.0), part("pump", 2.0))
    off, _ = told(late, home, meters(15.8, car=6.0, pump=2.0))
    assert not off["pump"].on
    assert off["car"].power_kw == pytest.approx(1.4)
    resting = plan_of(part("car", 6.0), part("pump", 0.0))
    assert told(resting, home, meters(12.0, car=6.0))[0]["car"].power_kw == pytest.approx(4.0)
    dark, _ = told(plan, home, meters(None))
    assert dark["car"].power_kw == 6.0


def test_a_limit_imposed_and_a_peak_are_kept_too() -> None:
    imposed = Connection(20.0, 20.0, limits=(Limit(NOW, NOW + 3600, import_kw=4.2),))
    home = Home(imposed, devices=(CHARGER,))
    plan = plan_of(part("car", 11.0))
    assert told(plan, home, meters(1.0))[0]["car"].power_kw == pytest.approx(3.2)
    peak = plan_of(part("car", 11.0), kept_kw=np.full(4, 5.0))
    free = Home(Connection(20.0, 20.0), devices=(CHARGER,))
    kept = told(peak, free, meters(1.0))[0]["car"]
    assert kept.power_kw == pytest.approx(4.0)
    assert kept.reason.code == "limit_peak"


def test_a_battery_that_gives_makes_room() -> None:
    home = Home(Connection(10.0, 10.0), devices=(CHARGER,), batteries=(BATTERY,))
    giving = Command("store", Mode.COVER, 3.0, IDLE)
    seen = replace(
        meters(8.0, car=6.0), batteries={"store": BatteryReading(value_of(0.5), value_of(3.0))}
    )
    commands, _ = told(plan_of(part("car", 6.0)), home, seen, batteries=(giving,))
    assert commands["car"].power_kw == 6.0


def test_what_was_switched_stays_so_for_five_minutes() -> None:
    home = Home(devices=(CHARGER,))
    sunny = plan_of(part("car", 0.0, 0.2))
    _, off = told(sunny, home, meters(1.0, car=0.0))
    on, state = told(sunny, home, meters(-4.0, NOW + 400, car=0.0), off)
    assert on["car"].on
    cloudy, state = told(sunny, home, meters(5.0, NOW + 460, car=4.0), state)
    assert cloudy["car"].on
    assert cloudy["car"].reason.code == "device_keeps"
    later, state = told(sunny, home, meters(5.0, NOW + 800, car=4.0), state)
    assert not later["car"].on
    again, _ = told(sunny, home, meters(-4.0, NOW + 860, car=0.0), state)
    assert not again["car"].on
    assert again["car"].reason.code == "device_keeps"


def test_what_was_switched_stays_so_for_its_own_least_time() -> None:
    """At the border of two steps the old plan switches, and the new one does not know it yet."""
    rooms = Heating("rooms", "Rooms", 2.0, switching=Switching(0.5, 0.25))
    home, states = Home(devices=(rooms,)), {"rooms": HeatingState(20.0)}
    steps: list[tuple[float, float, bool]] = [
        (0.0, 0.0, False),
        (0.1, 2.0, True),
        (0.5, 0.0, True),
        (0.6, 0.0, False),
        (0.7, 2.0, False),
        (0.85, 2.0, True),
    ]
    state = DirectState()
    for after_h, power, on in steps:
        plan, seen = plan_of(part("rooms", power)), meters(1.0, NOW + 3600.0 * after_h)
        (command,), state = direct(plan, home, seen, states, (), state, seen.now)
        assert command.on == on, after_h


def test_a_programme_that_was_just_called_for_is_called_for_five_minutes() -> None:
    washer = Appliance("washer", "Washer", (2.0,), 1800.0)
    home, states = Home(devices=(washer,)), {"washer": ApplianceState()}
    state = DirectState()
    for after_s, power, on in ((0.0, 0.0, False), (60.0, 2.0, True), (120.0, 0.0, True)):
        plan, seen = plan_of(part("washer", power)), meters(1.0, NOW + after_s)
        (command,), state = direct(plan, home, seen, states, (), state, seen.now)
        assert command.on == on, after_s


def test_small_changes_are_not_written() -> None:
    home = Home(devices=(CHARGER,))
    _, state = told(plan_of(part("car", 3.0)), home, meters(1.0))
    near, state = told(plan_of(part("car", 3.1)), home, meters(1.0, NOW + 10), state)
    assert near["car"].power_kw == 3.0
    far, _ = told(plan_of(part("car", 4.0)), home, meters(1.0, NOW + 20), state)
    assert far["car"].power_kw == 4.0


def test_writes_of_a_day_are_rationed_but_not_switching_and_limits() -> None:
    home = Home(Connection(10.0, 10.0), devices=(CHARGER,))
    state = DirectState()
    writes = 0
    for second in range(0, 3 * WRITES_A_DAY, 1):
        power = 3.0 if second % 2 else 5.0
        before = state
        _, state = told(
            plan_of(part("car", power)), home, meters(0.0, NOW + second, car=0.0), state
        )
        writes += before.told.get("car") is None or before.told["car"].at != state.told["car"].at
    assert WRITES_A_DAY / 2 < writes <= WRITES_A_DAY
    off, state = told(plan_of(part("car", 0.0)), home, meters(0.0, NOW + 1000, car=3.0), state)
    assert not off["car"].on
    _, state = told(plan_of(part("car", 5.0)), home, meters(0.0, NOW + 2000, car=0.0), state)
    held, _ = told(plan_of(part("car", 5.0)), home, meters(13.0, NOW + 2010, car=5.0), state)
    assert held["car"].power_kw == pytest.approx(2.0)
    tomorrow = NOW + 6 * 3600.0
    fresh = plan_of(part("car", 3.0), horizon=Horizon.uniform(tomorrow, 3600.0, 4))
    new, _ = told(fresh, home, meters(0.0, tomorrow, car=5.0), state)
    assert new["car"].power_kw == 3.0


def test_no_battery_feeds_a_car_that_it_may_not_feed() -> None:
    car = replace(CHARGER, from_battery=False)
    kept_in = replace(BATTERY, may_discharge_to_grid=False)
    home = Home(devices=(car,), batteries=(kept_in,))
    plan, _ = make_plan(
        Home(batteries=(kept_in,)),
        certain(buy=0.4, horizon=hourly(4)),
        {"store": 9.0},
        PlanState({"store": 0.0}),
        NOW,
    )
    seen = Readings(
        NOW,
        grid_kw=value_of(8.0),
        batteries={"store": BatteryReading(value_of(0.9), value_of(0.0))},
        devices={"car": value_of(7.0)},
    )
    (command,), _ = decide(plan, home, seen, DispatchState(), NOW)
    assert command.power_kw == pytest.approx(1.0)
    (free,), _ = decide(plan, replace(home, devices=(CHARGER,)), seen, DispatchState(), NOW)
    assert free.power_kw == pytest.approx(BATTERY.discharge_kw)


def test_a_battery_holds_the_peak_that_the_plan_keeps() -> None:
    """A kettle above the planned peak is fed from the battery, whatever energy is worth."""
    home = Home(
        Connection(20.0, 20.0, peaks=(PeakTariff(5.0),)),
        batteries=(Battery("store", "Store", 10.0, 5.0, 5.0),),
    )
    beliefs = certain(load=2.0, buy=[0.1, 0.1, 0.1, 0.4], horizon=hourly(4))
    plan, _ = make_plan(home, beliefs, {"store": 2.0}, PlanState({"store": 0.3}), NOW)
    assert plan.kept_kw is not None
    kept = float(plan.kept_kw[0])
    seen = Readings(
        NOW,
        grid_kw=value_of(kept + 2.0),
        batteries={"store": BatteryReading(value_of(0.2), value_of(0.0))},
    )
    (command,), _ = decide(plan, home, seen, DispatchState(), NOW)
    assert command.power_kw >= 2.0 - 1e-6


def test_a_thermostat_is_told_what_makes_it_take_the_planned_power() -> None:
    heating = Heating("heating", "Heating", 2.0)
    warm = DevicePlan(
        "heating",
        "heating",
        np.full(4, 1.0),
        np.array([20.14, 20.3, 20.0, 20.0]),
        None,
        (),
        (IDLE,) * 4,
        np.array([[19.0, 19.0, 20.0, 20.0], [20.64, 21.0, 20.0, 20.0]]),
    )
    states = {"heating": HeatingState(20.0)}
    home = Home(devices=(heating,))
    (command,), state = direct(plan_of(warm), home, meters(2.0), states, (), DirectState(), NOW)
    assert command.setpoint_c == 20.6
    later = meters(2.0, NOW + 3600)
    (command,), _ = direct(plan_of(warm), home, later, states, (), state, later.now)
    assert command.setpoint_c == 21.0


def test_a_programme_that_runs_is_not_stopped() -> None:
    """Neither between its heating phases nor for the fuse, unless it pauses."""
    washer = Appliance("washer", "Washer", (2.0, 0.0, 2.0), 1800.0, pausable_after=(1,))
    home = Home(Connection(5.0, 5.0), devices=(washer, PUMP))
    plan = plan_of(part("washer", 0.0), part("pump", 2.0))
    seen = meters(6.0, washer=2.0, pump=2.0)
    for paused in (False, True):
        running = ApplianceState(progress=Progress(0, NOW - 60.0, paused=paused))
        states = {"washer": running, "pump": DeferrableState()}
        commands, _ = direct(plan, home, seen, states, (), DirectState(), NOW)
        by_id = {each.device_id: each for each in commands}
        assert by_id["washer"].on is not paused
    busy = plan_of(part("washer", 2.0), part("pump", 2.0))
    going = {"washer": ApplianceState(progress=Progress(0, NOW)), "pump": DeferrableState()}
    commands, _ = direct(busy, home, seen, going, (), DirectState(), NOW)
    by_id = {each.device_id: each for each in commands}
    assert by_id["washer"].power_kw == 2.0
    assert not by_id["pump"].on


def test_every_kind_says_how_it_is_driven() -> None:
    """Cars follow the sun where they may, thermostats are told degrees, loads to shed give."""
    car = Vehicle("car", "Car", 40.0, 7.4, least_kw=1.4, surplus=True)
    tank = Water("tank", "Tank", 1.7)
    spare = Sheddable("spare", "Spare", 0.5, 0.45)
    home = Home(Connection(30.0, 30.0), devices=(car, tank, spare))
    states = {"car": VehicleState(12.0), "tank": WaterState(48.0), "spare": SheddableState((0.4,))}
    warm = replace(part("tank", 1.7), told_c=np.array([[45.0] * 4, [51.25, 52.0, 52.0, 52.0]]))
    plan = plan_of(part("car", 0.0, 0.2), warm, part("spare", -0.4))
    seen = meters(-6.0, car=0.0, tank=0.0)
    commands, _ = direct(plan, home, seen, states, (), DirectState(), NOW)
    by_id = {each.device_id: each for each in commands}
    assert by_id["car"].power_kw == pytest.approx(4.3)
    assert by_id["car"].setpoint_c is None
    assert by_id["tank"].setpoint_c == 51.2
    assert by_id["spare"].on
    assert by_id["spare"].power_kw == pytest.approx(-0.4)
    strict = Home(Connection(30.0, 30.0), devices=(replace(car, surplus=False, from_grid=False),))
    commands, _ = direct(plan, strict, meters(-6.0), states, (), DirectState(), NOW)
    assert commands[0].power_kw == pytest.approx(6.0)
    tight = Home(Connection(2.0, 2.0), devices=(car, tank, spare))
    busy = plan_of(part("car", 7.4), warm, part("spare", -0.4))
    commands, _ = direct(busy, tight, meters(3.0), states, (), DirectState(), NOW)
    by_id = {each.device_id: each for each in commands}
    assert not by_id["car"].on
    assert not by_id["tank"].on
    assert by_id["spare"].on


def test_what_is_proposed_is_told_and_changes_nothing_for_the_others() -> None:
    home = Home(devices=(CHARGER, PUMP))
    plan = plan_of(part("car", 0.0, 0.2), proposals=(part("pump", 2.0),))
    # The pump goes its own ways and takes nothing: the car may have all the surplus.
    commands, _ = told(plan, home, meters(-4.0, car=0.0, pump=0.0))
    assert commands["car"].power_kw == 4.0
    assert commands["pump"].on
    assert commands["pump"].power_kw == 2.0


FUSED = Connection.fused(25.0)
FUSE_KW = 25 * 0.23


def guarded(
    home: Home,
    own: tuple[float, ...],
    parts: tuple[DevicePlan, ...],
    states: Mapping[str, MovableState],
) -> tuple[dict[str, DeviceCommand], list[float]]:
    """Return what devices that run as planned are told, and what each phase carries then.

    Args:
        home: what exists, and on which phase.
        own: of each phase, what is on it besides.
        parts: what is planned for devices, and what they take already.
        states: of the devices.
    """

    def carried(taken: Mapping[str, float]) -> list[float]:
        spread = sum(power for key, power in taken.items() if key not in home.wired) / 3
        on_it = [
            sum(power for key, power in taken.items() if home.wired.get(key) == phase)
            for phase in range(3)
        ]
        return [base + spread + only for base, only in zip(own, on_it, strict=True)]

    before = {each.device_id: float(each.power_kw[0]) for each in parts}
    phases = carried(before)
    seen = replace(
        meters(sum(phases), **before), phases_a=tuple(value_of(each / 0.23) for each in phases)
    )
    rooms = guard_phases(home, seen, (), NOW)
    told, _ = direct(plan_of(*parts), home, seen, states, (), DirectState(), NOW, rooms)
    commands = {each.device_id: each for each in told}
    return commands, carried({key: each.power_kw for key, each in commands.items()})


def test_only_what_is_on_the_phase_is_cut_for_it() -> None:
    """What is spread counts a third; what is short of something goes last, as ever."""
    near, far = CHARGER, replace(CHARGER, id="far")
    spread = replace(CHARGER, id="spread")
    home = Home(FUSED, devices=(far, spread, near), wired={"car": 0, "far": 1})
    states = dict.fromkeys(("car", "far", "spread"), DeferrableState())
    parts = (part("far", 3.0), part("spread", 3.0, short=2.0), part("car", 3.0))
    commands, phases = guarded(home, (2.75, 0.0, 0.0), parts, states)
    powers = {key: each.power_kw for key, each in commands.items()}
    assert powers == {"far": 3.0, "spread": 3.0, "car": pytest.approx(2.0)}
    assert commands["car"].reason == Reason("limit_phase", {"limit_kw": FUSE_KW})
    assert commands["far"].reason == IDLE
    assert phases[0] == pytest.approx(FUSE_KW)
    commands, phases = guarded(home, (3.75, 0.0, 0.0), parts, states)
    assert commands["car"].power_kw == pytest.approx(1.4)
    assert commands["spread"].power_kw == pytest.approx(3.0 - 3 * 0.4)
    assert phases[0] == pytest.approx(FUSE_KW)


def test_a_programme_on_the_phase_runs_on_and_counts_as_it_is() -> None:
    washer = Appliance("washer", "Washer", (2.0, 0.0, 2.0), 1800.0)
    home = Home(FUSED, devices=(washer, CHARGER), wired={"washer": 0, "car": 0})
    states = {"washer": ApplianceState(progress=Progress(0, NOW)), "car": DeferrableState()}
    parts = part("washer", 2.0), part("car", 3.0)
    commands, phases = guarded(home, (1.75, 0.0, 0.0), parts, states)
    assert commands["washer"].on
    assert commands["washer"].power_kw == 2.0
    assert commands["car"].power_kw == pytest.approx(2.0)
    assert phases[0] == pytest.approx(FUSE_KW)
    # The plan thinks it rests.
    seen = replace(
        meters(6.75, washer=2.0, car=3.0), phases_a=tuple(map(value_of, (6.75 / 0.23, 0.0, 0.0)))
    )
    rooms = guard_phases(home, seen, (), NOW)
    resting = plan_of(part("washer", 0.0), part("car", 3.0))
    told, _ = direct(resting, home, seen, states, (), DirectState(), NOW, rooms)
    assert {each.device_id: each.power_kw for each in told}["car"] == pytest.approx(2.0)


def test_a_battery_on_another_phase_makes_no_room() -> None:
    home = Home(FUSED, devices=(CHARGER,), batteries=(BATTERY,), wired={"car": 0, "store": 1})
    parts = part("car", 3.0)
    for phase, expected in ((0, 3.0), (1, 2.0)):
        there = replace(home, wired={"car": 0, "store": phase})
        seen = replace(
            meters(6.75, car=3.0),
            batteries={"store": BatteryReading(value_of(0.5), value_of(0.0))},
            phases_a=tuple(map(value_of, (6.75 / 0.23, 0.0, 0.0))),
        )
        rooms = guard_phases(there, seen, (), NOW)
        giving = Command("store", Mode.COVER, 2.0, IDLE)
        told, _ = direct(plan_of(parts), there, seen, STATES, (giving,), DirectState(), NOW, rooms)
        assert told[0].power_kw == pytest.approx(expected)


@st.composite
def crowded(
    draw: st.DrawFn,
) -> tuple[Home, tuple[float, ...], tuple[DevicePlan, ...]]:
    """Draw a home of devices on single phases and on all, and what is on each phase besides."""
    names = [f"d{number}" for number in range(draw(st.integers(1, 5)))]
    phases = {name: draw(st.sampled_from((0, 1, 2, None))) for name in names}
    devices, parts = [], []
    for name in names:
        most = draw(st.floats(0.5, 11.0))
        least = most * draw(st.sampled_from((0.2, 0.5, 1.0)))
        power = draw(st.one_of(st.just(0.0), st.floats(least, most)))
        devices.append(Deferrable(name, name, most, least))
        parts.append(part(name, power, short=draw(st.sampled_from((0.0, 1.0)))))
    own = tuple(draw(st.floats(-4.0, 7.0)) for _ in range(3))
    wired = {name: phase for name, phase in phases.items() if phase is not None}
    # The connection itself carries anything: what is cut is cut for a phase.
    roomy = replace(FUSED, import_limit_kw=100.0)
    return Home(roomy, devices=tuple(devices), wired=wired), own, tuple(parts)


@given(crowded())
def test_no_phase_stays_above_its_fuse_and_nothing_is_cut_for_another(
    crowd: tuple[Home, tuple[float, ...], tuple[DevicePlan, ...]],
) -> None:
    home, own, parts = crowd
    states = {each.id: DeferrableState() for each in home.devices}
    commands, phases = guarded(home, own, parts, states)
    before = {each.device_id: float(each.power_kw[0]) for each in parts}
    spread = sum(power for key, power in before.items() if key not in home.wired) / 3
    over = {
        phase
        for phase in range(3)
        if own[phase] + spread + sum(before[key] for key in before if home.wired.get(key) == phase)
        > FUSE_KW
    }
    for phase in over:
        mine = [each for key, each in commands.items() if home.wired.get(key, phase) == phase]
        assert phases[phase] <= FUSE_KW + 0.011 or not any(each.on for each in mine)
    for key, each in commands.items():
        if (home.wired[key] not in over) if key in home.wired else not over:
            assert each.power_kw == before[key]
            assert each.reason == IDLE
