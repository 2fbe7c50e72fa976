"""The calendar of planned runs: what runs when, why, and at another time if it is moved."""

from datetime import datetime
from typing import Any, Final, override

from homeassistant.components.calendar import (
    CalendarEntity,
    CalendarEntityDescription,
    CalendarEvent,
)
from homeassistant.components.calendar.const import CalendarEntityFeature
from homeassistant.components.websocket_api.connection import current_connection
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .asking import moment, refused
from .coordinator import HomeCoordinator
from .core.report.runs import Doing
from .data import ShemsConfigEntry
from .entity import HomeEntity
from .insight.agenda import Entry, agenda
from .insight.appointments import async_cancel, async_create, async_move
from .insight.wording import Tongue, Wording, async_tongue

PARALLEL_UPDATES = 1

DESCRIPTION: Final = CalendarEntityDescription(key="plan_calendar", translation_key="plan_calendar")


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ShemsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the calendar."""
    home = entry.runtime_data.coordinator
    async_add_entities([PlanCalendar(home, await async_tongue(hass))])


class PlanCalendar(HomeEntity, CalendarEntity):
    """What is planned, and what the household has asked for."""

    _attr_supported_features = (
        CalendarEntityFeature.CREATE_EVENT
        | CalendarEntityFeature.DELETE_EVENT
        | CalendarEntityFeature.UPDATE_EVENT
    )

    def __init__(self, coordinator: HomeCoordinator, tongue: Tongue) -> None:
        """Write in Home Assistant's language: a calendar does not know who reads it."""
        super().__init__(coordinator, DESCRIPTION)
        self._tongue = tongue
        self._coming = self._find()

    @property
    @override
    def event(self) -> CalendarEvent | None:
        """Return the entry that is under way or comes next."""
        return self._coming

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        # Home Assistant asks for the event several times for each state that it writes.
        self._coming = self._find()
        super()._handle_coordinator_update()

    def _find(self) -> CalendarEvent | None:
        now = self.coordinator.data.now
        entry = next((each for each in agenda(self.coordinator) if each.run.end > now), None)
        return None if entry is None else self._shown(entry)

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        """Return the entries of a time."""
        first, last = start_date.timestamp(), end_date.timestamp()
        return [
            self._shown(each)
            for each in agenda(self.coordinator)
            if each.run.begin < last and each.run.end > first
        ]

    @override
    async def async_create_event(self, **kwargs: Any) -> None:
        """Ask for a run of the device that the summary names."""
        begin, end = _span(kwargs)
        await async_create(self.hass, self.coordinator, kwargs["summary"], begin, end, self._who())

    @override
    async def async_update_event(
        self,
        uid: str,
        event: dict[str, Any],
        recurrence_id: str | None = None,
        recurrence_range: str | None = None,
    ) -> None:
        """Have a run at another time."""
        begin, end = _span(event)
        await async_move(self.hass, self.coordinator, self._entry(uid), begin, end, self._who())

    @override
    async def async_delete_event(
        self,
        uid: str,
        recurrence_id: str | None = None,
        recurrence_range: str | None = None,
    ) -> None:
        """Take a run back, or have none at that time."""
        await async_cancel(self.hass, self.coordinator, self._entry(uid), self._who())

    def _entry(self, uid: str) -> Entry:
        """Return an entry; plans may have moved it since it was shown.

        Raises:
            ServiceValidationError: it is there no more.
        """
        entry = next((each for each in agenda(self.coordinator) if each.uid == uid), None)
        if entry is None:
            raise refused("calendar_gone")
        return entry

    def _who(self) -> Context | None:
        """Return who asks: whose connection it is, else who called the action."""
        connection = current_connection.get()
        return self._context if connection is None else Context(user_id=connection.user.id)

    def _shown(self, entry: Entry) -> CalendarEvent:
        home, run = self.coordinator, entry.run
        currency, zone = home.configuration.tariff.currency, home.configuration.zone
        wording = Wording(self._tongue, currency, zone, run.begin)
        lines = []
        if entry.booked:
            lines.append(wording.say("calendar_booked"))
        elif run.reason is not None:
            lines.append(wording.reason(run.reason))
        if run.energy_kwh > 0:
            lines.append(f"{wording.energy(run.energy_kwh)}, {wording.money(run.cost)}")
        if not entry.driven:
            lines.append(wording.say("calendar_proposed"))
        return CalendarEvent(
            start=dt_util.utc_from_timestamp(run.begin),
            end=dt_util.utc_from_timestamp(run.end),
            summary=_summary(entry, wording),
            description="\n".join(lines),
            uid=entry.uid,
        )


def _summary(entry: Entry, wording: Wording) -> str:
    name = entry.device.name
    match entry.run.doing:
        case Doing.RUN:
            return name
        case Doing.SHED:
            return wording.say("calendar_off", device=name)
        case doing:
            return f"{name}: {wording.phrase(f'mode.{doing}')}"


def _span(event: dict[str, Any]) -> tuple[float, float]:
    """Return when an event begins and ends, epoch seconds.

    Raises:
        ServiceValidationError: it is for whole days, or comes again and again.
    """
    start, end = event.get("dtstart"), event.get("dtend")
    if event.get("rrule") or not isinstance(start, datetime) or not isinstance(end, datetime):
        raise refused("calendar_times")
    return moment(start) or 0.0, moment(end) or 0.0
