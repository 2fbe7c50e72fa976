"""From drawn years to an answer."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Final

import numpy as np

from ...assets.battery import Battery
from ...horizon import HOUR_S, Horizon
from ...peak import PeakTariff, calendar
from ...units import Floats
from .bounds import Flows, Scene
from .question import LEVELS, Answer, Assumption, Band, Figures, Question
from .weeks import Ahead
from .world import World
from .years import Years

_YEAR: Final = 365.25
_EPOCH: Final = date(1970, 1, 1)
_MONTHS: Final = 12


@dataclass(frozen=True)
class Accounts:
    """Drawn years in sums.

    Attributes:
        cost: (N, D) currency, by day.
        bought, sold, load, solar, given: (N,) kWh.
        carbon_kg: (N,) of what is bought; NaN where nothing is known of the grid.
    """

    cost: Floats
    bought: Floats
    sold: Floats
    load: Floats
    solar: Floats
    given: Floats
    carbon_kg: Floats

    @classmethod
    def joined(cls, parts: Sequence[Accounts]) -> Accounts:
        """Return parts as one."""
        return cls(
            *(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(cls))
        )


def totals(world: World, years: Years, scene: Scene, flows: Flows, other_cost: float) -> Accounts:
    """Return the sums of drawn years.

    Args:
        world: the home.
        years: the drawn hours.
        scene: what the meters saw of them.
        flows: what came of it.
        other_cost: currency a year: fuel and fees.
    """
    day = years.clock.day - years.clock.day[0]
    count = int(day[-1]) + 1
    cost = np.array([np.bincount(day, row, count) for row in flows.cost])
    worth = 0.0
    if scene.battery is not None:
        worth = scene.battery.discharge_efficiency
    gained = flows.stored[:, -1] - flows.stored[:, 0]
    cost[:, -1] -= worth * np.maximum(scene.sell.mean(axis=1), 0.0) * gained
    cost += other_cost / _YEAR
    start = years.clock.start
    horizon = Horizon(np.append(start, start[-1] + HOUR_S))
    for tariff in world.peaks:
        charges = _charges(tariff, horizon, flows.bought, world.subject.zone)
        cost += charges[:, np.newaxis] / count
    carbon = _carbon(world, years)
    return Accounts(
        cost,
        flows.bought.sum(axis=1),
        flows.sold.sum(axis=1),
        scene.load_kw.sum(axis=1),
        scene.solar_kw.sum(axis=1),
        flows.given.sum(axis=1),
        flows.bought @ carbon / 1e3,
    )


def _charges(tariff: PeakTariff, horizon: Horizon, bought: Floats, zone: str) -> Floats:
    """Return what the months' peaks cost, (N,); of a month that is not whole its share."""
    month, _ = calendar(horizon.start, zone)
    found, hours = np.unique(month, return_counts=True)
    begins = np.concatenate([found, found + 1]).astype("datetime64[M]").astype("datetime64[h]")
    whole = (begins[len(found) :] - begins[: len(found)]).astype(np.float64)
    # A month in which the clock goes back has an hour more than its days.
    share = dict(zip(found.tolist(), np.minimum(hours / whole, 1.0).tolist(), strict=True))
    levels = [tariff.levels(horizon, row, zone) for row in bought]
    paid = [sum(level * share[each] for each, level in row.items()) for row in levels]
    return tariff.price_per_kw * np.array(paid, dtype=np.float64)


def _carbon(world: World, years: Years) -> Floats:
    """Return what the grid emits, (T,) g/kWh: the mean of each hour of the day; NaN if unknown."""
    known = world.subject.history.carbon
    plain = world.subject.carbon_g_per_kwh
    if not len(known):
        return np.full(len(years.clock.start), math.nan if plain is None else plain)
    fine = np.isfinite(known.value)
    slot = np.floor(world.diary.days.position(known.start[fine])).astype(np.intp) % 24
    total = np.bincount(slot, known.value[fine], 24)
    number = np.bincount(slot, minlength=24)
    mean = float(known.value[fine].mean())
    usual = np.where(number > 0, total / np.maximum(number, 1), mean)
    return usual[years.clock.slot]


def answer_of(
    question: Question,
    worlds: tuple[World, World],
    ahead: Ahead,
    accounts: tuple[Accounts, Accounts],
    assumptions: tuple[Assumption, ...],
) -> Answer:
    """Return the answer from what a year costs before and after."""
    before, after = accounts
    years = ahead.count / _YEAR
    saved = before.cost - after.cost
    saving = _band(saved.sum(axis=1) / years)
    payback = None
    if question.price is not None:
        payback = Band(
            *(_payback(question.price, each) for each in (saving.high, saving.median, saving.low))
        )
    return Answer(
        saving,
        payback,
        _figures(before, years, worlds[0].battery),
        _figures(after, years, worlds[1].battery),
        _monthly(saved, ahead),
        assumptions,
        worlds[0].diary.count,
        len(saved),
    )


def _payback(price: float, saving: float) -> float:
    return price / saving if saving > 0 else math.inf


def _band(value: Floats) -> Band:
    return Band(*np.quantile(value, LEVELS).tolist())


def _figures(accounts: Accounts, years: float, battery: Battery | None) -> Figures:
    usable = 0.0 if battery is None else (battery.max_kwh - battery.floor_kwh) * years
    with np.errstate(invalid="ignore", divide="ignore"):
        sufficiency = 1.0 - accounts.bought / accounts.load
        used = 1.0 - accounts.sold / accounts.solar
    return Figures(
        _band(accounts.cost.sum(axis=1) / years),
        _band(accounts.bought / years),
        _band(accounts.sold / years),
        _band(np.clip(sufficiency, 0.0, 1.0)) if accounts.load.all() else None,
        _band(np.clip(used, 0.0, 1.0)) if accounts.solar.all() else None,
        _band(accounts.given / usable) if usable > 0 else None,
        _band(accounts.carbon_kg / years) if np.isfinite(accounts.carbon_kg).all() else None,
    )


def _monthly(saved: Floats, ahead: Ahead) -> tuple[float, ...]:
    """Return the median saving of each calendar month; 0 of those that are not asked about."""
    first = _EPOCH + timedelta(days=ahead.first)
    month = np.array([(first + timedelta(days=day)).month - 1 for day in range(ahead.count)])
    return tuple(
        float(np.median(saved[:, month == each].sum(axis=1))) if (month == each).any() else 0.0
        for each in range(_MONTHS)
    )
