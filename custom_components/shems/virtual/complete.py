"""What SHEMS is told of the devices that only a complete home has."""

from typing import Any, Final

from homeassistant.const import Platform

from ..core.units import PHASE_V
from ..core.world.annex import COOLER_KW, POOL_PUMP_KW, SMALL_CAR_PHASES, Annex
from ..core.world.household import Household
from .plug_battery import AUTOMATIC, REMOTE
from .told import WATT, Ids, charger, meters, rooms, stored

TITLES: Final = {
    "Grid": "Three-phase grid",
    "Solar roof": "Solar panels",
    "Battery": "House battery",
    "Car": "Family car",
    "Heating": "Underfloor heating",
    "Hot water": "Water tank",
    "Dishwasher": "Kitchen dishwasher",
    "Washing machine": "Basement washing machine",
    "Dehumidifier": "Cellar dehumidifier",
    "Refrigerator": "Kitchen refrigerator",
    "Living room lamp": "Sitting room lamp",
    "Kitchen lamp": "Dining room lamp",
    "Bedroom lamp": "Guest room lamp",
    "Outdoors": "Garden",
}
"""Names of the usual devices, told apart from those of a simple home beside it."""

type Told = tuple[str, str, dict[str, Any]]

_FUSE_A: Final = 35.0


def completed(devices: tuple[Told, ...], ids: Ids) -> tuple[Told, ...]:
    """Return kind, title and data of all devices, given those of a simple home.

    Args:
        devices: of a simple home.
        ids: looks up the entities of a platform by key.
    """
    return (
        *(
            (kind, title, data | _phases(ids) if kind == "connection" else data)
            for kind, title, data in devices
        ),
        ("battery", "Balcony battery", _battery(ids)),
        ("vehicle", "Small car", _car(ids)),
        ("heating", "Air conditioning", _cooling(ids)),
        ("deferrable", "Pool pump", _pool_pump(ids)),
        ("sheddable", "Freezer", _freezer(ids)),
    )


def _phases(ids: Ids) -> dict[str, Any]:
    """Return what is known of the phases, and who may limit the home."""
    sensors = ids(Platform.SENSOR)
    return {
        "import_limit_kw": 3 * _FUSE_A * PHASE_V / WATT,
        "export_limit_kw": 3 * _FUSE_A * PHASE_V / WATT,
        "fuse_a": _FUSE_A,
        "phases": "3",
        "phase_currents": [sensors[f"meter_current_l{phase}"] for phase in (1, 2, 3)],
        "imposed_import": ids(Platform.SWITCH)["grid_dimmed"],
        "imposed_import_kw": 4.2,
    }


def _battery(ids: Ids) -> dict[str, Any]:
    return {
        **stored(ids, "plug_battery", Annex().battery),
        "wear_per_kwh": 0.02,
        "may_discharge_to_grid": False,
        "phase": "2",
        "control": "number",
        "power_number": ids(Platform.NUMBER)["plug_battery_setpoint"],
        "number_positive": "discharge",
        "release_value": 0.0,
        "enable": ids(Platform.SELECT)["plug_battery_control"],
        "enable_option": REMOTE,
        "release_option": AUTOMATIC,
    }


def _car(ids: Ids) -> dict[str, Any]:
    return {
        **charger(ids, "small_car", Annex().car, SMALL_CAR_PHASES),
        "ready_by": "08:00:00",
        "target_soc": 100.0,
        "session_kwh": 7.0,
        "arrives_at": "17:30:00",
        "phase": "1",
        "limit_soc": 100.0,
    }


def _cooling(ids: Ids) -> dict[str, Any]:
    return {
        **meters(ids, "air_conditioner"),
        "heater": "cooling",
        "power_kw": COOLER_KW,
        # Above all that the heat pump does: it is in the same rooms.
        "low_c": 23.0,
        "high_c": 25.0,
        "temperature": ids(Platform.SENSOR)["indoor_temperature"],
        "thermostat": ids(Platform.CLIMATE)["air_conditioner"],
        "driven_mode": "cool",
        "released_mode": "off",
        **rooms(Household(0).house),
        "cooling_cop": 3.2,
        "phase": "3",
    }


def _pool_pump(ids: Ids) -> dict[str, Any]:
    return {
        **meters(ids, "pool_pump"),
        "power_kw": POOL_PUMP_KW,
        "daily_kwh": 6.0 * POOL_PUMP_KW,
        "begin": "07:00:00",
        "end": "22:00:00",
        "switch": ids(Platform.SWITCH)["pool_pump_plug"],
        "released": "off",
        "least_on_min": 30.0,
        "starts_a_day": 4.0,
        "phase": "3",
    }


def _freezer(ids: Ids) -> dict[str, Any]:
    return {
        **meters(ids, "freezer"),
        "power_kw": 0.11,
        "usual_kw": 0.044,
        "price_per_kwh": 1.0,
        "switch": ids(Platform.SWITCH)["freezer_plug"],
        "longest_h": 2.0,
        "most_h_a_day": 4.0,
        "least_off_min": 60.0,
    }
