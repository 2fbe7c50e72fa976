"""Writes to a device are spread over the day; limits are kept all the same."""

from dataclasses import replace

import pytest

from custom_components.shems.core.dispatch.budget import (
    FOLLOWING_A_DAY,
    due,
    local_day,
    protects,
    spare,
)
from custom_components.shems.core.dispatch.command import Command
from custom_components.shems.core.dispatch.throttle import Throttle
from custom_components.shems.core.plan.result import Mode, Reason

NOON = 0.5
LAST = Command("battery", Mode.COVER, 2.0, Reason("discharge_dear"))
LIMIT = Throttle("roof", 3.0, Reason("curtail_negative"))


@pytest.mark.parametrize(
    ("writes", "day", "may"),
    [(0, 0.0, True), (9, 0.0, True), (10, 0.0, False), (59, 7.5, True), (60, 7.5, False)],
)
def test_a_tenth_of_the_day_may_come_at_once(writes: int, day: float, may: bool) -> None:
    assert due(writes, 100, day) is may


def test_at_the_end_of_a_day_there_are_no_more_than_the_days_writes() -> None:
    assert not due(100, 100, 3.99)


def test_a_day_is_the_local_clocks() -> None:
    midnight = 1_750_370_400.0  # 2025-06-20 00:00 in Amsterdam, which is two hours before UTC's.
    assert local_day(midnight, "Europe/Amsterdam") % 1 == 0
    assert local_day(midnight, "UTC") % 1 == pytest.approx(22 / 24)


def test_a_power_waits_for_its_turn() -> None:
    wanted = replace(LAST, power_kw=2.4, reason=Reason("cover"))
    before = {"battery": LAST}
    (kept,) = spare((wanted,), before, {"battery": 60}, {"battery": 100}, NOON)
    assert kept == replace(wanted, power_kw=2.0)
    assert spare((wanted,), before, {"battery": 59}, {"battery": 100}, NOON) == (wanted,)
    assert spare((wanted,), before, {"battery": 60}, {}, NOON) == (wanted,)
    spent = {"battery": FOLLOWING_A_DAY}
    assert spare((wanted,), before, spent, {}, NOON)[0].power_kw == 2.0


def test_neither_another_mode_nor_the_first_command_nor_a_limit_waits() -> None:
    writes, most = {"battery": 100, "roof": 100}, {"battery": 100, "roof": 100}
    other = replace(LAST, mode=Mode.HOLD, power_kw=0.0)
    assert spare((other,), {"battery": LAST}, writes, most, NOON) == (other,)
    assert spare((LAST,), {}, writes, most, NOON) == (LAST,)
    limited = replace(LAST, power_kw=1.0, reason=Reason("limit_fuse", {"limit_kw": 9.0}))
    assert spare((limited,), {"battery": LAST}, writes, most, NOON) == (limited,)
    lower = replace(LIMIT, limit_kw=1.0)
    assert spare((lower,), {"roof": LIMIT}, writes, most, NOON) == (LIMIT,)


@pytest.mark.parametrize(
    ("code", "safe"),
    [("limit_fuse", True), ("limit_operator", True), ("limit_peak", False), ("cover", False)],
)
def test_a_fuse_and_the_grid_are_protected_and_a_peak_is_only_dear(code: str, safe: bool) -> None:
    assert protects(Reason(code)) is safe
