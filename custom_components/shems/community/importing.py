"""Action: the grid operator's figures become what counts."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import probatio as vol
from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.service import async_register_admin_service

from ..asking import HOME, async_community_of, refused
from ..const import DOMAIN
from ..core.market.dso import Format, Statement, read
from ..core.market.dso_final import Finals, finals, sharing
from ..core.market.dso_text import decoded
from ..core.market.entries import Entry, entered
from ..core.market.outgoing import Outgoing
from ..core.market.roster import Roster
from ..core.units import InputError
from ..values import stamp
from .entry import CID
from .parties import Parties
from .runtime import Community

IMPORT: Final = "community_import_settlement"
_SHOWN: Final = 20
"""Differences that are told; the largest come first."""

_SCHEMA: Final = vol.Schema(
    {
        **HOME,
        vol.Exclusive("csv", "source"): cv.string,
        vol.Exclusive("file", "source"): cv.string,
        vol.Required("points"): {cv.string: cv.string},
        vol.Optional("time_zone"): cv.time_zone,
        vol.Optional("stamp"): vol.In(("start", "end")),
        vol.Optional("unit"): vol.In(("Wh", "kWh", "MWh", "W", "kW", "MW")),
        vol.Optional("decimal"): vol.In((",", ".")),
        vol.Optional("columns", default={}): {cv.string: cv.string},
        vol.Optional("dry_run", default=False): cv.boolean,
    }
)


@callback
def async_setup_community_import(hass: HomeAssistant) -> None:
    """Register the action; it changes what all homes owe each other."""

    async def settle(call: ServiceCall) -> ServiceResponse:
        entry = await async_community_of(hass, call, POLICY_CONTROL)
        try:
            return await _async_import(hass, entry.runtime_data, call)
        except InputError as err:
            facts = {key: str(each) for key, each in err.arguments.items()}
            raise refused(err.code, **facts) from err

    async_register_admin_service(hass, DOMAIN, IMPORT, settle, _SCHEMA, SupportsResponse.OPTIONAL)


async def _async_import(
    hass: HomeAssistant, community: Community, call: ServiceCall
) -> dict[str, Any]:
    coordinator, roster = community.coordinator, community.roster
    if coordinator is None or roster is None:
        raise refused("settlement_elsewhere", community=community.name)
    if roster.rules.mode == "p2p" and not call.data["dry_run"]:
        raise refused("settlement_of_auction")
    text = await _async_text(hass, call)
    zone = str(call.data.get("time_zone", hass.config.time_zone))
    points = _homes(roster, call.data["points"])
    form = Format(
        call.data["columns"],
        call.data.get("stamp"),
        call.data.get("unit"),
        call.data.get("decimal"),
    )

    def made() -> tuple[Statement, Finals]:
        statement = read(text, zone, roster.rules.interval_s, form)
        first, last = statement.slots[0], statement.slots[-1] + 1
        held = community.ledger.history(first, last)
        return statement, finals(statement, points, held, sharing(roster.rules), _keys(roster))

    statement, found = await hass.async_add_executor_job(made)
    count = 0
    if not call.data["dry_run"]:
        before = await hass.async_add_executor_job(community.ledger.head)
        await community.async_do(lambda parties, at: _final(parties, community, found, at))
        count = (await hass.async_add_executor_job(community.ledger.head))[0] - before[0]
        community.shown.sharing.forget()
        community.shown.async_refresh()
    return _told(statement, found, count)


async def _async_text(hass: HomeAssistant, call: ServiceCall) -> str:
    """Return the text that is given, or that of a file in a folder that is allowed."""
    if "csv" in call.data:
        return str(call.data["csv"])
    name = call.data.get("file")
    if name is None:
        raise refused("settlement_without_file")
    if not await hass.async_add_executor_job(hass.config.is_allowed_path, name):
        raise refused("settlement_file", file=name)
    try:
        return decoded(await hass.async_add_executor_job(Path(name).read_bytes))
    except OSError as err:
        raise refused("settlement_file", file=name) from err


def _homes(roster: Roster, points: Mapping[str, str]) -> dict[str, str]:
    """Return the home of each metering point; members may be named by their label."""
    labels = {each.label: each.hid for each in roster.members if each.label}
    found = {}
    for point, member in points.items():
        hid = member if member in roster else labels.get(member)
        if hid is None:
            raise refused("settlement_member_unknown", member=member)
        found[point] = hid
    return found


def _keys(roster: Roster) -> dict[str, int] | None:
    if roster.rules.key != "static":
        return None
    return {each.hid: each.key_ppm for each in roster.members}


def _final(parties: Parties, community: Community, found: Finals, at: float) -> list[Outgoing]:
    cid = community.entry.data[CID]
    entries: list[Entry] = []
    for settlement in found.settlements:
        # The node counts the revisions.
        entries += entered(cid, settlement, 0, "final")
    return [] if parties.coordinator is None else parties.coordinator.final(entries, at)


def _told(statement: Statement, found: Finals, count: int) -> dict[str, Any]:
    """Return what became of a file."""
    compared = found.comparison
    return {
        "start": stamp(statement.slots[0]),
        "end": stamp(statement.slots[-1]),
        "stamp": statement.stamp,
        "stamp_assumed": statement.assumed,
        "slots": len(statement.slots),
        "final_slots": len(found.settlements),
        "entered": count,
        "incomplete": dict(found.incomplete),
        "unbalanced": [stamp(each.slot) for each in found.unbalanced],
        "gaps": [
            {"point": each.point, "start": stamp(each.start), "end": stamp(each.end)}
            for each in statement.gaps
        ],
        "unknown_points": list(compared.unknown),
        "totals": [
            {"hid": each.hid, "figure": each.part, "ours_wh": each.ours, "theirs_wh": each.theirs}
            for each in compared.totals
        ],
        "differences": [
            {
                "hid": each.hid,
                "slot": stamp(each.slot),
                "figure": each.part,
                "ours_wh": each.ours,
                "theirs_wh": each.theirs,
            }
            for each in compared.differences[:_SHOWN]
        ],
    }
