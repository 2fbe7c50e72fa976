"""Whatever the meters showed, what is learned from it stays a forecast."""

import csv
import gzip
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from custom_components.shems.core.assets.plane import Plane, Site, clear_sky, power
from custom_components.shems.core.assets.sun import position
from custom_components.shems.core.forecast import load as load_learner
from custom_components.shems.core.forecast import solar as solar_learner
from custom_components.shems.core.forecast.beliefs import Beliefs
from custom_components.shems.core.forecast.believe import believe, premise
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.health import inspect
from custom_components.shems.core.forecast.history import History, Weather
from custom_components.shems.core.forecast.issue import Archive
from custom_components.shems.core.forecast.learned import Learned
from custom_components.shems.core.horizon import HOUR_S, Horizon
from custom_components.shems.core.series import Series
from custom_components.shems.core.tariff import PriceRule, Tariff
from custom_components.shems.core.units import Floats, InputError

ZONE = "Europe/Brussels"
DAYS = Days(ZONE, HOUR_S)
SITE = Site(50.8, 4.4)
SLOTS = 24
LEARNED = 18
"""Days from which the learners start into what goes wrong."""
WHOLE = 21
NOTHING = Learned()

type Change = Callable[[Floats], Floats]


@dataclass(frozen=True)
class Era:
    """Days of a home by hour.

    Attributes:
        first: number of the first local day.
        times: (N,) starts, epoch seconds.
        load, solar: (N,) kW.
        cloud: (N,) 0 to 1.
    """

    first: int
    times: Floats
    load: Floats
    solar: Floats
    cloud: Floats

    def series(self, value: Floats) -> Series:
        return Series(self.times, self.times + HOUR_S, value)

    def history(self, load: Floats | None = None, solar: Floats | None = None) -> History:
        return History(
            self.series(self.load if load is None else load),
            self.series(self.solar if solar is None else solar),
            weather=Weather(cloud=self.series(self.cloud)),
        )


@cache
def era(year: int, month: int, day: int) -> Era:
    """Return days from a date on, and two more for which only the weather is known."""
    rng = np.random.default_rng(11)
    first = DAYS.day(datetime(year, month, day, 12, tzinfo=UTC).timestamp())
    begin, end = DAYS.midnight(first), DAYS.midnight(first + WHOLE + 2)
    times = np.arange(begin, end, HOUR_S, dtype=np.float64)
    sun = position(times + HOUR_S / 2, SITE.latitude, SITE.longitude)
    cloud = np.clip(0.5 + np.cumsum(rng.normal(0, 0.1, len(times))), 0.0, 1.0)
    free = power(Plane(35.0, 200.0, 5.0), sun, clear_sky(sun))
    hour = DAYS.position(times) % SLOTS
    evening = np.exp(-(((hour - 18.5) / 2.5) ** 2))
    load = 0.25 + (0.3 + 1.5 * evening) * rng.gamma(2.0, 0.5, len(times))
    return Era(first, times, load, free * (1 - 0.8 * cloud), cloud)


SPRING = era(2026, 5, 4)
KNOWN = WHOLE * SLOTS
HURT = LEARNED * SLOTS + 4
"""Row at which things go wrong, on the first day that is not yet learned."""


def learned(history: History, day: int, state: Learned = NOTHING) -> Learned:
    """Return what both learners know at the midnight of a day."""
    return Learned(
        load_learner.advance(state.load, history, DAYS, day, boosting=False),
        solar_learner.advance(state.solar, history, DAYS, day, site=SITE),
    )


def issued(known: Learned) -> tuple[Archive, Archive]:
    """Return what both learners have issued."""
    assert known.load is not None
    assert known.solar is not None
    return known.load.archive, known.solar.archive


@cache
def before() -> Learned:
    """Return both learners as they stand before anything goes wrong."""
    return learned(SPRING.history(), SPRING.first + LEARNED)


def after(history: History, day: int = SPRING.first + WHOLE) -> Learned:
    """Return both learners once they have gone on to the last day."""
    return learned(history, day, before())


def night(day: int) -> Floats:
    """Return where the sun is down during three days, (3, S)."""
    starts = np.array([DAYS.midnight(day + lead) for lead in range(3)])[:, np.newaxis]
    times = starts + np.arange(SLOTS) * HOUR_S
    both = np.stack([times, times + HOUR_S / 2, times + HOUR_S])
    down = position(both, SITE.latitude, SITE.longitude).elevation < np.radians(-1.0)
    return np.asarray(down.all(axis=0), dtype=np.float64)


