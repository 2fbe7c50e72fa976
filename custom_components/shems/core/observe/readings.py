"""Readings: what the home's meters and devices say now, and how far to trust it."""

import math
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from ..units import InputError

_SKEW_KW: Final = 0.2
_SKEW_SHARE: Final = 0.1
"""Meters that do not report at the same instant disagree by about as much."""


class Trust(StrEnum):
    """How far a value can be relied on."""

    OK = "ok"
    STALE = "stale"
    IMPLAUSIBLE = "implausible"
    MISSING = "missing"


@dataclass(frozen=True)
class Value:
    """A measured value with its age.

    Attributes:
        value: in the core's units; None where missing or implausible.
        at: epoch seconds of the measurement; None where missing.
        trust: whether to use it.
        source: what it came from, for messages.
    """

    value: float | None
    at: float | None
    trust: Trust
    source: str = ""

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
) -> Value:
    """Return a value with its trust.

    A value that is no number or outside its bounds is implausible and kept from use, one
    older than `hold_s` is stale.
    """
    if value is None or at is None:
        return Value(None, None, Trust.MISSING, source)
    if not math.isfinite(value) or not lowest <= value <= highest:
        return Value(None, at, Trust.IMPLAUSIBLE, source)
    return Value(value, at, Trust.STALE if now - at > hold_s else Trust.OK, source)


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
                return Value(None, part.at, trust, part.source)
    powers = [part.value for part in parts if part.value is not None]
    at = min(part.at for part in parts if part.at is not None)
    total = sum(powers)
    if total < -max(_SKEW_KW, _SKEW_SHARE * max(map(abs, powers))):
        return Value(None, at, Trust.IMPLAUSIBLE, "balance")
    return Value(max(0.0, total), at, Trust.OK, "balance")
