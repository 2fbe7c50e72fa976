"""Perfect foresight: nobody does better in whole steps."""

import numpy as np
import pytest

from custom_components.shems.core.replay.controllers import (
    Planner,
    no_battery,
    self_consumption,
    timer,
)
from custom_components.shems.core.replay.foresight import perfect_foresight
from custom_components.shems.core.replay.run import Controller, Run, play, protocol_battery
from custom_components.shems.core.replay.score import cost
from tests.core.replay.courses import noisy, run_of

_CENT = 0.01
"""The gap at which the search for the integers ends is half a cent."""


def total(run: Run, controller: Controller) -> float:
    return cost(run, play(run, controller), run.first, run.last)


@pytest.mark.parametrize("tariff", ["spot", "tou", "flat"])
@pytest.mark.parametrize("seed", range(8))
def test_no_rule_costs_less(seed: int, tariff: str) -> None:
    battery = protocol_battery(5.0, 2.0) if seed % 2 else None
    run = noisy(seed, days=4, tariff=tariff, battery=battery)
    best = total(run, perfect_foresight(run))
    for rule in (no_battery, self_consumption, timer):
        assert best <= total(run, rule(run)) + _CENT


@pytest.mark.parametrize("told", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_no_plan_costs_less(seed: int, told: bool) -> None:
    run = noisy(seed, days=1)
    assert total(run, perfect_foresight(run)) <= total(run, Planner(run, told=told)) + _CENT


def test_it_buys_cheap_and_covers_dear() -> None:
    run = run_of([0.0, 1.0, 5.0], price=[-0.1, 0.4, 0.9])
    outcome = play(run, perfect_foresight(run))
    assert outcome.power_kw.tolist() == pytest.approx([-5, 1, 5])


def test_what_is_left_is_worth_something() -> None:
    run = run_of([0.1, 0.1], price=[0.1, 0.5])
    low_then_high = play(run, perfect_foresight(run))
    assert low_then_high.power_kw[1] > 2.8
    assert low_then_high.energy_kwh[1] == pytest.approx(1)
    # Where no price rises above the mean of the run, selling brings less than keeping.
    even = run_of([0.0, 0.0], price=[0.1, 0.1])
    assert play(even, perfect_foresight(even)).energy_kwh.tolist() == [4, 4]


def test_sun_that_cannot_be_sold_is_stored_for_nothing() -> None:
    run = run_of([0.0, 4.0], [15.0, 0.0], price=0.5)
    outcome = play(run, perfect_foresight(run))
    assert outcome.power_kw[0] == -5
    assert outcome.sold_kwh[0] == 10


def test_it_is_paid_only_for_what_it_really_imports() -> None:
    # Buying brings money in both hours; in the first there is more sun than the battery takes.
    run = run_of([0.0, 0.0], [6.0, 0.0], price=-0.5)
    outcome = play(run, perfect_foresight(run))
    assert outcome.bought_kwh.tolist() == pytest.approx([0, 5])
    assert outcome.energy_kwh[1] == pytest.approx(4 + 4.75)


def test_without_negative_prices_whole_steps_match_the_program() -> None:
    noise = np.random.default_rng(3)
    run = run_of(noise.uniform(0, 6, 48), noise.uniform(0, 6, 48), noise.uniform(0, 0.3, 48))
    outcome = play(run, perfect_foresight(run))
    idle = np.abs(outcome.power_kw) < 1e-6
    # Something is done in most hours, and nothing burned: never both directions at once.
    assert idle.mean() < 0.6
    charged = outcome.discharged_kwh - outcome.power_kw * run.hours
    assert (np.minimum(charged, outcome.discharged_kwh) < 1e-9).all()


@pytest.mark.parametrize("seed", range(3))
def test_inside_the_steps_it_is_still_better_than_the_rules(seed: int) -> None:
    run = noisy(seed, days=3, tariff="tou", parts=12)
    best = total(run, perfect_foresight(run))
    for rule in (no_battery, self_consumption, timer):
        assert best <= total(run, rule(run))
