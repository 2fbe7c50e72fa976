"""A look at a device: what it shows now and what it was seen to do before."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import State

from ..core.assets.switching import Running
from ..core.assets.timetable import Spans
from ..core.forecast.usage import Usage
from ..core.horizon import HOUR_S
from ..core.units import InputError
from .settings import DeviceSettings

_GAP_S: Final = 600.0
"""A power seen longer ago says nothing of what flowed since."""
_DAY_MIN: Final = 24 * 60


@dataclass(frozen=True)
class Seen:
    """What was seen of a device over time; it outlives a restart.

    Attributes:
        at: epoch seconds of the last look, None before the first.
        power_kw: at that time, None where unknown.
        running: whether it runs; the starts are those of that local day.
        span: epoch seconds from which on its energy counts, None where it does not.
        used_kwh: taken since then.
        on_h: hours for which it has run on that local day.
        hot_at: epoch seconds at which it was last as hot as now and then it must be.
    """

    at: float | None = None
    power_kw: float | None = None
    running: Running = field(default_factory=Running)
    span: float | None = None
    used_kwh: float = 0.0
    on_h: float = 0.0
    hot_at: float | None = None

    def after(self, look: Look, *, runs: bool, span: float | None, hot: bool) -> Seen:
        """Return what is known after another look.

        Args:
            look: what it shows.
            runs: whether it runs now.
            span: from when on its energy counts.
            hot: whether it is as hot as now and then it must be.
        """
        return Seen(
            look.now,
            look.power_kw,
            self._running(look, runs),
            span,
            0.0 if span is None else self._used(look, span),
            self._on_h(look),
            look.now if hot else self.hot_at,
        )

    def until_at_most(self, at: float) -> Seen:
        """Return the same as far as it was before a time: the clock was set back."""
        since, span, hot_at = self.running.since, self.span, self.hot_at
        return replace(
            self,
            at=None if self.at is None else min(self.at, at),
            running=replace(self.running, since=None if since is None else min(since, at)),
            span=None if span is None else min(span, at),
            hot_at=None if hot_at is None else min(hot_at, at),
        )

    def _running(self, look: Look, runs: bool) -> Running:
        known = self.at is not None
        starts = self.running.starts if self._today(look) else 0
        if known and runs == self.running.on:
            return replace(self.running, starts=starts)
        # What ran before the first look began at an unknown time.
        return Running(runs, look.now if known else None, starts + (known and runs))

    def _today(self, look: Look) -> bool:
        return self.at is not None and local(self.at, look.zone).date() == look.day

    def _on_h(self, look: Look) -> float:
        before = self.on_h if self._today(look) else 0.0
        if self.at is None or not self.running.on:
            return before
        return before + max(0.0, look.now - max(self.at, look.at_minute(0))) / HOUR_S

    def _used(self, look: Look, span: float) -> float:
        used = self.used_kwh if self.span == span else 0.0
        if self.at is None or self.power_kw is None or not 0 <= look.now - self.at <= _GAP_S:
            return used
        begin = max(self.at, span)
        return used + max(self.power_kw, 0.0) * max(0.0, look.now - begin) / HOUR_S


@dataclass(frozen=True)
class Look:
    """What a device shows now.

    Attributes:
        now: epoch seconds.
        zone: IANA name of the home's zone.
        device: what the household calls the device.
        power_kw: what it takes, None where unknown.
        settings: what its user chose.
        seen: what it was seen to do.
        find: looks up the state of an entity.
        usage: what was learned of it, None where nothing was.
        away: (from, to) in epoch seconds, when nobody is at home; past and to come.
        told: when the entities of its timetables are on, by field.
    """

    now: float
    zone: str
    device: str
    power_kw: float | None
    settings: DeviceSettings
    seen: Seen
    find: Callable[[str], State | None]
    usage: Usage | None = None
    away: tuple[tuple[float, float], ...] = ()
    told: Mapping[str, Spans] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The running local day."""
        return local(self.now, self.zone).date()

    def state(self, entity_id: str) -> State | None:
        """Return a state, None where it says nothing."""
        state = self.find(entity_id)
        silent = state is None or state.state in (STATE_UNAVAILABLE, STATE_UNKNOWN)
        return None if silent else state

    def needed(self, entity_id: str | None) -> State:
        """Return a state without which nothing can be planned.

        Raises:
            InputError: it says nothing.
        """
        state = None if entity_id is None else self.state(entity_id)
        if state is None:
            raise self.unseen(entity_id)
        return state

    def measured(self, entity_id: str, convert: Callable[[float, str | None], float]) -> float:
        """Return a measured value in the core's unit.

        Raises:
            InputError: it says nothing, or nothing that can be.
        """
        state = self.needed(entity_id)
        try:
            value = convert(float(state.state), state.attributes.get(ATTR_UNIT_OF_MEASUREMENT))
        except ValueError as err:
            raise self.unseen(entity_id) from err
        if not math.isfinite(value):
            raise self.unseen(entity_id)
        return value

    def unseen(self, entity_id: str | None) -> InputError:
        """Return what says that the device is left out of the plan, and why."""
        return InputError("device_unseen", device=self.device, entity=entity_id or "-")

    def at_minute(self, minute: int, days: int = 0) -> float:
        """Return a local time of the running day, or so many days later, in epoch seconds."""
        return at_minute(self.day + timedelta(days=days), minute, self.zone)

    def next_minute(self, minute: int, after: float | None = None) -> float:
        """Return when a local time of day comes next, after now or another time to come."""
        since = self.now if after is None else after
        day = local(since, self.zone).date()
        return next(
            at
            for days in (0, 1, 2)
            if (at := at_minute(day + timedelta(days=days), minute, self.zone)) > since + 1.0
        )


def local(at: float, zone: str) -> datetime:
    """Return a time as the clock in a zone shows it."""
    return datetime.fromtimestamp(at, ZoneInfo(zone))


def at_minute(day: date, minute: int, zone: str) -> float:
    """Return minutes after a local midnight in epoch seconds; 24:00 is the next day's."""
    day += timedelta(days=minute // _DAY_MIN)
    clock = time(minute % _DAY_MIN // 60, minute % 60, tzinfo=ZoneInfo(zone))
    return datetime.combine(day, clock).timestamp()
