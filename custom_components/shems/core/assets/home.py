"""A home: everything that exists behind one connection."""

from dataclasses import dataclass, field

from .battery import Battery
from .connection import Connection
from .load import Load
from .solar import Solar


@dataclass(frozen=True)
class Home:
    """A home with any number of each kind of asset."""

    connection: Connection = field(default_factory=Connection)
    solar: tuple[Solar, ...] = ()
    batteries: tuple[Battery, ...] = ()
    loads: tuple[Load, ...] = ()

    def battery(self, device_id: str) -> Battery | None:
        """Return the battery with this identity, None where there is none."""
        return next((each for each in self.batteries if each.id == device_id), None)
