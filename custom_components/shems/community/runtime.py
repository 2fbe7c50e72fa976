"""A community as it runs: messages in and out, what a home gives it and gets from it."""

from collections.abc import Callable
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo

from ..const import DOMAIN
from ..coordinator import HomeCoordinator
from ..data import loaded_homes
from .peers import Peers
from .shown import Shown

HOME: Final = "home"
"""Field of an entry: the entry of the home that takes part; None for an organiser without one."""


class Community:
    """One home's, or one organiser's, part in a community.

    Attributes:
        hass: Home Assistant.
        entry: of the community.
        name: what its members call it.
        peers: the messages; `peers.connected` tells whether there are any.
        shown: what entities and cards show of it.
    """

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Know nothing yet; nothing runs before `async_start`."""
        self.hass = hass
        self.entry = entry
        self.name: str = entry.data["name"]
        self.peers = Peers(hass, self._heard, self._tell)
        self._listeners: list[Callable[[], None]] = []
        self.shown = Shown(self)

    @property
    def home(self) -> HomeCoordinator | None:
        """The home that takes part; None while it does not run, and where there is none."""
        wanted = self.entry.data.get(HOME)
        return next(
            (
                each.runtime_data.coordinator
                for each in loaded_homes(self.hass)
                if each.entry_id == wanted
            ),
            None,
        )

    async def async_load(self) -> None:
        """Read what was kept."""

    @callback
    def async_start(self) -> None:
        """Begin to take part."""
        self.peers.async_start(())

    async def async_stop(self) -> None:
        """End, with everything saved and nothing subscribed."""
        self.peers.async_stop()

    @callback
    def async_add_listener(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Have a function called after anything has changed; return how to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def _heard(self, topic: str, payload: bytes) -> None:
        """Take a message."""

    @callback
    def _tell(self) -> None:
        for each in tuple(self._listeners):
            each()


def community_info(community: Community) -> DeviceInfo:
    """Return the device that stands for a community."""
    return DeviceInfo(
        identifiers={(DOMAIN, community.entry.entry_id)},
        entry_type=DeviceEntryType.SERVICE,
        manufacturer="SHEMS",
        name=community.name,
    )
