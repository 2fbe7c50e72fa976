"""What a node hands its transport to send, and what it tells its user."""

from dataclasses import dataclass

__all__ = ["Event", "Outgoing"]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Describe one MQTT message to publish; `expiry_s` None is for ever."""

    topic: str
    payload: bytes
    qos: int = 1
    retain: bool = False
    expiry_s: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Tell something that happened: a code, when (epoch s), whom and which slot it concerns."""

    code: str
    at: float
    hid: str = ""
    slot: int = 0
    value: float = 0.0
