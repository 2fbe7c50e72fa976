"""Reports of one home: asked for, and as a digest at a set time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, override

from homeassistant.core import CALLBACK_TYPE, callback

from ..const import DOMAIN
from ..core.horizon import DAY_S
from ..core.replay.codec import decode, encode
from ..core.report.period import Kind, Period, local, period
from ..core.report.planned import PlannedDay, plan_kept, planned_day
from ..core.report.report import Report
from ..files import HomeFile
from .outdoors import async_weather
from .part import Part
from .report_words import async_markdown

if TYPE_CHECKING:
    from ..coordinator import HomeCoordinator

EVENT: Final = f"{DOMAIN}_digest"
DAILY: Final = "daily"
WEEKLY: Final = "weekly"
RHYTHMS: Final = (DAILY, WEEKLY)
DIGEST_AT: Final = "07:00:00"
"""When households get up: the day before is over, and the meters have reported all of it."""
DAYS_KEPT: Final = 800
"""Planned days are kept as long as the days of the ledger beside them."""
_KINDS: Final = {DAILY: Kind.DAY, WEEKLY: Kind.WEEK}


@dataclass(frozen=True)
class Digest:
    """What is told at a set time.

    Attributes:
        rhythm: `daily` or `weekly`.
        facts: what the event on the bus says.
    """

    rhythm: str
    facts: Mapping[str, Any]


class Reports(Part):
    """Keeps what days were planned to be, and tells what periods were like."""

    def __init__(self, home: HomeCoordinator) -> None:
        """Know of no day."""
        self._home = home
        self._zone = home.configuration.zone
        self._file = HomeFile(home.hass, home.config_entry.entry_id, "reports")
        self._planned: dict[str, PlannedDay] = {}
        self._told: dict[str, str] = {}
        self._listeners: list[Callable[[Digest], None]] = []

    @property
    def planned(self) -> Mapping[str, PlannedDay]:
        """Planned days by ISO date."""
        return self._planned

    @override
    async def async_load(self) -> None:
        """Read what days were planned to be."""
        kept = await self._file.async_read(
            lambda data: (
                {key: decode(PlannedDay, each) for key, each in data["planned"].items()},
                {key: str(each) for key, each in data["told"].items()},
            )
        )
        if kept is not None:
            self._planned, self._told = kept

    @override
    async def async_on_slot(self, at: float) -> None:
        """Note a new day's plan, and tell a digest that is due."""
        if await self._async_note(at):
            await self._async_save()
        for rhythm in self._due(local(at, self._zone)):
            self._told[rhythm] = local(at, self._zone).date().isoformat()
            await self._async_save()
            await self._async_tell(rhythm, at)

    @callback
    def async_listen(self, listener: Callable[[Digest], None]) -> CALLBACK_TYPE:
        """Call the listener with every digest; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def async_report(self, wanted: Period, now: float) -> Report:
        """Return what a period was like as far as it is over.

        Raises:
            InputError: it has not begun.
        """
        home = self._home
        over, compared = wanted.until(now), wanted.compared(now)
        ledger = home.insight.ledger
        row = await ledger.async_sum(over.start_s, over.end_s)
        before = await ledger.async_sum(compared.start_s, compared.end_s)
        weather = None
        if before.hours:
            weather = await async_weather(home, over, compared, before.totals.load_kwh)
        days = [each for each in self._planned.values() if over.start_s <= each.begin < over.end_s]
        scores = {
            quantity: found
            for quantity in ("load", "solar", "price", "temperature")
            if (found := home.scorekeeper.scores(quantity)) is not None
        }
        names = {each.id: each.name for each in home.configuration.devices}
        return Report(wanted, over, compared, row, before, weather, plan_kept(days), scores, names)

    async def async_erase(self, start: float, end: float) -> None:
        """Forget what days that begin between two times were planned to be."""
        self._planned = {
            key: each for key, each in self._planned.items() if not start <= each.begin < end
        }
        await self._async_save()

    async def async_remove(self) -> None:
        """Delete the file."""
        await self._file.async_remove()

    async def _async_note(self, at: float) -> bool:
        """Complete the days that are over and note today's plan; return whether it changed."""
        today = period(Kind.DAY, local(at, self._zone))
        changed = False
        for key, each in tuple(self._planned.items()):
            if each.end <= at and each.happened is None and each.end > at - 2 * DAY_S:
                rows = await self._home.insight.ledger.async_rows(each.begin, each.end)
                self._planned[key] = each.ended(rows)
                changed |= self._planned[key] != each
        key, plan = today.begin.date().isoformat(), self._home.data.plan
        if key not in self._planned and plan is not None:
            found = planned_day(plan, max(at, today.start_s), today.end_s)
            if found is not None:
                self._planned = dict([*self._planned.items(), (key, found)][-DAYS_KEPT:])
                changed = True
        return changed

    def _due(self, at: datetime) -> list[str]:
        """Return the digests that are due at a local time and were not told today."""
        options = self._home.config_entry.options
        wanted = options.get("digest", RHYTHMS)
        begin = time.fromisoformat(options.get("digest_at", DIGEST_AT))
        if at.time() < begin:
            return []
        today: date = at.date()
        return [
            each
            for each in RHYTHMS
            if each in wanted
            and self._told.get(each) != today.isoformat()
            and (each == DAILY or today.weekday() == 0)
        ]

    async def _async_tell(self, rhythm: str, at: float) -> None:
        """Tell what the last day or week was like; say nothing where nothing is known."""
        home = self._home
        yesterday = local(at, self._zone) - timedelta(days=1)
        report = await self.async_report(period(_KINDS[rhythm], yesterday), at)
        if not report.row.hours:
            return
        facts = {
            "config_entry_id": home.config_entry.entry_id,
            "home": home.configuration.name,
            "rhythm": rhythm,
            "currency": home.configuration.tariff.currency,
            **report.to_json(),
            "text": await async_markdown(home, report, home.hass.config.language),
        }
        home.hass.bus.async_fire(EVENT, facts)
        for listener in tuple(self._listeners):
            listener(Digest(rhythm, facts))

    async def _async_save(self) -> None:
        await self._file.async_save({"planned": encode(self._planned), "told": dict(self._told)})
