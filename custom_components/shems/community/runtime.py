"""A community as it runs: its nodes, their messages, and what others ask of them."""

from collections.abc import Callable
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo

from ..const import DOMAIN
from ..coordinator import HomeCoordinator
from ..core.horizon import DAY_S
from ..core.market.bodies import Purpose
from ..core.market.coordinator import CoordinatorNode
from ..core.market.home import HomeNode
from ..core.market.identity import Identity
from ..core.market.invitation import Invitation
from ..core.market.joining import OrganiserNode
from ..core.market.outgoing import Event, Outgoing
from ..core.market.roster import Roster
from ..data import loaded_homes
from ..files import HomeFile
from ..insight.privacy_record import PrivacyRecord
from .accounts import FileAccounts
from .entry import CID, HID, HOME, PURPOSES
from .issues import (
    CONFLICT,
    HOME_MISSING,
    INVITATION_OVER,
    JOIN_SKEWED,
    MQTT_MISSING,
    OFFLINE,
    REMOVED,
    SKEWED,
    Issues,
)
from .ledger_file import CommunityLedger
from .link import Link
from .opening import async_identity, async_ledger, async_parties
from .parties import Parties
from .peers import Peers
from .shown import Shown
from .worker import Act, Worker, now

OFFLINE_S: Final = 900.0
"""A broker that is started anew or updated is back before."""
INVITATION_S: Final = 7 * DAY_S
"""A week: long enough for a household to find the time."""


