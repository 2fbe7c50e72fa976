"""Score a home: every model at every origin, on the slots that all have spoken about."""

from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np
from rich.console import Console

from custom_components.shems.core.units import Bools, InputError

from .baselines import dressed, points
from .evaluate import MATURE, NAIVE, Comparison, Model, best, ratio
from .inputs import Home
from .origins import Origins

_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - days of a wall clock have no zone.


def scored(
    home: Home, quantity: str, console: Console, start: datetime | None, days: int | None
) -> dict[str, Any]:
    """Return all scores of a home for JSON and tables."""
    truth = home.history.load if quantity == "load" else home.history.solar
    origins = Origins.of(truth, home.days)
    mask = np.isfinite(origins.truth) & _period(origins, start, days)[:, np.newaxis]
    if not mask.any():
        raise InputError("nothing_to_score")
    models = {
        name: Model(dressed(origins, point), point) for name, point in points(origins).items()
    }
    comparison = Comparison.of(origins, models, mask)
    mature = comparison.by_age()[MATURE]
    naive = best(mature, NAIVE)
    console.print(f"best naive: {naive}, {ratio(mature, naive, 'yesterday')} of yesterday")
    return {
        "quantity": quantity,
        "unit": "kW",
        "zone": home.days.zone,
        "step_s": home.days.step_s,
        "first_day": _date(origins.first),
        "days": origins.count,
        "models": list(models),
        "best_naive": naive,
        "notes": [],
        **comparison.as_dict(),
    }


def _date(day: int) -> str:
    return f"{_EPOCH + timedelta(days=day):%Y-%m-%d}"


def _period(origins: Origins, start: datetime | None, days: int | None) -> Bools:
    """Return which origins are to be scored, (O,)."""
    first = 0 if start is None else (start.replace(tzinfo=None) - _EPOCH).days - origins.first
    if not 0 <= first < origins.count:
        raise InputError(
            "start_outside",
            start=_date(origins.first + first),
            first=_date(origins.first),
            last=_date(origins.first + origins.count - 1),
        )
    last = origins.count if days is None else first + days
    inside: Bools = (origins.age >= first) & (origins.age < last)
    return inside
