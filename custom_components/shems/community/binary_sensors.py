"""Whether a community can be reached."""

from typing import Any, Final, override

from homeassistant.components.binary_sensor import (
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.const import EntityCategory

from .entity import CommunityEntity

CONNECTION: Final = BinarySensorEntityDescription(
    key="community_connection",
    translation_key="community_connection",
    device_class=BinarySensorDeviceClass.CONNECTIVITY,
    entity_category=EntityCategory.DIAGNOSTIC,
)


class ConnectionSensor(CommunityEntity, BinarySensorEntity):
    """On while messages can be sent and received."""

    @property
    @override
    def is_on(self) -> bool:
        """Return whether they can."""
        return self.view.connection == "connected"

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """Return whether there is an mqtt integration at all."""
        return {"mqtt": self.view.connection != "unavailable"}
