"""Inputs that come and go, prices of another unit, a clock that is a year behind at the start."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems import clock
from custom_components.shems.coordinator import HomeCoordinator
from tests.ha.conftest import BATTERY, PRICES, SPOT, START, advance, make_entry, settle, start
from tests.ha.faults.watching import arm, gapless, issues, mode, pass_time, problems, status

CHARGING: dict[str, float] = {"grid_kw": 7.0, "battery_kw": -5.0}
HOUR_S = 3600.0


async def test_a_meter_that_comes_and_goes(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Every second report of a weak radio is lost: nobody is bothered, nothing is switched."""
    await arm(hass, frozen)
    await pass_time(hass, frozen, 1, partial(meters, **CHARGING))
    written = tuple(home.actuator.audit)
    lost = {"grid_kw": "unavailable", "battery_kw": "unavailable", "soc": "unavailable"}
    for _ in range(40):
        meters(**lost)
        await advance(hass, frozen, 10)
        meters(**CHARGING)
        await advance(hass, frozen, 10)
    assert tuple(home.actuator.audit) == written
    assert mode(hass) == "charge"
    assert not problems(hass)
    assert not issues(hass)
    assert "input_unavailable" not in caplog.text
    assert gapless(home, 10)


async def test_prices_of_another_unit(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    """A price per litre is none per kilowatt-hour, whatever its number."""

    def show(unit: str) -> None:
        begin = dt_util.utcnow().replace(minute=0, second=0, microsecond=0).timestamp()
        rows = [
            {
                "start": dt_util.utc_from_timestamp(begin + HOUR_S * hour).isoformat(),
                "end": dt_util.utc_from_timestamp(begin + HOUR_S * (hour + 1)).isoformat(),
                "value": 0.1 if hour < 1 else 0.6,
            }
            for hour in range(12)
        ]
        hass.states.async_set(PRICES, "0.1", {"unit_of_measurement": unit, "prices": rows})

    show("EUR/L")
    home = await start(hass, make_entry(SPOT), frozen)
    await arm(hass, frozen)
    await pass_time(hass, frozen, 12, meters)
    assert status(hass) == "safe"
    assert {each["stage"] for each in problems(hass).values()} == {"safe"}
    assert issues(hass) == {("prices_lost", PRICES)}
    assert hass.states.get("sensor.home_import_price").state == "unavailable"
    assert mode(hass) == "automatic"
    assert home.store.memory.ledger.total.cost == 0, "nothing is counted at a price made up"
    show("EUR/kWh")
    await pass_time(hass, frozen, 6, partial(meters, **CHARGING))
    assert status(hass) == "optimal"
    assert mode(hass) == "charge"
    assert not problems(hass)
    assert not issues(hass)
    assert gapless(home, 5)


async def test_a_clock_that_is_a_year_behind_at_the_start(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A small computer without a clock of its own has the time only once it is online."""
    passed = 0.0
    monkeypatch.setattr(clock, "steady_s", lambda: passed)
    now = dt_util.parse_datetime(START)
    assert now is not None
    frozen.move_to(now.replace(year=2025))
    home = await start(hass, entry, frozen)
    await arm(hass, frozen)
    assert status(hass) == "safe", "it has not measured anything by then"
    assert mode(hass) == "automatic"
    for _ in range(7):
        passed += 60.0
        await pass_time(hass, frozen, 1, meters)
    assert len(home.store.memory.slots) >= 280, "what it will have measured is kept"
    frozen.move_to(now)
    await settle(hass)
    for _ in range(4):
        passed += 10.0
        await advance(hass, frozen, 10)
        meters(**CHARGING)
    assert home.data.plan is not None
    assert abs(home.data.plan.created - now.timestamp()) < 60
    assert mode(hass) == "charge"
    assert BATTERY in home.store.control.owned
    assert not problems(hass)
    assert home.store.memory.ledger.total.cost < 1, "no year is counted"
    for _ in range(12):
        passed += 60.0
        await pass_time(hass, frozen, 1, partial(meters, **CHARGING))
    assert gapless(home, 10)
    assert status(hass) == "optimal"
