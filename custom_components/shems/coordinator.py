"""The three clocks of a home: plan, dispatch, account.

Each has timers of its own. The coordinator's data only tells the entities what happened:
control goes on when nobody listens.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from homeassistant.core import (
    CALLBACK_TYPE,
    Context,
    Event,
    EventStateChangedData,
    HomeAssistant,
    callback,
)
from homeassistant.helpers.event import (
    async_track_state_change_event,
    async_track_time_interval,
)
from homeassistant.helpers.start import async_at_started
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator
from homeassistant.util import dt as dt_util

from .accounting import slot_start
from .actuate import Actuator
from .attempt import async_try
from .booking import booked, booked_out, runs_as_asked
from .bookkeeping import Bookkeeper
from .clock import SlotClock
from .const import LOGGER
from .core.assets.home import Home
from .core.observe.readings import Readings
from .core.plan.result import Reason
from .core.replay.scenario import Outcome
from .data import Snapshot
from .directing import Director
from .drive_issues import drive_issues
from .energies import StoredEnergy
from .health import Health
from .in_force import InForce
from .inference import Inference
from .inferred_rooms import with_inferred_rooms
from .inquiry import Inquirer
from .insight import Insight
from .nights import Nights
from .orders import (
    alone,
    controls,
    home_for,
    is_driven,
    may_write,
    missing_controls,
    taken,
    wishes_for,
)
from .overrides import ForeignHands, came_back
from .pace import Pace
from .planning import Beginning, Planner
from .problems import Problems
from .scoring import Scorekeeper
from .sources.configuration import Configuration
from .sources.inputs import Inputs
from .sources.readings import Reader
from .store import HomeStore
from .wish import Wish
from .yielding import Yielding

if TYPE_CHECKING:
    from .data import ShemsConfigEntry

PLAN_DELAY_S: Final = 1.0
"""Settings changed together, or prices that come in several steps, make one plan."""
MOST_DROPPED: Final = 2
"""Results dropped for a newer request before one is taken anyway."""
DISPATCH_LEAST_S: Final = 1.0
BEAT_S: Final = 10.0
"""Dispatch goes on at this pace when no meter reports, to notice what is stale or late."""


class HomeCoordinator(DataUpdateCoordinator[Snapshot]):
    """Plans, drives and accounts for one home."""

    config_entry: ShemsConfigEntry

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ShemsConfigEntry,
        configuration: Configuration,
        store: HomeStore,
    ) -> None:
        """Take over what the store remembers; nothing runs before `async_start`."""
        super().__init__(
            hass, LOGGER, config_entry=entry, name=configuration.name, update_interval=None
        )
        self.configuration = configuration
        self.store = store
        self.inputs = Inputs(hass, configuration)
        self.inference = Inference(hass, configuration, self.inputs, store.inferred_file)
        self.planner = Planner(hass, configuration, store, self.inputs, self.inference)
        self.grid = self.planner.grid
        self._force = InForce(configuration.name, store, self.planner)
        self.scorekeeper = Scorekeeper(hass, configuration.zone, store.journal_file)
        self.health = Health(hass, configuration)
        self.inquirer = Inquirer(hass, entry)
        self.driven = tuple(each for each in configuration.devices if is_driven(each))
        self.actuator = Actuator(hass, store, self.driven, drive_issues(hass, configuration))
        self._by_entity = {entity: each for each in self.driven for entity in controls(each)}
        self.hub_device_id = ""
        self._hands = ForeignHands(hass, store, self.actuator, self._by_entity)
        self._plan_pace = Pace(hass, entry, "plan", self._async_plan, delay_s=PLAN_DELAY_S)
        self._dispatch_pace = Pace(
            hass, entry, "dispatch", self._async_dispatch, least_s=DISPATCH_LEAST_S
        )
        self._nights = Nights(
            hass,
            entry,
            configuration,
            store,
            self.inputs,
            self.health,
            self.planner,
            self._plan_pace.soon,
        )
        self.usages, self.learner = self._nights.usages, self._nights.learner
        self.strategist = self._nights.strategist
        self._clocks: list[CALLBACK_TYPE] = []
        self.reader = Reader(hass, configuration)
        self.director = Director(hass, configuration, store, self.usages, self.reader)
        self._dropped = 0
        self._energy = StoredEnergy(configuration.home)
        prices = self._force.price_at, self.planner.priced_at
        self._books = Bookkeeper(hass, configuration, store, prices, now())
        self._yielding = Yielding(entry, store, self.actuator)
        self.problems = Problems(hass, configuration)
        self._clock = SlotClock(hass, configuration.name, self._async_on_slot)
        self._stopped = False
        self._wishes: dict[str, Wish] = {}
        self.insight = Insight(self)
        self.data = self._snapshot(now(), None, {})

    async def async_load(self) -> None:
        """Read what was learned, how good forecasts were, and what others said."""
        await self.inputs.async_load()
        if self.store.stale:
            await self.inputs.occupancy.async_forget_open(now())
        await self._nights.async_load()
        await self.scorekeeper.async_load()
        await self.insight.async_load()

    @callback
    def async_start(self) -> None:
        """Start the clocks."""
        watched = self.configuration.watched | self.planner.price_entities
        self._clocks = [
            async_track_time_interval(self.hass, self._on_beat, timedelta(seconds=BEAT_S)),
            async_track_state_change_event(self.hass, watched, self._on_meter),
            async_track_state_change_event(self.hass, self._by_entity, self._async_on_control),
            async_at_started(self.hass, self._on_started),
        ]
        self._clock.async_start()
        self._books.begin(now())
        self._dispatch_pace.soon()
        self.learner.async_start()
        self.insight.async_start()

    async def async_stop(self) -> None:
        """Stop the clocks, give every device its own mode back and save."""
        if self._stopped:
            return
        self._stopped = True
        self._clock.async_stop()
        for cancel in self._clocks:
            cancel()
        await self.inquirer.async_stop()
        await self.learner.async_stop()
        self.health.async_stop()
        self.problems.async_stop()
        await self._plan_pace.async_stop(cancel=True)
        await self._dispatch_pace.async_stop(cancel=False)
        at = now()
        # First of all: what follows may fail, or Home Assistant may wait no longer.
        await self.actuator.async_release_all(at)
        try:
            self._close_slot(at, self.reader.read(at))
            await self.store.async_save_memory()
        finally:
            await self.insight.async_stop()

    # The plan's clock

    @callback
    def _on_started(self, _: HomeAssistant) -> None:
        self._plan_pace.soon()

    @callback
    def async_request_plan(self) -> None:
        """Ask for a new plan."""
        self._plan_pace.soon()

    async def async_plan_now(self) -> Snapshot:
        """Make a plan and return when it is in force or has failed."""
        await self._plan_pace.async_now()
        return self.data

    async def _async_plan(self) -> None:
        outcome, problem = await self._async_try_plan()
        if self._stopped:
            return
        if self._plan_pace.superseded and self._dropped < MOST_DROPPED:
            self._dropped += 1
            return
        self._dropped = 0
        await self._force.async_take(outcome, problem, now())
        await self._dispatch_pace.async_now()
        if outcome is not None and (scenario := self.planner.scenario) is not None:
            await self.scorekeeper.async_note(scenario.now, outcome.beliefs, scenario.history)

    async def _async_try_plan(self) -> tuple[Outcome | None, Reason | None]:
        """Return a plan, or why there is none."""
        if not self.store.control.enabled:
            return None, None
        at = now()
        await self.inputs.timetables.async_refresh(at)
        readings = self.reader.read(at)
        energy, problem = self._energy.known(readings, at)
        known = self.director.watch.known(readings)
        home, control = self.home, self.store.control
        asked = {each.id for each in self.configuration.devices if runs_as_asked(each, control)}
        others = tuple(each for each in taken(home, control) if each not in asked)
        begin = Beginning(energy, known.states, others, alone(home, control), readings)
        outcome, failed = await async_try(self.planner, home, begin, at)
        if outcome is None:
            return None, failed
        return outcome, problem or outcome.plan.problem or self.planner.left_out or known.problem

    @property
    def home(self) -> Home:
        """The home as learned, with the user's settings, behind its connection as it is now."""
        at = now()
        home = home_for(self.configuration, self.store.control, at)
        asked = booked(self.configuration.devices, self.store.control, at)
        barred = booked_out(self.inputs.timetables.barred(at), asked, self.store.control, at)
        home = with_inferred_rooms(
            self.usages.applied(home), self.configuration, self.inference, self.usages.rooms
        )
        return replace(home, connection=self.grid.connection(at), barred=barred, booked=asked)

    # The dispatch clock

    @callback
    def _on_beat(self, _: datetime) -> None:
        self._dispatch_pace.soon()

    @callback
    def _on_meter(self, event: Event[EventStateChangedData]) -> None:
        new, old = event.data["new_state"], event.data["old_state"]
        news = self.planner.told_price(event.data["entity_id"]) or came_back(old, new)
        if news or self.director.called(event) or self.grid.called(event):
            self._plan_pace.soon()
        self._dispatch_pace.soon()

    async def _async_on_control(self, event: Event[EventStateChangedData]) -> None:
        if (found := self._hands.cause(event)) is not None:
            await self._async_yield(*found, now())
        self._dispatch_pace.soon()

    async def _async_dispatch(self) -> None:
        at = now()
        if by_s := self._clock.set_by(at):
            self._on_clock_set(at, by_s)
        readings = self.reader.read(at)
        self._books.add(readings)
        if await self.director.async_look(readings):
            self._plan_pace.soon()
        await self._async_end_overrides(at)
        states = self.director.known.states
        for device_id, cause in self._hands.lasting(self.configuration, readings, states, at):
            await self._async_yield(device_id, cause, at)
        plan = self._force.plan(at)
        directions = self.director.direct(plan, self.home, readings)
        control = self.store.control
        energy, _ = self._energy.known(readings, at)
        wishes = wishes_for(self.driven, control, self.home, energy, directions.every)
        orders = {key: wish for key, wish in wishes.items() if may_write(control, key)}
        self.actuator.show({key: wishes[key] for key in wishes.keys() - orders.keys()}, at)
        for device_id in control.owned:
            if device_id in wishes:
                orders.setdefault(device_id, "default")
        await self.actuator.async_converge(orders, at)
        lost, refused = self.planner.lost(at), self.actuator.refused
        silent = self.inputs.timetables.silent | self.grid.silent
        absent = missing_controls(self.hass, self._by_entity, control)
        sight = self.director.sight(frozenset(energy), silent, lost, refused, absent)
        if self.problems.look(at, sight):
            self._plan_pace.soon()
        self.async_set_updated_data(self._snapshot(at, readings, wishes))

    @callback
    def _on_clock_set(self, at: float, by_s: float) -> None:
        """Put right what is remembered with a time, and plan anew."""
        self.actuator.clock_set(by_s)
        self._energy.clock_set(by_s)
        self._books.clock_set(at)
        self.store.clock_set(at)
        self.planner.forget()
        self._plan_pace.soon()

    # Overrides and settings

    async def _async_yield(self, device_id: str, cause: str, at: float) -> None:
        if not self._stopped and await self._yielding.async_yield(device_id, cause, at):
            self._changed()

    async def _async_end_overrides(self, at: float, device_id: str | None = None) -> None:
        if await self._yielding.async_end(at, device_id):
            self._plan_pace.soon()

    async def async_override(
        self, device_id: str, context: Context, until: float | None, mode: str
    ) -> None:
        """Have a device in a mode until a time, None for as long as the options say."""
        await self._yielding.async_set(device_id, now(), until, mode)
        self.actuator.attribute(device_id, context, now())
        self._asked()

    async def async_clear_override(self, device_id: str, context: Context) -> None:
        """Let the plan decide again on a device."""
        self.actuator.attribute(device_id, context, now())
        await self._async_end_overrides(now(), device_id)
        self._asked()

    def controls_of(self, device_id: str) -> list[str]:
        """Return the entities through which a device is driven."""
        return [key for key, device in self._by_entity.items() if device.id == device_id]

    async def async_set_enabled(self, enabled: bool) -> None:
        """Turn the optimiser on or off; off gives every device its own mode back."""
        await self.store.async_update(enabled=enabled)
        self._asked()

    async def async_set_device(
        self, device_id: str, context: Context | None, **changes: Any
    ) -> None:
        """Change what the user chose for a device; a new mode ends an override of it."""
        held = self.store.control.overrides.get(device_id)
        await self.store.async_update_device(device_id, **changes)
        if context is not None:
            self.actuator.attribute(device_id, context, now())
        # What was begun while that was written is newer than the change.
        same = self.store.control.overrides.get(device_id) == held
        if changes.keys() & {"armed", "mode"} and same:
            await self._async_end_overrides(now(), device_id)
        self._asked()

    async def async_ask(self, **changes: Any) -> None:
        """Change what the household asks of plans, as `Control` names it, and plan anew."""
        await self.store.async_update(**changes)
        self._asked()

    @callback
    def _asked(self) -> None:
        """Go by what a user has changed; raise where it could not be stored."""
        self._changed()
        self.store.check_settings()

    @callback
    def _changed(self) -> None:
        self._plan_pace.soon()
        self._dispatch_pace.soon()
        self.async_update_listeners()

    # The account clock, and what is published

    async def _async_on_slot(self, _: datetime) -> None:
        """Close the slot, then plan."""
        at = now()
        readings = self.reader.read(at)
        self._close_slot(slot_start(at), readings)
        self._plan_pace.soon()
        await self.store.async_save_memory()
        await self.insight.async_on_slot(at)
        self.async_set_updated_data(self._snapshot(at, readings, self._wishes))

    @callback
    def _close_slot(self, end: float, readings: Readings) -> None:
        energy, _ = self._energy.known(readings, readings.now)
        self._books.close(end, energy, self.home, self.insight.facts())

    def _snapshot(self, at: float, readings: Readings | None, wishes: dict[str, Wish]) -> Snapshot:
        self._wishes = wishes
        return self._force.snapshot(at, readings, wishes, self.problems.current)


def now() -> float:
    """Return the time in epoch seconds."""
    return dt_util.utcnow().timestamp()
