"""Journal: what was forecast, kept until the truth has come, and how good it was."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from ..horizon import DAY_S, HOUR_S, Horizon
from ..series import Series
from ..units import Floats
from .beliefs import Outlook
from .issue import Floats32
from .levels import LEVELS, crps

VERSION: Final = 1
HOURS: Final = 48
"""How far ahead forecasts are scored; every plan reaches further."""
LEADS_H: Final = (0, 1, 3, 6, 12, 24, HOURS)
"""Edges of the buckets in which hours of the same lead are scored together."""
KEPT: Final[Floats] = np.array([0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95])
"""Levels that are kept: the ends of the intervals of 50, 80 and 90 %, and the median."""
GRACE_S: Final = 600.0
"""The first plan of an hour is made in its first minutes or is not that hour's forecast."""
WAIT_S: Final = 2.0 * DAY_S
"""How long a forecast waits for a truth that comes late; a recorder may be down as long."""
DAYS_KEPT: Final = 90
SURE_ZERO: Final = 1e-3
"""A watt. A nought that was certain, as the sun's at night, is no forecast."""

_BASELINE, _MEAN, _LEVELS = 0, 1, 2
_VALUES: Final = _LEVELS + len(KEPT)
_FILLED: Final[Floats] = np.array([np.interp(LEVELS, KEPT, each) for each in np.eye(len(KEPT))])
"""What the kept levels say of all levels, (kept, L): scores then compare with other scores."""
_BUCKET: Final = np.searchsorted(LEADS_H, np.arange(HOURS), side="right") - 1
_INTERVALS: Final = ((2, 4), (1, 5), (0, 6))
_SUMS: Final = 9
"""Count, error, its size, CRPS, in 50, 80, 90 %; where a baseline is known both errors' sizes."""


@dataclass(frozen=True)
class Score:
    """How good the forecasts of some leads were.

    Attributes:
        begin_h, end_h: the leads, from the forecast to the beginning of the hour it is for.
        count: hours scored.
        mae, bias, crps: in the quantity's unit; a positive bias is too high a forecast.
        coverage_50, coverage_80, coverage_90: share of truths inside the central interval.
        skill: 1 - MAE / MAE of the baseline; None where there was none, or it made no error.
    """

    begin_h: int
    end_h: int
    count: int
    mae: float
    bias: float
    crps: float
    coverage_50: float
    coverage_80: float
    coverage_90: float
    skill: float | None


@dataclass(frozen=True)
class Scores:
    """Scores of one quantity.

    Attributes:
        days: on which something was scored.
        total: all leads together.
        by_lead: by bucket of lead; none in which nothing was scored.
    """

    days: int
    total: Score
    by_lead: tuple[Score, ...]


def whole(load: Series, flexible: Iterable[Series]) -> Series:
    """Return a load with what SHEMS moves, which plans expect on its own; NaN where unknown."""
    value = load.value
    for each in flexible:
        value = value + each.between(load.start, load.end)
    return Series(load.start, load.end, value)


def _none(*shape: int) -> Floats:
    return np.empty(shape)


@dataclass(frozen=True)
class Page:
    """The forecasts of one quantity.

    Attributes:
        origin: (I,) hours at which those waiting were made, epoch seconds, increasing.
        waiting: (I, HOURS, 2 + levels) baseline, mean and quantiles of the hours from the
            origin on; NaN where scored or not forecast.
        day: (D,) days of UTC, numbered from 1 January 1970, increasing.
        sums: (D, leads, ...) what the hours of these days add up to.
    """

    origin: Floats = field(default_factory=lambda: _none(0))
    waiting: Floats32 = field(default_factory=lambda: _none(0, HOURS, _VALUES).astype(np.float32))
    day: Floats = field(default_factory=lambda: _none(0))
    sums: Floats = field(default_factory=lambda: _none(0, len(LEADS_H) - 1, _SUMS))

    def __post_init__(self) -> None:
        """Reject arrays that do not belong together.

        Raises:
            ValueError: they do not.
        """
        shapes = (self.waiting.shape, self.sums.shape)
        if shapes != (
            (*self.origin.shape, HOURS, _VALUES),
            (*self.day.shape, len(LEADS_H) - 1, _SUMS),
        ):
            raise ValueError(f"no page of a journal: {shapes}")

    def noted(self, origin: float, hours: Floats) -> Page:
        """Return the page with one more forecast, (HOURS, 2 + levels)."""
        return Page(
            np.append(self.origin, origin),
            np.concatenate([self.waiting, hours.astype(np.float32)[np.newaxis]]),
            self.day,
            self.sums,
        )

    def scored(self, now: float, truth: Series) -> Page:
        """Return the page with everything scored of which the truth is known by now."""
        start = self.origin[:, np.newaxis] + HOUR_S * np.arange(HOURS)
        over = np.isfinite(self.waiting[..., _MEAN]) & (start + HOUR_S <= now + 1e-6)
        value = truth.between(start, start + HOUR_S)
        known = over & np.isfinite(value)
        late = over & ~known & (start + HOUR_S + WAIT_S <= now)
        if not (known | late).any():
            return self
        waiting = self.waiting.copy()
        waiting[known | late] = np.nan
        kept = np.isfinite(waiting[..., _MEAN]).any(axis=1)
        day, sums = self._added(
            start[known] // DAY_S,
            np.broadcast_to(_BUCKET, known.shape)[known],
            _marks(self.waiting[known].astype(np.float64), value[known]),
        )
        return Page(self.origin[kept], waiting[kept], day, sums)

    def _added(
        self, day: Floats, bucket: npt.NDArray[np.intp], marks: Floats
    ) -> tuple[Floats, Floats]:
        days = np.union1d(self.day, day)
        sums = np.zeros((len(days), *self.sums.shape[1:]))
        sums[np.searchsorted(days, self.day)] = self.sums
        np.add.at(sums, (np.searchsorted(days, day), bucket), marks)
        return days[-DAYS_KEPT:], sums[-DAYS_KEPT:]

    def scores(self, days: int) -> Scores | None:
        """Return the scores of the last days on which there were any, None where none were."""
        recent = self.day > (self.day[-1] if len(self.day) else 0.0) - days
        sums = self.sums[recent]
        if not sums[..., 0].any():
            return None
        by_lead = [
            _score(begin, end, each)
            for begin, end, each in zip(LEADS_H[:-1], LEADS_H[1:], sums.sum(axis=0), strict=True)
            if each[0]
        ]
        scored = int((sums[..., 0].sum(axis=1) > 0).sum())
        return Scores(scored, _score(0, HOURS, sums.sum(axis=(0, 1))), tuple(by_lead))


