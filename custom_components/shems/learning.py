"""Learning at home: every night, and when asked, from all that the recorder keeps."""

import asyncio
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later, async_track_time_change
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util

from .arrays import ArrayFile
from .const import LOGGER
from .core.assets.plane import Site
from .core.forecast.days import Days
from .core.forecast.history import History
from .core.forecast.learned import Learned, learn
from .core.horizon import DAY_S, HOUR_S
from .core.series import Series
from .health import Health
from .jobs import JobOverdueError, async_get_jobs
from .knowledge import Knowledge
from .offers import roofs_of
from .slices import Slice, async_in_slices
from .sources.configuration import Configuration
from .sources.inputs import Inputs
from .sources.meters import meters

if TYPE_CHECKING:
    from .data import ShemsConfigEntry

EARLIEST_MIN: Final = 3
"""Statistics of the last hour before midnight are there a minute after it."""
JITTER_MIN: Final = 10
"""Homes of one machine, and machines of one provider, do not all begin at once."""
START_DELAY_S: Final = 90.0
"""After a start others come first; what was learned before is in force meanwhile."""
MOST_TRIES: Final = 6
"""So often a day; what fails for longer fails tomorrow too."""
INSPECTION_DEADLINE_S: Final = 120.0
NO_HISTORY: Final = "no_history"
FAILED: Final = "failed"


class Stage(StrEnum):
    """What the learner is doing."""

    IDLE = "idle"
    READING = "reading"
    LEARNING = "learning"
    REPLAYING = "replaying"


@dataclass(frozen=True)
class Run:
    """The last run of learning, or the one under way.

    Attributes:
        stage: what is being done.
        share: of the stage, 0 to 1.
        began, ended: epoch seconds; None where it has not.
        cpu_s: time of the processor so far.
        slices: into which it was cut so far.
        problem: why it came to no result: `no_history` or `failed`; None where it did.
    """

    stage: Stage = Stage.IDLE
    share: float = 0.0
    began: float | None = None
    ended: float | None = None
    cpu_s: float = 0.0
    slices: int = 0
    problem: str | None = None


