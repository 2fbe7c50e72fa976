"""The electric car at its charger."""

from collections.abc import Callable
from typing import Final

from homeassistant.components.number import NumberDeviceClass
from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.const import PERCENTAGE, EntityCategory, UnitOfElectricCurrent

from ..core.world.plant import CarPresence
from .entity import (
    VirtualDevice,
    VirtualNumberDescription,
    VirtualSelectDescription,
    VirtualSensorDescription,
    VirtualSwitchDescription,
    energy,
    power,
    state_of_charge,
)
from .home import VirtualHome

_STATUS: Final = ["away", "unplugged", "charging", "full", "paused"]


def charging(
    key: str, value_fn: Callable[[VirtualHome], bool], set_fn: Callable[[VirtualHome, bool], None]
) -> VirtualSwitchDescription:
    """Describe what lets a car charge."""
    return VirtualSwitchDescription(
        key=f"{key}_charging",
        translation_key="sim_car_charging",
        value_fn=value_fn,
        set_fn=set_fn,
    )


def current(
    key: str,
    value_fn: Callable[[VirtualHome], float],
    set_fn: Callable[[VirtualHome, float], None],
) -> VirtualNumberDescription:
    """Describe the current a charger offers."""
    return VirtualNumberDescription(
        key=f"{key}_current",
        translation_key="sim_car_current",
        device_class=NumberDeviceClass.CURRENT,
        native_unit_of_measurement=UnitOfElectricCurrent.AMPERE,
        native_min_value=6,
        native_max_value=16,
        native_step=1,
        value_fn=value_fn,
        set_fn=set_fn,
    )


def status(
    key: str, options: list[str], value_fn: Callable[[VirtualHome], str]
) -> VirtualSensorDescription:
    """Describe what a charger says of its car."""
    return VirtualSensorDescription(
        key=f"{key}_status",
        translation_key="sim_car_status",
        device_class=SensorDeviceClass.ENUM,
        options=options,
        value_fn=value_fn,
    )


def _status(home: VirtualHome) -> str:
    state = home.state
    if state.car_away:
        return "away"
    if not state.car_plugged:
        return "unplugged"
    if home.powers.car > 0:
        return "charging"
    full_kwh = home.controls.car_target * home.household.car.capacity_kwh
    return "full" if state.car_kwh >= full_kwh - 1e-3 else "paused"


DEVICE: Final = VirtualDevice(
    key="car",
    model="Charger, 11 kW, with a car of 58 kWh",
    sensors=(
        power("car", lambda powers: powers.car),
        energy("car"),
        state_of_charge("car", lambda home: home.state.car_kwh / home.household.car.capacity_kwh),
        status("car", _STATUS, _status),
    ),
    switches=(
        charging(
            "car",
            lambda home: home.controls.car_enabled,
            lambda home, on: home.set(car_enabled=on),
        ),
    ),
    selects=(
        VirtualSelectDescription(
            key="car_presence",
            translation_key="sim_car_presence",
            entity_category=EntityCategory.CONFIG,
            options=[presence.value for presence in CarPresence],
            value_fn=lambda home: home.controls.car_presence.value,
            set_fn=lambda home, option: home.set(car_presence=CarPresence(option)),
        ),
    ),
    numbers=(
        current(
            "car",
            lambda home: home.controls.car_amps,
            lambda home, amps: home.set(car_amps=amps),
        ),
        VirtualNumberDescription(
            key="car_target",
            translation_key="sim_car_target",
            entity_category=EntityCategory.CONFIG,
            native_unit_of_measurement=PERCENTAGE,
            native_min_value=20,
            native_max_value=100,
            native_step=5,
            value_fn=lambda home: 100.0 * home.controls.car_target,
            set_fn=lambda home, percent: home.set(car_target=percent / 100.0),
        ),
    ),
)
