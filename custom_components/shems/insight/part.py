"""What everything that looks back on a home has in common."""

from homeassistant.core import callback


class Part:
    """One thing that looks back; it runs for as long as its home does."""

    async def async_load(self) -> None:
        """Read what was kept; the home does not run yet."""

    @callback
    def async_start(self) -> None:
        """Begin; most go by the slots' clock alone."""

    async def async_stop(self) -> None:
        """End, with everything on disk that is to outlive the process."""

    async def async_on_slot(self, at: float) -> None:
        """Go on after a slot was closed and saved, epoch seconds."""
