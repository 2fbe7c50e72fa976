"""What a device showed last is believed for a while, by what it is."""

import pytest
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from custom_components.shems.core.observe.readings import Fault
from custom_components.shems.sources.remembered import SILENT_S, Remembered


@pytest.mark.parametrize(
    ("entity_id", "unit", "minutes"),
    [
        ("sensor.car", "%", 30),
        ("sensor.room", "°F", 30),
        ("climate.room", None, 30),
        ("water_heater.tank", None, 30),
        ("binary_sensor.plug", None, 5),
        ("sensor.charger", None, 5),
    ],
)
@pytest.mark.parametrize("lost", ["unavailable", "unknown", None])
async def test_a_state_that_is_lost_is_held_by_what_it_is(
    hass: HomeAssistant, entity_id: str, unit: str | None, minutes: int, lost: str | None
) -> None:
    home, now = Remembered(hass), dt_util.utcnow().timestamp()
    assert home.find(entity_id, now) is None
    hass.states.async_set(entity_id, "20", {"unit_of_measurement": unit})
    shown = home.find(entity_id, now)
    assert shown is not None
    if lost is None:
        hass.states.async_remove(entity_id)
    else:
        hass.states.async_set(entity_id, lost)
    assert home.find(entity_id, now + 10) is shown
    assert home.held == {entity_id}
    assert home.find(entity_id, now + 10 + 60 * minutes) is shown
    late = home.find(entity_id, now + 11 + 60 * minutes)
    assert late is None if lost is None else late is not None and late.state == lost
    assert not home.held
    hass.states.async_set(entity_id, "21", {"unit_of_measurement": unit})
    back = home.find(entity_id, now + 9000)
    assert back is not None
    assert back.state == "21"


async def test_a_temperature_nobody_reported_for_a_day_is_none(hass: HomeAssistant) -> None:
    home, now = Remembered(hass), dt_util.utcnow().timestamp()
    for entity_id in ("sensor.tank", "number.tank"):
        hass.states.async_set(entity_id, "50", {"unit_of_measurement": "°C"})
    assert home.find("sensor.tank", now + SILENT_S - 60) is not None
    assert home.find("sensor.tank", now + SILENT_S + 60) is None
    assert home.faults == {"sensor.tank": Fault.SILENT}
    assert home.find("number.tank", now + SILENT_S + 60) is not None, "it was set, not measured"
    hass.states.async_set("sensor.tank", "51", {"unit_of_measurement": "°C"})
    assert home.find("sensor.tank", now + 60) is not None
    assert not home.faults
