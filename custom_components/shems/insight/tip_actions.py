"""Action and websocket command: read tips, and say what becomes of them."""

from typing import Any, Final

import probatio as vol
from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.components import websocket_api
from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.decorators import websocket_command
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)

from ..asking import HOME, async_home_of, refused
from ..const import DOMAIN
from ..coordinator import HomeCoordinator, now
from ..core.units import InputError
from ..permission import may
from ..telling import async_keep_told
from ..values import phrase
from ..websocket import home_of
from .report_actions import async_language
from .tip_words import arguments, async_texts, code_of, words
from .tips import SNOOZE_DAYS, Kept, State

SERVICE_TIP: Final = "tip"
LIST: Final = "list"
SEARCH: Final = "search"
SAYINGS: Final = {
    "dismiss": State.DISMISSED,
    "snooze": State.SNOOZED,
    "done": State.DONE,
    "reopen": State.OPEN,
}
_MOST_DAYS: Final = 366

_SCHEMA: Final = vol.Schema(
    {
        **HOME,
        vol.Optional("do", default=LIST): vol.In([LIST, SEARCH, *SAYINGS]),
        vol.Optional("tip"): str,
        vol.Optional("days", default=SNOOZE_DAYS): vol.All(
            vol.Coerce(float), vol.Range(min=0, max=_MOST_DAYS)
        ),
    }
)
FOLLOW: Final[dict[str | vol.Marker, Any]] = {
    vol.Required("type"): "shems/tips/subscribe",
    vol.Optional("entry_id"): str,
}


@callback
def async_setup_tips(hass: HomeAssistant) -> None:
    """Register both."""

    async def tip(call: ServiceCall) -> ServiceResponse:
        wanted = call.data["do"]
        permission = POLICY_READ if wanted == LIST else POLICY_CONTROL
        home = await async_home_of(hass, call, permission)
        if wanted == SEARCH:
            home.insight.tips.async_search()
            await home.insight.tips.async_wait()
        elif wanted != LIST:
            await _async_say(home, call, SAYINGS[wanted])
        texts = await async_texts(hass, await async_language(hass, call))
        told = _message(home)
        for each, kept in zip(told["tips"], home.insight.tips.every, strict=True):
            each.update(words(home, texts, kept.tip))
        return told

    hass.services.async_register(DOMAIN, SERVICE_TIP, tip, _SCHEMA, SupportsResponse.OPTIONAL)
    websocket_api.async_register_command(hass, follow)


async def _async_say(home: HomeCoordinator, call: ServiceCall, state: State) -> None:
    if "tip" not in call.data:
        raise refused("tip_not_named")
    try:
        await home.insight.tips.async_say(call.data["tip"], state, days=call.data["days"])
    except InputError as err:
        raise refused(err.code, **{key: str(each) for key, each in err.arguments.items()}) from err


@websocket_command(FOLLOW)
@callback
def follow(hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]) -> None:
    """Send the tips of a home now, and whenever they change."""
    if (home := home_of(hass, connection, msg)) is None:
        return
    may_say = may(hass, connection.user, home.configuration.entry_id, POLICY_CONTROL)

    @callback
    def send() -> None:
        connection.send_event(msg["id"], {"may_say": may_say, **_message(home)})

    stop = home.insight.tips.async_listen(send)
    async_keep_told(hass, connection, msg, home.configuration.entry_id, stop)
    send()


def _message(home: HomeCoordinator) -> dict[str, Any]:
    tips = home.insight.tips
    return {
        "entry_id": home.configuration.entry_id,
        "currency": home.configuration.tariff.currency,
        "searched": tips.searched,
        "searching": tips.searching,
        "problem": phrase(tips.problem),
        "tips": [_told(home, each) for each in tips.every],
    }


def _told(home: HomeCoordinator, kept: Kept) -> dict[str, Any]:
    tip = kept.tip
    return {
        "tip": tip.key,
        "code": code_of(tip),
        "device": tip.subject or None,
        "state": kept.shown(now()).value,
        "until": kept.until,
        "value": {
            "low": round(tip.value.low, 2),
            "median": round(tip.value.median, 2),
            "high": round(tip.value.high, 2),
        },
        "confidence": round(tip.confidence, 2),
        "effort": tip.effort.value,
        "since": tip.since,
        "found": kept.found,
        "args": arguments(home, tip),
    }
