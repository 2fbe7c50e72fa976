"""The home without SHEMS, slot by slot beside the real one."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from ...assets.battery import Battery
from ...assets.home import Home
from ...horizon import HOUR_S, Horizon
from ...units import ENERGY_TOLERANCE_KWH
from ..slot import Alternative, BatteryFlow, SlotRecord
from .facts import Facts
from .moved import MovedHome
from .peaks import PeakCourse, entered
from .split import HOME, Difference, MeanPrices, shared
from .store import Store, left_alone

WITHOUT: Final = "without"
NO_BATTERY: Final = "no_battery"
_OTHERS: Final = (WITHOUT, NO_BATTERY)
_REAL: Final = "real"
_GAP_S: Final = 1.0
"""Slots follow one another to the second."""


@dataclass(frozen=True)
class Counterfactual:
    """Both homes when the last slot ended.

    Attributes:
        stores: batteries, by device id.
        moved: the devices that are moved in time.
        mean: prices of about the last week.
        peaks: of the real home and the others, by name.
        until: end of the last slot that was compared, epoch seconds.
    """

    stores: Mapping[str, Store] = field(default_factory=dict)
    moved: MovedHome = field(default_factory=MovedHome)
    mean: MeanPrices = field(default_factory=MeanPrices)
    peaks: Mapping[str, tuple[PeakCourse, ...]] = field(default_factory=dict)
    until: float | None = None


@dataclass(frozen=True)
class Compared:
    """A slot beside what it would have been.

    Attributes:
        state: for the next slot.
        slot: with its alternatives, its saving and how that is shared.
        missing: devices of which a fact was missing: the slot is left out of the saving.
    """

    state: Counterfactual
    slot: SlotRecord
    missing: tuple[str, ...] = ()


def advance(
    state: Counterfactual, slot: SlotRecord, home: Home, facts: Facts | None, zone: str
) -> Compared:
    """Return a metered slot beside the same slot without SHEMS, and without batteries too.

    Both homes meet the same sun and people. Without SHEMS batteries follow their own
    self-consumption mode, cars charge on arrival, appliances run when asked, thermostats keep
    their setpoint, and nothing is held back. What SHEMS does not drive, and what holds as
    much in both homes, does in both what it did: where SHEMS does nothing, the cost is the
    metered one.

    Args:
        state: both homes when the slot began.
        slot: as metered.
        home: what exists.
        facts: what is known besides; None where nothing is.
        zone: IANA name of the home's zone, by whose calendar peaks are billed.
    """
    hours = (slot.end - slot.start) / HOUR_S
    # What holds nothing is no store.
    home = replace(home, batteries=tuple(each for each in home.batteries if each.capacity_kwh > 0))
    flows = {each.id: _flow(slot, each, home) for each in home.batteries}
    slot = worn(slot, home)
    silent = tuple(each.id for each in home.batteries if each.id not in slot.energy_kwh)
    missing = (HOME,) if facts is None else silent + state.moved.missing(slot, home, facts)
    if facts is None or missing:
        same = dict.fromkeys(_OTHERS, slot.bought_kwh)
        peaks, cost = _peaks(state, slot, home, zone, same, facts)
        left_out = replace(state, peaks=peaks)
        return Compared(left_out, replace(slot, peak_cost=cost[_REAL]), missing)
    begun = _rejoined(state, slot, home, flows)
    return _compared(begun, slot, home, facts, zone, hours, flows)


def worn(slot: SlotRecord, home: Home) -> SlotRecord:
    """Return a slot with what its batteries wore.

    Args:
        slot: as metered.
        home: what exists.
    """
    stores = [each for each in home.batteries if each.capacity_kwh > 0]
    home = replace(home, batteries=tuple(stores))
    wear = sum(_flow(slot, each, home).discharged_kwh * each.wear_per_kwh for each in stores)
    return replace(slot, wear_cost=wear)


def _flow(slot: SlotRecord, battery: Battery, home: Home) -> BatteryFlow:
    """Return what a battery took and gave; one of several that are metered together its share."""
    if battery.id in slot.battery_kwh:
        return slot.battery_kwh[battery.id]
    share = battery.capacity_kwh / sum(each.capacity_kwh for each in home.batteries)
    return BatteryFlow(share * slot.charged_kwh, share * slot.discharged_kwh)


def _rejoined(
    state: Counterfactual, slot: SlotRecord, home: Home, flows: Mapping[str, BatteryFlow]
) -> Counterfactual:
    """Return both homes when a slot begins: as they were, or after a gap as far apart."""
    gap_s = 0.0 if state.until is None else slot.start - state.until
    stores = dict(state.stores)
    for battery in home.batteries:
        before = stores.get(battery.id)
        if before is None or gap_s > _GAP_S:
            real = _share_before(slot, battery, flows[battery.id])
            stores[battery.id] = (
                Store(real, real) if before is None else before.moved(real, battery)
            )
    moved = state.moved
    if gap_s > _GAP_S:
        moved = moved.passed(home, gap_s / HOUR_S)
    return replace(state, stores=stores, moved=moved)


def _share_before(slot: SlotRecord, battery: Battery, flow: BatteryFlow) -> float:
    """Return which share of its capacity a battery held when a slot began."""
    gained = (
        flow.charged_kwh * battery.charge_efficiency
        - flow.discharged_kwh / battery.discharge_efficiency
    )
    share = (slot.energy_kwh[battery.id] - gained) / battery.capacity_kwh
    return min(max(share, 0.0), 1.0)


def _compared(
    state: Counterfactual,
    slot: SlotRecord,
    home: Home,
    facts: Facts,
    zone: str,
    hours: float,
    flows: Mapping[str, BatteryFlow],
) -> Compared:
    before = _value(state, home, facts)
    moved, taken = state.moved.after(slot, home, facts, hours)
    more = {key: kwh - slot.device_kwh[key] for key, kwh in taken.items()}
    stores, given = _left_alone(state, slot, home, facts, (sum(more.values()), hours), flows)
    own = {key: _net(flow) for key, flow in flows.items()}
    net = {**more, **{key: kwh - _net(given[key]) for key, kwh in own.items()}}
    if facts.curtailed_kwh > 0:
        sunny = next((each.id for each in home.solar if each.curtailable), HOME)
        net[sunny] = -facts.curtailed_kwh
    alone = sum(more.values()) - facts.curtailed_kwh
    most_kwh = home.connection.at(slot.start)[1] * hours
    bare = _metered(slot, alone + sum(own.values()), most_kwh)
    ruled = _metered(slot, sum(net.values()), most_kwh)
    imported = {WITHOUT: ruled[0], NO_BATTERY: bare[0]}
    peaks, cost = _peaks(state, slot, home, zone, imported, facts)
    wear = {
        each.id: each.wear_per_kwh * (given[each.id].discharged_kwh - flows[each.id].discharged_kwh)
        for each in home.batteries
    }
    after = Counterfactual(stores, moved, state.mean.after(slot, hours), peaks, slot.end)
    held = {key: each.share * _capacity(home, key) for key, each in stores.items()}
    worn = slot.wear_cost + sum(wear.values())
    without = Alternative(*ruled, _money(ruled, slot) + worn, cost[WITHOUT], taken, held)
    nothing = Alternative(*bare, _money(bare, slot), cost[NO_BATTERY], taken)
    now = _value(after, home, facts)
    stored = {key: value - before.get(key, 0.0) for key, value in now.items()}
    slot = replace(slot, peak_cost=cost[_REAL], otherwise={WITHOUT: without, NO_BATTERY: nothing})
    difference = Difference(net, facts.curtailed_kwh, wear, stored, cost[_REAL])
    return Compared(after, shared(slot, without, difference, after.mean))


def _left_alone(
    state: Counterfactual,
    slot: SlotRecord,
    home: Home,
    facts: Facts,
    more: tuple[float, float],
    flows: Mapping[str, BatteryFlow],
) -> tuple[dict[str, Store], dict[str, BatteryFlow]]:
    """Return the batteries after a slot without SHEMS, and what each took and gave.

    Args:
        state: both homes when the slot began.
        slot: as metered.
        home: what exists.
        facts: what is known besides.
        more: kWh that devices took more without, and the slot's width in hours.
        flows: what each battery took and gave in fact.
    """
    more_kwh, hours = more
    left = slot.load_kwh - slot.solar_kwh - facts.curtailed_kwh + more_kwh
    same = abs(more_kwh) <= ENERGY_TOLERANCE_KWH and facts.curtailed_kwh == 0
    stores: dict[str, Store] = {}
    given: dict[str, BatteryFlow] = {}
    for battery in home.batteries:
        store, flow = state.stores[battery.id], flows[battery.id]
        real = slot.energy_kwh[battery.id] / battery.capacity_kwh
        seen = store.metered(battery, flow.charged_kwh, flow.discharged_kwh, real, hours)
        if same and store.level and battery.id not in facts.driven:
            stores[battery.id] = seen.together(real)
            given[battery.id] = flow
        else:
            fitted = store.fitted(battery, facts.believed.get(battery.id))
            sun = (slot.solar_kwh + facts.curtailed_kwh) / hours
            share, power = left_alone(fitted, store.share, left / hours, hours, sun)
            stores[battery.id] = replace(seen, share=share, real=real)
            given[battery.id] = BatteryFlow(max(-power, 0.0) * hours, max(power, 0.0) * hours)
            same = False
        left -= _net(given[battery.id])
    return stores, given


def _net(flow: BatteryFlow) -> float:
    return flow.discharged_kwh - flow.charged_kwh


def _metered(slot: SlotRecord, more_kwh: float, most_sold_kwh: float) -> tuple[float, float]:
    """Return what is bought and sold where the grid has to give so much more.

    What the meter counted in both directions inside the slot stays in both. More than the
    connection lets out is lost, as inverters see to.
    """
    both = min(slot.bought_kwh, slot.sold_kwh)
    net = slot.bought_kwh - slot.sold_kwh + more_kwh
    sold = both + max(-net, 0.0)
    return both + max(net, 0.0), min(sold, max(slot.sold_kwh, most_sold_kwh))


def _money(metered: tuple[float, float], slot: SlotRecord) -> float:
    return metered[0] * slot.buy - metered[1] * slot.sell


def _capacity(home: Home, device_id: str) -> float:
    battery = home.battery(device_id)
    return 0.0 if battery is None else battery.capacity_kwh


def _value(state: Counterfactual, home: Home, facts: Facts) -> dict[str, float]:
    """Return what the stores hold in fact more than without SHEMS, currency, by device id."""
    worth = state.moved.value(home, state.mean)
    for battery in home.batteries:
        store = state.stores[battery.id]
        fitted = store.fitted(battery, facts.believed.get(battery.id))
        more_kwh = (store.real - store.share) * fitted.capacity_kwh * fitted.discharge_efficiency
        worth[battery.id] = more_kwh * state.mean.discharged
    return worth


def _peaks(
    state: Counterfactual,
    slot: SlotRecord,
    home: Home,
    zone: str,
    imported: Mapping[str, float],
    facts: Facts | None,
) -> tuple[dict[str, tuple[PeakCourse, ...]], dict[str, float]]:
    """Return the months of all homes with a slot entered, and what it adds to their charges."""
    horizon = Horizon(np.array([slot.start, slot.end]))
    hours = (slot.end - slot.start) / HOUR_S
    tariffs, reached = home.connection.peaks, () if facts is None else facts.reached
    months: dict[str, tuple[PeakCourse, ...]] = {}
    cost: dict[str, float] = {}
    for name, kwh in ((_REAL, slot.bought_kwh), *imported.items()):
        known = state.peaks.get(name, ())
        months[name], cost[name] = entered(known, tariffs, horizon, kwh / hours, zone, reached)
    return months, cost
