"""The second car of a complete home; nobody knows how full it is."""

from typing import Final

from homeassistant.components.number import NumberDeviceClass
from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.const import UnitOfElectricCurrent

from .entity import (
    VirtualDevice,
    VirtualNumberDescription,
    VirtualSensorDescription,
    VirtualSwitchDescription,
    energy,
    power,
)
from .home import VirtualHome

_STATUS: Final = ["away", "unplugged", "charging", "paused"]


def _status(home: VirtualHome) -> str:
    state = home.state.annex
    if state.car_away:
        return "away"
    if not state.car_plugged:
        return "unplugged"
    return "charging" if home.powers.annex.car > 0 else "paused"


DEVICE: Final = VirtualDevice(
    key="small_car",
    model="Charger, 3.7 kW on one phase, with a car of 24 kWh",
    sensors=(
        power("small_car", lambda powers: powers.annex.car),
        energy("small_car"),
        VirtualSensorDescription(
            key="small_car_status",
            translation_key="sim_car_status",
            device_class=SensorDeviceClass.ENUM,
            options=_STATUS,
            value_fn=_status,
        ),
    ),
    switches=(
        VirtualSwitchDescription(
            key="small_car_charging",
            translation_key="sim_car_charging",
            value_fn=lambda home: home.controls.annex.car_enabled,
            set_fn=lambda home, on: home.set_annex(car_enabled=on),
        ),
    ),
    numbers=(
        VirtualNumberDescription(
            key="small_car_current",
            translation_key="sim_car_current",
            device_class=NumberDeviceClass.CURRENT,
            native_unit_of_measurement=UnitOfElectricCurrent.AMPERE,
            native_min_value=6,
            native_max_value=16,
            native_step=1,
            value_fn=lambda home: home.controls.annex.car_amps,
            set_fn=lambda home, amps: home.set_annex(car_amps=amps),
        ),
    ),
)
