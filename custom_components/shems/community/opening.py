"""How a community is opened: keys, ledger and nodes, from files or for the first time."""

import sqlite3
from collections.abc import Mapping
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryError, UnsupportedStorageVersionError

from .. import arrays
from ..const import DOMAIN
from ..core.horizon import HOUR_S
from ..core.market.bodies import MOST_WH, Purpose
from ..core.market.identity import Identity
from ..core.market.invitation import Invitation
from ..core.market.joining import JoiningNode, OrganiserNode
from ..core.market.refused import RefusedError
from ..core.market.rules import Rules
from ..data import home_entries
from ..files import HomeFile, async_tell_unreadable
from ..ledger_database import NewerLedgerError
from ..sources.configuration import configuration
from ..sources.error import SourceError
from .accounts import FileAccounts
from .entry import CID, HID, HOME, INTERVAL, INVITATION, LABEL, ORGANISER, PURPOSES, RULES
from .keys import Keys
from .ledger_file import CommunityLedger
from .parties import Parties
from .worker import now

LEDGER: Final = "neighbours"
"""Of the names of an entry's files."""
LIMIT_KW: Final = 17.0
"""A home whose connection is not known has the usual one, 3 x 25 A."""


async def async_identity(hass: HomeAssistant, entry: ConfigEntry) -> Identity:
    """Return the keys, new ones for a new entry.

    Raises:
        ConfigEntryError: those that the others know are missing.
    """
    keys = Keys(hass, entry.entry_id)
    identity = await keys.async_load()
    known = entry.data.get(HID)
    if identity is None and known is None:
        return await keys.async_make()
    if identity is None or known not in (None, identity.public.hid):
        raise _unusable("community_keys_missing", community=entry.title)
    return identity


async def async_ledger(hass: HomeAssistant, entry: ConfigEntry) -> CommunityLedger:
    """Return the ledger with its file open; one that is damaged is put aside and begun anew.

    Raises:
        ConfigEntryError: a newer release wrote it.
    """
    path = arrays.folder(hass) / f"{DOMAIN}.{entry.entry_id}.{LEDGER}.db"
    ledger = CommunityLedger(path, entry.data[CID])
    run = hass.async_add_executor_job
    await run(lambda: path.parent.mkdir(exist_ok=True))
    try:
        await run(ledger.open)
    except NewerLedgerError as err:
        raise _unusable("file_newer", file=path.name) from err
    except sqlite3.DatabaseError:
        aside = path.with_name(f"{path.name}.unreadable")
        await run(ledger.put_aside, aside)
        async_tell_unreadable(hass, entry.entry_id, LEDGER, aside)
        await run(ledger.open)
    return ledger


async def async_parties(
    hass: HomeAssistant,
    entry: ConfigEntry,
    file: HomeFile,
    identity: Identity,
    accounts: FileAccounts,
) -> Parties:
    """Return the nodes as they were, or as they begin.

    Raises:
        ConfigEntryError: they cannot be read, and must not be made anew.
    """
    data = entry.data

    def made() -> Parties:
        purposes = frozenset(Purpose(each) for each in data[PURPOSES])
        return Parties(identity, data[CID], accounts, purposes)

    try:
        known = await file.async_read(lambda state: _restored(made(), state))
    except UnsupportedStorageVersionError as err:
        raise _unusable("file_newer", file=err.storage_key) from err
    if known is not None and known.roster is not None:
        return known
    if data.get(ORGANISER) and HID in data:
        # What was founded anew would replace the roster that all members have.
        raise _unusable("community_file_missing", community=entry.title, file=file.path)
    parties = made()
    _begin(hass, entry, parties)
    return parties


def _restored(parties: Parties, state: Mapping[str, Any]) -> Parties:
    try:
        parties.restore(state)
    except RefusedError as err:
        raise ValueError(str(err)) from err
    return parties


def _begin(hass: HomeAssistant, entry: ConfigEntry, parties: Parties) -> None:
    """Found the community, or ask to be admitted."""
    data = entry.data
    label = data.get(LABEL, "")
    if data.get(ORGANISER):
        rules = Rules.from_json(dict(data[RULES]))
        home = data.get(HOME) is not None
        most = limit_wh(hass, entry, rules.interval_s) if home else 0
        founded = OrganiserNode.founded(
            parties.identity, data[CID], entry.title, rules, most, label
        )
        parties.found(founded, now(), home=home)
        return
    invitation = Invitation.read(data[INVITATION])
    most = limit_wh(hass, entry, data[INTERVAL])
    purposes = tuple(Purpose(each) for each in data[PURPOSES])
    parties.join(JoiningNode(parties.identity, invitation, label, purposes, most))


def limit_wh(hass: HomeAssistant, entry: ConfigEntry, interval_s: int) -> int:
    """Return what the connection of a community's home carries in a slot."""
    return min(round(_limit_kw(hass, entry) * 1000.0 * interval_s / HOUR_S), MOST_WH)


def _limit_kw(hass: HomeAssistant, entry: ConfigEntry) -> float:
    wanted = entry.data.get(HOME)
    for each in home_entries(hass):
        if each.entry_id == wanted:
            try:
                connection = configuration(hass, each).home.connection
            except SourceError:
                break
            return max(connection.import_limit_kw, connection.export_limit_kw)
    return LIMIT_KW


def _unusable(key: str, **facts: str) -> ConfigEntryError:
    return ConfigEntryError(
        translation_domain=DOMAIN, translation_key=key, translation_placeholders=facts
    )
