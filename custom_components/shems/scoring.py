"""Keep the journal of a home's forecasts: note them by the hour, score them by the meters."""

import math
from dataclasses import replace

import numpy as np
from homeassistant.core import HomeAssistant

from .arrays import ArrayFile
from .const import LOGGER
from .core.forecast.beliefs import Beliefs
from .core.forecast.history import History
from .core.forecast.journal import Journal, Scores, whole
from .core.forecast.simple import seven_day_mean
from .core.horizon import HOUR_S


class Scorekeeper:
    """Writes the journal of one home."""

    def __init__(self, hass: HomeAssistant, zone: str, file: ArrayFile) -> None:
        """Begin with an empty journal."""
        self._hass = hass
        self._zone = zone
        self._file = file
        self._hour = -1
        self._scores: dict[str, Scores] = {}
        self.journal = Journal()

    async def async_load(self) -> None:
        """Read the journal."""
        self._take(await self._file.async_load(Journal.from_arrays) or Journal())

    def scores(self, quantity: str) -> Scores | None:
        """Return how good the forecasts of the last four weeks were."""
        return self._scores.get(quantity)

    def _take(self, journal: Journal) -> None:
        self.journal = journal
        scores = {quantity: journal.scores(quantity) for quantity in journal.pages}
        self._scores = {key: each for key, each in scores.items() if each is not None}

    async def async_note(self, now: float, beliefs: Beliefs, history: History) -> None:
        """Score what has come true, note what is expected now, once an hour."""
        hour = math.floor(now / HOUR_S)
        if hour == self._hour:
            return
        self._hour = hour
        self._take(
            await self._hass.async_add_executor_job(
                _noted, self.journal, now, beliefs, history, self._zone
            )
        )
        try:
            await self._file.async_save(self.journal.to_arrays)
        except OSError as err:
            LOGGER.warning("The scores of forecasts could not be kept: %s", err)


def _noted(journal: Journal, now: float, beliefs: Beliefs, history: History, zone: str) -> Journal:
    for quantity, outlook, truth in (
        ("load", beliefs.load, whole(history.load, history.flexible.values())),
        ("solar", beliefs.solar, history.solar),
    ):
        mean = seven_day_mean(truth, beliefs.horizon, now, zone)
        journal = journal.scored(now, quantity, truth).noted(
            now, quantity, beliefs.horizon, outlook, None if mean is None else mean.mean
        )
    if beliefs.market is not None:
        # What is published is known, not expected.
        unknown = np.where(beliefs.prices.known, np.nan, beliefs.market.mean)
        usual = seven_day_mean(history.market, beliefs.horizon, now, zone, least=-math.inf)
        journal = journal.scored(now, "price", history.market).noted(
            now,
            "price",
            beliefs.horizon,
            replace(beliefs.market, mean=unknown),
            None if usual is None else usual.mean,
        )
    if beliefs.temperature is not None:
        usual = seven_day_mean(history.outdoor, beliefs.horizon, now, zone, least=-math.inf)
        journal = journal.scored(now, "temperature", history.outdoor).noted(
            now,
            "temperature",
            beliefs.horizon,
            beliefs.temperature,
            None if usual is None else usual.mean,
        )
    return journal
