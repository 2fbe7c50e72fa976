"""Which style runs the next day, weighed from what the last days would have cost.

Let d be a candidate's daily cost less that of the style that runs, as a share of what the
load costs, m its mean over the days kept and s the standard error of that mean, from the
means of blocks. Before any day is seen the standard is expected to be better than every
other style by p = 1 %, give or take τ, which is p or, where the days tell of more, the most
likely width: τ² = max(p², m² - s²) (empirical Bayes). The posterior of the difference is

    w = τ² / (τ² + s²),   mean = w·m + (1 - w)·prior,   deviation = √w · s

A style takes over where its posterior mean lies below zero by more than √(2 ln K) times the
deviation, which is as far as the luckiest of K equal ones comes by chance (Donoho and
Johnstone 1994), and it runs only while it is believed to be better than the standard. So
with little evidence nothing moves, and nothing flaps. Where every plan has lost to a rule,
that rule runs.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..plan.result import Reason
from ..plan.style import STANDARD, Style
from ..units import Floats
from .rehearsal import CANDIDATES
from .shadow import Shadow

_PRIOR: Final = 0.01
"""Share of the load's cost: what the published protocol lets a fortnight lose to a rule."""
_LEAST_GAIN: Final = 0.001
"""Share of the load's cost for which no household would change anything."""
_LEAST_DAYS: Final = 8
"""A week with its weekend, and the least that makes four blocks."""
_LOST_DAYS: Final = 14
"""The protocol's window: after one that every plan lost to a rule, the rule runs."""


@dataclass(frozen=True)
class Choice:
    """What runs the next day.

    Attributes:
        style: how the home is run.
        reason: why.
        costs: of the days kept, by candidate, currency.
        days: how many these are.
    """

    style: Style
    reason: Reason
    costs: dict[str, float]
    days: int


def choose(shadow: Shadow, running: Style) -> Choice:
    """Return what runs the next day.

    Args:
        shadow: what the last days would have cost.
        running: how the home is run now.
    """
    days = len(shadow.days)
    names = list(CANDIDATES)
    daily = np.array([shadow.daily(name) for name in names])
    costs = dict(zip(names, daily.sum(axis=1).tolist(), strict=True))
    load_cost = sum(each.load_cost for each in shadow.days)
    current = names.index(running.name) if running.name in costs else 0
    if days < _LEAST_DAYS or load_cost <= 0:
        return Choice(STANDARD, Reason("style_new", {"days": days}), costs, days)
    lost = _lost(costs) if days >= _LOST_DAYS else None
    if lost is not None:
        saved = min(costs[name] for name in _PLANS) - costs[lost]
        reason = Reason("style_lost", {"days": days, "saved": saved})
        return Choice(CANDIDATES[lost], reason, costs, days)
    chosen = names[_next(daily * days / load_cost, current)]
    args = {"days": days, "saved": costs[STANDARD.name] - costs[chosen]}
    code = "style_standard" if chosen == STANDARD.name else "style_cheaper"
    return Choice(CANDIDATES[chosen], Reason(code, args), costs, days)


_RULES: Final = [name for name, style in CANDIDATES.items() if style.rule is not None]
_PLANS: Final = [name for name in CANDIDATES if name not in _RULES]


def _lost(costs: dict[str, float]) -> str | None:
    """Return the cheapest rule, if no plan was cheaper."""
    rule = min(_RULES, key=lambda name: costs[name])
    return rule if min(costs[name] for name in _PLANS) > costs[rule] else None


def _next(daily: Floats, running: int) -> int:
    """Return which candidate runs next, from the costs (C, D) in shares of the load's cost."""
    prior = np.full(len(daily), _PRIOR)
    prior[0] = 0.0
    if _posterior(daily - daily[0], prior)[0][running] >= 0:
        running = 0
    mean, deviation = _posterior(daily - daily[running], prior - prior[running])
    gain = -mean - np.sqrt(2 * np.log(len(daily))) * deviation
    best = int(np.argmax(gain))
    return best if gain[best] > _LEAST_GAIN else running


def _posterior(difference: Floats, prior: Floats) -> tuple[Floats, Floats]:
    """Return mean and deviation of the expected differences (C,) from those of the days (C, D)."""
    count, days = difference.shape
    block = round(days ** (1 / 3))  # Hall, Horowitz and Jing 1995, for a variance.
    blocks = difference[:, days % block :].reshape(count, -1, block).mean(axis=2)
    number = blocks.shape[1]
    # Few blocks tell little of how much they vary: the variance of Student's t.
    error = blocks.var(axis=1, ddof=1) / number * (number - 1) / (number - 3)
    mean = difference.mean(axis=1)
    width = np.maximum(_PRIOR**2, mean**2 - error)
    weight = width / (width + error)
    return weight * mean + (1 - weight) * prior, np.sqrt(weight * error)
