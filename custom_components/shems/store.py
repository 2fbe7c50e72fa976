"""What must outlive a restart: settings, ownership, overrides, ledger and the last plan.

Six files. `control` is small and written, awaited, before the call that changed it returns:
after a crash it must be known which devices SHEMS holds. `memory` is larger and written at
every slot close and after every plan. What was learned, of the home and
of each device, and how the home is run, written every night, and the journal of forecasts,
written every hour, are read by who writes them.
"""

from dataclasses import dataclass, field, replace
from typing import Any, Final, override

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store

from .accounting import Counted
from .arrays import ArrayFile
from .const import DOMAIN, LOGGER
from .core.assets.connection import Limit
from .core.dispatch.override import Override
from .core.observe.month import MonthPeaks
from .core.observe.wiring import PhaseLoads
from .core.plan.make import PlanState
from .core.plan.objective import Aim, Objective
from .core.plan.result import Plan
from .core.replay.codec import decode, encode, encode_fields
from .core.report.ledger import Ledger, SlotRecord
from .devices.look import Seen
from .devices.settings import DeviceSettings

VERSION: Final = 1
MINOR_VERSION: Final = 1


@dataclass(frozen=True)
class Control:
    """Settings and everything that says who holds a device.

    Attributes:
        enabled: the optimiser switch.
        devices: settings by device id.
        owned: since when SHEMS holds a device, epoch seconds, by device id.
        overrides: what somebody else decided for a while, by hand or by action, by device id.
        aim: what is to be least.
        weights: the household's own, in place of an aim.
        limits: of the grid connection, imposed by an action.
    """

    enabled: bool = True
    devices: dict[str, DeviceSettings] = field(default_factory=dict)
    owned: dict[str, float] = field(default_factory=dict)
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
        seen: what each device that is moved was seen to do, by device id.
        peaks: of the running month, by capacity tariff.
        phases: what each phase has taken besides what is moved.
    """

    ledger: Ledger
    slots: tuple[SlotRecord, ...] = ()
    plan: Plan | None = None
    plan_state: PlanState = field(default_factory=PlanState)
    counted: Counted | None = None
    seen: dict[str, Seen] = field(default_factory=dict)
    peaks: tuple[MonthPeaks, ...] = ()
    phases: PhaseLoads = field(default_factory=PhaseLoads)

    def to_json(self) -> dict[str, Any]:
        """Return what outlives the process."""
        return {
            "ledger": self.ledger.to_json(),
            "slots": encode(self.slots),
            "plan_state": self.plan_state.to_json(),
            "plan": encode(self.plan),
            "counted": encode(self.counted),
            "seen": encode(self.seen),
            "peaks": encode(self.peaks),
            "phases": encode(self.phases),
        }


class _HomeFile(Store[dict[str, Any]]):
    """One file of a home."""

    def __init__(self, hass: HomeAssistant, entry_id: str, part: str) -> None:
        """Name the file after the entry and the part."""
        super().__init__(
            hass,
            VERSION,
            f"{DOMAIN}.{entry_id}.{part}",
            minor_version=MINOR_VERSION,
            atomic_writes=True,
            serialize_in_event_loop=False,
        )

    @override
    async def _async_migrate_func(
        self, old_major_version: int, old_minor_version: int, old_data: dict[str, Any]
    ) -> dict[str, Any]:
        """Keep the data of a newer minor version: unknown keys are ignored when read."""
        return old_data


class HomeStore:
    """The files of one home and what they hold."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Begin with the defaults of a new home."""
        self._hass = hass
        self._control_file = _HomeFile(hass, entry_id, "control")
        self._memory_file = _HomeFile(hass, entry_id, "memory")
        self.strategy_file = _HomeFile(hass, entry_id, "strategy")
        self.usage_file = _HomeFile(hass, entry_id, "usage")
        self.learned_file = ArrayFile(hass, entry_id, "learned")
        self.journal_file = ArrayFile(hass, entry_id, "journal")
        self.control = Control()
        self.memory = Memory(Ledger())

    async def async_load(self) -> None:
        """Read settings and memory.

        A plan that cannot be read is made anew. Settings, ownership and the ledger cannot:
        the error is the caller's.

        Raises:
            TypeError, ValueError, KeyError: control or ledger are unreadable.
        """
        if (control := await self._control_file.async_load()) is not None:
            self.control = decode(Control, control)
        if (memory := await self._memory_file.async_load()) is None:
            return
        self.memory.ledger = Ledger.from_json(memory["ledger"])
        try:
            # Memories of the first days have none.
            if (counted := memory.get("counted")) is not None:
                self.memory.counted = decode(Counted, counted)
            peaks = memory.get("peaks", [])
            self.memory.peaks = tuple(decode(MonthPeaks, each) for each in peaks)
            self.memory.phases = decode(PhaseLoads, memory.get("phases", {}))
            seen = memory.get("seen", {})
            self.memory.seen = {key: decode(Seen, each) for key, each in seen.items()}
            self.memory.slots = tuple(decode(SlotRecord, each) for each in memory["slots"])
            self.memory.plan_state = PlanState.from_json(memory["plan_state"])
            plan = memory["plan"]
            self.memory.plan = None if plan is None else decode(Plan, plan)
        except (TypeError, ValueError, KeyError) as err:
            LOGGER.warning("The last plan could not be read and is made anew: %s", err)

    async def async_update(self, **changes: Any) -> None:
        """Change the control data and return when it is on disk."""
        self.control = replace(self.control, **changes)
        await self._control_file.async_save(encode_fields(self.control))

    async def async_update_device(self, device_id: str, **changes: Any) -> None:
        """Change a device's settings and return when they are on disk."""
        changed = replace(self.control.device(device_id), **changes)
        await self.async_update(devices={**self.control.devices, device_id: changed})

    async def async_save_memory(self) -> None:
        """Write ledger and plan and return when they are on disk."""
        # Years of ledger take a while to put into words: not in the event loop. All parts
        # are immutable, so a later change does not reach what is being written.
        data = await self._hass.async_add_executor_job(replace(self.memory).to_json)
        await self._memory_file.async_save(data)

    async def async_remove(self) -> None:
        """Delete all files."""
        await self._control_file.async_remove()
        await self._memory_file.async_remove()
        await self.strategy_file.async_remove()
        await self.usage_file.async_remove()
        await self.learned_file.async_remove()
        await self.journal_file.async_remove()
