"""When entities that hold timetables are on: schedules, calendars, and what is simply on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from homeassistant.const import STATE_ON, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant, State

from ..const import LOGGER
from ..core.assets.timetable import Spans
from ..core.horizon import DAY_S
from ..core.replay.shadow import KEPT_DAYS
from ..devices.timetable import AHEAD_S, TIMETABLES, barred
from .configuration import Configuration
from .presence import async_events

EVENTS_S: Final = 900.0
"""Calendars elsewhere are asked this often; one whose state changes at once."""
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SILENT: Final = (STATE_UNAVAILABLE, STATE_UNKNOWN)
_MINUTE: Final = timedelta(minutes=1)
_PAST_S: Final = (KEPT_DAYS + 1.0) * DAY_S
"""What the nightly replay looks back, with the day that begins it."""


@dataclass(frozen=True)
class _Read:
    """What an entity told, when, and the state it had then."""

    spans: Spans
    at: float
    state: str


class Timetables:
    """Reads the timetables of one home's devices; what is lost goes on as it was."""

    def __init__(self, hass: HomeAssistant, configuration: Configuration) -> None:
        """Have read nothing yet."""
        self._hass = hass
        self._zone = ZoneInfo(configuration.zone)
        self._devices = tuple(
            (device, fields)
            for device in configuration.devices
            if (fields := {key: each for key in TIMETABLES if (each := device.entity(key))})
        )
        self._entities = frozenset(each for _, fields in self._devices for each in fields.values())
        self._read: dict[str, _Read] = {}

    @property
    def silent(self) -> frozenset[str]:
        """The entities that say nothing now."""
        states = {each: self._hass.states.get(each) for each in self._entities}
        return frozenset(
            key for key, state in states.items() if state is None or state.state in _SILENT
        )

    async def async_refresh(self, now: float) -> None:
        """Read what may have changed."""
        for entity_id in self._entities:
            state = self._hass.states.get(entity_id)
            if state is None or state.state in _SILENT:
                continue
            if (spans := await self._async_spans(entity_id, state, now)) is not None:
                self._read[entity_id] = _Read(spans, now, state.state)

    async def async_past(self, now: float) -> dict[str, Spans]:
        """Return when devices may not run, from the first day that is played again on.

        Schedules are taken to have been as they are; of what is simply on nobody knows when
        it was, and it bars nothing.
        """
        begin, end = now - _PAST_S, now + AHEAD_S
        known: dict[str, Spans] = {}
        for entity_id in sorted(self._entities):
            spans: Spans | None = None
            if entity_id.startswith("calendar."):
                spans = await async_events(self._hass, entity_id, self._zone, begin, end - begin)
            elif entity_id.startswith("schedule."):
                spans = await self._async_schedule(entity_id, begin, end)
            if spans is not None:
                known[entity_id] = spans
        every = {
            device.id: barred(
                device,
                {key: known[each] for key, each in fields.items() if each in known},
                begin,
                end,
            )
            for device, fields in self._devices
        }
        return {key: spans for key, spans in every.items() if spans}

    def told(self, device_id: str) -> dict[str, Spans]:
        """Return when a device's timetables are on, by field, as far as they were heard."""
        fields = next((each for device, each in self._devices if device.id == device_id), {})
        return {key: self._read[each].spans for key, each in fields.items() if each in self._read}

    def barred(self, now: float) -> dict[str, Spans]:
        """Return when devices may not run, by device id."""
        end = now + AHEAD_S
        every = {each.id: barred(each, self.told(each.id), now, end) for each, _ in self._devices}
        return {key: spans for key, spans in every.items() if spans}

    async def _async_spans(self, entity_id: str, state: State, now: float) -> Spans | None:
        """Return when an entity is on, None where it cannot be told or need not be asked."""
        if state.domain == "calendar":
            known = self._read.get(entity_id)
            if known is not None and known.state == state.state and now - known.at < EVENTS_S:
                return None
            return await async_events(self._hass, entity_id, self._zone, now, AHEAD_S)
        if state.domain == "schedule":
            return await self._async_schedule(entity_id, now, now + AHEAD_S)
        # How long it stays so nobody knows: until it says otherwise.
        return ((now, now + AHEAD_S),) if state.state == STATE_ON else ()

    async def _async_schedule(self, entity_id: str, begin: float, end: float) -> Spans | None:
        try:
            response = await self._hass.services.async_call(
                "schedule",
                "get_schedule",
                {"entity_id": entity_id},
                blocking=True,
                return_response=True,
            )
        except Exception as err:  # noqa: BLE001  # Whatever a helper does wrong, plans go on.
            LOGGER.debug("No schedule from %s: %r", entity_id, err)
            return None
        week = (response or {}).get(entity_id)
        if not isinstance(week, Mapping):
            return None
        first = datetime.fromtimestamp(begin, self._zone).date()
        count = round((end - begin) / DAY_S)
        days = (first + timedelta(days=each) for each in range(-1, count + 1))
        return tuple(span for day in days for span in self._on_day(day, week))

    def _on_day(self, day: date, week: Mapping[str, Any]) -> list[tuple[float, float]]:
        found = []
        for block in week.get(_DAYS[day.weekday()], ()):
            begin, end = (self._at(day, block[key]) for key in ("from", "to"))
            if begin < end:
                found.append((begin, end))
        return found

    def _at(self, day: date, given: time | str) -> float:
        """Return a time of a day; the last moment of a day is the next one's midnight."""
        clock = time.fromisoformat(given) if isinstance(given, str) else given
        at = datetime.combine(day, clock, self._zone)
        if clock.microsecond:
            at = (at + _MINUTE).replace(second=0, microsecond=0)
        return at.timestamp()
