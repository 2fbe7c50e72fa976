"""Limits of the connection: its own, and those imposed for a while."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.connection import Connection, Limit
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.peak import PeakTariff
from custom_components.shems.core.plan.dynamic import fits
from custom_components.shems.core.plan.make import PlanState, make_plan
from custom_components.shems.core.replay.codec import decode, encode
from custom_components.shems.core.units import InputError
from tests.core.homes import BATTERY, HOME, NOW, ROOF, certain, hourly, uncertain

HOUR = 3600.0
DIMMED = Limit(NOW + 0.5 * HOUR, NOW + 2 * HOUR, import_kw=4.2)


def test_the_strictest_limit_that_touches_a_step_counts() -> None:
    connection = Connection(
        17.0, 10.0, (DIMMED, Limit(NOW + HOUR, NOW + 3 * HOUR, 2.0, 0.0, "demand_response"))
    )
    horizon = hourly(4)
    assert connection.import_kw(horizon).tolist() == [4.2, 2.0, 2.0, 17.0]
    assert connection.export_kw(horizon).tolist() == [10.0, 0.0, 0.0, 10.0]
    assert connection.at(NOW) == (17.0, 10.0)
    assert connection.at(NOW + 1.5 * HOUR) == (2.0, 0.0)
    assert [each.reason for each in connection.in_force(NOW + 1.5 * HOUR)] == [
        "demand_response",
        "grid_operator",
    ]
    assert connection.in_force(NOW + 3 * HOUR) == ()


def test_a_limit_of_only_one_direction_leaves_the_other() -> None:
    connection = Connection(17.0, 10.0, (Limit(NOW, NOW + HOUR, export_kw=3.0),))
    assert connection.at(NOW) == (17.0, 3.0)
    assert connection.import_kw(hourly(1)).tolist() == [17.0]


def test_a_plan_keeps_a_limit_imposed_for_a_while() -> None:
    beliefs = certain([1.0, 4.0, 6.0, 1.0], buy=[0.4, 0.1, 0.1, 0.4], horizon=hourly(4))
    home = replace(HOME, connection=Connection(limits=(DIMMED,)))
    plan, _ = make_plan(home, beliefs, {"store": 4.0}, PlanState(), NOW)
    free, _ = make_plan(HOME, beliefs, {"store": 4.0}, PlanState(), NOW)
    assert free.grid_kw[1] > 4.2
    assert plan.grid_kw[:2].max() <= 4.2 + 1e-6
    assert plan.grid_kw[2] > 4.2


def test_a_limit_below_the_load_is_broken_by_no_more_than_it_must() -> None:
    none = Limit(NOW, NOW + 4 * HOUR, import_kw=0.0)
    home = replace(HOME, connection=Connection(limits=(none,)))
    plan, _ = make_plan(home, certain(6.0, horizon=hourly(2)), {"store": 10.0}, PlanState(), NOW)
    assert plan.grid_kw[0] == pytest.approx(2.0, abs=1e-5)


def test_a_limit_outranks_a_soft_reserve() -> None:
    battery = replace(BATTERY, reserve_soc=0.9)
    home = Home(Connection(limits=(DIMMED,)), batteries=(battery,))
    plan, _ = make_plan(home, certain(6.0, horizon=hourly(2)), {"store": 9.0}, PlanState(), NOW)
    assert plan.grid_kw.max() <= 4.2 + 1e-6


@pytest.mark.parametrize("limit", [0.0, 2.1])
def test_sun_above_an_export_cap_is_stored_and_the_rest_given_up(limit: float) -> None:
    home = Home(Connection(17.0, limit), (ROOF,), (BATTERY,))
    beliefs = certain(1.0, 8.0, horizon=hourly(2))
    plan, _ = make_plan(home, beliefs, {"store": 8.0}, PlanState({"store": 0.2}), NOW)
    assert plan.grid_kw.min() >= -limit - 1e-6
    assert plan.curtailed_kw.sum() == pytest.approx(14.0 - 2.0 / 0.95 - 2 * limit, abs=1e-4)


def test_the_fuse_says_what_a_connection_carries() -> None:
    house = Connection.fused(25.0)
    assert house.import_limit_kw == house.export_limit_kw == pytest.approx(17.25)
    assert house.phase_kw == pytest.approx(5.75)
    flat = Connection.fused(40.0, 1, export_limit_kw=0.8)
    assert (flat.import_limit_kw, flat.export_limit_kw) == pytest.approx((9.2, 0.8))
    assert Connection(12.0).phase_kw == pytest.approx(4.0)


@pytest.mark.parametrize(
    "change",
    [
        {"fuse_a": 0.0},
        {"fuse_a": float("nan")},
        {"phases": 4},
    ],
)
def test_fuses_that_nobody_has_are_refused(change: dict[str, float]) -> None:
    with pytest.raises(InputError, match="connection parameter"):
        replace(Connection(), **change)


@pytest.mark.parametrize(
    ("begin", "end", "kw", "name"),
    [
        (1.0, 1.0, 4.2, "end"),
        (0.0, float("nan"), 4.2, "end"),
        (0.0, 1.0, -1.0, "import_kw"),
        (0.0, 1.0, float("nan"), "import_kw"),
    ],
)
def test_limits_that_cannot_be_are_refused(begin: float, end: float, kw: float, name: str) -> None:
    with pytest.raises(InputError) as caught:
        Limit(begin, end, kw)
    assert caught.value.arguments["name"] == name


def test_one_battery_alone_decides_only_while_nothing_else_does() -> None:
    beliefs = uncertain(certain(1.0, horizon=hourly(4)))
    assert fits(HOME, beliefs, frozenset())
    over = Limit(NOW - 2 * HOUR, NOW, 4.2)
    for connection, fitting in (
        (Connection(limits=(over,)), True),
        (Connection(limits=(DIMMED,)), False),
        (Connection(peaks=(PeakTariff(5.0),)), False),
    ):
        assert fits(replace(HOME, connection=connection), beliefs, frozenset()) is fitting


def test_a_connection_survives_json() -> None:
    connection = replace(
        Connection.fused(35.0), limits=(DIMMED,), peaks=(PeakTariff(5.0, months=(1, 2)),)
    )
    assert decode(Connection, encode(connection)) == connection


def test_where_selling_brings_more_than_buying_nothing_is_traded_with_oneself() -> None:
    home = replace(HOME, connection=Connection(limits=(DIMMED,)))
    beliefs = certain(1.0, 0.0, 0.1, [0.1, 0.3, 0.3], horizon=hourly(3))
    plan, _ = make_plan(home, beliefs, {"store": 4.0}, PlanState({"store": 0.0}), NOW)
    assert np.abs(plan.grid_kw).max() <= 5.0
    balance = plan.grid_kw + plan.batteries[0].power_kw
    assert balance.tolist() == pytest.approx([1.0] * 3)
