"""What all entities of a community have in common."""

from typing import override

from homeassistant.helpers.entity import Entity, EntityDescription

from .runtime import Community, community_info
from .view import View


class CommunityEntity(Entity):
    """An entity of a community; it stays where neither mqtt nor neighbours are there."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(self, community: Community, description: EntityDescription) -> None:
        """Name the entity after its description."""
        self.community = community
        self.entity_description = description
        self._attr_unique_id = f"{community.entry.entry_id}_{description.key}"
        self._attr_device_info = community_info(community)

    @property
    def view(self) -> View:
        """What the community looks like now."""
        return self.community.shown.view

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the community."""
        await super().async_added_to_hass()
        self.async_on_remove(self.community.shown.async_listen(self.async_write_ha_state))
