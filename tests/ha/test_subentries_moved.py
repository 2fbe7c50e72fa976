"""Devices that are moved in time are added, each kind with all its fields."""

from typing import Any

import pytest
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.devices import KINDS

from .flow_pages import measure, subentry_flow

PACE: dict[str, Any] = {"least_on_min": 15.0, "least_off_min": 10.0, "from_battery": False}


@pytest.fixture
def entry(hass: HomeAssistant) -> MockConfigEntry:
    """Return a home with its entities, not set up."""
    measure(hass, "sensor.power", "W")
    measure(hass, "sensor.energy", "kWh")
    measure(hass, "sensor.soc", "%")
    measure(hass, "sensor.warmth", "°C")
    measure(hass, "number.watts", "W")
    measure(hass, "number.amps", "A")
    measure(hass, "number.warmth", "°C")
    hass.states.async_set("switch.device", "off")
    hass.states.async_set("switch.other", "off")
    home = MockConfigEntry(domain="shems", title="Casa", data={"kind": "home", "name": "Casa"})
    home.add_to_hass(hass)
    return home


def stored(entry: MockConfigEntry) -> dict[str, Any]:
    """Return the data of the only device."""
    (subentry,) = entry.subentries.values()
    return dict(subentry.data)


def flat(given: dict[str, Any]) -> dict[str, Any]:
    """Return input without its name and its sections."""
    data: dict[str, Any] = {}
    for key, value in given.items():
        data |= value if isinstance(value, dict) else {key: value}
    data.pop("name", None)
    return data


DEFERRABLE: dict[str, Any] = {
    "name": "Pool pump",
    "power": "sensor.power",
    "energy": "sensor.energy",
    "power_kw": 1.1,
    "daily_kwh": 4.0,
    "begin": "08:00:00",
    "end": "20:00:00",
    "switch": "switch.device",
    "released": "off",
    "pace": PACE,
}


async def test_a_deferrable_load(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    pages = await subentry_flow(hass, entry.entry_id, "deferrable")
    await pages.give(**DEFERRABLE | {"power": "sensor.soc", "least_kw": 2.0})
    assert pages.result["errors"] == {"power": "not_power", "least_kw": "least_above_most"}
    await pages.give(**DEFERRABLE | {"power_number": "number.watts"})
    assert pages.result["errors"] == {"least_kw": "least_needed"}
    await pages.give(**DEFERRABLE | {"power_number": "number.warmth", "least_kw": 0.0})
    assert pages.result["errors"] == {"power_number": "not_setpoint"}
    await pages.give(**DEFERRABLE)
    assert pages.result["type"] is FlowResultType.CREATE_ENTRY
    assert stored(entry) == flat(DEFERRABLE)


async def test_every_kind_begins_with_a_name(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    for kind in KINDS.values():
        pages = await subentry_flow(hass, entry.entry_id, kind.name)
        assert pages.result["step_id"] == kind.name
        assert pages.suggested["name"] == kind.title
