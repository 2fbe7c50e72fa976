"""Programmes: which start is taken, what of a wish cannot be met, and pauses."""

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.assets.appliance import (
    Appliance,
    ApplianceState,
    Progress,
    RunRequest,
)
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.programme import profile_on
from custom_components.shems.core.forecast.beliefs import Beliefs
from custom_components.shems.core.horizon import HOUR_S, Horizon
from custom_components.shems.core.plan.make import PlanState, make_plan
from custom_components.shems.core.replay.codec import decode, encode
from custom_components.shems.core.units import Floats, InputError
from tests.core.device_plans import missed, planned, powers_of
from tests.core.homes import NOW, certain, hourly, on_grid

WASHER = Appliance("washer", "Washer", (2.0, 0.2, 0.2, 0.6), 900.0)
PAUSING = replace(WASHER, pausable_after=(1,), longest_pause_h=4.0)
QUARTERS = Horizon.uniform(NOW, 900.0, 96)


def at(hours: float) -> float:
    return NOW + HOUR_S * hours


def asked(begin_h: float, end_h: float, most_cost: float | None = None) -> RunRequest:
    return RunRequest(at(begin_h), at(end_h), most_cost)


def state_of(*runs: RunRequest, progress: Progress | None = None) -> ApplianceState:
    return ApplianceState(runs, progress)


