"""The house around SHEMS changes: names, other homes, a thousand entities, reloads, no frontend."""

from collections.abc import Callable
from functools import partial
from typing import Any
from unittest.mock import patch

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_track_state_change_event
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.replay.scenario import Scenario
from tests.ha.conftest import (
    BATTERY,
    ENTRY_ID,
    MODE,
    OPTIONS,
    PLUG,
    advance,
    call,
    settle,
    start,
    subentries,
    subentry,
)
from tests.ha.faults.watching import arm, gapless, issues, mode, pass_time, problems, status

CHARGING: dict[str, float] = {"grid_kw": 7.0, "battery_kw": -5.0}


def told(hass: HomeAssistant, entity_id: str = MODE) -> list[str]:
    """Return a list that grows with what an entity becomes."""
    seen: list[str] = []

    @callback
    def note(event: Event[EventStateChangedData]) -> None:
        new, old = event.data["new_state"], event.data["old_state"]
        if new is not None and old is not None and new.state != old.state:
            seen.append(new.state)

    async_track_state_change_event(hass, [entity_id], note)
    return seen


def running(hass: HomeAssistant) -> HomeCoordinator:
    """Return what drives the home now."""
    entry = hass.config_entries.async_get_entry(ENTRY_ID)
    assert entry is not None
    coordinator: HomeCoordinator = entry.runtime_data.coordinator
    return coordinator


