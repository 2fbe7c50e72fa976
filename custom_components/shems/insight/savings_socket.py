"""What was saved, over the websocket."""

from collections.abc import Mapping
from typing import Any, Final

import probatio as vol
from homeassistant.components import websocket_api
from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.decorators import websocket_command
from homeassistant.core import HomeAssistant, callback

from ..coordinator import HomeCoordinator
from ..core.report.ledger import Totals
from ..core.report.period import local
from ..core.report.rows import Row
from ..telling import async_keep_told
from ..websocket import home_of

SUBSCRIBE: Final[dict[str | vol.Marker, Any]] = {
    vol.Required("type"): "shems/savings/subscribe",
    vol.Optional("entry_id"): str,
}


@callback
def async_setup_savings(hass: HomeAssistant) -> None:
    """Register the command."""
    websocket_api.async_register_command(hass, follow_savings)


@websocket_command(SUBSCRIBE)
@callback
def follow_savings(hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]) -> None:
    """Send what was saved, now and whenever a slot was entered."""
    if (home := home_of(hass, connection, msg)) is None:
        return
    sent: dict[str, Any] | None = None

    @callback
    def send() -> None:
        nonlocal sent
        if (now := savings_message(home)) != sent:
            sent = now
            connection.send_event(msg["id"], now)

    stop = home.async_add_listener(send)
    async_keep_told(hass, connection, msg, home.configuration.entry_id, stop)
    send()


def savings_message(home: HomeCoordinator) -> dict[str, Any]:
    """Return what was saved today, this month, this year and in all, and how that is shared."""
    so_far = home.insight.ledger.so_far
    spans: dict[str, dict[str, Any]] = {}
    if so_far is not None:
        for name in ("day", "month", "year"):
            row: Row = getattr(so_far, name)
            since = local(row.start, home.configuration.zone).date().isoformat()
            spans[name] = _row(row) | _foresight(home, since)
    ledger = home.store.memory.ledger
    if ledger.until is not None:
        spans["total"] = _totals(ledger.total) | _foresight(home, "")
    return {
        "entry_id": home.configuration.entry_id,
        "currency": home.configuration.tariff.currency,
        "names": {each.id: each.name for each in home.configuration.devices},
        "spans": spans,
    }


def _foresight(home: HomeCoordinator, since: str) -> dict[str, Any]:
    """Return what more one who had known the days would have saved, and in how many hours."""
    missed, hours = home.insight.foresight.missed(since)
    return {"missed": round(missed, 4), "foreseen_hours": round(hours, 2)}


def _row(row: Row) -> dict[str, Any]:
    return {
        **_totals(row.totals),
        "by_device": _rounded(row.saved_by_device),
        "by_cause": _rounded(row.saved_by_cause),
    }


def _totals(totals: Totals) -> dict[str, Any]:
    """Return sums; the costs are of the hours that were compared."""
    left_out = totals.left_out_cost
    without = totals.cost_self_consumption + totals.peak_cost_without
    no_battery = totals.cost_no_battery + totals.peak_cost_no_battery
    return {
        "saving": round(totals.saving, 4),
        "cost": round(totals.cost + totals.peak_cost - left_out, 4),
        "without": round(without - left_out, 4),
        "no_battery": round(no_battery - left_out, 4),
        "hours": round(totals.hours, 2),
        "left_out_hours": round(totals.left_out_hours, 2),
        "left_out_cost": round(left_out, 4),
        "by_device": {},
        "by_cause": {},
    }


def _rounded(shares: Mapping[str, float]) -> dict[str, float]:
    return {key: round(value, 4) for key, value in shares.items()}
