"""Each requirement, what was measured, and whether that meets it."""

from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np

from custom_components.shems.core.horizon import HOUR_S

from .evaluate import MATURE, NAIVE, Scores, best, ratio
from .ours import MIX

OURS: Final = "shems"
BLIND: Final = "shems_blind"
"""SHEMS without what the provider says of the time after the origin."""
PROVIDER: Final = "provider"
_RIVALS: Final = ("yesterday", "seven_day_mean", "linear_fit")
_YEAR: Final = 365
SECONDS: Final = 10.0
"""For a year by the hour, as Home Assistant's statistics keep it, of all learners together."""
_BYTES: Final = 80e6


@dataclass(frozen=True)
class Verdict:
    """One requirement.

    Attributes:
        requirement: what is asked, in words.
        wanted: the bound, in words.
        measured: what was found, in words.
        value: the number, None where nothing could be measured.
        passed: whether it holds; None where nothing could be measured.
    """

    requirement: str
    wanted: str
    measured: str
    value: float | None
    passed: bool | None

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON."""
        return asdict(self)


def within(
    requirement: str,
    value: float | None,
    most: float,
    *,
    least: float = -np.inf,
    form: str = ".1%",
    note: str = "",
) -> Verdict:
    """Judge a number by its bounds, both ends allowed."""
    if np.isfinite(least) and np.isfinite(most):
        wanted = f"{least:{form}} to {most:{form}}"
    else:
        wanted = f"≤ {most:{form}}" if np.isfinite(most) else f"≥ {least:{form}}"
    if value is None or not np.isfinite(value):
        return Verdict(requirement, wanted, "n/a", None, None)
    return Verdict(requirement, wanted, f"{value:{form}}{note}", value, least <= value <= most)


def of_scores(result: dict[str, Any], quantity: str) -> list[Verdict]:
    """Judge the scores of a mature home."""
    scores: Scores = result["ages"][MATURE]
    found = _of_load(scores) if quantity == "load" else _of_solar(result, scores)
    covered = scores[OURS]["coverage_80%"]
    return [*found, within("80 % intervals cover", covered, 0.83, least=0.77)]


def _of_load(scores: Scores) -> list[Verdict]:
    """Judge a load: the first two are asked of the median home."""
    naive = best(scores, NAIVE)
    return [
        within("CRPS over yesterday's", ratio(scores, OURS, "yesterday"), 0.80),
        within(f"CRPS over the best naive's ({naive})", ratio(scores, OURS, naive), 0.92),
        _positive_skill(scores),
    ]


def _positive_skill(scores: Scores) -> Verdict:
    over = ratio(scores, OURS, "seven_day_mean", "mae")
    requirement = "MAE skill over the mean of seven days"
    if over is None:
        return Verdict(requirement, "> 0", "n/a", None, None)
    return Verdict(requirement, "> 0", f"{1 - over:.1%}", 1 - over, over < 1)


def _of_solar(result: dict[str, Any], scores: Scores) -> list[Verdict]:
    """Judge solar power: against the provider, and against all else dressed alike.

    What a provider says of the days ahead may have been issued after the origin; without
    it, and on the days with snow alone, the measure is told but nothing is asked.
    """
    found = []
    if PROVIDER in result:
        issued: Scores = result[PROVIDER]["ages"][MATURE]
        over = "CRPS over the provider's, dressed"
        found += [
            within(over, ratio(issued, OURS, PROVIDER), 0.95),
            _told(f"{over}: blind", ratio(issued, BLIND, PROVIDER)),
        ]
    rivals = [name for name in _RIVALS if name in scores]
    found += [_below(f"CRPS over that of {name}", ratio(scores, OURS, name)) for name in rivals]
    snow: Scores = result.get("snow", {}).get("all", {})
    if snow:
        found += [
            _told(f"CRPS over that of {name}: with snow", ratio(snow, OURS, name))
            for name in rivals
        ]
    return found


def _below(requirement: str, value: float | None) -> Verdict:
    if value is None:
        return Verdict(requirement, "< 100.0%", "n/a", None, None)
    return Verdict(requirement, "< 100.0%", f"{value:.1%}", value, value < 1)


def _told(requirement: str, value: float | None) -> Verdict:
    return Verdict(requirement, "", "n/a" if value is None else f"{value:.1%}", value, None)


def of_experts(result: dict[str, Any]) -> list[Verdict]:
    """Judge the mix against the best of its experts, at midnights."""
    if "experts" not in result:
        return []
    scores: Scores = result["experts"]["ages"][MATURE]
    top = best(scores, tuple(name for name in scores if name != MIX))
    over = ratio(scores, MIX, top)
    return [within(f"CRPS of the mix over its best expert's ({top})", over, 1.01)]


def of_courses(courses: dict[str, Any]) -> list[Verdict]:
    """Judge the courses: how often 80 % of their daily totals hold what came."""
    share, error = courses["total_covered"], courses["total_covered_error"]
    requirement = "daily totals: 80 % of the courses hold the truth, ± 2 standard errors"
    score, apart = courses["energy_score"], courses["energy_score_independent"]
    over = None if score is None or not apart else score / apart
    if error is None:
        cover = Verdict(requirement, "n/a", "n/a", None, None)
    else:
        cover = within(requirement, share, 0.8 + 2 * error, least=0.8 - 2 * error)
    return [cover, within("energy score over that of independent slots", over, 1.0)]


def of_cost(cost: dict[str, Any], step_s: float) -> list[Verdict]:
    """Judge what it costs to learn a year on this machine; finer steps are not judged."""
    words = f"seconds to learn a year (learned {cost['days']} days)"
    seconds = within(words, year_seconds(cost), SECONDS, form=".1f")
    if step_s < HOUR_S:
        seconds = replace(seconds, wanted="", passed=None)
    memory = cost["peak_bytes"] / 1e6
    return [seconds, within("MB of memory to learn it", memory, _BYTES / 1e6, form=".0f")]


def year_seconds(cost: dict[str, Any]) -> float:
    """Return the processor's time for a whole year, from that for a part of one."""
    return float(cost["seconds"] * max(1.0, (_YEAR - 1) / max(cost["days"], 1)))
