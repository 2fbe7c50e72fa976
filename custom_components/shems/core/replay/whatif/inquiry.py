"""A question being answered, in slices that can be given up."""

from collections.abc import Generator
from typing import Final

import numpy as np

from ...forecast.days import Days
from ...horizon import HOUR_S
from ...units import Floats
from .answering import Accounts, answer_of, totals
from .assumptions import assumptions_of
from .bounds import Flows, Scene, Work, foreseen, ruled
from .capture import Capture, capture
from .diary import Diary
from .question import Answer, Question, Subject
from .sky import Roofs
from .weeks import Ahead
from .world import TOGETHER, World
from .years import draw

_LOOP_SHARE: Final = 0.4
"""Share of the work that the closed loop is, about."""
_YEAR_DAYS: Final = 365


class Inquiry:
    """A question being answered.

    `advance` works for about a tenth of a second; who has not the answer yet may stop asking
    at any time, and nothing is left behind.

    Attributes:
        progress: from 0 to 1.
        answer: None until it is found.
        loops: what the closed loops over the past came to, as it is and with the changes.
    """

    def __init__(self, question: Question, subject: Subject, *, ahead: Ahead | None = None) -> None:
        """Begin.

        Args:
            question: what is changed.
            subject: the home.
            ahead: the local days that are asked about; None for a year from now on.
        """
        self.progress = 0.0
        self.answer: Answer | None = None
        self.loops: list[Capture | None] = []
        self._work = self._answering(question, subject, ahead or self.ahead(subject))

    def advance(self) -> bool:
        """Go on; return whether there is more to do.

        Raises:
            InputError: the past is too short, or lacks what the question needs.
        """
        try:
            self.progress = next(self._work)
        except StopIteration as end:
            self.answer = self.answer or end.value
            self.progress = 1.0
            return False
        return True

    @staticmethod
    def ahead(subject: Subject) -> Ahead:
        """Return the year that begins when the past ends."""
        return Ahead(Days(subject.zone, float(HOUR_S)).day(subject.until), _YEAR_DAYS)

    def _answering(
        self, question: Question, subject: Subject, ahead: Ahead
    ) -> Generator[float, None, Answer]:
        diary = Diary.of(subject)
        noise = np.random.default_rng(question.seed)
        roofs = None
        if subject.site is not None and diary.solar_kw is not None:
            roofs = Roofs.of(subject.site, diary, subject.roofs)
        worlds = World(subject, diary, roofs), World(subject, diary, roofs, question.changes)
        shares: list[Floats | None] = []
        for number, world in enumerate(worlds):
            found = yield from _told(captured(world), number / 2 * _LOOP_SHARE, 0.5 * _LOOP_SHARE)
            shares.append(None if found is None else found.draws(question.draws, noise))
            self.loops.append(found)
        other = worlds[1].fuel_cost, worlds[1].fees
        parts: tuple[list[Accounts], list[Accounts]] = [], []
        for begin in range(0, question.draws, TOGETHER):
            rows = range(begin, min(begin + TOGETHER, question.draws))
            years = draw(subject, diary, roofs, ahead, rows, noise)
            for number, world in enumerate(worlds):
                half = 0.5 * (1 - _LOOP_SHARE) * len(rows) / question.draws
                done = _LOOP_SHARE + (1 - _LOOP_SHARE) * begin / question.draws + number * half
                share = shares[number]
                scene = world.scene(years)
                flows = yield from _told(
                    between(scene, None if share is None else share[rows.start : rows.stop]),
                    done,
                    half,
                )
                parts[number].append(totals(world, years, scene, flows, other[number]))
        before, after = (Accounts.joined(each) for each in parts)
        told = assumptions_of(worlds[1], ahead, self.loops[1])
        return answer_of(question, worlds, ahead, (before, after), told)


def captured(world: World) -> Work[Capture | None]:
    """Return what the closed loop makes of the past; None where nobody plans a battery."""
    battery = world.battery
    if battery is None or not world.managed:
        return None
    past = world.past()
    return (
        yield from capture(world.diary, world.scene(past), battery, past.market[0], world.tariff)
    )


def between(scene: Scene, share: Floats | None) -> Work[Flows]:
    """Return what comes of drawn years: by the rule, or the share of the way to foresight.

    Args:
        scene: what a battery meets, (N, T).
        share: (N, 1) of what SHEMS gets; None where nobody plans.
    """
    rule = yield from ruled(scene)
    if share is None:
        return rule
    best = yield from foreseen(scene)
    return rule.mixed(best, share)


def _told[T](work: Work[T], begin: float, whole: float) -> Generator[float, None, T]:
    """Do the work and tell how far it is: half of what is left, again and again."""
    left = whole
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: T = end.value
            return found
        left *= 0.995
        yield begin + whole - left
