"""What the quality scale asks of a running Home Assistant, of a home with every kind of device."""

import json
from pathlib import Path
from typing import Any

import yaml
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component

from custom_components.shems import const
from custom_components.shems.const import DOMAIN, SIMULATED_PLATFORMS
from custom_components.shems.coordinator import HomeCoordinator

from .conftest import settle
from .test_complete_home import complete

__all__ = ["complete"]

FOLDER = Path(const.__file__).parent
WORDS: dict[str, Any] = json.loads((FOLDER / "translations" / "en.json").read_text())["entity"]
ICONS: dict[str, Any] = json.loads((FOLDER / "icons.json").read_text())["entity"]


def registered(hass: HomeAssistant) -> list[er.RegistryEntry]:
    return er.async_entries_for_config_entry(er.async_get(hass), "complete")


async def test_every_action_is_there_before_any_home(hass: HomeAssistant) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    described = yaml.safe_load((FOLDER / "services.yaml").read_text())
    assert hass.services.async_services_for_domain(DOMAIN).keys() == described.keys()


async def test_every_entity_is_named_by_its_device_and_its_words(
    hass: HomeAssistant, complete: HomeCoordinator
) -> None:
    """Or by its device class, which Home Assistant has words for."""
    found = registered(hass)
    assert {each.domain for each in found} == {str(each) for each in SIMULATED_PLATFORMS}
    assert len({(each.domain, each.unique_id) for each in found}) == len(found)
    for each in found:
        assert each.has_entity_name, each.entity_id
        assert each.device_id, each.entity_id
        assert each.unique_id.startswith("complete_"), each.entity_id
        if each.translation_key is None:
            assert each.original_device_class, each.entity_id
            continue
        words = WORDS[each.domain][each.translation_key]
        assert words["name"], each.entity_id
        for option in (each.capabilities or {}).get("options", ()):
            assert words["state"][option], f"{each.entity_id}: {option}"


async def test_every_entity_without_a_class_has_an_icon(
    hass: HomeAssistant, complete: HomeCoordinator
) -> None:
    """Thermostats, lamps and the weather have those of their platform."""
    own = {"climate", "light", "weather"}
    bare = [
        each.entity_id
        for each in registered(hass)
        if each.original_device_class is None
        and each.domain not in own
        and each.translation_key not in ICONS.get(each.domain, {})
    ]
    assert bare == []


async def test_what_is_noisy_is_disabled_and_what_is_no_daily_use_is_filed(
    hass: HomeAssistant, complete: HomeCoordinator
) -> None:
    found = registered(hass)
    disabled = [each for each in found if each.disabled_by is not None]
    assert disabled
    assert {each.entity_category for each in disabled} == {EntityCategory.DIAGNOSTIC}
    switches = [each for each in found if each.translation_key == "allow_control"]
    assert {each.entity_category for each in switches} == {EntityCategory.CONFIG}


async def test_a_device_goes_with_its_subentry_and_comes_with_it(
    hass: HomeAssistant, complete: HomeCoordinator
) -> None:
    entry = complete.config_entry
    pump = next(each for each in entry.subentries.values() if each.title == "Pool pump")
    devices, entities = dr.async_get(hass), er.async_get(hass)

    def there() -> tuple[int, int]:
        mine = dr.async_entries_for_config_entry(devices, entry.entry_id)
        kept = er.async_entries_for_config_entry(entities, entry.entry_id)
        return (
            sum(each.name == "Pool pump" for each in mine),
            sum(each.config_subentry_id == pump.subentry_id for each in kept),
        )

    device, count = there()
    assert device == 1
    assert count > 2
    hass.config_entries.async_remove_subentry(entry, pump.subentry_id)
    await hass.config_entries.async_reload(entry.entry_id)
    await settle(hass)
    assert there() == (0, 0)
    hass.config_entries.async_add_subentry(entry, pump)
    await hass.config_entries.async_reload(entry.entry_id)
    await settle(hass)
    assert there() == (1, count)


async def test_a_home_can_be_unloaded_and_loaded_again(
    hass: HomeAssistant, complete: HomeCoordinator
) -> None:
    entry = complete.config_entry
    assert await hass.config_entries.async_unload(entry.entry_id)
    await settle(hass)
    shown = [
        state.state
        for each in registered(hass)
        if each.disabled_by is None and (state := hass.states.get(each.entity_id)) is not None
    ]
    assert set(shown) == {"unavailable"}
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    missing = [
        each.entity_id
        for each in registered(hass)
        if each.disabled_by is None and hass.states.get(each.entity_id) is None
    ]
    assert missing == []
