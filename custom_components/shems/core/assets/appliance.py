"""An appliance that runs a programme once, when that is cheapest before its deadline."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import ClassVar, Final

import numpy as np

from ..horizon import HOUR_S, Horizon
from ..linear import INFINITY, Ints
from ..units import Floats, InputError
from .device import Part, Usual, Wish
from .programme import SOON_S, Programme, Ways
from .scenario import Scenario

_LATE: Final = 0.5
"""What a run that ends too late costs, as a share of the penalty of not running at all: no
bargain is worth it, and it is better than nothing."""
_LATE_H: Final = 24.0
"""So late, a run is as bad as none."""
_LATER: Final = 1.001
"""A run after the horizon costs its energy at the median import price and a little more, so
that it is not put off for nothing."""
_SAME_KW: Final = 1e-6
"""Powers closer than this are the same: a solver's tolerance."""


@dataclass(frozen=True)
class RunRequest:
    """A programme to be run once.

    Attributes:
        earliest, deadline: epoch seconds; it begins not before, and ends not after.
        most_cost: it runs only if it costs less, currency; None to run at any price.
    """

    earliest: float
    deadline: float
    most_cost: float | None = None


@dataclass(frozen=True)
class Progress:
    """A run that has begun.

    Attributes:
        phase: of the programme, between two places for a pause, from 0.
        since: epoch seconds at which that phase began, or the pause before it.
        paused: whether it waits before that phase.
        deadline: by which it is to end; no pause is made that passes it.
    """

    phase: int = 0
    since: float = 0.0
    paused: bool = False
    deadline: float | None = None


@dataclass(frozen=True)
class ApplianceState:
    """What an appliance is doing and asked to do.

    Attributes:
        runs: requested, one after the other, in any order.
        progress: of the run that has begun; None where it stands.
    """

    KIND: ClassVar[str] = "appliance"

    runs: tuple[RunRequest, ...] = ()
    progress: Progress | None = None


