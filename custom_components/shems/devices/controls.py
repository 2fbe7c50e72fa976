"""Which entities a device is driven by, as its form says."""

from collections.abc import Mapping
from typing import Any, Final

from .action import targets

_CONTROLS: Final = frozenset(
    {
        "button",
        "charge_number",
        "charge_switch",
        "discharge_number",
        "discharge_switch",
        "enable",
        "force_charge_switch",
        "force_discharge_switch",
        "grid_charge_switch",
        "limit_enable",
        "limit_number",
        "limit_switch",
        "min_soc_number",
        "mode_select",
        "power_number",
        "pause_switch",
        "remote_switch",
        "sg_1",
        "sg_2",
        "start_button",
        "stop_button",
        "switch",
        "target_soc_number",
        "temperature_number",
        "thermostat",
    }
)
"""Fields of all forms whose entities are written to."""


def controlled(data: Mapping[str, Any]) -> frozenset[str]:
    """Return the entities that the fields of a form let SHEMS write to.

    It knows no states: what is not there yet when Home Assistant starts is driven later.
    """
    if data.get("control") == "none":
        return frozenset()
    named = (each for key in _CONTROLS if isinstance(each := data.get(key), str) and each)
    return frozenset({*named, *targets(data.get("sequence") or ())})


def without_controls(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a device that is only measured."""
    kept = {key: each for key, each in data.items() if key not in {*_CONTROLS, "sequence"}}
    return kept | {"control": "none"} if "control" in data else kept
