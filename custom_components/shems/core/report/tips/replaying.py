"""A home's years to come, played as it is and as a tip would have it.

The years are those of what-if (`replay.whatif`): weeks of the home's own past, drawn again,
under the sky and the prices of their season. A tip changes what is in them and pays again:

    value = cost(as it is) - cost(as the tip has it)

Both have the same people, sun and prices, so that what they share does not blur what differs.
"""

from collections.abc import Generator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import numpy as np

from ...assets.battery import Battery
from ...replay.whatif.answering import totals
from ...replay.whatif.bounds import Scene
from ...replay.whatif.capture import capture
from ...replay.whatif.diary import Diary
from ...replay.whatif.inquiry import Inquiry, between
from ...replay.whatif.question import LEVELS, Band, Change, Subject
from ...replay.whatif.sky import Roofs
from ...replay.whatif.weeks import Ahead
from ...replay.whatif.world import World
from ...replay.whatif.years import Years, draw
from ...units import Args, Floats
from .tip import Effort, Tip

DRAWS: Final = 64
_CHUNK: Final = 8
_YEAR: Final = 365.25
_LEAST_KWH: Final = 40.0
"""A tip must be worth so many kWh a year: a tenth of a household's monthly use, some ten euros."""
_WIDEST: Final = 1.0
"""An interval wider than its median is no figure to act upon."""
WHOLE_USE: Final = 0.2
"""By how much a device is used otherwise in half a year, as a logarithm: as the load is
(`replay.whatif.years`)."""
USE: Final = 0.15
"""The same beyond what the load has in the drawn years (0.13 in half a year)."""

type Work[T] = Generator[None, None, T]


@dataclass(frozen=True)
class Altered:
    """What is other than in the drawn years.

    Attributes:
        load_kw: more, (N, T) or less.
        solar_kw: more, likewise.
        solar_share: what is left of the sun, likewise.
        buy: other prices, (N, T); None for those of the contract.
        battery: another one; None for the home's.
        export_kw: another limit; None for the connection's.
        changes: as in what-if.
    """

    load_kw: Floats | float = 0.0
    solar_kw: Floats | float = 0.0
    solar_share: Floats | float = 1.0
    buy: Floats | None = None
    battery: Battery | None = None
    export_kw: float | None = None
    changes: tuple[Change, ...] = ()


AS_IT_IS: Final = Altered()


