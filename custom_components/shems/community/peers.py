"""Messages between neighbours, through Home Assistant's own mqtt integration.

It may be absent, reloaded or without its broker: what is subscribed follows it, and what
cannot be sent is told to who wanted to.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
    ConfigEntryState,
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.dispatcher import async_dispatcher_connect

from ..const import LOGGER

if TYPE_CHECKING:
    from homeassistant.components.mqtt.models import ReceiveMessage

MQTT: Final = "mqtt"
QOS: Final = 1
"""At least once: a message may come twice, which nodes notice, but none is lost."""


type Heard = Callable[[str, bytes], None]
"""Takes a topic and a payload."""


class Peers:
    """Subscribes to topics for as long as there is an mqtt integration, and publishes.

    Attributes:
        connected: the broker takes and gives messages.
    """

    def __init__(self, hass: HomeAssistant, heard: Heard, changed: Callable[[], None]) -> None:
        """Subscribe to nothing yet.

        Args:
            hass: Home Assistant.
            heard: takes each message.
            changed: is called whenever `connected` or `present` has changed.
        """
        self._hass = hass
        self._heard = heard
        self._changed = changed
        self._topics: tuple[str, ...] = ()
        self._watching: list[CALLBACK_TYPE] = []
        self._subscribed: list[CALLBACK_TYPE] = []
        self._told = (False, False)
        self._running = False
        self._expires = True
        self.connected = False

    @property
    def present(self) -> bool:
        """Whether the mqtt integration is set up and runs."""
        return self._entry is not None

    @property
    def _entry(self) -> ConfigEntry | None:
        """The entry of the mqtt integration while it is loaded; there is at most one."""
        entries = self._hass.config_entries.async_loaded_entries(MQTT)
        return entries[0] if entries else None

    @callback
    def async_start(self, topics: Sequence[str]) -> None:
        """Begin, with the topics to subscribe to."""
        self._topics, self._running = tuple(topics), True
        self._watching = [
            async_dispatcher_connect(self._hass, SIGNAL_CONFIG_ENTRY_CHANGED, self._on_entry),
        ]
        self._follow()

    @callback
    def async_subscribe(self, topics: Sequence[str]) -> None:
        """Subscribe to these topics in place of the earlier ones."""
        if tuple(topics) != self._topics:
            self._topics = tuple(topics)
            self._drop()
            self._follow()

    @callback
    def async_stop(self) -> None:
        """Leave nothing subscribed."""
        self._running = False
        for each in self._watching:
            each()
        self._watching.clear()
        self._drop()
        self.connected = False

    async def async_send(self, outgoing: Any) -> bool:
        """Publish a message; return whether the broker has it."""
        if not self.connected:
            return False
        # Imported here: a home without neighbours does without mqtt.
        from homeassistant.components.mqtt.client import (  # noqa: PLC0415  # As said.
            async_publish,
        )

        expiry = outgoing.expiry_s if self._expires else None
        message = (outgoing.topic, outgoing.payload, outgoing.qos, outgoing.retain, None)
        try:
            await async_publish(self._hass, *message, message_expiry_interval=expiry)
        except ServiceValidationError:
            # Older protocols know no expiry: what is retained stays until it is replaced.
            if expiry is None:
                return False
            self._expires = False
            return await self.async_send(outgoing)
        except HomeAssistantError as err:
            LOGGER.debug("A message to %s was not sent: %s", outgoing.topic, err)
            return False
        return True

    @callback
    def _on_entry(self, _: ConfigEntryChange, entry: ConfigEntry) -> None:
        if entry.domain != MQTT:
            return
        if entry.state is ConfigEntryState.UNLOAD_IN_PROGRESS:
            # Before it keeps them for its next start, where nobody could take them back.
            self._drop()
        self._follow()

    @callback
    def _on_connection(self, connected: bool) -> None:
        self.connected = connected
        self._tell()

    @callback
    def _follow(self) -> None:
        """Subscribe where that is possible and was not done yet."""
        if self._running and not self._subscribed and self.present:
            # Eager, and it never waits: done when this returns.
            self._hass.async_create_task(self._async_subscribe(), "shems neighbours")
        if not self.present:
            self._drop()
            self.connected = False
        self._tell()

    async def _async_subscribe(self) -> None:
        from homeassistant.components import mqtt  # noqa: PLC0415  # As in `async_send`.
        from homeassistant.components.mqtt.client import (  # noqa: PLC0415  # As there.
            async_subscribe,
        )

        self._expires = True
        self._subscribed.append(
            mqtt.async_subscribe_connection_status(self._hass, self._on_connection)
        )
        for each in self._topics:
            unsubscribe = await async_subscribe(self._hass, each, self._on_message, QOS, None)
            self._subscribed.append(unsubscribe)
        self.connected = mqtt.is_connected(self._hass)

    @callback
    def _on_message(self, message: ReceiveMessage) -> None:
        payload: Any = message.payload
        self._heard(message.topic, payload if isinstance(payload, bytes) else b"")

    @callback
    def _drop(self) -> None:
        for each in self._subscribed:
            each()
        self._subscribed.clear()

    @callback
    def _tell(self) -> None:
        now = (self.present, self.connected)
        if self._running and now != self._told:
            self._told = now
            self._changed()
