"""Cases of real homes, some with something put into them that is to be found."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from custom_components.shems.core.assets.plane import Site
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.horizon import DAY_S, HOUR_S
from custom_components.shems.core.replay.course import Course, default_shift_weeks
from custom_components.shems.core.replay.whatif.question import Subject
from custom_components.shems.core.report.tips.contract import as_dynamic, as_fixed
from custom_components.shems.core.report.tips.ground import Capacity, Ground
from custom_components.shems.core.report.tips.replaying import AS_IT_IS, Altered, Replay
from custom_components.shems.core.report.tips.tip import Tip
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Bools

from ..simulation.files import read_home, read_prices
from ..whatif.subjects import market_of, subject_of
from .case import Case, without
from .roofs import Loss

PRICES: Final = "prices/nl_2019_2023.csv.gz"
_PRICE_ZONE: Final = "Europe/Amsterdam"
_PLACES: Final = {
    "fontana/home_01": ("America/Los_Angeles", Site(34.1, -117.4)),
    "fontana/home_02": ("America/Los_Angeles", Site(34.1, -117.4)),
    "fontana/home_04": ("America/Los_Angeles", Site(34.1, -117.4)),
    "fontana/home_08": ("America/Los_Angeles", Site(34.1, -117.4)),
    "hue/home_01": ("America/Vancouver", Site(49.2, -123.1)),
    "sgsc/home_10006414": ("Australia/Sydney", Site(-33.9, 151.2)),
    "sgsc/home_10017936": ("Australia/Sydney", Site(-33.9, 151.2)),
    "sgsc/home_10018064": ("Australia/Sydney", Site(-33.9, 151.2)),
}
HOMES: Final = tuple(_PLACES)
SUNNY: Final = HOMES[:4]
_PAST_DAYS: Final = 184
_LATER_DAYS: Final = 180
_RISE_DAYS: Final = 30
_RISES_KW: Final = (0.06, 0.1, 0.15, 0.2)
_SUN_DAYS: Final = 250
"""Past the winter: without cloudless days nobody sees dirt, nor what a limit takes."""
_DIRT_DAYS: Final = 35
_DIRT: Final = (0.15, 0.2, 0.25, 0.3)
_LEAST_SOC: Final = 0.1
_LIMIT_KW: Final = 1.0
_CONTRACTED_KW: Final = 17.0
_PER_KW: Final = 40.0


def cases(data: Path) -> list[Case]:
    """Return every case of real homes."""
    found = []
    for number, home in enumerate(HOMES):
        for tariff in ("spot", "tou", "flat"):
            subject, cut = of_file(data, home, tariff)
            name = f"{home}, {tariff}"
            found.append(_standby(name, subject, cut, _RISES_KW[number % len(_RISES_KW)]))
            found.append(Case("contract", name, Ground(subject), cut, other_contract))
        subject, cut = of_file(data, home, "flat")
        capacity = Capacity(_CONTRACTED_KW, _PER_KW, interval_s=float(HOUR_S))
        found.append(
            Case(
                "capacity",
                home,
                Ground(subject, capacity=capacity),
                cut,
                fixed=partial(_capacity, capacity),
            )
        )
    for number, home in enumerate(SUNNY):
        for tariff in ("spot", "tou"):
            found.append(_reserve(home, tariff, data))
            subject, cut = of_file(data, home, tariff, past_days=_SUN_DAYS)
            name = f"{home}, {tariff}"
            found.append(_dirt(name, subject, cut, _DIRT[number]))
        found += [
            _throttled(f"{home}, {tariff}", *of_file(data, home, tariff, past_days=_SUN_DAYS))
            for tariff in ("spot", "flat")
        ]
    return found


def of_file(
    data: Path,
    home: str,
    tariff: str,
    battery: tuple[float, float] | None = None,
    past_days: int = _PAST_DAYS,
) -> tuple[Subject, float]:
    """Return a home with a year of its past, and the cut in its middle."""
    zone, site = _PLACES[home]
    course, prices = read_home(data / f"{home}.csv.gz", zone), read_prices(data / PRICES)
    days = Days(zone, float(HOUR_S))
    begin = days.day(float(course.start[0])) + 1
    kept = course.start < days.midnight(begin + _PAST_DAYS + _LATER_DAYS)
    course = Course(
        course.start[kept],
        course.step_s,
        course.load_kw[kept],
        None if course.solar_kw is None else course.solar_kw[kept],
        None,
        zone,
    )
    shift = default_shift_weeks(course, prices, _PRICE_ZONE)
    market = market_of(course, prices, _PRICE_ZONE, shift)
    subject = subject_of(course, market, tariff, site=site, battery=battery)
    return replace(subject, managed=False), days.midnight(begin + past_days)


def _standby(home: str, subject: Subject, cut: float, rise_kw: float) -> Case:
    load = subject.history.load
    more = np.where(load.start >= cut - _RISE_DAYS * DAY_S, rise_kw, 0.0)
    risen = replace(subject.history, load=Series(load.start, load.end, load.value + more))
    came = partial(without, Series(load.start, load.end, more))
    return Case("standby", home, Ground(replace(subject, history=risen)), cut, came)


def other_contract(then: Replay, tip: Tip) -> tuple[Altered, Altered]:
    """Return the prices of the kind of contract that a tip names."""
    scene = then.scene()
    buy = as_dynamic(scene, then) if tip.args["kind"] == "dynamic" else as_fixed(scene)
    return Altered(buy=buy), AS_IT_IS


def _capacity(contract: Capacity, then: Replay, tip: Tip) -> float:
    highest = float(then.subject.history.load.value[_measured(then)].max())
    wanted = float(tip.args["enough"])
    return (contract.contracted_kw - max(wanted, highest)) * contract.price_per_kw


def _measured(then: Replay) -> Bools:
    return np.isfinite(then.subject.history.load.value)


def _reserve(home: str, tariff: str, data: Path) -> Case:
    subject, cut = of_file(data, home, tariff, (10.0, 5.0))
    (battery,) = subject.home.batteries
    kept = replace(battery, reserve_soc=0.5)
    home_of = replace(subject.home, batteries=(kept,))
    ground = Ground(replace(subject, home=home_of))
    return Case("reserve", f"{home}, {tariff}", ground, cut, _unreserved)


def _unreserved(then: Replay, _: Tip) -> tuple[Altered, Altered]:
    present = then.world().battery
    if present is None:
        raise AssertionError("the home has a battery")
    return Altered(battery=replace(present, reserve_soc=_LEAST_SOC)), AS_IT_IS


def _dirt(home: str, subject: Subject, cut: float, share: float) -> Case:
    loss = Loss(share, cut - _DIRT_DAYS * DAY_S, float(subject.history.load.start[0]), cut)
    return loss.case(home, partial(_known, subject))


def _known(subject: Subject, _: Loss) -> Subject:
    return subject


def _throttled(home: str, subject: Subject, cut: float) -> Case:
    load, solar = subject.history.load.value, subject.history.solar
    given = np.minimum(solar.value, np.maximum(load, 0.0) + _LIMIT_KW)
    lost = Series(solar.start, solar.end, solar.value - given)
    history = replace(subject.history, solar=Series(solar.start, solar.end, given))
    connection = replace(subject.home.connection, export_limit_kw=_LIMIT_KW)
    changed = replace(subject, history=history, home=replace(subject.home, connection=connection))
    return Case("curtailed", home, Ground(changed), cut, partial(_unlimited, lost))


def _unlimited(lost: Series, then: Replay, _: Tip) -> tuple[Altered, Altered]:
    start = then.years.clock.start
    more = np.nan_to_num(lost.between(start, start + HOUR_S))
    return Altered(solar_kw=more, export_kw=1e3), AS_IT_IS
