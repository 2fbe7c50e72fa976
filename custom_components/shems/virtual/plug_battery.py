"""The plug-in battery of a complete home, told a power by a number with a sign."""

from typing import Final

from homeassistant.components.number import NumberDeviceClass
from homeassistant.const import UnitOfPower

from ..core.world.annex import Annex
from .entity import (
    VirtualDevice,
    VirtualNumberDescription,
    VirtualSelectDescription,
    energy,
    power,
    state_of_charge,
)

AUTOMATIC: Final = "automatic"
REMOTE: Final = "remote"
_BATTERY: Final = Annex().battery
_MOST_W: Final = 1000.0 * _BATTERY.discharge_kw

DEVICE: Final = VirtualDevice(
    key="plug_battery",
    model="Battery on a socket, 2 kWh and 800 W",
    sensors=(
        power("plug_battery", lambda powers: powers.annex.battery),
        state_of_charge(
            "plug_battery", lambda home: home.state.annex.battery_kwh / _BATTERY.capacity_kwh
        ),
        energy("plug_battery_charge", translation_key="sim_charged"),
        energy("plug_battery_discharge", translation_key="sim_discharged"),
    ),
    selects=(
        VirtualSelectDescription(
            key="plug_battery_control",
            translation_key="sim_plug_battery_control",
            options=[AUTOMATIC, REMOTE],
            value_fn=lambda home: REMOTE if home.controls.annex.battery_remote else AUTOMATIC,
            set_fn=lambda home, option: home.set_annex(battery_remote=option == REMOTE),
        ),
    ),
    numbers=(
        VirtualNumberDescription(
            key="plug_battery_setpoint",
            translation_key="sim_plug_battery_setpoint",
            device_class=NumberDeviceClass.POWER,
            native_unit_of_measurement=UnitOfPower.WATT,
            native_min_value=-_MOST_W,
            native_max_value=_MOST_W,
            native_step=10,
            value_fn=lambda home: 1000.0 * home.controls.annex.battery_kw,
            set_fn=lambda home, watts: home.set_annex(battery_kw=watts / 1000.0),
        ),
    ),
)
