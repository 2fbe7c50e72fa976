"""A time of which nothing was entered: what its meters counted meanwhile, spread over it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from ..horizon import DAY_S, HOUR_S, QUARTER_S
from ..series import Series
from ..tariff import Priced
from ..units import Floats
from .reconcile import QUANTITIES
from .slot import BatteryFlow, Quality, SlotRecord

USUAL_DAYS: Final = 7
"""A week has every day of it once."""
_SIGN: Final = {"bought": 1.0, "sold": -1.0, "solar": 1.0, "charged": -1.0, "discharged": 1.0}
"""Of each quantity in load = grid + battery + solar."""


@dataclass(frozen=True)
class Missed:
    """What the counters of a quantity rose by, and nobody entered.

    Attributes:
        kwh: energy.
        told: start of the slot that tells the rise.
    """

    kwh: float
    told: float


def missed(before: Sequence[SlotRecord], after: Sequence[SlotRecord]) -> dict[str, Missed]:
    """Return what was counted between two runs of slots, by quantity.

    A slot tells by how much the counters rose since they last showed anything: less what was
    entered since then, from powers, that is what was counted in between. Quantities that have
    no counters, or whose counters were not heard again yet, are left out.

    Args:
        before: slots that end no later than the gap begins, in order.
        after: slots that begin no earlier than it ends, in order.
    """
    found = {}
    for name in QUANTITIES:
        entered = 0.0
        for slot in reversed(before):
            if name in slot.meter_kwh:
                break
            entered += _kwh(slot, name)
        for slot in after:
            entered += _kwh(slot, name)
            if name in slot.meter_kwh:
                kwh = max(slot.meter_kwh[name] - entered, 0.0)
                found[name] = Missed(kwh, slot.start)
                break
    return found


def edges_of(start: float, end: float) -> Floats:
    """Return the ends of the steps of a gap, (K+1,) epoch seconds.

    Prices are told by the quarter of an hour, and of what is finer nothing is known.
    """
    quarters = np.arange(start // QUARTER_S + 1, np.ceil(end / QUARTER_S)) * QUARTER_S
    return np.concatenate([[start], quarters, [end]])


def usual(slots: Sequence[SlotRecord], edges: Floats) -> dict[str, Floats]:
    """Return what each quantity was at the same times of the days before a gap, (K,) kW.

    NaN at times of which the slots know nothing.

    Args:
        slots: of the days before, in order.
        edges: (K+1,) of the gap, epoch seconds.
    """
    start, end = (np.array([getattr(each, key) for each in slots]) for key in ("start", "end"))
    whole = int(np.ceil((edges[-1] - edges[0]) / DAY_S))
    back = DAY_S * np.arange(1, whole + USUAL_DAYS + 1)[:, None]
    found = {}
    for name in QUANTITIES:
        kwh = np.array([_kwh(each, name) for each in slots])
        power = Series(start, end, kwh * HOUR_S / np.maximum(end - start, 1.0))
        days = power.means(edges - back)
        known = np.isfinite(days).sum(axis=0)
        total = np.nansum(days, axis=0)
        found[name] = np.where(known > 0, total / np.maximum(known, 1), np.nan)
    return found


def spread(
    kwh: Mapping[str, float], shapes: Mapping[str, Floats], edges: Floats
) -> dict[str, Floats]:
    """Return the energies of each step of a gap, (K,) kWh each, that add up to what is known.

    Each quantity has its own shape, as far as the home's load stays positive in every step;
    else all come as near to an even course as that takes: on it each step has its share of
    the load of the gap,

        q(k) = Q · ((1 - a) · p(k) + a · w(k)),   the least a for which load(k) >= 0

    Args:
        kwh: of the whole gap, all quantities.
        shapes: (K,) of any scale, by quantity; where one is unknown or zero, even.
        edges: (K+1,) epoch seconds.
    """
    even = np.diff(edges) / (edges[-1] - edges[0])
    own = {name: kwh[name] * _shape(shapes.get(name), even, edges) for name in QUANTITIES}
    load = sum((_SIGN[name] * own[name] for name in QUANTITIES), np.zeros(len(even)))
    level = float(load.sum()) * even
    below = load < 0
    # Where no course keeps the load positive, all are even.
    need = np.where(below, 1.0, 0.0)
    np.divide(-load, level - load, out=need, where=below & (level > load))
    blend = min(float(need.max()), 1.0)
    return {name: (1 - blend) * own[name] + blend * kwh[name] * even for name in QUANTITIES}


def _shape(shape: Floats | None, even: Floats, edges: Floats) -> Floats:
    """Return a power's shares of its energy, the even ones where it has none."""
    if shape is None or not np.isfinite(shape).all():
        return even
    energy = np.maximum(shape, 0.0) * np.diff(edges)
    total = float(energy.sum())
    return energy / total if total > 0 else even


