"""How far the month has come, by what the grid meter has shown."""

from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np

from ..horizon import DAY_S, HOUR_S, Horizon
from ..peak import PeakState, PeakTariff, calendar
from ..series import Series
from ..tariff import offsets_s
from ..units import Floats

_USUAL_DAYS: Final = 28


@dataclass(frozen=True)
class Peak:
    """The mean import of one billing interval.

    Attributes:
        begin: epoch seconds.
        kw: mean of the whole interval.
    """

    begin: float
    kw: float


@dataclass(frozen=True)
class MonthPeaks:
    """The highest imports of a month so far under one capacity tariff.

    Attributes:
        tariff: which intervals count.
        month: since January 1970.
        highest: descending; at most one of each day where only one counts.
        until: when the last interval was entered, epoch seconds.
    """

    tariff: PeakTariff
    month: int = -1
    highest: tuple[Peak, ...] = ()
    until: float = 0.0

    @property
    def level_kw(self) -> float:
        """What the month would be billed if it ended now."""
        tariff = self.tariff
        top = sum(each.kw for each in self.highest[: tariff.top]) / tariff.top
        return max(top, tariff.least_kw)

    def noted(self, horizon: Horizon, grid_kw: Floats, zone: str) -> Self:
        """Return the month in which metered steps end, with their intervals entered.

        An interval that was entered before keeps the higher of both values: steps that are
        not known count as nothing imported. One that is still running waits for its end.

        Args:
            horizon: the steps up to now.
            grid_kw: (K,) mean power of each, + = import.
            zone: IANA name of the zone whose calendar is billed by.
        """
        now = horizon.edges[-1:]
        month = int(calendar(now, zone)[0][0])
        begun = self._of(month)
        metered, kw = self.tariff.means(horizon, grid_kw, zone)
        over = (metered.month == month) & (metered.begin + self.tariff.interval_s <= now[0])
        found = {each.begin: each.kw for each in begun.highest}
        for begin, value in zip(metered.begin[over].tolist(), kw[over].tolist(), strict=True):
            found[begin] = max(value, found.get(begin, 0.0))
        ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        peaks = tuple(Peak(begin, value) for begin, value in ordered)
        # Today's may still be exceeded by today: one more day must be known.
        kept = self._counting(peaks, zone)[: self.tariff.top + 1]
        return replace(begun, highest=kept, until=float(now[0]))

    def _of(self, month: int) -> Self:
        """Return the same month, or another that begins."""
        return self if month == self.month else replace(self, month=month, highest=())

    def _counting(self, peaks: tuple[Peak, ...], zone: str) -> tuple[Peak, ...]:
        """Return those of descending peaks that compete: of each day one, or all."""
        if not self.tariff.one_a_day:
            return peaks
        day = calendar(np.array([each.begin for each in peaks]), zone)[1]
        first = np.unique(day, return_index=True)[1]
        return tuple(peaks[index] for index in np.sort(first).tolist())

    def state(
        self, horizon: Horizon, grid_kw: Floats, zone: str, anticipated_kw: float = 0.0
    ) -> PeakState:
        """Return how far the month has come, with what the running interval has taken.

        Args:
            horizon: metered steps that end now and reach back into the running interval.
            grid_kw: (K,) mean power of each, + = import.
            zone: IANA name of the zone whose calendar is billed by.
            anticipated_kw: handed on.
        """
        now = float(horizon.edges[-1])
        begun = self._of(int(calendar(horizon.edges[-1:], zone)[0][0]))
        begins = np.array([now, *(each.begin for each in begun.highest)])
        day = calendar(begins, zone)[1]
        running = (day[1:] == day[0]) & self.tariff.one_a_day
        today = tuple(
            each for each, is_today in zip(begun.highest, running.tolist(), strict=True) if is_today
        )
        others = tuple(each.kw for each in begun.highest if each not in today)
        return PeakState(
            others[: self.tariff.top],
            max((each.kw for each in today), default=0.0),
            self.tariff.state(horizon, grid_kw, zone).interval_kwh,
            anticipated_kw,
        )


def usual_peak_kw(tariff: PeakTariff, load: Series, solar: Series, now: float, zone: str) -> float:
    """Return the highest hourly import of a usual day without battery and devices, kW.

    Of the hours of the day and the week in which import counts, whatever the season.

    A month is bound to reach as much: else its first plans would pay much for a peak that the
    next day exceeds anyway. Nothing where too little is known.
    """
    offset = float(offsets_s(np.array([now]), zone)[0])
    midnight = np.floor((now + offset) / DAY_S) * DAY_S - offset
    edges = midnight - _USUAL_DAYS * DAY_S + HOUR_S * np.arange(_USUAL_DAYS * 24 + 1.0)
    net = (load.means(edges) - np.nan_to_num(solar.means(edges))).reshape(_USUAL_DAYS, 24)
    counts = tariff.in_window(edges[:-1], zone).reshape(net.shape)
    highest = np.where(counts, net, -np.inf).max(axis=1)
    known = highest[np.isfinite(net).all(axis=1) & counts.any(axis=1)]
    return max(float(np.median(known)), 0.0) if len(known) else 0.0
