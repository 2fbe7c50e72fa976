"""Switched sockets with a meter, of any maker."""

from typing import Final

from .preset import Preset, Sign

_POWER: Final = (Sign("sensor", r"(?:\w*_)?(?:power|load|electrical_measurement)(?:_0)?", ("W",)),)
_ENERGY: Final = (
    Sign(
        "sensor", r"(?:\w*_)?(?:energy|summation_delivered|energy_consumed)(?:_0)?", ("kWh", "Wh")
    ),
)

PLUG: Final = Preset(
    key="plug",
    kinds=("load", "deferrable", "sheddable", "appliance"),
    platforms=(
        "shelly",
        "mqtt",
        "zha",
        "tasmota",
        "tplink",
        "homewizard",
        "zwave_js",
        "matter",
        "esphome",
    ),
    # A device with several switches is a strip or an actuator: nobody knows which is measured.
    fields={
        "switch": (Sign("switch", r"\w+"),),
        "power": _POWER,
        "energy": _ENERGY,
    },
    needs=("switch", "power"),
    only=("switch", "power"),
)
"""Shelly, Zigbee2MQTT and ZHA plugs among them: one switch, one power, perhaps one meter."""
