"""Commands: the plan's rights, held against the meter as it is."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.connection import Connection, Limit
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.dispatch.command import Command
from custom_components.shems.core.dispatch.decide import DispatchState, decide
from custom_components.shems.core.dispatch.guard import guard_connection
from custom_components.shems.core.dispatch.override import Override, deviates
from custom_components.shems.core.dispatch.respond import Slot, respond
from custom_components.shems.core.plan.policy import mode_of, policy
from custom_components.shems.core.plan.result import (
    BatteryPlan,
    Mode,
    Plan,
    Policy,
    Reason,
    Right,
    Status,
)
from custom_components.shems.core.tariff import Prices
from tests.core.homes import BATTERY, HOME, NOW, batteries, hourly, on_grid, readings

NO, BUDGET, FREE = Right.NO, Right.BUDGET, Right.FREE
RIGHTS = st.tuples(*(st.sampled_from(list(Right)) for _ in range(4)))
CLOSE = 1e-6
type Rights = tuple[Right, Right, Right, Right]
"""To buy, absorb, cover and sell."""

SELF_CONSUME = (NO, FREE, FREE, NO)


def plan_for(
    rights: dict[str, Rights],
    power_kw: dict[str, float] | None = None,
    value: dict[str, float] | None = None,
) -> Plan:
    """Return a plan of two equal hours."""
    horizon = hourly(2)
    none = np.zeros(2)
    parts = []
    for key, given_rights in rights.items():
        columns = [np.full(2, right, dtype=np.int32) for right in given_rights]
        parts.append(
            BatteryPlan(
                key,
                np.full(2, (power_kw or {}).get(key, 0.0)),
                none,
                np.full(2, (value or {}).get(key, 0.2)),
                Policy(*columns),
                (mode_of(*given_rights),) * 2,
                (Reason("idle"),) * 2,
            )
        )
    prices = Prices(none, none, np.ones(2, dtype=np.bool_))
    return Plan(
        NOW, horizon, prices, Status.OPTIMAL, none, none, none, none, tuple(parts), 0.0, 0.0
    )


def power_of(
    rights: Rights, net_kw: float | None, *, soc: float | None = 0.5, planned_kw: float = 0.0
) -> float:
    plan = plan_for({"store": rights}, {"store": planned_kw})
    (command,), _ = decide(plan, HOME, readings(net_kw, {"store": soc}), DispatchState(), NOW)
    return command.power_kw


@st.composite
def moments(draw: st.DrawFn) -> tuple[Home, Plan, dict[str, float], float]:
    stores = tuple(draw(batteries(name)) for name in ("one", "two")[: draw(st.integers(1, 2))])
    limits = st.sampled_from([2.0, 6.0, 17.0])
    plan = plan_for(
        {each.id: draw(RIGHTS) for each in stores},
        {each.id: draw(on_grid(-3, 3, 0.5)) for each in stores},
        {each.id: draw(on_grid(0, 0.5, 0.1)) for each in stores},
    )
    soc = {each.id: draw(on_grid(0, 1, 0.1)) for each in stores}
    home = Home(Connection(draw(limits), draw(limits)), batteries=stores)
    return home, plan, soc, draw(on_grid(-9, 9, 0.5))


def has(plan: Plan, name: str) -> bool:
    return any(getattr(part.policy, name)[0] != NO for part in plan.batteries)


@given(moments())
def test_commands_keep_limits_and_rights(
    moment: tuple[Home, Plan, dict[str, float], float],
) -> None:
    home, plan, soc, net = moment
    state = readings(net, dict(soc))
    commands, _ = decide(plan, home, state, DispatchState(), NOW)
    assert [each.device_id for each in commands] == [each.id for each in home.batteries]
    charged = given_kw = 0.0
    for command, battery in zip(commands, home.batteries, strict=True):
        power, energy = command.power_kw, soc[battery.id] * battery.capacity_kwh
        _, possible = battery.step(energy, power, 1 / 60)
        assert possible == pytest.approx(power, abs=CLOSE)
        assert energy >= battery.floor_kwh or power <= 0
        if command.mode in (Mode.CHARGE, Mode.ABSORB, Mode.HOLD):
            assert power <= 0
        if command.mode in (Mode.DISCHARGE, Mode.COVER, Mode.HOLD):
            assert power >= 0
        charged += max(-power, 0.0)
        given_kw += max(power, 0.0)
    grid = net - given_kw + charged
    assert grid <= max(home.connection.import_limit_kw, net) + CLOSE
    assert -grid <= max(home.connection.export_limit_kw, -net) + CLOSE
    if given_kw > CLOSE:  # What one gives is no other's to take.
        assert charged <= max(0.0, -net) + CLOSE
    if not has(plan, "buy"):
        assert charged <= max(0.0, -net) + CLOSE
    if not has(plan, "sell"):
        assert given_kw <= max(0.0, net) + CLOSE
    easy = -home.connection.export_limit_kw <= net <= home.connection.import_limit_kw
    if easy and not has(plan, "buy") and not has(plan, "absorb"):
        assert charged == 0
    if easy and not has(plan, "sell") and not has(plan, "cover"):
        assert given_kw == 0


@given(moments())
def test_without_a_meter_only_what_needs_none_is_done(
    moment: tuple[Home, Plan, dict[str, float], float],
) -> None:
    home, plan, soc, _ = moment
    commands, _ = decide(plan, home, readings(None, dict(soc)), DispatchState(), NOW)
    for command, part in zip(commands, plan.batteries, strict=True):
        if part.policy.sell[0] == NO:
            assert command.power_kw <= 0
        if part.policy.buy[0] == NO:
            assert command.power_kw >= 0


@given(RIGHTS, on_grid(-3, 3, 0.5), st.lists(on_grid(-6, 6, 0.5), min_size=5, max_size=30))
def test_budgets_are_kept_over_a_whole_step(
    rights: Rights, planned_kw: float, nets: list[float]
) -> None:
    """Whatever the meter does, tied rights move no more than the plan's energy."""
    plan = plan_for({"store": rights}, {"store": planned_kw})
    state, last = DispatchState(), 0.0
    charged = given_kwh = 0.0
    for tick, net in enumerate(nets):
        now = NOW + 60 * tick
        seen = readings(net, {"store": 0.5}, {"store": last}, now)
        (command,), state = decide(plan, HOME, seen, state, now)
        last = command.power_kw
        charged += max(-last, 0.0) / 60
        given_kwh += max(last, 0.0) / 60
    if FREE not in rights[:2]:
        assert charged <= max(0.0, -planned_kw) + CLOSE
    if FREE not in rights[2:]:
        assert given_kwh <= max(0.0, planned_kw) + CLOSE


