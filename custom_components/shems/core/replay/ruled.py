"""A home without a manager: every device has its own rule."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final

from ..dispatch.respond import Slot
from .controllers import no_battery, self_consumption, timer
from .household import Direction, Household
from .run import Controller
from .use.use import InUse

BATTERY_RULES: Final = {"self_consumption": self_consumption, "timer": timer}
_ALL_BATTERY: Final = BATTERY_RULES | {"no_battery": no_battery}


@dataclass
class Ruled:
    """A rule for the battery and one for each device.

    Attributes:
        household: what it runs.
        rules: by device, and by `battery`.
    """

    household: Household
    rules: Mapping[str, str]
    _step: int | None = None
    _slot: Slot = field(init=False)
    _battery: Controller = field(init=False)

    def __post_init__(self) -> None:
        """Choose the battery's rule."""
        make = _ALL_BATTERY[self.rules["battery"]]
        self._battery = make(self.household.run)

    def __call__(self, tick: int, energy_kwh: float, devices: Sequence[InUse]) -> Direction:
        """Return what each rule says; the battery's holds for a step of the run."""
        step = tick // self.household.run.parts
        if step != self._step:
            self._step, self._slot = step, self._battery(step, energy_kwh)
        uses = zip(self.household.uses, devices, strict=True)
        powers = [each.ruled(self.rules[use.device.id], tick) for use, each in uses]
        return Direction(self._slot, powers)

    def metered(self, tick: int, grid_kw: float) -> None:
        """Look at no meter but the battery's own."""


def plain_rules(household: Household, battery: str) -> dict[str, str]:
    """Return the plainest rule of every device: as without any manager or timer."""
    return {"battery": battery} | {each.device.id: each.rules[0] for each in household.uses}


def timer_rules(household: Household) -> dict[str, str]:
    """Return the timer of every device, and the battery's."""
    return {"battery": "timer"} | {each.device.id: each.rules[-1] for each in household.uses}


def every_rule(household: Household) -> Iterator[dict[str, str]]:
    """Yield all combinations of rules, the plainest first."""
    names = ["battery", *(each.device.id for each in household.uses)]
    for chosen in product(BATTERY_RULES, *(each.rules for each in household.uses)):
        yield dict(zip(names, chosen, strict=True))
