"""What must outlive a restart: settings, ownership, overrides, ledger and the last plan.

Six files. `control` is small and written, awaited, before the call that changed it returns:
after a crash it must be known which devices SHEMS holds. `memory` is larger and written at
every slot close and after every plan. What was learned, of the home and
of each device, and how the home is run, written every night, and the journal of forecasts,
written every hour, are read by who writes them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import partial
from typing import Any, Final

from homeassistant.core import HomeAssistant

from .absence import Absence
from .accounting import Counted
from .arrays import ArrayFile
from .const import LOGGER
from .core.assets.connection import Limit
from .core.dispatch.override import Override
from .core.horizon import DAY_S, HOUR_S
from .core.observe.month import MonthPeaks
from .core.observe.wiring import PhaseLoads
from .core.plan.make import PlanState
from .core.plan.objective import Aim, Objective
from .core.plan.result import Plan, Reason
from .core.replay.codec import decode, encode, encode_fields
from .core.report.ledger import Ledger
from .core.report.slot import SlotRecord
from .devices import Before
from .devices.look import Seen
from .devices.settings import MODE_AUTO, MODE_PAUSED, DeviceSettings
from .files import UNREADABLE, HomeFile, UnwrittenError
from .holding import DayWrites

STALE_S: Final = 7.0 * DAY_S
"""What stood still for a week was a backup, or a home that others have run since: what SHEMS
held and was asked for then is nobody's wish any more."""
OVERDUE_S: Final = 12.0 * HOUR_S
"""A run that is late by more than half a day has been done by hand, or is not wanted."""
AGAIN_S: Final = 30.0
"""Between two attempts to write what a full disk has refused."""
_MADE_ANEW: Final = frozenset({"plan", "plan_state"})
"""Parts that cost nothing to lose."""


@dataclass(frozen=True)
class Control:
    """Settings and everything that says who holds a device.

    Attributes:
        enabled: the optimiser switch.
        devices: settings by device id.
        owned: since when SHEMS holds a device, epoch seconds, by device id.
        before: what the settings of each device were that SHEMS holds, or had held when
            somebody took it, by device and entity id.
        overrides: what somebody else decided for a while, by hand or by action, by device id.
        aim: what is to be least.
        weights: the household's own, in place of an aim.
        limits: of the grid connection, imposed by an action.
    """

    enabled: bool = True
    devices: dict[str, DeviceSettings] = field(default_factory=dict)
    owned: dict[str, float] = field(default_factory=dict)
    before: dict[str, dict[str, Before]] = field(default_factory=dict)
    overrides: dict[str, Override] = field(default_factory=dict)
    aim: Aim = Aim.COST
    weights: Objective | None = None
    limits: tuple[Limit, ...] = ()

    def device(self, device_id: str) -> DeviceSettings:
        """Return a device's settings."""
        return self.devices.get(device_id, DeviceSettings())

    def mode(self, device_id: str) -> str:
        """Return the mode in force: of an override, else what its user chose."""
        override_ = self.overrides.get(device_id)
        chosen = None if override_ is None else override_.mode
        return self.device(device_id).mode if chosen is None else chosen

    def left(self, device_id: str) -> bool:
        """Return whether a device is left as it is to somebody else."""
        override_ = self.overrides.get(device_id)
        return override_ is not None and override_.mode is None


