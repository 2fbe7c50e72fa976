"""A real-kind home: template sensors, an Energy dashboard that names them, and no SHEMS yet."""

import json
import subprocess
import time
from typing import Any, Final, override
from urllib.error import URLError

from tests.e2e.running import READY_S, ROOT, RunningDemo

_POWERS: Final = {"grid_power": 1200, "solar_power": 800, "battery_power": 300, "washer_power": 400}
_METERS: Final = (
    "energy_bought",
    "energy_sold",
    "energy_produced",
    "energy_charged",
    "energy_discharged",
    "washer_energy",
)
_PRICES: Final = """\
          {% set day = namespace(prices=[]) %}
          {% for hour in range(48) %}
          {% set at = today_at('00:00') + timedelta(hours=hour) %}
          {% set price = 0.15 + 0.01 * (hour % 24) %}
          {% set day.prices = day.prices + [{'time': at.isoformat(), 'price': price}] %}
          {% endfor %}
          {{ day.prices }}
"""
_CONFIGURATION: Final = """\
frontend:
history:
logbook:
energy:
config:
person:

logger:
  default: warning
  logs:
    custom_components.shems: info

template:
  - sensor:
"""


def _sensor(name: str, state: str, unit: str, device_class: str, state_class: str) -> str:
    lines = [
        f"name: {name.replace('_', ' ').capitalize()}",
        f"unique_id: {name}",
        f'state: "{{{{ {state} }}}}"',
        f"unit_of_measurement: {unit!r}",
        f"state_class: {state_class}",
        *([f"device_class: {device_class}"] if device_class else []),
    ]
    return "    - " + "\n      ".join(lines) + "\n"


def _configuration() -> str:
    """Return a configuration whose sensors move every minute, as those of a home do."""
    powers = (
        _sensor(name, f"{watts} + now().minute", "W", "power", "measurement")
        for name, watts in _POWERS.items()
    )
    meters = (
        _sensor(name, "(now().timestamp() / 3600 - 480000) | round(2)", "kWh", "energy", "total")
        for name in _METERS
    )
    soc = _sensor("battery_charge", "61", "%", "battery", "measurement")
    price = _sensor("electricity_price", "0.15 + 0.01 * now().hour", "EUR/kWh", "", "measurement")
    emitted = _sensor("grid_emissions", "250 + now().minute", "g/kWh", "", "measurement")
    return (
        _CONFIGURATION
        + "".join((*powers, *meters, emitted, soc, price))
        + "      attributes:\n        prices: >-\n"
        + _PRICES
    )


def _energy_dashboard() -> dict[str, Any]:
    """Return the preferences that name these sensors."""
    grid = {
        "type": "grid",
        "stat_energy_from": "sensor.energy_bought",
        "stat_energy_to": "sensor.energy_sold",
        "stat_cost": None,
        "entity_energy_price": "sensor.electricity_price",
        "number_energy_price": None,
        "stat_compensation": None,
        "entity_energy_price_export": None,
        "number_energy_price_export": 0.07,
        "stat_rate": "sensor.grid_power",
        "cost_adjustment_day": 0.0,
    }
    solar = {
        "type": "solar",
        "stat_energy_from": "sensor.energy_produced",
        "stat_rate": "sensor.solar_power",
        "config_entry_solar_forecast": None,
        "name": "Roof",
    }
    battery = {
        "type": "battery",
        "stat_energy_from": "sensor.energy_discharged",
        "stat_energy_to": "sensor.energy_charged",
        "stat_rate": "sensor.battery_power",
        "stat_soc": "sensor.battery_charge",
        "capacity": 10.0,
        "name": "Cellar battery",
    }
    washer = {"stat_consumption": "sensor.washer_energy", "stat_rate": "sensor.washer_power"}
    return {
        "energy_sources": [grid, solar, battery],
        "device_consumption": [washer],
        "device_consumption_water": [],
    }


class RealHome(RunningDemo):
    """Home Assistant in a folder of its own, in which SHEMS is to be set up."""

    @override
    def start(self) -> float:
        """Start it and return how long it took until it was ready, seconds."""
        begun = time.monotonic()
        self.prepare()
        (self.config / "configuration.yaml").write_text(_configuration())
        self._rewrite("energy", _energy_dashboard())
        self._rewrite("core.config_entries", {"entries": []})
        with (self.config / "hass.log").open("ab") as log:
            hass = subprocess.Popen(
                [ROOT / ".venv/demo/bin/hass", "--config", self.config, "--log-no-color"],
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._pid = hass.pid
        while not self._ready():
            assert hass.poll() is None, (self.config / "hass.log").read_text()[-2000:]
            assert time.monotonic() - begun < READY_S
            time.sleep(0.3)
        return time.monotonic() - begun

    def _rewrite(self, key: str, data: dict[str, Any]) -> None:
        """Put other data into a storage file."""
        file = self.config / ".storage" / key
        stored = json.loads(file.read_text())
        file.write_text(json.dumps(stored | {"data": data}))

    def _ready(self) -> bool:
        try:
            return bool(self.ask("config")["state"] == "RUNNING")
        except OSError, URLError, ValueError:
            return False
