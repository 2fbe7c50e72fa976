"""A ledger that was lost, or never was: what Home Assistant's statistics still know of it."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Final, override

import numpy as np
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import get_instance

from ..core.forecast.history import History
from ..core.horizon import DAY_S
from ..core.report.slot import Quality, SlotRecord
from ..core.tariff import Tariff
from ..core.units import Floats
from ..sources.configuration import Configuration
from ..sources.history import FINE_SPAN_S, async_history
from ..sources.meters import Meters, Term, meters
from ..sources.recorded import WIDTH_S, Period, Recorded, async_read, grid, power_kw, total_kw
from .erasing import LEDGER
from .part import Part
from .privacy_record import PrivacyRecord

if TYPE_CHECKING:
    from ..coordinator import HomeCoordinator
    from .ledger import LedgerBook

REACH_S: Final = 366.0 * DAY_S
"""A year back: reports compare with the same time of the year before."""
_G_PER_KG: Final = 1000.0
_KWH: Final = "kWh"


class Rebuilding(Part):
    """Fills a new ledger once, from the statistics of the home's meters."""

    def __init__(self, home: HomeCoordinator, ledger: LedgerBook) -> None:
        """Wait for a ledger that is new."""
        self._home = home
        self._ledger = ledger

    @override
    async def async_on_slot(self, at: float) -> None:
        """Fill a new ledger with what was before its first slot, but for what was erased."""
        if not self._ledger.new or not self._home.hass.is_running:
            return
        known = await self._ledger.async_slots(0.0, at)
        until = known[0].start if known else at
        home = self._home
        slots = await async_rebuilt(
            home.hass, home.configuration, home.planner.net.tariff, until - REACH_S, until
        )
        erased = await PrivacyRecord(home.hass, home.config_entry.entry_id).async_erased(LEDGER)
        await self._ledger.async_fill(
            tuple(
                each
                for each in slots
                if not any(begin < each.end and each.start < stop for begin, stop in erased)
            )
        )


async def async_rebuilt(
    hass: HomeAssistant, configuration: Configuration, tariff: Tariff, start: float, end: float
) -> tuple[SlotRecord, ...]:
    """Return what the statistics know between two times, in order.

    Slots of five minutes where there are such statistics, hours before, which are marked as
    estimated. What has no price is left out, and so is what some meter does not know.

    Raises:
        SourceError: the recorder's database cannot be read.
    """
    if "recorder" not in hass.config.components:
        return ()
    home = meters(configuration)
    history = await async_history(hass, configuration, start, end)
    fine_start = max(start, end - FINE_SPAN_S)
    hourly = await async_read(hass, start, fine_start, home.ids, "hour")
    fine = await async_read(hass, fine_start, end, home.ids, "5minute")

    def slots() -> tuple[SlotRecord, ...]:
        coarse = _slots(home, hourly, grid(start, fine_start, "hour"), "hour", history, tariff)
        known = _slots(home, fine, grid(fine_start, end, "5minute"), "5minute", history, tariff)
        return tuple(_in_order((*coarse, *known)))

    return await get_instance(hass).async_add_executor_job(slots)


def _slots(
    home: Meters,
    recorded: Recorded,
    steps: Floats,
    period: Period,
    history: History,
    tariff: Tariff,
) -> Iterator[SlotRecord]:
    """Return the slots of a grid of which all meters and the price are known."""
    hours = WIDTH_S[period] / 3600.0
    split = partial(_split, recorded, steps, period)
    bought, sold = split(home.grid)
    solar = np.maximum(total_kw(recorded, home.solar, steps, period), 0.0)
    pairs = [split(each) for each in home.batteries]
    given = sum((pair[0] for pair in pairs), np.zeros(len(steps)))
    taken = sum((pair[1] for pair in pairs), np.zeros(len(steps)))
    devices = {
        key: np.maximum(power_kw(recorded, term, steps, period), 0.0)
        for key, term in home.flexible.items()
    }
    known = np.isfinite(bought + sold + solar + given + taken)
    for index in np.flatnonzero(known).tolist():
        at = float(steps[index])
        priced = tariff.priced(at, history.market.at(at))
        if priced is None:
            continue
        emitted = history.carbon.at(at)
        yield SlotRecord(
            at,
            at + WIDTH_S[period],
            bought_kwh=float(bought[index]) * hours,
            sold_kwh=float(sold[index]) * hours,
            solar_kwh=float(solar[index]) * hours,
            charged_kwh=float(taken[index]) * hours,
            discharged_kwh=float(given[index]) * hours,
            buy=priced.buy.price,
            sell=priced.sell.price,
            device_kwh={
                key: float(power[index]) * hours
                for key, power in devices.items()
                if np.isfinite(power[index])
            },
            buy_parts=priced.buy,
            sell_parts=priced.sell,
            carbon_kg_per_kwh=None if emitted is None else emitted / _G_PER_KG,
            quality=Quality.ESTIMATED if period == "hour" else Quality.MEASURED,
        )


def _split(recorded: Recorded, steps: Floats, period: Period, term: Term) -> tuple[Floats, Floats]:
    """Return the powers of both directions: of counters each, else of the net power."""
    net = power_kw(recorded, term, steps, period)
    ways = []
    for way in (1.0, -1.0):
        own = np.maximum(way * net, 0.0)
        counted = [
            recorded[each].of(_KWH).rates(steps, WIDTH_S[period])
            for each, sign in term.energy
            if sign == way and each in recorded
        ]
        total = np.sum(counted, axis=0) if counted else np.full(len(steps), np.nan)
        ways.append(np.where(np.isfinite(total), total, own))
    return ways[0], ways[1]


def _in_order(slots: Iterable[SlotRecord]) -> Iterator[SlotRecord]:
    """Return slots in order, none of which touches the one before."""
    end = -float("inf")
    for slot in sorted(slots, key=lambda each: each.start):
        if slot.start >= end:
            yield slot
            end = slot.end
