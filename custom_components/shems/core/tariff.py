"""Money: what a kilowatt-hour costs to buy and brings when sold."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Self
from zoneinfo import ZoneInfo

import numpy as np

from .horizon import DAY_S, Horizon
from .units import Bools, Floats


@dataclass(frozen=True)
class Window:
    """A fee in currency/kWh that holds between two times of the local day.

    Attributes:
        begin_min, end_min: minutes after local midnight; a window may wrap midnight.
        fee: currency/kWh, before VAT.
        weekdays: days it holds on, Monday = 0.
    """

    begin_min: int
    end_min: int
    fee: float
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)

    def holds(self, minute: Floats, weekday: Floats) -> Bools:
        """Return where the window holds, for (K,) local minutes and weekdays."""
        if self.begin_min <= self.end_min:
            inside = (minute >= self.begin_min) & (minute < self.end_min)
        else:
            inside = (minute >= self.begin_min) | (minute < self.end_min)
        return inside & np.isin(weekday, self.weekdays)


@dataclass(frozen=True)
class PriceParts:
    """What a price consists of, currency/kWh.

    Attributes:
        energy: of the market.
        fee: of supplier and grid, and all of a price that follows no market.
        tax: VAT on both.
    """

    energy: float = 0.0
    fee: float = 0.0
    tax: float = 0.0

    @property
    def price(self) -> float:
        """The whole price."""
        return self.energy + self.fee + self.tax

    def mixed(self, other: Self, share: float) -> Self:
        """Return a mean of both in which the other has a share."""
        return type(self)(
            *(
                (1 - share) * mine + share * its
                for mine, its in (
                    (self.energy, other.energy),
                    (self.fee, other.fee),
                    (self.tax, other.tax),
                )
            )
        )


@dataclass(frozen=True)
class PriceRule:
    """How a price follows from the market's: (factor · market + fee) · (1 + vat).

    The first window that holds gives the fee; outside all windows `fee` holds.
    A factor of 0 makes a fixed or time-of-use price that needs no market.
    """

    factor: float = 0.0
    fee: float = 0.0
    windows: tuple[Window, ...] = ()
    vat: float = 0.0

    def price(self, market: Floats, minute: Floats, weekday: Floats) -> Floats:
        """Return currency/kWh, (K,); NaN where the market is needed and unknown."""
        fee = self._fees(minute, weekday)
        energy = self.factor * market if self.factor else np.zeros(len(minute))
        price: Floats = (energy + fee) * (1 + self.vat)
        return price

    def parts(self, market: float, minute: Floats, weekday: Floats) -> PriceParts:
        """Return what the price of one step consists of; NaN where the market is unknown."""
        fee = float(self._fees(minute, weekday)[0])
        energy = self.factor * market if self.factor else 0.0
        return PriceParts(energy, fee, self.vat * (energy + fee))

    def _fees(self, minute: Floats, weekday: Floats) -> Floats:
        fee = np.full(len(minute), self.fee)
        taken = np.zeros(len(minute), dtype=np.bool_)
        for window in self.windows:
            inside = window.holds(minute, weekday) & ~taken
            fee[inside] = window.fee
            taken |= inside
        return fee


@dataclass(frozen=True)
class Prices:
    """Prices on a horizon.

    Attributes:
        buy, sell: (K,) currency/kWh, always finite.
        known: (K,) whether the price is published rather than extrapolated.
        own: the home's own contract's, where sharing with neighbours changes what it says;
            None where nobody shares.
    """

    buy: Floats
    sell: Floats
    known: Bools
    own: Prices | None = None

    @property
    def complete(self) -> bool:
        """Whether every price is a finite number."""
        return bool(np.isfinite(self.buy).all() and np.isfinite(self.sell).all())


@dataclass(frozen=True)
class Priced:
    """The prices at a time.

    Attributes:
        buy, sell: what each consists of.
        market, feed_in: what they follow, currency/kWh; None where that is unknown, or nothing.
    """

    buy: PriceParts
    sell: PriceParts
    market: float | None = None
    feed_in: float | None = None


@dataclass(frozen=True)
class Tariff:
    """A household's contract.

    Attributes:
        buy, sell: rules of the import and the export price.
        zone: IANA name of the zone whose wall clock the windows follow.
        currency: ISO 4217 code.
        net_metering: whether a year's exports are set off against its imports.
        beyond: how likely a year ends with more exported than imported, 0 to 1.
    """

    buy: PriceRule
    sell: PriceRule
    zone: str
    currency: str
    net_metering: bool = False
    beyond: float = 0.0

    @property
    def needs_market(self) -> bool:
        """Whether any price depends on the market's."""
        return bool(self.buy.factor or (self.sell.factor and self.pays_exports))

    @property
    def pays_exports(self) -> bool:
        """Whether the export price counts at all, and exports are not only set off."""
        return not self.net_metering or self.beyond > 0

    def prices(
        self,
        market: Floats,
        horizon: Horizon,
        known: Bools | None = None,
        feed_in: Floats | None = None,
    ) -> Prices:
        """Return prices on a horizon from (K,) market prices in currency/kWh.

        Under net metering a year's bill is buy · (import - export) where that is positive,
        else sell · (import - export): a kWh more of either has the same price, that of the
        side on which the year will end,

            buy' = sell' = (1 - beyond) · buy + beyond · sell

        Args:
            market: what buying follows.
            horizon: the steps.
            known: (K,) which of the market's prices are published; all that are finite if None.
            feed_in: (K,) what selling follows, where that is not the market.
        """
        minute, weekday = local_clock(horizon.start, self.zone)
        certain = np.isfinite(market) if known is None else known
        if not self.needs_market:
            certain = np.ones(len(horizon), dtype=np.bool_)
        buy = self.buy.price(market, minute, weekday)
        followed = market if feed_in is None else feed_in
        if not self.net_metering:
            return Prices(buy, self.sell.price(followed, minute, weekday), certain)
        if self.beyond > 0:
            sell = self.sell.price(followed, minute, weekday)
            buy = (1 - self.beyond) * buy + self.beyond * sell
        return Prices(buy, buy.copy(), certain)

    def priced(
        self, at: float, market: float | None, feed_in: float | None = None
    ) -> Priced | None:
        """Return what the prices at a time consist of; see `prices`.

        None where what they follow is unknown.

        Args:
            at: epoch seconds.
            market: what buying follows, currency/kWh.
            feed_in: what selling follows, where that is not the market.
        """
        if market is None and self.needs_market:
            return None
        minute, weekday = local_clock(np.array([at]), self.zone)
        followed = math.nan if market is None else market
        buy = self.buy.parts(followed, minute, weekday)
        if self.net_metering and not self.beyond:
            return Priced(buy, buy, market, feed_in)
        sell = self.sell.parts(followed if feed_in is None else feed_in, minute, weekday)
        if self.net_metering:
            buy = sell = buy.mixed(sell, self.beyond)
        return Priced(buy, sell, market, feed_in)