@pytest.mark.parametrize(
    ("rights", "net", "planned", "power"),
    [
        (SELF_CONSUME, 2.0, 0.0, 2.0),
        (SELF_CONSUME, -2.0, 0.0, -2.0),
        (SELF_CONSUME, 9.0, 0.0, 4.0),  # Its inverter's limit.
        ((NO, FREE, NO, NO), 2.0, 0.0, 0.0),
        ((NO, NO, FREE, NO), -2.0, 0.0, 0.0),
        ((FREE, FREE, NO, NO), 2.0, 0.0, -5.0),
        ((NO, NO, FREE, FREE), -1.0, 0.0, 4.0),
        ((NO, NO, BUDGET, NO), 2.0, 3.0, 2.0),  # A tie follows the meter ...
        ((NO, NO, BUDGET, NO), 2.0, -3.0, 0.0),  # ... for what the plan wants alone.
        ((NO, BUDGET, NO, NO), -2.0, -1.0, -2.0),
        ((BUDGET, NO, NO, NO), 2.0, -3.0, -3.0),  # Spread where nothing else sets the power.
        ((NO, NO, NO, BUDGET), 0.0, 1.5, 1.5),
        ((NO, NO, FREE, BUDGET), 2.0, 1.0, 2.0),
        ((BUDGET, FREE, NO, NO), -4.0, -1.0, -4.0),
        ((NO, NO, NO, NO), 5.0, 3.0, 0.0),
    ],
)
def test_rights_meet_the_meter(rights: Rights, net: float, planned: float, power: float) -> None:
    assert power_of(rights, net, planned_kw=planned) == pytest.approx(power)


@pytest.mark.parametrize("soc", [0.0, 0.05, 0.1])
def test_nothing_is_given_below_the_floor(soc: float) -> None:
    assert power_of(SELF_CONSUME, 2.0, soc=soc) == 0.0


def test_a_battery_whose_charge_is_unknown_is_not_moved() -> None:
    assert power_of(SELF_CONSUME, 2.0, soc=None) == 0.0
    plan = plan_for({"store": SELF_CONSUME})
    (command,), _ = decide(plan, HOME, readings(2.0, {}), DispatchState(), NOW)
    assert command.power_kw == 0.0
    assert command.mode is Mode.SELF_CONSUME


