"""Tips about what is taken: standby, appliances, refrigerators, cars and peaks."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.forecast.vehicle import Session
from custom_components.shems.core.peak import PeakTariff
from custom_components.shems.core.report.tips import (
    appliance_hour,
    capacity,
    charging,
    cooling,
    peaks,
    standing,
)
from custom_components.shems.core.report.tips.ground import Capacity, Ground
from custom_components.shems.core.report.tips.runs import Programme, moved, runs_of
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats
from tests.core.report.tips.tip_homes import (
    BEGIN,
    CLOCK,
    DAY,
    DAYS,
    END,
    HOUR,
    NIGHT,
    SPOT,
    START,
    consumer,
    found,
    ground,
    lived,
    replay_of,
    series,
)

YEAR_H = 8766.0


def left_on(kw: float, days: int) -> Floats:
    load: Floats = lived() + np.where(DAYS - days <= DAY, kw, 0.0)
    return load


def test_standby_that_has_risen_costs_what_it_takes_all_year() -> None:
    (tip,) = found(standing.find, ground(left_on(0.2, 30)))
    assert tip.args["rise"] == pytest.approx(200, abs=10)
    assert tip.since == BEGIN + (DAYS - 30) * 86400.0
    assert tip.value.low <= 0.2 * YEAR_H * 0.3 <= tip.value.high


@pytest.mark.parametrize(
    "load",
    [
        lived(),
        left_on(0.02, 30),
        left_on(0.2, 30) - np.where(DAY >= DAYS - 12, 0.2, 0.0),
        left_on(0.2, 4),
    ],
)
def test_standby_is_not_told_where_it_has_not_risen_for_good(load: Floats) -> None:
    assert found(standing.find, ground(load)) == ()


def dishes(hour: int, every: int = 1) -> Floats:
    """Return a dishwasher that runs for two hours, sometimes an hour later."""
    begin = (hour + DAY % 5 // 4) % 24
    on = (DAY % every == 0) & ((begin == CLOCK) | (begin + 1 == CLOCK))
    taken: Floats = np.where(on, np.where(begin == CLOCK, 0.7, 0.4), 0.0)
    return taken


def test_an_appliance_is_cheaper_at_night() -> None:
    machine = consumer(dishes(18), "appliance")
    home = ground(lived() + dishes(18), tariff=NIGHT, consumers=(machine,))
    (tip,) = found(appliance_hour.find, home)
    assert tip.args["usual"] == "18:00"
    assert int(str(tip.args["better"])[:2]) < 5
    assert tip.args["energy"] == pytest.approx(1.1)
    assert tip.args["runs"] == pytest.approx(7.0, abs=0.1)
    assert tip.value.low <= 1.1 * 365 * 0.3 <= tip.value.high


@pytest.mark.parametrize(
    ("power", "kind", "driven"),
    [
        (dishes(18), "appliance", True),
        (dishes(18), "load", False),
        (dishes(18, 20), "appliance", False),
        (dishes(0), "appliance", False),
        (dishes(18) * (1 + 3 * (DAY % 3)), "appliance", False),
    ],
)
def test_an_appliance_is_left_alone_that_is_driven_seldom_or_irregular(
    power: Floats, kind: str, driven: bool
) -> None:
    machine = consumer(power, kind, driven=driven)
    assert (
        found(appliance_hour.find, ground(lived() + power, tariff=NIGHT, consumers=(machine,)))
        == ()
    )


def test_runs_that_are_moved_take_the_same_on_the_same_day() -> None:
    home = ground()
    diary = replay_of(home).diary
    machine = consumer(dishes(18) + np.where(CLOCK == 3, 0.03, 0.0), "appliance")
    runs = runs_of(machine, diary)
    assert len(runs) == DAYS
    change = moved(runs, diary, 23)
    assert change.sum() == pytest.approx(0.0)
    assert change.min() == pytest.approx(-0.7)
    usual = Programme.of(runs, diary)
    assert usual.alike == 1.0
    assert usual.power_kw == pytest.approx([0.7, 0.4])


def fridge(more: float, days: int = 40) -> Floats:
    noise = np.random.default_rng(2)
    daily = np.repeat(1.0 + 0.03 * noise.normal(size=DAYS), 24)
    taken: Floats = 0.04 * daily * np.where(DAYS - days <= DAY, 1 + more, 1.0)
    return taken


@pytest.mark.parametrize("outdoor", [None, 15.0 + 5.0 * np.sin(DAY / 9.0), 10.0])
def test_a_refrigerator_that_drifts_costs_what_it_takes_more(outdoor: Floats | None) -> None:
    told = {} if outdoor is None else {"outdoor": series(outdoor)}
    power = fridge(0.6)
    home = ground(lived() + power, consumers=(consumer(power, "load"),), **told)
    (tip,) = found(cooling.find, home)
    assert tip.args["usual"] == pytest.approx(0.96, abs=0.05)
    assert tip.args["now"] == pytest.approx(1.54, abs=0.1)
    assert tip.value.low <= 0.024 * YEAR_H * 0.3 <= tip.value.high
    assert tip.since is not None


@pytest.mark.parametrize(
    "power",
    [
        fridge(0.0),
        fridge(0.6) * 100,
        dishes(18),
        np.where(DAY < DAYS - 60, np.nan, fridge(0.6)),
    ],
)
def test_what_is_no_ailing_refrigerator_is_left_alone(power: Floats) -> None:
    home = ground(lived(), consumers=(consumer(power, "load"), consumer(power, "vehicle")))
    assert found(cooling.find, home) == ()


def away(power: Floats) -> Floats:
    """Return a refrigerator that was unplugged for three days."""
    return np.where((DAY >= 20) & (DAY < 23), 0.0, power)


@pytest.mark.parametrize(
    ("power", "kind"),
    [(away(fridge(0.6)), "load"), (fridge(0.6), "sheddable"), (fridge(0.6) * 8, "load")],
)
def test_what_its_form_calls_a_refrigerator_is_one(power: Floats, kind: str) -> None:
    """By what it takes alone it is none: it rested, is shed, or is as large as a shop's."""
    for cools, count in ((False, 0), (True, 1)):
        home = ground(lived() + power, consumers=(consumer(power, kind, cools=cools),))
        assert len(found(cooling.find, home)) == count
    driven = consumer(power, kind, cools=True, driven=True)
    assert found(cooling.find, ground(lived() + power, consumers=(driven,))) == ()


