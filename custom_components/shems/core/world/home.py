"""The past of a simulated household, and a year of it for the closed loop."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from ..horizon import DAY_S, FINE_S, HOUR_S
from ..units import Bools, Floats
from .annex import Annex
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
"""What the load of a simple home consists of."""

ANNEX_DEVICES: Final = ("small_car", "air_conditioner", "pool_pump", "freezer")
"""What the load of a complete home has more."""


@dataclass(frozen=True)
class Trace:
    """What happened in a home over N equal steps; powers are means in kW.

    Attributes:
        times: (N,) starts of the steps, epoch seconds.
        load_kw, solar_kw, battery_kw, grid_kw: (N,), load = grid + battery + solar, and in a
            complete home the plug-in battery.
        solar_forecast_kw: (N,) as the day before expected it.
        market: (N,) day-ahead price, currency/kWh.
        devices_kw: (N,) of each of DEVICES, in a complete home of ANNEX_DEVICES too; together
            the load.
        hot_water_kw: (N,) of the heat pump while it heats water.
        outdoor_c, indoor_c, water_c: (N,).
        car_plugged: (N,) whether the car is at its charger at the ends of the steps.
        battery_soc, car_soc: (N,) fractions at the ends of the steps.
        plug_battery_kw, plug_battery_soc, small_car_plugged: (N,) the same of the complete
            home's second battery and car; 0 in a simple one.
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
    plug_battery_kw: Floats
    plug_battery_soc: Floats
    small_car_plugged: Bools
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
    stands: list[tuple[float, ...]] = []
    for moment in moments(household, times, fine_s):
        state, wanted = settle(household, state, controls, moment, hours)
        state, had = advance(household, state, wanted, moment, hours)
        powers.append(had)
        stands.append(_stand(state))

    def mean(values: Floats) -> Floats:
        means: Floats = values.reshape(count, parts).mean(axis=1)
        return means

    stand = np.array(stands).reshape(-1, 7)[parts - 1 :: parts]
    names = DEVICES if household.annex is None else (*DEVICES, *ANNEX_DEVICES)
    annex = Annex() if household.annex is None else household.annex
    flows = {name: mean(values) for name, values in _columns(powers).items()}
    return Trace(
        times=times[::parts],
        load_kw=flows["load"],
        solar_kw=flows["solar"],
        battery_kw=flows["battery"],
        grid_kw=flows["grid"],
        solar_forecast_kw=mean(household.solar_kw(household.weather_forecast(times))),
        market=mean(market(household.seed, times, household.zone)),
        devices_kw={name: flows[name] for name in names},
        hot_water_kw=flows["hot_water"],
        outdoor_c=mean(household.weather(times).temperature_c),
        indoor_c=stand[:, 0],
        water_c=stand[:, 3],
        car_plugged=stand[:, 4] > 0,
        battery_soc=stand[:, 1] / household.battery.capacity_kwh,
        car_soc=stand[:, 2] / household.car.capacity_kwh,
        plug_battery_kw=flows["plug_battery"],
        plug_battery_soc=stand[:, 5] / annex.battery.capacity_kwh,
        small_car_plugged=stand[:, 6] > 0,
        state=state,
    )


def _stand(state: State) -> tuple[float, ...]:
    """Return what a trace tells of a state."""
    heat, annex = state.heat, state.annex
    return (
        heat.indoor_c,
        state.battery_kwh,
        state.car_kwh,
        heat.water_c,
        float(state.car_plugged and not state.car_away),
        annex.battery_kwh,
        float(annex.car_plugged and not annex.car_away),
    )


def _columns(powers: list[Powers]) -> dict[str, Floats]:
    columns = dict(zip(Powers._fields, zip(*powers, strict=True), strict=True))
    lamps = np.array(columns.pop("lamps")).T
    annex = np.array(columns.pop("annex"), dtype=np.float64).T
    flows = {name: np.array(values, dtype=np.float64) for name, values in columns.items()}
    flows |= dict(zip(("plug_battery", *ANNEX_DEVICES), annex, strict=True))
    return flows | dict(zip(("living_room", "kitchen", "bedroom"), lamps, strict=True))


def simulated_year(
    seed: int, start: float, days: int, step_s: float
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return times, load, solar power and its forecast of a seeded home, kW, (N,) each."""
    trace = history(Household(seed), start, start + days * DAY_S, step_s)
    return trace.times, trace.load_kw, trace.solar_kw, trace.solar_forecast_kw
