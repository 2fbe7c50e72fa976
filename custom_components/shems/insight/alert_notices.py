"""Notifications of alerts: to the household's own notify entities and to its phones.

A notify entity takes plain text. The companion app shows two buttons; what was pressed comes
back as an event of its own.
"""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from ..const import DOMAIN, LOGGER
from ..core.report.alerts.book import Alert
from ..core.report.alerts.kinds import HANDLING
from ..flows.words import Words, async_words
from .alert_settings import AlertSettings
from .alert_words import message, title

EVENT_PRESSED: Final = "mobile_app_notification_action"
ACKNOWLEDGE: Final = "ACKNOWLEDGE"
SNOOZE: Final = "SNOOZE"
_NOTIFY: Final = "notify"
_MARK: Final = "SHEMS"
_APART: Final = "|"
"""No key and no id has it."""
_CLEAR: Final = "clear_notification"


class Pressed(NamedTuple):
    """A button that was pressed: what it asks for, of which home and of which alert."""

    what: str
    entry_id: str
    key: str


def pressed(action: str) -> Pressed | None:
    """Return the button that an event of the companion app names, None where it is not ours."""
    parts = action.split(_APART)
    if len(parts) != 4 or parts[0] != _MARK or parts[1] not in (ACKNOWLEDGE, SNOOZE):
        return None
    return Pressed(*parts[1:])


class Notifier:
    """Sends what one home has to say."""

    def __init__(self, hass: HomeAssistant, entry_id: str, home: str, currency: str) -> None:
        """Know the home."""
        self._hass = hass
        self._entry_id = entry_id
        self._home = home
        self._currency = currency

    async def async_send(self, alerts: Iterable[Alert], settings: AlertSettings) -> None:
        """Tell alerts to everybody who is to know."""
        words = await async_words(self._hass)
        for alert in alerts:
            text = message(words, alert, self._currency)
            named = {"title": f"{self._home}: {title(words, alert)}", "message": text}
            for entity_id in settings.notify:
                await self._async_call("send_message", {"entity_id": entity_id, **named})
            for phone in settings.phones:
                await self._async_call(phone, {**named, "data": self._data(alert, words)})

    async def async_clear(self, alerts: Iterable[Alert], settings: AlertSettings) -> None:
        """Take alerts off the phones."""
        for alert in alerts:
            for phone in settings.phones:
                cleared = {"message": _CLEAR, "data": {"tag": self._tag(alert)}}
                await self._async_call(phone, cleared)

    def _tag(self, alert: Alert) -> str:
        return f"{DOMAIN}_{self._entry_id}_{alert.key}"

    def _data(self, alert: Alert, words: Words) -> dict[str, Any]:
        buttons = [
            {
                "action": _APART.join((_MARK, what, self._entry_id, alert.key)),
                "title": words.say(f"alert_button_{what.lower()}"),
            }
            for what in (ACKNOWLEDGE, SNOOZE)
        ]
        # A phone at rest shows at once only what is sent as urgent.
        urgent = {"ttl": 0, "priority": "high"} if HANDLING[alert.kind].urgent else {}
        return {"tag": self._tag(alert), "group": DOMAIN, "actions": buttons, **urgent}

    async def _async_call(self, action: str, data: dict[str, Any]) -> None:
        """Send one message; that of another is not held up by one that cannot be sent."""
        try:
            await self._hass.services.async_call(_NOTIFY, action, data, blocking=True)
        except HomeAssistantError as err:
            LOGGER.warning("%s could not be notified by %s: %s", self._home, action, err)
