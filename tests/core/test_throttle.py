"""Solar power is throttled to what the home uses itself while feed-in costs money."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.solar import Solar
from custom_components.shems.core.dispatch.command import Command
from custom_components.shems.core.dispatch.throttle import throttle
from custom_components.shems.core.forecast.beliefs import Beliefs, Outlook
from custom_components.shems.core.horizon import Horizon
from custom_components.shems.core.observe.readings import MISSING, Readings, Trust, Value
from custom_components.shems.core.plan.make import PlanState, make_plan
from custom_components.shems.core.plan.result import Mode, Plan, Reason
from custom_components.shems.core.tariff import Prices

BATTERY = Battery("b", "Battery", 10.0, 5.0, 5.0)
ROOF = Solar("roof", "Roof", peak_kw=6.0, curtailable=True)
SHED = Solar("shed", "Shed", peak_kw=2.0, curtailable=True)
FIXED = Solar("fixed", "Fixed", peak_kw=2.0)


def _plan(sell: float, *arrays: Solar) -> tuple[Plan, Home]:
    horizon = Horizon.uniform(0.0, 3600.0, 24)
    steps = np.ones(24)
    beliefs = Beliefs(
        horizon,
        Outlook.certain(0.5 * steps, "exact"),
        Outlook.certain(3.0 * steps, "exact"),
        Prices(0.2 * steps, sell * steps, steps > 0),
    )
    home = Home(solar=arrays, batteries=(BATTERY,))
    plan, _ = make_plan(home, beliefs, {"b": 5.0}, PlanState(), 0.0)
    return plan, home


def _readings(load: float | None = 1.0, solar: float = 4.0) -> Readings:
    value = MISSING if load is None else Value(load, 0.0, Trust.OK)
    return Readings(10.0, load_kw=value, solar_kw=Value(solar, 0.0, Trust.OK))


def _charging(power: float) -> tuple[Command, ...]:
    return (Command("b", Mode.ABSORB, -power, Reason("store_surplus")),)


def test_arrays_share_what_the_home_uses() -> None:
    """Load and charging are shared by peak power, and the reason names the price."""
    plan, home = _plan(-0.05, ROOF, SHED)
    limits = throttle(plan, home, _readings(), _charging(3.0), 10.0)
    assert {each.device_id: each.limit_kw for each in limits} == pytest.approx(
        {"roof": 3.0, "shed": 1.0}
    )
    assert limits[0].reason.args == {"export_price": pytest.approx(-0.05)}


def test_what_cannot_be_throttled_is_served_first() -> None:
    """An array without a limit takes its share of the room; none is left below zero."""
    plan, home = _plan(-0.05, ROOF, FIXED)
    (limit,) = throttle(plan, home, _readings(solar=4.0), _charging(1.0), 10.0)
    assert limit.limit_kw == pytest.approx(1.0)
    (nothing,) = throttle(plan, home, _readings(load=0.2, solar=4.0), (), 10.0)
    assert nothing.limit_kw == 0.0


@pytest.mark.parametrize(
    ("sell", "load", "now", "arrays"),
    [
        pytest.param(0.05, 1.0, 10.0, (ROOF,), id="feed-in pays"),
        pytest.param(0.0, 1.0, 10.0, (ROOF,), id="feed-in costs nothing"),
        pytest.param(-0.05, None, 10.0, (ROOF,), id="load unknown"),
        pytest.param(-0.05, 1.0, 1e9, (ROOF,), id="plan over"),
        pytest.param(-0.05, 1.0, 10.0, (FIXED,), id="not ours to throttle"),
    ],
)
def test_nothing_is_throttled(
    sell: float, load: float | None, now: float, arrays: tuple[Solar, ...]
) -> None:
    """Without a reason, a load or a plan, arrays are left alone."""
    plan, home = _plan(sell, *arrays)
    assert throttle(plan, home, _readings(load), (), now) == ()


def test_without_a_plan_nothing_is_throttled() -> None:
    """No plan, no limit."""
    assert throttle(None, Home(solar=(ROOF,)), _readings(), (), 10.0) == ()


def test_a_mean_beside_the_courses_is_no_throttling() -> None:
    """A forecast whose courses lie above its mean throttles nothing where feed-in pays."""
    horizon = Horizon.uniform(0.0, 3600.0, 24)
    steps = np.ones(24)
    load = np.array([1.0 * steps, 1.5 * steps])
    beliefs = Beliefs(
        horizon,
        Outlook(0.5 * steps, np.quantile(load, (0.1, 0.5, 0.9), axis=0), load, "test"),
        Outlook.certain(0.0 * steps, "exact"),
        Prices(0.2 * steps, 0.1 * steps, steps > 0),
    )
    home = Home(solar=(ROOF,), batteries=(BATTERY,))
    plan, _ = make_plan(home, beliefs, {"b": 5.0}, PlanState(), 0.0, paused=frozenset({"b"}))
    assert plan.batteries[0].reason[0].code == "paused"
    assert plan.curtailed_kw.tolist() == [0.0] * 24
    assert plan.grid_kw == pytest.approx(plan.load_kw)


def test_what_can_only_be_switched_is_turned_off_while_nothing_costs_anything() -> None:
    """Instead of its power none is bought that costs money, and its load need not be known."""
    inverter = Solar("inverter", "Inverter", peak_kw=2.0, switched=True)
    plan, home = _plan(-0.05, inverter)
    assert throttle(plan, home, _readings(), (), 10.0) == ()
    given = replace(plan, prices=replace(plan.prices, buy=-0.01 * np.ones(24)))
    (limit,) = throttle(given, home, _readings(load=None), (), 10.0)
    assert (limit.device_id, limit.limit_kw) == ("inverter", 0.0)
    _, both = _plan(-0.05, ROOF, inverter)
    limits = throttle(given, both, _readings(solar=0.0), (), 10.0)
    assert {each.device_id: each.limit_kw for each in limits} == {"inverter": 0.0, "roof": 1.0}
