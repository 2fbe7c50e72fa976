"""Plans keep physics, limits and the money."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.solar import Solar
from custom_components.shems.core.forecast.beliefs import Beliefs
from custom_components.shems.core.plan import make
from custom_components.shems.core.plan.make import PlanState, make_plan
from custom_components.shems.core.plan.policy import mode_of
from custom_components.shems.core.plan.problem import build
from custom_components.shems.core.plan.result import BatteryPlan, Plan, Right, Status
from custom_components.shems.core.plan.solve import GAP_KWH, SolveError, solve
from custom_components.shems.core.tariff import Prices, energy_cost, typical_price
from custom_components.shems.core.units import Floats
from tests.core.homes import BATTERY, HOME, NOW, ROOF, cases, certain, hourly, uncertain

type Case = tuple[Home, Beliefs, dict[str, float]]

CLOSE = 1e-5
"""kW and kWh: HiGHS keeps constraints to 1e-7, summed over a horizon."""


def plan_of(case: Case, *, terminal: float | None = None, state: PlanState | None = None) -> Plan:
    home, beliefs, held = case
    if terminal is not None:
        state = PlanState({each.id: terminal for each in home.batteries})
    plan, _ = make_plan(home, beliefs, held, state or PlanState(), NOW)
    return plan


def optimal(case: Case, *, terminal: float | None = None) -> Plan:
    plan = plan_of(case, terminal=terminal)
    assert plan.problem is None
    return plan


def battery_power(plan: Plan) -> Floats:
    return sum((part.power_kw for part in plan.batteries), np.zeros(len(plan.horizon)))


def check_physics(home: Home, held: dict[str, float], plan: Plan) -> None:
    """Assert what holds for every plan, whoever made it."""
    balance = plan.grid_kw + battery_power(plan) + plan.solar_kw - plan.curtailed_kw
    np.testing.assert_allclose(balance, plan.load_kw, atol=CLOSE)
    share = all(each.curtailable for each in home.solar) * plan.solar_kw
    assert (plan.curtailed_kw >= -CLOSE).all()
    assert (plan.curtailed_kw <= share + CLOSE).all()
    assert plan.cost == pytest.approx(energy_cost(plan.grid_kw, plan.horizon.hours, plan.prices))
    assert len(plan.batteries) == len(home.batteries)
    for battery, part in zip(home.batteries, plan.batteries, strict=True):
        assert part.device_id == battery.id
        assert (part.power_kw <= battery.discharge_kw + CLOSE).all()
        assert (part.power_kw >= -battery.charge_kw - CLOSE).all()
        assert (part.energy_kwh >= min(battery.min_kwh, held[battery.id]) - CLOSE).all()
        assert (part.energy_kwh <= max(battery.max_kwh, held[battery.id]) + CLOSE).all()
        check_policy(battery, part)


def check_policy(battery: Battery, part: BatteryPlan) -> None:
    rights = part.policy
    for step, mode in enumerate(part.mode):
        into, out_of = part.power_kw[step] < 0, part.power_kw[step] > 0
        assert mode is mode_of(
            *(
                0 if each[step] == Right.BUDGET and not used else int(each[step])
                for each, used in (
                    (rights.buy, into),
                    (rights.absorb, into),
                    (rights.cover, out_of),
                    (rights.sell, out_of),
                )
            )
        )
    if not battery.may_charge_from_grid:
        assert (rights.buy == Right.NO).all()
    if not battery.may_discharge_to_grid:
        assert (rights.sell == Right.NO).all()


def check_connection(home: Home, plan: Plan) -> None:
    """Assert that limits which load and sun keep are kept, and others are eased."""
    alone = excess(home, plan.load_kw - plan.solar_kw)
    planned = excess(home, plan.grid_kw)
    assert planned.sum() <= alone.sum() + CLOSE
    if alone.sum() == 0:
        assert planned.max() < CLOSE


def excess(home: Home, grid_kw: Floats) -> Floats:
    """Return by how much a grid power breaks the limits, import and export, (2, K) kW."""
    limits = home.connection.import_limit_kw, home.connection.export_limit_kw
    return np.maximum([grid_kw - limits[0], -grid_kw - limits[1]], 0.0)


def replayed(battery: Battery, energy_kwh: float, power_kw: Floats, hours: Floats) -> Floats:
    result = []
    for power, width in zip(power_kw.tolist(), hours.tolist(), strict=True):
        energy_kwh, _ = battery.step(energy_kwh, power, width)
        result.append(energy_kwh)
    return np.array(result)


@given(cases())
def test_a_plan_keeps_physics_and_limits(case: Case) -> None:
    home, _, held = case
    plan = optimal(case)
    check_physics(home, held, plan)
    check_connection(home, plan)


@given(cases(wide=True))
def test_a_plan_replayed_gives_the_planned_energies(case: Case) -> None:
    home, beliefs, held = case
    plan = optimal(case)
    for battery, part in zip(home.batteries, plan.batteries, strict=True):
        energy = replayed(battery, held[battery.id], part.power_kw, beliefs.horizon.hours)
        np.testing.assert_allclose(part.energy_kwh, energy, atol=CLOSE)


@given(cases(wide=True), st.sampled_from([(1.0,), (0.5, 1.1)]))
def test_nothing_goes_both_ways_at_once(case: Case, factors: tuple[float, ...]) -> None:
    home, beliefs, held = case
    beliefs = uncertain(beliefs, factors)
    terminal = {each.id: 0.2 for each in home.batteries}
    problem = build(home, beliefs, held, terminal, frozenset())
    column = solve(problem.arrays).column
    for scenario in problem.scenarios:
        both = np.minimum(column[scenario.grid.buy], column[scenario.grid.sell])
        equal = beliefs.prices.buy == beliefs.prices.sell  # Then it is no gain and no harm.
        assert both[~equal].max(initial=0.0) < CLOSE
        for part in scenario.batteries:
            assert np.minimum(column[part.charge], column[part.discharge]).max() < CLOSE


LOSSY = Battery("one", "One", 1.0, 0.5, 0.5, 0.8, 0.8, max_soc=0.5)


@pytest.mark.parametrize(
    ("buy", "sell"),
    [
        ([0.0, -0.05, 0.0, -0.05], [0.0, 0.0, -0.05, 0.0]),  # Room is worth more than energy.
        ([0.0, 0.0], [0.0, 0.0]),  # Nothing is worth anything.
    ],
)
def test_no_energy_is_burned(buy: list[float], sell: list[float]) -> None:
    beliefs = certain(0.0, 0.0, buy, sell, horizon=hourly(len(buy)))
    home = Home(batteries=(LOSSY,), solar=(ROOF,))
    for energy in (0.0, 0.2, 0.5):
        (part,) = optimal((home, beliefs, {"one": energy})).batteries
        again = replayed(LOSSY, energy, part.power_kw, beliefs.horizon.hours)
        np.testing.assert_allclose(part.energy_kwh, again, atol=CLOSE)


def test_what_is_done_first_is_the_same_whatever_comes() -> None:
    beliefs = uncertain(certain(2.0, buy=[0.3, 0.5, 0.2], horizon=hourly(3)), (0.2, 1.0, 3.0))
    problem = build(HOME, beliefs, {"store": 3.0}, {"store": 0.1}, frozenset())
    column = solve(problem.arrays).column
    parts = [each.batteries[0] for each in problem.scenarios]
    powers = [column[part.discharge] - column[part.charge] for part in parts]
    assert np.ptp([power[0] for power in powers]) < CLOSE
    assert np.ptp([power[1] for power in powers]) > 0.5


@given(cases())
def test_rights_that_are_denied_are_not_planned_with(case: Case) -> None:
    home, _, held = case
    denied = tuple(
        replace(each, may_charge_from_grid=False, may_discharge_to_grid=False)
        for each in home.batteries
    )
    plan = optimal((replace(home, batteries=denied), case[1], held))
    net = plan.load_kw - plan.solar_kw
    charged = sum((np.maximum(-each.power_kw, 0) for each in plan.batteries), np.zeros(len(net)))
    given_kw = sum((np.maximum(each.power_kw, 0) for each in plan.batteries), np.zeros(len(net)))
    assert (charged <= np.maximum(-net, 0) + CLOSE).all()
    assert (given_kw <= np.maximum(net, 0) + CLOSE).all()


@given(cases())
def test_the_rule_keeps_physics_too_and_follows_the_meter(case: Case) -> None:
    home, beliefs, held = case
    plan = rule_of(case)
    assert plan.status is Status.RULE
    check_physics(home, held, plan)
    net = beliefs.load.mean - beliefs.solar.mean
    given_kw = battery_power(plan)
    assert (given_kw * net >= -CLOSE).all()
    assert (np.abs(given_kw) <= np.abs(net) + CLOSE).all()
    for battery, part in zip(home.batteries, plan.batteries, strict=True):
        energy = replayed(battery, held[battery.id], part.power_kw, beliefs.horizon.hours)
        np.testing.assert_allclose(part.energy_kwh, energy, atol=CLOSE)


def rule_of(case: Case, **more: frozenset[str]) -> Plan:
    def failing(*_: object, **__: object) -> None:
        raise SolveError("Time limit reached")

    home, beliefs, held = case
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(make, "solve", failing)
        plan, _ = make_plan(home, beliefs, held, PlanState(), NOW, **more)
    return plan


def test_the_rule_throttles_what_it_can_where_feed_in_costs() -> None:
    arrays = (Solar("a", "A", peak_kw=3.0, curtailable=True), Solar("b", "B", peak_kw=1.0))
    beliefs = certain(0.5, 4.0, sell=[-0.1, 0.1], horizon=hourly(2))
    plan = rule_of((Home(solar=arrays), beliefs, {}))
    assert plan.curtailed_kw.tolist() == pytest.approx([3.0, 0.0])
    assert plan.grid_kw.tolist() == pytest.approx([-0.5, -3.5])


def full_cost(home: Home, plan: Plan, terminal: float) -> float:
    """Return money, wear and what is left in store together: what a plan minimises."""
    cost = plan.cost
    for battery, part in zip(home.batteries, plan.batteries, strict=True):
        given_kwh = float(np.maximum(part.power_kw, 0.0) @ plan.horizon.hours)
        cost += battery.wear_per_kwh * given_kwh - terminal * float(part.energy_kwh[-1])
    return cost


def gap_of(beliefs: Beliefs) -> float:
    """Return by how much a plan with integers may miss its optimum."""
    return GAP_KWH * typical_price(beliefs.prices)


@given(cases(most_batteries=1, wide=True), st.sampled_from([0.0, 0.2]))
def test_a_plan_never_costs_more_than_the_rule(case: Case, terminal: float) -> None:
    home = case[0]
    worth = PlanState({each.id: terminal for each in home.batteries})
    plan = plan_of(case, state=worth)
    least = full_cost(home, rule_of(case), terminal)
    assert full_cost(home, plan, terminal) <= least + 2 * gap_of(case[1])


@given(
    cases(most_batteries=1, wide=True),
    st.sampled_from(["capacity_kwh", "charge_kw", "discharge_kw", "reserve_soc", "limits"]),
)
def test_more_freedom_never_costs_more(case: Case, what: str) -> None:
    home, beliefs, held = case
    assume(home.batteries)
    battery = home.batteries[0]
    energy = {battery.id: max(held[battery.id], battery.floor_kwh)}
    if what == "limits":
        freer = replace(home, connection=Connection(40.0, 40.0))
    elif what == "capacity_kwh":
        bigger = replace(
            battery,
            capacity_kwh=2 * battery.capacity_kwh,
            min_soc=battery.min_soc / 2,
            reserve_soc=battery.floor_kwh / battery.capacity_kwh / 2,
        )
        freer = replace(home, batteries=(bigger,))
    else:
        value = 0.0 if what == "reserve_soc" else 2 * getattr(battery, what)
        freer = replace(home, batteries=(replace(battery, **{what: value}),))
    before = full_cost(home, optimal((home, beliefs, energy), terminal=0.15), 0.15)
    after = full_cost(freer, optimal((freer, beliefs, energy), terminal=0.15), 0.15)
    assert after <= before + 2 * gap_of(beliefs)


@given(cases(), st.sampled_from([0.1, 7.5, 40.0]))
def test_another_currency_gives_the_same_plan(case: Case, scale: float) -> None:
    """The cost scales; where no integers leave room for the gap, to the cent."""
    home, beliefs, held = case
    prices = Prices(beliefs.prices.buy * scale, beliefs.prices.sell * scale, beliefs.prices.known)
    other = replace(
        home,
        batteries=tuple(
            replace(each, wear_per_kwh=each.wear_per_kwh * scale) for each in home.batteries
        ),
    )
    one = optimal(case, terminal=0.2)
    two = optimal((other, replace(beliefs, prices=prices), held), terminal=0.2 * scale)
    here, there = full_cost(home, one, 0.2), full_cost(other, two, 0.2 * scale) / scale
    assert there == pytest.approx(here, abs=2 * gap_of(beliefs) + 1e-6)


@given(cases(least_price=0.0))
def test_a_plan_from_an_old_basis_is_as_good(case: Case) -> None:
    home, beliefs, held = case
    worth = PlanState({each.id: 0.1 for each in home.batteries})
    _, state = make_plan(home, beliefs, held, worth, NOW)
    assert state.basis is not None
    louder = certain(beliefs.load.mean + 0.2, beliefs.solar.mean, horizon=beliefs.horizon)
    louder = replace(louder, prices=beliefs.prices)
    warm, _ = make_plan(home, louder, held, state, NOW)
    cold, _ = make_plan(home, louder, held, replace(state, basis=None), NOW)
    assert full_cost(home, warm, 0.1) == pytest.approx(full_cost(home, cold, 0.1), abs=1e-4)


def test_a_shift_by_whole_weeks_changes_nothing() -> None:
    beliefs = certain(load=[1, 2, 3, 1] * 3, buy=[0.1, 0.3, 0.5, 0.2] * 3, horizon=hourly(12))
    moved = replace(
        beliefs, horizon=replace(beliefs.horizon, edges=beliefs.horizon.edges + 4 * 604800)
    )
    here = plan_of((HOME, beliefs, {"store": 4.0}))
    there = plan_of((HOME, moved, {"store": 4.0}))
    assert here.batteries[0].power_kw.tolist() == there.batteries[0].power_kw.tolist()
    assert here.cost == there.cost


def test_a_home_without_batteries_has_a_plan() -> None:
    plan = optimal((Home(solar=(ROOF,)), certain(2.0, 0.5, horizon=hourly(4)), {}))
    assert plan.grid_kw.tolist() == [1.5] * 4
    assert plan.cost == pytest.approx(4 * 1.5 * 0.3)
    assert plan.battery("store") is None


def test_cheap_hours_fill_the_store_for_dear_ones() -> None:
    beliefs = certain(load=2.0, buy=[0.1] * 4 + [0.5] * 4, horizon=hourly(8))
    plan = optimal((HOME, beliefs, {"store": 1.0}), terminal=0.0)
    part = plan.battery("store")
    assert part is not None
    assert part.power_kw[:4].sum() < -8
    assert (plan.grid_kw[4:] < 0.1).all()


def test_only_the_throttled_arrays_share_is_given_up() -> None:
    arrays = (Solar("a", "A", peak_kw=6.0, curtailable=True), Solar("b", "B", peak_kw=2.0))
    beliefs = certain(1.0, 4.0, sell=-0.2, horizon=hourly(2))
    plan = optimal((Home(solar=arrays), beliefs, {}))
    assert plan.curtailed_kw.tolist() == pytest.approx([3.0, 3.0])
    assert plan.grid_kw.tolist() == pytest.approx([0.0, 0.0])


def test_a_load_above_the_limit_still_has_a_plan() -> None:
    home = replace(HOME, connection=Connection(3.0, 3.0))
    plan = optimal((home, certain([9.0, 1.0], horizon=hourly(2)), {"store": 9.0}), terminal=0.3)
    assert plan.grid_kw[0] == pytest.approx(5.0)  # The battery gives its 4 kW.


def test_below_the_reserve_there_is_a_plan_that_does_not_discharge() -> None:
    battery = replace(BATTERY, reserve_soc=0.6)
    home = Home(batteries=(battery,))
    beliefs = certain(1.0, buy=[0.5] * 3 + [0.1] * 3, horizon=hourly(6))
    plan = optimal((home, beliefs, {"store": 2.0}))
    assert (plan.batteries[0].power_kw <= CLOSE).all()


def test_learning_is_not_led_astray_by_a_reserve_out_of_reach() -> None:
    """A stored kWh is never worth more than what the dearest hour asks for it."""
    battery = replace(BATTERY, reserve_soc=0.6)
    home = Home(batteries=(battery,))
    beliefs = certain(1.0, horizon=hourly(48))
    state = PlanState()
    for _ in range(20):
        _, state = make_plan(home, beliefs, {"store": 2.0}, state, NOW, paused=frozenset({"store"}))
    assert state.terminal_value.get("store", 0.0) <= 0.3
    for _ in range(20):
        slow = replace(home, batteries=(replace(battery, charge_kw=0.01),))
        _, state = make_plan(slow, beliefs, {"store": 2.0}, state, NOW)
    assert state.terminal_value.get("store", 0.0) <= 0.3


def test_learning_is_not_led_astray_by_a_limit_out_of_reach() -> None:
    home = replace(HOME, connection=Connection(2.0, 2.0))
    state = PlanState()
    for _ in range(10):
        beliefs = certain([1.0] * 30 + [9.0] * 18, horizon=hourly(48))
        plan, state = make_plan(home, beliefs, {"store": 5.0}, state, NOW)
    assert plan.batteries[0].value.max() > 1.0
    assert state.terminal_value["store"] <= 0.3


def test_the_terminal_value_follows_what_energy_is_worth() -> None:
    beliefs = certain(2.0, buy=[0.6] * 48, horizon=hourly(48))
    state = PlanState({"store": 0.1})
    for _ in range(5):
        _, state = make_plan(HOME, beliefs, {"store": 5.0}, state, NOW)
    assert 0.1 < state.terminal_value["store"] <= 0.6
    short = certain(2.0, horizon=hourly(3))
    _, same = make_plan(HOME, short, {"store": 5.0}, state, NOW)
    assert same.terminal_value == state.terminal_value
    restored = PlanState.from_json(state.to_json())
    assert restored.terminal_value == state.terminal_value
    assert restored.basis is None


def test_paused_batteries_stand_still_and_one_unknown_is_left_out() -> None:
    two = replace(HOME, batteries=(BATTERY, replace(BATTERY, id="other")))
    beliefs = certain(2.0, buy=[0.1, 0.5] * 4, horizon=hourly(8))
    plan, _ = make_plan(two, beliefs, {"store": 5.0}, PlanState(), NOW, paused=frozenset({"store"}))
    (part,) = plan.batteries
    assert part.device_id == "store"
    assert np.abs(part.power_kw).max() < CLOSE
    assert {each.code for each in part.reason} == {"paused"}
    rule = rule_of((replace(HOME), beliefs, {"store": 5.0}), paused=frozenset({"store"}))
    assert np.abs(rule.batteries[0].power_kw).max() == 0
    assert {each.code for each in rule.batteries[0].reason} == {"paused"}
