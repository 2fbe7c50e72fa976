"""Chargers of electric cars."""

from typing import Final

from .preset import Preset, Sign

_KW: Final = ("W", "kW")

WALLBOX: Final = Preset(
    key="wallbox",
    kinds=("vehicle",),
    platforms=("wallbox",),
    fields={
        "power": (Sign("sensor", "charging_power", _KW),),
        "switch": (Sign("switch", "pause_resume"),),
        "connected": (Sign("sensor", "status_description"),),
    },
    needs=("power", "switch"),
    # Read from Wallbox' cloud every 90 s; `Ready` is its word for an empty socket.
    data={"absent_states": ["disconnected", "ready", "locked", "updating"]},
)
