"""What a home's roof gives at most: a cloudless sky on its planes, learned from its best days."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from ..assets.plane import Site
from ..units import Bools, Floats
from .sunlight import PLANES, Sunlight

_FIT_DAYS: Final = 365
_REFIT_DAYS: Final = 14
_YOUNG_DAYS: Final = 28
"""Until when planes are fitted anew every day."""
_UPPER: Final = 0.97
"""The expectile that is called cloudless."""
_ROUNDS: Final = 8
_STEPS: Final = 60
_TINY: Final = 1e-9
_FAINT: Final = 0.01
"""Share of the strongest slot below which nothing is learned of the ratio."""
_BEST_DAYS: Final = 40
"""Days among which the best are looked for: nearly everywhere some are clear."""
_RANK: Final = 3
"""The third best: one wrong reading or bright edge of a cloud is no sky."""
_CLEAR: Final = 0.7
"""Share of what is held at which the last weeks had their clear days."""
_FADE: Final = 0.98
"""While they had, a slot's old best is believed less every day: trees grow, shadows move."""
_GLOOM: Final = 0.998
"""Where they had none it is kept: snow may lie for months."""
_MOST_RATIO: Final = 3.0
_LATELY_DAYS: Final = 10
_LATELY_RANK: Final = 2
_FLAT: Final = 0.002
"""A clear noon bends by 0.9 % within half an hour."""
_FLAT_SLOTS: Final = 3
_FLAT_SHARE: Final = 1.5 / 24
_BELOW: Final = 0.93
_SMALL: Final = 0.05
_LOSS_PER_K: Final = 0.004
_MILD_C: Final = 15.0
"""For which a clear sky's power is reckoned."""


@dataclass(frozen=True)
class Roof:
    """What is known of a roof.

    Attributes:
        planes: (B,) how much it has of each plane; empty where the place is unknown.
        top: (S,) the best days' power at each slot, kW, or with a place its ratio to the
            planes': shadows, and planes other than those.
        measured: (D, S) kW, the last days; NaN where unknown or altered.
    """

    planes: Floats
    top: Floats
    measured: Floats

    @classmethod
    def new(cls, site: Site | None, slots: int) -> Self:
        """Make one of which nothing was seen yet."""
        described = site is not None and len(site.planes) > 0
        return cls(
            np.ones(len(site.planes)) if site and described else np.zeros(PLANES if site else 0),
            np.full(slots, 1.0 if described else 0.0),
            np.full((_FIT_DAYS, slots), np.nan),
        )

    def most(self, light: Sunlight, day: int, count: int) -> Floats:
        """Return the power under a cloudless sky, (count, S) kW; 0 at night.

        While the sun is up no less than the last days gave, whatever it should have allowed:
        a meter's clock may be wrong.
        """
        sky = light.clear(day, count)
        if sky is None:
            return np.tile(self.top, (count, 1))
        power = (sky.beam + sky.around) @ self.planes * self.top
        lately = np.sort(np.nan_to_num(self.measured[-_LATELY_DAYS:]), axis=0)[-_LATELY_RANK]
        most: Floats = np.where(sky.up, np.maximum(power, lately), 0.0)
        return most

    def expected(self, light: Sunlight, day: int, count: int) -> Floats:
        """Return the power by the weather forecast and by the provider, (count, 2, S) kW.

        Without a place the weather's is the irradiance, in which the roof's scale is then
        found by what comes of it.
        """
        rows = slice(day - light.first, day - light.first + count)
        shares, sky = light.shares(day, count), light.clear(day, count)
        if shares is None or sky is None:
            whole = (light.direct[rows] + light.diffuse[rows]) / 1000.0 * self.top.max()
            veiled = self.top * (1.0 - 0.75 * np.clip(light.cloud[rows], 0.0, 1.0) ** 3.4)
            weather = np.where(np.isfinite(whole), whole, veiled)
        else:
            direct, diffuse = shares
            weather = direct * (sky.beam @ self.planes) + diffuse * (sky.around @ self.planes)
            cold = np.nan_to_num(_MILD_C - light.temperature[rows])
            weather *= self.top * (1.0 + _LOSS_PER_K * cold)
        return np.stack([weather, light.given[rows]], axis=1)

    def learned(self, light: Sunlight, day: int, truth: Floats) -> Self:
        """Return it at the midnight of `day` after what the day before gave, (S,)."""
        measured = np.concatenate([self.measured[1:], truth[np.newaxis]])
        known = int(np.isfinite(measured).any(axis=1).sum())
        if not known:
            return type(self)(self.planes, self.top, measured)
        planes, top = self.planes, self.top
        ratio, weight = measured[-_BEST_DAYS:], np.ones(measured.shape[1])
        if light.site is not None:
            whole = light.whole(light.site, day - _BEST_DAYS, _BEST_DAYS)
            before = whole[-1] @ planes
            if not light.site.planes and (known <= _YOUNG_DAYS or day % _REFIT_DAYS == 0):
                bounded = np.minimum(measured, _strongest(measured))
                planes = fitted(
                    light.whole(light.site, day - _FIT_DAYS, _FIT_DAYS), bounded, planes
                )
            power = whole @ planes
            weight = power[-1]
            bright = power > _FAINT * power.max()
            # What was held was held of the planes as they were.
            top = np.where(bright[-1], top * before / np.maximum(power[-1], _TINY), top)
            ratio = np.where(bright, ratio / np.maximum(power, _TINY), np.nan)
            ratio = np.minimum(ratio, _MOST_RATIO)
        found = best(ratio)
        clear = float((found * weight).sum()) >= _CLEAR * float((top * weight).sum())
        return type(self)(planes, np.maximum(found, (_FADE if clear else _GLOOM) * top), measured)


