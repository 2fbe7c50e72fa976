"""A plan names neighbours where they decide, and only there."""

from dataclasses import replace

from custom_components.shems.core.assets.deferrable import Deferrable, DeferrableState, Errand
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.switching import Switching
from custom_components.shems.core.forecast.beliefs import Beliefs
from custom_components.shems.core.horizon import DAY_S
from custom_components.shems.core.plan.make import PlanState, make_plan
from custom_components.shems.core.plan.result import Plan
from custom_components.shems.core.tariff import Prices
from tests.core.homes import BATTERY, HOME, NOW, Course, certain, hourly, spread

PUMP = Deferrable("pump", "Pool pump", 2.0, switching=Switching(least_on_h=0.5))
ERRAND = {"pump": DeferrableState((Errand(NOW, NOW + DAY_S, 4.0),))}


def shared(beliefs: Beliefs, buy: Course, sell: Course) -> Beliefs:
    """Return beliefs at prices that neighbours make, beside the home's own."""
    own = beliefs.prices
    count = len(beliefs.horizon)
    prices = Prices(spread(buy, count), spread(sell, count), own.known, own)
    return replace(beliefs, prices=prices)


def planned(beliefs: Beliefs, energy_kwh: float, worth: float = 0.2) -> Plan:
    state = PlanState({BATTERY.id: worth})
    return make_plan(HOME, beliefs, {BATTERY.id: energy_kwh}, state, NOW)[0]


def codes(plan: Plan) -> list[str]:
    return [each.code for each in plan.batteries[0].reason]


def test_charging_that_would_not_pay_alone_names_the_neighbours() -> None:
    alone = certain(1.0, 0.0, 0.32, 0.08, horizon=hourly(8))
    cheap = [0.1, 0.1, *[0.32] * 6]
    plan = planned(shared(alone, cheap, 0.08), 1.0)
    first = plan.batteries[0].reason[0]
    assert first.code == "charge_shared"
    assert first.args == {"price": 0.1, "own_price": 0.32}
    assert "charge_shared" not in codes(planned(alone, 1.0))


def test_charging_that_pays_at_the_own_price_too_names_no_neighbours() -> None:
    alone = certain(1.0, 0.0, [0.12, 0.12, *[0.4] * 6], 0.08, horizon=hourly(8))
    plan = planned(shared(alone, [0.1, 0.1, *[0.4] * 6], 0.08), 1.0)
    assert codes(plan)[0] == "charge_for"


def test_selling_for_neighbours_what_would_be_stored_names_them() -> None:
    alone = certain(0.5, [4.0, *[0.0] * 7], 0.32, 0.08, horizon=hourly(8))
    plan = planned(shared(alone, 0.32, [0.31, *[0.08] * 7]), 5.0)
    first = plan.batteries[0].reason[0]
    assert first.code == "sell_shared"
    assert first.args == {"export_price": 0.31, "own_price": 0.08}


def test_selling_what_is_stored_for_neighbours_names_them() -> None:
    alone = certain(0.2, 0.0, 0.32, 0.08, horizon=hourly(8))
    plan = planned(shared(alone, 0.32, [0.08, 0.31, *[0.08] * 6]), 9.0, worth=0.1)
    assert codes(plan)[1] == "sell_shared"
    assert "sell_shared" not in codes(planned(alone, 9.0, worth=0.1))


def test_a_device_that_runs_on_what_neighbours_have_left_over_says_so() -> None:
    alone = certain(1.0, 0.0, 0.32, 0.08, horizon=hourly(24))
    noon = [0.32] * 9 + [0.2] * 2 + [0.32] * 13
    plan = make_plan(
        Home(devices=(PUMP,)), shared(alone, noon, 0.08), {}, PlanState(), NOW, states=ERRAND
    )[0]
    [part] = plan.devices
    assert part.reason[9].code == "device_shared"
    assert part.reason[9].args["price"] == 0.2
    assert part.reason[9].args["own_price"] == 0.32
    cheap = certain(1.0, 0.0, noon, 0.08, horizon=hourly(24))
    lower = [price - 0.02 for price in noon]
    plan = make_plan(
        Home(devices=(PUMP,)), shared(cheap, lower, 0.08), {}, PlanState(), NOW, states=ERRAND
    )[0]
    assert plan.devices[0].reason[9].code == "device_runs", "at its own prices it would as well"