def check(known: Learned, *, surely: bool = True) -> None:
    """Expect whole, rising, non-negative quantiles, and no sun at night."""
    load, solar = issued(known)
    for archive in (load, solar):
        rows = archive.quantiles
        assert np.isfinite(rows[-1]).all() or not surely
        whole = np.isfinite(rows).all(axis=(1, 2, 3))
        assert (whole | np.isnan(rows).all(axis=(1, 2, 3))).all()
        assert (rows[whole] >= 0).all()
        assert (np.diff(rows[whole], axis=-1) >= 0).all()
    last = solar.first + len(solar) - 1
    if np.isfinite(solar.quantiles[-1]).all():
        assert (solar.quantiles[-1].max(axis=-1) * night(last) == 0).all()


def hurt(value: Floats, hours: int, change: Change) -> Floats:
    value = value.copy()
    value[HURT : HURT + hours] = change(value[HURT : HURT + hours])
    return value


def gap(part: Floats) -> Floats:
    return part * np.nan


def raw_gaps(part: Floats) -> Floats:
    lost = np.random.default_rng(5).random(len(part)) < 0.2
    return np.where(lost, np.nan, part)


def frozen(part: Floats) -> Floats:
    return part * 0 + 1.234


def below(part: Floats) -> Floats:
    return part - 5.0


def reset(part: Floats) -> Floats:
    jumps = np.zeros(len(part))
    jumps[[0, 30]] = 12_345.0, -12_345.0
    return part + jumps


def watts(part: Floats) -> Floats:
    return part * 1000.0


def car(part: Floats) -> Floats:
    plugged = (np.arange(len(part)) % 48 < 3).astype(np.float64)
    return part + 11.0 * plugged


def counter(part: Floats) -> Floats:
    return 4321.0 + np.cumsum(part)


WRONGS: list[tuple[str, Change]] = [
    ("raw gaps", raw_gaps),
    ("missing days", gap),
    ("zeros", np.zeros_like),
    ("frozen", frozen),
    ("negative", below),
    ("resets", reset),
    ("watts", watts),
    ("new car", car),
    ("counter", counter),
]
REST = KNOWN - HURT


@pytest.mark.parametrize("change", [each for _, each in WRONGS], ids=[name for name, _ in WRONGS])
def test_what_goes_wrong_is_survived(change: Change) -> None:
    raw = SPRING.history(
        hurt(SPRING.load, REST, change),
        np.maximum(hurt(SPRING.solar, REST, change), 0.0),
    )
    check(after(raw))


@pytest.mark.parametrize("change", [each for _, each in WRONGS], ids=[name for name, _ in WRONGS])
def test_what_goes_wrong_and_is_healed_leaves_a_forecast_of_the_home(change: Change) -> None:
    sun = SPRING.solar if change is car else hurt(SPRING.solar, 44, change)
    raw = SPRING.history(hurt(SPRING.load, 44, change), sun)
    clean, _ = inspect(raw, DAYS, DAYS.midnight(SPRING.first + WHOLE), site=SITE)
    known = after(clean)
    check(known)
    load, solar = issued(known)
    assert load.quantiles[-1].max() < 40.0
    assert solar.quantiles[-1].max() < 7.0


@pytest.mark.parametrize("hours", [-1, 1])
def test_an_hour_off_is_survived(hours: int) -> None:
    moved = hurt(SPRING.solar, REST, lambda _: np.roll(SPRING.solar, hours)[HURT:KNOWN])
    check(after(SPRING.history(solar=moved)))


@pytest.mark.parametrize("date", [(2026, 3, 14), (2026, 10, 10)], ids=["23 hours", "25 hours"])
def test_a_day_with_a_clock_change_is_survived(date: tuple[int, int, int]) -> None:
    era_ = era(*date)
    check(learned(era_.history(), era_.first + 17))


@pytest.mark.parametrize("known", [0, 1, 3, 7, 14])
def test_few_days_give_a_forecast_or_none(known: int) -> None:
    load, solar = (
        np.where(np.arange(len(SPRING.times)) < known * SLOTS, value, np.nan)
        for value in (SPRING.load, SPRING.solar)
    )
    check(learned(SPRING.history(load, solar), SPRING.first + known), surely=known >= 14)


def test_a_home_with_nothing_but_zeros_gets_a_forecast_or_none() -> None:
    nothing = np.zeros(len(SPRING.times))
    check(learned(SPRING.history(nothing, nothing), SPRING.first + 16), surely=False)


