"""When a car stays: as its user said, as was learned of it, as its form says, in this order."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from ..core.assets.stay import Stay
from ..core.assets.timetable import Spans
from ..core.forecast.stays import ExpectedStay, expected_stay
from ..core.forecast.usage import CarTold, CarUsage, Usage, trusted
from ..core.forecast.vehicle import vehicle_outlook
from ..core.horizon import HOUR_S, QUARTER_S
from ..core.linear import INFINITY
from .device import Device
from .kind import source
from .look import Look
from .settings import Departure, DeviceSettings

_READY_MIN: Final = 7 * 60
_DAYS: Final = 4
"""Further than any plan looks."""


def told(device: Device) -> CarTold:
    """Return what a car's form says of its stays."""
    comes = device.data.get("arrives_at") is not None
    return CarTold(
        device.minutes("ready_by", _READY_MIN),
        device.minutes("arrives_at", 18 * 60) if comes else None,
        device.number("session_kwh", 0.0),
    )


def sources(settings: DeviceSettings, usage: Usage | None) -> dict[str, str]:
    """Return where what is expected of a car comes from."""
    car = usage if isinstance(usage, CarUsage) else CarUsage()
    ready = settings.ready_min is not None or settings.departure is not None
    return {
        "departure": source(told=ready, learned=trusted(car.departure)),
        "arrival": source(told=False, learned=trusted(car.arrival)),
        "energy": source(told=False, learned=trusted(car.energy)),
    }


@dataclass(frozen=True)
class Learned:
    """The stay that is on, or the next one, as the past ones tell of it.

    Attributes:
        departure, arrival, energy: of that stay; None where its user or its form knows better.
    """

    departure: ExpectedStay | None = None
    arrival: ExpectedStay | None = None
    energy: ExpectedStay | None = None


def learned(look: Look, *, here: bool) -> Learned:
    """Return what is used of what was learned of a car's stays."""
    used = [key for key, each in sources(look.settings, look.usage).items() if each == "learned"]
    if not used or not isinstance(look.usage, CarUsage):
        return Learned()
    outlook = vehicle_outlook(
        look.usage.sessions,
        look.now,
        look.zone,
        since=_began(look) if here else None,
        charged_kwh=look.seen.used_kwh if here else 0.0,
    )
    return Learned() if outlook is None else Learned(**dict.fromkeys(used, expected_stay(outlook)))


def stays(
    device: Device, look: Look, wanted_kwh: float, lacks_h: float | None, known: Learned
) -> tuple[Stay, ...]:
    """Return the stay that is on, and those that are usual in the next days.

    Args:
        device: the car.
        look: what it shows.
        wanted_kwh: stored at departure.
        lacks_h: hours it has to charge for that; None where it is away.
        known: what is used of what was learned.
    """
    form = told(device)
    ready = form.ready_min if look.settings.ready_min is None else look.settings.ready_min
    usual_kwh = form.session_kwh if known.energy is None else known.energy.energy_kwh
    arrives_kwh = max(0.0, wanted_kwh - usual_kwh)
    found = []
    if lacks_h is not None:
        end = look.next_minute(ready)
        if known.departure is not None:
            soonest = look.now + max(lacks_h * HOUR_S, QUARTER_S)
            end = max(known.departure.leaves, soonest)
        found.append(Stay(_began(look), end, wanted_kwh))
    elif known.arrival is not None and known.arrival.probable:
        begin = max(known.arrival.begin, look.now + QUARTER_S)
        end = look.next_minute(ready, begin)
        if known.departure is not None:
            end = max(known.departure.leaves, begin + QUARTER_S)
        found.append(Stay(begin, end, wanted_kwh, arrives_kwh))
    if form.arrives_min is None:
        return tuple(found)
    last = found[-1].end if found else look.now
    # Whether it comes today is known better than its form does.
    first = int(lacks_h is None and known.arrival is not None)
    for days in range(first, _DAYS):
        begin = look.at_minute(form.arrives_min, days)
        end = look.at_minute(ready, days + (ready <= form.arrives_min))
        if begin > last:
            found.append(Stay(begin, end, wanted_kwh, arrives_kwh))
            last = end
    return tuple(found)


def by_calendar(
    device: Device, look: Look, found: tuple[Stay, ...], trips: Spans, wanted_kwh: float
) -> tuple[Stay, ...]:
    """Return the stays between the trips that a calendar tells of.

    Before the first trip, and after the last, the car stays as it does without a calendar; so
    it does where it is there during a trip.

    Args:
        device: the car.
        look: what it shows.
        found: the stays without a calendar.
        trips: when it is away, (from, to) in epoch seconds.
        wanted_kwh: stored at departure.
    """
    coming = tuple(sorted(each for each in trips if each[1] > look.now))
    if not coming:
        return found
    begin, back = coming[0]
    here = found[0] if found and found[0].begin <= look.now else None
    if begin <= look.now:
        kept = [] if here is None else [replace(here, end=min(here.end, back))]
    elif here is not None:
        kept = [replace(here, end=begin)]
    else:
        kept = [replace(each, end=min(each.end, begin)) for each in found if each.begin < begin]
    ready = look.settings.ready_min
    form = told(device)
    usual = form.ready_min if ready is None else ready
    arrives_kwh = max(0.0, wanted_kwh - form.session_kwh)
    for (_, back), (leaves, _) in pairwise((*coming, (INFINITY, INFINITY))):
        end = look.next_minute(usual, back) if leaves == INFINITY else leaves
        if back < end:
            kept.append(Stay(back, end, wanted_kwh, arrives_kwh))
    return tuple(kept)


def leaving(found: tuple[Stay, ...], departure: Departure, wanted_kwh: float) -> tuple[Stay, ...]:
    """Return stays of which the last that begins before a departure ends with it.

    Args:
        found: in order, not overlapping.
        departure: as its user said.
        wanted_kwh: stored then.
    """
    before = [each for each in found if each.begin < departure.at]
    if not before:
        return found
    last = replace(before[-1], end=departure.at, target_kwh=wanted_kwh)
    return *before[:-1], last, *(each for each in found if each.begin >= departure.at)


def _began(look: Look) -> float:
    return look.now if look.seen.span is None else min(look.seen.span, look.now)
