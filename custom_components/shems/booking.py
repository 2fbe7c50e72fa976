"""Bookings: when the household wants a device to run, or not to, whatever the plan would do."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, callback

from .core.assets.timetable import Spans, apart
from .devices import Device
from .devices.settings import Booking, DeviceSettings

if TYPE_CHECKING:
    from .coordinator import HomeCoordinator
    from .data import ShemsConfigEntry
    from .store import Control

BOOKABLE: Final = frozenset({"deferrable", "heating", "sheddable", "vehicle", "water"})
"""Kinds that run for as long as they are told to; a programme takes its own time."""


def booked_mode(device: Device) -> str:
    """Return what a device is to be while it is booked: a load is booked to be off."""
    return "off" if device.kind == "sheddable" else "on"


def runs_as_asked(device: Device, control: Control) -> bool:
    """Return whether a device does now what a booking would have it do, until a known time."""
    held = control.overrides.get(device.id)
    return device.kind in BOOKABLE and held is not None and held.mode == booked_mode(device)


def booked(devices: Iterable[Device], control: Control, now: float) -> dict[str, Spans]:
    """Return when devices run because somebody has asked for that time, by identity."""
    found = {}
    for device in devices:
        bookings = control.device(device.id).bookings
        spans = tuple((each.begin, each.end) for each in bookings if each.on and each.end > now)
        if runs_as_asked(device, control):
            spans = ((now, control.overrides[device.id].until), *spans)
        if spans:
            found[device.id] = spans
    return found


def booked_out(
    barred: Mapping[str, Spans], asked: Mapping[str, Spans], control: Control, now: float
) -> dict[str, Spans]:
    """Return when devices may not run: by their timetables, and by what was booked.

    Before a booked time a device rests: the household has chosen another one. In it no
    timetable counts.
    """
    found = {}
    for device_id in {*barred, *control.devices}:
        bookings = control.device(device_id).bookings
        rests = tuple(
            (now, each.begin) if each.on else (each.begin, each.end)
            for each in bookings
            if (each.begin if each.on else each.end) > now
        )
        spans = (*barred.get(device_id, ()), *rests)
        if left := apart(spans, asked.get(device_id, ())):
            found[device_id] = left
    return found


def with_booking(settings: DeviceSettings, booking: Booking, now: float) -> DeviceSettings:
    """Return settings with a booking, in place of those that it overlaps, without what is over."""
    kept = tuple(
        each
        for each in settings.bookings
        if each.end > now and (each.end <= booking.begin or booking.end <= each.begin)
    )
    return replace(settings, bookings=tuple(sorted((*kept, booking), key=lambda each: each.begin)))


class Booker:
    """Turns bookings of one home into overrides when their time has come."""

    def __init__(self, hass: HomeAssistant, home: HomeCoordinator) -> None:
        """Wait for none yet."""
        self._hass = hass
        self._home = home
        self._busy: set[str] = set()

    @callback
    def async_start(self, entry: ShemsConfigEntry) -> CALLBACK_TYPE:
        """Begin to watch the clock, with each round of the home; return what ends it."""

        @callback
        def look() -> None:
            now = self._home.data.now
            for device in self._home.driven:
                settings = self._home.store.control.device(device.id)
                due = next((each for each in settings.bookings if each.is_due(now)), None)
                if due is not None and device.id not in self._busy:
                    self._busy.add(device.id)
                    entry.async_create_task(self._hass, self._async_begin(device, due))

        return self._home.async_add_listener(look)

    async def _async_begin(self, device: Device, due: Booking) -> None:
        """Have a device run until its booking ends, and forget the booking."""
        try:
            settings = self._home.store.control.device(device.id)
            left = tuple(each for each in settings.bookings if each != due)
            await self._home.async_set_device(device.id, None, bookings=left)
            await self._home.async_override(device.id, Context(), due.end, booked_mode(device))
        finally:
            self._busy.discard(device.id)