@pytest.mark.parametrize("late", [-1.0, 7200.0])
def test_outside_its_horizon_a_plan_commands_nothing(late: float) -> None:
    plan = plan_for({"store": SELF_CONSUME})
    state = DispatchState(step=(NOW, NOW), at=NOW)
    assert decide(plan, HOME, readings(2.0, {"store": 0.5}), state, NOW + late) == (
        (),
        DispatchState(),
    )
    assert decide(None, HOME, readings(2.0, {"store": 0.5}), state, NOW)[0] == ()


def test_a_battery_that_is_gone_gets_no_command() -> None:
    plan = plan_for({"store": SELF_CONSUME, "sold": SELF_CONSUME})
    commands, _ = decide(plan, HOME, readings(2.0, {"store": 0.5}), DispatchState(), NOW)
    assert [each.device_id for each in commands] == ["store"]


def test_a_plan_without_reasons_can_be_driven() -> None:
    plan = plan_for({"store": SELF_CONSUME})
    silent = replace(plan, batteries=(replace(plan.batteries[0], reason=()),))
    (command,), _ = decide(silent, HOME, readings(2.0, {"store": 0.5}), DispatchState(), NOW)
    assert command.reason == Reason("idle")


def test_budgets_are_counted_and_begin_anew_with_each_step_and_plan() -> None:
    plan = plan_for({"store": (NO, NO, BUDGET, NO)}, {"store": 3.0})
    state = readings(2.0, {"store": 0.5}, {"store": 2.0})
    _, first = decide(plan, HOME, state, DispatchState(), NOW)
    assert first.discharge_kwh == {"store": 3.0}
    _, second = decide(plan, HOME, state, first, NOW + 1800)
    assert second.discharge_kwh == {"store": pytest.approx(2.0)}
    _, unmoved = decide(plan, HOME, readings(2.0, {"other": 0.5}), second, NOW + 1900)
    assert unmoved.discharge_kwh == second.discharge_kwh
    _, next_step = decide(plan, HOME, state, second, NOW + 3600)
    assert next_step.discharge_kwh == {"store": 3.0}
    newer = replace(plan, created=NOW + 1800)
    _, anew = decide(newer, HOME, state, second, NOW + 1800)
    assert anew.discharge_kwh == {"store": pytest.approx(1.5)}  # Half the step is left.


def test_a_budget_that_is_used_up_is_no_right() -> None:
    plan = plan_for({"store": (BUDGET, FREE, NO, NO)}, {"store": -1.0})
    seen = readings(2.0, {"store": 0.5}, {"store": -1.0})
    (command,), state = decide(plan, HOME, seen, DispatchState(), NOW)
    assert (command.mode, command.power_kw) == (Mode.CHARGE, pytest.approx(-1.0))
    (command,), _ = decide(plan, HOME, seen, state, NOW + 3599.9)
    assert (command.mode, command.power_kw) == (Mode.ABSORB, 0.0)


def test_what_is_worth_least_gives_first_and_takes_last() -> None:
    two = Home(batteries=(replace(BATTERY, id="dear"), replace(BATTERY, id="cheap")))
    plan = plan_for(
        dict.fromkeys(("dear", "cheap"), SELF_CONSUME), None, {"dear": 0.3, "cheap": 0.1}
    )
    soc: dict[str, float | None] = {"dear": 0.5, "cheap": 0.5}
    (dear, cheap), _ = decide(plan, two, readings(3.0, soc), DispatchState(), NOW)
    assert (dear.power_kw, cheap.power_kw) == (0.0, 3.0)
    (dear, cheap), _ = decide(plan, two, readings(-3.0, soc), DispatchState(), NOW)
    assert (dear.power_kw, cheap.power_kw) == (-3.0, 0.0)


@pytest.mark.parametrize(
    ("net", "powers"),
    [
        (0.0, (0.0, 4.0)),  # The cheaper sells, and the dearer does not buy that.
        (2.0, (0.0, 4.0)),
        (-3.0, (-5.0, 0.0)),  # The dearer buys, and the cheaper does not feed it.
    ],
)
def test_no_battery_discharges_into_another(net: float, powers: tuple[float, float]) -> None:
    two = Home(batteries=(replace(BATTERY, id="dear"), replace(BATTERY, id="cheap")))
    plan = plan_for(
        {"dear": (FREE, FREE, NO, NO), "cheap": (NO, NO, FREE, FREE)},
        None,
        {"dear": 0.5, "cheap": 0.1},
    )
    seen = readings(net, {"dear": 0.5, "cheap": 0.5})
    commands, _ = decide(plan, two, seen, DispatchState(), NOW)
    assert tuple(each.power_kw for each in commands) == powers


