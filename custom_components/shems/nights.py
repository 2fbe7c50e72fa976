"""What a home learns at night, one after the other, and what its plans take of that."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from .core.forecast.history import History
from .core.replay.rehearsal import Past
from .disagreeing import async_compare
from .health import Health
from .learning import Learner
from .planning import Planner
from .sources.configuration import Configuration
from .sources.inputs import Inputs
from .store import HomeStore
from .strategy import Strategist, believed
from .usage import Usages

if TYPE_CHECKING:
    from .data import ShemsConfigEntry


class Nights:
    """Has one home learned, and its planner take what was learned.

    Attributes:
        learner: of load and sun, whose clock all follow.
        usages: how devices are used.
        inference: what the home's own parameters are.
        strategist: how the next day is run.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ShemsConfigEntry,
        configuration: Configuration,
        store: HomeStore,
        inputs: Inputs,
        health: Health,
        planner: Planner,
        replan: Callable[[], None],
    ) -> None:
        """Know nothing yet; `replan` is called when plans should rest on something newer."""
        self._hass = hass
        self._configuration = configuration
        self._inputs = inputs
        self._planner = planner
        self._replan = replan
        self.usages = Usages(hass, configuration, inputs, store.usage_file)
        self.inference = planner.inference
        self.strategist = Strategist(
            hass, configuration.name, configuration.zone, store.strategy_file, self._on_chosen
        )
        self.learner = Learner(
            hass, entry, configuration, inputs, health, store.learned_file, self._async_learned
        )

    async def async_load(self) -> None:
        """Read what was learned before the last restart."""
        await self.usages.async_load()
        await self.inference.async_load()
        await self.learner.async_load()
        if (learned := self.learner.learned) is not None:
            await self._planner.async_take(learned)
        await self.strategist.async_load()
        self._follow()

    def _follow(self) -> None:
        """Have plans made as was chosen, at no more risk than the days replayed allow."""
        self._planner.style = self.strategist.style
        self._planner.shadow = self.strategist.shadow

    @callback
    def _on_chosen(self) -> None:
        self._follow()
        self._replan()

    async def _async_learned(self, history: History) -> None:
        """Plan with what is newly learned, and choose how to go on by the last days."""
        at = dt_util.utcnow().timestamp()
        await self.usages.async_learn(history, at)
        await self.inference.async_infer(history)
        async_compare(self._hass, self._configuration, self.inference)
        learned = self.learner.learned
        if learned is not None:
            await self._planner.async_take(learned, history)
        self._replan()
        tariff = self._planner.net.tariff
        barred = await self._inputs.timetables.async_past(at)
        past = Past(replace(self._configuration.home, barred=barred), tariff, history)
        believe = believed(history, tariff, self._inputs.site, learned)
        await self.strategist.async_choose(past, believe)
