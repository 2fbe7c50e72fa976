"""The keys of a member: made once, in a file that no other user of the machine reads."""

import base64
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store

from ..const import DOMAIN
from ..core.market.identity import Identity

_VERSION: Final = 1
PART: Final = "identity"
"""Of the names of an entry's files."""


class Keys:
    """Reads and writes the keys of one entry."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Name the file."""
        self._file: Store[dict[str, str]] = Store(
            hass, _VERSION, f"{DOMAIN}.{entry_id}.{PART}", private=True, atomic_writes=True
        )

    async def async_load(self) -> Identity | None:
        """Return the keys, None where there are none."""
        data = await self._file.async_load()
        return None if data is None else Identity.from_bytes(base64.b64decode(data["keys"]))

    async def async_make(self) -> Identity:
        """Make keys and return them once they are on disk."""
        identity = Identity.generate()
        keys = base64.b64encode(identity.to_bytes()).decode()
        await self._file.async_save({"keys": keys})
        return identity
