"""Cases of evcc's optimizer: what a schedule is worth, and what breaks which wish."""

import copy
import json
import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from custom_components.shems.core.units import InputError
from scripts.cases.__main__ import main
from scripts.cases.adapter import plan
from scripts.cases.request import load, parse
from scripts.cases.score import Schedule, Score, Violations, answered, score

GOLDEN = {
    "009": 2.6626,
    "011": 1.7419,
    "012": 1.5652,
    "014": -7.0945,
    "015": -6.2942,
    "016": 2.6626,
    "017": 5.5913,
    "019": 1.3498,
    "020": -8.8024,
    "021": 1.4482,
    "022": 200.38,
    "023": 0.5808,
    "024": -1263.158,
    "025": 1178.947,
    "026": -389.474,
    "027": 149.4,
}
"""What the answers of the optimizer are worth, in the currency of each case."""

VEHICLE = {
    "charge_from_grid": True,
    "s_min": 2000,
    "s_max": 10000,
    "s_initial": 4000,
    "c_min": 1000,
    "c_max": 4000,
    "d_max": 3000,
    "p_a": 0.0002,
}
CASE: dict[str, Any] = {
    "request": {
        "eta_c": 0.8,
        "eta_d": 0.5,
        "grid": {"p_max_imp": 3000, "p_max_exp": 1500},
        "batteries": [VEHICLE],
        "time_series": {
            "dt": [1800, 3600],
            "gt": [500, 1000],
            "ft": [0, 3000],
            "p_N": [0.0003, 0.0004],
            "p_E": [0.0001, 0.0001],
        },
    }
}


def case(**store: Any) -> dict[str, Any]:
    changed = copy.deepcopy(CASE)
    changed["request"]["batteries"][0] |= store
    return changed


def played(content: dict[str, Any], charge: list[float], discharge: list[float]) -> Score:
    schedule = Schedule(np.array([charge], dtype=float), np.array([discharge], dtype=float))
    return score(parse(content), schedule)


def case_of(shems_data: Path, number: str) -> Path:
    return next((shems_data / "evcc_cases").glob(f"{number}-*.json"))


def amounts(violations: Violations) -> dict[str, float]:
    """Return the violations that a wish has, without what no schedule may do."""
    return {name: amount for name, amount in vars(violations).items() if name != "rules_wh"}


@pytest.mark.parametrize("number", GOLDEN)
def test_answers_of_the_optimizer_are_worth_what_was_published(
    shems_data: Path, number: str
) -> None:
    content = load(case_of(shems_data, number))
    answer = content["expected_response"]["batteries"]
    schedule = Schedule(
        np.array([each["charging_power"] for each in answer]),
        np.array([each["discharging_power"] for each in answer]),
    )
    request = parse(content)
    assert score(request, schedule).value == pytest.approx(GOLDEN[number], abs=1e-3)
    stored = np.array([each["state_of_charge"] for each in answer])
    assert np.abs(schedule.stored_wh(request) - stored).max() < 0.01


@pytest.mark.parametrize("number", [*GOLDEN, "010", "013", "018"])
def test_plans_are_worth_no_less_and_violate_no_more(shems_data: Path, number: str) -> None:
    content = load(case_of(shems_data, number))
    request = parse(content)
    golden, found = answered(request, content), score(request, plan(request, 60.0))
    assert golden is not None
    # Every answer is an optimum, so that more than the solver's tolerance above is impossible.
    assert found.value == pytest.approx(golden.value, abs=1e-3)
    allowed = amounts(golden.violations)
    for name, amount in amounts(found.violations).items():
        assert amount <= allowed[name] + 0.01, name
    assert found.violations.rules_wh < 0.01


