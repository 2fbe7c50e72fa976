"""What an entry of a community holds that was begun here."""

from typing import Any

from custom_components.shems.core.market.rules import Rules

CID = "aaaaaaaaaaaaaaaa"


def founded(name: str = "Our street", home: str | None = None, **more: Any) -> dict[str, Any]:
    """Return the data of an organiser's entry."""
    return {
        "kind": "community",
        "name": name,
        "cid": CID,
        "organiser": True,
        "home": home,
        "purposes": [] if home is None else ["sharing", "planning", "small_outlook"],
        "rules": Rules.of("AT").to_json(),
        **more,
    }
