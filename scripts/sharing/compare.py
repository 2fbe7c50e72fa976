"""What a community costs with and without trade, and with plans that know of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from custom_components.shems.core.market.rules import CT
from custom_components.shems.core.replay.manager import Knows
from custom_components.shems.core.replay.use.vehicle import CarUse
from custom_components.shems.core.units import Floats

from .books import Account, account, besides, grids_kw
from .central import optimum
from .homes import Member, community
from .play import Played, Variant, agreed_price, play

PASSIVE: Final = "passive"
REPLANNED: Final = "replanned"
CENTRAL: Final = "central"
SAID: Final = "_said"
TOLD: Final = "_told"


@dataclass(frozen=True)
class Row:
    """What a community paid in one way.

    Attributes:
        account: of its meters.
        saved: share of what it paid without trade.
        lacked_kwh: what cars did not have when they left.
        seconds: of a processor, for all plans and forecasts; None where nothing was planned.
    """

    account: Account
    saved: float
    lacked_kwh: float
    seconds: float | None = None


@dataclass(frozen=True)
class Compared:
    """A community in one season.

    Attributes:
        seed, season, homes, slots: of it.
        cost: without trade, every home with SHEMS alone, currency.
        rows: by fee in cents and by way.
    """

    seed: int
    season: str
    homes: int
    slots: int
    cost: float
    rows: dict[int, dict[str, Row]]


def compare(
    seed: int, season: str, homes: int, slots: int, fees: Sequence[int], *, told: bool = False
) -> Compared:
    """Play a community and account for every way.

    Args:
        seed: of the community.
        season: one of `SEASONS`.
        homes: their number.
        slots: quarters of an hour that are scored.
        fees: on shared energy, cents/kWh.
        told: whether to play homes that know their days ahead as well.
    """
    members = community(seed, homes, season, slots)
    variants = _variants(fees, told)
    played = play(members, variants)
    books = [_Meters.of(members, each) for each in played]
    base = books[0].account(members, 0, None).cost
    rows: dict[int, dict[str, Row]] = {}
    for fee in fees:
        rows[fee] = {
            variant.name: book.row(members, fee, base)
            for variant, book in zip(variants, books, strict=True)
            if variant.fee in (None, CT * fee)
        }
        grid, extra = optimum(members, CT * fee)
        rows[fee][CENTRAL] = _Meters(grid, extra, 0.0, None).row(members, fee, base)
    return Compared(seed, season, homes, slots, base, rows)


def _variants(fees: Sequence[int], told: bool) -> list[Variant]:
    """Return what is played; the passive homes know of no fee."""
    found = [Variant(PASSIVE), *(Variant(REPLANNED, CT * fee) for fee in fees)]
    found.append(Variant(REPLANNED + SAID, CT * fees[0], said=True))
    if told:
        found.append(Variant(PASSIVE + TOLD, None, Knows.TOLD))
        found += [Variant(REPLANNED + TOLD, CT * fee, Knows.TOLD) for fee in fees]
    return found


@dataclass(frozen=True)
class _Meters:
    """What came of a variant, whatever is paid for it."""

    grid_kw: Floats
    extra: float
    lacked_kwh: float
    seconds: float | None

    @classmethod
    def of(cls, members: Sequence[Member], played: Played) -> _Meters:
        lived = played.finish()
        pairs = list(zip(members, lived, strict=True))
        lacked = sum(
            amount
            for home, life in pairs
            if life is not None
            for use in home.household.uses
            if isinstance(use, CarUse)
            for amount in life.missing[use.device.id].values()
        )
        extra = sum(besides(home, life) for home, life in pairs)
        return cls(grids_kw(members, lived), extra, lacked, played.seconds)

    def account(self, members: Sequence[Member], price: int, fee: int | None) -> Account:
        return account(members, self.grid_kw, self.extra, price, fee)

    def row(self, members: Sequence[Member], fee: int, base: float) -> Row:
        found = self.account(members, agreed_price(CT * fee), CT * fee)
        saved = 1 - found.cost / base if base else float(np.nan)
        return Row(found, saved, self.lacked_kwh, self.seconds)
