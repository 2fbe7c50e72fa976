"""Score the first weeks of a home's sun, with and without what is inferred of its roof."""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from rich.console import Console
from rich.table import Table

from custom_components.shems.core.forecast.inferred_sun import NAME as INFERRED
from custom_components.shems.core.forecast.levels import crps
from custom_components.shems.core.forecast.simple import sample_quantiles
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats, InputError

from .inputs import Home
from .ours import MIX, Learner

AGES: Final = (3, 7, 14, 28)
"""Days of history; the three nights after each are scored with it."""
NIGHTS: Final = 4
_LENGTH: Final = AGES[-1] + NIGHTS
_SEVEN: Final = 7
MODELS: Final = ("seven_day_mean", "inferred", "without", "with")


@dataclass(frozen=True)
class Beginning:
    """What was said of the day ahead on each night after a home began.

    Attributes:
        truth: (N, S) what came.
        said: by model, (N, S, L); NaN where it was silent.
    """

    truth: Floats
    said: dict[str, Floats]


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
    for night in range(1, _LENGTH + 1):
        now = home.days.midnight(day + night)
        for learner in learners.values():
            learner.advance(cut.until(now), day + night)
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
    return Beginning(known, said)


def _after(series: Series, begin: float) -> Series:
    later = series.start >= begin - 1e-6
    return Series(series.start[later], series.end[later], series.value[later])


def _row(found: list[Beginning], age: int) -> dict[str, Any]:
    """Return the scores of some nights, on those on which the mix spoke with and without."""
    sums, counts = dict.fromkeys(MODELS, 0.0), dict.fromkeys(MODELS, 0)
    nights = spoke = 0
    for each in found:
        for night in range(age, age + NIGHTS):
            scores = {
                name: _score(rows[night], each.truth[night]) for name, rows in each.said.items()
            }
            if not np.isfinite([scores["with"], scores["without"]]).all():
                continue
            nights += 1
            spoke += bool(np.isfinite(scores["inferred"]))
            for name, score in scores.items():
                if np.isfinite(score):
                    sums[name] += score
                    counts[name] += 1
    means = {name: sums[name] / counts[name] if counts[name] else None for name in MODELS}
    ratio = sums["with"] / sums["without"] if sums["without"] else None
    return {"days": age, "nights": nights, "spoke": spoke, **means, "ratio": ratio}


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
