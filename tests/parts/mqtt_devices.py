"""Devices on MQTT as Home Assistant discovers them: plugs, a hybrid inverter, a charger.

The plugs speak as Zigbee2MQTT does. All of them run beside Home Assistant in threads of
their own, with a client of their own, and know nothing of it but what is on the broker.
"""

import json
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from time import CLOCK_MONOTONIC, clock_gettime
from typing import Any, override

from paho.mqtt.client import CallbackAPIVersion, Client, MQTTMessage

DISCOVERY = "homeassistant"
ONLINE, OFFLINE = json.dumps({"state": "online"}), json.dumps({"state": "offline"})
REPORT_S = 0.5
HOUR_S = 3600.0


def clock() -> float:
    """Return seconds of a stopwatch that no test can set."""
    return clock_gettime(CLOCK_MONOTONIC)


@dataclass
class Faults:
    """What goes wrong between the devices and the broker.

    Attributes:
        late_s: how much later than it happened each report arrives.
        copies: how often each report arrives.
        deaf: whether commands are lost.
        stubborn: whether commands are heard and not followed.
        silent: whether reports are lost.
    """

    late_s: float = 0.0
    copies: int = 1
    deaf: bool = False
    stubborn: bool = False
    silent: bool = False


@dataclass(frozen=True)
class Order:
    """A command that arrived: when, by `clock`, where and what."""

    at: float
    topic: str
    payload: str


class Link:
    """A device's connection to the broker, which it makes again whenever it is lost."""

    def __init__(self, name: str, port: int, gone: str) -> None:
        """Prepare a connection; the broker says `offline` in `gone` when it is lost."""
        self.faults = Faults()
        self.orders: list[Order] = []
        self.born = False
        self.gone = gone
        self._port = port
        self._handlers: dict[str, Callable[[str], None]] = {}
        self._greet: Callable[[], None] = lambda: None
        self._late: list[tuple[float, str, str, bool]] = []
        self._lock = threading.Lock()
        self._client = Client(CallbackAPIVersion.VERSION2, client_id=name)
        self._client.will_set(gone, OFFLINE, retain=True)
        self._client.reconnect_delay_set(1, 1)
        self._client.on_connect = self._connected
        self._client.on_message = self._heard

    def open(self, greet: Callable[[], None]) -> None:
        """Connect; `greet` is called on every connection and whenever Home Assistant is born."""
        self._greet = greet
        self._client.connect("127.0.0.1", self._port, keepalive=60)
        self._client.loop_start()

    def die(self) -> None:
        """Vanish from the broker without a word."""
        self._client.loop_stop()
        if (socket := self._client.socket()) is not None:
            socket.close()

    def revive(self) -> None:
        """Come back."""
        self._client.reconnect()
        self._client.loop_start()

    def close(self) -> None:
        """Take leave."""
        self.send(self.gone, OFFLINE, retain=True)
        self._client.disconnect()
        self._client.loop_stop()

    def on(self, topic: str, handler: Callable[[str], None]) -> None:
        """Call a handler with each command on a topic."""
        self._handlers[topic] = handler

    def send(self, topic: str, payload: str, *, retain: bool = False) -> None:
        """Publish at once, whatever is wrong."""
        self._client.publish(topic, payload, retain=retain)

    def report(self, topic: str, payload: str, *, retain: bool = False) -> None:
        """Publish what a device shows, with what goes wrong."""
        if self.faults.silent:
            return
        due = clock() + self.faults.late_s
        with self._lock:
            self._late += [(due, topic, payload, retain)] * self.faults.copies
        self.deliver()

    def deliver(self) -> None:
        """Publish the reports that are due, in their order."""
        with self._lock:
            due = [each for each in self._late if each[0] <= clock()]
            self._late = [each for each in self._late if each not in due]
        for _, topic, payload, retain in due:
            self.send(topic, payload, retain=retain)

    def _connected(self, client: Client, *_: Any) -> None:
        client.subscribe([(each, 0) for each in (f"{DISCOVERY}/status", *self._handlers)])
        self._greet()

    def _heard(self, _client: Client, _data: Any, message: MQTTMessage) -> None:
        payload = message.payload.decode()
        if message.topic == f"{DISCOVERY}/status":
            if payload == "online":
                self.born = True
                self._greet()
            return
        if self.faults.deaf:
            return
        self.orders.append(Order(clock(), message.topic, payload))
        if not self.faults.stubborn:
            self._handlers[message.topic](payload)


