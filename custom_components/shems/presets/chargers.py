"""Chargers of electric cars.

What each expects is in the integrations' own sources; none was tested on the hardware.
"""

from typing import Final

from .preset import Preset, Sign

_POWER: Final = ("W", "kW")
_LEAST_KW: Final = {"least_kw": 4.14}
"""6 A on three phases: below, no car charges (IEC 61851-1)."""

GO_E: Final = Preset(
    key="go_e",
    kinds=("vehicle",),
    platforms=("goecharger_api2",),
    fields={
        "power": (Sign("sensor", "nrg_11", _POWER),),
        "mode_select": (Sign("select", "frc"),),
        "power_number": (Sign("number", "amp", ("A",)),),
        "connected": (Sign("binary_sensor", r"car\w*"), Sign("sensor", "car_value")),
    },
    needs=("power", "mode_select"),
    # The charger keeps `amp` in flash memory.
    data={
        "option_on": "2",
        "option_off": "1",
        "option_default": "0",
        "writes_a_day": 100,
        **_LEAST_KW,
    },
)
EASEE: Final = Preset(
    key="easee",
    kinds=("vehicle",),
    platforms=("easee",),
    fields={
        "power": (Sign("sensor", "power", _POWER),),
        "connected": (Sign("sensor", "status"),),
        "energy": (Sign("sensor", "lifetime_energy", ("kWh",)),),
    },
    needs=("power", "connected"),
    # The dynamic limit is not kept in flash memory, the maximum is; 0 A is a pause.
    data={
        "sequence": [
            {
                "action": "easee.set_charger_dynamic_limit",
                "data": {
                    "device_id": "$device",
                    "current": "{{ current_a | int if mode == 'on' else 0 }}",
                },
            }
        ],
        "writes_a_day": 500,
        **_LEAST_KW,
    },
)
ZAPTEC: Final = Preset(
    key="zaptec",
    kinds=("vehicle",),
    platforms=("zaptec",),
    fields={
        "power": (Sign("sensor", "total_charge_power", _POWER),),
        "switch": (Sign("switch", "charger_operation_mode"),),
        "connected": (Sign("sensor", "charger_operation_mode"),),
        "power_number": (Sign("number", "available_current", ("A",)),),
        "energy": (Sign("sensor", "signed_meter_value(?:_kwh)?", ("kWh",)),),
    },
    needs=("power", "switch"),
    # Zaptec asks that the current of an installation changes every quarter of an hour at most.
    data={"writes_a_day": 96, **_LEAST_KW},
    whole_entry=True,
)
WALLBOX: Final = Preset(
    key="wallbox",
    kinds=("vehicle",),
    platforms=("wallbox",),
    fields={
        "power": (Sign("sensor", "charging_power", _POWER),),
        "switch": (Sign("switch", "pause_resume|paused"),),
        "power_number": (Sign("number", "maximum_charging_current|max_charging_current"),),
        "connected": (Sign("sensor", "status_description"),),
    },
    needs=("power", "switch"),
    # Read from Wallbox' cloud every 90 s; `Ready` is its word for an empty socket, and its
    # number of amperes has no unit.
    data={
        "absent_states": ["disconnected", "ready", "locked", "updating"],
        "number_unit": "A",
        "writes_a_day": 96,
        **_LEAST_KW,
    },
)
OCPP: Final = Preset(
    key="ocpp",
    kinds=("vehicle",),
    platforms=("ocpp",),
    fields={
        "power": (Sign("sensor", "power_active_import", _POWER),),
        "switch": (Sign("switch", "charge_control"),),
        "power_number": (Sign("number", "maximum_current", ("A",)),),
        "connected": (Sign("sensor", "status_connector"),),
        "energy": (Sign("sensor", "energy_active_import_register", ("kWh", "Wh")),),
    },
    needs=("power", "switch"),
    data={"writes_a_day": 200, **_LEAST_KW},
    whole_entry=True,
)
EVCC: Final = Preset(
    key="evcc",
    kinds=("vehicle",),
    platforms=("evcc_intg",),
    fields={
        "power": (Sign("sensor", "charge_?power", _POWER),),
        "mode_select": (Sign("select", "mode"),),
        "connected": (Sign("binary_sensor", "connected"),),
        "power_number": (Sign("select", "max_?current"),),
        "soc": (Sign("sensor", "vehicle_?soc", ("%",)),),
    },
    needs=("power", "mode_select"),
    # In the mode `now`, evcc charges with the highest current of its select.
    data={
        "option_on": "now",
        "option_off": "off",
        "option_default": "pv",
        "number_unit": "A",
        "writes_a_day": 500,
        **_LEAST_KW,
    },
)

CHARGERS: Final = (GO_E, EASEE, ZAPTEC, WALLBOX, OCPP, EVCC)
