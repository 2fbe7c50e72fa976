from custom_components.shems.coordinator import HomeCoordinator
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant


async def test_a_home_is_set_up_planned_and_unloaded(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    assert home.data.status == "optimal", home.data
    assert hass.states.get("sensor.home_plan_status").state == "optimal"
    assert await hass.config_entries.async_unload(home.config_entry.entry_id)
    assert home.config_entry.state is ConfigEntryState.NOT_LOADED
