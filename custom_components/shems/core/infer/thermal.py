"""The rooms: how fast heat leaves them, how long they keep it, and what warms them besides."""

from dataclasses import fields, replace
from typing import Final

import numpy as np

from ..units import Bools, Floats
from ..world.population.climate import Climate, draw_climate, observe
from ..world.population.houses import COUPLINGS, STEP_H, Shells, design_kw, live
from ..world.population.meters import Meters, averaged, coverage, masked
from ..world.population.thermostats import Habits, Plant
from .block import Check, Drawn
from .prior import Parameter, Prior
from .thermal_check import checked
from .thermal_features import features_of
from .thermal_predict import predicted
from .thermal_rooms import WINDOW_H, Rooms

_DAYS: Final = WINDOW_H // 24
_LATER_DAYS: Final = 7
_PER_HOUR: Final = 4
_CHUNK: Final = 1000
"""Homes that are simulated together: their arrays fit into a processor's cache."""
_BLOCK: Final = 2
"""Tells this block's random numbers from those of others with the same seed."""
_TOLD: Final = 0.4
"""Share of homes whose owner says that the meter also counts hot water."""
_WATER_SHARE: Final = (0.0, 0.4)
_UNTOLD_SHARE: Final = (0.1, 0.4)
"""Of hot water in the meter where nobody said so."""
TWISTED_COUPLING: Final = 1.0 / 3.0
"""Of the least coupling that a usual home has, in one that differs by it; of its own in the other
twist, which leaves three of ten as usual homes are."""
_DIGITS_C: Final = (0.1, 0.2)
_DIGITS_SHARE: Final = (0.85, 0.15)
_COLDER_K: Final = 2.0
"""By how much a weather service is wrong whose station stands elsewhere."""

PRIOR: Final = Prior(
    (
        Parameter("loss", "kW/K", 0.01, 0.5, log=True),
        Parameter("time_constant", "h", 4.0, 400.0, log=True),
        Parameter("air_share", "", 0.02, 0.6, log=True),
        Parameter("aperture", "m²K/kW", 0.3, 20.0, log=True),
        Parameter("gains", "K", 0.0, 7.0),
        Parameter("cop_slope", "1/K", -0.01, 0.045),
    )
)
"""Electric-equivalent: losses and stores are counted in the electricity whose heat they take
at 7 °C outdoors, for without a heat meter nobody can tell a loss from a COP."""


class Thermal:
    """The block of the rooms and of what heats them."""

    name = "thermal"
    prior = PRIOR
    twists = ("dhw", "coupling", "own_coupling", "gains", "outdoor_bias")

    def simulate(self, seed: int, count: int, *, twist: str | None = None) -> Drawn[Rooms]:
        """Return homes drawn from the prior, and the week that follows their window.

        Args:
            seed: with the number of a chunk of homes, where chance comes from.
            count: of homes.
            twist: hot water in the meter that nobody told of, a third of the least coupling of
                air and mass that there is, or of the home's own, twice the gains, or an outdoor
                temperature that is 2 K too low.
        """
        chunks = [
            _chunk(np.random.default_rng([seed, _BLOCK, at]), min(_CHUNK, count - at), twist)
            for at in range(0, count, _CHUNK)
        ]
        later = joined([each.observed.later for each in chunks if each.observed.later is not None])
        window = joined([each.observed for each in chunks])
        theta = np.concatenate([each.theta for each in chunks])
        return Drawn(theta, replace(window, later=later))

    def features(self, observed: Rooms) -> Floats:
        """Return what the network is shown of each home, (n, F)."""
        return features_of(observed)

    def check(self, observed: Rooms, draws: Floats) -> Check:
        """Return how ill rooms fit (n, S, D) draws of their parameters."""
        return checked(observed, draws)

    def predict(self, observed: Rooms, draws: Floats) -> Floats:
        """Return predictive draws of `held_out`, (n, S, T')."""
        return predicted(observed, draws)


def joined(rooms: list[Rooms]) -> Rooms:
    """Return homes of several batches as one, without what came later."""
    return Rooms(
        **{
            each.name: np.concatenate([getattr(one, each.name) for one in rooms])
            for each in fields(Rooms)
            if each.name != "later"
        }
    )


def _chunk(rng: np.random.Generator, count: int, twist: str | None) -> Drawn[Rooms]:
    theta = PRIOR.draw(rng, count)
    shells = Shells.draw(rng, theta)
    if twist == "coupling":
        shells = replace(shells, coupling=np.full(count, TWISTED_COUPLING * COUPLINGS[0]))
    if twist == "own_coupling":
        shells = replace(shells, coupling=TWISTED_COUPLING * shells.coupling)
    if twist == "gains":
        shells = replace(shells, gains_k=shells.gains_k * 2.0)
    told = rng.random(count) < _TOLD
    share = np.where(told, rng.uniform(*_WATER_SHARE, count), 0.0)
    if twist == "dhw":
        told = np.zeros(count, dtype=bool)
        share = rng.uniform(*_UNTOLD_SHARE, count)
    climate = draw_climate(rng, count, _DAYS + _LATER_DAYS)
    plant = Plant.draw(rng, design_kw(shells, climate), shells.loss, share)
    rooms = _seen(rng, climate, shells, plant, told)
    if twist == "outdoor_bias":
        rooms = replace(rooms, outdoor_c=rooms.outdoor_c - _COLDER_K)
    return Drawn(theta, _parted(rng, rooms))


def _seen(
    rng: np.random.Generator, climate: Climate, shells: Shells, plant: Plant, told: Bools
) -> Rooms:
    count = len(told)
    lived = live(rng, shells, plant, Habits.draw(rng, count), climate)
    meters = Meters.draw(rng, count)
    heating = meters.read(rng, lived.heating_kw + lived.water_kw, STEP_H, _PER_HOUR)
    cooling = meters.read(rng, lived.cooling_kw, STEP_H, _PER_HOUR)
    digit = rng.choice(_DIGITS_C, (count, 1), p=_DIGITS_SHARE)
    indoor = averaged(np.round(lived.felt_c / digit) * digit, _PER_HOUR)
    weather = observe(rng, climate)
    return Rooms(
        climate.solar_hour,
        heating,
        cooling,
        indoor,
        weather.temperature_c,
        weather.irradiance / 1000.0,
        told,
    )


def _parted(rng: np.random.Generator, rooms: Rooms) -> Rooms:
    """Return the window with its gaps, and what came later."""
    count = len(rooms.water)
    seen = coverage(rng, count, _DAYS, 24)
    parts = []
    for span in (slice(0, WINDOW_H), slice(WINDOW_H, None)):
        cut = {
            each.name: getattr(rooms, each.name)[:, span]
            for each in fields(Rooms)
            if each.name not in ("water", "later")
        }
        parts.append(Rooms(**cut, water=rooms.water))
    window, later = parts
    return replace(
        window,
        heating_kw=masked(window.heating_kw, seen),
        cooling_kw=masked(window.cooling_kw, seen),
        indoor_c=masked(window.indoor_c, seen),
        later=later,
    )
