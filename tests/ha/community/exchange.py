"""A broker in the place of Home Assistant's mqtt client: what is sent arrives at once."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from homeassistant.components import mqtt
from homeassistant.components.mqtt import client
from homeassistant.components.mqtt.models import ReceiveMessage
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from pytest_homeassistant_custom_component.common import MockConfigEntry

type Heard = Callable[[ReceiveMessage], None]


class Exchange:
    """Delivers to all who subscribed, and what is retained to who subscribes later.

    Attributes:
        connected: whether the broker can be reached.
        deaf: the broker takes nothing, though it can be reached.
        old: it speaks an older protocol, which knows no expiry.
        refusing: it finds fault with everything.
        sent: every message: topic and payload.
        retained: payload by topic.
        heard: who listens: what they subscribed to, and what takes a message.
    """

    def __init__(self, hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
        """Stand where Home Assistant's client would be, with its integration loaded."""
        self._hass = hass
        self.connected = True
        self.deaf = self.old = self.refusing = False
        self.sent: list[tuple[str, bytes]] = []
        self.retained: dict[str, bytes] = {}
        self.heard: list[tuple[str, Heard]] = []
        self._told: list[Callable[[bool], None]] = []
        self.entry = MockConfigEntry(domain="mqtt")
        self.entry.add_to_hass(hass)
        self.entry.mock_state(hass, ConfigEntryState.LOADED)
        monkeypatch.setattr(client, "async_subscribe", self._subscribe)
        monkeypatch.setattr(client, "async_publish", self._publish)
        monkeypatch.setattr(mqtt, "is_connected", lambda _hass: self.connected)
        monkeypatch.setattr(mqtt, "async_subscribe_connection_status", self._follow)

    async def _subscribe(
        self, _hass: HomeAssistant, topic: str, heard: Heard, _qos: int, _encoding: str | None
    ) -> Callable[[], None]:
        each = (topic, heard)
        self.heard.append(each)
        self._deliver(each)
        return lambda: self.heard.remove(each)

    async def _publish(
        self,
        _hass: HomeAssistant,
        topic: str,
        payload: bytes,
        _qos: int,
        retain: bool,
        _encoding: str | None,
        message_expiry_interval: int | None,
    ) -> None:
        if self.refusing or (self.old and message_expiry_interval is not None):
            raise ServiceValidationError("not like this")
        if self.deaf:
            raise HomeAssistantError("nobody takes it")
        self.tell(topic, payload, retain=retain)

    def _follow(self, _hass: HomeAssistant, told: Callable[[bool], None]) -> Callable[[], None]:
        self._told.append(told)
        return lambda: self._told.remove(told)

    @callback
    def tell(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        """Deliver a message, whoever it is of."""
        self.sent.append((topic, payload))
        if retain:
            self.retained[topic] = payload
        for subscribed, heard in tuple(self.heard):
            if _matches(subscribed, topic):
                heard(ReceiveMessage(topic, payload, 1, False, subscribed, time.monotonic()))

    @callback
    def connect(self, connected: bool) -> None:
        """Let the connection break, or come back."""
        self.connected = connected
        for each in tuple(self._told):
            each(connected)
        if connected:
            for one in tuple(self.heard):
                self._deliver(one)

    @callback
    def load(self, loaded: bool) -> None:
        """Load the mqtt integration, or unload it."""
        states = (
            (ConfigEntryState.SETUP_IN_PROGRESS, ConfigEntryState.LOADED)
            if loaded
            else (ConfigEntryState.UNLOAD_IN_PROGRESS, ConfigEntryState.NOT_LOADED)
        )
        for each in states:
            self.entry.mock_state(self._hass, each)

    def topics(self, kind: str) -> list[str]:
        """Return the topics of a kind to which anything was published."""
        return [topic for topic, _ in self.sent if topic.endswith(f"/{kind}")]

    def _deliver(self, one: tuple[str, Heard]) -> None:
        subscribed, heard = one
        for topic, payload in tuple(self.retained.items()):
            if _matches(subscribed, topic):
                message: Any = ReceiveMessage(topic, payload, 1, True, subscribed, 0.0)
                heard(message)


def _matches(pattern: str, topic: str) -> bool:
    wanted, found = pattern.split("/"), topic.split("/")
    if wanted[-1] == "#":
        return found[: len(wanted) - 1] == wanted[:-1]
    return len(wanted) == len(found) and all(
        one in ("+", other) for one, other in zip(wanted, found, strict=True)
    )
