"""Inferring a home's own parameters, every night after learning."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

import numpy as np
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from sqlalchemy.exc import SQLAlchemyError

from .arrays import ArrayFile
from .const import LOGGER
from .core.forecast.history import History, Weather
from .core.infer.judge import DRAWS
from .core.infer.network import Network
from .core.infer.posterior import LEVELS, Posterior, Summary, entered, prior_of
from .inferred import Inferred
from .jobs import JobOverdueError, async_get_jobs
from .offers import offered
from .sources.battery_past import async_battery_past
from .sources.configuration import Configuration
from .sources.evidence import async_evidence, async_seen_weather
from .sources.history import YEAR_S
from .sources.inputs import Inputs
from .sources.weather import weather_entity
from .subjects import Sight, Subject

DEADLINE_S: Final = 120.0
"""A block takes two seconds at most; a small machine, and the wait for its turn, take more."""
_LOW, _HIGH = LEVELS.index(0.1), LEVELS.index(0.9)
_DIGITS: Final = 4
SEED: Final = 6
"""The same past gives the same draws."""


@dataclass(frozen=True)
class Parameter:
    """What is shown of one parameter.

    Attributes:
        name, unit: see `Parameter` of the prior.
        summary: of its draws.
        entered: whether the user has said what it is.
    """

    name: str
    unit: str
    summary: Summary
    entered: bool

    @property
    def low(self) -> float:
        """What it is below with one chance in ten."""
        return self.summary.quantiles[_LOW]

    @property
    def high(self) -> float:
        """What it is above with one chance in ten."""
        return self.summary.quantiles[_HIGH]


class Inference:
    """Infers one home's parameters, block by block, and keeps them.

    What was inferred last stays in force until there is something newer, whatever fails.

    Attributes:
        subjects: what can be inferred of the home.
        failures: why a subject's last try came to nothing, by its key.
    """

    def __init__(
        self, hass: HomeAssistant, configuration: Configuration, inputs: Inputs, file: ArrayFile
    ) -> None:
        """Know nothing yet."""
        self._hass = hass
        self._configuration = configuration
        self._inputs = inputs
        self._file = file
        self._inferred = Inferred()
        self._known: dict[str, Posterior] = {}
        self._parameters: dict[str, tuple[Parameter, ...]] = {}
        self.subjects: tuple[Subject, ...] = ()
        self.failures: dict[str, str] = {}

    @property
    def at(self) -> float | None:
        """When it was inferred last, epoch seconds; None before the first night."""
        return self._inferred.at

    async def async_load(self) -> None:
        """Read what was inferred before the last restart."""
        self.subjects = await self._hass.async_add_executor_job(self._offered)
        kept = await self._file.async_load(Inferred.from_arrays) or Inferred()
        wanted = {each.key: each.ground for each in self.subjects}
        same = {key for key, ground in kept.ground.items() if wanted.get(key) == ground}
        self._take(
            Inferred(
                {key: kept.posteriors[key] for key in same},
                kept.at,
                {key: kept.ground[key] for key in same},
            )
        )

    def _offered(self) -> tuple[Subject, ...]:
        """Return what can be inferred; what has no networks yet is no subject."""
        return tuple(each for each in offered(self._configuration) if each.weights.is_file())

    def seen(self, key: str) -> Posterior | None:
        """Return what the past alone tells of a subject, None before it was looked at."""
        return self._inferred.posteriors.get(key)

    def of(self, key: str) -> Posterior | None:
        """Return what is known of a subject, with what the user has entered.

        Before anything was seen that is the prior; None where nothing can be inferred.
        """
        return self._known.get(key)

    def parameters(self, key: str) -> tuple[Parameter, ...]:
        """Return what is shown of a subject's parameters."""
        return self._parameters[key]

    def told(self, key: str) -> dict[str, Any]:
        """Return what is known of a subject: verdict, and each parameter with its interval."""
        return {
            **verdict(self._known[key]),
            "parameters": [
                {
                    "name": each.name,
                    "unit": each.unit,
                    "mean": round(each.summary.mean, _DIGITS),
                    "low": round(each.low, _DIGITS),
                    "high": round(each.high, _DIGITS),
                    "contraction": round(each.summary.contraction, 3),
                    "entered": each.entered,
                }
                for each in self._parameters[key]
            ],
        }

    def diagnostics(self) -> dict[str, Any]:
        """Return what is known, without the draws."""
        return {
            "at": self.at,
            "failures": dict(self.failures),
            "subjects": {each.key: self.told(each.key) for each in self.subjects},
        }

    async def async_infer(self, history: History) -> None:
        """Infer every block anew; one that fails leaves what was known of it, and the others.

        Args:
            history: of the home, a year at best.
        """
        now = dt_util.utcnow().timestamp()
        history = replace(history, weather=await self._async_weather(history.weather, now))
        sight = Sight(history, self._inputs.site, self._configuration.zone, now)
        for subject in self.subjects:
            await self._async_one(subject, sight)
        if self.subjects:
            await self._async_save()

    async def _async_weather(self, told: Weather, now: float) -> Weather:
        """Return the weather with what was seen of it where no forecast of it was kept.

        SHEMS keeps forecasts from its first day on; the recorder knows the ten days before.
        """
        entity_id = weather_entity(self._hass, self._configuration)
        if entity_id is None:
            return told
        try:
            seen = await async_seen_weather(self._hass, entity_id, now)
        except SQLAlchemyError:
            return told  # Its blocks have the forecasts that were kept.
        return replace(
            told,
            temperature_c=told.temperature_c.filled(seen.temperature_c),
            cloud=told.cloud.filled(seen.cloud),
        )

    async def _async_one(self, subject: Subject, sight: Sight) -> None:
        try:
            sight = await self._async_sight(subject, sight)
            posterior = await async_get_jobs(self._hass).async_run(
                partial(_infer, subject, sight), DEADLINE_S
            )
        except JobOverdueError:
            self.failures[subject.key] = "overdue"  # The machine was busy: tomorrow again.
            return
        except Exception as err:  # noqa: BLE001  # Whatever it is, plans go on without it.
            if subject.key not in self.failures:
                LOGGER.warning(
                    "The parameters of %s could not be inferred: %r", subject.key, err, exc_info=err
                )
            self.failures[subject.key] = type(err).__name__
            return
        self.failures.pop(subject.key, None)
        before = self._inferred
        posteriors = dict(before.posteriors)
        ground = dict(before.ground)
        if posterior is None:
            posteriors.pop(subject.key, None)
            ground.pop(subject.key, None)
        else:
            posteriors[subject.key] = posterior
            ground[subject.key] = subject.ground
        self._take(Inferred(posteriors, sight.now, ground))

    async def _async_sight(self, subject: Subject, sight: Sight) -> Sight:
        """Return with it what the recorder knows of a subject's own device."""
        device = subject.device_id and self._configuration.device(subject.device_id)
        if not device:
            return sight
        if device.kind == "battery":
            past = await async_battery_past(self._hass, device, sight.now - YEAR_S, sight.now)
            return sight if past is None else replace(sight, batteries={device.id: past})
        seen = await async_evidence(self._hass, device, sight.now - YEAR_S, sight.now)
        return replace(sight, evidence={device.id: seen})

    def _take(self, inferred: Inferred) -> None:
        """Put it in force, with what the user has entered."""
        self._inferred = inferred
        for each in self.subjects:
            random = np.random.default_rng(SEED)
            seen = inferred.posteriors.get(each.key)
            seen = seen or prior_of(each.block, each.prior, random, DRAWS)
            known = entered(seen, each.prior, dict(each.known), random)
            summaries = known.summary(each.prior)
            self._known[each.key] = known
            self._parameters[each.key] = tuple(
                Parameter(one.name, one.unit, summaries[one.name], one.name in each.known)
                for one in each.prior.parameters
            )

    async def _async_save(self) -> None:
        """Write it; where that fails it is inferred again tomorrow."""
        try:
            await self._file.async_save(self._inferred.to_arrays)
        except OSError as err:
            LOGGER.warning("What was inferred could not be kept: %s", err)


def verdict(posterior: Posterior) -> dict[str, Any]:
    """Return whether a posterior may be used, and what it rests on."""
    return {
        "verdict": posterior.verdict.value,
        "alarms": list(posterior.alarms),
        "days": round(posterior.days, 1),
    }


def _infer(subject: Subject, sight: Sight) -> Posterior | None:
    """Infer in a thread; the weights are read for it, and not kept."""
    network = Network.read(subject.weights.read_bytes(), subject.prior)
    return subject.infer(network, sight, np.random.default_rng(SEED))
