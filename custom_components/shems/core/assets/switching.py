"""On and off: least power, least times and starts of what cannot run at any power."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..horizon import DAY_S, HOUR_S, QUARTER_S
from ..linear import Ints
from ..tariff import offsets_s
from ..units import Bools, InputError
from .scenario import Scenario

LEAST_START: Final = 0.002
"""What a start costs in a plan at least, in kWh at the median import price: of equal plans
the one with fewer starts is taken."""
BY_TEMPERATURE_H: Final = 1.0
"""Hours in which on and off are integers of what is told a temperature: its own thermostat
switches it, and a duty cycle tells which temperature that keeps."""
_RUN_H: Final = 1.0
"""A run lasts an hour at least where nothing else is known: what a start is spread over."""
_NONE: Final = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True)
class Switching:
    """How often something may be switched.

    Attributes:
        least_on_h, least_off_h: hours it stays on, or off.
        starts_a_day: most starts in a local day; None for any number.
        start_kwh: what a start costs in wear, in kWh at the median import price.
    """

    least_on_h: float = 0.0
    least_off_h: float = 0.0
    starts_a_day: int | None = None
    start_kwh: float = 0.0

    def __post_init__(self) -> None:
        """Reject times that cannot be."""
        for name in ("least_on_h", "least_off_h", "start_kwh"):
            if not 0 <= getattr(self, name) < float("inf"):
                raise InputError("device_parameter", name=name, value=getattr(self, name))
        if self.starts_a_day is not None and self.starts_a_day < 1:
            raise InputError("device_parameter", name="starts_a_day", value=self.starts_a_day)


@dataclass(frozen=True)
class Running:
    """Whether something runs.

    Attributes:
        on: now.
        since: epoch seconds of the last change, None where unknown: long ago.
        starts: so far on this local day.
    """

    on: bool = False
    since: float | None = None
    starts: int = 0

    def after(self, on: bool, at: float) -> Running:
        """Return what it is once it is switched on or off, or left as it is."""
        return self if on == self.on else Running(on, at, self.starts + on)


def switched(
    scenario: Scenario,
    power: Ints,
    least_kw: float,
    most_kw: float,
    rules: Switching,
    running: Running,
) -> Ints:
    """Let power be zero or between its limits in the near steps; return the columns of *on*.

        least · on ≤ power ≤ most · on,   on binary
        on[k] - on[k-1] = start[k] - stop[k]
        Σ start over the last least_on_h ≤ on[k],   Σ stop over the last least_off_h ≤ 1 - on[k]

    (Rajan and Takriti 2005.) Where it is held on, power needs room for the least. Steps
    within a quarter of an hour are switched together: what changes more often wears out, and
    many plans of equal cost make a long search. In later steps power is what a duty cycle
    amounts to: anything between nothing and the most, which needs no column.

    Args:
        scenario: the course of events; `around.whole` says which steps are near.
        power: (K,) columns.
        least_kw, most_kw: what it takes while it is on.
        rules: how often it may be switched.
        running: whether it is on now.
    """
    near = int(np.count_nonzero(scenario.around.whole))
    simple = least_kw <= 0 and rules == Switching()
    if near == 0 or simple:
        return _NONE
    program, horizon = scenario.program, scenario.around.horizon
    price = scenario.weight * scenario.typical * max(rules.start_kwh, LEAST_START)
    # Were starts free in later steps, every plan would put them off.
    amortised = price / (most_kw * max(rules.least_on_h, _RUN_H))
    program.charge(power[near:], amortised * scenario.hours[near:])
    bound = held(scenario, rules, running)[:near]
    lower = np.where(bound, float(running.on), 0.0)
    upper = np.where(bound, float(running.on), 1.0)
    on = program.columns(near, lower=lower, upper=upper, integer=True)
    most = program.rows(near, upper=0.0)
    program.terms(most, power[:near], 1.0)
    program.terms(most, on, -most_kw)
    if least_kw > 0:
        least = program.rows(near, lower=0.0)
        program.terms(least, power[:near], 1.0)
        program.terms(least, on, -least_kw)

    start = program.columns(near, upper=1.0, cost=price)
    stop = program.columns(near, upper=1.0)
    known = np.zeros(near)
    known[0] = float(running.on)
    change = program.rows(near, lower=known, upper=known)
    program.terms(change, on, 1.0)
    program.terms(change[1:], on[:-1], -1.0)
    program.terms(change, start, -1.0)
    program.terms(change, stop, 1.0)
    begin = horizon.start[:near]
    quarter = np.floor(begin / QUARTER_S)
    same = np.flatnonzero((np.diff(quarter) == 0) & (bound[1:] == bound[:-1]))
    together = program.rows(len(same), lower=0.0, upper=0.0)
    program.terms(together, on[same], 1.0)
    program.terms(together, on[same + 1], -1.0)
    for span, columns, sign in ((rules.least_on_h, start, -1.0), (rules.least_off_h, stop, 1.0)):
        rows = program.rows(near, upper=float(sign > 0))
        program.terms(rows, on, sign)
        for step in range(near):
            recent = columns[: step + 1][begin[: step + 1] > begin[step] - span * HOUR_S]
            program.terms(np.full(len(recent), rows[step], dtype=np.int32), recent, 1.0)
    if rules.starts_a_day is not None:
        day = np.floor((begin + offsets_s(begin, scenario.around.zone)) / DAY_S)
        for number in np.unique(day):
            before = running.starts if number == day[0] else 0
            row = program.rows(1, upper=float(max(rules.starts_a_day - before, 0)))
            today = start[day == number]
            program.terms(np.full(len(today), row[0], dtype=np.int32), today, 1.0)
    return on


def held(scenario: Scenario, rules: Switching, running: Running) -> Bools:
    """Return the near steps in which what runs, or rests, has to go on so, (K,)."""
    if running.since is None:
        return np.zeros_like(scenario.around.whole)
    span = rules.least_on_h if running.on else rules.least_off_h
    until = running.since + span * HOUR_S - 1.0
    bound: Bools = scenario.around.whole & (scenario.around.horizon.start < until)
    return bound
