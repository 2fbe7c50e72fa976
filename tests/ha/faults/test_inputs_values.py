"""An input is missing, lost, frozen or nonsense: what the user sees and what devices do."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from tests.ha.conftest import (
    BATTERY,
    ENTRY_ID,
    OPTIONS,
    PLUG,
    advance,
    settle,
    start,
    subentries,
    subentry,
)
from tests.ha.faults.watching import arm, gapless, issues, mode, pass_time, problems, status

CHARGING: dict[str, float] = {"grid_kw": 7.0, "battery_kw": -5.0}
"""What meters show while the battery does as it is told in the cheap hour."""
CAR = "car_id"


async def test_a_charge_that_is_missing_at_the_start_is_waited_for(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    meters(soc="unavailable")
    home = await start(hass, entry, frozen)
    await arm(hass, frozen)
    assert status(hass) == "optimal", "the rest of the home is planned"
    assert problems(hass)["soc_unusable"]["stage"] == "without"
    assert BATTERY not in home.data.commands
    assert mode(hass) == "automatic"
    assert home.store.control.owned == {}
    meters(soc=50)
    for _ in range(2):
        await advance(hass, frozen, 2)
    assert mode(hass) == "charge"
    assert not problems(hass)


@pytest.mark.parametrize(("key", "power"), [("grid_kw", "grid"), ("solar_kw", "solar")])
async def test_a_meter_that_is_missing_at_the_start(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    key: str,
    power: str,
) -> None:
    """There is a plan, and what needs no meter is done."""
    show = partial(meters, **{key: "unknown"})
    show()
    home = await start(hass, entry, frozen)
    await arm(hass, frozen)
    assert status(hass) == "optimal"
    assert mode(hass) == "charge"
    await pass_time(hass, frozen, 2, partial(meters, **{**CHARGING, key: "unknown"}))
    assert problems(hass)["input_unavailable"]["stage"] == "without"
    assert hass.states.get(f"sensor.home_{power}_power").state == "unavailable"
    assert home.data.commands[BATTERY].mode == "charge"


async def test_a_charge_that_is_lost_is_held_then_done_without_and_comes_back(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    await arm(hass, frozen)
    lost = partial(meters, **CHARGING, soc="unavailable")
    await pass_time(hass, frozen, 12, lost)
    told = problems(hass)
    assert told["input_unavailable"]["stage"] == "held"
    assert told["input_unavailable"]["entity"] == "sensor.soc"
    assert issues(hass) == {("input_unavailable", "sensor.soc")}
    assert mode(hass) == "charge", "the last charge is believed for half an hour"
    await pass_time(hass, frozen, 24, lost)
    assert problems(hass)["input_unavailable"]["stage"] == "without"
    assert status(hass) == "optimal", "the home is planned without the battery"
    assert mode(hass) == "automatic"
    assert home.store.control.owned == {}
    await pass_time(hass, frozen, 2, partial(meters, soc=52))
    assert not problems(hass)
    assert not issues(hass)
    assert mode(hass) == "charge"


async def test_a_grid_meter_that_is_lost(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    """Its last value is used for a minute; charging, which needs none, goes on."""
    await arm(hass, frozen)
    await pass_time(hass, frozen, 2, partial(meters, **CHARGING))
    lost = partial(meters, grid_kw="unavailable", battery_kw=-5.0)
    lost()
    await advance(hass, frozen, 2)
    assert hass.states.get("sensor.home_grid_power").state == "7.0"
    counted = home.store.memory.ledger.total.bought_kwh
    await pass_time(hass, frozen, 12, lost)
    assert issues(hass) == {("input_unavailable", "sensor.grid")}
    assert hass.states.get("sensor.home_grid_power").state == "unavailable"
    assert hass.states.get("sensor.home_load_power").state == "unavailable"
    assert mode(hass) == "charge"
    assert home.store.memory.ledger.total.bought_kwh < counted + 1.2, "nothing is made up"


async def test_a_charge_that_is_frozen(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    """After a fifth of the battery has flowed, a level that has not moved is not believed."""
    await arm(hass, frozen)
    await pass_time(hass, frozen, 20, partial(meters, **CHARGING))
    assert not problems(hass)
    await pass_time(hass, frozen, 8, partial(meters, **CHARGING))
    assert problems(hass)["input_frozen"]["entity"] == "sensor.soc"
    await pass_time(hass, frozen, 32, partial(meters, **CHARGING))
    assert ("input_frozen", "sensor.soc") in issues(hass)
    assert mode(hass) == "automatic"
    await pass_time(hass, frozen, 2, partial(meters, soc=80))
    assert not problems(hass)


async def test_a_grid_meter_that_is_frozen(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    for _ in range(23):
        meters(grid_kw=1.234)
        await advance(hass, frozen, 1000)
    await pass_time(hass, frozen, 3, partial(meters, grid_kw=1.234))
    assert problems(hass)["input_frozen"]["entity"] == "sensor.grid"
    assert hass.states.get("sensor.home_grid_power").state == "unavailable"
    await pass_time(hass, frozen, 1, partial(meters, grid_kw=1.235))
    assert not problems(hass)


@pytest.mark.parametrize(
    ("key", "entity_id", "shown", "code"),
    [
        ("grid_kw", "sensor.grid", ("nan", "kW"), "input_no_number"),
        ("grid_kw", "sensor.grid", ("inf", "kW"), "input_no_number"),
        ("grid_kw", "sensor.grid", ("a lot", "kW"), "input_no_number"),
        ("grid_kw", "sensor.grid", ("2", "kWh"), "input_unit"),
        ("grid_kw", "sensor.grid", ("2", None), "input_unit"),
        ("grid_kw", "sensor.grid", ("7000", "kW"), "input_beyond"),
        ("solar_kw", "sensor.sun", ("-3.5", "kW"), "input_negative"),
        ("solar_kw", "sensor.sun", ("90", "kW"), "input_beyond"),
        ("battery_kw", "sensor.battery", ("-500", "kW"), "input_beyond"),
        ("soc", "sensor.soc", ("180", "%"), "input_beyond"),
        ("soc", "sensor.soc", ("-30", "%"), "input_negative"),
        ("soc", "sensor.soc", ("0.5", None), "input_unit"),
    ],
)
async def test_a_value_that_cannot_be_is_named_and_never_used(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    key: str,
    entity_id: str,
    shown: tuple[str, str | None],
    code: str,
) -> None:
    def wrong() -> None:
        meters(**{name: each for name, each in CHARGING.items() if name != key})
        facts = {"unit_of_measurement": shown[1]}
        hass.states.async_set(entity_id, shown[0], facts, force_update=True)

    await arm(hass, frozen)
    await pass_time(hass, frozen, 1, partial(meters, **CHARGING))
    await pass_time(hass, frozen, 12, wrong)
    assert problems(hass)[code]["entity"] == entity_id
    assert issues(hass) == {(code, entity_id)}
    assert status(hass) == "optimal"
    assert mode(hass) == "charge"
    total = home.store.memory.ledger.total
    assert total.bought_kwh < 1.5, "nothing of it is in the ledger"
    assert total.solar_kwh < 0.1
    await pass_time(hass, frozen, 2, partial(meters, **CHARGING))
    assert not problems(hass)
    assert not issues(hass)


async def test_a_single_spike_moves_nothing_and_is_told_to_nobody(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    await arm(hass, frozen)
    await pass_time(hass, frozen, 2, partial(meters, **CHARGING))
    written = tuple(home.actuator.audit)
    meters(grid_kw=65000.0, battery_kw=-5.0)
    await advance(hass, frozen, 2)
    assert hass.states.get("sensor.home_grid_power").state == "7.0"
    await pass_time(hass, frozen, 2, partial(meters, **CHARGING))
    assert not problems(hass)
    assert tuple(home.actuator.audit) == written


def with_car() -> list[ConfigSubentryData]:
    car = {"power": "sensor.charger", "soc": "sensor.car", "connected": PLUG}
    limits = {"capacity_kwh": 50.0, "charge_kw": 11.0, "target_soc": 80.0}
    return [*subentries()[:3], subentry("vehicle", "Car", CAR, **car, **limits)]


@pytest.fixture
async def car_home(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> HomeCoordinator:
    """Return a home with a car that is plugged in."""
    await hass.services.async_call("input_boolean", "turn_on", {"entity_id": PLUG}, blocking=True)
    hass.states.async_set("sensor.charger", "0", {"unit_of_measurement": "kW"})
    hass.states.async_set("sensor.car", "40", {"unit_of_measurement": "%"})
    entry = MockConfigEntry(
        domain=DOMAIN,
        entry_id=ENTRY_ID,
        title="Home",
        data={"kind": "home", "name": "Home"},
        options=OPTIONS,
        subentries_data=with_car(),
    )
    return await start(hass, entry, frozen)


async def test_a_car_whose_charge_is_lost_is_held_then_left_out(
    hass: HomeAssistant,
    car_home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    hass.states.async_set("sensor.car", "unavailable")
    await pass_time(hass, frozen, 12, meters)
    assert problems(hass)["input_unavailable"]["stage"] == "held"
    assert issues(hass) == {("input_unavailable", "sensor.car")}
    assert car_home.data.plan.device(CAR) is not None
    await pass_time(hass, frozen, 25, meters)
    assert problems(hass)["input_unavailable"]["stage"] == "without"
    assert problems(hass)["device_unseen"]["device"] == "Car"
    assert car_home.data.plan.device(CAR) is None
    assert car_home.data.plan.battery(BATTERY) is not None, "all else is planned on"
    hass.states.async_set("sensor.car", "45", {"unit_of_measurement": "%"})
    await settle(hass)
    await pass_time(hass, frozen, 6, meters)
    assert not problems(hass)
    assert not issues(hass)
    assert car_home.data.plan.device(CAR) is not None


async def test_a_plug_that_is_silent_is_believed_for_five_minutes(
    hass: HomeAssistant,
    car_home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    hass.states.async_set(PLUG, "unavailable")
    await pass_time(hass, frozen, 4, meters)
    assert problems(hass)["input_unavailable"]["stage"] == "held"
    assert car_home.data.plan.device(CAR) is not None
    await pass_time(hass, frozen, 8, meters)
    assert problems(hass)["input_unavailable"]["stage"] == "without"
    assert car_home.data.plan.device(CAR) is None


async def test_a_room_or_car_that_shows_no_number_is_named(
    hass: HomeAssistant,
    car_home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    hass.states.async_set("sensor.car", "nan", {"unit_of_measurement": "%"})
    await pass_time(hass, frozen, 12, meters)
    assert issues(hass) == {("input_no_number", "sensor.car")}
    assert car_home.data.plan.device(CAR) is None
    assert status(hass) == "optimal"


async def test_a_car_whose_charge_stands_while_it_charges(
    hass: HomeAssistant,
    car_home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    """After a fifth of its battery, 10 kWh, it is not believed any more."""

    def charges() -> None:
        meters(grid_kw=13.0)
        facts = {"unit_of_measurement": "kW"}
        hass.states.async_set("sensor.charger", "11", facts, force_update=True)

    await pass_time(hass, frozen, 50, charges)
    assert car_home.data.plan.device(CAR) is not None
    await pass_time(hass, frozen, 12, charges)
    assert problems(hass)["input_frozen"]["entity"] == "sensor.car"
    assert car_home.data.plan.device(CAR) is None
    hass.states.async_set("sensor.car", "62", {"unit_of_measurement": "%"})
    await pass_time(hass, frozen, 6, charges)
    assert not problems(hass)
    assert car_home.data.plan.device(CAR) is not None


async def test_an_entity_that_is_removed_is_named(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    def without() -> None:
        meters(**CHARGING)
        hass.states.async_remove("sensor.sun")

    await arm(hass, frozen)
    await pass_time(hass, frozen, 12, without)
    assert issues(hass) == {("input_absent", "sensor.sun")}
    assert problems(hass)["input_absent"]["device"] == "Roof"
    assert status(hass) == "optimal"
    assert mode(hass) == "charge", "what needs no sun goes on"
    await pass_time(hass, frozen, 10, partial(meters, **CHARGING, soc=60))
    assert not problems(hass)
    assert not issues(hass)
    assert gapless(home, 5)
