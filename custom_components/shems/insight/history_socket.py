"""What days and months cost beside their plans, and how good forecasts were, over the websocket."""

from datetime import timedelta
from typing import Any, Final

import probatio as vol
from homeassistant.components import websocket_api
from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.const import ERR_UNKNOWN_ERROR
from homeassistant.components.websocket_api.decorators import async_response, websocket_command
from homeassistant.core import HomeAssistant, callback

from ..coordinator import HomeCoordinator, now
from ..core.report.period import local
from ..core.report.planned import PlannedDay
from ..core.report.report import figures
from ..core.report.rows import Row, Step
from ..sources.error import SourceError
from ..websocket import home_of

DAYS: Final = 31
"""The longest month."""
MONTHS: Final = 12
_DIGITS: Final = 4
_QUANTITIES: Final = ("load", "solar", "price", "temperature")

ASK: Final[dict[str | vol.Marker, Any]] = {
    vol.Required("type"): "shems/history",
    vol.Optional("entry_id"): str,
    vol.Optional("step", default="day"): vol.In(["day", "month"]),
}


@callback
def async_setup_history(hass: HomeAssistant) -> None:
    """Register the command."""
    websocket_api.async_register_command(hass, tell_history)


@websocket_command(ASK)
@async_response
async def tell_history(
    hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]
) -> None:
    """Answer with the last days or months that anything was counted in."""
    if (home := home_of(hass, connection, msg)) is None:
        return
    step: Step = msg["step"]
    at = now()
    try:
        rows = await home.insight.ledger.async_rows(_begin(home, step, at), at, step)
    except SourceError as err:
        connection.send_error(msg["id"], ERR_UNKNOWN_ERROR, str(err))
        return
    planned = home.insight.reports.planned.values()
    connection.send_result(
        msg["id"],
        {
            "entry_id": home.config_entry.entry_id,
            "currency": home.configuration.tariff.currency,
            "step": step,
            "rows": [_row(each, tuple(planned)) for each in rows],
            "scores": _scores(home),
        },
    )


def _begin(home: HomeCoordinator, step: Step, at: float) -> float:
    """Return the local midnight with which the first row begins, epoch seconds."""
    today = local(at, home.configuration.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    if step == "day":
        return (today - timedelta(days=DAYS - 1)).timestamp()
    months = today.year * 12 + today.month - MONTHS
    return today.replace(year=months // 12, month=months % 12 + 1, day=1).timestamp()


def _row(row: Row, planned: tuple[PlannedDay, ...]) -> dict[str, Any]:
    """Return what a row cost and saved, and what its days were planned to cost, and did."""
    told = figures(row)
    days = [
        (each.expected.cost, each.happened.cost)
        for each in planned
        if row.start <= each.begin < row.end and each.happened is not None
    ]
    return {
        "start": row.start,
        "end": row.end,
        "cost": _rounded(told["cost"]),
        "saving": _rounded(told["saving"]),
        "expected": _rounded(sum(expected for expected, _ in days)) if days else None,
        "happened": _rounded(sum(happened for _, happened in days)) if days else None,
    }


def _scores(home: HomeCoordinator) -> dict[str, Any]:
    """Return how good the forecasts of the last four weeks were, by what they are of."""
    return {
        quantity: {
            "days": found.days,
            "mae": _rounded(found.total.mae),
            "bias": _rounded(found.total.bias),
            "coverage_80": _rounded(found.total.coverage_80),
            "skill": _rounded(found.total.skill),
        }
        for quantity in _QUANTITIES
        if (found := home.scorekeeper.scores(quantity)) is not None
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)
