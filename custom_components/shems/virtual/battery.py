"""The battery with its inverter."""

from typing import Final

from homeassistant.components.number import NumberDeviceClass
from homeassistant.const import UnitOfPower

from ..core.world.plant import BatteryMode
from .entity import (
    VirtualDevice,
    VirtualNumberDescription,
    VirtualSelectDescription,
    energy,
    power,
    state_of_charge,
)

DEVICE: Final = VirtualDevice(
    key="battery",
    model="Battery inverter, 10 kWh and 5 kW",
    sensors=(
        power("battery", lambda powers: powers.battery),
        state_of_charge(
            "battery", lambda home: home.state.battery_kwh / home.household.battery.capacity_kwh
        ),
        energy("battery_charge", translation_key="sim_charged"),
        energy("battery_discharge", translation_key="sim_discharged"),
    ),
    selects=(
        VirtualSelectDescription(
            key="battery_mode",
            translation_key="sim_battery_mode",
            options=[mode.value for mode in BatteryMode],
            value_fn=lambda home: home.controls.battery_mode.value,
            set_fn=lambda home, option: home.set(battery_mode=BatteryMode(option)),
        ),
    ),
    numbers=(
        VirtualNumberDescription(
            key="battery_power",
            translation_key="sim_battery_power",
            device_class=NumberDeviceClass.POWER,
            native_unit_of_measurement=UnitOfPower.WATT,
            native_min_value=0,
            native_max_value=5000,
            native_step=10,
            value_fn=lambda home: 1000.0 * home.controls.battery_kw,
            set_fn=lambda home, watts: home.set(battery_kw=watts / 1000.0),
        ),
    ),
)
