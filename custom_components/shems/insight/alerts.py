"""The alerts of one home: looked for twice a minute, told once, kept over restarts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, override
from zoneinfo import ZoneInfo

from homeassistant.core import CALLBACK_TYPE, CoreState, Event, callback
from homeassistant.helpers.dispatcher import async_dispatcher_send
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from ..const import DOMAIN, LOGGER
from ..core.horizon import HOUR_S
from ..core.replay.codec import decode, encode
from ..core.report.alerts.anomaly import Usual
from ..core.report.alerts.book import Alert, Book, advance
from ..files import HomeFile, UnwrittenError
from ..flows.words import async_words
from .alert_notices import ACKNOWLEDGE, EVENT_PRESSED, Notifier, pressed
from .alert_settings import AlertSettings
from .alert_sight import Watched, look
from .alert_words import message, title
from .part import Part
from .unusual import Excess, Unusual

if TYPE_CHECKING:
    from ..coordinator import HomeCoordinator

ALERT: Final = "alert"
ALERT_CLEARED: Final = "alert_cleared"
"""What goes on the event bus, after the domain."""
SIGNAL: Final = f"{DOMAIN}_alerts_{{}}"
"""Sent, with the entry's id in it, whenever the book has changed."""
BEAT_S: Final = 30.0
"""Half of what the shortest cause must last."""
SNOOZE_S: Final = 8.0 * HOUR_S
"""Until after work, or after the night."""


def _lasting(book: Book) -> dict[str, Alert]:
    """Return the alerts without their figures, which move all the time: a disk is no log."""
    return {key: replace(each, facts={}) for key, each in book.alerts.items()}


@dataclass(frozen=True)
class Kept:
    """What outlives the process.

    Attributes:
        book: the alerts.
        usual: what is usual in the home.
        watched: what looks remember.
    """

    book: Book = field(default_factory=Book)
    usual: Usual = field(default_factory=Usual)
    watched: Watched = field(default_factory=Watched)


