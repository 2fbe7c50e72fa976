"""The plan in force, what it rests on, and what is wrong."""

import logging
from collections.abc import Mapping
from typing import Final

from .const import LOGGER
from .core.dispatch.command import Command, DeviceCommand
from .core.dispatch.sound import in_time, is_sound
from .core.dispatch.throttle import Throttle
from .core.observe.readings import Readings
from .core.plan.result import Plan, Reason
from .core.replay.scenario import Outcome
from .data import Problem, Snapshot, Stage
from .orders import with_users
from .planning import Planner
from .store import HomeStore
from .wish import Wish

PLAN_HOLDS_S: Final = 1800.0
"""How long the last plan holds when no newer one can be made."""


class InForce:
    """What holds until the next plan is made."""

    def __init__(self, name: str, store: HomeStore, planner: Planner) -> None:
        """Begin with the plan the store remembers."""
        if store.memory.plan is not None and not is_sound(store.memory.plan, None):
            store.memory.plan = None
        self._name = name
        self._store = store
        self._planner = planner
        self._outcome: Outcome | None = None
        self._problem: Reason | None = None
        self._since = 0.0
        self._failed = False

    async def async_take(self, outcome: Outcome | None, problem: Reason | None, at: float) -> None:
        """Put a plan into force, or note why there is none; one that cannot be is none."""
        scenario = self._planner.scenario
        home = None if scenario is None else scenario.home
        if outcome is not None and not is_sound(outcome.plan, home):
            LOGGER.error("%s: the new plan does not fit the home and is dropped", self._name)
            outcome, problem = None, Reason("plan_unsound")
        self._failed = outcome is None and self._store.control.enabled
        self._note(problem, at)
        if outcome is not None:
            self._outcome = outcome
            self._store.memory.plan = with_users(outcome.plan, self._store.control)
            self._store.memory.plan_state = outcome.state
            await self._store.async_save_memory()

    def _note(self, problem: Reason | None, at: float) -> None:
        """Keep what is wrong, and log once when it comes and when it is over."""
        before, self._problem = self._problem, problem
        if (before and before.code) == (problem and problem.code):
            return
        self._since = at
        if problem is None:
            LOGGER.info("%s is planned again as it should be", self._name)
        else:
            # A home that never had a plan is still beginning.
            level = logging.INFO if self._store.memory.plan is None else logging.WARNING
            LOGGER.log(level, "%s: %s %s", self._name, problem.code, dict(problem.args))

    def plan(self, at: float) -> Plan | None:
        """Return the plan that holds at a time, None where there is none."""
        plan = self._store.memory.plan
        if plan is None or not self._store.control.enabled:
            return None
        return plan if in_time(plan, at, PLAN_HOLDS_S) else None

    def price_at(self, at: float) -> tuple[float, float] | None:
        """Return the prices at a time; after a restart the last plan still knows them."""
        price = self._planner.price_at(at)
        plan = self._store.memory.plan
        index = None if price is not None or plan is None else plan.horizon.index(at)
        if plan is None or index is None or not plan.prices.known[index]:
            return price
        return float(plan.prices.buy[index]), float(plan.prices.sell[index])

    def snapshot(
        self,
        at: float,
        readings: Readings | None,
        wishes: Mapping[str, Wish],
        inputs: tuple[Problem, ...],
    ) -> Snapshot:
        """Return what the home looks like now, with what is wrong with its inputs."""
        plan, outcome = self.plan(at), self._outcome
        own = self._own(plan)
        problems = own + tuple(each for each in inputs if each.reason != self._problem)
        ours = plan is not None and outcome is not None and outcome.plan.created == plan.created
        return Snapshot(
            now=at,
            status=self._status(plan),
            problem=problems[0].reason if problems else None,
            plan=plan,
            beliefs=outcome.beliefs if ours and outcome is not None else None,
            readings=readings,
            price=self.price_at(at),
            commands={key: each for key, each in wishes.items() if isinstance(each, Command)},
            moves={key: each for key, each in wishes.items() if isinstance(each, DeviceCommand)},
            problems=problems,
            throttled={key: each for key, each in wishes.items() if isinstance(each, Throttle)},
        )

    def _own(self, plan: Plan | None) -> tuple[Problem, ...]:
        """Return what is wrong with the plan itself: the last one holds, or there is none."""
        if self._problem is None:
            return ()
        stage = Stage.SAFE if plan is None else Stage.HELD
        if not self._failed:
            stage = Stage.WITHOUT
        return (Problem(self._problem, self._since, stage),)

    def _status(self, plan: Plan | None) -> str:
        if not self._store.control.enabled:
            return "off"
        if self._failed:
            return "safe"
        return "waiting" if plan is None else plan.status.value
