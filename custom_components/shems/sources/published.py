"""Prices as they were published: read when that is due, and kept while their source fails."""

import json
from collections.abc import Mapping
from typing import Any, Final

from homeassistant.core import HomeAssistant

from ..core.horizon import DAY_S, HOUR_S, QUARTER_S
from ..core.plan.result import Reason
from ..core.series import Series
from .configuration import Configuration
from .error import SourceError
from .issued import Issued
from .prices import async_source, is_far

MARKET: Final = "market"
FEED_IN: Final = "feed_in"

_OFTEN_S: Final = 900.0
"""How long prices from afar are kept while tomorrow's may still appear."""
_FAR_S: Final = 12.0 * HOUR_S
"""Prices from afar that are known this far ahead are asked for only once an hour."""
_AGAIN_S: Final = 240.0
"""A source from afar that failed is asked again with the next plan of the clock, not with each
that a switch or a price brings about."""
_KEPT_S: Final = 15.0 * DAY_S
"""The distance of selling from buying is learned from the last two weeks."""
_PLAIN: Final = ("interval",)
"""What changes a source's steps but not its prices."""


class Published:
    """What buying or selling follows, as far as it is published."""

    def __init__(
        self,
        hass: HomeAssistant,
        configuration: Configuration,
        issued: Issued,
        name: str,
        source: Mapping[str, Any],
    ) -> None:
        """Know nothing yet; what was kept before the last restart counts once it is due.

        Args:
            hass: Home Assistant.
            configuration: the home.
            issued: keeps what was published.
            name: `MARKET` or `FEED_IN`.
            source: as configured.
        """
        self._hass = hass
        self._configuration = configuration
        self._issued = issued
        self._name = name
        self._source = source
        told = {key: each for key, each in source.items() if key not in _PLAIN}
        self._origin = json.dumps(told, sort_keys=True, default=str)
        self._at = -float("inf")
        self._failed = -float("inf")
        self._last: float | None = None
        self.series = Series.empty()
        self.problem: Reason | None = None

    def forget(self) -> None:
        """Read anew at the next chance, because the source has changed."""
        self._at = self._failed = -float("inf")

    async def async_refresh(self, now: float) -> None:
        """Read prices where that is due.

        Revised prices replace those before; what is no longer told holds as it was. A source
        that fails is named in `problem`, and what it said before stands.

        Raises:
            SourceError: nothing is left of what it said: of buying no price of now, of
                selling none at all.
        """
        if not self._due(now):
            return
        configuration = self._configuration
        try:
            found = await async_source(
                self._hass,
                self._source,
                now,
                zone=configuration.zone,
                currency=configuration.tariff.currency,
            )
        except SourceError as err:
            self._failed = now
            self._hold(now)
            self._lose(err, now)
            return
        self._at, self._last = now, found.last
        self._hold(now)
        self.series = found.filled(self.series)
        # With what was told before, for a source may tell of less than a quarter at a time.
        self._issued.note_published(self._name, self.series, now, QUARTER_S, origin=self._origin)
        self.problem = None

    def _due(self, now: float) -> bool:
        """Return whether to ask: what is at hand always, what is far away only now and then."""
        if not is_far(self._source):
            return True
        if now - self._failed < _AGAIN_S and self.series.at(now) is not None:
            return False
        far = self._last is not None and self._last - now > _FAR_S
        return now - self._at > (HOUR_S if far else _OFTEN_S)

    def _hold(self, now: float) -> None:
        """Go on with what was kept; over what was read before, it is coarser and older."""
        kept = self._issued.series(self._name, origin=self._origin)
        self.series = since(self.series.filled(kept), now - _KEPT_S)

    def _lose(self, err: SourceError, now: float) -> None:
        self.problem = Reason(err.code, dict(err.arguments))
        if self.series.at(now) is None if self._name == MARKET else not len(self.series):
            raise err


def since(series: Series, start: float) -> Series:
    """Return the part of a series from a time on."""
    late = series.end > start
    return Series(series.start[late], series.end[late], series.value[late])
