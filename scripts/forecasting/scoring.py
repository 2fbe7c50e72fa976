"""Score a home: every model at every origin, on the slots that all have spoken about."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final

import numpy as np
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from custom_components.shems.core.units import Bools, Floats, InputError

from .baselines import dressed, points
from .cost import measured
from .evaluate import MATURE, NAIVE, Comparison, Model, best
from .inputs import Home
from .metrics import AGES, block_error
from .origins import Origins, date_of, number_of
from .ours import MIX, Ours, forecast
from .sky import Sky, issued, linear_fit
from .verdict import BLIND, OURS, PROVIDER, Verdict, of_cost, of_courses, of_experts, of_scores

_SNOW_CM: Final = 1.0


@dataclass(frozen=True)
class Task:
    """What is to be scored.

    Attributes:
        quantity: load or pv.
        start: first local day, None for the first there is.
        days: how many, None for all.
        boosting: whether scikit-learn's expert takes part.
    """

    quantity: str
    start: datetime | None = None
    days: int | None = None
    boosting: bool = False


def scored(home: Home, task: Task, console: Console) -> dict[str, Any]:
    """Return all scores of a home for JSON and tables.

    Raises:
        InputError: nothing is measured in the period.
    """
    quantity = task.quantity
    origins = _origins(home, quantity)
    sky = None if quantity == "load" else Sky.over(home, origins)
    rows = _period(origins, task.start, task.days) & (origins.age >= 1)
    mask = np.isfinite(origins.truth) & rows[:, np.newaxis]
    if sky is not None:
        mask &= origins.ahead(sky.day.astype(np.float64)) == 1
    if not mask.any():
        raise InputError("nothing_to_score")
    cost = measured(home, quantity, origins.first + origins.count, boosting=task.boosting)
    ours = _learned(home, task, origins, console)
    models = _baselines(home, origins, sky) | {
        name: Model(each.quantiles) for name, each in ours.items()
    }
    comparison = Comparison.of(origins, models, mask)
    parts = _parts(home, origins, sky, models, ours[OURS], mask)
    result = {
        "quantity": quantity,
        "unit": "kW",
        "zone": home.days.zone,
        "step_s": home.days.step_s,
        "first_day": str(date_of(origins.first)),
        "days": origins.count,
        "models": list(models),
        "learned_share": float(ours[OURS].learned[origins.age >= 1].mean()),
        "best_naive": best(comparison.by_age()[MATURE], NAIVE),
        **comparison.as_dict(),
        **{name: each.as_dict() for name, each in parts.items()},
        "courses": _courses(origins, ours[OURS], mask),
        "cost": {**cost, "seconds_per_day": float(np.median(ours[OURS].seconds))},
    }
    verdicts = _verdicts(result, quantity)
    return {**result, "verdict": [each.as_dict() for each in verdicts]}


def _origins(home: Home, quantity: str) -> Origins:
    """Begin with the measurements or, where there are weather forecasts, with these."""
    truth = home.history.load if quantity == "load" else home.history.solar
    if home.issued is not None:
        first = home.days.day(float(home.issued.start[0]))
        return Origins.of(truth, home.days, first)
    return Origins.of(truth, home.days)


def _baselines(home: Home, origins: Origins, sky: Sky | None) -> dict[str, Model]:
    """Return what anyone would guess, dressed."""
    courses = points(origins)
    if sky is not None and home.issued is not None:
        courses["linear_fit"] = linear_fit(origins, home.issued, sky, courses["seven_day_mean"])
    return {name: Model(dressed(origins, point), point) for name, point in courses.items()}


def _learned(home: Home, task: Task, origins: Origins, console: Console) -> dict[str, Ours]:
    """Return what SHEMS said, and where there is a provider what it would say without.

    The provider's forecasts have no time of issue: taken for the days ahead they may have
    been made after the origin. So both are scored, with them and with those of the past only.
    """
    names = [OURS] if task.quantity == "load" or not len(home.history.given) else [OURS, BLIND]
    columns = (TextColumn("{task.description:>14}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        found = {}
        for name in names:
            bar = progress.add_task(name, total=origins.count)
            found[name] = forecast(
                home,
                task.quantity,
                origins,
                partial(progress.advance, bar),
                ahead=name != BLIND,
                boosting=task.boosting,
            )
    return found


def _parts(
    home: Home,
    origins: Origins,
    sky: Sky | None,
    models: dict[str, Model],
    ours: Ours,
    mask: Bools,
) -> dict[str, Comparison]:
    """Return what is compared on slots of its own.

    The experts as they issued, at midnights; the provider's forecast where there was one;
    and, of solar power, the slots for which snow on the ground was forecast.
    """
    parts = {}
    if MIX in ours.experts:
        experts = {name: Model(each) for name, each in ours.experts.items()}
        parts["experts"] = Comparison.of(origins, experts, mask & origins.midnight[:, np.newaxis])
    if sky is not None and len(home.history.given):
        point, quantiles = issued(origins, home.history.given, sky)
        both = {PROVIDER: Model(quantiles, point), **models}
        parts["provider"] = Comparison.of(origins, both, mask)
    if sky is not None and home.issued is not None and "snow_cm" in home.issued.columns:
        snow = origins.slotted(home.issued.series("snow_cm"))
        parts["snow"] = Comparison.of(origins, models, mask & (origins.ahead(snow) >= _SNOW_CM))
    return parts


def _courses(origins: Origins, ours: Ours, mask: Bools) -> dict[str, Any]:
    """Return how good the courses are, for mature homes, beside ones without memory."""
    least, _ = AGES[MATURE]
    rows = (origins.age >= least) & mask.any(axis=1)

    def mean(value: Floats) -> float | None:
        seen = value[rows & np.isfinite(value)]
        return float(seen.mean()) if len(seen) else None

    def spread(value: Floats) -> float | None:
        error = block_error(value[rows], 2)
        return error if np.isfinite(error) else None

    return {
        "energy_score": mean(ours.energy),
        "energy_score_independent": mean(ours.shuffled),
        "total_covered": mean(ours.total),
        "total_covered_error": spread(ours.total),
        "total_covered_independent": mean(ours.shuffled_total),
        "totals": int((rows & np.isfinite(ours.total)).sum()),
    }


def _verdicts(result: dict[str, Any], quantity: str) -> list[Verdict]:
    return [
        *of_scores(result, quantity),
        *of_experts(result),
        *of_courses(result["courses"]),
        *of_cost(result["cost"], result["step_s"]),
    ]


def _period(origins: Origins, start: datetime | None, days: int | None) -> Bools:
    """Return which origins are to be scored, (O,)."""
    first = 0 if start is None else number_of(start) - origins.first
    if not 0 <= first < origins.count:
        raise InputError(
            "start_outside",
            start=str(date_of(origins.first + first)),
            first=str(date_of(origins.first)),
            last=str(date_of(origins.first + origins.count - 1)),
        )
    last = origins.count if days is None else first + days
    inside: Bools = (origins.age >= first) & (origins.age < last)
    return inside