def imposed(reason: str, **limits: float) -> Connection:
    return Connection(9.0, 9.0, limits=(Limit(NOW, NOW + 60, reason=reason, **limits),))


@pytest.mark.parametrize(
    ("connection", "kept_kw", "code", "limit_kw"),
    [
        (Connection.fused(10.0, 1), None, "limit_fuse", 2.3),
        (replace(Connection.fused(25.0), import_limit_kw=4.0), 4.5, "limit_grid", 4.0),
        (Connection.fused(25.0), 3.0, "limit_peak", 3.0),
        (imposed("grid_operator", import_kw=4.2), 5.0, "limit_operator", 4.2),
        (imposed("demand_response", import_kw=2.0), None, "limit_event", 2.0),
        (imposed("household", import_kw=2.0), None, "limit_household", 2.0),
        (imposed("limiting_entity", import_kw=2.0), None, "limit_entity", 2.0),
        (imposed("limiting_entity_lost", import_kw=2.0), None, "limit_lost", 2.0),
        (imposed("ripple_control", import_kw=2.0), None, "limit_imposed", 2.0),
        (imposed("household", export_kw=0.0), None, "limit_grid", 9.0),
    ],
)
def test_what_cuts_is_named(
    connection: Connection, kept_kw: float | None, code: str, limit_kw: float
) -> None:
    plan = plan_for({"store": (NO, NO, NO, NO)})
    if kept_kw is not None:
        plan = replace(plan, kept_kw=np.full(len(plan.horizon), kept_kw))
    home = replace(HOME, connection=connection)
    (command,), _ = decide(plan, home, readings(9.5, {"store": 0.5}), DispatchState(), NOW)
    assert command.power_kw > 0
    assert command.reason == Reason(code, {"limit_kw": limit_kw})


def test_what_keeps_the_export_low_is_named() -> None:
    plan = plan_for({"store": (NO, NO, NO, NO)})
    home = replace(HOME, connection=imposed("grid_operator", export_kw=1.0))
    (command,), _ = decide(plan, home, readings(-2.0, {"store": 0.5}), DispatchState(), NOW)
    assert command.reason == Reason("limit_operator", {"limit_kw": 1.0})


def test_guards_use_batteries_against_a_broken_limit() -> None:
    home = replace(HOME, connection=Connection(5.0, 3.0))
    assert power_of((NO, FREE, NO, NO), 7.0) == 0.0
    plan = plan_for({"store": (NO, NO, NO, NO)})
    (command,), _ = decide(plan, home, readings(7.0, {"store": 0.5}), DispatchState(), NOW)
    assert (command.mode, command.power_kw) == (Mode.DISCHARGE, 2.0)
    assert command.reason == Reason("limit_grid", {"limit_kw": 5.0})
    (command,), _ = decide(plan, home, readings(-6.0, {"store": 0.5}), DispatchState(), NOW)
    assert (command.mode, command.power_kw) == (Mode.CHARGE, -3.0)
    assert command.reason == Reason("limit_export", {"limit_kw": 3.0})
    for soc, net in ((0.0, 7.0), (1.0, -6.0), (None, 7.0)):
        (command,), _ = decide(plan, home, readings(net, {"store": soc}), DispatchState(), NOW)
        assert command.reason == Reason("idle")


WHY = Reason("limit_grid"), Reason("limit_export")


@pytest.mark.parametrize(("net", "charging"), [(4.0, -2.0), (9.0, -2.0)])
def test_a_guard_first_stops_what_charges(net: float, charging: float) -> None:
    home = replace(HOME, connection=Connection(5.0, 3.0))
    command = Command("store", Mode.CHARGE, charging, Reason("charge_cheap"))
    seen = readings(net, {"store": 0.5})
    guarded = guard_connection(home, seen, {"store": command}, net, (5.0, 3.0), WHY)["store"]
    assert net - guarded.power_kw == pytest.approx(5.0)
    assert guarded.mode is (Mode.CHARGE if guarded.power_kw <= 0 else Mode.DISCHARGE)


