"""The three clocks: when plans are made, when devices are looked at, what is counted."""

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.plan.result import Plan
from custom_components.shems.core.replay.scenario import Scenario

from .conftest import BATTERY, PRICES, SPOT, advance, call, make_entry, settle, start


def show_prices(hass: HomeAssistant, price: float = 0.1, hours: int = 24) -> None:
    """Publish prices from the running hour on."""
    begin = dt_util.utcnow().replace(minute=0, second=0, microsecond=0).timestamp()
    rows = [
        {
            "start": dt_util.utc_from_timestamp(begin + 3600 * hour).isoformat(),
            "end": dt_util.utc_from_timestamp(begin + 3600 * (hour + 1)).isoformat(),
            "value": price + 0.01 * hour,
        }
        for hour in range(hours)
    ]
    hass.states.async_set(PRICES, str(price), {"unit_of_measurement": "EUR/kWh", "prices": rows})


def created(home: HomeCoordinator) -> float:
    plan = home.data.plan
    assert isinstance(plan, Plan)
    return plan.created


async def test_a_plan_is_made_at_every_slot_though_nobody_listens(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    for entity_id in hass.states.async_entity_ids():
        if entity_id.split(".")[1].startswith(("home_", "battery_", "plug_")):
            hass.states.async_remove(entity_id)
    times = set()
    for _ in range(4):
        frozen.move_to(dt_util.utc_from_timestamp((created(home) // 300 + 1) * 300))
        await advance(hass, frozen, 0)
        await advance(hass, frozen, 2)
        times.add(created(home) // 300)
    assert len(times) == 4


async def test_changes_that_come_together_make_one_plan(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    with patch.object(Scenario, "make", autospec=True, side_effect=Scenario.make) as make:
        for value in (20, 30, 40):
            await call(hass, "number", "set_value", "number.battery_reserve", value=value)
        await advance(hass, frozen, 2)
    assert make.call_count == 1
    assert home.home.battery(BATTERY).reserve_soc == pytest.approx(0.4)


async def test_dispatch_follows_the_meter_at_a_measured_pace(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    seen: list[float] = []
    home.async_add_listener(lambda: seen.append(home.data.readings.grid_kw.value))
    await advance(hass, frozen, 3)
    seen.clear()
    for grid_kw in (1.0, 1.5, 2.5):
        meters(grid_kw=grid_kw)
        await settle(hass)
    await advance(hass, frozen, 1)
    assert seen[-1] == 2.5
    assert len(seen) <= 2


async def test_new_prices_make_a_new_plan(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    show_prices(hass, 0.1)
    home = await start(hass, make_entry(SPOT), frozen)
    assert home.data.status == "optimal"
    before = created(home)
    assert home.data.price == pytest.approx(((0.1 + 0.1) * 1.2, 0.1))
    await advance(hass, frozen, 10)
    show_prices(hass, 0.2)
    await advance(hass, frozen, 2)
    assert created(home) > before
    assert float(hass.states.get("sensor.home_import_price").state) == pytest.approx(0.36)


async def test_without_prices_there_is_no_plan_and_it_says_so(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    hass.states.async_set(PRICES, "unavailable")
    home = await start(hass, make_entry(SPOT), frozen)
    assert home.data.status == "safe"
    assert home.data.plan is None
    assert home.data.problem.code == "price_entity_unavailable"
    assert hass.states.get("sensor.home_import_price").state == "unavailable"
    show_prices(hass)
    for _ in range(2):  # A plan, and another because nothing is wrong any more.
        await advance(hass, frozen, 2)
    assert home.data.status == "optimal"
    assert home.data.problem is None


async def test_prices_that_run_out_leave_the_last_plan_for_half_an_hour(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    show_prices(hass, hours=1)
    home = await start(hass, make_entry(SPOT), frozen)
    hass.states.async_set(PRICES, "unavailable")
    for _ in range(13):
        await advance(hass, frozen, 300)
        await advance(hass, frozen, 2)
    assert home.data.status == "safe"
    assert home.data.plan is not None
    for _ in range(6):
        await advance(hass, frozen, 300)
    assert home.data.plan is None
    assert home.data.commands == {}


async def test_a_price_source_that_fails_is_logged_once_and_when_it_is_back(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    show_prices(hass)
    home = await start(hass, make_entry(SPOT), frozen)
    hass.states.async_set(PRICES, "unavailable")
    for _ in range(8):
        await advance(hass, frozen, 300)
    await advance(hass, frozen, 2)
    assert home.data.status == "optimal"
    assert caplog.text.count("price_entity_unavailable {'entity'") == 1
    show_prices(hass)
    await advance(hass, frozen, 2)
    assert caplog.text.count("price_entity_unavailable is over") == 1


async def test_a_fault_of_ours_shows_as_one(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    with patch.object(Scenario, "make", side_effect=RuntimeError("a fault")):
        await home.async_plan_now()
    assert home.data.status == "safe"
    assert home.data.problem.code == "plan_failed"
    assert home.data.plan is not None


async def test_slots_are_counted_and_what_is_missing_is_no_zero(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    assert hass.states.get("sensor.home_cost_today").state == "unknown"
    frozen.move_to("2026-06-10T10:05:00+00:00")
    await advance(hass, frozen, 0)
    before = len(home.store.memory.slots)
    for _ in range(30):
        meters(grid_kw=3.0, battery_kw=1.0, solar_kw=0.5)
        await advance(hass, frozen, 10)
    slot = home.store.memory.slots[-1]
    assert slot.end - slot.start == 300
    assert slot.bought_kwh == pytest.approx(3.0 / 12, rel=0.05)
    assert slot.discharged_kwh == pytest.approx(1.0 / 12, rel=0.05)
    assert slot.load_kwh == pytest.approx(4.5 / 12, rel=0.05)
    assert float(hass.states.get("sensor.home_cost_today").state) > 0
    assert len(home.store.memory.slots) <= before + 2

    count = len(home.store.memory.slots)
    meters(grid_kw="unavailable")
    for _ in range(60):
        await advance(hass, frozen, 10)
    assert len(home.store.memory.slots) <= count + 1
    assert hass.states.get("sensor.home_grid_power").state == "unavailable"


async def test_what_was_measured_since_the_start_counts_at_the_end(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    before = len(home.store.memory.slots)
    for _ in range(6):
        meters(grid_kw=3.0)
        await advance(hass, frozen, 10)
    await hass.config_entries.async_unload(home.config_entry.entry_id)
    slot = home.store.memory.slots[-1]
    assert len(home.store.memory.slots) == min(before + 1, 288)
    assert slot.end - slot.start == pytest.approx(62, abs=1)
    assert slot.bought_kwh == pytest.approx(3.0 * 62 / 3600, rel=0.1)
    assert home.store.memory.ledger.total.bought_kwh == pytest.approx(slot.bought_kwh)


async def test_an_overdue_solver_is_named(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    with patch("custom_components.shems.planning.DEADLINE_S", 0.0):
        await home.async_plan_now()
    assert home.data.status == "safe"
    assert home.data.problem.code == "solver_overdue"
    assert home.data.plan is not None


async def test_a_result_older_than_a_newer_request_is_dropped(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    original = Scenario.make
    reserves = []

    def make(scenario: Scenario, *args: Any, **kwargs: Any) -> Any:
        reserves.append(scenario.home.batteries[0].reserve_soc)
        if len(reserves) == 1:
            hass.loop.call_soon_threadsafe(home.async_request_plan)
        return original(scenario, *args, **kwargs)

    before = created(home)
    await advance(hass, frozen, 5)
    with patch.object(Scenario, "make", make):
        await home.async_plan_now()
        assert created(home) == before
        await advance(hass, frozen, 2)
    assert len(reserves) == 2
    assert created(home) > before


async def test_a_home_that_is_unloaded_while_it_plans_keeps_its_last_plan(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    plan = home.store.memory.plan
    await advance(hass, frozen, 5)
    task = hass.async_create_task(home.async_plan_now())
    await hass.config_entries.async_unload(home.config_entry.entry_id)
    await task
    assert home.store.memory.plan is plan
