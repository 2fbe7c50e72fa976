"""What the user sees."""

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from custom_components import shems
from custom_components.shems.const import SIMULATED_PLATFORMS
from custom_components.shems.coordinator import HomeCoordinator

from .conftest import BATTERY, ENTRY_ID, advance, call

HOME = {
    "binary_sensor": {"problem", "cheap_now", "alert_active"},
    "calendar": {"plan_calendar"},
    "event": {"alert", "plan_event", "price_event", "surplus_event", "digest"},
    "switch": {"optimiser"},
    "button": {"recompute"},
    "select": {"occupancy", "objective"},
    "sensor": {
        "what_if",
        "plan_status",
        "plan_cost_today",
        "cost_today",
        "income_today",
        "sold_energy_today",
        "kept_energy_today",
        "saving_today",
        "saving_total",
        "saving_month",
        "saving_year",
        "carbon_today",
        "ledger_deviation",
        "grid_power",
        "load_power",
        "solar_power",
        "surplus_power",
        "import_price",
        "export_price",
        "load_forecast",
        "solar_forecast",
        "net_forecast",
        "self_consumption",
        "self_sufficiency",
        "next_action",
        "plan_time",
        "plan_made",
        "writes_today",
        "write_errors_today",
        "loop_lateness",
        "learning",
        "learned_until",
        "load_forecast_error",
        "load_forecast_skill",
        "load_forecast_coverage",
        "solar_forecast_error",
        "solar_forecast_skill",
        "solar_forecast_coverage",
        "import_limit",
        "strategy",
        "tips",
        "best_tip",
    },
    "todo": {"tip_list"},
}
DEVICE = {
    "switch": {"allow_control"},
    "select": {"mode"},
    "number": {"reserve", "target"},
    "event": {"control_event"},
    "sensor": {"planned_power", "next_action", "state_of_charge", "battery_power"},
}


STANDARD = {
    "all_day",
    "attribution",
    "description",
    "device_class",
    "end_time",
    "event_type",
    "event_types",
    "friendly_name",
    "icon",
    "last_reset",
    "location",
    "max",
    "message",
    "min",
    "mode",
    "options",
    "start_time",
    "state_class",
    "step",
    "supported_features",
    "unit_of_measurement",
}
"""Attributes that Home Assistant names itself."""


def entities(hass: HomeAssistant) -> list[er.RegistryEntry]:
    return er.async_entries_for_config_entry(er.async_get(hass), ENTRY_ID)


def inferred(entry: er.RegistryEntry) -> bool:
    return str(entry.translation_key).startswith("inferred_")


def found(hass: HomeAssistant, subentry: str | None) -> dict[str, set[str]]:
    result: dict[str, set[str]] = {}
    for each in entities(hass):
        if each.config_subentry_id == subentry and not inferred(each):
            result.setdefault(each.domain, set()).add(str(each.translation_key))
    return result


async def test_every_entity_is_there(hass: HomeAssistant, home: HomeCoordinator) -> None:
    assert found(hass, None) == HOME
    assert found(hass, BATTERY) == DEVICE
    assert found(hass, "load_id") == {
        "event": {"control_event"},
        "switch": {"allow_control"},
        "select": {"mode"},
        "sensor": {"energy_today", "device_cost_today", "device_carbon_today"},
    }


