"""Why: a reason code with numbers for every step of a plan."""

from dataclasses import replace

import numpy as np

from ..assets.battery import Battery
from ..assets.home import Home
from ..tariff import Prices
from ..units import Args, Floats
from .because import SAID, explain_devices
from .neighbourly import named
from .result import BatteryPlan, Mode, Plan, Reason

_STANDS_KW = 0.01
"""Below ten watts a battery stands still."""


def explain(home: Home, plan: Plan, paused: frozenset[str]) -> Plan:
    """Return the plan with a reason for every battery and step."""
    explained = []
    for part in plan.batteries:
        battery = next(each for each in home.batteries if each.id == part.device_id)
        if part.device_id in paused:
            why = (Reason("paused"),) * len(plan.horizon)
        elif part.reason:
            why = tuple(
                _why_not_bought(battery, part, plan, step) or each
                for step, each in enumerate(part.reason)
            )
        else:
            why = _reasons(battery, part, plan)
            if plan.prices.own is not None:
                pays_alone = frozenset(_serves(battery, part, plan, plan.prices.own))
                why = named(battery, part, plan, why, pays_alone)
        if part.device_id not in paused:
            why = _barred(home, part, plan, why)
        explained.append(replace(part, reason=why))
    return replace(plan, batteries=tuple(explained), devices=explain_devices(plan, home))


def _barred(
    home: Home, part: BatteryPlan, plan: Plan, why: tuple[Reason, ...]
) -> tuple[Reason, ...]:
    """Return the reasons of a battery, and its user's timetable where that lets it rest."""
    ends = (home.barred_until(part.device_id, start) for start in plan.horizon.start.tolist())
    return tuple(
        each if until is None else Reason("timetable_rests", {"until": until})
        for each, until in zip(why, ends, strict=True)
    )


def _reasons(battery: Battery, part: BatteryPlan, plan: Plan) -> tuple[Reason, ...]:
    discharge_at = _next_use(part.power_kw, plan)
    serves = _serves(battery, part, plan, plan.prices)
    run_end = _run_ends(part.mode, plan.horizon.end)
    net = plan.load_kw + plan.moved_kw - plan.solar_kw
    steps = range(len(plan.horizon))
    return tuple(
        serves.get(step)
        or _why_not_bought(battery, part, plan, step)
        or _reason(battery, part, plan, step, float(net[step]), discharge_at[step], run_end[step])
        for step in steps
    )


def _serves(battery: Battery, part: BatteryPlan, plan: Plan, prices: Prices) -> dict[int, Reason]:
    """Return what each step of buying into the store is for, where that is in the plan.

    A run of buying serves what is discharged between it and the next one, at its mean price.
    What it saves is that price for what can be given back, less what it costs and the wear.
    """
    hours, power = plan.horizon.hours, part.power_kw
    buys = np.array([mode is Mode.CHARGE for mode in part.mode]) & (power < -_STANDS_KW)
    edge = np.flatnonzero(np.diff(np.concatenate([[0], buys.astype(np.int8), [0]])))
    begins, ends = edge[::2].tolist(), edge[1::2].tolist()
    found: dict[int, Reason] = {}
    stops = [*begins[1:], len(power)][: len(begins)]
    for begin, end, stop in zip(begins, ends, stops, strict=True):
        bought = -power[begin:end] * hours[begin:end]
        price = float(bought @ prices.buy[begin:end] / bought.sum())
        uses = end + np.flatnonzero(power[end:stop] > _STANDS_KW)
        if not len(uses):
            continue
        given = power[uses] * hours[uses]
        later = float(given @ prices.buy[uses] / given.sum())
        returned = min(float(given.sum()), battery.loop_efficiency * float(bought.sum()))
        paid = price / battery.loop_efficiency + battery.wear_per_kwh
        if (saves := returned * (later - paid)) < SAID:
            continue
        told: Args = {
            "price": price,
            "later": later,
            "from": float(plan.horizon.start[uses[0]]),
            "to": float(plan.horizon.end[uses[-1]]),
            "saves": saves,
            "until": float(plan.horizon.end[end - 1]),
        }
        found |= dict.fromkeys(range(begin, end), Reason("charge_for", told))
    return found


