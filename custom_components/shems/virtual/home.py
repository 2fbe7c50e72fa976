"""The simulated home while it runs: its clock, what it was told and who listens."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE, Platform
from homeassistant.core import CALLBACK_TYPE, Event, HassJob, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_call_later, async_track_time_interval
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..core.horizon import HOUR_S
from ..core.world.household import Household, moments
from ..core.world.plant import Controls, advance, settle
from ..manners import POLITE, Manners, Refusal
from .memory import Memory, Standing, energy, lived_through

if TYPE_CHECKING:
    from .entity import VirtualDevice, VirtualEntity

TICK_S: Final = 5.0
_SAVE_S: Final = 30.0
_GAP_S: Final = 60.0
"""A longer pause between two ticks is lived through in steps."""

METER: Final = "meter"
_INVERTERS: Final = frozenset({"battery", "plug_battery", "solar"})
"""They look at the meter and answer when they are polled."""

_OWN_WAYS: Final[dict[str, tuple[str, ...]]] = {
    "battery": ("battery_mode", "battery_kw"),
    "solar": ("solar_limit_kw",),
    "car": ("car_enabled", "car_amps", "car_target"),
    "heat_pump": ("heating", "target_c", "water_c"),
    "refrigerator": ("refrigerator_on",),
    "dehumidifier": ("dehumidifier_on",),
    "living_room": ("lamps",),
    "kitchen": ("lamps",),
    "bedroom": ("lamps",),
}
"""What a device takes back when it goes its own ways."""

_ANNEX_WAYS: Final[dict[str, tuple[str, ...]]] = {
    "plug_battery": ("battery_remote", "battery_kw"),
    "small_car": ("car_enabled", "car_amps"),
    "air_conditioner": ("cooling", "cool_c"),
    "pool_pump": ("pump_on",),
    "freezer": ("freezer_on",),
}
"""The same of what a complete home has more."""

type Change = Callable[[], None]


class VirtualHome:
    """A household living in Home Assistant's time."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry_id: str,
        household: Household,
        standing: Standing,
        manners: dict[str, Manners],
        devices: Iterable[VirtualDevice],
        names: Mapping[str, str],
    ) -> None:
        """Go on from where the home stands.

        Args:
            hass: Home Assistant.
            entry_id: of the home's entry.
            household: who lives there, with what.
            standing: where everything stands.
            manners: of the devices that have some.
            devices: all of them.
            names: of devices that are not to be called as in the translations.
        """
        self.hass = hass
        self.entry_id = entry_id
        self.household = household
        self.at = standing.at
        self.state = standing.state
        self.controls = standing.controls
        self.totals = dict(standing.totals)
        self.manners = manners
        self.names = names
        self._devices = tuple(devices)
        self._memory = Memory(hass, entry_id)
        self._listeners: dict[str, list[CALLBACK_TYPE]] = defaultdict(list)
        self._waiting: dict[str, list[Change]] = defaultdict(list)
        self._timers: list[CALLBACK_TYPE] = []
        self._polled: dict[str, float] = {}
        self._reverts: dict[str, float] = {}
        self._saved = self.at
        self._lit: tuple[float, float, float] | None = None
        self._look(self.at, TICK_S)

    @property
    def standing(self) -> Standing:
        """Where everything stands."""
        return Standing(self.at, self.state, self.controls, dict(self.totals))

    @property
    def device_keys(self) -> frozenset[str]:
        """The names of the devices."""
        return frozenset(device.key for device in self._devices)

    def entities(self, platform: Platform) -> list[VirtualEntity]:
        """Make the entities of one platform."""
        return [entity for device in self._devices for entity in device.entities(self, platform)]

    def manner(self, device: str) -> Manners:
        """Return a device's manners."""
        return self.manners.get(device, POLITE)

    def watts(self, device: str, power_kw: float) -> float:
        """Return a power as a device shows it."""
        step = self.manner(device).rounding_w
        watts = 1000.0 * power_kw
        return round(round(watts / step) * step, 3) if step else round(watts, 3)

    # The clock

    @callback
    def async_start(self) -> None:
        """Start the clock."""
        self._timers.append(
            async_track_time_interval(
                self.hass,
                self._async_tick,
                timedelta(seconds=TICK_S),
                name="simulated home",
                cancel_on_shutdown=True,
            )
        )

        self._timers.append(
            self.hass.bus.async_listen(EVENT_HOMEASSISTANT_FINAL_WRITE, self._async_final_write)
        )

    async def async_stop(self) -> None:
        """Stop the clock and save."""
        while self._timers:
            self._timers.pop()()
        self._run(dt_util.utcnow().timestamp())
        await self.async_save()

    async def _async_final_write(self, _: Event) -> None:
        await self.async_save()

    async def async_save(self) -> None:
        """Write where the home stands and return when it is on disk."""
        self._saved = self.at
        await self._memory.async_save(self.standing)

    async def _async_tick(self, _: datetime) -> None:
        now = dt_util.utcnow().timestamp()
        since_s = now - self.at
        if since_s <= 0:
            return
        self._run(now)
        due = {device for device in self._listeners if self._due(device, now)}
        for device in due & _INVERTERS:
            for change in self._waiting.pop(device, ()):
                change()
        self._go_own_ways(now)
        self._look(now, since_s)
        for device in sorted(due - {METER}):
            self._publish(device)
        if METER in due:
            self._publish(METER)
        if now - self._saved >= _SAVE_S:
            await self.async_save()

    def _due(self, device: str, now: float) -> bool:
        """Return whether a device is read at this tick, and note it."""
        latency_s = self.manner(device).latency_s
        # Timers come some milliseconds early or late.
        if now - self._polled.get(device, -latency_s) < latency_s - TICK_S / 2:
            return False
        self._polled[device] = now
        return True

    def _run(self, now: float) -> None:
        """Let what was settled last flow until now."""
        if now - self.at > _GAP_S:
            standing = lived_through(self.household, self.standing, now)
            self.at, self.state, self.totals = standing.at, standing.state, standing.totals
            return
        hours = max(0.0, now - self.at) / HOUR_S
        if hours == 0:
            return
        self.at = now
        self.state, had = advance(self.household, self.state, self.powers, self.moment, hours)
        for name, kwh in energy(self.household, had, hours).items():
            self.totals[name] = self.totals.get(name, 0.0) + kwh

    def _look(self, now: float, since_s: float) -> None:
        """Look at the sky and the people, and settle every device anew."""
        (self.moment,) = moments(self.household, np.array([now]), since_s)
        self._people_take_lamps()
        hours = TICK_S / HOUR_S
        self.state, self.powers = settle(
            self.household, self.state, self.controls, self.moment, hours
        )
        # A start of an appliance is heard once.
        self.moment = self.moment._replace(starts=(False, False))

    def _people_take_lamps(self) -> None:
        """Give lamps that were set by hand back where people would now change them."""
        now = self.moment.lamps
        before, self._lit = self._lit or now, now
        first, second, third = (
            hand if was == wish else None
            for hand, was, wish in zip(self.controls.lamps, before, now, strict=True)
        )
        self.set(lamps=(first, second, third))

    # Commands

    async def async_command(self, device: str, change: Change) -> None:
        """Tell a device something; it answers as its manners are.

        Raises:
            HomeAssistantError: it refuses.
        """
        manners = self.manner(device)
        if manners.refusal is Refusal.ERROR:
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="sim_refused",
                translation_placeholders={"device": device},
            )
        if manners.refusal is Refusal.IGNORE:
            return
        if not manners.latency_s:
            self._obey(device, change)
        elif device in _INVERTERS:
            self._waiting[device].append(self._noted(device, change))
        else:
            self._obey_later(device, change, manners.latency_s)
        await self.async_save()

    @callback
    def _obey_later(self, device: str, change: Change, latency_s: float) -> None:
        @callback
        def obey(_: datetime) -> None:
            self._timers.remove(cancel)
            self._obey(device, change)

        job = HassJob(obey, "late simulated device", cancel_on_shutdown=True)
        cancel = async_call_later(self.hass, latency_s, job)
        self._timers.append(cancel)

    @callback
    def _obey(self, device: str, change: Change) -> None:
        """Let a device follow at once, and the meter with it; the inverter looks later."""
        now = dt_util.utcnow().timestamp()
        self._run(now)
        self._noted(device, change)()
        held = None if device in _INVERTERS else self.powers
        self.state, self.powers = settle(
            self.household, self.state, self.controls, self.moment, TICK_S / HOUR_S, held
        )
        self._publish(device)
        self._publish(METER)

    def _noted(self, device: str, change: Change) -> Change:
        """Return a change after which the device remembers to go its own ways again."""

        def noted() -> None:
            change()
            if (after_s := self.manner(device).reverts_after_s) > 0:
                self._reverts[device] = dt_util.utcnow().timestamp() + after_s

        return noted

    def _go_own_ways(self, now: float) -> None:
        usual = Controls()
        for device in [each for each, at in self._reverts.items() if at <= now]:
            del self._reverts[device]
            self.set(**{name: getattr(usual, name) for name in _OWN_WAYS.get(device, ())})
            annex = _ANNEX_WAYS.get(device, ())
            self.set_annex(**{name: getattr(usual.annex, name) for name in annex})

    def set(self, **changes: Any) -> None:
        """Change controls."""
        self.controls = replace(self.controls, **changes)

    def set_annex(self, **changes: Any) -> None:
        """Change controls of what a complete home has more."""
        self.set(annex=replace(self.controls.annex, **changes))

    def run_appliance(self, index: int, *, on: bool) -> None:
        """Start an appliance's programme, or stop it."""
        progress = list(self.state.progress)
        progress[index] = 0.0 if on else None
        loaded = list(self.state.loaded)
        loaded[index] = False
        self.state = replace(
            self.state, progress=(progress[0], progress[1]), loaded=(loaded[0], loaded[1])
        )

    def start_from_afar(self, index: int, *, on: bool) -> None:
        """Let an appliance wait for a start once it is loaded, or start it as people do."""
        remote = list(self.controls.remote)
        remote[index] = on
        self.set(remote=(remote[0], remote[1]))

    def light_lamp(self, index: int, level: float) -> None:
        """Set a lamp by hand."""
        lamps = list(self.controls.lamps)
        lamps[index] = level
        self.set(lamps=(lamps[0], lamps[1], lamps[2]))

    def lamp(self, index: int) -> float:
        """Return a lamp's brightness, 0 to 1."""
        hand = self.controls.lamps[index]
        return self.moment.lamps[index] if hand is None else hand

    # Listeners

    @callback
    def async_listen(self, device: str, listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call back whenever a device is read; return what ends it."""
        listeners = self._listeners[device]
        listeners.append(listener)
        return lambda: listeners.remove(listener)

    def _publish(self, device: str) -> None:
        for listener in tuple(self._listeners[device]):
            listener()
