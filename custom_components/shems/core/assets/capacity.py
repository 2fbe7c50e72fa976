"""What a month's peak costs, as a part of a program."""

from dataclasses import dataclass

import numpy as np

from ..horizon import HOUR_S
from ..linear import Ints, Program
from ..peak import Metered, PeakState, PeakTariff, calendar
from ..units import Floats
from .scenario import Scenario


@dataclass(frozen=True)
class PeakColumns:
    """Where a month's peak is in a program.

    Attributes:
        tariff: which of the connection's.
        month: since January 1970, of the local calendar.
        floor_kw: the peak as it stands.
        rise: (1,) column of what the plan adds to it, kW.
    """

    tariff: int
    month: int
    floor_kw: float
    rise: Ints

    def level_kw(self, column: Floats) -> float:
        """Return the billed peak in a solution."""
        return self.floor_kw + float(column[self.rise[0]])


def constrain_peak(
    scenario: Scenario,
    imported: list[Ints],
    number: int,
    tariff: PeakTariff,
    state: PeakState,
) -> list[PeakColumns]:
    """Add what each month's peak rises by; return where it is.

    With x the mean imports of the intervals ahead and b those reached, the sum of the n
    highest is the least n·t + Σ max(0, x - t) + Σ max(0, b - t) over t (Ogryczak and Tamir
    2003), so that

        n·t + Σ excess ≤ n·(floor + rise),   x - t ≤ excess,   b - t ≤ excess

    and with a single highest one, x ≤ floor + rise. Where of each day only the highest
    counts, it takes the place of x.
    """
    program, horizon, zone = scenario.program, scenario.around.horizon, scenario.around.zone
    metered = tariff.metered(horizon, zone)
    taken_kw = metered.taken_kwh(state) * HOUR_S / tariff.interval_s
    now = calendar(horizon.edges[:1], zone)
    parts = []
    for month in np.unique(metered.month).tolist():
        known = state if month == now[0][0] else state.next_month
        base, floor = tariff.base(known)
        rise = program.columns(1, cost=scenario.weight * tariff.price_per_kw)
        kept, times = _distinct(metered, month, tariff)
        single = tariff.top == 1
        mean = program.rows(len(kept), upper=floor * single - taken_kw[kept])
        row = np.full(len(metered.begin), -1, dtype=np.int32)
        row[kept] = mean
        inside = row[metered.interval] >= 0
        share = metered.hours[inside] * HOUR_S / tariff.interval_s
        for column in imported:
            program.terms(row[metered.interval[inside]], column[metered.step[inside]], share)
        if single:
            program.terms(mean, np.repeat(rise, len(mean)), -1.0)
        else:
            if tariff.one_a_day:
                today = (now[1][0], known.today_kw)
                mean, times = _daily(program, mean, metered.day[kept], today)
            _sum_of_top(program, (mean, times), base, floor, rise)
        parts.append(PeakColumns(number, month, floor, rise))
    return parts


def _distinct(metered: Metered, month: int, tariff: PeakTariff) -> tuple[Ints, Floats]:
    """Return the intervals of a month whose means may differ, and how often each stands.

    Those inside one step have one mean.
    """
    pieces = np.bincount(metered.interval, minlength=len(metered.begin))
    full = np.zeros(len(metered.begin), dtype=np.bool_)
    full[metered.interval] = metered.hours * HOUR_S > tariff.interval_s - 1.0
    step = np.zeros(len(metered.begin), dtype=np.int64)
    step[metered.interval] = metered.step
    lone = -1 - np.arange(len(step))
    key = np.where((pieces == 1) & full & ~metered.running, step, lone)
    among = np.flatnonzero(metered.month == month)
    _, first, times = np.unique(key[among], return_index=True, return_counts=True)
    return among[first].astype(np.int32), times.astype(np.float64)


def _daily(
    program: Program, mean: Ints, day: Ints, today: tuple[int, float]
) -> tuple[Ints, Floats]:
    """Let each day's highest mean stand for it: x ≤ highest; return their rows."""
    days, place = np.unique(day, return_inverse=True)
    highest = program.columns(len(days), lower=np.where(days == today[0], today[1], 0.0))
    program.terms(mean, highest[place], -1.0)
    rows = program.rows(len(days), upper=0.0)
    program.terms(rows, highest, 1.0)
    return rows, np.ones(len(days))


def _sum_of_top(
    program: Program, ahead: tuple[Ints, Floats], base: Floats, floor: float, rise: Ints
) -> None:
    """Let the mean of the highest, of what is ahead and what was reached, be floor + rise.

    Args:
        program: where columns and rows go.
        ahead: rows that hold the means so far, and how often each counts.
        base: (n,) reached.
        floor: their mean, or what is billed at least.
        rise: (1,) column.
    """
    rows, times = ahead
    threshold = program.columns(1)
    excess = program.columns(len(rows))
    program.terms(rows, excess, -1.0)
    program.terms(rows, np.repeat(threshold, len(rows)), -1.0)
    above = program.columns(len(base))
    reached = program.rows(len(base), lower=base)
    program.terms(reached, above, 1.0)
    program.terms(reached, np.repeat(threshold, len(base)), 1.0)
    total = program.rows(1, upper=len(base) * floor)
    program.terms(total, threshold, float(len(base)))
    program.terms(total, rise, -float(len(base)))
    program.terms(np.repeat(total, len(rows)), excess, times)
    program.terms(np.repeat(total, len(base)), above, 1.0)
