"""What a day that is over would have cost one who had known it: the bound of all saving."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ..assets.appliance import Appliance
from ..assets.battery import Battery
from ..assets.deferrable import Deferrable
from ..assets.home import Home
from ..assets.vehicle import Vehicle
from ..horizon import HOUR_S
from ..linear import Ints, Program
from ..plan.solve import Effort, SolveError, solve
from ..units import Floats
from .counterfactual.advance import WITHOUT
from .counterfactual.store import Store
from .slot import SlotRecord

_LEAST_SLOTS: Final = 2
_EFFORT: Final = Effort(time_limit_s=30.0)
_MOVED: Final = (Vehicle, Appliance, Deferrable)


@dataclass(frozen=True)
class Foreseen:
    """A day beside the same day foreseen.

    Attributes:
        hours: that were compared.
        cost: bought less sold, plus wear, as it was.
        least: of one who had known the day; at most as much.
    """

    hours: float
    cost: float
    least: float

    @property
    def missed(self) -> float:
        """What more could have been saved, currency."""
        return self.cost - self.least


def foreseen(
    slots: Sequence[SlotRecord], home: Home, stores: Mapping[str, Store]
) -> Foreseen | None:
    """Return what metered slots would have cost at least; None where that cannot be told.

    One linear program over all slots. Batteries begin as they began and hold at the end what
    they held. Cars, appliances and deferrable loads take the energy they took, at any time
    between the first and the last at which they ran, here or without SHEMS, at no more than
    their highest power. Rooms, tanks and all else are as they were. With b, e bought and
    sold, c, d charged and discharged, v of moved devices, s given up of the sun:

        minimise Σ buy·b - sell·e + wear·d
        b - e + sun - s + Σ d = load + Σ v + Σ c,    b ≤ load + Σ v + Σ c

    What the meter counted in both directions inside a slot stays in both. The day as it was
    keeps all of this, so that it cost no less; where a battery is better than it is believed
    to be, what it cost is what is told.

    Args:
        slots: in order; energies in store are taken as known from the end of the first on.
        home: what exists.
        stores: batteries as they are in fact, by device id.
    """
    count = len(slots) - 1
    if count < _LEAST_SLOTS or any(each.id not in slots[0].energy_kwh for each in home.batteries):
        return None
    day = slots[1:]
    hours = np.array([(each.end - each.start) / HOUR_S for each in day])
    buy, sell = (np.array([getattr(each, name) for each in day]) for name in ("buy", "sell"))
    program = Program()
    grid = home.connection
    both = np.array([min(each.bought_kwh, each.sold_kwh) for each in day])
    most = [
        np.maximum(limit * hours, [getattr(each, name) for each in day])
        for limit, name in (
            (grid.import_limit_kw, "bought_kwh"),
            (grid.export_limit_kw, "sold_kwh"),
        )
    ]
    bought = program.columns(count, upper=most[0], cost=buy)
    sold = program.columns(count, upper=most[1], cost=-sell)
    moved = {
        each.id: np.array([slot.device_kwh.get(each.id, 0.0) for slot in day])
        for each in home.devices
        if isinstance(each, _MOVED)
    }
    fixed = np.array([each.load_kwh for each in day]) - sum(moved.values(), np.zeros(count))
    sun = np.array([each.solar_kwh for each in day]) + np.maximum(-fixed, 0.0)
    needed = np.maximum(fixed, 0.0)
    given_up = any(each.curtailable for each in home.solar)
    balance = program.rows(count, lower=needed - sun, upper=needed if given_up else needed - sun)
    own = program.rows(count, upper=needed)
    for rows in (balance, own):
        program.terms(rows, bought, 1.0)
    program.terms(balance, sold, -1.0)
    for key, taken in moved.items():
        _move(program, (balance, own), taken, _hull(key, day, taken))
    for battery in home.batteries:
        store = stores.get(battery.id)
        known = battery if store is None else store.fitted(battery, None)
        _store(program, (balance, own), known, slots, hours)
    arrays = program.arrays()
    try:
        column = solve(arrays, effort=_EFFORT).column
    except SolveError:
        return None
    cost = sum(each.metered_cost + each.wear_cost for each in day)
    least = float(arrays.cost @ column) + float(both @ (buy - sell))
    return Foreseen(float(hours.sum()), cost, min(least, cost))


def _hull(key: str, day: Sequence[SlotRecord], taken: Floats) -> Floats:
    """Return where a device could run, 1 or 0: between its first and its last slot of either."""
    without = [each.otherwise.get(WITHOUT) for each in day]
    other = np.array([0.0 if each is None else each.device_kwh.get(key, 0.0) for each in without])
    ran = np.flatnonzero((taken > 0) | (other > 0))
    inside = np.zeros(len(day))
    if len(ran):
        inside[ran[0] : ran[-1] + 1] = 1.0
    return inside


def _move(program: Program, rows: tuple[Ints, Ints], taken: Floats, inside: Floats) -> None:
    """Let a device take its energy when it likes."""
    power = program.columns(len(taken), upper=inside * float(taken.max()))
    for each in rows:
        program.terms(each, power, -1.0)
    whole = program.rows(1, lower=float(taken.sum()), upper=float(taken.sum()))
    program.terms(np.repeat(whole, len(power)), power, 1.0)


def _store(
    program: Program,
    rows: tuple[Ints, Ints],
    battery: Battery,
    slots: Sequence[SlotRecord],
    hours: Floats,
) -> None:
    """Let a battery charge and discharge between what it held first and last.

    energy[k] = energy[k-1] + η_c·c[k] - d[k]/η_d
    """
    count = len(hours)
    charged = program.columns(count, upper=battery.charge_kw * hours)
    given = program.columns(count, upper=battery.discharge_kw * hours, cost=battery.wear_per_kwh)
    held = np.array([each.energy_kwh.get(battery.id, np.nan) for each in slots])
    first, last = float(held[0]), float(held[np.isfinite(held)][-1])
    lower = np.full(count, min(battery.min_kwh, float(np.nanmin(held))))
    lower[-1] = last
    energy = program.columns(count, lower=lower, upper=max(battery.max_kwh, float(np.nanmax(held))))
    begin = np.zeros(count)
    begin[0] = first
    store = program.rows(count, lower=begin, upper=begin)
    program.terms(store, energy, 1.0)
    program.terms(store[1:], energy[:-1], -1.0)
    program.terms(store, charged, -battery.charge_efficiency)
    program.terms(store, given, 1 / battery.discharge_efficiency)
    program.terms(rows[0], given, 1.0)
    for each in rows:
        program.terms(each, charged, -1.0)