def test_a_case_is_planned_and_scored_at_the_command_line(
    shems_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = case_of(shems_data, "014")
    assert main([str(file)]) == 0
    text = capsys.readouterr().out
    assert re.search(r"^V +-7\.0945 ", text, re.MULTILINE)
    assert re.search(r"^import_wh +2190\.5 Wh", text, re.MULTILINE)
    assert main([str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["V"] == pytest.approx(told["golden"]["V"], abs=1e-3)
    assert told["violations"]["total_wh"] == pytest.approx(2190.484, abs=0.01)
    assert told["seconds"] > 0
    answer = {"expected_response": told["response"]}
    again = answered(parse(load(file)), answer)
    assert again is not None
    assert again.value == pytest.approx(told["V"])


def test_a_request_needs_no_answer_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "alone.json"
    file.write_text(json.dumps(CASE["request"]))
    assert main([str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["golden"] is None
    assert main([str(file)]) == 0
    assert "answer" not in capsys.readouterr().out


def test_a_home_without_any_battery_has_nothing_to_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bare.json"
    bare = {"time_series": CASE["request"]["time_series"]}
    file.write_text(json.dumps(bare))
    assert main([str(file), "--json"]) == 0
    bought, sold = 500 * 0.0003, 2000 * 0.0001
    assert json.loads(capsys.readouterr().out)["V"] == pytest.approx(sold - bought)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "holds no JSON object."),
        ("{}", "The request has no time_series."),
        ('{"time_series": {"dt": [3600], "gt": [1, 2]}}', "gt has 2 values, but dt has 1."),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, told: str
) -> None:
    file = tmp_path / "bad.json"
    file.write_text(text)
    assert main([str(file)]) == 2
    error = capsys.readouterr().err
    assert error.startswith("plan-case: ")
    assert error.endswith(f"{told}\n")
    assert error.count("\n") == 1


def test_a_solver_without_time_says_so(
    shems_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(case_of(shems_data, "020")), "--time-limit", "0.001"]) == 1
    assert "the solver found no plan" in capsys.readouterr().err


def test_the_worst_excess_is_kept_low_where_it_costs() -> None:
    flat = {"dt": [3600] * 4, "gt": [1000] * 4, "ft": [0] * 4, "p_N": [3e-4] * 4, "p_E": [0] * 4}
    store = {"s_max": 9000, "s_initial": 0, "c_max": 9000, "charge_from_grid": True}
    wanted = store | {"s_goal": [0, 0, 0, 7600], "p_a": 0}
    grid = {"p_max_imp": 2000, "prc_p_exc_imp": 0.01}
    request = parse({"time_series": flat, "batteries": [wanted], "grid": grid})
    found = plan(request, 5.0)
    assert found.grid_wh(request) == pytest.approx([3000] * 4, abs=0.1)


@pytest.mark.parametrize(
    "answer", [None, 3, {}, {"batteries": [{"charging_power": [1]}]}, {"batteries": []}]
)
def test_an_answer_that_does_not_fit_is_left_out(answer: object) -> None:
    assert answered(parse(CASE), CASE | {"expected_response": answer}) is None


def test_value_is_money_and_what_is_stored_more_than_at_the_beginning() -> None:
    found = played(CASE, [1000, 0], [0, 0])
    bought, sold, stored = 1500 * 0.0003, 1500 * 0.0001, 800 * 0.0002
    assert found.value == pytest.approx(sold + stored - bought)
    # Of the 2000 Wh left over in the second step the grid takes 1500 and pays no more.
    assert found.violations.export_wh == pytest.approx(500)
    assert found.violations.import_wh == pytest.approx(0)
    assert found.violations.total_wh == pytest.approx(500)


def test_import_beyond_its_limit_is_paid_and_counted() -> None:
    found = played(CASE, [2000, 2000], [0, 0])
    assert found.violations.import_wh == pytest.approx(1000)
    assert found.value == pytest.approx(-2500 * 0.0003 + 3200 * 0.0002)


def test_a_price_of_the_worst_excess_replaces_the_limit() -> None:
    content = copy.deepcopy(CASE)
    content["request"]["grid"]["prc_p_exc_imp"] = 0.01
    found = played(content, [2000, 2000], [0, 0])
    assert found.violations.import_wh == 0
    assert found.value == pytest.approx(-2500 * 0.0003 + 3200 * 0.0002 - 0.01 * 2000)


def test_stored_energy_outside_its_limits_counts_in_every_step() -> None:
    found = played(case(s_initial=1000, s_capacity=20000), [0, 0], [0, 0])
    assert found.violations.soc_wh_steps == pytest.approx(2000)
    assert found.violations.total_wh == pytest.approx(20000 + 500)
    found = played(case(s_initial=11000, s_capacity=20000), [0, 0], [0, 0])
    assert found.violations.soc_wh_steps == pytest.approx(2000)


def test_goals_count_what_is_missing_but_in_the_first_step() -> None:
    assert played(case(s_goal=[9000, 0]), [0, 0], [0, 0]).violations.goal_wh == 0
    assert played(case(s_goal=[0, 9000]), [0, 1000], [0, 0]).violations.goal_wh == pytest.approx(
        4200
    )


def test_demand_counts_until_the_store_is_full() -> None:
    asked = case(p_demand=[9000, 1500])
    # More than 4 kW, 2000 Wh in half an hour, cannot be demanded.
    assert played(asked, [500, 1500], [0, 0]).violations.demand_wh == pytest.approx(1500)
    full = case(p_demand=[0, 1500], s_initial=9200)
    assert played(full, [0, 1000], [0, 0]).violations.demand_wh == 0


@pytest.mark.parametrize(
    ("store", "charge", "discharge", "breach"),
    [
        ({}, [500, 0], [0, 0], 0),
        ({}, [2100, 0], [0, 0], 100),
        ({"discharge_to_grid": True}, [0, 0], [1600, 0], 100),
        ({"discharge_to_grid": True}, [0, 0], [0, 2500], 1000),
        ({}, [0, 2000], [0, 200], 200),
        ({}, [0, 800], [0, 0], 200),
        ({}, [0, 0], [0, 10], 10),
        ({"discharge_to_grid": True}, [0, 0], [0, 10], 0),
        ({"charge_from_grid": False}, [500, 0], [0, 0], 500),
        ({"charge_from_grid": False}, [0, 2000], [0, 0], 0),
        ({"p_demand": [0, 1500], "s_initial": 9500}, [0, 625], [0, 0], 0),
        ({"p_demand": [0, 1500], "s_initial": 5000}, [0, 625], [0, 0], 375),
    ],
)
def test_rules_that_no_schedule_may_break(
    store: dict[str, Any], charge: list[float], discharge: list[float], breach: float
) -> None:
    found = played(case(**store), charge, discharge)
    assert found.violations.rules_wh == pytest.approx(breach, abs=1e-9)


def test_what_a_request_leaves_out_is_taken_as_the_optimizer_does() -> None:
    bare = {
        "batteries": [{"s_max": 5000, "s_initial": 1000, "c_max": 2000}],
        "time_series": CASE["request"]["time_series"],
    }
    request = parse(bare)
    store = request.stores[0]
    assert (request.charge_efficiency, request.discharge_efficiency) == (0.95, 0.95)
    assert math.isinf(request.import_w)
    assert math.isinf(request.export_w)
    assert (store.capacity_wh, store.min_wh, store.least_charge_w) == (5000, 0, 0)
    assert (store.charge_from_grid, store.discharge_to_grid) == (False, False)
    assert float(store.demand_wh.sum() + store.goal_wh.sum()) == 0


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("time_series",), None, "case_field_missing"),
        (("time_series",), 3, "case_field"),
        (("time_series", "dt"), [], "case_empty"),
        (("time_series", "dt"), [0, 3600], "case_field"),
        (("time_series", "gt"), None, "case_field_missing"),
        (("time_series", "gt"), [1.0], "case_length"),
        (("time_series", "gt"), [1.0, math.nan], "case_field"),
        (("time_series", "gt"), [1.0, -1.0], "case_field"),
        (("time_series", "p_N"), [1.0, "2"], "case_field"),
        (("eta_c",), 0, "case_field"),
        (("eta_d",), 1.2, "case_field"),
        (("batteries",), {}, "case_field"),
        (("batteries",), [1], "case_field"),
        (("batteries", 0, "c_max"), None, "case_field_missing"),
        (("batteries", 0, "c_max"), -1, "case_field"),
        (("batteries", 0, "c_min"), 5000, "case_order"),
        (("batteries", 0, "s_min"), 11000, "case_order"),
        (("batteries", 0, "s_capacity"), 3000, "case_order"),
        (("batteries", 0, "charge_from_grid"), "yes", "case_field"),
        (("batteries", 0, "s_goal"), [1.0], "case_length"),
        (("grid", "p_max_imp"), True, "case_field"),
        (("grid", "prc_p_exc_imp"), -1, "case_field"),
    ],
)
def test_a_request_that_cannot_be_is_refused(
    path: tuple[str | int, ...], value: Any, code: str
) -> None:
    content = copy.deepcopy(CASE)
    place: Any = content["request"]
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(InputError) as caught:
        parse(content)
    assert caught.value.code == code


@pytest.mark.parametrize("text", ["", "[1, 2]", "{", '"text"'])
def test_a_file_that_holds_no_object_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "case.json"
    file.write_text(text)
    with pytest.raises(InputError) as caught:
        load(file)
    assert caught.value.code == "file_not_json"
    with pytest.raises(InputError) as caught:
        load(tmp_path / "none.json")
    assert caught.value.code == "file_missing"
    file.write_text(json.dumps(CASE))
    assert parse(load(file)).stores
