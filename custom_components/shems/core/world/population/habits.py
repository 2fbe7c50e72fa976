"""What tells one home's people from another's: what is inferred of them, and what is not."""

from dataclasses import dataclass, fields
from typing import Final, Self

import numpy as np

from ...units import Bools, Floats
from .pulses import Ints

_ABSENT: Final = 0.0


@dataclass(frozen=True)
class Habits:
    """The habits of n homes that history tells, (n,) each.

    Attributes:
        base_kw: mean power of what is always on, refrigerator included.
        morning_h: local hour around which a morning's use lies on working days.
        morning_kwh: energy of that use on a usual day with people at home.
        evening_h, evening_kwh: likewise in the evening.
        jitter_h: standard deviation of both hours from day to day.
        appliances: programmes of washing machines, dishwashers and dryers, per such day.
        away: share of days nobody is at home.
        car_kw: what the car charges with.
        charging_h: local hour at which that usually begins; above 24 is after midnight.
        session_kwh: mean energy of a charge, from the grid.
        sessions: charges per day that people are at home.
    """

    base_kw: Floats
    morning_h: Floats
    morning_kwh: Floats
    evening_h: Floats
    evening_kwh: Floats
    jitter_h: Floats
    appliances: Floats
    away: Floats
    car_kw: Floats
    charging_h: Floats
    session_kwh: Floats
    sessions: Floats

    @classmethod
    def of(cls, theta: Floats) -> Self:
        """Return the habits whose values are the columns of (n, 12), in the order above."""
        return cls(*theta.T)

    def chosen(self, rows: Ints) -> Self:
        """Return the habits of homes by number, which may occur repeatedly."""
        return type(self)(*(getattr(self, each.name)[rows] for each in fields(self)))


HABITS: Final = tuple(each.name for each in fields(Habits))


@dataclass(frozen=True)
class Ways:
    """What else differs between n homes and is not inferred, (n,) each.

    Attributes:
        peak_h: standard deviation of single uses around the morning's and evening's hour.
        use_kwh: mean energy of a single use.
        lie_in_h: how much later a free day's morning is.
        weekend: factor on what is used in the course of a free day.
        day_kwh, day_h, day_spread_h: used around another hour of the day, and how far from it.
        unsteady: standard deviation of the logarithm of a day's use.
        bed_h: when people go to sleep.
        light_kw: of the lamps that burn while people are up and it is dark.
        cold_share: of the base that is a compressor's.
        cycle_h, duty: the compressor's.
        drift: standard deviation of the logarithm of a day's base.
        trip_days: mean length of an absence.
        guest_share: of days with guests.
        people: who live there.
        washers: share of programmes that are started by the middle of the day.
        load_kwh: factor on the energy of a programme.
        boiler_kw: of a hot-water heater in the home's load, 0 where there is none.
        night_boiler: whether a timer heats it in the night.
        timer_kw, timer_h, timer_length_h: what a timer runs every day, such as a pool's pump.
        climate_kwh: of heating or cooling in the home's load on a usual day of the season.
        climate_kw: of its machine.
        heats, swing: whether it heats, and how much its energy changes from day to day.
        cool: share of that change that lasts to the next day.
        car_spread_h: standard deviation of the hour at which charging begins.
        car_unsteady: coefficient of variation of a charge.
        leave_h: when the car leaves on working days.
    """

    peak_h: Floats
    use_kwh: Floats
    lie_in_h: Floats
    weekend: Floats
    day_kwh: Floats
    day_h: Floats
    day_spread_h: Floats
    unsteady: Floats
    bed_h: Floats
    light_kw: Floats
    cold_share: Floats
    cycle_h: Floats
    duty: Floats
    drift: Floats
    trip_days: Floats
    guest_share: Floats
    people: Floats
    washers: Floats
    load_kwh: Floats
    boiler_kw: Floats
    night_boiler: Bools
    timer_kw: Floats
    timer_h: Floats
    timer_length_h: Floats
    climate_kwh: Floats
    climate_kw: Floats
    heats: Bools
    swing: Floats
    cool: Floats
    car_spread_h: Floats
    car_unsteady: Floats
    leave_h: Floats

    @classmethod
    def draw(cls, rng: np.random.Generator, count: int) -> Self:
        """Draw what surrounds the habits of `count` homes."""

        def among(low: float, high: float) -> Floats:
            return rng.uniform(low, high, count)

        def scaled(low: float, high: float) -> Floats:
            return np.exp(rng.uniform(np.log(low), np.log(high), count))

        def some(share: float, values: Floats) -> Floats:
            return np.where(rng.random(count) < share, values, _ABSENT)

        return cls(
            peak_h=among(0.4, 1.5),
            use_kwh=scaled(0.1, 0.5),
            lie_in_h=among(-0.2, 2.5),
            weekend=scaled(0.8, 2.0),
            day_kwh=scaled(0.1, 12.0),
            day_h=among(10.0, 19.0),
            day_spread_h=among(1.5, 6.0),
            unsteady=among(0.1, 0.6),
            bed_h=among(21.8, 25.0),
            light_kw=scaled(0.02, 0.4),
            cold_share=among(0.1, 0.7),
            cycle_h=among(0.5, 2.5),
            duty=among(0.2, 0.6),
            drift=scaled(0.01, 0.25),
            trip_days=among(1.0, 5.0),
            guest_share=among(0.0, 0.12),
            people=rng.integers(1, 6, count).astype(np.float64),
            washers=among(0.1, 0.8),
            load_kwh=among(0.6, 1.5),
            boiler_kw=some(0.3, scaled(1.2, 4.5)),
            night_boiler=rng.random(count) < 0.4,
            timer_kw=some(0.25, scaled(0.15, 2.5)),
            timer_h=among(0.0, 24.0),
            timer_length_h=scaled(0.3, 6.0),
            climate_kwh=some(0.5, scaled(0.5, 25.0)),
            climate_kw=scaled(0.5, 4.0),
            heats=rng.random(count) < 0.5,
            swing=among(0.15, 0.9),
            cool=among(0.5, 0.85),
            car_spread_h=scaled(0.5, 6.0),
            car_unsteady=among(0.2, 0.8),
            leave_h=among(6.3, 9.3),
        )

    def chosen(self, rows: Ints) -> Self:
        """Return what surrounds homes by number, which may occur repeatedly."""
        return type(self)(*(getattr(self, each.name)[rows] for each in fields(self)))
