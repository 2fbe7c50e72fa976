"""What SHEMS is told alike of every simulated device of a kind."""

from collections.abc import Callable
from typing import Any, Final

from homeassistant.const import Platform

from ..core.assets.battery import Battery
from ..core.units import PHASE_V
from ..core.world.house import House

type Ids = Callable[[Platform], dict[str, str]]
"""Looks up the entities of a platform by key."""

WATT: Final = 1000.0
"""In a kilowatt."""

_LEAST_A: Final = 6.0


def meters(ids: Ids, key: str) -> dict[str, Any]:
    """Return the meters of a device."""
    sensors = ids(Platform.SENSOR)
    return {"power": sensors[f"{key}_power"], "energy": sensors[f"{key}_energy"]}


def charger(ids: Ids, key: str, car: Battery, phases: int) -> dict[str, Any]:
    """Return what is the same of every car at its charger."""
    return {
        **meters(ids, key),
        "capacity_kwh": car.capacity_kwh,
        "charge_kw": car.charge_kw,
        "least_kw": _LEAST_A * PHASE_V * phases / WATT,
        "connected": ids(Platform.SENSOR)[f"{key}_status"],
        "absent_states": ["away", "unplugged"],
        "switch": ids(Platform.SWITCH)[f"{key}_charging"],
        "power_number": ids(Platform.NUMBER)[f"{key}_current"],
        "released": "on",
        "phases": str(phases),
        "charge_efficiency": 100.0 * car.charge_efficiency,
        "surplus": True,
        "least_on_min": 5.0,
        "least_off_min": 5.0,
    }


def rooms(house: House) -> dict[str, Any]:
    """Return what is known of the rooms, whoever heats or cools them."""
    return {
        "hysteresis_k": 0.3,
        "loss_w_per_k": WATT * house.loss_kw_per_k,
        "air_kwh_per_k": house.air_kwh_per_k,
        "mass_kwh_per_k": house.mass_kwh_per_k,
        "aperture_m2": house.window_m2,
        "least_on_min": 10.0,
        "least_off_min": 10.0,
    }


def stored(ids: Ids, key: str, battery: Battery) -> dict[str, Any]:
    """Return what is the same of every battery."""
    sensors = ids(Platform.SENSOR)
    return {
        "soc": sensors[f"{key}_soc"],
        "power": sensors[f"{key}_power"],
        "charged_energy": sensors[f"{key}_charge_energy"],
        "discharged_energy": sensors[f"{key}_discharge_energy"],
        "capacity_kwh": battery.capacity_kwh,
        "charge_kw": battery.charge_kw,
        "discharge_kw": battery.discharge_kw,
        "charge_efficiency": 100.0 * battery.charge_efficiency,
        "discharge_efficiency": 100.0 * battery.discharge_efficiency,
        "min_soc": 100.0 * battery.min_soc,
        "max_soc": 100.0 * battery.max_soc,
        "reserve_soc": 10.0,
        "may_charge_from_grid": True,
        "battery_volts": 51.2,
    }
