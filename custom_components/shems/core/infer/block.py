"""What every block of parameters has in common: a prior, a simulator, features and checks."""

from dataclasses import dataclass
from typing import Protocol

from ..units import Floats
from .prior import Prior


class Observed(Protocol):
    """What Home Assistant shows of a batch of homes: arrays whose first axis is the home.

    NaN is what is not known.
    """

    @property
    def held_out(self) -> Floats:
        """What was seen later, (n, T'): only checks look at it. (n, 0) where there is none."""
        ...


@dataclass(frozen=True)
class Drawn[H]:
    """Homes that were drawn from the prior and simulated.

    Attributes:
        theta: (n, D) their parameters in physical units.
        observed: what is seen of them.
    """

    theta: Floats
    observed: H


@dataclass(frozen=True)
class Check:
    """How ill the posterior's predictions fit what was seen.

    Attributes:
        names: of the statistics, snake_case: the alarms.
        statistics: (n, A) the larger, the worse; NaN where it cannot be told.
        mild: the alarms that make the parameters doubtful, not the predictions.
    """

    names: tuple[str, ...]
    statistics: Floats
    mild: frozenset[str] = frozenset()


class Block[H: Observed](Protocol):
    """Parameters that are inferred together.

    A block is stateless; every method works on a batch of homes. What is random comes from
    the seed alone: the same seed and count give the same homes.
    """

    @property
    def name(self) -> str:
        """solar, thermal, living or battery."""
        ...

    @property
    def prior(self) -> Prior:
        """What is inferred, and within which bounds."""
        ...

    @property
    def twists(self) -> tuple[str, ...]:
        """What `simulate` can do to homes that the inference does not reckon with."""
        ...

    def simulate(self, seed: int, count: int, *, twist: str | None = None) -> Drawn[H]:
        """Return homes drawn from the prior, nuisances included, as they would be seen."""
        ...

    def features(self, observed: H) -> Floats:
        """Return what the network is shown, (n, F), finite."""
        ...

    def check(self, observed: H, draws: Floats) -> Check:
        """Compare what was seen with what (n, S, D) draws of the posterior predict."""
        ...

    def predict(self, observed: H, draws: Floats) -> Floats:
        """Return predictive draws of `held_out`, (n, S, T').

        They include what the home's own residuals add. NaN where nothing is to be predicted,
        as at night; bands are their quantiles.
        """
        ...
