"""A car comes, leaves and charges as it has done before."""

import csv
import gzip
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.levels import LEVELS, MEDIAN, pinball
from custom_components.shems.core.forecast.vehicle import Session, VehicleOutlook, vehicle_outlook
from custom_components.shems.core.horizon import HOUR_S

ZONE = "Europe/Oslo"
DAYS = Days(ZONE, HOUR_S)
MONDAY = DAYS.day(datetime(2026, 6, 1, 12, tzinfo=UTC).timestamp())


def at(day: int, hour: float) -> float:
    return DAYS.midnight(MONDAY + day) + hour * HOUR_S


def commuter(days: int = 70) -> list[Session]:
    """Return evenings of working days before Monday: about 17 h to 7 h, 8 to 12 kWh."""
    rng = np.random.default_rng(1)
    return [
        Session(
            at(day, 17 + rng.normal(0, 0.5)),
            at(day + 1, 7 + rng.normal(0, 0.3)),
            rng.uniform(8, 12),
        )
        for day in range(-days, 0)
        if day % 7 < 5
    ]


def expect(
    sessions: list[Session], now: float, since: float | None = None, charged_kwh: float = 0.0
) -> VehicleOutlook:
    found = vehicle_outlook(sessions, now, ZONE, since=since, charged_kwh=charged_kwh)
    assert found is not None
    for each in (found.arrival, found.departure, found.energy_kwh):
        assert each.shape == (19,)
        assert (np.diff(each) >= 0).all()
    assert 0 < found.chance <= 1
    assert (found.departure >= now - 1).all()
    assert len(found.paths) == 16
    for path in found.paths:
        assert all(stay.plug_in < stay.plug_out and stay.plug_out >= now - 1 for stay in path)
    return found


def test_a_commuter_comes_tonight_and_leaves_in_the_morning() -> None:
    found = expect(commuter(), at(0, 12))
    assert found.chance > 0.9
    assert found.arrival[MEDIAN] == pytest.approx(at(0, 17), abs=0.6 * HOUR_S)
    assert found.departure[MEDIAN] == pytest.approx(at(1, 7), abs=0.5 * HOUR_S)
    assert 8 < found.energy_kwh[0] < found.energy_kwh[-1] < 12
    starts = [len(path) for path in found.paths]
    assert np.mean(starts) == pytest.approx(3, abs=0.7)


def test_at_the_weekend_it_stays_away() -> None:
    found = expect(commuter(), at(5, 12))
    assert found.chance < 0.35
    assert found.arrival[MEDIAN] > at(6, 24)
    holiday = vehicle_outlook(commuter(), at(0, 12), ZONE, holidays=frozenset({MONDAY}))
    assert holiday is not None
    assert holiday.chance < 0.75


def test_what_has_not_come_by_late_evening_comes_another_day() -> None:
    early, late = expect(commuter(), at(0, 12)), expect(commuter(), at(0, 23))
    assert late.chance < 0.5 < early.chance
    assert (late.arrival > at(0, 23)).all()


def test_a_car_that_is_there_leaves_when_it_does() -> None:
    found = expect(commuter(), at(0, 20), since=at(0, 17.2), charged_kwh=9.0)
    assert found.chance == 1
    assert (found.arrival == at(0, 17.2)).all()
    assert found.departure[MEDIAN] == pytest.approx(at(1, 7), abs=0.5 * HOUR_S)
    assert found.energy_kwh[0] >= 9
    assert all(path[0].plug_in == at(0, 17.2) for path in found.paths)
    assert all(path[0].energy_kwh >= 9 for path in found.paths)


def test_the_longer_it_stays_the_later_it_leaves() -> None:
    usual = expect(commuter(), at(0, 20), since=at(0, 17))
    overdue = expect(commuter(), at(1, 7.2), since=at(0, 17))
    assert overdue.departure[MEDIAN] > usual.departure[MEDIAN]
    forever = expect(commuter(), at(3, 12), since=at(0, 17))
    assert forever.departure[MEDIAN] > at(3, 18)


