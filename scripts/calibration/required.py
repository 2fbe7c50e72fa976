"""What is asked of every block's posterior, and whether it holds."""

from typing import Final

import numpy as np

from scripts.forecasting.verdict import Verdict, within

from .measures import LEVELS, Quality

MEAN_ERROR: Final = 0.02
WORST: Final = (-0.03, 0.05)
DISTANCE: Final = 0.036
"""1.63 / √2000: what one in a hundred right posteriors would exceed with 2000 homes."""
FALSE_ALARMS: Final = 0.02
BAND: Final = 0.85
FOUND: Final = {
    ("solar", "time_shift"): 0.95,
    ("solar", "curtailment"): 0.8,
    ("thermal", "dhw"): 0.95,
    ("thermal", "coupling"): 0.7,
    ("battery", "time_shift"): 0.95,
}
"""Share of homes of which a misspecification must be noticed. People whose clock is an hour late
are people who get up an hour later: no load tells them apart."""


def of_block(name: str, plain: Quality, twisted: dict[str, Quality]) -> list[Verdict]:
    """Judge a block on homes as they are, and on those with each twist."""
    off = plain.coverage - np.array(LEVELS)
    found = [
        within(f"{name}: mean coverage error", float(np.abs(off).mean()), MEAN_ERROR),
        within(f"{name}: coverage too low, worst", float(off.min()), np.inf, least=WORST[0]),
        within(f"{name}: coverage too high, worst", float(off.max()), WORST[1]),
        within(
            f"{name}: distance of ranks, worst",
            float(plain.rank_distance.max()),
            DISTANCE,
            form=".3f",
        ),
        within(f"{name}: TARP", plain.tarp, DISTANCE, form=".3f"),
        within(f"{name}: false alarms", plain.alarmed, FALSE_ALARMS),
        within(f"{name}: 90 % bands cover", plain.predicted, np.inf, least=BAND),
    ]
    for twist, quality in twisted.items():
        told = f"{name}, {twist}"
        found.append(within(f"{told}: 90 % bands cover", quality.predicted, np.inf, least=BAND))
        least = FOUND.get((name, twist))
        if least is not None:
            found.append(within(f"{told}: noticed", quality.alarmed, np.inf, least=least))
    return found