class Device(ABC):
    """Something with a state that it reports as one JSON object on one topic."""

    topic: str
    shown: dict[str, Any]

    def __init__(self, link: Link, topic: str) -> None:
        """Report on a topic through a connection."""
        self.link = link
        self.topic = topic

    @abstractmethod
    def discovery(self) -> dict[str, dict[str, Any]]:
        """Return the discovery messages by their topics."""

    @abstractmethod
    def state(self) -> dict[str, Any]:
        """Return what is reported."""

    def report(self) -> None:
        """Report the state."""
        self.link.report(self.topic, json.dumps(self.state()))


class Plug(Device):
    """A metered plug behind Zigbee2MQTT; what is plugged in takes its power while it is on."""

    def __init__(self, link: Link, address: str, name: str, power_w: float, *, on: bool) -> None:
        """Plug a consumer in."""
        super().__init__(link, f"zigbee2mqtt/{name}")
        self.name, self.address = name, address
        self.power_w, self.on, self.energy_kwh = power_w, on, 12.3
        link.on(f"{self.topic}/set", self._set)
        link.on(f"{self.topic}/set/state", self._set)

    @property
    def takes_w(self) -> float:
        """The power that it takes now."""
        return self.power_w if self.on else 0.0

    def _set(self, payload: str) -> None:
        word = json.loads(payload)["state"] if payload.startswith("{") else payload
        self.on = word == "ON"
        self.report()

    @override
    def state(self) -> dict[str, Any]:
        return {
            "current": round(self.takes_w / 230, 2),
            "energy": round(self.energy_kwh, 3),
            "linkquality": 142,
            "power": self.takes_w,
            "state": "ON" if self.on else "OFF",
            "voltage": 230,
        }

    @override
    def discovery(self) -> dict[str, dict[str, Any]]:
        shared = {
            "availability": [
                {
                    "topic": "zigbee2mqtt/bridge/state",
                    "value_template": "{{ value_json.state }}",
                },
                {
                    "topic": f"{self.topic}/availability",
                    "value_template": "{{ value_json.state }}",
                },
            ],
            "availability_mode": "all",
            "device": {
                "identifiers": [f"zigbee2mqtt_{self.address}"],
                "manufacturer": "Innr",
                "model": "Smart plug",
                "model_id": "SP 240",
                "name": self.name,
                "sw_version": "2.0",
                "via_device": "zigbee2mqtt_bridge_0x00124b0024c2a5f0",
            },
            "origin": {
                "name": "Zigbee2MQTT",
                "sw": "2.6.1",
                "url": "https://www.zigbee2mqtt.io",
            },
        }
        meters = {
            "power": ("W", "power", "measurement", {}),
            "energy": ("kWh", "energy", "total_increasing", {}),
            "current": ("A", "current", "measurement", {}),
            "voltage": ("V", "voltage", "measurement", {"entity_category": "diagnostic"}),
        }
        found = {
            f"{DISCOVERY}/sensor/{self.address}/{key}/config": {
                **shared,
                **facts,
                "device_class": device_class,
                "enabled_by_default": key != "voltage",
                "object_id": f"{self._object}_{key}",
                "default_entity_id": f"sensor.{self._object}_{key}",
                "state_class": state_class,
                "state_topic": self.topic,
                "unique_id": f"{self.address}_{key}_zigbee2mqtt",
                "unit_of_measurement": unit,
                "value_template": f"{{{{ value_json.{key} }}}}",
            }
            for key, (unit, device_class, state_class, facts) in meters.items()
        }
        found[f"{DISCOVERY}/switch/{self.address}/switch/config"] = {
            **shared,
            "command_topic": f"{self.topic}/set",
            "name": None,
            "object_id": self._object,
            "default_entity_id": f"switch.{self._object}",
            "payload_off": "OFF",
            "payload_on": "ON",
            "state_topic": self.topic,
            "unique_id": f"{self.address}_switch_zigbee2mqtt",
            "value_template": "{{ value_json.state }}",
        }
        return found

    @property
    def _object(self) -> str:
        return self.name.lower().replace(" ", "_")


class Gadget(Device):
    """A device that tells Home Assistant all its entities under one name."""

    identifier: str
    device: dict[str, Any]

    @abstractmethod
    def entities(self) -> dict[str, dict[str, Any]]:
        """Return what makes each entity, by component and key."""

    @override
    def discovery(self) -> dict[str, dict[str, Any]]:
        found = {}
        for path, facts in self.entities().items():
            component, _, key = path.partition("/")
            found[f"{DISCOVERY}/{component}/{self.identifier}/{key}/config"] = {
                "availability_topic": "gadgets/availability",
                "availability_template": "{{ value_json.state }}",
                "device": {"identifiers": [self.identifier], **self.device},
                "origin": {"name": self.identifier},
                "state_topic": self.topic,
                "unique_id": f"{self.identifier}_{key}",
                "value_template": f"{{{{ value_json.{key} }}}}",
                **facts,
            }
        return found

    def setting(self, key: str, handler: Callable[[str], None]) -> None:
        """Take commands for one of its entities, and show at once what became of them."""

        def heard(payload: str) -> None:
            handler(payload)
            self.report()

        self.link.on(f"{self.identifier}/{key}/set", heard)


