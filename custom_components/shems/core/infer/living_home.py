"""One home's history to the habits of its people, and from these to years as they may be."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..horizon import DAY_S, HOUR_S
from ..series import Series
from ..tariff import offsets_s
from ..units import Floats
from ..world.population.days import Place
from ..world.population.habits import Habits, Ways
from ..world.population.meters import averaged
from ..world.population.occupants import PER_DAY, live
from ..world.population.pulses import Ints
from .judge import LEAST_DAYS, Seen, infer
from .living import Living, LivingSeen
from .living_check import LEAD_DAYS
from .living_features import DAYS, HOURS, quantiles
from .network import Network
from .posterior import Posterior, pool

_WINDOWS: Final = 14
"""Of four weeks each: thirteen months."""
_THURSDAY: Final = 3
"""1 January 1970 was one."""
_CANDIDATES: Final = 32
"""Homes that are simulated for each one that is kept, the nearest to what was seen."""
_AT_ONCE: Final = 16
"""Years that are simulated together: one by quarters is 0.3 MB an array."""
_WINDOWS_AT_ONCE: Final = 128
_LEVELS: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
_SMALL_KW: Final = 0.05


@dataclass(frozen=True)
class Past:
    """What is known of a home.

    Attributes:
        load: of the whole home with its car, kW.
        zone: IANA name.
        latitude: degrees, north positive.
    """

    load: Series
    zone: str
    latitude: float


def windows(past: Past, now: float) -> tuple[LivingSeen, list[Seen]]:
    """Return a history in windows of 28 local days, the latest first, and when each was.

    Windows of which less than a week is known are left out.

    Args:
        past: of the home.
        now: epoch seconds; the last window ends with the last midnight before.
    """
    today = int((now + _offset(now, past.zone)) // DAY_S)
    first = today - DAYS * (1 + np.arange(_WINDOWS))
    begin = _utc(first[:, np.newaxis] * float(DAY_S) + np.arange(DAYS * HOURS) * HOUR_S, past.zone)
    hours = past.load.between(begin, begin + HOUR_S)
    days = np.isfinite(hours).sum(axis=1) / HOURS
    kept = np.flatnonzero(days >= LEAST_DAYS)
    seen = [
        Seen((float(begin[at, 0]), float(begin[at, -1]) + HOUR_S), float(days[at])) for at in kept
    ]
    return (
        LivingSeen(
            np.maximum(hours[kept], 0.0),
            (first[kept] + _THURSDAY) % 7,
            np.full(len(kept), past.latitude),
            _day_of_year(first[kept]),
            np.zeros((len(kept), 0)),
        ),
        seen,
    )


def infer_living(
    network: Network, past: Past, now: float, random: np.random.Generator
) -> Posterior | None:
    """Return the habits of a home's people, or None where less than a week is known.

    Several windows are pooled; where none may be trusted, the latest says why.

    Args:
        network: of the block.
        past: of the home, 7 to 400 days of it.
        now: epoch seconds.
        random: what the draws come from.
    """
    observed, seen = windows(past, now)
    if not seen:
        return None
    block = Living()
    found = infer(block, network, observed, seen, random)
    return pool(found, block.prior, network.learned) or found[0]


@dataclass(frozen=True)
class LivedYears:
    """What a home may do in days to come, S members.

    Attributes:
        start: (T,) begin of each step, epoch seconds.
        step_s: its length.
        house_kw: (S, T) everything but the car.
        car_kw: (S, T) the car, charged as soon as its people usually begin.
        charges: of each member (M, 4): when the car may begin, when it leaves, epoch seconds,
            energy from the grid, kWh, and power, kW.
    """

    start: Floats
    step_s: float
    house_kw: Floats
    car_kw: Floats
    charges: tuple[Floats, ...]


def living_years(
    posterior: Posterior,
    past: Past,
    start: float,
    days: int,
    count: int,
    random: np.random.Generator,
    *,
    per_hour: int = 1,
) -> LivedYears:
    """Return days of a home, a year for example, as draws of its posterior would have them.

    What is not inferred is drawn too: of several homes for each that is kept the one whose
    four weeks come nearest to the home's latest ones, as far as any are known (rejection ABC,
    S. Tavaré et al. 1997).

    Args:
        posterior: of the block, whatever its verdict.
        past: what is known of the home; its load may be empty.
        start: epoch seconds; the days begin with the local midnight before.
        days: how many.
        count: how many members, S.
        random: chance.
        per_hour: steps an hour, 1, 2 or 4.
    """
    habits, ways = _members(posterior, past, count, random)
    zone = past.zone
    wall = int((start + _offset(start, zone)) // DAY_S)
    begun = wall - LEAD_DAYS
    step_s = HOUR_S / per_hour
    first, last = _utc(np.array([wall, wall + days]) * float(DAY_S), zone)
    times = np.arange(first, last, step_s)
    place = np.floor((times + offsets_s(times, zone) - begun * DAY_S) / step_s).astype(np.int64)
    house: list[Floats] = []
    car: list[Floats] = []
    charges: list[Floats] = []
    for at in range(0, count, _AT_ONCE):
        rows = np.arange(at, min(at + _AT_ONCE, count))
        lived = live(
            random,
            habits.chosen(rows),
            days + LEAD_DAYS,
            ways.chosen(rows),
            _place(past.latitude, begun, len(rows)),
        )
        for kept, power in ((house, lived.house_kw), (car, lived.car_kw)):
            kept.append(averaged(power, PER_DAY // HOURS // per_hour)[:, place])
        held = lived.sessions
        for home in range(len(rows)):
            mine = held.home == home
            edges = np.stack([held.begin[mine], held.leave[mine]], axis=1) * HOUR_S
            told = [held.energy_kwh[mine], held.kw[mine]]
            when = _utc(begun * float(DAY_S) + edges, zone) if len(edges) else edges
            charge = np.column_stack([when, *told])
            charges.append(charge[(charge[:, 0] >= first) & (charge[:, 0] < last)])
    return LivedYears(times, step_s, np.concatenate(house), np.concatenate(car), tuple(charges))


def _members(
    posterior: Posterior, past: Past, count: int, random: np.random.Generator
) -> tuple[Habits, Ways]:
    """Return habits and ways of homes that live as this one did."""
    many = count * _CANDIDATES
    draws = posterior.draws[random.integers(0, len(posterior.draws), many)]
    habits, ways = Habits.of(draws), Ways.draw(random, many)
    if not len(past.load) or not len((observed := windows(past, past.load.end[-1])[0]).weekday):
        rows = np.arange(count)
        return habits.chosen(rows), ways.chosen(rows)
    own = observed.load_kw[:1]
    shown = []
    for at in range(0, many, _WINDOWS_AT_ONCE):
        rows = np.arange(at, min(at + _WINDOWS_AT_ONCE, many))
        there = Place(observed.latitude[:1], observed.day[:1], observed.weekday[:1])
        lived = live(
            random,
            habits.chosen(rows),
            LEAD_DAYS + DAYS,
            ways.chosen(rows),
            there.later(-LEAD_DAYS).repeated(len(rows)),
        )
        hourly = averaged(lived.load_kw, PER_DAY // HOURS)[:, LEAD_DAYS * HOURS :]
        shown.append(_looks(np.where(np.isnan(own), np.nan, hourly)))
    looks = np.concatenate(shown)
    apart = np.abs(looks - _looks(own)) / (looks.std(axis=0) + 1e-9)
    nearest = np.argsort(apart.mean(axis=1), kind="stable")[:count]
    return habits.chosen(nearest), ways.chosen(nearest)


def _looks(load_kw: Floats) -> Floats:
    """Return what four weeks look like, (n, 35): the mean day, spreads of hours and days."""
    days = load_kw.reshape(-1, DAYS, HOURS)
    known = np.isfinite(days)
    mean = np.nan_to_num(days).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    daily = np.nan_to_num(days).sum(axis=2) / np.maximum(known.sum(axis=2), 1)
    levels = quantiles(load_kw.astype(np.float32), _LEVELS)
    spread = quantiles(daily.astype(np.float32), _LEVELS)
    total = mean.mean(axis=1, keepdims=True)
    looks: Floats = np.log(np.concatenate([mean, levels, spread, total], axis=1) + _SMALL_KW)
    return looks


def _place(latitude: float, day: int, count: int) -> Place:
    first = np.full(count, day)
    return Place(np.full(count, latitude), _day_of_year(first), (first + _THURSDAY) % 7)


def _day_of_year(day: Ints) -> Ints:
    """Return 0 to 364 for days since 1970."""
    date = np.asarray(day).astype("datetime64[D]")
    number = (date - date.astype("datetime64[Y]")).astype(np.int64)
    limited: Ints = np.minimum(number, 364)
    return limited


def _offset(time: float, zone: str) -> float:
    return float(offsets_s(np.array([time]), zone)[0])


def _utc(wall: Floats, zone: str) -> Floats:
    """Return the times at which clocks show what they do, epoch seconds, same shape."""
    times: Floats = wall - offsets_s(wall - offsets_s(wall, zone), zone)
    return times
