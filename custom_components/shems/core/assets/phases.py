"""Each phase of the connection: what it carries, and no more than its fuse."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from ..linear import Ints
from ..units import Floats
from .connection import HARD, GridColumns
from .home import Home
from .scenario import Scenario

_NONE: Final = np.zeros(0, dtype=np.int32)

type Taken = Mapping[str, tuple[Ints, Ints | None]]
"""Columns of what each battery and device takes, and of what it gives, by its identity."""


@dataclass(frozen=True)
class PhaseRows:
    """Rows of the phases in a program.

    Attributes:
        rows: (R,) one for each phase and step whose fuse is in reach.
        step, phase: (R,) of each.
    """

    rows: Ints = field(default_factory=lambda: _NONE)
    step: Ints = field(default_factory=lambda: _NONE)
    phase: Ints = field(default_factory=lambda: _NONE)

    def price(self, home: Home, owner: str, dual: Floats, hours: Floats) -> Floats:
        """Return what a kWh costs more where a battery or device is than on all phases alike.

        Args:
            home: what exists.
            owner: identity of the battery or device.
            dual: (M,) of the program's rows.
            hours: (K,) widths of the steps.
        """
        count = home.connection.phases
        apart = _split(home, owner) - 1 / count
        more = np.bincount(self.step, -apart[self.phase] * dual[self.rows], len(hours))
        price: Floats = more / hours
        return price


def phased(home: Home) -> bool:
    """Return whether a phase may be above its fuse while all together are below theirs."""
    connection = home.connection
    uneven = bool(connection.load_share) or any(_wired(home, each) for each in _owners(home))
    return connection.fuse_a is not None and connection.phases > 1 and uneven


def phase_kw(
    home: Home, grid_kw: Floats, load_kw: Floats, sun_kw: Floats, taken_kw: Mapping[str, Floats]
) -> Floats:
    """Return what each phase carries, (P, K), + = import.

        phase = grid / P + (share - 1/P) · load - (sun's share - 1/P) · sun
                + Σ (split - 1/P) · taken

    Where a share or a split is not known, it is the same on all phases, and adds nothing.

    Args:
        home: what exists.
        grid_kw, load_kw, sun_kw: (K,) of the connection, of what cannot be moved, and of the
            sun that is left.
        taken_kw: (K,) by battery and device, + = consumption.
    """
    count = home.connection.phases
    carried = np.outer(np.full(count, 1 / count), grid_kw)
    carried += np.outer(_load_share(home) - 1 / count, load_kw)
    carried -= np.outer(_sun_share(home) - 1 / count, sun_kw)
    for owner, power in taken_kw.items():
        carried += np.outer(_split(home, owner) - 1 / count, power)
    return carried


def constrain_phases(
    scenario: Scenario,
    home: Home,
    grid: GridColumns,
    curtailed: Ints,
    expected_kw: tuple[Floats, Floats],
    taken: Taken,
) -> PhaseRows:
    """Keep each phase within its fuse, where that is in reach; see `phase_kw`.

        -fuse ≤ phase - over + under ≤ fuse,   over and under at a penalty

    Args:
        scenario: the course of events.
        home: what exists.
        grid: columns of the connection.
        curtailed: (K,) columns of the sun that is given up.
        expected_kw: (K,) load and sun of the course.
        taken: columns of batteries and devices.
    """
    if not phased(home):
        return PhaseRows()
    program, (load, sun) = scenario.program, expected_kw
    count, most = home.connection.phases, home.connection.phase_kw
    known = phase_kw(home, np.zeros_like(load), load, sun, {})
    phase, step = np.nonzero(_reach_kw(home, load, sun) > most)
    rows = program.rows(
        len(step), lower=-most - known[phase, step], upper=most - known[phase, step]
    )

    def add(columns: Ints, factor: Floats) -> None:
        used = np.flatnonzero(factor[phase])
        if len(columns):
            program.terms(rows[used], columns[step[used]], factor[phase[used]])

    even = np.full(count, 1 / count)
    for columns, factor in (
        (grid.buy, even),
        (grid.over_buy, even),
        (grid.sell, -even),
        (grid.over_sell, -even),
        (curtailed, _sun_share(home) - even),
    ):
        add(columns, factor)
    for owner, (takes, gives) in taken.items():
        apart = _split(home, owner) - even
        add(takes, apart)
        if gives is not None:
            add(gives, -apart)
    price = HARD * scenario.penalty * scenario.paid[step]
    for sign in (-1.0, 1.0):
        program.terms(rows, program.columns(len(step), cost=price), sign)
    return PhaseRows(rows, step.astype(np.int32), phase.astype(np.int32))


def _reach_kw(home: Home, load_kw: Floats, sun_kw: Floats) -> Floats:
    """Return the most that each phase can be made to carry, in or out, (P, K)."""
    taken = np.zeros(home.connection.phases)
    given = np.zeros(home.connection.phases)
    for battery in home.batteries:
        taken += _split(home, battery.id) * battery.charge_kw
        given += _split(home, battery.id) * battery.discharge_kw
    for device in home.devices:
        taken += _split(home, device.id) * device.most_kw
        given += _split(home, device.id) * device.most_kw
    load = np.outer(_load_share(home), load_kw)
    sun = np.outer(_sun_share(home), sun_kw)
    reach: Floats = np.maximum(taken[:, np.newaxis] + load, given[:, np.newaxis] + sun)
    return reach


def share_on(home: Home, owner: str, phase: int | None) -> float:
    """Return a phase's share in what something takes; without a phase, an even one.

    Args:
        home: what exists.
        owner: identity of a battery, device or array; one on no phase of its own is spread.
        phase: from 0.
    """
    return 1 / home.connection.phases if phase is None else float(_split(home, owner)[phase])


def _owners(home: Home) -> list[str]:
    return [each.id for each in (*home.batteries, *home.devices, *home.solar)]


def _wired(home: Home, owner: str) -> bool:
    return home.wired.get(owner, home.connection.phases) < home.connection.phases


def _split(home: Home, owner: str) -> Floats:
    """Return the share of each phase in what something takes, (P,)."""
    count = home.connection.phases
    if not _wired(home, owner):
        return np.full(count, 1 / count)
    only: Floats = np.eye(count)[home.wired[owner]]
    return only


def _load_share(home: Home) -> Floats:
    count, known = home.connection.phases, home.connection.load_share
    return np.array(known) if len(known) == count else np.full(count, 1 / count)


def _sun_share(home: Home) -> Floats:
    """Return each phase's share of the sun, (P,): arrays count by their peak power."""
    count = home.connection.phases
    if not home.solar:
        return np.full(count, 1 / count)
    peaks = np.array([array.peak_kw or 1.0 for array in home.solar])
    split = np.array([_split(home, array.id) for array in home.solar])
    share: Floats = peaks @ split / peaks.sum()
    return share
