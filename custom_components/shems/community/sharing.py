"""What the own home shared today, this month and in all, kept up to date with the ledger."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ..core.market.export import csv_text, json_text
from ..core.market.report import NCT_PER_CT, CommunityReport, Share, report
from ..core.report.rollup import span_of
from .accounts import EVER
from .entry import CID
from .tariffs import async_tariff
from .view import Span

if TYPE_CHECKING:
    from .runtime import Community

_CT: Final = 100


class Sharing:
    """Adds up the rows of the own home.

    What was before this month is added up once a day: the grid operator's figures come days
    later, but hardly so often.
    """

    def __init__(self, community: Community) -> None:
        """Know nothing yet."""
        self._community = community
        self._seen: tuple[tuple[int, str], float] | None = None
        self._before: tuple[float, Span] | None = None
        self._stale = False
        self.spans: dict[str, Span] = {}
        self.settled_until: float | None = None

    def forget(self) -> None:
        """Add everything up anew the next time."""
        self._stale = True

    async def async_update(self, now: float) -> bool:
        """Add up what is new; return whether there was anything."""
        community, zone = self._community, self._community.hass.config.time_zone
        roster, ledger = community.roster, community.ledger
        if roster is None:
            return False
        run = community.hass.async_add_executor_job
        day, month = span_of(now, zone, "day")[0], span_of(now, zone, "month")[0]
        stale, self._stale = self._stale, False
        seen = (await run(ledger.head), day)
        if seen == self._seen and not stale:
            return False
        interval_s = roster.rules.interval_s
        known = await run(ledger.known)
        self.settled_until = None if known is None else float(known[1] + interval_s)
        before = None if stale else self._before
        if before is None or before[0] != day:
            before = (day, await self._async_span(EVER[0], month, now))
        this_month = await self._async_span(month, now, now)
        self.spans = {
            "day": replace(await self._async_span(day, now, now), start=day),
            "month": replace(this_month, start=month),
            "total": _added(before[1], this_month),
        }
        self._seen, self._before = seen, before
        return True

    async def async_report(
        self, start: float, end: float, now: float, hid: str | None = None
    ) -> CommunityReport:
        """Return what the ledger says of a span, of every home that is in it or of one."""
        community = self._community
        roster = community.roster
        tariff = await async_tariff(community, start, end, now)
        interval_s = 900 if roster is None else roster.rules.interval_s

        def made() -> CommunityReport:
            entries = community.ledger.current(int(start), int(end), hid)
            return report(entries, int(start), int(end), interval_s, tariff)

        return await community.hass.async_add_executor_job(made)

    async def async_texts(self) -> dict[str, str]:
        """Return the ledger as files by their names: every revision as JSON, what counts as CSV."""
        ledger, cid = self._community.ledger, self._community.entry.data[CID]

        def texts() -> dict[str, str]:
            return {
                "ledger.json": json_text(cid, ledger.history(*EVER), ledger.head()),
                "ledger.csv": csv_text(ledger.current(*EVER)),
            }

        return await self._community.hass.async_add_executor_job(texts)

    async def async_erase(self, start: float | None, end: float | None) -> None:
        """Erase the UTC days that a time touches, with the secrets of their commitments."""
        first = EVER[0] if start is None else int(start)
        last = EVER[1] if end is None else int(end)
        ledger = self._community.ledger
        await self._community.hass.async_add_executor_job(ledger.erase, first, last)
        self.forget()
        self._community.shown.async_refresh()

    async def _async_span(self, start: float, end: float, now: float) -> Span:
        # A coordinator has the rows of up to a thousand homes: the own ones are enough here.
        own = self._community.hid
        return _span(await self.async_report(start, end, now, own), own)


def _span(told: CommunityReport, hid: str) -> Span:
    """Return what a report says of one home."""
    own = next((each for each in told.homes if each.hid == hid), Share(hid))
    return Span(
        None,
        own.from_community,
        own.to_community,
        None if own.saved_nct is None else own.saved_nct / NCT_PER_CT / _CT,
        own.provisional_slots,
        own.final_slots,
        told.void,
    )


def _added(one: Span, other: Span) -> Span:
    savings = [each.saving for each in (one, other) if each.saving is not None]
    return Span(
        None,
        one.bought_wh + other.bought_wh,
        one.sold_wh + other.sold_wh,
        sum(savings) if savings else None,
        one.provisional + other.provisional,
        one.final + other.final,
        one.void + other.void,
    )
