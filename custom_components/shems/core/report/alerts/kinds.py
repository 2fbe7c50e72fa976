"""The kinds of alerts, and how each is handled."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ...horizon import DAY_S, HOUR_S

_MINUTE_S: Final = 60.0


class Kind(StrEnum):
    """What an alert is about."""

    CONSUMPTION = "consumption"
    STANDBY = "standby"
    LEFT_ON = "left_on"
    FUSE = "fuse"
    PEAK = "peak"
    NEGATIVE_PRICE = "negative_price"
    PRICE_SPIKE = "price_spike"
    DISOBEYED = "disobeyed"
    METER_SILENT = "meter_silent"
    FREEZER_OFF = "freezer_off"
    OUTAGE_RESERVE = "outage_reserve"
    GRID_OUTAGE = "grid_outage"


@dataclass(frozen=True)
class Handling:
    """How alerts of a kind are handled.

    Attributes:
        holds_s: how long the cause must last before it is told.
        rests_s: how long it must be over before it may be told anew.
        urgent: whether quiet hours let it pass.
    """

    holds_s: float = 0.0
    rests_s: float = HOUR_S
    urgent: bool = False


HANDLING: Final[dict[Kind, Handling]] = {
    # Both have rates of their own by which a day is one decision.
    Kind.CONSUMPTION: Handling(rests_s=DAY_S),
    Kind.STANDBY: Handling(rests_s=DAY_S),
    Kind.LEFT_ON: Handling(),
    # A kettle and a motor's start are shorter than any fuse cares for.
    Kind.FUSE: Handling(holds_s=_MINUTE_S, urgent=True),
    Kind.PEAK: Handling(holds_s=_MINUTE_S),
    Kind.NEGATIVE_PRICE: Handling(),
    Kind.PRICE_SPIKE: Handling(),
    # As long as repair issues wait: a restart or a cloud's poll is over by then.
    Kind.DISOBEYED: Handling(holds_s=10 * _MINUTE_S),
    Kind.METER_SILENT: Handling(holds_s=10 * _MINUTE_S),
    Kind.FREEZER_OFF: Handling(holds_s=10 * _MINUTE_S, urgent=True),
    Kind.OUTAGE_RESERVE: Handling(holds_s=10 * _MINUTE_S, urgent=True),
    # A grid that recloses after a fault is back within seconds.
    Kind.GRID_OUTAGE: Handling(holds_s=_MINUTE_S, urgent=True),
}
