"""Presets: forms of devices, filled in with what well-known hardware brings.

What is proposed is only a beginning: everything stands in the form and can be changed there.
"""

import re
from dataclasses import dataclass
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er

from .arrays import ARRAYS
from .batteries import BATTERIES
from .chargers import CHARGERS
from .filling import around, filled
from .heat_pumps import HEAT_PUMPS
from .plugs import PLUG
from .preset import Preset

PRESETS: Final[tuple[Preset, ...]] = (
    *BATTERIES,
    *CHARGERS,
    *HEAT_PUMPS,
    *ARRAYS,
    PLUG,
)
"""Every preset; where several fit a device, the first of a kind is proposed."""


@dataclass(frozen=True)
class Proposal:
    """A device of which a form can be filled in.

    Attributes:
        preset: the key of the preset.
        kind: one of the kinds of devices.
        name: what the household calls it.
        data: fields of its form, flat.
        device_id: in the device registry; None where its entities belong to no device.
    """

    preset: str
    kind: str
    name: str
    data: dict[str, Any]
    device_id: str | None


def proposed(hass: HomeAssistant, device_id: str, kind: str | None = None) -> tuple[Proposal, ...]:
    """Return what a device of the registry can be, at most one proposal for each kind.

    Args:
        hass: where the registries are.
        device_id: in the device registry.
        kind: only this kind of device; without one, what each preset proposes unasked.
    """
    device = dr.async_get(hass).async_get(device_id)
    if device is None:
        return ()
    entries = er.async_entries_for_device(er.async_get(hass), device_id)
    # The sockets of a strip are devices without a maker of their own.
    maker = (device.manufacturer if isinstance(device, dr.DeviceEntry) else None) or ""
    proposals: dict[str, Proposal] = {}
    for preset in PRESETS:
        wanted = _wanted(preset, kind)
        known = re.match(preset.makers, maker, re.IGNORECASE)
        if preset.deviceless or wanted is None or wanted in proposals or not known:
            continue
        own = [each for each in entries if preset.takes(each)]
        data = filled(hass, preset, own, around(hass, preset, own), device_id)
        if data is not None:
            name = device.name_by_user or device.name or preset.key
            proposals[wanted] = Proposal(preset.key, wanted, name, data, device_id)
    return tuple(proposals.values())


def found(hass: HomeAssistant, kind: str | None = None) -> tuple[Proposal, ...]:
    """Return what is recognised among all devices, and among entities without one."""
    devices = tuple(each.id for each in dr.async_get(hass).devices)
    recognised = [each for device_id in devices for each in proposed(hass, device_id, kind)]
    for preset in PRESETS:
        wanted = _wanted(preset, kind)
        if not preset.deviceless or wanted is None:
            continue
        own = [
            each
            for each in er.async_get(hass).entities.values()
            if preset.takes(each) and not each.device_id and not each.disabled
        ]
        if (data := filled(hass, preset, own, own, None)) is not None:
            recognised.append(Proposal(preset.key, wanted, preset.key.title(), data, None))
    return tuple(recognised)


def _wanted(preset: Preset, kind: str | None) -> str | None:
    """Return the kind that a preset is to propose, None where it cannot."""
    wanted = preset.kinds[0] if kind is None else kind
    return wanted if wanted in preset.kinds else None
