"""What a device's settings were before SHEMS took it over, and how they are returned."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from .action import Action, Expect
from .device import Device
from .setpoint import set_number
from .thermostat import SHOWN_K, set_mode, set_preset

_SETPOINTS: Final = ("power_number", "charge_number", "discharge_number")
"""Of a battery that is told a power by numbers: they have a value at which it decides itself."""
_LIMITS: Final = (*_SETPOINTS, "limit_number", "min_soc_number", "target_soc_number")
_DEGREES: Final = "temperature_number"
_NO_PRESET: Final = (None, "none")


@dataclass(frozen=True)
class Before:
    """What an entity showed when its device was taken over.

    Attributes:
        state: its state: a number, an option, the mode of a thermostat.
        temperature: that a thermostat was set to, in its own unit; None where it shows none.
        preset: of a thermostat; None where it has none.
        left: what it showed when somebody else took the device from SHEMS; None while that
            has not happened. While it still shows that, it is as SHEMS left it, and what
            stood before holds on.
    """

    state: str
    temperature: float | None = None
    preset: str | None = None
    left: str | None = None

    @property
    def shown(self) -> str:
        """All of it in a word, to be compared."""
        return f"{self.state} {self.temperature} {self.preset}"


def settings_of(device: Device) -> frozenset[str]:
    """Return the entities of a device whose settings it gets back as they were.

    Not those of which its form says what they are to be without SHEMS.
    """
    told = device.data
    keys = {*_LIMITS, _DEGREES, "thermostat"}
    if told.get("control") == "number":
        keys -= {*_SETPOINTS}
    if told.get("limit_released") is not None:
        keys -= {"limit_number"}
    if told.get("released_c") is not None:
        keys -= {_DEGREES}
    return frozenset(entity for key in keys for entity in device.entities(key))


def returned(
    device: Device, made: tuple[Action, ...], before: Mapping[str, Before]
) -> tuple[Action, ...]:
    """Return what gives a device back, with its settings as they were in place of its form's.

    Numbers stay in the order of what they replace. A thermostat's temperature comes before its
    mode, a preset, which brings its own, after it.

    Args:
        device: the device.
        made: what gives it back by its form.
        before: what stood, by entity.
    """
    numbers = {
        entity_id: set_number(entity_id, value, device.range_of(entity_id))
        for entity_id in sorted(settings_of(device) & before.keys())
        if entity_id != device.entity("thermostat")
        and (value := _number(before[entity_id].state)) is not None
    }
    kept = [_in_place(each, numbers) for each in made]
    written = {each.entity_id for each in kept if not each.steps}
    others = [each for entity_id, each in numbers.items() if entity_id not in written]
    thermostat = device.entity("thermostat")
    if thermostat is None or thermostat not in before:
        return (*kept, *others)
    stood = before[thermostat]
    return (
        *_warmth(device, thermostat, stood),
        *kept,
        *others,
        *_preset(device, thermostat, stood),
    )


def _in_place(action: Action, numbers: Mapping[str, Action]) -> Action:
    return action if action.steps else numbers.get(action.entity_id, action)


def _number(state: str) -> float | None:
    try:
        return float(state)
    except ValueError:
        return None


def _warmth(device: Device, entity_id: str, stood: Before) -> Iterator[Action]:
    """Yield the temperature that a thermostat kept, or else the mode that it was in.

    A mode that SHEMS has changed has a temperature of its own, or none.
    """
    told = device.data
    if any(told.get(key) is not None for key in ("released_mode", "released_preset", "released_c")):
        return
    if stood.state != (told.get("driven_mode") or stood.state) or told.get("resting_mode"):
        yield from set_mode(entity_id, stood.state)
    elif stood.temperature is not None and stood.preset in _NO_PRESET:
        data = {"entity_id": entity_id, "temperature": stood.temperature}
        tolerance = max(SHOWN_K, device.range_of(entity_id).step / 2)
        shown = Expect(entity_id, stood.temperature, tolerance, "temperature")
        yield Action(entity_id.partition(".")[0], "set_temperature", data, shown)


def _preset(device: Device, entity_id: str, stood: Before) -> Iterator[Action]:
    """Yield the preset that a thermostat was in; to leave one, it must have been without."""
    told = device.data
    driven = any(told.get(key) for key in ("driven_preset", "resting_preset"))
    own = told.get("released_preset") or told.get("released_mode")
    if stood.preset is not None and not own and (driven or stood.preset not in _NO_PRESET):
        yield set_preset(entity_id, stood.preset)
