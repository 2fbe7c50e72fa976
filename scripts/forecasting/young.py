"""Score the first weeks of a home's sun, with and without what is inferred of its roof."""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from rich.console import Console
from rich.table import Table

from custom_components.shems.core.forecast.inferred_sun import NAME as INFERRED
from custom_components.shems.core.forecast.levels import crps
from custom_components.shems.core.forecast.members import SOURCE, scored
from custom_components.shems.core.forecast.scenarios import PATHS
from custom_components.shems.core.forecast.simple import sample_quantiles
from custom_components.shems.core.horizon import Horizon
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats, InputError

from .inputs import Home
from .metrics import total_covered
from .ours import MIX, Learner, outlook_of

AGES: Final = (3, 7, 14, 28)
"""Days of history; the three nights after each are scored with it."""
NIGHTS: Final = 4
_LENGTH: Final = AGES[-1] + NIGHTS
_SEVEN: Final = 7
MARKS: Final = ("energy_score", "total_crps", "total_covered")
MODELS: Final = ("seven_day_mean", "inferred", "without", "with")


@dataclass(frozen=True)
class Beginning:
    """What was said of the day ahead on each night after a home began.

    Attributes:
        truth: (N, S) what came.
        said: by model, (N, S, L); NaN where it was silent.
        courses: (N, 2, 3) energy score, CRPS of the day's total and whether 80 % of the totals
            hold it, of the courses without what is inferred and as they are; NaN where nothing
            came or there was none.
        drawn: (N,) whether courses were drawn from what is inferred.
    """

    truth: Floats
    said: dict[str, Floats]
    courses: Floats
    drawn: Floats


def scored_young(home: Home, quantity: str, starts: int) -> dict[str, Any]:
    """Return the CRPS of the day ahead by days of history, of homes that begin evenly spread.

    Raises:
        InputError: load is asked for, of which nothing is inferred for the mix, or the data
            are too short.
    """
    if quantity != "pv":
        raise InputError("young_sun_only")
    truth = home.history.solar
    first = home.days.first_known(truth, 10**9)
    if home.issued is not None:
        first = max(first, home.days.day(float(home.issued.start[0])))
    last = home.days.day(float(truth.end[-1])) - _LENGTH - 1
    if last < first:
        raise InputError("nothing_to_score")
    days = np.unique(np.linspace(first, last, starts).astype(int))
    found = [_began(home, int(day)) for day in days]
    return {"starts": len(found), "ages": [_row(found, age) for age in AGES]}


def _began(home: Home, day: int) -> Beginning:
    """Let the home begin on a day, and walk with and without what is inferred."""
    begin = home.days.midnight(day)
    cut = replace(home, history=replace(home.history, solar=_after(home.history.solar, begin)))
    learners = {each: Learner(cut, "pv", inferred=each) for each in (False, True)}
    courses, drawn = np.full((_LENGTH + 1, 2, 3), np.nan), np.zeros(_LENGTH + 1)
    for night in range(1, _LENGTH + 1):
        now = home.days.midnight(day + night)
        for learner in learners.values():
            learner.advance(cut.until(now), day + night)
        courses[night], drawn[night] = _courses(learners[True], cut, now)
    known = home.days.matrix(cut.history.solar, day, _LENGTH + 1)
    shape = (*known.shape, len(sample_quantiles(np.zeros((1, 1)))))
    said = {name: np.full(shape, np.nan) for name in MODELS}
    for night in range(1, _LENGTH + 1):
        recent = known[max(0, night - _SEVEN) : night]
        seen = np.isfinite(recent).any(axis=0)
        said["seven_day_mean"][night, seen] = sample_quantiles(recent[:, seen]).T
        for name, learner, row in (
            ("inferred", learners[True], INFERRED),
            ("without", learners[False], MIX),
            ("with", learners[True], MIX),
        ):
            if (rows := learner.said.get(row, {}).get(day + night)) is not None:
                said[name][night] = rows[0]
    return Beginning(known, said, courses, drawn)


