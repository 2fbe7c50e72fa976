"""Real homes' loads: whether the fortnight after four weeks lies where the posterior has it."""

from pathlib import Path
from typing import Final

import numpy as np

from custom_components.shems.core.horizon import DAY_S
from custom_components.shems.core.infer.judge import CHECKED, DRAWS, alarms_of, checked, verdicts
from custom_components.shems.core.infer.living import Living, LivingSeen
from custom_components.shems.core.infer.living_check import LATER_DAYS
from custom_components.shems.core.infer.living_features import DAYS, HOURS
from custom_components.shems.core.infer.network import Network
from custom_components.shems.core.infer.posterior import Verdict as Trust
from custom_components.shems.core.units import Floats
from scripts.comparison.real import Windows, read_windows
from scripts.forecasting.verdict import Verdict, within

from .required import BAND

_LEVELS: Final = (0.05, 0.95)


def check(network: Network, data: Path) -> list[Verdict]:
    """Judge what is said of the homes in a folder of data; nothing where it is absent."""
    if not data.is_dir():
        return []
    found = []
    for home in read_windows(data, "load", internal=False):
        observed = pairs_of(home)
        covered, rejected = covered_by(network, observed)
        note = f" ({len(covered)} windows, {rejected:.0%} rejected)"
        share = float(np.nanmean(covered))
        told = f"living, {home.name}: 90 % bands cover"
        found.append(within(told, share, np.inf, least=BAND, note=note))
    return found


def pairs_of(home: Windows) -> LivingSeen:
    """Return the windows of a home that are followed by another, with its first fortnight."""
    followed = np.flatnonzero(np.diff(home.start) < (DAYS + 0.5) * DAY_S)
    date = (home.start[followed] / DAY_S).astype(np.int64).astype("datetime64[D]")
    day = (date - date.astype("datetime64[Y]")).astype(np.int64)
    return LivingSeen(
        home.power_kw[followed],
        home.weekday[followed].astype(np.int64),
        np.full(len(followed), home.latitude),
        np.minimum(day, 364),
        home.power_kw[followed + 1][:, : LATER_DAYS * HOURS],
    )


def covered_by(network: Network, observed: LivingSeen) -> tuple[Floats, float]:
    """Return the share of hours within the bands by window, and that of windows rejected."""
    block = Living()
    random = np.random.default_rng(0)
    features = block.features(observed)
    draws = network.sample(features, random, DRAWS)
    judged = checked(block, network, observed, features, draws[:, :CHECKED])
    trusts = [each for each, _ in verdicts(judged, alarms_of(judged, network), network, draws)]
    low, high = np.quantile(block.predict(observed, draws[:, :CHECKED]), _LEVELS, axis=1)
    later = observed.held_out
    inside = (later >= low) & (later <= high)
    known = np.isfinite(later)
    share: Floats = (inside & known).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return share, float(np.mean([each is Trust.REJECTED for each in trusts]))
