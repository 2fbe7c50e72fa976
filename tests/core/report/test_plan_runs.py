"""Runs of a plan, what a new plan changes of them, and when to start something by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.horizon import Horizon
from custom_components.shems.core.plan.make import PlanState, make_plan
from custom_components.shems.core.plan.result import DevicePlan, Plan, Reason
from custom_components.shems.core.report.changes import changes
from custom_components.shems.core.report.runs import Doing, runs_of
from custom_components.shems.core.report.start import best_start
from tests.core.homes import HOME, NOW, certain, hourly

HOUR = 3600.0
STEPS = 30


def plan(**devices: list[float]) -> Plan:
    """Return a plan of a battery, in which devices take powers from the first hour on."""
    buy = [0.1, 0.1, *[0.5] * (STEPS - 2)]
    beliefs = certain(2.0, buy=buy, horizon=hourly(STEPS))
    made, _ = make_plan(HOME, beliefs, {"store": 1.0}, PlanState(), NOW)
    parts = []
    for name, kw in devices.items():
        power = np.array([*kw, *[0.0] * (STEPS - len(kw))])
        state = None if name == "shed" else np.zeros(STEPS)
        why = (Reason("device_runs"),) * STEPS
        parts.append(DevicePlan(name, name, power, state, reason=why))
    return replace(made, devices=tuple(parts))


def hours(made: Plan, name: str) -> list[tuple[Doing, float, float]]:
    return [
        (each.doing, (each.begin - NOW) / HOUR, (each.end - NOW) / HOUR)
        for each in runs_of(made, name)
    ]


def test_a_device_has_a_run_for_every_stretch_without_a_break() -> None:
    made = plan(pump=[0, 1, 1, 0, 2])
    assert hours(made, "pump") == [(Doing.RUN, 1, 3), (Doing.RUN, 4, 5)]
    first, second = runs_of(made, "pump")
    assert first.energy_kwh == pytest.approx(2.0)
    assert first.power_kw == pytest.approx(1.0)
    assert made.marginal is not None
    assert first.cost == pytest.approx(float(made.marginal[1] + made.marginal[2]))
    assert first.reason == Reason("device_runs")
    assert second.power_kw == pytest.approx(2.0)


def test_what_is_shed_or_given_back_is_told_apart() -> None:
    assert hours(plan(shed=[0, -1]), "shed") == [(Doing.SHED, 1, 2)]
    given_back = plan(car=[-1, 0, 2])
    assert hours(given_back, "car") == [(Doing.DISCHARGE, 0, 1), (Doing.RUN, 2, 3)]
    assert runs_of(given_back, "car")[0].cost < 0, "it earns"


def test_a_battery_runs_where_the_grid_takes_part() -> None:
    made = plan()
    found = runs_of(made, "store")
    assert found
    assert {each.doing for each in found} == {Doing.CHARGE}
    assert found[0].begin == NOW
    assert found[0].end <= NOW + 2 * HOUR
    assert found[0].cost > 0
    assert replace(made, marginal=None).marginal is None
    rough = runs_of(replace(made, marginal=None), "store")
    assert rough[0].cost == pytest.approx(0.1 * rough[0].energy_kwh)


def test_reasons_may_be_missing_and_devices_too() -> None:
    made = plan(pump=[1])
    bare = replace(made, devices=(replace(made.devices[0], reason=()),))
    assert runs_of(bare, "pump")[0].reason is None
    assert runs_of(made, "elsewhere") == ()


def changed(
    before: list[float], after: list[float]
) -> list[tuple[str, float | None, float | None]]:
    found = changes(plan(pump=before), plan(pump=after), ["pump"], NOW)
    return [
        (
            each.what,
            None if each.before is None else (each.before - NOW) / HOUR,
            None if each.after is None else (each.after - NOW) / HOUR,
        )
        for each in found
    ]


def test_a_run_that_moves_appears_or_goes_is_told() -> None:
    assert changed([0, 1], [0, 0, 0, 1]) == [("moved", 1, 3)]
    assert changed([0], [0, 0, 1]) == [("added", None, 2)]
    assert changed([0, 0, 1], [0]) == [("dropped", 2, None)]
    assert changed([1, 1], [0, 0, 1]) == [("moved", 0, 2)]


def test_what_nobody_notices_is_not_told() -> None:
    assert changed([0, 1], [0, 1, 1]) == [], "it only takes longer"
    assert changed([1], [0]) == [], "it is over"
    assert changed([0], [0]) == []
    far = [0.0] * 26
    assert changed([*far, 1], far) == [], "that is more than a day ahead"
    assert changes(None, plan(pump=[1]), ["pump"], NOW) == ()


# When to start


def starts(
    price: list[float], profile_kw: list[float], ahead_h: float = 48.0, after_h: float = 0.0
) -> tuple[float, float, float] | None:
    found = best_start(
        np.array(price),
        hourly(len(price)),
        np.array(profile_kw),
        HOUR / 2,
        NOW + after_h * HOUR,
        NOW + ahead_h * HOUR,
    )
    return found and ((found.begin - NOW) / HOUR, found.cost, found.saves)


def test_a_programme_begins_where_it_costs_least() -> None:
    # Two kilowatts for half an hour, then one.
    begin, cost, saves = starts([0.4, 0.4, 0.1, 0.4], [2, 1]) or (0, 0, 0)
    assert begin == 2
    assert cost == pytest.approx(0.15)
    assert saves == pytest.approx(0.45)
    assert (starts([0.3] * 6, [2, 1]) or (9,))[0] == 0, "all alike: at once"


def test_a_programme_keeps_to_its_time() -> None:
    price = [0.4, 0.4, 0.1, 0.4]
    assert (starts(price, [2, 1], ahead_h=2) or (9,))[0] == 0
    assert (starts(price, [2, 1], after_h=2.5) or (9,))[0] == 2.5
    assert starts(price, [2, 1], ahead_h=0.5) is None
    assert starts(price, [1] * 10) is None, "the plan does not see that far"
    assert starts(price, [1], after_h=-1) is None


@given(
    st.lists(st.floats(-0.1, 1.0), min_size=12, max_size=12),
    st.lists(st.floats(0.0, 3.0), min_size=1, max_size=6),
    st.floats(0.0, 8.0),
)
def test_no_quarter_would_be_cheaper(
    price: list[float], profile: list[float], after_h: float
) -> None:
    found = starts(price, profile, after_h=after_h)
    assert found is not None
    length_h = len(profile) / 2

    def cost(begin_h: float) -> float:
        total = 0.0
        for index, kw in enumerate(profile):
            for minute in range(30):
                at = begin_h + index / 2 + (minute + 0.5) / 60
                total += kw / 60 * price[int(at)]
        return total

    quarter = 0.0
    while quarter + length_h <= 12:
        if quarter >= after_h:
            assert found[1] <= cost(quarter) + 0.005 + 1e-9
        quarter += 0.25
    assert found[2] >= 0


def test_a_horizon_of_uneven_steps_is_priced_by_time() -> None:
    horizon = Horizon(np.array([NOW, NOW + 900, NOW + 3 * HOUR]))
    found = best_start(np.array([0.1, 0.5]), horizon, np.array([1.0]), HOUR, NOW, NOW + 3 * HOUR)
    assert found is not None
    assert found.begin == NOW
    assert found.cost == pytest.approx(0.25 * 0.1 + 0.75 * 0.5)
