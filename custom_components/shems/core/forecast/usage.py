"""How a car, a tank and rooms are used, as it was learned, and whether that beats their forms.

What was learned is used only where, on days it had not seen, it was nearer to what came than
what the form says, at the very level at which a plan counts on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar, Final

import numpy as np

from ..assets.building import Building
from ..horizon import HOUR_S
from ..series import Series
from ..units import Floats
from .days import Days
from .levels import MEDIAN
from .standing import foretold
from .stays import EARLY, ENOUGH, level_of
from .vehicle import Session, vehicle_outlook
from .water import LEARNED_DAYS, LEAST_DAYS, SELDOM, usual_day

LEAST_CASES: Final = 8
"""Fewer comparisons tell nothing: half of them go either way by chance."""
_CASES: Final = 60
_KNOWN_STAYS: Final = 5
_SOME_KWH: Final = 0.5
"""A meter that mostly shows less is silent, or counts in another unit."""
_FAR_H: Final = 24.0
"""A car that comes a week late was on a journey: that counts as a day."""
_SCORED_DAYS: Final = 28
_COMPLETE_H: Final = 22
"""Hours of a day that must be known: those in which a meter was silent are those that count."""


@dataclass(frozen=True)
class CarTold:
    """What the form of a car says.

    Attributes:
        ready_min: minutes after local midnight by which it is wanted.
        arrives_min: at which it usually comes; None where nothing is said.
        session_kwh: what a stay usually charges, AC.
    """

    ready_min: int
    arrives_min: int | None
    session_kwh: float


@dataclass(frozen=True)
class CarUsage:
    """A car's stays, with the skill of what they tell over its form, None where unknown.

    Attributes:
        sessions: past stays in order.
        departure, arrival, energy: skill of each.
    """

    KIND: ClassVar[str] = "vehicle"

    sessions: tuple[Session, ...] = ()
    departure: float | None = None
    arrival: float | None = None
    energy: float | None = None

    @property
    def days(self) -> float:
        """Over how many days its stays are known."""
        if not self.sessions:
            return 0.0
        return (self.sessions[-1].plug_out - self.sessions[0].plug_in) / HOUR_S / 24


@dataclass(frozen=True)
class TankUsage:
    """What is drawn from a tank.

    Attributes:
        drawn: kW of heat, by the hour.
        by_hour: kWh that each local hour seldom exceeds, 24; none where too little is known.
        skill: over the form.
        days: of which enough is known.
        loss_kw_per_k: what it loses to its room; None where too little is known.
        loss_skill: over the form, in the loss of quiet hours.
    """

    KIND: ClassVar[str] = "water"

    drawn: Series = field(default_factory=Series.empty)
    by_hour: tuple[float, ...] = ()
    skill: float | None = None
    days: float = 0.0
    loss_kw_per_k: float | None = None
    loss_skill: float | None = None


@dataclass(frozen=True)
class RoomsUsage:
    """What rooms are like; see `rooms.learn_rooms`.

    Attributes:
        building: as it answers to the weather; None where too little is known.
        skill: over the form, in the energy of days.
        days: of heating on which that rests.
        at: when it was learned, epoch seconds: a building outlasts the summer.
    """

    KIND: ClassVar[str] = "heating"

    building: Building | None = None
    skill: float | None = None
    days: float = 0.0
    at: float = 0.0


type Usage = CarUsage | TankUsage | RoomsUsage


def trusted(skill: float | None) -> bool:
    """Return whether what was learned is used."""
    return skill is not None and skill > 0


def gained(own: Sequence[float], told: Sequence[float]) -> float | None:
    """Return by how much losses are smaller than a form's; None where too few are known."""
    if len(own) < LEAST_CASES or sum(told) <= 0:
        return None
    return 1 - sum(own) / sum(told)


def missed(level: float, expected: float, came: float) -> float:
    """Return the pinball loss of an expectation at a level."""
    return max(level * (came - expected), (level - 1) * (came - expected))


