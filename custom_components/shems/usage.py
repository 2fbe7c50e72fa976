"""How devices are used, learned every night: stays of cars, draws of hot water, buildings."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final

import numpy as np
from homeassistant.core import HomeAssistant

from .const import LOGGER
from .core.assets.building import Building
from .core.assets.heating import Heating
from .core.assets.home import Home
from .core.assets.kinds import Movable
from .core.assets.timetable import Spans
from .core.assets.water import Water
from .core.forecast.drawn import drawn_of
from .core.forecast.history import History
from .core.forecast.plugged import merged, sessions_of
from .core.forecast.rooms import Climate, learn_rooms
from .core.forecast.standing import standing_losses
from .core.forecast.usage import (
    CarUsage,
    RoomsUsage,
    TankUsage,
    Usage,
    learn_car,
    learn_tank,
    trusted,
    with_losses,
)
from .core.horizon import DAY_S
from .core.replay.codec import decode, encode
from .core.series import Series
from .devices import KINDS, Device
from .devices.settings import DeviceSettings
from .devices.staying import told as told_of_car
from .devices.water import told as told_of_tank
from .files import HomeFile
from .jobs import async_get_jobs
from .occupancy import AWAY
from .sources.configuration import Configuration
from .sources.evidence import Evidence, async_evidence
from .sources.inputs import Inputs
from .sources.published import since

DEADLINE_S: Final = 60.0
BACK_S: Final = 130.0 * DAY_S
"""A building is learned from four months; cars and tanks from less."""
_DIGITS: Final = 5
DRAWN_S: Final = 60.0 * DAY_S
"""Six weeks of draws are looked at."""
KINDS_LEARNED: Final = ("vehicle", "water", "heating")


@dataclass(frozen=True)
class Kept:
    """What was learned of one device, and what its form said then.

    Attributes:
        told: another form is one that was never compared.
    """

    told: str
    usage: Usage


@dataclass(frozen=True)
class _File:
    devices: dict[str, Kept] = field(default_factory=dict)


class Usages:
    """Learns how the devices of one home are used, and keeps it."""

    def __init__(
        self,
        hass: HomeAssistant,
        configuration: Configuration,
        inputs: Inputs,
        file: HomeFile,
    ) -> None:
        """Know nothing yet."""
        self._hass = hass
        self._configuration = configuration
        self._inputs = inputs
        self._file = file
        self._failed = False
        self.known: Mapping[str, Usage] = {}

    async def async_load(self) -> None:
        """Read what was learned before the last restart; what is unreadable is learned anew."""
        file = await self._file.async_read(lambda data: decode(_File, dict(data)))
        kept = {} if file is None else file.devices
        self.known = {
            device.id: each.usage if each.told == _told(device) else _uncompared(each.usage)
            for device in self._devices
            if (each := kept.get(device.id)) is not None and device.kind == each.usage.KIND
        }

    def of(self, device_id: str) -> Usage | None:
        """Return what was learned of a device, None where nothing was."""
        return self.known.get(device_id)

    def away(self, now: float) -> tuple[tuple[float, float], ...]:
        """Return when nobody is at home, past and to come."""
        return self._inputs.occupancy.during(AWAY, now)

    def told(self, device_id: str) -> dict[str, Spans]:
        """Return when the entities of a device's timetables are on, by field."""
        return self._inputs.timetables.told(device_id)

    @property
    def rooms(self) -> dict[str, Building]:
        """The buildings that were learned and have shown themselves better than the forms."""
        return {
            key: usage.building
            for key, usage in self.known.items()
            if isinstance(usage, RoomsUsage) and usage.building is not None and trusted(usage.skill)
        }

    def applied(self, home: Home) -> Home:
        """Return the home with the buildings, and the losses of tanks, that were learned."""
        rooms = self.rooms

        def learned(device: Movable) -> Movable:
            if isinstance(device, Water):
                return _as_lost(device, self.of(device.id))
            if isinstance(device, Heating) and device.id in rooms:
                return replace(device, building=rooms[device.id])
            return device

        return replace(home, devices=tuple(map(learned, home.devices)))

    def facts(self, device_id: str, settings: DeviceSettings) -> dict[str, Any]:
        """Return where what is expected of a device comes from, on what it rests, how good it is.

        Skill is by how much it is better than what the form says, on days it had not seen.
        """
        device = self._configuration.device(device_id)
        movement = None if device is None else KINDS[device.kind].movement
        usage = self.of(device_id)
        sources = {} if movement is None else movement.sources(settings, usage)
        if not sources:
            return {"sources": {}, "history_days": None, "skill": {}}
        skills = _skills(usage)
        return {
            "sources": sources,
            "history_days": None if usage is None else round(usage.days, 1),
            "skill": {
                key: None if each is None else round(each, 3) for key, each in skills.items()
            },
        }

    def diagnostics(self) -> Any:
        """Return what was learned, without the draws of every hour."""
        return {
            key: encode(
                replace(each, drawn=Series.empty()) if isinstance(each, TankUsage) else each, 4
            )
            for key, each in self.known.items()
        }

    async def async_learn(self, history: History, now: float) -> None:
        """Learn from the past; what fails leaves what was learned before.

        Args:
            history: of the home, a year at best.
            now: epoch seconds.
        """
        try:
            seen = {
                device.id: await async_evidence(self._hass, device, now - BACK_S, now)
                for device in self._devices
            }
            self.known = await async_get_jobs(self._hass).async_run(
                partial(self._learned, seen, history, now), DEADLINE_S
            )
            await self._file.async_save(self._kept())
        except Exception:  # noqa: BLE001  # Whatever it is, plans go on by the forms.
            if not self._failed:
                LOGGER.exception(
                    "How the devices of %s are used was not learned", self._configuration.name
                )
            self._failed = True
        else:
            self._failed = False

    def _kept(self) -> Any:
        """Return what outlives the process."""
        kept = {each.id: Kept(_told(each), self.known[each.id]) for each in self._devices}
        return encode(_File(kept), _DIGITS)

    @property
    def _devices(self) -> list[Device]:
        return [each for each in self._configuration.moved if each.kind in KINDS_LEARNED]

    def _learned(
        self, seen: Mapping[str, Evidence], history: History, now: float
    ) -> dict[str, Usage]:
        """Learn every device; runs in a thread."""
        return {
            device.id: self._one(device, seen[device.id], history, now) for device in self._devices
        }

    def _one(self, device: Device, seen: Evidence, history: History, now: float) -> Usage:
        configuration, before = self._configuration, self.of(device.id)
        zone, asset = configuration.zone, configuration.home.device(device.id)
        power = history.flexible.get(device.id, Series.empty())
        outdoor = history.outdoor.filled(history.weather.temperature_c)
        if isinstance(asset, Heating):
            climate = Climate(power, outdoor, seen.temperature, self._sun(history.solar))
            rooms = before if isinstance(before, RoomsUsage) else None
            return learn_rooms(asset, climate, zone, now, rooms)
        if isinstance(asset, Water):
            losses = standing_losses(asset, seen.temperature, power)
            told_loss, asset = asset.tank.loss_kw_per_k, _as_lost(asset, before)
            drawn = drawn_of(asset, seen.temperature, power, outdoor)
            known = before.drawn if isinstance(before, TankUsage) else Series.empty()
            drawn = since(drawn.filled(known), now - DRAWN_S)
            usage = learn_tank(drawn, told_of_tank(device), zone, now, self.away(now))
            return with_losses(usage, losses, told_loss)
        known_stays = before.sessions if isinstance(before, CarUsage) else ()
        charge_kw = device.number("charge_kw", 0.0)
        stays = merged(known_stays, sessions_of(seen.plug, power, charge_kw), now)
        return learn_car(stays, told_of_car(device), zone, holidays=history.habits.holidays)

    def _sun(self, solar: Series) -> Series:
        """Return the light that solar power tells of, kW/m²; see `Beliefs.sun_kw_m2`."""
        arrays = self._configuration.home.solar
        rated = sum(each.module_kw or each.peak_kw or 0.0 for each in arrays)
        if rated <= 0:
            return Series.empty()
        return Series(solar.start, solar.end, np.maximum(solar.value / rated, 0.0))


