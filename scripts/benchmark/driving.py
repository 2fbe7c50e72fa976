"""How soon many devices are told what was decided, and show it."""

import asyncio
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import numpy as np
from homeassistant.core import HomeAssistant, ServiceCall, callback

from custom_components.shems.actuate import Actuator
from custom_components.shems.devices import Device
from custom_components.shems.drive_issues import DriveIssues
from custom_components.shems.store import HomeStore
from custom_components.shems.wish import Wish

ANSWER_S: Final = 0.1
"""How long a simulated device takes to show what it was told; a local one takes as long."""
_BETWEEN_S: Final = 3600.0
"""Of the devices' clock, from round to round: nothing is held back for being too soon."""

type Clock = Callable[[], float]


@dataclass
class Latency:
    """Milliseconds since a decision, of each device in each round.

    Attributes:
        call_ms: until its action is called.
        state_ms: until its state shows it.
    """

    call_ms: list[float] = field(default_factory=list)
    state_ms: list[float] = field(default_factory=list)

    def at(self, percent: float) -> tuple[float, float]:
        """Return a percentile of both."""
        return (
            float(np.percentile(self.call_ms, percent)),
            float(np.percentile(self.state_ms, percent)),
        )


def measure(devices: int, rounds: int, changed: int, clock: Clock) -> Latency:
    """Return how soon devices follow decisions.

    Args:
        devices: how many are driven.
        rounds: decisions.
        changed: devices that each decision turns on or off.
        clock: seconds, of the processor or of the wall.
    """
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_async_measure(folder, devices, rounds, changed, clock))


async def _async_measure(
    folder: str, devices: int, rounds: int, changed: int, clock: Clock
) -> Latency:
    hass = HomeAssistant(folder)
    latency, decided = Latency(), [0.0]

    @callback
    def show(entity_id: str, state: str) -> None:
        hass.states.async_set(entity_id, state)
        latency.state_ms.append(1000 * (clock() - decided[0]))

    async def follow(call: ServiceCall, state: str) -> None:
        latency.call_ms.append(1000 * (clock() - decided[0]))
        hass.loop.call_later(ANSWER_S, show, call.data["entity_id"], state)

    for state in ("on", "off"):
        hass.services.async_register("switch", f"turn_{state}", partial(follow, state=state))
    names = [f"device_{number}" for number in range(devices)]
    plugs = [
        Device(name, "load", name, {"switch": f"switch.{name}", "writes_a_day": 10**6})
        for name in names
    ]
    for name in names:
        hass.states.async_set(f"switch.{name}", "off")
    actuator = Actuator(hass, HomeStore(hass, "bench"), plugs, DriveIssues(hass, "bench", "Bench"))
    wishes: dict[str, Wish] = dict.fromkeys(names, "off")
    await actuator.async_converge(wishes, 0.0)
    for number in range(rounds):
        first = number * changed % devices
        for offset in range(changed):
            name = names[(first + offset) % devices]
            wishes[name] = "off" if wishes[name] == "on" else "on"
        decided[0] = clock()
        await actuator.async_converge(wishes, (number + 1) * _BETWEEN_S)
        await asyncio.sleep(1.5 * ANSWER_S)
        await actuator.async_converge(wishes, (number + 1) * _BETWEEN_S + 1.0)
    await hass.async_stop(force=True)
    return latency
