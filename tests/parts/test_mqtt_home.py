"""A home on real MQTT: found, planned, driven and given back."""

from typing import Any

from homeassistant.core import EVENT_CALL_SERVICE, Event, HomeAssistant, callback

from .conftest import state_of, until
from .mqtt_devices import CHARGE, DISCHARGE, SELF, STANDBY, House, clock
from .mqtt_home import ENABLE, GRID, MODE, SOC, MqttHome

SOON_S = 1.0


async def test_what_there_is_is_found(furnished: MqttHome) -> None:
    home = furnished
    (connection,) = home.entry.get_subentries_of_type("connection")
    (battery,) = home.entry.get_subentries_of_type("battery")
    assert connection.data["grid_power"] == [GRID]
    assert connection.data["import_energy"] == ["sensor.inverter_grid_import"]
    assert (
        battery.data.items()
        >= {
            "soc": SOC,
            "power": "sensor.inverter_battery_power",
            "capacity_kwh": 10.0,
            "control": "select",
            "mode_select": MODE,
            "option_self_consume": SELF,
            "option_charge": CHARGE,
            "option_discharge": DISCHARGE,
            "option_hold": STANDBY,
            "option_default": SELF,
        }.items()
    )
    assert (
        home.entry.subentries[home.pump].data.items()
        >= {
            "power": "sensor.pool_pump_power",
            "energy": "sensor.pool_pump_energy",
            "switch": "switch.pool_pump",
        }.items()
    )
    assert "50 % charged, discharging with 0.5 kW, 10 kWh" in home.review
    readings = home.coordinator.data.readings
    assert readings is not None
    assert readings.grid_kw.usable == 0.0
    assert readings.load_kw.usable == 0.49


async def test_without_leave_nothing_is_written(home: MqttHome, house: House) -> None:
    assert home.coordinator.data.commands[home.battery].mode == "charge"
    assert house.wired.orders == house.zigbee.orders == []


async def test_every_device_does_what_is_planned(
    hass: HomeAssistant, furnished: MqttHome, house: House
) -> None:
    home = furnished
    calls: list[tuple[float, Any]] = []

    @callback
    def called(event: Event[Any]) -> None:
        if event.data["domain"] in ("select", "number"):
            calls.append((clock(), event.data["service_data"]))

    await home.allow(home.battery, home.car, home.pump, home.freezer)
    await until(lambda: house.inverter.mode == CHARGE, "the battery charges")
    await until(lambda: house.charger.takes_w > 4000, "the car charges")
    await until(lambda: house.pump.on, "the pump runs")
    await until(lambda: state_of(hass, MODE) == CHARGE, "the inverter says so")
    await until(lambda: state_of(hass, ENABLE) == "on", "the charger says so")
    await until(lambda: float(state_of(hass, GRID) or 0) > 5000, "the meter sees it")
    assert house.freezer.on
    assert home.problem == ""

    hass.bus.async_listen(EVENT_CALL_SERVICE, called)
    await home.choose(home.battery, "hold")
    await until(lambda: house.inverter.mode == STANDBY, "the battery rests")
    await until(lambda: state_of(hass, MODE) == STANDBY, "the inverter shows it")
    shown_at = clock()
    (asked_at,) = (at for at, data in calls if data.get("option") == STANDBY)
    order = next(each for each in house.wired.orders if each.payload == STANDBY)
    assert order.at - asked_at < SOON_S
    assert shown_at - asked_at < SOON_S


async def test_unloading_gives_everything_back(
    hass: HomeAssistant, furnished: MqttHome, house: House
) -> None:
    home = furnished
    await home.allow(home.battery, home.pump)
    await until(lambda: house.inverter.mode == CHARGE and house.pump.on, "both run")
    await hass.config_entries.async_unload(home.entry.entry_id)
    assert house.inverter.mode == SELF
    assert house.inverter.limit_w == house.inverter.most_w
    assert not house.pump.on
