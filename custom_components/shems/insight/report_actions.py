"""Action: tell what a period was like."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

import probatio as vol
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from ..asking import HOME, async_home_of, refused
from ..const import DOMAIN
from ..coordinator import now
from ..core.report.period import Kind, Period, local, period
from ..core.units import InputError
from .report_words import async_markdown

REPORT: Final = "report"
ATTR_PERIOD: Final = "period"
ATTR_DATE: Final = "date"
ATTR_START: Final = "start"
ATTR_END: Final = "end"
ATTR_LANGUAGE: Final = "language"

SPAN: Final[dict[vol.Marker, Any]] = {
    vol.Optional(ATTR_START): cv.datetime,
    vol.Optional(ATTR_END): cv.datetime,
}
"""The fields of a time between two moments."""

PERIOD: Final[dict[vol.Marker, Any]] = {
    vol.Optional(ATTR_PERIOD, default=Kind.DAY.value): vol.In([each.value for each in Kind]),
    vol.Optional(ATTR_DATE): cv.date,
    **SPAN,
}
"""The fields of a period that is reported."""

_SCHEMA: Final = vol.Schema({**HOME, **PERIOD, vol.Optional(ATTR_LANGUAGE): cv.string})


@callback
def async_setup_reports(hass: HomeAssistant) -> None:
    """Register the action."""

    async def report(call: ServiceCall) -> ServiceResponse:
        home = await async_home_of(hass, call, POLICY_READ)
        language = call.data.get(ATTR_LANGUAGE) or await async_language(hass, call)
        try:
            found = await home.insight.reports.async_report(
                wanted(home.configuration.zone, call), now()
            )
        except InputError as err:
            raise refused(err.code) from err
        return {
            "home": home.configuration.name,
            "currency": home.configuration.tariff.currency,
            **found.to_json(),
            "text": await async_markdown(home, found, language),
        }

    hass.services.async_register(DOMAIN, REPORT, report, _SCHEMA, SupportsResponse.ONLY)


def wanted(zone: str, call: ServiceCall) -> Period:
    """Return the period that is asked for: the running one unless another is named.

    Raises:
        InputError: it ends before it begins.
    """
    kind = Kind(call.data[ATTR_PERIOD])
    if kind is Kind.RANGE:
        return between(zone, call)
    named: date | None = call.data.get(ATTR_DATE)
    today = local(now(), zone)
    return period(kind, today if named is None else datetime.combine(named, time(), today.tzinfo))


def between(zone: str, call: ServiceCall) -> Period:
    """Return the time between two moments; the last 30 days where none is named.

    Raises:
        InputError: it ends before it begins.
    """
    end = _moment(call, ATTR_END) or dt_util.utcnow()
    start = _moment(call, ATTR_START) or end - timedelta(days=30)
    there = dt_util.get_time_zone(zone)
    return Period(Kind.RANGE, start.astimezone(there), end.astimezone(there))


def _moment(call: ServiceCall, name: str) -> datetime | None:
    given: datetime | None = call.data.get(name)
    return None if given is None else dt_util.as_utc(given)


async def async_language(hass: HomeAssistant, call: ServiceCall) -> str:
    """Return the language of who asks, as chosen in the frontend, else Home Assistant's."""
    user = call.context.user_id
    if user is not None and "frontend" in hass.config.components:
        from homeassistant.components.frontend.storage import (  # noqa: PLC0415  # Absent without pages.
            async_user_store,
        )

        chosen = (await async_user_store(hass, user)).data.get("language")
        if isinstance(chosen, dict) and isinstance(chosen.get("language"), str):
            return str(chosen["language"])
    return hass.config.language
