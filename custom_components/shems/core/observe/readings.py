"""Readings: what the home's meters and devices say now, and how far to trust it."""

import math
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from ..units import InputError

CLOCKS_S: Final = 60.0
"""A measurement from further ahead was stamped before the clock was set back."""
_SKEW_KW: Final = 0.2
_SKEW_SHARE: Final = 0.1
"""Meters that do not report at the same instant disagree by about as much."""


class Trust(StrEnum):
    """How far a value can be relied on."""

    OK = "ok"
    STALE = "stale"
    IMPLAUSIBLE = "implausible"
    MISSING = "missing"


class Fault(StrEnum):
    """What is wrong with the source of a value."""

    ABSENT = "absent"
    """There is no such entity."""
    UNAVAILABLE = "unavailable"
    SILENT = "silent"
    """It has not reported for too long."""
    FROZEN = "frozen"
    """It reports the same while what it measures must have changed."""
    NO_NUMBER = "no_number"
    UNIT = "unit"
    """Its unit is one of another quantity."""
    BEYOND = "beyond"
    """More than can be."""
    NEGATIVE = "negative"
    """Below zero where that cannot be."""
    COARSE = "coarse"
    """It counts in steps that tell no power."""


@dataclass(frozen=True)
class Value:
    """A measured value with its age.

    Attributes:
        value: in the core's units; None where missing or implausible.
        at: epoch seconds of the measurement; None where missing.
        trust: whether to use it.
        source: what it came from, for messages.
        fault: what is wrong; with a value that is used, one that is held for a while.
    """

    value: float | None
    at: float | None
    trust: Trust
    source: str = ""
    fault: Fault | None = None

    @property
    def usable(self) -> float | None:
        """The value where it can be relied on, else None."""
        return self.value if self.trust is Trust.OK else None


MISSING = Value(None, None, Trust.MISSING)


def judge(
    value: float | None,
    at: float | None,
    now: float,
    *,
    hold_s: float,
    lowest: float = -math.inf,
    highest: float = math.inf,
    source: str = "",
    frozen: bool = False,
) -> Value:
    """Return a value with its trust.

    A value that is no number, outside its bounds or frozen is implausible and
    kept from use, one older than `hold_s` is stale.

    Args:
        value, at: what was measured and when, epoch seconds; None where missing.
        now: epoch seconds.
        hold_s: how old it may be.
        lowest, highest: what can be.
        source: what it came from.
        frozen: it has been exactly the same for longer than can be.
    """
    if value is None or at is None:
        return Value(None, None, Trust.MISSING, source, Fault.UNAVAILABLE)
    if not math.isfinite(value):
        return Value(None, at, Trust.IMPLAUSIBLE, source, Fault.NO_NUMBER)
    if not lowest <= value <= highest:
        one_sided = lowest > -highest
        fault = Fault.NEGATIVE if value < lowest and one_sided else Fault.BEYOND
        return Value(None, at, Trust.IMPLAUSIBLE, source, fault)
    if frozen:
        return Value(None, at, Trust.IMPLAUSIBLE, source, Fault.FROZEN)
    if not -CLOCKS_S <= now - at <= hold_s:
        return Value(value, at, Trust.STALE, source, Fault.SILENT)
    return Value(value, at, Trust.OK, source)


@dataclass(frozen=True)
class BatteryReading:
    """A battery's state.

    Attributes:
        soc: fraction of the capacity.
        power_kw: AC power, + = discharge.
    """

    soc: Value = MISSING
    power_kw: Value = MISSING


@dataclass(frozen=True)
class Readings:
    """The state of the home at one moment.

    Attributes:
        now: epoch seconds.
        grid_kw: + = import.
        solar_kw: sum of all arrays.
        load_kw: consumption of the house; derived from the others where no meter gives it.
        batteries: by device id.
        devices: power of each device that can be moved, by device id, + = consumption.
        phases_a: current of each phase, + = import.
    """

    now: float
    grid_kw: Value = MISSING
    solar_kw: Value = MISSING
    load_kw: Value = MISSING
    batteries: dict[str, BatteryReading] = field(default_factory=dict)
    devices: dict[str, Value] = field(default_factory=dict)
    phases_a: tuple[Value, ...] = ()

    @property
    def net_kw(self) -> float | None:
        """Load less solar: what grid and batteries must carry, None where unknown."""
        grid = self.grid_kw.usable
        powers = [reading.power_kw.usable for reading in self.batteries.values()]
        if grid is not None and None not in powers:
            return grid + sum(power for power in powers if power is not None)
        load, solar = self.load_kw.usable, self.solar_kw.usable
        return None if load is None or solar is None else load - solar

    def energy_kwh(self, device_id: str, capacity_kwh: float) -> float:
        """Return a battery's stored energy.

        Raises:
            InputError: its state of charge is missing, stale or implausible.
        """
        soc = self.batteries.get(device_id, BatteryReading()).soc
        if soc.usable is None:
            raise InputError("soc_unusable", device=device_id, trust=soc.trust.value)
        return soc.usable * capacity_kwh


def derive_load(grid_kw: Value, solar_kw: Value, battery_kw: list[Value]) -> Value:
    """Return load = grid + solar + batteries; as bad as the worst of them.

    Meters do not report at the same instant, so a small negative result is no
    consumption and becomes zero. A large one is implausible: a meter counts the other way
    round, or has not seen yet what another has.
    """
    parts = [grid_kw, solar_kw, *battery_kw]
    for trust in (Trust.MISSING, Trust.IMPLAUSIBLE, Trust.STALE):
        for part in parts:
            if part.trust is trust:
                return Value(None, part.at, trust, part.source, part.fault)
    powers = [part.value for part in parts if part.value is not None]
    at = min(part.at for part in parts if part.at is not None)
    total = sum(powers)
    if total < -max(_SKEW_KW, _SKEW_SHARE * max(map(abs, powers))):
        return Value(None, at, Trust.IMPLAUSIBLE, "balance")
    return Value(max(0.0, total), at, Trust.OK, "balance")
