"""A household with devices, played again: energy, service, rules, managers and the bill."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from custom_components.shems.core.assets.appliance import Appliance, RunRequest
from custom_components.shems.core.assets.heating import Heating
from custom_components.shems.core.assets.performance import WATER_PUMP
from custom_components.shems.core.assets.tank import Tank
from custom_components.shems.core.assets.vehicle import Vehicle
from custom_components.shems.core.assets.water import Water
from custom_components.shems.core.forecast.vehicle import Session
from custom_components.shems.core.horizon import DAY_S, HOUR_S, QUARTER_S
from custom_components.shems.core.neighbours import Neighbours
from custom_components.shems.core.peak import PeakTariff
from custom_components.shems.core.plan.objective import Aim
from custom_components.shems.core.plan.style import Method, Style
from custom_components.shems.core.replay.controllers import self_consumption
from custom_components.shems.core.replay.household import (
    Direction,
    Household,
    Lived,
    live,
    ticks_of,
)
from custom_components.shems.core.replay.manager import Knows, Manager
from custom_components.shems.core.replay.reckoning import (
    account,
    captured,
    gross_cost,
    highest_kw,
    parts,
    windows,
)
from custom_components.shems.core.replay.ruled import (
    Ruled,
    every_rule,
    plain_rules,
    timer_rules,
)
from custom_components.shems.core.replay.run import CONNECTION, Run, play
from custom_components.shems.core.replay.use.appliance import MachineUse
from custom_components.shems.core.replay.use.heating import RoomsUse
from custom_components.shems.core.replay.use.use import SERVICE, InUse, Timers
from custom_components.shems.core.replay.use.vehicle import CarUse
from custom_components.shems.core.replay.use.water import TankUse
from custom_components.shems.core.units import InputError
from tests.core.replay.courses import noisy, run_of

CAR = Vehicle("car", "Car", 50.0, 11.0, least_kw=4.14, limit_soc=0.8)
HEAT_PUMP = Heating("heat_pump", "Heat pump", 2.4, 0.45)
TANK = Water("tank", "Tank", 1.2, tank=Tank(300.0), performance=WATER_PUMP, low_c=40.0)
WASHER = Appliance("washer", "Washer", (2.0, 0.5, 0.5, 0.3), 900.0)
QUARTERS = 96


def home_run(days: int = 1, *, parts: int = 3, sun: float = 3.0, tariff: str = "tou") -> Run:
    """Return a home of quarters of an hour with an evening peak, after its history."""
    count = (14 + days) * QUARTERS
    hour = np.arange(count) / 4 % 24
    load = 0.3 + 0.9 * ((hour >= 17) & (hour < 22))
    solar = sun * np.maximum(np.sin((hour - 7) / 10 * np.pi), 0.0)
    price = 0.1 + 0.08 * ((hour >= 17) & (hour < 21)) - 0.04 * ((hour >= 1) & (hour < 5))
    return run_of(
        load,
        solar if sun else None,
        price,
        begin="2024-02-01",
        step_s=QUARTER_S,
        tariff=tariff,
        parts=parts,
        first=14 * QUARTERS,
    )


def cut(run: Run, begin_h: int, hours: int) -> Run:
    """Return some hours of the day after the history, at the speed of tests."""
    first = run.first + 4 * begin_h
    return replace(run, first=first, last=first + 4 * hours)


def home_of(run: Run, kinds: str, *, peaks: tuple[PeakTariff, ...] = ()) -> Household:
    """Return a household with a car, rooms, tank or machine by their first letters."""
    ticks = ticks_of(run)
    midnight = float(run.course.start[0])
    hour = (ticks.start - midnight) / HOUR_S % 24
    outdoor = 3.0 + 3.0 * np.sin((hour - 9) / 24 * 2 * np.pi)
    days = range(round((ticks.start[-1] - midnight) / DAY_S) + 1)
    stays = tuple(
        Session(midnight + day * DAY_S + 18.2 * HOUR_S, midnight + (day + 1.31) * DAY_S, 9.0)
        for day in days
    )
    wanted = tuple(midnight + day * DAY_S + 8.05 * HOUR_S for day in days)
    requests = tuple(RunRequest(at, at + 8 * HOUR_S) for at in wanted)
    uses = {
        "c": CarUse(CAR, stays),
        "r": RoomsUse(HEAT_PUMP, outdoor, np.repeat(run.solar_kw, run.parts) / 3.0),
        "t": TankUse(TANK, outdoor, np.where((hour >= 7) & (hour < 7.25), 9.0, 0.02)),
        "m": MachineUse(WASHER, requests),
    }
    chosen = tuple(uses[kind] for kind in kinds)
    return Household(run, chosen, 3.0, outdoor, None, peaks)


def by_rule(household: Household, **rules: str) -> Lived:
    return live(household, Ruled(household, plain_rules(household, "self_consumption") | rules))


def spent(household: Household, lived: Lived) -> float:
    return account(household, lived, []).cost


@pytest.mark.parametrize("seed", range(5))
def test_without_devices_it_is_the_home_with_one_battery(seed: int) -> None:
    run = noisy(seed, parts=2)
    outcome = play(run, self_consumption(run))
    lived = by_rule(Household(run))
    per_step = lived.cost.reshape(-1, 2).sum(axis=1)
    assert per_step == pytest.approx(outcome.cost)
    assert lived.energy_kwh[1::2] == pytest.approx(outcome.energy_kwh)
    assert lived.discharged_kwh.sum() == pytest.approx(outcome.discharged_kwh.sum())


@pytest.mark.parametrize("rule", ["thermostat", "timer"])
def test_energy_is_conserved_in_every_step(rule: str) -> None:
    household = home_of(home_run(2), "crtm")
    chosen = dict.fromkeys(("heat_pump", "tank", "washer"), rule)
    chosen["washer"] = "at_once" if rule == "thermostat" else "timer"
    lived = by_rule(household, **chosen)
    run, ticks = household.run, household.ticks
    scored = slice(run.first * run.parts, None)
    taken = sum(lived.device_kw.values())
    stored = np.diff(lived.energy_kwh)[run.first * run.parts - 1 :]
    eta = run.battery.charge_efficiency
    battery = np.where(stored > 0, stored / eta, stored * eta) / ticks.hours
    net = run.net_kw.ravel()[scored]
    assert lived.grid_kw[scored] == pytest.approx(net + taken[scored] + battery)
    assert np.abs(lived.grid_kw).max() < CONNECTION.import_limit_kw
    assert not taken[: run.first * run.parts].any()
    buy, sell = (np.repeat(price, run.parts) for price in run.prices)
    paid = lived.grid_kw * np.where(lived.grid_kw > 0, buy, sell) * ticks.hours
    wear = run.battery.wear_per_kwh * lived.discharged_kwh
    assert lived.cost == pytest.approx(paid + wear)


def test_a_car_gets_what_it_wants_and_a_short_stay_what_is_possible() -> None:
    run = home_run(2)
    household = home_of(run, "c")
    at_once = by_rule(household)
    # The stay of the evening before is on when the replay begins.
    assert at_once.device_kw["car"].sum() * household.ticks.hours == pytest.approx(27.0)
    assert at_once.device_kw["car"].max() == 11.0
    assert not at_once.missing["car"].get("unmet_kwh")
    assert at_once.starts == {"car": 3}

    # An hour in the evening: at once it gets all that is possible, at night nothing.
    came = float(run.course.start[run.first]) + 18 * HOUR_S
    brief = CarUse(
        CAR,
        (
            Session(came - 3 * HOUR_S, came - 2 * HOUR_S - 1, 2.0),
            Session(came - 10.0, came - 5.0, 3.0),
            Session(came, came + HOUR_S, 30.0),
            Session(came + 5 * DAY_S, came + 6 * DAY_S, 1.0),
        ),
    )
    household = replace(household, uses=(brief,))
    assert not by_rule(household).missing["car"].get("unmet_kwh", 0) > 1e-9
    night = by_rule(household, car="at_night")
    assert night.missing["car"]["unmet_kwh"] == pytest.approx(13.0)
    priced = SERVICE["unmet_kwh"] * 13.0 * household.mean_price
    assert night.service.sum() == pytest.approx(priced)
    assert night.device_kw["car"].sum() == 0


def test_rooms_and_water_are_counted_where_they_are_cold() -> None:
    household = home_of(home_run(2), "rt")
    rows = account(household, by_rule(household), [])
    assert rows.missing["heat_pump"].get("cold_kh", 0.0) < 0.5
    assert rows.missing["tank"].get("cold_water_kwh", 0.0) == 0
    assert rows.device_kwh["heat_pump"] > 10
    by_timer = by_rule(household, heat_pump="timer", tank="timer")
    assert by_timer.device_kw["heat_pump"].max() > 1
    weak = replace(HEAT_PUMP, power_kw=0.5)
    drained = replace(household.uses[1], drawn_kw=np.full(len(household.ticks), 6.0))
    poor = replace(household, uses=(replace(household.uses[0], device=weak), drained))
    found = account(poor, by_rule(poor), [])
    assert found.missing["heat_pump"]["cold_kh"] > 3
    assert found.missing["tank"]["cold_water_kwh"] > 10
    assert found.service > 5


def test_a_machine_runs_when_asked_or_in_cheap_hours_and_is_missed_when_late() -> None:
    household = home_of(home_run(2), "m")
    hours = household.ticks.hour
    at_once, timed = by_rule(household), by_rule(household, washer="timer")
    assert set(hours[at_once.device_kw["washer"] > 1.5]) == {8.0}
    for each in (at_once, timed):
        taken = each.device_kw["washer"].sum() * household.ticks.hours
        assert taken == pytest.approx(2 * WASHER.energy_kwh)
        assert not each.missing["washer"]
    assert 15.0 in set(hours[timed.device_kw["washer"] > 1.5]) or (
        household.timers.cheap[9:15].any()
    )
    use = household.uses[0]
    hurried = tuple(replace(each, deadline=each.earliest + 1800.0) for each in use.requests)
    late = replace(household, uses=(replace(use, requests=hurried),))
    assert by_rule(late).missing["washer"] == {"missed_runs": 2.0}


def test_timers_take_the_cheapest_hours_of_the_past() -> None:
    hour = np.tile(np.arange(24.0), 3)
    price = np.where((hour >= 11) & (hour < 15), 0.05, 0.2)
    price[(hour >= 22) | (hour < 4)] = 0.1
    price[:24] = np.nan
    timers = Timers.of(hour, price)
    assert np.flatnonzero(timers.cheap).tolist() == [0, 1, 11, 12, 13, 14]
    assert np.flatnonzero(timers.night).tolist() == [0, 1, 2, 3, 22, 23]


def test_every_combination_of_rules_is_tried() -> None:
    household = home_of(home_run(), "ct")
    every = list(every_rule(household))
    assert len(every) == 8
    assert every[0] == plain_rules(household, "self_consumption")
    assert every[-1] == timer_rules(household)
    nothing = live(household, Ruled(household, plain_rules(household, "no_battery")))
    assert nothing.discharged_kwh.sum() == 0


def test_shems_costs_less_than_rules_and_leaves_no_more_undone() -> None:
    whole = home_of(home_run(parts=1), "t")
    best = min(
        (by_rule(whole, **rules) for rules in every_rule(whole)), key=lambda it: spent(whole, it)
    )
    lived, costs = {"best_rule": best, "self_consumption": by_rule(whole)}, {}
    for name, knows in (("shems", Knows.PAST), ("perfect_foresight", Knows.ALL)):
        manager = Manager(whole, knows)
        lived[name] = live(whole, manager)
        row = account(whole, lived[name], manager.seconds)
        assert row.plan_ms_max >= row.plan_ms_median > 0
        costs[name] = row.cost
    rows = {name: account(whole, each, []) for name, each in lived.items()}
    assert costs["shems"] < rows["best_rule"].cost
    assert costs["perfect_foresight"] < rows["best_rule"].cost
    assert rows["shems"].service <= rows["best_rule"].service + 0.05
    gross = gross_cost(whole, lived["self_consumption"], whole.run.first, whole.run.last)
    share = captured(rows, "shems", gross)
    assert share is not None
    assert share > 0.5
    assert captured(rows, "shems", 1e6) is None
    assert captured(rows | {"best_rule": rows["perfect_foresight"]}, "shems", 1.0) is None
    assert windows(whole, lived) == []


def test_a_temperature_that_nobody_knows_is_asked_for() -> None:
    blind = replace(home_of(home_run(), "r"), outdoor_c=None)
    with pytest.raises(InputError) as caught:
        live(blind, Manager(blind))
    assert caught.value.code == "temperature_missing"


def test_a_car_that_was_never_seen_is_charged_when_it_comes() -> None:
    run = cut(home_run(1, parts=1), 17, 4)
    came = float(run.course.start[run.first]) + HOUR_S
    new = CarUse(CAR, (Session(came, came + 2 * HOUR_S, 9.0),))
    household = Household(run, (new,))
    lived = [live(household, Manager(household, knows)) for knows in (Knows.PAST, Knows.TOLD)]
    power = lived[0].device_kw["car"].reshape(-1, 4).mean(axis=1)
    assert power.sum() == pytest.approx(9.0)
    assert power[14 * 24 + 18] == pytest.approx(9.0)
    assert lived[1].device_kw["car"].sum() / 4 == pytest.approx(9.0)


def test_a_manager_without_history_runs_the_rules() -> None:
    run = home_run(1, sun=0.0)
    run.course.load_kw[: run.first + 2] = np.nan
    course = replace(run.course, load_kw=run.course.load_kw)
    whole = replace(home_of(replace(run, course=course), "c"), outdoor_c=None)
    manager = Manager(whole)
    lived = live(whole, manager)
    assert len(manager.seconds) < len(whole.run.steps)
    assert lived.missing["car"].get("unmet_kwh", 0.0) < 0.5


def test_peaks_are_billed_and_foreseen() -> None:
    household = home_of(cut(home_run(), 0, 8), "c", peaks=(PeakTariff(5.0),))
    at_once = by_rule(household)
    row = account(household, at_once, [])
    assert row.peak_kw == pytest.approx(highest_kw(household, at_once))
    assert row.peaks == pytest.approx(5.0 * row.peak_kw)
    assert row.cost == pytest.approx(row.energy + row.peaks + row.service)
    shems = account(household, live(household, Manager(household, Knows.TOLD)), [])
    assert shems.peak_kw < 0.7 * row.peak_kw


def test_windows_add_up_to_the_run() -> None:
    household = home_of(home_run(28, parts=1), "r")
    lived = {"self_consumption": by_rule(household), "best_rule": by_rule(household)}
    found = windows(household, lived)
    assert len(found) == 2
    whole = sum(parts(household, lived["best_rule"], household.run.first, household.run.last))
    assert sum(each.cost["best_rule"] for each in found) == pytest.approx(whole)
    run = household.run
    gap = np.array(run.course.load_kw)
    gap[run.first : run.first + 14 * QUARTERS] = np.nan
    holed = replace(household, run=replace(run, course=replace(run.course, load_kw=gap)))
    assert len(windows(holed, {"self_consumption": by_rule(holed)})) == 1


@pytest.mark.parametrize("scenarios", [1, 4, 100])
def test_a_plan_meets_so_many_courses(scenarios: int) -> None:
    household = home_of(cut(home_run(parts=1), 15, 6), "")
    style = Style(method=Method.SCENARIOS)
    manager = Manager(household, style=style, scenarios=scenarios)
    assert live(household, manager).discharged_kwh.sum() > 0


def test_an_aim_of_self_sufficiency_buys_less() -> None:
    household = home_of(cut(home_run(parts=1), 0, 8), "c")
    bought = []
    for aim in (Aim.COST, Aim.SELF_SUFFICIENCY):
        lived = live(household, Manager(household, Knows.TOLD, aim=aim))
        bought.append(account(household, lived, []).energy_bought_kwh)
    assert bought[1] <= bought[0]


def test_steps_of_which_nothing_is_known_are_left_out() -> None:
    run = home_run(3, parts=1)
    load = np.array(run.course.load_kw)
    load[run.first + QUARTERS : run.first + 2 * QUARTERS] = np.nan
    household = home_of(replace(run, course=replace(run.course, load_kw=load)), "cr")
    ticked: list[int] = []
    rules = Ruled(household, plain_rules(household, "self_consumption"))
    lived = live(household, rules, tick=lambda: ticked.append(1))
    assert len(ticked) == 2 * QUARTERS
    cut = slice(run.first + QUARTERS, run.first + 2 * QUARTERS)
    assert not lived.grid_kw[cut].any()
    assert not lived.cost[cut].any()
    assert np.ptp(lived.energy_kwh[cut.start - 1 : cut.stop]) == 0
    assert np.ptp(lived.kept[cut.start - 1 : cut.stop]) == 0
    # Life goes on meanwhile: the car that came is met when it is there at the end.
    assert lived.device_kw["car"].sum() / 4 == pytest.approx(36.0)
    assert lived.service[cut].sum() == 0


def test_a_battery_keeps_the_peak_and_what_it_has_for_it() -> None:
    household = home_of(cut(home_run(), 0, 8), "c", peaks=(PeakTariff(5.0),))
    kept = []

    class Kept(Manager):
        def __call__(self, *asked: Any) -> Direction:
            told = super().__call__(*asked)
            kept.append((told.most_in_kw, told.left_kw))
            return told

    lived = live(household, Kept(household, Knows.PAST))
    most, left = np.array(kept).T
    assert (left <= most).all()
    assert left.any()
    assert account(household, lived, []).peak_kw < 5


def test_rooms_mind_their_lower_edge_whatever_they_are_told() -> None:
    household = home_of(home_run(2), "r")

    class Idle(Ruled):
        def __call__(self, tick: int, energy_kwh: float, devices: Sequence[InUse]) -> Direction:
            told = super().__call__(tick, energy_kwh, devices)
            return replace(told, powers=[each.guarded(0.0, tick) for each in devices])

    lived = live(household, Idle(household, plain_rules(household, "self_consumption")))
    assert lived.starts["heat_pump"] > 5
    assert lived.missing["heat_pump"].get("cold_kh", 0.0) < 0.2
    short = home_of(cut(home_run(parts=1), 8, 1), "rm")
    for knows in (Knows.PAST, Knows.TOLD):
        assert live(short, Manager(short, knows)).missing == {"heat_pump": {}, "washer": {}}


def test_a_car_takes_the_sun_that_the_meter_shows() -> None:
    run = cut(home_run(sun=9.0), 10, 4)
    ticks = ticks_of(run)
    begin = np.arange(ticks.start[0], ticks.start[-1], DAY_S)
    stays = tuple(Session(at + 9.1 * HOUR_S, at + 15.6 * HOUR_S, 24.0) for at in begin.tolist())
    household = Household(run, (CarUse(replace(CAR, surplus=True), stays),), 9.0)
    moved = {}
    for knows in (Knows.TOLD, Knows.ALL):
        lived = live(household, Manager(household, knows))
        taken = lived.device_kw["car"].reshape(-1, run.parts)
        charging = taken[(taken > 0).all(axis=1)]
        moved[knows] = float(np.ptp(charging, axis=1).mean())
    # Foresight holds what it planned of a step; in a home the meter decides.
    assert moved[Knows.TOLD] > 0.2 > moved[Knows.ALL]


def test_a_car_charges_where_neighbours_have_surplus() -> None:
    """Under a flat tariff nothing but they tells the hours of the night apart."""
    run = cut(home_run(2, sun=0.0, tariff="flat", parts=1), 16, 20)
    household = home_of(run, "c")
    begin = float(run.course.start[run.first])
    surplus = np.zeros(96)
    surplus[40:48] = 5000.0

    def neighbours(now: float) -> Neighbours | None:
        return Neighbours(begin, 900.0, np.full(96, 500.0), surplus, 0.17, 0.06, now)

    def told_nothing(_: float) -> Neighbours | None:
        return None

    shared = slice(run.first + 40, run.first + 48)
    taken = []
    for asked in (told_nothing, neighbours):
        manager = Manager(household, Knows.TOLD, neighbours=asked)
        car = live(household, manager).device_kw["car"]
        taken.append(float(car[shared].sum() / car[run.first :].sum()))
    assert taken[0] < 0.5
    assert taken[1] == pytest.approx(1.0)


def test_a_household_that_says_when_its_car_leaves_is_believed() -> None:
    """It leaves later than ever before; who only knows the past charges in time for that."""
    run = cut(home_run(2, sun=0.0, tariff="flat", parts=1), 16, 24)
    begin = float(run.course.start[run.first])
    midnights = [begin - 16 * HOUR_S - DAY_S * day for day in range(1, 14)]
    stays = tuple(
        Session(at + 18.0 * HOUR_S, at + 31.0 * HOUR_S, 9.0) for at in reversed(midnights)
    )
    last = Session(begin + 2 * HOUR_S, begin + 23 * HOUR_S, 9.0)
    household = Household(run, (CarUse(CAR, (*stays, last)),), None)
    surplus = np.where(np.arange(96) // 4 == 20, 9000.0, 0.0)

    def neighbours(now: float) -> Neighbours | None:
        return Neighbours(begin, 900.0, np.full(96, 500.0), surplus, 0.17, 0.06, now)

    noon = slice(run.first + 80, run.first + 84)
    taken = []
    for said in (False, True):
        manager = Manager(household, neighbours=neighbours, said=said)
        taken.append(float(live(household, manager).device_kw["car"][noon].sum() / 4))
    assert taken[0] < 2.0
    assert taken[1] == pytest.approx(9.0, abs=1.0)
