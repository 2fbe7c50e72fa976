"""The best that a community could do: one program over all homes that knows every day.

With import i, export o, charge c, discharge d, stored energy s, charging of cars v and what is
shared x, each in kWh of a slot:

    minimise   Σ import · i - feed_in · o + wear · d - (import - fee - feed_in) · x - value of s, v
    subject to i - o = load - sun + v + c - d,   s' = s + η · c - d / η,
               Σ v of a stay ≤ what is wanted,   x ≤ Σ i,   x ≤ Σ o

A car may charge at any power up to its own here, and need not run at its least one: what is
found is a bound, not a plan.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from custom_components.shems.core.horizon import HOUR_S, QUARTER_S
from custom_components.shems.core.linear import Ints, Program
from custom_components.shems.core.market.rules import CT
from custom_components.shems.core.plan.solve import Effort, solve
from custom_components.shems.core.replay.run import CONNECTION
from custom_components.shems.core.replay.use.use import SERVICE
from custom_components.shems.core.replay.use.vehicle import CarUse
from custom_components.shems.core.units import Floats

from .homes import FEED_IN, IMPORT, Member

_HOURS: Final = QUARTER_S / HOUR_S
_BUY, _SELL = IMPORT / CT / 100, FEED_IN / CT / 100
_EFFORT: Final = Effort(time_limit_s=600.0)


def optimum(homes: Sequence[Member], fee: int | None) -> tuple[Floats, float]:
    """Return what the meters would show, (H, T) kW, and what is to be paid besides energy.

    Args:
        homes: of the community.
        fee: on a shared kWh, µct/kWh; None where nothing is shared.
    """
    program = Program()
    parts = [_Home(program, home) for home in homes]
    if fee is not None:
        count = len(parts[0].imported)
        shared = program.columns(count, cost=-(_BUY - fee / CT / 100 - _SELL))
        for side in ("imported", "exported"):
            rows = program.rows(count, upper=0.0)
            program.terms(rows, shared, 1.0)
            for part in parts:
                program.terms(rows, getattr(part, side), -1.0)
    column = solve(program.arrays(), effort=_EFFORT).column
    grid = np.array([column[part.imported] - column[part.exported] for part in parts])
    return grid / _HOURS, sum(part.besides(column) for part in parts)


class _Home:
    """A home's columns and rows."""

    def __init__(self, program: Program, home: Member) -> None:
        run = home.run
        span = slice(run.first, run.last)
        net = (run.load_kw - run.solar_kw)[span] * _HOURS
        count = len(net)
        self._home = home
        limits = CONNECTION.import_limit_kw, CONNECTION.export_limit_kw
        self.imported, self.exported = (
            program.columns(count, upper=kw * _HOURS, cost=cost)
            for kw, cost in zip(limits, (_BUY, -_SELL), strict=True)
        )
        balance = program.rows(count, lower=net, upper=net)
        program.terms(balance, self.imported, 1.0)
        program.terms(balance, self.exported, -1.0)
        self._store(program, balance)
        self._stays: list[tuple[Ints, float, float]] = []
        for use in home.household.uses:
            if isinstance(use, CarUse):
                self._charge(program, balance, use)

    def _store(self, program: Program, balance: Ints) -> None:
        battery, run = self._home.run.battery, self._home.run
        count = len(balance)
        charge = program.columns(count, upper=battery.charge_kw * _HOURS)
        self._given = program.columns(
            count, upper=battery.discharge_kw * _HOURS, cost=battery.wear_per_kwh
        )
        self._stored = program.columns(
            count, lower=min(battery.floor_kwh, run.start_kwh), upper=battery.max_kwh
        )
        program.charge(self._stored[-1:], -run.stored_price)
        program.terms(balance, charge, -1.0)
        program.terms(balance, self._given, 1.0)
        begun = np.zeros(count)
        begun[0] = run.start_kwh
        rows = program.rows(count, lower=begun, upper=begun)
        program.terms(rows, self._stored, 1.0)
        program.terms(rows[1:], self._stored[:-1], -1.0)
        program.terms(rows, charge, -battery.charge_efficiency)
        program.terms(rows, self._given, 1 / battery.discharge_efficiency)

    def _charge(self, program: Program, balance: Ints, use: CarUse) -> None:
        """Let a car charge in its stays; what it lacks when it leaves is paid elsewhere."""
        run = self._home.run
        start = run.course.start[run.first : run.last]
        for stay in use.sessions:
            here = np.flatnonzero((start >= stay.plug_in) & (start < stay.plug_out)).astype(
                np.int32
            )
            if stay.plug_out <= start[0] or not len(here):
                continue
            hours = np.ceil((stay.plug_out - start[here[0]]) / QUARTER_S) * _HOURS
            wants = min(stay.energy_kwh, use.device.charge_kw * hours)
            taken = program.columns(len(here), upper=use.device.charge_kw * _HOURS)
            program.terms(balance[here], taken, -1.0)
            row = program.rows(1, upper=wants)
            program.terms(np.repeat(row, len(here)), taken, 1.0)
            leaves = stay.plug_out <= start[-1] + QUARTER_S
            worth = self._home.household.mean_price * (SERVICE["unmet_kwh"] if leaves else 1.0)
            program.charge(taken, -worth)
            self._stays.append((taken, wants, worth))

    def besides(self, column: Floats) -> float:
        """Return wear and what a car lacks, less what is left in the battery."""
        run = self._home.run
        wear = run.battery.wear_per_kwh * float(column[self._given].sum())
        left = run.stored_price * (float(column[self._stored[-1]]) - run.start_kwh)
        lacks = (
            worth * (wants - float(column[taken].sum())) for taken, wants, worth in self._stays
        )
        return wear - left + sum(lacks)
