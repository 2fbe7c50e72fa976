"""A ledger that was lost, or never was: what Home Assistant's statistics still know of it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final, override

import numpy as np
from homeassistant.helpers.recorder import get_instance

from ..core.forecast.history import History
from ..core.horizon import DAY_S, HOUR_S
from ..core.report.slot import Quality, SlotRecord
from ..core.tariff import Tariff
from ..sources.history import FINE_SPAN_S, async_history
from ..sources.meters import meters
from ..sources.published import FEED_IN, MARKET
from ..sources.recorded import async_read, grid
from .erasing import LEDGER
from .part import Part
from .privacy_record import PrivacyRecord
from .recorded_energies import RecordedEnergies, recorded_energies

if TYPE_CHECKING:
    from ..coordinator import HomeCoordinator
    from .ledger import LedgerBook

REACH_S: Final = 366.0 * DAY_S
"""A year back: reports compare with the same time of the year before."""
_G_PER_KG: Final = 1000.0


class Rebuilding(Part):
    """Fills a new ledger once, from the statistics of the home's meters.

    What a restart interrupts goes on with the next start.
    """

    def __init__(self, home: HomeCoordinator, ledger: LedgerBook) -> None:
        """Wait for a ledger that is new."""
        self._home = home
        self._ledger = ledger

    @override
    async def async_on_slot(self, at: float) -> None:
        """Fill a new ledger with what was before its first slot, but for what was erased."""
        if not self._ledger.new or not self._home.hass.is_running:
            return
        first = await self._ledger.async_first()
        until = at if first is None else first
        home = self._home
        slots = await async_rebuilt(home, at - REACH_S, until, at - FINE_SPAN_S)
        erased = await PrivacyRecord(home.hass, home.config_entry.entry_id).async_erased(LEDGER)
        await self._ledger.async_fill(
            tuple(
                each
                for each in slots
                if not any(begin < each.end and each.start < stop for begin, stop in erased)
            )
        )


async def async_rebuilt(
    home: HomeCoordinator, start: float, end: float, fine: float
) -> tuple[SlotRecord, ...]:
    """Return what the statistics know between two times, in order.

    Slots of five minutes where there are such statistics, which a recorder may be told to keep
    for less, and elsewhere hours, which are marked as estimated. What has no price is left out,
    and so is what some meter does not know.

    Args:
        home: whose meters and prices.
        start, end: epoch seconds.
        fine: since when there may be statistics of five minutes.

    Raises:
        SourceError: the recorder's database cannot be read.
    """
    hass, configuration = home.hass, home.configuration
    if "recorder" not in hass.config.components:
        return ()
    ids = meters(configuration).ids
    recorded = await async_history(hass, configuration, start, end)
    issued = home.inputs.issued
    history = replace(
        recorded,
        market=issued.series(MARKET).filled(recorded.market),
        feed_in=issued.series(FEED_IN),
    )
    between = min(max(start, -(-fine // HOUR_S) * HOUR_S), end)
    hourly = await async_read(hass, start, end, ids, "hour")
    stepped = await async_read(hass, between, end, ids, "5minute")
    tariff = home.planner.net.tariff
    sells_apart = configuration.sell_source is not None and tariff.pays_exports

    def slots() -> tuple[SlotRecord, ...]:
        hours, steps = grid(start, end, "hour"), grid(between, end, "5minute")
        sharp, coarse = (
            tuple(_slots(each, tariff, history, sells_apart=sells_apart))
            for each in (
                recorded_energies(configuration, stepped, steps, "5minute"),
                recorded_energies(configuration, hourly, hours, "hour"),
            )
        )
        known = {each.start // HOUR_S for each in sharp}
        rest = (each for each in coarse if each.start // HOUR_S not in known)
        return tuple(sorted((*sharp, *rest), key=lambda each: each.start))

    return await get_instance(hass).async_add_executor_job(slots)


def _slots(
    known: RecordedEnergies, tariff: Tariff, history: History, *, sells_apart: bool
) -> Iterator[SlotRecord]:
    """Return the slots of a grid of which all meters and the prices are known."""
    sun = known.kwh["solar"]
    # An inverter that sleeps at night tells nothing; the history knows when that is.
    asleep = history.solar.between(known.start, known.start + known.width_s) == 0
    kwh = {**known.kwh, "solar": np.where(np.isnan(sun) & asleep, 0.0, sun)}
    complete = np.isfinite(sum(kwh.values(), np.zeros(len(known.start))))
    for index in np.flatnonzero(complete).tolist():
        at = float(known.start[index])
        feed_in = history.feed_in.at(at) if sells_apart else None
        priced = tariff.priced(at, history.market.at(at), feed_in)
        if priced is None or (sells_apart and feed_in is None):
            continue
        emitted = history.carbon.at(at)
        device, source, battery = known.parts(index)
        yield SlotRecord(
            at,
            at + known.width_s,
            bought_kwh=float(kwh["bought"][index]),
            sold_kwh=float(kwh["sold"][index]),
            solar_kwh=float(kwh["solar"][index]),
            charged_kwh=float(kwh["charged"][index]),
            discharged_kwh=float(kwh["discharged"][index]),
            buy=priced.buy.price,
            sell=priced.sell.price,
            device_kwh=device,
            source_kwh=source,
            battery_kwh=battery,
            buy_parts=priced.buy,
            sell_parts=priced.sell,
            market=priced.market,
            feed_in=priced.feed_in,
            carbon_kg_per_kwh=None if emitted is None else emitted / _G_PER_KG,
            quality=Quality.ESTIMATED if known.width_s == HOUR_S else Quality.MEASURED,
        )