def _told(device: Device) -> str:
    """Return what a form says that learning is compared with."""
    match device.kind:
        case "vehicle":
            return repr(told_of_car(device))
        case "water":
            return repr(told_of_tank(device))
        case _:
            return repr(KINDS[device.kind].asset(device))


def _uncompared(usage: Usage) -> Usage:
    """Return what was learned before its form was changed: the form holds for now."""
    if isinstance(usage, CarUsage):
        return CarUsage(usage.sessions)
    if isinstance(usage, TankUsage):
        return replace(usage, skill=None, loss_skill=None)
    return replace(usage, skill=None)


def _as_lost(water: Water, usage: Usage | None) -> Water:
    """Return a tank that loses what was learned, where that was nearer than its form."""
    if not isinstance(usage, TankUsage) or not trusted(usage.loss_skill):
        return water
    if (loss := usage.loss_kw_per_k) is None:
        return water
    return replace(water, tank=replace(water.tank, loss_kw_per_k=loss))


def _skills(usage: Usage | None) -> dict[str, float | None]:
    if isinstance(usage, CarUsage):
        return {each: getattr(usage, each) for each in ("departure", "arrival", "energy")}
    if isinstance(usage, TankUsage):
        known = {} if usage.loss_kw_per_k is None else {"loss": usage.loss_skill}
        return {"draws": usage.skill, **known}
    return {} if usage is None else {"building": usage.skill}