@dataclass(frozen=True)
class Appliance(Usual[ApplianceState]):
    """A dishwasher, a washing machine, a dryer.

    Attributes:
        id: the device's identity, stable over renames.
        name: what the household calls it.
        profile_kw: mean power of each part of the programme.
        profile_step_s: width of these parts, seconds.
        pausable_after: after how many of them it may pause; empty where it may not.
        longest_pause_h: how long each pause may be.
        from_battery: whether batteries may discharge for it.
    """

    KIND: ClassVar[str] = "appliance"

    id: str
    name: str
    profile_kw: tuple[float, ...]
    profile_step_s: float = 300.0
    pausable_after: tuple[int, ...] = ()
    longest_pause_h: float = 0.0
    from_battery: bool = True

    def __post_init__(self) -> None:
        """Reject a programme that cannot be, one of no length among them."""
        if not self.profile_kw or not 0 < sum(self.profile_kw) < INFINITY:
            raise InputError("profile_empty", device=self.name)
        if min(self.profile_kw) < 0:
            raise InputError("device_parameter", name="profile_kw", value=min(self.profile_kw))
        if not 0 < self.profile_step_s < INFINITY:
            raise InputError("device_parameter", name="profile_step_s", value=self.profile_step_s)
        if not 0 <= self.longest_pause_h < INFINITY:
            raise InputError("device_parameter", name="longest_pause_h", value=self.longest_pause_h)
        places = (0, *self.pausable_after, len(self.profile_kw))
        if any(later <= before for before, later in pairwise(places)):
            raise InputError(
                "device_parameter", name="pausable_after", value=str(self.pausable_after)
            )

    @property
    def most_kw(self) -> float:
        """The most it can take."""
        return max(self.profile_kw)

    @property
    def programme(self) -> Programme:
        """What a run takes, and where it may pause."""
        pause_s = self.longest_pause_h * HOUR_S
        return Programme(self.profile_kw, self.profile_step_s, self.pausable_after, pause_s)

    @property
    def length_s(self) -> float:
        """How long the programme takes without pauses, seconds."""
        return len(self.profile_kw) * self.profile_step_s

    @property
    def energy_kwh(self) -> float:
        """What a run takes."""
        return sum(self.profile_kw) * self.profile_step_s / HOUR_S

    def bound(self, state: ApplianceState) -> bool:
        """Return whether its programme runs: only where it may pause can it be stopped."""
        return state.progress is not None and not state.progress.paused

    def check(self, state: ApplianceState) -> None:
        """Raise InputError where a request leaves no time to run, naming the nearest that does."""
        for run in state.runs:
            if not run.earliest <= run.deadline:
                raise InputError(
                    "earliest_after_deadline",
                    device=self.name,
                    earliest=run.earliest,
                    deadline=run.deadline,
                )
            if run.earliest + self.length_s > run.deadline + SOON_S:
                raise InputError(
                    "deadline_too_short",
                    device=self.name,
                    deadline=run.deadline,
                    starts=run.earliest,
                    ends=run.earliest + self.length_s,
                )
            if run.most_cost is not None and not -INFINITY < run.most_cost < INFINITY:
                raise InputError("device_parameter", name="most_cost", value=run.most_cost)
        if state.progress is not None and not 0 <= state.progress.phase <= len(self.pausable_after):
            raise InputError("device_parameter", name="phase", value=state.progress.phase)

    def at_once(self, state: ApplianceState, start: float, hours: float) -> float:
        """Return the power to ask for in a step if it runs when asked to, without pauses."""
        end = start + hours * HOUR_S
        wanted = state.progress is not None or any(run.earliest < end for run in state.runs)
        return self.most_kw if wanted else 0.0

    def step(
        self, state: ApplianceState, power_kw: float, start: float, hours: float
    ) -> tuple[ApplianceState, float]:
        """Return the state after a step in which a power was asked for, and the power taken.

        Any power ends a pause, or begins a request at the step's start or once it may begin:
        of several the one that comes nearest to it, or is due first. A run goes on by itself;
        it pauses at the place for that which comes nearest to what was asked for. What is
        asked for beyond a run that ends begins the next.
        """
        end = start + hours * HOUR_S
        progress = state.progress
        if progress is None:
            ready = [run for run in state.runs if run.earliest < end - SOON_S]
            if power_kw <= 0 or not ready:
                return state, 0.0
            run = self._meant(ready, power_kw, start, end)
            rest = list(state.runs)
            rest.remove(run)
            begun = Progress(0, max(start, run.earliest), deadline=run.deadline)
            state, progress = ApplianceState(tuple(rest), begun), begun
        if progress.paused:
            latest = progress.since + self.longest_pause_h * HOUR_S
            begin = start if power_kw > 0 else max(latest, start)
            if begin >= end:
                return state, 0.0
            progress = replace(progress, since=begin, paused=False)
        after, taken = self._advance(progress, power_kw, start, end)
        state = replace(state, progress=after)
        finish = max(start, progress.since + self.programme.length_s(progress.phase))
        if after is not None or finish > end - SOON_S or power_kw < taken + _SAME_KW:
            return state, taken
        left = (end - finish) / HOUR_S
        state, more = self.step(state, (power_kw - taken) * hours / left, finish, left)
        return state, taken + more * left / hours

    def _meant(
        self, ready: list[RunRequest], power_kw: float, start: float, end: float
    ) -> RunRequest:
        """Return the request that takes what was asked for, the first due of those that do."""
        begin = np.array([max(start, run.earliest) for run in ready])
        taken = self.programme.power(Horizon(np.array([start, end])), begin)[:, 0]
        off = np.abs(taken - power_kw)
        fits = [run for run, each in zip(ready, off, strict=True) if each <= off.min() + _SAME_KW]
        return min(fits, key=lambda each: each.deadline)

    def _advance(
        self, progress: Progress, power_kw: float, start: float, end: float
    ) -> tuple[Progress | None, float]:
        """Return how a run goes on from start to end, and the mean power."""
        programme, phase, since = self.programme, progress.phase, progress.since
        step, begin = Horizon(np.array([start, end])), np.array([progress.since])
        taken = float(programme.power(step, begin, phase)[0, 0])
        pause, reached = None, phase
        nearest = abs(taken - power_kw)
        for place in range(phase + 1, len(programme.edges) - 1):
            stop = since + programme.length_s(phase, place)
            if stop >= end - SOON_S:
                break
            held = float(programme.power(step, begin, phase, place)[0, 0])
            if programme.pause_s > 0 and stop >= start and abs(held - power_kw) < nearest:
                pause, taken, nearest = place, held, abs(held - power_kw)
            reached = place
        if pause is not None:
            stop = since + programme.length_s(phase, pause)
            return replace(progress, phase=pause, since=stop, paused=True), taken
        if since + programme.length_s(phase) <= end + SOON_S:
            return None, taken
        since += programme.length_s(phase, reached)
        return replace(progress, phase=reached, since=since), taken

    def constrain(self, scenario: Scenario, state: ApplianceState) -> Part:
        """Add one column per way in which each run may go, of which one is taken.

            power[k] = Σ taken[n] · profile[n, k]
            Σ taken of a run + missed + later = 1,   Σ taken at any time ≤ 1

        A run may begin with every step that lets it end in time. If none does, it begins as
        soon as possible, late. One that must not cost more than x is missed for x. Where the
        deadline lies beyond the horizon it may also be run later, at the median price: else it
        would be pressed into the dear hours that happen to be seen.
        """
        program, horizon = scenario.program, scenario.around.horizon
        power = program.columns(
            len(horizon), upper=self.most_kw, cost=scenario.sooner * scenario.paid
        )
        program.terms(scenario.balance, power, -1.0)
        drawn = program.rows(len(horizon), lower=0.0, upper=0.0)
        program.terms(drawn, power, 1.0)
        whole = scenario.around.whole_starts
        harm = scenario.weight * scenario.penalty * self.energy_kwh
        every = _every(self.programme, horizon, state)
        taken: list[Ints] = []
        wishes: list[Wish] = []
        for run, ways in every:
            late = np.where(ways.late_h > 0, _LATE + _LATE / _LATE_H * ways.late_h, 0.0)
            columns = program.columns(len(late), upper=1.0, cost=harm * late, integer=whole)
            number, step = np.nonzero(ways.power)
            program.terms(drawn[step], columns[number], -ways.power[number, step])
            one = program.rows(1, lower=1.0, upper=1.0)
            program.terms(np.repeat(one, len(columns)), columns, 1.0)
            if run is not None:
                wishes += self._otherwise(scenario, run, ways, columns, one)
            taken.append(columns)
        _keep_apart(scenario, every, taken)
        now = [
            columns[ways.begin < horizon.end[0]]
            for (_, ways), columns in zip(every, taken, strict=True)
        ]
        return Part(
            power,
            first=np.concatenate([power[:1], *now]),
            wishes=tuple(wishes),
        )

    def _otherwise(
        self, scenario: Scenario, run: RunRequest, ways: Ways, columns: Ints, one: Ints
    ) -> list[Wish]:
        """Add what else may become of a request; return what of it would fall short."""
        program = scenario.program
        asked = run.most_cost is None
        cost = scenario.penalty * self.energy_kwh if run.most_cost is None else run.most_cost
        missed = program.columns(1, upper=1.0, cost=scenario.weight * cost)
        program.terms(one, missed, 1.0)
        if run.deadline > scenario.around.horizon.edges[-1]:
            price = _LATER * scenario.typical * self.energy_kwh
            later = program.columns(1, upper=1.0, cost=scenario.weight * price)
            program.terms(one, later, 1.0)
        if not asked:
            return []
        late = ways.late_h > 0
        return [
            Wish("not_run", missed, np.ones(1), "runs", run.deadline),
            Wish("late", columns[late], ways.late_h[late], "h", run.deadline),
        ]


