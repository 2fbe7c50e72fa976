"""A linear-Gaussian block, whose posterior is known exactly."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from custom_components.shems.core.infer.block import Check, Drawn
from custom_components.shems.core.infer.prior import Parameter, Prior
from custom_components.shems.core.units import Floats

_PRIOR: Final = Prior((Parameter("slope", "kW", -3.0, 3.0), Parameter("offset", "kW", -3.0, 3.0)))
_STEPS: Final = 12
_NOISE: Final = 0.6
_DESIGN: Final = np.stack([np.linspace(-1.0, 1.0, _STEPS), np.full(_STEPS, 1.0)], axis=1)
_LATER: Final = np.stack([np.linspace(1.0, 1.5, 4), np.full(4, 1.0)], axis=1)


@dataclass(frozen=True)
class Line:
    """Noisy points of a line, (n, 12), and later ones, (n, 4)."""

    points: Floats
    held_out: Floats


class Toy:
    """A line through noisy points: uniform prior, Gaussian noise.

    Its posterior is a Gaussian cut off at the prior's box.
    """

    name = "toy"
    prior = _PRIOR
    twists = ("bent",)

    def simulate(self, seed: int, count: int, *, twist: str | None = None) -> Drawn[Line]:
        """Return lines; a bent one is none."""
        random = np.random.default_rng([seed, 99])
        theta = _PRIOR.draw(random, count)
        bend = 3.0 * (twist == "bent") * _DESIGN[:, 0] ** 2
        points = theta @ _DESIGN.T + bend + _NOISE * random.standard_normal((count, _STEPS))
        later = theta @ _LATER.T + _NOISE * random.standard_normal((count, len(_LATER)))
        return Drawn(theta, Line(points, later))

    def features(self, observed: Line) -> Floats:
        """Return the points themselves."""
        return observed.points

    def check(self, observed: Line, draws: Floats) -> Check:
        """Compare residuals with the noise."""
        left = observed.points - draws.mean(axis=1) @ _DESIGN.T
        return Check(("noise",), np.sqrt((left**2).mean(axis=1))[:, np.newaxis])

    def predict(self, observed: Line, draws: Floats) -> Floats:
        """Return later points with the noise that the earlier ones had."""
        random = np.random.default_rng(1)
        later = draws @ _LATER.T
        noise = self.check(observed, draws).statistics[..., np.newaxis]
        return np.asarray(later + noise * random.standard_normal(later.shape))

    def exact(self, points: Floats, random: np.random.Generator, count: int) -> Floats:
        """Return draws of the exact posterior of one line's (12,) points, (count, 2).

        The least-squares Gaussian, with what lies outside the prior's box thrown away.
        """
        covariance = _NOISE**2 * np.linalg.inv(_DESIGN.T @ _DESIGN)
        centre = np.linalg.lstsq(_DESIGN, points, rcond=None)[0]
        kept = np.zeros((0, 2))
        while len(kept) < count:
            drawn = random.multivariate_normal(centre, covariance, 4 * count)
            kept = np.concatenate([kept, drawn[np.isfinite(_PRIOR.log_density(drawn))]])
        return kept[:count]
