"""The audit: what was written to devices, or would have been."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from .const import LOGGER
from .devices import Device
from .devices.action import Action
from .wish import Wish, power_kw, reason_arguments, reason_code, word

_LINES: Final = 300


@dataclass(frozen=True)
class AuditLine:
    """One thing that was written, or would have been.

    Attributes:
        at: epoch seconds.
        outcome: `dry_run`, `sent`, `acknowledged`, `failed`, `released`, `yielded`.
        order: the mode.
    """

    at: float
    device_id: str
    outcome: str
    order: str
    power_kw: float | None
    reason: str
    written: tuple[str, ...] = ()
    arguments: Mapping[str, float | int | str] = field(default_factory=dict)


class Audit:
    """The last lines of a home."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lines: deque[AuditLine] = deque(maxlen=_LINES)
        self._listeners: list[Callable[[Device, AuditLine], None]] = []

    def listen(self, listener: Callable[[Device, AuditLine], None]) -> Callable[[], None]:
        """Have every line told to a listener; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def __iter__(self) -> Iterator[AuditLine]:
        """Return the lines, the oldest first."""
        return iter(tuple(self._lines))

    def note(
        self,
        device: Device,
        wish: Wish,
        outcome: str,
        now: float,
        written: Iterable[Action] = (),
        *,
        reason: str = "",
    ) -> None:
        """Add a line and log it."""
        line = AuditLine(
            now,
            device.id,
            outcome,
            word(wish),
            power_kw(wish),
            reason or reason_code(wish),
            tuple(f"{each.domain}.{each.service} {dict(each.data)}" for each in written),
            reason_arguments(wish),
        )
        self._lines.append(line)
        for listener in tuple(self._listeners):
            listener(device, line)
        power = "" if line.power_kw is None else f" {line.power_kw:.2f} kW"
        LOGGER.info(
            "%s: %s %s%s %s", device.name, outcome, line.order, power, "; ".join(line.written)
        )
