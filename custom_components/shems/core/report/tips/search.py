"""All tips of a home, looked for one after the other, in slices that can be given up."""

from typing import Final, Protocol

from ...replay.whatif.weeks import Ahead
from . import (
    appliance_hour,
    capacity,
    charging,
    contract,
    cooling,
    curtailed,
    panels,
    peaks,
    reserve,
    setpoint,
    standing,
)
from .ground import Ground
from .replaying import DRAWS, Replay, Work
from .tip import Tip


class Finder(Protocol):
    """Looks for one kind of tip; pauses now and then."""

    def __call__(self, ground: Ground, replay: Replay) -> Work[tuple[Tip, ...]]:
        """Return the tips; none where data are missing or it is not worth telling."""


FINDERS: Final[tuple[Finder, ...]] = (
    standing.find,
    appliance_hour.find,
    contract.find,
    reserve.find,
    setpoint.find,
    panels.find,
    curtailed.find,
    charging.find,
    cooling.find,
    peaks.find,
    capacity.find,
)
"""Every kind of tip: a new one is a file, and a line here."""


class Search:
    """A search for tips.

    `advance` works for about a tenth of a second; who wants the tips no longer may stop asking
    at any time, and nothing is left behind.

    Attributes:
        progress: from 0 to 1.
        tips: found, the most valuable first; None until all were looked for.
    """

    def __init__(self, ground: Ground, *, ahead: Ahead | None = None, draws: int = DRAWS) -> None:
        """Begin.

        Args:
            ground: what is known of the home.
            ahead: the local days that values are of; None for a year from now on.
            draws: years that are drawn.
        """
        self.progress = 0.0
        self.tips: tuple[Tip, ...] | None = None
        self._work = self._searching(ground, ahead, draws)

    def advance(self) -> bool:
        """Go on; return whether there is more to do.

        Raises:
            InputError: the past is too short, or there are no prices.
        """
        try:
            next(self._work)
        except StopIteration as end:
            self.tips = tuple(sorted(end.value, key=lambda tip: -tip.value.median))
            self.progress = 1.0
            return False
        return True

    def _searching(self, ground: Ground, ahead: Ahead | None, draws: int) -> Work[tuple[Tip, ...]]:
        replay = yield from Replay.of(ground.subject, ahead, draws)
        found: tuple[Tip, ...] = ()
        for number, find in enumerate(FINDERS):
            self.progress = (number + 1) / (len(FINDERS) + 1)
            found += yield from find(ground, replay)
        return found
