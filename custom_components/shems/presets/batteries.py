"""Batteries and hybrid inverters.

What each expects is in the integrations' own sources; none was tested on the hardware.
"""

from collections.abc import Mapping
from typing import Any, Final

from .preset import Preset, Sign

_POWER: Final = ("W", "kW")
_ENERGY: Final = ("Wh", "kWh", "MWh")
_CLOUD_A_DAY: Final = 48
"""Clouds count or throttle calls; a command every half hour is what they bear."""
_FLASH_A_DAY: Final = 50
"""For settings that makers say they keep in flash memory."""


def _soc(names: str) -> tuple[Sign, ...]:
    return (Sign("sensor", names, ("%",)),)


def _power(names: str) -> tuple[Sign, ...]:
    return (Sign("sensor", names, _POWER),)


def _select(entity: str, option: str) -> dict[str, Any]:
    target, data = {"entity_id": entity}, {"option": option}
    return {"action": "select.select_option", "target": target, "data": data}


def _set(entity: str, value: str) -> dict[str, Any]:
    target, data = {"entity_id": entity}, {"value": value}
    return {"action": "number.set_value", "target": target, "data": data}


def _when(modes: str, *steps: Mapping[str, Any]) -> dict[str, Any]:
    return {"conditions": f"{{{{ mode in [{modes}] }}}}", "sequence": list(steps)}