async def test_a_meter_that_is_renamed(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    registry = er.async_get(hass)
    hass.states.async_remove("sensor.grid")
    registry.async_get_or_create("sensor", "demo", "grid", suggested_object_id="grid")

    def renamed() -> None:
        meters(**CHARGING)
        shown = hass.states.get("sensor.grid")
        hass.states.async_remove("sensor.grid")
        hass.states.async_set("sensor.meter", "7.0", shown.attributes, force_update=True)

    await arm(hass, frozen)
    await pass_time(hass, frozen, 6, partial(meters, **CHARGING))
    bought = home.store.memory.ledger.total.bought_kwh
    registry.async_update_entity("sensor.grid", new_entity_id="sensor.meter")
    await pass_time(hass, frozen, 12, renamed)
    assert hass.states.get("sensor.home_grid_power").state == "7.0"
    assert status(hass) == "optimal"
    assert mode(hass) == "charge"
    assert not problems(hass)
    assert not issues(hass)
    counted = running(hass).store.memory.ledger.total.bought_kwh - bought
    assert counted == pytest.approx(7.0 * 12 / 60, abs=0.7), "no slot is lost"


async def test_a_select_that_is_renamed_while_it_is_driven(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    await arm(hass, frozen)
    await pass_time(hass, frozen, 2, partial(meters, **CHARGING))
    er.async_get(hass).async_update_entity(MODE, new_entity_id="input_select.cellar")
    await settle(hass)
    await pass_time(hass, frozen, 4, partial(meters, **CHARGING))
    assert hass.states.get("input_select.cellar").state == "charge"
    assert BATTERY in running(hass).store.control.owned
    assert status(hass) == "optimal"
    assert not problems(hass)
    await call(hass, "switch", "turn_off", "switch.battery_allow_control")
    await pass_time(hass, frozen, 1, meters)
    assert hass.states.get("input_select.cellar").state == "automatic", "it is given back"
    assert running(hass).store.control.owned == {}


async def test_two_homes_that_would_drive_one_plug(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    """The second is refused and named; it measures and plans on, and the first drives on."""
    rival = MockConfigEntry(
        domain=DOMAIN,
        entry_id="rival",
        title="Annexe",
        data={"kind": "home", "name": "Annexe"},
        options=OPTIONS,
        subentries_data=[
            subentry("connection", "Grid", "rival_grid", grid_power=["sensor.grid"]),
            subentry("load", "Heater", "rival_load", power="sensor.grid", switch=PLUG),
        ],
    )
    other = await start(hass, rival, frozen)
    assert issues(hass) == {("driven_twice", PLUG)}
    assert hass.states.get("switch.heater_allow_control") is None, "it cannot be allowed to"
    seen = told(hass, PLUG)
    await call(hass, "switch", "turn_on", "switch.plug_allow_control")
    await call(hass, "select", "select_option", "select.plug_mode", option="on")
    await pass_time(hass, frozen, 12, meters)
    assert seen == ["on"]
    assert hass.states.get("sensor.annexe_plan_status").state == "optimal"
    assert other.store.memory.ledger.total.bought_kwh > 0
    assert gapless(home, 10)


async def test_shems_is_reloaded_while_it_plans(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    await arm(hass, frozen)
    await pass_time(hass, frozen, 6, partial(meters, **CHARGING))
    bought = home.store.memory.ledger.total.bought_kwh
    seen = told(hass)
    planning = hass.async_create_task(home.async_plan_now())
    assert await hass.config_entries.async_reload(ENTRY_ID)
    await planning
    await settle(hass)
    await pass_time(hass, frozen, 6, partial(meters, **CHARGING))
    assert seen == ["automatic", "charge"], "given back and taken up again, once"
    assert running(hass) is not home
    assert status(hass) == "optimal"
    assert not problems(hass)
    counted = running(hass).store.memory.ledger.total.bought_kwh - bought
    assert counted == pytest.approx(7.0 * 6 / 60, abs=0.7)


async def test_shems_is_reloaded_while_it_writes(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    """A command that is under way when the reload comes is known, and taken back."""
    again: list[Any] = []
    seen = told(hass)

    @callback
    def reload_now(_: Event[EventStateChangedData]) -> None:
        if not again:
            again.append(hass.async_create_task(hass.config_entries.async_reload(ENTRY_ID)))

    async_track_state_change_event(hass, [MODE], reload_now)
    await arm(hass, frozen)
    assert await again[0]
    await settle(hass)
    await pass_time(hass, frozen, 6, partial(meters, **CHARGING))
    assert seen == ["charge", "automatic", "charge"]
    assert BATTERY in running(hass).store.control.owned
    assert running(hass).store.control.overrides == {}, "nobody else has moved it"
    assert status(hass) == "optimal"
    assert not problems(hass)
    assert gapless(running(hass), 5)


async def test_the_integration_of_a_device_is_reloaded_while_it_is_driven(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    await arm(hass, frozen)
    await pass_time(hass, frozen, 2, partial(meters, **CHARGING))
    facts = dict(hass.states.get(MODE).attributes)
    seen = told(hass)
    for state in ("unavailable", "unknown", "automatic"):
        hass.states.async_set(MODE, state, facts)
        meters(soc="unavailable", battery_kw="unavailable")
        await advance(hass, frozen, 3)
    await pass_time(hass, frozen, 6, partial(meters, **CHARGING))
    assert seen == ["unavailable", "unknown", "automatic", "charge"]
    assert home.store.control.overrides == {}
    assert not problems(hass), "it was back within a minute"
    assert gapless(home, 5)


COUNT = 200


def crowd() -> list[Any]:
    """Return arrays and consumers that have a thousand entities."""
    loads = [
        subentry(
            "load",
            f"Load {number}",
            f"load_{number}",
            power=[f"sensor.power_{number}", f"sensor.standby_{number}"],
            energy=[f"sensor.energy_{number}"],
            switch=f"input_boolean.plug_{number}",
        )
        for number in range(COUNT)
    ]
    arrays = [
        subentry("solar", f"Panel {number}", f"panel_{number}", power=f"sensor.panel_{number}")
        for number in range(COUNT)
    ]
    return [*arrays, *loads]


def crowd_shows(hass: HomeAssistant, lost: int | None = None) -> None:
    for number in range(COUNT):
        panel = "unavailable" if number == lost else "0.001"
        kw, kwh = {"unit_of_measurement": "kW"}, {"unit_of_measurement": "kWh"}
        hass.states.async_set(f"sensor.panel_{number}", panel, kw, force_update=True)
        hass.states.async_set(f"sensor.power_{number}", "0.004", kw, force_update=True)
        hass.states.async_set(f"sensor.standby_{number}", "0.001", kw, force_update=True)
        hass.states.async_set(f"sensor.energy_{number}", "12.5", kwh, force_update=True)
        hass.states.async_set(f"input_boolean.plug_{number}", "on")


async def test_a_thousand_entities_of_which_one_is_lost(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    """That one is named, and nothing else is late or lost."""
    crowd_shows(hass)
    entry = MockConfigEntry(
        domain=DOMAIN,
        entry_id=ENTRY_ID,
        title="Home",
        data={"kind": "home", "name": "Home"},
        options=OPTIONS,
        subentries_data=[*subentries()[:3], *crowd()],
    )
    home = await start(hass, entry, frozen)
    await arm(hass, frozen)
    await pass_time(hass, frozen, 1, partial(meters, **CHARGING))
    assert status(hass) == "optimal"
    assert mode(hass) == "charge"
    assert not problems(hass)
    crowd_shows(hass, lost=123)
    await pass_time(hass, frozen, 12, partial(meters, **CHARGING))
    assert {each["entity"] for each in problems(hass).values()} == {"sensor.panel_123"}
    assert issues(hass) == {("input_unavailable", "sensor.panel_123")}
    assert hass.states.get("sensor.home_solar_power").state == "unavailable", "no sum without it"
    assert mode(hass) == "charge"
    crowd_shows(hass)
    await pass_time(hass, frozen, 12, partial(meters, **CHARGING, soc=60))
    assert not problems(hass)
    assert not issues(hass)
    assert gapless(home, 10)


async def test_neither_frontend_nor_energy_nor_recorder(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    """Home Assistant without its usual set of integrations: all but the card is there."""
    absent = {"frontend", "lovelace", "energy", "recorder", "weather", "history"}
    assert not absent & hass.config.components
    await arm(hass, frozen)
    await pass_time(hass, frozen, 12, partial(meters, **CHARGING))
    assert home.config_entry.state is ConfigEntryState.LOADED
    assert status(hass) == "optimal"
    assert mode(hass) == "charge"
    assert not problems(hass)
    assert not issues(hass)
    assert gapless(home, 10)


async def test_a_home_is_set_up_where_there_is_no_energy_dashboard(
    hass: HomeAssistant, enable_custom_integrations: None
) -> None:
    """The flow begins with what it can find without the dashboard, and with no error."""
    assert "energy" not in hass.config.components
    result = await hass.config_entries.flow.async_init(DOMAIN, context={"source": "user"})
    assert not result.get("errors")
    assert result["type"] in ("menu", "form")


@pytest.mark.parametrize("fault", ["breaks", "is late"])
async def test_a_solver_that_fails(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    fault: str,
) -> None:
    """The last plan holds, then the battery is let go; nothing measured is lost."""
    await arm(hass, frozen)
    broken = (
        patch.object(Scenario, "make", side_effect=RuntimeError("a fault"))
        if fault == "breaks"
        else patch("custom_components.shems.planning.DEADLINE_S", 0.0)
    )
    with broken:
        await pass_time(hass, frozen, 15, partial(meters, **CHARGING))
        assert status(hass) == "safe"
        assert {each["stage"] for each in problems(hass).values()} == {"held"}
        assert mode(hass) == "charge"
        await pass_time(hass, frozen, 20, partial(meters, **CHARGING, soc=60))
        assert {each["stage"] for each in problems(hass).values()} == {"safe"}
        assert mode(hass) == "automatic"
        assert home.store.control.owned == {}
        assert gapless(home, 20)
    await pass_time(hass, frozen, 6, partial(meters, soc=70))
    assert status(hass) == "optimal"
    assert not problems(hass)
