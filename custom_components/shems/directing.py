"""Direct the home: what every device should be doing now, by the plan and the meters."""

from dataclasses import dataclass, field

from homeassistant.core import HomeAssistant

from .core.assets.home import Home
from .core.dispatch.command import Command, DeviceCommand
from .core.dispatch.decide import DispatchState, decide
from .core.dispatch.throttle import Throttle, throttle
from .core.observe.readings import Readings
from .core.plan.result import Plan
from .orders import Planned
from .sources.configuration import Configuration
from .sources.states import DeviceWatch, Known
from .store import HomeStore


@dataclass(frozen=True)
class Directions:
    """What the plan makes of every device at one moment.

    Attributes:
        commands: for the batteries.
        moves: for the devices that are moved in time.
        limits: for the solar arrays.
    """

    commands: tuple[Command, ...] = ()
    moves: tuple[DeviceCommand, ...] = ()
    limits: tuple[Throttle, ...] = ()

    @property
    def every(self) -> tuple[Planned, ...]:
        """Return all of them."""
        return (*self.commands, *self.moves, *self.limits)


@dataclass
class _Memory:
    batteries: DispatchState = field(default_factory=DispatchState)


class Director:
    """Turns plan and meters into what each device of one home is to do."""

    def __init__(self, hass: HomeAssistant, configuration: Configuration, store: HomeStore) -> None:
        """Remember nothing of the running step yet."""
        self.watch = DeviceWatch(hass, configuration, store)
        self.known = Known()
        self._memory = _Memory()

    def direct(self, plan: Plan | None, home: Home, readings: Readings) -> Directions:
        """Return what the plan makes of every device now."""
        self.known = self.watch.known(readings)
        now = readings.now
        commands, self._memory.batteries = decide(plan, home, readings, self._memory.batteries, now)
        limits = throttle(plan, home, readings, commands, now)
        return Directions(commands, (), limits)
