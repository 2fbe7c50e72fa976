"""Erase what SHEMS knows of a home, all or of a time, and prove it."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from homeassistant.components.backup import async_get_manager
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import restore_state

from ..core.report.erased import without
from ..data import is_community
from ..files import HomeFile
from ..sources.error import SourceError
from .holdings import EXPORTS, JSON_FILES, NEIGHBOURS, SETTINGS, remove, sizes
from .holdings import LEARNED as LEARNED_FILES
from .recorder_rows import Rows, async_count, async_erase, sought

if TYPE_CHECKING:
    from ..coordinator import HomeCoordinator

STATISTICS: Final = "statistics"
STATES: Final = "states"
LEDGER: Final = "ledger"
LEARNED: Final = "learned"
EVERYTHING: Final = "everything"
WHAT: Final = (EVERYTHING, LEDGER, LEARNED, STATES, STATISTICS, EXPORTS)
_LEDGER_FILES: Final = frozenset({"foresight", "ledger", "memory", NEIGHBOURS, "reports"})


@dataclass(frozen=True)
class Erasure:
    """What is to be erased.

    Attributes:
        what: of `WHAT`.
        start, end: epoch seconds, whole local days; all time where both are None. Of a time,
            the ledger, states and statistics are erased, and what was learned or exported
            where it is named.
        repack: whether the recorder's database is written anew.
    """

    what: frozenset[str]
    start: float | None = None
    end: float | None = None
    repack: bool = True

    @property
    def whole(self) -> bool:
        """Whether it is of all time."""
        return self.start is None and self.end is None

    def wants(self, part: str) -> bool:
        """Return whether a part is to be erased."""
        timed = part in (STATISTICS, STATES, LEDGER)
        return part in self.what or (EVERYTHING in self.what and (self.whole or timed))

    def removes(self, part: str) -> bool:
        """Return whether the files of a part go as a whole."""
        if part in SETTINGS:
            return False
        if part in LEARNED_FILES:
            return self.wants(LEARNED)
        if part in _LEDGER_FILES:
            return self.whole and self.wants(LEDGER)
        if part == EXPORTS:
            return self.wants(EXPORTS)
        return self.whole and EVERYTHING in self.what


async def async_erase_home(
    hass: HomeAssistant, entry: ConfigEntry[Any], erasure: Erasure
) -> dict[str, Any]:
    """Erase it and return the proof: what was there before, and what is left.

    Files go while nothing uses them: the home is set up anew where it must forget them.
    """
    entry_id = entry.entry_id
    before = await hass.async_add_executor_job(sizes, hass, entry_id)
    parts = frozenset(part for part in {*JSON_FILES, *before} if erasure.removes(part))
    if not erasure.whole and erasure.wants(LEDGER):
        if is_community(entry):
            await entry.runtime_data.shown.sharing.async_erase(erasure.start, erasure.end)
        else:
            await _async_erase_time(entry.runtime_data.coordinator, erasure)
    reload = bool(parts - {EXPORTS})
    if reload:
        await hass.config_entries.async_unload(entry_id)
    try:
        for part in parts & JSON_FILES:
            await HomeFile(hass, entry_id, part).async_remove()
        await hass.async_add_executor_job(remove, hass, entry_id, parts)
        if erasure.whole and erasure.wants(STATES):
            await _async_forget_restored(hass, entry_id)
        rows, left, repacked = await _async_erase_recorded(hass, entry_id, erasure)
        after = await hass.async_add_executor_job(sizes, hass, entry_id)
    finally:
        # Also where the recorder fails: what drives the home must not stay away with it.
        if reload:
            await hass.config_entries.async_setup(entry_id)
    return {
        "before": {"files": before, "recorder": rows.to_json()},
        "after": {"files": after, "recorder": left.to_json()},
        "erased": sorted(before.keys() - after.keys()),
        "kept": sorted(after.keys()),
        "repacked": repacked and rows != left,
    }


async def _async_erase_recorded(
    hass: HomeAssistant, entry_id: str, erasure: Erasure
) -> tuple[Rows, Rows, bool]:
    wanted = replace(
        sought(hass, entry_id),
        start=-float("inf") if erasure.start is None else erasure.start,
        end=float("inf") if erasure.end is None else erasure.end,
        states=erasure.wants(STATES),
        statistics=erasure.wants(STATISTICS),
    )
    if not (wanted.states or wanted.statistics):
        rows = await async_count(hass, wanted)
        return rows, rows, False
    return await async_erase(hass, wanted, repack=erasure.repack)


async def _async_erase_time(home: HomeCoordinator, erasure: Erasure) -> None:
    """Erase the days of a time from the ledger of a home that goes on."""
    zone, memory = home.configuration.zone, home.store.memory
    begin = -float("inf") if erasure.start is None else erasure.start
    end = float("inf") if erasure.end is None else erasure.end
    memory.ledger = without(memory.ledger, zone, begin, end)
    memory.slots = tuple(each for each in memory.slots if not begin <= each.start < end)
    memory.absences = tuple(
        each for each in memory.absences if each.end <= begin or each.start >= end
    )
    await home.store.async_save_memory()
    known = await home.insight.ledger.async_known()
    if known is not None:
        first, last = max(begin, known[0]), min(end, known[1])
        if first < last and not await home.insight.ledger.async_erase(first, last):
            raise SourceError("ledger_unreadable", detail="")
    await home.insight.reports.async_erase(begin, end)
    await home.insight.foresight.async_erase(begin, end)
    if EVERYTHING in erasure.what:
        # Tips are told with what they were found by, which is of all time.
        await home.insight.tips.async_remove()
    home.async_update_listeners()


async def _async_forget_restored(hass: HomeAssistant, entry_id: str) -> None:
    """Take the home's entities out of what Home Assistant restores after a restart."""
    restored = restore_state.async_get(hass)
    for each in er.async_entries_for_config_entry(er.async_get(hass), entry_id):
        restored.last_states.pop(each.entity_id, None)
    await restored.async_dump_states()


async def async_backups(hass: HomeAssistant) -> list[str]:
    """Return the names of backups: they hold what was known when they were made."""
    if "backup" not in hass.config.components:
        return []
    found, _ = await async_get_manager(hass).async_get_backups()
    return sorted(f"{each.name} ({each.date})" for each in found.values())
