"""The batteries of many homes: what they are told to do, and what they then hold."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ...assets.battery import held_kw, room_kw, stored_after
from ...units import Floats
from ..chance import Integers

PER_DAY: Final = 96
_STEP_H: Final = 24.0 / PER_DAY
_TRADES: Final = 0.2
"""Share of homes that charge in cheap hours and discharge in the evening."""
_SOME_KW: Final = 1e-3


@dataclass(frozen=True)
class Batteries:
    """Stores behind inverters, (n,) each.

    Attributes:
        capacity_kwh: stored at a state of charge of 1, where both ways lose alike.
        round_trip: what comes back of a kWh, besides what idling takes.
        idle_kw: taken from the store while it charges or discharges.
        standby_kw: taken from it always.
        charge_kw, discharge_kw: AC limits.
        least_share, most_share: between which it keeps its state of charge.
        deaf_kw: power below which it does not react.
    """

    capacity_kwh: Floats
    round_trip: Floats
    idle_kw: Floats
    standby_kw: Floats
    charge_kw: Floats
    discharge_kw: Floats
    least_share: Floats
    most_share: Floats
    deaf_kw: Floats


def asked_of(rng: np.random.Generator, count: int, days: int, capacity_kwh: Floats) -> Floats:
    """Return what n homes ask of their batteries by quarter-hours, (n, T) kW, + = discharge.

    Most follow the house: load less solar power. Some trade: they charge in the same cheap
    hours of most nights or noons and discharge in the evening.
    """
    steps = days * PER_DAY
    hour = (np.arange(steps) % PER_DAY).astype(np.float64) * _STEP_H
    day: Integers = np.arange(steps) // PER_DAY
    load = _loads(rng, count, days, hour, day)
    solar = _suns(rng, count, days, hour, day)
    begin = rng.choice([0.0, 2.0, 11.0], count)[:, np.newaxis] + rng.uniform(0, 3, (count, 1))
    length = rng.uniform(1.0, 5.0, (count, 1))
    cheap = ((hour - begin) % 24 < length) & (rng.random((count, days)) < 0.8)[:, day]
    evening = (hour >= 16) & (hour < 22)
    power = (capacity_kwh / 5)[:, np.newaxis] * rng.uniform(0.3, 1.2, (count, days))[:, day]
    traded = np.where(cheap, -power, np.where(evening, load, 0.0))
    return np.where((rng.random(count) < _TRADES)[:, np.newaxis], traded, load - solar)


def _loads(rng: np.random.Generator, count: int, days: int, hour: Floats, day: Integers) -> Floats:
    """Return loads: a base, a morning, an evening and kettles."""
    level = np.exp(rng.normal(0.0, 0.4, (count, days)))[:, day]
    load = np.exp(rng.uniform(np.log(0.08), np.log(0.7), (count, 1))) * np.ones(len(hour))
    for low, high, width, most in ((6.0, 9.0, 1.0, 0.8), (17.0, 20.5, 2.0, 1.8)):
        centre = rng.uniform(low, high, (count, days))[:, day]
        size = rng.uniform(0.05, most, (count, 1))
        load = load + size * level * np.exp(-0.5 * ((hour - centre) / width) ** 2)
    kettle = rng.random((count, len(hour))) < rng.uniform(0.0, 0.08, (count, 1))
    return load + kettle * rng.exponential(1.2, (count, len(hour)))


def _suns(rng: np.random.Generator, count: int, days: int, hour: Floats, day: Integers) -> Floats:
    """Return solar power: a day's length by the season, a clearness by the day and the hour."""
    season = rng.random((count, 1))
    half = 4.0 + 4.0 * season
    height = np.cos(np.pi / 2 * np.minimum(np.abs(hour - 12.5) / half, 1.0))
    clear = rng.beta(1.2, 1.0, (count, days))[:, day] * (0.15 + 0.85 * season)
    flicker = 1.0 - 0.6 * rng.random((count, len(hour))) * (1.0 - clear)
    solar: Floats = rng.uniform(1.0, 12.0, (count, 1)) * clear * height * flicker
    return solar


def run(batteries: Batteries, asked_kw: Floats, start: Floats) -> tuple[Floats, Floats, Floats]:
    """Return charge, discharge in kW and stored energy at each step's begin in kWh, (n, T).

    Args:
        batteries: of the n homes.
        asked_kw: (n, T) by quarter-hours, + = discharge.
        start: (n,) state of charge before.
    """
    each = np.sqrt(batteries.round_trip)
    own = batteries.idle_kw + batteries.standby_kw
    least = batteries.least_share * batteries.capacity_kwh
    most = batteries.most_share * batteries.capacity_kwh
    energy = np.clip(start * batteries.capacity_kwh, least, most)
    charge, discharge, stored = (np.empty(asked_kw.shape[::-1]) for _ in range(3))
    heard = np.where(np.abs(asked_kw) < batteries.deaf_kw[:, np.newaxis], 0.0, asked_kw).T
    into = np.minimum(np.maximum(-heard, 0.0), batteries.charge_kw)
    out = np.minimum(np.maximum(heard, 0.0), batteries.discharge_kw)
    for at in range(len(heard)):
        stored[at] = energy
        charge[at] = np.minimum(into[at], room_kw(energy, most, _STEP_H, own) / each)
        discharge[at] = np.minimum(out[at], held_kw(energy, least, _STEP_H, own) * each)
        on = charge[at] + discharge[at] > _SOME_KW
        flow = charge[at] * each - discharge[at] / each
        flow -= batteries.standby_kw + batteries.idle_kw * on
        energy = stored_after(energy, flow, _STEP_H, least)
    return charge.T, discharge.T, stored.T
