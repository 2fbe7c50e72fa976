"""Sensors of learning, and of how good forecasts turned out to be."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import PERCENTAGE, EntityCategory, UnitOfPower, UnitOfTemperature
from homeassistant.helpers.typing import StateType

from .coordinator import HomeCoordinator
from .core.forecast.journal import Score
from .descriptions import HomeDescription
from .learning import Stage
from .values import stamp

_DIGITS: Final = 4
_UNITS: Final = {
    "load": (SensorDeviceClass.POWER, UnitOfPower.KILO_WATT),
    "solar": (SensorDeviceClass.POWER, UnitOfPower.KILO_WATT),
    "temperature": (SensorDeviceClass.TEMPERATURE_DELTA, UnitOfTemperature.CELSIUS),
}
"""Prices have the unit of the home's money."""


def _learned_until(home: HomeCoordinator) -> datetime | None:
    until = home.learner.until
    return None if until is None else datetime.fromtimestamp(until, UTC)


def run_facts(home: HomeCoordinator) -> dict[str, Any]:
    """Return how far the learner is, or how its last run went."""
    run, knowledge = home.learner.run, home.learner.knowledge
    return {
        "progress": round(100 * run.share),
        "began": None if run.began is None else stamp(run.began),
        "ended": None if run.ended is None else stamp(run.ended),
        "processor_time": round(run.cpu_s, 2),
        "slices": run.slices,
        "problem": run.problem,
        "history_days": None if knowledge is None else round(knowledge.history_days, 1),
    }


LEARNING: Final = (
    HomeDescription(
        key="learning",
        translation_key="learning",
        value=lambda home: home.learner.run.stage.value,
        attributes=run_facts,
        device_class=SensorDeviceClass.ENUM,
        options=[stage.value for stage in Stage],
        entity_category=EntityCategory.DIAGNOSTIC,
        learner=True,
    ),
    HomeDescription(
        key="learned_until",
        translation_key="learned_until",
        value=_learned_until,
        device_class=SensorDeviceClass.TIMESTAMP,
        entity_category=EntityCategory.DIAGNOSTIC,
        learner=True,
    ),
)


def quality(quantity: str) -> tuple[HomeDescription, ...]:
    """Return the sensors of one quantity, `load`, `solar`, `price` or `temperature`."""
    device_class, unit = _UNITS.get(quantity, (None, None))

    def of(pick: Callable[[Score], float | None], factor: float, digits: int) -> Any:
        def value(home: HomeCoordinator) -> StateType:
            scores = home.scorekeeper.scores(quantity)
            picked = None if scores is None else pick(scores.total)
            return None if picked is None else round(factor * picked, digits)

        return value

    def share(key: str, pick: Callable[[Score], float | None], *, enabled: bool) -> HomeDescription:
        return HomeDescription(
            key=f"{quantity}_forecast_{key}",
            translation_key=f"{quantity}_forecast_{key}",
            value=of(pick, 100.0, 1),
            state_class=SensorStateClass.MEASUREMENT,
            native_unit_of_measurement=PERCENTAGE,
            entity_category=EntityCategory.DIAGNOSTIC,
            entity_registry_enabled_default=enabled,
            suggested_display_precision=0,
        )

    return (
        HomeDescription(
            key=f"{quantity}_forecast_error",
            translation_key=f"{quantity}_forecast_error",
            value=of(lambda score: score.mae, 1.0, _DIGITS),
            attributes=lambda home: score_facts(home, quantity),
            device_class=device_class,
            state_class=SensorStateClass.MEASUREMENT,
            native_unit_of_measurement=unit,
            unit=(lambda currency: f"{currency}/kWh") if unit is None else None,
            entity_category=EntityCategory.DIAGNOSTIC,
            suggested_display_precision=3,
        ),
        share("skill", lambda score: score.skill, enabled=True),
        share("coverage", lambda score: score.coverage_80, enabled=False),
    )


def score_facts(home: HomeCoordinator, quantity: str) -> dict[str, Any]:
    """Return the scores of the last four weeks, all together and by lead."""
    scores = home.scorekeeper.scores(quantity)
    if scores is None:
        return {"days": 0, "by_lead": []}
    return {
        "days": scores.days,
        **_facts(scores.total),
        "by_lead": [
            {"from_h": each.begin_h, "to_h": each.end_h, **_facts(each)} for each in scores.by_lead
        ],
    }


def _facts(score: Score) -> dict[str, Any]:
    return {
        "hours": score.count,
        "mean_absolute_error": round(score.mae, _DIGITS),
        "bias": round(score.bias, _DIGITS),
        "crps": round(score.crps, _DIGITS),
        "skill": None if score.skill is None else round(score.skill, 3),
        "coverage_50": round(score.coverage_50, 3),
        "coverage_80": round(score.coverage_80, 3),
        "coverage_90": round(score.coverage_90, 3),
    }