def test_newer_habits_count_more() -> None:
    before = [stay for stay in commuter(140) if stay.plug_in < at(-42, 0)]
    shift = 3 * HOUR_S
    after = [
        Session(stay.plug_in + shift, stay.plug_out, stay.energy_kwh)
        for stay in commuter()
        if stay.plug_in >= at(-42, 0)
    ]
    found = expect(before + after, at(0, 12))
    assert found.arrival[MEDIAN] > at(0, 19)


def test_the_hour_of_the_wall_clock_stays_when_the_clocks_change() -> None:
    for change in (datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)):
        day = DAYS.day(change.timestamp() + 12 * HOUR_S)
        stays = [
            Session(DAYS.midnight(each) + 17 * HOUR_S, DAYS.midnight(each + 1) - HOUR_S, 5.0)
            for each in range(day - 40, day - 1)
        ]
        found = expect(stays, DAYS.midnight(day - 1) + 12 * HOUR_S)
        assert found.departure[MEDIAN] == pytest.approx(DAYS.midnight(day) - HOUR_S, abs=1)
        sunday = expect(stays, DAYS.midnight(day))
        hour = DAYS.position(sunday.arrival) % 24
        assert hour == pytest.approx(np.full(19, 17.0), abs=1e-6)


def test_too_few_stays_and_broken_ones_are_nothing() -> None:
    assert vehicle_outlook([], at(0, 12), ZONE) is None
    assert vehicle_outlook(commuter(7)[:4], at(0, 12), ZONE) is None
    broken = [
        Session(at(-3, 10), at(-4, 10), 5.0),
        Session(at(-3, 10), float("nan"), 5.0),
        Session(at(-3, 10), at(-3, 12), float("nan")),
        Session(at(-3, 10), at(-3, 12), -5.0),
        Session(at(3, 10), at(3, 12), 5.0),
    ]
    assert vehicle_outlook(broken, at(0, 12), ZONE) is None
    plain, other = expect(commuter(), at(0, 12)), expect(commuter() + broken, at(0, 12))
    assert plain.arrival.tolist() == other.arrival.tolist()


def test_stays_of_a_single_day_will_do() -> None:
    stays = [Session(at(0, hour), at(0, hour + 0.5), 1.0) for hour in range(1, 8)]
    found = expect(stays, at(0, 12))
    assert (found.arrival > at(0, 12)).all()
    gone = vehicle_outlook(stays, at(0, 12), ZONE, ahead_s=HOUR_S)
    assert gone is not None
    assert () in gone.paths


def test_real_cars_are_covered_and_better_than_the_mean_of_all(shems_data: Path) -> None:
    users: dict[str, list[Session]] = defaultdict(list)
    path = shems_data / "ev_norway" / "trondheim_sessions.csv.gz"
    with gzip.open(path, "rt") as file:
        for row in csv.DictReader(file):
            if row["plug_out_time"]:
                begin, end = (
                    datetime.fromisoformat(row[name]).timestamp()
                    for name in ("plug_in_time", "plug_out_time")
                )
                users[row["user_id"]].append(Session(begin, end, float(row["energy_kwh"])))
    inside, ours, mean = [], [], []
    for stays in users.values():
        if len(stays) < 100:
            continue
        stays.sort(key=lambda stay: stay.plug_in)
        for index in range(40, len(stays), 15):
            stay = stays[index]
            found = expect(stays[:index], stay.plug_in + 60, since=stay.plug_in)
            past = stays[:index]
            energy = np.mean([each.energy_kwh for each in past])
            hours = np.mean([each.plug_out - each.plug_in for each in past]) / HOUR_S
            for quantiles, truth, usual in (
                (found.energy_kwh, stay.energy_kwh, energy),
                (
                    (found.departure - stay.plug_in) / HOUR_S,
                    (stay.plug_out - stay.plug_in) / HOUR_S,
                    hours,
                ),
            ):
                inside.append(quantiles[1] <= truth <= quantiles[17])
                ours.append(pinball(quantiles, np.array(truth)).mean())
                mean.append(pinball(np.full(len(LEVELS), usual), np.array(truth)).mean())
    assert 0.72 < np.mean(inside) < 0.88
    assert np.mean(ours) < 0.8 * np.mean(mean)
