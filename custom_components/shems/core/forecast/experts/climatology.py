"""Quantiles of the days seen, by type of day and age."""

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np

from ...units import Floats
from .ground import AHEAD, Origin
from .samples import beside, filled, quantiles_of, reach_of

_DAYS: Final = 84
_FADE_DAYS: Final = 21.0
_OTHER_KIND: Final = 0.25
"""Weight of a day of another type."""
_OTHER_WEEKEND: Final = 0.5
"""Weight of a Saturday for a Sunday and the reverse."""


@dataclass(frozen=True)
class Climatology:
    """What was seen at that time of day, recent days and days of the type above all."""

    name: ClassVar[str] = "climatology"

    def issue(self, origin: Origin) -> Floats:
        """Issue the days ahead, (AHEAD, S, L)."""
        rows = np.flatnonzero(np.isfinite(origin.load).any(axis=1))[-_DAYS:]
        seen = origin.load[rows]
        kinds, ahead = np.split(origin.kinds(len(origin.load)), [len(origin.load)])
        kinds = kinds[rows]
        reach = reach_of(seen.shape[1])
        fading = np.exp((rows - rows[-1]) / _FADE_DAYS)
        alike = np.select(
            [kinds == ahead[:, np.newaxis], (kinds > 0) & (ahead[:, np.newaxis] > 0)],
            [1.0, _OTHER_WEEKEND],
            _OTHER_KIND,
        )
        nearness = np.repeat(1.0 - np.abs(np.arange(-reach, reach + 1)) / (2 * reach), len(rows))
        weights = np.tile(fading * alike, 2 * reach + 1) * nearness
        return filled(quantiles_of(beside(seen, reach), weights.reshape(AHEAD, 1, -1)))
