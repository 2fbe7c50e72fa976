"""Devices in the plan: when they run, that they stay put, why, and what limits cost."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.deferrable import Deferrable, DeferrableState, Errand
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.kinds import MovableState
from custom_components.shems.core.assets.switching import Switching
from custom_components.shems.core.forecast.beliefs import Beliefs
from custom_components.shems.core.horizon import Horizon
from custom_components.shems.core.plan import make as module
from custom_components.shems.core.plan import move as moving
from custom_components.shems.core.plan.make import PlanState, Request, make_plan
from custom_components.shems.core.plan.problem import build
from custom_components.shems.core.plan.result import Plan, Status
from custom_components.shems.core.plan.settled import Settled
from custom_components.shems.core.plan.solve import Effort, SolveError
from custom_components.shems.core.plan.style import Method, Rule, Style
from tests.core.homes import BATTERY, NOW, ROOF, certain, hourly, on_grid, uncertain

PUMP = Deferrable("pump", "Pool pump", 2.0, switching=Switching(least_on_h=0.5))
STEPPED = Deferrable("store", "Store heater", 3.0, 0.0)
HOUR = 3600.0
WORTH = PlanState({"store": 0.1})


def errand(kwh: float, begin_h: float = 0.0, end_h: float = 24.0) -> DeferrableState:
    return DeferrableState((Errand(NOW + begin_h * HOUR, NOW + end_h * HOUR, kwh),))


def planned(
    home: Home,
    beliefs: Beliefs,
    states: Mapping[str, MovableState],
    state: PlanState | None = None,
    held: Mapping[str, float] | None = None,
    *,
    request: Request | None = None,
    paused: frozenset[str] = frozenset(),
) -> tuple[Plan, PlanState]:
    known = {each.id: 5.0 for each in home.batteries} if held is None else held
    asked = request or Request()
    return make_plan(
        home, beliefs, known, state or WORTH, NOW, states=states, request=asked, paused=paused
    )


def prices(*cheap: int, count: int = 24) -> list[float]:
    return [0.1 if hour in cheap else 0.3 for hour in range(count)]


def balanced(plan: Plan) -> None:
    given = sum((part.power_kw for part in plan.batteries), np.zeros(len(plan.horizon)))
    need = plan.load_kw + plan.moved_kw - plan.solar_kw + plan.curtailed_kw
    assert np.allclose(plan.grid_kw + given, need, atol=1e-6)


def test_a_device_runs_in_the_cheapest_hours() -> None:
    beliefs = certain(buy=prices(9, 10), horizon=hourly(24))
    plan, _ = planned(Home(devices=(PUMP,)), beliefs, {"pump": errand(4.0)})
    part = plan.device("pump")
    assert part is not None
    assert part.power_kw[[9, 10]].tolist() == pytest.approx([2.0, 2.0])
    assert part.power_kw.sum() == pytest.approx(4.0)
    assert part.reason[0].code == "device_waits"
    assert part.reason[0].args["at"] == NOW + 9 * HOUR
    assert part.reason[9].code == "device_runs"
    assert part.reason[9].args["price"] == pytest.approx(0.1)
    assert part.reason[9].args["saves"] == pytest.approx(
        4 * (float(part.reason[9].args["usual"]) - 0.1)
    )
    assert part.reason[20].code == "device_idle"
    assert plan.device("oven") is None
    balanced(plan)


def test_a_run_that_saves_nothing_to_speak_of_says_so() -> None:
    flat = [0.3] * 24
    flat[9] = flat[10] = 0.299
    beliefs = certain(buy=flat, horizon=hourly(24))
    plan, _ = planned(Home(devices=(PUMP,)), beliefs, {"pump": errand(4.0)})
    [part] = plan.devices
    assert part.power_kw[[9, 10]].tolist() == pytest.approx([2.0, 2.0])
    assert part.reason[9].code == "device_alike"
    later = certain(buy=prices(*range(10, 20)), horizon=hourly(24))
    early, _ = planned(Home(devices=(PUMP,)), later, {"pump": errand(4.0, 0.0, 3.0)})
    assert {each.code for each in early.devices[0].reason[:2]} == {"device_needed"}


def test_a_device_that_must_run_later_does_not_wait_for_a_better_price() -> None:
    """What may begin only in dear hours has nothing to do before."""
    beliefs = certain(buy=prices(0, 1, 2), horizon=hourly(24))
    plan, _ = planned(Home(devices=(PUMP,)), beliefs, {"pump": errand(4.0, 5.0, 8.0)})
    part = plan.device("pump")
    assert part is not None
    assert {each.code for each in part.reason[:3]} == {"device_later"}
    assert part.reason[0].args["at"] == NOW + 5 * HOUR


def test_a_device_runs_on_surplus() -> None:
    sun = [0.0] * 10 + [5.0] * 4 + [0.0] * 10
    beliefs = certain(load=0.5, solar=sun, horizon=hourly(24))
    plan, _ = planned(Home(devices=(PUMP,), solar=(ROOF,)), beliefs, {"pump": errand(4.0)})
    part = plan.device("pump")
    assert part is not None
    assert part.power_kw[10:14].sum() == pytest.approx(4.0)
    assert {part.reason[step].code for step in np.flatnonzero(part.power_kw > 0.01)} == {
        "device_surplus"
    }


def test_flat_prices_give_the_earliest_hours_and_the_next_plan_keeps_them() -> None:
    home = Home(devices=(PUMP,))
    beliefs = certain(horizon=hourly(24))
    plan, state = planned(home, beliefs, {"pump": errand(4.0)})
    first = plan.device("pump")
    assert first is not None
    assert first.power_kw[:2].tolist() == pytest.approx([2.0, 2.0])
    again, _ = planned(home, beliefs, {"pump": errand(4.0)}, state)
    second = again.device("pump")
    assert second is not None
    assert second.power_kw.tolist() == pytest.approx(first.power_kw.tolist())


def test_a_plan_is_left_only_where_that_pays() -> None:
    """Hours that are a thousandth cheaper do not move a device, much cheaper ones do."""
    home = Home(devices=(STEPPED,))
    beliefs = certain(buy=prices(9), horizon=hourly(24))
    _, state = planned(home, beliefs, {"store": errand(3.0)}, PlanState())
    for gain, runs_at in ((0.0001, 9), (0.05, 15)):
        buy = prices(9)
        buy[15] = 0.1 - gain
        plan, _ = planned(home, certain(buy=buy, horizon=hourly(24)), {"store": errand(3.0)}, state)
        part = plan.device("store")
        assert part is not None
        assert int(np.argmax(part.power_kw)) == runs_at


def test_what_was_settled_is_kept_by_the_clock_not_by_the_step() -> None:
    horizon = Horizon.uniform(0.0, HOUR, 4)
    settled = Settled(horizon.edges, {"pump": np.array([0.0, 1.0, 1.0, 0.0])})
    later = Horizon(np.array([1800.0, 3600.0, 5400.0, 12600.0, 18000.0]))
    assert settled.idle("pump", later).tolist() == pytest.approx([1.0, 0.0, 0.25, 1 / 3])
    assert settled.idle("other", later).tolist() == [0.0] * 4


def test_batteries_meet_every_course_with_the_devices_in_the_load() -> None:
    home = Home(devices=(PUMP,), batteries=(BATTERY,))
    beliefs = uncertain(certain(buy=prices(2, 3), horizon=hourly(24)))
    states = {"pump": errand(4.0)}
    plan, state = planned(home, beliefs, states)
    assert plan.battery("store") is not None
    assert plan.battery("store").levels is not None  # type: ignore[union-attr]  # asserted above
    assert state.settled is not None
    assert state.joint is not None
    balanced(plan)
    point, _ = planned(home, beliefs, states, request=Request(Style(method=Method.POINT)))
    balanced(point)
    ruled, _ = planned(home, beliefs, states, request=Request(Style(rule=Rule.SELF_CONSUMPTION)))
    assert ruled.battery("store").policy.buy.sum() == 0  # type: ignore[union-attr]  # it is there
    balanced(ruled)


def test_what_cannot_be_done_in_time_is_said() -> None:
    beliefs = certain(horizon=hourly(24))
    plan, _ = planned(Home(devices=(PUMP,)), beliefs, {"pump": errand(9.0, 0.0, 3.0)})
    part = plan.device("pump")
    assert part is not None
    (missing,) = part.shortfalls
    assert missing.code == "energy_short"
    assert missing.amount == pytest.approx(3.0)
    assert missing.at == NOW + 3 * HOUR
    assert part.power_kw[:3].tolist() == pytest.approx([2.0] * 3)


def test_a_device_of_unknown_state_or_paused_is_left_out() -> None:
    home = Home(devices=(PUMP,))
    beliefs = certain(horizon=hourly(24))
    assert planned(home, beliefs, {})[0].devices == ()
    paused = frozenset({"pump"})
    assert planned(home, beliefs, {"pump": errand(1.0)}, paused=paused)[0].devices == ()


def test_the_house_battery_does_not_drain_into_a_device_that_it_may_not_feed() -> None:
    car = replace(STEPPED, id="car", from_battery=False)
    full = replace(BATTERY, may_discharge_to_grid=False)
    home = Home(devices=(car,), batteries=(full,))
    beliefs = certain(load=0.5, buy=0.3, horizon=hourly(4))
    plan, _ = planned(
        home,
        beliefs,
        {"car": errand(12.0, 0.0, 4.0)},
        PlanState({"store": 0.0}),
        {"store": 9.0},
        request=Request(Style(method=Method.POINT)),
    )
    assert plan.battery("store").power_kw.max() <= 0.5 + 1e-6  # type: ignore[union-attr]  # there
    free, _ = planned(
        replace(home, devices=(replace(car, from_battery=True),)),
        beliefs,
        {"car": errand(12.0, 0.0, 4.0)},
        PlanState({"store": 0.0}),
        {"store": 9.0},
        request=Request(Style(method=Method.POINT)),
    )
    assert free.battery("store").power_kw.max() > 2.0  # type: ignore[union-attr]  # it is there


@pytest.mark.parametrize("denied", ["may_charge_from_grid", "may_discharge_to_grid"])
def test_rights_of_a_battery_hold_beside_devices(denied: str) -> None:
    one = replace(BATTERY, **{denied: False})
    two = Battery("other", "Other", 5.0, 2.0, 2.0)
    home = Home(Connection(), (ROOF,), (one, two), devices=(STEPPED,))
    sun = [0.0] * 8 + [6.0] * 6 + [0.0] * 10
    sell = [0.05] * 18 + [0.28] * 6
    beliefs = uncertain(certain(solar=sun, buy=prices(1, 2), sell=sell, horizon=hourly(24)))
    for method in (Method.POINT, Method.SCENARIOS):
        plan, _ = planned(
            home,
            beliefs,
            {"store": errand(6.0)} | {},
            PlanState({"store": 0.1, "other": 0.1}),
            {"store": 5.0, "other": 2.0},
            request=Request(Style(method=method)),
        )
        balanced(plan)
        part = plan.battery("store")
        assert part is not None
        net = plan.load_kw + plan.moved_kw - plan.solar_kw
        if denied == "may_charge_from_grid" and method is Method.POINT:
            assert (-part.power_kw <= np.maximum(-net, 0.0) + plan.moved_kw + 1e-6).all()


def test_a_limit_that_binds_has_a_price() -> None:
    """A connection that makes a device run in a dear hour costs the difference."""
    beliefs = certain(load=0.5, buy=[0.1, 0.4, 0.4, 0.4], horizon=hourly(4))
    states = {"store": errand(2.0, 0.0, 4.0)}
    tight, _ = planned(Home(Connection(1.5, 1.5), devices=(STEPPED,)), beliefs, states)
    (limit,) = [each for each in tight.limits if each.code == "import_limit"]
    assert limit.value == pytest.approx(0.3, rel=0.05)
    wide, _ = planned(Home(Connection(), devices=(STEPPED,)), beliefs, states)
    assert wide.limits == ()
    assert wide.marginal is not None
    assert wide.marginal.tolist() == pytest.approx([0.1, 0.4, 0.4, 0.4], rel=0.02)


def test_a_plan_that_looked_backwards_is_priced_too() -> None:
    small = replace(BATTERY, capacity_kwh=2.0, min_soc=0.0)
    beliefs = uncertain(certain(load=1.0, buy=prices(0, 1, 2), horizon=hourly(24)))
    plan, _ = planned(Home(batteries=(small,)), beliefs, {}, held={"store": 0.0})
    assert "capacity" in {each.code for each in plan.limits}
    assert all(each.device_id == "store" for each in plan.limits)


def test_a_plan_without_prices_of_its_own_still_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object, **__: object) -> None:
        raise SolveError("Time limit reached")

    monkeypatch.setattr(moving, "solve", failing)
    beliefs = uncertain(certain(buy=prices(1, 2), horizon=hourly(24)))
    plan, _ = planned(Home(batteries=(BATTERY,)), beliefs, {})
    assert plan.marginal is None
    assert plan.status is Status.OPTIMAL
    with_devices = Home(batteries=(BATTERY,), devices=(PUMP,))
    fallen, after = planned(with_devices, beliefs, {"pump": errand(2.0)})
    assert fallen.status is Status.RULE
    assert fallen.problem is not None
    assert fallen.problem.code == "solver_failed"
    assert fallen.devices == ()
    assert after.settled is None
    assert module.explain(with_devices, fallen, frozenset()).devices == ()


def test_a_search_that_is_stopped_still_gives_a_plan() -> None:
    rng = np.random.default_rng(3)
    pumps = tuple(replace(PUMP, id=f"pump {n}", least_kw=1.5) for n in range(4))
    horizon = Horizon.tiered(NOW)
    buy = rng.uniform(0.1, 0.4, len(horizon))
    beliefs = certain(buy=buy.tolist(), horizon=horizon)
    states = {each.id: errand(2.0 + n, 0.0, 6.0) for n, each in enumerate(pumps)}
    request = Request(effort=Effort(nodes=0))
    plan, _ = planned(Home(devices=pumps), beliefs, states, request=request)
    again, _ = planned(Home(devices=pumps), beliefs, states, request=request)
    assert plan.status is Status.OPTIMAL
    assert plan.grid_kw.tolist() == again.grid_kw.tolist()


@given(
    st.lists(on_grid(0.05, 0.5, 0.05), min_size=12, max_size=12),
    on_grid(0, 12, 1),
    st.integers(1, 12),
    st.sampled_from([0.1, 7.5]),
)
def test_another_currency_moves_nothing(
    buy: list[float], kwh: float, end_h: int, scale: float
) -> None:
    home = Home(devices=(PUMP,))
    states = {"pump": errand(kwh, 0.0, float(end_h))}
    one, _ = planned(home, certain(buy=buy, sell=0.0, horizon=hourly(12)), states)
    scaled = [scale * each for each in buy]
    two, _ = planned(home, certain(buy=scaled, sell=0.0, horizon=hourly(12)), states)
    assert two.cost / scale == pytest.approx(one.cost, abs=0.1 * float(np.median(buy)))


@given(st.lists(on_grid(0.05, 0.5, 0.05), min_size=12, max_size=12), on_grid(0, 12, 1))
def test_scenarios_share_what_devices_do_first(buy: list[float], kwh: float) -> None:
    home = Home(devices=(STEPPED,))
    beliefs = uncertain(certain(buy=buy, horizon=hourly(12)))
    problem = build(
        home, beliefs, {}, {"store": 0.0}, frozenset(), {"store": errand(kwh, 0.0, 12.0)}
    )
    column = module.solve(problem.arrays).column
    first = [column[each.devices[0].power[0]] for each in problem.scenarios]
    assert np.ptp(first) == pytest.approx(0.0, abs=1e-7)
