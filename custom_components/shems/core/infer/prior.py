"""What is believed of a home's parameters before it has shown anything."""

import hashlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import cached_property
from typing import Final

import numpy as np

from ..units import Floats

_EDGE: Final = 1e-6
"""How near to a bound a value may be, as a share of the range: its logit stays finite."""

_BOUND: Final = 0.02
"""Share of the range that counts as being at the bound."""


@dataclass(frozen=True)
class Parameter:
    """A parameter that is uniform between two bounds, in itself or in its logarithm.

    Attributes:
        name: snake_case, unique in its block.
        unit: as Home Assistant writes it; empty for a share.
        low, high: bounds in that unit.
        log: whether its logarithm is uniform; then low > 0.
        natural: whether the lower and the upper bound are nature's own, as that of a share:
            a home may well be there.
    """

    name: str
    unit: str
    low: float
    high: float
    log: bool = False
    natural: tuple[bool, bool] = (False, False)


@dataclass(frozen=True)
class Prior:
    """Independent parameters in a box, the last axis of every array of theirs."""

    parameters: tuple[Parameter, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names in the order of the last axis."""
        return tuple(each.name for each in self.parameters)

    @cached_property
    def digest(self) -> str:
        """What tells this prior from any other: SHA-256 of all that it consists of."""
        text = repr([astuple(each) for each in self.parameters])
        return hashlib.sha256(text.encode()).hexdigest()

    @cached_property
    def _log(self) -> Floats:
        return np.array([float(each.log) for each in self.parameters])

    @cached_property
    def _low(self) -> Floats:
        return self._axis([each.low for each in self.parameters])

    @cached_property
    def _range(self) -> Floats:
        return self._axis([each.high for each in self.parameters]) - self._low

    def _axis(self, theta: Floats | Sequence[float]) -> Floats:
        """Return the axis on which the prior is uniform."""
        theta = np.asarray(theta, dtype=float)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self._log > 0, np.log(theta), theta)

    def draw(self, random: np.random.Generator, count: int) -> Floats:
        """Return homes, (count, D) in physical units."""
        return self.from_share(random.random((count, len(self.parameters))))

    def share(self, theta: Floats) -> Floats:
        """Return where values lie in their range, (..., D) within 0 to 1."""
        return (self._axis(theta) - self._low) / self._range

    def from_share(self, share: Floats) -> Floats:
        """Return the values that lie there in their range, (..., D)."""
        axis = self._low + share * self._range
        return np.where(self._log > 0, np.exp(np.where(self._log > 0, axis, 0.0)), axis)

    def unbounded(self, theta: Floats) -> Floats:
        """Return values on the whole line, (..., D): the logit of their share."""
        share = np.clip(self.share(theta), _EDGE, 1 - _EDGE)
        return np.asarray(np.log(share) - np.log1p(-share))

    def bounded(self, values: Floats) -> Floats:
        """Return the physical values of what `unbounded` made, (..., D)."""
        return self.from_share(1 / (1 + np.exp(-np.clip(values, -700.0, 700.0))))

    def log_jacobian(self, theta: Floats) -> Floats:
        """Return log |d unbounded / d theta|, (...): the density here over that there."""
        share = np.clip(self.share(theta), _EDGE, 1 - _EDGE)
        slope = -np.log(share) - np.log1p(-share) + self._log_density(theta)
        return np.asarray(slope.sum(axis=-1))

    def log_density(self, theta: Floats) -> Floats:
        """Return the logarithm of the prior's density, (...); -inf outside its box."""
        share = self.share(theta)
        inside = np.all((share >= 0) & (share <= 1), axis=-1)
        return np.where(inside, self._log_density(theta).sum(axis=-1), -np.inf)

    def _log_density(self, theta: Floats) -> Floats:
        positive = np.where(self._log > 0, theta, 1.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(-np.log(self._range) - np.log(positive))

    def at_bounds(self, draws: Floats) -> Floats:
        """Return the share of draws within 2 % of the range of a bound, (..., S, D) -> (..., D).

        Such a home may lie beyond what the prior allows; bounds of nature's own do not count.
        The prior itself has 4 % there.
        """
        share = self.share(draws)
        low, high = np.transpose([each.natural for each in self.parameters])
        near = ((share < _BOUND) & ~low) | ((share > 1 - _BOUND) & ~high)
        return np.asarray(near.mean(axis=-2))

    @cached_property
    def deviation(self) -> Floats:
        """The standard deviation of each parameter's share: that of a uniform one, (D,)."""
        return np.full(len(self.parameters), 12**-0.5)
