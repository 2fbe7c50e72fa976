"""When a car comes, when it leaves and how much it wants, as it has done before.

Past sessions and past days speak in proportion to how recent they are, how alike the day
is and, for a car that is plugged in, how near the time of day at which it came. Nothing is
fitted: arrivals have two humps, stays are short or overnight, and what has happened is the
distribution.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from ..horizon import DAY_S, HOUR_S
from ..tariff import offsets_s
from ..units import Floats
from .days import Days
from .levels import COUNT, LEVELS

type Places = npt.NDArray[np.intp]

_HALF_LIFE_DAYS: Final = 42.0
_OTHER_KIND: Final = 0.2
"""Weight of a stay at the weekend for one of a working day, and the reverse."""
_OTHER_COMING: Final = 0.05
"""The same for whether and when it comes at all: a commute tells nothing of a Sunday."""
_OTHER_WEEKDAY: Final = 0.6
"""Weight of another day of the same kind: who works from home does so on the same days."""
_NEAR_H: Final = 2.0
"""Two arrivals so many hours apart are still much alike."""
_PRIOR_DAYS: Final = 1.0
"""Days of either outcome that are believed before any is seen."""
_ANY_TIME: Final = 0.02
"""Weight of a stay that began at quite another time, or charged less than this one has."""
_LEAST_SESSIONS: Final = 5


@dataclass(frozen=True)
class Session:
    """A stay at the charger.

    Attributes:
        plug_in, plug_out: epoch seconds.
        energy_kwh: what was charged.
    """

    plug_in: float
    plug_out: float
    energy_kwh: float


@dataclass(frozen=True)
class VehicleOutlook:
    """What is expected of a car.

    Attributes:
        chance: probability that it is or will be plugged in today.
        arrival: (L,) epoch seconds, when it comes next, be it today or later; all the time
            it came where it is there.
        departure: (L,) epoch seconds, the end of the stay that is on or comes next.
        energy_kwh: (L,) what that stay charges in all.
        paths: equally likely courses: the stays from now on.
    """

    chance: float
    arrival: Floats
    departure: Floats
    energy_kwh: Floats
    paths: tuple[tuple[Session, ...], ...]


@dataclass(frozen=True)
class _Past:
    """Past stays in order, hours of the local clock since day 0 and kWh, (M,) each."""

    begin: Floats
    end: Floats
    energy: Floats

    @property
    def day(self) -> Floats:
        """Number of the day of plugging in."""
        return np.floor(self.begin / 24)


@dataclass(frozen=True)
class _Anchors:
    """Moments of the past that were like now, (A,) each.

    Attributes:
        stay: index of the stay that was on or came next.
        shift: hours of the local clock from then to now.
        weight: how much each says.
    """

    stay: Places
    shift: Floats
    weight: Floats


def vehicle_outlook(
    sessions: Sequence[Session],
    now: float,
    zone: str,
    *,
    since: float | None = None,
    charged_kwh: float = 0.0,
    ahead_s: float = 3 * DAY_S,
    paths: int = 16,
    holidays: frozenset[int] = frozenset(),
) -> VehicleOutlook | None:
    """Return what is expected of a car; None where too few of its stays are known.

    Args:
        sessions: past stays in any order; those that end after `now` are not looked at.
        now: epoch seconds.
        zone: the home's.
        since: when it was plugged in, where it is there.
        charged_kwh: what it has charged since.
        ahead_s: how far the courses go.
        paths: the number of courses.
        holidays: local days that are lived like a Sunday.
    """
    days = Days(zone, HOUR_S)
    past = _past(sessions, days, now)
    if len(past.begin) < _LEAST_SESSIONS:
        return None
    clock = float(days.position(np.array([now]))[0])
    if since is None:
        chance, anchors = _away(past, clock, holidays)
    else:
        came = float(days.position(np.array([since]))[0])
        chance, anchors = 1.0, _here(past, clock, came, charged_kwh, holidays)
    begin = past.begin[anchors.stay] + anchors.shift
    end = np.maximum(past.end[anchors.stay] + anchors.shift, clock)
    energy = np.maximum(past.energy[anchors.stay], charged_kwh)
    arrival = np.full(COUNT, since) if since is not None else _at(days, _quantiles(begin, anchors))
    courses = _courses(past, anchors, clock + ahead_s / HOUR_S, paths)
    told = tuple(_told(days, course, clock, since, charged_kwh) for course in courses)
    departure = _at(days, _quantiles(end, anchors))
    return VehicleOutlook(chance, arrival, departure, _quantiles(energy, anchors), told)


def _past(sessions: Sequence[Session], days: Days, now: float) -> _Past:
    """Return the stays that were over, on the local clock; what makes no sense is left out."""
    known = np.array(
        [
            (each.plug_in, each.plug_out, each.energy_kwh)
            for each in sessions
            if each.plug_in < each.plug_out <= now and 0 <= each.energy_kwh < np.inf
        ]
    ).reshape(-1, 3)
    known = known[np.argsort(known[:, 0], kind="stable")]
    if not len(known):
        return _Past(known[:, 0], known[:, 1], known[:, 2])
    return _Past(days.position(known[:, 0]), days.position(known[:, 1]), known[:, 2])


def _alike(day: Floats, target: float, holidays: frozenset[int], other: float) -> Floats:
    """Return how much days say about another, by weekday, those of the other kind `other`."""

    def weekday(number: float) -> int:
        return 6 if int(number) in holidays else int(number + 3) % 7

    wanted = weekday(target)
    seen = np.array([weekday(each) for each in day.tolist()], dtype=np.intp)
    kind: Floats = np.where((seen >= 5) == (wanted >= 5), _OTHER_WEEKDAY, other)
    return np.where(seen == wanted, 1.0, kind)


def _recent(day: Floats, today: float) -> Floats:
    weight: Floats = 0.5 ** ((today - day) / _HALF_LIFE_DAYS)
    return weight


def _away(past: _Past, clock: float, holidays: frozenset[int]) -> tuple[float, _Anchors]:
    """Return the chance that a car which is away comes today, and like moments.

    These are the past days on which it was away at this time.
    """
    today = np.floor(clock / 24)
    day = np.arange(past.day[0], today)
    then = clock + 24 * (day - today)
    stay = np.searchsorted(past.begin, then, side="right")
    away = (stay == 0) | (past.end[np.maximum(stay - 1, 0)] <= then)
    day, stay = day[away], stay[away]
    weight = _recent(day, today) * _alike(day, today, holidays, _OTHER_COMING)
    known = stay < len(past.begin)
    came = known & (past.day[np.minimum(stay, len(past.begin) - 1)] == day)
    chance = (weight @ came + _PRIOR_DAYS / 2) / (weight.sum() + _PRIOR_DAYS)
    if not known.any():  # It was always there at this time: any stay may come next.
        stay = np.arange(len(past.begin))
        shift = 24 * np.ceil((clock - past.begin) / 24)
        return float(chance), _Anchors(stay, shift, _recent(past.day, today))
    return float(chance), _Anchors(stay[known], 24 * (today - day[known]), weight[known])


def _here(
    past: _Past, clock: float, came: float, charged_kwh: float, holidays: frozenset[int]
) -> _Anchors:
    """Return the stays like the one that is on, which began at `came` and is not yet over."""
    today = np.floor(came / 24)
    apart = np.abs(past.begin % 24 - came % 24)
    apart = np.minimum(apart, 24 - apart)
    near = np.exp(-0.5 * (apart / _NEAR_H) ** 2) + _ANY_TIME
    weight = near * _recent(past.day, today) * _alike(past.day, today, holidays, _OTHER_KIND)
    weight *= _alike(past.day + 1, today + 1, holidays, _OTHER_KIND)
    weight *= np.where(past.energy < charged_kwh, _ANY_TIME, 1.0)
    shift = 24 * (today - past.day)
    lasting = past.end + shift > clock
    stay = np.arange(len(past.begin))
    if not lasting.any():  # Longer than ever: it may stay as long again as any did.
        return _Anchors(stay, clock - past.begin, weight)
    return _Anchors(stay[lasting], shift[lasting], weight[lasting])


def _quantiles(value: Floats, anchors: _Anchors) -> Floats:
    """Return the quantiles (L,) of like moments.

    Of n equal samples the i-th stands at the level i / (n + 1), so that what comes next
    lies between the i-th and the j-th in (j - i) / (n + 1) of all cases; with unequal
    weights n is Kish's effective number, (sum w)^2 / sum w^2.
    """
    order = np.argsort(value)
    weight = anchors.weight[order]
    total = weight.sum()
    number = total**2 / (weight @ weight)
    middle = (np.cumsum(weight) - 0.5 * weight) / total
    quantiles: Floats = np.interp(LEVELS, (number * middle + 0.5) / (number + 1), value[order])
    return quantiles


def _courses(past: _Past, anchors: _Anchors, until: float, count: int) -> list[Floats]:
    """Return stays (n, 3) from like moments on, each moment as often as its weight says.

    The moments are drawn systematically, in order of time. Those after which too little is
    known count only where there are no others.
    """
    whole = past.end[-1] + anchors.shift >= until
    weight = anchors.weight * (whole if whole.any() else 1.0)
    rank = (np.arange(count) + 0.5) / count * weight.sum()
    chosen = np.minimum(np.searchsorted(np.cumsum(weight), rank), len(weight) - 1)
    courses = []
    for stay, shift in zip(anchors.stay[chosen], anchors.shift[chosen], strict=True):
        last = int(np.searchsorted(past.begin + shift, until))
        rows = slice(stay, last)
        hours = np.stack([past.begin[rows] + shift, past.end[rows] + shift], axis=1)
        courses.append(np.column_stack([hours, past.energy[rows]]))
    return courses


def _told(
    days: Days, course: Floats, clock: float, since: float | None, charged_kwh: float
) -> tuple[Session, ...]:
    """Return a course as stays; the one that is on began when it did."""
    if not len(course):
        return ()
    begin, end = _at(days, course[:, 0]), _at(days, np.maximum(course[:, 1], clock))
    energy = course[:, 2]
    if since is not None:
        begin[0], energy[0] = since, max(energy[0], charged_kwh)
    stays = zip(begin.tolist(), end.tolist(), energy.tolist(), strict=True)
    return tuple(Session(*stay) for stay in stays)


def _at(days: Days, position: Floats) -> Floats:
    """Return hours of the local clock as epoch seconds."""
    wall = position * HOUR_S
    guess = wall - offsets_s(wall, days.zone)
    at: Floats = wall - offsets_s(guess, days.zone)
    return at
