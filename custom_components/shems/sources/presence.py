"""What an entity tells of absences: a person, a switch for vacations, a calendar."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant, State
from homeassistant.util import dt as dt_util

from ..const import LOGGER
from ..core.horizon import HOUR_S

type Times = Sequence[tuple[float, float | None]]

DOMAINS: Final = (
    "binary_sensor",
    "calendar",
    "device_tracker",
    "group",
    "input_boolean",
    "input_select",
    "person",
    "select",
    "switch",
    "zone",
)
LEAST_S: Final = 20.0 * HOUR_S
"""Who goes to work is not away: a place that is left and found again every day is a day like
others. Only whoever stays out for a night and most of a day is."""

_FOLLOWED: Final = ("device_tracker", "group", "person", "zone")
_AWAY: Final = frozenset({"on", "away", "not_home", "vacation", "0"})
_CALENDAR: Final = timedelta(days=14)


async def async_absences(
    hass: HomeAssistant, entity_id: str, zone: str, now: float, *, running: bool
) -> Times | None:
    """Return when nobody is at home, now and to come; None where the entity does not tell.

    Args:
        hass: Home Assistant.
        entity_id: of one of `DOMAINS`.
        zone: IANA name, for events that last whole days.
        now: epoch seconds.
        running: whether an absence was noticed that has not ended yet.
    """
    state = hass.states.get(entity_id)
    if state is None or state.state in (STATE_UNAVAILABLE, STATE_UNKNOWN):
        return None
    if state.domain == "calendar":
        return await async_events(hass, entity_id, ZoneInfo(zone), now)
    if not _is_away(state):
        return []
    since = state.last_changed_timestamp
    followed = state.domain in _FOLLOWED
    return [] if followed and not running and now - since < LEAST_S else [(since, None)]


def _is_away(state: State) -> bool:
    if state.domain in ("person", "device_tracker"):
        return state.state != "home"  # Elsewhere it is the name of a zone.
    return state.state.lower() in _AWAY


async def async_events(
    hass: HomeAssistant,
    entity_id: str,
    zone: ZoneInfo,
    now: float,
    ahead_s: float = _CALENDAR.total_seconds(),
) -> tuple[tuple[float, float], ...] | None:
    """Return a calendar's events that last or come, None where it does not tell.

    Args:
        hass: Home Assistant.
        entity_id: of the calendar.
        zone: for events that last whole days.
        now: epoch seconds.
        ahead_s: how far to look.
    """
    start = dt_util.utc_from_timestamp(now)
    try:
        response = await hass.services.async_call(
            "calendar",
            "get_events",
            {
                "entity_id": entity_id,
                "start_date_time": start.isoformat(),
                "end_date_time": (start + timedelta(seconds=ahead_s)).isoformat(),
            },
            blocking=True,
            return_response=True,
        )
    except Exception as err:  # noqa: BLE001  # Whatever a calendar does wrong, plans go on.
        LOGGER.debug("No events from %s: %r", entity_id, err)
        return None
    found = (response or {}).get(entity_id)
    events = found.get("events") if isinstance(found, Mapping) else None
    times = []
    for event in events if isinstance(events, list) else []:
        begin, end = (_moment(event, key, zone) for key in ("start", "end"))
        if begin is not None and end is not None and end > begin:
            times.append((begin, end))
    return tuple(times)


def _moment(event: Any, key: str, zone: ZoneInfo) -> float | None:
    """Return a time of an event; one that lasts whole days has dates."""
    text = str(event.get(key)) if isinstance(event, Mapping) else ""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=zone)).timestamp()