VICTRON: Final = Preset(
    key="victron",
    kinds=("battery",),
    platforms=("victron_gx", "victron_mqtt"),
    fields={
        "mode_select": (Sign("select", "system_ess_batterylife_state"),),
        "soc": _soc("system_dc_battery_soc|battery_soc"),
        "power": _power("system_dc_battery_power"),
        "charge_number": (Sign("number", "system_ess_max_charge_power", _POWER),),
        "discharge_number": (Sign("number", "system_ess_max_inverter_power_limit", _POWER),),
    },
    needs=("mode_select", "soc", "power", "discharge_number"),
    data={
        "control": "select",
        "power_inverted": True,
        "option_self_consume": "optimized_no_battery_life",
        "option_default": "optimized_no_battery_life",
        "option_charge": "keep_batteries_charged",
        # GX devices keep their settings in flash memory.
        "writes_a_day": 100,
    },
    whole_entry=True,
)
_HELD: Final = "{{ 0 if mode in ['hold', 'absorb'] else state_attr('$limit', 'max') }}"
HUAWEI: Final = Preset(
    key="huawei",
    kinds=("battery",),
    platforms=("huawei_solar",),
    fields={
        "soc": _soc("storage_state_of_capacity"),
        "power": _power("storage_charge_discharge_power"),
    },
    parts={
        "limit": (Sign("number", "storage_maximum_discharging_power", _POWER),),
        "charging": (Sign("number", "storage_maximum_charging_power", _POWER),),
    },
    needs=("soc", "power", "limit"),
    data={
        "control": "actions",
        "power_inverted": True,
        "sequence": [
            _set("$limit", _HELD),
            {
                "choose": [
                    _when(
                        f"'{mode}'",
                        {
                            "action": f"huawei_solar.forcible_{mode}",
                            "data": {
                                "device_id": "$device",
                                "duration": 60,
                                "power": "{{ power_w | abs }}",
                            },
                        },
                    )
                    for mode in ("charge", "discharge")
                ],
                "default": [
                    {
                        "action": "huawei_solar.stop_forcible_charge",
                        "data": {"device_id": "$device"},
                    }
                ],
            },
        ],
        # What is forced ends after an hour by itself.
        "refresh_min": 30,
        "writes_a_day": 200,
    },
    ranges={"charge_kw": "charging", "discharge_kw": "limit"},
)
SOLAREDGE: Final = Preset(
    key="solaredge",
    kinds=("battery",),
    platforms=("solaredge_modbus_multi",),
    fields={
        "mode_select": (Sign("select", "storage_command_mode"),),
        "enable": (Sign("select", "storage_control_mode"),),
        "soc": _soc("battery_soe|state_of_energy|soe"),
        "power": _power(r"(?:b\d_|battery_)\w*dc_power|dc_power"),
        "charge_number": (Sign("number", "storage_charge_limit", _POWER),),
        "discharge_number": (Sign("number", "storage_discharge_limit", _POWER),),
    },
    needs=("mode_select", "enable", "soc"),
    data={
        "control": "select",
        "power_inverted": True,
        "enable_option": "Remote Control",
        "release_option": "Maximize Self Consumption",
        "option_self_consume": "Maximize Self Consumption",
        "option_default": "Maximize Self Consumption",
        "option_charge": "Charge from Solar Power and Grid",
        "option_discharge": "Discharge to Maximize Export",
        "option_hold": "Solar Power Only (Off)",
        "option_absorb": "Charge from Solar Power",
        "option_cover": "Discharge to Minimize Import",
        # Without a word the inverter forgets a command after its timeout, an hour at first.
        "refresh_min": 30,
        "writes_a_day": 200,
    },
    ranges={"charge_kw": "charge_number", "discharge_kw": "discharge_number"},
    whole_entry=True,
)
SOLAREDGE_CORE: Final = Preset(
    key="solaredge_core",
    kinds=("battery",),
    platforms=("solaredge_modbus",),
    fields={
        "mode_select": (Sign("select", "storage_command_mode"),),
        "enable": (Sign("select", "storage_control_mode"),),
        "soc": _soc("storage_state_of_charge|state_of_energy"),
        "power": _power(r"battery\w*_dc_power"),
        "charge_number": (Sign("number", "(?:storage_)?charge_limit", _POWER),),
        "discharge_number": (Sign("number", "(?:storage_)?discharge_limit", _POWER),),
    },
    needs=("mode_select", "enable", "soc"),
    data={
        "control": "select",
        "power_inverted": True,
        "enable_option": "remote_control",
        "release_option": "maximize_self_consumption",
        "option_self_consume": "maximize_self_consumption",
        "option_default": "maximize_self_consumption",
        "option_charge": "charge_from_solar_and_grid",
        "option_discharge": "discharge_to_maximize_export",
        "option_hold": "solar_only",
        "option_absorb": "charge_from_solar",
        "option_cover": "discharge_to_minimize_import",
        "refresh_min": 30,
        "writes_a_day": 200,
    },
    values={
        "capacity_kwh": (Sign("sensor", "rated_energy", _ENERGY),),
        "charge_kw": (Sign("sensor", "max_charge_power", _POWER),),
        "discharge_kw": (Sign("sensor", "max_discharge_power", _POWER),),
    },
    whole_entry=True,
)
FRONIUS: Final = Preset(
    key="fronius",
    kinds=("battery",),
    platforms=("fronius_modbus",),
    fields={
        "mode_select": (Sign("select", "ext_control_mode"),),
        "soc": _soc("soc"),
        "power": _power("storage_power"),
        "charge_number": (Sign("number", "grid_charge_power", _POWER),),
        "discharge_number": (Sign("number", "grid_discharge_power", _POWER),),
    },
    needs=("mode_select", "soc", "power"),
    data={
        "control": "select",
        "limits_always": False,
        "option_self_consume": "Auto",
        "option_default": "Auto",
        "option_charge": "Charge from Grid",
        "option_discharge": "Discharge to Grid",
        "option_hold": "Block Discharging",
        "option_absorb": "Block Discharging",
        "option_cover": "Block Charging",
        "writes_a_day": 200,
    },
    ranges={"charge_kw": "charge_number", "discharge_kw": "discharge_number"},
    whole_entry=True,
)
GIVENERGY: Final = Preset(
    key="givenergy",
    kinds=("battery",),
    platforms=("givenergy_local",),
    fields={
        "mode_select": (Sign("select", "battery_pause_mode"),),
        "soc": _soc("battery_percent"),
        "power": _power("p_battery"),
        "charge_number": (Sign("number", "battery_charge_limit", _POWER),),
        "discharge_number": (Sign("number", "battery_discharge_limit", _POWER),),
    },
    needs=("mode_select", "soc", "power"),
    data={
        "control": "select",
        "option_self_consume": "Not Paused",
        "option_default": "Not Paused",
        "option_hold": "Pause Charge & Discharge",
        "option_absorb": "Pause Discharge",
        "option_cover": "Pause Charge",
        "writes_a_day": _FLASH_A_DAY,
    },
    ranges={"charge_kw": "charge_number", "discharge_kw": "discharge_number"},
    whole_entry=True,
)
_STOP: Final = _select("$forced", "Stop (default)")
SUNGROW: Final = Preset(
    key="sungrow",
    kinds=("battery",),
    platforms=("modbus", "template"),
    fields={
        "soc": _soc("sg_battery_level"),
        "charge_power": _power("sg_battery_charging_power"),
        "discharge_power": _power("sg_battery_discharging_power"),
    },
    parts={
        "ems": (Sign("select", "uid_ems_mode"),),
        "forced": (Sign("select", "uid_battery_forced_charge_discharge"),),
        "wanted": (Sign("number", "uid_battery_forced_charge_discharge_power", _POWER),),
    },
    needs=("soc", "ems", "forced", "wanted"),
    data={
        "control": "actions",
        "sequence": [
            {
                "choose": [
                    _when(
                        f"'{mode}'",
                        _select("$ems", "Forced mode"),
                        _set("$wanted", "{{ power_w | abs }}"),
                        _select("$forced", f"Forced {mode}"),
                    )
                    for mode in ("charge", "discharge")
                ]
                + [_when("'hold'", _select("$ems", "Forced mode"), _STOP)],
                "default": [_STOP, _select("$ems", "Self-consumption mode (default)")],
            }
        ],
        "writes_a_day": 200,
    },
    ranges={"charge_kw": "wanted", "discharge_kw": "wanted"},
    deviceless=True,
)
GROWATT: Final = Preset(
    key="growatt",
    kinds=("battery",),
    platforms=("growatt_server",),
    fields={
        "discharge_number": (Sign("number", "battery_discharge_power_limit", ("%",)),),
        "charge_number": (Sign("number", "battery_charge_power_limit", ("%",)),),
        "soc": _soc(r"tlx_(?:statement_of_charge|battery_1_soc|soc)"),
        "charge_power": _power("tlx_(?:battery_1_charge_w|all_batteries_charge_w)"),
        "discharge_power": _power("tlx_(?:battery_1_discharge_w|all_batteries_discharge_w)"),
        "grid_charge_switch": (Sign("switch", "ac_charge"),),
    },
    needs=("discharge_number",),
    data={"control": "limits", "writes_a_day": _CLOUD_A_DAY},
)
ENPHASE: Final = Preset(
    key="enphase",
    kinds=("battery",),
    platforms=("enphase_envoy",),
    fields={
        "mode_select": (Sign("select", "storage_mode"),),
        "soc": _soc("aggregated_soc|battery_level"),
        "power": _power("battery_discharge"),
        "min_soc_number": (Sign("number", "reserve_soc", ("%",)),),
        "grid_charge_switch": (Sign("switch", "charge_from_grid"),),
    },
    needs=("mode_select", "soc", "min_soc_number"),
    data={
        "control": "select",
        "option_self_consume": "self_consumption",
        "option_default": "self_consumption",
        "option_charge": "backup",
        "writes_a_day": _CLOUD_A_DAY,
    },
    values={"capacity_kwh": (Sign("sensor", "aggregated_max(?:_battery)?_capacity", _ENERGY),)},
    whole_entry=True,
)
SONNEN: Final = Preset(
    key="sonnen",
    kinds=("battery",),
    platforms=("sonnenbatterie",),
    fields={
        "soc": _soc("state_battery_percentage_user|state_charge_user"),
        "charge_power": _power("state_battery_in(?:put)?"),
        "discharge_power": _power("state_battery_out(?:put)?"),
    },
    needs=("soc", "charge_power", "discharge_power"),
    data={
        "control": "actions",
        "sequence": [
            {
                "choose": [
                    _when(
                        modes,
                        {
                            "action": "sonnenbatterie.set_operating_mode",
                            "data": {"device_id": "$device", "mode": "manual"},
                        },
                        {
                            "action": f"sonnenbatterie.{way}_battery",
                            "data": {"device_id": "$device", "power": "{{ power_w | abs }}"},
                        },
                    )
                    for modes, way in (("'charge', 'hold'", "charge"), ("'discharge'", "discharge"))
                ],
                "default": [
                    {
                        "action": "sonnenbatterie.set_operating_mode",
                        "data": {"device_id": "$device", "mode": "automatic"},
                    }
                ],
            }
        ],
        "writes_a_day": 500,
    },
)
TESLA: Final = Preset(
    key="tesla",
    kinds=("battery",),
    platforms=("teslemetry", "tesla_fleet", "tessie"),
    fields={
        "mode_select": (Sign("select", "default_real_mode"),),
        "soc": _soc("percentage_charged"),
        "power": _power("battery_power"),
        "min_soc_number": (Sign("number", "backup_reserve_percent", ("%",)),),
        "grid_charge_switch": (
            Sign("switch", "components_disallow_charge_from_grid_with_solar_installed"),
        ),
    },
    needs=("mode_select", "soc", "power", "min_soc_number"),
    data={
        "control": "select",
        "option_self_consume": "self_consumption",
        "option_default": "self_consumption",
        "option_charge": "backup",
        "writes_a_day": _CLOUD_A_DAY,
    },
)

BATTERIES: Final = (
    VICTRON,
    HUAWEI,
    SOLAREDGE,
    SOLAREDGE_CORE,
    FRONIUS,
    GIVENERGY,
    SUNGROW,
    GROWATT,
    ENPHASE,
    SONNEN,
    TESLA,
)
