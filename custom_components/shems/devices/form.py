"""Forms: fields of a device, what they offer and how they are checked."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import probatio as vol
from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT
from homeassistant.core import HomeAssistant, valid_entity_id
from homeassistant.data_entry_flow import section
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import (
    BooleanSelector,
    EntitySelector,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    ObjectSelector,
    ObjectSelectorField,
    SelectSelector,
    SelectSelectorMode,
    StatisticSelector,
)

from ..convert import POWER_UNITS, energy_kwh, percent_of, power_kw
from ..core.units import InputError

type Data = Mapping[str, Any]
type Errors = dict[str, str]
type Fields = dict[vol.Marker, Any]

MEASURES: Final = ["sensor", "input_number"]


@dataclass(frozen=True)
class Form:
    """One page of a device's form.

    Attributes:
        step: id of the step, and with it of its texts.
        fields: the page's fields; the later ones may depend on what was given before.
        check: says what is wrong with the input: field → error.
        test: tries what was entered; raises SourceError where it does not work.
    """

    step: str
    fields: Callable[[HomeAssistant, Data], Fields]
    check: Callable[[HomeAssistant, Data], Errors]
    test: Callable[[HomeAssistant, Data], Awaitable[None]] | None = None

    def schema(self, hass: HomeAssistant, data: Data) -> vol.Schema:
        """Return the page's schema."""
        return vol.Schema(self.fields(hass, data))

    def keys(self, hass: HomeAssistant, data: Data) -> set[str]:
        """Return the names of the fields, those inside sections too."""
        names: set[str] = set()
        for marker, value in self.fields(hass, data).items():
            inside = value.schema.schema if isinstance(value, section) else (marker,)
            names.update(str(each) for each in inside)
        return names

    def flat(self, user_input: Data) -> dict[str, Any]:
        """Return input without its sections."""
        data: dict[str, Any] = {}
        for key, value in user_input.items():
            data.update(value if isinstance(value, Mapping) else {key: value})
        return data

    def nested(self, hass: HomeAssistant, data: Data) -> dict[str, Any]:
        """Return data in the shape of the form, as suggestions."""
        shaped: dict[str, Any] = {}
        for marker, value in self.fields(hass, data).items():
            if isinstance(value, section):
                inside = value.schema.schema
                shaped[str(marker)] = {
                    str(each): data[str(each)] for each in inside if data.get(str(each)) is not None
                }
            elif data.get(str(marker)) is not None:
                shaped[str(marker)] = data[str(marker)]
        return shaped


def powers(*, multiple: bool = False) -> EntitySelector:
    """Make a selector of power meters."""
    return EntitySelector(
        {
            "domain": MEASURES,
            "filter": [{"domain": MEASURES, "unit_of_measurement": POWER_UNITS}],
            "multiple": multiple,
        }
    )


def percentages() -> EntitySelector:
    """Make a selector of measures in percent."""
    return EntitySelector(
        {
            "domain": MEASURES,
            "filter": [{"domain": MEASURES, "unit_of_measurement": "%"}],
        }
    )


def meters(*, multiple: bool = False) -> StatisticSelector:
    """Make a selector of energy meters, external statistics among them."""
    return StatisticSelector({"multiple": multiple})


def entities(*domains: str) -> EntitySelector:
    """Make a selector of entities of some domains."""
    return EntitySelector({"domain": list(domains)})


def number(
    unit: str | None, *, lowest: float = 0.0, highest: float = 1e6, step: float | None = None
) -> NumberSelector:
    """Make a number to type in."""
    config = NumberSelectorConfig(
        min=lowest, max=highest, step=step or "any", mode=NumberSelectorMode.BOX
    )
    if unit:
        config["unit_of_measurement"] = unit
    return NumberSelector(config)


def asked(key: str, usual: float) -> vol.Marker:
    """Make the key of a number that has to be known, with a usual one to begin with.

    Home Assistant would show the lowest that is allowed.
    """
    return vol.Required(key, description={"suggested_value": usual})


def percent() -> NumberSelector:
    """Make a slider from 0 to 100 %."""
    return NumberSelector(
        {
            "min": 0,
            "max": 100,
            "step": 1,
            "unit_of_measurement": "%",
            "mode": NumberSelectorMode.SLIDER,
        }
    )


