"""Gather what a plan is made from, and have it made."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

import numpy as np
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .accounting import extend
from .const import LOGGER
from .core.assets.home import Home
from .core.assets.kinds import MovableState
from .core.forecast.believe import Premise, premise
from .core.forecast.days import Days
from .core.forecast.history import History, Weather
from .core.forecast.learned import Learned, refreshed
from .core.forecast.market import learn_market
from .core.horizon import DAY_S, FINE_S, HOUR_S
from .core.neighbours import Neighbours
from .core.observe.readings import Readings
from .core.plan.make import PlanState
from .core.plan.objective import Aim
from .core.plan.result import Reason
from .core.plan.style import STANDARD, Style
from .core.replay.scenario import Outcome, Scenario
from .core.replay.shadow import Shadow
from .core.series import Series
from .core.tariff import Priced
from .core.units import InputError
from .data import Lost, Stage
from .devices import KINDS
from .grid import GridWatch
from .inference import Inference
from .jobs import async_get_jobs
from .netting import NetAccount
from .risk import risk_now
from .sources.configuration import Configuration
from .sources.error import SourceError
from .sources.history import Flows, async_flows, async_history
from .sources.inputs import Inputs, Outside
from .sources.prices import watched
from .sources.published import FEED_IN, MARKET, Published, since
from .standing_in import StandIn
from .store import HomeStore

DEADLINE_S: Final = 30.0
TIME_LIMIT_S: Final = 5.0
HISTORY_DAYS: Final = 36
"""What was expected is held against what came over four weeks and the week before them."""
HISTORY_S: Final = float(HOUR_S)
PREMISE_S: Final = 1800.0
"""Providers renew their forecasts every hour at most."""
RECENT_S: Final = 8.0 * DAY_S
"""How warm it is follows from the last hours, how good that is from the last seven days."""
RECORDED_S: Final = 12.0 * HOUR_S
"""What was before SHEMS measured itself is shown as far back."""


@dataclass
class _Cached[T]:
    """A value with the time it was read, kept when a later read fails."""

    value: T
    at: float = -float("inf")

    def older_than(self, age_s: float, now: float) -> bool:
        return now - self.at > age_s


@dataclass(frozen=True)
class Beginning:
    """Where a plan begins.

    Attributes:
        energy_kwh: stored energy by battery.
        states: of the devices that are moved in time.
        paused: batteries and devices that someone else moves.
        alone: devices that go their own ways.
        readings: of the meters.
    """

    energy_kwh: dict[str, float]
    states: dict[str, MovableState]
    paused: tuple[str, ...]
    alone: tuple[str, ...]
    readings: Readings


class Planner:
    """Makes the plans of one home."""

    def __init__(
        self,
        hass: HomeAssistant,
        configuration: Configuration,
        store: HomeStore,
        inputs: Inputs,
        inference: Inference,
    ) -> None:
        """Know nothing yet."""
        self._hass = hass
        self._configuration = configuration
        self._store = store
        self._inputs = inputs
        self.inference = inference
        self._standin = StandIn(hass, configuration, inputs, inference)
        self._days = Days(configuration.zone, HOUR_S)
        self._learned = Learned()
        self._premise = _Cached(Premise())
        self._premise_of: tuple[int, float | None] = (0, None)
        self._history = _Cached(History())
        self.prices = Published(
            hass, configuration, inputs.issued, MARKET, configuration.price_source
        )
        self._selling = configuration.sell_source
        self.selling = Published(
            hass, configuration, inputs.issued, FEED_IN, self._selling or {"type": "fixed"}
        )
        sources = (configuration.price_source, self._selling or {})
        self.price_entities = frozenset().union(*(watched(hass, each) for each in sources))
        self.grid = GridWatch(hass, configuration, store)
        self.net = NetAccount(hass, configuration)
        self._outdoor = frozenset(
            device.id
            for device in configuration.moved
            if (movement := KINDS[device.kind].movement) is not None and movement.outdoor
        )
        self._heats = frozenset(device.id for device in configuration.of_kind("heating"))
        self._recorder_lost: Reason | None = None
        self.scenario: Scenario | None = None
        self.left_out: Reason | None = None
        self.recorded: tuple[Flows, ...] = ()
        self.style = STANDARD
        self.shadow: Shadow | None = None
        self.neighbours: Neighbours | None = None

    def forget(self) -> None:
        """Read everything anew with the next plan: the clock was set."""
        self.forget_prices()
        self._history.at = self._premise.at = -float("inf")
        self._inputs.forget()

    def told_price(self, entity_id: str) -> bool:
        """Return whether an entity tells prices; they are read anew with the next plan."""
        told = entity_id in self.price_entities
        if told:
            self.forget_prices()
        return told

    def forget_prices(self) -> None:
        """Read the prices anew with the next plan, because their source has changed."""
        self.prices.forget()
        self.selling.forget()

    @property
    def market(self) -> Series:
        """Market prices, past and published, currency/kWh."""
        return merge(self._history.value.market, self.prices.series)

    def lost(self, at: float) -> tuple[Lost, ...]:
        """Return the sources that cannot be read, and what stands in for them at a time."""
        sources = (
            (self.prices, self._configuration.price_source, Stage.SAFE),
            (self.selling, self._selling or {}, Stage.WITHOUT),
        )
        prices = (
            Lost(
                "prices_lost",
                each.problem,
                otherwise if each.series.at(at) is None else Stage.HELD,
                str(source.get("entity") or source.get("type")),
            )
            for each, source, otherwise in sources
            if each.problem is not None
        )
        recorder = (
            ()
            if self._recorder_lost is None
            else (Lost("recorder_failed", self._recorder_lost, Stage.HELD, "recorder"),)
        )
        return (*prices, *recorder, *self._inputs.lost(at))

    def price_at(self, at: float) -> tuple[float, float] | None:
        """Return the prices of buying and selling at a time, None where unknown."""
        priced = self.priced_at(at)
        return None if priced is None else (priced.buy.price, priced.sell.price)

    def priced_at(self, at: float) -> Priced | None:
        """Return what these consist of and follow, None where they are unknown."""
        tariff, feed_in = self.net.tariff, None
        if self._selling is not None and tariff.pays_exports:
            feed_in = self.selling.series.at(at)
            if feed_in is None:
                return None
        return tariff.priced(at, self.market.at(at), feed_in)

    async def async_plan(self, home: Home, begin: Beginning, now: float) -> Outcome:
        """Return a new plan.

        Raises:
            InputError: an input is missing or impossible.
            SourceError: a source cannot be read and nothing is left of what it said before.
            JobOverdueError: the solver did not come back.
        """
        await self._async_refresh_recorded(begin.readings.grid_kw.usable, now)
        await self._async_refresh_prices(now)
        outside = await self._inputs.async_current(now)
        emitted, expected = self._inputs.carbon(now)
        history = History(
            load=self._load if len(self._load) else _present(begin.readings),
            solar=extend(self._history.value.solar, self._store.memory.slots, "solar_kwh"),
            market=self.market,
            given_low=outside.given_low,
            given_high=outside.given_high,
            weather=Weather(temperature_c=since(outside.weather.temperature_c, now - RECENT_S)),
            outdoor=since(self._history.value.outdoor, now - RECENT_S),
            flexible=self._history.value.flexible,
            carbon=merge(self._history.value.carbon, emitted),
            carbon_given=expected,
            feed_in=self.selling.series,
        )
        rests_on = await self._async_premise(history, outside, now)
        stood = await self._standin.async_for(history, outside, rests_on, now)
        state = self._store.memory.plan_state
        scenario = Scenario(
            now=now,
            home=replace(home, connection=self.grid.connection(now)),
            tariff=self.net.tariff,
            history=replace(history, load=stood.load),
            energy_kwh=begin.energy_kwh,
            paused=begin.paused,
            unarmed=begin.alone,
            states=begin.states,
            settled=state.settled,
            solar_given=stood.given if len(stood.given) else None,
            terminal_value=dict(state.terminal_value),
            style=self._style,
            aim=self._store.control.aim,
            weights=self._store.control.weights,
            premise=rests_on,
            neighbours=self.neighbours,
            risk=risk_now(self.shadow, self._style, home, self._store.memory.slots, self._days, now)
            if self._plain
            else None,
            step_phase_s=_phase_s(self._configuration.zone, now),
        )
        self.left_out = None
        while True:
            try:
                return await self._async_make(scenario, state)
            except InputError as err:
                scenario = self._without(scenario, err)
                self.left_out = self.left_out or Reason(err.code, dict(err.arguments))

    @property
    def _style(self) -> Style:
        """How the home is run; what cost least over the last days says so of costs alone."""
        return self.style if self._plain else STANDARD

    @property
    def _plain(self) -> bool:
        """Whether nothing but the cost counts."""
        control = self._store.control
        return control.aim is Aim.COST and control.weights is None

    def _without(self, scenario: Scenario, err: InputError) -> Scenario:
        """Return the scenario without what an input that is missing stands in the way of.

        Raises:
            InputError: there is no plan without it.
        """
        if err.code == "carbon_missing":
            return replace(scenario, aim=Aim.COST, weights=None)
        states = {key: each for key, each in scenario.states.items() if key not in self._outdoor}
        if err.code != "temperature_missing" or len(states) == len(scenario.states):
            raise err
        return replace(scenario, states=states)

    async def _async_make(self, scenario: Scenario, state: PlanState) -> Outcome:
        self.scenario = scenario
        outcome = await async_get_jobs(self._hass).async_run(
            lambda: scenario.make(state, time_limit_s=TIME_LIMIT_S), DEADLINE_S
        )
        if outcome.plan.afresh:
            LOGGER.info("The solver could not go on from the last plan, and began afresh")
        return outcome

    @property
    def _load(self) -> Series:
        """The load without what SHEMS moves: of the recorder, else of the last slots."""
        load = self._history.value.load
        if self._history.value.flexible:
            return load
        return extend(load, self._store.memory.slots, "rest_kwh")

    async def async_take(self, learned: Learned, history: History | None = None) -> None:
        """Plan with what was learned from now on, and learn prices from the whole past."""
        self._learned = learned
        market = self._premise.value.market
        if history is not None:
            market = await async_get_jobs(self._hass).async_run(
                lambda: learn_market(
                    None,
                    merge(history.market, self.market),
                    self._configuration.zone,
                    holidays=history.habits.holidays,
                ),
                DEADLINE_S,
            )
        self._premise = _Cached(Premise(market=market))

    async def _async_premise(self, history: History, outside: Outside, now: float) -> Premise:
        """Return what the plan rests on, made anew every day, half hour and for new prices."""
        made_of = self._days.day(now), self.market.last
        if self._premise_of == made_of and not self._premise.older_than(PREMISE_S, now):
            return self._premise.value
        known = replace(
            history,
            given=outside.given,
            weather=outside.weather,
            habits=outside.habits,
            outdoor=self._history.value.outdoor,
        )
        learned, before, site = self._learned, self._premise.value, self._inputs.site
        found = await async_get_jobs(self._hass).async_run(
            lambda: premise(
                refreshed(learned, known, self._days, now, site=site),
                known,
                self._days,
                now,
                before=before,
                heats=self._heats,
            ),
            DEADLINE_S,
        )
        self._premise, self._premise_of = _Cached(found, now), made_of
        return found

    async def _async_refresh_recorded(self, grid_kw: float | None, now: float) -> None:
        """Read the past anew where that is due; where it cannot be, what was read stands."""
        try:
            await self._async_refresh_history(now)
            await self.net.async_refresh(now)
            usual = self._history.value.load, self._history.value.solar
            await self.grid.async_refresh(grid_kw, usual, now)
        except SourceError as err:
            self._recorder_lost = Reason(err.code, dict(err.arguments))
        else:
            self._recorder_lost = None

    async def _async_refresh_history(self, now: float) -> None:
        # The recorder may still be waking up: an empty past is no past to keep.
        if not len(self._history.value.load) or self._history.older_than(HISTORY_S, now):
            start = now - HISTORY_DAYS * DAY_S
            history = await async_history(self._hass, self._configuration, start, now)
            self._history = _Cached(history, now)
            self.recorded = await async_flows(
                self._hass, self._configuration, now - RECORDED_S, now
            )

    async def _async_refresh_prices(self, now: float) -> None:
        if self.net.tariff.needs_market:
            await self.prices.async_refresh(now)
            if self._selling is not None and self.net.tariff.pays_exports:
                await self.selling.async_refresh(now)


def merge(older: Series, newer: Series) -> Series:
    """Return both series; where they overlap the newer holds."""
    if not len(newer) or not len(older):
        return newer if len(newer) else older
    before = older.end <= newer.start[0] + 1e-6
    after = older.start >= newer.end[-1] - 1e-6
    return Series(
        np.concatenate([older.start[before], newer.start, older.start[after]]),
        np.concatenate([older.end[before], newer.end, older.end[after]]),
        np.concatenate([older.value[before], newer.value, older.value[after]]),
    )


def _phase_s(zone: str, now: float) -> float:
    """Return by how much the zone's hours begin after the UTC hour."""
    info = dt_util.get_time_zone(zone)
    offset = dt_util.utc_from_timestamp(now).astimezone(info).utcoffset() or timedelta()
    return -offset.total_seconds() % HOUR_S


def _present(readings: Readings) -> Series:
    """Return the load of now, without what SHEMS moves: all that a new home's first plan knows."""
    load = readings.load_kw.usable
    if load is None:
        return Series.empty()
    moved = sum(each.usable or 0.0 for each in readings.devices.values())
    return Series.of([(readings.now - FINE_S, readings.now, max(load - moved, 0.0))])
