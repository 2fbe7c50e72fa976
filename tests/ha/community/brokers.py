"""A broker at the far side of Home Assistant's mqtt client: it keeps what is retained."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.util.hass_dict import HassKey
from pytest_homeassistant_custom_component.common import async_fire_mqtt_message

BROKER: HassKey[Broker] = HassKey("community_broker")


class Broker:
    """Delivers what is published, and what is retained to who subscribes later.

    Attributes:
        sent: every message as it was published: topic and payload.
        retained: payload by topic.
        deaf: nothing that is published arrives anywhere.
    """

    def __init__(self, hass: HomeAssistant, client: Any) -> None:
        """Stand behind the client of the test plugin."""
        self._hass = hass
        self.sent: list[tuple[str, bytes]] = []
        self.retained: dict[str, bytes] = {}
        self.deaf = False
        self._publish = client.publish.side_effect
        client.publish.side_effect = self.publish
        hass.data[BROKER] = self

    def publish(self, topic: str, payload: bytes, qos: int, retain: bool, *rest: Any) -> Any:
        """Take a message; a live one is delivered without the flag, as brokers do."""
        if self.deaf:
            return self._publish("nobody/hears", b"", 0, False)
        self.sent.append((topic, payload))
        if retain:
            self.retained[topic] = payload
        return self._publish(topic, payload, qos, False, *rest)

    def deliver(self) -> None:
        """Deliver what is retained; Home Assistant takes it once a subscription."""
        for topic, payload in tuple(self.retained.items()):
            async_fire_mqtt_message(self._hass, topic, payload, 1, retain=True)

    def topics(self, kind: str) -> list[str]:
        """Return the topics of a kind to which anything was published."""
        return [topic for topic, _ in self.sent if topic.endswith(f"/{kind}")]