async def test_what_is_inferred_has_a_verdict_and_parameters_to_be_enabled(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    told = {
        str(each.translation_key): (each.config_subentry_id, each.disabled_by)
        for each in entities(hass)
        if inferred(each)
    }
    off = er.RegistryEntryDisabler.INTEGRATION
    assert told["inferred_battery"] == (BATTERY, None)
    assert told["inferred_battery_capacity_kwh"] == (BATTERY, off)
    assert told["inferred_living"] == (None, None)
    assert told["inferred_living_base_kw"] == (None, off)


async def test_every_entity_has_a_name_and_an_icon(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    folder = Path(shems.__file__).parent
    names = json.loads((folder / "translations" / "en.json").read_text())["entity"]
    icons = json.loads((folder / "icons.json").read_text())["entity"]
    for each in entities(hass):
        assert names[each.domain][each.translation_key]["name"]
        assert icons[each.domain][each.translation_key]["default"].startswith("mdi:")
        options = (each.capabilities or {}).get("options")
        for option in options or ():
            assert names[each.domain][each.translation_key]["state"][option]
        state = hass.states.get(each.entity_id)
        own = () if state is None else state.attributes.keys() - STANDARD
        for attribute in own:
            assert names[each.domain][each.translation_key]["state_attributes"][attribute]["name"]


async def test_only_what_helps_to_find_faults_is_disabled(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    disabled = {
        each.translation_key
        for each in entities(hass)
        if each.disabled_by is not None and not inferred(each)
    }
    assert disabled == {"load_forecast_coverage", "solar_forecast_coverage"}


@pytest.mark.parametrize(
    ("entity_id", "attributes"),
    [
        ("sensor.home_grid_power", {"device_class": "power", "unit_of_measurement": "kW"}),
        ("sensor.home_import_price", {"unit_of_measurement": "EUR/kWh"}),
        (
            "sensor.home_total_saving",
            {"device_class": "monetary", "state_class": "total", "unit_of_measurement": "EUR"},
        ),
        ("sensor.home_next_action", {"device_class": "enum"}),
        ("sensor.battery_state_of_charge", {"device_class": "battery"}),
        ("sensor.home_self_sufficiency_today", {"unit_of_measurement": "%"}),
    ],
)
async def test_units_and_classes(
    hass: HomeAssistant, home: HomeCoordinator, entity_id: str, attributes: dict[str, Any]
) -> None:
    state = hass.states.get(entity_id)
    assert state.attributes | attributes == state.attributes


async def test_a_price_has_no_device_class(hass: HomeAssistant, home: HomeCoordinator) -> None:
    assert "device_class" not in hass.states.get("sensor.home_import_price").attributes


async def test_states_follow_the_home(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    meters(grid_kw=1.2, soc=48, battery_kw=-0.5, solar_kw=0.3)
    await advance(hass, frozen, 2)
    expected = {
        "sensor.home_grid_power": 1.2,
        "sensor.home_solar_power": 0.3,
        "sensor.home_load_power": 1.0,
        "sensor.battery_state_of_charge": 48,
        "sensor.battery_power": -0.5,
        "sensor.home_import_price": 0.1,
        "sensor.home_export_price": 0.05,
        "sensor.home_load_forecast": 2.0,
        "sensor.home_solar_forecast": 0.0,
        "sensor.home_net_load_forecast": 2.0,
        "sensor.battery_planned_power": -5.0,
        "number.battery_reserve": 10,
        "number.battery_charge_target": 100,
    }
    shown = {key: float(hass.states.get(key).state) for key in expected}
    assert shown == pytest.approx(expected)


async def test_forecasts_carry_their_series(hass: HomeAssistant, home: HomeCoordinator) -> None:
    state = hass.states.get("sensor.home_load_forecast")
    series = state.attributes["forecast"]
    assert len(series) == len(home.data.plan.horizon)
    assert series[0]["power_kw"] == pytest.approx(2.0)
    assert series[0]["end"] == series[1]["start"]


async def test_the_next_action_is_a_mode_with_a_reason(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    state = hass.states.get("sensor.home_next_action")
    assert state.state in state.attributes["options"]
    assert state.state != "charge"
    assert state.attributes["device"] == "Battery"
    assert state.attributes["reason"]["code"]
    assert state.attributes["start"] > "2026-06-10T10:00:30"
    assert hass.states.get("sensor.battery_next_action").state == state.state


async def test_what_is_measured_is_unavailable_without_its_meter(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    meters(grid_kw="unavailable", soc="unknown", battery_kw="unavailable")
    await advance(hass, frozen, 2)
    await advance(hass, frozen, 70)
    await advance(hass, frozen, 2)
    for entity_id in (
        "sensor.home_grid_power",
        "sensor.home_load_power",
        "sensor.battery_state_of_charge",
        "sensor.battery_power",
    ):
        assert hass.states.get(entity_id).state == "unavailable"
    assert hass.states.get("sensor.home_solar_power").state == "0.0"
    meters()
    await advance(hass, frozen, 2)
    assert hass.states.get("sensor.home_grid_power").state == "2.0"


async def test_what_has_not_been_measured_yet_is_unknown(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    for entity_id in (
        "sensor.home_cost_today",
        "sensor.home_total_saving",
        "sensor.home_self_consumption_today",
    ):
        assert hass.states.get(entity_id).state == "unknown"


async def test_without_a_plan_what_it_says_is_unknown(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await call(hass, "switch", "turn_off", "switch.home_optimiser")
    await advance(hass, frozen, 5)
    for entity_id in (
        "sensor.home_next_action",
        "sensor.home_planned_cost_today",
        "sensor.home_load_forecast",
        "sensor.battery_planned_power",
        "sensor.battery_next_action",
    ):
        assert hass.states.get(entity_id).state == "unknown"
    assert hass.states.get("sensor.home_load_forecast").attributes["forecast"] == []


async def test_the_button_plans_again(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    before = home.data.plan.created
    await advance(hass, frozen, 20)
    await call(hass, "button", "press", "button.home_plan_again")
    assert home.data.plan.created > before


async def test_the_day_s_money_is_what_was_measured_and_what_is_planned(
    hass: HomeAssistant,
    home: HomeCoordinator,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    frozen.move_to("2026-06-10T10:05:00+00:00")
    await advance(hass, frozen, 0)
    for _ in range(31):
        meters(grid_kw=3.0, battery_kw=0.0)
        await advance(hass, frozen, 10)
    cost = hass.states.get("sensor.home_cost_today")
    assert float(cost.state) == pytest.approx(3.0 / 12 * 0.1, rel=0.2)
    assert cost.attributes["last_reset"] == "2026-06-10T00:00:00+00:00"
    planned = hass.states.get("sensor.home_planned_cost_today")
    assert float(planned.state) > float(cost.state)
    assert float(hass.states.get("sensor.home_self_sufficiency_today").state) == 0
    assert hass.states.get("sensor.home_self_consumption_today").state == "unknown"


def test_every_platform_says_how_many_updates_run_at_once() -> None:
    for platform in SIMULATED_PLATFORMS:
        module = import_module(f"{shems.__name__}.{platform}")
        assert isinstance(module.PARALLEL_UPDATES, int)
