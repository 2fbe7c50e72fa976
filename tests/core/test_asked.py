"""What a household asks of a battery besides saving money."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.asked import Demand
from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.goal import Goal
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.solar import Solar
from custom_components.shems.core.assets.storing import BatteryColumns
from custom_components.shems.core.forecast.beliefs import Beliefs
from custom_components.shems.core.linear import INFINITY
from custom_components.shems.core.plan.make import PlanState, Request, make_plan
from custom_components.shems.core.plan.problem import build, needs_integers
from custom_components.shems.core.plan.result import Plan
from custom_components.shems.core.plan.solve import Effort, solve
from custom_components.shems.core.plan.style import STANDARD, Rule, Style
from custom_components.shems.core.units import Floats, InputError
from tests.core.homes import NOW, certain, hourly, uncertain

STORE = Battery("store", "Store", 10.0, 4.0, 4.0, 0.9, 0.9)
HOUR = 3600.0
FLAT = certain(1.0, 0.0, 0.3, 0.05, horizon=hourly(4))


def asked(
    battery: Battery,
    beliefs: Beliefs = FLAT,
    held: float = 0.0,
    worth: float = 0.0,
    whole_h: float = INFINITY,
) -> tuple[BatteryColumns, Floats]:
    """Return where the battery is in its home's program, and the optimum."""
    home = Home(batteries=(battery,), solar=(Solar("roof", "Roof"),))
    problem = build(home, beliefs, {"store": held}, {"store": worth}, frozenset(), whole_h=whole_h)
    solution = solve(problem.arrays, effort=Effort(gap=problem.gap))
    return problem.scenarios[0].batteries[0], solution.column


def lacks(battery: Battery, beliefs: Beliefs = FLAT, held: float = 0.0) -> dict[str, float]:
    part, column = asked(battery, beliefs, held)
    return {wish.code: wish.short(column) for wish in part.wishes}


def test_room_is_left_where_no_more_is_wanted() -> None:
    battery = replace(STORE, goals=(Goal(NOW + 2 * HOUR, 3.0, most=True),))
    part, column = asked(battery, held=8.0, worth=5.0)
    energy = column[part.energy]
    assert energy[1] == pytest.approx(3.0)
    assert energy[3] == pytest.approx(10.0)
    assert lacks(replace(STORE, goals=(Goal(NOW + HOUR, 3.0, most=True),)), held=9.0) == {
        "energy_over": pytest.approx(9.0 - 4.0 / 0.9 - 3.0)
    }


def test_the_more_important_of_two_goals_is_met() -> None:
    # What charges it first would have to be given away again.
    least, most = Goal(NOW + HOUR, 3.0), Goal(NOW + HOUR, 1.0, most=True)
    weak = replace(STORE, goals=(least, replace(most, importance=0.5)))
    assert lacks(weak) == {"energy_short": pytest.approx(0.0), "energy_over": pytest.approx(2.0)}
    strong = replace(STORE, goals=(least, replace(most, importance=2.0)))
    assert lacks(strong) == {"energy_short": pytest.approx(2.0), "energy_over": pytest.approx(0.0)}


def test_a_goal_at_the_horizons_end_counts_whatever_sums_of_widths_round_to() -> None:
    battery = replace(STORE, goals=(Goal(NOW + 4 * HOUR + 1e-4, 2.0),))
    part, column = asked(battery)
    assert column[part.energy][3] == pytest.approx(2.0)


def test_a_demand_is_met_at_any_price_until_the_battery_is_full() -> None:
    dear = certain(0.0, 0.0, [9.0, 0.1, 9.0, 0.1], 0.0, horizon=hourly(4))
    battery = replace(STORE, demands=(Demand(NOW, NOW + 3 * HOUR, 3.0),))
    part, column = asked(battery, dear, held=5.0)
    # It may charge faster where that is cheap, and is full thereafter.
    assert column[part.charge] == pytest.approx([3.0, (5.0 - 2.7) / 0.9, 0.0, 0.0])
    assert lacks(battery, dear, held=5.0) == {"power_short": pytest.approx(0.0)}


