"""A programme's power profile, and the ways in which a run of it may go."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from ..horizon import HOUR_S, Horizon
from ..units import Floats

_RESUMES: Final = 2
"""How many ends of a pause are considered before a run has begun: they are chosen anew, from
all there are, once it has."""
SOON_S: Final = 1.0
"""Times closer than this are the same."""


def profile_on(
    horizon: Horizon,
    begin: Floats,
    profile_kw: Sequence[float],
    step_s: float,
    pause: tuple[int, float] = (0, 0.0),
) -> Floats:
    """Return the mean power in each step of runs that begin at given times, (N, K) kW.

    The energy taken is piecewise linear in the time a run has run; a step's mean power is what
    it gains between the step's edges over the step's width. What lies outside the horizon is
    left out.

    Args:
        horizon: K steps.
        begin: (N,) epoch seconds.
        profile_kw: mean powers of equal parts of the programme.
        step_s: width of these parts, seconds.
        pause: after how many parts the runs pause, and for how many seconds.
    """
    taken_kwh = np.concatenate([[0.0], np.cumsum(profile_kw)]) * step_s / HOUR_S
    since = horizon.edges - begin[:, None]
    place_s, rest_s = pause[0] * step_s, pause[1]
    ran = np.where(since <= place_s, since, np.maximum(place_s, since - rest_s))
    power: Floats = (
        np.diff(np.interp(ran, step_s * np.arange(len(taken_kwh)), taken_kwh), axis=1)
        / horizon.hours
    )
    return power


@dataclass(frozen=True)
class Ways:
    """Ways in which one run may go.

    Attributes:
        begin, end: (N,) epoch seconds.
        power: (N, K) kW.
        late_h: (N,) hours by which each ends after the deadline.
    """

    begin: Floats
    end: Floats
    power: Floats
    late_h: Floats


@dataclass(frozen=True)
class Programme:
    """What a run takes, and where it may pause.

    Attributes:
        profile_kw: mean power of each part.
        step_s: width of the parts, seconds.
        places: after how many parts it may pause.
        pause_s: longest pause.
    """

    profile_kw: tuple[float, ...]
    step_s: float
    places: tuple[int, ...] = ()
    pause_s: float = 0.0
    edges: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Keep where its phases, between two places for a pause, begin and end."""
        object.__setattr__(self, "edges", (0, *self.places, len(self.profile_kw)))

    def length_s(self, phase: int = 0, until: int | None = None) -> float:
        """Return how long it takes from a phase on, or to the begin of another."""
        last = len(self.profile_kw) if until is None else self.edges[until]
        return (last - self.edges[phase]) * self.step_s

    def power(
        self,
        horizon: Horizon,
        begin: Floats,
        phase: int = 0,
        until: int | None = None,
        pause: tuple[int, float] | None = None,
    ) -> Floats:
        """Return the mean power of runs whose phase begins at given times, (N, K) kW.

        Args:
            horizon: K steps.
            begin: (N,) epoch seconds.
            phase: that begins then.
            until: before which they end; None where they go on to the programme's end.
            pause: before which phase they pause, and seconds.
        """
        first = self.edges[phase]
        last = len(self.profile_kw) if until is None else self.edges[until]
        rest = (0, 0.0) if pause is None else (self.edges[pause[0]] - first, pause[1])
        return profile_on(horizon, begin, self.profile_kw[first:last], self.step_s, rest)

    def ways(
        self,
        horizon: Horizon,
        begin: Floats,
        deadline: float,
        phase: int = 0,
        resumes: int | None = _RESUMES,
    ) -> Ways:
        """Return the runs without a pause, and those with one that end in time.

        Args:
            horizon: K steps.
            begin: (N,) epoch seconds of the phase.
            deadline: by which a run with a pause has to end.
            phase: that begins then.
            resumes: most ends of each pause that are considered; None for all steps'.
        """
        end = begin + self.length_s(phase)
        found = [(begin, end, self.power(horizon, begin, phase))]
        for place in range(phase + 1, len(self.edges) - 1):
            if self.pause_s <= 0:
                break
            for at in begin.tolist():
                stop = at + self.length_s(phase, place)
                if stop < horizon.edges[0] - SOON_S:
                    continue
                most = min(stop + self.pause_s, deadline - self.length_s(place))
                inside = horizon.start[(horizon.start > stop) & (horizon.start <= most + SOON_S)]
                count = len(inside) if resumes is None else min(resumes, len(inside))
                chosen = np.linspace(len(inside) - 1, 0, count).round().astype(np.intp)
                for again in inside[chosen].tolist():
                    one = np.array([at])
                    power = self.power(horizon, one, phase, pause=(place, again - stop))
                    found.append((one, one + again - stop + self.length_s(phase), power))
        begins, ends, powers = zip(*found, strict=True)
        finish = np.concatenate(ends)
        late = np.where(finish > deadline + SOON_S, finish - deadline, 0.0) / HOUR_S
        return Ways(np.concatenate(begins), finish, np.concatenate(powers), late)