class Community:
    """One home's, or one organiser's, part in a community.

    Attributes:
        hass: Home Assistant.
        entry: of the community.
        name: what its members call it.
        peers: the messages; `peers.connected` tells whether there are any.
        ledger: what was shared; a home's has its own rows, a coordinator's those of all. It
            reads and writes a file: call it in an executor.
        shown: what entities and cards show of it.
    """

    ledger: CommunityLedger
    shown: Shown
    _parties: Parties
    _worker: Worker

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Know nothing yet; nothing runs before `async_start`."""
        self.hass = hass
        self.entry = entry
        self.name: str = entry.data["name"]
        self.peers = Peers(hass, self._heard, self._on_peers)
        self._file = HomeFile(hass, entry.entry_id, "community")
        self._issues = Issues(hass, entry.entry_id, self.name)
        self._link = Link(self)
        self._listeners: list[Callable[[], None]] = []
        self._stopped = False
        self._online_at = now()

    # Who we are

    @property
    def node(self) -> HomeNode | None:
        """The home's part; None for an organiser without a home, and before admission."""
        return self._parties.node

    @property
    def coordinator(self) -> CoordinatorNode | None:
        """What clears and settles; None where the roster names others."""
        return self._parties.coordinator

    @property
    def organiser(self) -> OrganiserNode | None:
        """What runs the community; None elsewhere."""
        return self._parties.organiser

    @property
    def roster(self) -> Roster | None:
        """The newest that was read; None before."""
        return self._parties.roster

    @property
    def hid(self) -> str:
        """The own pseudonym."""
        return self._parties.hid

    @property
    def fingerprint(self) -> str:
        """What people compare to know that these are our keys."""
        return self._parties.identity.public.fingerprint

    @property
    def refused(self) -> dict[str, int]:
        """Messages that were not taken since the start, by reason."""
        return self._parties.refused

    @property
    def since(self) -> int:
        """When the home was admitted, epoch s: what its meter counted before is nobody's."""
        return self._parties.since

    @property
    def waiting(self) -> bool:
        """Whether admission was asked for and not granted yet."""
        return self._parties.joining is not None

    @property
    def home(self) -> HomeCoordinator | None:
        """The home that takes part; None while it does not run, and where there is none."""
        wanted = self.entry.data.get(HOME)
        return next(
            (
                each.runtime_data.coordinator
                for each in loaded_homes(self.hass)
                if each.entry_id == wanted
            ),
            None,
        )

    # Its life

    async def async_load(self) -> None:
        """Read what was kept, or begin.

        Raises:
            ConfigEntryError: keys or files are missing or of a newer release.
        """
        identity = await async_identity(self.hass, self.entry)
        self.ledger = await async_ledger(self.hass, self.entry)
        accounts = FileAccounts(self.ledger, self.entry.data[CID], now)
        self._parties = await async_parties(self.hass, self.entry, self._file, identity, accounts)
        self._worker = Worker(
            self.hass, self.entry, self._parties, self._file, self.peers, self._done
        )
        if HID not in self.entry.data:
            await self._async_first(identity)
        self.shown = Shown(self)

    @callback
    def async_start(self) -> None:
        """Begin to take part."""
        self._link.async_start()
        self.peers.async_start(self._parties.subscriptions)
        self._look_for_trouble()
        self._worker.wake()

    async def async_stop(self) -> None:
        """End, with everything saved and nothing subscribed."""
        if self._stopped:
            return
        self._stopped = True
        self._link.async_stop()
        await self._worker.async_stop(lambda parties, at: parties.ended(at))
        self.peers.async_stop()

    async def _async_first(self, identity: Identity) -> None:
        """Keep for ever who we are, and that the home has agreed."""
        await self._file.async_write(self._parties.state())
        await self._async_note_consent(list(self.entry.data[PURPOSES]))
        self.hass.config_entries.async_update_entry(
            self.entry, data={**self.entry.data, HID: identity.public.hid}
        )

    # What others ask of it

    async def async_do(self, act: Act) -> None:
        """Have the nodes do something; return when it was saved and sent.

        Raises:
            UnwrittenError: it could not be saved, and nothing was sent.
        """
        await self._worker.async_do(act)

    async def async_try(self, act: Act) -> None:
        """Have the nodes do something that nobody waits for."""
        await self._worker.async_try(act)

    async def async_invite(self) -> Invitation:
        """Return a new invitation for one home.

        Raises:
            RefusedError: too many wait for an answer.
            UnwrittenError: it could not be saved, and admits nobody.
        """
        made: list[Invitation] = []

        def invite(parties: Parties, at: float) -> list[Outgoing]:
            assert parties.organiser is not None  # noqa: S101  # The flow asks organisers alone.
            made.append(parties.organiser.invite(int(at + INVITATION_S), at))
            return []

        await self.async_do(invite)
        return made[0]

    async def async_change(self, roster: Roster) -> None:
        """Make a later epoch the roster; for the organiser."""
        await self.async_do(lambda parties, at: parties.changed(roster, at))

    async def async_consent(self, purposes: frozenset[Purpose]) -> None:
        """Have the home agree to these purposes, and to no others."""
        node = self.node
        if node is not None:
            await self.async_do(lambda _, at: node.consent(purposes, at))
        kept = sorted(str(each) for each in purposes)
        self.hass.config_entries.async_update_entry(
            self.entry, data={**self.entry.data, PURPOSES: kept}
        )
        await self._async_note_consent(kept)

    async def async_leave(self, *, erase: bool) -> None:
        """Leave the community; with `erase`, ask that the own figures be deleted elsewhere."""
        await self.async_do(lambda parties, at: parties.leave(at, erase=erase))
        await self._async_note_consent([])

    async def _async_note_consent(self, purposes: list[str]) -> None:
        """Note what the home agrees to now; flows do not tell who fills them in."""
        home = self.entry.data.get(HOME)
        if home is not None:
            record = PrivacyRecord(self.hass, home)
            await record.async_note(
                "consented", now(), None, community=self.name, purposes=purposes
            )

    @callback
    def async_add_listener(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Have a function called after anything has changed; return how to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    # What happens

    @callback
    def _heard(self, topic: str, payload: bytes) -> None:
        self._worker.heard(topic, payload)

    @callback
    def _on_peers(self) -> None:
        self._look_for_trouble()
        heard = self.peers.connected
        self.entry.async_create_task(
            self.hass,
            self._worker.async_try(
                lambda parties, at: parties.connected(at) if heard else parties.disconnected()
            ),
        )
        self._tell()

    @callback
    def _done(self, events: list[Event]) -> None:
        for event in events:
            self._on_event(event)
        if not self._stopped:
            self.peers.async_subscribe(self._parties.subscriptions)
            self._link.async_look()
        self._look_for_trouble()
        self._tell()

    @callback
    def _on_event(self, event: Event) -> None:
        match event.code:
            case "skewed":
                self._issues.show(SKEWED, True, seconds=f"{abs(event.value):.0f}")
            case "skew_over":
                self._issues.show(SKEWED, False)
            case "join_skewed":
                self._issues.show(JOIN_SKEWED, True, seconds=f"{abs(event.value):.0f}")
            case "joined":
                self._issues.show(JOIN_SKEWED, False)
            case "conflict":
                self._issues.show(CONFLICT, True)

    @callback
    def _look_for_trouble(self) -> None:
        node, at = self._parties.node, now()
        self._issues.show(MQTT_MISSING, not self.peers.present)
        if self.peers.connected or not self.peers.present:
            self._online_at = at
        self._issues.show(OFFLINE, at - self._online_at > OFFLINE_S)
        self._issues.show(INVITATION_OVER, self._parties.expired(at))
        self._issues.show(REMOVED, node is not None and not node.member)
        wanted = self.entry.data.get(HOME)
        homes = {each.entry_id for each in self.hass.config_entries.async_entries(DOMAIN)}
        self._issues.show(HOME_MISSING, wanted is not None and wanted not in homes)

    @callback
    def _tell(self) -> None:
        for each in tuple(self._listeners):
            each()


def community_info(community: Community) -> DeviceInfo:
    """Return the device that stands for a community."""
    return DeviceInfo(
        identifiers={(DOMAIN, community.entry.entry_id)},
        entry_type=DeviceEntryType.SERVICE,
        manufacturer="SHEMS",
        name=community.name,
    )
