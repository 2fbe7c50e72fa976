"""What is known of a device that is driven: its wish, what was written, and how it answers."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from homeassistant.core import Context

from .devices import Device
from .devices.action import Action
from .wish import Wish, power_kw, setpoint_c, word

ATTEMPTS: Final = 3
PATIENCE: Final = 2**ATTEMPTS - 1
"""Settling times after which a device is held to refuse: 1 + 2 + 4 for three attempts."""
SETTLE_S: Final = 60.0
"""How long a device may take to show a command before its own time is known; a slow
inverter is polled every 30 s."""
SETTLE_LEAST_S: Final = 15.0
SETTLE_MARGIN: Final = 3.0
"""A device has settled when three times its slowest measured answer has passed."""
WRITE_INTERVAL_S: Final = 5.0
"""Powers are not written more often than this: many inverters keep them in flash."""
POWER_STEP_KW: Final = 0.02
"""Changes of power below this are not written: the meter's own noise."""
AGAIN_S: Final = 300.0
"""When a device that refused is asked again."""


@dataclass(frozen=True)
class DayWrites:
    """Writes to a device on a local day.

    Attributes:
        day: ordinal of the day, as `date.toordinal` has it.
        count: of that day.
        failed: how many of them raised an error.
    """

    day: int
    count: int
    failed: int = 0


@dataclass
class Hold:
    """What SHEMS knows of a device it drives."""

    wish: Wish | None = None
    written: tuple[Action, ...] = ()
    written_at: float = 0.0
    done: tuple[Action, ...] = ()
    acknowledged_at: float | None = None
    attempts: int = 0
    refused: bool = False
    failed: bool = False
    culprit: str | None = None
    retry_at: float = 0.0
    unanswered_since: float = 0.0
    recent: deque[tuple[Action, ...]] = field(default_factory=lambda: deque(maxlen=12))
    cause: tuple[Context, float] | None = None
    shown: str | None = None
    answers_s: deque[float] = field(default_factory=lambda: deque(maxlen=20))
    deviates_since: float | None = None

    @property
    def settle_s(self) -> float:
        """How long the device may take to follow."""
        if not self.answers_s:
            return SETTLE_S
        return min(max(SETTLE_LEAST_S, SETTLE_MARGIN * max(self.answers_s)), 2 * SETTLE_S)

    def backoff_s(self, first_s: float) -> float:
        """Return how long to wait after the last of several attempts."""
        if self.attempts >= ATTEMPTS:
            return AGAIN_S
        return first_s * 2.0 ** max(0, self.attempts - 1)

    def fail(self, culprit: str | None, retry_at: float) -> None:
        """Note that what was sent did not arrive, and which entity refused it."""
        self.failed, self.culprit, self.retry_at = True, culprit, retry_at

    def differs(self, wish: Wish, wanted: tuple[Action, ...]) -> bool:
        """Return whether a wish is worth a write beside what was written last."""
        if self.wish is None:
            return True
        before, power = power_kw(self.wish), power_kw(wish)
        same = word(self.wish) == word(wish) and setpoint_c(self.wish) == setpoint_c(wish)
        if before is None or power is None or not same:
            given_back = (self.wish == "default") != (wish == "default")
            return wanted != self.written or given_back
        moved = abs(power - before) >= POWER_STEP_KW
        stopped = (power == 0) != (before == 0)
        return wanted != self.written and (moved or stopped)

    def due(
        self,
        wanted: tuple[Action, ...],
        met: Callable[[Action], bool],
        *,
        certain: bool,
        again: bool,
    ) -> list[Action]:
        """Return what of a wish is to be sent.

        A device that has not answered yet may still show what it did before, and what nothing
        shows is not done twice.

        Args:
            wanted: what carries the wish out.
            met: whether an action shows as carried out.
            certain: whether the device had shown what it was told before.
            again: whether it forgets what it is told, so that all is sent.
        """
        return [
            each
            for each in wanted
            if again
            or (each not in self.done if each.expect is None else not (certain and met(each)))
        ]

    def next_write(self, wish: Wish) -> float:
        """Return from when on a wish that differs may be written, epoch seconds."""
        if self.refused:
            return self.retry_at
        if self.wish is not None and power_kw(wish) is not None and word(self.wish) == word(wish):
            return self.written_at + WRITE_INTERVAL_S
        return 0.0

    def fades(self, device: Device, now: float) -> bool:
        """Return whether a device is about to forget what it was told."""
        minutes = device.number("refresh_min", 0.0)
        return minutes > 0 and now - self.written_at >= 60 * minutes
