"""Where a battery's form and its past disagree grossly: a repair issue, with both."""

from typing import Final

import numpy as np
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from .const import DOMAIN
from .core.infer.posterior import Posterior, Verdict
from .devices import Device
from .inference import Inference
from .sources.configuration import Configuration

_LOW, _HIGH = 0.01, 0.99
_CAPACITY: Final = 0.25
"""Batteries hold up to a tenth less than they are sold with, and a tenth is kept from use."""
_ROUND_TRIP: Final = 0.1


@callback
def async_compare(hass: HomeAssistant, configuration: Configuration, inference: Inference) -> None:
    """Raise an issue for each battery whose past tells something else; clear the others."""
    for device in configuration.of_kind("battery"):
        posterior = inference.seen(f"battery:{device.id}")
        for code, found in _disagreeing(device, posterior).items():
            issue_id = f"{configuration.entry_id}_{code}_{device.id}"
            if found is None:
                ir.async_delete_issue(hass, DOMAIN, issue_id)
                continue
            told, low, high = found
            ir.async_create_issue(
                hass,
                DOMAIN,
                issue_id,
                is_fixable=False,
                is_persistent=True,  # The next look is tomorrow, whatever restarts until then.
                severity=ir.IssueSeverity.WARNING,
                translation_key=code,
                translation_placeholders={
                    "home": configuration.name,
                    "device": device.name,
                    "told": told,
                    "low": low,
                    "high": high,
                },
            )


def _disagreeing(
    device: Device, posterior: Posterior | None
) -> dict[str, tuple[str, str, str] | None]:
    """Return what the form says and between what it was found to lie; None where it fits.

    Only what is trusted speaks against a form.
    """
    found: dict[str, tuple[str, str, str] | None] = {
        "battery_capacity_differs": None,
        "battery_losses_differ": None,
    }
    if posterior is None or posterior.verdict is not Verdict.TRUSTED:
        return found
    told = device.number("capacity_kwh", 0.0)
    low, high = np.quantile(posterior.draw_of("capacity_kwh"), (_LOW, _HIGH))
    if told < low / (1 + _CAPACITY) or told > high * (1 + _CAPACITY):
        found["battery_capacity_differs"] = f"{told:.1f}", f"{low:.1f}", f"{high:.1f}"
    ways = (device.fraction(f"{each}_efficiency", 0.95) for each in ("charge", "discharge"))
    both = float(np.prod(list(ways)))
    low, high = np.quantile(posterior.draw_of("round_trip"), (_LOW, _HIGH))
    if both < low - _ROUND_TRIP or both > high + _ROUND_TRIP:
        found["battery_losses_differ"] = (
            f"{100 * both:.0f}",
            f"{100 * low:.0f}",
            f"{100 * high:.0f}",
        )
    return found
