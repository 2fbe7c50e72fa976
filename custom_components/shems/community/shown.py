"""What is shown of a community, made anew when anything has changed and once a minute."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from .view import Connection, View

if TYPE_CHECKING:
    from .runtime import Community

EVERY: Final = timedelta(minutes=1)
"""Ages and the running slot move on while nobody says anything."""


class Shown:
    """Looks at a community for its entities and cards.

    Attributes:
        view: what was seen last.
    """

    def __init__(self, community: Community) -> None:
        """See what is there before anything runs."""
        self._community = community
        self._listeners: list[Callable[[], None]] = []
        self._ends: list[CALLBACK_TYPE] = []
        self.view = self._look()

    @callback
    def async_start(self) -> None:
        """Begin to follow the community."""
        self._ends = [
            self._community.async_add_listener(self.async_refresh),
            async_track_time_interval(self._community.hass, self._on_minute, EVERY),
        ]
        self.async_refresh()

    @callback
    def async_stop(self) -> None:
        """Leave it alone."""
        for each in self._ends:
            each()
        self._ends.clear()

    @callback
    def async_listen(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call the listener with every new view; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def async_refresh(self) -> None:
        """Look again, and tell who listens."""
        self.view = self._look()
        for each in tuple(self._listeners):
            each()

    @callback
    def _on_minute(self, _: datetime) -> None:
        self.async_refresh()

    def _look(self) -> View:
        return View(
            now=dt_util.utcnow().timestamp(),
            connection=self._connection,
            currency=self._community.hass.config.currency,
        )

    @property
    def _connection(self) -> Connection:
        peers = self._community.peers
        if not peers.present:
            return "unavailable"
        return "connected" if peers.connected else "disconnected"
