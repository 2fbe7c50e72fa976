"""What tips rest on: the home's devices, what they took, and what contract and rooms say."""

from collections.abc import Callable
from typing import Any

import pytest
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.report.ledger import Totals
from custom_components.shems.core.report.rows import Row
from custom_components.shems.insight.tip_ground import async_ground
from tests.ha.conftest import PUMP, PUMP_DATA

HOUR = 3600.0
ROOMS: dict[str, Any] = {
    "power": "sensor.pump",
    "heater": "heat_pump",
    "power_kw": 2.4,
    "low_c": 20.0,
    "high_c": 22.0,
    "temperature": "sensor.rooms",
    "thermostat": "climate.rooms",
    "cop": 3.8,
}


def taken(home: HomeCoordinator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the ledger know of an hour in which the device took something."""
    begin = dt_util.utcnow().timestamp() // HOUR * HOUR - 2 * HOUR
    rows = (
        Row(begin, begin + HOUR, Totals(hours=0.5), device_kwh={PUMP: 0.4}),
        Row(begin + HOUR, begin + 2 * HOUR, Totals(), device_kwh={PUMP: 0.0}),
    )

    async def told(*_: object) -> tuple[Row, ...]:
        return rows

    monkeypatch.setattr(home.insight.ledger, "async_rows", told)


async def test_a_device_is_told_with_what_the_ledger_says_it_took(
    hass: HomeAssistant,
    with_pump: MockConfigEntry,
    begin: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = next(
        key for key, each in with_pump.subentries.items() if each.subentry_type == "connection"
    )
    grid = with_pump.subentries[key]
    priced = ConfigSubentry(
        data={**grid.data, "capacity_price": 40.0, "import_limit_kw": 9.2},
        subentry_id=grid.subentry_id,
        subentry_type="connection",
        title="Grid",
        unique_id=None,
    )
    object.__setattr__(with_pump, "subentries", {**with_pump.subentries, grid.subentry_id: priced})
    home = await begin("deferrable", PUMP_DATA)
    taken(home, monkeypatch)
    ground = await async_ground(home)
    (pump,) = ground.consumers
    assert (pump.id, pump.name, pump.kind, pump.driven) == (PUMP, "Thing", "deferrable", False)
    assert pump.power.value.tolist() == [0.8]
    assert ground.capacity is not None
    assert (ground.capacity.contracted_kw, ground.capacity.price_per_kw) == (9.2, 40.0)
    assert ground.setpoints == ()
    assert len(ground.finest) == 0
    await home.async_set_device(PUMP, None, armed=True)
    (driven,) = (await async_ground(home)).consumers
    assert driven.driven == home.store.control.enabled


async def test_rooms_are_told_with_how_warm_they_are_kept(
    hass: HomeAssistant, begin: Callable[..., Any]
) -> None:
    home = await begin("heating", ROOMS)
    assert (await async_ground(home)).setpoints == ((PUMP, "Thing", 20.0),)


async def test_a_home_without_devices_or_contracted_power_has_neither(
    home: HomeCoordinator,
) -> None:
    ground = await async_ground(home)
    assert ground.consumers == ()
    assert ground.capacity is None