@dataclass
class Memory:
    """What SHEMS learned and decided last.

    Attributes:
        ledger: what happened, in money.
        slots: the last measured slots, for forecasts before the recorder has them.
        plan: the last plan; None before the first.
        plan_state: what the next plan builds on.
        counted: how far the counters are entered in the ledger; None before the first slot.
        absences: times of which nothing is entered yet, in order.
        seen: what each device that is moved was seen to do, by device id.
        peaks: of the running month, by capacity tariff.
        phases: what each phase has taken besides what is moved.
        strayed: when each device did something by itself, epoch seconds, by device id.
        writes: to each device on its last day, by device id.
    """

    ledger: Ledger
    slots: tuple[SlotRecord, ...] = ()
    plan: Plan | None = None
    plan_state: PlanState = field(default_factory=PlanState)
    counted: Counted | None = None
    absences: tuple[Absence, ...] = ()
    seen: dict[str, Seen] = field(default_factory=dict)
    peaks: tuple[MonthPeaks, ...] = ()
    phases: PhaseLoads = field(default_factory=PhaseLoads)
    strayed: dict[str, tuple[float, ...]] = field(default_factory=dict)
    writes: dict[str, DayWrites] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return what outlives the process."""
        return {
            "ledger": self.ledger.to_json(),
            "slots": encode(self.slots),
            "plan_state": self.plan_state.to_json(),
            "plan": encode(self.plan),
            "counted": encode(self.counted),
            "absences": encode(self.absences),
            "seen": encode(self.seen),
            "peaks": encode(self.peaks),
            "phases": encode(self.phases),
            "strayed": encode(self.strayed),
            "writes": encode(self.writes),
        }


class HomeStore:
    """The files of one home and what they hold."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Begin with the defaults of a new home."""
        self._hass = hass
        self._control_file = HomeFile(hass, entry_id, "control")
        self._memory_file = HomeFile(hass, entry_id, "memory")
        self.strategy_file = HomeFile(hass, entry_id, "strategy")
        self.usage_file = HomeFile(hass, entry_id, "usage")
        self.learned_file = ArrayFile(hass, entry_id, "learned")
        self.journal_file = ArrayFile(hass, entry_id, "journal")
        self.inferred_file = ArrayFile(hass, entry_id, "inferred")
        self.control = Control()
        self.memory = Memory(Ledger())
        self.stale = False
        self._unwritten: dict[HomeFile, UnwrittenError] = {}
        self._tried = 0.0

    async def async_load(self, now: float) -> None:
        """Read settings and memory, as far as they can be, and forget what is over.

        A file of which a part cannot be read is put aside; what could be read holds.

        Args:
            now: epoch seconds.

        Raises:
            UnsupportedStorageVersionError: a newer release wrote them.
        """
        control = await self._control_file.async_read(partial(_known, _CONTROL))
        if control is not None:
            known, lost = control
            self.control = replace(self.control, **known)
            if lost:
                await self._control_file.async_put_aside(*lost.values())
                await self.async_update()
        memory = await self._memory_file.async_read(partial(_known, _MEMORY))
        if memory is not None:
            known, lost = memory
            self.memory = replace(self.memory, **known)
            if lost.keys() - _MADE_ANEW:
                await self._memory_file.async_put_aside(*lost.values())
            elif lost:
                LOGGER.warning("The last plan could not be read and is made anew: %s", lost)
        await self._async_forget_what_is_over(now)

    async def _async_forget_what_is_over(self, now: float) -> None:
        """Drop what would be a stale command, as a backup of long ago brings it back."""
        memory, control = self.memory, self.control
        plan_at = 0.0 if memory.plan is None else memory.plan.created
        alive = max(plan_at, memory.slots[-1].end if memory.slots else 0.0)
        self.stale = stale = 0.0 < alive < now - STALE_S
        devices = {key: _current(each, now, stale=stale) for key, each in control.devices.items()}
        held = {key: each for key, each in control.overrides.items() if each.until > now}
        if stale:
            LOGGER.warning("What was stored of the home is %.0f days old", (now - alive) / DAY_S)
            memory.plan, memory.plan_state = None, PlanState()
        current = replace(
            control,
            devices=devices,
            overrides={} if stale else held,
            owned={} if stale else control.owned,
            before={} if stale else control.before,
            limits=tuple(each for each in control.limits if each.end > now),
        )
        if current != control:
            self.control = current
            await self.async_update()

    def clock_set(self, at: float) -> None:
        """Let what was measured on a clock that was ahead stand in nobody's way."""
        memory = self.memory
        memory.ledger = memory.ledger.until_at_most(at)
        memory.slots = tuple(each for each in memory.slots if each.end <= at)
        memory.absences = tuple(each for each in memory.absences if each.end <= at)
        memory.seen = {key: each.until_at_most(at) for key, each in memory.seen.items()}

    @property
    def unwritten(self) -> Reason | None:
        """Why not all that is to outlive a crash is on disk; None where it is."""
        return next((Reason(e.code, e.arguments) for e in self._unwritten.values()), None)

    def check_settings(self) -> None:
        """Raise where settings hold but are not on disk.

        Raises:
            UnwrittenError: they are not; it is tried again.
        """
        if (err := self._unwritten.get(self._control_file)) is not None:
            raise UnwrittenError("settings_unwritten", **err.arguments)

    async def async_update(self, **changes: Any) -> None:
        """Change the control data and return when it is on disk, or could not be written."""
        self.control = replace(self.control, **changes)
        await self._async_write(self._control_file, encode_fields(self.control))

    async def async_update_device(self, device_id: str, **changes: Any) -> None:
        """Change a device's settings and return when they are on disk, or could not be written."""
        changed = replace(self.control.device(device_id), **changes)
        await self.async_update(devices={**self.control.devices, device_id: changed})

    async def async_own(self, devices: Mapping[str, dict[str, Before]], now: float) -> None:
        """Note that devices are held from now on: on disk, or not at all.

        Args:
            devices: what their settings are, by device and entity id.
            now: epoch seconds.
        """
        if self._control_file in self._unwritten:
            return
        earlier = self.control.before
        owned = {**self.control.owned, **dict.fromkeys(devices, now)}
        await self.async_update(owned=owned, before={**earlier, **devices})
        if self._control_file in self._unwritten:
            owned = {key: at for key, at in self.control.owned.items() if key not in devices}
            before = {key: each for key, each in self.control.before.items() if key in owned}
            self.control = replace(self.control, owned=owned, before={**earlier, **before})

    async def async_save_memory(self) -> None:
        """Write ledger and plan and return when they are on disk, or could not be written."""
        # Years of ledger take a while to put into words: not in the event loop. All parts
        # are immutable, so a later change does not reach what is being written.
        data = await self._hass.async_add_executor_job(replace(self.memory).to_json)
        await self._async_write(self._memory_file, data)

    async def async_write_again(self, now: float) -> None:
        """Write, every so often, what could not be written before."""
        if not self._unwritten or abs(now - self._tried) < AGAIN_S:
            return
        self._tried = now
        await self.async_update()
        if self._memory_file in self._unwritten:
            await self.async_save_memory()

    async def _async_write(self, file: HomeFile, data: dict[str, Any]) -> None:
        try:
            await file.async_write(data)
        except UnwrittenError as err:
            self._unwritten[file] = err
        else:
            self._unwritten.pop(file, None)

    async def async_forget_learned(self) -> None:
        """Delete what was learned; settings and ledger stay."""
        await self.strategy_file.async_remove()
        await self.usage_file.async_remove()
        await self.learned_file.async_remove()
        await self.journal_file.async_remove()
        await self.inferred_file.async_remove()

    async def async_remove(self) -> None:
        """Delete all files."""
        await self._control_file.async_remove()
        await self._memory_file.async_remove()
        await self.async_forget_learned()


