"""The solar roof's inverter."""

from typing import Final

from homeassistant.components.number import NumberDeviceClass
from homeassistant.const import UnitOfPower

from .entity import VirtualDevice, VirtualNumberDescription, energy, power
from .home import VirtualHome


def _limit_w(home: VirtualHome) -> float:
    limit_kw = home.controls.solar_limit_kw
    return 1000.0 * (home.household.inverter_kw if limit_kw is None else limit_kw)


def _set_limit_w(home: VirtualHome, watts: float) -> None:
    limit_kw = watts / 1000.0
    home.set(solar_limit_kw=None if limit_kw >= home.household.inverter_kw else limit_kw)


DEVICE: Final = VirtualDevice(
    key="solar",
    model="Solar inverter, 5.3 kWp on two planes",
    sensors=(power("solar", lambda powers: powers.solar), energy("solar")),
    numbers=(
        VirtualNumberDescription(
            key="solar_limit",
            translation_key="sim_solar_limit",
            device_class=NumberDeviceClass.POWER,
            native_unit_of_measurement=UnitOfPower.WATT,
            native_min_value=0,
            native_max_value=4600,
            native_step=10,
            value_fn=_limit_w,
            set_fn=_set_limit_w,
        ),
    ),
)
