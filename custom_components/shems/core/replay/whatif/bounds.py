"""What a battery brings in many courses at once: by the rule, and to one who knows all.

What SHEMS brings lies between the two in a share that is a matter of the home and its
forecasts, and that the closed loop over its past tells (`capture.py`).
"""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Final

import numpy as np

from ...assets.battery import LEAST_WEAR, Battery
from ...assets.connection import Connection
from ...units import Floats
from ..run import START_SOC

_POINTS: Final = 25
"""Energies of the grid: what is lost between them is in both of what is compared."""
PAUSE: Final = 500
"""Hours of all courses that are worked through in a tenth of a second."""


@dataclass(frozen=True)
class Scene:
    """What a battery meets, hour by hour.

    Attributes:
        load_kw, solar_kw, buy, sell: (N, T).
        battery: None where there is none.
        connection: what the grid carries.
        able: whether the sun can be throttled where feeding in costs money.
    """

    load_kw: Floats
    solar_kw: Floats
    buy: Floats
    sell: Floats
    battery: Battery | None
    connection: Connection
    able: bool = True


@dataclass(frozen=True)
class Flows:
    """What came of it, (N, T) each, hour by hour: currency and kWh."""

    cost: Floats
    bought: Floats
    sold: Floats
    given: Floats
    stored: Floats

    def mixed(self, other: Flows, share: Floats) -> Flows:
        """Return what lies between, at the share (N, 1) of the way to the other."""

        def between(name: str) -> Floats:
            mine: Floats = getattr(self, name)
            there: Floats = getattr(other, name)
            return mine + share * (there - mine)

        return Flows(*(between(name) for name in Flows.__dataclass_fields__))


type Levels = tuple[Floats, Floats, Floats, Floats]
type Work[T] = Generator[None, None, T]
"""Pauses now and then, and returns a result."""


def ruled(scene: Scene) -> Work[Flows]:
    """Return what comes of storing surplus and covering the load, or of no battery."""
    battery = scene.battery
    if battery is None:
        return (yield from _follow(scene, None))
    low, high = np.float64(battery.floor_kwh), np.float64(battery.max_kwh)
    none = np.zeros(scene.load_kw.shape)
    levels = (none + battery.min_kwh, none + high, none + low, none + high + 1.0)
    return (yield from _follow(scene, levels))


def foreseen(scene: Scene) -> Work[Flows]:
    """Return what comes of knowing all: dynamic programming over the stored energy.

        V[k](E) = min over powers of ( cost of hour k + V[k+1](E') )

    with V at the end the mean export price. The least cost is reached by filling up to,
    or emptying down to, levels that follow from V as in `plan.dynamic`.
    """
    battery = scene.battery
    if battery is None:
        return (yield from _follow(scene, None))
    grid = np.linspace(battery.min_kwh, battery.max_kwh, _POINTS)
    count, hours = scene.load_kw.shape
    worth = battery.discharge_efficiency * np.maximum(scene.sell.mean(axis=1, keepdims=True), 0.0)
    value = -worth * grid
    levels = np.empty((4, count, hours))
    for hour in range(hours - 1, -1, -1):
        if hour % PAUSE == 0:
            yield
        at = _hour(scene, hour)
        levels[:, :, hour] = _best(battery, grid, value, at.buy, at.export)
        power = _respond(battery, levels[:, :, hour, np.newaxis], grid, at)
        cost, _, _ = _paid(battery, power, at)
        value = cost + _read(grid, value, grid + _gained(battery, power))
    return (yield from _follow(scene, (levels[0], levels[1], levels[2], levels[3])))


@dataclass(frozen=True)
class _At:
    """Hours of all courses, (N, H) each, and what the connection carries."""

    net: Floats
    buy: Floats
    sell: Floats
    export: Floats
    most_in: float
    most_out: Floats


def _hour(scene: Scene, hour: int) -> _At:
    return _at(scene, slice(hour, hour + 1))


def _at(scene: Scene, column: slice) -> _At:
    sell = scene.sell[:, column]
    out = np.full(sell.shape, scene.connection.export_limit_kw)
    return _At(
        scene.load_kw[:, column] - scene.solar_kw[:, column],
        scene.buy[:, column],
        sell,
        np.maximum(sell, 0.0) if scene.able else sell,
        scene.connection.import_limit_kw,
        np.where(sell < 0, 0.0, out) if scene.able else out,
    )