def fitted(whole: Floats, measured: Floats, before: Floats) -> Floats:
    """Return how much of each plane a roof has, (B,), so that it meets the best days.

    Asymmetric least squares with weights that cannot become negative (expectiles, Newey &
    Powell 1987; multiplicative steps, Lee & Seung 2001).

    Args:
        whole: (N, S, B) power of the planes under a cloudless sky.
        measured: (N, S) kW, NaN where unknown.
        before: (B,) the last answer, from where the steps begin.
    """
    known = np.isfinite(measured) & (whole.sum(axis=-1) > 0)
    light, value = whole[known], measured[known]
    even = max(value.sum(), _TINY) / max(light.sum(), _TINY)
    planes = np.maximum(before, 0.01 * even) if before.any() else np.full(len(before), even)
    for _ in range(_ROUNDS):
        weight = np.where(value > light @ planes, _UPPER, 1.0 - _UPPER)
        square = light.T @ (light * weight[:, np.newaxis])
        square[np.diag_indices(len(planes))] += 1e-3 * np.trace(square) / len(planes)
        target = light.T @ (weight * value)
        for _ in range(_STEPS):
            planes = planes * target / np.maximum(square @ planes, _TINY)
    return planes


def _strongest(measured: Floats) -> float:
    """Return the third highest day's peak, kW, of a few days the highest."""
    return float(best(np.nan_to_num(measured).max(axis=1, keepdims=True))[0])


def best(ratio: Floats) -> Floats:
    """Return the third best day at each slot, (N, S) to (S,); of a few days the best."""
    known = np.isfinite(ratio)
    ordered = np.sort(np.where(known, ratio, 0.0), axis=0)
    few = known.any(axis=1).sum() < 2 * _RANK
    top: Floats = ordered[-1 if few else -_RANK]
    return top


def altered(measured: Floats, most: Floats) -> Bools:
    """Return which slots of a day, (S,), are flat below what the sky gave: throttled or stuck.

    Equal values in a row at the top of what was ever seen are the inverter's limit, which
    tells the truth.
    """
    flat = np.zeros(len(measured), dtype=np.bool_)
    level = np.where(np.isfinite(measured), measured, -1.0)
    same = np.abs(np.diff(level)) <= _FLAT * level[1:]
    edge = np.flatnonzero(np.diff(np.concatenate([[False], same, [False]]).astype(np.int8)))
    least = max(_FLAT_SLOTS, round(_FLAT_SHARE * len(measured)))
    for begin, end in zip(edge[::2], edge[1::2], strict=True):
        inside = slice(begin, end + 1)
        large = level[begin] > _SMALL * most.max()
        low = level[begin] < _BELOW * most[inside].max()
        flat[inside] |= end + 1 - begin >= least and large and low
    return flat
