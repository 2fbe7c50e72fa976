"""The logbook: what SHEMS did and noticed, in plain words."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from homeassistant.components.logbook.const import LOGBOOK_ENTRY_MESSAGE, LOGBOOK_ENTRY_NAME
from homeassistant.components.logbook.models import LazyEventPartialState
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from .asking import loaded
from .const import DOMAIN
from .coordinator import HomeCoordinator
from .core.plan.result import Reason
from .insight.alerts import ALERT, ALERT_CLEARED
from .insight.moments import (
    CHEAP_ENDED,
    CHEAP_STARTED,
    DEVICE_REFUSED,
    DEVICE_RETURNED,
    DEVICE_TAKEN,
    DEVICE_TOLD,
    PLAN_CHANGED,
    STATUS_CHANGED,
    SURPLUS_AVAILABLE,
    SURPLUS_ENDED,
)
from .insight.wording import Wording, known_tongue

type _Say = Callable[[Wording, Mapping[str, Any]], str]


@callback
def async_describe_events(
    hass: HomeAssistant,
    async_describe_event: Callable[
        [str, str, Callable[[LazyEventPartialState], dict[str, Any]]], None
    ],
) -> None:
    """Say how each event is described."""
    for kind, say in _SAID.items():
        async_describe_event(DOMAIN, f"{DOMAIN}_{kind}", _describe(hass, kind, say))


def _describe(
    hass: HomeAssistant, kind: str, say: _Say
) -> Callable[[LazyEventPartialState], dict[str, Any]]:
    def described(event: LazyEventPartialState) -> dict[str, Any]:
        data = event.data
        home = _home(hass, data.get("config_entry_id"))
        tongue = known_tongue(hass)
        # A home that does not run has no zone and currency to write in.
        message = kind.replace("_", " ")
        if home is not None and tongue is not None:
            at = event.time_fired_ts if hasattr(event, "time_fired_ts") else home.data.now
            currency = home.configuration.tariff.currency
            message = say(Wording(tongue, currency, home.configuration.zone, at), data)
        return {LOGBOOK_ENTRY_NAME: data.get("name"), LOGBOOK_ENTRY_MESSAGE: message}

    return described


def _home(hass: HomeAssistant, entry_id: str | None) -> HomeCoordinator | None:
    return next((each for each in loaded(hass) if each.config_entry.entry_id == entry_id), None)


def _told(wording: Wording, data: Mapping[str, Any]) -> str:
    order = wording.say(f"told_{data['order']}")
    if not data["reason"]:
        return order
    return f"{order}. {wording.reason(Reason(data['reason'], data['arguments']))}"


def _taken(wording: Wording, data: Mapping[str, Any]) -> str:
    return wording.say("log_taken", cause=wording.phrase(f"override.{data['reason']}"))


def _cheap(wording: Wording, data: Mapping[str, Any]) -> str:
    price = wording.price(data["price"])
    until = _epoch(data["until"])
    if until is None:
        return wording.say("log_cheap", price=price)
    return wording.say("log_cheap_until", price=price, until=wording.time(until))


def _changed(wording: Wording, data: Mapping[str, Any]) -> str:
    said = []
    for each in data["changes"]:
        times = {key: _epoch(each[key]) for key in ("before", "after")}
        words = {key: "" if at is None else wording.time(at) for key, at in times.items()}
        said.append(wording.say(f"log_{each['change']}", device=each["device"], **words))
    return "; ".join(said)


def _status(wording: Wording, data: Mapping[str, Any]) -> str:
    before, after = (wording.phrase(f"status.{data[key]}") for key in ("before", "status"))
    return wording.say("log_status", before=before, after=after)


def _epoch(stamp: str | None) -> float | None:
    at = None if stamp is None else dt_util.parse_datetime(stamp)
    return None if at is None else at.timestamp()


_SAID: Final[dict[str, _Say]] = {
    PLAN_CHANGED: _changed,
    STATUS_CHANGED: _status,
    CHEAP_STARTED: _cheap,
    CHEAP_ENDED: lambda wording, data: wording.say("log_dear", price=wording.price(data["price"])),
    SURPLUS_AVAILABLE: lambda wording, data: wording.say(
        "log_surplus", power=wording.power(data["power_kw"])
    ),
    SURPLUS_ENDED: lambda wording, _: wording.say("log_no_surplus"),
    DEVICE_TOLD: _told,
    DEVICE_RETURNED: lambda wording, _: wording.say("log_returned"),
    DEVICE_TAKEN: _taken,
    "alert": lambda _, data: str(data["message"]),
    DEVICE_REFUSED: lambda wording, _: wording.say("log_refused"),
    ALERT: lambda _, data: str(data["message"]),
    ALERT_CLEARED: lambda _, data: str(data["message"]),
}
