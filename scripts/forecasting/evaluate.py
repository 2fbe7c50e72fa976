"""Scores of every model on the same slots: by age of the home, by lead, by origin."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from custom_components.shems.core.units import Bools, Floats

from .metrics import AGES, LEADS, Marks, marks, score
from .origins import AHEAD_H, Origins

MATURE: Final = "60+"
NAIVE: Final = ("yesterday", "last_week", "seven_day_mean")

type Scores = dict[str, dict[str, float | None]]
"""Score by name, by model."""


@dataclass(frozen=True)
class Model:
    """What one model said.

    Attributes:
        quantiles: (O, K, L).
        point: (O, K) where it is a point forecast that was dressed.
    """

    quantiles: Floats
    point: Floats | None = None


_SPOKE: Final = 0.5
"""Share of a part's slots about which a model must have spoken to be compared there."""


@dataclass(frozen=True)
class Comparison:
    """Models on the slots that all have spoken about.

    A model that was silent about most of a part is left out there, so that it does not keep
    the others from being compared.

    Attributes:
        origins: when and for what.
        marks: by model.
        mask: (O, K) what may be scored at all.
    """

    origins: Origins
    marks: dict[str, Marks]
    mask: Bools

    @classmethod
    def of(cls, origins: Origins, models: dict[str, Model], mask: Bools) -> Comparison:
        """Mark every model."""
        found = {
            name: marks(each.quantiles, origins.truth, each.point) for name, each in models.items()
        }
        return cls(origins, found, mask)

    def scores(self, where: Bools) -> Scores:
        """Return every model's scores on part of the slots, (O, 1), (1, K) or (O, K)."""
        part = self.mask & where
        spoke = {name: np.isfinite(each["crps"]) & part for name, each in self.marks.items()}
        heard = [name for name, each in spoke.items() if each.sum() > _SPOKE * part.sum()]
        both: Bools = np.logical_and.reduce([part, *(spoke[name] for name in heard)])
        nothing = np.zeros_like(both)
        return {
            name: score(each, both if name in heard else nothing)
            for name, each in self.marks.items()
        }

    def aged(self, age: str) -> Bools:
        """Return which origins are of an age, (O, 1)."""
        least, most = AGES[age]
        inside: Bools = (self.origins.age >= least) & (self.origins.age <= most)
        return inside[:, np.newaxis]

    def share(self, age: str) -> float:
        """Return the share of slots of an age that is scored."""
        rows = self.aged(age)[:, 0]
        return float(self.mask[rows].mean()) if rows.any() else 0.0

    def by_age(self) -> dict[str, Scores]:
        """Return scores by days of history at the origin."""
        return {age: self.scores(self.aged(age)) for age in AGES}

    def by_lead(self) -> dict[str, Scores]:
        """Return scores of the mature home by distance ahead."""
        hours = self.origins.lead_h
        return {
            name: self.scores(self.aged(MATURE) & ((hours >= least) & (hours < most)))
            for name, (least, most) in LEADS.items()
        }

    def by_hour(self) -> dict[str, dict[str, list[float | None]]]:
        """Return CRPS and MAE of the mature home for each hour ahead, by model."""
        hour = np.floor(self.origins.lead_h)
        rows = [self.scores(self.aged(MATURE) & (hour == number)) for number in range(AHEAD_H)]
        return {
            model: {name: [row[model][name] for row in rows] for name in ("crps", "mae")}
            for model in self.marks
        }

    def by_origin(self) -> dict[str, Scores]:
        """Return scores of the mature home by the origin's time of day."""
        midnight = self.origins.midnight[:, np.newaxis]
        mature = self.aged(MATURE)
        return {
            "00:00": self.scores(mature & midnight),
            "13:00": self.scores(mature & ~midnight),
        }

    def as_dict(self) -> dict[str, Any]:
        """Return all of it for JSON."""
        return {
            "scored_share": {age: self.share(age) for age in AGES},
            "all": self.scores(np.ones((1, 1), dtype=np.bool_)),
            "ages": self.by_age(),
            "leads": self.by_lead(),
            "hours": self.by_hour(),
            "origins": self.by_origin(),
        }


def best(scores: Scores, names: tuple[str, ...]) -> str | None:
    """Return which of some models has the least CRPS, None where none has any."""
    known = {
        name: value
        for name in names
        if name in scores and (value := scores[name]["crps"]) is not None
    }
    return min(known, key=lambda name: known[name]) if known else None


def ratio(scores: Scores, name: str | None, other: str | None, by: str = "crps") -> float | None:
    """Return one model's score over another's, None where either is unknown."""
    if name not in scores or other not in scores:
        return None
    above, below = scores[name][by], scores[other][by]
    return None if above is None or not below else above / below
