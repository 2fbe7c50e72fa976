"""What a home bids for and offers in the next slots, from what its plan says energy is worth.

Nobody gains by an order at another rate than that: under a uniform price a small home's order
hardly moves it, and an order at its value is filled just where that pays. So with v the value
of a stored kWh and η, w the efficiencies and the wear of a battery, a kWh is worth

    what is imported anyhow                  the own import price
    charged from the grid, or more charged   η · v, and never more than the own import price
    not discharged for the home              v / η + w, likewise

to a buyer, less the fee, and a kWh given costs

    what is exported anyhow                  the own feed-in, of what is curtailed nothing
    not charged from surplus                 η · v, and never less than the own feed-in
    more discharged                          v / η + w, likewise

The value of the plan holds for the next kWh. What goes further is worth less to a store that
fills, down to the least that it is worth in the rest of the plan, and costs more of one that
empties, up to the most: it is offered in parts. A home is on the side of a slot where its plan
is; devices run as planned, for their plan was made with the expected price.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from ..assets.battery import Battery
from ..assets.home import Home
from ..horizon import HOUR_S, Horizon
from ..plan.result import Plan
from ..series import Series
from ..units import Floats
from .auction import Side
from .rules import CT

MOST_STEPS: Final = 20
"""As messages carry."""
_PARTS: Final = 4
"""Of what goes beyond the plan."""
_ALMOST_S: Final = 1e-3
"""Before the end of a slot: the step that still belongs to it."""
_RATE: Final = 100 * CT
"""µct/kWh of one currency/kWh."""


@dataclass(frozen=True, slots=True)
class SlotOrder:
    """A home's order for a slot.

    Attributes:
        slot: start, epoch seconds.
        side: whether it buys or sells.
        steps: Wh and µct/kWh, those that trade first in front: falling rates of bids, rising
            ones of offers.
    """

    slot: int
    side: Side
    steps: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Store:
    """A battery in a slot of a plan: kWh that it gives and takes, and values, currency/kWh.

    Attributes:
        given, taken: in the slot, AC.
        held: stored at the end of it.
        value: of a stored kWh then; `lowest` and `highest` from then on.
    """

    battery: Battery
    given: float
    taken: float
    held: float
    value: float
    lowest: float
    highest: float

    def stored(self, value: float) -> float:
        """Return what an AC kWh charged is worth."""
        return self.battery.charge_efficiency * value

    def used(self, value: float) -> float:
        """Return what an AC kWh discharged costs."""
        return value / self.battery.discharge_efficiency + self.battery.wear_per_kwh


@dataclass(frozen=True, slots=True)
class _Slot:
    """A slot of a plan, in kWh and currency/kWh."""

    hours: float
    net: float
    curtailed: float
    import_price: float
    feed_in: float
    stores: tuple[_Store, ...]


def orders(
    plan: Plan, home: Home, slots: Sequence[int], interval_s: int, fee: int, limit_wh: int
) -> list[SlotOrder]:
    """Return the orders of slots; none for one that the plan does not wholly cover.

    Args:
        plan: with own prices beside shared ones, where it was made with these.
        home: with its batteries.
        slots: starts, epoch seconds.
        interval_s: their width.
        fee: on traded energy, µct/kWh.
        limit_wh: what a member may carry in a slot; its connection may carry less.
    """
    found = []
    for start in slots:
        slot = _slot(plan, home, start, interval_s)
        if slot is None:
            continue
        side = Side.OFFER if slot.net < slot.curtailed else Side.BID
        most_in, most_out = home.connection.at(start)
        most_kw = most_in if side is Side.BID else most_out
        wanted = list(_bids(slot) if side is Side.BID else _offers(slot))
        limit = min(limit_wh, int(1000 * most_kw * slot.hours))
        if steps := _steps(wanted, side, fee, limit):
            found.append(SlotOrder(start, side, steps))
    return found


def _slot(plan: Plan, home: Home, start: int, interval_s: int) -> _Slot | None:
    horizon, hours = plan.horizon, interval_s / HOUR_S
    ahead = Horizon(np.array([start, start + interval_s], dtype=np.float64))

    def mean(value: Floats) -> float:
        return float(Series(horizon.start, horizon.end, value).on(ahead)[0])

    own = plan.prices if plan.prices.own is None else plan.prices.own
    last = horizon.index(start + interval_s - _ALMOST_S)
    net, buy, sell = mean(plan.grid_kw), mean(own.buy), mean(own.sell)
    if last is None or not np.isfinite([net, buy, sell]).all():
        return None
    stores = tuple(
        _Store(
            battery,
            hours * mean(np.maximum(part.power_kw, 0.0)),
            hours * mean(np.maximum(-part.power_kw, 0.0)),
            float(part.energy_kwh[last]),
            float(part.value[last]),
            float(part.value[last:].min()),
            float(part.value[last:].max()),
        )
        for battery in home.batteries
        if (part := plan.battery(battery.id)) is not None
    )
    return _Slot(hours, hours * net, hours * mean(plan.curtailed_kw), buy, sell, stores)


type _Priced = tuple[float, float]
"""kWh, and currency/kWh that one is worth or costs."""


def _bids(slot: _Slot) -> Iterator[_Priced]:
    """Yield what a home would take of a slot, and what each kWh is worth to it."""
    most = slot.import_price
    taken = sum(each.taken for each in slot.stores)
    yield max(slot.net - taken, 0.0), most
    share = min(1.0, max(slot.net, 0.0) / taken) if taken > 0 else 0.0
    for each in slot.stores:
        battery = each.battery
        if battery.may_charge_from_grid:
            yield share * each.taken, min(most, each.stored(each.value))
            room = (battery.max_kwh - each.held) / battery.charge_efficiency
            more = min(battery.charge_kw * slot.hours - each.taken, room)
            for energy, value in _parts(more, each.value, each.lowest):
                yield energy, min(most, each.stored(value))
        yield each.given, min(most, each.used(each.value))


def _offers(slot: _Slot) -> Iterator[_Priced]:
    """Yield what a home would give in a slot, and what each kWh costs it."""
    least = slot.feed_in
    given = sum(each.given for each in slot.stores)
    yield max(-slot.net - given, 0.0), least
    yield slot.curtailed, max(least, 0.0)
    share = min(1.0, max(-slot.net, 0.0) / given) if given > 0 else 0.0
    for each in slot.stores:
        battery = each.battery
        yield each.taken, max(least, each.stored(each.value))
        if battery.may_discharge_to_grid:
            yield share * each.given, max(least, each.used(each.value))
            held = (each.held - battery.reserve_kwh) * battery.discharge_efficiency
            more = min(battery.discharge_kw * slot.hours - each.given, held)
            for energy, value in _parts(more, each.value, each.highest):
                yield energy, max(least, each.used(value))


def _parts(energy: float, begin: float, end: float) -> Iterator[_Priced]:
    """Yield an amount in equal parts, at the end of each what lies between two values."""
    for part in range(1, _PARTS + 1):
        yield energy / _PARTS, begin + (end - begin) * part / _PARTS


def _steps(
    wanted: Sequence[_Priced], side: Side, fee: int, limit_wh: int
) -> tuple[tuple[int, int], ...]:
    """Return whole steps, best rates first, that the connection carries and a message holds.

    Rounding is never at the home's expense: to less energy, lower bids and higher offers.
    """
    sign = -1 if side is Side.BID else 1
    charge = fee if side is Side.BID else 0
    priced: dict[int, float] = {}
    for energy, worth in wanted:
        # An offer rounds up, a bid down.
        rate = sign * int(np.ceil(sign * worth * _RATE)) - charge
        priced[rate] = priced.get(rate, 0.0) + max(energy, 0.0)
    left, steps = limit_wh, []
    for rate in sorted(priced, key=lambda each: sign * each):
        wh = min(int(1000 * priced[rate] + 1e-6), left)
        if wh > 0:
            steps.append((wh, rate))
            left -= wh
    return _merged(steps)


def _merged(steps: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Join the closest rates until there are few enough, at what is worse for the others."""
    while len(steps) > MOST_STEPS:
        gaps = [abs(after[1] - before[1]) for before, after in pairwise(steps)]
        at = int(np.argmin(gaps))
        (first, _), (second, rate) = steps[at : at + 2]
        steps[at : at + 2] = [(first + second, rate)]
    return tuple(steps)
