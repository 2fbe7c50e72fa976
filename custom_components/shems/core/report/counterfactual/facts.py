"""What has to be known of a slot, besides its meters, to tell what it would have been."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...assets.battery import Battery
from ...observe.month import MonthPeaks


@dataclass(frozen=True)
class Wanted:
    """What a car, an appliance or a deferrable load still wants when a slot ends.

    Attributes:
        energy_kwh: AC energy, of all that was asked for and may begin.
        able: whether it could take it: plugged in, loaded, within its window.
        since: from when on it could, epoch seconds.
    """

    energy_kwh: float
    able: bool = True
    since: float = 0.0


@dataclass(frozen=True)
class Warmth:
    """How warm rooms or a tank are when a slot ends, and what their own thermostat would keep.

    Attributes:
        temp_c: measured.
        low_c, high_c: the band whose near edge the thermostat holds; see
            `Heating.thermostat` and `Water.time_switch`.
    """

    temp_c: float
    low_c: float
    high_c: float


@dataclass(frozen=True)
class Facts:
    """What is known of a slot.

    Attributes:
        driven: what SHEMS told anything but its own ways in the slot, by device id.
        wanted: of cars, appliances and deferrable loads.
        warmth: of rooms and tanks.
        shed_kwh: what was shed of loads.
        outdoor_c: None where unknown.
        curtailed_kwh: solar energy that SHEMS held back.
        believed: batteries as they were inferred, where that is trusted.
        reached: how far the month had come for each peak tariff when it began to be followed.
    """

    driven: frozenset[str] = frozenset()
    wanted: Mapping[str, Wanted] = field(default_factory=dict)
    warmth: Mapping[str, Warmth] = field(default_factory=dict)
    shed_kwh: Mapping[str, float] = field(default_factory=dict)
    outdoor_c: float | None = None
    curtailed_kwh: float = 0.0
    believed: Mapping[str, Battery] = field(default_factory=dict)
    reached: tuple[MonthPeaks, ...] = ()
