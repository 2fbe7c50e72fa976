"""The past of a simulated household, and a year of it for the closed loop."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from ..horizon import DAY_S, FINE_S, HOUR_S
from ..units import Bools, Floats
from .household import Household, moments
from .plant import Controls, Powers, State, advance, settle
from .prices import market

DEVICES: Final = (
    "base",
    "cooking",
    "refrigerator",
    "dishwasher",
    "washing_machine",
    "car",
    "heat_pump",
    "dehumidifier",
    "living_room",
    "kitchen",
    "bedroom",
)
"""What the load consists of."""


@dataclass(frozen=True)
class Trace:
    """What happened in a home over N equal steps; powers are means in kW.

    Attributes:
        times: (N,) starts of the steps, epoch seconds.
        load_kw, solar_kw, battery_kw, grid_kw: (N,), load = grid + battery + solar.
        solar_forecast_kw: (N,) as the day before expected it.
        market: (N,) day-ahead price, currency/kWh.
        devices_kw: (N,) of each of DEVICES; together the load.
        hot_water_kw: (N,) of the heat pump while it heats water.
        outdoor_c, indoor_c, water_c: (N,).
        car_plugged: (N,) whether the car is at its charger at the ends of the steps.
        battery_soc, car_soc: (N,) fractions at the ends of the steps.
        state: where the devices stand at the end.
    """

    times: Floats
    load_kw: Floats
    solar_kw: Floats
    battery_kw: Floats
    grid_kw: Floats
    solar_forecast_kw: Floats
    market: Floats
    devices_kw: dict[str, Floats]
    hot_water_kw: Floats
    outdoor_c: Floats
    indoor_c: Floats
    water_c: Floats
    car_plugged: Bools
    battery_soc: Floats
    car_soc: Floats
    state: State


def history(
    household: Household,
    start: float,
    end: float,
    step_s: float = 900.0,
    *,
    state: State | None = None,
    controls: Controls | None = None,
) -> Trace:
    """Return what happened between two times.

    The devices move in steps of at most five minutes, whose means make the steps asked for.
    """
    parts = math.ceil(step_s / FINE_S)
    fine_s = step_s / parts
    count = round((end - start) / step_s)
    times = start + fine_s * np.arange(count * parts, dtype=np.float64)
    state = state or State()
    controls = controls or Controls()
    hours = fine_s / HOUR_S
    powers: list[Powers] = []
    stands: list[tuple[float, float, float, float, float]] = []
    for moment in moments(household, times, fine_s):
        state, wanted = settle(household, state, controls, moment, hours)
        state, had = advance(household, state, wanted, moment, hours)
        powers.append(had)
        heat, plugged = state.heat, float(state.car_plugged and not state.car_away)
        stands.append((heat.indoor_c, state.battery_kwh, state.car_kwh, heat.water_c, plugged))

    def mean(values: Floats) -> Floats:
        means: Floats = values.reshape(count, parts).mean(axis=1)
        return means

    stand = np.array(stands).reshape(-1, 5)[parts - 1 :: parts]
    flows = {name: mean(values) for name, values in _columns(powers).items()}
    return Trace(
        times=times[::parts],
        load_kw=flows["load"],
        solar_kw=flows["solar"],
        battery_kw=flows["battery"],
        grid_kw=flows["grid"],
        solar_forecast_kw=mean(household.solar_kw(household.weather_forecast(times))),
        market=mean(market(household.seed, times, household.zone)),
        devices_kw={name: flows[name] for name in DEVICES},
        hot_water_kw=flows["hot_water"],
        outdoor_c=mean(household.weather(times).temperature_c),
        indoor_c=stand[:, 0],
        water_c=stand[:, 3],
        car_plugged=stand[:, 4] > 0,
        battery_soc=stand[:, 1] / household.battery.capacity_kwh,
        car_soc=stand[:, 2] / household.car.capacity_kwh,
        state=state,
    )


def _columns(powers: list[Powers]) -> dict[str, Floats]:
    columns = dict(zip(Powers._fields, zip(*powers, strict=True), strict=True))
    lamps = np.array(columns.pop("lamps")).T
    flows = {name: np.array(values, dtype=np.float64) for name, values in columns.items()}
    return flows | dict(zip(("living_room", "kitchen", "bedroom"), lamps, strict=True))


def simulated_year(
    seed: int, start: float, days: int, step_s: float
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return times, load, solar power and its forecast of a seeded home, kW, (N,) each."""
    trace = history(Household(seed), start, start + days * DAY_S, step_s)
    return trace.times, trace.load_kw, trace.solar_kw, trace.solar_forecast_kw