def test_what_took_nothing_has_not_drifted() -> None:
    power = np.where(DAYS - 40 <= DAY, 0.1, 0.0)
    home = ground(lived() + power, consumers=(consumer(power, "load", cools=True),))
    assert found(cooling.find, home) == ()


def stays(hours: int = 13) -> tuple[Session, ...]:
    """Return nights at the charger."""
    began = BEGIN + 86400.0 * np.arange(DAYS) + 18 * HOUR
    return tuple(Session(each, each + hours * HOUR, 9.0) for each in began.tolist())


def charged() -> Floats:
    taken: Floats = np.where((CLOCK >= 18) & (CLOCK < 21), 3.0, 0.0)
    return taken


def test_a_car_charges_cheaper_while_it_stays() -> None:
    car = consumer(charged(), "vehicle", stays=stays())
    home = ground(lived() + charged(), tariff=SPOT, consumers=(car,))
    (tip,) = found(charging.find, home, draws=16)
    assert tip.args["stays"] == DAYS
    assert tip.args["energy"] == pytest.approx(9.0)
    assert int(str(tip.args["begin"])[:2]) in (23, 0, 1, 2)
    assert tip.value.low <= 9.0 * 365 * 0.16 <= tip.value.high


@pytest.mark.parametrize(
    ("told", "driven"), [(stays()[:3], False), (stays(1), False), (stays(), True)]
)
def test_a_car_is_left_alone_that_is_driven_or_hardly_stays(
    told: tuple[Session, ...], driven: bool
) -> None:
    car = consumer(charged(), "vehicle", stays=told, driven=driven)
    home = ground(lived() + charged(), tariff=SPOT, consumers=(car,))
    assert found(charging.find, home) == ()


