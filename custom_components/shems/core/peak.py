"""Capacity tariffs: what the highest import of a month costs."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from .horizon import DAY_S, HOUR_S, QUARTER_S, Horizon
from .linear import INFINITY, Ints
from .tariff import Window, local_clock, offsets_s
from .units import Bools, Floats, InputError

_ALL_MONTHS: Final = tuple(range(1, 13))
_ALL_DAY: Final = Window(0, DAY_S // 60, 0.0)
_MONTHS: Final = 12


@dataclass(frozen=True)
class PeakState:
    """How far a month has come.

    Attributes:
        top_kw: the month's highest means so far, descending; without today's where only
            one of each day counts.
        today_kw: the highest of today, where only one of each day counts.
        interval_kwh: imported in the running interval so far.
        anticipated_kw: a peak that this month, or the next, is bound to reach anyway.
    """

    top_kw: tuple[float, ...] = ()
    today_kw: float = 0.0
    interval_kwh: float = 0.0
    anticipated_kw: float = 0.0

    @property
    def next_month(self) -> Self:
        """How far the next month will have come when it begins."""
        return type(self)(anticipated_kw=self.anticipated_kw)

    def __post_init__(self) -> None:
        """Reject powers and energies that no meter shows."""
        named = [("top_kw", each) for each in self.top_kw]
        named += [(name, getattr(self, name)) for name in ("today_kw", "interval_kwh")]
        for name, value in [*named, ("anticipated_kw", self.anticipated_kw)]:
            if not 0 <= value < INFINITY:
                raise InputError("connection_parameter", name=name, value=value)


@dataclass(frozen=True)
class Metered:
    """The billing intervals that a horizon touches and that count.

    Attributes:
        begin: (I,) epoch seconds.
        month, day: (I,) of the local calendar, since January 1970.
        running: (I,) whether it began before the horizon.
        step, interval: (P,) the pieces into which steps and intervals cut each other, each
            pair once.
        hours: (P,) how long each piece is.
    """

    begin: Floats
    month: Ints
    day: Ints
    running: Bools
    step: Ints
    interval: Ints
    hours: Floats

    def taken_kwh(self, state: PeakState) -> Floats:
        """Return what each interval had taken when the horizon began, (I,)."""
        return np.where(self.running, state.interval_kwh, 0.0)


@dataclass(frozen=True)
class PeakTariff:
    """A price of a month's peak: the mean of its highest mean imports of an interval.

    Attributes:
        price_per_kw: currency per kW and month.
        interval_s: 900 or 3600, from the full local hour on.
        top: how many of the highest count.
        one_a_day: whether of each day only the highest counts.
        window: hours and weekdays in which import counts; its fee is not used.
        months: in which it counts, January = 1.
        least_kw: billed at least.
        name: what the household calls it.
    """

    price_per_kw: float
    interval_s: int = QUARTER_S
    top: int = 1
    one_a_day: bool = False
    window: Window = _ALL_DAY
    months: tuple[int, ...] = _ALL_MONTHS
    least_kw: float = 0.0
    name: str = ""

    def __post_init__(self) -> None:
        """Reject what no contract says."""
        for name in ("price_per_kw", "least_kw"):
            if not 0 <= getattr(self, name) < INFINITY:
                raise InputError("connection_parameter", name=name, value=getattr(self, name))
        if self.interval_s not in (QUARTER_S, 2 * QUARTER_S, HOUR_S):
            raise InputError("connection_parameter", name="interval_s", value=self.interval_s)
        if self.top < 1:
            raise InputError("connection_parameter", name="top", value=self.top)

    def metered(self, horizon: Horizon, zone: str) -> Metered:
        """Return the intervals that a horizon touches and that count.

        All offsets of today are multiples of a quarter of an hour, so that no piece between
        two quarters belongs to two intervals. The window is asked where an interval begins.
        """
        edges = horizon.edges
        quarters = np.arange(np.floor(edges[0] / QUARTER_S + 1) * QUARTER_S, edges[-1], QUARTER_S)
        cuts = np.union1d(edges, quarters)
        at = cuts[:-1]
        owner = at - (at + offsets_s(at, zone)) % self.interval_s
        counts = self._counts(owner, zone)
        begin, interval = np.unique(owner[counts], return_inverse=True)
        step = np.searchsorted(edges, at[counts], side="right") - 1
        pair, place = np.unique(interval * len(horizon) + step, return_inverse=True)
        month, day = calendar(begin, zone)
        return Metered(
            begin,
            month,
            day,
            begin < edges[0],
            (pair % len(horizon)).astype(np.int32),
            (pair // len(horizon)).astype(np.int32),
            np.bincount(place, np.diff(cuts)[counts], len(pair)) / HOUR_S,
        )

    def in_window(self, at: Floats, zone: str) -> Bools:
        """Return the times of the day and week at which import counts, same shape as times."""
        return self.window.holds(*local_clock(at, zone))

    def _counts(self, at: Floats, zone: str) -> Bools:
        inside = self.in_window(at, zone)
        result: Bools = inside & np.isin(calendar(at, zone)[0] % _MONTHS + 1, self.months)
        return result

    def levels(self, horizon: Horizon, grid_kw: Floats, zone: str) -> dict[int, float]:
        """Return the billed peak of every month that was metered, kW.

        Args:
            horizon: the metered steps; what they leave out counts as nothing imported.
            grid_kw: (K,) mean power of each, + = import.
            zone: IANA name of the zone whose calendar is billed by.

        Returns:
            By month since January 1970.
        """
        metered, kw = self.means(horizon, grid_kw, zone)
        return {
            int(month): max(self.mean_of_top(self._competing(metered, kw, month)), self.least_kw)
            for month in np.unique(metered.month)
        }

    def means(self, horizon: Horizon, grid_kw: Floats, zone: str) -> tuple[Metered, Floats]:
        """Return the intervals that count and the mean import of each, (I,) kW; see `levels`."""
        metered = self.metered(horizon, zone)
        return metered, _means(metered, grid_kw) * HOUR_S / self.interval_s

    def charge(self, horizon: Horizon, grid_kw: Floats, zone: str) -> float:
        """Return what the peaks of all metered months cost; see `levels`."""
        return self.price_per_kw * sum(self.levels(horizon, grid_kw, zone).values())

    def state(
        self, horizon: Horizon, grid_kw: Floats, zone: str, anticipated_kw: float = 0.0
    ) -> PeakState:
        """Return how far the month has come in which a metered horizon ends.

        Args:
            horizon: steps up to now; what is before this month is left out.
            grid_kw: (K,) mean power of each, + = import.
            zone: IANA name of the zone whose calendar is billed by.
            anticipated_kw: handed on.
        """
        now = horizon.edges[-1:]
        month, day = calendar(now, zone)
        metered = self.metered(horizon, zone)
        energy = _means(metered, grid_kw)
        running = metered.begin + self.interval_s > now[0]
        kw = energy * HOUR_S / self.interval_s
        done = (metered.month == month[0]) & ~running
        today = done & (metered.day == day[0]) & self.one_a_day
        past = self._highest(kw, metered.day, done & ~today)
        return PeakState(
            tuple(np.sort(past)[::-1][: self.top].tolist()),
            float(kw[today].max(initial=0.0)),
            float(energy[running].sum()),
            anticipated_kw,
        )

    def rise(self, horizon: Horizon, grid_kw: Floats, zone: str, state: PeakState) -> float:
        """Return what a course adds to the peaks of its months, kW in all; see `ahead`."""
        peaks = self.ahead(horizon, grid_kw, zone, state).values()
        return sum(peak - floor for floor, peak in peaks)

    def ahead(
        self, horizon: Horizon, grid_kw: Floats, zone: str, state: PeakState
    ) -> dict[int, tuple[float, float]]:
        """Return what the peaks of its months stand at, and what a course makes of them, kW.

        Args:
            horizon: the steps ahead; where it begins inside an interval, the state tells what
                that has already taken.
            grid_kw: (K,) mean power of each, + = import.
            zone: IANA name of the zone whose calendar is billed by.
            state: of the month in which the horizon begins.

        Returns:
            By month since January 1970.
        """
        metered = self.metered(horizon, zone)
        kw = (_means(metered, grid_kw) + metered.taken_kwh(state)) * HOUR_S / self.interval_s
        now = calendar(horizon.edges[:1], zone)
        peaks: dict[int, tuple[float, float]] = {}
        for month in np.unique(metered.month):
            known = state if month == now[0][0] else state.next_month
            base, floor = self.base(known)
            today = (metered.month == month) & (metered.day == now[1][0])
            kw[today] = np.maximum(kw[today], known.today_kw * self.one_a_day)
            peak = self.mean_of_top(np.append(base, self._competing(metered, kw, month)))
            peaks[int(month)] = floor, max(peak, floor)
        return peaks

    def kept(self, horizon: Horizon, grid_kw: Floats, zone: str, state: PeakState) -> Floats:
        """Return up to what mean import a course's peaks stay as they are, (K,) kW.

        That is the highest of its own intervals, or what has been reached before. Infinite
        in steps that do not count.

        Args:
            horizon: the steps ahead.
            grid_kw: (K,) mean power of each, + = import.
            zone: IANA name of the zone whose calendar is billed by.
            state: of the month in which the horizon begins.
        """
        metered = self.metered(horizon, zone)
        kw = (_means(metered, grid_kw) + metered.taken_kwh(state)) * HOUR_S / self.interval_s
        now = calendar(horizon.edges[:1], zone)[0][0]
        result = np.full(len(horizon), INFINITY)
        for month in np.unique(metered.month):
            base, _ = self.base(state if month == now else state.next_month)
            among = metered.month == month
            highest = max(float(base.min()), self.least_kw, float(kw[among].max()))
            result[metered.step[among[metered.interval]]] = highest
        return result

    def base(self, state: PeakState) -> tuple[Floats, float]:
        """Return the values that new ones compete with, (top,) kW, and the peak as it stands.

        What a month has still to reach stands for what it is bound to reach.
        """
        reached = np.zeros(self.top)
        known = np.sort(np.array(state.top_kw))[::-1][: self.top]
        reached[: len(known)] = known
        reached = np.maximum(reached, state.anticipated_kw)
        return reached, max(self.mean_of_top(np.append(reached, state.today_kw)), self.least_kw)

    def _competing(self, metered: Metered, kw: Floats, month: int) -> Floats:
        return self._highest(kw, metered.day, metered.month == month)

    def _highest(self, kw: Floats, day: Ints, among: Bools) -> Floats:
        if not self.one_a_day:
            return kw[among]
        days, place = np.unique(day[among], return_inverse=True)
        highest = np.zeros(len(days))
        np.maximum.at(highest, place, kw[among])
        return highest

    def mean_of_top(self, kw: Floats) -> float:
        """Return the mean of the highest values; what is missing counts as zero."""
        return float(np.sort(kw)[::-1][: self.top].sum()) / self.top


def _means(metered: Metered, grid_kw: Floats) -> Floats:
    """Return what was imported in each interval, (I,) kWh."""
    imported = np.maximum(grid_kw, 0.0)[metered.step] * metered.hours
    energy = np.zeros(len(metered.begin))
    np.add.at(energy, metered.interval, imported)
    return energy


def calendar(at: Floats, zone: str) -> tuple[Ints, Ints]:
    """Return local months and days since January 1970, same shape as `at`."""
    offset = offsets_s(at, zone) if len(at) else at
    local = np.floor(at + offset).astype(np.int64).astype("datetime64[s]")
    month = local.astype("datetime64[M]").astype(np.int32)
    day = local.astype("datetime64[D]").astype(np.int32)
    return month, day
