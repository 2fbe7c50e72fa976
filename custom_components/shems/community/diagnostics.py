"""Diagnostics of a community: how it runs, without keys, names, neighbours or volumes."""

from collections import Counter
from typing import Any, Final

from homeassistant.const import __version__

from .runtime import Community

_TOLD: Final = frozenset({"kind", "organiser", "purposes"})
"""Of the entry: the rest names the community or lets others join it."""


def community_diagnostics(community: Community) -> dict[str, Any]:
    """Return what helps to find a fault."""
    view = community.shown.view
    roster = community.roster
    return {
        "home_assistant": __version__,
        "entry": {key: each for key, each in community.entry.data.items() if key in _TOLD},
        "takes_part": community.entry.data.get("home") is not None,
        "connection": view.connection,
        "epoch": None if roster is None else roster.epoch,
        "roles": {} if roster is None else dict(Counter(each.role for each in roster.members)),
        "rules": None if roster is None else roster.rules.to_json(),
        "online": view.online,
        "rejected": None if view.rejected is None else dict(view.rejected),
        "outlook_age_s": view.outlook_age_s,
        "outlook_slots": None if view.outlook is None else len(view.outlook.need_wh),
        "ledger_lag_s": view.ledger_lag_s,
        "slot": view.slot and {"start": view.slot.start, "state": view.slot.state},
        "slots": {
            name: {"provisional": each.provisional, "final": each.final, "void": each.void}
            for name, each in view.spans.items()
        },
    }
