"""What people of many homes switch on, as pulses of power, and what runs by itself."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ...assets.draws import TAPS
from ...units import Bools, Floats
from ..appliance import PROGRAMMES
from .habits import Habits, Ways
from .pulses import Ints, Pulses, spread

_USE_KW: Final = (0.15, 3.0)
"""Single uses: from screens to ovens and kettles."""
_LONGEST_H: Final = 6.0
_MORNING_SHARE: Final = 0.55
"""Of showers; the rest is before bed."""
_SHOWERS: Final = 0.7
"""A person and day."""
_BASINS: Final = 6.0
_SHOWER_KWH: Final = max(energy for _, energy in TAPS)
_BASIN_KWH: Final = min(energy for _, energy in TAPS)
_SHOWER_KW: Final = 14.0
"""Six litres a minute, 33 K warmer."""
_BASIN_KW: Final = 7.0
_BOILER_LOSS_KWH: Final = 1.0
"""A day: what a tank of 150 litres loses (class C of Regulation (EU) 812/2013)."""


@dataclass(frozen=True)
class Days:
    """The days of n homes, (n, D) each.

    Attributes:
        home: whether people are there.
        free: whether it is a Saturday or Sunday.
        busy: factor on what people use, 0 where nobody is there.
        morning, evening: hours by which those lie later than usual.
    """

    home: Bools
    free: Bools
    busy: Floats
    morning: Floats
    evening: Floats


def uses(rng: np.random.Generator, habits: Habits, ways: Ways, days: Days) -> Pulses:
    """Return what people switch on in the morning, in the evening and in between."""
    parts = []
    for energy, hour, shift in (
        (habits.morning_kwh, habits.morning_h, days.morning),
        (habits.evening_kwh, habits.evening_h, days.evening),
    ):
        mean = energy[:, np.newaxis] * days.busy
        home, day = spread(rng.poisson(mean / ways.use_kwh[:, np.newaxis]))
        begin = hour[home] + shift[home, day]
        begin += ways.peak_h[home] * rng.standard_normal(len(home), dtype=np.float32)
        parts.append(_switched(rng, ways, home, day * 24.0 + begin))
    mean = ways.day_kwh[:, np.newaxis] * days.busy
    mean = mean * np.where(days.free, ways.weekend[:, np.newaxis], 1.0)
    home, day = spread(rng.poisson(mean / ways.use_kwh[:, np.newaxis]))
    begin = ways.day_h[home] + days.morning[home, day]
    begin += ways.day_spread_h[home] * rng.standard_normal(len(home), dtype=np.float32)
    parts.append(_switched(rng, ways, home, day * 24.0 + begin))
    return Pulses.joined(parts)


def _switched(rng: np.random.Generator, ways: Ways, home: Ints, middle: Floats) -> Pulses:
    """Return single uses around moments: powers and energies as they come."""
    low, high = np.log(_USE_KW)
    kw = np.exp(low + (high - low) * rng.random(len(home), dtype=np.float32)).astype(np.float64)
    energy = ways.use_kwh[home] * rng.standard_exponential(len(home), dtype=np.float32)
    kw = np.maximum(kw, energy / _LONGEST_H)
    hours = energy / kw
    return Pulses(home, middle - hours / 2.0, hours, kw)


def programmes(rng: np.random.Generator, habits: Habits, ways: Ways, days: Days) -> Pulses:
    """Return runs of washing machines and dishwashers, phase by phase."""
    mean = habits.appliances[:, np.newaxis] * days.home
    home, day = spread(rng.poisson(mean))
    early = rng.random(len(home)) < ways.washers[home]
    hour = np.where(early, 10.5, 19.5) + 1.6 * rng.standard_normal(len(home))
    start = day * 24.0 + hour
    which = rng.integers(0, len(PROGRAMMES), len(home))
    parts = []
    for number, programme in enumerate(PROGRAMMES):
        mine = which == number
        who, begin = home[mine], start[mine]
        for minutes, kw in programme.phases:
            length = np.full(len(who), minutes / 60.0)
            parts.append(Pulses(who, begin, length, kw * ways.load_kwh[who]))
            begin = begin + length
    return Pulses.joined(parts)


def taps(rng: np.random.Generator, habits: Habits, ways: Ways, days: Days) -> Pulses:
    """Return hot water drawn, as heat: showers and small taps (profile M's energies)."""
    people = (ways.people[:, np.newaxis] * days.home) * np.minimum(days.busy, 2.0)
    home, day = spread(rng.poisson(_SHOWERS * people))
    early = rng.random(len(home)) < _MORNING_SHARE
    hour = np.where(
        early,
        habits.morning_h[home] - 0.3 + days.morning[home, day],
        np.minimum(habits.evening_h[home] + 2.5, ways.bed_h[home]) - 0.5,
    )
    energy = _SHOWER_KWH * (0.5 + rng.random(len(home)))
    begin = day * 24.0 + hour + 0.5 * rng.standard_normal(len(home))
    showers = Pulses(home, begin, energy / _SHOWER_KW, np.full(len(home), _SHOWER_KW))
    home, day = spread(rng.poisson(_BASINS * people))
    first = habits.morning_h[home] - 0.5 + days.morning[home, day]
    begin = day * 24.0 + first + (ways.bed_h[home] - first) * rng.random(len(home))
    length = np.full(len(home), _BASIN_KWH / _BASIN_KW)
    return Pulses.joined([showers, Pulses(home, begin, length, np.full(len(home), _BASIN_KW))])


def boiler(ways: Ways, days: Days, drawn: Pulses) -> Pulses:
    """Return what electric hot-water heaters take: at once, or at night by a timer."""
    heated = ways.boiler_kw > 0
    at_once = (heated & ~ways.night_boiler)[drawn.home]
    home = drawn.home[at_once]
    kw = ways.boiler_kw[home]
    energy = drawn.kw[at_once] * drawn.hours[at_once]
    now = Pulses(home, drawn.begin[at_once], energy / kw, kw)
    count, length = days.home.shape
    place = drawn.home * length + np.clip((drawn.begin // 24.0).astype(np.int64), 0, length - 1)
    taken = np.bincount(place, drawn.kw * drawn.hours, count * length).reshape(count, length)
    home, day = np.nonzero((heated & ways.night_boiler)[:, np.newaxis] & days.home)
    kw = ways.boiler_kw[home]
    begin = (day + 1) * 24.0 + ways.timer_h[home] / 12.0 - 2.0
    night = Pulses(home, begin, (taken[home, day] + _BOILER_LOSS_KWH) / kw, kw)
    return Pulses.joined([now, night])


def timers(ways: Ways, days: int) -> Pulses:
    """Return what timers run every day at the same time."""
    home, day = spread(np.repeat((ways.timer_kw > 0).astype(np.int64)[:, np.newaxis], days, axis=1))
    return Pulses(
        home, day * 24.0 + ways.timer_h[home], ways.timer_length_h[home], ways.timer_kw[home]
    )


def lights(ways: Ways, awake: Bools, dark: Bools) -> Floats:
    """Return the power of lamps, (n, D, per_day), kW."""
    return np.where(awake & dark, ways.light_kw[:, np.newaxis, np.newaxis], 0.0)


def always_on(
    rng: np.random.Generator, habits: Habits, ways: Ways, steps: int, step_h: float
) -> Floats:
    """Return refrigerators and standby, (n, T), kW: their mean is the habits' base.

    A compressor runs for the same part of each cycle; its power on a step is the part of the
    step it runs, so energy is conserved.
    """
    edge = np.arange(steps + 1) * step_h / ways.cycle_h[:, np.newaxis]
    edge += rng.random((len(ways.cycle_h), 1))
    whole = np.floor(edge)
    duty = ways.duty[:, np.newaxis]
    ran = whole * duty + np.minimum(edge - whole, duty)
    share = np.diff(ran, axis=1) * (ways.cycle_h / step_h / ways.duty)[:, np.newaxis]
    cold = (ways.cold_share * habits.base_kw)[:, np.newaxis]
    power: Floats = habits.base_kw[:, np.newaxis] + cold * (share - 1.0)
    return power
