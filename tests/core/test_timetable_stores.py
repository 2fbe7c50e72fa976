"""Users' timetables of batteries, which rest, and of loads, which may not be shed."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.assets.asked import Demand
from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.sheddable import Sheddable, SheddableState
from custom_components.shems.core.assets.timetable import Spans
from custom_components.shems.core.dispatch.decide import DispatchState, decide
from custom_components.shems.core.dispatch.devices import DirectState, direct
from custom_components.shems.core.forecast.beliefs import Beliefs
from custom_components.shems.core.horizon import HOUR_S, Horizon
from custom_components.shems.core.observe.readings import Readings
from custom_components.shems.core.plan import make
from custom_components.shems.core.plan.make import PlanState, Request, make_plan
from custom_components.shems.core.plan.result import Mode, Plan, Status
from custom_components.shems.core.plan.solve import SolveError
from custom_components.shems.core.plan.style import Method, Rule, Style
from custom_components.shems.core.plan.timer import timetable
from custom_components.shems.core.replay.preview import costs
from tests.core.homes import BATTERY, NOW, certain, hourly, readings, uncertain, value_of

FREEZER = Sheddable("freezer", "Freezer", 0.5, price_per_kwh=0.2)
DEAR = [0.5] * 6 + [0.1] * 6 + [0.5] * 12
SUNNY = [0.0] * 6 + [4.0] * 4 + [0.0] * 14
STYLES = {
    "dynamic": Style(method=Method.DYNAMIC),
    "scenarios": Style(method=Method.SCENARIOS),
    "point": Style(method=Method.POINT),
    "self-consumption": Style(Rule.SELF_CONSUMPTION),
    "timer": Style(Rule.TIMER),
}


def hours(*pairs: tuple[float, float]) -> Spans:
    return tuple((NOW + begin * HOUR_S, NOW + end * HOUR_S) for begin, end in pairs)


def stored(
    spans: Spans,
    beliefs: Beliefs,
    style: Style = STYLES["dynamic"],
    battery: Battery = BATTERY,
    connection: Connection | None = None,
) -> Plan:
    """Return the plan of a home whose battery is half full and barred at times."""
    home = Home(connection or Connection(), batteries=(battery,), barred={battery.id: spans})
    table = timetable(
        beliefs.horizon.start, beliefs.horizon.hours, beliefs.prices.buy, "Europe/Berlin"
    )
    request = Request(style, table if style.rule is Rule.TIMER else None)
    plan, _ = make_plan(home, beliefs, {battery.id: 5.0}, PlanState(), NOW, request=request)
    return plan


def day(horizon: Horizon | None = None) -> Beliefs:
    return uncertain(certain(1.0, SUNNY, DEAR, horizon=horizon or hourly(24)))


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("spans", [hours((0, 3), (7, 9)), hours((2.5, 8.5))], ids=["whole", "part"])
def test_a_battery_rests_while_it_is_barred(style: Style, spans: Spans) -> None:
    freely, part = stored((), day(), style).batteries[0], stored(spans, day(), style).batteries[0]
    home = Home(barred={"store": spans})
    free = home.free("store", hourly(24))
    assert np.abs(freely.power_kw[free == 0]).max() > 0.5, "else nothing is shown"
    assert (np.abs(part.power_kw) <= 5.0 * free + 1e-6).all()
    assert {part.mode[step] for step in np.flatnonzero(free == 0)} == {Mode.HOLD}
    assert np.abs(part.power_kw).sum() > 1.0
    for step, start in enumerate(hourly(24).start.tolist()):
        until = home.barred_until("store", start)
        reason = part.reason[step]
        assert (reason.code == "timetable_rests") == (until is not None)
        assert until is None or reason.args == {"until": until}


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 9)), max_size=4))
def test_no_step_of_a_plan_on_fewer_steps_breaks_a_timetable(spans: list[tuple[int, int]]) -> None:
    horizon = Horizon.uniform(NOW, 900.0, 96)
    barred = hours(*((begin / 4, (begin + width) / 4) for begin, width in spans))
    prices = np.repeat(DEAR, 4)
    beliefs = uncertain(
        certain(1.0, np.repeat(SUNNY, 4).tolist(), prices.tolist(), horizon=horizon)
    )
    part = stored(barred, beliefs, STYLES["scenarios"]).batteries[0]
    free = Home(barred={"store": barred}).free("store", horizon)
    assert (np.abs(part.power_kw) <= 5.0 * free + 1e-6).all()
    assert part.energy_kwh.max() <= BATTERY.max_kwh + 1e-6


def test_what_is_demanded_of_a_barred_battery_is_named_as_missing() -> None:
    asked = replace(BATTERY, demands=(Demand(NOW, NOW + 2 * HOUR_S, 2.0),))
    part = stored(hours((0, 1)), day(), battery=asked).batteries[0]
    assert part.power_kw[:2].tolist() == pytest.approx([0.0, -2.0])
    [short] = part.shortfalls
    assert (short.code, short.amount) == ("power_short", pytest.approx(2.0))


def test_the_rule_that_stands_in_keeps_the_timetable_too() -> None:
    beliefs = day()
    home = Home(batteries=(BATTERY,), barred={"store": hours((0, 3))})

    def failing(*_: object, **__: object) -> None:
        raise SolveError("Time limit reached")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(make, "solve", failing)
        asked = Request(STYLES["scenarios"])
        plan, _ = make_plan(home, beliefs, {"store": 5.0}, PlanState(), NOW, request=asked)
    assert plan.status is Status.RULE
    assert plan.batteries[0].mode[:4] == (*(Mode.HOLD,) * 3, Mode.SELF_CONSUME)
    assert plan.batteries[0].power_kw[:3].tolist() == [0.0] * 3


def test_the_minute_counts_for_a_battery() -> None:
    home = Home(batteries=(BATTERY,), barred={"store": hours((0.5, 4))})
    plan = stored((), day())
    for minute, mode in ((29, Mode.SELF_CONSUME), (31, Mode.HOLD)):
        now = NOW + 60.0 * minute
        seen = readings(2.0, {"store": 0.5}, now=now)
        (told,), _ = decide(plan, home, seen, DispatchState(), now)
        assert told.mode is mode
        assert (told.power_kw > 1.9) == (mode is Mode.SELF_CONSUME)
    assert told.reason.code == "timetable_rests"
    assert told.reason.args == {"until": NOW + 4 * HOUR_S}


@pytest.mark.parametrize("net", [9.0, -9.0])
def test_a_barred_battery_is_not_called_upon_for_limits(net: float) -> None:
    tight = Connection(6.0, 6.0)
    for barred in ((), hours((0, 1))):
        home = Home(tight, batteries=(BATTERY,), barred={"store": barred})
        plan = stored(barred, day(), connection=tight)
        (told,), _ = decide(plan, home, readings(net, {"store": 0.5}), DispatchState(), NOW)
        assert told.power_kw == 0.0 if barred else abs(net - told.power_kw) <= 6.0
        assert (told.mode is Mode.HOLD) == bool(barred)


def test_what_a_battery_would_do_by_itself_keeps_its_timetable() -> None:
    beliefs = day()
    whole = hours((0, 24))
    plan = stored(whole, beliefs, STYLES["self-consumption"])
    home = Home(batteries=(BATTERY,), barred={"store": whole})
    found = costs(plan, home, {"store": 5.0}, 24)
    assert found.self_consumption == pytest.approx(found.without_battery)
    assert found.plan == pytest.approx(found.without_battery)


def shedding(spans: Spans, state: SheddableState | None = None, **changes: object) -> Plan:
    """Return the plan of a home whose freezer is worth shedding for six hours."""
    device = replace(FREEZER, **changes)  # type: ignore[arg-type]  # of the fields' own types
    home = Home(devices=(device,), barred={device.id: spans})
    plan, _ = make_plan(
        home,
        certain(1.0, buy=DEAR[:12], horizon=hourly(12)),
        {},
        PlanState(),
        NOW,
        states={device.id: state or SheddableState((0.4,))},
    )
    return plan


@pytest.mark.parametrize("modulating", [False, True])
def test_a_load_is_not_shed_while_its_timetable_forbids_it(modulating: bool) -> None:
    freely = shedding((), modulating=modulating).devices[0].power_kw
    assert freely[:6].tolist() == pytest.approx([-0.4] * 6)
    [part] = shedding(hours((1, 3.5)), modulating=modulating).devices
    assert part.power_kw[:6].tolist() == pytest.approx([-0.4, 0.0, 0.0, -0.2, -0.4, -0.4])
    assert part.power_kw[6:].tolist() == pytest.approx([0.0] * 6)
    assert part.reason[1].code == "timetable_on"
    assert part.reason[1].args == {"until": NOW + 3.5 * HOUR_S}
    assert part.reason[0].code == "device_sheds"


def test_a_load_that_is_shed_comes_back_when_its_timetable_says_so() -> None:
    state = SheddableState((0.4,))
    plan = shedding((), state)
    home = Home(devices=(FREEZER,), barred={"freezer": hours((0.5, 4))})
    told_before = DirectState()
    for minute, shed in ((29, True), (31, False)):
        now = NOW + 60.0 * minute
        seen = Readings(now, grid_kw=value_of(1.0), devices={"freezer": value_of(0.0)})
        (told,), told_before = direct(plan, home, seen, {"freezer": state}, (), told_before, now)
        assert told.on is shed, "what runs, for a plan, is its absence"
        assert (told.power_kw < 0) is shed
    assert told.reason.code == "timetable_on"
