"""Solar inverters that can be held back.

What each expects is in the integrations' own sources; none was tested on the hardware.
"""

from typing import Final

from .preset import Preset, Sign

_POWER: Final = ("W", "kW")

HUAWEI: Final = Preset(
    key="huawei_solar",
    kinds=("solar",),
    platforms=("huawei_solar",),
    fields={
        "limit_number": (Sign("number", "active_power_fixed_value_derating", _POWER),),
        "power": (Sign("sensor", "input_power", _POWER),),
    },
    needs=("limit_number",),
    data={"limit_kind": "production", "writes_a_day": 200},
    ranges={"peak_kw": "limit_number"},
)
SOLAREDGE: Final = Preset(
    key="solaredge_solar",
    kinds=("solar",),
    platforms=("solaredge_modbus_multi", "solaredge_modbus"),
    fields={"limit_number": (Sign("number", "active_power_limit(?:_set)?", ("%",)),)},
    needs=("limit_number",),
    data={"limit_kind": "production", "writes_a_day": 200},
)
VICTRON: Final = Preset(
    key="victron_solar",
    kinds=("solar",),
    platforms=("victron_gx", "victron_mqtt"),
    fields={
        "limit_number": (Sign("number", "system_ess_max_feed_in_power", _POWER),),
        "power": (Sign("sensor", "system_dc_pv_power", _POWER),),
    },
    needs=("limit_number",),
    # -1 W is Victron's word for no limit.
    data={"limit_kind": "export", "limit_released": -1, "writes_a_day": 100},
)
SUNGROW: Final = Preset(
    key="sungrow_solar",
    kinds=("solar",),
    platforms=("modbus", "template"),
    fields={
        "limit_number": (Sign("number", "uid_export_power_limit", _POWER),),
        "limit_enable": (Sign("switch", "sg_export_power_limit_switch"),),
        "power": (Sign("sensor", "sg_total_dc_power", _POWER),),
    },
    needs=("limit_number",),
    data={"limit_kind": "export", "writes_a_day": 200},
    ranges={"peak_kw": "limit_number"},
    deviceless=True,
)
GOODWE: Final = Preset(
    key="goodwe_solar",
    kinds=("solar",),
    platforms=("goodwe",),
    fields={
        "limit_number": (Sign("number", "grid_export_limit", _POWER),),
        "power": (Sign("sensor", "ppv", _POWER),),
    },
    needs=("limit_number",),
    data={"limit_kind": "export", "writes_a_day": 100},
    ranges={"peak_kw": "limit_number"},
)

ARRAYS: Final = (HUAWEI, SOLAREDGE, VICTRON, SUNGROW, GOODWE)
