"""What an entry of a community holds."""

from typing import Final

CID: Final = "cid"
"""Name of the community on the wire: what its topics begin with."""
HID: Final = "hid"
"""Own name on the wire, once there are keys: it tells whether they are still the same."""
HOME: Final = "home"
"""Entry of the home that takes part; None for an organiser without one."""
INTERVAL: Final = "interval_s"
"""Length of a slot when the home was invited."""
INVITATION: Final = "invitation"
"""Text of the invitation, of who was invited."""
LABEL: Final = "label"
"""What the organiser is to call the home."""
ORGANISER: Final = "organiser"
"""Whether the community is run from here."""
PURPOSES: Final = "purposes"
"""What the home agreed that its data is used for when it joined."""
RULES: Final = "rules"
"""What a new community begins with; afterwards its roster has the rules."""


def unique_id(cid: str, home: str | None) -> str:
    """Return what keeps a home, or an organiser without one, from being in a community twice."""
    return f"{cid}_{home or ORGANISER}"