class Alerts(Part):
    """Follows what somebody should know."""

    def __init__(self, home: HomeCoordinator) -> None:
        """Follow nothing yet."""
        entry = home.config_entry
        self._home = home
        self._hass = home.hass
        self._entry_id = entry.entry_id
        self._file = HomeFile(home.hass, entry.entry_id, "alerts")
        self._unusual = Unusual(home)
        self._excess: Excess | None = None
        currency = home.configuration.tariff.currency
        self._notifier = Notifier(home.hass, entry.entry_id, entry.title, currency)
        self._currency = currency
        self._book = Book()
        self._watched = Watched()
        self._clocks: list[CALLBACK_TYPE] = []
        self._listeners: list[Callable[[Alert, str], None]] = []
        self._busy = False

    @property
    def active(self) -> tuple[Alert, ...]:
        """The alerts that last, the newest first."""
        return self._book.active

    @property
    def settings(self) -> AlertSettings:
        """What the household has chosen."""
        return AlertSettings.of(self._home.config_entry.options)

    @property
    def unusual(self) -> Unusual:
        """What was learned of the home."""
        return self._unusual

    @override
    async def async_load(self) -> None:
        """Read what was followed before the last restart."""
        kept = await self._file.async_read(lambda data: decode(Kept, data["kept"])) or Kept()
        self._book, self._watched = kept.book, kept.watched
        self._unusual.restore(kept.usual)

    @callback
    @override
    def async_start(self) -> None:
        """Begin to look."""
        self._clocks = [
            async_track_time_interval(self._hass, self._async_beat, timedelta(seconds=BEAT_S)),
            self._hass.bus.async_listen(EVENT_PRESSED, self._async_on_pressed),
        ]

    @override
    async def async_stop(self) -> None:
        """End, with everything on disk."""
        for cancel in self._clocks:
            cancel()
        self._clocks = []
        await self._async_save()

    @override
    async def async_on_slot(self, at: float) -> None:
        """Learn what has become known, and see how unusual the last hours were."""
        settings = self.settings
        if await self._unusual.async_learn(self._hass, settings, at):
            await self._async_save()
        self._excess = self._unusual.excess(settings, at)

    @callback
    def async_listen(self, listener: Callable[[Alert, str], None]) -> CALLBACK_TYPE:
        """Call the listener with each alert that is raised and what it says."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def async_acknowledge(self, keys: Iterable[str] | None = None) -> None:
        """Note that somebody has seen alerts; without keys all that last."""
        chosen = [each.key for each in self.active] if keys is None else list(keys)
        seen = [each for each in self.active if each.key in chosen]
        self._book = self._book.acknowledged(chosen)
        await self._async_changed()
        await self._notifier.async_clear(seen, self.settings)

    async def async_snooze(self, keys: Iterable[str], at: float) -> None:
        """Remind of alerts later."""
        self._book = self._book.snoozed(keys, at + SNOOZE_S)
        await self._async_changed()

    async def _async_on_pressed(self, event: Event[dict[str, Any]]) -> None:
        """Do what a button of a notification asks for."""
        found = pressed(str(event.data.get("action", "")))
        if found is None or found.entry_id != self._entry_id:
            return
        if found.what == ACKNOWLEDGE:
            await self.async_acknowledge([found.key])
        else:
            await self.async_snooze([found.key], event.time_fired.timestamp())

    async def _async_beat(self, _: datetime) -> None:
        """Look, unless the last look is still being told."""
        if self._busy or self._hass.state is not CoreState.running:
            return
        self._busy = True
        try:
            await self._async_look(dt_util.utcnow().timestamp())
        finally:
            self._busy = False

    async def _async_look(self, at: float) -> None:
        settings, before = self.settings, self._book
        signals, self._watched = look(
            self._hass, self._home, self._unusual, self._excess, settings, self._watched, at
        )
        self._book, raised, cleared = advance(before, signals, at)
        for alert in raised:
            await self._async_tell(alert)
        for alert in cleared:
            words = await async_words(self._hass)
            text = words.say("alert_cleared", title=title(words, alert))
            self._hass.bus.async_fire(
                f"{DOMAIN}_{ALERT_CLEARED}", self._event(alert) | {"message": text}
            )
        local = dt_util.utc_from_timestamp(at).astimezone(ZoneInfo(self._home.configuration.zone))
        due = self._book.due(at, quiet=settings.is_quiet(local.time()))
        if due:
            # Noted before it is sent: a service that hangs is asked once.
            self._book = self._book.notified(each.key for each in due)
        if _lasting(self._book) != _lasting(before):
            await self._async_changed()
        elif self._book != before:
            async_dispatcher_send(self._hass, SIGNAL.format(self._entry_id))
        if due:
            await self._notifier.async_send(due, settings)
        await self._notifier.async_clear(cleared, settings)

    async def _async_tell(self, alert: Alert) -> None:
        words = await async_words(self._hass)
        text = message(words, alert, self._currency)
        self._hass.bus.async_fire(f"{DOMAIN}_{ALERT}", self._event(alert) | {"message": text})
        for listener in tuple(self._listeners):
            listener(alert, text)

    def _event(self, alert: Alert) -> dict[str, Any]:
        """Return what goes on the event bus."""
        return {
            "config_entry_id": self._entry_id,
            "device_id": self._home.hub_device_id,
            "name": self._home.config_entry.title,
            "code": alert.kind.value,
            "alert": alert.key,
            "subject": alert.subject,
            "raised": dt_util.utc_from_timestamp(alert.raised or alert.since).isoformat(
                timespec="seconds"
            ),
            "facts": dict(alert.facts),
        }

    async def async_told(self) -> list[dict[str, Any]]:
        """Return the alerts that last, in words, the newest first."""
        words = await async_words(self._hass)
        return [
            self._event(each)
            | {
                "message": message(words, each, self._currency),
                "title": title(words, each),
                "acknowledged": each.acknowledged,
                "muted": each.muted,
            }
            for each in self.active
        ]

    async def _async_changed(self) -> None:
        async_dispatcher_send(self._hass, SIGNAL.format(self._entry_id))
        await self._async_save()

    async def _async_save(self) -> None:
        kept = Kept(self._book, self._unusual.usual, self._watched)
        try:
            await self._file.async_write({"kept": encode(kept)})
        except UnwrittenError as err:
            LOGGER.warning("Alerts of %s could not be kept: %s", self._home.name, err)