def _courses(learner: Learner, home: Home, now: float) -> tuple[Floats, bool]:
    """Score the day's courses with nothing drawn from what is inferred, and as they are."""
    horizon = Horizon.uniform(now, home.days.step_s, home.days.slots)
    came, seen = home.history.solar.on(horizon), home.until(now)
    marks = np.full((2, 3), np.nan)
    drawn = False
    for row, members in zip(marks, (False, True), strict=True):
        residuals = learner.residuals(seen, now, members=members)
        drawn = residuals is not None and residuals.source == SOURCE
        outlook = outlook_of(residuals, seen.solar, horizon, home.days.zone, PATHS)
        if outlook is not None and np.isfinite(came).any():
            row[:] = *scored(outlook.paths, came), total_covered(outlook.paths, came)
    return marks, drawn


def _after(series: Series, begin: float) -> Series:
    later = series.start >= begin - 1e-6
    return Series(series.start[later], series.end[later], series.value[later])


def _row(found: list[Beginning], age: int) -> dict[str, Any]:
    """Return the scores of some nights, on those on which the mix spoke with and without."""
    sums, counts = dict.fromkeys(MODELS, 0.0), dict.fromkeys(MODELS, 0)
    nights = spoke = drawn = 0
    marks = []
    for each in found:
        for night in range(age, age + NIGHTS):
            scores = {
                name: _score(rows[night], each.truth[night]) for name, rows in each.said.items()
            }
            if not np.isfinite([scores["with"], scores["without"]]).all():
                continue
            nights += 1
            drawn += bool(each.drawn[night])
            marks.append(each.courses[night])
            spoke += bool(np.isfinite(scores["inferred"]))
            for name, score in scores.items():
                if np.isfinite(score):
                    sums[name] += score
                    counts[name] += 1
    means = {name: sums[name] / counts[name] if counts[name] else None for name in MODELS}
    ratio = sums["with"] / sums["without"] if sums["without"] else None
    return {
        "days": age,
        "nights": nights,
        "spoke": spoke,
        **means,
        "ratio": ratio,
        "drawn": drawn,
        "courses": _means(marks),
    }


def _means(marks: list[Floats]) -> dict[str, list[float | None]]:
    """Return the mean of each mark, without and with what is drawn; None where none is known."""
    known = np.array(marks).reshape(-1, 2, 3)
    known = known[np.isfinite(known).all(axis=(1, 2))]
    means = known.mean(axis=0) if len(known) else np.full((2, 3), np.nan)
    return {
        name: [float(each) if np.isfinite(each) else None for each in means[:, at]]
        for at, name in enumerate(MARKS)
    }


def _score(said: Floats, truth: Floats) -> float:
    use = np.isfinite(truth)
    if not use.any() or not np.isfinite(said[use]).all():
        return np.nan
    return float(crps(said[use], truth[use]).mean())


def print_young(console: Console, result: dict[str, Any]) -> None:
    """Print the scores."""
    table = Table(title=f"{result['title']}: CRPS of the day ahead, {result['starts']} beginnings")
    for column in ("days known", "nights", "inferred spoke", *MODELS, "with / without"):
        table.add_column(column, justify="right")
    for row in result["ages"]:
        numbers = ("–" if row[name] is None else f"{row[name]:.4f}" for name in MODELS)
        ratio = "–" if row["ratio"] is None else f"{100 * row['ratio']:.0f} %"
        cells = (row["days"], row["nights"], row["spoke"])
        table.add_row(*map(str, cells), *numbers, ratio)
    console.print(table)
    courses = Table(title=f"{result['title']}: courses of the day ahead, without and with draws")
    for column in ("days known", "nights", "drawn", *MARKS):
        courses.add_column(column, justify="right")
    for row in result["ages"]:
        pairs = (
            " / ".join("–" if each is None else f"{each:.4f}" for each in row["courses"][name])
            for name in MARKS
        )
        courses.add_row(str(row["days"]), str(row["nights"]), str(row["drawn"]), *pairs)
    console.print(courses)
