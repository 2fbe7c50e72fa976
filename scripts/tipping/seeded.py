"""Cases of simulated homes, and of real cars in real homes with real prices."""

import csv
import gzip
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import product
from pathlib import Path
from typing import Final

import numpy as np

from custom_components.shems.core.assets.building import Building
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.plane import Site
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.forecast.vehicle import Session
from custom_components.shems.core.horizon import DAY_S, HOUR_S
from custom_components.shems.core.peak import PeakTariff
from custom_components.shems.core.replay.course import WEEK_S
from custom_components.shems.core.replay.run import protocol_tariff
from custom_components.shems.core.replay.whatif.question import Subject
from custom_components.shems.core.report.tips.charging import shifted, stays_of
from custom_components.shems.core.report.tips.ground import Consumer, Ground
from custom_components.shems.core.report.tips.peaks import slower
from custom_components.shems.core.report.tips.replaying import AS_IT_IS, Altered, Replay
from custom_components.shems.core.report.tips.runs import moved, runs_of
from custom_components.shems.core.report.tips.tip import Tip
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats
from custom_components.shems.core.world.appliance import PROGRAMMES, Programme
from custom_components.shems.core.world.household import Household
from custom_components.shems.core.world.living import Living, appliance_starts, living
from custom_components.shems.core.world.prices import market as market_price

from ..simulation.files import read_home, read_prices
from .case import Case, done, without
from .real import PRICES, other_contract

ZONE: Final = "Europe/Amsterdam"
_SITE: Final = Site(52.1, 5.1)
_BEGIN: Final = datetime(2020, 8, 31, 22, tzinfo=UTC).timestamp()
_PAST_DAYS: Final = 184
_LATER_DAYS: Final = 180
_SEEDS: Final = (11, 12, 13, 14)
_AT_TWO_PRICES: Final = range(22, 80, 3)
_SUBSTEPS: Final = 6
"""Moments of an hour whose mean is its power."""
_DRIFT_DAYS: Final = 35
_DRIFTS: Final = (1.2, 1.3, 1.4, 1.6)
_FRIDGE_KWH: Final = 0.9
_BUILDINGS: Final = (0.12, 0.18, 0.25, 0.3)
"""Heat lost, kW/K: from a new house to an old one."""
_COP: Final = 3.0
_SETPOINT_C: Final = 21.5
_CHARGER_KW: Final = 3.6
_DRIVERS: Final = 12
_LEAST_SESSIONS: Final = 40
_HALF_YEAR: Final = 26
"""Weeks between the seasons of the hemispheres."""
_PEAK: Final = PeakTariff(5.0, interval_s=HOUR_S)
_LOADS: Final = ("sgsc/home_10006414", "sgsc/home_10017936", "sgsc/home_10018064")


def cases() -> list[Case]:
    """Return the cases of simulated homes."""
    found = []
    for number, seed in enumerate(_SEEDS):
        subject, cut = simulated(seed)
        found += [_appliance(seed, programme, subject, cut) for programme in PROGRAMMES]
        found.append(_fridge(seed, subject, cut, _DRIFTS[number]))
        found.append(_heated(seed, subject, cut, _BUILDINGS[number]))
    found += [
        Case("contract", f"seed {seed}, tou", partial(_at_two_prices, seed), cut, other_contract)
        for seed in _AT_TWO_PRICES
    ]
    return found


def simulated(seed: int) -> tuple[Subject, float]:
    """Return a simulated home without panels, with its market's prices, and the cut."""
    hours = (_PAST_DAYS + _LATER_DAYS) * 24
    start = _BEGIN + HOUR_S * np.arange(hours, dtype=np.float64)
    lived = _lived(seed, start)
    end = start + HOUR_S
    load = Series(start, end, _hourly(lived.load_kw))
    market = Series(start, end, market_price(seed, start, ZONE))
    outdoor = Series(start, end, _hourly(lived.outdoor_c))
    subject = Subject(
        Home(Connection()),
        protocol_tariff("spot", ZONE, "EUR"),
        History(load, market=market, outdoor=outdoor),
        ZONE,
        float(end[-1]),
        _SITE,
        managed=False,
    )
    return subject, _BEGIN + _PAST_DAYS * DAY_S


