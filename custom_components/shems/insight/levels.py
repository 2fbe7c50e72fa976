"""Levels that an automation holds against what a home shows."""

from collections.abc import Mapping
from typing import Any, Final

import probatio as vol

from ..core.report.cheap import USUAL_SHARE
from ..core.report.surplus import USUAL_KW
from .moments import Look

POWER: Final = "power_kw"
MEASURE: Final = "measure"
EXPORTED: Final = "exported"
UNUSED: Final = "unused"

_SHARE: Final = "share"
_PERCENT: Final = 100.0

SHARE: Final[dict[vol.Marker, Any]] = {
    vol.Optional(_SHARE, default=_PERCENT * USUAL_SHARE): vol.All(
        vol.Coerce(float), vol.Range(1, _PERCENT)
    )
}
"""The field for how much of the day ahead may be cheaper."""
LEVELS: Final[dict[vol.Marker, Any]] = {
    vol.Optional(POWER, default=USUAL_KW): vol.All(vol.Coerce(float), vol.Range(0.05, 1000)),
    vol.Optional(MEASURE, default=EXPORTED): vol.In([EXPORTED, UNUSED]),
}
"""The fields for how much surplus is meant, and whether what batteries take counts as such."""


def share_of(options: Mapping[str, Any]) -> float:
    """Return the share of the day ahead that may be cheaper."""
    return float(options.get(_SHARE, _PERCENT * USUAL_SHARE)) / _PERCENT


def measured_kw(look: Look, options: Mapping[str, Any]) -> float | None:
    """Return the surplus that is meant, None where unknown."""
    return look.unused_kw if options.get(MEASURE) == UNUSED else look.exported_kw
