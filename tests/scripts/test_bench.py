"""The benchmark measures what it says, in a small run of it."""

import json

import numpy as np
import pytest

from custom_components.shems.core.plan.make import PlanState, make_plan
from custom_components.shems.core.plan.result import Status
from scripts.benchmark.__main__ import main
from scripts.benchmark.homes import batteries_only, whole_home
from scripts.benchmark.measure import Timing
from scripts.benchmark.minimal import minimal
from scripts.benchmark.problems import Battery15, battery_problems
from scripts.benchmark.sections import Row, battery_rows, process_rows, scenario_rows

PROBLEMS = {problem.name: problem for problem in battery_problems()}


@pytest.mark.parametrize("name", PROBLEMS)
def test_the_program_by_hand_finds_no_worse_than_ours(name: str) -> None:
    problem = PROBLEMS[name]
    state = PlanState({"battery": problem.worth})
    now = float(problem.horizon.edges[0])
    held = {"battery": problem.energy_kwh}
    plan, _ = make_plan(problem.home, problem.beliefs, held, state, now)
    power = minimal(problem)
    assert problem.cost(plan.batteries[0].power_kw) == pytest.approx(problem.cost(power), abs=0.005)
    idle = problem.cost(np.zeros(len(power)))
    assert problem.cost(power) < idle - 0.1


def test_power_that_a_battery_does_not_have_costs_what_it_has() -> None:
    problem: Battery15 = PROBLEMS["flat"]
    all_in = np.full(len(problem.hours), -99.0)
    most = np.full(len(problem.hours), -problem.battery.charge_kw)
    assert problem.cost(all_in) == pytest.approx(problem.cost(most))


def test_figures_stand_beside_what_is_wanted() -> None:
    rows = battery_rows(1)
    gaps = [row for row in rows if row.unit == "ct"]
    assert len(gaps) == 3
    assert all(row.met for row in gaps)
    assert Row("", "", 2.0, "s", 1.0).met is False
    assert Row("", "", 2.0, "s").met is None


def test_time_in_the_solver_is_part_of_the_time() -> None:
    timing = Timing()
    now = batteries_only(whole_home(1))
    plan, _ = timing.add(
        lambda: make_plan(now.home, now.beliefs, now.energy_kwh, PlanState(), now.now)
    )
    assert plan.status is Status.OPTIMAL
    assert 0 < timing.solver_share < 1
    assert timing.worst_s == timing.median_s > 0


def test_homes_of_a_seed_are_the_same_and_have_every_device() -> None:
    one, same = whole_home(3, pairs=2, courses=5), whole_home(3, pairs=2, courses=5)
    assert one.home == same.home
    assert one.states == same.states
    assert len(one.beliefs.scenarios) == 5
    kinds = [device.KIND for device in one.home.devices]
    assert sorted(kinds) == [
        "appliance",
        "appliance",
        "heating",
        "vehicle",
        "vehicle",
        "water",
    ]
    assert whole_home(4).energy_kwh != whole_home(3).energy_kwh


def test_figures_at_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["plan", "--only", "battery", "whole", "--seeds", "1", "--repeats", "1"]
    assert main(arguments) == 0
    told = capsys.readouterr().out
    assert "two batteries, two cars" in told
    assert main([*arguments, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    values = {(row["section"], row["name"]): row["value"] for row in rows}
    assert values["whole home", "plans left to the rule"] == 0
    assert values["whole home", "processor time, worst"] > 0


def test_twenty_courses_are_planned_for() -> None:
    values = {(row.section, row.name): row.value for row in scenario_rows(1)}
    assert values["20 courses, whole home", "plans left to the rule"] == 0


def test_memory_and_lateness_are_measured() -> None:
    values = {(row.section, row.name): row.value for row in process_rows(0.2)}
    assert 20 < values["process", "memory of one that plans"] < 500
    worst = values["event loop", "late while solving, worst"]
    assert 0 < values["event loop", "late while solving, p99"] <= worst


def test_a_number_of_seeds_is_a_number(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["plan", "--seeds", "none"])
    assert "is not a number of times" in capsys.readouterr().err