def _best(battery: Battery, grid: Floats, value: Floats, buy: Floats, sell: Floats) -> Floats:
    """Return up to or down to where each right reaches, (4, N), from values (N, G)."""
    wear = max(battery.wear_per_kwh, LEAST_WEAR)
    into, out_of = battery.charge_efficiency, battery.discharge_efficiency
    prices = (
        (buy + LEAST_WEAR) / into,
        (sell - LEAST_WEAR) / into,
        (buy - wear + LEAST_WEAR) * out_of,
        (sell - wear - LEAST_WEAR) * out_of,
    )
    best = [grid[np.argmin(value + price * grid, axis=1)] for price in prices]
    if not battery.may_charge_from_grid:
        best[0] = np.full(len(value), battery.min_kwh)
    if not battery.may_discharge_to_grid:
        best[3] = np.full(len(value), battery.max_kwh + 1.0)
    best[2], best[3] = (np.maximum(each, battery.floor_kwh) for each in best[2:])
    return np.array(best)


def _respond(battery: Battery, levels: Floats, energy: Floats, at: _At) -> Floats:
    """Return AC powers, + = discharge, as `dispatch.respond` would, (N, E)."""
    buy, absorb, cover, sell = levels
    up, down = battery.charge_efficiency, 1.0 / battery.discharge_efficiency
    load, surplus = np.maximum(at.net, 0.0), np.maximum(-at.net, 0.0)
    covered = np.minimum(load, np.maximum(energy - cover, 0.0) / down)
    give = np.maximum(covered, np.maximum(energy - sell, 0.0) / down)
    give = np.minimum(np.minimum(give, battery.discharge_kw), load + _room(at))
    absorbed = np.minimum(surplus, np.maximum(absorb - energy, 0.0) / up)
    take = np.maximum(absorbed, np.maximum(buy - energy, 0.0) / up)
    room = surplus + np.maximum(at.most_in - load, 0.0)
    take = np.minimum(np.minimum(take, battery.charge_kw), room)
    power: Floats = np.where(give > 0, give, -take)
    return power


def _room(at: _At) -> Floats:
    room: Floats = np.maximum(at.most_out + np.minimum(at.net, 0.0), 0.0)
    return room


def _gained(battery: Battery, power: Floats) -> Floats:
    gained: Floats = np.where(
        power < 0, -power * battery.charge_efficiency, -power / battery.discharge_efficiency
    )
    return gained


def _paid(battery: Battery | None, power: Floats, at: _At) -> tuple[Floats, Floats, Floats]:
    """Return cost, bought and sold of an hour at the battery's powers, (N, E) each."""
    grid = at.net - power
    bought = np.maximum(grid, 0.0)
    sold = np.minimum(np.maximum(-grid, 0.0), at.most_out)
    wear = 0.0 if battery is None else battery.wear_per_kwh
    return bought * at.buy - sold * at.sell + np.maximum(power, 0.0) * wear, bought, sold


def _read(grid: Floats, value: Floats, energy: Floats) -> Floats:
    """Return values (N, G) at energies (N, E), by straight lines between the points."""
    place = np.clip((energy - grid[0]) / (grid[1] - grid[0]), 0.0, len(grid) - 1.0)
    low = np.minimum(place.astype(np.intp), len(grid) - 2)
    share = place - low
    rows = np.arange(len(value))[:, np.newaxis]
    read: Floats = (1.0 - share) * value[rows, low] + share * value[rows, low + 1]
    return read


def _follow(scene: Scene, levels: Levels | None) -> Work[Flows]:
    """Return what comes of the levels, (N, T) each, from the start of the closed loop on."""
    battery = scene.battery
    count, hours = scene.load_kw.shape
    if battery is None or levels is None:
        yield
        none = np.zeros((count, hours))
        return Flows(*_paid(None, none, _at(scene, slice(None))), none, none)
    columns = {name: np.empty((count, hours)) for name in Flows.__dataclass_fields__}
    energy = np.full((count, 1), START_SOC * battery.capacity_kwh)
    for hour in range(hours):
        if hour % PAUSE == 0:
            yield
        at = _hour(scene, hour)
        now = np.array([each[:, hour, np.newaxis] for each in levels])
        power = _respond(battery, now, energy, at)
        energy = energy + _gained(battery, power)
        cost, bought, sold = _paid(battery, power, at)
        for name, value in zip(
            columns, (cost, bought, sold, np.maximum(power, 0.0), energy), strict=True
        ):
            columns[name][:, hour] = value[:, 0]
    return Flows(**columns)
