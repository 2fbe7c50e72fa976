"""The ledger of one home, as the rest of SHEMS asks it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from homeassistant.core import callback

from ..core.horizon import HOUR_S
from ..core.report.ledger import Totals
from ..core.report.rows import Row, Step, summed

if TYPE_CHECKING:
    from ..coordinator import HomeCoordinator


class LedgerBook:
    """Answers what happened between two times."""

    def __init__(self, home: HomeCoordinator) -> None:
        """Answer from what the home's store keeps."""
        self._store = home.store
        self._zone = home.configuration.zone

    async def async_load(self) -> None:
        """Read what was kept; the store has it."""

    @callback
    def async_start(self) -> None:
        """Begin."""

    async def async_stop(self) -> None:
        """End."""

    async def async_on_slot(self, at: float) -> None:
        """Go on after a slot was closed and saved, epoch seconds."""

    async def async_rows(self, start: float, end: float, step: Step = "slot") -> tuple[Row, ...]:
        """Return the rows between two times that anything was counted in, in order.

        Hours are those of the clock, days and months those of the home's zone.

        Args:
            start, end: epoch seconds; a row belongs to the span in which it begins.
            step: how long each row is; slots are kept for 60 days, hours for two years.
        """
        if step in ("slot", "hour"):
            slots = [Row.of(each) for each in self._store.memory.slots]
            rows = [each for each in slots if start <= each.start < end]
            return tuple(rows) if step == "slot" else _grouped(rows, self._zone, step)
        days = [
            _day(date, each, self._zone) for date, each in self._store.memory.ledger.days.items()
        ]
        rows = [each for each in days if start <= each.start < end]
        return _grouped(rows, self._zone, step)

    async def async_sum(self, start: float, end: float) -> Row:
        """Return everything between two times as one row, zero where nothing was counted."""
        rows = await self.async_rows(start, end, "day")
        return summed(rows, start, end)

    async def async_totals(self, start: float, end: float) -> Totals:
        """Return the sums of the home between two times, zero where nothing was counted."""
        return (await self.async_sum(start, end)).totals


def _day(date: str, totals: Totals, zone: str) -> Row:
    begin = datetime.fromisoformat(date).replace(tzinfo=ZoneInfo(zone))
    return Row(begin.timestamp(), (begin + timedelta(days=1)).timestamp(), totals)


def _grouped(rows: Iterable[Row], zone: str, step: Step) -> tuple[Row, ...]:
    """Return rows added up by the span they begin in."""
    ordered = sorted(rows, key=lambda each: each.start)
    spans = groupby(ordered, key=lambda each: _span(each.start, zone, step))
    return tuple(summed(each, *span) for span, each in spans)


def _span(at: float, zone: str, step: Step) -> tuple[float, float]:
    """Return the beginning and the end of the hour, day or month that holds a time."""
    if step == "hour":
        return at // HOUR_S * HOUR_S, (at // HOUR_S + 1) * HOUR_S
    local = datetime.fromtimestamp(at, ZoneInfo(zone))
    begin = local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    if step == "day":
        return begin.timestamp(), (begin + timedelta(days=1)).timestamp()
    begin = begin.replace(day=1)
    after = (begin + timedelta(days=32)).replace(day=1)
    return begin.timestamp(), after.timestamp()
