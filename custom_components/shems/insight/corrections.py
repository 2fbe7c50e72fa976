"""Prices that a provider corrects afterwards: what was entered at them is entered anew."""

from functools import partial
from typing import TYPE_CHECKING, Final, override

from ..core.horizon import DAY_S, HOUR_S
from ..core.report.reprice import repriced
from ..core.report.slot import SlotRecord
from ..core.series import Series
from ..core.tariff import Tariff
from .part import Part

if TYPE_CHECKING:
    from ..coordinator import HomeCoordinator
    from .ledger import LedgerBook

LOOKED_BACK_S: Final = 2.0 * DAY_S
"""Day-ahead prices that were wrong are published anew on the same day or the next."""


class Corrections(Part):
    """Compares the prices of the last days with what is told of them now, once an hour."""

    def __init__(self, home: HomeCoordinator, ledger: LedgerBook) -> None:
        """Have compared nothing yet."""
        self._home = home
        self._ledger = ledger
        self._hour = -float("inf")

    @override
    async def async_on_slot(self, at: float) -> None:
        """Enter anew what was entered at another price than is told now."""
        planner = self._home.planner
        tariff = planner.net.tariff
        if at // HOUR_S == self._hour or not tariff.needs_market:
            return
        self._hour = at // HOUR_S
        slots = await self._ledger.async_slots(at - LOOKED_BACK_S, at)
        told = planner.prices.series, planner.selling.series
        changed = await self._home.hass.async_add_executor_job(
            partial(_corrected, slots, tariff, told)
        )
        if changed:
            await self._ledger.async_revise(changed)


def _corrected(
    slots: tuple[SlotRecord, ...], tariff: Tariff, told: tuple[Series, Series]
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
