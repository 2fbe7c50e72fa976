"""A report: what a period was like, beside the period before."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from ..forecast.journal import Scores
from ..horizon import HOUR_S
from .period import Period
from .planned import PlanKept
from .rows import Row
from .weather_adjusted import Weather

_DIGITS: Final = 4

FIGURES: Final = (
    "cost",
    "saving",
    "bought_kwh",
    "sold_kwh",
    "income",
    "load_kwh",
    "solar_kwh",
    "self_consumption",
    "self_sufficiency",
    "carbon_kg",
)
"""What is compared, in the order in which it is told."""


@dataclass(frozen=True)
class Report:
    """What a period was like.

    Attributes:
        period: which it is.
        over: the part of it that is over.
        compared: what that is compared with.
        row, before: what the ledger says of both.
        weather: what the weather explains; None where that is unknown.
        kept: planned days beside what became of them; None where there are none.
        scores: how good forecasts were lately, by quantity.
        devices: names by device id.
    """

    period: Period
    over: Period
    compared: Period
    row: Row
    before: Row
    weather: Weather | None = None
    kept: PlanKept | None = None
    scores: Mapping[str, Scores] = field(default_factory=dict)
    devices: Mapping[str, str] = field(default_factory=dict)

    @property
    def figures(self) -> dict[str, float | None]:
        """What the period was like, by the names of `FIGURES`; None where unknown."""
        return figures(self.row)

    @property
    def figures_before(self) -> dict[str, float | None]:
        """What the period before was like."""
        return figures(self.before)

    @property
    def coverage(self) -> float:
        """The share of the part that is over of which the ledger knows."""
        return min(self.row.hours * HOUR_S / (self.over.end_s - self.over.start_s), 1.0)

    @property
    def change_in_like_weather(self) -> float | None:
        """By which share more was used than before in the same weather; None where unknown."""
        if self.weather is None or self.weather.load_kwh_before <= 0 or not self.row.hours:
            return None
        return self.row.totals.load_kwh / self.weather.load_kwh_before - 1

    def to_json(self) -> dict[str, Any]:
        """Return everything, rounded; what is unknown is None."""
        row = self.row
        told: dict[str, Any] = {
            "period": self.period.kind.value,
            "start": self.over.begin.isoformat(),
            "end": self.over.end.isoformat(),
            "coverage": self.coverage,
            "estimated_hours": row.estimated_hours,
            "left_out_hours": row.totals.left_out_hours,
            "figures": self.figures,
            "before": {
                "start": self.compared.begin.isoformat(),
                "end": self.compared.end.isoformat(),
                "left_out_hours": self.before.totals.left_out_hours,
                "figures": self.figures_before,
            },
            "money": asdict(row.money),
            "below_zero": asdict(row.below_zero),
            "devices": [
                {
                    "device_id": device,
                    "name": self.devices.get(device),
                    "energy_kwh": row.device_kwh.get(device),
                    "cost": row.device_cost.get(device),
                    "carbon_kg": row.device_carbon_kg.get(device),
                    "saving": row.saved_by_device.get(device),
                }
                for device in sorted({*row.device_kwh, *row.saved_by_device})
            ],
            "solar": dict(row.source_kwh),
            "batteries": {key: asdict(each) for key, each in row.battery_kwh.items()},
            "saving_by_cause": dict(row.saved_by_cause),
            "weather": None
            if self.weather is None
            else {
                **asdict(self.weather),
                "change": self.change_in_like_weather,
            },
            "plan": None if self.kept is None else asdict(self.kept),
            "forecasts": {
                quantity: {
                    "days": each.days,
                    "mean_absolute_error": each.total.mae,
                    "bias": each.total.bias,
                    "skill": each.total.skill,
                    "coverage_80": each.total.coverage_80,
                }
                for quantity, each in self.scores.items()
            },
        }
        return {key: _rounded(each) for key, each in told.items()}


def figures(row: Row) -> dict[str, float | None]:
    """Return what a row says by the names of `FIGURES`; None where it says nothing."""
    if not row.hours:
        return dict.fromkeys(FIGURES)
    totals = row.totals
    return {
        "cost": totals.cost + totals.peak_cost,
        "saving": None if totals.all_left_out else totals.saving,
        "bought_kwh": totals.bought_kwh,
        "sold_kwh": totals.sold_kwh,
        "income": row.money.sold,
        "load_kwh": totals.load_kwh,
        "solar_kwh": totals.solar_kwh,
        "self_consumption": totals.self_consumption,
        "self_sufficiency": totals.self_sufficiency,
        "carbon_kg": row.carbon_kg if row.carbon_hours else None,
    }


def _rounded(value: Any) -> Any:
    match value:
        case float():
            return round(value, _DIGITS)
        case Mapping():
            return {key: _rounded(each) for key, each in value.items()}
        case list() | tuple():
            return [_rounded(each) for each in value]
        case _:
            return value
