"""What is wrong ends in a clear error or a safe plan, never in a silent number."""

import math
from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.solar import Solar
from custom_components.shems.core.forecast.beliefs import Beliefs, Outlook
from custom_components.shems.core.observe.readings import BatteryReading, Readings, Trust, Value
from custom_components.shems.core.peak import PeakTariff
from custom_components.shems.core.plan import make
from custom_components.shems.core.plan.make import PlanState, make_plan
from custom_components.shems.core.plan.result import Plan, Reason, Status
from custom_components.shems.core.plan.solve import SolveError
from custom_components.shems.core.units import InputError
from tests.core.homes import BATTERY, HOME, NOW, certain, hourly

GOOD = certain(load=[1.0, 2.0, 3.0], buy=[0.1, 0.3, 0.5], horizon=hourly(3))
PEAK = PeakTariff(5.0)
BROKEN = np.array([1.0, math.nan, 1.0])


def plan_of(beliefs: Beliefs, home: Home = HOME, energy_kwh: float = 5.0) -> Plan:
    plan, _ = make_plan(home, beliefs, {"store": energy_kwh}, PlanState(), NOW)
    return plan


@pytest.mark.parametrize(
    ("beliefs", "code"),
    [
        (replace(GOOD, load=Outlook.certain(BROKEN, "x")), "belief_missing"),
        (replace(GOOD, solar=Outlook.certain(BROKEN, "x")), "belief_missing"),
        (replace(GOOD, load=Outlook.certain(-np.ones(3), "x")), "belief_negative"),
        (replace(GOOD, prices=replace(GOOD.prices, buy=BROKEN)), "prices_missing"),
        (replace(GOOD, prices=replace(GOOD.prices, sell=BROKEN)), "prices_missing"),
    ],
)
def test_no_plan_is_made_from_what_is_missing(beliefs: Beliefs, code: str) -> None:
    with pytest.raises(InputError) as caught:
        plan_of(beliefs)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("buy", "sell"),
    [
        ([0.0] * 6, [0.0] * 6),
        ([0.3] * 6, [0.3] * 6),
        ([-0.1, -0.5, -0.2, -0.1, -0.3, -0.1], [-0.2, -0.6, -0.3, -0.2, -0.4, -0.2]),
        ([0.3, 0.3, 4.0, 4.0, 0.3, 0.3], [0.05] * 6),
        ([0.3, 0.3, 4.0, -4.0, 0.3, 0.3], [0.05, 0.05, 3.9, -4.1, 0.05, 0.05]),
    ],
)
@pytest.mark.parametrize("home", [HOME, replace(HOME, connection=Connection(peaks=(PEAK,)))])
def test_any_prices_have_a_plan_within_the_limits(
    buy: list[float], sell: list[float], home: Home
) -> None:
    beliefs = certain([1.0, 2.0, 3.0, 4.0, 1.0, 0.5], 1.0, buy, sell, horizon=hourly(6))
    plan = plan_of(beliefs, home)
    assert plan.problem is None
    assert plan.grid_kw.max() <= 17.0 + 1e-6
    (part,) = plan.batteries
    assert (part.energy_kwh >= 1.0 - 1e-6).all()
    assert (part.energy_kwh <= 10.0 + 1e-6).all()
    energy = 5.0
    for power, stored in zip(part.power_kw.tolist(), part.energy_kwh.tolist(), strict=True):
        energy, _ = BATTERY.step(energy, power, 1.0)
        assert energy == pytest.approx(stored, abs=1e-5)


def test_a_charge_of_103_percent_is_named() -> None:
    with pytest.raises(InputError) as caught:
        plan_of(GOOD, energy_kwh=1.03 * BATTERY.capacity_kwh)
    assert caught.value.code == "soc_out_of_range"


@pytest.mark.parametrize("energy_kwh", [-0.1, 10.1, math.nan, math.inf])
def test_a_charge_that_no_battery_has_is_named(energy_kwh: float) -> None:
    with pytest.raises(InputError) as caught:
        plan_of(GOOD, energy_kwh=energy_kwh)
    assert caught.value.code == "soc_out_of_range"
    assert caught.value.arguments["battery"] == "Store"


@pytest.mark.parametrize("energy_kwh", [0.0, 0.5, 9.9, 10.0])
def test_a_charge_outside_the_usable_range_has_a_plan(energy_kwh: float) -> None:
    home = replace(HOME, batteries=(replace(BATTERY, min_soc=0.1, max_soc=0.9),))
    plan = plan_of(GOOD, home, energy_kwh)
    assert plan.problem is None
    assert (plan.batteries[0].energy_kwh >= min(1.0, energy_kwh) - 1e-6).all()


