"""Homes in which there is something to find, small enough for a moment."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.plane import Plane, Site, clear_sky, power
from custom_components.shems.core.assets.sun import position
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.replay.whatif.question import Subject
from custom_components.shems.core.replay.whatif.weeks import Ahead
from custom_components.shems.core.report.tips.ground import Consumer, Ground
from custom_components.shems.core.report.tips.replaying import Replay, Work
from custom_components.shems.core.report.tips.tip import Tip
from custom_components.shems.core.series import Series
from custom_components.shems.core.tariff import PriceRule, Tariff, Window
from custom_components.shems.core.units import Floats

HOUR = 3600.0
DAYS = 112
BEGIN = 19_723 * 86400.0 + 60 * 86400.0
"""1 March 2024: the sun rises higher from day to day."""
START = BEGIN + HOUR * np.arange(DAYS * 24, dtype=np.float64)
END = START + HOUR
CLOCK = (START // HOUR) % 24
DAY = (START - BEGIN) // 86400.0
SITE = Site(50.0, 8.0)
FLAT = Tariff(PriceRule(0.0, 0.3), PriceRule(0.0, 0.08), "UTC", "EUR")
NIGHT = Tariff(PriceRule(0.0, 0.4, (Window(0, 360, 0.1),)), PriceRule(0.0, 0.08), "UTC", "EUR")
SPOT = Tariff(PriceRule(1.0, 0.15), PriceRule(0.9), "UTC", "EUR")


def series(value: Floats | float) -> Series:
    """Return powers of the hours of the past."""
    return Series(START, END, np.broadcast_to(np.asarray(value, dtype=np.float64), START.shape))


def lived() -> Floats:
    """Return what people take, kW: more in the evening, a little otherwise every day."""
    noise = np.random.default_rng(5)
    load: Floats = 0.2 + 0.5 * ((CLOCK >= 17) & (CLOCK < 23)) + 0.02 * noise.random(len(START))
    return load


def market() -> Floats:
    """Return prices that are low at night and high in the evening."""
    prices: Floats = 0.10 - 0.06 * (CLOCK < 6) + 0.10 * ((CLOCK >= 17) & (CLOCK < 21))
    return prices


def sunny(peak_kw: float = 4.0, facing: tuple[float, ...] = (180.0,)) -> Floats:
    """Return what a roof gives, kW: under a clear sky on two days of three."""
    moment = START + HOUR / 2
    sun = position(moment, SITE.latitude, SITE.longitude)
    planes = (Plane(35.0, azimuth, peak_kw / len(facing)) for azimuth in facing)
    clear = np.sum([power(plane, sun, clear_sky(sun), 15.0) for plane in planes], axis=0)
    given: Floats = clear * np.where(DAY % 3 == 2, 0.2 + 0.5 * (CLOCK % 2), 1.0)
    return given


def battery(reserve: float = 0.6) -> Battery:
    """Return a battery that keeps a part of it."""
    return Battery("b", "Battery", 10.0, 5.0, 5.0, min_soc=0.1, reserve_soc=reserve)


def ground(load: Floats | None = None, *, tariff: Tariff = FLAT, **told: Any) -> Ground:
    """Return what tips rest on: a home, and fields of ground, subject, history or home by name."""
    history = History(series(lived() if load is None else load), market=series(market()))
    home = Home(Connection())
    for name in ("solar", "outdoor"):
        if name in told:
            history = replace(history, **{name: told.pop(name)})
    for name in ("connection", "batteries"):
        if name in told:
            home = replace(home, **{name: told.pop(name)})
    site = told.pop("site", None)
    managed = told.pop("managed", False)
    subject = Subject(home, tariff, history, "UTC", float(END[-1]), site, managed=managed)
    return Ground(subject, **told)


def consumer(value: Floats, kind: str, **told: Any) -> Consumer:
    """Return a device that took something."""
    return Consumer("d", "Device", kind, series(value), **told)


def replay_of(home: Ground, draws: int = 8, days: int = 56) -> Replay:
    """Return a few weeks of a home, drawn a few times."""
    first = Days("UTC", HOUR).day(home.subject.until)
    return done(Replay.of(home.subject, Ahead(first, days), draws))


def done[T](work: Work[T]) -> T:
    """Return what a work comes to."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: T = end.value
            return result


def found(
    find: Callable[[Ground, Replay], Work[tuple[Tip, ...]]], home: Ground, **told: int
) -> tuple[Tip, ...]:
    """Return the tips of one kind."""
    return done(find(home, replay_of(home, **told)))
