"""What SHEMS is told of the simulated devices that can be moved in time."""

from typing import Any

from homeassistant.const import Platform

from ..core.world.appliance import PROGRAMMES, Programme
from ..core.world.household import CAR_PHASES, Household
from ..core.world.plant import DEHUMIDIFIER_KW
from .told import Ids, charger, meters, rooms


def movables(ids: Ids) -> tuple[tuple[str, str, dict[str, Any]], ...]:
    """Return kind, title and data of every such device.

    Args:
        ids: looks up the entities of a platform by key.
    """
    dishwasher, washing_machine = PROGRAMMES
    return (
        ("vehicle", "Car", _car(ids)),
        ("heating", "Heating", _heating(ids)),
        ("water", "Hot water", _water(ids)),
        ("appliance", "Dishwasher", _appliance(ids, dishwasher, "06:00:00")),
        ("appliance", "Washing machine", _appliance(ids, washing_machine, "18:00:00")),
        ("deferrable", "Dehumidifier", _dehumidifier(ids)),
        ("sheddable", "Refrigerator", _refrigerator(ids)),
    )


def _car(ids: Ids) -> dict[str, Any]:
    return {
        **charger(ids, "car", Household(0).car, CAR_PHASES),
        "soc": ids(Platform.SENSOR)["car_soc"],
        "ready_by": "07:00:00",
        "target_soc": 80.0,
        "session_kwh": 8.0,
        "arrives_at": "18:00:00",
        "limit_soc": 80.0,
    }


def _heating(ids: Ids) -> dict[str, Any]:
    house = Household(0).house
    return {
        **meters(ids, "heating"),
        "heater": "heat_pump",
        "power_kw": house.highest_kw,
        "least_kw": house.lowest_kw,
        "low_c": 20.0,
        "high_c": 22.5,
        "night_low_c": house.night_c,
        "night_begin": "22:00:00",
        "night_end": "06:00:00",
        "temperature": ids(Platform.SENSOR)["indoor_temperature"],
        "thermostat": ids(Platform.CLIMATE)["heat_pump"],
        "driven_mode": "heat",
        "released_mode": "auto",
        **rooms(house),
    }


def _water(ids: Ids) -> dict[str, Any]:
    house = Household(0).house
    return {
        **meters(ids, "hot_water"),
        "heater": "heat_pump",
        "power_kw": house.water_kw,
        "low_c": house.water_low_c - 1.0,
        "high_c": house.water_high_c,
        "max_c": 62.0,
        "cop": house.performance(7.0) - 1.0,
        "temperature": ids(Platform.SENSOR)["water_temperature"],
        "thermostat": ids(Platform.WATER_HEATER)["hot_water"],
        "driven_mode": "heat_pump",
        "released_mode": "eco",
        "hysteresis_k": 1.0,
        "least_on_min": 10.0,
        "least_off_min": 10.0,
    }


def _appliance(ids: Ids, programme: Programme, done_by: str) -> dict[str, Any]:
    name = programme.name
    status, switches = ids(Platform.SENSOR)[f"{name}_status"], ids(Platform.SWITCH)
    return {
        **meters(ids, name),
        "shape": name,
        "programme_min": 60.0 * programme.hours,
        "programme_kwh": programme.energy_kwh,
        "done_by": done_by,
        "ready": status,
        "ready_states": ["waiting"],
        "running": status,
        "running_states": ["running"],
        "switch": switches[f"{name}_programme"],
        "remote_switch": switches[f"{name}_remote"],
    }


def _dehumidifier(ids: Ids) -> dict[str, Any]:
    return {
        **meters(ids, "dehumidifier"),
        "power_kw": DEHUMIDIFIER_KW,
        "daily_kwh": 4.0 * DEHUMIDIFIER_KW,
        "switch": ids(Platform.SWITCH)["dehumidifier_plug"],
        "released": "off",
        "least_on_min": 30.0,
        "starts_a_day": 4.0,
    }


def _refrigerator(ids: Ids) -> dict[str, Any]:
    return {
        **meters(ids, "refrigerator"),
        "power_kw": 0.12,
        "usual_kw": 0.04,
        "price_per_kwh": 1.5,
        "switch": ids(Platform.SWITCH)["refrigerator_plug"],
        "longest_h": 1.0,
        "most_h_a_day": 3.0,
        "least_off_min": 60.0,
    }
