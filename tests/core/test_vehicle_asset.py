"""A car is ready when it is wanted, at the least cost, within what it and its charger can."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.goal import Goal
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.stay import Stay, VehicleState
from custom_components.shems.core.assets.switching import Running, Switching
from custom_components.shems.core.assets.vehicle import Vehicle
from custom_components.shems.core.forecast.beliefs import Beliefs
from custom_components.shems.core.horizon import HOUR_S, Horizon
from custom_components.shems.core.linear import Ints
from custom_components.shems.core.plan.problem import build
from custom_components.shems.core.plan.solve import solve
from custom_components.shems.core.replay.codec import decode, encode
from custom_components.shems.core.units import Floats, InputError
from tests.core.homes import NOW, certain, hourly, on_grid, uncertain

CAR = Vehicle("car", "Car", 60.0, 11.0, least_kw=4.14, charge_efficiency=0.9)
STORE = Battery("store", "Store", 10.0, 5.0, 5.0)
WIDE = Connection(50.0, 50.0)


@dataclass(frozen=True)
class Found:
    """What a program decides about its only car, (K,) each, and its cost."""

    power: Floats
    given: Floats
    energy: Floats
    value: Floats
    discharge: Floats
    grid: Floats
    short: dict[str, float]
    cost: float


def plan(
    car: Vehicle,
    state: VehicleState,
    beliefs: Beliefs,
    *,
    batteries: tuple[Battery, ...] = (),
    held: float = 0.0,
    worth: float = 0.0,
    whole: bool = True,
    connection: Connection = WIDE,
) -> Found:
    car.check(state)
    home = Home(connection, batteries=batteries, devices=(car,))
    terminal = {each.id: 0.0 for each in batteries} | {car.id: worth}
    energy = {each.id: held for each in batteries}
    problem = build(
        home, beliefs, energy, terminal, frozenset(), {car.id: state}, whole_h=4.0 * whole
    )
    solution = solve(problem.arrays)
    columns = problem.scenarios[0]
    part = columns.devices[0]

    def column(index: Ints | None) -> Floats:
        return np.zeros(len(beliefs.horizon)) if index is None else solution.column[index]

    assert part.store is not None
    return Found(
        column(part.power),
        column(part.given),
        column(part.state),
        -solution.dual[part.store],
        column(columns.batteries[0].discharge if batteries else None),
        column(columns.grid.buy) - column(columns.grid.sell),
        {wish.code: wish.short(solution.column) for wish in part.wishes},
        float(problem.arrays.cost @ solution.column),
    )


def stay(begin_h: float, end_h: float, target_kwh: float = 0.0, **more: object) -> Stay:
    return replace(Stay(NOW + begin_h * HOUR_S, NOW + end_h * HOUR_S, target_kwh), **more)


def here(energy_kwh: float, end_h: float, target_kwh: float, **more: object) -> VehicleState:
    """Return a car that came an hour ago."""
    return replace(VehicleState(energy_kwh, (stay(-1, end_h, target_kwh),)), **more)


def quarters(count: int) -> Horizon:
    return Horizon.uniform(NOW, 900.0, count)


def test_the_cheapest_hours_before_departure_are_taken() -> None:
    prices = [0.4, 0.2, 0.1, 0.3, 0.05, 0.05]
    found = plan(CAR, here(20, 4, 36.2), certain(buy=prices, horizon=hourly(6)))
    assert found.power == pytest.approx([0, 7, 11, 0, 0, 0])
    assert found.energy == pytest.approx([20, 26.3, 36.2, 36.2, 36.2, 36.2])
    assert found.short == pytest.approx({"energy_short": 0})
    assert found.value[1] == pytest.approx(0.2 / 0.9, abs=1e-3)


def test_short_of_time_it_charges_what_it_can_and_says_so() -> None:
    found = plan(CAR, here(20, 2, 50), certain(horizon=hourly(6)))
    assert found.power == pytest.approx([11, 11, 0, 0, 0, 0])
    assert found.short == pytest.approx({"energy_short": 50 - 20 - 22 * 0.9})
    assert CAR.most_kw == 11
    assert CAR.worth == 1
    assert CAR.shortest_h(20, 50) == pytest.approx(30 / 9.9)


def test_it_leaves_within_a_step_and_comes_back_with_what_it_then_holds() -> None:
    state = VehicleState(
        20, (stay(-1, 1.5, 50), stay(3.25, 6, 20, arrives_kwh=8.0), stay(6.5, 6.75, 60))
    )
    found = plan(CAR, state, certain(horizon=hourly(7)), whole=False)
    assert found.power[:4] == pytest.approx([11, 5.5, 0, 8.25])
    assert found.energy[2] == pytest.approx(20 + 16.5 * 0.9)
    assert found.energy[3] == pytest.approx(8 + 8.25 * 0.9)
    assert found.energy[5] == pytest.approx(20)
    assert found.power[6] == pytest.approx(11 / 4)  # It was not moved: it holds what it held.


def test_two_stays_within_one_step_are_the_first() -> None:
    state = VehicleState(20, (stay(-1, 0.5, 24.95), stay(0.6, 0.9, 40), stay(9, 10, 60)))
    found = plan(CAR, state, certain(horizon=hourly(2)), whole=False)
    assert found.power == pytest.approx([5.5, 0])
    assert found.short == pytest.approx({"energy_short": 0})


def test_several_goals_in_one_stay_are_met_in_time() -> None:
    goals = (Goal(NOW + 1.5 * HOUR_S, 26.0), Goal(NOW - 1, 60.0), Goal(NOW + 9 * HOUR_S, 31.0))
    state = VehicleState(20, (stay(-1, 4, 30, goals=goals),))
    prices = [0.4, 0.5, 0.6, 0.1]
    found = plan(CAR, state, certain(buy=prices, horizon=hourly(4)), whole=False)
    assert 0.5 * (found.energy[0] + found.energy[1]) == pytest.approx(26)
    assert found.energy[3] == pytest.approx(31)
    assert max(found.short.values()) == pytest.approx(0)


def test_room_is_left_in_a_car_and_the_more_important_goal_is_met() -> None:
    room = Goal(NOW + HOUR_S, 22.0, most=True)
    later = Goal(NOW + 9 * HOUR_S, 22.0, most=True)
    full = Goal(NOW + 4 * HOUR_S, 30.0)
    state = VehicleState(20, (stay(-1, 9, 30, goals=(room, full, later)),))
    prices = [0.1, 0.5, 0.5, 0.5]
    found = plan(CAR, state, certain(buy=prices, horizon=hourly(4)), whole=False)
    assert found.energy[0] == pytest.approx(22)
    assert found.energy[3] == pytest.approx(30)
    both = (replace(room, importance=0.5), Goal(NOW + HOUR_S, 26.0))
    rival = VehicleState(20, (stay(-1, 4, 30, goals=both),))
    found = plan(CAR, rival, certain(buy=prices, horizon=hourly(4)), whole=False)
    assert found.energy[0] == pytest.approx(26)
    assert found.short["energy_over"] == pytest.approx(4)


def test_what_is_wanted_beyond_the_horizon_is_not_put_off_for_ever() -> None:
    found = plan(CAR, here(20, 6, 56), certain(buy=[0.1, 0.2, 0.3, 0.4], horizon=hourly(4)))
    # Two more hours at full power charge 19.8 kWh, so 36.2 are needed at the end.
    assert found.energy[-1] == pytest.approx(36.2)
    assert found.power == pytest.approx([11, 7, 0, 0])
    # What a stored kWh is worth then decides about the rest, up to what is wanted.
    eager = plan(
        CAR, here(20, 6, 48), certain(buy=[0.1, 0.2, 0.3, 0.4], horizon=hourly(4)), worth=0.4
    )
    assert eager.power == pytest.approx([11, 11, 28 / 0.9 - 22, 0])
    assert eager.energy[-1] == pytest.approx(48)


@pytest.mark.parametrize("energy_kwh", [0.0, 3.0, 59.0, 60.0])
def test_energy_outside_the_limits_is_no_obstacle(energy_kwh: float) -> None:
    car = replace(CAR, limit_soc=0.8, least_soc=0.2, discharge_kw=5.0)
    found = plan(car, here(energy_kwh, 5, 24), certain(horizon=hourly(6)))
    if energy_kwh < 12:
        assert found.power[0] == pytest.approx(11)
    assert found.energy[-2] >= 24 - 1e-6
    assert found.energy.max() <= max(48, energy_kwh) + 1e-6


def test_more_than_it_may_hold_is_a_wish_that_stays_open() -> None:
    found = plan(replace(CAR, limit_soc=0.5), here(20, 8, 70), certain(horizon=hourly(9)))
    assert found.energy[-1] == pytest.approx(30)
    assert found.short == pytest.approx({"energy_short": 40})


def test_a_departure_in_the_past_is_told() -> None:
    with pytest.raises(InputError, match="departure past") as error:
        CAR.check(VehicleState(20, (stay(-1, -2, 30),)))
    assert error.value.arguments["device"] == "Car"
    over = VehicleState(20, (stay(-5, -1, 30),))
    found = plan(CAR, over, certain(horizon=hourly(3)))
    assert found.power == pytest.approx(0)
    assert found.short == pytest.approx({"departure_past": 10})


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (VehicleState(61.8), "soc_out_of_range"),
        (VehicleState(-0.1), "soc_out_of_range"),
        (VehicleState(float("nan")), "soc_out_of_range"),
        (VehicleState(20, (stay(1, 2, arrives_kwh=70.0),)), "soc_out_of_range"),
        (VehicleState(20, (stay(1, 2, -1.0),)), "device_energy"),
        (VehicleState(20, (stay(1, 3), stay(2, 4))), "stays_overlap"),
        (VehicleState(20, least_now_kw=((NOW, NOW, 5.0),)), "device_power"),
        (VehicleState(20, least_now_kw=((NOW, NOW + 1, -5.0),)), "device_power"),
    ],
)
def test_what_cannot_be_is_named(state: VehicleState, code: str) -> None:
    with pytest.raises(InputError) as error:
        CAR.check(state)
    assert error.value.code == code
    assert error.value.arguments["device"] == "Car"


@pytest.mark.parametrize(
    "wrong",
    [
        {"capacity_kwh": 0.0},
        {"charge_kw": float("inf")},
        {"discharge_kw": -1.0},
        {"charge_efficiency": 0.0},
        {"discharge_efficiency": 1.1},
        {"least_kw": 12.0},
        {"phases": 4},
        {"limit_soc": 1.1},
        {"least_soc": -0.1},
        {"wear_per_kwh": float("nan")},
        {"cheap_below": float("nan")},
    ],
)
def test_parameters_that_no_car_has_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(InputError) as error:
        replace(CAR, **wrong)
    assert error.value.arguments["name"] == next(iter(wrong))


def test_the_house_battery_does_not_drain_into_the_car() -> None:
    beliefs = certain(load=1.0, buy=[0.3, 0.3, 0.3, 0.3], horizon=hourly(4))
    state = here(20, 2, 36)
    fed = plan(CAR, state, beliefs, batteries=(STORE,), held=10.0)
    assert fed.discharge[:2].max() > 1.5
    kept = plan(replace(CAR, from_battery=False), state, beliefs, batteries=(STORE,), held=10.0)
    assert kept.discharge[:2].max() <= 1 + 1e-6
    assert kept.short == pytest.approx({"energy_short": 0})


def test_charging_does_not_stop_and_start() -> None:
    prices = np.tile([0.20, 0.21], 8)
    beliefs = certain(buy=prices, horizon=quarters(16))
    state = here(20, 4, 30)
    starts = []
    for switching in (Switching(), Switching(least_on_h=1.0, start_kwh=0.5)):
        found = plan(replace(CAR, charge_kw=4.14, switching=switching), state, beliefs)
        on = np.concatenate([[False], found.power > 1e-6])
        starts.append(int(np.count_nonzero(on[1:] & ~on[:-1])))
        assert found.short == pytest.approx({"energy_short": 0})
    assert starts[0] > starts[1] == 1


def test_least_times_never_ask_for_what_cannot_be() -> None:
    rules = Switching(least_on_h=2.0, least_off_h=1.0)
    car = replace(CAR, switching=rules, limit_soc=0.5)
    running = Running(True, NOW - 60)
    full = plan(car, here(29.5, 4, 30, running=running), certain(horizon=quarters(16)))
    assert full.energy[-1] == pytest.approx(30)
    gone = plan(car, here(20, 0.5, 30, running=running), certain(horizon=quarters(16)))
    assert gone.power == pytest.approx([11, 11, *[0] * 14])
    rests = plan(car, here(20, 0.5, 30, running=Running(False, NOW)), certain(horizon=quarters(16)))
    assert rests.power == pytest.approx(0)
    assert rests.short == pytest.approx({"energy_short": 10})


def test_the_least_power_holds_to_the_minute_of_departure() -> None:
    found = plan(CAR, here(20, 1 / 3, 23.3), certain(horizon=quarters(4)))
    assert found.power == pytest.approx([11, 11 / 3, 0, 0])
    late = plan(CAR, here(20, 1 / 3, 20.5), certain(buy=[0.5, 0.1, 0.1, 0.1], horizon=quarters(4)))
    assert late.power == pytest.approx([0, 0.5 / 0.9 * 4, 0, 0])


@given(st.sampled_from([0.01, 100.0]), on_grid(20, 60, 5))
@settings(max_examples=6)
def test_another_currency_changes_nothing(factor: float, target_kwh: float) -> None:
    prices, solar = np.array([0.3, 0.2, 0.25, 0.12, 0.4, 0.11]), [0, 3, 8, 0, 0, 0]
    car = replace(CAR, surplus=True, cheap_below=0.15)
    one, other = (
        plan(
            replace(car, cheap_below=0.15 * scale),
            here(20, 5, target_kwh),
            certain(solar=solar, buy=prices * scale, sell=0.05 * scale, horizon=hourly(6)),
        )
        for scale in (1.0, factor)
    )
    assert one.power == pytest.approx(other.power, abs=1e-4)


def test_only_what_is_needed_is_bought_and_surplus_fills_the_rest() -> None:
    beliefs = certain(
        load=1.0,
        solar=[0, 0, 8, 8, 3, 0],
        buy=[0.1, 0.3, 0.3, 0.3, 0.3, 0.1],
        sell=0.08,
        horizon=hourly(6),
    )
    plain = plan(CAR, here(20, 6, 22), beliefs, whole=False)
    assert plain.energy[-1] == pytest.approx(22)
    sunny = plan(replace(CAR, surplus=True), here(20, 6, 22), beliefs, whole=False)
    assert sunny.power == pytest.approx([0, 0, 7, 7, 2, 0])
    # Two kilowatts are too few to charge with: they are sold.
    whole = plan(
        replace(CAR, surplus=True),
        here(20, 6, 22),
        certain(load=1.0, solar=[0, 3, 8, 8, 0, 0], buy=0.3, sell=0.08, horizon=hourly(6)),
    )
    assert whole.power == pytest.approx([0, 0, 7, 7, 0, 0])


def test_surplus_fills_the_house_before_the_car() -> None:
    beliefs = certain(
        load=[0, 0, 0, 4, 4], solar=[5, 5, 5, 0, 0], buy=0.3, sell=0.08, horizon=hourly(5)
    )
    car = replace(CAR, surplus=True, from_battery=False)
    found = plan(car, here(20, 5, 20), beliefs, batteries=(STORE,), whole=False)
    assert found.discharge[3:].sum() == pytest.approx(8)
    assert found.power[:3].sum() == pytest.approx(15 - 8 / 0.95**2)


def test_energy_from_surplus_only() -> None:
    beliefs = certain(load=1.0, solar=[0, 5, 0], buy=[0.1, 0.3, 0.1], horizon=hourly(3))
    car = replace(CAR, least_kw=1.38, from_grid=False)
    found = plan(car, here(20, 3, 30), beliefs)
    assert found.power == pytest.approx([0, 4, 0])
    assert found.short == pytest.approx({"energy_short": 10 - 3.6})
    # Who asks for power now wants it from anywhere.
    fast = plan(car, here(20, 3, 30, least_now_kw=((NOW, NOW + HOUR_S, 7.0),)), beliefs)
    assert fast.power == pytest.approx([7, 4, 0])


def test_cheap_energy_is_taken_beyond_the_need_up_to_the_limit() -> None:
    beliefs = certain(buy=[0.3, 0.09, 0.09, 0.11, 0.3, 0.09], horizon=hourly(6))
    car = replace(CAR, cheap_below=0.1, limit_soc=0.6)
    found = plan(car, here(20, 5, 24), beliefs)
    assert found.power == pytest.approx([0, 11, 16 / 0.9 - 11, 0, 0, 0])
    full = plan(replace(car, limit_soc=1.0), here(20, 5, 24), beliefs)
    assert full.power == pytest.approx([0, 11, 11, 0, 0, 0])
    dear = plan(replace(car, cheap_below=-1.0), here(20, 5, 24), beliefs)
    assert dear.energy[-1] == pytest.approx(24)
    at_any_price = plan(replace(car, cheap_below=1e6), here(20, 5, 90), beliefs)
    assert at_any_price.energy[-1] == pytest.approx(36)
    assert at_any_price.short == pytest.approx({"energy_short": 54})


def test_power_demanded_now_is_given_until_it_is_full() -> None:
    beliefs = certain(buy=[0.9, 0.9, 0.1, 0.1], horizon=hourly(4))
    now = ((NOW, NOW + 2 * HOUR_S, 11.0),)
    found = plan(CAR, here(20, 4, 0, least_now_kw=now), beliefs)
    assert found.power == pytest.approx([11, 11, 0, 0])
    assert found.short == pytest.approx({"power_short": 0})
    full = plan(CAR, here(51, 4, 0, least_now_kw=now), beliefs)
    assert full.power == pytest.approx([10, 0, 0, 0])
    assert full.short == pytest.approx({"power_short": 0})
    weak = plan(replace(CAR, charge_kw=7.4), here(20, 4, 0, least_now_kw=now), beliefs)
    assert weak.short == pytest.approx({"power_short": 7.2})


def test_it_feeds_the_home_but_not_the_grid() -> None:
    beliefs = certain(load=2.0, buy=[0.1, 0.6, 0.6, 0.1], sell=0.5, horizon=hourly(4))
    car = replace(CAR, discharge_kw=10.0, least_kw=0.0, wear_per_kwh=0.05)
    found = plan(car, here(40, 4, 40), beliefs)
    assert found.given == pytest.approx([0, 2, 2, 0], abs=1e-6)
    assert found.grid.min() >= -1e-6
    assert found.energy[-1] == pytest.approx(40)
    sold = plan(replace(car, to_grid=True), here(40, 4, 40), beliefs)
    assert sold.grid.min() < -5
    floor = plan(replace(car, least_soc=0.65), here(40, 4, 40), beliefs)
    assert floor.energy.min() >= 39 - 1e-6


def test_what_it_can_give_back_is_worth_something_at_the_end() -> None:
    beliefs = certain(load=2.0, buy=0.3, horizon=hourly(4))
    car = replace(CAR, discharge_kw=5.0)
    assert plan(car, here(40, 9, 30), beliefs, worth=0.3).given.sum() == pytest.approx(0)
    assert plan(car, here(40, 9, 30), beliefs, worth=0.0).given.sum() == pytest.approx(8)


@pytest.mark.parametrize("wear", [0.0, 0.05])
@pytest.mark.parametrize("efficiency", [0.8, 1.0])
def test_it_never_charges_and_gives_back_at_once(wear: float, efficiency: float) -> None:
    beliefs = certain(load=1.0, buy=[-0.5, 0.3, 0.2, -0.4, 0.3, 0.1], sell=-0.1, horizon=hourly(6))
    car = replace(
        CAR, discharge_kw=6.0, wear_per_kwh=wear, charge_efficiency=efficiency, surplus=True
    )
    now = ((NOW + HOUR_S, NOW + 2 * HOUR_S, 3.0),)
    found = plan(car, here(50, 6, 50, least_now_kw=now), beliefs, whole=False)
    assert np.minimum(found.power, found.given) == pytest.approx(0, abs=1e-6)


def test_the_gap_between_one_phase_and_three_is_left_out() -> None:
    car = replace(CAR, charge_kw=11.04, least_kw=1.38, switchable_phases=True, surplus=True)
    assert car.gap_kw == pytest.approx((3.68, 4.14))
    powers = np.array([-1.0, 1.0, 1.38, 3.9, 4.14, 20.0])
    assert car.setpoint(powers) == pytest.approx([0, 0, 1.38, 3.68, 4.14, 11.04])
    beliefs = certain(load=0.0, solar=[3.9, 2.0, 6.0, 1.0], sell=0.05, horizon=hourly(4))
    found = plan(car, here(20, 4, 20), beliefs)
    assert found.power == pytest.approx([3.68, 2, 6, 0])
    assert replace(car, charge_kw=3.68).gap_kw is None
    assert CAR.gap_kw is None


def test_all_courses_share_the_first_step() -> None:
    beliefs = uncertain(certain(load=2.0, solar=4.0, horizon=hourly(4)), (0.2, 1.0, 3.0))
    car = replace(CAR, surplus=True, least_kw=0.0, discharge_kw=3.0)
    state = here(20, 4, 30)
    home = Home(WIDE, devices=(car,))
    problem = build(home, beliefs, {}, {car.id: 0.1}, frozenset(), {car.id: state})
    column = solve(problem.arrays).column
    first = [column[each.devices[0].power[0]] for each in problem.scenarios]
    assert first == pytest.approx([first[0]] * 3)


def test_a_car_and_its_state_survive_json() -> None:
    car = replace(CAR, switching=Switching(least_on_h=0.5, starts_a_day=3), cheap_below=0.1)
    goals = (Goal(NOW + 5.0, 3.0),)
    state = VehicleState(
        20.0, (stay(-1, 2, 30.0, goals=goals),), Running(True, NOW), ((NOW, NOW + 1, 3.0),)
    )
    assert decode(Home, encode(Home(devices=(car,)))).devices == (car,)
    assert encode(state)["kind"] == "vehicle"
    assert replace(decode(VehicleState, encode(state)), least_now_kw=state.least_now_kw) == state


@given(
    on_grid(0, 1, 0.1),
    st.lists(on_grid(-12, 12, 0.5), min_size=1, max_size=6),
    st.sampled_from([0.0, 5.0]),
)
def test_physics_keep_every_limit(soc: float, powers: list[float], discharge_kw: float) -> None:
    car = replace(CAR, limit_soc=0.8, least_soc=0.2, discharge_kw=discharge_kw)
    asked = np.array(powers)
    energy = np.full(len(asked), soc * 60)
    after, had = car.step(energy, asked, 0.5)
    assert (after <= np.maximum(energy, 48) + 1e-9).all()
    assert (after >= np.minimum(energy, 12) - 1e-9).all()
    assert (np.abs(had) <= np.abs(asked) + 1e-9).all()
    resting = (had > 0) & (had < 4.14 - 1e-6)
    assert after[resting] == pytest.approx(48)
    stored = np.where(had > 0, had * 0.9, had / 0.9) * 0.5
    assert after - energy == pytest.approx(stored)


def test_a_car_that_came_above_its_limit_is_filled_up_to_it_again_at_most() -> None:
    car = replace(CAR, least_kw=0.0, limit_soc=0.5, discharge_kw=5.0)
    prices = certain(5.0, buy=[1.0, 1.0, -1.0, -1.0], horizon=hourly(4))
    found = plan(car, here(40.0, 4.0, 0.0), prices)
    assert found.given[:2] == pytest.approx(5.0)
    assert found.energy[1] == pytest.approx(40 - 2 * 5 / 0.9)
    assert found.energy[2:].max() == pytest.approx(30.0)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Vehicle, VehicleState, Beliefs]:
    count = draw(st.integers(4, 12))
    powers = st.lists(on_grid(0, 8, 1), min_size=count, max_size=count)
    prices = st.lists(on_grid(-0.1, 0.5, 0.05), min_size=count, max_size=count)
    car = Vehicle(
        "car",
        "Car",
        draw(on_grid(10, 40, 10)),
        draw(st.sampled_from([3.68, 11.04])),
        draw(st.sampled_from([0.0, 1.38])),
        draw(st.sampled_from([0.85, 1.0])),
        switchable_phases=draw(st.booleans()),
        discharge_kw=draw(st.sampled_from([0.0, 0.0, 5.0])),
        limit_soc=draw(st.sampled_from([0.8, 1.0])),
        least_soc=draw(st.sampled_from([0.0, 0.2])),
        from_battery=draw(st.booleans()),
        surplus=draw(st.booleans()),
        cheap_below=draw(st.sampled_from([None, 0.15])),
        switching=draw(st.sampled_from([Switching(), Switching(0.5, 0.5, 3, 0.2)])),
    )
    cuts = sorted(draw(st.sets(on_grid(0.25, count + 2, 0.25), min_size=3, max_size=3)))
    energy = draw(on_grid(0, 1, 0.1)) * car.capacity_kwh
    wanted = draw(on_grid(0, 1.2, 0.1)) * car.capacity_kwh
    stays = (
        stay(-1, cuts[0], wanted),
        stay(cuts[1], cuts[2], wanted, arrives_kwh=draw(on_grid(0, 1, 0.25)) * car.capacity_kwh),
    )
    running = draw(st.sampled_from([Running(), Running(True, NOW - 300, 1), Running(False, NOW)]))
    horizon = Horizon.uniform(NOW, draw(st.sampled_from([900.0, 3600.0])), count)
    beliefs = certain(draw(powers), draw(powers), draw(prices), 0.05, horizon=horizon)
    return car, VehicleState(energy, stays, running), beliefs


@settings(max_examples=20)
@given(situations())
def test_a_plan_played_back_holds_what_was_planned(
    situation: tuple[Vehicle, VehicleState, Beliefs],
) -> None:
    car, state, beliefs = situation
    found = plan(car, state, beliefs, batteries=(STORE,), held=5.0, worth=0.1)
    horizon, energy = beliefs.horizon, state.energy_kwh
    second, arrived = state.stays[1], False
    for k, hours in enumerate(horizon.hours.tolist()):
        comes = second.begin < horizon.end[k] and horizon.start[k] < second.end and not arrived
        if comes and horizon.start[k] >= state.stays[0].end:
            energy, arrived = second.arrives_kwh or 0.0, True
        power = found.power[k] - found.given[k]
        away = not any(
            each.begin < horizon.end[k] and horizon.start[k] < each.end for each in state.stays
        )
        assert not away or abs(power) < 1e-6
        after, had = car.step(energy, power, hours, mean=True)
        assert float(after) == pytest.approx(found.energy[k], abs=1e-5)
        assert float(had) == pytest.approx(power, abs=1e-5)
        there = any(
            each.begin <= horizon.start[k] and horizon.end[k] <= each.end for each in state.stays
        )
        if there and horizon.start[k] < NOW + 4.0 * HOUR_S and found.power[k] > 1e-6:
            # On it takes its least at least, and leaves the gap out, unless it is full.
            fills = after >= car.limit_kwh - 1e-5
            assert fills or car.setpoint(had) == pytest.approx(float(had), abs=1e-5)
        energy = float(after)


@settings(max_examples=20)
@given(situations(), on_grid(0.25, 3, 0.25))
def test_more_time_never_costs_more_and_only_the_impossible_is_missing(
    situation: tuple[Vehicle, VehicleState, Beliefs], more_h: float
) -> None:
    car, state, beliefs = situation
    car = replace(car, least_kw=0.0, switching=Switching(), least_soc=0.0, surplus=False)
    first = state.stays[0]
    end = min(first.end, float(beliefs.horizon.edges[-1]))
    costs = []
    for stop in (end, min(end + more_h * HOUR_S, float(beliefs.horizon.edges[-1]))):
        found = plan(car, replace(state, stays=(replace(first, end=stop),)), beliefs, whole=False)
        most = state.energy_kwh + car.charge_kw * car.charge_efficiency * (stop - NOW) / HOUR_S
        reach = min(most, max(car.limit_kwh, state.energy_kwh))
        missing = found.short.get("energy_short", 0.0)
        assert missing == pytest.approx(max(first.target_kwh - reach, 0.0), abs=1e-5)
        costs.append(found.cost)
    assert costs[1] <= costs[0] + 1e-6
