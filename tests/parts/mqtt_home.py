"""The home on the devices of MQTT."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from .homes import PartsHome, dashboard, grid, remember, set_up

GRID = "sensor.inverter_grid_power"
MODE = "select.inverter_work_mode"
SOC = "sensor.inverter_battery"
ENABLE = "switch.charger_charging"
_BOUGHT = "sensor.inverter_grid_import"
_SOLD = "sensor.inverter_grid_export"
_SUN = "sensor.inverter_pv_energy"
_CHARGED = "sensor.inverter_battery_charged"
_DISCHARGED = "sensor.inverter_battery_discharged"
_FIELDS = {
    "battery": {"reserve_soc": 10.0},
    "battery_select": {"power_number": "number.inverter_battery_power_limit"},
}
"""What neither the Energy dashboard nor the inverter tells."""


class MqttHome(PartsHome):
    """A home with a battery, and perhaps a pump, a freezer and a car."""

    pump = freezer = car = ""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry, review: str) -> None:
        """Take over its entry."""
        super().__init__(hass, entry, review)
        (battery,) = entry.get_subentries_of_type("battery")
        self.battery = battery.subentry_id

    async def furnish(self) -> None:
        """Add what the Energy dashboard does not know."""
        self.pump = await self.add(
            "deferrable",
            hardware="Pool pump",
            power_kw=1.0,
            daily_kwh=3.0,
        )
        self.freezer = await self.add(
            "sheddable",
            name="Freezer",
            power="sensor.freezer_power",
            switch="switch.freezer",
            power_kw=0.1,
            usual_kw=0.09,
        )
        self.car = await self.add(
            "vehicle",
            name="Car",
            power="sensor.charger_power",
            energy="sensor.charger_energy",
            soc="sensor.charger_car_battery",
            connected="sensor.charger_status",
            switch=ENABLE,
            power_number="number.charger_current",
            capacity_kwh=50.0,
        )


async def mqtt_home(hass: HomeAssistant) -> MqttHome:
    """Set the home up: what the Energy dashboard knows, with a battery to drive."""
    await remember(hass, _BOUGHT, _SOLD, _SUN, _CHARGED, _DISCHARGED)
    await dashboard(
        hass,
        grid(_BOUGHT, _SOLD, GRID),
        {
            "type": "solar",
            "stat_energy_from": _SUN,
            "stat_rate": "sensor.inverter_pv_power",
            "config_entry_solar_forecast": None,
        },
        {
            "type": "battery",
            "stat_energy_from": _DISCHARGED,
            "stat_energy_to": _CHARGED,
            "stat_rate": "sensor.inverter_battery_power",
            "stat_soc": SOC,
            "capacity": 10.0,
        },
    )
    return MqttHome(hass, *await set_up(hass, _FIELDS))