def _marks(forecast: Floats, truth: Floats) -> Floats:
    """Return what each hour adds to the sums, (N, ...); noughts where it was no forecast."""
    mean, levels = forecast[:, _MEAN], forecast[:, _LEVELS:]
    baseline = np.abs(forecast[:, _BASELINE] - truth)
    error = mean - truth
    paired = np.isfinite(baseline)
    marks = np.stack(
        [
            np.ones(len(truth)),
            error,
            np.abs(error),
            crps(levels @ _FILLED, truth),
            *((levels[:, low] <= truth) & (truth <= levels[:, high]) for low, high in _INTERVALS),
            np.where(paired, np.abs(error), 0.0),
            np.where(paired, baseline, 0.0),
        ],
        axis=1,
    )
    sure = (np.abs(levels) < SURE_ZERO).all(axis=1) & (np.abs(truth) < SURE_ZERO)
    marks[sure] = 0.0
    return marks


def _score(begin_h: int, end_h: int, sums: Floats) -> Score:
    count, error, size, spread, in_50, in_80, in_90, own, baseline = sums.tolist()
    return Score(
        begin_h,
        end_h,
        round(count),
        mae=size / count,
        bias=error / count,
        crps=spread / count,
        coverage_50=in_50 / count,
        coverage_80=in_80 / count,
        coverage_90=in_90 / count,
        skill=1 - own / baseline if baseline > 0 else None,
    )


@dataclass(frozen=True)
class Journal:
    """The forecasts of every quantity that wait for their truth, and the scores of the others.

    Attributes:
        pages: by quantity.
    """

    pages: Mapping[str, Page] = field(default_factory=dict)

    def noted(
        self,
        now: float,
        quantity: str,
        horizon: Horizon,
        outlook: Outlook,
        baseline: Floats | None = None,
    ) -> Self:
        """Return the journal with a forecast, if it is the first of its hour.

        Args:
            now: when it was made, epoch seconds.
            quantity: `load`, `solar`, ...
            horizon: its K steps, from `now` on.
            outlook: the forecast; what its mean does not know is not scored.
            baseline: (K,) what it is measured against; NaN or None where unknown.
        """
        page = self.pages.get(quantity, Page())
        origin = math.floor(now / HOUR_S) * float(HOUR_S)
        if now - origin > GRACE_S or (len(page.origin) and page.origin[-1] >= origin):
            return self
        start: Floats = origin + HOUR_S * np.arange(HOURS, dtype=np.float64)
        begin: Floats = np.maximum(start, horizon.edges[0])

        def hourly(value: Floats) -> Floats:
            return Series(horizon.start, horizon.end, value).between(begin, start + HOUR_S)

        none = np.full(len(horizon), np.nan)
        values = [none if baseline is None else baseline, outlook.mean]
        values += [outlook.quantile(level) for level in KEPT.tolist()]
        return self._with(
            quantity, page.noted(origin, np.stack([hourly(each) for each in values], axis=1))
        )

    def scored(self, now: float, quantity: str, truth: Series) -> Self:
        """Return the journal with the scores of all forecasts whose truth is known by now."""
        page = self.pages.get(quantity)
        return self if page is None else self._with(quantity, page.scored(now, truth))

    def scores(self, quantity: str, days: int = 28) -> Scores | None:
        """Return the scores of the last days, None where nothing was scored."""
        page = self.pages.get(quantity)
        return None if page is None else page.scores(days)

    def _with(self, quantity: str, page: Page) -> Self:
        return type(self)({**self.pages, quantity: page})

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return the journal as named arrays."""
        arrays: dict[str, npt.NDArray[Any]] = {"version": np.array(VERSION)}
        for quantity, page in self.pages.items():
            arrays[f"{quantity}.origin"] = page.origin
            arrays[f"{quantity}.waiting"] = page.waiting
            arrays[f"{quantity}.day"] = page.day
            arrays[f"{quantity}.sums"] = page.sums
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Self:
        """Restore from `to_arrays`.

        Raises:
            KeyError, ValueError: the arrays are no journal of this version.
        """
        if int(arrays["version"]) != VERSION:
            raise ValueError(f"journal of version {arrays['version']}")
        names = [each.removesuffix(".origin") for each in arrays if each.endswith(".origin")]
        return cls(
            {
                name: Page(
                    *(arrays[f"{name}.{part}"] for part in ("origin", "waiting", "day", "sums"))
                )
                for name in names
            }
        )
