"""Enter what was measured, slot by slot, in the ledger."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from homeassistant.core import HomeAssistant, callback

from .absence import Absence, noted
from .accounting import LONGEST_SLOT_S, Counted, Mark, SlotMeter
from .core.assets.home import Home
from .core.observe.readings import Readings
from .core.report.counterfactual.facts import Facts
from .core.report.reconcile import known, risen
from .core.report.slot import SlotRecord
from .core.tariff import Priced
from .itemising import Itemiser
from .sources.carbon import carbon_now
from .sources.configuration import Configuration
from .sources.counters import counters
from .store import HomeStore

SLOTS_KEPT: Final = 288
"""A day of measured slots, for the chart and for forecasts between two looks at the recorder."""
_SAME: Final = 1e-9
_G_PER_KG: Final = 1000.0

type PriceAt = Callable[[float], tuple[float, float] | None]
type PricedAt = Callable[[float], Priced | None]


class Bookkeeper:
    """Keeps the ledger of one home."""

    def __init__(
        self,
        hass: HomeAssistant,
        configuration: Configuration,
        store: HomeStore,
        prices: tuple[PriceAt, PricedAt],
        now: float,
    ) -> None:
        """Begin a slot now.

        Args:
            hass: where the counters are.
            configuration: which they are.
            store: what the ledger is kept in.
            prices: of buying and selling at a time, and what they consist of; None where
                unknown.
            now: epoch seconds.
        """
        self._hass = hass
        self._configuration = configuration
        self._store = store
        self._price_at, self._priced_at = prices
        self._slot = SlotMeter(now)
        self._items = Itemiser(hass, configuration, now)

    @callback
    def begin(self, now: float) -> None:
        """Begin to count, or go on after a short absence."""
        shown = counters(self._hass, self._configuration)
        before = self._store.memory.counted
        self._slot.begin(now, shown, before)
        went_on = before is not None and 0 <= now - before.since <= LONGEST_SLOT_S
        self._items.begin(now, before.items if before is not None and went_on else None)
        if before is not None and not went_on:
            self._miss(before.since, now, before.items)
        if before is None or not before.shown:
            # What is counted from now on is compared with what is shown from now on.
            self._store.memory.counted = replace(self._counted, shown=known(shown))

    @callback
    def clock_set(self, at: float) -> None:
        """Go on counting from a time on: what counters counted meanwhile is entered then."""
        counted = self._counted
        marks, items = (
            {name: replace(each, moved=min(each.moved, at)) for name, each in marks.items()}
            for marks in (counted.marks, counted.items)
        )
        self._slot = SlotMeter(at)
        shown = counters(self._hass, self._configuration)
        self._slot.begin(at, shown, Counted(at, marks))
        self._items.begin(at, items)
        self._store.memory.counted = self._counted

    @property
    def _counted(self) -> Counted:
        """Where counting goes on after a restart."""
        before = self._store.memory.counted
        shown = {} if before is None else before.shown
        return replace(self._slot.counted, items=self._items.marks, shown=shown)

    @callback
    def add(self, readings: Readings) -> None:
        """Count until these readings."""
        self._slot.add(readings)
        self._items.add(readings)

    @callback
    def close(
        self, end: float, energy_kwh: Mapping[str, float], home: Home, facts: Facts | None
    ) -> None:
        """Close the running slot and enter it in the ledger.

        Args:
            end: epoch seconds.
            energy_kwh: stored now, by battery.
            home: what exists now.
            facts: what tells how the slot would have been without SHEMS.
        """
        shown = counters(self._hass, self._configuration)
        started = self._slot.start
        record = self._slot.close(
            end,
            self._price_at(started),
            dict(energy_kwh),
            shown,
            self._configuration.home,
        )
        memory = self._store.memory
        if record is not None:
            record = self._detailed(self._items.close(record))
            now = known(shown)
            before = {} if memory.counted is None else memory.counted.shown
            record = replace(record, meter_kwh=risen(before, now))
            # A counter that is silent for a slot is compared with what it showed before.
            memory.counted = replace(self._counted, shown={**before, **now})
            zone = self._configuration.zone
            memory.ledger, entered = memory.ledger.closed(record, home, zone, facts)
            memory.slots = (*memory.slots, entered or record)[-SLOTS_KEPT:]
        else:
            if self._slot.start == end:
                self._miss(started, end, self._items.marks)
                self._items.skip(end)
            memory.counted = self._counted

    def _miss(self, start: float, end: float, items: Mapping[str, Mark]) -> None:
        """Note that nothing is entered of a time, yet."""
        memory = self._store.memory
        memory.absences = noted(memory.absences, Absence(start, end, items))

    def _detailed(self, record: SlotRecord) -> SlotRecord:
        """Return a slot with what its prices consisted of, and the grid's carbon."""
        emitted = carbon_now(self._hass, self._configuration, record.end).at(record.end)
        if emitted is not None:
            record = replace(record, carbon_kg_per_kwh=emitted / _G_PER_KG)
        priced = self._priced_at(record.start)
        if priced is None or not _of_these(record, priced):
            return record
        return replace(
            record,
            buy_parts=priced.buy,
            sell_parts=priced.sell,
            market=priced.market,
            feed_in=priced.feed_in,
        )


def _of_these(record: SlotRecord, priced: Priced) -> bool:
    """Return whether a slot was entered at these prices, and not at those of the last plan."""
    buy, sell = priced.buy.price, priced.sell.price
    return abs(buy - record.buy) <= _SAME and abs(sell - record.sell) <= _SAME
