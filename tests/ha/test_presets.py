"""Well-known hardware is recognised by its entities, and its form is filled in."""

from typing import Any

import pytest
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems import presets

from .flow_pages import subentry_flow


class Hardware:
    """Devices of another integration."""

    def __init__(self, hass: HomeAssistant, platform: str, maker: str = "") -> None:
        """Set up its config entry."""
        self._hass = hass
        self._platform = platform
        self._maker = maker
        self.entry = MockConfigEntry(domain=platform, title=platform)
        self.entry.add_to_hass(hass)

    def device(self, name: str) -> str:
        """Register a device; return its id."""
        made = dr.async_get(self._hass).async_get_or_create(
            config_entry_id=self.entry.entry_id,
            identifiers={(self._platform, name)},
            name=name,
            manufacturer=self._maker,
        )
        return made.id

    def entity(
        self, device_id: str | None, domain: str, key: str, state: Any = "0", **facts: Any
    ) -> str:
        """Register an entity with a state; return its id."""
        unit = facts.pop("unit", None)
        entry = er.async_get(self._hass).async_get_or_create(
            domain,
            self._platform,
            f"SN123-{device_id}-{key}",
            config_entry=self.entry if device_id else None,
            device_id=device_id,
            suggested_object_id=facts.pop("object_id", f"some_{key}"),
            unit_of_measurement=unit,
            translation_key=key,
            **{name: facts.pop(name) for name in ("entity_category",) if name in facts},
        )
        self._hass.states.async_set(
            entry.entity_id, str(state), {"unit_of_measurement": unit, **facts}
        )
        return entry.entity_id


def plug(hass: HomeAssistant, platform: str = "shelly", name: str = "Pump") -> str:
    """Register a metered plug."""
    hardware = Hardware(hass, platform)
    device_id = hardware.device(name)
    hardware.entity(device_id, "switch", "switch_0", "off", object_id=f"{name}_switch_0".lower())
    hardware.entity(device_id, "sensor", "power", 12, unit="W", object_id=f"{name}_power".lower())
    hardware.entity(
        device_id, "sensor", "energy", 5, unit="kWh", object_id=f"{name}_energy".lower()
    )
    return device_id


@pytest.mark.parametrize("platform", ["shelly", "mqtt", "zha"])
async def test_a_metered_plug_is_recognised(hass: HomeAssistant, platform: str) -> None:
    device_id = plug(hass, platform)
    (proposal,) = presets.proposed(hass, device_id)
    assert (proposal.preset, proposal.kind, proposal.name) == ("plug", "load", "Pump")
    assert proposal.data == {
        "switch": "switch.pump_switch_0",
        "power": "sensor.pump_power",
        "energy": "sensor.pump_energy",
    }
    (other,) = presets.proposed(hass, device_id, "deferrable")
    assert other.kind == "deferrable"
    assert presets.proposed(hass, device_id, "battery") == ()
    assert presets.proposed(hass, "gone") == ()


async def test_a_strip_of_sockets_is_none(hass: HomeAssistant) -> None:
    hardware = Hardware(hass, "shelly")
    device_id = hardware.device("Strip")
    hardware.entity(device_id, "switch", "switch_0")
    hardware.entity(device_id, "switch", "switch_1")
    hardware.entity(device_id, "sensor", "power", unit="W")
    assert presets.found(hass) == ()


async def test_what_serves_diagnosis_drives_nothing(hass: HomeAssistant) -> None:
    hardware = Hardware(hass, "zha")
    device_id = hardware.device("Bulb")
    hardware.entity(device_id, "sensor", "power", unit="W")
    hardware.entity(device_id, "switch", "led", entity_category=EntityCategory.DIAGNOSTIC)
    assert presets.found(hass, "load") == ()


async def test_another_kind_of_hardware_is_left_alone(hass: HomeAssistant) -> None:
    plug(hass, "some_cloud")
    assert presets.found(hass) == ()


async def test_the_form_of_a_device_begins_with_what_is_recognised(hass: HomeAssistant) -> None:
    home = MockConfigEntry(domain="shems", title="Casa", data={"kind": "home", "name": "Casa"})
    home.add_to_hass(hass)
    plug(hass, "shelly", "Pump")
    plug(hass, "zha", "Lamp")
    pages = await subentry_flow(hass, home.entry_id, "load")
    assert pages.result["step_id"] == "hardware"
    offered = pages.result["data_schema"].schema["hardware"].config["options"]
    assert {each["label"] for each in offered} == {"Pump", "Lamp"}
    pump = next(each["value"] for each in offered if each["label"] == "Pump")
    await pages.give(hardware=pump)
    assert pages.result["step_id"] == "load"
    assert pages.suggested["name"] == "Pump"
    assert pages.suggested["switch"] == "switch.pump_switch_0"
    await pages.give(name="Pool pump", power="sensor.pump_power")
    assert pages.result["type"] is FlowResultType.CREATE_ENTRY
    (subentry,) = home.subentries.values()
    assert dict(subentry.data) == {"power": "sensor.pump_power"}, "it can be changed"


async def test_nothing_that_was_recognised_need_be_taken(hass: HomeAssistant) -> None:
    home = MockConfigEntry(domain="shems", title="Casa", data={"kind": "home", "name": "Casa"})
    home.add_to_hass(hass)
    plug(hass)
    pages = await subentry_flow(hass, home.entry_id, "load")
    await pages.give()
    assert pages.suggested["name"] == "Consumer"
    assert pages.suggested.get("switch") is None
