"""A programme that may pause, now: it waits, goes on, and ends."""

from dataclasses import replace

import numpy as np

from custom_components.shems.core.assets.appliance import Appliance, ApplianceState, Progress
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.dispatch.command import DeviceCommand
from custom_components.shems.core.dispatch.devices import DirectState, direct
from custom_components.shems.core.observe.readings import Readings
from custom_components.shems.core.plan.make import PlanState, make_plan
from custom_components.shems.core.plan.result import DevicePlan, Plan
from tests.core.homes import HOME, NOW, certain, hourly, value_of

WASHER = Appliance("washer", "Washer", (2.0, 0.001, 1.0), 1800.0, (1, 2), 3.0)
RUNS = ApplianceState(progress=Progress(1, NOW - 1200))
WAITS = ApplianceState(progress=Progress(1, NOW - 60, paused=True))


def told(
    power_kw: float, held: ApplianceState, before: DirectState, now: float
) -> tuple[DeviceCommand, DirectState]:
    beliefs = certain(1.0, 0.0, 0.3, 0.05, horizon=hourly(4))
    plan, _ = make_plan(HOME, beliefs, {}, PlanState(), NOW)
    part = DevicePlan("washer", WASHER.KIND, np.full(4, power_kw))
    planned: Plan = replace(plan, devices=(part,))
    seen = Readings(now, grid_kw=value_of(1.0))
    home = Home(devices=(WASHER,))
    (command,), after = direct(planned, home, seen, {"washer": held}, (), before, now)
    return command, after


def test_a_programme_waits_where_it_may_goes_on_and_ends() -> None:
    steps: list[tuple[float, ApplianceState, tuple[bool, bool]]] = [
        (0.0, RUNS, (True, False)),  # Between two places it goes on whatever is planned.
        (0.0, WAITS, (False, True)),
        (0.001, WAITS, (True, False)),  # It soaks, which takes next to nothing.
        (0.0, RUNS, (True, False)),
        (0.0, ApplianceState(), (False, False)),
    ]
    state = DirectState()
    for number, (power, held, expected) in enumerate(steps):
        command, state = told(power, held, state, NOW + 400.0 * number)
        assert (command.on, command.waits) == expected, number


def test_the_end_of_a_programme_that_waits_is_told() -> None:
    command, state = told(0.0, WAITS, DirectState(), NOW)
    assert (command.on, command.waits) == (False, True)
    command, _ = told(0.0, ApplianceState(), state, NOW + 60)
    assert (command.on, command.waits) == (False, False)
