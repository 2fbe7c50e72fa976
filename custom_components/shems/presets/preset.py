"""A preset: how well-known hardware is recognised, and what its entities are for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from homeassistant.helpers import entity_registry as er

_SEPARATORS: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Sign:
    """What an entity is recognised by.

    Attributes:
        domain: of the entity.
        names: a regular expression for how its translation key, its unique id, its entity id
            or its name ends, in lower case and with underscores.
        units: of which one must be its unit; any where there is none.
    """

    domain: str
    names: str
    units: tuple[str, ...] = ()

    def fits(self, entry: er.RegistryEntry, unit: str | None) -> bool:
        """Return whether an entity is meant."""
        if entry.domain != self.domain or (self.units and unit not in self.units):
            return False
        pattern = re.compile(f"(?:^|_)(?:{self.names})$")
        return any(pattern.search(name) for name in _names(entry))


def _names(entry: er.RegistryEntry) -> list[str]:
    given = (
        entry.translation_key,
        entry.unique_id,
        entry.entity_id.partition(".")[2],
        entry.original_name,
    )
    return [_SEPARATORS.sub("_", str(each).lower()).strip("_") for each in given if each]


@dataclass(frozen=True)
class Preset:
    """What is known of a family of hardware.

    Attributes:
        key: its name in the documentation and in proposals.
        kinds: the kinds of devices it can be; the first is proposed unasked.
        platforms: integrations whose entities these are; any where there is none.
        fields: fields of the form, each with the signs of the entity in it, the best first.
        needs: fields and parts without which nothing is proposed; the entity in the first of
            them belongs to the device itself.
        data: other fields: modes, rights, and what the hardware bears. Texts name entities
            that were found as `$field` or `$part`, and the device as `$device`.
        parts: entities that are in no field of the form, only in such texts.
        values: fields in kW or kWh that a sensor tells.
        ranges: fields in kW that are the highest value of the number in another field or part.
        whole_entry: whether its entities are spread over the devices of one config entry.
        deviceless: whether its entities belong to no device, as those of YAML.
        makers: a regular expression for the start of the manufacturer's name, any case.
        only: fields whose signs must fit one entity of the device, no more.
    """

    key: str
    kinds: tuple[str, ...]
    platforms: tuple[str, ...]
    fields: Mapping[str, tuple[Sign, ...]]
    needs: tuple[str, ...]
    data: Mapping[str, Any] = field(default_factory=dict)
    parts: Mapping[str, tuple[Sign, ...]] = field(default_factory=dict)
    values: Mapping[str, tuple[Sign, ...]] = field(default_factory=dict)
    ranges: Mapping[str, str] = field(default_factory=dict)
    whole_entry: bool = False
    deviceless: bool = False
    makers: str = ""
    only: tuple[str, ...] = ()

    def takes(self, entry: er.RegistryEntry) -> bool:
        """Return whether an entity is of an integration that is meant."""
        return not self.platforms or entry.platform in self.platforms
