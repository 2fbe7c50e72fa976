"""The second car of a complete home; nobody knows how full it is."""

from typing import Final

from .car import charging, current, status
from .entity import VirtualDevice, energy, power
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
        status("small_car", _STATUS, _status),
    ),
    switches=(
        charging(
            "small_car",
            lambda home: home.controls.annex.car_enabled,
            lambda home, on: home.set_annex(car_enabled=on),
        ),
    ),
    numbers=(
        current(
            "small_car",
            lambda home: home.controls.annex.car_amps,
            lambda home, amps: home.set_annex(car_amps=amps),
        ),
    ),
)
