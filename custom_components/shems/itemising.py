"""Measure what each device, array and battery took or gave in a slot."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from homeassistant.core import HomeAssistant

from .accounting import LEAST_COVER, LEAST_S, LONGEST_HOLD_S, Mark, Shown, enter, marks_of
from .core.horizon import HOUR_S
from .core.observe.readings import Readings
from .core.report.slot import BatteryFlow, SlotRecord
from .devices import Device
from .sources.configuration import Configuration
from .sources.counters import shown
from .sources.instruments import POWER, Instruments

_QUIET_S: Final = float(HOUR_S)
"""A plug reports what changes: what it takes evenly it may tell but once an hour."""

DEVICE: Final = "device"
SOURCE: Final = "source"
CHARGED: Final = "charged"
DISCHARGED: Final = "discharged"

type Item = tuple[str, str]
"""Which of the quantities above, and of which device."""


@dataclass(frozen=True)
class _Meter:
    """Where an item is measured.

    Attributes:
        counters: of its energy.
        power: of it alone, where nobody else reads that.
    """

    counters: tuple[str, ...] = ()
    power: tuple[str, ...] = ()


@dataclass
class Itemiser:
    """Energies of the running slot by device; what is not measured is missing.

    As for the home's meters, what counters count is the energy, and elsewhere each reading
    holds until the next.
    """

    hass: HomeAssistant
    configuration: Configuration
    start: float
    marks: Mapping[str, Mark] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find the meters."""
        self._instruments = Instruments(self.hass)
        self._meters = _meters(self.configuration)
        limits = self.configuration.home.connection
        self._most_kw = limits.import_limit_kw + limits.export_limit_kw
        self._kwh: dict[Item, float] = {}
        self._measured_s: dict[Item, float] = {}
        self._last: tuple[float, dict[Item, float]] | None = None

    def begin(self, now: float, marks: Mapping[str, Mark] | None) -> None:
        """Begin to count, or go on with what was counted before a short absence."""
        self.start = now
        known = marks_of(self._shown(), now)
        self.marks = {name: (marks or {}).get(name, each) for name, each in known.items()}

    def add(self, readings: Readings) -> None:
        """Count the last powers until these, and remember these."""
        self._count(readings.now)
        self._last = (readings.now, self._powers(readings))

    def close(self, slot: SlotRecord) -> SlotRecord:
        """End the slot and begin the next; return it with what is known of its parts."""
        self._count(slot.end)
        length = max(slot.end - slot.start, LEAST_S)
        shown_now = self._shown()
        kwh: dict[Item, float] = {}
        marks: dict[str, Mark] = {}
        for item in self._meters:
            share = self._measured_s.get(item, 0.0) / length
            estimate = self._kwh[item] / share if share >= LEAST_COVER else None
            name = ".".join(item)
            entered, mark = enter(
                self.marks.get(name), shown_now.get(name), estimate, self._most_kw, slot.end
            )
            if entered is not None:
                kwh[item] = entered
            if mark is not None:
                marks[name] = mark
        self.skip(slot.end, marks)
        return replace(
            slot,
            device_kwh=_of(kwh, DEVICE),
            source_kwh=_of(kwh, SOURCE),
            battery_kwh={
                key: BatteryFlow(charged, kwh[DISCHARGED, key])
                for key, charged in _of(kwh, CHARGED).items()
                if (DISCHARGED, key) in kwh
            },
        )

    def skip(self, end: float, marks: Mapping[str, Mark] | None = None) -> None:
        """Begin the next slot; without marks what was counted belongs to none."""
        self.start = end
        self.marks = marks_of(self._shown(), end) if marks is None else marks
        self._kwh, self._measured_s = {}, {}

    def _count(self, until: float) -> None:
        if self._last is None:
            return
        since, powers = self._last
        seconds = min(until - max(since, self.start), LONGEST_HOLD_S)
        if seconds <= 0:
            return
        self._last = (until, powers)
        for item, power in powers.items():
            self._kwh[item] = self._kwh.get(item, 0.0) + power * seconds / HOUR_S
            self._measured_s[item] = self._measured_s.get(item, 0.0) + seconds

    def _shown(self) -> Shown:
        return {
            ".".join(item): {each: shown(self.hass, each) for each in meter.counters}
            for item, meter in self._meters.items()
            if meter.counters
        }

    def _powers(self, readings: Readings) -> dict[Item, float]:
        """Return the powers that are known, kW, none below zero."""
        powers: dict[Item, float | None] = {
            (DEVICE, key): each.usable for key, each in readings.devices.items()
        }
        for key, reading in readings.batteries.items():
            power = reading.power_kw.usable
            powers[CHARGED, key] = None if power is None else -power
            powers[DISCHARGED, key] = power
        bounds = (-self._most_kw, self._most_kw)
        for item, meter in self._meters.items():
            if item not in powers and meter.power:
                each = [
                    self._instruments.measure(
                        entity, POWER, readings.now, bounds, hold_s=_QUIET_S
                    ).usable
                    for entity in meter.power
                ]
                known = [power for power in each if power is not None]
                powers[item] = sum(known) if len(known) == len(each) else None
        return {item: max(power, 0.0) for item, power in powers.items() if power is not None}


def metered(configuration: Configuration) -> tuple[Device, ...]:
    """Return the consumers that are measured."""
    consumers = (*configuration.of_kind("load"), *configuration.moved)
    return tuple(each for each in consumers if each.entities("energy") or each.entities("power"))


def _of(kwh: Mapping[Item, float], quantity: str) -> dict[str, float]:
    return {key: value for (name, key), value in kwh.items() if name == quantity}


def _meters(configuration: Configuration) -> dict[Item, _Meter]:
    """Return every item; on a meter that several share none is counted alone."""
    meters: dict[Item, _Meter] = {}
    for device in metered(configuration):
        alone = len(configuration.on_one_meter(device)) < 2
        meters[DEVICE, device.id] = _plain(device) if alone else _Meter()
    for device in configuration.of_kind("solar"):
        meters[SOURCE, device.id] = _plain(device)
    for device in configuration.of_kind("battery"):
        pair = device.entities("charged_energy"), device.entities("discharged_energy")
        if not all(pair):
            pair = (), ()
        meters[CHARGED, device.id], meters[DISCHARGED, device.id] = map(_Meter, pair)
    return meters


def _plain(device: Device) -> _Meter:
    return _Meter(device.entities("energy"), device.entities("power"))
