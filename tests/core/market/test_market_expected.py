"""What a home tells its community of its plan, and what it takes from the outlook."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.horizon import Horizon
from custom_components.shems.core.market.bodies import MOST_SLOTS, Outlook
from custom_components.shems.core.market.expected import neighbours, net_wh, place
from custom_components.shems.core.market.home import HomeNode, OutlookView
from custom_components.shems.core.market.rules import CT, Rules
from custom_components.shems.core.plan.make import PlanState, make_plan
from custom_components.shems.core.plan.result import Plan
from tests.core.homes import HOME, NOW, certain
from tests.core.market.network import ALL, BEGIN, World, identity, roster

RULES = Rules.of("AT", binding=False)
SLOT = round(NOW) // 900 * 900
HEARD = OutlookView(
    SLOT, NOW, Outlook(900, 6, 14 * CT, (900, 500, 400), (300, 600, 0)), (SLOT, (100, -200))
)


def plan_on(horizon: Horizon, grid_kw: float) -> Plan:
    home = replace(HOME, batteries=())
    return make_plan(home, certain(grid_kw, horizon=horizon), {}, PlanState(), NOW)[0]


def test_a_plan_of_uneven_steps_is_told_in_slots() -> None:
    plan = plan_on(Horizon.tiered(NOW + 130), 1.2)
    start, told = net_wh(plan, 900)
    assert start == SLOT
    assert set(told) == {300}
    assert len(told) == MOST_SLOTS, "two days of quarters"
    start, told = net_wh(plan, 3600)
    assert start % 3600 == 0
    assert set(told) == {1200}
    assert len(told) == int((plan.horizon.edges[-1] - start) // 3600)


def test_an_outlook_becomes_what_the_others_expect() -> None:
    found = neighbours(HEARD, RULES)
    assert found is not None
    assert found.need_wh.tolist() == [800.0, 500.0, 400.0]
    assert found.surplus_wh.tolist() == [300.0, 400.0, 0.0]
    assert (found.price, found.fee) == pytest.approx((0.14, 0.06))
    assert found.issued == NOW


def test_who_told_nothing_takes_nothing_out() -> None:
    found = neighbours(replace(HEARD, own=None), RULES)
    assert found is not None
    assert np.array_equal(found.need_wh, [900.0, 500.0, 400.0])


def test_orders_of_plans_are_cleared_in_an_auction() -> None:
    """Who has something left over sells it to who buys anyhow, at a price between both."""
    world = World(roster(5, mode="p2p", price=14 * CT))
    for name in world.peers:
        world.connect(name)
    for number in range(5):
        world.say(f"home{number}", world.home(number).consent(ALL, world.now))
    world.run(120)
    home = replace(HOME, batteries=())
    horizon = Horizon.uniform(BEGIN, 900.0, 8)
    for number, load in ((1, 2.0), (2, -2.0)):
        beliefs = certain(max(load, 0.0), max(-load, 0.0), 0.3, 0.08, horizon=horizon)
        plan = make_plan(home, beliefs, {}, PlanState(), BEGIN)[0]
        node = world.home(number)
        world.say(f"home{number}", place(node, plan, home, world.now))
    world.run(1200)
    bought, sold = (world.home(number).views[BEGIN + 900].trade for number in (1, 2))
    assert bought is not None
    assert sold is not None
    assert (bought["traded_wh"], sold["traded_wh"]) == (500, -500)
    assert bought["price"] == sold["price"] == 16 * CT, "24 was bid and 8 asked for"


def test_who_shares_or_is_no_member_orders_nothing() -> None:
    plan = plan_on(Horizon.uniform(BEGIN, 900.0, 8), 1.0)
    member = HomeNode(identity(1), roster(3))
    stranger = HomeNode(identity(9), roster(3, mode="p2p"))
    assert place(member, plan, HOME, BEGIN) == []
    assert place(stranger, plan, HOME, BEGIN) == []


@pytest.mark.parametrize("sums", [(None, None), ((), ())])
def test_nothing_is_expected_of_too_few(
    sums: tuple[tuple[int, ...] | None, tuple[int, ...] | None],
) -> None:
    few = replace(HEARD, body=Outlook(900, 2, 14 * CT, *sums))
    assert neighbours(few, RULES) is None
    assert neighbours(None, RULES) is None