def test_a_demand_counts_the_part_of_a_step_it_covers() -> None:
    half = Demand(NOW + HOUR, NOW + 1.5 * HOUR, 3.0)
    part, column = asked(replace(STORE, demands=(half,)))
    assert column[part.charge] == pytest.approx([0.0, 1.5, 0.0, 0.0])


def test_no_more_is_demanded_than_can_be_had_and_the_higher_demand_counts() -> None:
    battery = replace(STORE, demands=(Demand(NOW, NOW + HOUR, 2.0), Demand(NOW, NOW + HOUR, 9.0)))
    part, column = asked(battery)
    assert column[part.charge] == pytest.approx([4.0, 0.0, 0.0, 0.0])


def test_a_demand_is_not_feigned_by_discharging_at_once() -> None:
    battery = replace(STORE, demands=(Demand(NOW, NOW + HOUR, 3.0),))
    part, column = asked(battery, held=5.0, whole_h=0.0)
    assert np.minimum(column[part.charge], column[part.discharge]).max() < 1e-6


def test_a_demand_needs_integers() -> None:
    plain = Home(batteries=(STORE,))
    assert not needs_integers(plain, FLAT)
    battery = replace(STORE, demands=(Demand(NOW, NOW + HOUR, 1.0),))
    assert needs_integers(Home(batteries=(battery,)), FLAT)


def test_what_cannot_be_charged_of_a_demand_is_told() -> None:
    # Above its taper it takes 1 kW when full.
    battery = replace(STORE, demands=(Demand(NOW, NOW + HOUR, 4.0),), taper_soc=0.5, taper_kw=0.5)
    found = lacks(battery, held=7.5)
    assert found["power_short"] == pytest.approx(4.0 - (4.0 - 0.7 * 2.5))


def test_it_charges_with_nothing_or_enough() -> None:
    sunny = certain(0.0, [0.5, 1.5, 3.0, 0.0], 0.5, 0.0, horizon=hourly(4))
    battery = replace(STORE, least_kw=1.0)
    part, column = asked(battery, sunny, worth=0.2)
    assert column[part.charge] == pytest.approx([0.0, 1.5, 3.0, 0.0])
    relaxed, column = asked(battery, sunny, worth=0.2, whole_h=0.0)
    assert column[relaxed.charge] == pytest.approx([0.5, 1.5, 3.0, 0.0])


def test_the_last_step_of_a_demand_may_take_less() -> None:
    battery = replace(STORE, least_kw=2.0, demands=(Demand(NOW, NOW + 2 * HOUR, 2.0),))
    falling = certain(0.0, 0.0, [0.9, 0.1, 0.1, 0.1], 0.0, horizon=hourly(4))
    part, column = asked(battery, falling, held=7.75)
    assert column[part.charge] == pytest.approx([2.0, 0.5, 0.0, 0.0])
    later = replace(battery, demands=(), discharge_kw=0.0)
    part, column = asked(later, held=9.55, worth=5.0)
    assert column[part.charge] == pytest.approx([0.0, 0.0, 0.0, 0.0])


@pytest.mark.parametrize(
    ("make", "numbers"),
    [
        (Goal, (NOW, -1.0)),
        (Goal, (NOW, INFINITY)),
        (Demand, (NOW, NOW, 1.0)),
        (Demand, (NOW, NOW + 1, -1.0)),
        (Demand, (NOW, NOW + 1, float("nan"))),
    ],
)
def test_what_cannot_be_asked_is_refused(
    make: type[Goal | Demand], numbers: tuple[float, ...]
) -> None:
    with pytest.raises(InputError):
        make(*numbers)


def test_importance_is_no_less_than_nothing() -> None:
    with pytest.raises(InputError):
        Goal(NOW, 1.0, importance=-1.0)
    with pytest.raises(InputError):
        Demand(NOW, NOW + 1, 1.0, importance=-1.0)


