"""Measure slots: readings as they come, integrated to energies."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from .core.assets.home import Home
from .core.horizon import FINE_S, HOUR_S
from .core.observe.readings import Readings
from .core.report.ledger import SlotRecord

LEAST_COVER: Final = 0.5
"""A slot measured for less of its time than this is a gap in the ledger, not a guess."""
LEAST_S: Final = 10.0
"""What is measured for less is not worth a record: a reading or two."""
LONGEST_HOLD_S: Final = 120.0
"""How long a reading counts as going on when no newer round of readings comes."""


def slot_start(now: float) -> float:
    """Return the start of the slot that holds a time."""
    return now // FINE_S * FINE_S


@dataclass
class SlotMeter:
    """Energies of the running slot.

    Each round of readings holds until the next. Energies of a slot that was not measured
    all the time are scaled to its length. The first slot after a start and the last before
    an end are shorter.
    """

    start: float
    measured_s: float = 0.0
    kwh: dict[str, float] = field(default_factory=dict)
    _last: Readings | None = None

    def add(self, readings: Readings) -> None:
        """Count the last readings until these, and remember these."""
        self._count(readings.now)
        self._last = readings

    def _count(self, until: float) -> None:
        last = self._last
        if last is None:
            return
        seconds = min(until - max(last.now, self.start), LONGEST_HOLD_S)
        powers = _powers(last)
        if seconds <= 0 or powers is None:
            return
        self.measured_s += seconds
        for name, power in powers.items():
            self.kwh[name] = self.kwh.get(name, 0.0) + power * seconds / HOUR_S

    def close(
        self, end: float, price: tuple[float, float] | None, energy_kwh: dict[str, float]
    ) -> SlotRecord | None:
        """End the slot and begin the next; return its record, None where it is a gap.

        Args:
            end: epoch seconds.
            price: of buying and selling in the slot, None where unknown.
            energy_kwh: stored at the end, by battery.
        """
        self._count(end)
        share = self.measured_s / max(end - self.start, LEAST_S)
        kwh, start = self.kwh, self.start
        self.start, self.measured_s, self.kwh = end, 0.0, {}
        if share < LEAST_COVER or price is None:
            return None
        scaled = {name: value / share for name, value in kwh.items()}
        return SlotRecord(
            start=start,
            end=end,
            bought_kwh=scaled["bought"],
            sold_kwh=scaled["sold"],
            solar_kwh=scaled["solar"],
            charged_kwh=scaled["charged"],
            discharged_kwh=scaled["discharged"],
            buy=price[0],
            sell=price[1],
            energy_kwh=energy_kwh,
        )


def _powers(readings: Readings) -> dict[str, float] | None:
    """Return the powers of the balance in kW, all positive, or None where one is unknown."""
    grid, solar = readings.grid_kw.usable, readings.solar_kw.usable
    batteries = [each.power_kw.usable for each in readings.batteries.values()]
    if grid is None or solar is None or None in batteries:
        return None
    known = [each for each in batteries if each is not None]
    return {
        "bought": max(grid, 0.0),
        "sold": max(-grid, 0.0),
        "solar": solar,
        "charged": sum(max(-each, 0.0) for each in known),
        "discharged": sum(max(each, 0.0) for each in known),
    }


def past(slots: Iterable[SlotRecord], home: Home) -> dict[str, list[float | None]]:
    """Return measured slots as the series a chart shows."""
    capacity = sum(each.capacity_kwh for each in home.batteries)
    result: dict[str, list[float | None]] = {
        name: [] for name in ("start", "load_kw", "solar_kw", "grid_kw", "battery_kw", "soc")
    }
    for slot in slots:
        hours = (slot.end - slot.start) / HOUR_S
        result["start"].append(slot.start)
        result["load_kw"].append(slot.load_kwh / hours)
        result["solar_kw"].append(slot.solar_kwh / hours)
        result["grid_kw"].append((slot.bought_kwh - slot.sold_kwh) / hours)
        result["battery_kw"].append((slot.discharged_kwh - slot.charged_kwh) / hours)
        complete = capacity > 0 and all(each.id in slot.energy_kwh for each in home.batteries)
        stored = sum(slot.energy_kwh.values())
        result["soc"].append(stored / capacity if complete else None)
    return result
