"""A home with everything in it: balance, limits, freedom, currency, clock, JSON, old bases."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custom_components.shems.core.assets.appliance import Appliance, ApplianceState, RunRequest
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.deferrable import Deferrable, DeferrableState, Errand
from custom_components.shems.core.assets.heating import Heating, HeatingState
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.kinds import Movable, MovableState
from custom_components.shems.core.assets.sheddable import Sheddable, SheddableState
from custom_components.shems.core.assets.stay import Stay, VehicleState
from custom_components.shems.core.assets.switching import Switching
from custom_components.shems.core.assets.vehicle import Vehicle
from custom_components.shems.core.assets.water import Water, WaterState
from custom_components.shems.core.forecast.beliefs import Beliefs, Outlook
from custom_components.shems.core.horizon import Horizon
from custom_components.shems.core.peak import PeakTariff
from custom_components.shems.core.plan.make import PlanState, Request, make_plan, task_of
from custom_components.shems.core.plan.move import move
from custom_components.shems.core.plan.result import Plan, Status
from custom_components.shems.core.plan.solve import GAP_KWH, Effort
from custom_components.shems.core.plan.style import STANDARD
from custom_components.shems.core.replay.codec import decode, encode
from custom_components.shems.core.tariff import Prices, typical_price
from tests.core.homes import BATTERY, NOW, ROOF, certain, hourly, on_grid, uncertain

HOUR = 3600.0
WORTH = PlanState({"store": 0.1})
COUNT = 10
DEVICES: dict[str, tuple[Movable, MovableState]] = {
    "car": (
        Vehicle("car", "Car", 40.0, 7.4, least_kw=1.4, surplus=True),
        VehicleState(12.0, (Stay(NOW - HOUR, NOW + 8 * HOUR, 24.0),)),
    ),
    "pump": (Heating("pump", "Heat pump", 2.4, 0.5), HeatingState(20.2)),
    "tank": (Water("tank", "Tank", 1.7), WaterState(46.0, by_hour=(0.1,) * 24)),
    "washer": (
        Appliance("washer", "Washer", (1.8, 0.3, 0.6), 1200.0),
        ApplianceState((RunRequest(NOW, NOW + 9 * HOUR),)),
    ),
    "pool": (
        Deferrable("pool", "Pool", 1.1, switching=Switching(least_on_h=0.5)),
        DeferrableState((Errand(NOW, NOW + 9 * HOUR, 3.0),)),
    ),
    "spare": (Sheddable("spare", "Spare", 0.5, 0.45), SheddableState((0.4,) * 4)),
}

type Case = tuple[Home, Beliefs, dict[str, MovableState]]


def weathered(beliefs: Beliefs, outdoor_c: float = 6.0) -> Beliefs:
    air = np.full(len(beliefs.horizon), outdoor_c)
    return replace(beliefs, temperature=Outlook.certain(air, "test"))


def home_of(names: list[str], connection: Connection | None = None, store: bool = True) -> Home:
    return Home(
        connection or Connection(12.0, 12.0),
        (ROOF,),
        (BATTERY,) if store else (),
        devices=tuple(DEVICES[name][0] for name in names),
    )


@st.composite
def homes(draw: st.DrawFn) -> Case:
    names = draw(st.lists(st.sampled_from(sorted(DEVICES)), unique=True, max_size=4))
    peaks = (PeakTariff(2.0),) if draw(st.booleans()) else ()
    limit = draw(st.sampled_from([6.0, 12.0, 25.0]))
    home = home_of(names, Connection(limit, limit, peaks=peaks), store=draw(st.booleans()))
    powers = st.lists(on_grid(0, 4, 0.5), min_size=COUNT, max_size=COUNT)
    prices = st.lists(on_grid(0.05, 0.5, 0.05), min_size=COUNT, max_size=COUNT)
    beliefs = certain(draw(powers), draw(powers), draw(prices), 0.04, horizon=hourly(COUNT))
    return home, weathered(beliefs), {name: DEVICES[name][1] for name in names}


def planned(case: Case, state: PlanState | None = None) -> tuple[Plan, PlanState]:
    home, beliefs, states = case
    held = {each.id: 4.0 for each in home.batteries}
    request = Request(explained=False, effort=Effort(60.0, nodes=2000))
    at = float(beliefs.horizon.edges[0])
    known = state or WORTH
    return make_plan(home, beliefs, held, known, at, states=states, request=request)


def least_cost(case: Case) -> float:
    """Return what the program makes least: money, wear, comfort and what is missing."""
    home, beliefs, states = case
    held = {each.id: 4.0 for each in home.batteries}
    task = task_of(home, beliefs, held, WORTH, NOW, STANDARD, frozenset(), states)
    return move(task, None, None, Effort(60.0, nodes=2000)).cost


def short(plan: Plan) -> dict[str, float]:
    return {
        f"{part.device_id} {each.code}": each.amount
        for part in plan.devices
        for each in part.shortfalls
    }


@settings(max_examples=30)
@given(homes())
def test_every_plan_balances_and_keeps_limits(case: Case) -> None:
    home, beliefs, states = case
    plan, _ = planned(case)
    assert plan.status is Status.OPTIMAL
    given_kw = sum((part.power_kw for part in plan.batteries), np.zeros(COUNT))
    need = beliefs.load.mean + plan.moved_kw - beliefs.solar.mean + plan.curtailed_kw
    assert np.allclose(plan.grid_kw + given_kw, need, atol=1e-5)
    assert {part.device_id for part in plan.devices} == set(states)
    for part in plan.devices:
        device = home.device(part.device_id)
        assert device is not None
        spared = 0.4 if isinstance(device, Sheddable) else 0.0
        assert part.power_kw.max() <= device.most_kw + 1e-6
        assert part.power_kw.min() >= -spared - 1e-6
    bare = float(np.maximum(beliefs.load.mean - beliefs.solar.mean, 0.0).max())
    assert plan.grid_kw.max() <= max(home.connection.import_limit_kw, bare) + 1e-5


@settings(max_examples=25)
@given(homes(), st.sampled_from(["connection", "battery", "deadline", "least"]))
def test_more_freedom_never_costs_more(case: Case, what: str) -> None:
    home, beliefs, states = case
    freer = case
    if what == "connection":
        wide = replace(home.connection, import_limit_kw=60.0, export_limit_kw=60.0)
        freer = replace(home, connection=wide), beliefs, states
    elif what == "battery":
        strong = tuple(replace(each, charge_kw=8.0, discharge_kw=8.0) for each in home.batteries)
        freer = replace(home, batteries=strong), beliefs, states
    elif what == "deadline" and "pool" in states:
        longer = DeferrableState((Errand(NOW, NOW + 10 * HOUR, 3.0),))
        freer = home, beliefs, states | {"pool": longer}
    elif what == "least":
        devices = tuple(
            replace(each, least_kw=0.0) if isinstance(each, Vehicle | Heating) else each
            for each in home.devices
        )
        freer = replace(home, devices=devices), beliefs, states
    gap = GAP_KWH * typical_price(beliefs.prices)
    assert least_cost(freer) <= least_cost(case) + 2 * gap


@settings(max_examples=15)
@given(homes(), st.sampled_from([0.1, 8.0]))
def test_another_currency_changes_no_command(case: Case, scale: float) -> None:
    home, beliefs, states = case
    prices = Prices(beliefs.prices.buy * scale, beliefs.prices.sell * scale, beliefs.prices.known)
    peaks = tuple(
        replace(each, price_per_kw=scale * each.price_per_kw) for each in home.connection.peaks
    )
    batteries = tuple(replace(each, wear_per_kwh=0.01 * scale) for each in home.batteries)
    devices = tuple(
        replace(each, price_per_kwh=scale * each.price_per_kwh)
        if isinstance(each, Sheddable)
        else each
        for each in home.devices
    )
    other = replace(
        home,
        connection=replace(home.connection, peaks=peaks),
        batteries=batteries,
        devices=devices,
    )
    one, _ = planned(case)
    two, _ = planned(
        (other, replace(beliefs, prices=prices), states), PlanState({"store": 0.1 * scale})
    )
    assert short(two) == pytest.approx(short(one), abs=0.02)
    gap = 3 * GAP_KWH * typical_price(beliefs.prices)
    assert two.cost / scale == pytest.approx(one.cost, abs=max(gap, 0.1 * abs(one.cost)))


def everything(zone: str = "UTC") -> Case:
    horizon = Horizon.tiered(NOW)
    count = len(horizon)
    hour = ((horizon.start - NOW) / HOUR + 20.5) % 24
    buy = 0.25 + 0.12 * np.cos((hour - 19) / 12 * np.pi)
    sun = 5.0 * np.clip(np.cos((hour - 13) / 12 * np.pi), 0.0, None)
    beliefs = weathered(
        certain(
            np.full(count, 0.5).tolist(),
            sun.tolist(),
            buy.tolist(),
            (0.3 * buy).tolist(),
            horizon=horizon,
        )
    )
    home = replace(home_of(sorted(DEVICES)), zone=zone)
    return home, uncertain(beliefs), {name: each[1] for name, each in DEVICES.items()}


def test_the_same_input_gives_the_same_plan_and_an_old_basis_the_same_first_command() -> None:
    case = everything()
    plan, state = planned(case)
    again, _ = planned(case)
    assert again.grid_kw.tolist() == plan.grid_kw.tolist()
    for device, twin in zip(plan.devices, again.devices, strict=True):
        assert device.power_kw.tolist() == twin.power_kw.tolist()
    warm, _ = planned(case, state)
    cold, _ = planned(case, replace(state, basis=None, joint=None))
    gap = GAP_KWH * typical_price(case[1].prices)
    assert warm.cost == pytest.approx(cold.cost, abs=gap)
    for device, twin in zip(warm.devices, cold.devices, strict=True):
        assert device.power_kw[0] == pytest.approx(twin.power_kw[0], abs=0.05)


def test_a_plan_five_minutes_later_differs_only_where_the_data_did() -> None:
    """Nothing that runs soon hops to another hour because the clock went on."""
    case = everything()
    plan, state = planned(case)
    later = Horizon.tiered(NOW + 300.0)
    home, beliefs, states = case
    steps = np.clip(
        np.searchsorted(beliefs.horizon.edges, later.start + 1.0) - 1, 0, len(later) - 1
    )
    moved = replace(
        beliefs,
        horizon=later,
        **{
            name: replace(
                outlook,
                mean=outlook.mean[steps],
                quantiles=outlook.quantiles[:, steps],
                paths=outlook.paths[:, steps],
            )
            for name in ("load", "solar")
            if (outlook := getattr(beliefs, name)) is not None
        },
        prices=Prices(
            beliefs.prices.buy[steps], beliefs.prices.sell[steps], beliefs.prices.known[steps]
        ),
        temperature=Outlook.certain(np.full(len(later), 6.0), "test"),
    )
    again, _ = planned((home, moved, states), state)
    for name in ("washer", "pool"):
        before, after = plan.device(name), again.device(name)
        assert before is not None
        assert after is not None
        begins = [
            float(part.horizon.start[np.argmax(each.power_kw > 0.05)])
            for part, each in ((plan, before), (again, after))
        ]
        assert abs(begins[0] - begins[1]) <= 900.0


def test_a_home_and_its_plan_survive_json() -> None:
    home, beliefs, states = everything("Europe/Berlin")
    assert decode(Home, encode(home)) == home
    plan, _ = make_plan(
        home, beliefs, {"store": 4.0}, PlanState(), NOW, states=states, request=Request()
    )
    twin = decode(Plan, encode(plan))
    assert encode(twin) == encode(plan)
    assert [each.kind for each in twin.devices] == [each.KIND for each in home.devices]
    assert twin.devices[0].reason == plan.devices[0].reason


def test_a_car_gives_back_in_the_dear_hours() -> None:
    """It leaves as full as asked, and what it gives is in the balance and in the reasons."""
    car = Vehicle("car", "Car", 40.0, 7.4, discharge_kw=5.0)
    state = VehicleState(30.0, (Stay(NOW - HOUR, NOW + 10 * HOUR, 30.0),))
    buy = [0.1] * 3 + [0.6] * 3 + [0.1] * 4
    beliefs = weathered(certain(2.0, buy=buy, horizon=hourly(COUNT)))
    plan, _ = make_plan(Home(devices=(car,)), beliefs, {}, PlanState(), NOW, states={"car": state})
    (part,) = plan.devices
    assert part.power_kw[3:6].tolist() == pytest.approx([-2.0] * 3, abs=1e-4)
    assert part.reason[3].code == "device_gives"
    assert part.state is not None
    assert part.state[-1] >= 30.0 - 1e-6
    assert plan.grid_kw[3:6].tolist() == pytest.approx([0.0] * 3, abs=1e-4)


def test_a_kind_that_is_not_known_is_named() -> None:
    data = encode(Home(devices=(DEVICES["pool"][0],)))
    assert isinstance(data, dict)
    (device,) = data["devices"]  # type: ignore[misc]  # one was put in
    device["kind"] = "robot"  # type: ignore[index, call-overload]  # a dict, as `encode` makes
    with pytest.raises(ValueError, match="unknown kind robot"):
        decode(Home, data)


@pytest.mark.parametrize("seed", range(3))
def test_an_old_basis_leads_to_the_same_plan_where_many_are_as_good(seed: int) -> None:
    """Prices are the same all hour, and a peak leaves it open when within it to charge."""
    rng = np.random.default_rng(seed)
    horizon = Horizon.tiered(NOW)
    count = len(horizon)
    hour = ((horizon.start - NOW) // HOUR).astype(np.intp)
    buy = rng.uniform(0.1, 0.4, 60)[hour]
    load = 0.5 + rng.gamma(1.0, 0.5, count)
    beliefs = uncertain(
        certain(load.tolist(), 0.0, buy.tolist(), (0.3 * buy).tolist(), horizon=horizon)
    )
    home = Home(Connection(12.0, 12.0, peaks=(PeakTariff(4.0),)), batteries=(BATTERY,))
    _, state = make_plan(home, beliefs, {"store": 4.0}, WORTH, NOW)
    louder = replace(beliefs, load=replace(beliefs.load, paths=1.05 * beliefs.load.paths))
    warm, _ = make_plan(home, louder, {"store": 4.0}, state, NOW)
    cold, _ = make_plan(home, louder, {"store": 4.0}, replace(state, basis=None), NOW)
    assert np.abs(warm.batteries[0].power_kw - cold.batteries[0].power_kw).max() < 1e-6
