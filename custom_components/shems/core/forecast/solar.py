"""Solar power learned at home: a roof's best days, clearness by experts, mixed by scores."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ..assets.plane import Site
from ..units import Floats
from . import inferred_sun
from .clearness import AHEAD, NAMES, PAST_DAYS, TOP, Course
from .days import Days
from .envelope import Roof, altered
from .history import History
from .issue import Archive
from .levels import COUNT
from .opinions import opinions
from .packing import packed, unpacked
from .pool import Held, Pool
from .sunlight import Sunlight

REACH_DAYS: Final = 365
"""How far back a new state begins."""
SOURCE: Final = "mix"
EXPERTS: Final = (*NAMES, inferred_sun.NAME)
"""Opinions on the clearness, and what is inferred of the roof itself."""
VERSION: Final = 4
"""Of what `to_arrays` returns; what another version wrote is learned anew."""

type Watch = Callable[[int, str, Floats], None]
"""Is told day, name of the expert or `mix`, and what it issued at that midnight, (3, S, L)."""


@dataclass(frozen=True)
class SolarState:
    """What has been learned of a home's sun up to a midnight.

    Attributes:
        begun: number of the day before which nothing was known.
        day: number of the day at whose midnight it last issued.
        archive: what was issued, in kW.
        roof: what a cloudless sky gives.
        course: the last days as they were known, and what was foreseen at `day`.
        pool: weights of the experts.
        held: the levels at which their mix is read.
        pending: (AHEAD, E + 1, AHEAD, S, L) what the experts said at the last midnights,
            and what was handed out.
        draws: see `inferred_sun.inferred`.
        members: (KEPT, MEMBERS, AHEAD, S) kW, what roofs of these would give, as said at the
            last midnights, the newest last; NaN where nothing was.
    """

    begun: int
    day: int
    archive: Archive
    roof: Roof
    course: Course
    pool: Pool
    held: Held
    pending: npt.NDArray[np.float32]
    draws: Floats
    members: npt.NDArray[np.float32]

    @property
    def issued(self) -> bool:
        """Whether it has ever issued anything."""
        return not np.isnan(self.archive.quantiles).all()

    @property
    def weights(self) -> dict[str, float]:
        """What each expert who spoke of `day` at its midnight counts, by name; sum 1."""
        awake = np.logical_and.reduce(np.isfinite(self.pending[0, :-1]), axis=(2, 3))
        share = self.pool.weights(awake)[:, 0].tolist()
        return {
            name: each for name, each, up in zip(EXPERTS, share, awake[:, 0], strict=True) if up
        }

    def continues(self, first: int, day: int, slots: int, site: Site | None) -> bool:
        """Return whether a walk to `day` goes on from here.

        Not with other slots or planes, nor after a year's pause, nor where the past has
        become known since and nothing was issued yet.
        """
        alike = len(self.roof.planes) == len(Roof.new(site, slots).planes)
        alike &= self.pending.shape[3] == slots and self.day >= day - REACH_DAYS
        return alike and (self.issued or self.begun <= first)

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return everything as named arrays, for one file."""
        return {
            "version": np.array(VERSION),
            "begun": np.array(self.begun),
            "day": np.array(self.day),
            "first": np.array(self.archive.first),
            "source": np.array(self.archive.source),
            "archive": self.archive.quantiles,
            "pending": self.pending,
            "draws": self.draws,
            "members": self.members,
            **dict(packed(self.roof, "roof.")),
            **dict(packed(self.course, "course.")),
            **dict(packed(self.pool, "pool.")),
            **dict(packed(self.held, "held.")),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> SolarState | None:
        """Return what `to_arrays` told, None where it is of another version or broken."""
        try:
            if int(arrays["version"]) != VERSION:
                return None
            pending = arrays["pending"]
            blank = _new(int(arrays["begun"]), pending.shape[3], None)
            roof = replace(blank.roof, planes=np.zeros(len(arrays["roof.planes"])))
            return replace(
                blank,
                day=int(arrays["day"]),
                archive=Archive(int(arrays["first"]), arrays["archive"], str(arrays["source"])),
                roof=unpacked(roof, arrays, "roof."),
                course=unpacked(blank.course, arrays, "course."),
                pool=unpacked(blank.pool, arrays, "pool."),
                held=unpacked(blank.held, arrays, "held."),
                pending=pending,
                draws=arrays["draws"],
                members=arrays["members"],
            )
        except KeyError, ValueError, TypeError, IndexError:
            return None


MEMBERS: Final = 32
"""Roofs whose courses are kept: enough to choose from by the day's energy."""
KEPT: Final = 14
"""Midnights whose courses are kept: from two weeks on the learner's own residuals and totals tell
more (`Memory`, `Totals`)."""
_TRUST: Final = 1.5
"""Logarithm of the weight of an expert who has a forecast, before anything is known."""
_SMALL: Final = 0.02
"""Share of the roof's most below which power says nothing about spread."""


def advance(
    state: SolarState | None,
    history: History,
    days: Days,
    day: int,
    *,
    site: Site | None,
    most_days: int | None = None,
    watch: Watch | None = None,
    roofs: inferred_sun.Roofs | None = None,
) -> SolarState:
    """Walk the midnights up to that of `day`, learning and issuing at each.

    Args:
        state: where the walk stands; None begins with the first day known, at most a year
            back.
        history: what is known; nothing measured after a midnight is used there, forecasts
            are used as they stand.
        days: the local days; a state of other slots is not carried on.
        day: number of the last day to issue for.
        site: where the home stands, None where that is unknown.
        most_days: how many midnights at most.
        watch: is told what every expert and the mix issue.
        roofs: what the roof is inferred with; None leaves that expert silent.

    Returns:
        The state at `day` or as far as it came.
    """
    first = max(days.first_known(history.solar, day), day - REACH_DAYS)
    if state is None or not state.continues(first, day, days.slots, site):
        state = _new(first, days.slots, site)
    until = day if most_days is None else min(day, state.day + most_days)
    if until <= state.day:
        return state
    light = Sunlight.of(history, days, state.day, until, site)
    for each in range(state.day + 1, until + 1):
        draws = inferred_sun.NOBODY
        if roofs is not None and site is not None:
            draws = inferred_sun.inferred(state.draws, roofs, history, days, each, site)
        courses = inferred_sun.courses(draws, history, days, each, site)
        state = replace(
            state, draws=draws, members=np.concatenate([state.members[1:], _some(courses)])
        )
        state = _step(state, light, each, inferred_sun.issue(courses), watch)
    return state


def refresh(
    state: SolarState,
    history: History,
    days: Days,
    day: int,
    now: float,
    *,
    site: Site | None,
) -> SolarState:
    """Return the state with the issue of `day` made again with the newest forecasts.

    What was measured since midnight is left to whoever conditions the issue on it. The same
    state where `day` is not where it stands, or nothing can be said.
    """
    if state.day != day or not days.midnight(day) <= now or state.pending.shape[3] != days.slots:
        return state
    light = Sunlight.of(history, days, day, day, site)
    course = _foreseen(state.course, state.roof, light, day)
    courses = inferred_sun.courses(state.draws, history, days, day, site)
    experts = np.concatenate([opinions(course), inferred_sun.issue(courses)[np.newaxis]])
    if np.isnan(experts).all():
        return state
    archive = state.archive.with_row(day, _final(state, experts, course), state.archive.source)
    members = np.concatenate([state.members[:-1], _some(courses)])
    return replace(state, archive=archive, members=members)


def _new(day: int, slots: int, site: Site | None) -> SolarState:
    rows = len(EXPERTS)
    nothing = np.full((PAST_DAYS + AHEAD, 2, slots), np.nan)
    return SolarState(
        day,
        day,
        Archive(day, np.full((1, AHEAD, slots, COUNT), np.nan, np.float32), SOURCE),
        Roof.new(site, slots),
        Course(
            np.full((PAST_DAYS, slots), np.nan),
            np.zeros((PAST_DAYS + AHEAD, slots)),
            nothing,
            nothing,
        ),
        Pool.new(np.array([0.0 if name.startswith("own") else _TRUST for name in EXPERTS]), AHEAD),
        Held.new(AHEAD),
        np.full((AHEAD, rows + 1, AHEAD, slots, COUNT), np.nan, np.float32),
        inferred_sun.NOBODY,
        np.full((KEPT, MEMBERS, AHEAD, slots), np.nan, np.float32),
    )


def _some(courses: Floats) -> npt.NDArray[np.float32]:
    """Return the courses of some of the roofs, as a row: the nearest to what was seen are first."""
    return courses[np.newaxis, :: len(courses) // MEMBERS].astype(np.float32)


def _step(
    state: SolarState, light: Sunlight, day: int, member: Floats, watch: Watch | None
) -> SolarState:
    """Learn the day that ended and issue those ahead."""
    measured = light.measured(day - 1)
    most = state.roof.most(light, day - 1, 1)
    truth = np.where(altered(measured, most[0]), np.nan, measured)
    course = _ended(state.course, state.roof, light, day - 1, truth)
    roof = state.roof.learned(light, day, truth)
    course = _foreseen(course, roof, light, day)
    leads = np.arange(AHEAD)
    said = np.moveaxis(state.pending[leads, :, leads], 0, 1).astype(np.float64)
    state = replace(
        state,
        day=day,
        roof=roof,
        course=course,
        pool=state.pool.learned(said[:-1], truth),
        held=state.held.learned(said[-1], truth, _SMALL * float(most.max())),
    )
    experts = np.concatenate([opinions(course), member[np.newaxis]])
    final = _final(state, experts, course)
    if watch is not None:
        for name, rows in zip((*EXPERTS, SOURCE), (*experts, final), strict=True):
            watch(day, name, rows)
    told = np.concatenate([experts, final[np.newaxis]]).astype(np.float32)
    return replace(
        state,
        archive=state.archive.with_row(day, final, _source(experts)),
        pending=np.concatenate([told[np.newaxis], state.pending[:-1]]),
    )


def _source(experts: Floats) -> str:
    """Return what the day that begins rests on: `mix`, `mix+given` or `mix+weather`."""
    awake = np.logical_and.reduce(np.isfinite(experts[:, 0]), axis=(1, 2))
    heard = {name.split("_")[0] for name, up in zip(EXPERTS, awake, strict=True) if up}
    if inferred_sun.NAME in heard:
        heard.add("weather")  # No roof gives anything under a sky that nobody knows.
    return next((f"{SOURCE}+{sight}" for sight in ("given", "weather") if sight in heard), SOURCE)


def _final(state: SolarState, experts: Floats, course: Course) -> Floats:
    """Return what is handed out of experts' words (E, AHEAD, S, L), (AHEAD, S, L)."""
    possible = TOP * course.most[-AHEAD:, :, np.newaxis]
    # Of a few grey days nobody knows what is possible; whoever knows the roof does.
    possible = np.fmax(possible, experts[-1, ..., -1:])
    return np.minimum(state.held.applied(state.pool.mixed(experts)), possible)


def _ended(course: Course, roof: Roof, light: Sunlight, day: int, truth: Floats) -> Course:
    """Return the course whose last known day is `day`."""
    most = roof.most(light, day, 1)
    rows = slice(1, PAST_DAYS)
    nothing = np.full((AHEAD, 2, light.slots), np.nan)
    return Course(
        np.concatenate([course.power[1:], truth[np.newaxis]]),
        np.concatenate([course.most[rows], most, np.zeros((AHEAD, light.slots))]),
        np.concatenate([course.expected[rows], roof.expected(light, day, 1), nothing]),
        np.concatenate([course.veil[rows], light.veil(day, 1), nothing]),
    )


def _foreseen(course: Course, roof: Roof, light: Sunlight, day: int) -> Course:
    """Return the course with the days from `day` on as they are foreseen now."""
    rows = slice(0, PAST_DAYS)
    return replace(
        course,
        most=np.concatenate([course.most[rows], roof.most(light, day, AHEAD)]),
        expected=np.concatenate([course.expected[rows], roof.expected(light, day, AHEAD)]),
        veil=np.concatenate([course.veil[rows], light.veil(day, AHEAD)]),
    )
