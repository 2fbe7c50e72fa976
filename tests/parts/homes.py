"""A SHEMS home on the devices of the house, set up as its owner would."""

from datetime import timedelta
from typing import Any

from homeassistant.components.energy.data import async_get_manager
from homeassistant.components.recorder import get_instance
from homeassistant.components.recorder.models import (
    StatisticData,
    StatisticMeanType,
    StatisticMetaData,
)
from homeassistant.components.recorder.statistics import async_import_statistics
from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from custom_components.shems.coordinator import HomeCoordinator

from .mqtt_devices import CHARGE, DISCHARGE, SELF, STANDBY
from .walking import every, walk

TARIFF = {
    "buy_fee": 0.4,
    "buy_windows": [{"begin": "00:00:00", "end": "11:00:00", "fee": 0.1}],
    "sell_fee": 0.05,
}
"""Cheap until 11:00, dear afterwards: what can be charged is charged now."""


async def dashboard(hass: HomeAssistant) -> None:
    """Tell the Energy dashboard what the house has."""
    assert await async_setup_component(hass, "energy", {})
    manager = await async_get_manager(hass)
    await manager.async_update(
        {
            "energy_sources": [
                {
                    "type": "grid",
                    "stat_energy_from": "sensor.inverter_grid_import",
                    "stat_energy_to": "sensor.inverter_grid_export",
                    "stat_rate": "sensor.inverter_grid_power",
                    "stat_cost": None,
                    "entity_energy_price": None,
                    "number_energy_price": None,
                    "stat_compensation": None,
                    "entity_energy_price_export": None,
                    "number_energy_price_export": None,
                    "cost_adjustment_day": 0.0,
                },
                {
                    "type": "solar",
                    "stat_energy_from": "sensor.inverter_pv_energy",
                    "stat_rate": "sensor.inverter_pv_power",
                    "config_entry_solar_forecast": None,
                },
                {
                    "type": "battery",
                    "stat_energy_from": "sensor.inverter_battery_discharged",
                    "stat_energy_to": "sensor.inverter_battery_charged",
                    "stat_rate": "sensor.inverter_battery_power",
                    "stat_soc": "sensor.inverter_battery",
                    "capacity": 10.0,
                },
            ],
            "device_consumption": [],
        }
    )


async def set_up(hass: HomeAssistant) -> ConfigEntry:
    """Go through the flow of a home, with the battery driven."""
    flows = hass.config_entries.flow
    answers: dict[str, dict[str, Any]] = {
        "user": {"next_step_id": "home"},
        "devices": {"check": every},
        "solar": {"peak_kw": 5.0},
        "battery": {
            "charge_kw": 5.0,
            "discharge_kw": 5.0,
            "control": "select",
            "reserve_soc": 10.0,
        },
        "battery_select": {
            "mode_select": "select.inverter_work_mode",
            "power_number": "number.inverter_battery_power_limit",
        },
        "battery_options": {
            "option_self_consume": SELF,
            "option_charge": CHARGE,
            "option_discharge": DISCHARGE,
            "option_hold": STANDBY,
            "option_default": SELF,
        },
        "price_source": {"source": "tou"},
        "tariff_tou": TARIFF,
        "review": {"next_step_id": "finish"},
    }
    first = await flows.async_init("shems", context={"source": "user"})
    result, _ = await walk(flows, first, answers)
    return result["result"]


class MqttHome:
    """The home on the house, as its owner sees it."""

    pump = freezer = car = ""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Take over its entry."""
        self.hass, self.entry = hass, entry
        (battery,) = self.entry.get_subentries_of_type("battery")
        self.battery = battery.subentry_id

    async def furnish(self) -> None:
        """Add what the Energy dashboard does not know how to drive."""
        self.pump = await self.add(
            "deferrable",
            name="Pump",
            power="sensor.pool_pump_power",
            energy="sensor.pool_pump_energy",
            switch="switch.pool_pump",
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
            switch="switch.charger_charging",
            power_number="number.charger_current",
            capacity_kwh=50.0,
        )

    async def add(self, kind: str, **fields: Any) -> str:
        """Add a device through its flow; return the id of its subentry."""
        flows = self.hass.config_entries.subentries
        handler = (self.entry.entry_id, kind)
        first = await flows.async_init(handler, context={"source": "user"})
        known = set(self.entry.subentries)
        await walk(flows, first, {kind: fields})
        (subentry_id,) = set(self.entry.subentries) - known
        return subentry_id

    def entity(self, domain: str, key: str, device_id: str | None = None) -> str:
        """Return the id of an entity that SHEMS made, of a device or of the home itself."""
        (found,) = (
            each.entity_id
            for each in er.async_entries_for_config_entry(
                er.async_get(self.hass), self.entry.entry_id
            )
            if each.domain == domain
            and each.config_subentry_id == device_id
            and each.translation_key == key
        )
        return found

    async def allow(self, *device_ids: str) -> None:
        """Let SHEMS drive devices."""
        for each in device_ids:
            await self._call("switch", "turn_on", self.entity("switch", "allow_control", each))

    async def choose(self, device_id: str, mode: str) -> None:
        """Choose a device's mode."""
        await self._call(
            "select", "select_option", self.entity("select", "mode", device_id), option=mode
        )

    async def _call(self, domain: str, service: str, entity_id: str, **data: Any) -> None:
        await self.hass.services.async_call(
            domain, service, {"entity_id": entity_id, **data}, blocking=True
        )

    @property
    def coordinator(self) -> HomeCoordinator:
        """The clocks of the home."""
        return self.entry.runtime_data.coordinator

    @property
    def _loaded(self) -> bool:
        return self.entry.state is ConfigEntryState.LOADED

    @property
    def status(self) -> str:
        """How the plan came about, empty while the home is not set up."""
        return self.coordinator.data.status if self._loaded else ""

    @property
    def moved(self) -> set[str]:
        """The devices for which there are commands, apart from batteries."""
        return set(self.coordinator.data.moves) if self._loaded else set()

    @property
    def problem(self) -> str:
        """The code of what is wrong, empty where nothing is."""
        found = self.coordinator.data.problem
        return "" if found is None else found.code


async def remember(hass: HomeAssistant, days: int = 3) -> None:
    """Give the recorder hours in which the house bought what it used."""
    counters = ("grid_import", "grid_export", "pv_energy", "battery_charged", "battery_discharged")
    hour = dt_util.utcnow().replace(minute=0, second=0, microsecond=0)
    for name in counters:
        growth = 0.5 if name == "grid_import" else 0.0
        metadata = StatisticMetaData(
            mean_type=StatisticMeanType.NONE,
            has_sum=True,
            name=None,
            source="recorder",
            statistic_id=f"sensor.inverter_{name}",
            unit_class="energy",
            unit_of_measurement="kWh",
        )
        rows = [
            StatisticData(
                start=hour - timedelta(hours=24 * days - count),
                state=50.0 + growth * count,
                sum=growth * count,
            )
            for count in range(24 * days)
        ]
        async_import_statistics(hass, metadata, rows)
    await get_instance(hass).async_block_till_done()
