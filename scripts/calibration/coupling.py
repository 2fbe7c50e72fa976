"""How many homes of another coupling could be noticed: `python -m scripts.calibration.coupling`.

No alarm finds more of them, at as many false ones, than the likelihood ratio does (Neyman and
Pearson). Here it is given what no home shows: a measurement of the coupling itself, by a factor of
1 to 3 (one standard deviation, log-normal). The twist `coupling` takes a third of the least that
usual homes have, `own_coupling` a third of one that is drawn like that of the others.
"""

import sys
from statistics import NormalDist
from typing import Final

import numpy as np

from custom_components.shems.core.infer.thermal import TWISTED_COUPLING
from custom_components.shems.core.units import Floats
from custom_components.shems.core.world.population.houses import COUPLINGS

FALSE_ALARMS: Final = 0.02
FACTORS: Final = (1.01, 1.15, 1.3, 1.7, 3.0)
_CELLS: Final = 40_001
_FAR: Final = 8.0
"""Standard deviations of the measurement beyond the couplings that there are."""
_POINT: Final = 1e-3
"""Width on the logarithmic axis of what is one value."""
_NORMAL: Final = NormalDist()


def noticed(factor: float, *, own: bool) -> float:
    """Return the share of twisted homes that the likelihood ratio finds, at 2 % false alarms.

    Measured is x = ln coupling + s·e with e standard normal and s = ln(factor). With couplings
    log-uniform between a and b

        p(x) = (P((x - ln a) / s) - P((x - ln b) / s)) / ln(b / a)

    with P the normal distribution; of homes with a third of their own the same, lower by ln 3, of
    those with a third of the least a normal around ln(a / 3).

    Args:
        factor: above 1, by which the measurement errs.
        own: whether the third is that of the home's own coupling.
    """
    spread = float(np.log(factor))
    low, high = (float(np.log(each)) for each in COUPLINGS)
    lower = -float(np.log(TWISTED_COUPLING))
    x = np.linspace(low - lower - _FAR * spread, high + _FAR * spread, _CELLS)
    usual = _density(x, low, high, spread)
    end = high - lower if own else low - lower + _POINT
    twisted = _density(x, low - lower, end, spread)
    order = np.argsort(-twisted / np.maximum(usual, np.finfo(float).tiny), kind="stable")
    alarmed = np.cumsum(usual[order]) <= FALSE_ALARMS
    return float(twisted[order][alarmed].sum())


def _density(x: Floats, low: float, high: float, spread: float) -> Floats:
    """Return the probability of each cell, which sum to 1."""
    edges = [np.array([_NORMAL.cdf(each) for each in (x - end) / spread]) for end in (low, high)]
    density = edges[0] - edges[1]
    share: Floats = density / density.sum()
    return share


def main() -> int:
    """Print the shares; return the exit status."""
    for factor in FACTORS:
        least, own = (noticed(factor, own=each) for each in (False, True))
        print(
            f"coupling known to a factor of {factor:.2f}: at most {least:.1%} noticed of a third of"
            f" the least, {own:.1%} of a third of their own"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