@dataclass(frozen=True)
class Parts:
    """What single devices took and gave in a gap, kWh by device id.

    Attributes:
        device: consumers.
        source: solar arrays.
        battery: batteries.
    """

    device: Mapping[str, float] = field(default_factory=dict)
    source: Mapping[str, float] = field(default_factory=dict)
    battery: Mapping[str, BatteryFlow] = field(default_factory=dict)


def estimated(
    edges: Floats,
    kwh: Mapping[str, Floats],
    parts: Parts,
    priced: Callable[[float], Priced | None],
    carbon: Callable[[float], float | None],
) -> tuple[SlotRecord, ...]:
    """Return the slots of a gap that have a price; each device takes its share of its kind.

    Args:
        edges: (K+1,) epoch seconds.
        kwh: (K,) by quantity, as `spread` returns it.
        parts: of single devices.
        priced: what the prices were at a time, None where that is unknown.
        carbon: what the grid emitted at a time, kg/kWh; None where unknown.
    """
    even = np.diff(edges) / (edges[-1] - edges[0])
    load = sum((_SIGN[name] * kwh[name] for name in QUANTITIES), np.zeros(len(even)))
    share = {name: _share(energy, even) for name, energy in (*kwh.items(), ("load", load))}
    found = []
    for index, at in enumerate(edges[:-1].tolist()):
        prices = priced(at)
        if prices is None:
            continue
        of = {name: float(each[index]) for name, each in share.items()}
        found.append(
            SlotRecord(
                at,
                float(edges[index + 1]),
                bought_kwh=float(kwh["bought"][index]),
                sold_kwh=float(kwh["sold"][index]),
                solar_kwh=float(kwh["solar"][index]),
                charged_kwh=float(kwh["charged"][index]),
                discharged_kwh=float(kwh["discharged"][index]),
                buy=prices.buy.price,
                sell=prices.sell.price,
                device_kwh=_scaled(parts.device, of["load"]),
                source_kwh=_scaled(parts.source, of["solar"]),
                battery_kwh={
                    key: BatteryFlow(
                        each.charged_kwh * of["charged"], each.discharged_kwh * of["discharged"]
                    )
                    for key, each in parts.battery.items()
                },
                buy_parts=prices.buy,
                sell_parts=prices.sell,
                market=prices.market,
                feed_in=prices.feed_in,
                carbon_kg_per_kwh=carbon(at),
                quality=Quality.ESTIMATED,
            )
        )
    return tuple(found)


def told_in_place(
    gap: Iterable[SlotRecord], after: Iterable[SlotRecord], found: Mapping[str, Missed]
) -> tuple[tuple[SlotRecord, ...], tuple[SlotRecord, ...]]:
    """Return a gap's slots with what their meters rose by, and the later ones without that.

    Only what could be entered is moved, so that what could not stays a deviation.

    Args:
        gap: slots of the gap.
        after: slots after it.
        found: what was told by which of these.
    """
    placed = tuple(
        replace(slot, meter_kwh={name: _kwh(slot, name) for name in found}) for slot in gap
    )
    moved = {name: sum(_kwh(slot, name) for slot in placed) for name in found}
    changed = []
    for slot in after:
        here = {name: moved[name] for name, each in found.items() if each.told == slot.start}
        if here:
            less = {name: slot.meter_kwh[name] - kwh for name, kwh in here.items()}
            changed.append(replace(slot, meter_kwh={**slot.meter_kwh, **less}))
    return placed, tuple(changed)


def _share(energy: Floats, even: Floats) -> Floats:
    total = float(energy.sum())
    return energy / total if total > 0 else even


def _scaled(kwh: Mapping[str, float], factor: float) -> dict[str, float]:
    return {key: value * factor for key, value in kwh.items()}


def _kwh(slot: SlotRecord, name: str) -> float:
    return float(getattr(slot, f"{name}_kwh"))
