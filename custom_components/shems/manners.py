"""Manners: how soon, how exactly and how willingly a simulated device answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import probatio as vol
from homeassistant.helpers import config_validation as cv

MOST_LATENCY_S: Final = 60.0


class Refusal(StrEnum):
    """What a device does with a command."""

    NONE = "none"
    """It obeys."""
    IGNORE = "ignore"
    """It takes the command and goes on as before."""
    ERROR = "error"
    """It answers with an error."""


@dataclass(frozen=True)
class Manners:
    """The manners of one device.

    Attributes:
        latency_s: 0 answers at once; otherwise a command works after this time, and an
            inverter is read and told something no more often than this.
        rounding_w: step in which it shows powers.
        refusal: what it does with a command.
        reverts_after_s: after a command it goes back to its own ways so much later, 0 never.
    """

    latency_s: float = 0.0
    rounding_w: float = 1.0
    refusal: Refusal = Refusal.NONE
    reverts_after_s: float = 0.0


POLITE: Final = Manners()
_POLLED: Final = Manners(latency_s=5.0)
_USUAL: Final = dict.fromkeys(("battery", "plug_battery", "solar"), _POLLED)

FIELDS: Final = {
    vol.Optional("latency"): vol.All(vol.Coerce(float), vol.Range(0, MOST_LATENCY_S)),
    vol.Optional("rounding"): vol.All(vol.Coerce(float), vol.Range(0, 1000)),
    vol.Optional("refusal"): vol.Coerce(Refusal),
    vol.Optional("reverts_after"): vol.All(vol.Coerce(float), vol.Range(0, 86400)),
}
_SCHEMA: Final = vol.Schema({cv.string: vol.Schema(FIELDS)})


def all_manners(options: Mapping[str, Any]) -> dict[str, Manners]:
    """Return the manners of the devices that have some, from an entry's options.

    Raises:
        vol.Invalid: a field is unknown or out of its range.
    """
    manners = dict(_USUAL)
    for device, fields in _SCHEMA(dict(options.get("manners", {}))).items():
        manners[device] = changed(manners.get(device, POLITE), fields)
    return manners


def changed(manners: Manners, fields: Mapping[str, Any]) -> Manners:
    """Return manners with the fields that are given."""
    return Manners(
        latency_s=fields.get("latency", manners.latency_s),
        rounding_w=fields.get("rounding", manners.rounding_w),
        refusal=fields.get("refusal", manners.refusal),
        reverts_after_s=fields.get("reverts_after", manners.reverts_after_s),
    )
