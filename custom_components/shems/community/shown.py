"""What is shown of a community, made anew when anything has changed and once a minute."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from ..const import LOGGER
from ..core.market.bodies import SlotState
from ..core.market.rules import CT
from ..core.neighbours import STALE_SLOTS
from .retention import Retention
from .sharing import Sharing
from .view import Connection, LastSlot, Outlook, Slot, View

if TYPE_CHECKING:
    from ..core.market.roster import Roster
    from .runtime import Community

EVERY: Final = timedelta(minutes=1)
"""Ages and the running slot move on while nobody says anything."""
_PER_UNIT: Final = 100.0 * CT
"""µct/kWh of one unit of currency per kWh."""


class Shown:
    """Looks at a community for its entities and cards.

    Attributes:
        view: what was seen last.
        sharing: what the own home shared.
    """

    def __init__(self, community: Community) -> None:
        """See nothing before anything runs."""
        self._community = community
        self._listeners: list[Callable[[], None]] = []
        self._ends: list[CALLBACK_TYPE] = []
        self._busy = self._again = self._failed = False
        self.sharing = Sharing(community)
        self._retention = Retention(community)
        self.view = View(_now(), "unavailable", community.hass.config.currency)

    @callback
    def async_start(self) -> None:
        """Begin to follow the community."""
        self._ends = [
            self._community.async_add_listener(self.async_refresh),
            async_track_time_interval(self._community.hass, self._on_minute, EVERY),
        ]
        self.async_refresh()

    @callback
    def async_stop(self) -> None:
        """Leave it alone."""
        for each in self._ends:
            each()
        self._ends.clear()

    @callback
    def async_listen(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call the listener with every new view; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def async_refresh(self) -> None:
        """Look again, tell who listens, and add up what the ledger has new."""
        self._show()
        self._again = True
        if not self._busy:
            self._busy = True
            self._community.entry.async_create_task(
                self._community.hass, self._async_add_up(), "shems shared energy"
            )

    async def _async_add_up(self) -> None:
        try:
            while self._again:
                self._again = False
                await self._retention.async_look(_now())
                if await self.sharing.async_update(_now()):
                    self._show()
            self._failed = False
        except Exception:  # noqa: BLE001  # Whatever it is, the rest is shown all the same.
            # It is tried again every minute, and told once.
            if not self._failed:
                LOGGER.exception("What was shared in %s is not known", self._community.name)
            self._failed = True
        finally:
            self._busy = False

    @callback
    def _show(self) -> None:
        self.view = self._look()
        for each in tuple(self._listeners):
            each()

    @callback
    def _on_minute(self, _: datetime) -> None:
        self.async_refresh()

    def _look(self) -> View:
        community, now = self._community, _now()
        roster = community.roster
        if roster is None:
            return View(now, self._connection, community.hass.config.currency)
        rules = roster.rules
        home, coordinator = community.home, community.coordinator
        own = (None, None) if home is None or home.data.price is None else home.data.price
        slot = self._last_slot(roster, now)
        return View(
            now=now,
            connection=self._connection,
            currency=rules.currency,
            mode=rules.mode,
            binding=rules.binding,
            members=len(roster.members),
            online=None if coordinator is None else len(coordinator.online),
            price=self._price(roster),
            fee=rules.fee / _PER_UNIT,
            own_import=own[0],
            own_export=own[1],
            slot=slot,
            outlook=self._outlook(now),
            spans=self.sharing.spans,
            rejected=community.refused,
            settled_until=self.sharing.settled_until,
        )

    def _price(self, roster: Roster) -> float:
        """Return what was agreed, or what an auction is expected to bring."""
        node = self._community.node
        if roster.rules.mode == "p2p" and node is not None and node.outlook is not None:
            return node.outlook.body.price / _PER_UNIT
        return roster.rules.price / _PER_UNIT

    def _outlook(self, now: float) -> Outlook | None:
        node = self._community.node
        seen = None if node is None else node.outlook
        if seen is None or seen.body.need_wh is None or seen.body.surplus_wh is None:
            return None
        body = seen.body
        stale = now - seen.issued > STALE_SLOTS * body.step_s
        return Outlook(
            seen.start, body.step_s, seen.body.need_wh, seen.body.surplus_wh, seen.issued, stale
        )

    def _last_slot(self, roster: Roster, now: float) -> LastSlot | None:
        """Return how far the last slot is that is over."""
        interval_s = roster.rules.interval_s
        start = roster.rules.slot(now) - interval_s
        node, coordinator = self._community.node, self._community.coordinator
        state: SlotState | None = None
        shared: int | None = None
        if node is not None and (view := node.views.get(start)) is not None:
            state, sums = view.state, view.sums
            shared = None if sums is None else sums.shared_wh
        elif coordinator is not None and (book := coordinator.books.get(start)) is not None:
            state = book.state
        elif node is None and coordinator is None:
            return None
        told = _TOLD.get(state, "measuring") if state is not None else "measuring"
        return LastSlot(start, start + interval_s, told, shared)

    @property
    def _connection(self) -> Connection:
        peers = self._community.peers
        if not peers.present:
            return "unavailable"
        return "connected" if peers.connected else "disconnected"


_TOLD: Final[dict[SlotState, Slot]] = {
    SlotState.PROVISIONAL: "provisional",
    SlotState.FINAL: "final",
    SlotState.VOID: "void",
}


def _now() -> float:
    return dt_util.utcnow().timestamp()
