"""The causes of alerts: what a look at the home says of each, with its margin.

Every cause begins at a level that the household may choose and is over a margin away from it,
so that what stands at the level makes one alert, not many.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ...horizon import HOUR_S
from ..standby import Standby
from .book import Signal
from .kinds import Kind

WATTS: Final = 1000.0
PERCENT: Final = 100.0
SHARE_MARGIN: Final = 0.1
"""Of a fuse or a month's peak: what a household's small loads come and go by."""
PRICE_MARGIN: Final = 0.1
"""Of a price's threshold: prices beside each other mostly differ by less."""
SOC_MARGIN: Final = 0.05
"""A few minutes of a battery's flow, and the step of many a meter of it."""
SCORE_MARGIN: Final = 0.5
"""Unusual consumption is over once half of what was unusual is not reached."""
LEAST_RUNS: Final = 5
"""A device is known by so many runs; before, nobody can say what is long for it."""
IDLE_KW: Final = 0.005
"""What a plug shows of an empty socket, and an appliance's display."""


@dataclass(frozen=True)
class Limits:
    """The thresholds that a household may choose.

    Attributes:
        fuse_share: of the fuse, or of what may be bought.
        peak_share: of the month's peak so far.
        price_below: currency/kWh.
        spike_factor: times the median of the known prices.
        left_on_h: for so long a device may run unremarked.
        freezer_h: for so long a freezer's compressor may rest.
        freezer_c: so warm a freezer may be.
        reserve_share: of all batteries; None where no reserve is asked for.
    """

    fuse_share: float = 0.9
    peak_share: float = 0.95
    price_below: float = 0.0
    spike_factor: float = 2.0
    left_on_h: float = 8.0
    freezer_h: float = 6.0
    freezer_c: float = -12.0
    reserve_share: float | None = None


def standby(known: Standby | None) -> Signal:
    """Return whether the standby has risen."""
    rise = None if known is None else known.current
    if rise is None:
        return Signal(Kind.STANDBY, None if known is None else False)
    facts = {"rise_w": round(WATTS * rise.rise_kw), "level_w": round(WATTS * rise.after_kw)}
    return Signal(Kind.STANDBY, True, facts={**facts, "since_day": rise.since})


def consumption(
    score: float | None, threshold: float | None, kw: float | None, usual_kw: float | None
) -> Signal:
    """Return whether more is used than is usual for the hour and its weather.

    Args:
        score, threshold: see `anomaly`; None where unknown.
        kw, usual_kw: mean power of the last hours, and what was expected.
    """
    if score is None or threshold is None or kw is None or usual_kw is None:
        return Signal(Kind.CONSUMPTION, None)
    facts = {"kw": round(kw, 2), "usual_kw": round(usual_kw, 2)}
    over = score < SCORE_MARGIN * threshold
    return Signal(Kind.CONSUMPTION, score > threshold, over, facts=facts)


def fuse(share: float | None, limits: Limits) -> Signal:
    """Return whether a phase, or the connection, is near what it carries.

    Args:
        share: the highest that is known, of its limit; None where none is.
        limits: see there.
    """
    if share is None:
        return Signal(Kind.FUSE, None)
    on, over = share >= limits.fuse_share, share < limits.fuse_share - SHARE_MARGIN
    return Signal(Kind.FUSE, on, over, facts={"percent": round(PERCENT * share)})


def peak(running_kw: float | None, month_kw: float | None, limits: Limits) -> Signal:
    """Return whether the running interval comes near the highest of the month.

    Args:
        running_kw: its mean, if it goes on as now; None where unknown.
        month_kw: what the month is billed by so far; None where nothing is billed.
        limits: see there.
    """
    if running_kw is None or month_kw is None or month_kw <= 0:
        return Signal(Kind.PEAK, None)
    share = running_kw / month_kw
    on, over = share >= limits.peak_share, share < limits.peak_share - SHARE_MARGIN
    facts = {"kw": round(running_kw, 2), "month_kw": round(month_kw, 2)}
    return Signal(Kind.PEAK, on, over, facts=facts)


def prices(now: float | None, median: float | None, limits: Limits) -> tuple[Signal, Signal]:
    """Return whether electricity is cheaper than nothing, and whether it is much dearer.

    Args:
        now: currency/kWh; None where unknown.
        median: of the prices that are known; None where hardly any is.
        limits: see there.
    """
    if now is None:
        return Signal(Kind.NEGATIVE_PRICE, None), Signal(Kind.PRICE_SPIKE, None)
    facts = {"price": round(now, 4)}
    cheap = Signal(Kind.NEGATIVE_PRICE, now < limits.price_below, facts=facts)
    if median is None or median <= 0:
        return cheap, Signal(Kind.PRICE_SPIKE, None)
    high = limits.spike_factor * median
    facts = {**facts, "median": round(median, 4)}
    over = now < (1 - PRICE_MARGIN) * high
    return cheap, Signal(Kind.PRICE_SPIKE, now > high, over, facts=facts)


