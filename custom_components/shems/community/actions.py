"""Actions of a community: what it shared, the grid operator's figures, and a check of a result."""

from datetime import datetime
from typing import Any, Final

import probatio as vol
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv

from ..asking import HOME, async_community_of, moment, refused
from ..const import DOMAIN
from ..coordinator import now
from ..core.market.outgoing import Outgoing
from ..core.market.report import Share
from ..core.market.verify import SlotView, Verdict
from ..core.units import InputError
from ..insight.report_actions import PERIOD, wanted
from ..permission import async_is_administrator
from ..values import stamp
from .parties import Parties
from .runtime import Community

REPORT: Final = "community_report"
VERIFY: Final = "verify_result"
_CT: Final = 100.0

_REPORT: Final = vol.Schema({**HOME, **PERIOD})
_VERIFY: Final = vol.Schema({**HOME, vol.Optional("slot"): cv.datetime})


@callback
def async_setup_community_actions(hass: HomeAssistant) -> None:
    """Register the actions."""

    async def report(call: ServiceCall) -> ServiceResponse:
        entry = await async_community_of(hass, call)
        return await _async_report(hass, entry.runtime_data, call)

    async def verify(call: ServiceCall) -> ServiceResponse:
        entry = await async_community_of(hass, call)
        return await _async_verify(entry.runtime_data, call.data.get("slot"))

    for name, action, schema in ((REPORT, report, _REPORT), (VERIFY, verify, _VERIFY)):
        hass.services.async_register(DOMAIN, name, action, schema, SupportsResponse.ONLY)


async def _async_report(
    hass: HomeAssistant, community: Community, call: ServiceCall
) -> dict[str, Any]:
    """Return what a period was like; other homes' rows are for administrators."""
    try:
        over = wanted(hass.config.time_zone, call).until(now())
    except InputError as err:
        raise refused(err.code) from err
    told = await community.shown.sharing.async_report(over.start_s, over.end_s, now())
    own = next((each for each in told.homes if each.hid == community.hid), None)
    answer: dict[str, Any] = {
        "community": community.name,
        "currency": community.shown.view.currency,
        "period": over.kind.value,
        "start": over.begin.isoformat(),
        "end": over.end.isoformat(),
        "binding": community.shown.view.binding,
        "slots": told.slots,
        "provisional_slots": told.provisional,
        "final_slots": told.final,
        "void_slots": told.void,
        "missing_slots": told.missing,
        "own": None if own is None else _share(own),
    }
    if await async_is_administrator(hass, call.context):
        labels = {} if community.roster is None else community.roster.members
        names = {each.hid: each.label for each in labels}
        answer |= {
            "balanced": told.balanced,
            "whole": _share(told.whole),
            "homes": [
                {"hid": each.hid, "label": names.get(each.hid), **_share(each)}
                for each in told.homes
            ],
        }
    return answer


def _share(share: Share) -> dict[str, Any]:
    """Return what a home shared, money in the community's currency."""
    told = share.to_json()
    del told["hid"]
    return {
        key.removesuffix("_ct"): each / _CT if key.endswith("_ct") and each is not None else each
        for key, each in told.items()
    }


async def _async_verify(community: Community, slot: datetime | None) -> dict[str, Any]:
    """Return what a check of a slot found."""
    node = community.node
    if node is None:
        raise refused("community_without_home", community=community.name)
    at = moment(slot)
    heard = [each.slot for each in node.views.values() if each.result is not None]
    start = node.roster.rules.slot(at) if at is not None else max(heard, default=0)
    found: list[tuple[SlotView, Verdict]] = []

    def check(_parties: Parties, _now: float) -> list[Outgoing]:
        verdict = node.verify(start)
        if verdict is not None:
            found.append((node.views[start], verdict))
        return []

    await community.async_do(check)
    if not found:
        raise refused("slot_not_heard")
    ((view, verdict),) = found
    row = view.result
    return {
        "slot": stamp(start),
        "state": view.state,
        "sound": verdict.sound,
        "included": verdict.included,
        "metered": verdict.metered,
        "adds_up": verdict.adds_up,
        "recomputed": verdict.recomputed,
        "row": row
        and {
            "import_wh": row.import_wh,
            "export_wh": row.export_wh,
            "from_community_wh": row.from_community,
            "to_community_wh": row.to_community,
            "paid": row.paid_nct / 1e11,
            "fee": row.fee_nct / 1e11,
        },
    }
