"""Is an answer right? The first half of a year foretells what the second then brings.

The past is one half; what a battery of 10 kWh saves in the other is asked, and compared with
the closed loop over it, which meets the real weather, people and prices. Beside it stands who
takes what the first half saved for what the second will.
"""

import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from rich.console import Console
from rich.table import Table

from custom_components.shems.core.assets.plane import Site
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.horizon import DAY_S, HOUR_S
from custom_components.shems.core.replay import controllers
from custom_components.shems.core.replay.course import default_shift_weeks, join
from custom_components.shems.core.replay.run import Run, play, protocol_battery
from custom_components.shems.core.replay.score import cost
from custom_components.shems.core.replay.whatif.inquiry import Inquiry
from custom_components.shems.core.replay.whatif.question import MoreStorage, Question
from custom_components.shems.core.replay.whatif.weeks import Ahead
from custom_components.shems.core.units import Floats

from ..simulation.files import read_home, read_prices
from .subjects import market_of, subject_of

HOMES: Final = tuple(f"fontana/home_{number}.csv.gz" for number in ("01", "02", "04", "08"))
TARIFFS: Final = ("tou", "spot")
PRICES: Final = "prices/nl_2019_2023.csv.gz"
_ZONE: Final = "America/Los_Angeles"
_PRICE_ZONE: Final = "Europe/Amsterdam"
_SITE: Final = Site(34.1, -117.4)
_HALF_DAYS: Final = 184
_EVERY_S: Final = 3.0 * HOUR_S
_LEVEL: Final = 0.8
_DRAWS: Final = 2000
_INSIDE: Final = 0.75
_WIDEST: Final = 0.5
_YEAR: Final = 365.25
_WEEK_H: Final = 168


@dataclass(frozen=True)
class Case:
    """A home and tariff: what was foretold, and what came.

    Attributes:
        low, median, high: currency saved in the second half, foretold.
        came: by the closed loop.
        plain: what the first half saved, by the days of the second.
        plain_low, plain_high: of its weeks drawn again.
    """

    home: str
    tariff: str
    days: int
    low: float
    median: float
    high: float
    came: float
    plain: float
    plain_low: float
    plain_high: float

    @property
    def inside(self) -> bool:
        """Whether what came lies in the interval."""
        return self.low <= self.came <= self.high

    @property
    def width(self) -> float:
        """Width of the interval as a share of its median."""
        return (self.high - self.low) / self.median

    @property
    def scores(self) -> tuple[float, float, float]:
        """Interval scores: foretold, the first half as a point, and with its weeks."""
        return (
            interval_score(self.low, self.high, self.came),
            interval_score(self.plain, self.plain, self.came),
            interval_score(self.plain_low, self.plain_high, self.came),
        )


def interval_score(low: float, high: float, came: float) -> float:
    """Return width plus 2/α times what lies outside (Gneiting & Raftery 2007), α = 0.2."""
    outside = max(low - came, 0.0) + max(came - high, 0.0)
    return high - low + 2.0 / (1.0 - _LEVEL) * outside


def case_of(home: Path, prices: Path, name: str, tariff: str) -> Case:
    """Return what was foretold for a home's second half, and what came."""
    course, told = read_home(home, _ZONE), read_prices(prices)
    shift = default_shift_weeks(course, told, _PRICE_ZONE)
    market = market_of(course, told, _PRICE_ZONE, shift)
    days = Days(course.zone, float(HOUR_S))
    half, last = days.day(float(course.start[0]) + _HALF_DAYS * DAY_S), days.day(course.start[-1])
    cut = days.midnight(half)
    subject = subject_of(course, market, tariff, site=_SITE, until=cut)
    inquiry = Inquiry(Question((MoreStorage(10.0, 5.0),)), subject, ahead=Ahead(half, last - half))
    while inquiry.advance():
        pass
    answer, loop = inquiry.answer, inquiry.loops[1]
    if answer is None or loop is None:
        raise AssertionError("a battery is planned")
    saving, years = answer.saving, (last - half) / _YEAR
    begin, end = np.searchsorted(course.start, [cut - 1.0, days.midnight(last) - 1.0]).tolist()
    near = join(course, told, _PRICE_ZONE, shift)
    came = _came(Run(course, near, subject.tariff, protocol_battery(), 1, begin, end))
    low, high = _bootstrap(loop.saved, (end - begin) / _WEEK_H)
    return Case(
        name,
        tariff,
        last - half,
        saving.low * years,
        saving.median * years,
        saving.high * years,
        came,
        float(loop.saved.sum()) * (end - begin) / loop.hours,
        low,
        high,
    )


def _came(run: Run) -> float:
    """Return what the battery then saves by the closed loop."""
    none = play(run, controllers.no_battery(run))
    planned = play(run, controllers.Planner(run, learners=True, every_s=_EVERY_S))
    return cost(run, none, run.first, run.last) - cost(run, planned, run.first, run.last)


def _bootstrap(weekly: Floats, weeks: float) -> tuple[float, float]:
    draws = np.random.default_rng(1).integers(len(weekly), size=(_DRAWS, round(weeks)))
    sums = weekly[draws].sum(axis=1) * weeks / round(weeks)
    low, high = np.quantile(sums, [0.5 - _LEVEL / 2, 0.5 + _LEVEL / 2]).tolist()
    return low, high


def check(data: Path, console: Console) -> list[Case]:
    """Return every case, worked out in processes side by side."""
    jobs = [(home, tariff) for home in HOMES for tariff in TARIFFS]
    with ProcessPoolExecutor(min(len(jobs), os.cpu_count() or 1)) as pool:
        waiting = [
            pool.submit(case_of, data / home, data / PRICES, home.split(".")[0], tariff)
            for home, tariff in jobs
        ]
        cases = []
        for number, each in enumerate(waiting, 1):
            cases.append(each.result())
            console.print(f"{number} of {len(jobs)} done")
    return cases


def print_check(console: Console, cases: list[Case]) -> None:
    """Print the table and what is demanded of it."""
    table = Table(
        "home", "tariff", "foretold, EUR", "came", "inside", "width", "score", "plain", "with weeks"
    )
    for each in cases:
        ours, point, weekly = each.scores
        table.add_row(
            each.home,
            each.tariff,
            f"{each.median:.0f} ({each.low:.0f} to {each.high:.0f})",
            f"{each.came:.0f}",
            "yes" if each.inside else "no",
            f"{each.width:.0%}",
            *(f"{score:.0f}" for score in (ours, point, weekly)),
        )
    console.print(table)
    for text in verdicts(cases):
        console.print(text)


def verdicts(cases: list[Case]) -> list[str]:
    """Return what is demanded, in sentences with PASS or FAIL."""
    share = sum(each.inside for each in cases) / len(cases)
    wide = sum(each.width > _WIDEST for each in cases)
    ours, point, weekly = (sum(each.scores[row] for each in cases) / len(cases) for row in range(3))
    scored = (
        f"{_word(ours < min(point, weekly))}: interval score {ours:.0f}; the first half taken for "
        f"the second has {point:.0f}, with its weeks drawn again {weekly:.0f}"
    )
    return [
        f"{_word(share >= _INSIDE)}: {share:.0%} inside the 80 % interval, 75 % demanded",
        f"{_word(wide == 0)}: {wide} intervals wider than half their median, none allowed",
        scored,
    ]


def _word(passed: bool) -> str:  # the answer itself
    return "PASS" if passed else "FAIL"


def check_json(cases: list[Case]) -> dict[str, Any]:
    """Return everything for a file."""
    return {"cases": [asdict(each) for each in cases], "verdicts": verdicts(cases)}
