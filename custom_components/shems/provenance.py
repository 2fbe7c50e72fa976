"""Where forecasts come from, how old they are and how good they were."""

from typing import Any

from .coordinator import HomeCoordinator
from .core.forecast.beliefs import Outlook
from .forecast_quality import run_facts, score_facts
from .values import stamp


def provenance(home: HomeCoordinator) -> dict[str, Any]:
    """Return it in full, by quantity, for the action `shems.get_forecast`."""
    return {
        quantity: {
            **_origin(home, outlook),
            "experts": _experts(home, quantity),
            "scores": score_facts(home, quantity),
        }
        for quantity, outlook in _outlooks(home).items()
    }


def in_short(home: HomeCoordinator) -> dict[str, Any]:
    """Return what the plan card has room for, by quantity."""
    short: dict[str, Any] = {}
    for quantity, outlook in _outlooks(home).items():
        scores = home.scorekeeper.scores(quantity)
        short[quantity] = {
            "source": None if outlook is None else outlook.source,
            "learned_until": home.learner.until,
            "skill": None if scores is None else scores.total.skill,
        }
    return short


def learning(home: HomeCoordinator) -> dict[str, Any]:
    """Return what is learned and how the last run went, for the action `shems.learn`."""
    return {**run_facts(home), "learned_until": _until(home)}


def _outlooks(home: HomeCoordinator) -> dict[str, Outlook | None]:
    beliefs = home.data.beliefs
    outlooks = {
        "load": None if beliefs is None else beliefs.load,
        "solar": None if beliefs is None else beliefs.solar,
    }
    if home.configuration.tariff.needs_market:
        outlooks["price"] = None if beliefs is None else beliefs.market
    if beliefs is not None and beliefs.temperature is not None:
        outlooks["temperature"] = beliefs.temperature
    return outlooks


def _origin(home: HomeCoordinator, outlook: Outlook | None) -> dict[str, Any]:
    plan, knowledge = home.data.plan, home.learner.knowledge
    return {
        "source": None if outlook is None else outlook.source,
        "made": None if plan is None else stamp(plan.created),
        "learned_until": _until(home),
        "history_days": None if knowledge is None else round(knowledge.history_days, 1),
    }


def _experts(home: HomeCoordinator, quantity: str) -> dict[str, float]:
    """Return how much each expert counts today; nothing before anything is learned."""
    learned = home.learner.learned
    weights = {} if learned is None else learned.experts().get(quantity, {})
    return {name: round(weight, 3) for name, weight in weights.items()}


def _until(home: HomeCoordinator) -> str | None:
    until = home.learner.until
    return None if until is None else stamp(until)
