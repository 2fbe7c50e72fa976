"""Fewer steps for many courses: nothing is lost on the way there, nor on the way back."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.assets.appliance import Appliance, ApplianceState, RunRequest
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.forecast.beliefs import Beliefs, Outlook
from custom_components.shems.core.horizon import DAY_S, FINE_S, HOUR_S, Horizon
from custom_components.shems.core.peak import PeakState, PeakTariff
from custom_components.shems.core.plan.condense import Grid, condensed
from custom_components.shems.core.plan.make import PlanState, Request, make_plan
from custom_components.shems.core.plan.result import Plan
from custom_components.shems.core.plan.style import STANDARD, Method, Style
from custom_components.shems.core.tariff import Prices
from tests.core.homes import BATTERY, NOW, ROOF, certain, on_grid, uncertain

OTHER = replace(BATTERY, id="other", capacity_kwh=6.0, charge_kw=2.0)
COURSES = Style(method=Method.SCENARIOS)
TWO = Home(batteries=(BATTERY, OTHER), solar=(ROOF,))


def tiered(minute: int = 0) -> Horizon:
    return Horizon.tiered(NOW + 60.0 * minute)


def days(horizon: Horizon) -> Beliefs:
    """Return an uncertain load, sun at noon, and prices that change by the quarter."""
    hour = (horizon.start % DAY_S) / HOUR_S
    load = 0.4 + 1.5 * np.exp(-(((hour - 19) / 2) ** 2))
    sun = np.maximum(0.0, 5 * np.sin((hour - 6) / 12 * np.pi))
    buy = 0.25 + 0.1 * np.cos((hour - 19) / 12 * np.pi)
    beliefs = uncertain(certain(load, sun, buy, 0.6 * buy, horizon=horizon))
    known = horizon.start < horizon.edges[0] + 20 * HOUR_S
    return replace(
        beliefs,
        prices=Prices(beliefs.prices.buy, beliefs.prices.sell, known),
        temperature=Outlook.certain(10 - hour / 6, "test"),
        carbon_g_per_kwh=300 + 10 * hour,
    )


def planned(home: Home, beliefs: Beliefs, style: Style = COURSES, **states: ApplianceState) -> Plan:
    held = {battery.id: 4.0 for battery in home.batteries}
    state = PlanState(dict.fromkeys(held, 0.2))
    now = float(beliefs.horizon.edges[0])
    request = Request(style)
    return make_plan(home, beliefs, held, state, now, request=request, states=states)[0]


@given(st.integers(0, 24 * 60), st.sets(st.integers(0, 138), max_size=5))
def test_the_first_hour_is_fine_then_come_hours_and_two_hours(minute: int, stays: set[int]) -> None:
    fine = tiered(minute)
    kept = np.isin(np.arange(len(fine) + 1), list(stays))
    coarse = fine.condensed(kept)
    assert set(coarse.edges) <= set(fine.edges)
    assert set(fine.edges[kept]) <= set(coarse.edges)
    assert coarse.edges[[0, -1]].tolist() == fine.edges[[0, -1]].tolist()
    ahead = coarse.start - coarse.edges[0]
    assert (coarse.hours[ahead < HOUR_S] <= FINE_S / HOUR_S + 1e-9).sum() >= 11
    assert (coarse.hours[ahead < DAY_S - HOUR_S] <= 1 + 1e-9).all()
    assert (coarse.hours <= 2 + 1e-9).all()
    assert len(coarse) <= 54 + len(stays)
    inside = coarse.edges[1:-1][ahead[1:] > HOUR_S]
    assert (np.isin(inside, fine.edges[kept]) | (inside % HOUR_S == 0)).all()


@given(st.integers(0, 600))
def test_energy_and_money_are_kept(minute: int) -> None:
    beliefs = days(tiered(minute))
    few = condensed(beliefs)
    wide, narrow = few.horizon.hours, beliefs.horizon.hours
    for one, other in ((few.load, beliefs.load), (few.solar, beliefs.solar)):
        assert one.mean @ wide == pytest.approx(other.mean @ narrow)
        assert one.paths @ wide == pytest.approx(other.paths @ narrow)
    assert few.prices.buy @ wide == pytest.approx(beliefs.prices.buy @ narrow)
    assert few.prices.sell @ wide == pytest.approx(beliefs.prices.sell @ narrow)
    assert few.outdoor_c @ wide == pytest.approx(beliefs.outdoor_c @ narrow)
    assert few.carbon_g_per_kwh is not None
    assert beliefs.carbon_g_per_kwh is not None
    assert few.carbon_g_per_kwh @ wide == pytest.approx(beliefs.carbon_g_per_kwh @ narrow)
    last = beliefs.horizon.start[np.searchsorted(beliefs.horizon.edges, few.horizon.end) - 1]
    assert (few.prices.known == (last < few.horizon.edges[0] + 20 * HOUR_S)).all()
    bare = condensed(replace(beliefs, temperature=None, carbon_g_per_kwh=None))
    assert bare.temperature is None
    assert bare.carbon_g_per_kwh is None


def test_steps_between_which_a_device_is_switched_stay_apart() -> None:
    beliefs = days(tiered())
    moved = np.zeros(len(beliefs.horizon))
    moved[30:32], moved[40] = 2.0, 0.1
    few = set(condensed(beliefs, moved).horizon.edges)
    added = few - set(condensed(beliefs).horizon.edges)
    assert added
    assert added <= set(beliefs.horizon.edges[[30, 32]]) <= few


@given(
    st.lists(on_grid(-4, 8, 0.5), min_size=8, max_size=8),
    st.lists(on_grid(-3, 4, 0.25), min_size=2, max_size=2),
)
def test_a_battery_levels_the_meter_inside_a_step(net: list[float], mean: list[float]) -> None:
    fine = Horizon.uniform(NOW, 900.0, 8)
    grid = Grid(fine, Horizon.uniform(NOW, 3600.0, 2))
    power = grid.levelled(np.array(mean), np.array(net), (3.0, 4.0))
    assert power.reshape(2, 4).mean(axis=1) == pytest.approx(mean)
    for own, wanted, met in zip(power.reshape(2, 4), mean, np.reshape(net, (2, 4)), strict=True):
        assert (own * wanted >= -1e-9).all()
        assert (own <= 4.0 + 1e-9).all()
        assert (own >= -3.0 - 1e-9).all()
        meter = met - own
        free = (np.abs(own) > 1e-6) & (own < 4.0 - 1e-6) & (own > -3.0 + 1e-6)
        assert np.ptp(meter[free]) < 1e-6 if free.any() else True


def test_what_is_given_up_follows_the_sun() -> None:
    grid = Grid(Horizon.uniform(NOW, 900.0, 8), Horizon.uniform(NOW, 3600.0, 2))
    sun = np.array([0.0, 1.0, 2.0, 1.0, 0.0, 0.0, 0.0, 0.0])
    given_up = grid.like(np.array([0.5, 0.0]), sun)
    assert given_up.tolist() == pytest.approx((0.5 * sun).tolist())


@given(st.integers(0, 59))
def test_a_plan_over_courses_is_told_on_all_of_its_steps(minute: int) -> None:
    beliefs = days(tiered(minute))
    plan = planned(TWO, beliefs)
    assert plan.horizon == beliefs.horizon
    given_kw = sum(part.power_kw for part in plan.batteries)
    need = beliefs.load.mean - beliefs.solar.mean + plan.curtailed_kw
    assert np.allclose(plan.grid_kw + given_kw, need)
    assert (plan.curtailed_kw <= beliefs.solar.mean + 1e-6).all()
    for battery, part in zip(TWO.batteries, plan.batteries, strict=True):
        assert part.power_kw.max() <= battery.discharge_kw + 1e-6
        assert part.power_kw.min() >= -battery.charge_kw - 1e-6
        assert part.energy_kwh.max() <= battery.max_kwh + 1e-6
        assert part.energy_kwh.min() >= battery.floor_kwh - 1e-6
        # The mean of courses may charge and discharge at once, but loses no more than that.
        gained = np.diff(part.energy_kwh, prepend=4.0)
        asked = -part.power_kw * plan.horizon.hours
        assert (gained <= np.maximum(asked, 0.0) + 1e-6).all()


def peaky() -> tuple[Home, ApplianceState]:
    """Return a home with a priced peak, and a washer that has to run for half an hour."""
    washer = Appliance("washer", "Washer", (6.0,), 1800.0)
    asked = ApplianceState((RunRequest(NOW + 4.25 * HOUR_S, NOW + 4.75 * HOUR_S),))
    reached = (PeakState((2.5,)),)
    connection = Connection(peaks=(PeakTariff(5.0),), reached=reached)
    return Home(connection, batteries=(BATTERY,), devices=(washer,)), asked


def test_a_peak_inside_an_hour_is_seen() -> None:
    # Two quarters of 6 kW would hide in an hour's mean; with the battery they need not be one.
    home, asked = peaky()
    plan = planned(home, uncertain(certain(0.5, horizon=tiered())), washer=asked)
    assert plan.moved_kw.max() == pytest.approx(6.0)
    assert plan.grid_kw.max() < 3.0


def test_a_peak_is_kept_where_it_was_decided_with_the_devices() -> None:
    home, asked = peaky()
    many = uncertain(certain(2.0, horizon=tiered()), (0.2, 0.6, 2.2))
    plan, alone = planned(home, many, washer=asked), planned(home, many.expected, washer=asked)
    assert not np.allclose(plan.grid_kw, alone.grid_kw)
    assert plan.kept_kw is not None
    assert alone.kept_kw is not None
    assert plan.kept_kw.tolist() == pytest.approx(alone.kept_kw.tolist())


def test_unasked_no_courses_are_met_where_devices_share_in_a_peak() -> None:
    home, asked = peaky()
    many = uncertain(certain(2.0, horizon=tiered()), (0.2, 0.6, 2.2))
    plan, alone = (planned(home, each, STANDARD, washer=asked) for each in (many, many.expected))
    assert plan.grid_kw.tolist() == pytest.approx(alone.grid_kw.tolist())
