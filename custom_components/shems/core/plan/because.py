"""Why a device runs now, or waits, in the prices that another kWh has in each step."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ..assets.home import Home
from ..assets.sheddable import Sheddable
from ..horizon import DAY_S, Horizon
from ..units import Args, Floats
from .result import DevicePlan, Plan, Reason

_STANDS_KW: Final = 0.01
"""Below ten watts a device stands still."""
SAID: Final = 0.005
"""Money below half a hundredth of the currency would be told as 0.00: nothing is saved then, and
what is said is that it is needed, or costs as much at other hours."""


@dataclass(frozen=True)
class _Run:
    """Steps in which a device runs without a break.

    Attributes:
        first, last: of the steps, both within.
        price: mean of the marginal prices, weighted with the power.
        usual: mean of the marginal prices of the day from its first step on.
        energy_kwh: taken.
    """

    first: int
    last: int
    price: float
    usual: float
    energy_kwh: float

    @property
    def saves(self) -> float:
        """What is saved against running at any hour of the day."""
        return max((self.usual - self.price) * self.energy_kwh, 0.0)


def explain_devices(plan: Plan, home: Home) -> tuple[DevicePlan, ...]:
    """Return the devices of a plan with a reason for every step.

    A run is held against the mean marginal price of the day that begins with it: what the
    same energy would have cost at no particular hour. While it rests, a device waits for a
    cheaper hour, or has nothing to do yet, or at all.

    Args:
        plan: with what another kWh costs in each step.
        home: what exists, and when it may not run.
    """
    if plan.marginal is None:
        return plan.devices
    return tuple(
        replace(part, reason=_reasons(part, plan, plan.marginal, home)) for part in plan.devices
    )


def why_barred(home: Home, device_id: str, at: float) -> Reason | None:
    """Return why something keeps a device from running at a time, None where nothing does.

    That is a timetable, or that another time was asked for. What may not be shed stays on.
    """
    until = home.barred_until(device_id, at)
    if until is None:
        return None
    if home.booked_until(device_id, until) is not None:
        return Reason("booked_later", {"at": until})
    stays_on = isinstance(home.device(device_id), Sheddable)
    return Reason("timetable_on" if stays_on else "timetable", {"until": until})


def _reasons(part: DevicePlan, plan: Plan, marginal: Floats, home: Home) -> tuple[Reason, ...]:
    horizon = plan.horizon
    surplus = plan.solar_kw - plan.load_kw
    result: list[Reason] = []
    runs = _runs(part.power_kw, plan, marginal)
    for step in range(len(horizon)):
        run = next((each for each in runs if each.last >= step), None)
        if run is None:
            result.append(Reason("device_idle"))
        elif step < run.first and (
            kept := why_barred(home, part.device_id, float(horizon.start[step]))
        ):
            result.append(kept)
        elif step < run.first:
            at: Args = {"at": float(horizon.start[run.first])}
            prices: Args = {"price": float(marginal[step]), "later": run.price}
            cheaper = run.price < marginal[step]
            result.append(
                Reason("device_waits", prices | at) if cheaper else Reason("device_later", at)
            )
        elif booked := _why_booked(part, plan, step, home):
            result.append(booked)
        elif 0 < part.power_kw[step] <= surplus[step] + _STANDS_KW:
            result.append(Reason("device_surplus", {"export_price": float(plan.prices.sell[step])}))
        elif part.power_kw[step] < 0:
            code = "device_sheds" if part.state is None else "device_gives"
            result.append(Reason(code, {"price": float(marginal[step])}))
        else:
            result.append(_why_now(run, part.power_kw, plan))
    return tuple(result)


def _why_booked(part: DevicePlan, plan: Plan, step: int, home: Home) -> Reason | None:
    """Return that somebody has asked for the time of a step, None where nobody has."""
    begin, end = float(plan.horizon.start[step]), float(plan.horizon.end[step])
    until = home.booked_until(part.device_id, begin, end)
    runs = abs(part.power_kw[step]) > _STANDS_KW
    return Reason("booked", {"until": until}) if runs and until is not None else None


def _why_now(run: _Run, power_kw: Floats, plan: Plan) -> Reason:
    """Return why a run is not at another hour of its day.

    Where that saves something, and at the home's own prices would save nothing, it is what
    its neighbours have left over.
    """
    told: Args = {"price": run.price, "until": float(plan.horizon.end[run.last])}
    own = plan.prices.own
    if run.saves >= SAID and own is not None:
        alone = _run(run.first, run.last + 1, power_kw, plan.horizon, own.buy)
        if alone.saves < SAID:
            return Reason("device_shared", told | {"own_price": alone.price, "saves": run.saves})
    if run.saves >= SAID:
        return Reason("device_runs", told | {"usual": run.usual, "saves": run.saves})
    dearer = (run.price - run.usual) * run.energy_kwh >= SAID
    return Reason("device_needed" if dearer else "device_alike", told)


def _runs(power_kw: Floats, plan: Plan, marginal: Floats) -> list[_Run]:
    """Return the runs of a device, in order."""
    on = np.abs(power_kw) > _STANDS_KW
    change = np.flatnonzero(np.diff(np.concatenate([[0], on.astype(np.int8), [0]])))
    return [
        _run(first, after, power_kw, plan.horizon, marginal)
        for first, after in zip(change[::2].tolist(), change[1::2].tolist(), strict=True)
    ]


def _run(first: int, after: int, power_kw: Floats, horizon: Horizon, marginal: Floats) -> _Run:
    """Return what the steps from one to before another take and cost."""
    hours = horizon.hours
    energy = np.abs(power_kw[first:after]) * hours[first:after]
    day = (horizon.start >= horizon.start[first]) & (horizon.start < horizon.start[first] + DAY_S)
    return _Run(
        first,
        after - 1,
        float(energy @ marginal[first:after] / energy.sum()),
        float(hours[day] @ marginal[day] / hours[day].sum()),
        float(energy.sum()),
    )
