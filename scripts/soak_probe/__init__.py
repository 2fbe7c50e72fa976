"""An integration that reads, inside Home Assistant, how late its loop is and what SHEMS plans.

Once a minute it adds a line to `soak.jsonl` in the configuration folder.
"""

import asyncio
import json
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.helpers.typing import ConfigType

TICK_S: Final = 0.02
LOOK_S: Final = 1.0
LINE_S: Final = 60.0


class Probe:
    """What has been read since the last line."""

    def __init__(self, hass: HomeAssistant, file: Path) -> None:
        """Begin to read."""
        self._hass = hass
        self._file = file
        self._late_ms: list[float] = []
        self._status: Counter[str] = Counter()
        self._plans: dict[str, set[float]] = {}
        self._arm()

    def _arm(self) -> None:
        self._due = self._hass.loop.time() + TICK_S
        self._timer = self._hass.loop.call_at(self._due, self._tick)

    def _tick(self) -> None:
        self._late_ms.append(1000.0 * (self._hass.loop.time() - self._due))
        self._arm()

    @callback
    def stop(self) -> None:
        """Read no more."""
        self._timer.cancel()

    @callback
    def look(self, _: datetime) -> None:
        """See how each home stands."""
        for entry in self._hass.config_entries.async_loaded_entries("shems"):
            data = entry.runtime_data.coordinator.data
            self._status[data.status] += 1
            if data.plan is not None:
                self._plans.setdefault(entry.title, set()).add(data.plan.created)

    async def write(self, now: datetime) -> None:
        """Add a line and begin anew."""
        late, self._late_ms = self._late_ms, []
        line: dict[str, Any] = {
            "at": now.timestamp(),
            "late_ms": [round(each, 2) for each in late],
            "tasks": len(asyncio.all_tasks()),
            "states": len(self._hass.states.async_entity_ids()),
            "status": dict(self._status),
            "plans": {title: len(made) for title, made in self._plans.items()},
        }
        await self._hass.async_add_executor_job(self._append, json.dumps(line))

    def _append(self, line: str) -> None:
        with self._file.open("a") as file:
            file.write(f"{line}\n")


async def async_setup(hass: HomeAssistant, _config: ConfigType) -> bool:
    """Begin with the first tick of the loop."""
    probe = Probe(hass, Path(hass.config.path("soak.jsonl")))
    cancels = [
        async_track_time_interval(hass, probe.look, timedelta(seconds=LOOK_S)),
        async_track_time_interval(hass, probe.write, timedelta(seconds=LINE_S)),
    ]

    async def end(_: Event) -> None:
        probe.stop()
        for cancel in cancels:
            cancel()

    hass.bus.async_listen_once(EVENT_HOMEASSISTANT_FINAL_WRITE, end)
    return True
