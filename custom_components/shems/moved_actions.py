"""Actions: have an appliance run, now or when that costs least, and take that back."""

from typing import Any, Final

import numpy as np
import probatio as vol
from homeassistant.core import (
    Context,
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv

from .asking import DEVICE, async_device_of, moment, refused
from .const import DOMAIN
from .coordinator import HomeCoordinator, now
from .core.assets.appliance import ApplianceState, RunRequest
from .core.horizon import HOUR_S
from .core.plan.result import Plan
from .devices import Device
from .devices.appliance import length_s
from .orders import may_write
from .values import stamp

RUN_APPLIANCE: Final = "run_appliance"
CANCEL_RUNS: Final = "cancel_runs"

AT_ONCE_S: Final = 300.0
"""A run that is wanted now may begin this much later: a plan may be under way."""
_STANDS_KW: Final = 0.005
"""A machine that waits takes a watt or two."""

_APPLIANCE: Final = (("appliance",), "no_appliance")
_RUN: Final = vol.Schema(
    {
        **DEVICE,
        vol.Exclusive("now", "begin"): cv.boolean,
        vol.Exclusive("earliest", "begin"): cv.datetime,
        vol.Optional("deadline"): cv.datetime,
        vol.Optional("max_cost"): vol.Coerce(float),
        vol.Optional("instead_of"): cv.datetime,
    }
)


@callback
def async_setup_runs(hass: HomeAssistant) -> None:
    """Register the actions."""

    async def run(call: ServiceCall) -> ServiceResponse:
        home, device = await async_device_of(hass, call, *_APPLIANCE)
        deadline = moment(call.data.get("deadline"))
        if call.data.get("now"):
            deadline = now() + length_s(device) + AT_ONCE_S
        asked = await async_request_run(
            home,
            device,
            moment(call.data.get("earliest")),
            deadline,
            call.data.get("max_cost"),
            moved=_planned_at(home, device, moment(call.data.get("instead_of"))),
            context=call.context,
        )
        if not call.return_response:
            return None
        await home.async_plan_now()
        return planned_run(home, device, asked)

    async def cancel(call: ServiceCall) -> None:
        home, device = await async_device_of(hass, call, *_APPLIANCE)
        await home.async_set_device(device.id, call.context, runs=())

    hass.services.async_register(DOMAIN, RUN_APPLIANCE, run, _RUN, SupportsResponse.OPTIONAL)
    hass.services.async_register(DOMAIN, CANCEL_RUNS, cancel, vol.Schema(DEVICE))


async def async_request_run(
    home: HomeCoordinator,
    device: Device,
    earliest: float | None = None,
    deadline: float | None = None,
    most_cost: float | None = None,
    *,
    moved: RunRequest | None = None,
    context: Context | None = None,
) -> RunRequest:
    """Ask for a run; return what was asked for.

    Args:
        home: the appliance's home.
        device: the appliance.
        earliest: epoch seconds; None for now.
        deadline: epoch seconds by which it is to be done; None for what its form says.
        most_cost: it runs only if it costs less, currency; None for any price.
        moved: a run that was asked for before and is taken back for this one.
        context: of who asks.

    Raises:
        ServiceValidationError: the programme does not fit before the deadline.
    """
    begin = now() if earliest is None else max(earliest, now())
    done = home.director.watch.done_by(device, begin) if deadline is None else deadline
    if begin + length_s(device) > done:
        hours = f"{length_s(device) / HOUR_S:.1f}"
        raise refused("deadline_too_short", device=device.name, hours=hours)
    asked = RunRequest(begin, done, most_cost)
    runs = tuple(each for each in home.store.control.device(device.id).runs if each != moved)
    await home.async_set_device(device.id, context, runs=(*runs, asked))
    return asked


def _planned_at(home: HomeCoordinator, device: Device, begin: float | None) -> RunRequest | None:
    """Return what was asked for whose run the plan has at a time, None where no time is named.

    Raises:
        ServiceValidationError: the plan has none there that was asked for.
    """
    if begin is None:
        return None
    for each, at in _begins(home, device):
        if at <= begin < at + length_s(device):
            return each
    raise refused("calendar_gone")


def planned_run(home: HomeCoordinator, device: Device, asked: RunRequest) -> dict[str, Any]:
    """Return when a run that was asked for is planned, and what it will cost.

    None where the plan has no place for it: it would cost more than it may, or its time is
    beyond what the plan sees.
    """
    plan = home.data.plan
    begin = next((at for each, at in _begins(home, device) if each == asked), None)
    end = None if begin is None else begin + length_s(device)
    cost = None if plan is None or begin is None else _cost(plan, device, begin)
    return {
        "start": None if begin is None else stamp(begin),
        "end": None if end is None else stamp(end),
        "cost": cost,
        "currency": home.configuration.tariff.currency,
        "driven": may_write(home.store.control, device.id),
    }


def _busy_until(home: HomeCoordinator, device: Device) -> float:
    """Return when the programme is over that runs now, epoch seconds; now where none does."""
    state = home.director.known.states.get(device.id)
    if not isinstance(state, ApplianceState) or state.progress is None:
        return home.data.now
    return max(home.data.now, state.progress.since + length_s(device))


def _begins(home: HomeCoordinator, device: Device) -> list[tuple[RunRequest, float]]:
    """Return when the runs begin that were asked for, epoch seconds.

    Runs are planned in the order of their deadlines; the plan may have no place for the last.
    """
    plan = home.data.plan
    part = None if plan is None else plan.device(device.id)
    if plan is None or part is None:
        return []
    horizon, found = plan.horizon, list[tuple[RunRequest, float]]()
    runs, free = np.flatnonzero(part.power_kw > _STANDS_KW), _busy_until(home, device)
    asked = home.store.control.device(device.id).runs
    for each in sorted(asked, key=lambda request: request.deadline):
        later = runs[horizon.end[runs] > max(free, each.earliest)]
        if len(later) == 0:
            break
        begin = max(float(horizon.start[later[0]]), each.earliest)
        found.append((each, begin))
        free = begin + length_s(device)
    return found


def _cost(plan: Plan, device: Device, begin: float) -> float:
    """Return what a run costs, by what another kWh costs in each of its steps."""
    part, horizon = plan.device(device.id), plan.horizon
    price = plan.prices.buy if plan.marginal is None else plan.marginal
    inside = (horizon.end > begin) & (horizon.start < begin + length_s(device))
    energy = np.zeros(len(horizon)) if part is None else part.power_kw * horizon.hours
    return round(float(energy[inside] @ price[inside]), 4)