def _at_two_prices(seed: int) -> Ground:
    """Return a simulated home that pays by the time of day."""
    subject, _ = simulated(seed)
    return Ground(replace(subject, tariff=protocol_tariff("tou", ZONE, "EUR")))


def _lived(seed: int, start: Floats) -> Living:
    inside = (np.arange(_SUBSTEPS) + 0.5) * HOUR_S / _SUBSTEPS
    return living(Household(seed, zone=ZONE), (start[:, np.newaxis] + inside).ravel())


def _hourly(value: Floats) -> Floats:
    mean: Floats = value.reshape(-1, _SUBSTEPS).mean(axis=1)
    return mean


def _with(subject: Subject, power: Floats) -> Subject:
    """Return a home in which something takes power besides."""
    load = subject.history.load
    more = replace(subject.history, load=Series(load.start, load.end, load.value + power))
    return replace(subject, history=more)


def _appliance(seed: int, programme: Programme, subject: Subject, cut: float) -> Case:
    load = subject.history.load
    power = np.zeros(len(load))
    begin = float(load.start[0])
    for at in appliance_starts(Household(seed, zone=ZONE), begin, subject.until - DAY_S)[
        programme.name
    ]:
        first = int((at - begin) // HOUR_S)
        offset = (at - begin) / HOUR_S - first
        for hour in range(int(np.ceil(offset + programme.hours))):
            power[first + hour] += programme.mean_kw(hour - offset, hour + 1 - offset)
    machine = Consumer("m", programme.name, "appliance", Series(load.start, load.end, power))
    ground = Ground(_with(subject, power), (machine,))
    name = f"seed {seed}, {programme.name}"
    return Case("appliance_hour", name, ground, cut, partial(_at_better, machine))


def _at_better(machine: Consumer, then: Replay, tip: Tip) -> tuple[Altered, Altered]:
    hour = int(str(tip.args["better"])[:2])
    return Altered(load_kw=moved(runs_of(machine, then.diary), then.diary, hour)), AS_IT_IS


def _fridge(seed: int, subject: Subject, cut: float, drift: float) -> Case:
    load, outdoor = subject.history.load, subject.history.outdoor
    noise = np.random.default_rng(seed)
    days = len(load) // 24
    warmth = 1.0 + 0.01 * (outdoor.value - outdoor.value.mean())
    usual = _FRIDGE_KWH / 24 * warmth * np.repeat(np.exp(noise.normal(0.0, 0.06, days)), 24)
    power = usual * np.where(load.start >= cut - _DRIFT_DAYS * DAY_S, drift, 1.0)
    fridge = Consumer("f", "refrigerator", "load", Series(load.start, load.end, power))
    more = Series(load.start, load.end, power - usual)
    ground = Ground(_with(subject, power), (fridge,))
    return Case("cooling", f"seed {seed}", ground, cut, partial(without, more))


def _heated(seed: int, subject: Subject, cut: float, loss: float) -> Case:
    building = Building(loss_kw_per_k=loss)
    power = heating_kw(building, subject.history.outdoor.value, _SETPOINT_C)
    less = power - heating_kw(building, subject.history.outdoor.value, _SETPOINT_C - 1.0)
    load = subject.history.load
    saved = Series(load.start, load.end, less)
    ground = Ground(_with(subject, power), setpoints=(("h", "heat pump", _SETPOINT_C),))
    return Case("setpoint", f"seed {seed}, {loss} kW/K", ground, cut, partial(without, saved))


def heating_kw(building: Building, outdoor_c: Floats, setpoint_c: float) -> Floats:
    """Return what an ideal thermostat takes by the physics of a building, (N,) kW electric."""
    indoor = mass = setpoint_c
    power = np.zeros(len(outdoor_c))
    for number, outdoor in enumerate(outdoor_c.tolist()):
        idle, _ = building.step(indoor, mass, 0.0, outdoor, 0.0, 1.0)
        warmed, _ = building.step(indoor, mass, 1.0, outdoor, 0.0, 1.0)
        heat = max((setpoint_c - idle) / (warmed - idle), 0.0)
        indoor, mass = building.step(indoor, mass, heat, outdoor, 0.0, 1.0)
        power[number] = heat / _COP
    return power


def driven(data: Path) -> list[Case]:
    """Return the cases of real cars, each in all real homes of another place."""
    prices = read_prices(data / PRICES)
    found = []
    for home, (driver, stays) in product(_LOADS, drivers(data)):
        subject, car, cut = _garage(data, home, stays, prices)
        found.append(
            Case(
                "charging",
                f"{home}, {driver}",
                Ground(subject, (car,)),
                cut,
                partial(_planned, car),
            )
        )
        peaked = replace(
            subject,
            tariff=protocol_tariff("flat", ZONE, "EUR"),
            home=Home(Connection(peaks=(_PEAK,))),
        )
        found.append(
            Case(
                "peak_driver", f"{home}, {driver}", Ground(peaked, (car,)), cut, partial(_slow, car)
            )
        )
    return found


def _planned(car: Consumer, then: Replay, _: Tip) -> tuple[Altered, Altered]:
    change, _hours = done(shifted(stays_of(car, then.diary), then))
    return Altered(load_kw=change), AS_IT_IS


def _slow(car: Consumer, then: Replay, _: Tip) -> tuple[Altered, Altered]:
    return Altered(load_kw=slower(runs_of(car, then.diary), then)), AS_IT_IS


def drivers(data: Path) -> list[tuple[str, tuple[Session, ...]]]:
    """Return drivers who charged for most of a year, the busiest first."""
    by_user: dict[str, list[Session]] = {}
    with gzip.open(data / "ev_norway/trondheim_sessions.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["plug_out_time"] and row["user_type"] != "shared":
                begin, end = _at(row["plug_in_time"]), _at(row["plug_out_time"])
                stay = Session(begin, end, float(row["energy_kwh"] or 0.0))
                by_user.setdefault(row["user_id"], []).append(stay)
    known = {
        user: tuple(sorted(stays, key=lambda stay: stay.plug_in))
        for user, stays in sorted(by_user.items())
        if len(stays) >= _LEAST_SESSIONS
        and max(s.plug_in for s in stays) - min(s.plug_in for s in stays) > 200 * DAY_S
    }
    ordered = sorted(known, key=lambda user: -len(known[user]))
    return [(user, known[user]) for user in ordered[:_DRIVERS]]


def _at(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def _garage(
    data: Path, home: str, stays: Sequence[Session], prices: Series
) -> tuple[Subject, Consumer, float]:
    """Return a home of its own year, moved to that of a car that charges when it comes."""
    course = read_home(data / f"{home}.csv.gz", ZONE)
    begin = np.floor(stays[0].plug_in / DAY_S) * DAY_S
    hours = int((stays[-1].plug_out - begin) // HOUR_S) + 1
    start = begin + HOUR_S * np.arange(hours, dtype=np.float64)
    weeks = (np.floor((begin - course.start[0]) / WEEK_S) - _HALF_YEAR) * WEEK_S
    moved_load = Series(course.start + weeks, course.start + weeks + course.step_s, course.load_kw)
    load = np.nan_to_num(moved_load.between(start, start + HOUR_S))
    power = np.zeros(hours)
    for stay in stays:
        left, at = stay.energy_kwh, stay.plug_in
        while left > 1e-9 and at < stay.plug_out:
            number = int((at - begin) // HOUR_S)
            until = min(start[number] + HOUR_S, stay.plug_out)
            charged = min(left, _CHARGER_KW * (until - at) / HOUR_S)
            power[number] += charged
            left, at = left - charged, until
    end = start + HOUR_S
    car = Consumer("c", "car", "vehicle", Series(start, end, power), stays=tuple(stays))
    subject = Subject(
        Home(Connection()),
        protocol_tariff("spot", ZONE, "EUR"),
        History(Series(start, end, load + power), market=_about(prices, begin)),
        ZONE,
        float(end[-1]),
        managed=False,
    )
    days = Days(ZONE, float(HOUR_S))
    return subject, car, days.midnight(days.day(begin) + hours // 48)


def _about(prices: Series, begin: float) -> Series:
    """Return prices of the two years from the home's first day on; before are none."""
    kept = (prices.start >= begin - 56 * DAY_S) & (prices.start < begin + 2 * 366 * DAY_S)
    return Series(prices.start[kept], prices.end[kept], prices.value[kept])