def power(name: str) -> dict[str, Any]:
    """Return the facts of a power sensor."""
    return {
        "name": name,
        "device_class": "power",
        "state_class": "measurement",
        "unit_of_measurement": "W",
    }


def energy(name: str) -> dict[str, Any]:
    """Return the facts of a counter."""
    return {
        "name": name,
        "device_class": "energy",
        "state_class": "total_increasing",
        "unit_of_measurement": "kWh",
    }


SELF, CHARGE, DISCHARGE, STANDBY = MODES = (
    "Self-consumption",
    "Forced charge",
    "Forced discharge",
    "Standby",
)


class Inverter(Gadget):
    """A hybrid inverter: roof, battery and the meter at the connection."""

    identifier = "inverter_sn4711"
    device = {"name": "Inverter", "manufacturer": "Acme", "model": "Hybrid 5K"}  # noqa: RUF012  # never changed
    capacity_kwh = 10.0
    most_w = 5000

    def __init__(self, link: Link) -> None:
        """Begin half full, in its own mode."""
        super().__init__(link, "inverter_sn4711/state")
        self.mode, self.limit_w = SELF, self.most_w
        self.soc, self.sun_w, self.others_w = 0.5, 0.0, 0.0
        self.counted = dict.fromkeys(("bought", "sold", "sun", "charged", "discharged"), 100.0)
        self.setting("mode", self._set_mode)
        self.setting("power_limit", self._set_limit)

    def _set_mode(self, payload: str) -> None:
        if payload in MODES:
            self.mode = payload

    def _set_limit(self, payload: str) -> None:
        self.limit_w = min(int(float(payload)), self.most_w)

    @property
    def battery_w(self) -> float:
        """The battery's power, positive where it discharges."""
        match self.mode:
            case "Forced charge":
                power_w = -float(self.limit_w)
            case "Forced discharge":
                power_w = float(self.limit_w)
            case "Standby":
                power_w = 0.0
            case _:
                power_w = self.others_w - self.sun_w
        if (power_w > 0 and self.soc <= 0.05) or (power_w < 0 and self.soc >= 1):
            return 0.0
        return min(max(power_w, -self.most_w), self.most_w)

    @property
    def grid_w(self) -> float:
        """What flows in from the grid."""
        return self.others_w - self.sun_w - self.battery_w

    def count(self, seconds: float) -> None:
        """Let time pass."""
        hours = seconds / HOUR_S
        flows = {
            "bought": max(self.grid_w, 0.0),
            "sold": max(-self.grid_w, 0.0),
            "sun": self.sun_w,
            "charged": max(-self.battery_w, 0.0),
            "discharged": max(self.battery_w, 0.0),
        }
        for key, flow_w in flows.items():
            self.counted[key] += flow_w / 1000 * hours
        stored = self.soc - self.battery_w / 1000 * hours / self.capacity_kwh
        self.soc = min(max(stored, 0.0), 1.0)

    @override
    def state(self) -> dict[str, Any]:
        return {
            "grid_power": round(self.grid_w, 1),
            "battery_power": round(self.battery_w, 1),
            "pv_power": round(self.sun_w, 1),
            "soc": round(100 * self.soc, 1),
            **{key: round(value, 3) for key, value in self.counted.items()},
            "mode": self.mode,
            "power_limit": self.limit_w,
        }

    @override
    def entities(self) -> dict[str, dict[str, Any]]:
        return {
            "sensor/grid_power": power("Grid power"),
            "sensor/battery_power": power("Battery power"),
            "sensor/pv_power": power("PV power"),
            "sensor/soc": {
                "name": "Battery",
                "device_class": "battery",
                "state_class": "measurement",
                "unit_of_measurement": "%",
            },
            "sensor/bought": energy("Grid import"),
            "sensor/sold": energy("Grid export"),
            "sensor/sun": energy("PV energy"),
            "sensor/charged": energy("Battery charged"),
            "sensor/discharged": energy("Battery discharged"),
            "select/mode": {
                "name": "Work mode",
                "options": list(MODES),
                "command_topic": f"{self.identifier}/mode/set",
            },
            "number/power_limit": {
                "name": "Battery power limit",
                "min": 0,
                "max": self.most_w,
                "step": 50,
                "unit_of_measurement": "W",
                "device_class": "power",
                "command_topic": f"{self.identifier}/power_limit/set",
            },
        }


