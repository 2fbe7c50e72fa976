"""The agenda of a home: its planned runs and bookings, as entries that can be moved."""

from dataclasses import dataclass, replace
from typing import Final

from ..booking import BOOKABLE
from ..coordinator import HomeCoordinator
from ..core.assets.appliance import ApplianceState
from ..core.assets.timetable import Spans
from ..core.horizon import DAY_S
from ..core.report.runs import Doing, Run, runs_of
from ..devices import Device
from ..devices.settings import Booking
from ..orders import may_write

_JOINED_S: Final = 1800.0
"""Runs with less between them are one entry: a thermostat's pauses are no appointment."""
_SHORT_S: Final = 300.0


@dataclass(frozen=True)
class Entry:
    """An entry of the agenda.

    Attributes:
        device: what it is of.
        run: what the plan expects, or what was booked.
        number: the how manieth run of the device that has not begun, from 0.
        begun: whether it is under way.
        booked: whether the household has asked for this very time.
        driven: whether SHEMS may do it.
    """

    device: Device
    run: Run
    number: int
    begun: bool
    booked: bool
    driven: bool

    @property
    def uid(self) -> str:
        """What names the entry from plan to plan, as long as it does not move."""
        return f"{self.device.id}/{self.run.doing}/{round(self.run.begin)}"

    @property
    def movable(self) -> bool:
        """Whether the household may have it at another time."""
        if self.begun:
            return False
        kind = self.device.kind
        charges = kind == "battery" and self.run.doing is Doing.CHARGE
        return charges or kind == "appliance" or kind in BOOKABLE


def agenda(home: HomeCoordinator) -> tuple[Entry, ...]:
    """Return all entries in order: what is planned, and what was booked in its place."""
    found = [entry for device in home.configuration.devices for entry in _entries_of(home, device)]
    return tuple(sorted(found, key=lambda each: (each.run.begin, each.device.name)))


def _entries_of(home: HomeCoordinator, device: Device) -> list[Entry]:
    plan, now = home.data.plan, home.data.now
    settings = home.store.control.device(device.id)
    bookings = [each for each in settings.bookings if each.on and each.end > now]
    spans = tuple((each.begin, each.end) for each in bookings)
    runs = () if plan is None else runs_of(plan, device.id, spans)
    driven = may_write(home.store.control, device.id)
    found, number = [], 0
    for run in _joined(tuple(each for each in runs if not _within(each, spans))):
        begun = run.begin <= now + _SHORT_S and _runs_now(home, device)
        shown = replace(run, begin=_since(home, device, run.begin)) if begun else run
        found.append(Entry(device, shown, number, begun, booked=False, driven=driven))
        number += not begun
    for each in bookings:
        planned = [run for run in runs if _within(run, ((each.begin, each.end),))]
        energy, cost = sum(run.energy_kwh for run in planned), sum(run.cost for run in planned)
        doing = Doing.SHED if device.kind == "sheddable" else Doing.RUN
        booked = Run(device.id, doing, each.begin, each.end, energy, cost)
        found.append(Entry(device, booked, 0, begun=False, booked=True, driven=driven))
    return found


def _within(run: Run, spans: Spans) -> bool:
    """Return whether the middle of a run lies within one of the spans."""
    middle = (run.begin + run.end) / 2
    return any(begin <= middle < end for begin, end in spans)


def _joined(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return runs of the same doing with no more than a pause between them as one."""
    found: list[Run] = []
    for run in runs:
        last = found[-1] if found else None
        if last is None or last.doing != run.doing or run.begin - last.end > _JOINED_S:
            found.append(run)
            continue
        energy, cost = last.energy_kwh + run.energy_kwh, last.cost + run.cost
        found[-1] = replace(last, end=run.end, energy_kwh=energy, cost=cost)
    return tuple(found)


def _runs_now(home: HomeCoordinator, device: Device) -> bool:
    """Return whether a device does what its entry says: a battery follows the plan at once."""
    if device.kind == "battery":
        return True
    seen = home.store.memory.seen.get(device.id)
    state = home.director.known.states.get(device.id)
    progress = isinstance(state, ApplianceState) and state.progress is not None
    return progress or (seen is not None and seen.running.on)


def _since(home: HomeCoordinator, device: Device, begin: float) -> float:
    """Return since when a device runs, as far as that was seen within a day."""
    seen = home.store.memory.seen.get(device.id)
    since = None if seen is None or not seen.running.on else seen.running.since
    return begin if since is None or since < begin - DAY_S else min(since, begin)


def booking_of(home: HomeCoordinator, entry: Entry) -> Booking | None:
    """Return the booking behind an entry, None where the plan has made it."""
    held = home.store.control.device(entry.device.id).bookings
    return next((each for each in held if entry.booked and each.begin == entry.run.begin), None)