@dataclass
class Replay:
    """Drawn years of a home, and what they cost.

    Attributes:
        subject, diary, roofs: the home and its past.
        years: drawn hours.
        ahead: the days they cover.
        share: (N, 1) of what SHEMS gets of a battery; None where nobody plans one.
        noise: where chance comes from.
    """

    subject: Subject
    diary: Diary
    roofs: Roofs | None
    years: Years
    ahead: Ahead
    share: Floats | None
    noise: np.random.Generator
    _as_it_is: Floats | None = field(default=None, repr=False)

    @classmethod
    def of(cls, subject: Subject, ahead: Ahead | None = None, draws: int = DRAWS) -> Work[Replay]:
        """Draw the years.

        Raises:
            InputError: the past is too short, or there are no prices.
        """
        diary = Diary.of(subject)
        noise = np.random.default_rng(1)
        ahead = ahead or Inquiry.ahead(subject)
        roofs = None
        if subject.site is not None and diary.solar_kw is not None:
            roofs = Roofs.of(subject.site, diary, subject.roofs)
        yield
        world = World(subject, diary, roofs)
        share = None
        if world.managed and world.battery is not None:
            past = world.past()
            found = yield from capture(
                diary, world.scene(past), world.battery, past.market[0], world.tariff
            )
            share = found.draws(draws, noise)
        years = yield from _drawn(subject, diary, roofs, ahead, noise, draws)
        return cls(subject, diary, roofs, years, ahead, share, noise)

    def again(self, subject: Subject) -> Work[Replay]:
        """Draw the same days of a home of which another past is told."""
        diary = Diary.of(subject)
        noise = np.random.default_rng(1)
        roofs = None if subject.site is None else Roofs.of(subject.site, diary, subject.roofs)
        years = yield from _drawn(subject, diary, roofs, self.ahead, noise, self.count)
        return replace(self, subject=subject, diary=diary, roofs=roofs, years=years, _as_it_is=None)

    @property
    def count(self) -> int:
        """Number of years N."""
        return len(self.years.number)

    def world(self, *changes: Change) -> World:
        """Return the home, with changes."""
        return World(self.subject, self.diary, self.roofs, changes)

    def scene(self, altered: Altered = AS_IT_IS) -> Scene:
        """Return what the meters would see."""
        plain = self.world(*altered.changes).scene(self.years)
        limits = plain.connection
        if altered.export_kw is not None:
            limits = replace(limits, export_limit_kw=altered.export_kw)
        return replace(
            plain,
            load_kw=np.maximum(plain.load_kw + altered.load_kw, 0.0),
            solar_kw=np.maximum(plain.solar_kw * altered.solar_share + altered.solar_kw, 0.0),
            buy=plain.buy if altered.buy is None else altered.buy,
            battery=altered.battery or plain.battery,
            connection=limits,
        )

    def cost(self, altered: Altered = AS_IT_IS) -> Work[Floats]:
        """Return what the years cost, (N,) currency a year."""
        if altered is AS_IT_IS and self._as_it_is is not None:
            return self._as_it_is
        world, scene = self.world(*altered.changes), self.scene(altered)
        flows = yield from between(scene, self.share)
        paid = totals(world, self.years, scene, flows, 0.0).cost.sum(axis=1)
        yearly: Floats = paid * _YEAR / self.ahead.count
        if altered is AS_IT_IS:
            self._as_it_is = yearly
        return yearly

    def saved(self, after: Altered, before: Altered = AS_IT_IS) -> Work[Floats]:
        """Return by how much the years are cheaper after, (N,) currency a year."""
        was = yield from self.cost(before)
        will = yield from self.cost(after)
        return was - will

    @cached_property
    def least(self) -> float:
        """What a tip must be worth, currency a year."""
        prices = self.world().scene(self.years).buy
        return _LEAST_KWH * max(float(np.nanmedian(prices)), 1e-6)

    @cached_property
    def level(self) -> Floats:
        """By what factor the drawn hours are lived otherwise than those of the past, (N, T)."""
        past = np.nan_to_num(self.diary.load_kw)[self.years.living]
        level: Floats = np.divide(self.years.load_kw, past, out=np.ones(past.shape), where=past > 0)
        return level

    def shifted(self, change: Floats, *, level: Floats | float | None = None) -> Floats:
        """Return a change of the past's load in the drawn years, (N, T) kW.

        Devices are used as much more or less as everything else is. What is taken from some
        hours is given to others, no more and no less.

        Args:
            change: (T,) by the hour of the past.
            level: by what factor that is used otherwise, (N, T); None as everything else is.
        """
        brought = change[self.years.living]
        taken = np.minimum(brought, 0.0) * (self.level if level is None else level)
        given = np.maximum(brought, 0.0)
        whole = np.maximum(given.sum(axis=1, keepdims=True), 1e-9)
        shifted: Floats = taken - given * taken.sum(axis=1, keepdims=True) / whole
        return shifted

    def used(self, deviation: float = USE) -> Floats:
        """Return by what factor a device will be used otherwise than before, (N,)."""
        factor: Floats = np.exp(self.noise.normal(0.0, deviation, self.count))
        return factor

    def told(
        self,
        code: str,
        subject: str,
        saved: Floats,
        effort: Effort,
        args: Args,
        *,
        certain: float = 1.0,
        since: float | None = None,
    ) -> tuple[Tip, ...]:
        """Return the tip, or none where it is worth too little or that is too uncertain.

        Args:
            code, subject, effort, args, since: see `Tip`.
            saved: (N,) currency a year.
            certain: probability that what was found is so.
        """
        low, median, high = np.quantile(saved, LEVELS).tolist()
        if not low >= self.least or high - low > _WIDEST * median:  # Unknown is not enough.
            return ()
        # Laplace's rule of succession: no number of years that saved something makes it sure.
        confidence = certain * (float((saved > 0).sum()) + 1.0) / (len(saved) + 2.0)
        return (Tip(code, subject, Band(low, median, high), confidence, effort, args, since),)


def _drawn(
    subject: Subject,
    diary: Diary,
    roofs: Roofs | None,
    ahead: Ahead,
    noise: np.random.Generator,
    count: int,
) -> Work[Years]:
    parts = []
    for begin in range(0, count, _CHUNK):
        rows = range(begin, min(begin + _CHUNK, count))
        parts.append(draw(subject, diary, roofs, ahead, rows, noise))
        yield
    return Years.joined(parts)
