"""The timer's hours: when a day is cheapest, and from which price on discharging pays."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ..assets.battery import Battery
from ..forecast.days import Days
from ..horizon import DAY_S, QUARTER_S, Horizon
from ..series import Series
from ..tariff import Tariff, offsets_s
from ..units import Bools, Floats

CHEAP_H: Final = 2.5
"""Hours a day in which a timer charges."""
_LEAST_GAIN: Final = 0.08
"""What discharging must gain at least, as a share of the median price: the two cents of the
published protocol's timer, at 25 ct."""


@dataclass(frozen=True)
class Timetable:
    """A timer's days on a horizon.

    Attributes:
        share: (K,) of each step in which to charge: 1 in the day's cheapest hours, 0 outside.
        cheap: (K,) mean price of these hours of the step's day.
        least: what discharging must gain, currency/kWh.
    """

    share: Floats
    cheap: Floats
    least: float

    def dear(self, battery: Battery, buy: Floats) -> Bools:
        """Return where covering the load pays: above cheap / (η_c·η_d) + wear + least gain."""
        loop = battery.charge_efficiency * battery.discharge_efficiency
        above: Bools = buy > self.cheap / loop + battery.wear_per_kwh + self.least
        result: Bools = above & (self.share == 0)
        return result


def timetable(start: Floats, hours: Floats, buy: Floats, zone: str) -> Timetable:
    """Return the timer's hours for steps (K,) of whole local days.

    Args:
        start: epoch seconds.
        hours: width of each step.
        buy: currency/kWh, NaN where unknown: never a cheap hour.
        zone: whose midnight parts the days.
    """
    day = np.floor((start + offsets_s(start, zone)) / DAY_S)
    share, cheap = np.zeros(len(buy)), np.full(len(buy), np.inf)
    for number in np.unique(day):
        steps = np.flatnonzero((day == number) & np.isfinite(buy))
        if not len(steps):
            continue
        order = steps[np.argsort(buy[steps], kind="stable")]
        before = np.cumsum(hours[order]) - hours[order]
        part = np.clip((CHEAP_H - before) / hours[order], 0.0, 1.0)
        weight = part * hours[order]
        share[order] = part
        cheap[steps] = float(buy[order] @ weight / weight.sum())
    known = buy[np.isfinite(buy)]
    typical = max(float(np.median(known)), 0.0) if len(known) else 0.0
    return Timetable(share, cheap, _LEAST_GAIN * typical)


def timetable_ahead(horizon: Horizon, buy: Floats, market: Series, tariff: Tariff) -> Timetable:
    """Return the timer's hours on a horizon; the hours of its first day gone by count too.

    Args:
        horizon: of the plan.
        buy: (K,) on it.
        market: past prices of the market.
        tariff: the contract.
    """
    days = Days(tariff.zone, QUARTER_S)
    begin = float(horizon.edges[0])
    gone = np.arange(days.midnight(days.day(begin)), begin - 1, QUARTER_S)
    if not len(gone):
        return timetable(horizon.start, horizon.hours, buy, tariff.zone)
    earlier = Horizon(np.append(gone, begin))
    price = tariff.prices(market.on(earlier), earlier).buy
    whole = timetable(
        np.concatenate([earlier.start, horizon.start]),
        np.concatenate([earlier.hours, horizon.hours]),
        np.concatenate([price, buy]),
        tariff.zone,
    )
    ahead = slice(len(gone), None)
    return Timetable(whole.share[ahead], whole.cheap[ahead], whole.least)