def choice(options: Iterable[str], translation_key: str) -> SelectSelector:
    """Make a choice of one."""
    return SelectSelector(
        {
            "options": list(options),
            "mode": SelectSelectorMode.DROPDOWN,
            "translation_key": translation_key,
        }
    )


def wired() -> SelectSelector:
    """Make a choice of the only phase of what has one."""
    return choice(("1", "2", "3"), "phase")


COOLS: Final = "cools"
"""Field that says whether a device keeps food cold: what none may miss when it is off."""


def yes_or_no() -> BooleanSelector:
    """Make a switch."""
    return BooleanSelector()


def table(translation_key: str, required: Mapping[str, Any], **more: Any) -> ObjectSelector:
    """Make a list of rows, each with fields to fill in."""
    fields: dict[str, ObjectSelectorField] = {
        key: {"selector": each, "required": True} for key, each in required.items()
    }
    fields |= {key: {"selector": each} for key, each in more.items()}
    return ObjectSelector(
        {
            "fields": fields,
            "multiple": True,
            "label_field": next(iter(fields)),
            "translation_key": translation_key,
        }
    )


def unit_of(hass: HomeAssistant, entity_id: str) -> str | None:
    """Return an entity's unit, from its state or, while it is unavailable, the registry."""
    state = hass.states.get(entity_id)
    if state is not None and (unit := state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)):
        return str(unit)
    entry = er.async_get(hass).async_get(entity_id)
    return entry.unit_of_measurement if entry else None


def known(hass: HomeAssistant, entity_id: str) -> bool:
    """Return whether an entity exists."""
    return (
        hass.states.get(entity_id) is not None
        or er.async_get(hass).async_get(entity_id) is not None
    )


def _listed(data: Data, key: str) -> list[str]:
    value = data.get(key)
    return [value] if isinstance(value, str) else list(value or ())


def check_units(
    hass: HomeAssistant,
    data: Data,
    keys: Iterable[str],
    convert: Callable[[float, str | None], float],
    error: str,
) -> Errors:
    """Return an error for each field whose entity is absent or in another kind of unit."""
    errors: Errors = {}
    for key in keys:
        for entity_id in _listed(data, key):
            if not known(hass, entity_id):
                errors[key] = "entity_not_found"
                continue
            try:
                convert(1.0, unit_of(hass, entity_id))
            except InputError:
                errors[key] = error
    return errors


def check_powers(hass: HomeAssistant, data: Data, *keys: str) -> Errors:
    """Return an error for each field that holds no power meter."""
    return check_units(hass, data, keys, power_kw, "not_power")


def check_meters(hass: HomeAssistant, data: Data, *keys: str) -> Errors:
    """Return an error for each field that holds no energy meter.

    External statistics have no entity and are taken as they are.
    """
    own = {key: [each for each in _listed(data, key) if valid_entity_id(each)] for key in keys}
    return check_units(hass, own, keys, energy_kwh, "not_energy")


def check_percentages(hass: HomeAssistant, data: Data, *keys: str) -> Errors:
    """Return an error for each field that holds no measure in percent."""
    return check_units(hass, data, keys, percent_of, "not_percent")


def has_counter(data: Data, key: str) -> bool:
    """Return whether a field has a counter that shows what it counts, as statistics do not."""
    return any(valid_entity_id(each) for each in _listed(data, key))


def check_seen(data: Data) -> Errors:
    """Return an error where neither a power nor a counter is there to tell what flows."""
    seen = data.get("power") or has_counter(data, "energy")
    return {} if seen else {"power": "meter_missing"}


def check_known(hass: HomeAssistant, data: Data, *keys: str) -> Errors:
    """Return an error for each field whose entity does not exist."""
    return {
        key: "entity_not_found"
        for key in keys
        for entity_id in _listed(data, key)
        if not known(hass, entity_id)
    }


def check_distinct(data: Data, *keys: str) -> Errors:
    """Return an error for each field whose entity stands in an earlier one too."""
    seen: set[str] = set()
    errors: Errors = {}
    for key in keys:
        for entity_id in _listed(data, key):
            if entity_id in seen:
                errors[key] = "same_entity"
            seen.add(entity_id)
    return errors
