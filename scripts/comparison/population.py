"""Statistics of simulated homes."""

from typing import Final

import numpy as np

from custom_components.shems.core.infer.living import Living
from custom_components.shems.core.units import Floats
from custom_components.shems.core.world.population.climate import draw_climate, hourly
from custom_components.shems.core.world.population.days import Place
from custom_components.shems.core.world.population.habits import Habits
from custom_components.shems.core.world.population.meters import averaged
from custom_components.shems.core.world.population.occupants import PER_DAY, live
from custom_components.shems.core.world.population.roofs import Roofs, produce

from .measures import DAYS, HOURS, charge_statistics, load_statistics, solar_statistics

_CARS: Final = 0.2
"""Share of homes with a car among those whose load is compared: few of the real ones have."""
_AT_ONCE: Final = 250
_CHARGES_DAYS: Final = 196
_FEWEST: Final = 20


def drawn_habits(rng: np.random.Generator, count: int) -> Habits:
    """Return the habits of homes from the prior of the block that is inferred."""
    return Habits.of(Living.prior.draw(rng, count))


def simulated_load(seed: int, count: int) -> tuple[dict[str, Floats], Floats]:
    """Return statistics of simulated homes, (count,) each, and their mean days, (count, 24)."""
    rng = np.random.default_rng([seed, 1])
    parts, shapes = [], []
    for begun in range(0, count, _AT_ONCE):
        some = min(_AT_ONCE, count - begun)
        habits, place = drawn_habits(rng, some), Place.draw(rng, some)
        lived = live(rng, habits, DAYS, None, place)
        driven = rng.random((some, 1)) < _CARS
        load = averaged(lived.house_kw + driven * lived.car_kw, PER_DAY // HOURS)
        parts.append(load_statistics(load, place.weekday.astype(np.float64)))
        shapes.append(load.reshape(-1, DAYS, HOURS).mean(axis=1))
    return _joined(parts), np.concatenate(shapes)


def simulated_solar(
    seed: int, count: int, latitude: float, starts: Floats
) -> tuple[dict[str, Floats], Floats]:
    """Return the same of roofs at a latitude in the seasons of windows that begin at `starts`."""
    rng = np.random.default_rng([seed, 2])
    start = rng.choice(starts, count)
    climate = draw_climate(rng, count, DAYS, latitude=np.full(count, latitude), start=start)
    roofs = Roofs(
        np.ones(count),
        rng.uniform(10.0, 50.0, count),
        rng.uniform(120.0, 240.0, count),
        rng.uniform(0.7, 1.2, count),
        rng.uniform(0.0, 20.0, count),
        rng.uniform(0.0, 20.0, count),
    )
    power = hourly(produce(rng, climate, (roofs,)), climate.step_s)
    return solar_statistics(power), power.reshape(count, DAYS, HOURS).mean(axis=1)


def simulated_charges(seed: int, count: int) -> dict[str, Floats]:
    """Return statistics of simulated drivers with enough charges, (n,) each."""
    rng = np.random.default_rng([seed, 3])
    found: list[dict[str, float]] = []
    for begun in range(0, count, _AT_ONCE):
        some = min(_AT_ONCE, count - begun)
        held = live(rng, drawn_habits(rng, some), _CHARGES_DAYS).sessions
        for home in range(some):
            mine = held.home == home
            if mine.sum() >= _FEWEST:
                found.append(
                    charge_statistics(
                        np.mod(held.begin[mine], HOURS),
                        (held.leave - held.begin)[mine],
                        held.energy_kwh[mine],
                        _CHARGES_DAYS,
                    )
                )
    return {name: np.array([each[name] for each in found]) for name in found[0]}


def _joined(parts: list[dict[str, Floats]]) -> dict[str, Floats]:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
