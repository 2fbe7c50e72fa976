"""A real array is held back while feeding in costs money, and let go afterwards."""

from collections.abc import Callable
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.const import DOMAIN

from .conftest import OPTIONS, advance, call, start, subentry

LIMIT = "input_number.roof_limit"
COSTLY: dict[str, Any] = {
    **OPTIONS,
    "sell": {"factor": 0.0, "fee": -0.05, "vat": 0.0, "windows": []},
}
"""Feeding in costs 5 ct/kWh."""


@pytest.fixture
async def roof(hass: HomeAssistant) -> None:
    """Set up the number that limits an inverter."""
    await hass.config.async_set_time_zone("UTC")
    limit = {"min": 0, "max": 5000, "step": 10, "initial": 5000, "unit_of_measurement": "W"}
    assert await async_setup_component(
        hass, "input_number", {"input_number": {"roof_limit": limit}}
    )


def entry(**data: Any) -> MockConfigEntry:
    array = {"power": "sensor.sun", "peak_kw": 5.0, "limit_number": LIMIT, **data}
    return MockConfigEntry(
        domain=DOMAIN,
        entry_id="home",
        title="Home",
        data={"kind": "home", "name": "Home"},
        options=COSTLY,
        subentries_data=[
            subentry("connection", "Grid", "connection_id", grid_power=["sensor.grid"]),
            subentry("solar", "Roof", "solar_id", **array),
        ],
    )


@pytest.mark.parametrize(("kind", "limit"), [("production", 1000.0), ("export", 0.0)])
async def test_an_array_gives_what_the_home_uses(
    hass: HomeAssistant,
    roof: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    kind: str,
    limit: float,
) -> None:
    def shown() -> float:
        state = hass.states.get(LIMIT)
        assert state is not None
        return float(state.state)

    meters(grid_kw=-2.0, solar_kw=3.0)
    await start(hass, entry(limit_kind=kind), frozen)
    await advance(hass, frozen, 10)
    assert shown() == 5000, "nothing is written before it is allowed"
    await call(hass, "switch", "turn_on", "switch.roof_allow_control")
    for _ in range(3):
        meters(grid_kw=-2.0, solar_kw=3.0)
        await advance(hass, frozen, 10)
    assert shown() == limit
    await call(hass, "switch", "turn_off", "switch.roof_allow_control")
    await advance(hass, frozen, 10)
    assert shown() == 5000
