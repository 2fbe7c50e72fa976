"""Signs: what the recorder's past shows of a power sensor beside its energy counters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import numpy as np
from homeassistant.core import HomeAssistant

from ...const import LOGGER
from ...core.horizon import DAY_S, HOUR_S
from ...core.units import Floats
from ..error import SourceError
from ..recorded import NOTHING, Recorded, async_read, grid

SPAN_S: Final = 14.0 * DAY_S
"""Two weeks have days with sun and without, and are read in a moment."""
_LEAST_KW: Final = 0.05
"""Below this a counter in hundredths of a kilowatt-hour shows rounding."""
_LEAST_H: Final = 6
"""Hours in which energy flowed: fewer may all be of one kind, or chance."""
_LIKE: Final = 0.8
"""Cosine from which two series are one: half-hourly rounding and a late hour leave 0.9."""
_RATIO: Final = (0.5, 2.0)
"""How far a power may be from what was counted; a wrong unit is a thousand away."""


INVERTED: Final = {"connection": "grid_power_inverted", "battery": "power_inverted"}
"""By kind: the field that says that a sensor counts the other way round."""
_COMPARED: Final = {
    "connection": ("grid_power", "import_energy", "export_energy"),
    "battery": ("power", "discharged_energy", "charged_energy"),
}
"""By kind: fields of the power with a sign, of the energy that counts as positive, and of that
which counts as negative."""


class Sign(StrEnum):
    """What was found of a sensor's sign."""

    PROVEN = "proven"
    INVERTED = "inverted"
    UNPROVEN = "unproven"
    FOREIGN = "foreign"


@dataclass(frozen=True)
class Counted:
    """A power sensor and the counters of the energy that flows one way and the other.

    Attributes:
        power: the statistic of the power.
        plus, minus: counters of the energy that SHEMS gives a positive and a negative sign.
    """

    power: tuple[str, ...]
    plus: tuple[str, ...]
    minus: tuple[str, ...]

    @property
    def ids(self) -> set[str]:
        """Every statistic."""
        return {*self.power, *self.plus, *self.minus}


@dataclass(frozen=True)
class Seen:
    """What the past showed.

    Attributes:
        sign: see there.
        hours: how many hours were compared.
        most_kw: the highest mean power of an hour, measured or counted; 0 where there is none.
    """

    sign: Sign = Sign.UNPROVEN
    hours: int = 0
    most_kw: float = 0.0


def counted(kind: str, data: Mapping[str, Any]) -> Counted:
    """Return what is compared of a device; most kinds have one direction."""
    power, plus, minus = _COMPARED.get(kind, ("power", "energy", ""))
    return Counted(_listed(data.get(power)), _listed(data.get(plus)), _listed(data.get(minus)))


def _listed(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


async def async_seen(hass: HomeAssistant, counted: Iterable[Counted], now: float) -> list[Seen]:
    """Return what the last days show of each sensor; nothing where they cannot be read."""
    wanted = list(counted)
    if "recorder" not in hass.config.components:
        return [Seen() for _ in wanted]
    ids = {each for one in wanted for each in one.ids}
    try:
        recorded = await async_read(hass, now - SPAN_S, now, ids, "hour")
    except SourceError as err:
        LOGGER.debug("No sign can be proven: %s", err)
        recorded = {}
    hours = grid(now - SPAN_S, now, "hour")
    return [compared(recorded, each, hours) for each in wanted]


def compared(recorded: Recorded, counted: Counted, hours: Floats) -> Seen:
    """Compare the hourly means of a power with what was counted in the same hours.

    The cosine between the two series is near 1 where the power has the sign of the counters
    and near -1 where it has the other; a sensor of something else has neither.
    """

    def total(ids: tuple[str, ...]) -> Floats:
        rates = [recorded.get(each, NOTHING).rates(hours, HOUR_S) for each in ids]
        return np.sum(rates, axis=0) if rates else np.zeros(len(hours))

    powers = [recorded.get(each, NOTHING).means(hours) for each in counted.power]
    power = np.sum(powers, axis=0) if powers else np.full(len(hours), np.nan)
    flow = total(counted.plus) - total(counted.minus)
    known = np.isfinite(power)
    told = np.isfinite(flow)
    most = max(float(np.max(np.abs(each), initial=0.0)) for each in (power[known], flow[told]))
    both = known & told & (np.abs(flow) >= _LEAST_KW)
    count = int(both.sum())
    if count < _LEAST_H or not (counted.plus or counted.minus):
        return Seen(Sign.UNPROVEN, count, most)
    product = float(power[both] @ flow[both])
    size = float(np.linalg.norm(power[both]) * np.linalg.norm(flow[both]))
    cosine = product / size if size else 0.0
    ratio = abs(product) / float(flow[both] @ flow[both])
    if abs(cosine) < _LIKE or not _RATIO[0] <= ratio <= _RATIO[1]:
        return Seen(Sign.FOREIGN, count, most)
    return Seen(Sign.PROVEN if cosine > 0 else Sign.INVERTED, count, most)