@pytest.mark.parametrize(
    "soc",
    [
        Value(0.5, NOW - 9999, Trust.STALE),
        Value(None, NOW, Trust.IMPLAUSIBLE),
        Value(None, None, Trust.MISSING),
    ],
)
def test_a_battery_whose_charge_is_unusable_is_left_out(soc: Value) -> None:
    seen = Readings(NOW, batteries={"store": BatteryReading(soc)})
    energy: dict[str, float] = {}
    with pytest.raises(InputError, match="soc unusable"):
        energy["store"] = seen.energy_kwh("store", BATTERY.capacity_kwh)
    plan, _ = make_plan(HOME, GOOD, energy, PlanState(), NOW)
    assert plan.batteries == ()
    assert plan.grid_kw.tolist() == GOOD.load.mean.tolist()


def test_a_battery_of_nothing_has_a_plan() -> None:
    empty = replace(BATTERY, capacity_kwh=0.0)
    plan = plan_of(GOOD, replace(HOME, batteries=(empty,)), 0.0)
    assert plan.batteries[0].power_kw.tolist() == pytest.approx([0.0] * 3, abs=1e-6)


@pytest.mark.parametrize(
    "change",
    [
        {"capacity_kwh": math.inf},
        {"capacity_kwh": -1.0},
        {"charge_kw": math.inf},
        {"charge_kw": math.nan},
        {"discharge_kw": -5.0},
        {"wear_per_kwh": -0.1},
        {"charge_efficiency": 0.0},
        {"discharge_efficiency": 1.1},
        {"discharge_efficiency": math.nan},
        {"min_soc": 0.6, "max_soc": 0.5},
        {"max_soc": 90.0},
        {"reserve_soc": 20.0},
        {"reserve_soc": math.nan},
    ],
)
def test_parameters_that_no_battery_has_are_refused(change: dict[str, float]) -> None:
    with pytest.raises(InputError) as caught:
        replace(BATTERY, **change)
    assert caught.value.code == "battery_parameter"


@pytest.mark.parametrize("limit", [-1.0, math.nan, math.inf])
@pytest.mark.parametrize("name", ["import_limit_kw", "export_limit_kw"])
def test_limits_that_no_connection_has_are_refused(name: str, limit: float) -> None:
    with pytest.raises(InputError) as caught:
        Connection(**{name: limit})
    assert caught.value.arguments["name"] == name


def test_a_failing_solver_leaves_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object, **__: object) -> None:
        raise SolveError("Time limit reached")

    _, state = make_plan(HOME, GOOD, {"store": 5.0}, PlanState(), NOW)
    monkeypatch.setattr(make, "solve", failing)
    plan, after = make_plan(HOME, GOOD, {"store": 5.0}, state, NOW)
    assert plan.status is Status.RULE
    assert plan.problem == Reason("solver_failed", {"status": "Time limit reached"})
    assert {each.code for each in plan.batteries[0].reason} == {"rule_fallback"}
    assert plan.batteries[0].power_kw.tolist() == pytest.approx(
        [1.0, 2.0, 0.8]
    )  # Down to the floor.
    assert after.basis is None
    assert after.terminal_value == state.terminal_value


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_worth_that_is_no_number_is_not_handed_to_the_solver(value: float) -> None:
    plan, _ = make_plan(HOME, GOOD, {"store": 5.0}, PlanState({"store": value}), NOW)
    assert plan.status is Status.RULE
    assert plan.problem is not None
    assert plan.problem.code == "solver_failed"


def test_prices_out_of_all_bounds_still_make_a_plan() -> None:
    wild = certain(
        load=2.0, buy=[4000.0, -500.0, 90.0], sell=[3000.0, -600.0, 80.0], horizon=hourly(3)
    )
    plan = plan_of(wild)
    assert plan.problem is None
    assert np.isfinite(plan.cost)


@pytest.mark.parametrize(("limit", "power"), [(None, 3.0), (2.0, 2.0), (-1.0, 0.0), (9.0, 3.0)])
def test_a_roof_gives_no_more_than_the_sun_and_its_limit(limit: float | None, power: float) -> None:
    assert Solar("a", "A", curtailable=True).step(3.0, limit) == power
    assert Solar("a", "A").step(3.0, limit) == 3.0
    assert Solar("a", "A").step(-0.1, limit) == 0.0


def test_a_home_knows_its_batteries() -> None:
    assert HOME.battery("store") is BATTERY
    assert HOME.battery("gone") is None
    assert isinstance(HOME.batteries[0], Battery)
