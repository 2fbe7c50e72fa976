"""Enter what was measured, slot by slot, in the ledger."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from homeassistant.core import HomeAssistant, callback

from .accounting import Counted, SlotMeter
from .core.assets.home import Home
from .core.observe.readings import Readings
from .core.report.counterfactual.facts import Facts
from .sources.configuration import Configuration
from .sources.counters import counters
from .store import HomeStore

SLOTS_KEPT: Final = 288
"""A day of measured slots, for the chart and for forecasts between two looks at the recorder."""

type Priced = Callable[[float], tuple[float, float] | None]


class Bookkeeper:
    """Keeps the ledger of one home."""

    def __init__(
        self,
        hass: HomeAssistant,
        configuration: Configuration,
        store: HomeStore,
        price_at: Priced,
        now: float,
    ) -> None:
        """Begin a slot now.

        Args:
            hass: where the counters are.
            configuration: which they are.
            store: what the ledger is kept in.
            price_at: prices of buying and selling at a time, None where unknown.
            now: epoch seconds.
        """
        self._hass = hass
        self._configuration = configuration
        self._store = store
        self._price_at = price_at
        self._slot = SlotMeter(now)

    @callback
    def begin(self, now: float) -> None:
        """Begin to count, or go on after a short absence."""
        shown = counters(self._hass, self._configuration)
        self._slot.begin(now, shown, self._store.memory.counted)

    @callback
    def clock_set(self, at: float) -> None:
        """Go on counting from a time on: what counters counted meanwhile is entered then."""
        counted = self._slot.counted
        marks = {
            name: replace(each, moved=min(each.moved, at)) for name, each in counted.marks.items()
        }
        self._slot = SlotMeter(at)
        shown = counters(self._hass, self._configuration)
        self._slot.begin(at, shown, Counted(at, marks))
        self._store.memory.counted = self._slot.counted

    @callback
    def add(self, readings: Readings) -> None:
        """Count until these readings."""
        self._slot.add(readings)

    @callback
    def close(self, end: float, energy_kwh: Mapping[str, float], home: Home, facts: Facts) -> None:
        """Close the running slot and enter it in the ledger.

        Args:
            end: epoch seconds.
            energy_kwh: stored now, by battery.
            home: what exists now.
            facts: what tells how the slot would have been without SHEMS.
        """
        record = self._slot.close(
            end,
            self._price_at(self._slot.start),
            dict(energy_kwh),
            counters(self._hass, self._configuration),
            self._configuration.home,
        )
        memory = self._store.memory
        memory.counted = self._slot.counted
        if record is not None:
            zone = self._configuration.zone
            memory.ledger, entered = memory.ledger.closed(record, home, zone, facts)
            memory.slots = (*memory.slots, entered or record)[-SLOTS_KEPT:]
