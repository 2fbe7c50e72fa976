"""Measure slots: what the counters show, and readings as they come, as energies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from .const import LOGGER
from .core.assets.home import Home
from .core.horizon import FINE_S, HOUR_S
from .core.observe.readings import Readings
from .core.report.slot import SlotRecord
from .core.series import Series
from .sources.history import Flows

LEAST_COVER: Final = 0.5
"""A slot measured for less of its time than this is a gap in the ledger, not a guess."""
LEAST_S: Final = 10.0
"""What is measured for less is not worth a record: a reading or two."""
LONGEST_HOLD_S: Final = 120.0
"""How long a reading counts as going on when no newer round of readings comes."""
LONGEST_SLOT_S: Final = 900.0
"""What counters counted in a longer time has no one price and is left out."""

_QUANTITIES: Final = ("bought", "sold", "solar", "charged", "discharged")
_MOVED: Final = "moved"
_SPIKE: Final = 3.0
"""Nothing carries three times what it was built for: such a change is a glitch."""
_COARSE_KWH: Final = 1.0
"""The coarsest counters in use step by this much at once."""
_SILENT_S: Final = 2.0 * HOUR_S
"""Some providers bring a counter up to date only once an hour."""

type Shown = Mapping[str, Mapping[str, float | None]]


def slot_start(now: float) -> float:
    """Return the start of the slot that holds a time."""
    return now // FINE_S * FINE_S


@dataclass(frozen=True)
class Mark:
    """How far the counters of a quantity are entered in the ledger.

    Attributes:
        kwh: what each of them showed.
        moved: when their sum last changed, epoch seconds.
        ahead_kwh: entered from powers while they showed nothing, and still to be taken off
            what they count.
    """

    kwh: Mapping[str, float]
    moved: float
    ahead_kwh: float = 0.0


@dataclass(frozen=True)
class Counted:
    """Where counting goes on after a restart.

    Attributes:
        since: start of the running slot, epoch seconds.
        marks: the counters at that time, by quantity.
        items: those of single devices, by what they count.
        shown: what the counters of each quantity showed when a slot was last entered.
    """

    since: float
    marks: Mapping[str, Mark] = field(default_factory=dict)
    items: Mapping[str, Mark] = field(default_factory=dict)
    shown: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass
class SlotMeter:
    """Energies of the running slot.

    Where there are counters, what they count is the energy: whatever their steps, the sum
    over the slots is the difference that they show. Elsewhere each round of readings holds
    until the next, and energies of a slot that was not measured all the time are scaled to
    its length. The first slot after a start and the last before an end are shorter; one
    that cannot be closed goes on where counters count on.
    """

    start: float
    marks: Mapping[str, Mark] = field(default_factory=dict)
    measured_s: float = 0.0
    kwh: dict[str, float] = field(default_factory=dict)
    _last: Readings | None = None

    def begin(self, now: float, shown: Shown, before: Counted | None) -> None:
        """Begin to count, or go on with what was counted before a short absence."""
        self.start, self.marks = now, marks_of(shown, now)
        if before is None or not before.marks:
            return
        if 0 <= now - before.since <= LONGEST_SLOT_S:
            self.start = before.since
            self.marks = {name: each for name, each in before.marks.items() if name in shown}
        else:
            _note_gap(before.since, now)

    @property
    def counted(self) -> Counted:
        """Where counting goes on after a restart."""
        return Counted(self.start, self.marks)

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
        if seconds > 0:
            # What is counted here must not be counted again where the slot goes on.
            self._last = replace(last, now=until)
        if seconds <= 0 or powers is None:
            return
        self.measured_s += seconds
        for name, power in (*powers.items(), (_MOVED, _moved_kw(last))):
            self.kwh[name] = self.kwh.get(name, 0.0) + power * seconds / HOUR_S

    def close(
        self,
        end: float,
        price: tuple[float, float] | None,
        energy_kwh: dict[str, float],
        shown: Shown,
        home: Home,
    ) -> SlotRecord | None:
        """End the slot and begin the next; return its record, None where there is none.

        Args:
            end: epoch seconds.
            price: of buying and selling in the slot, None where unknown.
            energy_kwh: stored at the end, by battery.
            shown: by the counters at the end, kWh by quantity; None where one is silent.
            home: whose limits tell a count from a glitch.
        """
        self._count(end)
        share = self.measured_s / max(end - self.start, LEAST_S)
        estimate = {name: value / share for name, value in self.kwh.items()}
        if share < LEAST_COVER:
            estimate = {}
        kwh: dict[str, float] = {}
        marks: dict[str, Mark] = {}
        for name, most in most_kw(home).items():
            entered, mark = enter(
                self.marks.get(name), shown.get(name), estimate.get(name), most, end
            )
            if entered is not None:
                kwh[name] = entered
            if mark is not None:
                marks[name] = mark
        start = self.start
        complete = len(kwh) == len(_QUANTITIES) and end - start >= LEAST_S
        if price is None or not complete:
            if self.marks and end - start < LONGEST_SLOT_S:
                return None
            if self.marks:
                _note_gap(start, end)
            self._next(end, marks_of(shown, end))
            return None
        self._next(end, marks)
        return SlotRecord(
            start=start,
            end=end,
            bought_kwh=kwh["bought"],
            sold_kwh=kwh["sold"],
            solar_kwh=kwh["solar"],
            charged_kwh=kwh["charged"],
            discharged_kwh=kwh["discharged"],
            buy=price[0],
            sell=price[1],
            energy_kwh=energy_kwh,
            moved_kwh=estimate.get(_MOVED, 0.0),
        )

    def _next(self, start: float, marks: Mapping[str, Mark]) -> None:
        self.start, self.marks, self.measured_s, self.kwh = start, marks, 0.0, {}


def marks_of(shown: Shown, at: float) -> dict[str, Mark]:
    """Return where counting begins; a quantity with a silent counter begins later."""
    marks = {name: _mark(values, at) for name, values in shown.items()}
    return {name: mark for name, mark in marks.items() if mark is not None}


def _mark(shown: Mapping[str, float | None], at: float) -> Mark | None:
    kwh = {name: value for name, value in shown.items() if value is not None}
    return Mark(kwh, at) if kwh and len(kwh) == len(shown) else None


def enter(
    mark: Mark | None,
    shown: Mapping[str, float | None] | None,
    estimate: float | None,
    most_kw: float,
    end: float,
) -> tuple[float | None, Mark | None]:
    """Return a quantity's energy in a slot and where its counters then stand.

    A counter that falls has begun at zero. Where the counters are silent or have jumped, the
    estimate is entered; what it entered while they were silent is taken off afterwards.
    """
    if shown is None:
        return estimate, None
    if not shown:
        return 0.0, None
    now = _mark(shown, end)
    if mark is None or mark.kwh.keys() != shown.keys():
        return estimate, now
    if now is None:
        return estimate, replace(mark, ahead_kwh=mark.ahead_kwh + (estimate or 0.0))
    pairs = [(now.kwh[name], before) for name, before in mark.kwh.items()]
    change = sum(value - before if value >= before else value for value, before in pairs)
    hours = min(end - mark.moved, _SILENT_S) / HOUR_S
    if not believable(change, most_kw, hours):
        return estimate, now
    entered = max(change - mark.ahead_kwh, 0.0)
    moved = end if change else mark.moved
    return entered, Mark(now.kwh, moved, mark.ahead_kwh + entered - change)


def believable(kwh: float, most_kw: float, hours: float) -> bool:
    """Return whether a counter can have counted so much; it has jumped otherwise."""
    return kwh <= _SPIKE * most_kw * hours + _COARSE_KWH


def most_kw(home: Home) -> dict[str, float]:
    """Return what each quantity carries at most, by quantity."""
    grid = home.connection
    unknown = grid.import_limit_kw + grid.export_limit_kw
    return {
        "bought": grid.import_limit_kw,
        "sold": grid.export_limit_kw,
        "solar": sum(each.peak_kw or unknown for each in home.solar),
        "charged": sum(each.charge_kw for each in home.batteries),
        "discharged": sum(each.discharge_kw for each in home.batteries),
    }


def _note_gap(start: float, end: float) -> None:
    LOGGER.info("%.0f minutes could not be measured", (end - start) / 60)


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


def _moved_kw(readings: Readings) -> float:
    """Return what devices take that are moved; of whose meter is silent nothing is known."""
    powers = (each.usable for each in readings.devices.values())
    return sum(power for power in powers if power is not None)


def joined(recorded: Iterable[Flows], measured: Iterable[SlotRecord]) -> tuple[Flows, ...]:
    """Return measured slots as mean powers, and between them those of the recorder."""
    own = [_flows(slot) for slot in measured]
    covered = {slot_start(each.start) for each in own}
    others = [each for each in recorded if each.start not in covered]
    return tuple(sorted((*others, *own), key=lambda each: each.start))


def _flows(slot: SlotRecord) -> Flows:
    hours = (slot.end - slot.start) / HOUR_S
    return Flows(
        start=slot.start,
        load_kw=slot.load_kwh / hours,
        solar_kw=slot.solar_kwh / hours,
        grid_kw=(slot.bought_kwh - slot.sold_kwh) / hours,
        battery_kw=(slot.discharged_kwh - slot.charged_kwh) / hours,
        energy_kwh=slot.energy_kwh,
    )


def past(flows: Iterable[Flows], home: Home) -> dict[str, list[float | None]]:
    """Return mean powers and the stored share as the series a chart shows."""
    capacity = sum(each.capacity_kwh for each in home.batteries)
    result: dict[str, list[float | None]] = {
        name: [] for name in ("start", "load_kw", "solar_kw", "grid_kw", "battery_kw", "soc")
    }
    for each in flows:
        for name in ("start", "load_kw", "solar_kw", "grid_kw", "battery_kw"):
            result[name].append(getattr(each, name))
        complete = capacity > 0 and all(store.id in each.energy_kwh for store in home.batteries)
        result["soc"].append(sum(each.energy_kwh.values()) / capacity if complete else None)
    return result


def extend(measured: Series, slots: tuple[SlotRecord, ...], name: str) -> Series:
    """Return a measured power with the slots that came after it, in kW."""
    last = float(measured.end[-1]) if len(measured) else -float("inf")
    later = [slot for slot in slots if slot.start >= last - 1e-6]
    power = [getattr(slot, name) * HOUR_S / (slot.end - slot.start) for slot in later]
    return Series(
        np.concatenate([measured.start, [slot.start for slot in later]]),
        np.concatenate([measured.end, [slot.end for slot in later]]),
        np.concatenate([measured.value, power]),
    )
