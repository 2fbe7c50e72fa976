"""Prices by day and hour, and how the market looks at the end of a day."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..units import Floats

HOURS: Final = 24
WEEK: Final = 7
FEATURES: Final = 16
SATURDAY, SUNDAY = 5, 6
_WINDOW: Final = 56
"""Days that say where prices lie and how far they spread."""
_WEEK_WEIGHTS: Final = 0.8 ** np.arange(WEEK) / (0.8 ** np.arange(WEEK)).sum()
_BEYOND: Final = 1.0
"""In normal units how much further than in eight weeks a price may go: a factor of e."""


@dataclass(frozen=True)
class Table:
    """Prices by day and hour up to a day, and what kind of day each is.

    Attributes:
        first: number of the first day.
        price: (N, 24) currency/kWh; NaN where unknown.
        holidays: days that trade like a Sunday.
    """

    first: int
    price: Floats
    holidays: frozenset[int]

    @property
    def filled(self) -> Floats:
        """The prices with what is unknown taken from the hour or the day before."""
        price = self.price.copy()
        price[0] = np.where(np.isfinite(price[0]), price[0], np.nanmean(price))
        flat = np.isfinite(price)
        for row in range(1, len(price)):
            if flat[row].all():
                continue
            missing = ~flat[row]
            shift = np.nanmean(price[row] - price[row - 1]) if flat[row].any() else 0.0
            price[row, missing] = price[row - 1, missing] + shift
        return price

    def kind(self, day: int) -> int:
        """Return the weekday of a day, Monday = 0, a holiday being a Sunday."""
        return SUNDAY if day in self.holidays else (day + 3) % WEEK

    def weekend(self, day: int) -> bool:
        """Return whether nobody works on a day."""
        return self.kind(day) >= SATURDAY


@dataclass(frozen=True)
class Origin:
    """The world as it looks at the end of a day: normal units and features.

    Attributes:
        centre, spread: what makes prices normal units.
        low, high: the normal units that seem possible.
        base: (AHEAD, 24) the plain mixture.
        features: (AHEAD, 24, F).
    """

    centre: float
    spread: float
    low: float
    high: float
    base: Floats
    features: Floats

    def normal(self, price: Floats) -> Floats:
        """Return prices in normal units."""
        value: Floats = np.arcsinh((price - self.centre) / self.spread)
        return value

    def price(self, normal: Floats) -> Floats:
        """Return normal units as prices, kept to what seems possible."""
        value: Floats = np.sinh(np.clip(normal, self.low, self.high)) * self.spread + self.centre
        return value


def origin(table: Table, price: Floats, row: int, ahead: int) -> Origin:
    """Look back from the end of a table's row, at least a week after its first."""
    recent = price[max(0, row + 1 - _WINDOW) : row + 1]
    centre = float(np.median(recent))
    spread = 1.4826 * float(np.median(np.abs(recent - centre)))
    spread = max(spread, 0.02 * float(np.abs(recent).mean())) or 1.0
    normal = np.arcsinh((recent - centre) / spread)
    recent = normal[-2 * WEEK :]
    last, before, week = recent[-1], recent[-2], _WEEK_WEIGHTS @ recent[: -WEEK - 1 : -1]
    flat = [1.0, last.mean(), last.min(), last.max(), last[-4:].mean(), before.mean(), week.mean()]
    day = table.first + row
    kinds = [table.kind(day - back) for back in range(len(recent))]
    today = kinds[0]
    features = np.empty((ahead, HOURS, FEATURES))
    base = np.empty((ahead, HOURS))
    for lead in range(1, ahead + 1):
        kind = table.kind(day + lead)
        alike = recent[_alike(kinds, kind)]
        calendar = [kind == SATURDAY, kind == SUNDAY, today == SATURDAY, today == SUNDAY]
        part = features[lead - 1]
        part[:, :4] = np.stack([last, before, alike, week], axis=1)
        part[:, 4:] = [*flat, float(alike.mean()), *map(float, calendar)]
        base[lead - 1] = 0.5 * week + 0.3 * alike + 0.2 * last
    return Origin(
        centre,
        spread,
        float(normal.min()) - _BEYOND,
        float(normal.max()) + _BEYOND,
        base,
        features,
    )


def _alike(kinds: list[int], kind: int) -> int:
    """Return the newest of some days, newest first, of a kind, counted from the end.

    Where there is none in two weeks the last day must do.
    """
    return -1 - kinds.index(kind) if kind in kinds else -1
