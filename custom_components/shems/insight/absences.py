"""Times of which no slot was entered: what the meters counted meanwhile is entered afterwards."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, override

import numpy as np

from ..absence import Absence
from ..accounting import LEAST_S, Mark, believable, most_kw
from ..core.horizon import DAY_S, HOUR_S
from ..core.report.absent import (
    USUAL_DAYS,
    Missed,
    Parts,
    edges_of,
    estimated,
    missed,
    spread,
    told_in_place,
    usual,
)
from ..core.report.counterfactual.advance import worn
from ..core.report.reconcile import QUANTITIES, risen
from ..core.report.slot import BatteryFlow, SlotRecord
from ..core.series import Series
from ..core.units import Floats
from ..itemising import CHARGED, DEVICE, DISCHARGED, SOURCE
from ..sources.meters import meters
from ..sources.recorded import async_read, grid
from .erasing import LEDGER
from .part import Part
from .privacy_record import PrivacyRecord
from .recorded_energies import recorded_energies

if TYPE_CHECKING:
    from ..coordinator import HomeCoordinator
    from .ledger import LedgerBook

LONGEST_S: Final = 15.0 * DAY_S
"""So long published prices are at hand; and the usual course of a day says little of months."""
OFTEN_S: Final = float(HOUR_S)
"""Meters that come back after a restart are heard within minutes, and looked for every slot."""
GIVEN_UP_S: Final = float(DAY_S)
"""A counter that was not heard for a day, or a price that was not told, will not be."""
_G_PER_KG: Final = 1000.0
_MADE_BY: Final = {"solar": "solar", "charged": "battery", "discharged": "battery"}
"""By which kind of device; what has none is zero."""


class Absences(Part):
    """Enters what was counted while nothing was entered, as far as anybody knows it."""

    def __init__(self, home: HomeCoordinator, ledger: LedgerBook) -> None:
        """Have looked at nothing yet."""
        self._home = home
        self._ledger = ledger
        self._looked = -float("inf")

    @override
    async def async_on_slot(self, at: float) -> None:
        """Fill the gaps that can be filled now, and give up those that never will be."""
        memory = self._home.store.memory
        if not memory.absences or self._ledger.paused:
            return
        fresh = at - memory.absences[-1].end < OFTEN_S
        if not fresh and at - self._looked < HOUR_S:
            return
        self._looked = at
        for absence in memory.absences:
            over = at - absence.end >= GIVEN_UP_S
            if (
                not await self._async_worth(absence)
                or await self._async_fill(absence, over)
                or over
            ):
                memory.absences = tuple(each for each in memory.absences if each != absence)
                await self._home.store.async_save_memory()

    async def _async_worth(self, absence: Absence) -> bool:
        """Return whether a gap is to be filled; nothing comes back of what was erased."""
        if not LEAST_S <= absence.end - absence.start <= LONGEST_S:
            return False
        record = PrivacyRecord(self._home.hass, self._home.config_entry.entry_id)
        erased = await record.async_erased(LEDGER)
        return not any(begin < absence.end and absence.start < stop for begin, stop in erased)

    async def _async_fill(self, absence: Absence, over: bool) -> bool:
        """Enter a gap; return whether it is entered.

        Args:
            absence: the gap.
            over: whether what has a price now is all that ever will.
        """
        before, after = self._beside(absence)
        if not after:
            return False
        edges = edges_of(absence.start, absence.end)
        found = self._found(absence, before, after)
        shapes = await self._async_recorded(edges)
        kwh = {
            name: float((power * np.diff(edges)).sum()) / HOUR_S for name, power in shapes.items()
        }
        kwh |= {name: each.kwh for name, each in found.items()}
        of_kind = self._home.configuration.of_kind
        kwh |= {name: 0.0 for name, kind in _MADE_BY.items() if not of_kind(kind)}
        if not all(np.isfinite(kwh.get(name, np.nan)) for name in QUANTITIES):
            return False
        known = await self._ledger.async_slots(absence.start - USUAL_DAYS * DAY_S, absence.start)
        gap = await self._home.hass.async_add_executor_job(
            partial(self._gap, edges, kwh, shapes, known, self._parts(absence, after))
        )
        whole = len(gap) == len(edges) - 1
        if not gap or not (whole or over):
            return False
        gap, changed = told_in_place(gap, after, found)
        return await self._ledger.async_fill_gap(gap, {each.start: each for each in changed})

    def _gap(
        self,
        edges: Floats,
        kwh: Mapping[str, float],
        shapes: Mapping[str, Floats],
        known: Sequence[SlotRecord],
        parts: Parts,
    ) -> tuple[SlotRecord, ...]:
        """Return the slots of a gap; runs in an executor."""
        courses = {
            name: shapes[name] if np.isfinite(shapes.get(name, np.nan)).all() else course
            for name, course in usual(known, edges).items()
        }
        slots = estimated(
            edges, spread(kwh, courses, edges), parts, self._home.planner.priced_at, self._carbon
        )
        return tuple(worn(each, self._home.home) for each in slots)

    def _beside(self, absence: Absence) -> tuple[list[SlotRecord], list[SlotRecord]]:
        """Return the slots before and after a gap, up to the next one."""
        memory = self._home.store.memory
        until = min(
            (each.start for each in memory.absences if each.start > absence.start),
            default=float("inf"),
        )
        before = [each for each in memory.slots if each.end <= absence.start]
        return before, [each for each in memory.slots if absence.end <= each.start < until]

    def _found(
        self, absence: Absence, before: Sequence[SlotRecord], after: Sequence[SlotRecord]
    ) -> dict[str, Missed]:
        """Return what counters rose by, without those that have jumped."""
        hours = (absence.end - absence.start) / HOUR_S
        most = most_kw(self._home.home)
        return {
            name: each
            for name, each in missed(before, after).items()
            if believable(each.kwh, most[name], hours)
        }

    def _parts(self, absence: Absence, after: Sequence[SlotRecord]) -> Parts:
        """Return what the counters of single devices rose by, less what was entered since."""
        counted = self._home.store.memory.counted
        marks = {} if counted is None else counted.items
        rises = {
            name: _rise(mark, marks[name]) for name, mark in absence.items.items() if name in marks
        }

        def of(quantity: str) -> dict[str, float]:
            found = {}
            for name, rise in rises.items():
                kind, _, key = name.partition(".")
                if kind == quantity and rise is not None:
                    entered = sum(_entered(each, quantity, key) for each in after)
                    found[key] = max(rise - entered, 0.0)
            return found

        charged, discharged = of(CHARGED), of(DISCHARGED)
        flows = {
            key: BatteryFlow(charged[key], discharged[key])
            for key in charged.keys() & discharged.keys()
        }
        return Parts(of(DEVICE), of(SOURCE), flows)

    async def _async_recorded(self, edges: Floats) -> dict[str, Floats]:
        """Return what statistics of five minutes know of each quantity, kW in each step.

        NaN where they do not know: Home Assistant records nothing while it does not run.
        """
        home = self._home
        if "recorder" not in home.hass.config.components:
            return {}
        begin, end = float(edges[0]) - HOUR_S, float(edges[-1]) + HOUR_S
        ids = meters(home.configuration).ids
        recorded = await async_read(home.hass, begin, end, ids, "5minute")
        steps = grid(begin, end, "5minute")
        known = recorded_energies(home.configuration, recorded, steps, "5minute")
        return {
            name: Series(steps, steps + known.width_s, kwh * HOUR_S / known.width_s).means(edges)
            for name, kwh in known.kwh.items()
        }

    def _carbon(self, at: float) -> float | None:
        """Return what the grid emitted, as far as its sensor was recorded, kg/kWh."""
        scenario = self._home.planner.scenario
        emitted = None if scenario is None else scenario.history.carbon.at(at)
        return None if emitted is None else emitted / _G_PER_KG


def _rise(before: Mark, now: Mark) -> float | None:
    """Return what counters counted between two marks and was not entered ahead of them."""
    found = risen({"": before.kwh}, {"": now.kwh})
    return None if not found else found[""] + now.ahead_kwh - before.ahead_kwh


def _entered(slot: SlotRecord, quantity: str, key: str) -> float:
    flow = slot.battery_kwh.get(key, BatteryFlow())
    match quantity:
        case "charged":
            return flow.charged_kwh
        case "discharged":
            return flow.discharged_kwh
        case "source":
            return slot.source_kwh.get(key, 0.0)
    return slot.device_kwh.get(key, 0.0)
