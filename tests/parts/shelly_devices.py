"""Simulated Gen2 Shellys: their RPC over WebSocket, as a Plus Plug S and a Pro 3EM speak it."""

import asyncio
import json
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from typing import Any, override

from aiohttp import WSMsgType, web

from .mqtt_devices import HOUR_S

FIRMWARE = "20250818-093137/1.7.0-gbe7545d"
METHODS = (
    "Shelly.GetComponents",
    "Shelly.GetConfig",
    "Shelly.GetDeviceInfo",
    "Shelly.GetStatus",
    "Shelly.ListMethods",
)
VOLTS = 230.0


class RpcError(Exception):
    """A call that the device refuses.

    Attributes:
        code, message: what it answers.
    """

    def __init__(self, code: int, message: str) -> None:
        """Refuse with an answer."""
        super().__init__(message)
        self.code, self.message = code, message


class Shelly(ABC):
    """A device on the loopback; it notifies everybody who is connected of what changes.

    Attributes:
        calls: methods and parameters that arrived, in their order.
        late_s: how long it takes to answer.
        refuses: methods that it answers with an error.
        on_change: awaited when it has carried a command out.
    """

    model: str
    app: str
    mac: str
    methods: tuple[str, ...] = METHODS

    def __init__(self) -> None:
        """Be off the network until `start`."""
        self.calls: list[tuple[str, Any]] = []
        self.late_s = 0.0
        self.refuses: set[str] = set()
        self.port = 0
        self.on_change: Callable[[], Awaitable[None]] = self.notify
        self._sockets: set[web.WebSocketResponse] = set()
        self._runner: web.AppRunner | None = None

    @property
    def name(self) -> str:
        """What the device calls itself."""
        return f"shelly{self.app.lower()}-{self.mac.lower()}"

    async def start(self) -> None:
        """Listen, on the port of the last time where there was one."""
        app = web.Application()
        app.router.add_get("/shelly", self._shelly)
        app.router.add_get("/rpc", self._rpc)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Go off the network as when it is unplugged."""
        if self._runner is None:
            return
        for each in tuple(self._sockets):
            if (transport := each._req and each._req.transport) is not None:  # noqa: SLF001  # No farewell.
                transport.abort()
        await self._runner.cleanup()
        self._runner = None

    async def notify(self) -> None:
        """Tell those who listen what its components show."""
        status = self.status()
        news = {key: status[key] for key in self.components()}
        frame = {
            "src": self.name,
            "dst": "user_1",
            "method": "NotifyStatus",
            "params": {"ts": 0.0, **news},
        }
        await self.send(json.dumps(frame))

    async def send(self, text: str) -> None:
        """Send any text to those who listen."""
        for each in tuple(self._sockets):
            if not each.closed:
                await each.send_str(text)

    @abstractmethod
    def components(self) -> tuple[str, ...]:
        """Return the keys of what it measures and switches."""

    @abstractmethod
    def measured(self) -> dict[str, Any]:
        """Return the status of its components."""

    @abstractmethod
    def configured(self) -> dict[str, Any]:
        """Return the configuration of its components."""

    def carry_out(self, method: str, params: dict[str, Any]) -> Any:
        """Carry out a method of a component and return the result."""
        raise RpcError(404, f"No handler for {method}")

    def info(self) -> dict[str, Any]:
        """Return who it is."""
        return {
            "name": None,
            "id": self.name,
            "mac": self.mac,
            "slot": 0,
            "model": self.model,
            "gen": 2,
            "fw_id": FIRMWARE,
            "ver": "1.7.0",
            "app": self.app,
            "auth_en": False,
            "auth_domain": None,
        }

    def config(self) -> dict[str, Any]:
        """Return how it is configured."""
        return {
            "ble": {"enable": False, "rpc": {"enable": False}},
            "cloud": {"enable": False, "server": None},
            "mqtt": {"enable": False},
            "sys": {
                "device": {"name": None, "mac": self.mac, "fw_id": FIRMWARE, "profile": None},
                "location": {"tz": "Europe/Berlin", "lat": 52.5, "lon": 13.4},
                "ui_data": {},
                "cfg_rev": 10,
            },
            "wifi": {
                "ap": {"ssid": self.name, "is_open": False, "enable": False},
                "sta": {"ssid": "home", "enable": True},
                "sta1": {"ssid": None, "enable": False},
            },
            "ws": {"enable": False, "server": None, "ssl_ca": "ca.pem"},
            **self.configured(),
        }

    def status(self) -> dict[str, Any]:
        """Return what it shows."""
        return {
            "ble": {},
            "cloud": {"connected": False},
            "mqtt": {"connected": False},
            "sys": {
                "mac": self.mac,
                "restart_required": False,
                "unixtime": 0,
                "uptime": 4711,
                "ram_size": 245016,
                "ram_free": 113092,
                "fs_size": 458752,
                "fs_free": 139264,
                "cfg_rev": 10,
                "available_updates": {},
            },
            "wifi": {"sta_ip": "127.0.0.1", "status": "got ip", "ssid": "home", "rssi": -57},
            "ws": {"connected": False},
            **self.measured(),
        }

    async def _shelly(self, _request: web.Request) -> web.Response:
        return web.json_response(self.info())

    async def _rpc(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets.add(socket)
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    frame = json.loads(message.data)
                    await socket.send_json(await self._answer(frame))
                    if frame["method"] not in METHODS:
                        await self.on_change()
        finally:
            self._sockets.discard(socket)
        return socket

    async def _answer(self, frame: dict[str, Any]) -> dict[str, Any]:
        method, params = frame["method"], frame.get("params") or {}
        self.calls.append((method, params))
        await asyncio.sleep(self.late_s)
        answer = {"id": frame["id"], "src": self.name, "dst": frame["src"]}
        try:
            return {**answer, "result": self._result(method, params)}
        except RpcError as err:
            return {**answer, "error": {"code": err.code, "message": err.message}}

    def _result(self, method: str, params: dict[str, Any]) -> Any:
        if method in self.refuses:
            raise RpcError(-103, f"{method} is not possible now")
        match method:
            case "Shelly.GetDeviceInfo":
                return self.info()
            case "Shelly.GetConfig":
                return self.config()
            case "Shelly.GetStatus":
                return self.status()
            case "Shelly.GetComponents":
                return {"components": [], "cfg_rev": 10, "offset": 0, "total": 0}
            case "Shelly.ListMethods":
                return {"methods": list(self.methods)}
            case _:
                return self.carry_out(method, params)


class PlusPlugS(Shelly):
    """A plug with a meter and something in it."""

    model, app, mac = "SNPL-00112EU", "PlusPlugS", "A8032AB12345"
    methods = (*METHODS, "Switch.Set")

    def __init__(self, power_w: float) -> None:
        """Plug a consumer in, switched off."""
        super().__init__()
        self.power_w, self.on, self.energy_wh = power_w, False, 11_679.0

    @property
    def takes_w(self) -> float:
        """The power that it takes now."""
        return self.power_w if self.on else 0.0

    def count(self, seconds: float) -> None:
        """Let time pass."""
        self.energy_wh += self.takes_w * seconds / HOUR_S

    @override
    def components(self) -> tuple[str, ...]:
        return ("switch:0",)

    @override
    def configured(self) -> dict[str, Any]:
        return {
            "plugs_ui": {"leds": {"mode": "switch"}},
            "switch:0": {"id": 0, "name": None, "initial_state": "off", "auto_on": False},
        }

    @override
    def measured(self) -> dict[str, Any]:
        return {
            "plugs_ui": {},
            "switch:0": {
                "id": 0,
                "source": "WS_in",
                "output": self.on,
                "apower": self.takes_w,
                "voltage": VOLTS,
                "freq": 50.0,
                "current": self.takes_w / VOLTS,
                "aenergy": {"total": self.energy_wh, "by_minute": [0.0] * 3, "minute_ts": 0},
                "temperature": {"tC": 31.2, "tF": 88.2},
            },
        }

    @override
    def carry_out(self, method: str, params: dict[str, Any]) -> Any:
        if method != "Switch.Set":
            return super().carry_out(method, params)
        was_on, self.on = self.on, bool(params["on"])
        return {"was_on": was_on}


class Pro3EM(Shelly):
    """A meter of three phases at the connection of the house."""

    model, app, mac = "SPEM-003CEBEU", "Pro3EM", "34987A45678C"

    def __init__(self) -> None:
        """Begin with a house at rest."""
        super().__init__()
        self.phases_w = [200.0, 150.0, 150.0]
        self.bought_wh, self.sold_wh = 100_000.0, 50_000.0

    @property
    def total_w(self) -> float:
        """What is bought now, negative where it is sold."""
        return sum(self.phases_w)

    def count(self, seconds: float) -> None:
        """Let time pass."""
        energy_wh = self.total_w * seconds / HOUR_S
        self.bought_wh += max(energy_wh, 0.0)
        self.sold_wh += max(-energy_wh, 0.0)

    @override
    def components(self) -> tuple[str, ...]:
        return ("em:0", "emdata:0")

    @override
    def configured(self) -> dict[str, Any]:
        return {
            "em:0": {"id": 0, "name": None, "ct_type": "120A", "monitor_phase_sequence": False},
            "emdata:0": {},
        }

    @override
    def measured(self) -> dict[str, Any]:
        power: dict[str, Any] = {"id": 0, "n_current": None}
        energy: dict[str, Any] = {"id": 0}
        for phase, power_w in zip("abc", self.phases_w, strict=True):
            power |= {
                f"{phase}_current": abs(power_w) / VOLTS,
                f"{phase}_voltage": VOLTS,
                f"{phase}_act_power": power_w,
                f"{phase}_aprt_power": abs(power_w),
                f"{phase}_pf": 1.0,
                f"{phase}_freq": 50.0,
            }
            energy |= {
                f"{phase}_total_act_energy": round(self.bought_wh / 3, 2),
                f"{phase}_total_act_ret_energy": round(self.sold_wh / 3, 2),
            }
        power |= {
            "total_current": sum(map(abs, self.phases_w)) / VOLTS,
            "total_act_power": self.total_w,
            "total_aprt_power": sum(map(abs, self.phases_w)),
        }
        energy |= {
            "total_act": round(self.bought_wh, 2),
            "total_act_ret": round(self.sold_wh, 2),
        }
        return {"em:0": power, "emdata:0": energy}
