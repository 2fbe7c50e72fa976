"""The score: costs with what is left in store, shares and fortnights."""

import math

import numpy as np
import pytest

from custom_components.shems.core.replay.controllers import no_battery, self_consumption
from custom_components.shems.core.replay.run import play
from custom_components.shems.core.replay.score import (
    Row,
    best_rule,
    captured,
    cost,
    row,
    windows,
    worst_excess,
)
from tests.core.replay.courses import run_of


def rows(self_use: float, timer: float, shems: float, foresight: float) -> dict[str, Row]:
    costs = {
        "no_battery": 150.0,
        "self_consumption": self_use,
        "timer": timer,
        "shems": shems,
        "perfect_foresight": foresight,
    }
    return {name: Row(each, 0.0, 0.0, 0.0, None, None) for name, each in costs.items()}


def test_energy_left_in_store_is_worth_the_mean_export_price() -> None:
    run = run_of([1.0, 1.0, 0.0], [0.0, 0.0, 3.0], price=[0.1, 0.2, 0.3])
    outcome = play(run, self_consumption(run))
    left = 4 - 2 / 0.95 + 3 * 0.95
    worth = 0.95 * 0.9 * 0.2
    assert cost(run, outcome, 0, 3) == pytest.approx(0.02 - (left - 4) * worth)
    assert cost(run, outcome, 1, 3) == pytest.approx(0.01 - (left - 4 + 1 / 0.95) * worth)
    whole = cost(run, outcome, 0, 1) + cost(run, outcome, 1, 3)
    assert cost(run, outcome, 0, 3) == pytest.approx(whole)


def test_a_row() -> None:
    run = run_of([1.0, 1.0], price=0.1)
    outcome = play(run, self_consumption(run))
    found = row(run, outcome, [0.002, 0.004, 0.009])
    assert found.cycles == pytest.approx(2 / 9)
    assert (found.energy_bought_kwh, found.energy_sold_kwh) == (0, 0)
    assert (found.plan_ms_median, found.plan_ms_max) == (4, 9)
    idle = row(run, play(run, no_battery(run)), [])
    assert (idle.energy_bought_kwh, idle.cycles) == (2, 0)
    assert (idle.plan_ms_median, idle.plan_ms_max) == (None, None)


def test_captured_share() -> None:
    assert captured(rows(100, 110, 90, 80), "shems", 200) == pytest.approx(0.5)
    assert captured(rows(100, 95, 97, 80), "shems", 200) == pytest.approx(-2 / 15)
    assert captured(rows(100, 95, 97, 80), "perfect_foresight", 200) == 1


@pytest.mark.parametrize(("gross", "share"), [(199.0, 0.5), (201.0, None)])
def test_under_two_percent_there_is_nothing_to_capture(gross: float, share: float | None) -> None:
    assert captured(rows(100, 110, 98, 96), "shems", gross) == share


def test_nothing_is_captured_where_there_is_no_gap_at_all() -> None:
    assert captured(rows(0, 1, 0, 0), "shems", 0.0) is None


def test_the_cheaper_rule_is_the_best() -> None:
    assert best_rule(rows(100, 90, 0, 0)) == "timer"
    assert best_rule(rows(90, 100, 0, 0)) == "self_consumption"


def test_whole_fortnights_are_told_apart() -> None:
    fortnight = 14 * 24
    load = np.ones(2 * fortnight + 24 + 20)
    load[24 + fortnight : 24 + fortnight + 24] = math.nan
    run = run_of(load, price=0.1, first=24)
    outcomes = {"no_battery": play(run, no_battery(run))}
    found = windows(run, outcomes)
    assert [each["start"] for each in found] == [
        run.course.start[24],
        run.course.start[24 + fortnight],
    ]
    for each, hours in zip(found, (fortnight, fortnight - 24), strict=True):
        assert each["gross_load_cost"] == pytest.approx(hours * 0.245)
        assert each["cost"] == {"no_battery": pytest.approx(hours * 0.245)}


def test_a_fortnight_without_any_data_is_left_out() -> None:
    load = np.ones(3 * 14 * 24)
    load[14 * 24 : 28 * 24] = math.nan
    run = run_of(load)
    starts = [each["start"] for each in windows(run, {})]
    assert starts == [run.course.start[0], run.course.start[28 * 24]]
    assert windows(run_of(np.ones(100)), {}) == []


def test_worst_excess_is_a_share_of_the_loads_cost() -> None:
    found = [
        {"gross_load_cost": gross, "cost": {"shems": shems, "self_consumption": 10.0}}
        for gross, shems in ((100.0, 9.0), (50.0, 11.0), (0.0, 12.0))
    ]
    assert worst_excess(found) == pytest.approx(0.02)
    assert worst_excess(found[:1]) == pytest.approx(-0.01)
    assert worst_excess([]) is None
    assert worst_excess(found[2:]) is None