def test_a_guard_first_stops_what_sells() -> None:
    home = replace(HOME, connection=Connection(5.0, 3.0))
    command = Command("store", Mode.DISCHARGE, 2.0, Reason("discharge_export"))
    seen = readings(-2.0, {"store": 0.5})
    guarded = guard_connection(home, seen, {"store": command}, -2.0, (5.0, 3.0), WHY)["store"]
    assert (guarded.mode, guarded.power_kw) == (Mode.DISCHARGE, 1.0)


def test_a_guard_asks_no_more_batteries_than_it_needs() -> None:
    home = Home(Connection(5.0, 3.0), batteries=(BATTERY, replace(BATTERY, id="other")))
    commands = {
        key: Command(key, Mode.HOLD, 0.0, Reason("idle")) for key in ("gone", "store", "other")
    }
    seen = readings(7.0, {"store": 0.5, "other": 0.5})
    guarded = guard_connection(home, seen, commands, 7.0, (5.0, 3.0), WHY)
    assert [guarded[key].power_kw for key in commands] == [0.0, 2.0, 0.0]


# The policy


def rights_at(
    value: float,
    buy: float,
    sell: float,
    planned_kw: float = 0.0,
    margin: float = 0.01,
    **more: bool,
) -> Rights:
    one = np.array([1.0])
    throttled = more.pop("throttled", False)
    found = policy(
        replace(BATTERY, **more),
        Prices(buy * one, sell * one, np.array([True])),
        value * one,
        planned_kw * one,
        margin,
        throttled=throttled,
    )
    return tuple(Right(int(each[0])) for each in (found.buy, found.absorb, found.cover, found.sell))


def test_rights_follow_value_and_price() -> None:
    assert rights_at(0.2, buy=0.3, sell=0.05) == (NO, FREE, FREE, NO)
    assert rights_at(0.4, buy=0.3, sell=0.05) == (FREE, FREE, NO, NO)
    assert rights_at(0.1, buy=0.3, sell=0.2) == (NO, NO, FREE, FREE)
    assert rights_at(0.3, buy=0.3, sell=0.05) == (NO, FREE, NO, NO)


def test_ties_are_budgets_for_what_is_planned() -> None:
    tie = 0.3 / 0.95
    assert rights_at(tie, buy=0.3, sell=0.05, planned_kw=-1.0)[0] is BUDGET
    assert rights_at(tie, buy=0.3, sell=0.05)[0] is NO
    assert rights_at((0.2 - 0.01) * 0.95, buy=0.3, sell=0.2, planned_kw=1.0)[3] is BUDGET
    assert rights_at((0.3 - 0.01) * 0.95, buy=0.3, sell=0.05, margin=0.0)[2] is BUDGET
    assert rights_at(0.05 / 0.95, buy=0.3, sell=0.05, margin=0.0)[1] is BUDGET


def test_only_a_loss_beyond_the_margin_stops_a_habit() -> None:
    even = (0.3 - 0.01) * 0.95
    assert rights_at(even + 0.005, buy=0.3, sell=0.05)[2] is FREE
    assert rights_at(even + 0.015, buy=0.3, sell=0.05)[2] is NO
    assert rights_at((0.05 - 0.005) / 0.95, buy=0.3, sell=0.05)[1] is FREE
    assert rights_at((0.05 - 0.015) / 0.95, buy=0.3, sell=0.05)[1] is NO


def test_what_the_contract_denies_is_no_right() -> None:
    denied = {"may_charge_from_grid": False, "may_discharge_to_grid": False}
    assert rights_at(0.9, buy=0.3, sell=0.05, **denied)[0] is NO
    assert rights_at(0.0, buy=0.3, sell=0.2, **denied)[3] is NO


def test_feed_in_that_costs_is_absorbed_unless_the_sun_can_be_throttled() -> None:
    """Later sun will be in the way too, so that a full store is worth less than nothing."""
    assert rights_at(-0.1, buy=0.3, sell=-0.2)[1] is FREE
    assert rights_at(-0.1, buy=0.3, sell=-0.2, throttled=True)[1] is NO