def _every(
    programme: Programme, horizon: Horizon, state: ApplianceState
) -> list[tuple[RunRequest | None, Ways]]:
    """Return in which ways the run that has begun, and each requested one, may go."""
    now, last = float(horizon.edges[0]), float(horizon.edges[-1])
    found: list[tuple[RunRequest | None, Ways]] = []
    progress = state.progress
    if progress is not None:
        deadline = INFINITY if progress.deadline is None else progress.deadline
        begin = np.array([progress.since])
        if progress.paused:
            most = min(
                progress.since + programme.pause_s, deadline - programme.length_s(progress.phase)
            )
            begin = horizon.start[(horizon.start <= max(most, now) + SOON_S)]
        found.append((None, programme.ways(horizon, begin, deadline, progress.phase, None)))
    busy = len(state.runs) + (progress is not None)
    for run in state.runs:
        ready = max(run.earliest, now)
        latest = min(run.deadline, last) - programme.length_s() + SOON_S
        inside = horizon.start[(horizon.start > ready) & (horizon.start <= latest)]
        begin = np.concatenate([[ready], inside]) if ready <= latest else inside
        if run.most_cost is None and run.deadline <= last:
            begin = np.concatenate([begin, _late(programme, horizon, ready, latest, busy)])
        found.append((run, programme.ways(horizon, begin, min(run.deadline, last))))
    return found


def _late(programme: Programme, horizon: Horizon, ready: float, latest: float, busy: int) -> Floats:
    """Return when a run may begin that cannot end in time, (N,) epoch seconds.

    At once, if it can begin; where several runs want the machine, as soon as it is free of
    the others.
    """
    if busy == 1:
        return np.array([ready]) if latest < ready < horizon.edges[-1] else np.zeros(0)
    begin = max(ready, latest)
    length = (programme.length_s() + len(programme.places) * programme.pause_s) * busy
    after = horizon.start[(horizon.start > begin) & (horizon.start <= begin + length)]
    at_once = [ready] if latest < ready < horizon.edges[-1] else []
    return np.concatenate([at_once, after])


def _keep_apart(
    scenario: Scenario, every: list[tuple[RunRequest | None, Ways]], taken: list[Ints]
) -> None:
    """Let one run at most use the machine at any time: at every begin, which is enough.

    A run that pauses keeps the machine.
    """
    if len(every) < 2:
        return
    now = float(scenario.around.horizon.edges[0])
    begin = np.concatenate(
        [ways.begin if run is not None else np.minimum(ways.begin, now) for run, ways in every]
    )
    end = np.concatenate([ways.end for _, ways in every])
    columns = np.concatenate(taken)
    times = np.unique(np.maximum(begin, now))
    rows = scenario.program.rows(len(times), upper=1.0)
    row, column = np.nonzero((begin <= times[:, None]) & (times[:, None] < end - SOON_S))
    scenario.program.terms(rows[row], columns[column], 1.0)
