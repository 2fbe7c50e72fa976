"""A battery without nuisances, whose posterior long chains can find: no meter errs here."""

from collections.abc import Callable
from typing import Final

import numpy as np

from custom_components.shems.core.infer.battery import BatteryBlock, BatteryHistory
from custom_components.shems.core.infer.battery_check import expected
from custom_components.shems.core.infer.battery_features import Flow
from custom_components.shems.core.infer.block import Drawn
from custom_components.shems.core.infer.prior import Parameter, Prior
from custom_components.shems.core.units import Floats

_PRIOR: Final = Prior(
    (
        Parameter("capacity_kwh", "kWh", 4.0, 16.0, log=True),
        Parameter("round_trip", "", 0.7, 1.0),
        Parameter("idle_kw", "kW", 0.0, 0.12),
        Parameter("standby_kw", "kW", 0.0, 0.08),
    )
)
_DAYS: Final = 10
_NOISE: Final = 0.05
"""Standard deviation of the charge that is shown: Gaussian, as it never is."""
_STEPS: Final = 4000
_WALKERS: Final = 200
_BEGUN: Final = 1500
_EVERY: Final = 50
_FAR: Final = 20.0
"""Nats below the middle of all walkers at which one has not come in."""


class PlainBattery(BatteryBlock):
    """A battery whose powers nobody needs to guess, and that has no ends.

    What it is asked does not depend on what it is, so that the chain's likelihood is all that
    there is to know: charge = constant + β·sums + noise, with β of the four parameters.
    """

    name = "plain_battery"
    prior = _PRIOR
    twists: tuple[str, ...] = ()

    def simulate(self, seed: int, count: int, *, twist: str | None = None) -> Drawn[BatteryHistory]:
        """Return ten days by the hour, all of them seen; there is no twist."""
        if twist is not None:
            raise ValueError(twist)
        random = np.random.default_rng([seed, 98])
        theta = _PRIOR.draw(random, count)
        hour = np.tile(np.arange(24), _DAYS)
        day = np.repeat(np.arange(_DAYS), 24)
        moved = random.uniform(0.5, 5.0, (count, _DAYS))[:, day]
        night = moved * random.uniform(0.6, 1.0, (count, _DAYS))[:, day]
        charge = np.where((hour >= 10) & (hour < 14), moved / 4, 0.0)
        discharge = np.where((hour >= 18) & (hour < 23), night / 5, 0.0)
        sums = Flow.of(charge, discharge, np.zeros_like(charge)).sums
        soc = 0.5 + expected(sums, theta[:, np.newaxis])[:, 0]
        soc += _NOISE * random.standard_normal(soc.shape)
        none = np.zeros((count, 0))
        return Drawn(theta, BatteryHistory(charge, discharge, soc, none, none, none))

    def exact(self, home: BatteryHistory, random: np.random.Generator, count: int) -> Floats:
        """Return draws of the posterior of one home, (count, 4), from long chains.

        The unknown charge at the beginning, with a flat prior, is integrated out by taking
        means off; what is left is quadratic in β. The chains are an ensemble with stretch
        moves on unbounded axes (J. Goodman, J. Weare, 2010).
        """
        flow = Flow.of(home.charge_kw, home.discharge_kw, home.soc)
        sums = flow.sums[:, 0] - flow.sums[:, 0].mean(axis=1, keepdims=True)
        square, cross = sums @ sums.T, sums @ (home.soc[0] - home.soc[0].mean())

        def density(values: Floats) -> Floats:
            theta = _PRIOR.bounded(values)
            beta = expected(np.eye(4)[:, np.newaxis], theta[np.newaxis])[0]
            fit = 2 * beta @ cross - np.einsum("ni,ij,nj->n", beta, square, beta)
            # A uniform share is logistic on the unbounded axis.
            edge = -np.abs(values) - 2 * np.log1p(np.exp(-np.abs(values)))
            return np.asarray(fit / (2 * _NOISE**2) + edge.sum(axis=1))

        # Chains that begin far outside would not come in: the best of many do.
        tried = _PRIOR.unbounded(_PRIOR.draw(random, 100 * _WALKERS))
        walkers = tried[np.argsort(-density(tried))[:_WALKERS]]
        kept = _chains(walkers, density, random)
        return _PRIOR.bounded(kept[random.choice(len(kept), count, replace=False)])


def _chains(
    walkers: Floats, density: Callable[[Floats], Floats], random: np.random.Generator
) -> Floats:
    """Return where walkers stood after they had settled, in turn."""
    half, size = len(walkers) // 2, walkers.shape[1]
    now = density(walkers)
    kept = []
    for step in range(_STEPS):
        if step == _BEGUN // 2:
            # One that is still far outside goes on from where another is.
            place = np.where(now < np.median(now) - _FAR, np.argmax(now), np.arange(2 * half))
            walkers, now = walkers[place], now[place]
        for moving, others in ((slice(half), slice(half, None)), (slice(half, None), slice(half))):
            stretch = (random.random(half) + 1.0) ** 2 / 2.0
            partners = walkers[others][random.integers(half, size=half)]
            tried = partners + stretch[:, np.newaxis] * (walkers[moving] - partners)
            then = density(tried)
            gain = (size - 1) * np.log(stretch) + then - now[moving]
            taken = np.log(random.random(half)) < gain
            walkers[moving] = np.where(taken[:, np.newaxis], tried, walkers[moving])
            now[moving] = np.where(taken, then, now[moving])
        if step >= _BEGUN and step % _EVERY == 0:
            kept.append(walkers.copy())
    return np.concatenate(kept)
