"""The days of a community, lived by all of its homes side by side."""

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from custom_components.shems.core.horizon import HOUR_S, QUARTER_S, Horizon
from custom_components.shems.core.market.jitter import delay_s
from custom_components.shems.core.market.rules import CT
from custom_components.shems.core.neighbours import Neighbours
from custom_components.shems.core.replay.household import Lived, living
from custom_components.shems.core.replay.manager import Knows, Manager
from custom_components.shems.core.series import Series

from .homes import FEED_IN, IMPORT, Member

SLOTS_AHEAD: Final = 96
"""Slots of an outlook: a day, which every plan covers."""
_EVERY: Final = HOUR_S // QUARTER_S
"""Slots between two plans of a home."""


@dataclass(frozen=True)
class Variant:
    """How the homes of a community plan.

    Attributes:
        name: of it.
        fee: on a shared kWh, µct/kWh, that they plan with; None where each plans for itself.
        knows: what each knows of its own days.
        said: whether drivers say when they leave.
    """

    name: str
    fee: int | None = None
    knows: Knows = Knows.PAST
    said: bool = False


def agreed_price(fee: int) -> int:
    """Return the price that gives buyers and sellers half of the gain each, µct/kWh."""
    return (FEED_IN + IMPORT - fee) // 2


class Exchange(Protocol):
    """How the homes of a community hear of one another."""

    def tell(self, home: int, now: float, net_kw: Series) -> None:
        """Take a home's plan."""
        ...

    def outlook(self, home: int, now: float) -> Neighbours | None:
        """Return what the others expect."""
        ...

    def metered(self, now: float, grid_wh: Sequence[int]) -> None:
        """Take what the meters counted in the slot that began then."""
        ...


class Board(Exchange):
    """What homes have told their community, which everybody can read at once."""

    def __init__(self, start: float, slots: int, homes: int, fee: int) -> None:
        """Begin with a board on which nobody has written.

        Args:
            start: of the first slot, epoch seconds.
            slots: that are played.
            homes: their number.
            fee: on a shared kWh, µct/kWh.
        """
        self._start = start
        self._net_wh = np.full((homes, slots + SLOTS_AHEAD), np.nan)
        self._fee = fee

    def tell(self, home: int, now: float, net_kw: Series) -> None:
        """Take a home's plan."""
        slot = round((now - self._start) / QUARTER_S)
        ahead = Horizon.uniform(now, QUARTER_S, SLOTS_AHEAD)
        self._net_wh[home, slot : slot + SLOTS_AHEAD] = 1000 * net_kw.on(ahead) * QUARTER_S / HOUR_S

    def outlook(self, home: int, now: float) -> Neighbours:
        """Return what the others expect; slots that one of them says nothing of are unknown."""
        slot = round((now - self._start) / QUARTER_S)
        told = self._net_wh[:, slot : slot + SLOTS_AHEAD]
        whole = Neighbours(
            now,
            QUARTER_S,
            np.maximum(told, 0.0).sum(axis=0),
            np.maximum(-told, 0.0).sum(axis=0),
            agreed_price(self._fee) / CT / 100,
            self._fee / CT / 100,
            now,
        )
        return whole.without(now, told[home])

    def metered(self, now: float, grid_wh: Sequence[int]) -> None:
        """Write nothing: what was metered changes no plan."""


class Watched(Manager):
    """A manager that tells what the meter showed last, kW."""

    grid_kw = 0.0

    def metered(self, tick: int, grid_kw: float) -> None:
        """Take note of what the meter showed."""
        super().metered(tick, grid_kw)
        self.grid_kw = grid_kw


class Played:
    """A variant of a community while it is played."""

    def __init__(
        self, homes: Sequence[Member], variant: Variant, exchange: Exchange | None = None
    ) -> None:
        """Let every home begin with the first step that is scored."""
        run = homes[0].run
        self.variant = variant
        self.seconds = 0.0
        self._homes = homes
        self._run = run
        self._board: Exchange | None = exchange or (
            None
            if variant.fee is None
            else Board(
                float(run.course.start[run.first]),
                run.last - run.first,
                len(homes),
                variant.fee,
            )
        )
        self._managers = [
            Watched(
                home.household,
                variant.knows,
                believer=home.believer,
                said=variant.said,
                neighbours=self._outlook_for(number),
            )
            for number, home in enumerate(homes)
        ]
        self._lives = [
            living(home.household, manager) if home.flexible else None
            for home, manager in zip(homes, self._managers, strict=True)
        ]
        self._lived: list[Lived | None] = [None] * len(homes)

    def step(self, step: int) -> None:
        """Let every home live through a step, one after another as their jitter has it."""
        began = time.process_time()
        now = float(self._run.course.start[step])
        order = sorted(
            range(len(self._homes)), key=lambda each: delay_s(self._homes[each].hid, round(now))
        )
        for number in order:
            life = self._lives[number]
            if life is not None:
                self._advance(number, life)
            if self._board is not None:
                self._tell(self._board, number, step, now)
        if self._board is not None:
            self._board.metered(now, self._grids_wh(step))
        self.seconds += time.process_time() - began

    def _advance(self, number: int, life: Generator[None, None, Lived]) -> None:
        try:
            next(life)
        except StopIteration as end:
            self._lived[number] = end.value

    def _grids_wh(self, step: int) -> list[int]:
        """Return what each meter counted in a step that is over."""
        return [
            round(
                1000
                * QUARTER_S
                / HOUR_S
                * (manager.grid_kw if home.flexible else float(home.run.net_kw[step, 0]))
            )
            for home, manager in zip(self._homes, self._managers, strict=True)
        ]

    def _outlook_for(self, number: int) -> Callable[[float], Neighbours | None] | None:
        board = self._board
        return None if board is None else lambda now: board.outlook(number, now)

    def _tell(self, board: Exchange, number: int, step: int, now: float) -> None:
        """Tell the community of a new plan, and once an hour of what is not planned."""
        plan = self._managers[number].plan
        if plan is not None and plan.created == now:
            board.tell(number, now, Series(plan.horizon.start, plan.horizon.end, plan.grid_kw))
        if not self._homes[number].flexible and (step - self._run.first) % _EVERY == 0:
            expected = self._expected(self._homes[number], step, now)
            board.tell(number, now, expected)

    def _expected(self, home: Member, step: int, now: float) -> Series:
        """Return what a home without anything to plan expects of itself."""
        horizon = Horizon.uniform(now, QUARTER_S, SLOTS_AHEAD)
        if self.variant.knows is Knows.PAST:
            until = float(home.run.known_until[step])
            made = home.believer.believe(now, horizon, known_until=until)
            return Series(horizon.start, horizon.end, made.load.mean - made.solar.mean)
        begin = home.run.course.start
        true = home.run.load_kw - home.run.solar_kw
        return Series(begin, begin + QUARTER_S, true)

    def finish(self) -> list[Lived | None]:
        """Return what came of every home; None where nothing was planned."""
        for number, life in enumerate(self._lives):
            if life is not None:
                self._advance(number, life)
        return self._lived


def play(homes: Sequence[Member], variants: Sequence[Variant]) -> list[Played]:
    """Play variants side by side, so that each home's forecasts are made once."""
    played = [Played(homes, each) for each in variants]
    run = homes[0].run
    for step in range(run.first, run.last):
        for each in played:
            each.step(step)
    return played
