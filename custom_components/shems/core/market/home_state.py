"""What a home of a community must remember over a restart."""

from dataclasses import dataclass, field

from .unsent import Reading
from .verify import SlotView

__all__ = ["HomeState", "Ordered", "Planned"]


@dataclass(slots=True)
class Planned:
    """Keep an own plan as it was sent."""

    start: int
    step_s: int
    net_wh: list[int]
    sent_at: float


@dataclass(slots=True)
class Ordered:
    """Keep an own order until its gate."""

    slot: int
    side: str
    wh: list[int]
    rate: list[int]
    tries: int = 0
    next_at: float = 0.0


@dataclass(slots=True)
class HomeState:
    """What a home must remember over a restart."""

    seq: int = 0
    purposes: list[str] = field(default_factory=list)
    consented: bool = False
    readings: dict[str, Reading] = field(default_factory=dict)
    plans: list[Planned] = field(default_factory=list)
    orders: dict[str, Ordered] = field(default_factory=dict)
    views: dict[str, SlotView] = field(default_factory=dict)
    left: bool = False
