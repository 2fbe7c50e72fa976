"""What shares a heat pump, so that only one of it runs at a time."""

from collections.abc import Mapping

from .device import Part
from .home import Home
from .scenario import Scenario


def take_turns(scenario: Scenario, home: Home, parts: Mapping[str, Part]) -> None:
    """Let only one device of each group run at a time.

        Σ on ≤ 1 + both   in the near steps,   Σ power / most ≤ 1 + both   in all

    Later, the second is what duty cycles have room for. `both` costs the penalty: what has to
    go on running, as a heat pump that has just begun, may do so beside another.

    Args:
        scenario: the course of events.
        home: what exists.
        parts: of the devices, by identity.
    """
    program = scenario.program
    for group in home.shared:
        among = [
            (device, parts[device.id])
            for device in home.devices
            if device.id in group and device.id in parts
        ]
        if len(among) < 2:
            continue
        count = len(scenario.hours)
        both = program.columns(count, cost=scenario.penalty * scenario.paid)
        duty = program.rows(count, upper=1.0)
        program.terms(duty, both, -1.0)
        for device, part in among:
            program.terms(duty, part.power, 1 / device.most_kw)
        near = min(len(part.on) for _, part in among)
        turn = program.rows(near, upper=1.0)
        program.terms(turn, both[:near], -1.0)
        for _, part in among:
            program.terms(turn, part.on[:near], 1.0)