@pytest.mark.parametrize(
    ("rights", "mode"),
    [
        (SELF_CONSUME, Mode.SELF_CONSUME),
        ((NO, FREE, NO, NO), Mode.ABSORB),
        ((NO, NO, FREE, NO), Mode.COVER),
        ((FREE, FREE, FREE, NO), Mode.CHARGE),
        ((NO, FREE, FREE, FREE), Mode.DISCHARGE),
        ((NO, NO, NO, NO), Mode.HOLD),
    ],
)
def test_rights_have_a_name(rights: Rights, mode: Mode) -> None:
    assert mode_of(*rights) is mode


# One slot


@given(battery=batteries(), net=on_grid(-9, 9, 0.5), soc=on_grid(0, 1, 0.1))
def test_self_consumption_by_rights_is_the_rule(battery: Battery, net: float, soc: float) -> None:
    energy = soc * battery.capacity_kwh
    power = respond(Slot(battery, *SELF_CONSUME, 0.0, 0.0, 1.0), energy, net, 0.25, (99.0, 99.0))
    wanted = battery.step_many(np.array([energy]), np.array([net]), 0.25, battery.floor_kwh)[1]
    assert power == pytest.approx(wanted[0])


def test_a_slot_spends_its_budgets() -> None:
    slot = Slot(BATTERY, NO, BUDGET, BUDGET, NO, 1.0, 2.0, 1.0)
    slot.spend(-2.0, 0.25)
    slot.spend(4.0, 0.25)
    assert (slot.charge_kwh, slot.discharge_kwh, slot.hours) == (0.5, 1.0, 0.5)
    slot.spend(-9.0, 0.25)
    slot.spend(9.0, 0.25)
    assert (slot.charge_kwh, slot.discharge_kwh, slot.hours) == (0.0, 0.0, 0.0)


# Overrides


def deviation(
    mode: Mode,
    commanded: float,
    observed: float | None,
    energy: float | None = 5.0,
    age: float = 60.0,
) -> bool:
    command = Command("store", mode, commanded, Reason("idle"))
    return deviates(command, observed, BATTERY, energy, NOW - age, NOW, 30.0, 0.05)


@pytest.mark.parametrize(
    ("mode", "commanded", "observed", "expected"),
    [
        (Mode.CHARGE, -3.0, -3.2, False),  # Within a tenth.
        (Mode.CHARGE, -3.0, -2.0, True),
        (Mode.CHARGE, -3.0, -4.0, True),
        (Mode.CHARGE, -3.0, 1.0, True),
        (Mode.DISCHARGE, 3.0, 2.8, False),
        (Mode.DISCHARGE, 3.0, 0.0, True),
        (Mode.DISCHARGE, 3.0, 4.0, True),
        (Mode.HOLD, 0.0, 0.05, False),
        (Mode.HOLD, 0.0, 1.0, True),
        (Mode.HOLD, 0.0, -1.0, True),
        (Mode.ABSORB, 0.0, -2.0, False),
        (Mode.ABSORB, 0.0, 2.0, True),
        (Mode.COVER, 0.0, 2.0, False),
        (Mode.COVER, 0.0, -2.0, True),
        (Mode.SELF_CONSUME, 2.0, -2.0, False),
        (Mode.CHARGE, -3.0, None, False),
    ],
)
def test_a_lasting_deviation_is_seen(
    mode: Mode, commanded: float, observed: float | None, expected: bool
) -> None:
    assert deviation(mode, commanded, observed) is expected


def test_a_device_has_time_to_settle() -> None:
    assert not deviation(Mode.HOLD, 0.0, 2.0, age=30.0)
    assert deviation(Mode.HOLD, 0.0, 2.0, age=31.0)


@pytest.mark.parametrize(
    ("mode", "commanded", "observed", "energy", "expected"),
    [
        (Mode.CHARGE, -3.0, 0.0, 9.9, False),  # Full: its own management ends the charge.
        (Mode.CHARGE, -3.0, 2.0, 9.9, True),  # But does not discharge it.
        (Mode.DISCHARGE, 3.0, 0.0, 1.1, False),
        (Mode.DISCHARGE, 3.0, -2.0, 1.1, True),
        (Mode.DISCHARGE, 3.0, 0.0, None, False),
    ],
)
def test_full_and_empty_explain_a_deviation(
    mode: Mode, commanded: float, observed: float, energy: float | None, expected: bool
) -> None:
    assert deviation(mode, commanded, observed, energy) is expected


def test_an_override_says_whose_it_is_and_until_when() -> None:
    reason = Override(NOW, NOW + 3600, "user").reason
    assert reason == Reason("override", {"since": NOW, "until": NOW + 3600, "cause": "user"})
