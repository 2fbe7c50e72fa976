"""One entity is driven by one device: said in the form, and kept at every start."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState, ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems import RELOAD_DELAY_S, conflicts
from custom_components.shems.const import DOMAIN
from custom_components.shems.devices.controls import controlled, without_controls

from .conftest import LOAD, OPTIONS, PLUG, advance, make_entry, settle, start, subentry
from .flow_pages import measure, subentry_flow


def rival(**data: Any) -> MockConfigEntry:
    """Return a second home with a plug."""
    return MockConfigEntry(
        domain=DOMAIN,
        entry_id="rival",
        title="Annexe",
        data={"kind": "home", "name": "Annexe"},
        options=OPTIONS,
        subentries_data=[
            subentry("connection", "Grid", "rival_grid", grid_power=["sensor.grid"]),
            subentry("load", "Heater", "rival_load", power="sensor.grid", **data),
        ],
    )


def raised(hass: HomeAssistant) -> dict[str, dict[str, str] | None]:
    return {
        issue_id: each.translation_placeholders
        for (domain, issue_id), each in ir.async_get(hass).issues.items()
        if domain == DOMAIN and "driven_twice" in issue_id
    }


@pytest.mark.parametrize(
    ("data", "entities"),
    [
        ({"switch": "switch.a", "power": "sensor.b"}, {"switch.a"}),
        ({"control": "none", "soc": "sensor.soc"}, set()),
        ({"charge_number": "number.a", "discharge_number": ""}, {"number.a"}),
        (
            {"sequence": [{"action": "switch.turn_on", "target": {"entity_id": "switch.c"}}]},
            {"switch.c"},
        ),
    ],
)
def test_what_a_form_drives(data: dict[str, Any], entities: set[str]) -> None:
    assert controlled(data) == entities
    assert controlled(without_controls(data)) == frozenset()


async def test_a_form_refuses_what_another_device_drives(
    hass: HomeAssistant, inverter: None
) -> None:
    home, other = make_entry(), rival()
    home.add_to_hass(hass)
    other.add_to_hass(hass)
    measure(hass, "sensor.plug", "W")
    for entry_id in (home.entry_id, other.entry_id):
        pages = await subentry_flow(hass, entry_id, "load")
        await pages.give(name="Again", power="sensor.plug", switch=PLUG)
        assert pages.result["errors"] == {"base": "driven_already"}
        placeholders = pages.result["description_placeholders"]
        assert placeholders == {"entity": PLUG, "device": "Plug", "home": "Home"}
    await pages.give(name="Again", power="sensor.plug")
    assert pages.result["type"] is FlowResultType.CREATE_ENTRY


async def test_a_device_may_keep_its_own_entity(hass: HomeAssistant, inverter: None) -> None:
    home = make_entry()
    home.add_to_hass(hass)
    data = home.subentries[LOAD].data
    conflicts.check_free(hass, data, LOAD)
    with pytest.raises(conflicts.SourceError):
        conflicts.check_free(hass, data, None)


async def test_of_two_homes_the_first_drives_until_it_lets_go(
    hass: HomeAssistant,
    inverter: None,
    meters: Callable[..., None],
    remembered: dict[str, Any],
    frozen: FrozenDateTimeFactory,
) -> None:
    entry, other = make_entry(), rival(switch=PLUG)
    await start(hass, entry, frozen)
    await start(hass, other, frozen)
    assert raised(hass) == {
        "rival_drive_driven_twice_rival_load": {
            "home": "Annexe",
            "device": "Heater",
            "entity": PLUG,
            "other": "Plug",
            "owner": "Home",
        }
    }
    assert hass.states.get("switch.heater_allow_control") is None, "it cannot be driven"
    assert hass.states.get("switch.plug_allow_control") is not None
    assert other.subentries["rival_load"].data["switch"] == PLUG, "the form keeps it"

    hass.config_entries.async_update_subentry(
        entry, entry.subentries[LOAD], data={"power": "sensor.grid"}
    )
    for _ in range(3):
        await advance(hass, frozen, RELOAD_DELAY_S + 0.1)
        await settle(hass)
    assert other.state is ConfigEntryState.LOADED
    assert raised(hass) == {}
    assert hass.states.get("switch.heater_allow_control") is not None


async def test_two_devices_of_one_home_share_nothing(
    hass: HomeAssistant,
    inverter: None,
    meters: Callable[..., None],
    remembered: dict[str, Any],
    frozen: FrozenDateTimeFactory,
) -> None:
    entry = rival(switch=PLUG)
    entry.add_to_hass(hass)
    hass.config_entries.async_add_subentry(
        entry,
        another("second", switch=PLUG),
    )
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    (facts,) = raised(hass).values()
    assert facts is not None
    assert (facts["device"], facts["other"]) == ("Second", "Heater")
    await hass.config_entries.async_unload(entry.entry_id)
    assert raised(hass) == {}


def another(key: str, **data: Any) -> Any:
    return ConfigSubentry(
        data=MappingProxyType({"power": "sensor.grid", **data}),
        subentry_id=key,
        subentry_type="load",
        title=key.title(),
        unique_id=None,
    )
