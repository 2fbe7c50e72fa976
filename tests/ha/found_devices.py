"""Devices with entities in the registries, as integrations leave them."""

from typing import Any

from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry


class Hardware:
    """A device of some integration."""

    def __init__(
        self, hass: HomeAssistant, name: str, *, platform: str = "demo", via: Hardware | None = None
    ) -> None:
        """Register it."""
        self._hass = hass
        self._platform = platform
        self.entry = via.entry if via else MockConfigEntry(domain=platform)
        if via is None:
            self.entry.add_to_hass(hass)
        self.device = dr.async_get(hass).async_get_or_create(
            config_entry_id=self.entry.entry_id,
            identifiers={(platform, name)},
            name=name,
            via_device_id=via.device.id if via else None,
        )

    def has(
        self,
        entity_id: str,
        unit: str | None = None,
        value: object = 1,
        *,
        setting: bool = False,
        **attributes: Any,
    ) -> str:
        """Give it an entity; return the entity's id."""
        domain, _, name = entity_id.partition(".")
        er.async_get(self._hass).async_get_or_create(
            domain,
            self._platform,
            f"{self.device.id} {entity_id}",
            suggested_object_id=name,
            device_id=self.device.id,
            config_entry=self.entry,
            unit_of_measurement=unit,
            original_device_class=attributes.get("device_class"),
            entity_category=EntityCategory.CONFIG if setting else None,
        )
        known = attributes if unit is None else {"unit_of_measurement": unit, **attributes}
        self._hass.states.async_set(entity_id, str(value), known)
        return entity_id

    def power(self, name: str, watts: float = 100.0) -> str:
        """Give it a sensor of power."""
        return self.has(f"sensor.{name}", "W", watts, device_class="power")

    def meter(self, name: str) -> str:
        """Give it a counter of energy."""
        return self.has(
            f"sensor.{name}", "kWh", 1, device_class="energy", state_class="total_increasing"
        )