def reserve(share: float | None, limits: Limits) -> Signal:
    """Return whether the batteries hold less than an outage may ask of them."""
    if share is None or limits.reserve_share is None:
        return Signal(Kind.OUTAGE_RESERVE, None if limits.reserve_share else False)
    over = share >= min(1.0, limits.reserve_share + SOC_MARGIN)
    facts = {"percent": round(PERCENT * share), "reserve": round(PERCENT * limits.reserve_share)}
    return Signal(Kind.OUTAGE_RESERVE, share < limits.reserve_share, over, facts=facts)


def outage(out: bool | None, share: float | None, lasts_h: float | None) -> Signal:
    """Return whether the grid is out, and how long the batteries last.

    Args:
        out: None where nothing tells.
        share: how full all batteries are; None where there is none, or unknown.
        lasts_h: see `outage.lasts_h`; None where unknown.
    """
    facts: dict[str, str | float] = {}
    if share is not None and lasts_h is not None:
        facts = {"percent": round(PERCENT * share), "hours": round(lasts_h, 1)}
    return Signal(Kind.GRID_OUTAGE, out, facts=facts)


def wrong(kind: Kind, subjects: Mapping[str, str]) -> Iterable[Signal]:
    """Return what is wrong with each device or entity: it disobeys, or it is silent.

    Args:
        kind: which of both.
        subjects: the name of each, by its id.
    """
    return [Signal(kind, True, subject=key, facts={"name": name}) for key, name in subjects.items()]


@dataclass(frozen=True)
class Runs:
    """How long a device was seen to run.

    Attributes:
        since: when it began to run; None while it rests.
        longest_s: the longest runs, the longest first.
        count: how many runs were seen.
    """

    since: float | None = None
    longest_s: float = 0.0
    count: int = 0

    def seen(self, kw: float | None, at: float) -> Runs:
        """Return it after a look; an unknown power changes nothing."""
        if kw is None:
            return self
        if kw > IDLE_KW:
            return self if self.since is not None else Runs(at, self.longest_s, self.count)
        if self.since is None:
            return self
        return Runs(None, max(self.longest_s, at - self.since), self.count + 1)


def left_on(
    device_id: str, name: str, runs: Runs, at: float, limits: Limits, *, meant: bool
) -> Signal:
    """Return whether a device runs for longer than it ever did, and than is chosen.

    Among n runs gone by and this one each is as likely the longest: an alarm comes by chance
    once in n + 1 long runs.

    Args:
        device_id, name: of the device.
        runs: see there.
        at: epoch seconds.
        limits: see there.
        meant: whether SHEMS or its user has it run.
    """
    if runs.since is None or meant:
        return Signal(Kind.LEFT_ON, False, subject=device_id)
    hours = (at - runs.since) / HOUR_S
    long = hours > max(limits.left_on_h, runs.longest_s / HOUR_S)
    known = runs.count >= LEAST_RUNS
    facts: dict[str, str | float] = {"name": name, "hours": round(hours, 1)}
    return Signal(Kind.LEFT_ON, long if known else None, subject=device_id, facts=facts)


def freezer(
    entity_id: str,
    name: str,
    *,
    resting_h: float | None = None,
    celsius: float | None = None,
    limits: Limits,
) -> Signal:
    """Return whether a freezer's compressor rests too long, or it is too warm.

    Args:
        entity_id, name: of its plug's power or of its thermometer.
        resting_h: for how long it has taken nothing; None where unknown.
        celsius: how warm it is; None where unknown.
        limits: see there.
    """
    facts: dict[str, str | float] = {"name": name}
    if celsius is not None:
        warm = celsius > limits.freezer_c
        facts["celsius"] = round(celsius, 1)
        return Signal(
            Kind.FREEZER_OFF, warm, celsius < limits.freezer_c - 1.0, subject=entity_id, facts=facts
        )
    if resting_h is None:
        return Signal(Kind.FREEZER_OFF, None, subject=entity_id)
    facts["hours"] = round(resting_h, 1)
    return Signal(Kind.FREEZER_OFF, resting_h > limits.freezer_h, subject=entity_id, facts=facts)
