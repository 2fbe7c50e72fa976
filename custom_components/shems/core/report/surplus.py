"""When there is surplus for something more: a power that stays above a level."""

from dataclasses import dataclass, replace
from typing import Final

USUAL_KW: Final = 1.0
"""What most that one would turn on by hand takes."""
USUAL_S: Final = 300.0
"""A cloud, or a kettle, is over by then."""
_REST: Final = 0.5
"""Surplus is over below half its level: what was turned on takes some of it."""


@dataclass(frozen=True)
class Surplus:
    """Whether there is surplus, and what speaks for the opposite.

    Attributes:
        on: whether there is.
        since: epoch seconds from which on the power says otherwise; None where it does not.
    """

    on: bool = False
    since: float | None = None

    def advance(
        self, kw: float | None, now: float, level_kw: float = USUAL_KW, lasting_s: float = USUAL_S
    ) -> Surplus:
        """Return the next state; of a power that is unknown nothing can be said.

        Args:
            kw: surplus, >= 0; None where unknown.
            now: epoch seconds.
            level_kw: from which on there is surplus.
            lasting_s: for how long the power must say so before it is believed.
        """
        if kw is None:
            return replace(self, since=None)
        opposite = kw < _REST * level_kw if self.on else kw >= level_kw
        if not opposite:
            return replace(self, since=None)
        since = now if self.since is None else min(self.since, now)
        return Surplus(not self.on) if now - since >= lasting_s else Surplus(self.on, since)
