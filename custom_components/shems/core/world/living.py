"""What people of a seeded home do that needs devices, and all that surrounds them."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..horizon import DAY_S, HOUR_S
from ..units import Floats
from .appliance import PROGRAMMES
from .days import Clock
from .household import Household
from .people import (
    LAMP_KW,
    appliance_start,
    base_kw,
    cooking_kw,
    fridge_kw,
    hot_water_kw,
    lamps,
    presence,
    trips,
)

_EMPTIEST_KWH: Final = 45.0
"""A car that came home with less was charged on the road."""
_EARLY_S: Final = 14 * DAY_S
"""A car that has not been plugged in for longer is full from elsewhere."""


@dataclass(frozen=True)
class Living:
    """A home's days at N moments, without the devices that can be moved.

    Attributes:
        load_kw: what nobody plans: standby, cooking, refrigerator, light.
        solar_kw, solar_forecast_kw: what the roof can give, and as the day before expected it.
        outdoor_c, outdoor_forecast_c: likewise.
        drawn_kw: heat taken as hot water.
    """

    load_kw: Floats
    solar_kw: Floats
    solar_forecast_kw: Floats
    outdoor_c: Floats
    outdoor_forecast_c: Floats
    drawn_kw: Floats


def living(household: Household, times: Floats) -> Living:
    """Return what happens in a home at moments, (N,)."""
    seed = household.seed
    clock = Clock.at(times, household.zone)
    sky, foreseen = household.weather(times), household.weather_forecast(times)
    who = presence(seed, clock)
    light = np.array(LAMP_KW) @ lamps(seed, times, who, sky.sun.elevation)
    load = base_kw(seed, times, who) + cooking_kw(seed, times, clock)
    return Living(
        load + fridge_kw(seed, times) + light,
        household.solar_kw(sky),
        household.solar_kw(foreseen),
        sky.temperature_c,
        foreseen.temperature_c,
        hot_water_kw(seed, clock),
    )


def car_stays(household: Household, start: float, end: float) -> list[tuple[float, float, float]]:
    """Return when the car is plugged in, when it leaves again and what it lacks by then.

    Stays that begin between two times: epoch seconds and kWh. A car that was not plugged in
    lacks at its next stay what it used since.
    """
    clock = _days(start - _EARLY_S, end + _EARLY_S, household.zone)
    day = trips(household.seed, clock.ordinal, clock.weekend)
    goes = np.isfinite(day.leave)
    leave = (clock.dawn + day.leave * HOUR_S)[goes]
    back = (clock.dawn + day.back * HOUR_S)[goes]
    stays, lacks = [], 0.0
    for number in range(len(leave) - 1):
        lacks = min(lacks + float(day.used_kwh[goes][number]), _EMPTIEST_KWH)
        if not day.plugs[goes][number]:
            continue
        if start <= back[number] < end:
            stays.append((float(back[number]), float(leave[number + 1]), lacks))
        lacks = 0.0
    return stays


def appliance_starts(household: Household, start: float, end: float) -> dict[str, list[float]]:
    """Return when people want each of PROGRAMMES to run, epoch seconds, between two times."""
    clock = _days(start - DAY_S, end + DAY_S, household.zone)
    wanted = {}
    for programme in PROGRAMMES:
        hour = appliance_start(household.seed, programme.name, clock.ordinal, clock.weekend)
        at = clock.dawn + hour * HOUR_S
        wanted[programme.name] = at[np.isfinite(at) & (at >= start) & (at < end)].tolist()
    return wanted


def _days(start: float, end: float, zone: str) -> Clock:
    """Return the local days between two times, read at noon, whatever the clocks do."""
    noon = float(Clock.at(np.array([start]), zone).dawn[0]) + DAY_S / 2
    return Clock.at(np.arange(noon, end, DAY_S, dtype=np.float64), zone)