def local_clock(times: Floats, zone: str) -> tuple[Floats, Floats]:
    """Return minutes after local midnight and weekday (Monday = 0), same shape as times."""
    local = times + offsets_s(times, zone)
    minute = np.floor(local / 60) % (DAY_S / 60)
    weekday = (np.floor(local / DAY_S) + 3) % 7  # 1 January 1970 was a Thursday.
    return minute, weekday


def offsets_s(times: Floats, zone: str) -> Floats:
    """Return a zone's offset from UTC at epoch seconds, same shape, seconds."""
    first = datetime.fromtimestamp(float(times.min()), UTC).year
    last = datetime.fromtimestamp(float(times.max()), UTC).year
    begin, offset = _offsets(zone, first, last)
    return offset[np.searchsorted(begin, times, side="right") - 1]


@lru_cache(maxsize=64)
def _offsets(zone: str, first: int, last: int) -> tuple[Floats, Floats]:
    """Return when each offset of the years begins, and the offset.

    The days are asked one by one, a change is then found to the second by bisection.
    """
    info = ZoneInfo(zone)

    def offset_at(time: float) -> float:
        offset = datetime.fromtimestamp(time, info).utcoffset()
        return offset.total_seconds() if offset else 0.0

    at = datetime(first, 1, 1, tzinfo=UTC).timestamp()
    stop = datetime(last + 1, 1, 1, tzinfo=UTC).timestamp()
    found = [(at, offset_at(at))]
    while at < stop:
        after = offset_at(at + DAY_S)
        if after != found[-1][1]:
            low, high = at, at + DAY_S
            while high - low > 1:
                middle = (low + high) // 2
                if offset_at(middle) == found[-1][1]:
                    low = middle
                else:
                    high = middle
            found.append((high, after))
        at += DAY_S
    return np.array([each[0] for each in found]), np.array([each[1] for each in found])


def energy_cost(grid_kw: Floats, hours: Floats, prices: Prices) -> float:
    """Return what a grid power (K,) costs; negative when selling brings more.

    cost = Σ hours · (buy · max(0, grid) - sell · max(0, -grid))
    """
    bought = np.maximum(grid_kw, 0.0) * prices.buy
    sold = np.maximum(-grid_kw, 0.0) * prices.sell
    return float(np.dot(bought - sold, hours))


def typical_price(prices: Prices) -> float:
    """Return the median import price, or where that is nothing the largest price, never zero.

    What comfort, wear and ties are priced by: in another currency, or with all prices
    multiplied, every decision stays the same.
    """
    largest = max(float(np.abs(prices.buy).max()), float(np.abs(prices.sell).max()))
    middle = float(np.median(prices.buy))
    return middle if middle > 0.01 * largest else max(0.1 * largest, 1e-6)
