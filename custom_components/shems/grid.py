"""The grid connection as it is now: limits imposed on it, and how far its month has come."""

from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from homeassistant.core import Event, EventStateChangedData, HomeAssistant
from homeassistant.util import dt as dt_util

from .accounting import extend, slot_start
from .core.assets.connection import Connection, Limit
from .core.horizon import FINE_S, HOUR_S, Horizon
from .core.observe.month import MonthPeaks, usual_peak_kw
from .core.peak import PeakState
from .core.series import Series
from .core.units import Floats
from .imposed import ImposedLimits
from .sources.configuration import Configuration
from .sources.grid import async_grid
from .store import HomeStore

IMPOSED_S: Final = 2.0 * HOUR_S
"""For how long a plan counts on a limit whose end nobody tells: preventive control under
§ 14a EnWG may last two hours a day (BNetzA BK6-22-300)."""
BACK_S: Final = 3.0 * HOUR_S
"""The recorder sums up five minutes soon after their end; what was read before need not be read
again."""


class GridWatch:
    """Follows what one home's connection may carry, and what it has carried this month."""

    def __init__(self, hass: HomeAssistant, configuration: Configuration, store: HomeStore) -> None:
        """Go on with the peaks the store remembers."""
        self._hass = hass
        self._configuration = configuration
        self._store = store
        self._imposed = ImposedLimits(hass, configuration.connection)
        self._reached: tuple[PeakState, ...] = ()

    def called(self, event: Event[EventStateChangedData]) -> bool:
        """Return whether a change calls for a new plan: a limit has come, gone or moved."""
        new, old = event.data["new_state"], event.data["old_state"]
        changed = (new and new.state) != (old and old.state)
        return changed and event.data["entity_id"] in self._imposed.entities

    @property
    def silent(self) -> frozenset[str]:
        """The entities that limit the connection and cannot be heard."""
        return self._imposed.silent

    def connection(self, at: float) -> Connection:
        """Return the connection with the limits imposed on it and how far its month has come."""
        own = self._configuration.home.connection
        told = self._imposed.at(at)
        import_kw = _below(told.import_kw, own.import_limit_kw)
        export_kw = _below(told.export_kw, own.export_limit_kw)
        limits = tuple(each for each in self._store.control.limits if each.end > at)
        if (import_kw, export_kw) != (None, None):
            begin = slot_start(at)
            limit = Limit(begin, begin + IMPOSED_S, import_kw, export_kw, told.reason)
            limits = (limit, *limits)
        share = self._store.memory.phases.share
        return replace(own, limits=limits, reached=self._reached, load_share=share)

    async def async_refresh(
        self, grid_kw: float | None, usual: tuple[Series, Series], now: float
    ) -> None:
        """Enter what was imported since the last time, where peaks cost anything.

        Args:
            grid_kw: power at the grid, None where it is unknown.
            usual: load and solar power of the last weeks, kW.
            now: epoch seconds.
        """
        tariffs = self._configuration.home.connection.peaks
        if not tariffs:
            return
        memory, zone = self._store.memory, self._configuration.zone
        begun = month_start(now, zone)
        kept = {each.tariff: each for each in memory.peaks}
        months = [kept.get(tariff, MonthPeaks(tariff)) for tariff in tariffs]
        since = min(max(begun, min(each.until for each in months)), now - BACK_S)
        recorded = await async_grid(self._hass, self._configuration, since, now)
        horizon = _until(now, since)
        measured = extend(recorded, memory.slots, "bought_kwh")
        entered = _on(recorded if len(recorded) else measured, horizon)
        running = _on(measured, horizon)
        running[-1] = max(grid_kw or 0.0, running[-1])
        memory.peaks = tuple(each.noted(horizon, entered, zone) for each in months)
        self._reached = tuple(
            each.state(horizon, running, zone, usual_peak_kw(each.tariff, *usual, now, zone))
            for each in memory.peaks
        )


def _below(told_kw: float | None, own_kw: float) -> float | None:
    """Return what is allowed; None where the connection itself allows no more."""
    return told_kw if told_kw is not None and told_kw < own_kw else None


def month_start(at: float, zone: str) -> float:
    """Return when the local month began that holds a time, epoch seconds."""
    local = dt_util.utc_from_timestamp(at).astimezone(ZoneInfo(zone))
    return local.replace(day=1, hour=0, minute=0, second=0, microsecond=0).timestamp()


def _until(now: float, since: float) -> Horizon:
    """Return five-minute steps that end now; the last may be shorter."""
    whole = np.arange(since // HOUR_S * HOUR_S, now, FINE_S)
    return Horizon(np.append(whole, now))


def _on(series: Series, horizon: Horizon) -> Floats:
    """Return powers on steps; what is not known counts as nothing imported."""
    return np.nan_to_num(series.on(horizon))
