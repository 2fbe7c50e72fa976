"""Bookings: when the household wants a device to run, or not to, whatever the plan would do."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, callback

from .core.assets.timetable import Spans
from .devices.settings import Booking, DeviceSettings

if TYPE_CHECKING:
    from .coordinator import HomeCoordinator
    from .data import ShemsConfigEntry
    from .store import Control

MODE_ON = "on"
"""What a device is to be while it is booked."""


def booked_out(barred: Mapping[str, Spans], control: Control, now: float) -> dict[str, Spans]:
    """Return when devices may not run: by their timetables, and by what was booked.

    Before a booked time a device rests: the household has chosen another one.
    """
    found = dict(barred)
    for device_id, settings in control.devices.items():
        spans = tuple(
            (now, each.begin) if each.on else (each.begin, each.end)
            for each in settings.bookings
            if (each.begin if each.on else each.end) > now
        )
        if spans:
            found[device_id] = (*found.get(device_id, ()), *spans)
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
                    entry.async_create_task(self._hass, self._async_begin(device.id, due))

        return self._home.async_add_listener(look)

    async def _async_begin(self, device_id: str, due: Booking) -> None:
        """Have a device run until its booking ends, and forget the booking."""
        try:
            settings = self._home.store.control.device(device_id)
            left = tuple(each for each in settings.bookings if each != due)
            await self._home.async_set_device(device_id, None, bookings=left)
            await self._home.async_override(device_id, Context(), due.end, MODE_ON)
        finally:
            self._busy.discard(device_id)
