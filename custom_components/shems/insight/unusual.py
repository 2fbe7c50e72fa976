"""What is learned for alerts: the standby of a year, and how unusual the highest hours were."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
from homeassistant.core import HomeAssistant

from ..core.forecast.days import Days
from ..core.forecast.history import History
from ..core.forecast.issue import Archive
from ..core.horizon import DAY_S, HOUR_S
from ..core.report.alerts.anomaly import WINDOW, Usual, highest, scores
from ..core.report.alerts.rate import consumption_days, standby_days
from ..core.report.slot import SlotRecord
from ..core.report.standby import Standby, watch
from ..core.series import Series
from ..core.units import Floats
from .alert_settings import AlertSettings

if TYPE_CHECKING:
    from ..coordinator import HomeCoordinator

_LEVELS_AT: Final = 9
"""Place of the median among the 19 levels."""
_COMPLETE_S: Final = 0.9 * HOUR_S
"""An hour of which as much was metered is known."""


@dataclass(frozen=True)
class Excess:
    """How far the last hours lie above what was expected.

    Attributes:
        score: in spreads.
        threshold: what is unusual; None while too little is known.
        kw, usual_kw: mean power of the hours, and what was expected.
    """

    score: float
    threshold: float | None
    kw: float
    usual_kw: float


class Unusual:
    """Knows what is usual in one home."""

    def __init__(self, home: HomeCoordinator) -> None:
        """Know nothing yet."""
        self._home = home
        self._days = Days(home.configuration.zone, float(HOUR_S))
        self._learned: tuple[float, AlertSettings] | None = None
        self.usual = Usual()
        self.standby: Standby | None = None

    async def async_learn(self, hass: HomeAssistant, settings: AlertSettings, at: float) -> bool:
        """Learn the days since the last time; return whether there was anything new.

        Again where the rate or the least rise was changed.
        """
        until = self._home.learner.until
        before = self._learned
        chosen = (settings.every_days, settings.standby_kw)
        if until is None or (
            before is not None
            and (before[0], before[1].every_days, before[1].standby_kw) == (until, *chosen)
        ):
            return False
        self._learned = (until, settings)
        home = self._home
        told = await home.inputs.async_learning_history(at)
        # What a meter has told wrongly is no standby, and no example.
        history, _ = await hass.async_add_executor_job(
            home.health.inspect, told, at, home.inputs.site
        )
        learned = home.learner.learned
        archive = learned.load.archive if learned is not None and learned.load else None
        found = await hass.async_add_executor_job(
            partial(_learned, self._days, history, archive, settings, self.usual, until)
        )
        self.standby, self.usual = found
        return True

    def excess(self, settings: AlertSettings, at: float) -> Excess | None:
        """Return how unusual the last whole hours are, None where that is unknown."""
        learned = self._home.learner.learned
        if learned is None or learned.load is None:
            return None
        today = self._days.day(at)
        expected = _expected(learned.load.archive, today - 1, 2, self._days.slots)
        if expected is None:
            return None
        load = self._days.matrix(_hours(self._home.store.memory.slots, at), today - 1, 2)
        scored = scores(load, expected).ravel()
        last = int(self._days.position(np.array([at]))[0]) - (today - 1) * self._days.slots - 1
        if not 0 <= last < len(scored) or not np.isfinite(scored[last]):
            return None
        hours = slice(last + 1 - WINDOW, last + 1)
        return Excess(
            float(scored[last]),
            self.usual.threshold(today, consumption_days(settings.every_days)),
            float(load.ravel()[hours].mean()),
            float(expected.reshape(-1, expected.shape[2])[hours, _LEVELS_AT].mean()),
        )

    def restore(self, usual: Usual) -> None:
        """Go on with what was known before the last restart."""
        self.usual = usual


def _learned(
    days: Days,
    history: History,
    archive: Archive | None,
    settings: AlertSettings,
    usual: Usual,
    until: float,
) -> tuple[Standby | None, Usual]:
    """Return the standby and the highest scores of all days before a midnight."""
    today = days.day(until + 1.0)
    first = days.first_known(history.load, today)
    if first >= today:
        return None, usual
    load = days.matrix(history.load, first, today - first, until)
    standby = watch(
        load, first, every_days=standby_days(settings.every_days), least_kw=settings.standby_kw
    )
    if archive is not None:
        expected = _expected(archive, first, today - first, days.slots)
        if expected is not None:
            usual = usual.learned(first, highest(scores(load, expected)))
    return standby, usual


def _expected(archive: Archive, first: int, count: int, slots: int) -> Floats | None:
    """Return what was issued for days at their own midnight, (count, S, L); NaN where nothing."""
    rows = archive.quantiles[:, 0]
    if rows.shape[1] != slots:
        return None
    found = np.full((count, *rows.shape[1:]), np.nan)
    for place in range(count):
        row = first + place - archive.first
        if 0 <= row < len(rows):
            found[place] = rows[row]
    return found


def _hours(slots: tuple[SlotRecord, ...], at: float) -> Series:
    """Return the load of the last whole hours as it was metered, kW, without what is moved."""
    metered: dict[float, tuple[float, float]] = {}
    for slot in slots:
        hour = slot.start // HOUR_S * HOUR_S
        if slot.start >= at - 2 * DAY_S:
            kwh, seconds = metered.get(hour, (0.0, 0.0))
            metered[hour] = kwh + slot.rest_kwh, seconds + slot.end - slot.start
    known = {hour: each for hour, each in metered.items() if each[1] >= _COMPLETE_S}
    return Series.of(
        (hour, hour + HOUR_S, kwh * HOUR_S / seconds) for hour, (kwh, seconds) in known.items()
    )
