"""A button of who runs a community."""

from typing import Final, override

from homeassistant.components.button import ButtonEntity, ButtonEntityDescription
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EntityCategory
from homeassistant.core import callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entity import CommunityEntity
from .entry import ORGANISER
from .runtime import Community

ANNOUNCE: Final = ButtonEntityDescription(
    key="community_announce",
    translation_key="community_announce",
    entity_category=EntityCategory.DIAGNOSTIC,
)


@callback
def async_add_buttons(entry: ConfigEntry[Community], add: AddConfigEntryEntitiesCallback) -> None:
    """Add the button where a community is run."""
    if entry.data.get(ORGANISER):
        add([AnnounceButton(entry.runtime_data, ANNOUNCE)])


class AnnounceButton(CommunityEntity, ButtonEntity):
    """Tell everybody again what a broker is to keep, in case it has lost that."""

    @override
    async def async_press(self) -> None:
        """Tell it."""
        await self.community.async_do(lambda parties, at: parties.connected(at))