def peaked(price: float = 8.0) -> Connection:
    return Connection(peaks=(PeakTariff(price, interval_s=3600),))


def test_a_car_makes_the_peak() -> None:
    car, kettle = consumer(charged(), "vehicle"), consumer(dishes(18) * 0.1, "appliance")
    fridge_too = consumer(fridge(0.0), "load")
    home = ground(lived() + charged(), connection=peaked(), consumers=(fridge_too, kettle, car))
    (tip,) = found(peaks.find, home)
    assert tip.args["name"] == "Device"
    assert tip.args["share"] == pytest.approx(81, abs=3)
    # Half of 3 kW in every month; what is left is in the evening all the same.
    assert tip.value.low <= 1.5 * 8.0 * 12 <= tip.value.high


def test_a_machine_takes_no_more_than_it_can_however_people_live() -> None:
    """What the past's own months would have saved is promised, not what a lucky hour would."""
    often = consumer(3.0 * np.isin(CLOCK, (3, 9, 13, 20)), "vehicle")
    load = 0.5 + often.power.value
    (tip,) = found(peaks.find, ground(load, connection=peaked(), consumers=(often,)), draws=64)
    assert tip.value.median == pytest.approx(1.5 * 8.0 * 12, rel=0.05)


def test_nobody_makes_a_peak_that_costs_nothing_or_is_everybodys() -> None:
    car = consumer(charged(), "vehicle")
    assert found(peaks.find, ground(lived() + charged(), consumers=(car,))) == ()
    small = consumer(0.05 * charged(), "vehicle")
    home = ground(lived() + 0.05 * charged(), connection=peaked(), consumers=(small,))
    assert found(peaks.find, home) == ()
    sun = ground(lived(), connection=peaked(), solar=series(0.0))
    assert found(peaks.find, sun) == ()


def test_a_month_of_which_nothing_is_known_has_no_peak() -> None:
    load = np.where((DAY >= 30) & (DAY < 62), np.nan, lived() + charged())
    home = ground(load, connection=peaked(), consumers=(consumer(charged(), "vehicle"),))
    assert len(found(peaks.find, home)) == 1


def many(days: int = 190) -> Series:
    start = END[-1] - HOUR * np.arange(days * 24, 0, -1.0)
    return Series(start, start + HOUR, 0.4 + 2.0 * ((start // HOUR) % 24 == 19))


def contracted(kw: float, **told: float) -> Capacity:
    return Capacity(kw, 40.0, **told)


def test_less_power_is_enough() -> None:
    home = ground(capacity=contracted(14.0))
    home = _lasting(home)
    (tip,) = found(capacity.find, home)
    assert float(tip.args["enough"]) < 7.0
    assert tip.value.median == pytest.approx((14.0 - float(tip.args["enough"])) * 40.0, rel=0.1)


@pytest.mark.parametrize("kw", [1.0, None])
def test_power_that_is_needed_is_kept(kw: float | None) -> None:
    told = None if kw is None else contracted(kw)
    assert found(capacity.find, _lasting(ground(capacity=told))) == ()
    assert found(capacity.find, ground(capacity=contracted(14.0))) == ()


def _lasting(home: Ground) -> Ground:
    history = replace(home.subject.history, load=many())
    return replace(home, subject=replace(home.subject, history=history))


@pytest.mark.parametrize(
    ("finest", "interval", "factor"),
    [
        (Series.empty(), 900.0, 1.4),
        (series(1.0), 900.0, 1.4),
        (series(1.0), 3600.0, 1.0),
        (Series(START[:1], START[:1] + 300.0, np.ones(1)), 900.0, 1.4),
    ],
)
def test_short_peaks_are_usual_where_nobody_measured_them(
    finest: Series, interval: float, factor: float
) -> None:
    assert capacity.peakedness(finest, interval) == factor


def test_short_peaks_are_as_measured() -> None:
    start = BEGIN + 300.0 * np.arange(24)
    value = np.where((np.arange(24) >= 12) & (np.arange(24) < 15), 4.0, 1.0)
    assert capacity.peakedness(Series(start, start + 300.0, value), 900.0) == pytest.approx(
        4 / 1.75
    )
