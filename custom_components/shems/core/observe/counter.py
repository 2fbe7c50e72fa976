"""The power that a counter of energy tells: resets, rollovers and gaps taken out."""

import math
from dataclasses import dataclass, replace
from typing import Final, Self

from ..horizon import HOUR_S

GAP_S: Final = 900.0
"""The slowest meters that tell the present report every quarter of an hour; what was counted
in longer has no time."""
_WINDOW_S: Final = 60.0
"""Counters that tick faster are averaged over as long: a watt-hour in ten seconds is 360 W."""
_PATIENCE: Final = 2.0
"""Ticks of an even power come a little late now and then: by polling, by rounding."""
_STEP_KWH: Final = 0.1
"""Hardly a counter is coarser; taken for one that has not ticked yet."""


@dataclass(frozen=True)
class Count:
    """What a counter has shown lately.

    Attributes:
        ticks: (epoch seconds, kWh) of when it moved, in order.
        bridge_kw: the power around an interruption, until it ticks again; None where unknown.
        step_kwh: by how much it moves.
    """

    ticks: tuple[tuple[float, float], ...] = ()
    bridge_kw: float | None = None
    step_kwh: float = _STEP_KWH

    def after(self, kwh: float, at: float, most_kw: float) -> Self:
        """Return what is known once the counter shows a value.

        One that falls was reset, exchanged or has rolled over, one that rises by more than can
        flow was exchanged as well: until its next tick the power is taken to be as before. What
        it counted in a long silence is spread over it.

        Args:
            kwh: shown; what is no amount of energy is passed over.
            at: when it began to show that, epoch seconds.
            most_kw: what can flow at most.
        """
        if not math.isfinite(kwh) or kwh < 0 or (self.ticks and kwh == self.ticks[-1][1]):
            return self
        if not self.ticks or at <= self.ticks[-1][0]:
            return replace(self, ticks=((at, kwh),), bridge_kw=None)
        begun, before = self.ticks[-1]
        mean_kw = (kwh - before) * HOUR_S / (at - begun)
        if not 0 < mean_kw <= most_kw:
            return replace(self, ticks=((at, kwh),), bridge_kw=self.power_kw(at))
        if at - begun > GAP_S:
            return replace(self, ticks=((at, kwh),), bridge_kw=mean_kw)
        # The last before the window is kept: a slow counter is measured from there.
        older = [each for each in self.ticks if each[0] <= at - _WINDOW_S][-1:]
        newer = [each for each in self.ticks if each[0] > at - _WINDOW_S]
        ticks = (*older, *newer, (at, kwh))
        return replace(self, ticks=ticks, bridge_kw=None, step_kwh=kwh - before)

    def power_kw(self, now: float) -> float | None:
        """Return the power now, None where nothing is known of it.

        A counter that is silent has counted less than its step meanwhile, so that the power is
        below step / silence: it falls to nothing the longer nothing is counted.
        """
        if not self.ticks:
            return None
        silent_s = now - self.ticks[-1][0]
        known_kw, patience_s = self._known()
        if silent_s <= patience_s:
            return known_kw
        bound_kw = self.step_kwh * HOUR_S / silent_s
        return bound_kw if known_kw is None else min(known_kw, bound_kw)

    def _known(self) -> tuple[float | None, float]:
        """Return the power at the last tick, and for how long it stands without another."""
        if len(self.ticks) < 2:
            return self.bridge_kw, HOUR_S if self.bridge_kw is None else GAP_S
        (begin, first), (end, last) = self.ticks[0], self.ticks[-1]
        wait_s = max(end - self.ticks[-2][0], (end - begin) / (len(self.ticks) - 1))
        return (last - first) * HOUR_S / (end - begin), _PATIENCE * wait_s
