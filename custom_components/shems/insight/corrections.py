"""Prices that a provider corrects afterwards: what was entered at them is entered anew."""

from functools import partial
from typing import TYPE_CHECKING, Final, override

import numpy as np

from ..core.horizon import HOUR_S, QUARTER_S
from ..core.report.reprice import repriced
from ..core.report.slot import SlotRecord
from ..core.series import Series
from ..core.tariff import Tariff
from ..sources.history import FINE_SPAN_S
from .part import Part

if TYPE_CHECKING:
    from ..coordinator import HomeCoordinator
    from .ledger import LedgerBook

LOOKED_BACK_S: Final = FINE_SPAN_S
"""As far as statistics of five minutes reach, and published prices are kept at hand for longer:
what is older is known to Home Assistant by the hour alone, and no provider revises it."""
_SAME: Final = 1e-6

type Told = tuple[Series, Series]
"""What buying and selling follow."""


class Corrections(Part):
    """Compares the prices of the last days with what is told of them now, once an hour.

    After a start all slots are compared; then those from the first price on that is told
    otherwise than an hour before.
    """

    def __init__(self, home: HomeCoordinator, ledger: LedgerBook) -> None:
        """Have compared nothing yet."""
        self._home = home
        self._ledger = ledger
        self._hour = -float("inf")
        self._told: Told | None = None

    @override
    async def async_on_slot(self, at: float) -> None:
        """Enter anew what was entered at another price than is told now."""
        planner = self._home.planner
        tariff = planner.net.tariff
        if at // HOUR_S == self._hour or not tariff.needs_market or self._ledger.paused:
            return
        told = planner.prices.series, planner.selling.series
        first = _first_changed(self._told, told, (at - LOOKED_BACK_S, at))
        if first is not None:
            slots = await self._ledger.async_slots(first, at)
            changed = await self._home.hass.async_add_executor_job(
                partial(_corrected, slots, tariff, told)
            )
            if changed and not await self._ledger.async_revise(changed):
                return
        self._hour, self._told = at // HOUR_S, told


def _first_changed(before: Told | None, now: Told, span: tuple[float, float]) -> float | None:
    """Return from when on prices are told otherwise than before, None where they are not."""
    begin = span[0] // QUARTER_S * QUARTER_S
    if before is None:
        return begin
    quarters = np.arange(begin, span[1], QUARTER_S, dtype=np.float64)
    other = np.zeros(len(quarters), dtype=np.bool_)
    for one, two in zip(before, now, strict=True):
        was, is_ = (each.between(quarters, quarters + QUARTER_S) for each in (one, two))
        other |= np.isfinite(is_) & ~(np.abs(is_ - was) <= _SAME)
    return float(quarters[other][0]) if other.any() else None


def _corrected(
    slots: tuple[SlotRecord, ...], tariff: Tariff, told: Told
) -> dict[float, tuple[SlotRecord, SlotRecord]]:
    """Return the slots whose prices were corrected, before and after, by their start."""
    found = {}
    for slot in slots:
        if slot.market is None:
            continue
        feed_in = None if slot.feed_in is None else told[1].at(slot.start)
        after = repriced(slot, tariff, (told[0].at(slot.start), feed_in))
        if after is not slot:
            found[slot.start] = (slot, after)
    return found