def planned(battery: Battery, beliefs: Beliefs, held: float, style: Style = STANDARD) -> Plan:
    home = Home(batteries=(battery,))
    request = Request(style)
    return make_plan(home, beliefs, {"store": held}, PlanState(), NOW, request=request)[0]


FULL = replace(STORE, goals=(Goal(NOW + 3 * HOUR, 10.0), Goal(NOW - HOUR, 10.0)))
DEAR_LATER = certain(1.0, 0.0, [0.3, 0.2, 0.3, 0.31], 0.05, horizon=hourly(4))


@pytest.mark.parametrize("style", [STANDARD, Style(rule=Rule.SELF_CONSUMPTION)])
def test_full_by_a_time_holds_whatever_costs_least(style: Style) -> None:
    beliefs = uncertain(DEAR_LATER)
    plan = planned(FULL, beliefs, 5.0, style)
    part = plan.batteries[0]
    assert part.energy_kwh[2] == pytest.approx(10.0)
    assert part.power_kw[1] == pytest.approx(-4.0), "most of it in the cheapest hour"
    assert part.shortfalls == ()
    why = part.reason[1]
    assert why.code in ("charge_asked", "charge_for")
    if why.code == "charge_asked":
        assert why.args["deadline"] == NOW + 3 * HOUR
    free = planned(replace(FULL, goals=()), beliefs, 5.0, style)
    assert free.batteries[0].energy_kwh[2] < 9.0


def test_what_it_cannot_be_charged_to_in_time_is_named_with_the_nearest() -> None:
    store = replace(STORE, goals=(Goal(NOW + 2 * HOUR, 9.0),))
    plan = planned(store, FLAT, 0.0)
    [short] = plan.batteries[0].shortfalls
    assert (short.code, short.unit, short.at) == ("energy_short", "kWh", NOW + 2 * HOUR)
    assert short.nearest == pytest.approx(7.2)
    assert short.amount == pytest.approx(1.8)
    assert [each.code for each in plan.batteries[0].reason[:2]] == ["charge_asked"] * 2


def test_room_asked_for_is_no_reason_to_buy() -> None:
    store = replace(STORE, goals=(Goal(NOW + 3 * HOUR, 8.0, most=True),))
    beliefs = certain(1.0, 0.0, [0.05, 0.3, 0.3, 0.3], 0.02, horizon=hourly(4))
    plan = planned(store, beliefs, 0.0)
    assert {each.code for each in plan.batteries[0].reason} & {"charge_for", "charge_cheap"}
    assert plan.batteries[0].energy_kwh.max() <= 8.0


def test_a_battery_that_meets_every_course_meets_its_goals_too() -> None:
    beliefs = uncertain(certain(1.0, 0.0, [0.3, 0.2, 0.3, 0.31, 0.5, 0.3], 0.05, horizon=hourly(6)))
    room = Goal(NOW + 5 * HOUR, 4.0, most=True)
    goals = (Goal(NOW + 3 * HOUR, 8.0), Goal(NOW + 3 * HOUR, 7.0), room, Goal(NOW - HOUR, 9.0))
    plan = planned(replace(STORE, goals=goals), beliefs, 5.0)
    part = plan.batteries[0]
    assert part.levels is not None
    assert part.energy_kwh[2] == pytest.approx(8.0, abs=0.25)
    assert part.power_kw[1] < -3.0, "in the cheapest hour"
    assert part.energy_kwh[4] <= 4.1
    assert part.shortfalls == ()
    hasty = planned(replace(STORE, goals=(Goal(NOW + HOUR, 10.0),)), beliefs, 5.0)
    [short] = hasty.batteries[0].shortfalls
    assert (short.code, short.at) == ("energy_short", NOW + HOUR)
    assert short.nearest == pytest.approx(8.6)
    assert short.amount == pytest.approx(1.4)
