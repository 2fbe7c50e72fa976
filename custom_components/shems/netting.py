"""Net metering: which way the contract year is going, and what that makes of prices."""

from dataclasses import replace
from typing import Final

from homeassistant.core import HomeAssistant

from .core.horizon import HOUR_S
from .core.observe.netting import NetYear, contract_year, net_year
from .core.tariff import Tariff
from .sources.configuration import Configuration
from .sources.grid import async_grid_year

REFRESH_S: Final = 12.0 * HOUR_S
"""A year's balance hardly moves in a day; reading it takes the recorder about a second."""
AGAIN_S: Final = float(HOUR_S)
"""Where nothing is known, the recorder may still be waking up."""


class NetAccount:
    """Follows one home's contract year of net metering."""

    def __init__(self, hass: HomeAssistant, configuration: Configuration) -> None:
        """Know nothing of the year yet."""
        self._hass = hass
        self._configuration = configuration
        self._read_at = -float("inf")
        self.year: NetYear | None = None

    @property
    def tariff(self) -> Tariff:
        """The contract as the year is expected to end; exports count fully where unknown."""
        beyond = 0.0 if self.year is None else self.year.beyond
        return replace(self._configuration.tariff, beyond=beyond)

    async def async_refresh(self, now: float) -> None:
        """Read the balance anew where that is due."""
        first = self._configuration.net_year
        age = REFRESH_S if self.year is not None else AGAIN_S
        if first is None or now - self._read_at < age:
            return
        year = contract_year(now, first, self._configuration.zone)
        grid = await async_grid_year(self._hass, self._configuration, now)
        self._read_at = now
        self.year = net_year(grid, now, year)
