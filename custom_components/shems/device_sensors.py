"""What the sensors of driven devices are."""

from typing import Final

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import PERCENTAGE, UnitOfEnergy, UnitOfMass, UnitOfPower
from homeassistant.helpers.typing import StateType

from . import ledger_values, moved_values, values
from .coordinator import HomeCoordinator
from .core.observe.readings import BatteryReading
from .descriptions import DeviceDescription
from .home_sensors import MODES


def _reading(home: HomeCoordinator, device_id: str) -> BatteryReading:
    readings = home.data.readings
    return (
        BatteryReading()
        if readings is None
        else readings.batteries.get(device_id, BatteryReading())
    )


def _state_of_charge(home: HomeCoordinator, device_id: str) -> StateType:
    soc = _reading(home, device_id).soc.usable
    return None if soc is None else round(100 * soc, 1)


BATTERY: Final = (
    DeviceDescription(
        key="planned_power",
        translation_key="planned_power",
        value=values.planned_power,
        attributes=values.command,
        device_class=SensorDeviceClass.POWER,
        native_unit_of_measurement=UnitOfPower.KILO_WATT,
        suggested_display_precision=2,
    ),
    DeviceDescription(
        key="next_action",
        translation_key="next_action",
        value=values.device_next_mode,
        attributes=values.device_next_reason,
        device_class=SensorDeviceClass.ENUM,
        options=MODES,
    ),
    DeviceDescription(
        key="state_of_charge",
        translation_key="state_of_charge",
        value=_state_of_charge,
        device_class=SensorDeviceClass.BATTERY,
        state_class=SensorStateClass.MEASUREMENT,
        native_unit_of_measurement=PERCENTAGE,
        suggested_display_precision=0,
        origin="meters",
    ),
    DeviceDescription(
        key="battery_power",
        translation_key="battery_power",
        value=lambda home, device_id: _reading(home, device_id).power_kw.usable,
        device_class=SensorDeviceClass.POWER,
        state_class=SensorStateClass.MEASUREMENT,
        native_unit_of_measurement=UnitOfPower.KILO_WATT,
        suggested_display_precision=2,
        origin="meters",
    ),
)

MOVED: Final = (
    DeviceDescription(
        key="planned_power",
        translation_key="planned_consumption",
        value=moved_values.planned_power,
        attributes=moved_values.facts,
        device_class=SensorDeviceClass.POWER,
        native_unit_of_measurement=UnitOfPower.KILO_WATT,
        suggested_display_precision=2,
    ),
    DeviceDescription(
        key="next_change",
        translation_key="next_change",
        value=moved_values.next_change,
        attributes=moved_values.next_facts,
        device_class=SensorDeviceClass.TIMESTAMP,
    ),
)

COUNTED: Final = (
    DeviceDescription(
        key="energy_today",
        translation_key="energy_today",
        value=ledger_values.device_energy,
        device_class=SensorDeviceClass.ENERGY,
        state_class=SensorStateClass.TOTAL,
        native_unit_of_measurement=UnitOfEnergy.KILO_WATT_HOUR,
        resets=values.midnight,
        suggested_display_precision=2,
    ),
    DeviceDescription(
        key="device_cost_today",
        translation_key="device_cost_today",
        value=ledger_values.device_cost,
        device_class=SensorDeviceClass.MONETARY,
        state_class=SensorStateClass.TOTAL,
        unit=lambda currency: currency,
        resets=values.midnight,
        suggested_display_precision=2,
    ),
    DeviceDescription(
        key="device_carbon_today",
        translation_key="device_carbon_today",
        value=ledger_values.device_carbon,
        device_class=SensorDeviceClass.WEIGHT,
        state_class=SensorStateClass.TOTAL,
        native_unit_of_measurement=UnitOfMass.KILOGRAMS,
        resets=values.midnight,
        suggested_display_precision=2,
    ),
)