class Learner:
    """Learns one home: reads its past, advances the learners slice by slice, keeps the result.

    What was learned last stays in force until there is something newer, whatever fails.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ShemsConfigEntry,
        configuration: Configuration,
        inputs: Inputs,
        health: Health,
        file: ArrayFile,
        on_learned: Callable[[History], Awaitable[None]],
    ) -> None:
        """Know nothing yet; `on_learned` is awaited when something newer is in force.

        It is given the past that was learned, and is the last part of a run.
        """
        self._hass = hass
        self._entry = entry
        self._configuration = configuration
        self._inputs = inputs
        self._health = health
        self._file = file
        self._on_learned = on_learned
        self._listeners: list[CALLBACK_TYPE] = []
        self._clocks: list[CALLBACK_TYPE] = []
        self._task: asyncio.Task[None] | None = None
        self._days = Days(configuration.zone, HOUR_S)
        self._ground = _ground(configuration, inputs.site)
        self._partial: Knowledge | None = None
        self._complained = False
        self._anew = False
        self._tried_on, self._tries = 0, 0
        self._stopped = False
        self.knowledge: Knowledge | None = None
        self.run = Run()

    @property
    def learned(self) -> Learned | None:
        """What the learners know; None before the first run."""
        return None if self.knowledge is None else self.knowledge.learned

    @property
    def until(self) -> float | None:
        """End of the past that was learned, epoch seconds."""
        day = None if self.knowledge is None else self.knowledge.day
        return None if day is None else self._days.midnight(day)

    async def async_load(self) -> None:
        """Read what was learned before the last restart."""
        knowledge = await self._file.async_load(Knowledge.from_arrays)
        if knowledge is not None and knowledge.ground == self._ground:
            self.knowledge = knowledge

    @callback
    def async_start(self) -> None:
        """Learn every night, and soon where the last night was missed."""
        second = zlib.crc32(self._entry.entry_id.encode()) % (60 * JITTER_MIN)
        self._clocks.append(async_at_started(self._hass, self._on_started))
        self._clocks.append(
            async_track_time_change(
                self._hass,
                self._on_clock,
                minute=EARLIEST_MIN + second // 60,
                second=second % 60,
            )
        )

    async def async_stop(self) -> None:
        """Stop, and keep how far a run under way has come."""
        self._stopped = True
        for cancel in self._clocks:
            cancel()
        if (task := self._running) is not None:
            task.cancel()
            await asyncio.wait([task])
        if self._partial is not None:
            await self._async_save(self._partial)

    @callback
    def async_listen(self, listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call the listener when the run comes on; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def async_learn_now(self) -> Run:
        """Learn all there is and return how it went; a run under way is waited for."""
        await asyncio.wait([self._running or self._begin()])
        return self.run

    @callback
    def _on_started(self, _: HomeAssistant) -> None:
        self._clocks.append(async_call_later(self._hass, START_DELAY_S, self._on_clock))

    @callback
    def _on_clock(self, _: datetime) -> None:
        """Learn once a day; a night that failed or was slept through is made up for."""
        day = None if self.knowledge is None else self.knowledge.day
        today = self._days.day(_now())
        if today != self._tried_on:
            self._tried_on, self._tries = today, 0
        if day == today or self._running is not None or self._tries >= MOST_TRIES:
            return
        self._tries += 1
        self._begin()

    @property
    def _running(self) -> asyncio.Task[None] | None:
        return None if self._task is None or self._task.done() else self._task

    @callback
    def _begin(self) -> asyncio.Task[None]:
        self._task = self._entry.async_create_background_task(
            self._hass,
            self._async_run(),
            f"shems learning {self._entry.entry_id}",
            eager_start=False,
        )
        return self._task

    async def _async_run(self) -> None:
        """Learn once, whatever comes of it."""
        self._tell(Run(Stage.READING, began=_now()))
        problem: str | None = FAILED
        try:
            async with async_get_jobs(self._hass).night:
                problem = await self._async_learn()
        except JobOverdueError as err:
            self._complain(err)  # The machine was busy: the next run goes on from here.
        except Exception as err:  # noqa: BLE001  # Whatever it is, plans go on without it.
            self._partial, self._anew = None, True
            self._complain(err)
        else:
            if self._complained:
                LOGGER.info("%s can be learned again", self._entry.title)
            self._complained = self._anew = False
        finally:
            self._tell(replace(self.run, stage=Stage.IDLE, ended=_now(), problem=problem))

    async def _async_learn(self) -> str | None:
        """Learn, or return why there is nothing to learn from."""
        at = _now()
        history = await self._inputs.async_learning_history(at)
        if not len(history.load):
            return NO_HISTORY
        zone, site = self._days.zone, self._inputs.site
        history, findings = await async_get_jobs(self._hass).async_run(
            partial(self._health.inspect, history, at, site), INSPECTION_DEADLINE_S
        )
        beginning = Learned() if self._health.rewritten(findings) else self._beginning
        roofs = await self._hass.async_add_executor_job(roofs_of, self._configuration)
        beginning = replace(beginning, roofs=roofs)
        self._health.async_report(findings, at)
        days = _known_days(history.load)

        def advance(learned: Learned, most_days: int) -> tuple[Learned, float]:
            return learn(learned, history, zone, at, site=site, most_days=most_days)

        def tell(done: Slice[Learned]) -> None:
            self._partial = Knowledge(done.state, None, at, days, self._ground)
            cpu_s, slices = self.run.cpu_s + done.cpu_s, self.run.slices + 1
            self._tell(replace(self.run, share=done.share, cpu_s=cpu_s, slices=slices))

        self._tell(replace(self.run, stage=Stage.LEARNING))
        learned = await async_in_slices(self._hass, beginning, advance, tell)
        learned = replace(learned, roofs=None)  # Half a megabyte that only the nights need.
        self._partial = None
        self.knowledge = Knowledge(learned, self._days.day(at), at, days, self._ground)
        await self._async_save(self.knowledge)
        self._tell(replace(self.run, stage=Stage.REPLAYING, share=0.0))
        await self._on_learned(history)
        self._tell(replace(self.run, share=1.0))
        return None

    @property
    def _beginning(self) -> Learned:
        """Where to learn on; after a failure from nothing, in case the state is to blame."""
        known = None if self._anew else self._partial or self.knowledge
        return Learned() if known is None else known.learned

    @callback
    def _complain(self, err: Exception) -> None:
        """Log the first of several failures."""
        if not self._complained:
            LOGGER.warning("%s could not be learned: %r", self._entry.title, err, exc_info=err)
        self._complained = True

    async def _async_save(self, knowledge: Knowledge) -> None:
        """Write what was learned; where that fails it is learned again after a restart."""
        try:
            await self._file.async_save(knowledge.to_arrays)
        except OSError as err:
            LOGGER.warning("What was learned could not be kept: %s", err)

    @callback
    def _tell(self, run: Run) -> None:
        self.run = run
        if not self._stopped:
            for listener in tuple(self._listeners):
                listener()


def _ground(configuration: Configuration, site: Site) -> int:
    """Return a number that changes with what a home is learned from."""
    return zlib.crc32(repr((meters(configuration), configuration.zone, site)).encode())


def _known_days(series: Series) -> float:
    known = np.isfinite(series.value)
    return float((series.end - series.start)[known].sum()) / DAY_S


def _now() -> float:
    return dt_util.utcnow().timestamp()