class Charger(Gadget):
    """A three-phase charger with a car that stays plugged in until it is driven away."""

    identifier = "charger_ev1"
    device = {"name": "Charger", "manufacturer": "Acme", "model": "Box 11"}  # noqa: RUF012  # never changed
    capacity_kwh = 50.0
    efficiency = 0.9

    def __init__(self, link: Link) -> None:
        """Begin with a car that is a third full, and charging off."""
        super().__init__(link, "charger_ev1/state")
        self.enabled, self.current_a, self.plugged = False, 16, True
        self.soc, self.energy_kwh = 0.35, 1000.0
        self.setting("enable", self._enable)
        self.setting("current", self._set_current)

    def _enable(self, payload: str) -> None:
        self.enabled = payload == "ON"

    def _set_current(self, payload: str) -> None:
        self.current_a = int(float(payload))

    @property
    def takes_w(self) -> float:
        """The power that it takes now."""
        charges = self.enabled and self.plugged and self.soc < 1
        return 3 * 230.0 * self.current_a if charges else 0.0

    def count(self, seconds: float) -> None:
        """Let time pass."""
        taken_kwh = self.takes_w / 1000 * seconds / HOUR_S
        self.energy_kwh += taken_kwh
        self.soc = min(1.0, self.soc + self.efficiency * taken_kwh / self.capacity_kwh)

    @override
    def state(self) -> dict[str, Any]:
        charging = "charging" if self.takes_w else "ready"
        return {
            "power": self.takes_w,
            "energy": round(self.energy_kwh, 3),
            "soc": round(100 * self.soc, 1),
            "status": charging if self.plugged else "disconnected",
            "enable": "ON" if self.enabled else "OFF",
            "current": self.current_a,
        }

    @override
    def entities(self) -> dict[str, dict[str, Any]]:
        return {
            "sensor/power": power("Power"),
            "sensor/energy": energy("Energy"),
            "sensor/soc": {
                "name": "Car battery",
                "device_class": "battery",
                "state_class": "measurement",
                "unit_of_measurement": "%",
            },
            "sensor/status": {
                "name": "Status",
                "device_class": "enum",
                "options": ["charging", "ready", "disconnected"],
            },
            "switch/enable": {
                "name": "Charging",
                "command_topic": f"{self.identifier}/enable/set",
            },
            "number/current": {
                "name": "Current",
                "min": 6,
                "max": 16,
                "step": 1,
                "unit_of_measurement": "A",
                "device_class": "current",
                "command_topic": f"{self.identifier}/current/set",
            },
        }


class House:
    """All devices and what flows between them."""

    base_w = 400.0

    def __init__(self, port: int) -> None:
        """Furnish the house; nothing is connected before `open`."""
        self.zigbee = Link("zigbee2mqtt", port, "zigbee2mqtt/bridge/state")
        self.wired = Link("gadgets", port, "gadgets/availability")
        self.pump = Plug(self.zigbee, "0x00158d00045b2c1f", "Pool pump", 1000.0, on=False)
        self.freezer = Plug(self.zigbee, "0x00158d00045b2d20", "Freezer", 90.0, on=True)
        self.inverter = Inverter(self.wired)
        self.charger = Charger(self.wired)
        self.devices: tuple[Device, ...] = (
            self.pump,
            self.freezer,
            self.inverter,
            self.charger,
        )
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="house")

    def open(self) -> None:
        """Connect everything and let time pass."""
        self.zigbee.open(lambda: self._greet(self.zigbee))
        self.wired.open(lambda: self._greet(self.wired))
        self._thread.start()

    def close(self) -> None:
        """Stop."""
        self._ended.set()
        self._thread.join()
        self.zigbee.close()
        self.wired.close()

    def advance(self, seconds: float) -> None:
        """Let time pass at once."""
        takers = (self.pump, self.freezer, self.charger)
        self.inverter.others_w = self.base_w + sum(each.takes_w for each in takers)
        self.inverter.count(seconds)
        self.charger.count(seconds)
        for plug in (self.pump, self.freezer):
            plug.energy_kwh += plug.takes_w / 1000 * seconds / HOUR_S

    async def live(self, seconds: float) -> None:
        """Let time pass at once, and report."""
        self.advance(seconds)
        self.report()

    def report(self) -> None:
        """Report everything, and what is due of what was held up."""
        for each in self.devices:
            each.report()
        self.zigbee.deliver()
        self.wired.deliver()

    def _greet(self, link: Link) -> None:
        for each in self.devices:
            if each.link is not link:
                continue
            for topic, payload in each.discovery().items():
                link.send(topic, json.dumps(payload), retain=True)
            if isinstance(each, Plug):
                link.send(f"{each.topic}/availability", ONLINE, retain=True)
            each.report()
        link.send(link.gone, ONLINE, retain=True)

    def _run(self) -> None:
        while not self._ended.wait(REPORT_S):
            self.advance(REPORT_S)
            self.report()
