"""A consumer that is measured and, where it has a switch, turned on and off by hand."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Load:
    """A consumer inside the home's load.

    Attributes:
        id: the device's identity, stable over renames.
        name: what the household calls it.
    """

    id: str
    name: str
