"""What was inferred of a home stands in for what cannot be learned of it yet."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from homeassistant.core import HomeAssistant

from .const import LOGGER
from .core.forecast.believe import Premise
from .core.forecast.history import History
from .core.forecast.standin import SHORT_DAYS, known_days, load_before, solar_ahead
from .core.horizon import DAY_S, HOUR_S
from .core.infer.posterior import Posterior
from .core.series import Series
from .inference import Inference
from .jobs import async_get_jobs
from .sources.configuration import Configuration
from .sources.inputs import Inputs, Outside

DEADLINE_S: Final = 30.0
_NOTHING: Final = Series.empty()


@dataclass(frozen=True)
class Stood:
    """What a plan is made from.

    Attributes:
        load: what is known of it, with days of such homes before where that is little.
        given: a forecast of the sun; nothing where the learners know better, or nobody does.
    """

    load: Series
    given: Series


class StandIn:
    """Makes forecasts of what was inferred of one home, where nothing better is there."""

    def __init__(
        self,
        hass: HomeAssistant,
        configuration: Configuration,
        inputs: Inputs,
        inference: Inference,
    ) -> None:
        """Know nothing yet."""
        self._hass = hass
        self._configuration = configuration
        self._inputs = inputs
        self._inference = inference
        self._complained = False
        self._kept: dict[str, tuple[object, Series]] = {}

    async def async_for(
        self, history: History, outside: Outside, rests_on: Premise, now: float
    ) -> Stood:
        """Return the load and the solar forecast to plan with; what fails is left out.

        Args:
            history: measured.
            outside: what others tell.
            rests_on: what the learners hand on.
            now: epoch seconds.
        """
        load, given = history.load, outside.given
        living, solar = self._known("living"), self._known("solar")
        if rests_on.load is None and living is not None and known_days(load) < SHORT_DAYS:
            load = await self._async_load(living, load, now)
        if rests_on.solar is None and solar is not None and not len(given):
            seen = replace(history, weather=outside.weather)
            given = await self._async_solar(solar, seen, now)
        return Stood(load, given)

    def _known(self, key: str) -> Posterior | None:
        """Return what is known of a subject; None where that is nothing of this home."""
        posterior = self._inference.of(key)
        if posterior is None:
            return None
        told = any(each.entered for each in self._inference.parameters(key))
        return posterior if posterior.usable or told else None

    async def _async_load(self, posterior: Posterior, load: Series, now: float) -> Series:
        site, zone = self._inputs.site, self._configuration.zone
        car = not self._configuration.of_kind("vehicle")
        before = await self._async_kept(
            "load",
            (self._inference.at, now // DAY_S),
            partial(load_before, posterior, load, zone, site.latitude, now, car=car),
        )
        return load.filled(before)

    async def _async_solar(self, posterior: Posterior, history: History, now: float) -> Series:
        return await self._async_kept(
            "solar",
            (self._inference.at, now // HOUR_S),
            partial(solar_ahead, posterior, history, self._inputs.site, now),
        )

    async def _async_kept(self, what: str, made_of: object, make: partial[Series]) -> Series:
        """Return what is made anew when what it is made of changes."""
        kept = self._kept.get(what)
        if kept is not None and kept[0] == made_of:
            return kept[1]
        try:
            found = await async_get_jobs(self._hass).async_run(make, DEADLINE_S)
        except Exception:  # noqa: BLE001  # Whatever it is, plans rest on plain means.
            if not self._complained:
                LOGGER.exception("What was inferred could not be made into a forecast")
            self._complained = True
            found = _NOTHING
        self._kept[what] = (made_of, found)
        return found
