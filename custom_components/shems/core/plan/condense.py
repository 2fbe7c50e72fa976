"""Beliefs on fewer steps, and what is planned on these told on all of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np

from ..forecast.beliefs import Beliefs, Outlook
from ..horizon import Horizon
from ..linear import Ints
from ..tariff import Prices
from ..units import Floats

_HALVINGS: Final = 50
"""From tens of kilowatts to what a floating-point number can tell."""


_JUMP_KW: Final = 0.5
"""What the load itself varies by within an hour; devices that are switched jump by more."""
_LEAST_KW: Final = 1e-9
"""Standing by a store loses as steadily as this little power would."""


@dataclass(frozen=True)
class Grid:
    """The K steps of a plan, and C of a program that are made of them.

    Attributes:
        fine: the plan's.
        coarse: the program's; its edges are among those of the fine one.
    """

    fine: Horizon
    coarse: Horizon

    @property
    def same(self) -> bool:
        """Whether the program has all steps of the plan."""
        return len(self.fine) == len(self.coarse)

    @cached_property
    def group(self) -> Ints:
        """To which step of the program each of the plan belongs, (K,)."""
        found = np.searchsorted(self.coarse.edges, self.fine.start, side="right") - 1
        return found.astype(np.int32)

    @cached_property
    def _share(self) -> Floats:
        return self.fine.hours / self.coarse.hours[self.group]

    def mean(self, value: Floats) -> Floats:
        """Return means over the program's steps, (..., K) to (..., C)."""
        first = np.searchsorted(self.group, np.arange(len(self.coarse)))
        means: Floats = np.add.reduceat(value * self._share, first, axis=-1)
        return means

    def repeat(self, value: Floats) -> Floats:
        """Return the same value in every step of the plan, (..., C) to (..., K)."""
        repeated: Floats = value[..., self.group]
        return repeated

    def like(self, value: Floats, pattern: Floats) -> Floats:
        """Return values in proportion to a pattern, (C,) and (K,) to (K,); means are kept."""
        whole = self.repeat(self.mean(pattern))
        part: Floats = np.divide(pattern, whole, out=np.ones_like(whole), where=whole > 0)
        return self.repeat(value) * part

    def levelled(self, power_kw: Floats, net_kw: Floats, most: tuple[float, float]) -> Floats:
        """Return a battery's power such that it levels the meter inside each program's step.

        Of a mean P, with the level L of the meter that gives this mean,

            P[k] = min(max(net[k] - L, least), most)

        It never charges in one part of a step and discharges in another.

        Args:
            power_kw: (C,) means, + = discharge.
            net_kw: (K,) what the meter would show without it.
            most: it can charge and discharge with, kW.
        """
        least = self.repeat(np.where(power_kw < 0, -most[0], 0.0))
        upmost = self.repeat(np.where(power_kw > 0, most[1], 0.0))
        low = np.full(len(self.coarse), net_kw.min() - most[1])
        high = np.full(len(self.coarse), net_kw.max() + most[0])
        for _ in range(_HALVINGS):
            level = (low + high) / 2
            power = np.clip(net_kw - self.repeat(level), least, upmost)
            above = self.mean(power) > power_kw
            low, high = np.where(above, level, low), np.where(above, high, level)
        alone: Floats = np.where(self._share == 1, self.repeat(power_kw), power)
        return alone

    def stored(self, energy_kwh: Floats, begun_kwh: float, power_kw: Floats) -> Floats:
        """Return what is stored at the end of each step of the plan, (K,).

        Args:
            energy_kwh: (C,) at the end of the program's.
            begun_kwh: before the first.
            power_kw: (K,) by which it comes to that.
        """
        moved = np.maximum(np.abs(power_kw), _LEAST_KW)
        done = np.cumsum(moved * self.fine.hours)
        last = np.append(self.group[1:] != self.group[:-1], True)
        ends = np.concatenate([[0.0], done[last]])
        energy: Floats = np.interp(done, ends, np.concatenate([[begun_kwh], energy_kwh]))
        return energy


def condensed(
    beliefs: Beliefs, moved_kw: Floats | None = None, free: Sequence[Floats] = ()
) -> Beliefs:
    """Return beliefs on the condensed horizon, for programs that meet many courses.

    Args:
        beliefs: on all steps.
        moved_kw: (K,) what devices take; steps between which that jumps stay apart, for the
            mean of both hides a peak.
        free: (K,) shares of steps that timetables free; so do those between which one changes.
    """
    moved = np.zeros(len(beliefs.horizon)) if moved_kw is None else moved_kw
    jumps = np.abs(np.diff(moved, prepend=moved[0], append=moved[-1])) > _JUMP_KW
    for share in free:
        jumps |= np.diff(share, prepend=share[0], append=share[-1]) != 0
    grid = Grid(beliefs.horizon, beliefs.horizon.condensed(jumps))

    def merged(outlook: Outlook) -> Outlook:
        mean, quantiles, paths = (
            grid.mean(each) for each in (outlook.mean, outlook.quantiles, outlook.paths)
        )
        return replace(outlook, mean=mean, quantiles=quantiles, paths=paths)

    prices, warmth, carbon = beliefs.prices, beliefs.temperature, beliefs.carbon_g_per_kwh
    known = grid.mean(np.where(prices.known, 0.0, 1.0)) == 0
    return Beliefs(
        grid.coarse,
        merged(beliefs.load),
        merged(beliefs.solar),
        Prices(grid.mean(prices.buy), grid.mean(prices.sell), known),
        temperature=None if warmth is None else merged(warmth),
        carbon_g_per_kwh=None if carbon is None else grid.mean(carbon),
    )