def _known(
    restore: Mapping[str, Callable[[Any], Any]], data: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Exception]]:
    """Return the parts of a file that can be read, and why the others cannot."""
    known: dict[str, Any] = {}
    lost: dict[str, Exception] = {}
    for name, make in restore.items():
        if name not in data:
            continue  # An older release knew nothing of it.
        try:
            known[name] = make(data[name])
        except UNREADABLE as err:
            lost[name] = err
    return known, lost


def _field(name: str) -> Callable[[Any], Any]:
    def restore(data: Any) -> Any:
        return getattr(decode(Control, {name: data}), name)

    return restore


def _many[T](kind: type[T]) -> Callable[[Any], tuple[T, ...]]:
    return lambda data: tuple(decode(kind, each) for each in data)


def _perhaps[T](kind: type[T]) -> Callable[[Any], T | None]:
    return lambda data: None if data is None else decode(kind, data)


_CONTROL: Final = {each.name: _field(each.name) for each in fields(Control)}
_MEMORY: Final[Mapping[str, Callable[[Any], Any]]] = {
    "ledger": Ledger.from_json,
    "slots": _many(SlotRecord),
    "plan_state": PlanState.from_json,
    "plan": _perhaps(Plan),
    "counted": _perhaps(Counted),
    "absences": _many(Absence),
    "seen": lambda data: {key: decode(Seen, each) for key, each in data.items()},
    "peaks": _many(MonthPeaks),
    "phases": partial(decode, PhaseLoads),
    "strayed": lambda data: {key: tuple(map(float, each)) for key, each in data.items()},
    "writes": lambda data: {key: decode(DayWrites, each) for key, each in data.items()},
}


def _current(settings: DeviceSettings, now: float, *, stale: bool) -> DeviceSettings:
    """Return settings without what is over; of long ago without what was asked for then."""
    leaves = settings.departure
    if stale:
        mode = settings.mode if settings.mode == MODE_PAUSED else MODE_AUTO
        settings = replace(settings, mode=mode, runs=(), goals=(), demands=())
        return replace(settings, departure=None, bookings=())
    return replace(
        settings,
        runs=tuple(each for each in settings.runs if each.deadline > now - OVERDUE_S),
        goals=tuple(each for each in settings.goals if each.at > now),
        demands=tuple(each for each in settings.demands if each.end > now),
        bookings=tuple(each for each in settings.bookings if each.end > now),
        departure=None if leaves is None or leaves.at <= now else leaves,
    )
