"""The record of what was done with a home's data: exports, erasures, consents.

It tells when and by whom, and counts; nothing that was measured. It outlives an erasure,
for it is its proof.
"""

from typing import Any, Final

from homeassistant.core import HomeAssistant

from ..files import HomeFile

_KEPT: Final = 1000
"""Entries; an export a day makes this three years."""


class PrivacyRecord:
    """Reads and writes the record of one home."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Name the file."""
        self._file = HomeFile(hass, entry_id, "privacy")

    async def async_entries(self) -> list[dict[str, Any]]:
        """Return what was done, the oldest first."""
        return await self._file.async_read(lambda data: list(data["entries"])) or []

    async def async_erased(self, part: str) -> list[tuple[float, float]]:
        """Return the times of which a part was erased, each from and until, epoch seconds.

        Who makes something anew from what others recorded leaves these out.
        """
        return [
            (
                -float("inf") if each["start"] is None else each["start"],
                each["at"] if each["end"] is None else each["end"],
            )
            for each in await self.async_entries()
            if each["what"] == "erased" and part in each["parts"]
        ]

    async def async_note(self, what: str, at: float, user_id: str | None, **details: Any) -> None:
        """Add an entry.

        Args:
            what: `exported`, `erased`, or `consented` where data is to leave the home.
            at: epoch seconds.
            user_id: who asked; None where it was an automation or SHEMS itself.
            details: counts and names of parts.
        """
        entry = {"what": what, "at": at, "user_id": user_id, **details}
        entries = [*await self.async_entries(), entry][-_KEPT:]
        await self._file.async_save({"entries": entries})
