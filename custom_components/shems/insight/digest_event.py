"""The event entity of the digest."""

from typing import Any, Final, override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.core import callback

from ..coordinator import HomeCoordinator
from ..entity import HomeEntity
from .reports import RHYTHMS, Digest

_DIGEST: Final = EventEntityDescription(
    key="digest", translation_key="digest", event_types=[*RHYTHMS]
)
_TOLD: Final = ("start", "end", "currency", "coverage", "figures", "before", "text")
"""What the entity shows of what the bus is told: states are to be small."""


class DigestEvent(HomeEntity, EventEntity):
    """Tells the digest of a day or a week."""

    _unrecorded_attributes = frozenset({"before", "figures", "text"})

    def __init__(self, coordinator: HomeCoordinator) -> None:
        """Describe it."""
        super().__init__(coordinator, _DIGEST)

    @override
    async def async_added_to_hass(self) -> None:
        """Begin to listen."""
        await super().async_added_to_hass()
        self.async_on_remove(self.coordinator.insight.reports.async_listen(self._on_digest))

    @callback
    def _on_digest(self, digest: Digest) -> None:
        told: dict[str, Any] = {name: digest.facts[name] for name in _TOLD}
        self._trigger_event(digest.rhythm, told)
        self.async_write_ha_state()