def _reason(
    battery: Battery,
    part: BatteryPlan,
    plan: Plan,
    step: int,
    net: float,
    used_at: float | None,
    until: float,
) -> Reason:
    power = float(part.power_kw[step])
    buy, sell = float(plan.prices.buy[step]), float(plan.prices.sell[step])
    value = float(part.value[step])
    # Where courses differ, the mean of what is done need not be what the mode allows.
    mode = part.mode[step]
    if power < -_STANDS_KW and mode not in (Mode.COVER, Mode.HOLD):
        if mode is Mode.CHARGE:
            return _why_buy(battery, part, plan, step, until)
        return Reason("store_surplus", {"export_price": sell, "value": value})
    if power > _STANDS_KW and mode not in (Mode.ABSORB, Mode.CHARGE, Mode.HOLD):
        if mode is Mode.DISCHARGE:
            return Reason("discharge_export", {"export_price": sell, "value": value})
        return Reason("cover_load", {"price": buy, "value": value})
    held = float(part.energy_kwh[step])
    if net < -_STANDS_KW:
        return _why_no_charge(battery, held, float(plan.curtailed_kw[step]), sell, value)
    if held <= battery.floor_kwh + _STANDS_KW:
        return Reason("empty", {"reserve": battery.floor_kwh / max(battery.capacity_kwh, 1e-9)})
    if net > _STANDS_KW and used_at is not None:
        return Reason("keep_for_later", {"price": buy, "value": value, "at": used_at})
    return Reason("idle")


def _why_buy(battery: Battery, part: BatteryPlan, plan: Plan, step: int, until: float) -> Reason:
    """Return why it is charged from the grid: it was asked for, or costs less than it is worth."""
    buy, power = float(plan.prices.buy[step]), float(part.power_kw[step])
    before = part.energy_kwh[step] + power * plan.horizon.hours[step]
    wanted = [
        each.at
        for each in battery.goals
        if not each.most and each.at >= plan.horizon.end[step] and each.energy_kwh > before
    ]
    if wanted:
        return Reason("charge_asked", {"price": buy, "deadline": min(wanted)})
    stored = battery.charge_efficiency * float(part.value[step])
    return Reason("charge_cheap", {"price": buy, "value": stored, "until": until})


def _why_not_bought(battery: Battery, part: BatteryPlan, plan: Plan, step: int) -> Reason | None:
    """Return why it stands still though it is worth charging; None where that is not so."""
    if step not in part.withheld or abs(part.power_kw[step]) > _STANDS_KW:
        return None
    stored = battery.charge_efficiency * float(part.value[step])
    return Reason("risk_limit", {"price": float(plan.prices.buy[step]), "value": stored})


def _why_no_charge(
    battery: Battery, held_kwh: float, curtailed_kw: float, sell: float, value: float
) -> Reason:
    """Return why surplus is not stored."""
    if held_kwh >= battery.max_kwh - _STANDS_KW:
        return Reason("full")
    if curtailed_kw > _STANDS_KW:
        return Reason("curtail_negative", {"export_price": sell})
    return Reason("sell_surplus", {"export_price": sell, "value": value})


def _next_use(power_kw: Floats, plan: Plan) -> list[float | None]:
    """Return when each step's stored energy next serves best.

    That is the dearest of the coming discharges before the next charge.
    """
    result: list[float | None] = [None] * len(power_kw)
    best: tuple[float, float] | None = None
    for step in range(len(power_kw) - 1, -1, -1):
        result[step] = best[1] if best else None
        if power_kw[step] < -_STANDS_KW:
            best = None
        elif power_kw[step] > _STANDS_KW:
            here = (float(plan.prices.buy[step]), float(plan.horizon.start[step]))
            best = here if best is None or here[0] >= best[0] else best
    return result


def _run_ends(mode: tuple[Mode, ...], ends: Floats) -> list[float]:
    """Return when the run of equal modes that each step belongs to is over."""
    result: list[float] = ends.tolist()
    for step in range(len(mode) - 2, -1, -1):
        if mode[step] is mode[step + 1]:
            result[step] = result[step + 1]
    return result
