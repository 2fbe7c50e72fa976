"""What batteries leave to the grid while a month's peak is not at stake."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.dispatch.decide import DispatchState, decide
from custom_components.shems.core.plan.result import BatteryPlan, Mode, Plan, Policy, Right, Status
from custom_components.shems.core.tariff import Prices
from tests.core.homes import BATTERY, HOME, NOW, hourly, readings


def plan_of(*, kept_kw: float | None, price: float, value: float) -> Plan:
    """Return two hours in which a battery may cover the load as far as the meter asks."""
    none, free = np.zeros(2), np.full(2, Right.FREE, dtype=np.int32)
    no = np.full(2, Right.NO, dtype=np.int32)
    part = BatteryPlan(
        BATTERY.id,
        none,
        none,
        np.full(2, value),
        Policy(no, free, free, no),
        (Mode.SELF_CONSUME,) * 2,
        (),
    )
    prices = Prices(np.full(2, price), none, np.ones(2, dtype=np.bool_))
    plan = Plan(NOW, hourly(2), prices, Status.OPTIMAL, none, none, none, none, (part,), 0.0, 0.0)
    return plan if kept_kw is None else replace(plan, kept_kw=np.full(2, kept_kw))


def given_kw(plan: Plan, net_kw: float) -> float:
    state = readings(net_kw, {BATTERY.id: 0.8})
    (command,), _ = decide(plan, HOME, state, DispatchState(), NOW)
    return command.power_kw


def test_what_is_worth_more_than_its_price_is_kept_for_what_would_raise_the_peak() -> None:
    plan = plan_of(kept_kw=2.0, price=0.3, value=0.9)
    assert given_kw(plan, 3.5) == pytest.approx(1.5)
    assert given_kw(plan, 1.9) == 0
    assert given_kw(plan, -1.0) == pytest.approx(-1.0)


def test_cheap_energy_covers_the_load_however_high_the_peak_may_be() -> None:
    assert given_kw(plan_of(kept_kw=2.0, price=0.3, value=0.1), 3.5) == pytest.approx(3.5)


def test_without_a_price_on_peaks_nothing_is_left() -> None:
    plan = plan_of(kept_kw=None, price=0.3, value=0.9)
    assert given_kw(plan, 3.5) == pytest.approx(3.5)
    kept = plan_of(kept_kw=2.0, price=0.3, value=0.9)
    assert kept.left_kw(BATTERY, NOW) == 2.0
    assert kept.left_kw(BATTERY, NOW + 1e6) == 0
    assert kept.left_kw(replace(BATTERY, id="other"), NOW) == 0
