"""The form of a community's rules: what its members agree on, in cents as people speak of them."""

from collections.abc import Mapping
from typing import Any, Final

import probatio as vol
from homeassistant.helpers.selector import BooleanSelector, TextSelector

from ..core.market.rules import CT, PROFILES, Profile, Rules
from ..devices.form import choice, number

COUNTRIES: Final = tuple(each.country for each in PROFILES.values() if each.enabled)
MODES: Final = ("sharing", "p2p")
PRICES: Final = ("price", "fee", "feed_in", "import_price")
MINUTES: Final = ("5", "15", "30", "60")
"""Lengths of a slot that whole slots of the ledger make up."""
_MOST_CT: Final = 1000.0


def schema(country: str) -> vol.Schema:
    """Return the fields; what a country leaves no choice of is not asked."""
    profile = PROFILES[country]
    cents = number("ct/kWh", lowest=-_MOST_CT, highest=_MOST_CT, step=0.01)
    fields: dict[vol.Marker, Any] = {vol.Required("mode"): choice(MODES, "community_mode")}
    if len(profile.keys) > 1:
        fields[vol.Required("key")] = choice(profile.keys, "community_key")
    fields |= {vol.Required(each): cents for each in PRICES}
    fields[vol.Required("minutes")] = choice(MINUTES, "community_minutes")
    if profile.binding:
        fields[vol.Required("binding", default=False)] = BooleanSelector()
    fields[vol.Optional("legal_basis")] = TextSelector()
    return vol.Schema(fields)


def usual(country: str) -> dict[str, Any]:
    """Return what the form begins with in a country."""
    profile: Profile = PROFILES[country]
    return {
        "mode": MODES[0],
        "key": profile.keys[0],
        "minutes": str(profile.interval_s // 60),
        "binding": profile.binding,
        "legal_basis": "",
        **{each: getattr(profile, each) / CT for each in PRICES},
    }


def entered(rules: Rules) -> dict[str, Any]:
    """Return rules as the form shows them."""
    return {
        "mode": rules.mode,
        "key": rules.key,
        "minutes": str(rules.interval_s // 60),
        "binding": rules.binding,
        "legal_basis": rules.legal_basis,
        **{each: getattr(rules, each) / CT for each in PRICES},
    }


def changes(user_input: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was entered as fields of `Rules`."""
    found: dict[str, Any] = {
        each: round(float(user_input[each]) * CT) for each in PRICES if each in user_input
    }
    found |= {each: user_input[each] for each in ("mode", "key", "binding") if each in user_input}
    found["legal_basis"] = str(user_input.get("legal_basis", "")).strip()
    found["interval_s"] = int(user_input["minutes"]) * 60
    return found


def made(country: str, currency: str, user_input: Mapping[str, Any]) -> Rules:
    """Return the rules that were entered; a cent is the hundredth of the currency.

    Raises:
        InputError: they cannot be.
    """
    return Rules.of(country, currency=currency, **changes(user_input))
