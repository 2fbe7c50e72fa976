"""Powers: which sensor, or which pair of them, shows the power that a meter counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.core import HomeAssistant

from ...convert import POWER_UNITS
from .parts import Part, Words, likeliest, only, relatives, siblings

LIMITS: Final[Words] = frozenset(
    {
        *("max", "maximum", "min", "minimum", "limit", "rated", "nominal", "setpoint", "target"),
        *("allowed", "available", "peak", "average", "demand", "apparent", "reactive", "factor"),
        *("forecast", "estimated", "reserve", "threshold", "today", "daily", "standby"),
    }
)
"""Words of powers that are no flow of now."""
_PHASES: Final[Words] = frozenset(
    {"l1", "l2", "l3", "phase", "string", "mppt", "pv1", "pv2", "pv3", "pv4"}
)
"""Words of powers that are a part of one."""


@dataclass(frozen=True)
class Quantity:
    """How sensors of one kind of power are called.

    Attributes:
        gives, takes: words of the two directions; none of a power that has one.
        preferred: words that speak for a sensor where there are several.
        foreign: words of other powers on the same device.
    """

    gives: Words = frozenset()
    takes: Words = frozenset()
    preferred: Words = frozenset()
    foreign: Words = frozenset()


_SOLAR: Final[Words] = frozenset({"pv", "solar", "photovoltaic", "panel", "panels"})
_BATTERY: Final[Words] = frozenset({"battery", "batt", "batteries", "storage"})
_HOUSE: Final[Words] = frozenset({"load", "house", "home", "backup", "eps"})
_GRID: Final[Words] = frozenset({"grid", "meter", "net", "utility"})
_BUYS: Final[Words] = frozenset(
    {"import", "imported", "importing", "consumption", "consumed", "bought", "purchased"}
)
_SELLS: Final[Words] = frozenset(
    {"export", "exported", "exporting", "production", "produced", "return", "returned", "sold"}
    | {"injection", "injected", "feed", "feedin"}
)
_CHARGES: Final[Words] = frozenset({"charge", "charging", "charged"})
_DISCHARGES: Final[Words] = frozenset({"discharge", "discharging", "discharged"})

GRID: Final = Quantity(
    gives=_BUYS,
    takes=_SELLS,
    preferred=_GRID | {"active", "total"},
    foreign=_SOLAR | _BATTERY | _HOUSE,
)
BATTERY: Final = Quantity(
    gives=_DISCHARGES,
    takes=_CHARGES,
    preferred=_BATTERY,
    foreign=_SOLAR | _GRID | _HOUSE | {"inverter"},
)
SOLAR: Final = Quantity(
    preferred=_SOLAR | {"production", "output", "ac", "active", "total"},
    foreign=_BATTERY | _GRID | _HOUSE | _BUYS | {"export", "feed"},
)
CONSUMER: Final = Quantity(preferred=frozenset({"power", "active", "total", "current"}))


@dataclass(frozen=True)
class Powers:
    """The sensors found.

    Attributes:
        both: one sensor, with a sign where power has two directions.
        gives: of the grid: bought; of a battery: discharged.
        takes: of the grid: sold; of a battery: charged.
    """

    both: str | None = None
    gives: str | None = None
    takes: str | None = None

    @property
    def whole(self) -> bool:
        """Whether both directions are seen."""
        return self.both is not None or (self.gives is not None and self.takes is not None)


def powers(hass: HomeAssistant, statistic_id: str | None, quantity: Quantity) -> Powers:
    """Return the sensors of the power that a meter counts, from the device it belongs to.

    A device with several of them is asked by their names. Where those tell nothing, no sensor
    is better than a wrong one.
    """
    found = _chosen(_candidates(siblings(hass, statistic_id)), quantity)
    return found or _chosen(_candidates(relatives(hass, statistic_id)), quantity) or Powers()


def is_power(part: Part) -> bool:
    """Return whether a part is a sensor of power."""
    return part.domain == "sensor" and (
        part.device_class == SensorDeviceClass.POWER
        or (part.device_class is None and part.unit in POWER_UNITS)
    )


def _candidates(parts: Iterable[Part]) -> list[Part]:
    return [each for each in parts if is_power(each) and not each.words & LIMITS]


def _chosen(found: list[Part], quantity: Quantity) -> Powers | None:
    if single := only(found):
        # Without a name that says otherwise, a device's only power is what its meter counts.
        way = _way(single, quantity)
        return Powers(**{way or "both": single.id})
    own = [each for each in found if not each.words & (quantity.foreign | _PHASES)]
    if not quantity.takes:
        best = likeliest(own, quantity.preferred)
        return Powers(both=best.id) if best else None
    gives = only(each for each in own if _way(each, quantity) == "gives")
    takes = only(each for each in own if _way(each, quantity) == "takes")
    rest = [each for each in own if _way(each, quantity) is None]
    both = likeliest(rest, quantity.preferred)
    if both and takes and not gives:
        # The plain one beside a single direction is the other: a meter shows what is bought
        # as its power, and what is sold as production.
        return Powers(gives=both.id, takes=takes.id)
    if both:
        return Powers(both=both.id)
    return Powers(gives=gives.id, takes=takes.id) if gives and takes else None


def _way(part: Part, quantity: Quantity) -> str | None:
    """Return the only direction that a power has by its name."""
    gives, takes = bool(part.words & quantity.gives), bool(part.words & quantity.takes)
    if gives == takes:
        return None
    return "gives" if gives else "takes"