def prices(cheap: dict[int, float], horizon: Horizon, usual: float = 0.3) -> Beliefs:
    """Return beliefs with other prices in the given hours from now."""
    hour = ((horizon.start - NOW) // HOUR_S).astype(int)
    buy = [cheap.get(each, usual) for each in hour.tolist()]
    return certain(0.0, buy=buy, horizon=horizon)


def run_of(
    device: Appliance, state: ApplianceState, beliefs: Beliefs
) -> tuple[Floats, dict[str, float], float]:
    part, solution, cost = planned(device, state, beliefs, whole=True)
    return powers_of(part, solution), missed(part, solution), cost


def begun(power: Floats, horizon: Horizon) -> float:
    """Return the hours from now to the first step with power."""
    return float(horizon.start[np.flatnonzero(power > 1e-6)[0]] - NOW) / HOUR_S


def energy(power: Floats, horizon: Horizon) -> float:
    return float(power @ horizon.hours)


@given(
    st.lists(on_grid(0, 3, 0.5), min_size=1, max_size=6),
    on_grid(60, 3600, 60),
    on_grid(-4, 10, 0.25),
    st.integers(0, 6),
    on_grid(0, 4, 0.25),
)
def test_a_profile_on_uneven_steps_keeps_its_energy(
    profile: list[float], step_s: float, begin_h: float, place: int, pause_h: float
) -> None:
    around = Horizon(NOW + HOUR_S * np.array([-5.0, -4.9, -2.0, 0.0, 0.1, 3.7, 9.0, 30.0]))
    begin = np.array([at(begin_h), at(0.0)])
    pause = (min(place, len(profile)), HOUR_S * pause_h)
    power = profile_on(around, begin, profile, step_s, pause)
    assert power.shape == (2, 7)
    assert power @ around.hours == pytest.approx([sum(profile) * step_s / HOUR_S] * 2)
    assert (power >= 0).all()
    assert (power <= max(profile) + 1e-9).all()


def test_a_profile_outside_the_horizon_is_left_out_and_a_pause_takes_nothing() -> None:
    horizon = hourly(3)
    early = profile_on(horizon, np.array([at(-1.5), at(2.5)]), [1.0, 2.0], HOUR_S)
    assert early.tolist() == [[1.0, 0.0, 0.0], [0.0, 0.0, 0.5]]
    split = profile_on(horizon, np.array([at(0.0)]), [1.0, 2.0], HOUR_S, (1, HOUR_S))
    assert split.tolist() == [[1.0, 0.0, 2.0]]


def test_it_runs_once_in_the_cheapest_hour_before_its_deadline() -> None:
    beliefs = prices({5: 0.1, 15: 0.05}, QUARTERS)
    power, short, _ = run_of(WASHER, state_of(asked(0, 10)), beliefs)
    assert power[20:24].tolist() == pytest.approx([2.0, 0.2, 0.2, 0.6])
    assert energy(power, QUARTERS) == pytest.approx(WASHER.energy_kwh)
    assert short == {"not_run": 0.0, "late": 0.0}
    not_before, _, _ = run_of(WASHER, state_of(asked(6, 10)), beliefs)
    assert begun(not_before, QUARTERS) == 6.0


def test_of_equal_hours_the_first_is_taken() -> None:
    power, _, _ = run_of(WASHER, state_of(asked(2, 20)), prices({}, QUARTERS))
    assert begun(power, QUARTERS) == 2.0


def test_a_start_between_two_steps_is_taken_where_no_other_is_in_time() -> None:
    beliefs = prices({}, hourly(12))
    power, short, _ = run_of(WASHER, state_of(asked(3.5, 4.5)), beliefs)
    assert power[3:5].tolist() == pytest.approx([0.5 * 1.1, 0.4 * 0.5])
    assert short == {"not_run": 0.0, "late": 0.0}


def test_without_time_left_it_begins_at_once_and_says_how_late_it_is() -> None:
    beliefs = prices({2: 0.01}, QUARTERS)
    power, short, _ = run_of(WASHER, state_of(asked(-3, 0.5)), beliefs)
    assert begun(power, QUARTERS) == 0.0
    assert short == {"not_run": 0.0, "late": pytest.approx(0.5)}


def test_it_is_missed_or_run_by_what_it_may_cost() -> None:
    beliefs = prices({5: 0.2}, QUARTERS)
    cost = 0.2 * WASHER.energy_kwh
    ran, short, _ = run_of(WASHER, state_of(asked(0, 10, cost + 0.01)), beliefs)
    assert begun(ran, QUARTERS) == 5.0
    assert short == {}
    left, short, _ = run_of(WASHER, state_of(asked(0, 10, cost - 0.01)), beliefs)
    assert energy(left, QUARTERS) == pytest.approx(0.0)
    assert short == {}
    too_late, _, _ = run_of(WASHER, state_of(asked(-2, 0.5, 10.0)), beliefs)
    assert energy(too_late, QUARTERS) == pytest.approx(0.0)


def test_beyond_the_horizon_it_waits_for_better_than_the_median_hour() -> None:
    week = state_of(asked(0, 100))
    dear, short, _ = run_of(WASHER, week, prices({0: 0.31, 1: 0.31}, QUARTERS))
    assert energy(dear, QUARTERS) == pytest.approx(WASHER.energy_kwh)
    assert begun(dear, QUARTERS) == 2.0
    assert short == {"not_run": 0.0, "late": 0.0}
    soon = state_of(asked(22, 30))
    waits, short, _ = run_of(WASHER, soon, prices({22: 0.6, 23: 0.6}, QUARTERS))
    assert energy(waits, QUARTERS) == pytest.approx(0.0)
    assert short == {"not_run": 0.0, "late": 0.0}
    cheap, _, _ = run_of(WASHER, week, prices({22: 0.1}, QUARTERS))
    assert begun(cheap, QUARTERS) == 22.0


def test_relaxed_it_is_a_mean_of_runs() -> None:
    part, solution, _ = planned(WASHER, state_of(asked(0, 10)), prices({5: 0.1}, QUARTERS))
    assert energy(powers_of(part, solution), QUARTERS) == pytest.approx(WASHER.energy_kwh)


def test_a_run_that_has_begun_goes_on() -> None:
    progress = Progress(0, at(-0.25))
    power, short, _ = run_of(WASHER, state_of(progress=progress), prices({5: 0.0}, QUARTERS))
    assert power[:4].tolist() == pytest.approx([0.2, 0.2, 0.6, 0.0])
    assert short == {}


def test_two_runs_follow_each_other_and_the_one_that_has_begun() -> None:
    beliefs = prices({5: 0.1}, QUARTERS)
    both = state_of(asked(0, 10), asked(0, 10))
    power, short, _ = run_of(WASHER, both, beliefs)
    assert energy(power, QUARTERS) == pytest.approx(2 * WASHER.energy_kwh)
    assert power.max() <= 2.0 + 1e-6
    assert sum(short.values()) == pytest.approx(0.0)
    tight = state_of(asked(0, 1.25), asked(0, 1.25), progress=Progress(0, NOW))
    power, short, _ = run_of(WASHER, tight, beliefs)
    assert energy(power, QUARTERS) == pytest.approx(3 * WASHER.energy_kwh)
    part, solution, _ = planned(WASHER, tight, beliefs, whole=True)
    late = [wish.short(solution.column) for wish in part.wishes if wish.code == "late"]
    assert sorted(late) == pytest.approx([0.75, 1.75])
    overdue = state_of(asked(-2, 0.5), asked(-2, 0.5))
    power, _, _ = run_of(WASHER, overdue, beliefs)
    assert power[:8].tolist() == pytest.approx([2.0, 0.2, 0.2, 0.6] * 2)


def test_a_pause_lets_the_dear_part_wait() -> None:
    late_heat = replace(PAUSING, profile_kw=(0.2, 2.0, 0.2, 0.6))
    beliefs = prices({2: 0.01, 3: 0.01}, QUARTERS)
    whole, _, dear = run_of(
        replace(late_heat, longest_pause_h=0.0), state_of(asked(0, 2.75)), beliefs
    )
    assert begun(whole, QUARTERS) == 1.75
    first = state_of(progress=Progress(0, NOW, deadline=at(10)))
    power, _, _ = run_of(late_heat, first, beliefs)
    assert power[:9].tolist() == pytest.approx([0.2] + [0.0] * 7 + [2.0])
    hurried = state_of(progress=Progress(0, NOW, deadline=at(1.25)))
    power, _, _ = run_of(late_heat, hurried, beliefs)
    assert power[:5].tolist() == pytest.approx([0.2, 2.0, 0.2, 0.6, 0.0])
    waiting = state_of(progress=Progress(1, at(-0.5), paused=True, deadline=at(10)))
    power, _, _ = run_of(late_heat, waiting, beliefs)
    assert begun(power, QUARTERS) == 2.0
    over = state_of(progress=Progress(1, at(-9), paused=True))
    power, _, _ = run_of(late_heat, over, beliefs)
    assert begun(power, QUARTERS) == 0.0
    done = state_of(progress=Progress(0, at(-0.5), deadline=at(10)))
    power, _, _ = run_of(late_heat, done, beliefs)
    assert power[:3].tolist() == pytest.approx([0.2, 0.6, 0.0])
    ahead, _, cost = run_of(late_heat, state_of(asked(0, 3)), beliefs)
    assert energy(ahead, QUARTERS) == pytest.approx(late_heat.energy_kwh)
    assert cost < dear


def test_a_run_that_pauses_keeps_the_machine() -> None:
    beliefs = prices({3: 0.1}, QUARTERS)
    paused = Progress(1, at(-0.25), paused=True)
    power, short, _ = run_of(PAUSING, state_of(asked(0, 1.75), progress=paused), beliefs)
    assert power[:7].tolist() == pytest.approx([0.2, 0.2, 0.6, 2.0, 0.2, 0.2, 0.6])
    assert sum(short.values()) == pytest.approx(0.0)


def played(device: Appliance, state: ApplianceState, power: Floats, horizon: Horizon) -> None:
    """Assert that a plan asked for step by step is what is taken."""
    for step, kw in enumerate(power.tolist()):
        begin, hours = float(horizon.start[step]), float(horizon.hours[step])
        state, taken = device.step(state, kw, begin, hours)
        assert taken == pytest.approx(kw, abs=1e-6)


@given(
    st.lists(on_grid(0.05, 0.5, 0.05), min_size=24, max_size=24),
    st.sampled_from([WASHER, PAUSING, replace(PAUSING, pausable_after=(1, 3))]),
    st.lists(st.tuples(on_grid(-2, 12, 0.1), on_grid(1, 16, 0.1)), min_size=1, max_size=2),
    st.sampled_from([None, Progress(0, NOW - 600.0), Progress(1, NOW - 600.0, paused=True)]),
    st.sampled_from([0.0, 100.0, 250.0]),
)
def test_a_plan_played_back_takes_what_was_planned(
    buy: list[float],
    device: Appliance,
    spans: list[tuple[float, float]],
    progress: Progress | None,
    past_s: float,
) -> None:
    if progress is not None and not device.pausable_after:
        progress = replace(progress, phase=0, paused=False)
    horizon = Horizon(
        np.concatenate([[NOW + past_s], NOW + 900.0 * np.arange(1, 13), at(np.arange(4.0, 25.0))])
    )
    runs = tuple(asked(begin, begin + length) for begin, length in spans)
    state = state_of(*runs, progress=progress)
    device.check(state)
    beliefs = prices(dict(enumerate(buy)), horizon)
    power, _, _ = run_of(device, state, beliefs)
    played(device, state, power, horizon)


def test_run_at_once_it_begins_when_asked_to() -> None:
    state, taken = state_of(asked(0.5, 20)), []
    for step in range(8):
        begin = float(QUARTERS.start[step])
        state, power = PAUSING.step(state, PAUSING.at_once(state, begin, 0.25), begin, 0.25)
        taken.append(power)
    assert taken == pytest.approx([0.0, 0.0, 2.0, 0.2, 0.2, 0.6, 0.0, 0.0])
    assert state == ApplianceState()


def test_what_is_asked_for_beyond_a_run_that_ends_begins_the_next() -> None:
    later, sooner = asked(0, 20), asked(0, 10)
    state = state_of(later, sooner, progress=Progress(0, at(-0.75)))
    following, power = WASHER.step(state, 2.0, NOW, 1.0)
    assert power == pytest.approx(0.6 * 0.25 + (2.0 + 0.2 + 0.2) * 0.25)
    assert following == state_of(later, progress=Progress(0, at(0.25), deadline=sooner.deadline))
    assert WASHER.step(state, 0.15, NOW, 1.0) == (state_of(later, sooner), pytest.approx(0.15))


def test_a_pause_ends_when_it_has_lasted_long_enough() -> None:
    paused = state_of(progress=Progress(1, at(-3.9), paused=True))
    state, power = PAUSING.step(paused, 0.0, NOW, 0.25)
    assert power == pytest.approx(0.2 * 0.15 / 0.25)
    assert state.progress == Progress(1, at(0.1))
    assert PAUSING.step(paused, 0.0, NOW, 0.05) == (paused, 0.0)


@pytest.mark.parametrize(("limit_kw", "short"), [(3.0, []), (1.0, [("not_run", 1.0)])])
def test_a_run_that_the_connection_cannot_carry_is_named(
    limit_kw: float, short: list[tuple[str, float]]
) -> None:
    home = Home(devices=(WASHER,), connection=Connection(import_limit_kw=limit_kw))
    beliefs = certain(0.5, 0.0, 0.3, horizon=Horizon.tiered(NOW))
    states = {"washer": state_of(asked(0, 12))}
    plan, _ = make_plan(home, beliefs, {}, PlanState(), NOW, states=states)
    part = plan.device("washer")
    assert part is not None
    ran = 0.0 if short else WASHER.energy_kwh
    assert energy(part.power_kw, plan.horizon) == pytest.approx(ran)
    assert [(each.code, pytest.approx(each.amount)) for each in part.shortfalls] == short


def test_a_plan_of_three_appliances_is_quick() -> None:
    horizon = Horizon.tiered(NOW)
    hour = np.arange(len(horizon))
    beliefs = certain(0.4, 0.0, 0.3 + 0.1 * np.sin(hour), horizon=horizon)
    devices = tuple(replace(PAUSING, id=name) for name in "abc")
    states = {name: state_of(asked(0, 24), asked(0, 40)) for name in "abc"}
    before = time.process_time()
    plan, _ = make_plan(Home(devices=devices), beliefs, {}, PlanState(), NOW, states=states)
    assert time.process_time() - before < 5.0
    assert not any(part.shortfalls for part in plan.devices)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"profile_kw": ()}, "profile_empty"),
        ({"profile_kw": (0.0, 0.0)}, "profile_empty"),
        ({"profile_kw": (1.0, -0.5)}, "device_parameter"),
        ({"profile_step_s": 0.0}, "device_parameter"),
        ({"longest_pause_h": -1.0}, "device_parameter"),
        ({"pausable_after": (4,)}, "device_parameter"),
        ({"pausable_after": (2, 1)}, "device_parameter"),
    ],
)
def test_a_programme_that_cannot_be_is_rejected(change: dict[str, object], code: str) -> None:
    with pytest.raises(InputError) as error:
        replace(WASHER, **change)  # type: ignore[arg-type]  # any field, by name
    assert error.value.code == code


def test_a_request_that_leaves_no_time_names_the_nearest_possible() -> None:
    with pytest.raises(InputError) as error:
        WASHER.check(state_of(asked(2, 2.5)))
    assert error.value.code == "deadline_too_short"
    assert error.value.arguments["starts"] == at(2)
    assert error.value.arguments["ends"] == at(3)
    with pytest.raises(InputError) as error:
        WASHER.check(state_of(asked(4, 3)))
    assert error.value.code == "earliest_after_deadline"
    for wrong in (
        state_of(asked(0, 5, float("nan"))),
        state_of(progress=Progress(1)),
    ):
        with pytest.raises(InputError) as error:
            WASHER.check(wrong)
        assert error.value.code == "device_parameter"


def test_device_and_state_survive_json() -> None:
    state = state_of(asked(0, 5, 0.4), progress=Progress(1, NOW, paused=True))
    assert decode(ApplianceState, encode(state)) == state
    assert decode(Appliance, encode(PAUSING)) == PAUSING
    assert (WASHER.most_kw, WASHER.lowest_kw, WASHER.worth) == (2.0, 0.0, 0.0)
    assert (WASHER.from_battery, WASHER.absorbs) == (True, False)
