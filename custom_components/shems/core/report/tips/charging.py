"""A car that charges when it comes, though it stays long enough to choose."""

from typing import Final

import numpy as np

from ...horizon import HOUR_S
from ...replay.whatif.car import expected
from ...replay.whatif.diary import HOURS, Diary
from ...units import Floats
from .ground import Consumer, Ground
from .replaying import Altered, Replay, Work
from .tip import Effort, Tip

_LEAST_STAYS: Final = 8
_LEAST_KWH: Final = 0.5


def find(ground: Ground, replay: Replay) -> Work[tuple[Tip, ...]]:
    """Return a tip for each car that nobody plans."""
    found: tuple[Tip, ...] = ()
    for consumer in ground.consumers:
        if consumer.kind == "vehicle" and not consumer.driven:
            found += yield from _of(consumer, replay)
    return found


def _of(consumer: Consumer, replay: Replay) -> Work[tuple[Tip, ...]]:
    stays = stays_of(consumer, replay.diary)
    if len(stays) < _LEAST_STAYS:
        return ()
    change, hours = yield from shifted(stays, replay)
    saved = yield from replay.saved(Altered(load_kw=change))
    energy = sum(float(taken.sum()) for *_, taken in stays)
    cheap = _window(hours)
    return replay.told(
        "charging",
        consumer.id,
        saved * replay.used(),
        Effort.HABIT,
        {
            "name": consumer.name,
            "stays": len(stays),
            "energy": round(energy / len(stays), 1),
            "begin": f"{cheap:02d}:00",
            "end": f"{(cheap + _CHEAP_H) % HOURS:02d}:00",
        },
    )


type Stay = tuple[int, int, int, Floats]
"""Day of the past, first hour after its midnight, hours it lasted, and what it took in them."""


def stays_of(consumer: Consumer, diary: Diary) -> list[Stay]:
    """Return the stays in which the car was charged, by whole hours."""
    power = np.nan_to_num(consumer.hourly(diary))
    start = diary.clock.start
    found = []
    for stay in consumer.stays:
        begin, end = np.searchsorted(start, [stay.plug_in - HOUR_S + 1, stay.plug_out]).tolist()
        taken = power[begin:end]
        if begin >= len(start) or end - begin < 2 or taken.sum() < _LEAST_KWH:
            continue
        day = int(diary.clock.day[begin]) - diary.first
        found.append((day, begin - int(diary.midnight[day]), end - begin, taken))
    return found


def shifted(stays: list[Stay], replay: Replay) -> Work[tuple[Floats, Floats]]:
    """Return the change of the load, (N, T) kW, and what is charged in each hour of the day.

    In every stay the same energy is charged in the hours that cost least by published prices
    and by the surplus that the last seven days let expect.

    Args:
        stays: of the past.
        replay: the years.
    """
    scene, years, clock = replay.scene(), replay.years, replay.years.clock
    most_kw = max(float(taken.max()) for *_, taken in stays)
    own = np.minimum(expected(scene.solar_kw - scene.load_kw).clip(0.0) / most_kw, 1.0)
    price = own * scene.sell + (1.0 - own) * scene.buy
    of_day: dict[int, list[Stay]] = {}
    for stay in stays:
        of_day.setdefault(stay[0], []).append(stay)
    midnight = np.flatnonzero(np.diff(clock.day, prepend=clock.day[0] - 1))
    past = replay.diary.clock.day[years.living[:, midnight]] - replay.diary.first
    change, by_hour = np.zeros(price.shape), np.zeros(HOURS)
    for number in range(replay.count):
        for begin, day in zip(midnight.tolist(), past[number].tolist(), strict=True):
            for _, offset, length, taken in of_day.get(day, ()):
                first = begin + offset
                last = min(first + length, len(clock.start))
                if last - first < length:
                    continue
                wanted = np.argsort(np.argsort(price[number, first:last], kind="stable"))
                used = taken * replay.level[number, first:last]
                charged = most_kw * np.clip(used.sum() / most_kw - wanted, 0.0, 1.0)
                change[number, first:last] += charged - used
                np.add.at(by_hour, clock.slot[first:last], charged)
        yield
    return change, by_hour


_CHEAP_H: Final = 4


def _window(by_hour: Floats) -> int:
    """Return from which hour on most is charged within four."""
    summed = [by_hour[(hour + np.arange(_CHEAP_H)) % HOURS].sum() for hour in range(HOURS)]
    return int(np.argmax(summed))