def learn_car(
    sessions: tuple[Session, ...],
    told: CarTold,
    zone: str,
    *,
    holidays: frozenset[int] = frozenset(),
) -> CarUsage:
    """Return a car's stays and how good they were at telling the next one.

    Each stay is expected from those that were over: its end and what it charges when the car
    is plugged in, its beginning when the car has left.
    """
    days = Days(zone, HOUR_S)
    losses: dict[str, list[tuple[float, float]]] = {"leave": [], "come": [], "take": []}

    def hour(at: float) -> float:
        return float(days.position(np.array([at]))[0])

    for number in range(max(_KNOWN_STAYS, len(sessions) - _CASES), len(sessions)):
        stay, before = sessions[number], sessions[:number]
        here = vehicle_outlook(before, stay.plug_in, zone, since=stay.plug_in, holidays=holidays)
        away = vehicle_outlook(before, before[-1].plug_out, zone, holidays=holidays)
        if here is None or away is None:
            continue  # Stays that overlap, or that were nothing.
        came, left = hour(stay.plug_in), hour(stay.plug_out)
        ready = _next(came, told.ready_min)
        early = hour(level_of(here.departure, EARLY))
        losses["leave"].append((missed(EARLY, early, left), missed(EARLY, ready, left)))
        enough = level_of(here.energy_kwh, ENOUGH)
        took = stay.energy_kwh
        losses["take"].append(
            (missed(ENOUGH, enough, took), missed(ENOUGH, told.session_kwh, took))
        )
        usual = hour(before[-1].plug_in) % 24 * 60
        comes = usual if told.arrives_min is None else told.arrives_min
        expected = hour(float(away.arrival[MEDIAN])), _next(hour(before[-1].plug_out), comes)
        losses["come"].append(
            (min(abs(came - expected[0]), _FAR_H), min(abs(came - expected[1]), _FAR_H))
        )
    leave, come, take = (
        gained([own for own, _ in pairs], [form for _, form in pairs]) for pairs in losses.values()
    )
    charged = bool(sessions) and np.median([each.energy_kwh for each in sessions]) >= _SOME_KWH
    return CarUsage(sessions, leave, come, take if charged else None)


def _next(hour: float, minute: float) -> float:
    """Return when a local time of day comes next, in hours of the local clock."""
    wanted = minute / 60
    return hour + (wanted - hour) % 24


def learn_tank(
    drawn: Series,
    told: Sequence[float],
    zone: str,
    now: float,
    away: Sequence[tuple[float, float]] = (),
) -> TankUsage:
    """Return what is drawn on a usual day, and how good that was at telling the next one.

    Args:
        drawn: kW of heat.
        told: kWh in each local hour as the form says, 24.
        zone: the home's.
        now: epoch seconds; the running day is not looked at.
        away: (from, to) when nobody was at home: no lesson for other days.
    """
    days = Days(zone, HOUR_S)
    today = days.day(now)
    count = _SCORED_DAYS + LEARNED_DAYS
    seen = days.matrix(drawn, today - count, count)
    complete = np.isfinite(seen).sum(axis=1) >= _COMPLETE_H
    for begin, end in away:
        first, last = days.day(begin) - (today - count), days.day(end) - (today - count)
        complete[max(first, 0) : max(last + 1, 0)] = False
    known = seen[complete]
    own, form = [], []
    for number in range(max(LEAST_DAYS, len(known) - _SCORED_DAYS), len(known)):
        usual = usual_day(known[number - LEARNED_DAYS if number > LEARNED_DAYS else 0 : number])
        own.append(_short(np.array(usual), known[number]))
        form.append(_short(np.array(told), known[number]))
    by_hour = usual_day(known[-LEARNED_DAYS:]) if len(known) >= LEAST_DAYS else ()
    return TankUsage(drawn, by_hour, gained(own, form), float(len(known)))


def with_losses(usage: TankUsage, losses: Sequence[float], told: float) -> TankUsage:
    """Return it with what the tank loses, and how good that was at telling the next day's.

    Args:
        usage: of the tank.
        losses: of days, in order, kW/K; see `standing.standing_losses`.
        told: by the form, kW/K.
    """
    if not losses:
        return usage
    skill = gained(*foretold(losses, told))
    return replace(usage, loss_kw_per_k=float(np.median(losses)), loss_skill=skill)


def _short(expected: Floats, came: Floats) -> float:
    """Return the pinball loss over the known hours of a day."""
    error = came - expected
    return float(np.nansum(np.maximum(SELDOM * error, (SELDOM - 1) * error)))
