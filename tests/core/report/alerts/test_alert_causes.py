"""The causes of alerts: levels that can be chosen, margins, and nothing from what is unknown."""

import numpy as np
import pytest

from custom_components.shems.core.horizon import HOUR_S
from custom_components.shems.core.report.alerts import causes
from custom_components.shems.core.report.alerts.book import Signal
from custom_components.shems.core.report.alerts.causes import Limits, Runs
from custom_components.shems.core.report.alerts.kinds import Kind
from custom_components.shems.core.report.standby import watch

LIMITS = Limits()
AT = 1_700_000_000.0


def said(signal: Signal) -> tuple[bool | None, bool]:
    return signal.on, signal.off


def test_the_standby_is_told_with_its_size() -> None:
    load = np.full((100, 24), 0.1)
    load[80:] += 0.3
    signal = causes.standby(watch(load, 0, every_days=60.0))
    assert signal.on
    assert signal.facts == {"rise_w": 300, "level_w": 400, "since_day": 80}
    assert causes.standby(watch(load[:70], 0, every_days=60.0)).on is False
    assert causes.standby(None).on is None


def test_unusual_consumption_has_a_margin() -> None:
    assert said(causes.consumption(3.1, 3.0, 4.0, 1.0)) == (True, False)
    assert said(causes.consumption(2.0, 3.0, 4.0, 1.0)) == (False, False)
    assert said(causes.consumption(1.4, 3.0, 4.0, 1.0)) == (False, True)
    assert causes.consumption(9.0, None, 4.0, 1.0).on is None


@pytest.mark.parametrize(
    ("share", "expected"), [(0.91, (True, False)), (0.85, (False, False)), (0.7, (False, True))]
)
def test_a_fuse_is_near(share: float, expected: tuple[bool, bool]) -> None:
    assert said(causes.fuse(share, LIMITS)) == expected
    assert causes.fuse(None, LIMITS).on is None
    assert causes.fuse(0.6, Limits(fuse_share=0.5)).on


def test_a_peak_is_near_where_peaks_are_billed() -> None:
    assert said(causes.peak(4.9, 5.0, LIMITS)) == (True, False)
    assert said(causes.peak(4.5, 5.0, LIMITS)) == (False, False)
    assert said(causes.peak(2.0, 5.0, LIMITS)) == (False, True)
    assert causes.peak(4.9, None, LIMITS).on is None
    assert causes.peak(None, 5.0, LIMITS).on is None


def test_prices_are_compared_with_nothing_and_with_each_other() -> None:
    cheap, dear = causes.prices(-0.01, 0.2, LIMITS)
    assert (cheap.on, dear.on) == (True, False)
    cheap, dear = causes.prices(0.5, 0.2, LIMITS)
    assert (cheap.on, said(dear)) == (False, (True, False))
    assert said(causes.prices(0.37, 0.2, LIMITS)[1]) == (False, False)
    assert causes.prices(0.5, None, LIMITS)[1].on is None
    assert causes.prices(0.5, -0.1, LIMITS)[1].on is None
    assert [each.on for each in causes.prices(None, 0.2, LIMITS)] == [None, None]


def test_a_reserve_is_watched_where_one_is_asked_for() -> None:
    asked = Limits(reserve_share=0.4)
    assert said(causes.reserve(0.3, asked)) == (True, False)
    assert said(causes.reserve(0.42, asked)) == (False, False)
    assert said(causes.reserve(0.5, asked)) == (False, True)
    assert causes.reserve(None, asked).on is None
    assert causes.reserve(0.3, LIMITS).on is False


def test_an_outage_tells_how_long_the_batteries_last() -> None:
    signal = causes.outage(True, 0.5, 7.26)
    assert (signal.on, signal.facts) == (True, {"percent": 50, "hours": 7.3})
    assert causes.outage(True, None, None).facts == {}
    assert causes.outage(True, 0.5, None).facts == {}
    assert causes.outage(False, 0.5, 2.0).on is False
    assert causes.outage(None, 0.5, 2.0).on is None


def test_what_is_wrong_is_told_by_its_name() -> None:
    (signal,) = causes.wrong(Kind.METER_SILENT, {"sensor.grid": "Grid"})
    assert (signal.key, signal.on, signal.facts) == (
        "meter_silent:sensor.grid",
        True,
        {"name": "Grid"},
    )


def test_a_device_is_left_on_once_it_runs_longer_than_ever() -> None:
    runs, at = Runs(), AT
    for hours in (1, 9, 1, 1, 1):
        runs = runs.seen(1.0, at).seen(1.0, at + 60).seen(None, at + 120)
        at += hours * HOUR_S
        runs = runs.seen(0.0, at).seen(0.0, at + 60)
        at += HOUR_S
    assert (runs.count, runs.longest_s) == (5, 9 * HOUR_S)
    assert causes.left_on("a", "Oven", runs, at, LIMITS, meant=False).on is False
    runs = runs.seen(1.0, at)

    def after(hours: float, *, meant: bool = False) -> bool | None:
        return causes.left_on("a", "Oven", runs, at + hours * HOUR_S, LIMITS, meant=meant).on

    assert after(8.5) is False  # It has run for nine hours before.
    assert after(9.5) is True
    assert after(9.5, meant=True) is False


def test_nobody_knows_what_is_long_for_a_device_that_never_rested() -> None:
    always = Runs().seen(0.1, AT)
    assert causes.left_on("a", "Router", always, AT + 99 * HOUR_S, LIMITS, meant=False).on is None


def test_a_freezer_rests_too_long_or_gets_warm() -> None:
    def rests(hours: float | None) -> bool | None:
        return causes.freezer("sensor.p", "Freezer", resting_h=hours, limits=LIMITS).on

    assert (rests(7.0), rests(2.0), rests(None)) == (True, False, None)

    def warm(celsius: float) -> tuple[bool | None, bool]:
        return said(causes.freezer("sensor.t", "Freezer", celsius=celsius, limits=LIMITS))

    assert warm(-10.0) == (True, False)
    assert warm(-12.5) == (False, False)
    assert warm(-18.0) == (False, True)