def test_the_future_changes_nothing() -> None:
    until = LEARNED + 2
    now = DAYS.midnight(SPRING.first + until)
    later = SPRING.times >= now

    def told(wild: Floats) -> list[Floats]:
        history = SPRING.history(
            np.where(later, wild, SPRING.load), np.where(later, wild, SPRING.solar)
        )
        clean, _ = inspect(history, DAYS, now, site=SITE)
        return [each.quantiles[-1] for each in issued(after(clean, SPRING.first + until))]

    one = told(np.random.default_rng(2).normal(0, 1e4, len(SPRING.times)))
    other = told(np.full(len(SPRING.times), np.nan))
    for mine, theirs in zip(one, other, strict=True):
        np.testing.assert_array_equal(mine, theirs)


def test_the_raw_gaps_of_a_real_home_are_survived(shems_data: Path) -> None:
    with gzip.open(shems_data / "emhass_home" / "home.csv.gz", "rt") as file:
        rows = [
            each for each in csv.DictReader(file) if "2024-08-20" <= each["time"] < "2024-09-16"
        ]
    start = np.array([datetime.fromisoformat(each["time"]).timestamp() for each in rows])
    load, solar = (
        Series(start, start + 1800, np.array([float(each[name] or "nan") for each in rows]))
        for name in ("load_kw", "pv_kw")
    )
    assert np.isnan(load.value).sum() > 50
    now = float(start[-1]) + 1800
    history, _ = inspect(History(load, solar), DAYS, now, site=SITE)
    check(learned(history, DAYS.day(now)))


# What plans rest on

FLAT = Tariff(PriceRule(fee=0.3), PriceRule(fee=0.08), ZONE, "EUR")


def believed(raw: History, now: float, *, known: bool = True) -> Beliefs:
    """Return what is believed at a time by a home that learned as much as it could."""
    clean, _ = inspect(raw, DAYS, now, site=SITE)
    rests = premise(after(clean, DAYS.day(now)) if known else NOTHING, clean, DAYS, now)
    return believe(rests, clean, FLAT, Horizon.uniform(now, HOUR_S / 2, 72), now)


def sound(beliefs: Beliefs) -> None:
    """Expect whole, rising, non-negative quantiles and courses, and no sun at night."""
    beliefs.check()
    for outlook in (beliefs.load, beliefs.solar):
        assert np.isfinite(outlook.quantiles).all()
        assert (outlook.quantiles >= 0).all()
        assert (np.diff(outlook.quantiles, axis=0) >= -1e-9).all()
    edges = beliefs.horizon.edges
    # Means of hours, where a young home has no more, reach into dusk.
    down = position(edges, SITE.latitude, SITE.longitude).elevation < np.radians(-6.0)
    dark = down[1:] & down[:-1]
    assert dark.any()
    for value in (beliefs.solar.mean, beliefs.solar.quantiles, beliefs.solar.paths):
        assert (value[..., dark] == 0).all()


NOON = DAYS.midnight(SPRING.first + WHOLE - 1) + 13 * HOUR_S


@pytest.mark.parametrize("change", [each for _, each in WRONGS], ids=[name for name, _ in WRONGS])
def test_plans_rest_on_sound_beliefs_whatever_goes_wrong(change: Change) -> None:
    sun = SPRING.solar if change is car else hurt(SPRING.solar, REST, change)
    sound(believed(SPRING.history(hurt(SPRING.load, REST, change), sun), NOON))


@pytest.mark.parametrize("known", [1, 3, 7, 14])
def test_few_days_give_sound_beliefs(known: int) -> None:
    now = DAYS.midnight(SPRING.first + known) + 13 * HOUR_S
    sound(believed(SPRING.history(), now, known=False))
    rests = premise(learned(SPRING.history(), SPRING.first + known), SPRING.history(), DAYS, now)
    horizon = Horizon.uniform(now, HOUR_S / 2, 72)
    sound(believe(rests, SPRING.history(), FLAT, horizon, now))


def test_no_day_gives_a_reason() -> None:
    with pytest.raises(InputError, match="no load history"):
        believed(History(), NOON, known=False)


def test_the_future_changes_no_belief() -> None:
    later = SPRING.times >= NOON

    def arrays(wild: Floats) -> list[Floats]:
        history = SPRING.history(
            np.where(later, wild, SPRING.load), np.where(later, wild, SPRING.solar)
        )
        beliefs = believed(history, NOON)
        return [
            part
            for outlook in (beliefs.load, beliefs.solar)
            for part in (outlook.mean, outlook.quantiles, outlook.paths)
        ]

    one = arrays(np.random.default_rng(2).normal(0, 1e4, len(SPRING.times)))
    other = arrays(np.full(len(SPRING.times), np.nan))
    for mine, theirs in zip(one, other, strict=True):
        np.testing.assert_array_equal(mine, theirs)
